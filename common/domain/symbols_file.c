#include "domain/symbols_file.h"

#include "base/json.h"
#include "base/str.h"

enum { COLUMNS_MAX = 16, LINE_MAX_BYTES = 1024 };

/* ---- Nasdaq's directory ---------------------------------------------------------- */

/* What we want of a row. */
enum wanted { SYMBOL, NAME, TEST, ETF, EXCHANGE, WANTED };

/* What one directory file calls it; the first column tells the files apart. */
struct layout {
    const char *names[WANTED]; /* NULL: it has no such column */
    bool dashed;               /* " - " stands before what the paper is */
};

static const struct layout nasdaq = {
    .names = {"Symbol", "Security Name", "Test Issue", "ETF", NULL},
    .dashed = true,
};

static const struct layout other = {
    .names = {"ACT Symbol", "Security Name", "Test Issue", "ETF", "Exchange"},
};

/* Where it stands, by the header: columns came over the years, and will. */
struct columns {
    const struct layout *layout;
    int n;
    int at[WANTED]; /* -1: there is none, so all are at Nasdaq and no fund is told */
};

static const struct {
    char letter;
    const char *name;
} exchanges[] = {
    {'A', "AMEX"}, {'N', "NYSE"}, {'P', "ARCA"}, {'Z', "CBOE"}, {'V', "IEX"},
};

static const char footer[] = "File Creation Time:";

static const char *
exchange_name(char letter)
{
    for (size_t i = 0; i < STR_LEN(exchanges); i++)
        if (exchanges[i].letter == letter)
            return exchanges[i].name;
    return "";
}

/* Cuts a line into its columns in place; returns how many, more than COLUMNS_MAX when
 * there are more. */
static int
split(char *line, char *columns[COLUMNS_MAX])
{
    int n = 0;

    columns[n++] = line;
    for (char *p = line; *p != '\0'; p++) {
        if (*p != '|')
            continue;
        *p = '\0';
        if (n == COLUMNS_MAX)
            return n + 1;
        columns[n++] = p + 1;
    }
    return n;
}

static int
column(char *const *names, int n, const char *wanted)
{
    for (int i = 0; i < n && wanted != NULL; i++)
        if (str_eq(names[i], wanted))
            return i;
    return -1;
}

/* Is it the header of that layout? */
static bool
read_header(const struct layout *l, char *line, struct columns *out)
{
    char *names[COLUMNS_MAX];

    out->layout = l;
    out->n = split(str_trim(line), names);
    if (out->n > COLUMNS_MAX)
        return false;
    for (int i = 0; i < WANTED; i++)
        out->at[i] = column(names, out->n, l->names[i]);
    return out->at[SYMBOL] == 0 && out->at[NAME] > 0 && out->at[TEST] > 0 &&
           (out->at[EXCHANGE] > 0 || l->names[EXCHANGE] == NULL);
}

/* The part behind the last " - ", which describes the paper; all of it if none. */
static const char *
description(const struct layout *l, const char *name)
{
    const char *found = name;

    for (const char *p = name; l->dashed && (p = strstr(p, " - ")) != NULL; p += 3)
        found = p + 3;
    return found;
}

/* 1: *out is a row; 0: nothing to take from this line. */
static int
read_line(const struct columns *l, char *line, struct symbol *out)
{
    char *c[COLUMNS_MAX], *name;
    const int *at = l->at;

    memset(out, 0, sizeof *out);
    if (split(line, c) != l->n || str_eq(c[at[TEST]], "Y") ||
        !symbol_canonical(c[at[SYMBOL]], out->symbol))
        return 0;
    name = str_trim(c[at[NAME]]);
    str_utf8_clean(out->name, sizeof out->name, name);
    (void)str_copy(out->exchange, sizeof out->exchange,
                   at[EXCHANGE] < 0 ? "NASDAQ" : exchange_name(c[at[EXCHANGE]][0]));
    out->type = security_of(out->symbol, description(l->layout, name),
                            at[ETF] >= 0 && str_eq(c[at[ETF]], "Y"));
    return 1;
}

/* The next line into out, without its end; false at the end of the text. */
static bool
next_line(const char **cursor, const char *end, char *out, size_t size)
{
    const char *p = *cursor, *stop;

    if (p >= end)
        return false;
    stop = memchr(p, '\n', (size_t)(end - p));
    *cursor = stop != NULL ? stop + 1 : end;
    stop = stop != NULL ? stop : end;
    if (stop > p && stop[-1] == '\r')
        stop--;
    (void)str_copyn(out, size, p, (size_t)(stop - p)); /* a longer one fails below */
    return true;
}

