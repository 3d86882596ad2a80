/* What ingest remembers: seen marks, validators, and by what it knows an item. */
#include "base/str.h"
#include "ingest/item.h"
#include "ingest/store.h"
#include "ingest/validators.h"
#include "tests/conform/conform.h"

#include <stdlib.h>

enum { URLS_MAX = 16, ITEMS_MAX = 32, DAY_S = 86400, NOW_DAYS = 20000 };

static const int64_t day_ms = DAY_S * INT64_C(1000);
static const int64_t now_ms = NOW_DAYS * (DAY_S * INT64_C(1000));

static const char *
word(const struct json *step, size_t i)
{
    return json_text(json_at(step, i), "");
}

/* ---- validators --------------------------------------------------------------------
 */

struct shelf {
    struct store *store;
    const char *urls[URLS_MAX]; /* of the case */
    size_t n;
};

/* As an answer's headers are read: in any case of letters. */
static void
update(struct shelf *s, const char *url, const struct json *headers)
{
    char text[1024] = "", etag[STORE_VALIDATOR], modified[STORE_VALIDATOR];
    struct http_reply r = {.headers = text};
    struct feed_state f;
    void *cursor = NULL;
    const struct json *value;
    const char *key;

    while (json_each(headers, &cursor, &key, &value)) {
        size_t n = strlen(text);

        (void)str_fmt(text + n, sizeof text - n, "%s: %s\n", key, json_text(value, ""));
    }
    (void)store_feed(s->store, url, url, &f);
    validators_take(&f, http_header(&r, "ETag", etag, sizeof etag),
                    http_header(&r, "Last-Modified", modified, sizeof modified));
    (void)store_feed_put(s->store, url, url, &f);
    if (s->n < URLS_MAX)
        s->urls[s->n++] = url;
}

static void
write_headers(struct shelf *s, const char *url, struct jsonw *out)
{
    char lines[VALIDATORS][VALIDATOR_LINE];
    struct feed_state f;
    size_t n;

    (void)store_feed(s->store, url, url, &f);
    n = validators_headers(&f, lines);
    jw_object(out, NULL);
    for (size_t i = 0; i < n; i++) {
        char *value = strchr(lines[i], ':');

        *value = '\0';
        jw_str(out, lines[i], value + 2);
    }
    jw_end(out);
}

static void
write_stats(struct shelf *s, struct jsonw *out)
{
    int64_t with[4] = {0}; /* any, ETag, Last-Modified, both */
    static const char *const keys[] = {"total_feeds", "feeds_with_etag",
                                       "feeds_with_last_modified", "feeds_with_both"};

    for (size_t i = 0; i < s->n; i++) {
        struct feed_state f;
        bool etag, modified;

        (void)store_feed(s->store, s->urls[i], s->urls[i], &f);
        etag = f.etag[0] != '\0';
        modified = f.last_modified[0] != '\0';
        with[0] += etag || modified;
        with[1] += etag;
        with[2] += modified;
        with[3] += etag && modified;
    }
    jw_object(out, NULL);
    for (size_t i = 0; i < STR_LEN(keys); i++)
        jw_int(out, keys[i], with[i]);
    jw_end(out);
}

static void
take_step(struct shelf *s, const struct json *step, struct jsonw *out)
{
    const char *verb = word(step, 0), *url = word(step, 1);
    struct feed_state f;

    if (str_eq(verb, "headers")) {
        write_headers(s, url, out);
    } else if (str_eq(verb, "stats")) {
        write_stats(s, out);
    } else if (str_eq(verb, "skip")) {
        jw_bool(out, NULL, json_i64(json_at(step, 1), 0) == 304);
    } else if (str_eq(verb, "update")) {
        update(s, url, json_at(step, 2));
        jw_null(out, NULL);
    } else {
        (void)store_feed(s->store, url, url, &f);
        validators_forget(&f);
        (void)store_feed_put(s->store, url, url, &f);
        jw_null(out, NULL);
    }
}

/* What a process that ends within the transaction leaves behind. */
static void
write_crash(struct shelf *s, struct jsonw *out)
{
    char lines[VALIDATORS][VALIDATOR_LINE];
    struct feed_state f = {.ok_ms = 1};

    validators_take(&f, "\"e\"", "");
    (void)store_begin(s->store);
    (void)store_feed_put(s->store, "f", "u", &f);
    store_rollback(s->store);
    (void)store_feed(s->store, "f", "u", &f);
    jw_object(out, NULL);
    jw_bool(out, "second_request_is_conditional", validators_headers(&f, lines) > 0);
    jw_end(out);
}

/* A file that is no database is no empty one here: nothing is written for it. */
void
conform_feed_state(const struct json *input, struct jsonw *out)
{
    const struct json *steps = json_member(input, "steps");
    struct shelf s = {.n = 0};
    struct why why;

    if (store_open(&s.store, ":memory:", &why) != 0)
        return;
    if (json_member(input, "events") != NULL)
        write_crash(&s, out);
    if (steps != NULL) {
        jw_array(out, NULL);
        for (size_t i = 0; i < json_len(steps); i++)
            take_step(&s, json_at(steps, i), out);
        jw_end(out);
    }
    store_close(&s.store);
}

