#include "enricher/sources/sources.h"

/* A price on the chart is live, one on the screener a quarter of an hour old. */
const struct source *const sources[] = {
    &source_yahoo_chart,
    &source_finviz_screener,
};

const size_t n_sources = sizeof sources / sizeof sources[0];
