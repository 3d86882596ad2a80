#include "classifier/bounds.h"

#include "base/str.h"
#include "classifier/gates.h"

unsigned
late_bit(const char *metric)
{
    for (unsigned i = 0; i < LATE_METRICS; i++) {
        if (str_eq(late_metrics[i], metric))
            return 1u << i;
    }
    return 0;
}

/* ---- the score --------------------------------------------------------------- */

/* Every step is monotone in the score and in the effect, so that the ends of both give
 * the ends of the sum. */
static void
bound_score(const struct view *v, unsigned pending, struct verdict *scratch,
            struct bounds *out)
{
    out->least = out->most = 0.0;
    for (size_t i = 0; i < n_signal_rows; i++) {
        const struct signal_row *row = &signal_rows[i];
        char text[VERDICT_TEXT];
        double least, most;

        if ((row->late & pending) != 0) {
            signal_range(row, v, &least, &most);
        } else {
            scratch->score = out->least;
            least = signal_effect(row, v->weights, row->value(v, row, scratch, text));
            most = least;
        }
        out->least = signal_step(row, out->least, least);
        out->most = signal_step(row, out->most, most);
    }
}

/* ---- the gates --------------------------------------------------------------- */

static enum gate_result
judge_at(const struct gate_row *row, const struct view *v, struct verdict *at,
         double score)
{
    char text[VERDICT_TEXT];
    double value;

    at->score = score;
    return row->judge(v, at, &value, text);
}

static enum outlook
outlook_of(const struct gate_row *row, const struct view *v, unsigned pending,
           struct verdict *at, const struct bounds *b)
{
    enum gate_result low = judge_at(row, v, at, b->least);
    enum gate_result high = judge_at(row, v, at, b->most);

    if (low == GATE_OFF)
        return OUTLOOK_ALERT;
    if ((row->late & pending) != 0 || low != high)
        return OUTLOOK_OPEN;
    return low == GATE_PASS ? OUTLOOK_ALERT : OUTLOOK_REJECT;
}

static void
look_out(const struct view *v, unsigned pending, struct verdict *at, struct bounds *out)
{
    out->outlook = OUTLOOK_ALERT;
    out->gate = "";
    for (size_t i = 0; i < n_gate_rows; i++) {
        enum outlook o = outlook_of(&gate_rows[i], v, pending, at, out);

        if (o == OUTLOOK_ALERT || (o == OUTLOOK_OPEN && out->outlook == OUTLOOK_OPEN))
            continue;
        out->outlook = o;
        out->gate = gate_rows[i].name;
        if (o == OUTLOOK_REJECT)
            return;
    }
}

void
score_bounds(const struct weights *weights, const struct rules *rules,
             const struct msg_enriched *in, unsigned pending, struct bounds *out)
{
    struct reading reading;
    struct verdict scratch;
    struct view view = {weights, rules, in, &reading};

    verdict_clear(&scratch);
    reading_of(rules, in, &reading);
    scratch.sentiment = reading.sentiment;
    bound_score(&view, pending, &scratch, out);
    look_out(&view, pending, &scratch, out);
    if ((pending & LATE_TEXT) != 0) {
        out->outlook = OUTLOOK_OPEN;
        out->gate = "";
    }
}

bool
verdict_can_change(const struct bounds *b)
{
    return b->outlook == OUTLOOK_OPEN;
}
