/* covers: classifier/score_json.c classifier/score.c classifier/verdict.c */
/* links: classifier */
#include "base/conf.h"
#include "classifier/score_json.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every gate is on. */
static void
open_rules(struct rules *rules)
{
    struct conf *conf = calloc(1, sizeof *conf);

    assert(conf != NULL);
    conf->classifier.price_ceiling = 10.0;
    conf->classifier.price_floor = 0.1;
    conf->classifier.min_avg_volume = 1000.0;
    conf->classifier.min_sent_abs = 0.1;
    assert(rules_open(rules, conf, NULL) == 0);
    free(conf);
}

/* Scores the input as one item.  Whatever it is, one line of JSON comes out. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct rules rules;
    struct weights weights;
    struct buf out;

    open_rules(&rules);
    weights_default(&weights);
    buf_init(&out, 1 << 20);
    (void)score_json_line(&weights, &rules, (const char *)data, size, &out);
    assert(out.err != 0 || buf_str(&out)[out.len - 1] == '\n');
    buf_free(&out);
    rules_close(&rules);
    return 0;
}
