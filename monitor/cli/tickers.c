/* catalyst tickers: which listings a headline names, and which it is about. */
#include "ingest/tickers.h"
#include "base/str.h"
#include "monitor/cli/cli.h"
#include "monitor/cli/table.h"
#include "wire/proc.h"

enum { TEXT_MAX = 64 * 1024 };

static bool
is_primary(const struct ticker *t, const struct ticker *const *primary, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (primary[i] == t)
            return true;
    return false;
}

static void
print_found(const struct tickers *found, const struct ticker *const *primary, size_t n,
            struct buf *out)
{
    static const char *const heads[] = {"ticker", "listing", "about it", NULL};
    struct table t;

    table_init(&t, heads);
    for (size_t i = 0; i < found->n; i++) {
        table_cell(&t, "%s", found->list[i].symbol);
        table_cell(&t, "%s", listing_name(found->list[i].listing));
        table_cell(&t, "%s", is_primary(&found->list[i], primary, n) ? "yes" : "-");
    }
    table_print(&t, out);
    table_free(&t);
}

static void
json_found(const struct tickers *found, const struct ticker *const *primary, size_t n,
           struct buf *out)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jw_object(&w, NULL);
    jw_array(&w, "primary");
    for (size_t i = 0; i < n; i++)
        jw_str(&w, NULL, primary[i]->symbol);
    jw_end(&w);
    jw_array(&w, "all");
    for (size_t i = 0; i < found->n; i++) {
        jw_object(&w, NULL);
        jw_str(&w, "ticker", found->list[i].symbol);
        jw_str(&w, "listing", listing_name(found->list[i].listing));
        jw_end(&w);
    }
    jw_end(&w);
    jw_end(&w);
    buf_addc(out, '\n');
}

static int
find(const struct cli *cli, const struct symbols *symbols, const char *text)
{
    struct tickers found = {.n = 0};
    const struct ticker *primary[TICKERS_PRIMARY];
    struct buf out;
    size_t n;
    int rc;

    tickers_title(&found, symbols, text);
    n = tickers_primary(&found, text, text, primary);
    buf_init(&out, CLI_OUT_MAX);
    if (cli->json)
        json_found(&found, primary, n, &out);
    else
        print_found(&found, primary, n, &out);
    rc = cli_print(&out);
    buf_free(&out);
    if (found.n == 0 && !cli->json)
        return cli_fail(cli, CLI_NO, "no listing found");
    return found.n == 0 ? CLI_NO : rc;
}

int
tickers_run(struct cli *cli)
{
    struct symbols *symbols = NULL;
    char dir[CONF_TEXT + 32];
    struct buf text;
    struct why why = {"the folder's name is too long"};
    int rc;

    buf_init(&text, TEXT_MAX);
    for (size_t i = 0; i < cli->n_words; i++) {
        buf_adds(&text, i > 0 ? " " : "");
        buf_adds(&text, cli->words[i]);
    }
    if (text.err != 0)
        rc = cli_fail(cli, CLI_USAGE, "the text is longer than %d bytes", TEXT_MAX);
    else if (!proc_symbols_path(&cli->conf, dir, sizeof dir) ||
             symbols_new(&symbols, dir, &why) != 0)
        rc = cli_fail(cli, CLI_USAGE, "%s", why.text);
    else
        rc = find(cli, symbols, buf_str(&text));
    symbols_free(&symbols);
    buf_free(&text);
    return rc;
}
