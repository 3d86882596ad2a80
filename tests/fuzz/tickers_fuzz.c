/* covers: ingest/tickers.c ingest/exchange.c */
/* links: ingest */
#include "ingest/tickers.h"

#include <assert.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct ticker *primary[TICKERS_PRIMARY];
    struct tickers t = {0};
    char printed[200];
    char *text = malloc(size + 1);
    size_t n;

    if (text == NULL)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    tickers_title(&t, NULL, text);
    tickers_summary(&t, NULL, text);
    tickers_anywhere(&t, NULL, text);
    tickers_tags(&t, NULL, text);
    tickers_cik(&t, NULL, 1);
    assert(t.n <= TICKERS_MAX);
    n = tickers_primary(&t, text, text, primary);
    assert(n <= TICKERS_PRIMARY);
    for (size_t i = 0; i < n; i++)
        assert(primary[i]->listing == LISTING_US && primary[i]->symbol[0] != '\0');
    tickers_print(&t, printed, sizeof printed);
    free(text);
    return 0;
}
