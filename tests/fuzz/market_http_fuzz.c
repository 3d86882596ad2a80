/* covers: tests/market/request.c */
/* links: market */
#include "tests/market/request.h"

#include "base/err.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

/* Whatever the bytes: no crash; a request ends within them; and no prefix of it was a
 * request before. */
int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    static struct request r;
    char value[64];
    size_t used = 0, shorter = 0;
    int rc = request_parse((const char *)data, size, &r, &used);

    if (rc != 0)
        return 0;
    assert(used > 0 && used <= size);
    assert(r.body + r.body_len == (const char *)data + used);
    assert(r.path[0] == '/' && r.method[0] != '\0');
    (void)request_arg(&r, "t", value, sizeof value);
    (void)request_number(&r, "n", 0);
    assert(request_parse((const char *)data, used - 1, &r, &shorter) == ERR_AGAIN);
    return 0;
}
