/* The feeds as documents: GlobeNewswire and PR Newswire as RSS 2.0, EDGAR as Atom. */
#include "market.h"

#include "base/str.h"
#include "domain/calendar.h"

enum { DATE = 48, SLUG = 160, LINK = 400 };

static void
format_time(int64_t wall_ms, const char *fmt, char *out)
{
    time_t t = (time_t)(wall_ms / 1000);
    struct tm tm;

    gmtime_r(&t, &tm);
    if (strftime(out, DATE, fmt, &tm) == 0)
        out[0] = '\0';
}

static void
put_escaped(struct buf *out, const char *s)
{
    for (; *s != '\0'; s++) {
        if (*s == '&')
            buf_adds(out, "&amp;");
        else if (*s == '<')
            buf_adds(out, "&lt;");
        else if (*s == '>')
            buf_adds(out, "&gt;");
        else
            buf_addc(out, *s);
    }
}

/* HTML in CDATA: the text is escaped as HTML, and nothing in it can end the section. */
static void
put_cdata(struct buf *out, const char *before, const char *text)
{
    buf_addf(out, "<![CDATA[<p>%s", before);
    put_escaped(out, text);
    buf_adds(out, "</p>]]>");
}

/* "FDA Clears It!" -> "fda-clears-it" */
static void
slug_of(const char *title, char *out)
{
    size_t o = 0;

    for (; *title != '\0' && o + 1 < SLUG; title++) {
        char c = *title;

        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            out[o++] = c;
        else if (o > 0 && out[o - 1] != '-')
            out[o++] = '-';
    }
    while (o > 0 && out[o - 1] == '-')
        o--;
    out[o] = '\0';
}

static const char *
exchange_word(const struct listing *l)
{
    return str_eq(l->exchange, "NYSE") ? "NYSE" : "Nasdaq";
}

static void
put_globenewswire(struct buf *out, const struct story *s)
{
    char slug[SLUG], day[DATE], date[DATE], link[LINK], place[DATE + 64];

    slug_of(s->title, slug);
    format_time(s->published_ms, "%Y/%m/%d", day);
    str_fmt(link, sizeof link,
            "https://www.globenewswire.com/news-release/%s/%llu/0/en/%s.html", day,
            3300000ull + (unsigned long long)s->number, slug);
    format_time(s->published_ms, "%a, %d %b %Y %H:%M GMT", date); /* no seconds */
    format_time(s->published_ms, "NEW YORK, %b. %d, %Y  (GLOBE NEWSWIRE) -- ", place);
    buf_addf(out,
             "    <item>\n      <guid\n        isPermaLink=\"true\">%s</guid>\n"
             "      <link>%s</link>\n",
             link, link);
    if (s->listing != NULL)
        buf_addf(out,
                 "      <category\n        domain=\"https://www.globenewswire.com/rss/"
                 "stock\">%s:%s</category>\n      <category\n        "
                 "domain=\"https://www.globenewswire.com/rss/ISIN\">US%010lld"
                 "</category>\n",
                 exchange_word(s->listing), s->listing->symbol,
                 (long long)s->listing->cik);
    buf_adds(out, "      <title>");
    put_escaped(out, s->title);
    buf_adds(out, "</title>\n      <description>");
    put_cdata(out, place, s->summary);
    buf_addf(out,
             "</description>\n      <pubDate>%s</pubDate>\n      <dc:identifier>%llu"
             "</dc:identifier>\n      <dc:language>en</dc:language>\n      "
             "<dc:publisher>GlobeNewswire Inc.</dc:publisher>\n      <dc:contributor>",
             date, 3300000ull + (unsigned long long)s->number);
    put_escaped(out, s->listing != NULL ? s->listing->name : "Newsroom");
    buf_addf(out,
             "</dc:contributor>\n      <dc:modified>%s</dc:modified>\n    </item>\n",
             date);
}

/* 304 and true when the reader has this version. */
static bool
is_known(struct market *m, enum feed f, const struct request *r, struct answer *a)
{
    char etag[64];

    news_run(m->news, clock_wall_ms(m->clock));
    str_fmt(etag, sizeof etag, "\"%s-%llx-%llu\"", feed_name(f),
            (unsigned long long)m->options->news.seed,
            (unsigned long long)news_version(m->news, f));
    answer_header(a, "ETag", "%s", etag);
    if (!str_eq(etag, r->if_none_match))
        return false;
    a->status = 304;
    return true;
}

