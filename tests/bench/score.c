/* How many items a second one core scores: the library alone, no socket and no JSON. */
#include "classifier/score.h"
#include "base/clock.h"
#include "base/str.h"
#include "tests/bench/peer.h"

#include <stdio.h>

/* Half of them with figures to be read, none much shorter than what wires send. */
static const char *const titles[] = {
    "Orbix Gains FDA Clearance for Its Insulin Pump",
    "Tarn Foods Raises Full-Year Guidance on Strong Demand",
    "Halden Announces Pricing of $20 Million Public Offering of 5,000,000 Shares",
    "Brightwater Reports Q3 EPS of $0.65 vs. Estimate $0.61, Revenue of $12.1 Million",
    "Vexel to Hold Annual Meeting in May",
    "Quillon Files for Chapter 11 Bankruptcy",
    "Merid Bio to Present at a Conference in Boston",
    "Cedar Grid Signs Supply Agreement With Carmaker",
};

static const char summary[] =
    "The company said on Tuesday that it expects the agreement to add to revenue from "
    "the second half of the year, and that customers in three countries have placed "
    "orders worth $14 million. It was founded in 1999.";

static struct msg_metric
metric(const char *name, double value, double multiplier, const char *detail_name,
       double detail)
{
    return (struct msg_metric){.name = name,
                               .status = "ok",
                               .why = "",
                               .value = value,
                               .unit = "",
                               .klass = "CLASS",
                               .multiplier = multiplier,
                               .detail = detail,
                               .detail_name = detail_name,
                               .source = "bench"};
}

static int64_t
cpu_ns(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t); /* cannot fail */
    return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

static double
score_all(const struct weights *weights, const struct rules *rules, int64_t n)
{
    struct msg_metric metrics[] = {metric("float", 1e7, 1.2, "short_float_pct", 22),
                                   metric("vwap", 5, 1.1, "distance_pct", 1),
                                   metric("rvol", 3, 1.3, "day_estimate", 1e6),
                                   metric("price", 5, 1, "change_pct", 4)};
    struct verdict verdict;
    int64_t begin = cpu_ns();

    for (int64_t i = 0; i < n; i++) {
        struct msg_enriched in = {.id = "i/T",
                                  .item = "i",
                                  .ticker = "T",
                                  .kind = "news",
                                  .form = "",
                                  .title = titles[(size_t)i % STR_LEN(titles)],
                                  .summary = summary,
                                  .link = "https://www.globenewswire.com/1",
                                  .feed = "bench",
                                  .text = "",
                                  .metrics = metrics,
                                  .n_metrics = STR_LEN(metrics)};

        (void)classify(weights, rules, &in, &verdict); /* its tests say that it fits */
    }
    return (double)(cpu_ns() - begin) / 1e9;
}

int
score_bench(int64_t n)
{
    struct weights weights;
    struct rules rules;
    struct conf conf;
    struct buf errors;
    char *no_env[] = {NULL};
    struct why why = {""};
    double cpu_s;
    int rc;

    buf_init(&errors, 4096);
    rc = conf_load(&conf, NULL, no_env, NULL, 0, &errors);
    buf_free(&errors);
    weights_default(&weights);
    if (rc != 0 || (rc = rules_open(&rules, &conf, &why)) != 0)
        return rc;
    cpu_s = score_all(&weights, &rules, n);
    printf("{\"bench\":\"score\",\"items\":%lld,\"cpu_s\":%.3f,\"items_per_s\":%.0f}\n",
           (long long)n, cpu_s, (double)n / cpu_s);
    rules_close(&rules);
    conf_free(&conf);
    return 0;
}
