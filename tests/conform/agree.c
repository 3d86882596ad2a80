#include "base/str.h"
#include "tests/conform/conform.h"

#include <math.h>

static bool
numbers_agree(double want, double got)
{
    double scale = fabs(want) > 1 ? fabs(want) : 1;

    return fabs(want - got) <= 1e-6 * scale;
}

static bool
is_listed(const char *key, const char *names)
{
    const char *piece;
    size_t n;

    while (names != NULL && (piece = str_piece(&names, " ", &n)) != NULL)
        if (strlen(key) == n && memcmp(key, piece, n) == 0)
            return true;
    return false;
}

static bool
objects_agree(const struct json *want, const struct json *got, const char *not_compared)
{
    const struct json *value;
    void *cursor = NULL;
    const char *key;

    while (json_each(want, &cursor, &key, &value))
        if (!is_listed(key, not_compared) &&
            !json_agrees(value, json_member(got, key), not_compared))
            return false;
    return json_is_object(got);
}

static bool
arrays_agree(const struct json *want, const struct json *got, const char *not_compared)
{
    if (!json_is_array(got) || json_len(want) != json_len(got))
        return false;
    for (size_t i = 0; i < json_len(want); i++)
        if (!json_agrees(json_at(want, i), json_at(got, i), not_compared))
            return false;
    return true;
}

bool
json_agrees(const struct json *want, const struct json *got, const char *not_compared)
{
    if (json_is_null(want))
        return json_is_null(got);
    if (json_is_object(want))
        return objects_agree(want, got, not_compared);
    if (json_is_array(want))
        return arrays_agree(want, got, not_compared);
    if (json_is_string(want))
        return json_is_string(got) && str_eq(json_text(want, ""), json_text(got, ""));
    if (json_is_bool(want))
        return json_is_bool(got) && json_bool(want, false) == json_bool(got, false);
    return json_is_number(got) &&
           numbers_agree(json_f64(want, NAN), json_f64(got, NAN));
}
