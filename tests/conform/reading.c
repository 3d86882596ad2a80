#include "base/str.h"
#include "classifier/gates.h"
#include "enricher/metrics/metric.h"
#include "tests/conform/conform.h"
#include "tests/conform/reader.h"

#include <math.h>

/* What one case asks of an open reader. */
typedef void ask_fn(struct reader *r, const struct json *input, struct jsonw *out);

static void
ask(ask_fn *question, const struct json *input, const char *text_key, struct jsonw *out)
{
    struct reader *r = calloc(1, sizeof *r);

    if (r == NULL || reader_open(r, input, text_key) != 0) {
        jw_null(out, NULL);
    } else {
        question(r, input, out);
        reader_close(r);
    }
    free(r);
}

/* ---- sources ---- */

void
conform_source_domain(const struct json *input, struct jsonw *out)
{
    char domain[SOURCE_DOMAIN];

    jw_str(
        out, NULL,
        source_domain(json_text(json_member(input, "url"), ""), domain, sizeof domain));
}

void
conform_source_tier(const struct json *input, struct jsonw *out)
{
    struct source_tier source;
    struct weights weights;

    weights_default(&weights);
    source_tier_of(json_text(json_member(input, "url"), ""), &source);
    jw_object(out, NULL);
    jw_int(out, "tier", source.tier);
    jw_num(out, "weight", weights.value[WEIGHT_TIER_1 + source.tier - 1]);
    jw_str(out, "category", source.category);
    jw_end(out);
}

/* ---- offerings ---- */

static const struct offering_row *
stage_of(const struct reader *r)
{
    return &offering_rows[r->reading.stage];
}

static const char *
stage_name(const struct reader *r)
{
    return r->reading.stage != OFFERING_NONE ? stage_of(r)->name : NULL;
}

static void
ask_stage(struct reader *r, const struct json *input, struct jsonw *out)
{
    (void)input;
    jw_object(out, NULL);
    jw_str(out, "stage", stage_name(r));
    jw_num(out, "confidence", stage_of(r)->confidence);
    jw_end(out);
}

/* Its stage is known, or only that there is one. */
static void
ask_is_offering(struct reader *r, const struct json *input, struct jsonw *out)
{
    bool found = r->reading.stage != OFFERING_NONE;

    (void)input;
    for (int i = 0; i < KEYWORD_COUNT; i++)
        found |=
            keyword_rows[i].kind == KEYWORD_OFFERING && r->reading.category[i] != NULL;
    jw_bool(out, NULL, found);
}

static void
ask_is_debt(struct reader *r, const struct json *input, struct jsonw *out)
{
    (void)input;
    jw_bool(out, NULL, r->reading.stage == OFFERING_DEBT);
}

/* The sentiment of the case stands for that of the words. */
static void
ask_correction(struct reader *r, const struct json *input, struct jsonw *out)
{
    double sentiment = json_f64(json_member(input, "current_sentiment"), 0);
    double least = json_f64(json_member(input, "min_confidence"), 0);
    bool sure = r->reading.stage != OFFERING_NONE && stage_of(r)->confidence >= least;

    jw_object(out, NULL);
    jw_num(out, "sentiment", sure ? stage_of(r)->sentiment : sentiment);
    jw_str(out, "stage", stage_name(r));
    jw_bool(out, "corrected", sure);
    jw_end(out);
}

void
conform_offering_stage(const struct json *input, struct jsonw *out)
{
    ask(ask_stage, input, "text", out);
}

void
conform_is_offering(const struct json *input, struct jsonw *out)
{
    ask(ask_is_offering, input, "text", out);
}

void
conform_is_debt(const struct json *input, struct jsonw *out)
{
    ask(ask_is_debt, input, "text", out);
}

void
conform_offering_correction(const struct json *input, struct jsonw *out)
{
    ask(ask_correction, input, "text", out);
}

