/* EDGAR: the feed of current filings and the archive of their documents. */
#include "market.h"

#include "base/str.h"
#include "filing.h"
#include "paste.h"
#include "refusal.h"

enum {
    COUNT_DEFAULT = 40,
    COUNT_MOST = 100,
    START_MOST = 5100, /* from there on the site breaks */
    TRUST_EACH = 6,    /* of the filings have a co-registrant */
    TRUST_CIK = 8000000
};

/* Entries from start on, count of them, newest first. */
struct window {
    size_t start, count, seen;
};

static bool
is_in(struct window *w)
{
    size_t at = w->seen++;

    return at >= w->start && at - w->start < w->count;
}

/* The role a registrant has: the owners' forms are about a subject. */
static const char *
role_of(const struct story *s, bool second)
{
    if (!str_starts(s->form, "SCHEDULE 13"))
        return "Filer";
    return second ? "Filed by" : "Subject";
}

static void
put_items(struct buf *out, const struct story *s)
{
    const char *const lines[] = {s->title, s->summary};

    for (size_t i = 0; i < STR_LEN(lines) && str_starts(s->form, "8-K"); i++) {
        if (lines[i][0] == '\0')
            continue;
        buf_adds(out, "\n&lt;br&gt;");
        paste_escaped(out, lines[i]);
    }
}

static void
put_entry(struct buf *out, const struct story *s, bool second)
{
    int64_t cik = second ? TRUST_CIK + (int64_t)s->number : filing_cik(s);
    char accession[FILING_ACCESSION], updated[FILING_TIME], day[FILING_TIME];

    filing_accession(s, accession);
    filing_time(s->published_ms, "%Y-%m-%dT%H:%M:%S", updated);
    filing_time(s->published_ms, "%Y-%m-%d", day);
    buf_addf(out, "<entry>\n<title>%s - ", s->form);
    paste_escaped(out, second ? "SOCIÉTÉ DE CRÉDIT FUNDING TRUST II" : filing_name(s));
    buf_addf(out,
             " (%010lld) (%s)</title>\n<link rel=\"alternate\" type=\"text/html\" "
             "href=\"https://www.sec.gov/Archives/edgar/data/%lld/%.10s%.2s%s/%s-"
             "index.htm\"/>\n<summary type=\"html\">\n &lt;b&gt;Filed:&lt;/b&gt; %s "
             "&lt;b&gt;AccNo:&lt;/b&gt; %s &lt;b&gt;Size:&lt;/b&gt; %s",
             (long long)cik, role_of(s, second), (long long)cik, accession,
             accession + 11, accession + 14, accession, day, accession,
             s->bulk > 0 ? "7 MB" : "214 KB");
    put_items(out, s);
    buf_addf(out,
             "\n</summary>\n<updated>%s%s</updated>\n<category "
             "scheme=\"https://www.sec.gov/\" label=\"form type\" term=\"%s\"/>\n<id>"
             "urn:tag:sec.gov,2008:accession-number=%s</id>\n</entry>\n",
             updated, filing_zone(s->published_ms), s->form, accession);
}

static int
is_newer(const void *a, const void *b)
{
    const struct story *x = *(const struct story *const *)a;
    const struct story *y = *(const struct story *const *)b;

    if (x->published_ms != y->published_ms)
        return x->published_ms > y->published_ms ? -1 : 1;
    return x->number > y->number ? -1 : 1;
}

/* The filings that the reader asks for, newest first; the type is a prefix. */
static size_t
select_filings(const struct market *m, const struct request *r,
               const struct story **list)
{
    char type[32];
    size_t cursor = news_len(m->news), n = 0;
    const struct story *s;

    request_arg(r, "type", type, sizeof type);
    while ((s = feed_next(m, FEED_EDGAR, r, &cursor)) != NULL)
        if (str_starts(s->form, type))
            list[n++] = s;
    qsort(list, n, sizeof(const struct story *), is_newer);
    return n;
}

