/* What documents of Yahoo say, for catalyst parse: under Yahoo's own names. */
#include "base/str.h"
#include "enricher/sources/chart.h"
#include "enricher/sources/chart_series.h"
#include "enricher/sources/quote_list.h"
#include "enricher/sources/refusal.h"
#include "enricher/sources/summary.h"
#include "monitor/cli/parse.h"

#include <math.h>

enum { MS = 1000 };

/* What is no JSON may be a block page: the reason of that is the one to give. */
static int
say(const struct document *d, int rc, struct why *why)
{
    struct why syntax = *why;

    return rc == ERR_SYNTAX ? refusal_of_page(d, &syntax, why) : rc;
}

static void
write_known(struct jsonw *w, const char *key, double value)
{
    if (isfinite(value))
        jw_num(w, key, value);
}

/* ---- chart --------------------------------------------------------------------- */

/* Text, or null for none. */
static void
write_words(struct jsonw *w, const char *key, const char *text)
{
    jw_str(w, key, text[0] != '\0' ? text : NULL);
}

static void
write_error(const struct yahoo_error *e, struct jsonw *w)
{
    jw_null(w, "result");
    write_words(w, "error_code", e->code);
    write_words(w, "error_description", e->text);
}

static void
write_series(const struct chart_series *s, struct jsonw *w)
{
    jw_str(w, "symbol", s->symbol);
    jw_str(w, "granularity", s->granularity);
    jw_int(w, "bars", (int64_t)s->bars);
    jw_num(w, "first_ts", s->bars > 0 ? (double)s->first_s : NAN);
    jw_num(w, "last_ts", s->bars > 0 ? (double)s->last_s : NAN);
    jw_num(w, "gmtoffset", s->gmtoffset_s);
    jw_int(w, "null_close", (int64_t)s->null_close);
    jw_int(w, "zero_volume", (int64_t)s->zero_volume);
    jw_num(w, "sum_volume", s->sum_volume);
    jw_num(w, "regularMarketPrice", s->price);
    jw_num(w, "regularMarketVolume", s->volume);
    jw_num(w, "previousClose", s->prev_close);
    jw_num(w, "chartPreviousClose", s->range_prev_close);
    jw_array(w, "events");
    for (size_t i = 0; i < s->n_events; i++)
        jw_str(w, NULL, s->events[i]);
    jw_end(w);
    if (!s->is_daily)
        return;
    jw_bool(w, "last_two_bars_same_day", s->same_day_twice);
    jw_bool(w, "last_bar_is_live", s->is_live);
    write_known(w, "avg_volume_prev20", s->avg_volume);
    write_known(w, "rel_volume_last_vs_prev20", s->rel_volume);
}

static void
write_session(const struct chart *c, struct jsonw *w)
{
    struct vwap v = {.vwap = NAN};

    if (c->n == 0)
        return;
    (void)vwap_of_bars(c->bars, c->n, &v); /* without volume: none used, no VWAP */
    jw_int(w, "session_start", c->open_ms / MS);
    jw_int(w, "session_end", c->close_ms / MS);
    jw_int(w, "session_bars", (int64_t)c->n);
    jw_int(w, "session_bars_used", (int64_t)v.bars);
    jw_num(w, "session_volume", v.volume);
    jw_num(w, "vwap", v.vwap);
    jw_num(w, "session_last_close", chart_last_close(c));
}

int
parse_yahoo_chart(const struct document *d, struct jsonw *w, struct why *why)
{
    struct chart_series s;
    struct chart c;
    int rc = chart_series_read(d->body, d->len, &s, why);

    if (rc != 0) {
        write_error(&s.error, w);
        return say(d, rc, why);
    }
    write_series(&s, w);
    rc = chart_read(d->body, d->len, &c, why);
    if (rc == 0)
        write_session(&c, w);
    chart_free(&c);
    return rc;
}

/* ---- quote --------------------------------------------------------------------- */

/* Only what the document has: an absent price is no price of null. */
static void
write_quote(const struct quote *q, struct jsonw *w)
{
    jw_object(w, NULL);
    jw_str(w, "symbol", q->symbol);
    if (q->type[0] != '\0')
        jw_str(w, "quoteType", q->type);
    if (q->state[0] != '\0')
        jw_str(w, "marketState", q->state);
    if (q->at_ms != 0)
        jw_int(w, "regularMarketTime", q->at_ms / MS);
    for (size_t i = 0; quote_figure_key(i) != NULL; i++)
        write_known(w, quote_figure_key(i), quote_figure(q, i));
    jw_end(w);
}

int
parse_yahoo_quote(const struct document *d, struct jsonw *w, struct why *why)
{
    struct quote_list l;
    int rc = quote_list_read(d->body, d->len, &l, why);

    if (rc != 0) {
        write_error(&l.error, w);
        return say(d, rc, why);
    }
    jw_int(w, "count", (int64_t)(l.n + l.dropped));
    jw_array(w, "quotes");
    for (size_t i = 0; i < l.n; i++)
        write_quote(&l.list[i], w);
    jw_end(w);
    return 0;
}

/* ---- summary ------------------------------------------------------------------- */

static void
write_summary_error(const struct summary *s, struct jsonw *w)
{
    if (s->is_result_list) {
        jw_array(w, "result");
        jw_end(w);
    } else {
        jw_null(w, "result");
    }
    if (s->error.code[0] == '\0') {
        jw_null(w, "error");
        return;
    }
    jw_object(w, "error");
    jw_str(w, "code", s->error.code);
    write_words(w, "description", s->error.text);
    jw_end(w);
}

static void
write_summary(const struct summary *s, struct jsonw *w)
{
    jw_array(w, "modules");
    for (size_t i = 0; i < s->n; i++)
        jw_str(w, NULL, s->modules[i]);
    jw_end(w);
    if (s->has_statistics) {
        jw_num(w, "floatShares", s->float_shares);
        jw_num(w, "sharesOutstanding", s->shares_outstanding);
        jw_bool(w, "floatShares_key_present", s->has_float);
        jw_bool(w, "float_is_odd", summary_float_is_odd(s));
    }
    if (s->has_price) {
        jw_num(w, "regularMarketPrice", s->price);
        jw_num(w, "regularMarketVolume", s->volume);
    }
    if (s->has_detail)
        jw_num(w, "averageVolume", s->avg_volume);
}

int
parse_yahoo_summary(const struct document *d, struct jsonw *w, struct why *why)
{
    struct summary s;
    int rc = summary_read(d->body, d->len, &s, why);

    if (rc != 0) {
        write_summary_error(&s, w);
        return say(d, rc, why);
    }
    write_summary(&s, w);
    return 0;
}
