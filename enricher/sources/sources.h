/* sources - the rows of sources[], one a file */
#ifndef CATALYST_SOURCES_SOURCES_H
#define CATALYST_SOURCES_SOURCES_H

#include "enricher/sources/source.h"

extern const struct source source_finviz_screener;
extern const struct source source_yahoo_chart;
extern const struct source source_finviz_quote;
extern const struct source source_yahoo_quote;
extern const struct source source_yahoo_summary;
extern const struct source source_yahoo_cookie;
extern const struct source source_yahoo_crumb;
extern const struct source source_edgar_filing;
extern const struct source source_tiingo_iex;

/* The first tickers of a screener page, whatever was asked and in whatever view, in its
 * order; their number, or -1 when it holds no such table. */
int finviz_screener_list(const char *body, size_t n, char tickers[][16], size_t most);

#endif
