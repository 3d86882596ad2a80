/* covers: enricher/sources/tiingo_iex.c */
/* links: sources */
#include "base/str.h"
#include "enricher/sources/sources.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

/* Whatever the document: no crash, and an accepted one has each fact once, with a
 * plausible figure or a reason. */
int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    static const char *const tickers[] = {"ACME", "BRK.B"};
    const struct source *s = &source_tiingo_iex;
    struct document d = {.body = (const char *)data,
                         .len = size,
                         .status = 200,
                         .content_type = "",
                         .url = "",
                         .now_ms = INT64_C(1795444500000)};
    struct facts f;
    struct why why = {""};

    if (s->parse(&d, tickers, STR_LEN(tickers), &f, &why) != 0) {
        assert(why.text[0] != '\0');
        return 0;
    }
    assert(f.n == 4);
    for (size_t i = 0; i < f.n; i++) {
        const struct fact_row *row = &fact_rows[f.list[i].id];

        assert((s->gives | s->spare) & FACT(f.list[i].id));
        if (f.list[i].status == FACT_OK)
            assert(f.list[i].value >= row->least && f.list[i].value <= row->most);
        else
            assert(f.list[i].why[0] != '\0' && f.list[i].value == 0);
    }
    return 0;
}
