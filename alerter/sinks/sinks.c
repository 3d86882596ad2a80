#include "alerter/sinks/sinks.h"

#include "base/str.h"

static const struct sink_row *const rows[] = {
    &sink_console,
    &sink_jsonl,
    &sink_discord,
};

const struct sink_row *
sink_row_find(const char *kind)
{
    for (size_t i = 0; i < STR_LEN(rows); i++)
        if (str_eq(rows[i]->kind, kind))
            return rows[i];
    return NULL;
}
