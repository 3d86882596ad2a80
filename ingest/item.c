#include "ingest/item.h"

#include "base/civil.h"
#include "base/hash.h"
#include "base/str.h"
#include "base/text.h"
#include "domain/calendar.h"

#include <ctype.h>
#include <inttypes.h>

enum {
    HEX_DIGITS = 24,    /* of an id: 96 bits */
    ACCESSION_LEN = 20, /* 10-2-6 with its dashes */
    ACCESSION_PLAIN = 18,
    CIK_DIGITS = 10,
    RESUME_DIGITS = 10 /* MMDDHHMMSS */
};

static const char halt_page[] =
    "https://www.nasdaqtrader.com/trader.aspx?id=TradeHalts";

static const char *const kind_names[] = {"news", "filing", "halt"};

enum item_kind
item_kind(const char *name)
{
    for (size_t i = 0; i < STR_LEN(kind_names); i++)
        if (str_eq(name, kind_names[i]))
            return (enum item_kind)i;
    return ITEM_NEWS;
}

const char *
item_kind_name(enum item_kind kind)
{
    return kind_names[kind];
}

static size_t
digits(const char *s)
{
    return strspn(s, "0123456789");
}

static bool
is_dashed(const char *s)
{
    return digits(s) == 10 && s[10] == '-' && digits(s + 11) == 2 && s[13] == '-' &&
           digits(s + 14) == 6;
}

bool
item_accession(const char *text, char out[21])
{
    for (const char *s = text; *s != '\0'; s += digits(s) > 0 ? digits(s) : 1) {
        if (is_dashed(s))
            return str_copyn(out, ACCESSION_LEN + 1, s, ACCESSION_LEN);
        if (digits(s) == ACCESSION_PLAIN)
            return str_fmt(out, ACCESSION_LEN + 1, "%.10s-%.2s-%.6s", s, s + 10,
                           s + 12);
    }
    return false;
}

static void
id_of(const char *prefix, const char *text, char out[ITEM_ID])
{
    char hex[33];

    hash128_hex(text, strlen(text), hex);
    hex[HEX_DIGITS] = '\0';
    (void)str_copy(out, ITEM_ID, prefix);
    (void)str_copy(out + strlen(out), ITEM_ID - strlen(out), hex);
}

/* Completes a link that starts with a slash from the feed's own address. */
static void
link_absolute(const char *link, const char *base, char *out, size_t size)
{
    const char *host = strstr(base, "://");
    size_t keep;

    *out = '\0';
    if (str_istarts(link, "http://") || str_istarts(link, "https://")) {
        (void)str_copy(out, size, link);
        return;
    }
    if (*link != '/' || host == NULL)
        return;
    keep = link[1] == '/' ? (size_t)(host - base) + 1
                          : (size_t)(host - base) + 3 + strcspn(host + 3, "/?#");
    (void)str_fmt(out, size, "%.*s%s", (int)keep, base, link);
}

static void
take_link(const struct feed_entry *e, const char *base, struct item *out)
{
    const char *link = feed_text(e, FEED_LINK);
    char plain[ITEM_LINK];

    /* a guid that is an address serves as well, unless the feed says it is none */
    if (*link == '\0' && !str_ieq(feed_text(e, FEED_PERMALINK), "false"))
        link = feed_text(e, FEED_ID);
    (void)text_from_html(link, strlen(link), plain, sizeof(plain));
    link_absolute(plain, base, out->link, sizeof(out->link));
}

static void
take_text(const struct feed_entry *e, struct item *out)
{
    const char *title = feed_text(e, FEED_TITLE);
    const char *summary = feed_text(e, FEED_SUMMARY);

    if (*summary == '\0')
        summary = feed_text(e, FEED_CONTENT);
    (void)text_from_html(title, strlen(title), out->title, sizeof(out->title));
    (void)text_from_html(summary, strlen(summary), out->summary, sizeof(out->summary));
    (void)str_copy(out->stocks, sizeof(out->stocks), feed_text(e, FEED_STOCKS));
}

/* The first of the two dates that can be read. */
static int64_t
take_time(const struct feed_entry *e, enum feed_field first, enum feed_field second)
{
    int64_t ms;

    if (text_time(feed_text(e, first), &ms) == 0 ||
        text_time(feed_text(e, second), &ms) == 0)
        return ms;
    return 0;
}

/* ---- news --------------------------------------------------------------------- */

int
item_name_news(struct item *it, const char *guid)
{
    char key[ITEM_LINK];

    if (text_canonical_link(it->link, key, sizeof(key)) == 0)
        id_of("n:", key, it->id);
    else if (*guid != '\0')
        id_of("n:", guid, it->id);
    else if (*it->title != '\0')
        id_of("n:", it->title, it->id);
    else
        return ERR_MISSING;
    return 0;
}

