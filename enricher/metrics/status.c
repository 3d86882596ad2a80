#include "enricher/metrics/metric.h"

const char *
status_name(enum status s)
{
    static const char *const names[] = {
        [STATUS_OK] = "ok",
        [STATUS_STALE] = "stale",
        [STATUS_EMPTY] = "empty",
        [STATUS_TIMEOUT] = "timeout",
        [STATUS_LIMITED] = "limited",
        [STATUS_ERROR] = "error",
        [STATUS_NO_ENRICHER] = "no_enricher",
    };

    return names[s];
}
