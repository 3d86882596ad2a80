/* kv - one field of a log line
 *
 * Typed, so that text output can quote and JSON output needs no second look.
 */
#ifndef CATALYST_BASE_KV_H
#define CATALYST_BASE_KV_H

#include <stdint.h>

struct kv {
    const char *key; /* NULL ends a list */
    enum { KV_STR, KV_INT, KV_NUM } kind;
    const char *s;
    int64_t i;
    double d;
};

static inline struct kv
kv_str(const char *key, const char *value)
{
    return (struct kv){.key = key, .kind = KV_STR, .s = value};
}

static inline struct kv
kv_int(const char *key, int64_t value)
{
    return (struct kv){.key = key, .kind = KV_INT, .i = value};
}

/* Printed with two decimals: for seconds, scores and percentages. */
static inline struct kv
kv_num(const char *key, double value)
{
    return (struct kv){.key = key, .kind = KV_NUM, .d = value};
}

#define KV_LIST(...) ((const struct kv[]){__VA_ARGS__ __VA_OPT__(, ){.key = NULL}})

#endif
