/* covers: classifier/amount.c classifier/earnings.c classifier/terms.c */
/* links: classifier */
#include "classifier/amount.h"
#include "classifier/earnings.h"
#include "classifier/terms.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every amount lies within the text, behind the one before, and is a number. */
static void
check_amounts(const char *text)
{
    const char *end = text + strlen(text), *p = text;
    struct amount a;

    while (amount_next(text, p, end, &a)) {
        assert(a.from >= p && a.to > a.from && a.to <= end);
        assert(isfinite(a.value));
        p = a.to;
    }
}

static void
check_figures(const char *text)
{
    struct earnings e;
    struct terms t = {NAN, NAN, NAN};
    enum earnings_label label;
    double score;

    earnings_read(text, NULL, &e);
    score = earnings_score(&e, &label);
    assert(score >= -1.0 && score <= 1.0);
    assert(earnings_status(&e) >= -1 && earnings_status(&e) <= 1);
    assert(!earnings_is_result(text, text) || isfinite(e.eps) || isfinite(e.revenue));
    terms_read(text, &t);
    assert(isnan(terms_shares(&t)) || isfinite(terms_shares(&t)));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);

    if (text == NULL)
        return 0;
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';
    check_amounts(text);
    check_figures(text);
    free(text);
    return 0;
}
