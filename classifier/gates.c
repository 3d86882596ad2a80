#include "classifier/gates.h"

#include "base/str.h"

#include <math.h>

bool
gates_strong_negative(const struct view *v)
{
    return v->reading->sentiment < v->weights->value[WEIGHT_STRONG_NEGATIVE] ||
           v->reading->negative != NULL;
}

/* ---- the rows ------------------------------------------------------------- */

static enum gate_result
judge_score(const struct view *v, const struct verdict *so_far, double *value,
            char *text)
{
    bool enough = so_far->score >= v->rules->min_score;
    bool bad = !enough && gates_strong_negative(v);

    *value = so_far->score;
    (void)str_fmt(text, VERDICT_TEXT, "score %.2f, at least %.2f%s", so_far->score,
                  v->rules->min_score, bad ? "; strong negatives are exempt" : "");
    return enough || bad ? GATE_PASS : GATE_FAIL;
}

static enum gate_result
judge_sentiment(const struct view *v, const struct verdict *so_far, double *value,
                char *text)
{
    double size = fabs(so_far->sentiment);

    *value = so_far->sentiment;
    if (v->rules->min_sent_abs <= 0.0)
        return GATE_OFF;
    (void)str_fmt(text, VERDICT_TEXT, "sentiment %+.2f, at least %.2f either way",
                  so_far->sentiment, v->rules->min_sent_abs);
    return size >= v->rules->min_sent_abs || gates_strong_negative(v) ? GATE_PASS
                                                                      : GATE_FAIL;
}

/* A filing's form or items may be of a category without a word of it. */
static bool
catalyst_is(const struct view *v, int category)
{
    const struct filing_row *row =
        filing_decisive(&v->reading->filing, v->weights->value + WEIGHT_FILING);
    int i = row == NULL ? -1 : filing_catalyst(row);

    return i >= 0 && str_eq(catalyst_rows[i].category, keyword_rows[category].name);
}

static enum gate_result
judge_category(const struct view *v, const struct verdict *so_far, double *value,
               char *text)
{
    *value = 0.0;
    if (v->rules->any_category)
        return GATE_OFF;
    for (int i = 0; i < KEYWORD_COUNT; i++) {
        if (v->rules->allowed[i] && (reading_has(v->reading, i) || catalyst_is(v, i)))
            *value += 1.0;
    }
    (void)str_fmt(text, VERDICT_TEXT, "categories \"%s\", %d of them allowed",
                  so_far->categories, (int)*value);
    return *value > 0.0 ? GATE_PASS : GATE_FAIL;
}

/* A limit is a promise: without a price it cannot be kept, so the candidate waits for a
 * revision that has one. */
static enum gate_result
judge_price(const struct view *v, double limit, bool upper, double *value, char *text)
{
    const struct msg_metric *m = metric_of(v->in, "price");

    *value = m == NULL ? 0.0 : m->value;
    if (limit <= 0.0)
        return GATE_OFF;
    if (m == NULL || !isfinite(m->value)) {
        (void)str_fmt(text, VERDICT_TEXT, "price unknown, limit %.2f USD", limit);
        return GATE_FAIL;
    }
    (void)str_fmt(text, VERDICT_TEXT, "price %.4g USD, %s %.4g", m->value,
                  upper ? "at most" : "at least", limit);
    return (upper ? m->value <= limit : m->value >= limit) ? GATE_PASS : GATE_FAIL;
}

static enum gate_result
judge_ceiling(const struct view *v, const struct verdict *so_far, double *value,
              char *text)
{
    (void)so_far;
    return judge_price(v, v->rules->price_ceiling, true, value, text);
}

static enum gate_result
judge_floor(const struct view *v, const struct verdict *so_far, double *value,
            char *text)
{
    (void)so_far;
    return judge_price(v, v->rules->price_floor, false, value, text);
}

/* The average volume rides as rvol's second figure, itself or as the day's estimate,
 * of which rvol is the ratio to it.  0 when it is not known. */
static double
average_volume(const struct msg_enriched *in)
{
    const struct msg_metric *rvol = metric_of(in, "rvol");

    for (size_t i = 0; i < in->n_metrics; i++) {
        if (str_eq(in->metrics[i].detail_name, "avg_volume"))
            return in->metrics[i].detail;
    }
    if (rvol == NULL || !str_eq(rvol->detail_name, "day_estimate") ||
        !(rvol->value > 0.0))
        return 0.0;
    return rvol->detail / rvol->value;
}

/* Unknown passes: a young listing has no average. */
static enum gate_result
judge_volume(const struct view *v, const struct verdict *so_far, double *value,
             char *text)
{
    double least = v->rules->min_avg_volume;

    (void)so_far;
    *value = average_volume(v->in);
    if (least <= 0.0)
        return GATE_OFF;
    if (!isfinite(*value) || *value <= 0.0) {
        *value = 0.0;
        (void)str_fmt(text, VERDICT_TEXT, "average volume unknown, at least %.0f",
                      least);
        return GATE_PASS;
    }
    (void)str_fmt(text, VERDICT_TEXT, "average volume %.0f, at least %.0f", *value,
                  least);
    return *value >= least ? GATE_PASS : GATE_FAIL;
}

const struct gate_row gate_rows[] = {
    {"category", 0, "classifier.categories_allow", judge_category},
    {"sentiment_weak", 0, "classifier.min_sent_abs", judge_sentiment},
    {"score_low", 0, "classifier.min_score", judge_score},
    {"price_ceiling", LATE_PRICE, "classifier.price_ceiling", judge_ceiling},
    {"price_floor", LATE_PRICE, "classifier.price_floor", judge_floor},
    {"volume_low", LATE_RVOL, "classifier.min_avg_volume", judge_volume},
};

const size_t n_gate_rows = STR_LEN(gate_rows);

/* ---- applying them -------------------------------------------------------- */

/* The line of bad news names what made it so. */
static void
note_negative(const struct view *v, struct verdict *out)
{
    if (v->reading->negative != NULL)
        verdict_line(out, LINE_NOTE, "negative", out->sentiment,
                     "NEGATIVE: \"%s\" is bad news by itself", v->reading->negative);
    else
        verdict_line(out, LINE_NOTE, "negative", out->sentiment,
                     "NEGATIVE: sentiment %+.2f is below %+.2f", out->sentiment,
                     v->weights->value[WEIGHT_STRONG_NEGATIVE]);
}

void
gates_apply(const struct view *v, struct verdict *out)
{
    out->reason = "";
    for (size_t i = 0; i < n_gate_rows; i++) {
        const struct gate_row *row = &gate_rows[i];
        char text[VERDICT_TEXT];
        double value;
        enum gate_result result = row->judge(v, out, &value, text);

        if (result == GATE_OFF)
            continue;
        verdict_line(out, LINE_GATE, row->name, value, "%s: %s",
                     result == GATE_PASS ? "passed" : "failed", text);
        if (result == GATE_FAIL && *out->reason == '\0')
            out->reason = row->name;
    }
    out->alert = *out->reason == '\0';
    out->negative = gates_strong_negative(v);
    if (out->negative)
        note_negative(v, out);
}
