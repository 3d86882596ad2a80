#include "base/conf_reader.h"
#include "base/conf_value.h"
#include "base/str.h"

enum { ENV_NAME = 96 };

/* An override that was found. */
struct hit {
    char where[ENV_NAME + 16]; /* "environment MIN_SCORE" */
    const char *value;         /* borrowed, or scratch */
    char scratch[32];
};

/* NULL when unset or empty: an empty variable overrides nothing. */
static const char *
env_get(char *const *env, const char *name, size_t n)
{
    for (; *env != NULL; env++)
        if (strncmp(*env, name, n) == 0 && (*env)[n] == '=')
            return (*env)[n + 1] != '\0' ? *env + n + 1 : NULL;
    return NULL;
}

static bool
hit_plain(struct hit *h, char *const *env, const char *name, size_t n)
{
    if ((h->value = env_get(env, name, n)) == NULL)
        return false;
    (void)str_fmt(h->where, sizeof h->where, "environment %.*s", (int)n, name);
    return true;
}

/* NAME*1000: the same in another unit.  What is no number is left to be refused. */
static bool
hit_scaled(struct hit *h, char *const *env, const char *name, size_t n)
{
    double v, factor = strtod(name + n + 1, NULL);

    if (!hit_plain(h, env, name, n))
        return false;
    if (str_f64(h->value, &v) == 0) {
        (void)str_fmt(h->scratch, sizeof h->scratch, "%.15g", v * factor);
        h->value = h->scratch;
    }
    return true;
}

/* A<B: the smaller of the two.  What is no number is left to be refused. */
static bool
hit_smaller(struct hit *h, char *const *env, const char *names, size_t n)
{
    const char *other = names + n + 1;
    size_t m = strcspn(other, " ");
    struct hit b = {0};
    double x, y;

    if (!hit_plain(h, env, names, n))
        return hit_plain(h, env, other, m);
    if (!hit_plain(&b, env, other, m) || str_f64(h->value, &x) != 0)
        return true;
    if (str_f64(b.value, &y) != 0 || y < x)
        *h = b;
    return true;
}

/* The first of a row's names that is set. */
static bool
hit_any(struct hit *h, char *const *env, const char *names)
{
    const char *name;
    size_t n;

    if (names == NULL)
        return false;
    while ((name = str_piece(&names, " ", &n)) != NULL) {
        size_t word = strcspn(name, "*< ");
        bool found;

        if (name[word] == '*')
            found = hit_scaled(h, env, name, word);
        else if (name[word] == '<')
            found = hit_smaller(h, env, name, word);
        else
            found = hit_plain(h, env, name, word);
        if (found)
            return true;
    }
    return false;
}

/* CATALYST_GROUP_FINVIZ_MAX_IN_FLIGHT */
static void
own_name(const struct option_row *row, const char *name, char *out, size_t size)
{
    (void)str_fmt(out, size, "CATALYST_%s_%s%s%s", row->section, name,
                  name[0] != '\0' ? "_" : "", row->key); /* names are short: fits */
    for (char *p = str_upper(out); *p != '\0'; p++)
        if (*p == '-' || *p == '.')
            *p = '_';
}

static void
read_place(struct conf_reader *r, char *const *env, const struct option_row *row,
           size_t index, size_t instance)
{
    const char *name = conf_name(r->c, conf_section_find(row->section), instance);
    const struct conf_shipped *s = conf_shipped_find(row->section, name, row->key);
    struct hit h = {0};
    char own[ENV_NAME];

    own_name(row, name, own, sizeof own);
    if (hit_plain(&h, env, own, strlen(own)) ||
        hit_any(&h, env, s != NULL ? s->env : NULL) || hit_any(&h, env, row->env))
        conf_put(r, h.where, index, instance, h.value);
}

void
conf_env_read(struct conf_reader *r, char *const *env)
{
    size_t n;
    const struct option_row *rows = conf_rows(&n);

    if (env == NULL)
        return;
    for (size_t row = 0; row < n; row++) {
        size_t m = conf_count(r->c, conf_section_find(rows[row].section));

        for (size_t i = 0; i < m; i++)
            read_place(r, env, &rows[row], row, i);
    }
}

/* ---- --set ---------------------------------------------------------------------- */

static void
read_set(struct conf_reader *r, const char *set)
{
    const char *equals = strchr(set, '=');
    char *dot = NULL, left[CONF_NAME * 3];
    struct conf_head head;
    size_t instance;
    int row;

    if (equals == NULL || !str_copyn(left, sizeof left, set, (size_t)(equals - set)) ||
        (dot = strrchr(left, '.')) == NULL) {
        conf_complain(r, "--set", "%.80s: want section.key=value", set);
        return;
    }
    *dot = '\0';
    if (!conf_head_parse(r, "--set", str_trim(left), &head) ||
        (row = conf_key_find(r, "--set", &head, str_trim(dot + 1))) < 0 ||
        !conf_head_open(r, "--set", &head, &instance))
        return;
    conf_put(r, "--set", (size_t)row, instance, equals + 1 + strspn(equals + 1, " "));
}

void
conf_sets_read(struct conf_reader *r, const char *const *sets, size_t n)
{
    for (size_t i = 0; i < n; i++)
        read_set(r, sets[i]);
}
