/* insider - what those who run a company do with its shares
 *
 * Purchases count for what they are worth, weighted by the role of the buyer; sales
 * only when they are large, for there are many reasons to sell.  Planned sales (10b5-1)
 * say nothing.
 */
#ifndef CATALYST_CLASSIFIER_INSIDER_H
#define CATALYST_CLASSIFIER_INSIDER_H

#include <stdbool.h>
#include <stddef.h>

struct trade {
    bool sale, planned;
    double shares, price; /* USD */
    const char *title;    /* "Chief Executive Officer", "Vice President, Sales" */
};

struct insider {
    double net_usd;     /* weighted, sales negative */
    double score;       /* -0.4 .. 1 */
    const char *signal; /* STRONG_BUY, BUY, NEUTRAL, SELL */
};

/* 0.5 .. 1; the most exact title decides: a vice president is no president. */
double insider_role_weight(const char *title);

struct insider insider_of(const struct trade *trades, size_t n);

#endif
