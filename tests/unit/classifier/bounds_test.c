#include "classifier/bounds.h"

#include "base/prng.h"
#include "base/str.h"
#include "classifier/signals.h"
#include "tests/unit/classifier/bench.h"

#include <check.h>

Suite *bounds_suite(void);

enum { ROUNDS = 20000, ALL_METRICS = (1 << LATE_METRICS) - 1 };

static struct bounds
bounds_of(struct bench *b, const struct msg_enriched *in, unsigned pending)
{
    struct bounds out;

    score_bounds(&b->weights, &b->rules, in, pending, &out);
    return out;
}

START_TEST(with_all_known_both_ends_are_the_score)
{
    struct bench *b = bench_new();
    struct msg_metric m[] = {metric("float", 4e6, 1.3), metric("vwap", 5.0, 0.7)};
    struct msg_enriched in = item("Orbix wins FDA approval", m, 2);
    double s = score(b, in.title, m, 2)->score;
    struct bounds got = bounds_of(b, &in, 0);

    ck_assert_double_eq(got.least, s);
    ck_assert_double_eq(got.most, s);
    ck_assert_int_eq(got.outlook, OUTLOOK_ALERT);
    ck_assert(!verdict_can_change(&got));
    bench_free(&b);
}
END_TEST

START_TEST(a_clear_case_is_sure_before_any_metric)
{
    struct bench *b = bench_new();
    struct msg_enriched good = item("FDA approves Orbix drug, wins contract", NULL, 0);
    struct msg_enriched none = item("Orbix moves its office", NULL, 0);
    struct bounds got = bounds_of(b, &good, ALL_METRICS);

    ck_assert_int_eq(got.outlook, OUTLOOK_ALERT);
    b->rules.min_score = 5.0;
    got = bounds_of(b, &none, ALL_METRICS);
    ck_assert_int_eq(got.outlook, OUTLOOK_REJECT);
    b->rules.min_score = 0.2; /* as shipped: nothing said is enough to ask nothing */
    got = bounds_of(b, &none, LATE_FLOAT | LATE_VWAP | LATE_RVOL | LATE_PRICE);
    ck_assert_int_eq(got.outlook, OUTLOOK_REJECT);
    ck_assert_str_eq(got.gate, "score_low");
    bench_free(&b);
}
END_TEST

START_TEST(what_a_metric_can_turn_is_open)
{
    struct bench *b = bench_new();
    const char *title = "Orbix gains FDA clearance";
    struct msg_enriched in = item(title, NULL, 0);
    struct bounds got;

    b->rules.min_score = score(b, title, NULL, 0)->score * 1.1;
    got = bounds_of(b, &in, LATE_FLOAT);
    ck_assert_int_eq(got.outlook, OUTLOOK_OPEN);
    ck_assert_str_eq(got.gate, "score_low");
    ck_assert(verdict_can_change(&got));
    got = bounds_of(b, &in, 0);
    ck_assert_int_eq(got.outlook, OUTLOOK_REJECT);
    bench_free(&b);
}
END_TEST

START_TEST(a_gate_on_a_fact_needs_it_or_is_off)
{
    struct bench *b = bench_new();
    struct msg_metric m = metric("price", 25.0, 1.0);
    struct msg_enriched in = item("FDA approves Orbix drug, wins contract", &m, 1);
    unsigned others = ALL_METRICS & ~(unsigned)LATE_PRICE;

    b->rules.price_ceiling = 10.0;
    ck_assert_int_eq(bounds_of(b, &in, ALL_METRICS).outlook, OUTLOOK_OPEN);
    ck_assert_int_eq(bounds_of(b, &in, others).outlook, OUTLOOK_REJECT);
    ck_assert_str_eq(bounds_of(b, &in, others).gate, "price_ceiling");
    m.value = 5.0;
    ck_assert_int_eq(bounds_of(b, &in, others).outlook, OUTLOOK_ALERT);
    b->rules.min_avg_volume = 50000;
    ck_assert_int_eq(bounds_of(b, &in, others).outlook, OUTLOOK_OPEN);
    ck_assert_str_eq(bounds_of(b, &in, others).gate, "volume_low");
    bench_free(&b);
}
END_TEST

