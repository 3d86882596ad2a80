#include "classifier/signals.h"

#include "base/str.h"

#include <math.h>

const struct msg_metric *
metric_of(const struct msg_enriched *in, const char *name)
{
    for (size_t i = 0; i < in->n_metrics; i++) {
        const struct msg_metric *m = &in->metrics[i];

        if (str_eq(m->name, name))
            return str_eq(m->status, "ok") || str_eq(m->status, "stale") ? m : NULL;
    }
    return NULL;
}

/* ---- the rows ---------------------------------------------------------------- */

static void
list_category(struct verdict *out, const char *name)
{
    size_t used = strlen(out->categories);

    (void)str_fmt(out->categories + used, sizeof out->categories - used, "%s%s",
                  used > 0 ? " " : "", name);
}

/* Writes a line of its own for each category.  The offering family does not count once
 * its stage shows that no share is new any more, or none at all. */
static double
keyword_value(const struct view *v, const struct signal_row *row, struct verdict *out,
              char *text)
{
    const struct offering_row *stage = &offering_rows[v->reading->stage];
    double sum = 0.0;

    (void)row;
    text[0] = '\0';
    for (int i = 0; i < KEYWORD_COUNT; i++) {
        bool cleared = keyword_rows[i].offering && stage->harmless;
        double weight = cleared ? 0.0 : v->weights->value[i];
        char name[VERDICT_NAME];

        if (v->reading->category[i] == NULL)
            continue;
        list_category(out, keyword_rows[i].name);
        sum += weight;
        out->score = sum;
        (void)str_fmt(name, sizeof name, "keyword.%s", keyword_rows[i].name);
        verdict_line(out, LINE_SIGNAL, name, weight, "\"%s\"%s%s%s",
                     v->reading->category[i], cleared ? ", cleared by stage \"" : "",
                     cleared ? stage->name : "", cleared ? "\"" : "");
    }
    out->score = 0.0;
    return sum;
}

static double
source_value(const struct view *v, const struct signal_row *row, struct verdict *out,
             char *text)
{
    const struct source_tier *s = &v->reading->source;

    (void)row;
    (void)out;
    (void)str_fmt(text, VERDICT_TEXT, "%s is tier %d (%s)",
                  str_empty(s->domain) ? "no domain" : s->domain, s->tier, s->category);
    return v->weights->value[WEIGHT_TIER_1 + s->tier - 1];
}

static double
sentiment_value(const struct view *v, const struct signal_row *row, struct verdict *out,
                char *text)
{
    (void)row;
    out->relevance = out->score;
    (void)str_copy(text, VERDICT_TEXT, v->reading->sentiment_text);
    return v->reading->sentiment * v->weights->value[WEIGHT_SENTIMENT];
}

/* The metric of the row's name: its class chose the multiplier. */
static double
metric_value(const struct view *v, const struct signal_row *row, struct verdict *out,
             char *text)
{
    const struct msg_metric *m = metric_of(v->in, row->name);

    if (m == NULL || !isfinite(m->multiplier) || m->multiplier <= 0.0) {
        text[0] = '\0';
        return 1.0;
    }
    (void)str_fmt(text, VERDICT_TEXT, "%s, multiplier %.2f%s", m->klass, m->multiplier,
                  out->score < 0.0 ? ", score is negative: divides" : "");
    return m->multiplier;
}

const struct signal_row signal_rows[] = {
    {"keyword", SIGNAL_ADDS, false, -25.0, 25.0, keyword_value},
    {"source", SIGNAL_SCALES, false, 0.1, 2.0, source_value},
    {"sentiment", SIGNAL_ADDS, false, -3.0, 3.0, sentiment_value},
    {"rvol", SIGNAL_PUSHES, true, 0.5, 2.0, metric_value},
    {"float", SIGNAL_PUSHES, true, 0.5, 2.0, metric_value},
    {"vwap", SIGNAL_PUSHES, true, 0.5, 2.0, metric_value},
};

const size_t n_signal_rows = STR_LEN(signal_rows);

/* ---- applying them ----------------------------------------------------------- */

static double
clamped(const struct signal_row *row, double value)
{
    return value < row->least ? row->least : value > row->most ? row->most : value;
}

/* A row that wrote its own lines needs one more only where the clamp took something. */
static void
apply_sum(const struct signal_row *row, double value, const char *text,
          struct verdict *out)
{
    double within = clamped(row, value);

    out->score += within;
    if (*text != '\0')
        verdict_line(out, LINE_SIGNAL, row->name, within, "%s", text);
    else if (within < value || within > value)
        verdict_line(out, LINE_SIGNAL, row->name, within - value,
                     "clamped to its range of %g to %g", row->least, row->most);
}

static void
apply_factor(const struct signal_row *row, double value, const char *text,
             struct verdict *out)
{
    double factor = clamped(row, value);

    if (row->kind == SIGNAL_PUSHES && out->score < 0.0)
        factor = 1.0 / factor;
    out->score *= factor;
    if (*text != '\0')
        verdict_line(out, LINE_MULTIPLIER, row->name, factor, "%s", text);
}

void
signals_apply(const struct view *v, struct verdict *out)
{
    for (size_t i = 0; i < n_signal_rows; i++) {
        const struct signal_row *row = &signal_rows[i];
        char text[VERDICT_TEXT];
        double value = row->value(v, row, out, text);

        if (row->kind == SIGNAL_ADDS)
            apply_sum(row, value, text, out);
        else
            apply_factor(row, value, text, out);
    }
}
