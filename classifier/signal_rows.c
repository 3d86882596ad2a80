/* The rows of the score: what each reads and what it says of it. */
#include "classifier/signals.h"

#include "base/str.h"
#include "classifier/divergence.h"
#include "classifier/extended.h"
#include "classifier/fundamental.h"

#include <math.h>

static const double OPINION_SURE = 0.5; /* a less confident one does not count */

const char *const late_metrics[LATE_METRICS] = {
    "float", "vwap", "rvol", "price", "vix", "extended", "insider", "opinion",
};

static void
list_category(struct verdict *out, const char *name)
{
    size_t used = strlen(out->categories);

    (void)str_fmt(out->categories + used, sizeof out->categories - used, "%s%s",
                  used > 0 ? " " : "", name);
}

/* ---- of the text -------------------------------------------------------------------
 */

/* Writes a line of its own for each category.  The offering family does not count once
 * its stage shows that no share is new any more, or none at all. */
static double
keyword_value(const struct view *v, const struct signal_row *row, struct verdict *out,
              char *text)
{
    const struct offering_row *stage = &offering_rows[v->reading->stage];
    double sum = 0.0;

    (void)row;
    (void)text;
    for (int i = 0; i < KEYWORD_COUNT; i++) {
        bool cleared = keyword_rows[i].kind == KEYWORD_OFFERING && stage->harmless;
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

static const struct filing_row *
decisive_row(const struct view *v)
{
    return filing_decisive(&v->reading->filing, v->weights->value + WEIGHT_FILING);
}

static void
filing_text(const struct view *v, const struct filing_row *row, const char *counted,
            char *text)
{
    const struct filing *f = &v->reading->filing;

    (void)str_fmt(text, VERDICT_TEXT, "form %s%s%s%s: %s%s%s%s", f->form,
                  f->amended ? "/A" : "", str_eq(row->name, f->form) ? "" : " item ",
                  str_eq(row->name, f->form) ? "" : row->name, row->catalyst,
                  counted ? "; the words of category \"" : "", counted ? counted : "",
                  counted ? "\" count" : "");
}

/* Words that say the same count instead: their category is in the sum already. */
static double
filing_value(const struct view *v, const struct signal_row *signal, struct verdict *out,
             char *text)
{
    const struct filing_row *row = decisive_row(v);
    int catalyst = row == NULL ? -1 : filing_catalyst(row), category;

    (void)signal;
    if (row == NULL || str_empty(row->name))
        return 0.0;
    if (catalyst < 0) {
        filing_text(v, row, NULL, text);
        return 0.0;
    }
    category = catalyst_rows[catalyst].category == NULL
                   ? -1
                   : keyword_find(catalyst_rows[catalyst].category);
    if (category >= 0 && v->reading->category[category] != NULL) {
        filing_text(v, row, keyword_rows[category].name, text);
        return 0.0;
    }
    list_category(out, catalyst_rows[catalyst].name);
    filing_text(v, row, NULL, text);
    return v->weights->value[WEIGHT_FILING + catalyst];
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

/* The words of a filing weigh what its items weigh; the row's range holds it. */
static double
sentiment_value(const struct view *v, const struct signal_row *row, struct verdict *out,
                char *text)
{
    const struct filing_row *filing = decisive_row(v);
    double impact = filing == NULL ? 1.0 : filing->impact;

    (void)row;
    out->relevance = out->score;
    if (impact > 1.0)
        (void)str_fmt(text, VERDICT_TEXT,
                      "%s, times %.1f for the filing's item or form",
                      v->reading->sentiment_text, impact);
    else
        (void)str_copy(text, VERDICT_TEXT, v->reading->sentiment_text);
    return v->reading->sentiment * impact;
}

static void
put_figure(char *text, const char *name, double actual, double estimate)
{
    size_t used = strlen(text);

    if (isfinite(actual) && isfinite(estimate))
        (void)str_fmt(text + used, VERDICT_TEXT - used, "%s%s %g against %g",
                      used > 0 ? ", " : "", name, actual, estimate);
}

static double
earnings_value(const struct view *v, const struct signal_row *row, struct verdict *out,
               char *text)
{
    static const struct {
        double above;
        int weight;
    } steps[] = {
        {0.5, WEIGHT_STRONG_BEAT},
        {0.15, WEIGHT_BEAT},
        {-1e-9, WEIGHT_NONE},
        {-0.5, WEIGHT_MISS},
        {-INFINITY, WEIGHT_STRONG_MISS},
    };
    static const char *const tags[EARNINGS_LABELS] = {
        [EARNINGS_STRONG_BEAT] = "strong_beat",
        [EARNINGS_BEAT] = "beat",
        [EARNINGS_INLINE] = "inline",
        [EARNINGS_MISS] = "miss",
    };
    const struct reading *r = v->reading;
    size_t i = 0, used;

    (void)row;
    if (r->result == EARNINGS_UNKNOWN)
        return 0.0;
    while (r->result_score <= steps[i].above + 1e-9)
        i++;
    if (r->category[keyword_find("earnings")] == NULL)
        list_category(out, "earnings");
    list_category(out, tags[r->result]);
    put_figure(text, "EPS", r->earnings.eps, r->earnings.eps_estimate);
    put_figure(text, "revenue (millions)", r->earnings.revenue,
               r->earnings.revenue_estimate);
    used = strlen(text);
    (void)str_fmt(text + used, VERDICT_TEXT - used, ": %s", earnings_labels[r->result]);
    return steps[i].weight == WEIGHT_NONE ? 0.0 : v->weights->value[steps[i].weight];
}

/* ---- of late facts -----------------------------------------------------------------
 */

static double
dilution_value(const struct view *v, const struct signal_row *row, struct verdict *out,
               char *text)
{
    const struct msg_metric *shares = metric_of(v->in, "float");
    double fresh = terms_shares(&v->reading->terms);
    double pct = dilution_pct(fresh, shares == NULL ? NAN : shares->value);
    const struct dilution_row *severity = dilution_severity(pct);

    (void)row;
    (void)out;
    if (!isfinite(pct))
        return 0.0;
    (void)str_fmt(text, VERDICT_TEXT,
                  "%s: %.0f new shares are %.1f %% of the float; price impact %.1f %%",
                  severity->name, fresh, pct, dilution_impact_pct(pct));
    return severity->value;
}

/* Without a number of new shares, or with the most there can be. */
static void
narrow_dilution(const struct view *v, double *least, double *most)
{
    (void)most;
    if (!isfinite(terms_shares(&v->reading->terms)))
        *least = 0.0;
}

static double
short_value(const struct view *v, const struct signal_row *row, struct verdict *out,
            char *text)
{
    double pct = metric_detail(metric_of(v->in, "float"), "short_float_pct");
    double boost = squeeze_boost(pct, v->reading->sentiment);

    (void)row;
    (void)out;
    if (boost > 0.0)
        (void)str_fmt(text, VERDICT_TEXT, "%.1f %% of the float is sold short: %s", pct,
                      squeeze_of(pct, v->reading->sentiment).why);
    return boost;
}

/* The most that any short interest makes of this sentiment. */
static void
narrow_short(const struct view *v, double *least, double *most)
{
    double best = squeeze_boost(100.0, v->reading->sentiment);

    (void)least;
    *most = best < *most ? best : *most;
}

static double
fundamental_value(const struct view *v, const struct signal_row *row,
                  struct verdict *out, char *text)
{
    const struct msg_metric *m = metric_of(v->in, "float");
    struct points shares = float_points(m == NULL ? NAN : m->value);
    struct points shorted = short_points(metric_detail(m, "short_float_pct"));

    (void)out;
    if (shares.why != NULL && v->weights->value[row->weight] > 0.0)
        (void)str_fmt(text, VERDICT_TEXT, "%s%s%s", shares.why,
                      shorted.why == NULL ? "" : ", ",
                      shorted.why == NULL ? "" : shorted.why);
    return shares.value + shorted.value;
}

static double
extended_value(const struct view *v, const struct signal_row *row, struct verdict *out,
               char *text)
{
    double pct = metric_detail(metric_of(v->in, "extended"), "change_pct");

    (void)row;
    (void)out;
    if (isfinite(pct))
        (void)str_fmt(text, VERDICT_TEXT, "%+.1f %% outside the regular session", pct);
    return extended_sentiment(pct);
}

static double
insider_value(const struct view *v, const struct signal_row *row, struct verdict *out,
              char *text)
{
    const struct msg_metric *m = metric_of(v->in, "insider");

    (void)row;
    (void)out;
    if (m == NULL || !isfinite(m->value))
        return 0.0;
    (void)str_fmt(text, VERDICT_TEXT, "insiders: %s", m->klass);
    return m->value;
}

/* Pulls the sentiment towards the model's opinion. */
static double
opinion_value(const struct view *v, const struct signal_row *row, struct verdict *out,
              char *text)
{
    const struct msg_metric *m = metric_of(v->in, "opinion");
    double sure = metric_detail(m, "confidence");

    (void)row;
    (void)out;
    if (m == NULL || !isfinite(m->value) || !(sure >= OPINION_SURE))
        return 0.0;
    (void)str_fmt(text, VERDICT_TEXT, "%s %+.2f with confidence %.2f", m->klass,
                  m->value, sure);
    return fmax(-1.0, fmin(1.0, m->value)) - v->reading->sentiment;
}

static void
narrow_opinion(const struct view *v, double *least, double *most)
{
    double to_worst = -1.0 - v->reading->sentiment;
    double to_best = 1.0 - v->reading->sentiment;

    *least = to_worst > *least ? to_worst : *least;
    *most = to_best < *most ? to_best : *most;
}

static double
regime_value(const struct view *v, const struct signal_row *row, struct verdict *out,
             char *text)
{
    const struct msg_metric *m = metric_of(v->in, "vix");
    double spy = metric_detail(m, "spy_20d_pct");
    enum regime r = regime_of(m == NULL ? NAN : m->value);

    (void)row;
    (void)out;
    if (m == NULL || !isfinite(m->value))
        return 1.0;
    (void)str_fmt(text, VERDICT_TEXT, "%s: VIX %.1f, SPY %s, confidence %.1f",
                  regime_rows[r].name, m->value, trend_names[trend_of(spy)],
                  regime_confidence(m->value, spy));
    return v->weights->value[WEIGHT_REGIME + (int)r];
}

static double
divergence_value(const struct view *v, const struct signal_row *row,
                 struct verdict *out, char *text)
{
    const struct msg_metric *rvol = metric_of(v->in, "rvol");
    double pct = metric_detail(metric_of(v->in, "price"), "change_pct");
    struct divergence d =
        divergence_of(pct / 100.0, rvol == NULL ? NAN : rvol->value - 1.0);

    (void)row;
    (void)out;
    if (d.name != NULL)
        (void)str_fmt(text, VERDICT_TEXT, "%s %s: price %+.1f %%, %.1f x the volume",
                      d.strength, d.name, pct, rvol->value);
    return d.value;
}

/* The metric of the row's name: its class chose the multiplier. */
static double
metric_value(const struct view *v, const struct signal_row *row, struct verdict *out,
             char *text)
{
    const struct msg_metric *m = metric_of(v->in, row->name);

    if (m == NULL || !isfinite(m->multiplier) || m->multiplier <= 0.0)
        return 1.0;
    (void)str_fmt(text, VERDICT_TEXT, "%s, multiplier %.2f%s", m->klass, m->multiplier,
                  out->score < 0.0 ? ", score is negative: divides" : "");
    return m->multiplier;
}

const struct signal_row signal_rows[] = {
    {"keyword", SIGNAL_ADDS, 0, -25.0, 25.0, WEIGHT_NONE, keyword_value, NULL},
    {"filing", SIGNAL_ADDS, 0, -5.0, 5.0, WEIGHT_NONE, filing_value, NULL},
    {"source", SIGNAL_SCALES, 0, 0.1, 2.0, WEIGHT_NONE, source_value, NULL},
    {"sentiment", SIGNAL_ADDS, 0, -1.0, 1.0, WEIGHT_SENTIMENT, sentiment_value, NULL},
    {"earnings", SIGNAL_ADDS, 0, -5.0, 5.0, WEIGHT_NONE, earnings_value, NULL},
    {"dilution", SIGNAL_ADDS, LATE_FLOAT, -0.5, 0.0, WEIGHT_DILUTION, dilution_value,
     narrow_dilution},
    {"short_interest", SIGNAL_ADDS, LATE_FLOAT, 0.0, 0.7, WEIGHT_SHORT_INTEREST,
     short_value, narrow_short},
    {"fundamental", SIGNAL_ADDS, LATE_FLOAT, -0.1, 1.0, WEIGHT_FUNDAMENTAL,
     fundamental_value, NULL},
    {"extended_hours", SIGNAL_ADDS, LATE_EXTENDED, -0.9, 0.9, WEIGHT_EXTENDED_HOURS,
     extended_value, NULL},
    {"insider", SIGNAL_ADDS, LATE_INSIDER, -0.4, 1.0, WEIGHT_INSIDER, insider_value,
     NULL},
    {"language_model", SIGNAL_ADDS, LATE_OPINION, -2.0, 2.0, WEIGHT_LANGUAGE_MODEL,
     opinion_value, narrow_opinion},
    {"regime", SIGNAL_PUSHES, LATE_VIX, 0.5, 1.5, WEIGHT_NONE, regime_value, NULL},
    {"rvol", SIGNAL_PUSHES, LATE_RVOL, 0.8, 1.4, WEIGHT_NONE, metric_value, NULL},
    {"float", SIGNAL_PUSHES, LATE_FLOAT, 0.9, 1.3, WEIGHT_NONE, metric_value, NULL},
    {"divergence", SIGNAL_ADDS, LATE_RVOL | LATE_PRICE, -0.15, 0.15, WEIGHT_DIVERGENCE,
     divergence_value, NULL},
    {"vwap", SIGNAL_PUSHES, LATE_VWAP, 0.7, 1.2, WEIGHT_NONE, metric_value, NULL},
};

const size_t n_signal_rows = STR_LEN(signal_rows);
