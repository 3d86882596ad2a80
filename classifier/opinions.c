#include "classifier/opinions.h"

#include <math.h>

static const double WEIGHTS_ALL = 1.71; /* of these and of views nobody gives yet */
static const double VIX_CALM = 20.0;
static const double VIX_STEP = 0.02; /* confidence lost a point of the VIX above it */
static const double VIX_LEFT = 0.5;

static const struct {
    double weight, confidence;
} rows[OPINIONS] = {
    [OPINION_WORDS] = {0.25, 0.60},          [OPINION_EARNINGS] = {0.35, 0.95},
    [OPINION_LANGUAGE_MODEL] = {0.15, 0.70}, [OPINION_EXTENDED_HOURS] = {0.15, 0.80},
    [OPINION_INSIDER] = {0.12, 0.85},
};

const char *const opinion_names[OPINIONS] = {
    [OPINION_WORDS] = "words",
    [OPINION_EARNINGS] = "earnings",
    [OPINION_LANGUAGE_MODEL] = "language model",
    [OPINION_EXTENDED_HOURS] = "extended hours",
    [OPINION_INSIDER] = "insiders",
};

struct opinion_mean
opinions_mean(const struct opinions *o, double vix)
{
    struct opinion_mean m = {0.0, 0.0, 0};
    double sum = 0.0, weights = 0.0;

    for (int i = 0; i < OPINIONS; i++) {
        double w = rows[i].weight * rows[i].confidence;

        if (!isfinite(o->value[i]))
            continue;
        sum += o->value[i] * w;
        weights += w;
        m.known++;
    }
    if (m.known == 0)
        return m;
    m.value = sum / weights;
    m.confidence = fmin(1.0, weights / WEIGHTS_ALL);
    if (vix > VIX_CALM)
        m.confidence *= fmax(VIX_LEFT, 1.0 - VIX_STEP * (vix - VIX_CALM));
    return m;
}