/* ---- seen --------------------------------------------------------------------------
 */

/* "now-8d (ttl 7d)": 8; "30d": 30 */
static int64_t
days_in(const char *text, const char *before)
{
    const char *s = strstr(text, before);

    return s == NULL ? 0 : strtoll(s + strlen(before), NULL, 10);
}

static void
mark_at(struct store *s, const char *id, const char *when)
{
    int64_t kept = days_in(when, "(ttl ");

    (void)store_seen_add(s, id, now_ms - days_in(when, "now-") * day_ms);
    if (kept > 0) /* as a round forgets before it asks */
        (void)store_forget(s, now_ms - kept * day_ms, 100);
}

/* Two users of one file are one here: a database has one writer. */
static bool
seen_step(struct store *s, const struct json *step, struct jsonw *out)
{
    const char *verb = word(step, 0), *dot = strchr(verb, '.');

    verb = dot != NULL ? dot + 1 : verb;
    if (str_eq(verb, "is_seen")) {
        jw_bool(out, NULL, store_seen(s, word(step, 1)));
        return true;
    }
    if (str_eq(verb, "mark"))
        (void)store_seen_add(s, word(step, 1), now_ms);
    else if (str_eq(verb, "mark_at"))
        mark_at(s, word(step, 1), word(step, 2));
    else if (str_eq(verb, "cleanup"))
        (void)store_forget(s, now_ms - days_in(word(step, 1), "") * day_ms, 100);
    else
        return false;
    jw_null(out, NULL);
    return true;
}

void
conform_seen(const struct json *input, struct jsonw *out)
{
    const struct json *steps = json_member(input, "steps");
    struct store *s;
    struct why why;
    bool known = true;

    if (store_open(&s, ":memory:", &why) != 0)
        return;
    jw_array(out, NULL);
    for (size_t i = 0; i < json_len(steps) && known; i++)
        known = seen_step(s, json_at(steps, i), out);
    jw_end(out);
    if (!known) /* a step for something that does not exist here */
        buf_clear(out->out);
    store_close(&s);
}

/* ---- by what an item is known
 * -------------------------------------------------------- */

static void
id_of(const struct json *j, enum item_kind kind, char id[ITEM_ID])
{
    char guid[ITEM_LINK], link[ITEM_LINK], title[ITEM_TITLE];
    struct feed_entry e = {.text = {[FEED_ID] = guid}};
    struct item item;

    (void)str_copy(guid, sizeof guid, json_text(json_member(j, "id"), ""));
    (void)str_copy(link, sizeof link, json_text(json_member(j, "link"), ""));
    (void)str_copy(title, sizeof title, json_text(json_member(j, "title"), ""));
    e.text[FEED_LINK] = link;
    e.text[FEED_TITLE] = title;
    id[0] = '\0';
    if (item_from_entry(&e, kind, "", &item) == 0)
        (void)str_copy(id, ITEM_ID, item.id);
}

void
conform_feed_batch(const struct json *input, struct jsonw *out)
{
    const struct json *items = json_member(input, "items");
    char ids[ITEMS_MAX][ITEM_ID];
    size_t n = 0;

    jw_object(out, NULL);
    jw_array(out, "kept_ids");
    for (size_t i = 0; i < json_len(items) && n < ITEMS_MAX; i++) {
        bool known = false;

        id_of(json_at(items, i), ITEM_NEWS, ids[n]);
        for (size_t k = 0; k < n; k++)
            known = known || str_eq(ids[k], ids[n]);
        if (known)
            continue;
        n++;
        jw_str(out, NULL, json_text(json_member(json_at(items, i), "id"), ""));
    }
    jw_end(out);
    jw_end(out);
}

/* The digits of an id are our own business; whether two feeds share it is not: no feed
 * is part of it. */
void
conform_stable_id(const struct json *input, struct jsonw *out)
{
    const struct json *accession = json_member(input, "accession");
    size_t feeds = json_len(json_member(input, "sources"));
    char first[ITEM_ID] = "", id[ITEM_ID], guid[64];
    struct feed_entry e = {.text = {[FEED_ID] = guid}};
    struct item item;
    bool same = true;

    if (accession == NULL || feeds == 0)
        return;
    (void)str_copy(guid, sizeof guid, json_text(accession, ""));
    for (size_t i = 0; i < feeds; i++) {
        (void)item_from_entry(&e, ITEM_FILING, "", &item);
        (void)str_copy(id, sizeof id, item.id);
        same = same && (i == 0 || str_eq(first, id));
        (void)str_copy(first, sizeof first, id);
    }
    jw_object(out, NULL);
    jw_bool(out, "same_id", same && str_starts(first, "sec:"));
    jw_end(out);
}
