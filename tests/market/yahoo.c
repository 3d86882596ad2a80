/* Yahoo: chart v8, quote v7, quoteSummary v10, and the cookie and crumb they want. */
#include "market.h"

#include "base/str.h"
#include "domain/calendar.h"
#include "refusal.h"
#include "tape.h"

enum { MINUTE_S = 60, HOUR_S = 3600, SYMBOL_TEXT = 32, SYMBOLS_TEXT = 4096 };

/* Writes value / 10000 with two decimals or four: much faster than printf. */
static void
put_price(struct buf *out, int64_t value)
{
    char digits[24];
    int at = (int)sizeof digits, places = value % 100 == 0 ? 2 : 4;

    value = places == 2 ? value / 100 : value;
    for (int i = 0; i < places; i++, value /= 10)
        digits[--at] = (char)('0' + value % 10);
    digits[--at] = '.';
    do
        digits[--at] = (char)('0' + value % 10);
    while ((value /= 10) > 0);
    buf_add(out, digits + at, sizeof digits - (size_t)at);
}

static void
put_whole(struct buf *out, int64_t value)
{
    char digits[24];
    int at = (int)sizeof digits;

    do
        digits[--at] = (char)('0' + value % 10);
    while ((value /= 10) > 0);
    buf_add(out, digits + at, sizeof digits - (size_t)at);
}

static int64_t
bar_open(const struct tape_bar *b)
{
    return b->open;
}

static int64_t
bar_high(const struct tape_bar *b)
{
    return b->high;
}

static int64_t
bar_low(const struct tape_bar *b)
{
    return b->low;
}

static int64_t
bar_close(const struct tape_bar *b)
{
    return b->close;
}

static const struct column {
    const char *name;
    int64_t (*value)(const struct tape_bar *b);
} columns[] = {
    {"open", bar_open}, {"high", bar_high}, {"low", bar_low}, {"close", bar_close}};

/* The live bar at the end: stamped with the moment itself and without volume. */
static bool
has_live_bar(const struct tape *t)
{
    return t->n > 0 && (t->now_s % MINUTE_S != 0 || t->now_s == t->close_s);
}

static void
put_column(struct buf *out, const struct tape *t, const struct column *c)
{
    buf_addf(out, "\"%s\":[", c->name);
    for (size_t i = 0; i < t->n; i++) {
        if (i > 0)
            buf_addc(out, ',');
        if (t->bars[i].none)
            buf_adds(out, "null");
        else
            put_price(out, c->value(&t->bars[i]));
    }
    if (has_live_bar(t)) {
        buf_addc(out, ',');
        put_price(out, t->last);
    }
    buf_adds(out, "],");
}

static void
put_volume(struct buf *out, const struct tape *t)
{
    buf_adds(out, "\"volume\":[");
    for (size_t i = 0; i < t->n; i++) {
        if (i > 0)
            buf_addc(out, ',');
        if (t->bars[i].none)
            buf_adds(out, "null");
        else
            put_whole(out, t->bars[i].volume);
    }
    buf_adds(out, has_live_bar(t) ? ",0]" : "]");
}

static void
put_bars(struct buf *out, const struct tape *t)
{
    if (t->n == 0) {
        buf_adds(out, "\"indicators\":{\"quote\":[{}]}}],\"error\":null}}");
        return;
    }
    buf_adds(out, "\"timestamp\":[");
    for (size_t i = 0; i < t->n; i++) {
        if (i > 0)
            buf_addc(out, ',');
        put_whole(out, t->open_s + (int64_t)i * MINUTE_S);
    }
    if (has_live_bar(t)) {
        buf_addc(out, ',');
        put_whole(out, t->now_s);
    }
    buf_adds(out, "],\"indicators\":{\"quote\":[{");
    for (size_t i = 0; i < STR_LEN(columns); i++)
        put_column(out, t, &columns[i]);
    put_volume(out, t);
    buf_adds(out, "}]}}],\"error\":null}}");
}

static void
put_period(struct jsonw *w, const char *name, int64_t start, int64_t end)
{
    struct ny_time ny;

    ny_time(start * 1000, &ny);
    jw_object(w, name);
    jw_str(w, "timezone", ny.offset_s == -4 * HOUR_S ? "EDT" : "EST");
    jw_int(w, "start", start);
    jw_int(w, "end", end);
    jw_int(w, "gmtoffset", ny.offset_s);
    jw_end(w);
}