START_TEST(a_text_to_come_is_never_sure)
{
    struct bench *b = bench_new();
    struct msg_enriched in = item("FDA approves Orbix drug", NULL, 0);

    ck_assert_int_eq(bounds_of(b, &in, LATE_TEXT).outlook, OUTLOOK_OPEN);
    in.title = "Orbix moves its office";
    ck_assert_int_eq(bounds_of(b, &in, LATE_TEXT).outlook, OUTLOOK_OPEN);
    bench_free(&b);
}
END_TEST

START_TEST(a_metric_has_its_bit)
{
    ck_assert_uint_eq(late_bit("float"), LATE_FLOAT);
    ck_assert_uint_eq(late_bit("opinion"), LATE_OPINION);
    ck_assert_uint_eq(late_bit("weather"), 0);
    for (size_t i = 0; i < LATE_METRICS; i++)
        ck_assert_uint_eq(late_bit(late_metrics[i]), 1u << i);
}
END_TEST

/* ---- laws for random data ------------------------------------------------------- */

static const char *const titles[] = {
    "Orbix moves its office",
    "Orbix gains FDA clearance",
    "Orbix files for bankruptcy",
    "Orbix signs licensing agreement, revenue fell",
    "Orbix prices public offering of 2,000,000 shares at $3.00",
    "Orbix posts EPS of $0.65 vs estimate $0.61 on strong demand",
    "Orbix cuts guidance",
    "Strong growth: record revenue, profit doubled at Orbix",
    "Warrants of Orbix expire",
    "Lithium, cobalt and graphite at Orbix; shares fall",
};

static double
between(struct prng *p, double least, double most)
{
    return least + prng_unit(p) * (most - least);
}

/* Any figure, sane or not: an upstream's mistake must not break the promise. */
static struct msg_metric
random_metric(struct prng *p, size_t i)
{
    static const char *const details[LATE_METRICS] = {
        "short_float_pct", "distance_pct", "avg_volume", "change_pct",
        "spy_20d_pct",     "change_pct",   "",           "confidence"};
    static const double most[LATE_METRICS] = {2e8, 50, 8, 30, 60, 1, 1, 1};
    struct msg_metric m =
        metric(late_metrics[i], between(p, 0, most[i]), between(p, 0.2, 2.5));

    m.detail_name = details[i];
    m.detail = between(p, i == 7 ? 0 : -50, i == 7 ? 1 : 60);
    if (i == 2)
        m.detail = between(p, 0, 2e6);
    if (i >= 6)
        m.value = between(p, -1.5, 1.5);
    if (prng_below(p, 4) == 0)
        m.status = "timeout";
    return m;
}

static void
random_weights(struct prng *p, struct bench *b)
{
    static const enum weight_id rows[] = {WEIGHT_DILUTION,       WEIGHT_DIVERGENCE,
                                          WEIGHT_SHORT_INTEREST, WEIGHT_FUNDAMENTAL,
                                          WEIGHT_EXTENDED_HOURS, WEIGHT_INSIDER,
                                          WEIGHT_LANGUAGE_MODEL, WEIGHT_SENTIMENT};

    for (size_t i = 0; i < STR_LEN(rows); i++)
        b->weights.value[rows[i]] = between(p, 0, 1);
    for (int i = 0; i < REGIMES; i++)
        b->weights.value[WEIGHT_REGIME + i] = between(p, 0.5, 1.5);
}

static void
random_gates(struct prng *p, struct bench *b)
{
    b->rules.min_score = between(p, -4, 4);
    b->rules.min_sent_abs = prng_below(p, 3) == 0 ? 0.3 : 0.0;
    b->rules.price_ceiling = prng_below(p, 3) == 0 ? 20.0 : 0.0;
    b->rules.price_floor = prng_below(p, 3) == 0 ? 2.0 : 0.0;
    b->rules.min_avg_volume = prng_below(p, 3) == 0 ? 5e5 : 0.0;
}

