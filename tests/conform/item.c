#include "ingest/item.h"
#include "base/str.h"
#include "base/text.h"
#include "ingest/gate.h"
#include "ingest/story.h"
#include "tests/conform/conform.h"

#include <inttypes.h>
#include <math.h>

enum { SECOND_MS = 1000, MINUTE_MS = 60000, STORIES_MAX = 16 };

/* ---- what an address says of a filing ---- */

static int64_t
cik_of(const char *link)
{
    char address[ITEM_LINK], accession[] = "0000000000-00-000000";
    struct feed_entry entry = {.text[FEED_ID] = accession, .text[FEED_LINK] = address};
    struct item item;

    (void)str_copy(address, sizeof address, link);
    if (item_from_entry(&entry, ITEM_FILING, "https://www.sec.gov/", &item) != 0)
        return 0;
    return item.cik;
}

static void
write_cik(const char *key, const char *link, struct jsonw *out)
{
    int64_t cik = cik_of(link);
    char text[24];

    (void)str_fmt(text, sizeof text, "%" PRId64, cik);
    jw_str(out, key, cik != 0 ? text : NULL);
}

void
conform_cik(const struct json *input, struct jsonw *out)
{
    write_cik(NULL, json_text(json_member(input, "text"), ""), out);
}

void
conform_accession(const struct json *input, struct jsonw *out)
{
    char accession[21];
    bool found = item_accession(json_text(json_member(input, "url"), ""), accession);

    jw_str(out, NULL, found ? accession : NULL);
}

/* The case writes the number without its dashes. */
void
conform_edgar_url(const struct json *input, struct jsonw *out)
{
    const char *url = json_text(json_member(input, "url"), "");
    char accession[21] = "", plain[21];

    (void)item_accession(url, accession);
    (void)str_fmt(plain, sizeof plain, "%.10s%.2s%.6s", accession, accession + 11,
                  accession + 14);
    jw_object(out, NULL);
    write_cik("cik", url, out);
    jw_str(out, "accession", str_empty(plain) ? NULL : plain);
    jw_end(out);
}

/* ---- when two are the same ---- */

/* The id of the item, with its ticker: what a candidate is known by. */
static void
identity(const struct json *story, char out[ITEM_ID + SYMBOL_SIZE + 1])
{
    char link[ITEM_LINK], title[ITEM_TITLE], accession[21];
    struct feed_entry entry = {.text[FEED_LINK] = link, .text[FEED_TITLE] = title};
    struct item item;

    (void)str_copy(link, sizeof link, json_text(json_member(story, "url"), ""));
    (void)str_copy(title, sizeof title, json_text(json_member(story, "title"), ""));
    *out = '\0';
    if (item_from_entry(&entry,
                        item_accession(link, accession) ? ITEM_FILING : ITEM_NEWS, "",
                        &item) == 0)
        (void)str_fmt(out, ITEM_ID + SYMBOL_SIZE + 1, "%s/%s", item.id,
                      json_text(json_member(story, "ticker"), ""));
}

void
conform_signature(const struct json *input, struct jsonw *out)
{
    char a[ITEM_ID + SYMBOL_SIZE + 1], b[ITEM_ID + SYMBOL_SIZE + 1];

    identity(json_member(input, "a"), a);
    identity(json_member(input, "b"), b);
    jw_object(out, NULL);
    jw_bool(out, "same_signature", str_eq(a, b));
    jw_end(out);
}

struct told {
    size_t n;
    struct {
        const char *ticker;
        struct story story;
    } list[STORIES_MAX];
};

static bool
is_told(const struct told *t, const char *ticker, const struct story *story)
{
    for (size_t i = 0; i < t->n; i++)
        if (str_eq(t->list[i].ticker, ticker) &&
            story_is_same(&t->list[i].story, story))
            return true;
    return false;
}

/* Each row of the sequence is a ticker and a title: is it a story not told before? */
void
conform_stories(const struct json *input, struct jsonw *out)
{
    const struct json *rows = json_member(input, "sequence");
    struct told told = {.n = 0};

    jw_array(out, NULL);
    for (size_t i = 0; i < json_len(rows) && told.n < STORIES_MAX; i++) {
        const struct json *row = json_at(rows, i);
        const char *ticker = json_text(json_at(row, 0), "");
        struct story story;

        story_make(json_text(json_at(row, 1), ""), "", &story);
        jw_bool(out, NULL, !is_told(&told, ticker, &story));
        told.list[told.n].ticker = ticker;
        told.list[told.n++].story = story;
    }
    jw_end(out);
}

void
conform_story_title(const struct json *input, struct jsonw *out)
{
    char title[STORY_TITLE];

    story_title(json_text(json_member(input, "title"), ""), title);
    jw_str(out, NULL, title);
}

