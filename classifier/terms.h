/* terms - how much is offered, how many shares, at what price
 *
 * Out of the text of an offering: "5,000,000 shares at $2.50 per share", "gross
 * proceeds of approximately $12.5 million".  And what that does to those who hold the
 * shares that trade.
 */
#ifndef CATALYST_CLASSIFIER_TERMS_H
#define CATALYST_CLASSIFIER_TERMS_H

#include <stdbool.h>
#include <stddef.h>

/* NAN where the text does not say. */
struct terms {
    double size;   /* of the whole offering, in its currency */
    double shares; /* new ones */
    double price;  /* of one */
};

/* Fills what is still NAN in *out from the text.  O(n). */
void terms_read(const char *text, struct terms *out);

/* The shares as said, or size / price; NAN when neither is known. */
double terms_shares(const struct terms *t);

/* New shares in percent of the float; NAN when one is not known. */
double dilution_pct(double shares, double float_shares);

/* What the price may lose by it, in percent. */
double dilution_impact_pct(double pct);

struct dilution_row {
    double below; /* percent of the float */
    const char *name;
    double value; /* added to the score */
};

/* MINOR, MODERATE, SEVERE, EXTREME. */
const struct dilution_row *dilution_severity(double pct);

#endif
