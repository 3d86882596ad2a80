#include "base/clock.h"
#include "base/str.h"
#include "tests/conform/conform.h"

const char *
case_text(const struct json *j, char *out, size_t size)
{
    int64_t count = json_i64(json_member(j, "count"), 0);
    size_t used = 0;

    if (!json_is_object(j)) {
        (void)str_copy(out, size, json_text(j, ""));
        return out;
    }
    *out = '\0';
    for (int64_t i = 0; i < count && used + 1 < size; i++) {
        (void)str_copy(out + used, size - used,
                       json_text(json_member(j, "repeat"), ""));
        used += strlen(out + used);
    }
    (void)str_copy(out + used, size - used, json_text(json_member(j, "then"), ""));
    return out;
}

const char *
case_time(int64_t ms, char *out, size_t size)
{
    char *point;

    clock_iso(ms, out, size);
    if ((point = strchr(out, '.')) != NULL)
        (void)str_copy(point, sizeof "+00:00", "+00:00");
    return out;
}
