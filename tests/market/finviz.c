/* Finviz: the screener's ownership view and the quote page, layouts of 2026. */
#include "market.h"

#include "base/str.h"
#include "tape.h"

enum { SCREENER_ROWS = 20, FIGURE = 24, ARG = 4096 };

/* "16.99B", "39.60M", "869.28K": two decimals, as the pages have it. */
static const char *
figure(double value, char *out)
{
    static const struct {
        double unit;
        const char *suffix;
    } rows[] = {{1e9, "B"}, {1e6, "M"}, {1e3, "K"}};

    for (size_t i = 0; i < STR_LEN(rows); i++)
        if (value >= rows[i].unit) {
            str_fmt(out, FIGURE, "%.2f%s", value / rows[i].unit, rows[i].suffix);
            return out;
        }
    str_fmt(out, FIGURE, "%.0f", value);
    return out;
}

/* 39606884 -> "39,606,884" */
static const char *
grouped(int64_t value, char *out)
{
    char digits[FIGURE];
    size_t n, o = 0;

    str_fmt(digits, sizeof digits, "%lld", (long long)value);
    n = strlen(digits);
    for (size_t i = 0; i < n && o + 2 < FIGURE; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            out[o++] = ',';
        out[o++] = digits[i];
    }
    out[o] = '\0';
    return out;
}

struct page {
    const struct listing *l;
    struct tape tape;
    double price, change;
};

static void
page_of(const struct market *m, const struct listing *l, struct page *p)
{
    int64_t now_ms = clock_wall_ms(m->clock), open_s, close_s;

    tape_session(now_ms, &open_s, &close_s);
    tape_run(l, open_s, close_s, now_ms / 1000, &p->tape);
    p->l = l;
    p->price = (double)p->tape.last / 10000.0;
    p->change = ((double)p->tape.last / (double)l->prev_close - 1.0) * 100.0;
}

static void
escape(const char *s, struct buf *out)
{
    for (; *s != '\0'; s++) {
        if (*s == '&')
            buf_adds(out, "&amp;");
        else if (*s == '<')
            buf_adds(out, "&lt;");
        else
            buf_addc(out, *s);
    }
}

static const char *const screener_columns[] = {
    "No.",         "Ticker",        "Market Cap", "Outstanding", "Float",
    "Insider Own", "Insider Trans", "Inst Own",   "Inst Trans",  "Short Float",
    "Short Ratio", "Avg Volume",    "Price",      "Change",      "Volume"};

static void
screener_cell(struct buf *out, const struct page *p, const char *text)
{
    buf_addf(out,
             "<td height=\"10\" align=\"right\"><a href=\"stock?t=%s&ty=c&p=d&b=1\" "
             "class=\"tab-link\">%s</a></td>",
             p->l->symbol, text);
}

static void
screener_colour(struct buf *out, const struct page *p, const char *text)
{
    char cell[128];

    str_fmt(cell, sizeof cell, "<span class=\"color-text is-%s\">%s</span>",
            p->change < 0 ? "negative" : "positive", text);
    screener_cell(out, p, cell);
}

static void
screener_figures(struct buf *out, const struct page *p)
{
    const struct listing *l = p->l;
    char t[FIGURE];

    screener_cell(out, p, figure((double)l->shares * p->price, t));
    screener_cell(out, p, figure((double)l->shares, t));
    screener_cell(out, p, figure((double)l->float_shares, t));
    str_fmt(t, sizeof t, "%.2f%%", 15.0 * mix_unit(l->seed, 30));
    screener_cell(out, p, t);
    screener_cell(out, p, mix(l->seed, 31) % 3 == 0 ? "-" : "-1.42%");
    str_fmt(t, sizeof t, "%.2f%%", 80.0 * mix_unit(l->seed, 32));
    screener_cell(out, p, t);
    screener_cell(out, p, mix(l->seed, 33) % 4 == 0 ? "-" : "0.87%");
    str_fmt(t, sizeof t, "%.2f%%", l->short_float);
    screener_cell(out, p, t);
    str_fmt(t, sizeof t, "%.2f",
            l->short_float / 100 * (double)l->float_shares / (double)l->avg_volume);
    screener_cell(out, p, t);
    screener_cell(out, p, figure((double)l->avg_volume, t));
    str_fmt(t, sizeof t, "%.2f", p->price);
    screener_colour(out, p, t);
    str_fmt(t, sizeof t, "%.2f%%", p->change);
    screener_colour(out, p, t);
    screener_cell(out, p, grouped(p->tape.volume, t));
}

