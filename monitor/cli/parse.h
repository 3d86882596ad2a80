/* parse - what a captured document says, one row a kind
 *
 * `catalyst parse KIND FILE` gives the parsers of ingest and of the sources a file in
 * the place of an answer.  Adding a kind: a function here, one row in parse.c.
 */
#ifndef CATALYST_CLI_PARSE_H
#define CATALYST_CLI_PARSE_H

#include "base/jsonw.h"
#include "enricher/sources/source.h"

/* Reads the document and writes members into the object that is open in w.  0 when the
 * document is good; else ERR_* with why, and whatever it says all the same (the code
 * of an error) as members. */
typedef int parse_fn(const struct document *d, struct jsonw *w, struct why *why);

struct parse_kind {
    const char *name; /* "yahoo-chart" */
    const char *help; /* what the document is, some words */
    parse_fn *read;
};

extern const struct parse_kind parse_kinds[]; /* ends with a NULL name */

/* Is the body JSON, by its first sign? */
bool parse_is_json(const struct document *d);

/* ---- the kinds ----------------------------------------------------------------- */

parse_fn parse_finviz_quote; /* parse_finviz.c */
parse_fn parse_finviz_screener;
parse_fn parse_yahoo_chart; /* parse_yahoo.c */
parse_fn parse_yahoo_quote;
parse_fn parse_yahoo_summary;
parse_fn parse_feed;    /* parse_feed.c */
parse_fn parse_filing;  /* parse_filing.c */
parse_fn parse_symbols; /* parse_symbols.c */

#endif
