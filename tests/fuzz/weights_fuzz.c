/* covers: classifier/weights.c */
/* links: classifier */
#include "base/buf.h"
#include "base/str.h"
#include "classifier/weights.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What reads must print and read back to the same set. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct weights w, built;
    struct buf b;
    struct why why = {""};

    assert(weights_load("", &built, NULL) == 0);
    if (weights_parse((const char *)data, size, &w, &why) != 0) {
        assert(why.text[0] != '\0');
        return 0;
    }
    buf_init(&b, 1 << 16);
    weights_print(&w, &b);
    assert(weights_parse(buf_str(&b), b.len, &built, NULL) == 0);
    buf_free(&b);
    return 0;
}
