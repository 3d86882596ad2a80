/* covers: enricher/sources/edgar_filing.c enricher/sources/edgar_header.c */
/* links: sources */
#include "enricher/sources/edgar_filing.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct edgar_filing filing;
    struct why why = {""};

    if (edgar_filing_read((const char *)data, size, &filing, &why) != 0)
        return 0;
    assert(filing.text != NULL && strlen(filing.text) < EDGAR_TEXT);
    assert(filing.cik >= 0 && filing.n_items <= EDGAR_ITEMS);
    for (size_t i = 1; i < filing.n_in_text; i++)
        assert(strcmp(filing.in_text[i - 1], filing.in_text[i]) < 0);
    edgar_filing_free(&filing);
    return 0;
}
