#include "base/conf_reader.h"
#include "base/conf_value.h"
#include "base/str.h"

#include <assert.h>

enum {
    FILE_LINE = 4096,  /* bytes of a line */
    FILE_SECTIONS = 16 /* more than conf_sections has */
};

struct file {
    struct conf_reader *r;
    const char *name;
    size_t line;                /* number of the current one, from 1 */
    char where[CONF_TEXT + 32]; /* "catalyst.conf:12" */
    bool is_open;               /* a section was begun, good or bad */
    struct conf_head head;      /* section NULL: a bad one, its keys are skipped */
    size_t instance;
    bool replaced[FILE_SECTIONS];            /* by section: defaults are gone */
    size_t first[FILE_SECTIONS][CONF_FEEDS]; /* line of [section NAME] */
};

static bool
is_space(char c)
{
    return c == ' ' || c == '\t';
}

/* Cuts the comment: # or ; at the start or after white space. */
static void
cut_comment(char *s)
{
    for (char *p = s; *p != '\0'; p++) {
        if ((*p == '#' || *p == ';') && (p == s || is_space(p[-1]))) {
            *p = '\0';
            return;
        }
    }
}

/* Takes what stands between the quotes in place; NULL, or what is wrong. */
static const char *
unquote(char *s)
{
    char *end = strchr(s + 1, '"');

    if (end == NULL)
        return "the closing quote is missing";
    cut_comment(end + 1);
    if (!str_empty(str_trim(end + 1)))
        return "text after the closing quote";
    *end = '\0';
    memmove(s, s + 1, strlen(s + 1) + 1);
    return NULL;
}

/* ---- [section] ------------------------------------------------------------------ */

/* The first named instance of a section that may be added to drops the shipped ones. */
static void
replace_shipped(struct file *f, size_t section)
{
    const struct conf_section *s = f->head.section;

    if (!s->open || f->replaced[section])
        return;
    f->replaced[section] = true;
    *(size_t *)((char *)f->r->c + s->count) = 0;
    memset((char *)f->r->c + s->list, 0, s->most * s->stride);
}

static void
begin_section(struct file *f, const char *text)
{
    size_t section, *first;

    if (!conf_head_parse(f->r, f->where, text, &f->head)) {
        f->head.section = NULL;
        return;
    }
    section = (size_t)(f->head.section - conf_sections);
    replace_shipped(f, section);
    if (!conf_head_open(f->r, f->where, &f->head, &f->instance)) {
        f->head.section = NULL;
        return;
    }
    first = &f->first[section][f->instance];
    if (f->head.section->stride != 0 && *first != 0)
        conf_complain(f->r, f->where, "[%s]: section given again; first at line %zu",
                      text, *first);
    else
        *first = f->line;
}

static void
section_line(struct file *f, char *line)
{
    char *end = strchr(line, ']');

    f->is_open = true;
    f->head.section = NULL;
    if (end == NULL) {
        conf_complain(f->r, f->where, "the closing ] is missing: %.80s", line);
        return;
    }
    *end = '\0';
    cut_comment(end + 1);
    if (!str_empty(str_trim(end + 1))) {
        conf_complain(f->r, f->where, "text after [%.60s]: %.60s", line + 1, end + 1);
        return;
    }
    begin_section(f, str_trim(line + 1));
}

/* ---- key = value ---------------------------------------------------------------- */

static void
put_once(struct file *f, const char *key, const char *value)
{
    int row = conf_key_find(f->r, f->where, &f->head, key);
    const char *before;
    char place[CONF_NAME * 3];

    if (row < 0)
        return;
    before = conf_origin(f->r->c, (size_t)row, f->instance);
    if (before == NULL) {
        conf_put(f->r, f->where, (size_t)row, f->instance, value);
        return;
    }
    conf_place_name(f->r->c, (size_t)row, f->instance, place, sizeof place);
    conf_complain(f->r, f->where, "%s: given again; first at %s", place, before);
}

static void
key_line(struct file *f, char *line)
{
    char *equals = strchr(line, '='), *value;
    const char *fault;

    if (!f->is_open) {
        conf_complain(f->r, f->where, "%.60s: key before any [section]", line);
        return;
    }
    if (f->head.section == NULL)
        return; /* of a section that was complained about */
    if (equals == NULL) {
        conf_complain(f->r, f->where, "%.60s: no '='; want key = value", line);
        return;
    }
    *equals = '\0';
    value = str_trim(equals + 1);
    if (*value != '"') {
        cut_comment(value);
        (void)str_trim(value); /* in place */
    } else if ((fault = unquote(value)) != NULL) {
        conf_complain(f->r, f->where, "%.60s: %s", str_trim(line), fault);
        return;
    }
    put_once(f, str_trim(line), value);
}

/* ---- lines ---------------------------------------------------------------------- */

static void
one_line(struct file *f, const char *text, size_t n)
{
    char line[FILE_LINE + 1];

    if (n > FILE_LINE) {
        conf_complain(f->r, f->where, "line too long; want at most %d bytes",
                      FILE_LINE);
        return;
    }
    if (memchr(text, '\0', n) != NULL) {
        conf_complain(f->r, f->where, "NUL byte in line");
        return;
    }
    if (!str_is_utf8(text, n)) {
        conf_complain(f->r, f->where, "bad UTF-8 in line");
        return;
    }
    (void)str_copyn(line, sizeof line, text, n); /* fits */
    (void)str_trim(line);                        /* in place */
    if (line[0] == '[')
        section_line(f, line);
    else if (line[0] != '\0' && line[0] != '#' && line[0] != ';')
        key_line(f, line);
}

void
conf_file_parse(struct conf_reader *r, const char *file, const char *text, size_t n)
{
    struct file f = {.r = r, .name = file};
    const char *end = text + n, *next;

    assert(conf_n_sections <= FILE_SECTIONS);
    if (n >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
        text += 3; /* a byte order mark: some editors leave one */
    for (; text < end; text = next + 1) {
        next = memchr(text, '\n', (size_t)(end - text));
        if (next == NULL)
            next = end;
        f.line++;
        (void)str_fmt(f.where, sizeof f.where, "%s:%zu", file, f.line);
        one_line(&f, text, (size_t)(next - text));
    }
}
