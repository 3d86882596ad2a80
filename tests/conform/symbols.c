#include "domain/symbols.h"
#include "base/str.h"
#include "ingest/gate.h"
#include "tests/conform/conform.h"

#include <unistd.h>

/* EDGAR's list as it was captured. */
static const char captured[] = "../shared/corpus/symbols";

enum { SYMBOL_TEXT = 64, LIST_BYTES = 4096 };

static struct symbols *
open_symbols(const char *dir)
{
    struct symbols *symbols;
    struct why why;

    return symbols_new(&symbols, dir, &why) == 0 ? symbols : NULL;
}

static struct symbols *
open_captured(void)
{
    return access(captured, R_OK) == 0 ? open_symbols(captured) : NULL;
}

static const char *
text_of(const struct json *input, const char *key, char out[SYMBOL_TEXT])
{
    (void)str_copy(out, SYMBOL_TEXT, json_text(json_member(input, key), ""));
    return str_trim(out);
}

void
conform_ticker_listed(const struct json *input, struct jsonw *out)
{
    struct symbols *symbols = open_symbols(NULL);
    char text[SYMBOL_TEXT];

    jw_bool(out, NULL, symbols_find(symbols, text_of(input, "symbol", text)) != NULL);
    symbols_free(&symbols);
}

/* Not in the directory, so not taken without its exchange. */
void
conform_unlisted(const struct json *input, struct jsonw *out)
{
    struct symbols *symbols = open_captured();
    char text[SYMBOL_TEXT];
    const char *symbol = text_of(input, "symbol", text);

    if (symbols == NULL)
        return;
    jw_bool(out, NULL, *symbol != '\0' && symbols_find(symbols, symbol) == NULL);
    symbols_free(&symbols);
}

/* What we take is what is listed, in our spelling. */
void
conform_valid_ticker(const struct json *input, struct jsonw *out)
{
    struct symbols *symbols = open_captured();
    const struct symbol *found;
    char text[SYMBOL_TEXT];

    if (symbols == NULL)
        return;
    found = symbols_find(symbols, text_of(input, "raw", text));
    jw_str(out, NULL, found != NULL ? found->symbol : NULL);
    symbols_free(&symbols);
}

/* By the ending alone: no directory knows these.  What cannot be a symbol never becomes
 * a candidate either. */
void
conform_instrument(const struct json *input, struct jsonw *out)
{
    struct ticker ticker = {.listing = LISTING_US};
    struct gate_view view = {.item = &(struct item){.kind = ITEM_NEWS},
                             .ticker = &ticker};
    struct gate_hit hit;
    char text[SYMBOL_TEXT];
    const char *symbol = text_of(input, "symbol", text);

    jw_bool(out, NULL,
            *symbol != '\0' &&
                (!symbol_canonical(symbol, ticker.symbol) ||
                 (gate_candidate(&view, &hit) && str_eq(hit.reason, "instrument"))));
}

/* A foreign share that no exchange here lists, by its ending alone. */
void
conform_foreign(const struct json *input, struct jsonw *out)
{
    struct ticker ticker = {.listing = LISTING_US};
    struct gate_view view = {.item = &(struct item){.kind = ITEM_NEWS},
                             .ticker = &ticker};
    struct gate_hit hit = {.reason = ""};
    char text[SYMBOL_TEXT];

    (void)symbol_canonical(text_of(input, "symbol", text), ticker.symbol);
    jw_bool(out, NULL,
            gate_candidate(&view, &hit) && str_eq(hit.reason, "otc_foreign"));
}

static void
write_primary(const struct symbols *symbols, const struct json *input,
              struct jsonw *out)
{
    const char *cik = json_text(json_member(input, "cik"), "0");
    const struct symbol *found = symbols_of_cik(symbols, strtoll(cik, NULL, 10));

    jw_str(out, NULL, found != NULL ? found->symbol : NULL);
}

void
conform_cik_real(const struct json *input, struct jsonw *out)
{
    struct symbols *symbols = open_captured();

    if (symbols == NULL)
        return;
    write_primary(symbols, input, out);
    symbols_free(&symbols);
}

/* EDGAR's file with the one filer of the case. */
static void
write_filer(const struct json *input, struct buf *out)
{
    const struct json *list = json_member(input, "symbols_in_file_order");
    const char *cik = json_text(json_member(input, "cik"), "0");
    struct jsonw w;
    char key[16];

    jsonw_init(&w, out);
    jw_object(&w, NULL);
    for (size_t i = 0; i < json_len(list); i++) {
        (void)str_fmt(key, sizeof key, "%zu", i);
        jw_object(&w, key);
        jw_int(&w, "cik_str", strtoll(cik, NULL, 10));
        jw_str(&w, "ticker", json_text(json_at(list, i), ""));
        jw_str(&w, "title", json_text(json_member(input, "company"), ""));
        jw_end(&w);
    }
    jw_end(&w);
}

static struct symbols *
symbols_of_text(const struct buf *text)
{
    char dir[] = "/tmp/conform-XXXXXX", path[sizeof dir + 32];
    struct symbols *symbols = NULL;
    FILE *f = NULL;

    if (mkdtemp(dir) == NULL)
        return NULL;
    if (str_fmt(path, sizeof path, "%s/company_tickers.json", dir))
        f = fopen(path, "wbe");
    if (f != NULL) {
        size_t n = fwrite(text->data, 1, text->len, f);

        if (fclose(f) == 0 && n == text->len)
            symbols = open_symbols(dir);
        (void)unlink(path); /* was only for this case */
    }
    (void)rmdir(dir);
    return symbols;
}

void
conform_cik_primary(const struct json *input, struct jsonw *out)
{
    struct symbols *symbols;
    struct buf text;

    buf_init(&text, LIST_BYTES);
    write_filer(input, &text);
    symbols = symbols_of_text(&text);
    buf_free(&text);
    if (symbols == NULL) {
        jw_null(out, NULL);
        return;
    }
    write_primary(symbols, input, out);
    symbols_free(&symbols);
}
