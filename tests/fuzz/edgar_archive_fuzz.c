/* covers: enricher/sources/edgar_archive.c */
/* links: sources */
#include "base/str.h"
#include "enricher/sources/sources.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static const int statuses[] = {200, 403, 404, 429, 503};

/* The first byte picks the status, the first line is the filing, the rest its text. */
int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    const unsigned char *end = size > 0 ? memchr(data, '\n', size) : NULL;
    char filing[SUBJECT_SIZE], url[256];
    const char *const asked[] = {filing};
    struct facts f = {.n = 0};
    struct why why = {""};
    struct document d;

    if (end == NULL || !str_copyn(filing, sizeof filing, (const char *)data + 1,
                                  (size_t)(end - data) - (end > data)))
        return 0;
    d = (struct document){.body = (const char *)end + 1,
                          .len = size - (size_t)(end + 1 - data),
                          .status = statuses[data[0] % STR_LEN(statuses)],
                          .content_type = "",
                          .url = ""};
    if (source_edgar_filing.url("https://e", asked, 1, "", url, sizeof url) == 0)
        assert(strstr(url, "..") == NULL);
    if (source_edgar_filing.parse(&d, asked, 1, &f, &why) == 0)
        assert(f.n == 1 && (f.list[0].status == FACT_OK) == (f.text != NULL));
    else
        assert(f.text == NULL && why.text[0] != '\0');
    facts_clear(&f);
    return 0;
}