static int
parse_directory(const struct layout *l, const char *text, size_t n, symbols_row_fn *row,
                void *self, struct why *why)
{
    const char *cursor = str_behind_bom(text, &n), *end = cursor + n;
    char line[LINE_MAX_BYTES];
    struct columns columns;
    struct symbol s;
    int rows = 0, rc;

    if (!next_line(&cursor, end, line, sizeof line) || !read_header(l, line, &columns))
        return why_set(why, ERR_CHANGED, "line 1 is not the header of the directory");
    while (next_line(&cursor, end, line, sizeof line)) {
        if (str_starts(line, footer))
            return 0;
        if (++rows > SYMBOLS_ROWS_MAX)
            return why_set(why, ERR_TOO_BIG, "more than %d rows", SYMBOLS_ROWS_MAX);
        if (read_line(&columns, line, &s) && (rc = row(self, &s)) != 0)
            return why_set(why, rc, "row %d: %s", rows, err_str(rc));
    }
    return why_set(why, ERR_MISSING, "no footer behind row %d: the file is cut off",
                   rows);
}

int
symbols_parse_nasdaq(const char *text, size_t n, symbols_row_fn *row, void *self,
                     struct why *why)
{
    return parse_directory(&nasdaq, text, n, row, self, why);
}

int
symbols_parse_other(const char *text, size_t n, symbols_row_fn *row, void *self,
                    struct why *why)
{
    return parse_directory(&other, text, n, row, self, why);
}

/* ---- EDGAR's list ---------------------------------------------------------------- */

/* A number, or a text of ten digits as "cik". */
static int64_t
cik_of(const struct json *filer)
{
    const struct json *cik = json_member(filer, "cik_str");
    int64_t value = 0;

    if (cik == NULL)
        cik = json_member(filer, "cik");
    if (json_is_number(cik))
        return json_i64(cik, 0);
    return str_i64(json_text(cik, ""), &value) == 0 ? value : 0;
}

static bool
read_filer(const struct json *j, struct symbol *out)
{
    memset(out, 0, sizeof *out);
    out->cik = cik_of(j);
    if (out->cik <= 0 ||
        !symbol_canonical(json_text(json_member(j, "ticker"), ""), out->symbol))
        return false;
    str_utf8_clean(out->name, sizeof out->name, json_text(json_member(j, "title"), ""));
    out->type = security_of(out->symbol, "", false);
    return true;
}

/* Is the first line a filer of its own? */
static bool
is_one_a_line(const char *text, size_t n)
{
    char line[LINE_MAX_BYTES];
    struct json *filer = NULL;
    bool is;

    if (next_line(&text, text + n, line, sizeof line))
        filer = json_parse(line, strlen(line), NULL);
    is = json_member(filer, "ticker") != NULL;
    json_free(&filer);
    return is;
}

static int
parse_lines(const char *text, size_t n, symbols_row_fn *row, void *self,
            struct why *why)
{
    const char *end = text + n;
    char line[LINE_MAX_BYTES];
    struct symbol s;
    int rows = 0, rc = 0;

    while (rc == 0 && next_line(&text, end, line, sizeof line)) {
        struct json *filer = NULL;

        if (line[0] == '\0')
            continue;
        if (++rows > SYMBOLS_ROWS_MAX)
            return why_set(why, ERR_TOO_BIG, "more than %d rows", SYMBOLS_ROWS_MAX);
        filer = json_parse(line, strlen(line), NULL);
        if (filer == NULL)
            return why_set(why, ERR_SYNTAX, "row %d is no filer", rows);
        if (read_filer(filer, &s) && (rc = row(self, &s)) != 0)
            (void)why_set(why, rc, "row %d: %s", rows, err_str(rc));
        json_free(&filer);
    }
    return rc;
}

static int
parse_object(const char *text, size_t n, symbols_row_fn *row, void *self,
             struct why *why)
{
    struct json *root = json_parse(text, n, why);
    const struct json *filer;
    const char *key;
    void *cursor = NULL;
    struct symbol s;
    int rc = 0;

    if (root == NULL)
        return ERR_SYNTAX;
    if (!json_is_object(root) || json_len(root) == 0)
        rc = why_set(why, ERR_CHANGED, "not an object of filers");
    else if (json_len(root) > SYMBOLS_ROWS_MAX)
        rc = why_set(why, ERR_TOO_BIG, "more than %d rows", SYMBOLS_ROWS_MAX);
    while (rc == 0 && json_each(root, &cursor, &key, &filer))
        if (read_filer(filer, &s) && (rc = row(self, &s)) != 0)
            (void)why_set(why, rc, "row %s: %s", key, err_str(rc));
    json_free(&root);
    return rc;
}

int
symbols_parse_edgar(const char *text, size_t n, symbols_row_fn *row, void *self,
                    struct why *why)
{
    text = str_behind_bom(text, &n);
    return (is_one_a_line(text, n) ? parse_lines : parse_object)(text, n, row, self,
                                                                 why);
}

const struct symbols_kind symbols_kinds[SYMBOLS_FILES] = {
    {"nasdaqlisted.txt", symbols_parse_nasdaq, true},
    {"otherlisted.txt", symbols_parse_other, true},
    {"company_tickers.json", symbols_parse_edgar, false},
};
