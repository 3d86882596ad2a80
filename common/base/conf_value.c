#include "base/conf_value.h"

#include "base/str.h"

#include <assert.h>
#include <inttypes.h>

/* An instance's name is its first member. */
_Static_assert(offsetof(struct conf_feed, name) == 0, "name first");
_Static_assert(offsetof(struct conf_sink, name) == 0, "name first");
_Static_assert(offsetof(struct conf_group, name) == 0, "name first");
_Static_assert(offsetof(struct conf_source, name) == 0, "name first");

static const struct option_row *
row_at(size_t row)
{
    size_t n;
    const struct option_row *rows = conf_rows(&n);

    assert(row < n);
    return &rows[row];
}

int
conf_row_find(const char *section, const char *key)
{
    size_t n;
    const struct option_row *rows = conf_rows(&n);

    for (size_t i = 0; i < n; i++)
        if (str_eq(rows[i].section, section) && str_eq(rows[i].key, key))
            return (int)i;
    return -1;
}

/* ---- instances ------------------------------------------------------------------ */

size_t
conf_count(const struct conf *c, const struct conf_section *s)
{
    return s->stride == 0 ? 1 : *(const size_t *)((const char *)c + s->count);
}

const char *
conf_name(const struct conf *c, const struct conf_section *s, size_t i)
{
    return s->stride == 0 ? "" : (const char *)c + s->list + i * s->stride;
}

int
conf_instance_find(const struct conf *c, const struct conf_section *s, const char *name)
{
    size_t n = conf_count(c, s);

    for (size_t i = 0; i < n; i++)
        if (str_eq(conf_name(c, s, i), name))
            return (int)i;
    return -1;
}

static void
set_default(struct conf *c, size_t row, size_t instance, const char *name)
{
    struct why why = {""};
    int rc = conf_value_set(c, row, instance, conf_default(row_at(row), name), &why);

    assert(rc == 0); /* the table is ours */
    (void)rc;
}

int
conf_instance_add(struct conf *c, const struct conf_section *s, const char *name)
{
    size_t i = conf_count(c, s), n;
    const struct option_row *rows = conf_rows(&n);
    char *place = (char *)c + s->list + i * s->stride;

    if (s->stride == 0 || i >= s->most)
        return ERR_TOO_BIG;
    memset(place, 0, s->stride);
    (void)str_copy(place, CONF_NAME, name); /* the caller looked at its length */
    *(size_t *)((char *)c + s->count) = i + 1;
    for (size_t row = 0; row < n; row++)
        if (str_eq(rows[row].section, s->name))
            set_default(c, row, i, name);
    return (int)i;
}

const char *
conf_default(const struct option_row *row, const char *name)
{
    const struct conf_shipped *s = conf_shipped_find(row->section, name, row->key);

    return s != NULL && s->dflt != NULL ? s->dflt : row->dflt;
}

/* ---- values --------------------------------------------------------------------- */

static size_t
member_offset(const struct option_row *row, size_t instance)
{
    const struct conf_section *s = conf_section_find(row->section);

    return s->stride == 0 ? row->offset : s->list + instance * s->stride + row->offset;
}

const void *
conf_member(const struct conf *c, const struct option_row *row, size_t instance)
{
    return (const char *)c + member_offset(row, instance);
}

static bool
is_in_range(const struct option_row *row, double v)
{
    return (row->least == 0 && row->most == 0) || (v >= row->least && v <= row->most);
}

/* "want 1..256 leases" */
static int
want_range(const struct option_row *row, const char *fault, struct why *why)
{
    return why_set(why, ERR_RANGE, "%s; want %.15g..%.15g%s%s", fault, row->least,
                   row->most, row->unit[0] != '\0' ? " " : "", row->unit);
}

static int
set_int(const struct option_row *row, void *member, const char *value, struct why *why)
{
    int64_t v;
    int rc = str_i64(value, &v);

    if (rc == ERR_SYNTAX)
        return want_range(row, "not a whole number", why);
    if (rc != 0 || !is_in_range(row, (double)v))
        return want_range(row, "out of range", why);
    *(int64_t *)member = v;
    return 0;
}