static void
screener_row(struct buf *out, const struct page *p, int number)
{
    char t[FIGURE];

    buf_adds(out,
             "<tr class=\"styled-row is-hoverable is-bordered is-rounded is-striped "
             "has-color-text\" valign=\"top\">\n");
    str_fmt(t, sizeof t, "%d", number);
    screener_cell(out, p, t);
    buf_addf(out,
             "<td height=\"10\" align=\"left\" data-boxover-ticker=\"%s\" "
             "data-boxover-company=\"",
             p->l->symbol);
    escape(p->l->name, out);
    buf_addf(out,
             "\"><a href=\"stock?t=%s&ty=c&p=d&b=1\" class=\"tab-link\">%s</a></td>",
             p->l->symbol, p->l->symbol);
    screener_figures(out, p);
    buf_adds(out, "</tr>\n");
}

static void
screener_head(struct buf *out)
{
    buf_adds(out,
             "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">"
             "<title>Free Stock Screener</title>\n</head>\n<body>\n"
             "<table class=\"screener-view-table\"><tr><td>Overview</td>"
             "<td>Ownership</td></tr></table>\n"
             "<table width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" "
             "class=\"styled-table-new is-rounded is-tabular-nums w-full "
             "screener_table\">\n<thead><tr valign=\"middle\">\n");
    for (size_t i = 0; i < STR_LEN(screener_columns); i++)
        buf_addf(out,
                 "<th align=\"%s\" class=\"table-header cursor-pointer\">%s</th>\n",
                 i == 1 ? "left" : "right", screener_columns[i]);
    buf_adds(out, "</tr></thead>\n");
}

void
finviz_screener(struct market *m, const struct request *r, struct answer *a)
{
    char asked[ARG];
    const char *cursor = asked, *piece;
    size_t n;
    int rows = 0;
    struct page p;

    a->type = "text/html; charset=utf-8";
    answer_header(a, "Cache-Control", "no-cache");
    screener_head(&a->body);
    request_arg(r, "t", asked, sizeof asked);
    while (rows < SCREENER_ROWS && (piece = str_piece(&cursor, ",", &n)) != NULL) {
        char symbol[16];
        const struct listing *l;

        str_copyn(symbol, sizeof symbol, piece, n);
        if ((l = universe_find(m->universe, str_upper(symbol))) == NULL)
            continue;
        page_of(m, l, &p);
        screener_row(&a->body, &p, ++rows);
    }
    buf_addf(&a->body,
             "</table>\n<div id=\"screener-total\" class=\"count-text\">#1 / %d Total"
             "</div>\n</body></html>\n",
             rows);
}

/* The cells of the six tables.  A %-less value is printed as it is; the rows with a
 * number take it from the listing. */
enum cell {
    CELL_TEXT,
    CELL_CAP,
    CELL_OUTSTANDING,
    CELL_FLOAT,
    CELL_SHORT_FLOAT,
    CELL_SHORT_RATIO,
    CELL_SHORT_INTEREST,
    CELL_REL_VOLUME,
    CELL_AVG_VOLUME,
    CELL_VOLUME,
    CELL_PREV_CLOSE,
    CELL_PRICE,
    CELL_CHANGE
};

struct cell_row {
    const char *label, *tip;
    enum cell kind;
    const char *text;
};

enum { QUOTE_TABLES = 6, QUOTE_ROWS = 14 };

