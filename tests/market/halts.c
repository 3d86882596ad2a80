#include "halts.h"

#include "base/err.h"
#include "base/str.h"
#include "filing.h"
#include "paste.h"

#define DAY_MS INT64_C(86400000)

enum { QUOTES_BEFORE_MS = 300000, FIELD = 48 };

void
halts_open(struct halts *h, const struct universe *u, int64_t now_ms)
{
    static const struct {
        const char *code;
        int days;
    } old[] = {{"H10", 700}, {"D", 413}, {"T12", 147},
               {"H4", 61},   {"T12", 3}, {"LUDP", 1}};
    size_t listed = universe_len(u);

    if (h->n > 0)
        return;
    for (size_t i = 0; i < STR_LEN(old); i++) {
        int64_t at_ms = now_ms - old[i].days * DAY_MS;

        (void)halts_add(h, universe_at(u, (listed - 1 - i) % listed), old[i].code,
                        at_ms); /* there is room for these */
    }
    h->list[h->n - 1].resumes_ms = now_ms - DAY_MS + 2 * QUOTES_BEFORE_MS;
}

int
halts_add(struct halts *h, const struct listing *l, const char *code, int64_t now_ms)
{
    struct halt *halt;

    if (h->n == HALTS_MAX)
        return ERR_TOO_BIG;
    halt = &h->list[h->n++];
    *halt = (struct halt){.listing = l, .halted_ms = now_ms};
    str_copy(halt->code, sizeof halt->code, code);
    h->version++;
    return 0;
}

int
halts_lift(struct halts *h, const struct listing *l, int64_t resumes_ms)
{
    for (size_t i = h->n; i-- > 0;)
        if (h->list[i].listing == l) {
            h->list[i].resumes_ms = resumes_ms;
            h->version++;
            return 0;
        }
    return ERR_NOT_FOUND;
}

/* What one item says, in the words of the list. */
struct fields {
    char date[FIELD], time[FIELD], resumes[FIELD], quotes[FIELD], trades[FIELD];
    char midnight[FIELD]; /* of the day in New York, as GMT */
};

/* The list writes its times in three ways. */
static void
write_clock(int64_t wall_ms, size_t way, char *out)
{
    int fraction = (int)(wall_ms % 1000);
    size_t n;

    filing_time(wall_ms, "%H:%M:%S", out);
    n = strlen(out);
    if (way % 3 == 1)
        str_fmt(out + n, FIELD - n, ".%03d", fraction);
    else if (way % 3 == 2)
        str_fmt(out + n, FIELD - n, " .%03d", fraction);
}

static void
fill(const struct halt *h, size_t way, struct fields *f)
{
    char zone[FIELD];

    memset(f, 0, sizeof *f);
    filing_time(h->halted_ms, "%m/%d/%Y", f->date);
    write_clock(h->halted_ms, way, f->time);
    filing_time(h->halted_ms, "%a, %d %b %Y ", f->midnight);
    str_copy(zone, sizeof zone, filing_zone(h->halted_ms));
    str_fmt(f->midnight + strlen(f->midnight), FIELD - strlen(f->midnight),
            "%.2s:00:00 GMT", zone + 1);
    if (h->resumes_ms == 0)
        return;
    filing_time(h->resumes_ms, "%m/%d/%Y", f->resumes);
    filing_time(h->resumes_ms - QUOTES_BEFORE_MS, "%H:%M:%S", f->quotes);
    filing_time(h->resumes_ms, "%H:%M:%S", f->trades);
}

/* An element; without a text it is closed at once. */
static void
put(struct buf *out, const char *name, const char *text)
{
    if (text[0] == '\0') {
        buf_addf(out, "      <ndaq:%s />\r\n", name);
        return;
    }
    buf_addf(out, "      <ndaq:%s>", name);
    paste_escaped(out, text);
    buf_addf(out, "</ndaq:%s>\r\n", name);
}

static void
put_table(struct buf *out, const struct halt *h, const struct fields *f)
{
    buf_addf(out,
             "      <description><![CDATA[<table width=\"100%%\" cellpadding=\"5\"><tr>"
             "<th align=\"left\">Halt Date</th><th align=\"left\">Halt Time</th><th "
             "align=\"left\">Issue Symbol</th><th align=\"left\">Reason Code</th></tr>"
             "<tr><td valign=\"top\">%-30s</td><td valign=\"top\">%-30s</td><td "
             "valign=\"top\">%s</td><td valign=\"top\">%s</td></tr></table>]]>"
             "</description>\r\n",
             f->date, f->time, h->listing->symbol, h->code);
}

static void
put_item(struct buf *out, const struct halt *h, size_t way)
{
    struct fields f;

    fill(h, way, &f);
    buf_addf(out,
             "    <item>\r\n      <title>%s</title>\r\n      <pubDate>%s</pubDate>\r\n",
             h->listing->symbol, f.midnight);
    put(out, "HaltDate", f.date);
    put(out, "HaltTime", f.time);
    put(out, "IssueSymbol", h->listing->symbol);
    put(out, "IssueName", h->listing->name);
    put(out, "Market", h->listing->exchange);
    put(out, "ReasonCode", h->code);
    put(out, "PauseThresholdPrice", "");
    put(out, "ResumptionDate", f.resumes);
    put(out, "ResumptionQuoteTime", f.quotes);
    put(out, "ResumptionTradeTime", f.trades);
    put_table(out, h, &f);
    buf_adds(out, "    </item>\r\n");
}

void
halts_write(const struct halts *h, int64_t now_ms, struct buf *out)
{
    time_t t = (time_t)(now_ms / 1000);
    char date[FIELD];
    struct tm tm;

    gmtime_r(&t, &tm);
    if (strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", &tm) == 0)
        date[0] = '\0';
    buf_addf(
        out,
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<rss version=\"2.0\" "
        "xmlns:ndaq=\"http://www.nasdaqtrader.com/\">\r\n  <channel>\r\n    <title>"
        "NASDAQTrader.com</title>\r\n    <link>http://www.nasdaqtrader.com</link>"
        "\r\n    <description>NASDAQ Trade Halts</description>\r\n    <pubDate>%s"
        "</pubDate>\r\n    <ttl>1</ttl>\r\n    <ndaq:numItems>%zu</ndaq:numItems>"
        "\r\n",
        date, h->n);
    for (size_t i = h->n; i-- > 0;)
        put_item(out, &h->list[i], i);
    buf_adds(out, "  </channel>\r\n</rss>\r\n");
}
