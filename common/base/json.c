#include "base/json.h"

#include "base/str.h"

#include <jansson.h>
#include <math.h>

/* The library has macros of these names; ours are functions. */
#undef json_is_object
#undef json_is_array
#undef json_is_string
#undef json_is_number
#undef json_is_null

enum { JSON_DEPTH = 64 };

/* A struct json is a json_t by another name; reading never changes one. */
static json_t *
in(const struct json *j)
{
    return (json_t *)(uintptr_t)j;
}

static const struct json *
out(json_t *node)
{
    return node == NULL || json_typeof(node) == JSON_NULL ? NULL : (struct json *)node;
}

static bool
is_type(const struct json *j, json_type type)
{
    return j != NULL && json_typeof(in(j)) == type;
}

/* The library recurses to a fixed depth of 2048: ours is lower.  Counts brackets
 * outside strings, so it needs no valid text. */
static bool
is_too_deep(const char *text, size_t n)
{
    size_t depth = 0;
    bool quoted = false;

    for (size_t i = 0; i < n; i++) {
        char c = text[i];

        if (quoted && c == '\\')
            i++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == '{' || c == '[') && ++depth > JSON_DEPTH)
            return true;
        else if (!quoted && (c == '}' || c == ']') && depth > 0)
            depth--;
    }
    return false;
}

struct json *
json_parse(const char *text, size_t n, struct why *why)
{
    json_error_t error;
    json_t *root;

    text = str_behind_bom(text, &n);
    if (is_too_deep(text, n)) {
        (void)why_set(why, ERR_TOO_BIG, "nested deeper than %d", JSON_DEPTH);
        return NULL;
    }
    root = json_loadb(text, n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (root == NULL)
        (void)why_set(why, ERR_SYNTAX, "line %d column %d: %s", error.line,
                      error.column, error.text);
    return (struct json *)root;
}

void
json_free(struct json **root)
{
    json_decref((json_t *)*root);
    *root = NULL;
}

static json_t *
step(json_t *node, const char *name, size_t n)
{
    size_t i = 0;

    if (json_typeof(node) == JSON_OBJECT)
        return json_object_getn(node, name, n);
    if (json_typeof(node) != JSON_ARRAY || n == 0 || n > 9)
        return NULL;
    for (size_t k = 0; k < n; k++) {
        if (name[k] < '0' || name[k] > '9')
            return NULL;
        i = i * 10 + (size_t)(name[k] - '0');
    }
    return json_array_get(node, i);
}

const struct json *
json_get(const struct json *j, const char *path)
{
    json_t *node = in(j);

    while (node != NULL) {
        size_t n = strcspn(path, ".");

        node = step(node, path, n);
        if (path[n] == '\0')
            return out(node);
        path += n + 1;
    }
    return NULL;
}

const struct json *
json_member(const struct json *j, const char *key)
{
    return out(json_object_get(in(j), key));
}

bool
json_has(const struct json *object, const char *key)
{
    return json_object_get(in(object), key) != NULL;
}

size_t
json_len(const struct json *j)
{
    return is_type(j, JSON_ARRAY) ? json_array_size(in(j)) : json_object_size(in(j));
}

const struct json *
json_at(const struct json *array, size_t i)
{
    return out(json_array_get(in(array), i));
}

bool
json_each(const struct json *object, void **cursor, const char **key,
          const struct json **value)
{
    *cursor = *cursor == NULL ? json_object_iter(in(object))
                              : json_object_iter_next(in(object), *cursor);
    if (*cursor == NULL)
        return false;
    *key = json_object_iter_key(*cursor);
    *value = (const struct json *)json_object_iter_value(*cursor);
    return true;
}

bool
json_is_object(const struct json *j)
{
    return is_type(j, JSON_OBJECT);
}

bool
json_is_array(const struct json *j)
{
    return is_type(j, JSON_ARRAY);
}

bool
json_is_string(const struct json *j)
{
    return is_type(j, JSON_STRING);
}

bool
json_is_number(const struct json *j)
{
    return is_type(j, JSON_INTEGER) || is_type(j, JSON_REAL);
}

bool
json_is_bool(const struct json *j)
{
    return is_type(j, JSON_TRUE) || is_type(j, JSON_FALSE);
}

bool
json_is_null(const struct json *j)
{
    return j == NULL || is_type(j, JSON_NULL);
}

const char *
json_text(const struct json *j, const char *fallback)
{
    return json_is_string(j) ? json_string_value(in(j)) : fallback;
}

int64_t
json_i64(const struct json *j, int64_t fallback)
{
    double d;

    if (is_type(j, JSON_INTEGER))
        return json_integer_value(in(j));
    if (!is_type(j, JSON_REAL))
        return fallback;
    d = trunc(json_real_value(in(j)));
    return d >= -9223372036854775808.0 && d < 9223372036854775808.0 ? (int64_t)d
                                                                    : fallback;
}

double
json_f64(const struct json *j, double fallback)
{
    return json_is_number(j) ? json_number_value(in(j)) : fallback;
}

bool
json_bool(const struct json *j, bool fallback)
{
    return json_is_bool(j) ? is_type(j, JSON_TRUE) : fallback;
}