/* The row of the stage that the case names; that of no stage if there is none. */
static const struct offering_row *
named_stage(const struct json *input)
{
    const char *name = json_text(json_member(input, "stage"), "");

    for (int i = 0; i < OFFERING_STAGES; i++)
        if (str_eq(offering_rows[i].name, name))
            return &offering_rows[i];
    return &offering_rows[OFFERING_NONE];
}

void
conform_offering_label(const struct json *input, struct jsonw *out)
{
    jw_object(out, NULL);
    jw_str(out, "label", named_stage(input)->label);
    jw_end(out);
}

void
conform_offering_sentiment(const struct json *input, struct jsonw *out)
{
    jw_num(out, NULL, named_stage(input)->sentiment);
}

/* ---- the words ---- */

static void
ask_keywords(struct reader *r, const struct json *input, struct jsonw *out)
{
    (void)input;
    jw_object(out, NULL);
    jw_array(out, "keyword_hits");
    for (int i = 0; i < KEYWORD_COUNT; i++)
        if (r->reading.category[i] != NULL)
            jw_str(out, NULL, keyword_rows[i].name);
    jw_end(out);
    jw_end(out);
}

static void
ask_sentiment(struct reader *r, const struct json *input, struct jsonw *out)
{
    (void)input;
    jw_object(out, NULL);
    jw_str(out, "sentiment",
           r->reading.sentiment > 0   ? "> 0"
           : r->reading.sentiment < 0 ? "< 0"
                                      : "0");
    jw_end(out);
}

static void
ask_bypass(struct reader *r, const struct json *input, struct jsonw *out)
{
    struct view view = {&r->weights, &r->rules, &r->in, &r->reading};

    r->reading.sentiment = json_f64(json_member(input, "sentiment"), 0);
    jw_object(out, NULL);
    jw_bool(out, "bypass", gates_strong_negative(&view));
    jw_end(out);
}

/* Every category weighs 1, bad news -2, unless the case says otherwise. */
static void
even_weights(struct reader *r, const struct json *input)
{
    const struct json *given = json_member(input, "category_weights");

    for (int i = 0; i < KEYWORD_COUNT; i++)
        r->weights.value[i] = json_f64(json_member(given, keyword_rows[i].name),
                                       keyword_rows[i].weight > 0 ? 1.0 : -2.0);
}

static double
line_value(const struct verdict *v, const char *name)
{
    for (size_t i = 0; i < v->n_lines; i++)
        if (str_eq(v->lines[i].name, name))
            return v->lines[i].value;
    return 0;
}

static void
write_hits(const struct verdict *v, struct jsonw *out)
{
    const char *cursor = v->categories, *piece;
    size_t n;

    jw_array(out, "keyword_hits");
    while ((piece = str_piece(&cursor, " ", &n)) != NULL) {
        char name[KEYWORD_NAME];

        (void)str_copyn(name, sizeof name, piece, n);
        jw_str(out, NULL, name);
    }
    jw_end(out);
}

static void
write_score(const struct verdict *v, const struct reading *reading, struct jsonw *out)
{
    jw_object(out, NULL);
    jw_num(out, "relevance", v->relevance);
    jw_num(out, "sentiment", reading->sentiment + line_value(v, "language_model"));
    jw_num(out, "score", v->score);
    write_hits(v, out);
    jw_str(out, "alert_type", v->negative ? "NEGATIVE" : "N/A");
    jw_end(out);
}

/* The opinion of a language model as the cases give it; false without one. */
static bool
read_opinion(const struct json *input, struct msg_metric *m)
{
    static const struct {
        const char *name;
        double value;
    } rows[] = {{"bullish", 0.7}, {"neutral", 0.0}, {"bearish", -0.7}};
    const struct json *given =
        json_member(json_member(input, "raw"), "sentiment_analysis");
    const char *says = json_text(json_member(given, "market_sentiment"), "");

    for (size_t i = 0; i < STR_LEN(rows); i++) {
        if (!str_eq(rows[i].name, says))
            continue;
        *m = (struct msg_metric){.name = "opinion",
                                 .status = "ok",
                                 .klass = rows[i].name,
                                 .value = rows[i].value,
                                 .detail_name = "confidence",
                                 .detail =
                                     json_f64(json_member(given, "confidence"), 0)};
        return true;
    }
    return false;
}

