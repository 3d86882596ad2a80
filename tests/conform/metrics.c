#include "base/err.h"
#include "base/text.h"
#include "enricher/metrics/metric.h"
#include "tests/conform/conform.h"

#include <math.h>

enum { BARS_MAX = 64 };

/* What is no number is NAN, as it is after a parser. */
static double
number(const struct json *input, const char *key)
{
    const struct json *j = json_member(input, key);

    return json_is_number(j) ? json_f64(j, NAN) : NAN;
}

static void
write_band(struct jsonw *out, const char *key, struct band b)
{
    jw_str(out, key, b.klass);
    jw_num(out, "multiplier", b.multiplier);
}

/* A float that comes as text is read as any figure is. */
void
conform_float_validate(const struct json *input, struct jsonw *out)
{
    const char *text = json_text(json_member(input, "float_shares"), "");
    double shares = number(input, "float_shares");

    if (*text != '\0' && text_figure(text, &shares) != 0)
        shares = NAN;
    jw_bool(out, NULL, float_is_plausible(shares));
}

void
conform_float_classify(const struct json *input, struct jsonw *out)
{
    jw_object(out, NULL);
    write_band(out, "float_class", float_band(number(input, "float_shares")));
    jw_end(out);
}

static size_t
read_bars(const struct json *list, struct bar *bars)
{
    size_t n = json_len(list) < BARS_MAX ? json_len(list) : BARS_MAX;

    for (size_t i = 0; i < n; i++) {
        const struct json *b = json_at(list, i);

        bars[i].start_ms = (int64_t)i * 60000;
        bars[i].high = json_f64(json_at(b, 0), NAN);
        bars[i].low = json_f64(json_at(b, 1), NAN);
        bars[i].close = json_f64(json_at(b, 2), NAN);
        bars[i].open = bars[i].close;
        bars[i].volume = json_f64(json_at(b, 3), NAN);
    }
    return n;
}

void
conform_vwap_calculate(const struct json *input, struct jsonw *out)
{
    struct bar bars[BARS_MAX];
    struct vwap v;
    size_t n = read_bars(json_member(input, "bars_high_low_close_volume"), bars);

    if (vwap_of_bars(bars, n, &v) != 0) {
        jw_null(out, NULL);
        return;
    }
    jw_object(out, NULL);
    jw_num(out, "vwap", v.vwap);
    jw_num(out, "current_price", v.last);
    jw_num(out, "distance_from_vwap_pct", v.distance_pct);
    jw_bool(out, "is_above_vwap", v.distance_pct > 0);
    write_band(out, "vwap_signal", vwap_band(v.distance_pct));
    jw_num(out, "cumulative_volume", v.volume);
    jw_num(out, "typical_price", v.typical);
    jw_int(out, "num_bars", (int64_t)n); /* the cases count those without volume */
    jw_bool(out, "vwap_break", vwap_is_break(v.distance_pct));
    jw_end(out);
}

void
conform_vwap_bands(const struct json *input, struct jsonw *out)
{
    double distance = number(input, "distance_pct");

    jw_object(out, NULL);
    write_band(out, "vwap_signal", vwap_band(distance));
    jw_bool(out, "vwap_break", vwap_is_break(distance));
    jw_end(out);
}

void
conform_rvol_bands(const struct json *input, struct jsonw *out)
{
    jw_object(out, NULL);
    write_band(out, "rvol_class", rvol_band(number(input, "rvol")));
    jw_end(out);
}

static double
two_decimals(double value)
{
    return round(value * 100) / 100;
}

/* The cases are of full days and of the straight line, and show two decimals of what
 * was classed unrounded. */
void
conform_rvol_intraday(const struct json *input, struct jsonw *out)
{
    double volume = number(input, "current_volume");
    double average = number(input, "avg_volume");
    double hours = number(input, "hours_open");
    struct rvol r;

    if (rvol_intraday(volume, average, hours, 6.5, RVOL_FLAT, &r) != 0) {
        jw_null(out, NULL);
        return;
    }
    jw_object(out, NULL);
    jw_num(out, "rvol", two_decimals(r.rvol));
    write_band(out, "rvol_class", rvol_band(r.rvol));
    jw_num(out, "current_volume", volume);
    jw_num(out, "avg_volume_20d", two_decimals(average));
    jw_num(out, "hours_open", two_decimals(r.hours_open));
    jw_num(out, "estimated_full_day_volume", r.day_estimate);
    jw_end(out);
}

void
conform_price_change(const struct json *input, struct jsonw *out)
{
    double last = number(input, "last");

    jw_array(out, NULL);
    jw_num(out, NULL, last);
    jw_num(out, NULL, price_change_pct(last, number(input, "prev")));
    jw_end(out);
}
