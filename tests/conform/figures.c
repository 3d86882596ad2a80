/* Figures in a text: amounts, a quarter's results, an offering's terms, guidance. */
#include "base/str.h"
#include "classifier/amount.h"
#include "classifier/earnings.h"
#include "classifier/terms.h"
#include "tests/conform/conform.h"
#include "tests/conform/reader.h"

#include <math.h>

/* What is no number is NAN. */
static double
number(const struct json *input, const char *key)
{
    const struct json *j = json_member(input, key);

    return json_is_number(j) ? json_f64(j, NAN) : NAN;
}

static const char *
text(const struct json *input, const char *key)
{
    return json_text(json_member(input, key), "");
}

/* Sums of products are compared as they are shown. */
static double
shown(double value)
{
    return round(value * 1e9) / 1e9;
}

void
conform_amount(const struct json *input, struct jsonw *out)
{
    jw_num(out, NULL, amount_of(text(input, "text")));
}

/* ---- earnings ---- */

void
conform_earnings_detect(const struct json *input, struct jsonw *out)
{
    jw_bool(out, NULL,
            earnings_is_result(text(input, "title"), text(input, "description")));
}

void
conform_earnings_parse(const struct json *input, struct jsonw *out)
{
    static const char *const names[] = {"miss", NULL, "beat"};
    struct earnings e;

    earnings_read(text(input, "title"), text(input, "description"), &e);
    jw_object(out, NULL);
    jw_num(out, "eps_actual", e.eps);
    jw_num(out, "eps_estimate", e.eps_estimate);
    jw_num(out, "revenue_actual", e.revenue);
    jw_num(out, "revenue_estimate", e.revenue_estimate);
    jw_str(out, "beat_miss_status", names[earnings_status(&e) + 1]);
    jw_end(out);
}

void
conform_earnings_sentiment(const struct json *input, struct jsonw *out)
{
    struct earnings e = {number(input, "eps_actual"), number(input, "eps_estimate"),
                         number(input, "revenue_actual"),
                         number(input, "revenue_estimate"), 0};
    enum earnings_label label;
    double score = earnings_score(&e, &label);

    jw_object(out, NULL);
    jw_num(out, "score", shown(score));
    jw_str(out, "label", earnings_labels[label]);
    jw_end(out);
}

/* ---- offerings ---- */

void
conform_terms(const struct json *input, struct jsonw *out)
{
    struct terms t = {NAN, NAN, NAN};

    terms_read(text(input, "text"), &t);
    jw_object(out, NULL);
    jw_num(out, "size", t.size);
    jw_num(out, "shares", t.shares);
    jw_num(out, "price", t.price);
    jw_end(out);
}

void
conform_dilution(const struct json *input, struct jsonw *out)
{
    double pct = dilution_pct(number(input, "shares_offered"), number(input, "float"));

    jw_object(out, NULL);
    jw_num(out, "dilution_pct", pct);
    jw_num(out, "price_impact_estimate", dilution_impact_pct(pct));
    jw_end(out);
}

void
conform_severity(const struct json *input, struct jsonw *out)
{
    jw_str(out, NULL, dilution_severity(number(input, "dilution_pct"))->name);
}

/* ---- guidance ---- */

static void
ask_guidance(const struct json *input,
             void (*tell)(const struct guidance *g, struct jsonw *out),
             struct jsonw *out)
{
    struct reader *r = calloc(1, sizeof *r);

    if (r == NULL || reader_open(r, input, "text") != 0) {
        jw_null(out, NULL);
    } else {
        tell(&r->reading.guidance, out);
        reader_close(r);
    }
    free(r);
}

static void
tell_direction(const struct guidance *g, struct jsonw *out)
{
    jw_str(out, NULL, g->phrase != NULL ? guidance_rows[g->direction].name : NULL);
}

static void
tell_scope(const struct guidance *g, struct jsonw *out)
{
    jw_str(out, NULL, str_empty(g->scope) ? NULL : g->scope);
}

static void
tell_confidence(const struct guidance *g, struct jsonw *out)
{
    jw_str(out, NULL,
           g->sure != GUIDANCE_NONE ? guidance_rows[g->sure].name : "moderate");
}

void
conform_guidance_direction(const struct json *input, struct jsonw *out)
{
    ask_guidance(input, tell_direction, out);
}

void
conform_guidance_scope(const struct json *input, struct jsonw *out)
{
    ask_guidance(input, tell_scope, out);
}

void
conform_guidance_confidence(const struct json *input, struct jsonw *out)
{
    ask_guidance(input, tell_confidence, out);
}
