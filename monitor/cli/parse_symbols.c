/* catalyst parse symbols: a list of what is listed, of Nasdaq or of EDGAR. */
#include "base/json.h"
#include "base/str.h"
#include "domain/symbols_file.h"
#include "monitor/cli/parse.h"

enum { LINE_BYTES = 1024 };

/* ---- Nasdaq's directory ------------------------------------------------------------
 */

/* Figures of the text itself, which the parser has no use for. */
struct lines {
    size_t n, filled; /* all; those that are not blank */
    char first[LINE_BYTES], last[LINE_BYTES];
    int test, etf; /* columns by the header; -1: none */
    size_t tests, etfs;
};

/* True if column `at` of the line is "Y". */
static bool
is_yes(const char *line, int at)
{
    while (at > 0 && (line = strchr(line, '|')) != NULL)
        line++, at--;
    return at == 0 && line != NULL && line[0] == 'Y' &&
           (line[1] == '|' || line[1] == '\0');
}

static int
column(const char *header, const char *name, size_t *n)
{
    size_t len;
    int found = -1;

    *n = 0;
    for (const char *s; (s = str_piece(&header, "|", &len)) != NULL; (*n)++)
        if (len == strlen(name) && strncmp(s, name, len) == 0)
            found = (int)*n;
    return found;
}

static void
count_line(struct lines *l, const char *line)
{
    size_t columns;

    l->n++;
    if (line[strspn(line, " \t")] == '\0')
        return;
    if (l->filled++ == 0) {
        (void)str_copy(l->first, sizeof l->first, line);
        l->test = column(line, "Test Issue", &columns);
        l->etf = column(line, "ETF", &columns);
        return;
    }
    (void)str_copy(l->last, sizeof l->last, line);
    l->tests += is_yes(line, l->test);
    l->etfs += is_yes(line, l->etf);
}

static void
count_lines(const struct document *d, struct lines *l)
{
    const char *s = d->body, *end = d->body + d->len;
    char line[LINE_BYTES];

    while (s < end) {
        const char *stop = memchr(s, '\n', (size_t)(end - s));
        size_t n = (size_t)((stop == NULL ? end : stop) - s);

        (void)str_copyn(line, sizeof line, s, n);
        if (n > 0 && n < sizeof line && line[n - 1] == '\r')
            line[n - 1] = '\0';
        count_line(l, line);
        s = stop == NULL ? end : stop + 1;
    }
}

static int
count_row(void *self, const struct symbol *s)
{
    (void)s;
    ++*(size_t *)self;
    return 0;
}

static int
directory(const struct document *d, struct jsonw *w, struct why *why)
{
    struct lines l = {.test = -1, .etf = -1};
    size_t listed = 0, columns;
    bool html, nasdaq;
    int rc;

    count_lines(d, &l);
    jw_int(w, "lines", (int64_t)l.n);
    html = l.first[strspn(l.first, " \t")] == '<' ||
           strcasestr(l.first, "<html") != NULL || strcasestr(l.last, "</html") != NULL;
    jw_bool(w, "is_html", html);
    if (html)
        return why_set(why, ERR_CHANGED, "a web page, not the directory");
    nasdaq = str_starts(l.first, "Symbol|");
    rc = (nasdaq ? symbols_parse_nasdaq : symbols_parse_other)(d->body, d->len,
                                                               count_row, &listed, why);
    if (rc != 0)
        return rc;
    (void)column(l.first, "", &columns);
    jw_int(w, "columns", (int64_t)columns);
    jw_str(w, "header", l.first);
    jw_str(w, "footer", l.last);
    jw_int(w, "securities", (int64_t)l.filled - 2); /* but header and footer */
    jw_int(w, "test_issues", (int64_t)l.tests);
    jw_int(w, "etfs", (int64_t)l.etfs);
    jw_int(w, "listed", (int64_t)listed); /* that ingest would know */
    return 0;
}

/* ---- EDGAR's list of filers ---------------------------------------------------------
 */

struct filers {
    size_t n;
    struct symbol first;
    struct symbol known; /* a share every list has; cik 0: this one has not */
};

static int
on_filer(void *self, const struct symbol *s)
{
    struct filers *f = self;

    if (f->n++ == 0)
        f->first = *s;
    if (f->known.cik == 0 && str_eq(s->symbol, "AAPL"))
        f->known = *s;
    return 0;
}

static void
write_filer(struct jsonw *w, const char *key, const struct symbol *s)
{
    jw_object(w, key);
    jw_int(w, "cik_str", s->cik);
    jw_str(w, "ticker", s->symbol);
    jw_str(w, "title", s->name);
    jw_end(w);
}

/* Members of the object, or lines where each is a filer. */
static int64_t
entries(const struct document *d)
{
    struct json *root = json_parse(d->body, d->len, NULL);
    struct lines l = {.test = -1, .etf = -1};
    int64_t n = (int64_t)json_len(root);

    count_lines(d, &l);
    if (root == NULL || json_member(root, "ticker") != NULL)
        n = (int64_t)l.filled;
    json_free(&root);
    return n;
}

static int
filers(const struct document *d, struct jsonw *w, struct why *why)
{
    struct filers f = {0};
    int rc = symbols_parse_edgar(d->body, d->len, on_filer, &f, why);

    if (rc != 0)
        return rc;
    if (f.n == 0)
        return why_set(why, ERR_CHANGED, "no filer in it");
    jw_int(w, "entries", entries(d));
    jw_int(w, "listed", (int64_t)f.n); /* that ingest would know */
    write_filer(w, "first", &f.first);
    jw_array(w, "aapl"); /* to see at a glance that the list is a whole one */
    if (f.known.cik != 0)
        write_filer(w, NULL, &f.known);
    jw_end(w);
    return 0;
}

int
parse_symbols(const struct document *d, struct jsonw *w, struct why *why)
{
    struct document list = *d;

    list.body = str_behind_bom(d->body, &list.len);
    if (list.len == 0)
        return why_set(why, ERR_EMPTY, "no bytes");
    return parse_is_json(&list) ? filers(&list, w, why) : directory(&list, w, why);
}
