#include "base/err.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

const char *
err_str(int rc)
{
    static const char *const texts[] = {
#define X(name, text) text,
        ERR_LIST(X)
#undef X
    };
    int i = rc - ERR_FIRST_ - 1;

    if (rc == 0)
        return "ok";
    if (i < 0 || i >= (int)(sizeof texts / sizeof texts[0]))
        return "unknown error";
    return texts[i];
}

int
why_set(struct why *why, int rc, const char *fmt, ...)
{
    va_list ap;

    if (why == NULL)
        return rc;
    va_start(ap, fmt);
    (void)vsnprintf(why->text, sizeof why->text, fmt, ap); /* truncation is fine */
    va_end(ap);
    return rc;
}
