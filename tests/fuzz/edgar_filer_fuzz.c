/* covers: enricher/sources/edgar_filer.c */
/* links: sources */
#include "enricher/sources/edgar_filer.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct edgar_filer filer;
    struct why why = {""};

    if (edgar_filer_read((const char *)data, size, &filer, &why) == 0) {
        assert(filer.cik > 0 && filer.n_recent <= EDGAR_FILER_RECENT);
        assert(filer.n_recent <= filer.recent_all);
    }
    return 0;
}
