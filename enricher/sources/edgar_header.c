#include "enricher/sources/edgar_header.h"

#include "base/civil.h"
#include "base/str.h"
#include "base/text.h"
#include "domain/calendar.h"

enum {
    LINE_BYTES = 512,
    CELLS = 4,       /* of a row of the index page: number, description, file, type */
    ROWS_MAX = 1000, /* of an index page's tables */
    ROW_BYTES = 16 * 1024, /* of one row; so a page of open tags costs little */
    ACCEPTED_DIGITS = 14,
    ACCESSION_CHARS = 20,
    CIK_DIGITS = 10
};

/* Items of an 8-K by how their names begin, in any wording since 2004. */
static const struct {
    const char *number;
    const char *name;
} item_names[] = {
    {"1.01", "Entry into a Material Definitive"},
    {"1.02", "Termination of a Material Definitive"},
    {"1.03", "Bankruptcy or Receivership"},
    {"1.04", "Mine Safety"},
    {"1.05", "Material Cybersecurity"},
    {"2.01", "Completion of Acquisition or Disposition"},
    {"2.02", "Results of Operations and Financial"},
    {"2.03", "Creation of a Direct Financial"},
    {"2.04", "Triggering Events"},
    {"2.05", "Cost"},
    {"2.06", "Material Impairment"},
    {"3.01", "Notice of Delisting"},
    {"3.02", "Unregistered Sale"},
    {"3.03", "Material Modification"},
    {"4.01", "Changes in Registrant"},
    {"4.02", "Non-Reliance"},
    {"5.01", "Changes in Control"},
    {"5.02", "Departure of Directors"},
    {"5.03", "Amendments to Articles"},
    {"5.03", "Amendment to Articles"},
    {"5.04", "Temporary Suspension"},
    {"5.05", "Amendment"},
    {"5.06", "Change in Shell Company"},
    {"5.07", "Submission of Matters"},
    {"5.08", "Shareholder "},
    {"6.01", "ABS Informational"},
    {"6.02", "Change of Servicer"},
    {"6.03", "Change in Credit Enhancement"},
    {"6.04", "Failure to Make a Required"},
    {"6.05", "Securities Act Updating"},
    {"6.06", "Static Pool"},
    {"7.01", "Regulation FD"},
    {"8.01", "Other Events"},
    {"9.01", "Financial Statements and Exhibits"},
};

static const char *
number_of(const char *name)
{
    for (size_t i = 0; i < STR_LEN(item_names); i++)
        if (str_istarts(name, item_names[i].name))
            return item_names[i].number;
    return "";
}

void
edgar_item_add(struct edgar_filing *f, const char *number, const char *name)
{
    struct edgar_item *item = f->items;

    if (*number == '\0')
        number = number_of(name);
    for (; item < f->items + f->n_items; item++)
        if (*number != '\0' && str_eq(item->number, number))
            break;
    if (item == f->items + EDGAR_ITEMS)
        return;
    if (item == f->items + f->n_items)
        f->n_items++;
    (void)str_copy(item->number, sizeof item->number, number);
    if (item->name[0] == '\0')
        (void)str_copy(item->name, sizeof item->name, name);
}

void
edgar_document_add(struct edgar_filing *f, const char *type, const char *file)
{
    struct edgar_document *d = &f->documents[f->n_documents];

    f->documents_all++;
    if (f->n_documents == EDGAR_DOCUMENTS)
        return;
    (void)str_copy(d->type, sizeof d->type, type);
    (void)str_copy(d->file, sizeof d->file, file);
    f->n_documents++;
}

bool
edgar_line(const char **cursor, const char *end, char *out, size_t size)
{
    const char *s = *cursor, *stop;

    if (s >= end)
        return false;
    stop = memchr(s, '\n', (size_t)(end - s));
    *cursor = stop == NULL ? end : stop + 1;
    (void)str_copyn(out, size, s, (size_t)((stop == NULL ? end : stop) - s));
    (void)str_trim(out);
    return true;
}

/* ---- the header ----------------------------------------------------------------- */

/* A number of `digits` digits at s; -1 when one is none. */
static int
number_at(const char *s, int digits)
{
    int value = 0;

    for (int i = 0; i < digits; i++) {
        if (s[i] < '0' || s[i] > '9')
            return -1;
        value = value * 10 + (s[i] - '0');
    }
    return value;
}

