#include "enricher/sources/sources.h"

const struct source *const sources[] = {
    &source_finviz_screener,
    &source_yahoo_chart,
};

const size_t n_sources = sizeof sources / sizeof sources[0];
