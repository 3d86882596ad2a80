/* covers: common/base/text_time.c common/base/civil.c */
/* links: common */
#include "base/text.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    char text[256];
    int64_t ms = -1;

    n = n < sizeof text - 1 ? n : sizeof text - 1;
    memcpy(text, data, n);
    text[n] = 0;
    if (text_time(text, &ms) == 0)
        assert(ms > -86400000 && ms < INT64_C(253402387200000)); /* the year 10000 */
    else
        assert(ms == -1);
    return 0;
}
