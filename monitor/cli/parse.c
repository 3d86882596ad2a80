/* catalyst parse: one document from a file, as its parser reads it. */
#include "monitor/cli/parse.h"

#include "base/str.h"
#include "monitor/cli/cli.h"

#include <ctype.h>
#include <errno.h>

enum { FILE_MAX = 16 << 20, STATUS_LEAST = 100, STATUS_MOST = 999 };

const struct parse_kind parse_kinds[] = {
    {"finviz-quote", "a ticker's page of Finviz", parse_finviz_quote},
    {"finviz-screener", "a page of Finviz's screener", parse_finviz_screener},
    {"yahoo-chart", "bars of Yahoo's chart endpoint", parse_yahoo_chart},
    {"yahoo-quote", "Yahoo's v7 quote of some tickers", parse_yahoo_quote},
    {"yahoo-summary", "Yahoo's v10 quoteSummary", parse_yahoo_summary},
    {"feed", "news, filings or halts as RSS or Atom", parse_feed},
    {"filing", "a document of EDGAR, of a filing or a filer", parse_filing},
    {"symbols", "Nasdaq's directory or EDGAR's list of filers", parse_symbols},
    {NULL, NULL, NULL},
};

bool
parse_is_json(const struct document *d)
{
    size_t n = d->len;
    const char *s = str_behind_bom(d->body, &n);

    while (n > 0 && isspace((unsigned char)*s))
        s++, n--;
    return n > 0 && *s == '{';
}

static const struct parse_kind *
kind_find(const char *name)
{
    for (const struct parse_kind *k = parse_kinds; k->name != NULL; k++)
        if (str_eq(k->name, name))
            return k;
    return NULL;
}

static int
fail_kind(const struct cli *cli, const char *name)
{
    char list[512] = "";
    size_t len = 0;

    for (const struct parse_kind *k = parse_kinds; k->name != NULL;
         k++, len = strlen(list))
        str_fmt(list + len, sizeof list - len, "%s%s", len > 0 ? ", " : "", k->name);
    return cli_fail(cli, CLI_USAGE, "no kind \"%s\"; want one of %s", name, list);
}

/* "-" is stdin.  0 or ERR_*, errno then says more on ERR_IO. */
static int
read_file(const char *path, struct buf *out)
{
    FILE *file = str_eq(path, "-") ? stdin : fopen(path, "rb");
    char piece[64 * 1024];
    size_t n;
    int rc = 0;

    if (file == NULL)
        return ERR_IO;
    while (rc == 0 && (n = fread(piece, 1, sizeof piece, file)) > 0)
        rc = buf_add(out, piece, n);
    if (rc == 0 && ferror(file))
        rc = ERR_IO;
    if (file != stdin)
        (void)fclose(file); /* best effort: it was only read */
    return rc;
}

/* The reason may hold words of the document, and is one line all the same. */
static void
make_one_line(char *text)
{
    for (; *text != '\0'; text++)
        if (iscntrl((unsigned char)*text))
            *text = ' ';
}

static int
print_document(const struct cli *cli, const struct parse_kind *kind,
               const struct document *d)
{
    struct why why = {""};
    struct buf out;
    struct jsonw w;
    int rc, printed;

    buf_init(&out, CLI_OUT_MAX);
    jsonw_init(&w, &out);
    jw_object(&w, NULL);
    jw_int(&w, "bytes", (int64_t)d->len);
    rc = kind->read(d, &w, &why);
    jw_end(&w);
    buf_addc(&out, '\n');
    printed = cli_print(&out);
    buf_free(&out);
    make_one_line(why.text);
    if (rc != 0)
        return cli_fail(cli, CLI_NO, "%s: %s", err_str(rc),
                        why.text[0] != '\0' ? why.text : "no reason given");
    return printed;
}

static int
status_of(const struct cli *cli, int *out)
{
    int64_t status = 200;

    if (cli->n_words > 2 && (str_i64(cli->words[2], &status) != 0 ||
                             status < STATUS_LEAST || status > STATUS_MOST))
        return cli_fail(cli, CLI_USAGE, "%s is no HTTP status", cli->words[2]);
    *out = (int)status;
    return 0;
}

int
parse_run(struct cli *cli)
{
    const struct parse_kind *kind = kind_find(cli->words[0]);
    struct document d = {.content_type = "", .url = ""};
    struct buf body;
    int rc;

    if (kind == NULL)
        return fail_kind(cli, cli->words[0]);
    if ((rc = status_of(cli, &d.status)) != 0)
        return rc;
    buf_init(&body, FILE_MAX);
    if ((rc = read_file(cli->words[1], &body)) != 0) {
        rc = cli_fail(cli, CLI_NO, "%s: %s", cli->words[1],
                      rc == ERR_IO ? strerror(errno) : err_str(rc));
    } else {
        d.body = buf_str(&body);
        d.len = body.len;
        d.content_type = cli->n_words > 3 ? cli->words[3] : "";
        d.now_ms = clock_wall_ms(&cli->clock);
        rc = print_document(cli, kind, &d);
    }
    buf_free(&body);
    return rc;
}
