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

double
metric_detail(const struct msg_metric *m, const char *name)
{
    return m != NULL && str_eq(m->detail_name, name) ? m->detail : NAN;
}

static double
clamped(const struct signal_row *row, double value)
{
    return value < row->least ? row->least : value > row->most ? row->most : value;
}

static double
weight_of(const struct signal_row *row, const struct weights *w)
{
    return row->weight == WEIGHT_NONE ? 1.0 : w->value[row->weight];
}

/* Weights of rows are never negative: the range keeps its order. */
void
signal_range(const struct signal_row *row, const struct view *v, double *least,
             double *most)
{
    *least = row->least;
    *most = row->most;
    if (row->narrow != NULL)
        row->narrow(v, least, most);
    *least *= weight_of(row, v->weights);
    *most *= weight_of(row, v->weights);
}

double
signal_effect(const struct signal_row *row, const struct weights *w, double value)
{
    return clamped(row, value) * weight_of(row, w);
}

double
signal_step(const struct signal_row *row, double score, double effect)
{
    if (row->kind == SIGNAL_ADDS)
        return score + effect;
    if (row->kind == SIGNAL_PUSHES && score < 0.0)
        return score * (1.0 / effect);
    return score * effect;
}

/* A row that wrote its own lines needs one more only where the clamp took something. */
static void
tell(const struct signal_row *row, double value, double effect, const char *text,
     struct verdict *out)
{
    double shown = effect;

    if (row->kind == SIGNAL_ADDS && *text == '\0' && fabs(effect - value) > 0.0 &&
        row->weight == WEIGHT_NONE)
        verdict_line(out, LINE_SIGNAL, row->name, effect - value,
                     "clamped to its range of %g to %g", row->least, row->most);
    if (*text == '\0')
        return;
    if (row->kind == SIGNAL_PUSHES && out->score < 0.0)
        shown = 1.0 / effect;
    verdict_line(out, row->kind == SIGNAL_ADDS ? LINE_SIGNAL : LINE_MULTIPLIER,
                 row->name, shown, "%s", text);
}

void
signals_apply(const struct view *v, struct verdict *out)
{
    for (size_t i = 0; i < n_signal_rows; i++) {
        const struct signal_row *row = &signal_rows[i];
        char text[VERDICT_TEXT];
        double value, effect;

        text[0] = '\0';
        value = row->value(v, row, out, text);
        effect = signal_effect(row, v->weights, value);
        out->score = signal_step(row, out->score, effect);
        tell(row, value, effect, text, out);
    }
}
