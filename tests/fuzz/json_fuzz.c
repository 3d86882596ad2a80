/* covers: common/base/json.c common/base/jsonw.c */
/* links: common */
#include "base/json.h"
#include "base/jsonw.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* Writes a node again, by way of everything that reads one. */
static void
rewrite(struct jsonw *w, const char *key, const struct json *j)
{
    void *cursor = NULL;
    const char *name;
    const struct json *value;

    if (json_is_object(j)) {
        jw_object(w, key);
        while (json_each(j, &cursor, &name, &value)) {
            rewrite(w, name, value);
            assert(json_is_null(value) || json_member(j, name) == value);
        }
        jw_end(w);
    } else if (json_is_array(j)) {
        jw_array(w, key);
        for (size_t i = 0; i < json_len(j); i++)
            rewrite(w, NULL, json_at(j, i));
        jw_end(w);
    } else if (json_is_string(j)) {
        jw_str(w, key, json_text(j, NULL));
    } else if (json_is_bool(j)) {
        jw_bool(w, key, json_bool(j, false));
    } else if (json_is_number(j) && (double)json_i64(j, 1) == json_f64(j, 0)) {
        jw_int(w, key, json_i64(j, 1));
    } else if (json_is_number(j)) {
        jw_num(w, key, json_f64(j, 0));
    } else {
        jw_null(w, key);
    }
}

/* What was read and written reads and writes the same again. */
static void
round_trip(const struct json *j)
{
    struct buf once, twice;
    struct jsonw w;
    struct why why = {""};
    struct json *again;

    buf_init(&once, 1 << 20);
    buf_init(&twice, 1 << 20);
    jsonw_init(&w, &once);
    rewrite(&w, NULL, j);
    if (once.err == 0) { /* else nested deeper than is ever written */
        again = json_parse(buf_str(&once), once.len, &why);
        assert(again != NULL);
        jsonw_init(&w, &twice);
        rewrite(&w, NULL, again);
        assert(strcmp(buf_str(&once), buf_str(&twice)) == 0);
        json_free(&again);
    }
    buf_free(&once);
    buf_free(&twice);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct why why = {""};
    struct json *j = json_parse((const char *)data, n, &why);

    if (j == NULL) {
        assert(why.text[0] != '\0');
        return 0;
    }
    (void)json_get(j, "chart.result.0.meta.symbol");
    (void)json_get(j, "a.0.b.00012.c");
    (void)json_get(j, "a.x0");
    round_trip(j);
    json_free(&j);
    return 0;
}
