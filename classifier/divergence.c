#include "classifier/divergence.h"

#include "base/str.h"

#include <math.h>
#include <stdbool.h>

static const double PRICE_MIN = 0.02;
static const double VOLUME_MIN = 0.30;
static const double PRICE_STRONG = 0.05;
static const double PRICE_MODERATE = 0.03;

const double divergence_most = 0.15;

static const struct {
    bool up, more; /* price, volume */
    const char *name;
    double strong_above, medium_above; /* of the volume's move */
    double strong, medium, weak;
} rows[] = {
    {true, false, "WEAK_RALLY", 0.50, 0.40, -0.15, -0.12, -0.10},
    {false, false, "STRONG_SELLOFF_REVERSAL", 0.50, 0.40, 0.12, 0.10, 0.08},
    {true, true, "CONFIRMED_RALLY", 1.00, 0.50, 0.15, 0.12, 0.10},
    {false, true, "CONFIRMED_SELLOFF", 1.00, 0.50, -0.15, -0.12, -0.10},
};

struct divergence
divergence_of(double price, double volume)
{
    double p = fabs(price), v = fabs(volume);
    size_t i = 0;

    if (!(p > PRICE_MIN) || !(v > VOLUME_MIN))
        return (struct divergence){NULL, "", 0.0};
    while (rows[i].up != (price > 0.0) || rows[i].more != (volume > 0.0))
        i++;
    if (p > PRICE_STRONG && v > rows[i].strong_above)
        return (struct divergence){rows[i].name, "STRONG", rows[i].strong};
    if (p > PRICE_MODERATE && v > rows[i].medium_above)
        return (struct divergence){rows[i].name, "MODERATE", rows[i].medium};
    return (struct divergence){rows[i].name, "WEAK", rows[i].weak};
}
