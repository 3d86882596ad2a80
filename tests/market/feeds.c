/* The feeds as documents: the press-release wires as RSS 2.0. */
#include "market.h"

#include "base/str.h"
#include "paste.h"

enum { TEASER = 250, STOCK_TWICE_EACH = 4 };
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

/* HTML in CDATA: the text is escaped as HTML, and nothing in it can end the section. */
static void
put_cdata(struct buf *out, const char *before, const char *text)
{
    buf_addf(out, "<![CDATA[<p>%s", before);
    paste_escaped(out, text);
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
    if (s->listing != NULL && s->number % STOCK_TWICE_EACH == 0)
        buf_addf(out,
                 "      <category\n        domain=\"https://www.globenewswire.com/rss/"
                 "stock\">%s:%s</category>\n",
                 exchange_word(s->listing), s->listing->symbol);
    buf_adds(out, "      <title>");
    paste_escaped(out, s->title);
    buf_adds(out, "</title>\n      <description>");
    put_cdata(out, place, s->summary);
    buf_addf(out,
             "</description>\n      <pubDate>%s</pubDate>\n      <dc:identifier>%llu"
             "</dc:identifier>\n      <dc:language>en</dc:language>\n      "
             "<dc:publisher>GlobeNewswire Inc.</dc:publisher>\n      <dc:contributor>",
             date, 3300000ull + (unsigned long long)s->number);
    paste_escaped(out, s->listing != NULL ? s->listing->name : "Newsroom");
    buf_addf(out,
             "</dc:contributor>\n      <dc:modified>%s</dc:modified>\n    </item>\n",
             date);
}

bool
feed_is_known(struct market *m, enum feed f, const struct request *r, struct answer *a)
{
    char etag[64], modified[DATE];

    news_run(m->news, clock_wall_ms(m->clock));
    str_fmt(etag, sizeof etag, "\"%s-%llx-%llu\"", feed_name(f),
            (unsigned long long)m->options->news.seed,
            (unsigned long long)news_version(m->news, f));
    answer_date(news_modified_ms(m->news, f), modified, sizeof modified);
    answer_header(a, "ETag", "%s", etag);
    answer_header(a, "Last-Modified", "%s", modified);
    if (r->if_none_match[0] != '\0' ? !str_eq(etag, r->if_none_match)
                                    : !str_eq(modified, r->if_modified_since))
        return false;
    a->status = 304;
    return true;
}

const struct story *
feed_next(const struct market *m, enum feed f, const struct request *r, size_t *cursor)
{
    double of = request_number(r, "of", 1), part = request_number(r, "part", 0);
    uint64_t n = of >= 1 ? (uint64_t)of : 1, k = part >= 0 ? (uint64_t)part : 0;
    const struct story *s;

    do
        s = news_next(m->news, f, cursor);
    while (s != NULL && s->number / NEWS_ROUND % n != k % n);
    return s;
}

void
feed_globenewswire(struct market *m, const struct request *r, struct answer *a)
{
    const struct story *s;
    size_t cursor;
    char date[DATE];

    if (feed_is_known(m, FEED_GLOBENEWSWIRE, r, a))
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
    while ((s = feed_next(m, FEED_GLOBENEWSWIRE, r, &cursor)) != NULL)
        put_globenewswire(&a->body, s);
    buf_adds(&a->body, "  </channel>\n</rss>\n");
}

/* PR Newswire's descriptions are teasers. */
static void
cut(const char *text, char out[TEASER + 4])
{
    size_t n = str_utf8_prefix(text, strlen(text), TEASER);

    if (!str_copyn(out, TEASER + 1, text, n) || text[n] != '\0')
        str_copy(out + strlen(out), 4, "...");
}

