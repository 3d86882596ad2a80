#include "base/conf_reader.h"

#include "base/conf_value.h"
#include "base/str.h"

#include <stdarg.h>

void
conf_complain(struct conf_reader *r, const char *where, const char *fmt, ...)
{
    char text[1024], clean[1024];
    va_list ap;

    if (++r->n_errors > CONF_ERRORS)
        return;
    va_start(ap, fmt);
    (void)vsnprintf(text, sizeof text, fmt, ap); /* a cut text is still of use */
    va_end(ap);
    str_utf8_clean(clean, sizeof clean, text);
    (void)buf_addf(r->errors, "%s: %s\n", where, clean); /* n_errors counts anyway */
    if (r->n_errors == CONF_ERRORS)
        (void)buf_addf(r->errors, "%s: more errors are not shown\n", where);
}

/* ---- hints ---------------------------------------------------------------------- */

static size_t
least_of(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Letters to change, add or drop to make b of a; long words are far from all. */
static size_t
distance(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b), row[CONF_NAME + 1];

    if (n > CONF_NAME || m > CONF_NAME)
        return CONF_NAME;
    for (size_t j = 0; j <= m; j++)
        row[j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t diagonal = row[0];

        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t change = diagonal + (a[i - 1] != b[j - 1]);

            diagonal = row[j];
            row[j] = least_of(change, least_of(row[j], row[j - 1]) + 1);
        }
    }
    return row[m];
}

/* The nearest name seen so far. */
struct hint {
    const char *wrong;
    const char *best;
    size_t distance;
};

static void
hint_offer(struct hint *h, const char *name)
{
    size_t d = distance(h->wrong, name);

    if (d < h->distance) {
        h->distance = d;
        h->best = name;
    }
}

/* "; did you mean "x"?", or nothing when nothing is near. */
static const char *
hint_text(const struct hint *h, char *out, size_t size)
{
    if (h->best == NULL || h->distance > 1 + strlen(h->best) / 4)
        return "";
    (void)str_fmt(out, size, "; did you mean \"%s\"?", h->best);
    return out;
}

static struct hint
hint_for(const char *wrong)
{
    return (struct hint){.wrong = wrong, .distance = SIZE_MAX};
}

/* ---- sections ------------------------------------------------------------------- */

static void
unknown_section(struct conf_reader *r, const char *where, const char *word)
{
    struct hint h = hint_for(word);
    char hint[80];

    for (size_t i = 0; i < conf_n_sections; i++)
        hint_offer(&h, conf_sections[i].name);
    conf_complain(r, where, "[%.60s]: unknown section%s", word,
                  hint_text(&h, hint, sizeof hint));
}

/* Writes why a name will not do, or NULL. */
static const char *
name_fault(const struct conf_section *s, const char *name)
{
    if (s->stride == 0)
        return name[0] != '\0' ? "this section takes no name" : NULL;
    if (name[0] == '\0')
        return "name is missing; want a name after the section";
    if (strlen(name) >= CONF_NAME)
        return "name is too long; want at most 31 bytes";
    if (name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_-")] != '\0')
        return "bad name; want only a-z, 0-9, - and _";
    return NULL;
}

bool
conf_head_parse(struct conf_reader *r, const char *where, const char *text,
                struct conf_head *out)
{
    const char *rest = text + strcspn(text, " \t"), *fault;
    char word[CONF_NAME];

    *out = (struct conf_head){0};
    if (str_copyn(word, sizeof word, text, (size_t)(rest - text)))
        out->section = conf_section_find(word);
    if (out->section == NULL) {
        unknown_section(r, where, word);
        return false;
    }
    rest += strspn(rest, " \t");
    if ((fault = name_fault(out->section, rest)) != NULL) {
        conf_complain(r, where, "[%.80s]: %s", text, fault);
        return false;
    }
    return str_copy(out->name, sizeof out->name, rest);
}

static void
unknown_name(struct conf_reader *r, const char *where, const struct conf_head *head)
{
    struct hint h = hint_for(head->name);
    size_t n = conf_count(r->c, head->section);
    char hint[80], known[CONF_TEXT] = "";

    for (size_t i = 0; i < n; i++) {
        const char *name = conf_name(r->c, head->section, i);
        size_t at = strlen(known);

        hint_offer(&h, name);
        (void)str_fmt(known + at, sizeof known - at, " %s", name); /* cut is fine */
    }
    conf_complain(r, where, "[%s %s]: unknown %s%s; want one of:%s",
                  head->section->name, head->name, head->section->name,
                  hint_text(&h, hint, sizeof hint), known);
}

bool
conf_head_open(struct conf_reader *r, const char *where, const struct conf_head *head,
               size_t *instance)
{
    const struct conf_section *s = head->section;
    int i;

    *instance = 0;
    if (s->stride == 0)
        return true;
    i = conf_instance_find(r->c, s, head->name);
    if (i < 0 && !s->open) {
        unknown_name(r, where, head);
        return false;
    }
    if (i < 0 && (i = conf_instance_add(r->c, s, head->name)) < 0) {
        conf_complain(r, where, "[%s %s]: too many; want at most %zu", s->name,
                      head->name, s->most);
        return false;
    }
    *instance = (size_t)i;
    return true;
}

/* ---- keys and values ------------------------------------------------------------ */

int
conf_key_find(struct conf_reader *r, const char *where, const struct conf_head *head,
              const char *key)
{
    int row = conf_row_find(head->section->name, key);
    struct hint h = hint_for(key);
    size_t n;
    const struct option_row *rows = conf_rows(&n);
    char hint[80];

    if (row >= 0)
        return row;
    for (size_t i = 0; i < n; i++)
        if (str_eq(rows[i].section, head->section->name))
            hint_offer(&h, rows[i].key);
    conf_complain(r, where, "%s%s%s.%.60s: unknown key%s", head->section->name,
                  head->name[0] != '\0' ? " " : "", head->name, key,
                  hint_text(&h, hint, sizeof hint));
    return -1;
}

void
conf_put(struct conf_reader *r, const char *where, size_t row, size_t instance,
         const char *value)
{
    size_t n;
    const struct option_row *rows = conf_rows(&n);
    struct why why = {""};
    char place[CONF_NAME * 3], shown[100];

    conf_origin_set(r->c, row, instance, where);
    if (conf_value_set(r->c, row, instance, value, &why) == 0)
        return;
    conf_place_name(r->c, row, instance, place, sizeof place);
    if (rows[row].type == OPT_SECRET)
        value = "***";
    if (!str_copy(shown, sizeof shown - 3, value))
        (void)str_copy(shown + strlen(shown), 4, "...");
    conf_complain(r, where, "%s = \"%s\": %s", place, shown, why.text);
}
