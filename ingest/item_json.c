#include "ingest/item_json.h"

#include "base/jsonw.h"
#include "base/str.h"
#include "base/text.h"

static const struct {
    const char *name;
    size_t at, size;
} texts[] = {
    {"id", offsetof(struct item, id), ITEM_ID},
    {"form", offsetof(struct item, form), ITEM_FORM},
    {"title", offsetof(struct item, title), ITEM_TITLE},
    {"summary", offsetof(struct item, summary), ITEM_SUMMARY},
    {"link", offsetof(struct item, link), ITEM_LINK},
    {"stocks", offsetof(struct item, stocks), ITEM_STOCKS},
};

void
item_json_write(const struct item *it, const char *feed, int64_t seen_ms,
                struct buf *out)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jw_object(&w, NULL);
    jw_str(&w, "feed", feed);
    jw_str(&w, "kind", item_kind_name(it->kind));
    for (size_t i = 0; i < STR_LEN(texts); i++)
        jw_str(&w, texts[i].name, (const char *)it + texts[i].at);
    jw_int(&w, "published_ms", it->published_ms);
    jw_int(&w, "seen_ms", seen_ms);
    jw_int(&w, "cik", it->cik);
    jw_int(&w, "rank", it->rank);
    jw_end(&w);
}

/* ---- back ---------------------------------------------------------------------- */

static int
read_text(const struct json *root, const char *name, char *out, size_t size,
          struct why *why)
{
    const struct json *j = json_member(root, name);

    if (j != NULL && !json_is_string(j))
        return why_set(why, ERR_TYPE, "%s: want text", name);
    if (!str_copy(out, size, json_text(j, "")))
        return why_set(why, ERR_TOO_BIG, "%s: longer than %zu bytes", name, size - 1);
    return 0;
}

static int
read_number(const struct json *root, const char *name, int64_t *out, struct why *why)
{
    const struct json *j = json_member(root, name);

    *out = 0;
    if (j != NULL && !json_is_number(j))
        return why_set(why, ERR_TYPE, "%s: want a number", name);
    *out = json_i64(j, 0);
    return 0;
}

static int
read_texts(const struct json *root, struct item *out, struct item_origin *origin,
           struct why *why)
{
    char kind[16];
    int rc = read_text(root, "feed", origin->feed, sizeof(origin->feed), why);

    for (size_t i = 0; rc == 0 && i < STR_LEN(texts); i++)
        rc = read_text(root, texts[i].name, (char *)out + texts[i].at, texts[i].size,
                       why);
    if (rc == 0)
        rc = read_text(root, "kind", kind, sizeof(kind), why);
    if (rc != 0)
        return rc;
    out->kind = item_kind(kind);
    if (!str_empty(kind) && !str_eq(item_kind_name(out->kind), kind))
        return why_set(why, ERR_TYPE, "kind: \"%s\" is none of news filing halt", kind);
    return 0;
}

/* A date as text stands for published_ms in lines written by hand. */
static int
read_times(const struct json *root, struct item *out, struct item_origin *origin,
           struct why *why)
{
    char date[64];
    int rc = read_number(root, "published_ms", &out->published_ms, why);

    if (rc == 0)
        rc = read_number(root, "seen_ms", &origin->seen_ms, why);
    if (rc == 0)
        rc = read_text(root, "published", date, sizeof(date), why);
    if (rc == 0 && !str_empty(date) && text_time(date, &out->published_ms) != 0)
        rc = why_set(why, ERR_SYNTAX, "published: \"%s\" is no date", date);
    if (rc == 0 && origin->seen_ms == 0)
        origin->seen_ms = out->published_ms;
    return rc;
}

static int
name_it(const struct json *root, struct item *out, struct why *why)
{
    char guid[ITEM_LINK], accession[21];
    int rc = read_text(root, "guid", guid, sizeof(guid), why);

    if (rc != 0 || !str_empty(out->id))
        return rc;
    if (out->kind == ITEM_FILING &&
        (item_accession(guid, accession) || item_accession(out->link, accession))) {
        item_name_filing(out, accession);
        return 0;
    }
    rc = item_name_news(out, guid);
    return rc == 0 ? 0 : why_set(why, rc, "title: missing");
}

int
item_json_read(const struct json *root, struct item *out, struct item_origin *origin,
               struct why *why)
{
    int64_t rank;
    int rc;

    if (!json_is_object(root))
        return why_set(why, ERR_TYPE, "want one JSON object");
    if ((rc = read_texts(root, out, origin, why)) != 0 ||
        (rc = read_times(root, out, origin, why)) != 0 ||
        (rc = read_number(root, "cik", &out->cik, why)) != 0 ||
        (rc = read_number(root, "rank", &rank, why)) != 0)
        return rc;
    if (out->kind == ITEM_FILING && json_member(root, "rank") == NULL)
        rank = ITEM_RANK_BEST; /* a line written by hand means the company's own */
    out->rank = rank > 0 && rank <= ITEM_RANK_BEST ? (int)rank : 0;
    return name_it(root, out, why);
}