static void
put_prnewswire(struct buf *out, const struct story *s)
{
    char slug[SLUG], link[LINK], date[DATE], place[DATE + 64], text[TEASER + 4];

    slug_of(s->title, slug);
    str_fmt(link, sizeof link, "https://www.prnewswire.com/news-releases/%s-%llu.html",
            slug, 302000000ull + (unsigned long long)s->number);
    format_time(s->published_ms, "%a, %-d %b %Y %H:%M:%S +0000", date);
    format_time(s->published_ms, "NEW YORK, %b. %-d, %Y /PRNewswire/ -- ", place);
    cut(s->summary, text);
    buf_adds(out, "<item><title>");
    paste_escaped(out, s->title);
    buf_addf(out,
             "</title><link>%s</link><guid>%s</guid><pubDate>%s</pubDate>"
             "<description>",
             link, link, date);
    put_cdata(out, place, text);
    buf_adds(out,
             "</description><prn:industry><![CDATA[FIN]]></prn:industry>"
             "<prn:subject><![CDATA[Corporate News]]></prn:subject><dc:contributor>"
             "<![CDATA[");
    paste_escaped(out, s->listing != NULL ? s->listing->name : "Newsroom");
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

    if (feed_is_known(m, FEED_PRNEWSWIRE, r, a))
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
    while ((s = feed_next(m, FEED_PRNEWSWIRE, r, &cursor)) != NULL)
        put_prnewswire(&a->body, s);
    buf_adds(&a->body, "</channel></rss>");
}

/* "A & B" as HTML, and that as XML: "A &amp;amp; B". */
static void
put_twice(struct buf *out, const char *text)
{
    struct buf html;

    buf_init(&html, 2 * NEWS_SUMMARY);
    paste_escaped(&html, text);
    paste_escaped(out, buf_str(&html));
    buf_free(&html);
}

static void
put_businesswire(struct buf *out, const struct story *s)
{
    char id[DATE], date[DATE], city[DATE];

    format_time(s->published_ms, "%Y%m%d", id);
    str_fmt(id + 8, sizeof id - 8, "%06llu",
            (unsigned long long)s->number); /* and the language */
    format_time(s->published_ms, "%a, %d %b %Y %H:%M:%S UT", date);
    format_time(s->published_ms, "NEW YORK--(BUSINESS WIRE)--", city);
    buf_adds(out, "<item>\n<title>");
    put_twice(out, s->title);
    buf_addf(out,
             "</title>\n<link>http://www.businesswire.com/news/home/%s/en/</link>\n"
             "<guid isPermaLink=\"false\">%sen</guid>\n<pubDate>%s</pubDate>\n"
             "<description>&lt;p&gt;%s",
             id, id, date, city);
    put_twice(out, s->summary);
    buf_addf(out,
             "&lt;/p&gt;</description>\n<media:content "
             "url=\"http://mms.businesswire.com/media/%sen/picture.jpg\" "
             "type=\"image/jpeg\" medium=\"image\"/>\n</item>\n",
             id);
}

void
feed_businesswire(struct market *m, const struct request *r, struct answer *a)
{
    const struct story *s;
    size_t cursor;

    if (feed_is_known(m, FEED_BUSINESSWIRE, r, a))
        return;
    a->type = "text/xml;charset=utf-8";
    answer_header(a, "Cache-Control", "max-age=208");
    buf_adds(&a->body,
             "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" "
             "xmlns:media=\"http://search.yahoo.com/mrss/\">\n<channel>\n<title>"
             "Business Wire Home</title>\n<link>http://www.businesswire.com</link>\n"
             "<description>Multimedia releases</description>\n<language>en</language>"
             "\n");
    cursor = news_len(m->news);
    while ((s = feed_next(m, FEED_BUSINESSWIRE, r, &cursor)) != NULL)
        put_businesswire(&a->body, s);
    buf_adds(&a->body, "</channel>\n</rss>\n");
}

void
feed_halts(struct market *m, const struct request *r, struct answer *a)
{
    int64_t now_ms = clock_wall_ms(m->clock);

    (void)r;
    halts_open(&m->halts, m->universe, now_ms);
    a->type = "text/xml; charset=utf-8";
    halts_write(&m->halts, now_ms, &a->body);
}
