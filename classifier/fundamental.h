/* fundamental - few shares and many of them sold short
 *
 * Points for a small float and for short interest, and the squeeze: what short interest
 * makes of news that is good anyway.
 */
#ifndef CATALYST_CLASSIFIER_FUNDAMENTAL_H
#define CATALYST_CLASSIFIER_FUNDAMENTAL_H

struct points {
    double value;
    const char *why; /* "low_float_10M-50M"; static; NULL when unknown */
};

/* NAN (or a float that is not positive) is unknown and gives no points. */
struct points float_points(double shares);
struct points short_points(double short_float_pct);

/* What the sentiment is multiplied by: 1, 1.3, 1.5 or 1.7, and why.  Good news only:
 * short sellers who are right do not buy back. */
struct points squeeze_of(double short_float_pct, double sentiment);

/* sentiment x (squeeze - 1): what it adds to a score, 0 .. squeeze_most. */
double squeeze_boost(double short_float_pct, double sentiment);
extern const double squeeze_most;

#endif