/* currentTradingPeriod is already the next day's after the close. */
static void
put_current_period(struct jsonw *w, int64_t now_ms)
{
    int64_t open_ms = 0, close_ms = 0;

    if (!calendar_regular(now_ms, &open_ms, &close_ms) || now_ms >= close_ms)
        (void)calendar_regular(calendar_next_start(now_ms, SESSION_REGULAR), &open_ms,
                               &close_ms);
    jw_object(w, "currentTradingPeriod");
    put_period(w, "pre", open_ms / 1000 - 5 * HOUR_S - 1800, open_ms / 1000);
    put_period(w, "regular", open_ms / 1000, close_ms / 1000);
    put_period(w, "post", close_ms / 1000, close_ms / 1000 + 4 * HOUR_S);
    jw_end(w);
}

static void
put_meta_figures(struct jsonw *w, const struct listing *l, const struct tape *t)
{
    jw_str(w, "currency", "USD");
    jw_str(w, "symbol", l->symbol);
    jw_str(w, "exchangeName", str_eq(l->exchange, "NYSE") ? "NYQ" : "NMS");
    jw_str(w, "fullExchangeName", str_eq(l->exchange, "NYSE") ? "NYSE" : "NasdaqGS");
    jw_str(w, "instrumentType", "EQUITY");
    jw_int(w, "regularMarketTime", t->n > 0 ? t->now_s : t->open_s);
    jw_bool(w, "hasPrePostMarketData", true);
    jw_num(w, "regularMarketPrice", (double)t->last / 10000.0);
    jw_int(w, "regularMarketVolume", t->volume);
    if (t->n > 0) {
        jw_num(w, "regularMarketDayHigh", (double)t->high / 10000.0);
        jw_num(w, "regularMarketDayLow", (double)t->low / 10000.0);
    }
    jw_str(w, "longName", l->name);
    jw_str(w, "shortName", l->name);
    jw_num(w, "chartPreviousClose", (double)l->prev_close / 10000.0);
    jw_num(w, "previousClose", (double)l->prev_close / 10000.0);
    jw_int(w, "scale", 3);
    jw_int(w, "priceHint", 2);
}

static void
put_meta(struct buf *out, const struct listing *l, const struct tape *t, int64_t now_ms)
{
    struct ny_time ny;
    struct jsonw w;

    ny_time(now_ms, &ny);
    jsonw_init(&w, out);
    jw_object(&w, NULL);
    put_meta_figures(&w, l, t);
    jw_int(&w, "gmtoffset", ny.offset_s);
    jw_str(&w, "timezone", ny.offset_s == -4 * HOUR_S ? "EDT" : "EST");
    jw_str(&w, "exchangeTimezoneName", "America/New_York");
    put_current_period(&w, now_ms);
    jw_array(&w, "tradingPeriods");
    jw_array(&w, NULL);
    put_period(&w, NULL, t->open_s, t->close_s);
    jw_end(&w);
    jw_end(&w);
    jw_str(&w, "dataGranularity", "1m");
    jw_str(&w, "range", "1d");
    jw_raw(&w, "validRanges",
           "[\"1d\",\"5d\",\"1mo\",\"3mo\",\"6mo\",\"1y\",\"2y\","
           "\"5y\",\"10y\",\"ytd\",\"max\"]");
    jw_end(&w);
}

static const struct listing *
find_in_path(const struct market *m, const struct request *r)
{
    char symbol[SYMBOL_TEXT];

    str_copy(symbol, sizeof symbol, path_tail(r));
    return universe_find(m->universe, str_upper(symbol));
}

static void
tape_of(const struct market *m, const struct listing *l, struct tape *t)
{
    int64_t now_ms = clock_wall_ms(m->clock), open_s, close_s;

    tape_session(now_ms, &open_s, &close_s);
    tape_run(l, open_s, close_s, now_ms / 1000, t);
}

static const char json_type[] = "application/json;charset=utf-8";

void
yahoo_chart(struct market *m, const struct request *r, struct answer *a)
{
    const struct listing *l = find_in_path(m, r);
    struct tape t;

    if (l == NULL) {
        answer_text(a, 404, json_type,
                    "{\"chart\":{\"result\":null,\"error\":{\"code\":\"Not Found\","
                    "\"description\":\"No data found, symbol may be delisted\"}}}");
        return;
    }
    tape_of(m, l, &t);
    a->type = json_type;
    answer_header(a, "Cache-Control", "public, max-age=10, stale-while-revalidate=20");
    buf_adds(&a->body, "{\"chart\":{\"result\":[{\"meta\":");
    put_meta(&a->body, l, &t, clock_wall_ms(m->clock));
    buf_addc(&a->body, ',');
    put_bars(&a->body, &t);
}

/* False, and the answer made, when cookie or crumb are not ours. */
static bool
is_let_in(struct market *m, const struct request *r, struct answer *a)
{
    a->type = json_type;
    if (crumb_check(&m->crumbs, r))
        return true;
    refusal_answer(&refusal_invalid_crumb, a);
    return false;
}

