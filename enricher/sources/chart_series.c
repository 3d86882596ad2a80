#include "enricher/sources/chart_series.h"

#include "base/str.h"
#include "enricher/sources/chart.h"

#include <math.h>

enum { DAY_S = 86400 };

/* ---- the bars ------------------------------------------------------------------ */

static void
count_bars(struct chart_series *s, const struct json *times, const struct json *quote)
{
    const struct json *closes = json_member(quote, "close");
    const struct json *volumes = json_member(quote, "volume");

    s->bars = json_len(times);
    s->first_s = json_i64(json_at(times, 0), 0);
    s->last_s = s->bars > 0 ? json_i64(json_at(times, s->bars - 1), 0) : 0;
    for (size_t i = 0; i < s->bars; i++) {
        double volume = json_f64(json_at(volumes, i), NAN);

        s->null_close += json_at(closes, i) == NULL;
        s->zero_volume += volume == 0;
        s->sum_volume += isfinite(volume) ? volume : 0;
    }
}

/* Of the bars before the last, which is today's and not complete. */
static void
average(struct chart_series *s, const struct json *volumes)
{
    double sum = 0, last;
    size_t n = 0;

    for (size_t i = s->bars - 1; i > 0 && n < SERIES_AVERAGE; i--) {
        double volume = json_f64(json_at(volumes, i - 1), NAN);

        if (isfinite(volume)) {
            sum += volume;
            n++;
        }
    }
    last = json_f64(json_at(volumes, s->bars - 1), NAN);
    if (n == SERIES_AVERAGE && sum > 0) {
        s->avg_volume = sum / SERIES_AVERAGE;
        s->rel_volume = last / s->avg_volume;
    }
}

/* Number of the exchange's own day, which is what the daily stamps mean. */
static double
day_of(const struct chart_series *s, int64_t at_s)
{
    double offset_s = isfinite(s->gmtoffset_s) ? s->gmtoffset_s : 0;

    return floor(((double)at_s + offset_s) / DAY_S);
}

static void
read_days(struct chart_series *s, const struct json *times, const struct json *meta,
          const struct json *volumes)
{
    s->is_daily = s->bars > 0 && !chart_is_intraday(s->granularity);
    if (!s->is_daily)
        return;
    if (s->bars > 1)
        s->same_day_twice =
            day_of(s, json_i64(json_at(times, s->bars - 2), 0)) == day_of(s, s->last_s);
    s->is_live = s->last_s == json_i64(json_member(meta, "regularMarketTime"), 0);
    average(s, volumes);
}

/* ---- the header ---------------------------------------------------------------- */

static int
by_name(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void
read_events(struct chart_series *s, const struct json *events)
{
    void *cursor = NULL;
    const char *key;
    const struct json *value;

    while (s->n_events < SERIES_EVENTS && json_each(events, &cursor, &key, &value))
        str_copy(s->events[s->n_events++], SERIES_EVENT, key);
    qsort(s->events, s->n_events, SERIES_EVENT, by_name);
}

static void
read_meta(struct chart_series *s, const struct json *meta)
{
    const struct {
        const char *key;
        double *to;
    } figures[] = {{"gmtoffset", &s->gmtoffset_s},
                   {"regularMarketPrice", &s->price},
                   {"regularMarketVolume", &s->volume},
                   {"previousClose", &s->prev_close},
                   {"chartPreviousClose", &s->range_prev_close}};

    str_copy(s->symbol, sizeof s->symbol, json_text(json_member(meta, "symbol"), ""));
    str_copy(s->granularity, sizeof s->granularity,
             json_text(json_member(meta, "dataGranularity"), ""));
    for (size_t i = 0; i < STR_LEN(figures); i++)
        *figures[i].to = json_f64(json_member(meta, figures[i].key), NAN);
}

static int
read_root(const struct json *root, struct chart_series *s, struct why *why)
{
    const struct json *first = json_get(root, "chart.result.0");
    const struct json *meta = json_member(first, "meta");
    const struct json *times = json_member(first, "timestamp");
    const struct json *quote = json_get(first, "indicators.quote.0");
    int rc = yahoo_error_read(root, "chart", &s->error, why);

    if (rc != 0)
        return rc;
    if (json_is_array(json_get(root, "chart.result")) && first == NULL)
        return why_set(why, ERR_EMPTY, "no result");
    if (!json_is_object(meta))
        return why_set(why, ERR_CHANGED, "no chart.result.0.meta");
    read_meta(s, meta);
    count_bars(s, times, quote);
    read_days(s, times, meta, json_member(quote, "volume"));
    read_events(s, json_member(first, "events"));
    return 0;
}

int
chart_series_read(const char *body, size_t n, struct chart_series *out, struct why *why)
{
    struct json *root = json_parse(body, n, why);
    int rc = ERR_SYNTAX;

    *out = (struct chart_series){.avg_volume = NAN, .rel_volume = NAN};
    if (root != NULL)
        rc = read_root(root, out, why);
    json_free(&root);
    return rc;
}
