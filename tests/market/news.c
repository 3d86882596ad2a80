#include "news.h"

#include "base/str.h"
#include "headline.h"

enum { FRESH_LEAST_MS = 5000, FRESH_MOST_MS = 170000 };

struct news {
    const struct universe *universe;
    struct news_plan plan;
    struct story *list[NEWS_MAX];
    size_t n;
    uint64_t serial; /* stories of a company so far */
    uint64_t version[FEED_COUNT];
    int64_t first_ms; /* first fetch; 0: none yet */
    uint64_t batches; /* of plan.more that came out */
};

static const char *const feed_names[FEED_COUNT] = {"globenewswire", "prnewswire",
                                                   "edgar"};

const char *
feed_name(enum feed f)
{
    return feed_names[f];
}

int
feed_find(const char *name)
{
    for (int i = 0; i < FEED_COUNT; i++)
        if (str_eq(name, feed_names[i]))
            return i;
    return -1;
}

struct news *
news_new(const struct universe *u, const struct news_plan *plan)
{
    struct news *n = calloc(1, sizeof *n);

    if (n == NULL)
        return NULL;
    n->universe = u;
    n->plan = *plan;
    return n;
}

void
news_free(struct news **n)
{
    if (*n == NULL)
        return;
    for (size_t i = 0; i < (*n)->n; i++) {
        free((*n)->list[i]->title);
        free((*n)->list[i]->summary);
        free((*n)->list[i]);
    }
    free(*n);
    *n = NULL;
}

static int
add(struct news *n, const struct story *model)
{
    struct story *s;

    if (n->n == NEWS_MAX)
        return ERR_TOO_BIG;
    if ((s = calloc(1, sizeof *s)) == NULL)
        return ERR_NOMEM;
    *s = *model;
    s->number = n->n + 1;
    s->title = strdup(model->title);
    s->summary = strdup(model->summary);
    if (s->title == NULL || s->summary == NULL) {
        free(s->title);
        free(s->summary);
        free(s);
        return ERR_NOMEM;
    }
    n->list[n->n++] = s;
    n->version[s->feed]++;
    return 0;
}

/* One story of the company whose turn it is; the company says what happens to it. */
static void
add_of_company(struct news *n, int64_t published_ms)
{
    char title[NEWS_HEADLINE], summary[NEWS_SUMMARY];
    uint64_t k = n->serial++;
    const struct listing *l = universe_at(n->universe, k % universe_len(n->universe));
    struct story s = {.feed = (enum feed)(k % FEED_COUNT),
                      .listing = l,
                      .title = title,
                      .summary = summary,
                      .published_ms = published_ms};

    headline_write(l, s.feed == FEED_EDGAR, mix(n->plan.seed, k + 1000), title,
                   summary);
    (void)add(n, &s); /* full: the feed stays as it is */
}

static void
add_noise(struct news *n, size_t i, int64_t published_ms)
{
    char title[NEWS_HEADLINE], summary[NEWS_SUMMARY];
    const struct listing *l = universe_at(n->universe, i % universe_len(n->universe));
    bool about = headline_noise(l, i, title, summary);
    struct story s = {.feed = (enum feed)(i % 2), /* no filing is noise */
                      .listing = about ? l : NULL,
                      .title = title,
                      .summary = summary,
                      .published_ms = published_ms};

    (void)add(n, &s); /* full: the feed stays as it is */
}

static int64_t
some_age(const struct news *n, uint64_t salt)
{
    double u = mix_unit(n->plan.seed, salt);

    return FRESH_LEAST_MS + (int64_t)(u * (FRESH_MOST_MS - FRESH_LEAST_MS));
}

static void
open_feeds(struct news *n, int64_t now_ms)
{
    n->first_ms = now_ms;
    for (size_t i = 0; i < n->plan.items; i++)
        add_of_company(n, now_ms - some_age(n, i + 500000));
    for (size_t i = 0; i < n->plan.noise; i++)
        add_noise(n, i, now_ms - some_age(n, i + 700000));
}

void
news_run(struct news *n, int64_t now_ms)
{
    uint64_t due;

    if (n->first_ms == 0)
        open_feeds(n, now_ms);
    if (n->plan.more == 0 || n->plan.more_every_ms <= 0 || now_ms < n->first_ms)
        return;
    due = (uint64_t)((now_ms - n->first_ms) / n->plan.more_every_ms);
    for (; n->batches < due; n->batches++)
        news_publish(n, n->plan.more, now_ms);
}

void
news_publish(struct news *n, size_t count, int64_t now_ms)
{
    for (size_t i = 0; i < count; i++)
        add_of_company(n, now_ms);
}

static int
add_json(struct news *n, const struct json *j, int64_t now_ms, struct why *why)
{
    char title[NEWS_HEADLINE], summary[NEWS_SUMMARY];
    const char *ticker = json_text(json_get(j, "ticker"), NULL);
    const char *feed = json_text(json_get(j, "feed"), feed_names[FEED_GLOBENEWSWIRE]);
    int f = feed_find(feed);
    struct story s = {.title = title, .summary = summary};

    if (!json_is_string(json_get(j, "title")))
        return why_set(why, ERR_SYNTAX, "title is missing");
    if (f < 0)
        return why_set(why, ERR_SYNTAX, "feed \"%s\" is unknown", feed);
    if (ticker != NULL && (s.listing = universe_find(n->universe, ticker)) == NULL)
        return why_set(why, ERR_SYNTAX, "ticker \"%s\" is not listed", ticker);
    str_copy(title, sizeof title, json_text(json_get(j, "title"), ""));
    str_copy(summary, sizeof summary, json_text(json_get(j, "summary"), ""));
    s.feed = (enum feed)f;
    s.published_ms = now_ms - 1000 * json_i64(json_get(j, "age_s"), 0);
    return add(n, &s);
}

int
news_publish_json(struct news *n, const char *body, size_t len, int64_t now_ms,
                  size_t *added, struct why *why)
{
    struct json *root = json_parse(body, len, why);
    int rc = 0;

    *added = 0;
    if (root == NULL)
        return ERR_SYNTAX;
    if (!json_is_array(root))
        rc = why_set(why, ERR_SYNTAX, "not an array");
    for (size_t i = 0; rc == 0 && i < json_len(root); i++) {
        rc = add_json(n, json_at(root, i), now_ms, why);
        *added += rc == 0;
    }
    json_free(&root);
    return rc;
}

uint64_t
news_version(const struct news *n, enum feed f)
{
    return n->version[f];
}

size_t
news_len(const struct news *n)
{
    return n->n;
}

const struct story *
news_next(const struct news *n, enum feed f, size_t *cursor)
{
    while (*cursor > 0) {
        const struct story *s = n->list[--*cursor];

        if (s->feed == f)
            return s;
    }
    return NULL;
}