/* The sentiment of the case stands for that of the words; a stage goes before both. */
static void
ask_score(struct reader *r, const struct json *input, struct jsonw *out)
{
    struct view view = {&r->weights, &r->rules, &r->in, &r->reading};
    struct verdict *v = calloc(1, sizeof *v);
    struct msg_metric opinion;

    if (v == NULL) {
        jw_null(out, NULL);
        return;
    }
    even_weights(r, input);
    if (r->reading.stage == OFFERING_NONE)
        r->reading.sentiment = json_f64(json_member(input, "vader_compound"), 0);
    r->in.metrics = &opinion;
    r->in.n_metrics = read_opinion(input, &opinion);
    verdict_clear(v);
    signals_apply(&view, v);
    v->negative = gates_strong_negative(&view);
    write_score(v, &r->reading, out);
    free(v);
}

/* A distance that shows the signal. */
static double
vwap_multiplier(const char *signal)
{
    static const double distances[] = {3, 1, 0, -1, -3};

    for (size_t i = 0; i < STR_LEN(distances); i++)
        if (str_eq(vwap_band(distances[i]).klass, signal))
            return vwap_band(distances[i]).multiplier;
    return NAN;
}

static struct msg_metric
metric(const char *name, double multiplier)
{
    return (struct msg_metric){.name = name,
                               .status = isfinite(multiplier) ? "ok" : "empty",
                               .klass = "",
                               .detail_name = "",
                               .multiplier = multiplier};
}

/* What the case says of float, VWAP, volume and price. */
static size_t
read_metrics(const struct json *input, struct msg_metric *m)
{
    const struct json *rvol = json_member(input, "rvol");

    m[0] = metric("float", json_f64(json_member(input, "float_multiplier"), NAN));
    m[1] = metric("vwap",
                  vwap_multiplier(json_text(json_member(input, "vwap_signal"), "")));
    m[2] = metric("rvol", json_f64(json_member(rvol, "multiplier"), NAN));
    m[2].value = json_f64(json_member(rvol, "rvol"), 0);
    m[3] = metric("price", json_f64(json_member(input, "price_change"), NAN));
    m[3].detail_name = "change_pct";
    m[3].detail = m[3].multiplier * 100.0;
    m[3].multiplier = 1.0;
    return 4;
}

/* The score of the case is that of one category and no sentiment: what is left is what
 * the metrics do to it. */
static void
ask_metrics_score(struct reader *r, const struct json *input, struct jsonw *out)
{
    struct msg_metric metrics[4];
    struct view view = {&r->weights, &r->rules, &r->in, &r->reading};
    struct verdict *v = calloc(1, sizeof *v);

    if (v == NULL)
        return;
    r->in.metrics = metrics;
    r->in.n_metrics = read_metrics(input, metrics);
    r->reading.category[0] = "the case";
    r->reading.sentiment = 0;
    r->weights.value[0] = json_f64(json_member(input, "score"), 0);
    r->weights.value[WEIGHT_TIER_3] = 1; /* of no source at all */
    verdict_clear(v);
    signals_apply(&view, v);
    jw_object(out, NULL);
    jw_num(out, "score", v->score);
    jw_end(out);
    free(v);
}

void
conform_metrics_score(const struct json *input, struct jsonw *out)
{
    ask(ask_metrics_score, input, "summary", out);
}

void
conform_score(const struct json *input, struct jsonw *out)
{
    ask(ask_score, input, "summary", out);
}

void
conform_keywords(const struct json *input, struct jsonw *out)
{
    ask(ask_keywords, input, "summary", out);
}

void
conform_sentiment(const struct json *input, struct jsonw *out)
{
    ask(ask_sentiment, input, "summary", out);
}

void
conform_negative_bypass(const struct json *input, struct jsonw *out)
{
    ask(ask_bypass, input, "summary", out);
}
