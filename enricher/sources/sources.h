/* sources - the rows of sources[], one a file */
#ifndef CATALYST_SOURCES_SOURCES_H
#define CATALYST_SOURCES_SOURCES_H

#include "enricher/sources/source.h"

extern const struct source source_finviz_screener;
extern const struct source source_yahoo_chart;

#endif