START_TEST(a_sure_verdict_stays_whatever_comes)
{
    struct bench *b = bench_new();
    struct prng p = {20261124};
    size_t sure = 0;

    for (int round = 0; round < ROUNDS; round++) {
        struct msg_metric m[LATE_METRICS];
        struct msg_enriched in =
            item(titles[prng_below(&p, STR_LEN(titles))], m, LATE_METRICS);
        unsigned pending = (unsigned)prng_below(&p, ALL_METRICS + 1);
        struct bounds got;
        const struct verdict *v;

        random_weights(&p, b);
        random_gates(&p, b);
        for (size_t i = 0; i < LATE_METRICS; i++)
            m[i] = random_metric(&p, i);
        got = bounds_of(b, &in, pending);
        for (size_t i = 0; i < LATE_METRICS; i++)
            m[i] = pending & (1u << i) ? random_metric(&p, i) : m[i];
        v = score(b, in.title, m, LATE_METRICS);
        ck_assert_msg(got.least <= v->score && v->score <= got.most,
                      "round %d, %s: %.17g not in %.17g..%.17g", round, in.title,
                      v->score, got.least, got.most);
        sure += got.outlook != OUTLOOK_OPEN;
        ck_assert_msg(got.outlook == OUTLOOK_OPEN ||
                          v->alert == (got.outlook == OUTLOOK_ALERT),
                      "round %d, %s", round, in.title);
    }
    ck_assert_uint_gt(sure, ROUNDS / 4); /* it is of use, too */
    bench_free(&b);
}
END_TEST

/* The effect of each row is what one more step of the sum shows. */
START_TEST(no_row_leaves_the_range_it_declares)
{
    struct bench *b = bench_new();
    struct prng p = {8};
    struct reading *r = calloc(1, sizeof *r);

    ck_assert_ptr_nonnull(r);
    for (int round = 0; round < ROUNDS / 4; round++) {
        struct msg_metric m[LATE_METRICS];
        struct msg_enriched in =
            item(titles[prng_below(&p, STR_LEN(titles))], m, LATE_METRICS);
        struct view view = {&b->weights, &b->rules, &in, r};
        const struct verdict *v;

        random_weights(&p, b);
        for (size_t i = 0; i < LATE_METRICS; i++)
            m[i] = random_metric(&p, i);
        reading_of(&b->rules, &in, r);
        v = score(b, in.title, m, LATE_METRICS);
        check_sum(v);
        for (size_t i = 0; i < n_signal_rows; i++) {
            const struct verdict_line *l = line(v, signal_rows[i].name);
            double least, most, effect;

            signal_range(&signal_rows[i], &view, &least, &most);
            ck_assert_msg(signal_rows[i].kind == SIGNAL_ADDS ? least <= 0 && most >= 0
                                                             : least <= 1 && most >= 1,
                          "%s: no effect is no part of its range", signal_rows[i].name);
            if (l == NULL || str_eq(signal_rows[i].name, "keyword"))
                continue;
            effect = l->value;
            if (signal_rows[i].kind == SIGNAL_PUSHES && l->score < 0)
                effect = 1.0 / effect;
            ck_assert_msg(effect >= least - BENCH_NEAR && effect <= most + BENCH_NEAR,
                          "%s: %g", signal_rows[i].name, effect);
        }
    }
    free(r);
    bench_free(&b);
}
END_TEST

Suite *
bounds_suite(void)
{
    Suite *s = suite_create("bounds");
    TCase *t = tcase_create("bounds");

    tcase_set_timeout(t, 120);
    tcase_add_test(t, with_all_known_both_ends_are_the_score);
    tcase_add_test(t, a_clear_case_is_sure_before_any_metric);
    tcase_add_test(t, what_a_metric_can_turn_is_open);
    tcase_add_test(t, a_gate_on_a_fact_needs_it_or_is_off);
    tcase_add_test(t, a_text_to_come_is_never_sure);
    tcase_add_test(t, a_metric_has_its_bit);
    tcase_add_test(t, a_sure_verdict_stays_whatever_comes);
    tcase_add_test(t, no_row_leaves_the_range_it_declares);
    suite_add_tcase(s, t);
    return s;
}
