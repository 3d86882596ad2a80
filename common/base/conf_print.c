#include "base/conf_value.h"
#include "base/str.h"

enum { TEXT_MAX = 4096 }; /* bytes of one value or comment */

/* Calls visit for every value, in the order of the rows, instance by instance. */
static void
each_value(const struct conf *c,
           void (*visit)(const struct conf *c, size_t row, size_t instance, void *arg),
           void *arg)
{
    size_t n;
    const struct option_row *rows = conf_rows(&n);

    for (size_t s = 0; s < conf_n_sections; s++) {
        size_t m = conf_count(c, &conf_sections[s]);

        for (size_t i = 0; i < m; i++)
            for (size_t row = 0; row < n; row++)
                if (str_eq(rows[row].section, conf_sections[s].name))
                    visit(c, row, i, arg);
    }
}

static const char *
origin_or_default(const struct conf *c, size_t row, size_t instance)
{
    const char *origin = conf_origin(c, row, instance);

    return origin != NULL ? origin : "default";
}

/* ---- table ---------------------------------------------------------------------- */

static void
print_value(const struct conf *c, size_t row, size_t instance, void *arg)
{
    struct buf *out = arg, value;
    size_t n;
    const struct option_row *rows = conf_rows(&n);
    char place[CONF_NAME * 3];

    buf_init(&value, TEXT_MAX);
    conf_place_name(c, row, instance, place, sizeof place);
    conf_value_text(c, row, instance, &value);
    if (value.len > 0 && rows[row].unit[0] != '\0')
        (void)buf_addf(&value, " %s", rows[row].unit); /* errors stay in the buffers */
    (void)buf_addf(out, "%-38s  %-28s  %s\n", place, buf_str(&value),
                   origin_or_default(c, row, instance));
    buf_free(&value);
}

void
conf_print(const struct conf *c, struct buf *out)
{
    each_value(c, print_value, out);
}

/* ---- JSON ----------------------------------------------------------------------- */

static void
json_value(const struct conf *c, size_t row, size_t instance, struct jsonw *w)
{
    struct buf text;
    size_t n;
    const struct option_row *r = &conf_rows(&n)[row];
    const void *member = conf_member(c, r, instance);

    buf_init(&text, TEXT_MAX);
    conf_value_text(c, row, instance, &text);
    if (r->type == OPT_BOOL)
        jw_bool(w, "value", *(const bool *)member);
    else if (r->type == OPT_INT)
        jw_int(w, "value", *(const int64_t *)member);
    else if (r->type == OPT_NUM)
        jw_num(w, "value", *(const double *)member);
    else
        jw_str(w, "value", buf_str(&text));
    buf_free(&text);
}

static void
json_row(const struct conf *c, size_t row, size_t instance, void *arg)
{
    struct jsonw *w = arg;
    size_t n;
    const struct option_row *r = &conf_rows(&n)[row];
    const struct conf_section *s = conf_section_find(r->section);

    jw_object(w, NULL);
    jw_str(w, "section", r->section);
    if (s->stride != 0)
        jw_str(w, "name", conf_name(c, s, instance));
    jw_str(w, "key", r->key);
    json_value(c, row, instance, w);
    jw_str(w, "unit", r->unit);
    jw_str(w, "origin", origin_or_default(c, row, instance));
    jw_end(w);
}

void
conf_json(const struct conf *c, struct jsonw *w)
{
    jw_object(w, NULL);
    jw_str(w, "file", c->path);
    jw_array(w, "options");
    each_value(c, json_row, w);
    jw_end(w);
    jw_end(w);
}

/* ---- the example ---------------------------------------------------------------- */

/* Each line of the text behind "# ". */
static void
comment(struct buf *out, const char *text)
{
    while (*text != '\0') {
        size_t n = strcspn(text, "\n");

        (void)buf_addf(out, "#%s%.*s\n", n > 0 ? " " : "", (int)n, text);
        text += n + (text[n] == '\n');
    }
}

