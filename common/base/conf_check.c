#include "base/conf_reader.h"
#include "base/conf_value.h"
#include "base/str.h"

/* Where to send the reader: the place that said so, if any. */
static const char *
where_of(const struct conf_reader *r, const char *section, const char *key,
         size_t instance)
{
    int row = conf_row_find(section, key);
    const char *origin = row >= 0 ? conf_origin(r->c, (size_t)row, instance) : NULL;

    if (origin != NULL)
        return origin;
    return r->c->path[0] != '\0' ? r->c->path : "defaults";
}

static void
complain_order(struct conf_reader *r, const char *section, const char *low,
               const char *high)
{
    const char *where = where_of(r, section, low, 0);

    if (str_eq(where, r->c->path) || str_eq(where, "defaults"))
        where = where_of(r, section, high, 0);
    conf_complain(r, where, "%s.%s: larger than %s.%s", section, low, section, high);
}

static bool
is_web_address(const char *url)
{
    return str_istarts(url, "http://") || str_istarts(url, "https://");
}

/* needed: an empty address will not do either.  A refused one was complained about. */
static void
check_address(struct conf_reader *r, const char *section, const char *key,
              const struct option_row *rows, bool needed, size_t instance)
{
    int row = conf_row_find(section, key);
    const char *url = conf_member(r->c, &rows[row], instance);
    const char *where = where_of(r, section, key, instance);
    const char *origin = conf_origin(r->c, (size_t)row, instance);
    char place[CONF_NAME * 3];

    conf_place_name(r->c, (size_t)row, instance, place, sizeof place);
    if (url[0] == '\0' && needed && origin == NULL)
        conf_complain(r, where, "%s: missing", place);
    else if (url[0] == '\0' && needed && r->n_errors == 0)
        conf_complain(r, where, "%s: empty", place);
    else if (url[0] != '\0' && !is_web_address(url))
        conf_complain(r, where, "%s: want an http:// or https:// address", place);
}

static void
check_sink(struct conf_reader *r, const struct option_row *rows, size_t i)
{
    const struct conf_sink *sink = &r->c->sinks[i];

    if (!sink->enabled)
        return;
    if (str_eq(sink->kind, "discord"))
        check_address(r, "sink", "url", rows, false, i);
    else if (str_eq(sink->kind, "jsonl") && sink->url[0] == '\0')
        conf_complain(r, where_of(r, "sink", "kind", i),
                      "sink %s.url: missing; want the path of a file", sink->name);
}

void
conf_check(struct conf_reader *r)
{
    const struct conf *c = r->c;
    size_t n;
    const struct option_row *rows = conf_rows(&n);

    if (c->ingest.window_start > c->ingest.window_max)
        complain_order(r, "ingest", "window_start", "window_max");
    if (c->ingest.resend_s > c->ingest.resend_max_s)
        complain_order(r, "ingest", "resend_s", "resend_max_s");
    if (c->classifier.price_ceiling > 0 &&
        c->classifier.price_floor > c->classifier.price_ceiling)
        complain_order(r, "classifier", "price_floor", "price_ceiling");
    for (size_t i = 0; i < c->n_feeds; i++)
        check_address(r, "feed", "url", rows, c->feeds[i].enabled, i);
    for (size_t i = 0; i < c->n_sinks; i++)
        check_sink(r, rows, i);
    for (size_t i = 0; i < c->n_sources; i++)
        check_address(r, "source", "base_url", rows, c->sources[i].enabled, i);
}