static int
from_news(const struct feed_entry *e, const char *base, struct item *out)
{
    (void)base;
    out->published_ms = take_time(e, FEED_PUBLISHED, FEED_UPDATED);
    return item_name_news(out, feed_text(e, FEED_ID));
}

/* ---- filings ------------------------------------------------------------------- */

/* Roles of the entries of one accession, the preferred first. */
static const struct role {
    const char *name;
    int rank;
} roles[] = {
    {"(Issuer)", ITEM_RANK_BEST},        {"(Filer)", ITEM_RANK_BEST},
    {"(Subject)", ITEM_RANK_BEST},       {"(Filed by)", ITEM_RANK_FILED_BY},
    {"(Reporting)", ITEM_RANK_FILED_BY},
};

static int
role_rank(const char *title)
{
    for (size_t i = 0; i < STR_LEN(roles); i++)
        if (str_ends(title, roles[i].name))
            return roles[i].rank;
    return 2;
}

/* The ten digits in the last brackets that hold ten digits: names hold brackets too. */
static int64_t
cik_of_title(const char *title)
{
    int64_t cik = 0;

    for (const char *s = strchr(title, '('); s != NULL; s = strchr(s + 1, '('))
        if (digits(s + 1) == CIK_DIGITS && s[1 + CIK_DIGITS] == ')')
            cik = strtoll(s + 1, NULL, 10);
    return cik;
}

static int64_t
cik_of_link(const char *link)
{
    const char *s = strstr(link, "/edgar/data/");

    return s == NULL || digits(s + 12) > CIK_DIGITS ? 0 : strtoll(s + 12, NULL, 10);
}

/* "Item 2.02: Results ..." lines to "2.02,9.01" behind the form. */
static void
add_items(const char *summary, char *form, size_t size)
{
    char sep = ' ';

    for (const char *s = strstr(summary, "Item "); s != NULL;
         s = strstr(s + 1, "Item ")) {
        const char *no = s + 5;
        size_t n = strspn(no, "0123456789.");
        size_t used = strlen(form);

        if (n < 3 || n > 5 || no[n] != ':')
            continue;
        (void)str_fmt(form + used, size - used, "%c%.*s", sep, (int)n, no);
        sep = ',';
    }
}

static void
take_form(const struct feed_entry *e, struct item *out)
{
    const char *dash = strstr(out->title, " - ");
    const char *form = feed_text(e, FEED_FORM);

    if (*form != '\0')
        (void)str_copy(out->form, sizeof(out->form), form);
    else if (dash != NULL)
        (void)str_copyn(out->form, sizeof(out->form), out->title,
                        (size_t)(dash - out->title));
}

void
item_name_filing(struct item *it, const char *accession)
{
    (void)str_fmt(it->id, sizeof(it->id), "sec:%s", accession);
}

static int
from_filing(const struct feed_entry *e, const char *base, struct item *out)
{
    char accession[ACCESSION_LEN + 1];

    if (!item_accession(feed_text(e, FEED_ID), accession) &&
        !item_accession(out->link, accession))
        return from_news(e, base, out);
    item_name_filing(out, accession);
    out->published_ms = take_time(e, FEED_UPDATED, FEED_PUBLISHED);
    out->cik = cik_of_title(out->title);
    if (out->cik == 0)
        out->cik = cik_of_link(out->link);
    out->rank = role_rank(out->title);
    take_form(e, out);
    add_items(out->summary, out->form, sizeof(out->form));
    return 0;
}

void
item_filing(const struct item *it, char out[ITEM_ID])
{
    static const char prefix[] = "sec:";

    out[0] = '\0';
    if (it->kind == ITEM_FILING && it->cik > 0 &&
        strncmp(it->id, prefix, strlen(prefix)) == 0)
        (void)str_fmt(out, ITEM_ID, "%" PRId64 "/%s", it->cik, it->id + strlen(prefix));
}

bool
item_form_wanted(const struct item *it, const char *forms)
{
    char name[ITEM_FORM];
    const char *piece, *seps;
    size_t n, form_len = strlen(it->form);

    if (str_empty(forms))
        return true;
    for (const char *s = strchr(it->form, ' '); s != NULL; s = strchr(s + 1, ' '))
        if (isdigit((unsigned char)s[1]) && s[2] == '.') { /* items, not form */
            form_len = (size_t)(s - it->form);
            break;
        }
    seps = strchr(forms, ',') != NULL ? "," : " ";
    while ((piece = str_piece(&forms, seps, &n)) != NULL) {
        (void)str_copyn(name, sizeof(name), piece, n);
        (void)str_trim(name);
        for (char *c = name; *c != '\0'; c++)
            if (*c == '_')
                *c = ' ';
        if (strlen(name) == form_len && strncasecmp(name, it->form, form_len) == 0)
            return true;
    }
    return false;
}

