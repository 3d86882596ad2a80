#include "monitor/prom_name.h"

#include "base/str.h"

#include <stdbool.h>

/* Unit suffixes, and endings that Prometheus keeps for histograms. */
struct unit {
    const char *suffix;
    const char *better;
    double factor;
};

static const struct unit units[] = {
    {"_us", "_seconds", 1e-6},
    {"_ms", "_seconds", 1e-3},
    {"_s", "_seconds", 1},
    {"_min", "_seconds", 60},
    {"_kb", "_bytes", 1024},
    {"_mb", "_bytes", 1048576},
    {"_count", "", 1},
    {"_sum", "", 1},
    {"_bucket", "", 1},
    {"_counter", "", 1},
    {"_gauge", "", 1},
    {"_milliseconds", "_seconds", 1e-3},
    {"_microseconds", "_seconds", 1e-6},
};

static void
cut(char *name, const char *suffix)
{
    name[strlen(name) - strlen(suffix)] = '\0';
}

static double
base_unit(char *name, size_t size)
{
    for (size_t i = 0; i < STR_LEN(units); i++) {
        size_t n = strlen(name);

        if (!str_ends(name, units[i].suffix))
            continue;
        cut(name, units[i].suffix);
        n = strlen(name);
        str_copy(name + n, size - n, units[i].better);
        return units[i].factor;
    }
    return 1;
}

static bool
is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/* Lower case, one underscore for whatever a name may not hold, none at the end. */
static void
clean(char *name)
{
    char *to = name;

    str_lower(name);
    for (const char *from = name; *from != '\0'; from++) {
        char c = is_name_char(*from) ? *from : '_';

        if (c == '_' && to > name && to[-1] == '_')
            continue;
        *to++ = c;
    }
    while (to > name && to[-1] == '_')
        to--;
    *to = '\0';
}

double
prom_name(enum stat_kind kind, const char *name, char *out, size_t size)
{
    char plain[96];
    double factor;

    str_copy(plain, sizeof plain - 16, name); /* room for a longer unit */
    clean(plain);
    if (str_ends(plain, "_total"))
        cut(plain, "_total");
    factor = base_unit(plain, sizeof plain);
    if (str_ends(plain, "_total"))
        cut(plain, "_total");
    str_fmt(out, size, "catalyst_%s%s", plain[0] != '\0' ? plain : "unnamed",
            kind == STAT_COUNTER ? "_total" : "");
    return factor;
}
