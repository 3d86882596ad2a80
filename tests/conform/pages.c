#include "base/str.h"
#include "base/text.h"
#include "enricher/sources/quote_page.h"
#include "tests/conform/conform.h"

#include <math.h>

enum { HTTP_OK = 200 };

static int
read_page(const struct json *input, struct quote_page *out)
{
    const char *html = json_text(json_member(input, "html"), "");
    struct document d = {
        .body = html,
        .len = strlen(html),
        .status = (int)json_i64(json_member(input, "status"), HTTP_OK),
        .content_type = "text/html",
        .url = "https://finviz.com/quote.ashx?t=ABCD",
    };
    struct why why;

    return quote_page_read(&d, out, &why);
}

static double
figure(const struct quote_page *page, int rc, enum quote_figure id)
{
    double value;

    return rc == 0 && quote_page_figure(page, id, &value) == 0 ? value : NAN;
}

/* A figure that no metric uses: by its label alone. */
static double
labelled(const struct quote_page *page, int rc, const char *label)
{
    double value;

    for (size_t i = 0; i < page->n && rc == 0; i++)
        if (str_eq(page->pairs[i].label, label) &&
            text_figure(page->pairs[i].value, &value) == 0)
            return value;
    return NAN;
}

void
conform_quote_page(const struct json *input, struct jsonw *out)
{
    struct quote_page page;
    int rc = read_page(input, &page);

    jw_object(out, NULL);
    jw_num(out, "float_shares", figure(&page, rc, QUOTE_FLOAT));
    jw_num(out, "shares_outstanding", figure(&page, rc, QUOTE_OUTSTANDING));
    jw_num(out, "short_interest_pct", figure(&page, rc, QUOTE_SHORT_FLOAT));
    jw_num(out, "institutional_ownership_pct", labelled(&page, rc, "Inst Own"));
    jw_bool(out, "success", rc == 0);
    jw_end(out);
}

void
conform_quote_float(const struct json *input, struct jsonw *out)
{
    struct quote_page page;
    int rc = read_page(input, &page);

    jw_num(out, NULL, figure(&page, rc, QUOTE_FLOAT));
}
