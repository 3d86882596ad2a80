/* covers: enricher/sources/finviz_screener.c enricher/sources/page.c */
/* links: sources */
#include "base/str.h"
#include "enricher/sources/sources.h"

#include <assert.h>
#include <math.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

/* Whatever the page: no crash, and an accepted page answers for every ticker and fact
 * with a plausible figure or a reason. */
int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    static const char *const tickers[] = {"ACME", "BRK.B", "GONE"};
    const struct source *s = &source_finviz_screener;
    struct document d = {.body = (const char *)data,
                         .len = size,
                         .status = 200,
                         .content_type = "",
                         .url = ""};
    char listed[8][16];
    struct facts f;
    struct why why;
    int n = finviz_screener_list(d.body, d.len, listed, STR_LEN(listed));

    assert(n >= -1 && n <= (int)STR_LEN(listed));
    for (int i = 0; i < n; i++)
        assert(listed[i][0] != '\0');
    if (s->parse(&d, tickers, STR_LEN(tickers), &f, &why) != 0)
        return 0;
    assert(f.n == STR_LEN(tickers) * 5);
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
