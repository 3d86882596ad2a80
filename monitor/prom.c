#include "monitor/prom.h"

#include "base/str.h"
#include "monitor/prom_name.h"

#include <math.h>

/* Offsets into the text, because the text moves as it grows. */
struct sample {
    size_t name;
    size_t help;
    size_t labels;
    size_t order; /* of arrival: the first of equals counts */
    enum stat_kind kind;
    double value;
};

struct prom {
    struct buf text; /* NUL-terminated pieces */
    struct sample *list;
    size_t n;
    size_t cap;
    int64_t dropped;
};

struct prom *
prom_new(void)
{
    struct prom *p = calloc(1, sizeof *p);

    if (p != NULL)
        buf_init(&p->text, PROM_TEXT_MAX);
    return p;
}

void
prom_free(struct prom **p)
{
    if (*p == NULL)
        return;
    buf_free(&(*p)->text);
    free((*p)->list);
    free(*p);
    *p = NULL;
}

static size_t
keep(struct prom *p, const char *s)
{
    size_t at = p->text.len;

    buf_add(&p->text, s, strlen(s) + 1);
    return at;
}

static bool
room(struct prom *p)
{
    size_t cap = p->cap == 0 ? 256 : p->cap * 2;
    struct sample *list;

    if (p->n < p->cap)
        return true;
    if (p->n >= PROM_SAMPLES_MAX)
        return false;
    if ((list = reallocarray(p->list, cap, sizeof *list)) == NULL)
        return false;
    p->list = list;
    p->cap = cap;
    return true;
}

/* Backslash, quote and newline are escaped; no other control character passes. */
static void
escape(struct buf *out, const char *value, bool quotes)
{
    char clean[PROM_LABEL_CHARS * 4 + 1];

    str_utf8_clean(clean, sizeof clean, value != NULL ? value : "");
    clean[str_utf8_prefix(clean, strlen(clean), PROM_LABEL_CHARS)] = '\0';
    for (const char *c = clean; *c != '\0'; c++) {
        if (*c == '\n')
            buf_adds(out, "\\n");
        else if (*c == '\\' || (*c == '"' && quotes))
            buf_addf(out, "\\%c", *c);
        else
            buf_addc(out, (unsigned char)*c < ' ' ? ' ' : *c);
    }
}

static void
labels_text(struct buf *out, const struct kv *labels)
{
    for (const struct kv *l = labels; l != NULL && l->key != NULL; l++) {
        buf_adds(out, l == labels ? "{" : ",");
        buf_addf(out, "%s=\"", l->key);
        escape(out, l->s, true);
        buf_addc(out, '"');
    }
    if (out->len > 0)
        buf_addc(out, '}');
}

void
prom_add(struct prom *p, enum stat_kind kind, const char *name, const char *help,
         const struct kv *labels, double value)
{
    char full[PROM_NAME];
    double factor = prom_name(kind, name, full, sizeof full);
    struct buf piece;
    struct sample s = {.kind = kind, .value = value * factor, .order = p->n};

    if (!room(p) || !isfinite(s.value)) {
        p->dropped++;
        return;
    }
    buf_init(&piece, 4096);
    s.name = keep(p, full);
    escape(&piece, str_empty(help) ? "No description." : help, false);
    s.help = keep(p, buf_str(&piece));
    buf_clear(&piece);
    labels_text(&piece, labels);
    s.labels = keep(p, buf_str(&piece));
    if (piece.err == 0 && p->text.err == 0)
        p->list[p->n++] = s;
    else
        p->dropped++;
    buf_free(&piece);
}

static int
by_family(const void *a, const void *b, void *text)
{
    const struct sample *x = a, *y = b;
    int c = strcmp((char *)text + x->name, (char *)text + y->name);

    if (c == 0)
        c = strcmp((char *)text + x->labels, (char *)text + y->labels);
    if (c == 0)
        c = x->order < y->order ? -1 : 1;
    return c;
}

static void
value_text(struct buf *out, double value)
{
    if (value == floor(value) && fabs(value) < 1e15)
        buf_addf(out, " %.0f\n", value);
    else
        buf_addf(out, " %.9g\n", value);
}

void
prom_write(struct prom *p, struct buf *out)
{
    const char *name = NULL, *labels = NULL;

    prom_add(p, STAT_COUNTER, "metrics_samples_dropped",
             "Samples left out of this page because it is full.", NULL,
             (double)p->dropped);
    if (p->n > 0)
        qsort_r(p->list, p->n, sizeof *p->list, by_family, p->text.data);
    for (size_t i = 0; i < p->n; i++) {
        const struct sample *s = &p->list[i];
        const char *n = p->text.data + s->name, *l = p->text.data + s->labels;

        if (name == NULL || !str_eq(n, name)) {
            buf_addf(out, "# HELP %s %s\n", n, p->text.data + s->help);
            buf_addf(out, "# TYPE %s %s\n", n,
                     s->kind == STAT_COUNTER ? "counter" : "gauge");
        } else if (str_eq(l, labels)) {
            continue;
        }
        buf_addf(out, "%s%s", n, l);
        value_text(out, s->value);
        name = n;
        labels = l;
    }
}
