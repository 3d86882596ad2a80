#include "filing.h"

#include "base/str.h"
#include "domain/calendar.h"
#include "paste.h"

enum { FILER_ID = 950170, UNLISTED_CIK = 8999999, UU_LINE = 61 };

void
filing_time(int64_t wall_ms, const char *format, char *out)
{
    struct ny_time ny;
    struct tm tm;
    time_t t;

    ny_time(wall_ms, &ny);
    t = (time_t)(wall_ms / 1000 + ny.offset_s);
    gmtime_r(&t, &tm);
    if (strftime(out, FILING_TIME, format, &tm) == 0)
        out[0] = '\0';
}

const char *
filing_zone(int64_t wall_ms)
{
    struct ny_time ny;

    ny_time(wall_ms, &ny);
    return ny.offset_s == -4 * 3600 ? "-04:00" : "-05:00";
}

void
filing_accession(const struct story *s, char out[FILING_ACCESSION])
{
    char year[FILING_TIME];

    filing_time(s->published_ms, "%y", year);
    str_fmt(out, FILING_ACCESSION, "%010d-%.2s-%06llu", FILER_ID, year,
            (unsigned long long)s->number);
}

uint64_t
filing_number(const char *accession)
{
    char head[16];
    int64_t number;

    str_fmt(head, sizeof head, "%010d-", FILER_ID);
    if (strlen(accession) != 20 || !str_starts(accession, head) ||
        accession[13] != '-' || str_i64(accession + 14, &number) != 0 || number < 1)
        return 0;
    return (uint64_t)number;
}

int64_t
filing_cik(const struct story *s)
{
    return s->listing != NULL ? s->listing->cik : UNLISTED_CIK;
}

const char *
filing_name(const struct story *s)
{
    return s->listing != NULL ? s->listing->name : "UNLISTED HOLDINGS LLC";
}

/* ---- items ---------------------------------------------------------------------- */

/* Calls put with each "Item 2.02: Results ..." of the story. */
static void
each_item(const struct story *s, void (*put)(struct buf *, const char *),
          struct buf *out)
{
    const char *const lines[] = {s->title, s->summary};

    for (size_t i = 0; i < STR_LEN(lines); i++)
        if (str_starts(lines[i], "Item "))
            put(out, lines[i]);
}

static void
put_header_item(struct buf *out, const char *item)
{
    const char *colon = strchr(item, ':');

    if (colon != NULL)
        buf_addf(out, "ITEM INFORMATION:\t\t%s\n", colon + 2);
}

static void
put_page_item(struct buf *out, const char *item)
{
    buf_adds(out, "<p><b>");
    paste_escaped(out, item);
    buf_adds(out, "</b></p>\n");
}

static void
put_index_item(struct buf *out, const char *item)
{
    paste_escaped(out, item);
    buf_adds(out, "<br />");
}

/* ---- the submission ------------------------------------------------------------- */

static void
put_header(struct buf *out, const struct story *s, const char *accession)
{
    char day[FILING_TIME], at[FILING_TIME];

    filing_time(s->published_ms, "%Y%m%d", day);
    filing_time(s->published_ms, "%Y%m%d%H%M%S", at);
    buf_addf(out,
             "<SEC-DOCUMENT>%s.txt : %s\n<SEC-HEADER>%s.hdr.sgml : %s\n"
             "<ACCEPTANCE-DATETIME>%s\nACCESSION NUMBER:\t\t%s\n"
             "CONFORMED SUBMISSION TYPE:\t%s\nPUBLIC DOCUMENT COUNT:\t\t%d\n",
             accession, day, accession, day, at, accession, s->form,
             1 + s->attached + (s->bulk > 0));
    each_item(s, put_header_item, out);
    buf_addf(out,
             "FILED AS OF DATE:\t\t%s\nDATE AS OF CHANGE:\t\t%s\n\nFILER:\n\n\tCOMPANY "
             "DATA:\t\n\t\tCOMPANY CONFORMED NAME:\t\t\t%s\n\t\tCENTRAL INDEX "
             "KEY:\t\t\t%010lld\n\t\tSTATE OF INCORPORATION:\t\t\tDE\n\t\tFISCAL YEAR "
             "END:\t\t\t1231\n\n\tFILING VALUES:\n\t\tFORM TYPE:\t\t%s\n\t\tSEC "
             "ACT:\t\t1934 Act\n</SEC-HEADER>\n",
             day, day, filing_name(s), (long long)filing_cik(s), s->form);
}

