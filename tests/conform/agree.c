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

/* "score_min" and "score_max" of a case bound the "score" that we give. */
static bool
bound_holds(const char *key, const struct json *bound, const struct json *got)
{
    char name[64];
    const struct json *value;

    if (!str_copyn(name, sizeof name, key, strlen(key) - strlen("_min")) ||
        !json_is_number(value = json_member(got, name)))
        return false;
    if (str_ends(key, "_min"))
        return json_f64(value, NAN) >= json_f64(bound, NAN);
    return json_f64(value, NAN) <= json_f64(bound, NAN);
}

/* "contains" of a case is one element of a list that we give under any name. */
static bool
is_contained(const struct json *want, const struct json *got)
{
    const struct json *list;
    void *cursor = NULL;
    const char *key;

    while (json_each(got, &cursor, &key, &list))
        for (size_t i = 0; json_is_array(list) && i < json_len(list); i++)
            if (json_agrees(want, json_at(list, i), NULL))
                return true;
    return false;
}

static bool
member_agrees(const char *key, const struct json *want, const struct json *got,
              const char *not_compared)
{
    if (json_is_number(want) && (str_ends(key, "_min") || str_ends(key, "_max")) &&
        json_is_null(json_member(got, key)))
        return bound_holds(key, want, got);
    if (str_eq(key, "contains") && json_is_string(want))
        return is_contained(want, got);
    return json_agrees(want, json_member(got, key), not_compared);
}

static bool
objects_agree(const struct json *want, const struct json *got, const char *not_compared)
{
    const struct json *value;
    void *cursor = NULL;
    const char *key;

    while (json_each(want, &cursor, &key, &value))
        if (!is_listed(key, not_compared) &&
            !member_agrees(key, value, got, not_compared))
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
