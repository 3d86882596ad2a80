/* covers: classifier/filing.c classifier/filing_text.c */
/* links: classifier */
#include "classifier/filing.h"

#include <assert.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_form(const char *form)
{
    static const double even[FILING_CATALYSTS] = {1.0, -1.0};
    const struct filing_row *row;
    struct filing f;
    struct priority p;

    filing_read(form, &f);
    assert(f.n_items <= FILING_ITEMS && strlen(f.form) < sizeof f.form);
    row = filing_decisive(&f, even);
    assert(filing_bad_item(&f) == NULL || f.n_items > 0);
    if (row == NULL)
        return;
    assert(filing_catalyst(row) < FILING_CATALYSTS);
    p = filing_priority(row, -1.0, true, true);
    assert(p.total >= 0.0 && p.total <= 1.0 && p.tier != NULL);
}

/* What counts of a text lies within it. */
static void
check_text(const char *text)
{
    char item[8];
    size_t n;
    const char *body = filing_body(text, &n);

    assert(body >= text && body + n <= text + strlen(text));
    assert(filing_item_of(text, text, item) == (item[0] != '\0'));
    (void)filing_title_is_index(text);
    (void)filing_summary_is_index(text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);

    if (text == NULL)
        return 0;
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';
    check_form(text);
    check_text(text);
    free(text);
    return 0;
}
