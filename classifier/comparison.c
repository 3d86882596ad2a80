#include "classifier/comparison.h"

#include "classifier/amount.h"

#include <math.h>
#include <string.h>

enum { BEHIND = 64 }; /* bytes that are looked at behind "compared to" */

/* The last amount of from..end-1. */
static bool
last_amount(const char *text, const char *from, const char *end, struct amount *out)
{
    struct amount a;
    bool found = false;

    for (; amount_next(text, from, end, &a); from = a.to) {
        if (found && a.percent && !out->percent)
            continue; /* "rose 5 % to EUR 12 mn" speaks of the latter */
        *out = a;
        found = true;
    }
    return found;
}

static bool
has_word(const char *from, const char *end, const char *word)
{
    size_t n = strlen(word);

    for (; from + n <= end; from++) {
        if (strncasecmp(from, word, n) == 0)
            return true;
    }
    return false;
}

/* A profit may be compared to a loss, and the other way. */
static double
signed_value(const struct amount *a, const char *from, bool loss)
{
    bool negative =
        has_word(from, a->from, "loss") || (loss && !has_word(from, a->from, "profit"));

    return negative ? -fabs(a->value) : a->value;
}

bool
comparison_read(const char *text, size_t figure, size_t versus, bool loss,
                struct comparison *out)
{
    const char *from = text + versus, *end = from + strnlen(from, BEHIND);
    struct amount now, before;

    if (!last_amount(text, text + figure, from, &now) ||
        !amount_next(text, from, end, &before))
        return false;
    if (now.percent != before.percent || now.scaled != before.scaled)
        return false;
    out->now = loss ? -fabs(now.value) : now.value;
    out->before = signed_value(&before, from, loss);
    return true;
}
