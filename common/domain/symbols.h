/* symbols - which symbols are listed in the United States, and what they are
 *
 * Loaded from the Nasdaq symbol directory and EDGAR's company_tickers.json when they
 * are there, else a small built-in set.  Lookup takes any usual spelling (BRK.B,
 * BRK-B, brk/b).
 */
#ifndef CATALYST_DOMAIN_SYMBOLS_H
#define CATALYST_DOMAIN_SYMBOLS_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum security {
    SECURITY_UNKNOWN,
    SECURITY_COMMON,
    SECURITY_ADR,
    SECURITY_PREFERRED,
    SECURITY_WARRANT,
    SECURITY_RIGHT,
    SECURITY_UNIT,
    SECURITY_ETF,
    SECURITY_FUND,
    SECURITY_NOTE /* a bond that trades like a share */
};

enum { SYMBOL_SIZE = 16, SYMBOLS_FILES = 3 };

struct symbol {
    char symbol[SYMBOL_SIZE]; /* canonical: upper case, classes by a dot */
    char name[96];
    char exchange[12]; /* NASDAQ, NYSE, AMEX, ARCA, CBOE, IEX; "" unknown */
    enum security type;
    int64_t cik; /* 0 unknown */
};

struct symbols;

/* What became of one file of the directory. */
struct symbols_part {
    const char *name;   /* "nasdaqlisted.txt" */
    size_t rows;        /* symbols it gave; 0: not in force */
    int64_t written_ms; /* when the file was last found to be right, wall clock */
    char why[160];      /* why a file that is there is not in force, else "" */
};

/* The built-in set, and the files in dir: nasdaqlisted.txt, otherlisted.txt and
 * company_tickers.json ("" or NULL: none; a missing file is not an error, a bad one is
 * skipped with why and the built-in set stays).  A symbol that only EDGAR names is
 * found with exchange "": EDGAR does not say whether it is listed.  Once both files of
 * the exchanges are there, what only the built-in set lists is listed no more.
 * 0 or ERR_NOMEM; about 3 MB with all files. */
int symbols_new(struct symbols **out, const char *dir, struct why *why);
void symbols_free(struct symbols **s);

size_t symbols_len(const struct symbols *s);

/* "directory" when both files of the exchanges are in force, "mixed" when only one is,
 * else "built-in". */
const char *symbols_set(const struct symbols *s);

/* The files, in the order of their weight. */
const struct symbols_part *symbols_parts(const struct symbols *s);

/* NULL when not listed: "unknown", not "OTC".  ABC.PRA is also looked for as ABC.PA. */
const struct symbol *symbols_find(const struct symbols *s, const char *symbol);

/* The primary symbol of a CIK: the first of <= 4 letters without a class, else the
 * first in file order; NULL when the filer has none. */
const struct symbol *symbols_of_cik(const struct symbols *s, int64_t cik);

/* The primary symbol of the company with whose name the text begins (names.h); NULL
 * when there is none, or none that an exchange lists once the exchanges' files are
 * there. */
const struct symbol *symbols_named(const struct symbols *s, const char *text);

/* Canonical spelling of a symbol into out[SYMBOL_SIZE]: upper case, one dot for the
 * class: BRK-B, brk/b and "BRK B" are BRK.B; warrants are .WS, units .U, rights .RT,
 * preferreds .P and their letter (ABC$A, ABCpA and ABC-PA are ABC.PA), or .PR and it.
 * false (and out "") when it cannot be a symbol (empty, too long, bad characters). */
bool symbol_canonical(const char *s, char *out);

/* Bytes of the symbol of a warrant, right, unit or preferred that the text begins with:
 * "ABC.WS", "ABC-WT", "ABC/UN", "ABC PR A"; 0 when it is none by its class. */
size_t symbol_paper(const char *s);

const char *security_name(enum security t);

#endif
