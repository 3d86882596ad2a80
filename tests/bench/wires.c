/* Feeds as the two large wires send them: their elements, and about their bytes. */
#include "base/prng.h"
#include "base/str.h"
#include "tests/bench/peer.h"

enum { SENTENCES = 4, WORDS_LEAST = 10, WORDS_MORE = 10, ADDRESS = 256 };

/* What wires send: companies, figures, notices of law firms, articles. */
static const char *const titles[] = {
    "Orbix Medical Gains FDA Clearance for Its Insulin Pump Number %d",
    "Tarn Foods Raises Full-Year Guidance on Strong Demand in Region %d",
    "Halden Energy Announces Pricing of $%d Million Public Offering of Shares",
    "Brightwater Systems Reports Third Quarter Revenue of $%d Million",
    "ROSEN, A LEADING LAW FIRM, Encourages Investors of Case %d to Secure Counsel",
    "Why Quillon Stock Is Moving Today, Part %d",
    "Merid Bio to Present at Conference %d in Boston",
    "Cedar Grid Signs Supply Agreement %d With Carmaker",
};

static const char *const companies[] = {
    "<strong>Orbix Medical Inc.</strong> (NASDAQ: AAPL), a maker of pumps, said today that",
    "Halden Energy Ltd. (TSX: HLD) (NYSE: PFE) (&ldquo;Halden&rdquo;) today announced that",
    "The board of Tarn Foods plc, which sells bread &amp; cakes, confirmed that",
};

static const char *const words[] = {
    "the",     "company",    "its",     "customers", "have",     "placed",
    "orders",  "for",        "new",     "systems",   "in",       "three",
    "markets", "and",        "expects", "agreement", "to",       "add",
    "revenue", "from",       "second",  "half",      "of",       "year",
    "with",    "partners",   "results", "of",        "clinical", "programme",
    "were",    "positive",   "shares",  "holders",   "approved", "plan",
    "which",   "will",       "be",      "closed",    "subject",  "conditions",
    "that",    "management", "reviews", "quarterly", "plants",   "energy",
    "a",       "by",
};

static void
add_words(struct buf *out, struct prng *random, int n)
{
    for (int i = 0; i < n; i++)
        buf_addf(out, " %s", words[prng_below(random, STR_LEN(words))]);
}

/* The first sentences of a release. */
static void
add_lead(struct buf *out, int no, const char *wire)
{
    struct prng random = {(uint64_t)no};

    buf_addf(out, "<p>AUSTIN, Texas, Nov. 18, 2026 %s -- %s", wire,
             companies[no % (int)STR_LEN(companies)]);
    for (int i = 0; i < SENTENCES; i++) {
        add_words(out, &random, WORDS_LEAST + (int)prng_below(&random, WORDS_MORE));
        buf_adds(out, i + 1 < SENTENCES ? ". It said that" : ".</p>");
    }
}

static void
add_globe_item(struct buf *out, int no)
{
    char title[ADDRESS];

    (void)str_fmt(title, sizeof title, titles[no % (int)STR_LEN(titles)], no);
    for (int i = 0; i < 2; i++)
        buf_addf(out,
                 "      %shttps://globe.example/news-release/2026/11/18/%d/0/en/"
                 "the-words-of-the-title-once-more-with-dashes-between.html%s\n",
                 i == 0 ? "<item>\n      <guid\n        isPermaLink=\"true\">"
                        : "<link>",
                 no, i == 0 ? "</guid>" : "</link>");
    buf_addf(out,
             "      <category\n        domain=\"https://globe.example/rss/stock\">"
             "Nasdaq:MSFT</category>\n      <category\n        "
             "domain=\"https://globe.example/rss/ISIN\">US%010d</category>\n"
             "      <title>%s</title>\n      <description><![CDATA[",
             no, title);
    add_lead(out, no, " (GLOBE WIRE)");
    buf_addf(
        out,
        "]]></description>\n      <pubDate>Wed, 18 Nov 2026 15:%02d GMT</pubDate>\n"
        "      <dc:identifier>%d</dc:identifier>\n      <dc:language>en"
        "</dc:language>\n      <dc:publisher>Globe Wire Inc.</dc:publisher>\n"
        "      <dc:contributor>Tarn Foods plc</dc:contributor>\n"
        "      <dc:modified>Wed, 18 Nov 2026 15:%02d GMT</dc:modified>\n"
        "      <dc:subject>Company Announcement</dc:subject>\n"
        "      <dc:keyword>Tarn Foods plc</dc:keyword>\n    </item>\n",
        no % 60, no, no % 60);
}

static void
add_press_item(struct buf *out, int no)
{
    char link[ADDRESS], title[ADDRESS];

    (void)str_fmt(title, sizeof title, titles[no % (int)STR_LEN(titles)], no);
    (void)str_fmt(
        link, sizeof link,
        "https://press.example/news-releases/the-words-of-the-title-once-more-"
        "with-dashes-between-%d.html",
        no);
    buf_addf(
        out,
        "<item><title>%s</title><link>%s</link><guid>%s</guid><pubDate>Wed, 18 Nov "
        "2026 15:%02d:00 +0000</pubDate><description><![CDATA[",
        title, link, link, no % 60);
    add_lead(out, no, "/PressWire/");
    buf_addf(
        out,
        "]]></description><media:content url=\"https://mma.press.example/media/%d/"
        "logo.jpg?id=%d&amp;p=original\" type=\"image/jpeg\" width=\"144\"><media:text "
        "type=\"html\"><![CDATA[<p><a href='%s'><img src='https://mma.press.example/"
        "media/%d/logo.jpg' align='left' width='144' alt='photo' title='' border='0'/>"
        "</a></p><br clear='all'/>]]></media:text><media:credit role=\"publishing "
        "company\">PressWire</media:credit></media:content>",
        no, no, link, no);
    for (int i = 0; i < 3; i++)
        buf_addf(out,
                 "<press:industry><![CDATA[Banking & Services %d]]></press:industry>"
                 "<press:subject><![CDATA[Opinions]]></press:subject>",
                 i);
    buf_adds(out, "<dc:language>en</dc:language><dc:contributor>Tarn Foods plc"
                  "</dc:contributor></item>");
}

void
wires_feed(bool globe, int first, int items, struct buf *out)
{
    buf_clear(out);
    buf_adds(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\" "
                  "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
                  "xmlns:media=\"http://search.yahoo.com/mrss/\" "
                  "xmlns:press=\"https://press.example/ns\"><channel><title>A wire"
                  "</title><link>https://wire.example/</link>\n");
    for (int i = first; i < first + items; i++)
        (globe ? add_globe_item : add_press_item)(out, i);
    buf_adds(out, "</channel></rss>\n");
}
