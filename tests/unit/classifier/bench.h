/* bench - rules, weights and short-hands for tests that score
 *
 * Rules and weights are as without a configuration file; a test may change them before
 * it scores.
 */
#ifndef CATALYST_TESTS_CLASSIFIER_BENCH_H
#define CATALYST_TESTS_CLASSIFIER_BENCH_H

#include "base/conf.h"
#include "classifier/score.h"

#define BENCH_NEAR 1e-9

struct bench {
    struct conf conf;
    struct weights weights;
    struct rules rules;
    struct verdict verdict; /* of the last score */
};

struct bench *bench_new(void);
void bench_free(struct bench **bp);

/* All positive categories 1, all negative -2: what round figures are made with. */
void even_weights(struct bench *b);

/* A metric that is ok; an item of a press wire. */
struct msg_metric metric(const char *name, double value, double multiplier);
struct msg_enriched item(const char *title, struct msg_metric *metrics, size_t n);

/* Scores a title; the verdict is b's until the next score. */
const struct verdict *
score(struct bench *b, const char *title, struct msg_metric *metrics, size_t n);

/* The first line of that name; NULL for none. */
const struct verdict_line *line(const struct verdict *v, const char *name);

/* Works the sum out again from the lines alone and fails the test if it differs. */
void check_sum(const struct verdict *v);

#endif
