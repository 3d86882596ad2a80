/* covers: enricher/sources/yahoo_cookie.c enricher/sources/yahoo_crumb.c */
/* links: sources */
#include "base/str.h"
#include "enricher/sources/sources.h"

#include <assert.h>
#include <ctype.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static const int statuses[] = {200, 404, 401, 403, 429, 502};

static void
check_secret(const char *s)
{
    for (; *s != '\0'; s++)
        assert(isgraph((unsigned char)*s));
}

/* The first byte picks the status; the rest is the headers and the body. */
int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    char *text =
        strndup(size > 0 ? (const char *)data + 1 : "", size > 0 ? size - 1 : 0);
    struct document d = {.body = text, .content_type = "", .url = "", .headers = text};
    struct facts f = {.n = 0};
    struct why why = {""};

    if (text == NULL)
        return 0;
    d.len = strlen(text);
    d.status = statuses[(size > 0 ? data[0] : 0) % STR_LEN(statuses)];
    if (source_yahoo_cookie.parse(&d, NULL, 0, &f, &why) == 0)
        assert(str_starts(f.cookie, "A3="));
    check_secret(f.cookie);
    if (source_yahoo_crumb.parse(&d, NULL, 0, &f, &why) == 0)
        assert(f.crumb[0] != '\0' && strlen(f.crumb) <= 32 && d.status == 200);
    check_secret(f.crumb);
    free(text);
    return 0;
}