/* The next story of a feed.  ?part=K&of=N leaves only each N-th, so that several
 * readers can share what is too much for one document. */
static const struct story *
next_story(const struct market *m, enum feed f, const struct request *r, size_t *cursor)
{
    double of = request_number(r, "of", 1), part = request_number(r, "part", 0);
    uint64_t n = of >= 1 ? (uint64_t)of : 1, k = part >= 0 ? (uint64_t)part : 0;
    const struct story *s;

    do
        s = news_next(m->news, f, cursor);
    while (s != NULL && s->number / FEED_COUNT % n != k % n);
    return s;
}

void
feed_globenewswire(struct market *m, const struct request *r, struct answer *a)
{
    const struct story *s;
    size_t cursor;
    char date[DATE];

    if (is_known(m, FEED_GLOBENEWSWIRE, r, a))
        return;
    a->type = "text/xml; charset=utf-8";
    answer_date(clock_wall_ms(m->clock), date, sizeof date);
    buf_addf(
        &a->body,
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss \n  version=\"2.0\">\n"
        "  <channel xmlns:dc=\"http://dublincore.org/documents/dcmi-namespace/\" "
        "xmlns:media=\"http://search.yahoo.com/mrss/\">\n    <title>GlobeNewswire - "
        "News about Public Companies</title>\n    <link>https://www.globenewswire.com/"
        "RssFeed/orgclass/1</link>\n    <description>Contains the last releases"
        "</description>\n    <lastBuildDate>%s</lastBuildDate>\n",
        date);
    cursor = news_len(m->news);
    while ((s = next_story(m, FEED_GLOBENEWSWIRE, r, &cursor)) != NULL)
        put_globenewswire(&a->body, s);
    buf_adds(&a->body, "  </channel>\n</rss>\n");
}

static void
put_prnewswire(struct buf *out, const struct story *s)
{
    char slug[SLUG], link[LINK], date[DATE], place[DATE + 64];

    slug_of(s->title, slug);
    str_fmt(link, sizeof link, "https://www.prnewswire.com/news-releases/%s-%llu.html",
            slug, 302000000ull + (unsigned long long)s->number);
    format_time(s->published_ms, "%a, %-d %b %Y %H:%M:%S +0000", date);
    format_time(s->published_ms, "NEW YORK, %b. %-d, %Y /PRNewswire/ -- ", place);
    buf_adds(out, "<item><title>");
    put_escaped(out, s->title);
    buf_addf(out,
             "</title><link>%s</link><guid>%s</guid><pubDate>%s</pubDate>"
             "<description>",
             link, link, date);
    put_cdata(out, place, s->summary);
    buf_adds(out,
             "</description><prn:industry><![CDATA[FIN]]></prn:industry>"
             "<prn:subject><![CDATA[Corporate News]]></prn:subject><dc:contributor>"
             "<![CDATA[");
    put_escaped(out, s->listing != NULL ? s->listing->name : "Newsroom");
    buf_adds(out,
             "]]></dc:contributor><dc:language>en-US</dc:language><dc:publisher>PR "
             "Newswire Association LLC.</dc:publisher></item>");
}

void
feed_prnewswire(struct market *m, const struct request *r, struct answer *a)
{
    const struct story *s;
    size_t cursor;
    char date[DATE];

    if (is_known(m, FEED_PRNEWSWIRE, r, a))
        return;
    a->type = "application/rss+xml;charset=utf-8";
    format_time(clock_wall_ms(m->clock), "%a, %-d %b %Y %H:%M:%S +0000", date);
    buf_addf(
        &a->body,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\" "
        "xmlns:prn=\"http://www.prnewswire.com/ns/0.1/#\" "
        "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
        "xmlns:media=\"http://search.yahoo.com/mrss/\"><channel><link>"
        "https://www.prnewswire.com/rss/news-releases-list.rss</link><title>All News "
        "Releases</title><description>News</description><language>en-us</language>"
        "<pubDate>%s</pubDate>",
        date);
    cursor = news_len(m->news);
    while ((s = next_story(m, FEED_PRNEWSWIRE, r, &cursor)) != NULL)
        put_prnewswire(&a->body, s);
    buf_adds(&a->body, "</channel></rss>");
}

