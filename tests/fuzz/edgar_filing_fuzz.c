/* covers: enricher/sources/edgar_filing.c enricher/sources/edgar_header.c
 * enricher/sources/edgar_filer.c */
/* links: sources */
#include "enricher/sources/edgar_filer.h"
#include "enricher/sources/edgar_filing.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct edgar_filing filing;
    struct edgar_filer filer;
    struct why why = {""};

    if (edgar_filing_read((const char *)data, size, &filing, &why) == 0) {
        assert(filing.text != NULL && strlen(filing.text) < EDGAR_TEXT);
        assert(filing.cik >= 0 && filing.n_items <= EDGAR_ITEMS);
        for (size_t i = 1; i < filing.n_in_text; i++)
            assert(strcmp(filing.in_text[i - 1], filing.in_text[i]) < 0);
        edgar_filing_free(&filing);
    }
    if (size > 0 && data[0] == '{' &&
        edgar_filer_read((const char *)data, size, &filer, &why) == 0)
        assert(filer.cik > 0 && filer.n_recent <= EDGAR_FILER_RECENT);
    return 0;
}
