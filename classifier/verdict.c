#include "classifier/verdict.h"

#include "base/str.h"
#include "classifier/keywords.h"

#include <stdarg.h>
#include <stdio.h>

void
verdict_clear(struct verdict *v)
{
    v->alert = false;
    v->negative = false;
    v->reason = "";
    v->score = 0.0;
    v->relevance = 0.0;
    v->sentiment = 0.0;
    v->categories[0] = '\0';
    v->n_lines = 0;
    v->lost = 0;
}

void
verdict_line(struct verdict *v, enum verdict_kind kind, const char *name, double value,
             const char *fmt, ...)
{
    char text[1024];
    struct verdict_line *l;
    va_list ap;

    if (v->n_lines == VERDICT_LINES) {
        v->lost++;
        return;
    }
    l = &v->lines[v->n_lines++];
    l->kind = kind;
    l->value = value;
    l->score = v->score;
    va_start(ap, fmt);
    (void)vsnprintf(text, sizeof text, fmt, ap); /* cut below, between characters */
    va_end(ap);
    (void)str_copy(l->name, sizeof l->name, name);
    (void)str_copy(l->text, sizeof l->text, text);
}

const char *
verdict_kind_name(enum verdict_kind kind)
{
    static const char *const names[] = {"signal", "multiplier", "gate", "note"};

    return (size_t)kind < STR_LEN(names) ? names[kind] : "note";
}

size_t
verdict_evidence(const struct verdict *v, struct msg_evidence *out, size_t max)
{
    size_t n = v->n_lines < max ? v->n_lines : max;

    for (size_t i = 0; i < n; i++) {
        const struct verdict_line *l = &v->lines[i];

        out[i] = (struct msg_evidence){
            .kind = verdict_kind_name(l->kind),
            .name = l->name,
            .text = l->text,
            .value = l->value,
            .score = l->score,
        };
    }
    return n;
}

static void
line_json(const struct verdict_line *l, struct jsonw *w)
{
    jw_object(w, NULL);
    jw_str(w, "kind", verdict_kind_name(l->kind));
    jw_str(w, "name", l->name);
    jw_str(w, "text", l->text);
    jw_num(w, "value", l->value);
    jw_num(w, "score", l->score);
    jw_end(w);
}

void
verdict_json(const struct verdict *v, struct jsonw *w)
{
    const char *cursor = v->categories, *piece;
    size_t n;

    jw_str(w, "verdict", v->alert ? "alert" : "reject");
    jw_str(w, "reason", v->reason);
    jw_bool(w, "negative", v->negative);
    jw_num(w, "score", v->score);
    jw_num(w, "relevance", v->relevance);
    jw_num(w, "sentiment", v->sentiment);
    jw_array(w, "categories");
    while ((piece = str_piece(&cursor, " ", &n)) != NULL) {
        char name[KEYWORD_NAME];

        (void)str_copyn(name, sizeof name, piece, n);
        jw_str(w, NULL, name);
    }
    jw_end(w);
    jw_array(w, "evidence");
    for (size_t i = 0; i < v->n_lines; i++)
        line_json(&v->lines[i], w);
    jw_end(w);
}
