/* covers: common/base/text_figure.c */
/* links: common */
#include "base/text.h"

#include <assert.h>
#include <math.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    char text[256];
    double v = 42;

    n = n < sizeof text - 1 ? n : sizeof text - 1;
    memcpy(text, data, n);
    text[n] = 0;
    if (text_figure(text, &v) == 0)
        assert(isfinite(v));
    else
        assert(v == 42);
    return 0;
}