static const struct cell_row quote_rows[QUOTE_TABLES * QUOTE_ROWS] = {
    {"Index", "Major index membership", CELL_TEXT,
     "<small class=\"text-2xs\">RUT</small>"},
    {"Market Cap", "Market capitalization", CELL_CAP, NULL},
    {"Enterprise Value", "Enterprise Value", CELL_CAP, NULL},
    {"Income", "Income (ttm)", CELL_TEXT, "-41.20M"},
    {"Sales", "Revenue (ttm)", CELL_TEXT, "12.75M"},
    {"Book/sh", "Book value per share (mrq)", CELL_TEXT, "1.36"},
    {"Cash/sh", "Cash per share (mrq)", CELL_TEXT, "0.92"},
    {"Dividend Est.", "Analysts&#39; Dividend Estimate", CELL_TEXT, "-"},
    {"Dividend TTM", "Trailing 12 Months Dividend", CELL_TEXT, "-"},
    {"Dividend Ex-Date", "Ex-Dividend Date", CELL_TEXT, "-"},
    {"Dividend Gr. 3/5Y", "Dividend growth", CELL_TEXT, "- -"},
    {"Payout", "Dividend Payout Ratio (ttm)", CELL_TEXT, "-"},
    {"Employees", "Full time employees", CELL_TEXT, "212"},
    {"IPO", "IPO Date", CELL_TEXT, "Jun 14, 2019"},
    {"P/E", "Price-to-Earnings (ttm)", CELL_TEXT, "-"},
    {"Forward P/E", "Forward Price-to-Earnings", CELL_TEXT, "-"},
    {"PEG", "Price-to-Earnings-to-Growth", CELL_TEXT, "-"},
    {"P/S", "Price-to-Sales (ttm)", CELL_TEXT, "8.14"},
    {"P/B", "Price-to-Book (mrq)", CELL_TEXT, "2.47"},
    {"P/C", "Price to cash per share (mrq)", CELL_TEXT, "3.61"},
    {"P/FCF", "Price to Free Cash Flow (ttm)", CELL_TEXT, "-"},
    {"EV/EBITDA", "Enterprise value to EBITDA", CELL_TEXT, "-"},
    {"EV/Sales", "Enterprise value to sales", CELL_TEXT, "7.02"},
    {"Quick Ratio", "Quick Ratio (mrq)", CELL_TEXT, "2.90"},
    {"Current Ratio", "Current Ratio (mrq)", CELL_TEXT, "3.11"},
    {"Debt/Eq", "Total Debt to Equity (mrq)", CELL_TEXT, "0.18"},
    {"LT Debt/Eq", "Long Term Debt to Equity (mrq)", CELL_TEXT, "0.11"},
    {"Option/Short", "Stock has options trading / available to sell short", CELL_TEXT,
     "Yes / Yes"},
    {"EPS (ttm)", "Diluted EPS (ttm)", CELL_TEXT, "-0.61"},
    {"EPS next Y", "EPS estimate for next year", CELL_TEXT, "-0.40"},
    {"EPS next Q", "EPS estimate for next quarter", CELL_TEXT, "-0.12"},
    {"EPS this Y", "EPS growth this year", CELL_TEXT, "14.20%"},
    {"EPS next Y", "EPS growth next year", CELL_TEXT, "21.75%"},
    {"EPS next 5Y", "Long term annual growth estimate", CELL_TEXT, "-"},
    {"EPS past 3/5Y", "Annual EPS growth", CELL_TEXT, "- -"},
    {"Sales past 3/5Y", "Annual sales growth", CELL_TEXT, "18.02% -"},
    {"EPS Y/Y TTM", "Earnings per share growth", CELL_TEXT, "9.90%"},
    {"Sales Y/Y TTM", "Sales growth", CELL_TEXT, "31.40%"},
    {"EPS Q/Q", "Quarterly earnings growth", CELL_TEXT, "4.11%"},
    {"Sales Q/Q", "Quarterly revenue growth", CELL_TEXT, "27.33%"},
    {"Earnings", "Earnings date", CELL_TEXT, "Nov 12 BMO"},
    {"EPS/Sales Surpr.", "EPS and revenue surprise", CELL_TEXT, "3.10% 1.02%"},
    {"Insider Own", "Insider ownership", CELL_TEXT, "6.40%"},
    {"Insider Trans", "Insider transactions", CELL_TEXT, "-1.42%"},
    {"Inst Own", "Institutional ownership", CELL_TEXT, "38.71%"},
    {"Inst Trans", "Institutional transactions", CELL_TEXT, "0.87%"},
    {"ROA", "Return on Assets (ttm)", CELL_TEXT, "-12.30%"},
    {"ROE", "Return on Equity (ttm)", CELL_TEXT, "-19.84%"},
    {"ROIC", "Return on Invested Capital (ttm)", CELL_TEXT, "-16.20%"},
    {"Gross Margin", "Gross Margin (ttm)", CELL_TEXT, "44.10%"},
    {"Oper. Margin", "Operating Margin (ttm)", CELL_TEXT, "-51.02%"},
    {"Profit Margin", "Net Profit Margin (ttm)", CELL_TEXT, "-48.77%"},
    {"SMA20", "Distance from 20-Day Moving Average", CELL_TEXT, "4.31%"},
    {"SMA50", "Distance from 50-Day Moving Average", CELL_TEXT, "-2.08%"},
    {"SMA200", "Distance from 200-Day Moving Average", CELL_TEXT, "11.90%"},
    {"Trades", "Trades", CELL_TEXT, "<svg width=\"12\" height=\"12\"></svg>"},
    {"Shs Outstand", "Shares outstanding", CELL_OUTSTANDING, NULL},
    {"Shs Float", "Shares float", CELL_FLOAT, NULL},
    {"Short Float", "Short interest share", CELL_SHORT_FLOAT, NULL},
    {"Short Ratio", "Short interest ratio", CELL_SHORT_RATIO, NULL},
    {"Short Interest", "Short interest", CELL_SHORT_INTEREST, NULL},
    {"52W High", "52-Week high", CELL_TEXT, "31.40 -7.14%"},
    {"52W Low", "52-Week low", CELL_TEXT, "2.11 40.02%"},
    {"Volatility", "Volatility (Week, Month)", CELL_TEXT, "4.10% 5.22%"},
    {"ATR (14)", "Average True Range (14)", CELL_TEXT, "0.61"},
    {"RSI (14)", "Relative Strength Index", CELL_TEXT, "55.02"},
    {"Beta", "Beta", CELL_TEXT, "1.48"},
    {"Rel Volume", "Relative volume", CELL_REL_VOLUME, NULL},
    {"Avg Volume", "Average volume (3 month)", CELL_AVG_VOLUME, NULL},
    {"Volume", "Volume", CELL_VOLUME, NULL},
    {"Perf Week", "Performance (Week)", CELL_TEXT, "2.20%"},
    {"Perf Month", "Performance (Month)", CELL_TEXT, "-3.98%"},
    {"Perf Quarter", "Performance (Quarter)", CELL_TEXT, "12.45%"},
    {"Perf Half Y", "Performance (Half Year)", CELL_TEXT, "20.01%"},
    {"Perf YTD", "Performance (Year To Date)", CELL_TEXT, "8.33%"},
    {"Perf Year", "Performance (Year)", CELL_TEXT, "31.09%"},
    {"Perf 3Y", "Performance (3 Years)", CELL_TEXT, "-"},
    {"Perf 5Y", "Performance (5 Years)", CELL_TEXT, "-"},
    {"Perf 10Y", "Performance (10 Years)", CELL_TEXT, "-"},
    {"Recom", "Analysts&#39; mean recommendation", CELL_TEXT, "1.90"},
    {"Target Price", "Analysts&#39; mean target price", CELL_TEXT, "14.50"},
    {"Prev Close", "Previous close", CELL_PREV_CLOSE, NULL},
    {"Price", "Current stock price", CELL_PRICE, NULL},
    {"Change %", "Change", CELL_CHANGE, NULL},
};

