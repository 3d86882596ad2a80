/* covers: common/base/text_html.c common/base/text_char.c */
/* links: common */
#include "base/text.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* One trimmed line without double spaces, whatever comes in and however little fits. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    char out[512], small[8];
    size_t len;

    text_from_html((const char *)data, n, out, sizeof out);
    len = strlen(out);
    assert(strstr(out, "  ") == NULL && strchr(out, '\n') == NULL);
    assert(len == 0 || (out[0] != ' ' && out[len - 1] != ' '));
    text_from_html((const char *)data, n, small, sizeof small);
    assert(strlen(small) < sizeof small);
    return 0;
}
