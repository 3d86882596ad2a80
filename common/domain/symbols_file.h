/* symbols_file - the files that say what is listed, and the built-in set
 *
 * Pure parsers, one a file.  Each row goes to `row`, which returns 0 to go on or an
 * error to stop with.  A row that cannot be read is skipped, a file that is not what
 * its name says is refused as a whole.
 */
#ifndef CATALYST_DOMAIN_SYMBOLS_FILE_H
#define CATALYST_DOMAIN_SYMBOLS_FILE_H

#include "domain/symbols.h"

enum {
    SYMBOLS_FILE_MAX = 8 << 20, /* bytes of one file */
    SYMBOLS_ROWS_MAX = 100000   /* of one file; more is ERR_TOO_BIG */
};

typedef int symbols_row_fn(void *self, const struct symbol *s);

/* 0; what row returned; ERR_CHANGED (not the known header: for example a web page),
 * ERR_MISSING (no footer: cut off), ERR_SYNTAX (JSON), ERR_TOO_BIG; all with why. */
typedef int symbols_parse_fn(const char *text, size_t n, symbols_row_fn *row,
                             void *self, struct why *why);

symbols_parse_fn symbols_parse_nasdaq; /* nasdaqlisted.txt */
symbols_parse_fn symbols_parse_other;  /* otherlisted.txt */
symbols_parse_fn
    symbols_parse_edgar; /* company_tickers.json, or a filer a line; in file order */

/* The files, the exchanges' own first. */
extern const struct symbols_kind {
    const char *name;
    symbols_parse_fn *parse;
    bool exchange; /* says what is listed; EDGAR's says only who files */
} symbols_kinds[SYMBOLS_FILES];

/* What kind of paper it is, from its canonical symbol and the directory's name of it.
 * `description` is the part of the name that describes the paper, or all of it. */
enum security security_of(const char *symbol, const char *description, bool etf);

extern const struct symbol symbols_builtin[];
extern const size_t n_symbols_builtin;

#endif
