#include "enricher/collector/early.h"

#include "classifier/late.h"
#include "enricher/collector/answer.h"

struct early {
    struct weights weights;
    struct rules rules;
    char stamp[WEIGHTS_HASH];
};

static int
load(struct early *e, const struct conf *conf, struct why *why)
{
    int rc = weights_load(conf->classifier.weights, &e->weights, why);

    if (rc == 0 && (rc = rules_open(&e->rules, conf, why)) == 0)
        rules_stamp(&e->rules, &e->weights, e->stamp);
    return rc;
}

int
early_open(struct early **out, const struct conf *conf, struct why *why)
{
    *out = calloc(1, sizeof **out);
    if (*out == NULL)
        return why_set(why, ERR_NOMEM, "%s", err_str(ERR_NOMEM));
    return load(*out, conf, why);
}

void
early_close(struct early **ep)
{
    struct early *e = *ep;

    *ep = NULL;
    if (e == NULL)
        return;
    rules_close(&e->rules);
    free(e);
}

int
early_reload(struct early *e, const struct conf *conf, struct why *why)
{
    struct early fresh = {.stamp = ""};
    int rc = load(&fresh, conf, why);

    if (rc != 0) {
        rules_close(&fresh.rules);
        return rc;
    }
    rules_close(&e->rules);
    *e = fresh;
    return 0;
}

const char *
early_stamp(const struct early *e)
{
    return e->stamp;
}

enum outlook
early_look(const struct early *e, const struct msg_enriched *so_far, fact_set missing)
{
    unsigned pending = missing & FACT(FACT_FILING_TEXT) ? LATE_TEXT : 0;
    struct bounds b;

    for (int id = 0; id < METRIC_COUNT; id++)
        if ((answer_facts((enum metric_id)id) & missing) != 0)
            pending |= late_bit(answer_name((enum metric_id)id));
    score_bounds(&e->weights, &e->rules, so_far, pending, &b);
    return b.outlook;
}

fact_set
early_first(const struct early *e, fact_set missing)
{
    bool is_priced = e->rules.price_floor > 0 || e->rules.price_ceiling > 0;

    return is_priced ? missing & (FACT(FACT_LAST_PRICE) | FACT(FACT_PREV_CLOSE)) : 0;
}
