/* The submission of one filing in EDGAR's archive: the text that was filed. */
#include "base/str.h"
#include "enricher/sources/edgar_filing.h"
#include "enricher/sources/sources.h"

#include <ctype.h>

enum { ACCESSION = 20 }; /* bytes, 10-2-6 with its dashes */

static bool
is_accession(const char *s)
{
    static const char shape[] = "##########-##-######";

    for (size_t i = 0; i < ACCESSION; i++)
        if (shape[i] == '#' ? !isdigit((unsigned char)s[i]) : s[i] != shape[i])
            return false;
    return s[ACCESSION] == '\0';
}

/* ".../320193/000032019326000001/0000320193-26-000001.txt" of
 * "320193/0000320193-26-000001". */
static int
edgar_archive_url(const char *base_url, const char *const *tickers, size_t n,
                  const char *crumb, char *out, size_t size)
{
    const char *filing = n < 1 ? "" : tickers[0];
    size_t digits;

    (void)crumb;
    filing += strspn(filing, "0"); /* the archive's folders have none in front */
    digits = strspn(filing, "0123456789");
    if (digits == 0 || filing[digits] != '/' || !is_accession(filing + digits + 1))
        return ERR_SYNTAX;
    return str_fmt(out, size, "%s/Archives/edgar/data/%.*s/%.10s%.2s%.6s/%s.txt",
                   base_url, (int)digits, filing, filing + digits + 1,
                   filing + digits + 12, filing + digits + 15, filing + digits + 1)
               ? 0
               : ERR_TOO_BIG;
}

/* The address is a submission's: any page that comes instead is a refusal, whatever it
 * says of itself. */
static int
check(const struct document *d, const struct edgar_filing *f, struct why *why)
{
    int rc = edgar_filing_status(d->status, why);

    if (rc == 0 && !str_eq(f->layout, "submission"))
        rc = why_set(why, ERR_BLOCKED, "a page instead of the submission");
    return rc;
}

static void
add_text(struct edgar_filing *f, const char *filing, struct facts *out)
{
    if (str_empty(f->text)) {
        facts_none(out, filing, FACT_FILING_TEXT, "no text in it");
        return;
    }
    facts_add(out, filing, FACT_FILING_TEXT, (double)strlen(f->text), 0);
    out->text = f->text;
    f->text = NULL;
}

static int
edgar_archive_parse(const struct document *d, const char *const *tickers, size_t n,
                    struct facts *out, struct why *why)
{
    struct why local = {""};
    struct edgar_filing f;
    int rc;

    out->n = 0;
    out->text = NULL;
    if (n != 1)
        return why_set(why, ERR_UNSUPPORTED, "one filing a request, %zu asked", n);
    rc = edgar_filing_read(d->body, d->len, &f, &local);
    if (rc == 0 && (rc = check(d, &f, &local)) != 0)
        edgar_filing_free(&f);
    if (rc == ERR_NOT_FOUND || rc == ERR_EMPTY || d->status == 404) {
        facts_none(out, tickers[0], FACT_FILING_TEXT, WHY_NO_FILE);
        return 0;
    }
    if (rc != 0)
        return why_set(why, rc, "HTTP %d: %s", d->status, local.text);
    add_text(&f, tickers[0], out);
    edgar_filing_free(&f);
    return 0;
}

const struct source source_edgar_filing = {
    .name = "edgar-filing",
    .group = "edgar",
    .base_url = "https://www.sec.gov",
    .gives = FACT(FACT_FILING_TEXT),
    .gives_off = FACT(FACT_FILING_TEXT),
    .batch_max = 1,
    .max_bytes = 1 << 20,
    .is_head = true,
    .wants_contact = true,
    .accept = "text/plain,text/html;q=0.9,*/*;q=0.8",
    .url = edgar_archive_url,
    .parse = edgar_archive_parse,
};