static int
set_num(const struct option_row *row, void *member, const char *value, struct why *why)
{
    double v;
    int rc = str_f64(value, &v);

    if (rc == ERR_SYNTAX)
        return want_range(row, "not a number", why);
    if (rc != 0 || !is_in_range(row, v))
        return want_range(row, "out of range", why);
    *(double *)member = v;
    return 0;
}

static int
set_bool(const struct option_row *row, void *member, const char *value, struct why *why)
{
    static const struct {
        const char *word;
        bool value;
    } words[] = {{"1", true},  {"true", true},   {"yes", true}, {"on", true},
                 {"0", false}, {"false", false}, {"no", false}, {"off", false}};

    (void)row;
    for (size_t i = 0; i < STR_LEN(words); i++) {
        if (str_ieq(value, words[i].word)) {
            *(bool *)member = words[i].value;
            return 0;
        }
    }
    return why_set(why, ERR_TYPE, "not a yes or no; want 0 or 1");
}

static int
set_text(const struct option_row *row, void *member, const char *value, struct why *why)
{
    if (strlen(value) >= row->size)
        return why_set(why, ERR_TOO_BIG, "too long; want at most %zu bytes",
                       row->size - 1);
    (void)str_copy(member, row->size, value); /* fits, as seen above */
    return 0;
}

static int
set_choice(const struct option_row *row, void *member, const char *value,
           struct why *why)
{
    const char *at = row->choices, *choice;
    size_t n;

    while ((choice = str_piece(&at, " ", &n)) != NULL)
        if (n == strlen(value) && memcmp(choice, value, n) == 0)
            return set_text(row, member, value, why);
    return why_set(why, ERR_NOT_FOUND, "no such choice; want one of: %s", row->choices);
}

int
conf_value_set(struct conf *c, size_t row, size_t instance, const char *value,
               struct why *why)
{
    static int (*const setters[])(const struct option_row *, void *, const char *,
                                  struct why *) = {
        [OPT_INT] = set_int,   [OPT_NUM] = set_num,     [OPT_BOOL] = set_bool,
        [OPT_TEXT] = set_text, [OPT_SECRET] = set_text, [OPT_CHOICE] = set_choice,
    };
    const struct option_row *r = row_at(row);

    return setters[r->type](r, (char *)c + member_offset(r, instance), value, why);
}

void
conf_value_text(const struct conf *c, size_t row, size_t instance, struct buf *out)
{
    const struct option_row *r = row_at(row);
    const void *member = conf_member(c, r, instance);

    /* errors stay in the buffer */
    switch (r->type) {
    case OPT_INT:
        (void)buf_addf(out, "%" PRId64, *(const int64_t *)member);
        break;
    case OPT_NUM:
        (void)buf_addf(out, "%.15g", *(const double *)member);
        break;
    case OPT_BOOL:
        (void)buf_adds(out, *(const bool *)member ? "1" : "0");
        break;
    case OPT_SECRET:
        (void)buf_adds(out, str_empty(member) ? "" : "***");
        break;
    case OPT_TEXT:
    case OPT_CHOICE:
        (void)buf_adds(out, member);
        break;
    }
}

/* ---- origins -------------------------------------------------------------------- */

static size_t
origin_index(size_t row, size_t instance)
{
    return row * CONF_FEEDS + instance; /* no list is longer than that of feeds */
}

const char *
conf_origin(const struct conf *c, size_t row, size_t instance)
{
    return c->origins != NULL ? c->origins[origin_index(row, instance)] : NULL;
}

void
conf_origin_set(struct conf *c, size_t row, size_t instance, const char *origin)
{
    char **place = &c->origins[origin_index(row, instance)];

    free(*place);
    *place = strdup(origin);
}

void
conf_place_name(const struct conf *c, size_t row, size_t instance, char *out,
                size_t size)
{
    const struct option_row *r = row_at(row);
    const struct conf_section *s = conf_section_find(r->section);
    const char *name = conf_name(c, s, instance);

    (void)str_fmt(out, size, "%s%s%s.%s", r->section, name[0] != '\0' ? " " : "", name,
                  r->key); /* names are short: it fits */
}