/* YYYYMMDDhhmmss of New York to wall ms; 0 when it is no time. */
static int64_t
accepted(const char *s)
{
    int year = number_at(s, 4), month, day, hour, minute, second;

    if (strspn(s, "0123456789") != ACCEPTED_DIGITS)
        return 0;
    month = number_at(s + 4, 2), day = number_at(s + 6, 2);
    hour = number_at(s + 8, 2), minute = number_at(s + 10, 2);
    second = number_at(s + 12, 2);
    if (!civil_is_date(year, month, day) || year < 1990 || hour > 23 || minute > 59 ||
        second > 60)
        return 0;
    return ny_to_ms(year, month, day, hour * 60 + minute) + second * INT64_C(1000);
}

static void
take_form(struct edgar_filing *f, const char *value)
{
    if (f->form[0] == '\0')
        (void)str_copy(f->form, sizeof f->form, value);
}

static void
take_accession(struct edgar_filing *f, const char *value)
{
    if (f->accession[0] == '\0' && strspn(value, "0123456789-") >= ACCESSION_CHARS)
        (void)str_copyn(f->accession, sizeof f->accession, value, ACCESSION_CHARS);
}

static void
take_accepted(struct edgar_filing *f, const char *value)
{
    if (f->accepted_ms == 0)
        f->accepted_ms = accepted(value);
}

static void
take_name(struct edgar_filing *f, const char *value)
{
    if (f->name[0] == '\0')
        str_utf8_clean(f->name, sizeof f->name, value);
}

static void
take_cik(struct edgar_filing *f, const char *value)
{
    size_t n = strspn(value, "0123456789");

    if (f->cik == 0 && n > 0 && n <= CIK_DIGITS)
        f->cik = strtoll(value, NULL, 10);
}

static void
take_item_name(struct edgar_filing *f, const char *value)
{
    edgar_item_add(f, "", value);
}

static void
take_item_number(struct edgar_filing *f, const char *value)
{
    if (strlen(value) == 4 && value[1] == '.')
        edgar_item_add(f, value, "");
}

static const struct {
    const char *key;
    void (*take)(struct edgar_filing *f, const char *value);
} lines[] = {
    {"<ACCEPTANCE-DATETIME>", take_accepted},
    {"&lt;ACCEPTANCE-DATETIME&gt;", take_accepted},
    {"ACCESSION NUMBER:", take_accession},
    {"<ACCESSION-NUMBER>", take_accession},
    {"CONFORMED SUBMISSION TYPE:", take_form},
    {"<TYPE>", take_form},
    {"ITEM INFORMATION:", take_item_name},
    {"<ITEMS>", take_item_number},
    {"COMPANY CONFORMED NAME:", take_name},
    {"<CONFORMED-NAME>", take_name},
    {"CENTRAL INDEX KEY:", take_cik},
    {"<CIK>", take_cik},
};

void
edgar_header_read(const char *text, size_t n, struct edgar_filing *out)
{
    const char *cursor = text;
    char line[LINE_BYTES];

    while (edgar_line(&cursor, text + n, line, sizeof line))
        for (size_t i = 0; i < STR_LEN(lines); i++)
            if (str_starts(line, lines[i].key)) {
                lines[i].take(out, str_trim(line + strlen(lines[i].key)));
                break;
            }
}

/* ---- the index page ---------------------------------------------------------------
 */

/* What stands between `from` and `to`, as plain text; false when `from` is not there.
 * Without `to`: up to the end of the page or out. */
static bool
between(const char *html, size_t n, const char *const marks[2], char *out, size_t size)
{
    const char *s = memmem(html, n, marks[0], strlen(marks[0])), *stop;

    *out = '\0';
    if (s == NULL)
        return false;
    s += strlen(marks[0]);
    n -= (size_t)(s - html);
    stop = memmem(s, n, marks[1], strlen(marks[1]));
    (void)text_from_html(s, stop == NULL ? n : (size_t)(stop - s), out, size);
    return true;
}

/* The value under a heading of the page's grid: <div class="info"> behind it. */
static const char *
under(const char *html, size_t n, const char *heading, size_t *len)
{
    const char *end = html + n;
    const char *s = memmem(html, n, heading, strlen(heading));
    const char *info = s == NULL ? NULL : memmem(s, (size_t)(end - s), "\"info\">", 7);
    const char *stop;

    if (info == NULL)
        return NULL;
    info += 7;
    stop = memmem(info, (size_t)(end - info), "</div>", 6);
    *len = (size_t)((stop == NULL ? end : stop) - info);
    return info;
}