/* ---- halts --------------------------------------------------------------------- */

/* The time as it is written, without the blank that some have before the fraction:
 * "09:30:17 .163". */
static void
halt_clock(const char *text, char *out, size_t size)
{
    size_t n = 0;

    for (; *text != '\0' && n + 1 < size; text++)
        if (!isspace((unsigned char)*text))
            out[n++] = *text;
    out[n] = '\0';
}

/* MM/DD/YYYY and HH:MM:SS of New York to wall ms; the pubDate of a halt is only the
 * midnight of its day.  0 when it cannot be read. */
static int64_t
halt_time(const char *date, const char *time)
{
    int month, day, year, hour, minute, second;

    if (sscanf(date, "%2d/%2d/%4d", &month, &day, &year) != 3 ||
        sscanf(time, "%2d:%2d:%2d", &hour, &minute, &second) != 3)
        return 0;
    if (!civil_is_date(year, month, day) || year < 1990 || year > 2200 || hour > 23 ||
        minute > 59 || second > 60 || hour < 0 || minute < 0 || second < 0)
        return 0;
    return ny_to_ms(year, month, day, hour * 60 + minute) + second * INT64_C(1000);
}

static int
from_halt(const struct feed_entry *e, const char *base, struct item *out)
{
    const char *symbol = feed_text(e, FEED_SYMBOL);
    const char *date = feed_text(e, FEED_HALT_DATE);
    const char *code = feed_text(e, FEED_REASON);
    const char *back = feed_text(e, FEED_RESUME_TIME);
    char time[16];

    (void)base;
    if (*symbol == '\0' || *date == '\0')
        return ERR_MISSING;
    halt_clock(feed_text(e, FEED_HALT_TIME), time, sizeof(time));
    (void)str_fmt(out->id, sizeof(out->id), "h:%.12s-%.10s-%.12s-%.8s", symbol, date,
                  time, code);
    (void)str_fmt(out->title, sizeof(out->title), "%s: trading halt, code %s (%s)",
                  symbol, code, feed_text(e, FEED_ISSUE));
    (void)str_fmt(out->summary, sizeof(out->summary), "Halted %s %s New York.%s%s",
                  date, time, *back == '\0' ? "" : " Resumes ", back);
    (void)str_fmt(out->stocks, sizeof(out->stocks), "Nasdaq:%s", symbol);
    if (*out->link == '\0')
        (void)str_copy(out->link, sizeof(out->link), halt_page);
    out->published_ms = halt_time(date, time);
    return 0;
}

/* The first n digits of s, others left out. */
static size_t
put_digits(const char *s, size_t n, char *out)
{
    size_t used = 0;

    for (; *s != '\0' && used < n; s++)
        if (isdigit((unsigned char)*s))
            out[used++] = *s;
    out[used] = '\0';
    return used;
}

bool
item_resumes(const struct feed_entry *e, struct item *it)
{
    const char *date = feed_text(e, FEED_RESUME_DATE);
    const char *symbol = feed_text(e, FEED_SYMBOL);
    char time[16], when[RESUME_DIGITS + 1];
    size_t n;

    halt_clock(feed_text(e, FEED_RESUME_TIME), time, sizeof time);
    if (it->kind != ITEM_HALT || *date == '\0' || *time == '\0')
        return false;
    n = put_digits(date, 4, when);
    (void)put_digits(time, 6, when + n);
    n = strlen(it->id);
    (void)str_fmt(it->id + n, sizeof it->id - n, ">%s", when);
    (void)str_fmt(it->title, sizeof it->title,
                  "%s: trading resumes %s %s, code %s (%s)", symbol, date, time,
                  feed_text(e, FEED_REASON), feed_text(e, FEED_ISSUE));
    it->published_ms = halt_time(date, time);
    return true;
}

/* ---- all ------------------------------------------------------------------------ */

typedef int from_fn(const struct feed_entry *e, const char *base, struct item *out);

static from_fn *const makers[] = {
    [ITEM_NEWS] = from_news,
    [ITEM_FILING] = from_filing,
    [ITEM_HALT] = from_halt,
};

int
item_from_entry(const struct feed_entry *e, enum item_kind kind, const char *base_url,
                struct item *out)
{
    out->id[0] = out->form[0] = '\0';
    out->kind = kind;
    out->published_ms = out->cik = 0;
    out->rank = 0;
    take_link(e, base_url, out);
    take_text(e, out);
    return makers[kind](e, base_url, out);
}