/* The value of one kind of cell. */
static const char *
quote_value(const struct page *p, const struct cell_row *row, char *t)
{
    const struct listing *l = p->l;
    double shorted = l->short_float / 100.0 * (double)l->float_shares;
    const struct {
        const char *fmt; /* NULL: a figure with its suffix */
        double value;
    } values[] = {
        [CELL_CAP] = {NULL, (double)l->shares * p->price},
        [CELL_OUTSTANDING] = {NULL, (double)l->shares},
        [CELL_FLOAT] = {NULL, (double)l->float_shares},
        [CELL_SHORT_FLOAT] = {"%.2f%%", l->short_float},
        [CELL_SHORT_RATIO] = {"%.2f", shorted / (double)l->avg_volume},
        [CELL_SHORT_INTEREST] = {NULL, shorted},
        [CELL_REL_VOLUME] = {"%.2f", l->rvol},
        [CELL_AVG_VOLUME] = {NULL, (double)l->avg_volume},
        [CELL_PREV_CLOSE] = {"%.2f", (double)l->prev_close / 10000.0},
        [CELL_PRICE] = {"%.2f", p->price},
        [CELL_CHANGE] = {"%.2f%%", p->change},
    };

    if (row->kind == CELL_TEXT)
        return row->text;
    if (row->kind == CELL_VOLUME)
        return grouped(p->tape.volume, t);
    if (values[row->kind].fmt == NULL)
        return figure(values[row->kind].value, t);
    str_fmt(t, FIGURE, values[row->kind].fmt, values[row->kind].value);
    return t;
}

