/* source_weight - how far a source is to be believed
 *
 * By the registered domain of the item's link.  Tier 1 regulators and premium news,
 * tier 2 press wires and financial news, tier 3 everything else.
 */
#ifndef CATALYST_CLASSIFIER_SOURCE_WEIGHT_H
#define CATALYST_CLASSIFIER_SOURCE_WEIGHT_H

#include <stddef.h>

enum { SOURCE_TIERS = 3, SOURCE_DOMAIN = 128 };

struct source_tier {
    int tier; /* 1..SOURCE_TIERS */
    const char
        *category; /* regulatory, premium_news, pr_wire, financial_news, unknown */
    char domain[SOURCE_DOMAIN]; /* "bbc.co.uk"; "" when the link has no host */
};

/* The registered domain of a link, with or without a scheme: lower case, without port,
 * two labels, or three below a usual two-label suffix (co.uk, com.au).  Returns out. */
char *source_domain(const char *link, char *out, size_t size);

/* Never fails: what is not known is tier 3. */
void source_tier_of(const char *link, struct source_tier *out);

#endif
