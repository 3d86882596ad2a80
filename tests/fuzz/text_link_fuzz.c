/* covers: common/base/text_link.c */
/* links: common */
#include "base/str.h"
#include "base/text.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* Rewriting twice changes nothing more. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    char text[5000], once[8192], twice[8192];

    n = n < sizeof text - 1 ? n : sizeof text - 1;
    memcpy(text, data, n);
    text[n] = 0;
    if (text_canonical_link(text, once, sizeof once) == 0 && strlen(once) < 4096) {
        assert(str_starts(once, "https://"));
        assert(text_canonical_link(once, twice, sizeof twice) == 0);
        assert(str_eq(once, twice));
    }
    if (text_alert_link(text, once, sizeof once) != 0)
        assert(str_empty(once));
    (void)text_url_encode(text, once, sizeof once); /* may be cut */
    return 0;
}