static double
likeness(const struct json *input)
{
    char a[STORY_TITLE], b[STORY_TITLE];

    story_title(json_text(json_member(input, "a"), ""), a);
    story_title(json_text(json_member(input, "b"), ""), b);
    return story_likeness(a, b);
}

void
conform_similarity(const struct json *input, struct jsonw *out)
{
    jw_object(out, NULL);
    jw_bool(out, "near_duplicate",
            likeness(input) >= json_f64(json_member(input, "threshold"), 1));
    jw_end(out);
}

/* How often a ticker is in the news is no signal here: only titles are compared. */
void
conform_same_title(const struct json *input, struct jsonw *out)
{
    struct story a, b;

    if (json_get(input, "a") == NULL)
        return;
    story_make(json_text(json_member(input, "a"), ""), "", &a);
    story_make(json_text(json_member(input, "b"), ""), "", &b);
    jw_object(out, NULL);
    jw_bool(out, "same", story_is_same(&a, &b));
    jw_end(out);
}

/* A ticker, a title and a time each, with a memory of half an hour. */
void
conform_temporal(const struct json *input, struct jsonw *out)
{
    const struct json *a = json_member(input, "a"), *b = json_member(input, "b");
    int64_t apart = json_i64(json_at(b, 2), 0) - json_i64(json_at(a, 2), 0);
    struct story x, y;

    story_make(json_text(json_at(a, 1), ""), "", &x);
    story_make(json_text(json_at(b, 1), ""), "", &y);
    jw_object(out, NULL);
    jw_bool(out, "same_key",
            str_eq(json_text(json_at(a, 0), ""), json_text(json_at(b, 0), "")) &&
                apart * SECOND_MS <= 30 * MINUTE_MS && story_is_same(&x, &y));
    jw_end(out);
}

/* ---- fresh enough ---- */

/* published_ms 0: the story does not say. */
static bool
is_fresh(int64_t now_ms, int64_t published_ms, int64_t max_age_min)
{
    struct item item = {
        .title = "t", .link = "https://example.com/1", .published_ms = published_ms};
    struct tickers none = {.n = 0};
    struct gate_view view = {.item = &item,
                             .tickers = &none,
                             .n_primary = 1,
                             .feed = "feed",
                             .now_ms = now_ms,
                             .max_age_ms = max_age_min * MINUTE_MS};
    struct gate_hit hit;

    return !gate_item(&view, &hit);
}

static int64_t
limit_of(const struct json *input)
{
    bool filing = json_bool(json_member(input, "is_sec"), false);

    return json_i64(json_member(input, filing ? "max_sec_age_min" : "max_age_min"), 0);
}

static int64_t
time_of(const struct json *j)
{
    int64_t ms;

    return text_time(json_text(j, ""), &ms) == 0 ? ms : 0;
}

void
conform_freshness_gate(const struct json *input, struct jsonw *out)
{
    int64_t now_ms = time_of(json_member(input, "now"));
    int64_t published_ms = time_of(json_member(input, "published"));
    int64_t age_ms = now_ms - published_ms;

    jw_object(out, NULL);
    jw_bool(out, "fresh", is_fresh(now_ms, published_ms, limit_of(input)));
    jw_num(out, "age_min", published_ms > 0 ? (double)(age_ms / MINUTE_MS) : NAN);
    jw_end(out);
}

void
conform_freshness_age(const struct json *input, struct jsonw *out)
{
    const struct json *age = json_member(input, "age_seconds");
    int64_t now_ms = INT64_C(1700000000000); /* any instant */
    int64_t age_ms = (int64_t)(json_f64(age, 0) * SECOND_MS);

    jw_array(out, NULL);
    jw_bool(out, NULL,
            is_fresh(now_ms, age != NULL ? now_ms - age_ms : 0, limit_of(input)));
    jw_num(out, NULL, age != NULL ? (double)(age_ms / MINUTE_MS) : NAN);
    jw_end(out);
}

/* The instant of a case, or where it names none that of all others. */
static int64_t
now_of(const struct json *input)
{
    int64_t now_ms = time_of(json_member(input, "now"));

    return now_ms > 0 ? now_ms : INT64_C(1765983600000); /* 2025-12-17T15:00:00Z */
}

void
conform_freshness_ingest(const struct json *input, struct jsonw *out)
{
    const struct json *items = json_member(input, "items");
    int64_t now_ms = now_of(input);
    size_t rejected = 0;

    jw_object(out, NULL);
    jw_array(out, "kept");
    for (size_t i = 0; i < json_len(items); i++) {
        const struct json *item = json_at(items, i);

        if (is_fresh(now_ms, time_of(json_member(item, "ts")), limit_of(input)))
            jw_str(out, NULL, json_text(json_member(item, "id"), ""));
        else
            rejected++;
    }
    jw_end(out);
    jw_int(out, "rejected", (int64_t)rejected);
    jw_end(out);
}
