#include "tests/unit/classifier/bench.h"

#include "base/str.h"

#include <check.h>

struct bench *
bench_new(void)
{
    struct bench *b = calloc(1, sizeof *b);
    struct buf errors;
    char *env[] = {NULL};
    struct why why = {""};

    ck_assert_ptr_nonnull(b);
    buf_init(&errors, 65536);
    ck_assert_int_eq(conf_load(&b->conf, NULL, env, NULL, 0, &errors), 0);
    weights_default(&b->weights);
    ck_assert_msg(rules_open(&b->rules, &b->conf, &why) == 0, "%s", why.text);
    buf_free(&errors);
    return b;
}

void
bench_free(struct bench **bp)
{
    rules_close(&(*bp)->rules);
    conf_free(&(*bp)->conf);
    free(*bp);
    *bp = NULL;
}

struct msg_metric
metric(const char *name, double value, double multiplier)
{
    return (struct msg_metric){.name = name,
                               .status = "ok",
                               .why = "",
                               .value = value,
                               .unit = "",
                               .klass = "CLASS",
                               .multiplier = multiplier,
                               .detail_name = "",
                               .source = "test"};
}

struct msg_enriched
item(const char *title, struct msg_metric *metrics, size_t n)
{
    return (struct msg_enriched){.id = "i/ORBX",
                                 .item = "i",
                                 .ticker = "ORBX",
                                 .kind = "news",
                                 .form = "",
                                 .filing = "",
                                 .title = title,
                                 .summary = "",
                                 .link = "https://www.globenewswire.com/n/1",
                                 .feed = "globenewswire",
                                 .text = "",
                                 .metrics = metrics,
                                 .n_metrics = n};
}

const struct verdict *
score(struct bench *b, const char *title, struct msg_metric *metrics, size_t n)
{
    struct msg_enriched in = item(title, metrics, n);

    ck_assert_int_eq(classify(&b->weights, &b->rules, &in, &b->verdict), 0);
    return &b->verdict;
}

void
even_weights(struct bench *b)
{
    for (int i = 0; i < KEYWORD_COUNT; i++)
        b->weights.value[i] = keyword_rows[i].weight > 0 ? 1.0 : -2.0;
}

const struct verdict_line *
line(const struct verdict *v, const char *name)
{
    for (size_t i = 0; i < v->n_lines; i++) {
        if (str_eq(v->lines[i].name, name))
            return &v->lines[i];
    }
    return NULL;
}

void
check_sum(const struct verdict *v)
{
    double sum = 0.0;

    for (size_t i = 0; i < v->n_lines; i++) {
        if (v->lines[i].kind == LINE_SIGNAL)
            sum += v->lines[i].value;
        else if (v->lines[i].kind == LINE_MULTIPLIER)
            sum *= v->lines[i].value;
        ck_assert_double_eq_tol(sum, v->lines[i].score, BENCH_NEAR);
    }
    ck_assert_double_eq_tol(sum, v->score, BENCH_NEAR);
    ck_assert_uint_eq(v->lost, 0);
}