static void
quote_table(struct buf *out, const struct page *p, const struct cell_row *rows)
{
    char t[FIGURE];

    buf_adds(out,
             "<table width=\"100%\" cellpadding=\"3\" cellspacing=\"0\" border=\"0\" "
             "class=\"js-snapshot-table snapshot-table2 "
             "screener_snapshot-table-body\">\n");
    for (size_t i = 0; i < QUOTE_ROWS; i++)
        buf_addf(
            out,
            "<tr class=\"table-dark-row\">\n<td class=\"snapshot-td2 "
            "cursor-pointer\" align=\"left\" data-boxover-html=\"%s\"><div "
            "class=\"snapshot-td-label\">%s</div></td><td class=\"snapshot-td2\" "
            "align=\"left\" style=\"\"><div class=\"snapshot-td-content\"><b>%s</b>"
            "</div></td>\n</tr>\n",
            rows[i].tip, rows[i].label, quote_value(p, &rows[i], t));
    buf_adds(out, "</table>\n");
}

/* The address of old: the site answers with a redirect. */
void
finviz_quote_old(struct market *m, const struct request *r, struct answer *a)
{
    (void)m;
    answer_text(a, 301, "text/html", "<html><body>Moved</body></html>\n");
    answer_header(a, "Location", "/finviz/quote%s%s", r->query[0] != '\0' ? "?" : "",
                  r->query);
}

void
finviz_quote(struct market *m, const struct request *r, struct answer *a)
{
    char symbol[16];
    const struct listing *l;
    struct page p;

    a->type = "text/html; charset=utf-8";
    answer_header(a, "Cache-Control", "no-cache");
    request_arg(r, "t", symbol, sizeof symbol);
    if ((l = universe_find(m->universe, str_upper(symbol))) == NULL) {
        answer_text(a, 404, a->type,
                    "<!DOCTYPE html><html><head><title>Stock Quote</title></head><body>"
                    "<script>window.location = \"/search.ashx\";</script>"
                    "<div>No such stock.</div></body></html>\n");
        return;
    }
    page_of(m, l, &p);
    buf_addf(&a->body, "<!DOCTYPE html>\n<html><head><title>%s - ", l->symbol);
    escape(l->name, &a->body);
    buf_adds(&a->body, " Stock Price and Quote</title></head><body>\n<div "
                       "class=\"screener_snapshot-table-wrapper "
                       "js-snapshot-table-wrapper\">");
    for (size_t i = 0; i < QUOTE_TABLES; i++)
        quote_table(&a->body, &p, &quote_rows[i * QUOTE_ROWS]);
    buf_adds(&a->body, "</div></body></html>\n");
}