/* In place, for Latin-1 is shorter: what it lacks becomes '?'. */
static void
to_latin1(struct buf *b)
{
    size_t o = 0;

    for (size_t i = 0; i < b->len;) {
        unsigned char c = (unsigned char)b->data[i];
        size_t n = str_utf8_next(b->data + i, b->len - i);

        if (n == 2 && c <= 0xc3)
            c = (unsigned char)((c & 3) << 6 | (b->data[i + 1] & 0x3f));
        else if (n > 1)
            c = '?';
        b->data[o++] = (char)c;
        i += n > 0 ? n : 1;
    }
    b->len = o;
}

static void
put_feed(struct market *m, const struct request *r, struct window *w, struct buf *out)
{
    const struct story **list = calloc(NEWS_MAX, sizeof *list);
    char now[FILING_TIME];
    int64_t now_ms = clock_wall_ms(m->clock);
    size_t n = list != NULL ? select_filings(m, r, list) : 0;

    filing_time(now_ms, "%Y-%m-%dT%H:%M:%S", now);
    buf_addf(
        out,
        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\" ?>\n<feed "
        "xmlns=\"http://www.w3.org/2005/Atom\">\n<title>Latest Filings</title>\n"
        "<link rel=\"alternate\" href=\"/cgi-bin/browse-edgar?action=getcurrent\"/>"
        "\n<id>https://www.sec.gov/cgi-bin/browse-edgar?action=getcurrent</id>\n"
        "<author><name>Webmaster</name><email>webmaster@sec.gov</email></author>\n"
        "<updated>%s%s</updated>\n",
        now, filing_zone(now_ms));
    for (size_t i = 0; i < n; i++) {
        if (is_in(w))
            put_entry(out, list[i], false);
        if (list[i]->number / NEWS_ROUND % TRUST_EACH == 0 && is_in(w))
            put_entry(out, list[i], true);
    }
    buf_adds(out, "</feed>\n");
    to_latin1(out);
    free(list);
}

static void
serve_feed(struct market *m, const struct request *r, size_t most, struct answer *a)
{
    double start = request_number(r, "start", 0);
    double count = request_number(r, "count", (double)most);
    struct window w = {.start = start > 0 ? (size_t)start : 0, .count = most};

    if (w.start >= START_MOST) {
        refusal_answer(&refusal_edgar_503, a);
        return;
    }
    if (count >= 1 && count <= (double)COUNT_MOST)
        w.count = (size_t)count;
    news_run(m->news, clock_wall_ms(m->clock));
    a->type = "application/atom+xml";
    answer_header(a, "Cache-Control", "no-cache");
    put_feed(m, r, &w, &a->body);
}

/* Every filing on one page, for readers who shall see all of them at once. */
void
feed_edgar(struct market *m, const struct request *r, struct answer *a)
{
    serve_feed(m, r, NEWS_MAX * 2, a);
}

/* The real address with its pages. */
void
edgar_current(struct market *m, const struct request *r, struct answer *a)
{
    serve_feed(m, r, COUNT_DEFAULT, a);
}

/* .../{CIK}/{18 digits}/{accession}.txt or -index.htm; NULL when nothing is there. */
static const struct story *
find_filing(const struct market *m, const struct request *r, bool *index)
{
    char accession[FILING_ACCESSION + 16], own[FILING_ACCESSION], folder[96];
    const struct story *s;
    const char *tail = path_tail(r);

    *index = str_ends(tail, "-index.htm");
    if (!*index && !str_ends(tail, ".txt"))
        return NULL;
    if (!str_copyn(accession, sizeof accession, tail,
                   strlen(tail) - strlen(*index ? "-index.htm" : ".txt")))
        return NULL;
    s = news_find(m->news, filing_number(accession));
    if (s == NULL || s->feed != FEED_EDGAR || s->missing)
        return NULL;
    filing_accession(s, own);
    str_fmt(folder, sizeof folder, "/%.10s%.2s%s/", own, own + 11, own + 14);
    return str_eq(accession, own) && strstr(r->path, folder) != NULL ? s : NULL;
}

void
edgar_archive(struct market *m, const struct request *r, struct answer *a)
{
    bool index;
    const struct story *s = find_filing(m, r, &index);

    if (s == NULL) {
        refusal_answer(&refusal_no_file, a);
        return;
    }
    a->type = index ? "text/html" : "text/plain";
    if (index)
        filing_index(s, &a->body);
    else
        filing_text(s, &a->body);
}