/* "Item 5.02: Departure of ...<br />Item 9.01: ...<br />". */
static void
index_items(const char *html, size_t n, struct edgar_filing *out)
{
    const char *s = html, *end = html + n;
    char line[LINE_BYTES], number[8];

    while (s < end) {
        const char *stop = memmem(s, (size_t)(end - s), "<br", 3);
        const char *colon;

        if (stop == NULL)
            stop = end;
        (void)text_from_html(s, (size_t)(stop - s), line, sizeof line);
        s = stop == end ? end : stop + 3;
        /* "/>" of the break before stands in front of the next line */
        colon = strstr(line, "Item ");
        if (colon == NULL || strspn(colon + 5, "0123456789.") != 4 || colon[9] != ':')
            continue;
        (void)str_copyn(number, sizeof number, colon + 5, 4);
        edgar_item_add(out, number, str_trim(line + (colon - line) + 10));
    }
}

/* "2026-06-25 07:59:33" of New York. */
static void
index_accepted(const char *s, size_t n, struct edgar_filing *out)
{
    char digits[ACCEPTED_DIGITS + 1];
    size_t len = 0;

    for (size_t i = 0; i < n && len < ACCEPTED_DIGITS; i++)
        if (s[i] >= '0' && s[i] <= '9')
            digits[len++] = s[i];
    digits[len] = '\0';
    take_accepted(out, digits);
}

/* The text of the next cell behind *s, within `end`; false when there is none. */
static bool
next_cell(const char **s, const char *end, char *out, size_t size)
{
    const char *open = memmem(*s, (size_t)(end - *s), "<td", 3), *stop;

    if (open == NULL)
        return false;
    stop = memmem(open, (size_t)(end - open), "</td", 4);
    *s = stop == NULL ? end : stop;
    (void)text_from_html(open, (size_t)(*s - open), out, size);
    return true;
}

/* A row with a sequence number is a document: number, description, file, type. */
static void
index_row(const char *s, const char *end, struct edgar_filing *out)
{
    char cells[CELLS][LINE_BYTES];

    for (int i = 0; i < CELLS; i++)
        if (!next_cell(&s, end, cells[i], sizeof cells[i]))
            return;
    if (number_at(cells[0], 1) < 0)
        return;
    cells[2][strcspn(cells[2], " ")] = '\0'; /* "x.htm iXBRL" */
    edgar_document_add(out, cells[3], cells[2]);
}

static void
index_documents(const char *html, size_t n, struct edgar_filing *out)
{
    const char *s = html, *end = html + n, *stop;

    for (int rows = 0; rows < ROWS_MAX; rows++) {
        s = memmem(s, (size_t)(end - s), "<tr", 3);
        if (s == NULL)
            return;
        stop = end - s > ROW_BYTES ? s + ROW_BYTES : end;
        n = (size_t)(stop - s);
        stop = memmem(s, n, "</tr", 4);
        index_row(s, stop == NULL ? s + n : stop, out);
        s += 3;
    }
}

void
edgar_index_read(const char *html, size_t n, struct edgar_filing *out)
{
    static const char *const form[] = {"<strong>Form ", "</strong>"};
    static const char *const accession[] = {"No.</acronym>", "</div>"};
    static const char *const name[] = {"\"companyName\">", "<acronym"};
    static const char *const cik[] = {"?CIK=", "&"};
    char text[LINE_BYTES], *role;
    const char *s;
    size_t len;

    if (between(html, n, form, text, sizeof text))
        take_form(out, text);
    if (between(html, n, accession, text, sizeof text))
        take_accession(out, text);
    if (between(html, n, name, text, sizeof text)) {
        if ((role = strrchr(text, '(')) != NULL) /* "NVIDIA CORP (Filer)" */
            *role = '\0';
        take_name(out, str_trim(text));
    }
    if (between(html, n, cik, text, sizeof text))
        take_cik(out, text);
    if ((s = under(html, n, ">Accepted<", &len)) != NULL)
        index_accepted(s, len, out);
    if ((s = under(html, n, ">Items<", &len)) != NULL)
        index_items(s, len, out);
    index_documents(html, n, out);
}