/* The opening lines of a document; its text and end are the caller's. */
static void
open_document(struct buf *out, const char *type, int sequence, const char *file)
{
    buf_addf(out,
             "<DOCUMENT>\n<TYPE>%s\n<SEQUENCE>%d\n<FILENAME>%s\n<DESCRIPTION>%s\n"
             "<TEXT>\n",
             type, sequence, file, type);
}

static void
close_document(struct buf *out)
{
    buf_adds(out, "</TEXT>\n</DOCUMENT>\n");
}

static void
put_paragraphs(struct buf *out, const char *text)
{
    const char *piece;
    size_t n;

    while ((piece = str_piece(&text, "\n", &n)) != NULL) {
        char line[NEWS_SUMMARY];

        str_copyn(line, sizeof line, piece, n);
        buf_adds(out, "<p>");
        paste_escaped(out, line);
        buf_adds(out, "</p>\n");
    }
}

/* Inline XBRL: a block for machines, the cover page with the symbol, the items. */
static void
put_primary(struct buf *out, const struct story *s)
{
    open_document(out, s->form, 1, "primary.htm");
    buf_addf(out,
             "<XBRL>\n<?xml version='1.0' encoding='ASCII'?>\n<html "
             "xmlns=\"http://www.w3.org/1999/xhtml\" "
             "xmlns:ix=\"http://www.xbrl.org/2013/inlineXBRL\"><head><title>%s</title>"
             "</head><body><div style=\"display:none\"><ix:header><ix:hidden>"
             "<ix:nonNumeric contextRef=\"c-1\" name=\"dei:EntityCentralIndexKey\">"
             "%010lld</ix:nonNumeric></ix:hidden></ix:header></div>\n<p>UNITED STATES "
             "SECURITIES AND EXCHANGE COMMISSION</p>\n<p>FORM %s</p>\n<p>",
             s->form, (long long)filing_cik(s), s->form);
    paste_escaped(out, filing_name(s));
    buf_adds(out, "</p>\n");
    if (s->listing != NULL)
        buf_addf(out,
                 "<table><tr><td>Common Stock</td><td><ix:nonNumeric "
                 "contextRef=\"c-1\" name=\"dei:TradingSymbol\" id=\"f-1\">%s"
                 "</ix:nonNumeric></td></tr></table>\n",
                 s->listing->symbol);
    each_item(s, put_page_item, out);
    if (s->attached)
        buf_adds(out, "<p>A copy of the press release is attached as Exhibit 99.1."
                      "</p>\n");
    else
        put_paragraphs(out, s->release);
    buf_adds(out, "</body></html>\n</XBRL>\n");
    close_document(out);
}

static void
put_release(struct buf *out, const struct story *s)
{
    open_document(out, "EX-99.1", 2, "ex99-1.htm");
    buf_adds(out, "<html><head><title>EX-99.1</title></head><body>\n<p>Exhibit 99.1"
                  "</p>\n");
    put_paragraphs(out, s->release);
    buf_adds(out, "<p>Forward-Looking Statements: this release speaks of the future, "
                  "which may be different.</p>\n</body></html>\n");
    close_document(out);
}

/* A picture as the archive keeps it. */
static void
put_picture(struct buf *out, size_t bytes)
{
    char line[UU_LINE + 2];

    memset(line, 'M', UU_LINE);
    line[UU_LINE] = '\n';
    open_document(out, "GRAPHIC", 3, "picture.jpg");
    buf_adds(out, "begin 644 picture.jpg\n");
    for (size_t n = 0; n < bytes; n += UU_LINE + 1)
        buf_add(out, line, UU_LINE + 1);
    buf_adds(out, "`\nend\n");
    close_document(out);
}

