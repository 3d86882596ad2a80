#include "news.h"

#include "base/str.h"
#include "docket.h"
#include "headline.h"

enum { DAY_MS = 86400000 };
enum { NEWS_BULK_MOST = 32 << 20 };
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
                                                   "edgar", "businesswire"};

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

static void
forget(struct story *s)
{
    free(s->title);
    free(s->summary);
    free(s->release);
    free(s);
}

void
news_free(struct news **n)
{
    if (*n == NULL)
        return;
    for (size_t i = 0; i < (*n)->n; i++)
        forget((*n)->list[i]);
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
    s->release = strdup(model->release != NULL ? model->release : "");
    if (s->title == NULL || s->summary == NULL || s->release == NULL) {
        forget(s);
        return ERR_NOMEM;
    }
    n->list[n->n++] = s;
    n->version[s->feed]++;
    return 0;
}

/* One story of the company whose turn it is; the company says what happens to it. */
static void
add_of_company(struct news *n, enum feed where, int64_t published_ms)
{
    uint64_t k = n->serial++, pick = mix(n->plan.seed, k + 1000);
    const struct listing *l = universe_at(n->universe, k % universe_len(n->universe));
    struct docket_texts texts;
    struct story s = {.feed = where < FEED_COUNT ? where : (enum feed)(k % NEWS_ROUND),
                      .listing = l,
                      .title = texts.title,
                      .summary = texts.summary,
                      .published_ms = published_ms};

    if (s.feed == FEED_EDGAR)
        docket_write(&s, pick, n->plan.mixed, &texts);
    else
        headline_write(l, pick, texts.title, texts.summary);
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
        add_of_company(n, FEED_COUNT, now_ms - some_age(n, i + 500000));
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
        news_publish(n, n->plan.more, FEED_COUNT, now_ms);
}

void
news_publish(struct news *n, size_t count, enum feed where, int64_t now_ms)
{
    for (size_t i = 0; i < count; i++)
        add_of_company(n, where, now_ms);
}

/* What only a filing has. */
static void
read_filing(const struct json *j, struct story *s)
{
    str_copy(s->form, sizeof s->form, json_text(json_get(j, "form"), "8-K"));
    str_copy(s->release, NEWS_SUMMARY, json_text(json_get(j, "release"), ""));
    s->attached = json_bool(json_get(j, "attached"), s->release[0] != '\0');
    s->missing = json_bool(json_get(j, "missing"), false);
    s->bulk = (size_t)json_i64(json_get(j, "bulk_kb"), 0) << 10;
}

static int
add_json(struct news *n, const struct json *j, int64_t now_ms, struct why *why)
{
    struct docket_texts texts;
    const char *ticker = json_text(json_get(j, "ticker"), NULL);
    const char *feed = json_text(json_get(j, "feed"), feed_names[FEED_GLOBENEWSWIRE]);
    int f = feed_find(feed);
    struct story s = {
        .title = texts.title, .summary = texts.summary, .release = texts.release};

    if (!json_is_string(json_get(j, "title")))
        return why_set(why, ERR_SYNTAX, "title is missing");
    if (f < 0)
        return why_set(why, ERR_SYNTAX, "feed \"%s\" is unknown", feed);
    if (ticker != NULL && (s.listing = universe_find(n->universe, ticker)) == NULL)
        return why_set(why, ERR_SYNTAX, "ticker \"%s\" is not listed", ticker);
    str_copy(texts.title, NEWS_HEADLINE, json_text(json_get(j, "title"), ""));
    str_copy(texts.summary, NEWS_SUMMARY, json_text(json_get(j, "summary"), ""));
    s.feed = (enum feed)f;
    s.published_ms = now_ms - 1000 * json_i64(json_get(j, "age_s"), 0);
    read_filing(j, &s);
    if (s.bulk > NEWS_BULK_MOST)
        return why_set(why, ERR_SYNTAX, "bulk_kb is too much");
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

int64_t
news_modified_ms(const struct news *n, enum feed f)
{
    return n->first_ms - DAY_MS + (int64_t)n->version[f] * 1000;
}

size_t
news_len(const struct news *n)
{
    return n->n;
}

const struct story *
news_find(const struct news *n, uint64_t number)
{
    return number >= 1 && number <= n->n ? n->list[number - 1] : NULL;
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
