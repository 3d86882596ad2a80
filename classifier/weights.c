#include "classifier/weights.h"

#include "base/hash.h"
#include "base/str.h"

#include <errno.h>
#include <stdio.h>

enum { KEY_SIZE = 64, LINE_SIZE = 256, CANON_SIZE = 8192 };

/* A category moves a score by its weight; beyond this range it would be the score. */
static const double CATEGORY_MOST = 5.0;

/* What signals.c declares for the row of that name. */
static const double REGIME_LEAST = 0.5, REGIME_MOST = 1.5;

struct weight_row {
    const char *key;
    double value, least, most;
    const char *help;
};

#define ROW(id) [(id)-WEIGHT_SENTIMENT]

static const struct weight_row others[WEIGHT_COUNT - WEIGHT_SENTIMENT] = {
    ROW(WEIGHT_SENTIMENT) = {"sentiment", 1.0, 0.0, 3.0,
                             "times the sentiment (-1 to 1), added to the score"},
    ROW(WEIGHT_STRONG_BEAT) = {"earnings.strong_beat", 2.0, -5.0, 5.0,
                               "figures far better than their estimates"},
    ROW(WEIGHT_BEAT) = {"earnings.beat", 1.0, -5.0, 5.0, "figures that are better"},
    ROW(WEIGHT_MISS) = {"earnings.miss", -0.5, -5.0, 5.0,
                        "figures of which one is much worse"},
    ROW(WEIGHT_STRONG_MISS) = {"earnings.strong_miss", -1.5, -5.0, 5.0,
                               "figures that are worse"},
    ROW(WEIGHT_DILUTION) =
        {"dilution", 1.0, 0.0, 3.0,
         "times -0.05 to -0.5 by new shares in percent of the float"},
    ROW(WEIGHT_DIVERGENCE) = {"divergence", 1.0, 0.0, 3.0,
                              "times -0.15 to 0.15 by price and volume together"},
    ROW(WEIGHT_SHORT_INTEREST) = {"short_interest", 1.0, 0.0, 3.0,
                                  "times 0 to 0.7 by short interest and good news"},
    ROW(WEIGHT_FUNDAMENTAL) =
        {"fundamental", 0.0, 0.0, 3.0,
         "times -0.1 to 1 by float and short interest; 0: both count already"},
    ROW(WEIGHT_EXTENDED_HOURS) = {"extended_hours", 0.4, 0.0, 3.0,
                                  "times -0.9 to 0.9 by the move outside the session"},
    ROW(WEIGHT_INSIDER) = {"insider", 0.3, 0.0, 3.0,
                           "times -0.4 to 1 by what insiders trade"},
    ROW(WEIGHT_LANGUAGE_MODEL) =
        {"language_model", 0.3, 0.0, 1.0,
         "how far a language model's opinion pulls the sentiment to itself"},
    ROW(WEIGHT_TIER_1) = {"source.tier1", 1.5, 0.1, 2.0,
                          "times the categories: regulators, premium news"},
    ROW(WEIGHT_TIER_2) = {"source.tier2", 1.0, 0.1, 2.0,
                          "the same: press wires, financial news"},
    ROW(WEIGHT_TIER_3) = {"source.tier3", 0.5, 0.1, 2.0, "the same: everything else"},
    ROW(WEIGHT_STRONG_NEGATIVE) =
        {"strong_negative", -0.3, -1.0, 0.0,
         "a sentiment below this is strongly negative and alerts whatever the score"},
};

static struct weight_row
category_row(int i, char key[KEY_SIZE])
{
    (void)str_fmt(key, KEY_SIZE, "category.%s", keyword_rows[i].name);
    return (struct weight_row){key, keyword_rows[i].weight, -CATEGORY_MOST,
                               CATEGORY_MOST, ""};
}

static struct weight_row
catalyst_row(int i, char key[KEY_SIZE])
{
    (void)str_fmt(key, KEY_SIZE, "filing.%s", catalyst_rows[i].name);
    return (struct weight_row){key, catalyst_rows[i].weight, -CATEGORY_MOST,
                               CATEGORY_MOST, catalyst_rows[i].help};
}

static struct weight_row
regime_row(int i, char key[KEY_SIZE])
{
    static const char *const names[REGIMES] = {"bull", "neutral", "high_volatility",
                                               "bear", "crash"};

    (void)str_fmt(key, KEY_SIZE, "regime.%s", names[i]);
    return (struct weight_row){key, regime_rows[i].multiplier, REGIME_LEAST,
                               REGIME_MOST, ""};
}

static struct weight_row
row_of(int id, char key[KEY_SIZE])
{
    if (id < WEIGHT_FILING)
        return category_row(id, key);
    if (id < WEIGHT_REGIME)
        return catalyst_row(id - WEIGHT_FILING, key);
    if (id < WEIGHT_SENTIMENT)
        return regime_row(id - WEIGHT_REGIME, key);
    return others[id - WEIGHT_SENTIMENT];
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

/* ---- the file ------------------------------------------------------------- */

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
