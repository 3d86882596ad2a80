#include "enricher/sources/source.h"

#include "base/str.h"

#include <math.h>

const struct fact_row fact_rows[FACT_COUNT] = {
    [FACT_FLOAT_SHARES] = {"float_shares", "shares", 1e3, 1e11},
    [FACT_SHARES_OUTSTANDING] = {"shares_outstanding", "shares", 1e3, 1e12},
    [FACT_SHORT_FLOAT] = {"short_float", "percent", 0, 1000},
    [FACT_AVG_VOLUME] = {"avg_volume", "shares", 0, 1e11},
    [FACT_DAY_VOLUME] = {"day_volume", "shares", 0, 1e11},
    [FACT_LAST_PRICE] = {"last_price", "USD", 1e-6, 1e7},
    [FACT_PREV_CLOSE] = {"prev_close", "USD", 1e-6, 1e7},
    [FACT_SESSION_VWAP] = {"session_vwap", "USD", 1e-6, 1e7},
    [FACT_FILING_TEXT] = {"filing_text", "bytes", 1, 64 << 10},
};

int
fact_find(const char *name)
{
    for (int i = 0; i < FACT_COUNT; i++)
        if (str_eq(fact_rows[i].name, name))
            return i;
    return -1;
}

static int
put(struct facts *f, const struct fact *fact)
{
    if (f->n >= FACTS_MAX)
        return ERR_TOO_BIG;
    f->list[f->n++] = *fact;
    return 0;
}

void
facts_clear(struct facts *f)
{
    free(f->text);
    f->text = NULL;
    f->n = 0;
    f->cookie[0] = f->crumb[0] = '\0';
}

int
facts_add(struct facts *f, const char *ticker, enum fact_id id, double value,
          int64_t as_of_ms)
{
    struct fact fact = {
        .id = id, .status = FACT_OK, .value = value, .as_of_ms = as_of_ms};

    if (!isfinite(value))
        return facts_none(f, ticker, id, "not a number");
    if (value < fact_rows[id].least || value > fact_rows[id].most) {
        char why[sizeof fact.why];

        str_fmt(why, sizeof why, "implausible: %g %s", value, fact_rows[id].unit);
        return facts_none(f, ticker, id, why);
    }
    str_copy(fact.ticker, sizeof fact.ticker, ticker);
    return put(f, &fact);
}

int
facts_none(struct facts *f, const char *ticker, enum fact_id id, const char *why)
{
    struct fact fact = {.id = id, .status = FACT_EMPTY};

    str_copy(fact.ticker, sizeof fact.ticker, ticker);
    str_copy(fact.why, sizeof fact.why, why);
    return put(f, &fact);
}

int
facts_none_all(struct facts *f, const char *ticker, fact_set set, const char *why)
{
    int rc = 0;

    for (int id = 0; id < FACT_COUNT && rc == 0; id++)
        if (set & FACT(id))
            rc = facts_none(f, ticker, (enum fact_id)id, why);
    return rc;
}

int
source_index(const char *name)
{
    for (size_t i = 0; i < n_sources; i++)
        if (str_eq(sources[i]->name, name))
            return (int)i;
    return -1;
}

const struct source *
source_find(const char *name)
{
    int i = source_index(name);

    return i < 0 ? NULL : sources[i];
}