/* "Sentence.  1..256 leases." and "Environment: X." on lines that begin with `lead`. */
static void
describe(struct buf *out, const char *lead, const struct option_row *row)
{
    (void)buf_addf(out, "%s%s", lead, row->help);
    if (row->choices != NULL)
        (void)buf_addf(out, "\n%sOne of: %s.", lead, row->choices);
    else if (row->type == OPT_BOOL)
        (void)buf_adds(out, "  0 or 1.");
    else if (row->least != 0 || row->most != 0)
        (void)buf_addf(out, "\n%sRange: %.15g..%.15g%s%s.", lead, row->least, row->most,
                       row->unit[0] != '\0' ? " " : "", row->unit);
    if (!str_empty(row->env))
        (void)buf_addf(out, "\n%sEnvironment: %s.", lead, row->env);
    (void)buf_addc(out, '\n');
}

static void
example_value(struct buf *out, const struct option_row *row, const char *name)
{
    const char *value = conf_default(row, name);

    (void)buf_addf(out, "#%s =%s%s\n", row->key, value[0] != '\0' ? " " : "", value);
}

static void
example_plain(struct buf *out, const struct conf_section *s)
{
    size_t n;
    const struct option_row *rows = conf_rows(&n);

    (void)buf_addf(out, "[%s]\n", s->name);
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(rows[i].section, s->name))
            continue;
        (void)buf_addc(out, '\n');
        describe(out, "# ", &rows[i]);
        example_value(out, &rows[i], "");
    }
}

/* The keys once with default and sentence, then the shipped instances with what they
 * set. */
static void
example_keys(struct buf *out, const struct conf_section *s)
{
    size_t n;
    const struct option_row *rows = conf_rows(&n);

    for (size_t i = 0; i < n; i++) {
        if (!str_eq(rows[i].section, s->name))
            continue;
        (void)buf_addf(out, "#\n# %s =%s%s\n", rows[i].key,
                       rows[i].dflt[0] != '\0' ? " " : "", rows[i].dflt);
        describe(out, "#     ", &rows[i]);
    }
}

static void
example_shipped(struct buf *out, const struct conf_section *s)
{
    const char *name = "";

    for (size_t i = 0; i < conf_n_shipped; i++) {
        const struct conf_shipped *row = &conf_shipped[i];
        int at = conf_row_find(row->section, row->key);
        size_t n;

        if (!str_eq(row->section, s->name))
            continue;
        if (!str_eq(row->name, name))
            (void)buf_addf(out, "\n#[%s %s]\n", s->name, row->name);
        name = row->name;
        if (row->env != NULL)
            (void)buf_addf(out, "# Environment: %s.\n", row->env);
        example_value(out, &conf_rows(&n)[at], name);
    }
}

static const char example_head[] =
    "Catalyst: the configuration.\n"
    "\n"
    "Every key is here, commented out, with its default.  Sections and `key = value`;\n"
    "# and ; begin a comment, at the start of a line or after white space; double\n"
    "quotes around a value are dropped, and keep a # or ; inside.  Unknown keys,\n"
    "duplicates and bad values are all reported at once, with file and line.\n"
    "\n"
    "Later wins: default, this file, environment, command line (--set\n"
    "\"group finviz.burst=2\").  Besides the names given below, CATALYST_SECTION_KEY is\n"
    "read for every key, and CATALYST_SECTION_NAME_KEY for every instance:\n"
    "CATALYST_GROUP_FINVIZ_MAX_IN_FLIGHT.  A*1000 means the variable times 1000, A<B the\n"
    "smaller of the two; of several names the first that is set counts; an empty\n"
    "variable counts as not set.  `catalyst config` shows what is in force, and why.\n";

void
conf_example(struct buf *out)
{
    comment(out, example_head);
    for (size_t i = 0; i < conf_n_sections; i++) {
        const struct conf_section *s = &conf_sections[i];

        (void)buf_adds(out, "\n# ------------------------------------------------------"
                            "------------------------\n");
        comment(out, s->help);
        if (s->stride == 0) {
            example_plain(out, s);
        } else {
            example_keys(out, s);
            example_shipped(out, s);
        }
    }
}
