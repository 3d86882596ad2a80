#include "base/str.h"
#include "tests/conform/conform.h"

/* In the order in which an item meets them. */
const struct area areas[] = {
    {"html_clean", conform_html_clean, NULL},
    {"timestamp", conform_timestamp, NULL},
    {"canonical_link", conform_canonical_link, NULL},
    {"market_hours", conform_market_hours, "warmup features"},
    {"float.parse_number", conform_parse_number, NULL},
    {"fundamental.parse_number", conform_parse_number, NULL},
    {"float.validate", conform_float_validate, NULL},
    {"float.classify", conform_float_classify, NULL},
    {"vwap.calculate", conform_vwap_calculate, NULL},
    {"vwap.bands", conform_vwap_bands, NULL},
    {"rvol.bands", conform_rvol_bands, NULL},
    {"rvol.hours_open", conform_hours_open, NULL},
    {"rvol.intraday", conform_rvol_intraday, NULL},
    {"discord_retry", conform_discord_retry, NULL},
    {"discord_rate_headers", conform_discord_headers, NULL},
    {"discord_spacing", conform_discord_spacing, NULL},
};

const size_t n_areas = sizeof areas / sizeof areas[0];

static const struct deviation deviations[] = {
    {"canonical_link", "feeds#8", "\"\""},
    {"canonical_link", "alert_guard#8", "null"},
};

const struct area *
area_find(const char *name)
{
    for (size_t i = 0; i < n_areas; i++)
        if (str_eq(areas[i].name, name))
            return &areas[i];
    return NULL;
}

const struct deviation *
deviation_find(const char *area, const char *name)
{
    for (size_t i = 0; i < STR_LEN(deviations); i++)
        if (str_eq(deviations[i].area, area) && str_eq(deviations[i].name, name))
            return &deviations[i];
    return NULL;
}
