#include "monitor/graft.h"

static void graft(struct jsonw *w, const char *key, const struct json *j, int depth);

static void
number(struct jsonw *w, const char *key, const struct json *j)
{
    double real = json_f64(j, 0);
    int64_t whole = json_i64(j, 0);

    if ((double)whole == real)
        jw_int(w, key, whole);
    else
        jw_num(w, key, real);
}

static void
children(struct jsonw *w, const struct json *j, int depth)
{
    void *cursor = NULL;
    const char *key;
    const struct json *value;

    if (json_is_array(j)) {
        for (size_t i = 0; i < json_len(j); i++)
            graft(w, NULL, json_at(j, i), depth);
        return;
    }
    while (json_each(j, &cursor, &key, &value))
        graft(w, key, value, depth);
}

static void
graft(struct jsonw *w, const char *key, const struct json *j, int depth)
{
    if (json_is_string(j)) {
        jw_str(w, key, json_text(j, ""));
    } else if (json_is_bool(j)) {
        jw_bool(w, key, json_bool(j, false));
    } else if (json_is_number(j)) {
        number(w, key, j);
    } else if (json_is_null(j) || depth >= GRAFT_DEPTH) {
        jw_null(w, key);
    } else {
        if (json_is_array(j))
            jw_array(w, key);
        else
            jw_object(w, key);
        children(w, j, depth + 1);
        jw_end(w);
    }
}

void
graft_json(struct jsonw *w, const char *key, const struct json *j)
{
    graft(w, key, j, 0);
}

void
graft_members(struct jsonw *w, const struct json *j)
{
    children(w, j, 0);
}
