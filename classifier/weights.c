#include "classifier/weights.h"

#include "base/hash.h"
#include "base/str.h"

#include <errno.h>
#include <stdio.h>

enum { KEY_SIZE = 64, LINE_SIZE = 256, CANON_SIZE = 4096 };

/* A category moves a score by its weight; beyond this range it would be the score. */
static const double CATEGORY_MOST = 5.0;

static const struct weight_row {
    const char *key;
    double value, least, most;
    const char *help;
} others[] = {
    [WEIGHT_SENTIMENT -
     KEYWORD_COUNT] = {"sentiment", 1.0, 0.0, 3.0,
                       "times the sentiment (-1 to 1), added to the score"},
    [WEIGHT_TIER_1 -
        KEYWORD_COUNT] = {"source.tier1", 1.5, 0.1, 2.0,
                          "times the categories: regulators, premium news"},
    [WEIGHT_TIER_2 - KEYWORD_COUNT] = {"source.tier2", 1.0, 0.1, 2.0,
                                       "the same: press wires, financial news"},
    [WEIGHT_TIER_3 -
        KEYWORD_COUNT] = {"source.tier3", 0.5, 0.1, 2.0, "the same: everything else"},
    [WEIGHT_STRONG_NEGATIVE - KEYWORD_COUNT] =
        {"strong_negative", -0.3, -1.0, 0.0,
         "a sentiment below this is strongly negative and alerts whatever the score"},
};

static struct weight_row
row_of(int id, char key[KEY_SIZE])
{
    if (id >= KEYWORD_COUNT)
        return others[id - KEYWORD_COUNT];
    (void)str_fmt(key, KEY_SIZE, "category.%s", keyword_rows[id].name);
    return (struct weight_row){key, keyword_rows[id].weight, -CATEGORY_MOST,
                               CATEGORY_MOST, ""};
}

static int
find(const char *key)
{
    char name[KEY_SIZE];

    for (int i = 0; i < WEIGHT_COUNT; i++) {
        if (str_eq(row_of(i, name).key, key))
            return i;
    }
    return -1;
}

void
weights_seal(struct weights *w)
{
    char canon[CANON_SIZE] = "", key[KEY_SIZE];
    size_t used = 0;

    for (int i = 0; i < WEIGHT_COUNT; i++) {
        (void)str_fmt(canon + used, sizeof canon - used, "%s=%.17g\n",
                      row_of(i, key).key, w->value[i]);
        used += strlen(canon + used);
    }
    hash128_hex(canon, used, w->hash);
}

void
weights_default(struct weights *w)
{
    char key[KEY_SIZE];

    for (int i = 0; i < WEIGHT_COUNT; i++)
        w->value[i] = row_of(i, key).value;
    weights_seal(w);
}

int
weights_set(struct weights *w, const char *key, const char *value, struct why *why)
{
    char name[KEY_SIZE];
    struct weight_row row;
    double v;
    int id = find(key);

    if (id < 0)
        return why_set(why, ERR_NOT_FOUND, "%.60s: no such weight", key);
    row = row_of(id, name);
    if (str_f64(value, &v) != 0)
        return why_set(why, ERR_SYNTAX, "%s = \"%.40s\": not a number", row.key, value);
    if (v < row.least || v > row.most)
        return why_set(why, ERR_RANGE, "%s = %s: out of range; want %g..%g", row.key,
                       value, row.least, row.most);
    w->value[id] = v;
    return 0;
}

/* ---- the file ---------------------------------------------------------------- */

static int
parse_line(struct weights *w, char *line, bool seen[WEIGHT_COUNT], struct why *why)
{
    char *key = str_trim(line), *equals = strchr(key, '=');
    int id;

    if (*key == '\0' || *key == '#')
        return 0;
    if (equals == NULL)
        return why_set(why, ERR_SYNTAX, "\"%.60s\": want key = value", key);
    *equals = '\0';
    key = str_trim(key);
    id = find(key);
    if (id >= 0 && seen[id])
        return why_set(why, ERR_EXISTS, "%s: given twice", key);
    if (id >= 0)
        seen[id] = true;
    return weights_set(w, key, str_trim(equals + 1), why);
}

int
weights_parse(const char *text, size_t n, struct weights *out, struct why *why)
{
    struct weights w;
    bool seen[WEIGHT_COUNT] = {false};
    const char *end = text + n, *p = text;

    weights_default(&w);
    for (int number = 1; p < end; number++) {
        const char *stop = memchr(p, '\n', (size_t)(end - p));
        struct why inner = {""};
        char line[LINE_SIZE];
        int rc;

        if (stop == NULL)
            stop = end;
        if (!str_copyn(line, sizeof line, p, (size_t)(stop - p)))
            return why_set(why, ERR_CONFIG, "line %d: too long", number);
        rc = parse_line(&w, line, seen, &inner);
        if (rc != 0)
            return why_set(why, ERR_CONFIG, "line %d: %s", number, inner.text);
        p = stop + 1;
    }
    weights_seal(&w);
    *out = w;
    return 0;
}

int
weights_load(const char *path, struct weights *out, struct why *why)
{
    char *text;
    FILE *f;
    size_t n;
    struct why inner = {""};
    int rc;

    if (str_empty(path)) {
        weights_default(out);
        return 0;
    }
    if ((f = fopen(path, "re")) == NULL)
        return why_set(why, ERR_IO, "%s: %s", path, strerror(errno));
    text = malloc(WEIGHTS_FILE_MAX + 1);
    n = text == NULL ? 0 : fread(text, 1, WEIGHTS_FILE_MAX + 1, f);
    if (text == NULL)
        rc = why_set(why, ERR_NOMEM, "%s: out of memory", path);
    else if (ferror(f))
        rc = why_set(why, ERR_IO, "%s: cannot be read", path);
    else if (n > WEIGHTS_FILE_MAX)
        rc = why_set(why, ERR_TOO_BIG, "%s: larger than %d bytes", path,
                     WEIGHTS_FILE_MAX);
    else if ((rc = weights_parse(text, n, out, &inner)) != 0)
        rc = why_set(why, rc, "%s: %s", path, inner.text);
    free(text);
    (void)fclose(f); /* was only read */
    return rc;
}

void
weights_print(const struct weights *w, struct buf *out)
{
    char key[KEY_SIZE];

    for (int i = 0; i < WEIGHT_COUNT; i++) {
        struct weight_row row = row_of(i, key);

        if (!str_empty(row.help))
            (void)buf_addf(out, "\n# %s\n", row.help); /* errors stay in the buffer */
        (void)buf_addf(out, "%s = %g\n", row.key, w->value[i]);
    }
}
