/* What prices, volume, insiders and the whole market say of an item. */
#include "base/str.h"
#include "classifier/divergence.h"
#include "classifier/extended.h"
#include "classifier/fundamental.h"
#include "classifier/insider.h"
#include "classifier/opinions.h"
#include "classifier/weights.h"
#include "enricher/metrics/metric.h"
#include "tests/conform/conform.h"

#include <math.h>

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

static double
rounded(double value, double steps)
{
    return round(value * steps) / steps;
}

/* ---- price and volume ---- */

void
conform_divergence(const struct json *input, struct jsonw *out)
{
    struct divergence d =
        divergence_of(number(input, "price_change"), number(input, "volume_change"));

    if (d.name == NULL) {
        jw_null(out, NULL);
        return;
    }
    jw_object(out, NULL);
    jw_str(out, "divergence_type", d.name);
    jw_str(out, "signal_strength", d.strength);
    jw_num(out, "sentiment_adjustment", d.value);
    jw_end(out);
}

void
conform_volume_change(const struct json *input, struct jsonw *out)
{
    jw_num(out, NULL,
           rounded(number(json_member(input, "rvol_data"), "rvol") - 1.0, 1e4));
}

void
conform_extended(const struct json *input, struct jsonw *out)
{
    double pct =
        price_change_pct(number(input, "price"), number(input, "previous_close"));

    jw_num(out, NULL, rounded(extended_sentiment(pct), 1e9));
}

/* ---- float and short interest ---- */

static void
write_points(struct points p, struct jsonw *out)
{
    jw_array(out, NULL);
    jw_num(out, NULL, p.value);
    jw_str(out, NULL, p.why);
    jw_end(out);
}

void
conform_float_points(const struct json *input, struct jsonw *out)
{
    write_points(float_points(number(input, "float_shares")), out);
}

void
conform_short_points(const struct json *input, struct jsonw *out)
{
    write_points(short_points(number(input, "short_interest_pct")), out);
}

/* Switched off there is no part at all. */
void
conform_points(const struct json *input, struct jsonw *out)
{
    bool on = str_eq(text(input, "flag"), "1");
    struct points shares = float_points(on ? number(input, "float_shares") : NAN);
    struct points shorted =
        short_points(on ? number(input, "short_interest_pct") : NAN);
    bool known = shares.why != NULL || shorted.why != NULL;

    jw_object(out, NULL);
    jw_num(out, "score", shares.value + shorted.value);
    jw_num(out, "float_score", on ? shares.value : NAN);
    jw_num(out, "si_score", on ? shorted.value : NAN);
    jw_str(out, "reason",
           !on     ? "feature_disabled"
           : known ? NULL
                   : "no_data_available");
    jw_end(out);
}

void
conform_squeeze(const struct json *input, struct jsonw *out)
{
    write_points(squeeze_of(number(input, "short_interest_pct"),
                            number(input, "base_sentiment")),
                 out);
}

void
conform_squeeze_boost(const struct json *input, struct jsonw *out)
{
    jw_num(out, NULL,
           squeeze_boost(number(input, "short_interest_pct"),
                         number(input, "base_sentiment")));
}

/* ---- insiders ---- */

/* What is neither bought nor sold, but granted or given, is no trade. */
void
conform_insider(const struct json *input, struct jsonw *out)
{
    const char *type = text(input, "type");
    const struct trade t = {.sale = str_eq(type, "Sale"),
                            .planned =
                                json_bool(json_member(input, "is_10b5_1"), false),
                            .shares = number(input, "shares"),
                            .price = number(input, "price"),
                            .title = text(input, "title")};
    struct insider i = insider_of(&t, t.sale || str_eq(type, "Purchase"));

    jw_object(out, NULL);
    jw_num(out, "score", rounded(i.score, 1e9));
    jw_str(out, "signal", i.signal);
    jw_num(out, "net_value_usd", i.net_usd);
    jw_end(out);
}

/* ---- the market ---- */

/* A name that is none stands for a VIX that is not known. */
static enum regime
named_regime(const struct json *input)
{
    int r = 0;

    while (r < REGIMES && !str_eq(regime_rows[r].name, text(input, "regime")))
        r++;
    return r < REGIMES ? (enum regime)r : regime_of(NAN);
}

void
conform_regime(const struct json *input, struct jsonw *out)
{
    jw_str(out, NULL, regime_rows[regime_of(number(input, "vix"))].name);
}

void
conform_trend(const struct json *input, struct jsonw *out)
{
    jw_str(out, NULL, trend_names[trend_of(number(input, "spy_20d_return_pct"))]);
}

void
conform_regime_confidence(const struct json *input, struct jsonw *out)
{
    jw_num(out, NULL,
           regime_confidence(number(input, "vix"), number(input, "spy_return")));
}

void
conform_high_volatility(const struct json *input, struct jsonw *out)
{
    jw_bool(out, NULL, regime_is_high_volatility(named_regime(input)));
}

/* What a case overrides is a weight here. */
void
conform_regime_multiplier(const struct json *input, struct jsonw *out)
{
    static const char *const keys[REGIMES] = {"bull", "neutral", "high_vol", "bear",
                                              "crash"};
    enum regime r = named_regime(input);
    struct weights w;

    weights_default(&w);
    jw_num(out, NULL,
           json_f64(json_member(json_member(input, "override"), keys[r]),
                    w.value[WEIGHT_REGIME + (int)r]));
}

void
conform_regime_full(const struct json *input, struct jsonw *out)
{
    double vix = number(input, "vix"), spy = number(input, "spy");
    enum regime r = regime_of(vix);

    jw_object(out, NULL);
    jw_str(out, "regime", regime_rows[r].name);
    jw_num(out, "multiplier", regime_rows[r].multiplier);
    jw_str(out, "spy_trend", trend_names[trend_of(spy)]);
    jw_num(out, "spy_20d_return", spy);
    jw_num(out, "confidence", regime_confidence(vix, spy));
    jw_end(out);
}

/* ---- all opinions ---- */

/* An inline or unknown result has no opinion, so it dilutes none. */
void
conform_opinions(const struct json *input, struct jsonw *out)
{
    double earnings = number(input, "earnings");
    struct opinions o = {{number(input, "vader"), earnings == 0.0 ? NAN : earnings,
                          number(input, "llm"), NAN, NAN}};
    struct opinion_mean m = opinions_mean(&o, number(input, "vix"));

    jw_object(out, NULL);
    jw_num(out, "sentiment", m.value);
    jw_num(out, "confidence", m.confidence);
    jw_end(out);
}
