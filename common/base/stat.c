#include "base/stat.h"

void
stat_write(struct jsonw *w, const struct stat_row *rows, const int64_t *values,
           size_t n)
{
    jw_array(w, "metrics");
    for (size_t i = 0; i < n; i++) {
        jw_object(w, NULL);
        jw_str(w, "name", rows[i].name);
        jw_str(w, "kind", rows[i].kind == STAT_COUNTER ? "counter" : "gauge");
        jw_str(w, "help", rows[i].help);
        jw_int(w, "value", values[i]);
        jw_end(w);
    }
    jw_end(w);
}

void
stat_queue(struct jsonw *w, const char *name, int64_t depth, int64_t oldest_ms,
           double rate_per_s)
{
    jw_object(w, NULL);
    jw_str(w, "name", name);
    jw_int(w, "depth", depth);
    jw_num(w, "oldest_s", (double)oldest_ms / 1000);
    jw_num(w, "rate_per_s", rate_per_s);
    jw_end(w);
}