static const char *
market_state(int64_t now_ms)
{
    static const char *const states[] = {
        [SESSION_CLOSED] = "CLOSED",
        [SESSION_PRE] = "PRE",
        [SESSION_REGULAR] = "REGULAR",
        [SESSION_AFTER] = "POST",
    };

    return states[calendar_session(now_ms)];
}

static void
put_quote(const struct market *m, const struct listing *l, struct jsonw *w)
{
    struct tape t;
    double prev = (double)l->prev_close / 10000.0;

    tape_of(m, l, &t);
    jw_object(w, NULL);
    jw_str(w, "language", "en-US");
    jw_str(w, "quoteType", "EQUITY");
    jw_str(w, "currency", "USD");
    jw_str(w, "marketState", market_state(clock_wall_ms(m->clock)));
    jw_num(w, "regularMarketPrice", (double)t.last / 10000.0);
    jw_num(w, "regularMarketPreviousClose", prev);
    jw_num(w, "regularMarketChangePercent",
           ((double)t.last / (double)l->prev_close - 1.0) * 100.0);
    jw_int(w, "regularMarketVolume", t.volume);
    jw_int(w, "regularMarketTime", t.n > 0 ? t.now_s : t.open_s);
    jw_int(w, "averageDailyVolume3Month", l->avg_volume);
    jw_int(w, "averageDailyVolume10Day", l->avg_volume + l->avg_volume / 10);
    jw_int(w, "sharesOutstanding", l->shares);
    jw_str(w, "shortName", l->name);
    jw_str(w, "exchange", str_eq(l->exchange, "NYSE") ? "NYQ" : "NMS");
    jw_str(w, "exchangeTimezoneName", "America/New_York");
    jw_str(w, "symbol", l->symbol);
    jw_end(w);
}

void
yahoo_quote(struct market *m, const struct request *r, struct answer *a)
{
    char symbols[SYMBOLS_TEXT];
    const char *cursor = symbols, *piece;
    size_t n;
    struct jsonw w;

    if (!is_let_in(m, r, a))
        return;
    answer_header(a, "Cache-Control", "max-age=1, stale-while-revalidate=9");
    request_arg(r, "symbols", symbols, sizeof symbols);
    jsonw_init(&w, &a->body);
    jw_object(&w, NULL);
    jw_object(&w, "quoteResponse");
    jw_array(&w, "result");
    while ((piece = str_piece(&cursor, ",", &n)) != NULL) {
        char symbol[SYMBOL_TEXT];
        const struct listing *l;

        str_copyn(symbol, sizeof symbol, piece, n);
        if ((l = universe_find(m->universe, str_upper(symbol))) != NULL)
            put_quote(m, l, &w);
    }
    jw_end(&w);
    jw_null(&w, "error");
    jw_end(&w);
    jw_end(&w);
}

void
yahoo_summary(struct market *m, const struct request *r, struct answer *a)
{
    const struct listing *l = find_in_path(m, r);

    if (!is_let_in(m, r, a))
        return;
    if (l == NULL) {
        answer_text(
            a, 404, json_type,
            "{\"quoteSummary\":{\"result\":null,\"error\":{\"code\":\"Not Found\","
            "\"description\":\"Quote not found for ticker symbol\"}}}");
        return;
    }
    buf_addf(&a->body,
             "{\"quoteSummary\":{\"result\":[{\"defaultKeyStatistics\":{\"maxAge\":1,"
             "\"floatShares\":%lld,\"sharesOutstanding\":%lld}}],\"error\":null}}",
             (long long)l->float_shares, (long long)l->shares);
}

void
yahoo_crumb(struct market *m, const struct request *r, struct answer *a)
{
    char crumb[CRUMB_TEXT];

    if (crumb_give(&m->crumbs, r, crumb))
        answer_text(a, 200, "text/plain;charset=utf-8", crumb);
    else
        answer_text(
            a, 401, json_type,
            "{\"finance\":{\"result\":null,\"error\":{\"code\":\"Unauthorized\","
            "\"description\":\"Invalid Cookie\"}}}");
}

/* fc.yahoo.com answers 404, and that is where the cookie comes from. */
void
yahoo_cookie(struct market *m, const struct request *r, struct answer *a)
{
    char cookie[CRUMB_COOKIE];

    (void)r;
    crumb_cookie(&m->crumbs, cookie);
    answer_text(a, 404, "text/html", "<html><body>Not here.</body></html>\n");
    answer_header(a, "Set-Cookie", "%s; Max-Age=31557600; Path=/; HttpOnly", cookie);
}