void
filing_text(const struct story *s, struct buf *out)
{
    char accession[FILING_ACCESSION];

    filing_accession(s, accession);
    put_header(out, s, accession);
    put_primary(out, s);
    if (s->attached)
        put_release(out, s);
    if (s->bulk > 0)
        put_picture(out, s->bulk);
    buf_adds(out, "</SEC-DOCUMENT>\n");
}

/* ---- the index page ------------------------------------------------------------- */

static void
put_listed(struct buf *out, const char *folder, const char *file, const char *type)
{
    buf_addf(out,
             "         <tr>\n            <td scope=\"row\">1</td>\n            <td "
             "scope=\"row\">%s</td>\n            <td scope=\"row\"><a href=\"%s%s/%s\">"
             "%s</a></td>\n            <td scope=\"row\">%s</td>\n            <td "
             "scope=\"row\">4096</td>\n         </tr>\n",
             type, str_starts(file, "primary") ? "/ix?doc=" : "", folder, file, file,
             type);
}

static void
put_documents(struct buf *out, const struct story *s, const char *accession)
{
    char folder[96];

    str_fmt(folder, sizeof folder, "/Archives/edgar/data/%lld/%.10s%.2s%s",
            (long long)filing_cik(s), accession, accession + 11, accession + 14);
    buf_adds(out, "<table class=\"tableFile\" summary=\"Document Format Files\">\n"
                  "         <tr><th scope=\"col\">Seq</th><th scope=\"col\">"
                  "Description</th><th scope=\"col\">Document</th><th scope=\"col\">"
                  "Type</th><th scope=\"col\">Size</th></tr>\n");
    put_listed(out, folder, "primary.htm", s->form);
    if (s->attached)
        put_listed(out, folder, "ex99-1.htm", "EX-99.1");
    if (s->bulk > 0)
        put_listed(out, folder, "picture.jpg", "GRAPHIC");
    buf_adds(out, "</table>\n");
}

void
filing_index(const struct story *s, struct buf *out)
{
    char accession[FILING_ACCESSION], day[FILING_TIME], at[FILING_TIME];

    filing_accession(s, accession);
    filing_time(s->published_ms, "%Y-%m-%d", day);
    filing_time(s->published_ms, "%Y-%m-%d %H:%M:%S", at);
    buf_addf(out,
             "<!DOCTYPE html>\n<html><head><title>EDGAR Filing Documents</title></head>"
             "<body>\n<div class=\"formDiv\">\n<div id=\"formHeader\"><div "
             "id=\"formName\"><strong>Form %s</strong></div>\n<div id=\"secNum\">"
             "<strong><acronym>SEC</acronym> Accession <acronym>No.</acronym></strong> "
             "%s</div></div>\n<div "
             "class=\"formGrouping\"><div class=\"infoHead\">Filing Date</div><div "
             "class=\"info\">%s</div>\n<div class=\"infoHead\">Accepted</div><div "
             "class=\"info\">%s</div></div>\n<div class=\"formGrouping\"><div "
             "class=\"infoHead\">Items</div><div class=\"info\">",
             s->form, accession, day, at);
    each_item(s, put_index_item, out);
    buf_adds(out, "</div></div>\n</div>\n");
    put_documents(out, s, accession);
    buf_adds(out, "<div id=\"filerDiv\"><div class=\"companyInfo\"><span "
                  "class=\"companyName\">");
    paste_escaped(out, filing_name(s));
    buf_addf(out,
             " (Filer)\n <acronym title=\"Central Index Key\">CIK</acronym>: <a "
             "href=\"/cgi-bin/browse-edgar?CIK=%010lld\">%010lld (see all company "
             "filings)</a></span></div></div>\n</body></html>\n",
             (long long)filing_cik(s), (long long)filing_cik(s));
}
