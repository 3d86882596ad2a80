#include "enricher/sources/sources.h"

/* A price on the chart is live and comes with the minutes before it; for the rest a
 * page of many tickers is asked before a page of one. */
const struct source *const sources[] = {
    &source_yahoo_chart,  &source_yahoo_quote,   &source_finviz_screener,
    &source_finviz_quote, &source_yahoo_summary, &source_tiingo_iex,
    &source_yahoo_cookie, &source_yahoo_crumb,   &source_edgar_filing,
};

_Static_assert(sizeof sources / sizeof sources[0] <= SOURCES_MOST, "a row too many");

const size_t n_sources = sizeof sources / sizeof sources[0];