/* Eastern time with its offset, as EDGAR stamps it. */
static void
eastern(int64_t wall_ms, const char *fmt, char *out)
{
    struct ny_time ny;
    size_t n;

    ny_time(wall_ms, &ny);
    format_time(wall_ms + (int64_t)ny.offset_s * 1000, fmt, out);
    n = strlen(out);
    if (fmt[strlen(fmt) - 1] == 'S')
        str_fmt(out + n, DATE - n, "-%02d:00", -ny.offset_s / 3600);
}

/* One entry; a co-registrant without a ticker repeats some filings under the same id.
 */
static void
put_edgar(struct buf *out, const struct story *s, int64_t cik, const char *name)
{
    unsigned long long number = (unsigned long long)s->number;
    char updated[DATE], day[DATE], year[DATE];

    eastern(s->published_ms, "%Y-%m-%dT%H:%M:%S", updated);
    eastern(s->published_ms, "%Y-%m-%d", day);
    eastern(s->published_ms, "%y", year);
    buf_adds(out, "<entry>\n<title>8-K - ");
    put_escaped(out, name);
    buf_addf(
        out,
        " (%010lld) (Filer)</title>\n<link rel=\"alternate\" type=\"text/html\" "
        "href=\"https://www.sec.gov/Archives/edgar/data/%lld/0000950170%s%06llu/"
        "0000950170-%s-%06llu-index.htm\"/>\n<summary type=\"html\">\n &lt;b&gt;Filed:"
        "&lt;/b&gt; %s &lt;b&gt;AccNo:&lt;/b&gt; 0000950170-%s-%06llu "
        "&lt;b&gt;Size:&lt;/b&gt; 214 KB\n&lt;br&gt;",
        (long long)cik, (long long)cik, year, number, year, number, day, year, number);
    put_escaped(out, s->title);
    buf_adds(out, "\n&lt;br&gt;");
    put_escaped(out, s->summary);
    buf_addf(
        out,
        "\n</summary>\n<updated>%s</updated>\n<category "
        "scheme=\"https://www.sec.gov/\" label=\"form type\" term=\"8-K\"/>\n<id>"
        "urn:tag:sec.gov,2008:accession-number=0000950170-%s-%06llu</id>\n</entry>\n",
        updated, year, number);
}

void
feed_edgar(struct market *m, const struct request *r, struct answer *a)
{
    const struct story *s;
    size_t cursor;
    char updated[DATE], type[32];

    if (is_known(m, FEED_EDGAR, r, a))
        return;
    a->type = "application/atom+xml";
    eastern(clock_wall_ms(m->clock), "%Y-%m-%dT%H:%M:%S", updated);
    buf_addf(
        &a->body,
        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\" ?>\n<feed "
        "xmlns=\"http://www.w3.org/2005/Atom\">\n<title>Latest Filings</title>\n<link "
        "rel=\"alternate\" href=\"/cgi-bin/browse-edgar?action=getcurrent\"/>\n<id>"
        "https://www.sec.gov/cgi-bin/browse-edgar?action=getcurrent</id>\n<author>"
        "<name>Webmaster</name><email>webmaster@sec.gov</email></author>\n<updated>%s"
        "</updated>\n",
        updated);
    request_arg(r, "type", type, sizeof type);
    cursor = news_len(m->news);
    /* type is a prefix match, and all filings here are 8-K */
    while (str_starts("8-K", type) &&
           (s = next_story(m, FEED_EDGAR, r, &cursor)) != NULL) {
        put_edgar(&a->body, s, s->listing != NULL ? s->listing->cik : 8999999,
                  s->listing != NULL ? s->listing->name : "UNLISTED HOLDINGS LLC");
        if (s->number / FEED_COUNT % 6 == 0)
            put_edgar(&a->body, s, 8000000 + (int64_t)s->number, "FUNDING TRUST II");
    }
    buf_adds(&a->body, "</feed>\n");
}
