#include "base/text.h"
#include "base/clock.h"
#include "base/str.h"
#include "tests/conform/conform.h"

void
conform_html_clean(const struct json *input, struct jsonw *out)
{
    const char *html = json_text(json_member(input, "html"), "");
    char text[4096];

    jw_str(out, NULL, text_from_html(html, strlen(html), text, sizeof text));
}

void
conform_timestamp(const struct json *input, struct jsonw *out)
{
    char text[CLOCK_ISO_SIZE + 8];
    int64_t ms;

    if (text_time(json_text(json_member(input, "published"), ""), &ms) == 0)
        jw_str(out, NULL, case_time(ms, text, sizeof text));
    else
        jw_null(out, NULL);
}

void
conform_canonical_link(const struct json *input, struct jsonw *out)
{
    const char *url = json_text(json_member(input, "url"), "");
    const char *variant = json_text(json_member(input, "variant"), "feeds");
    char link[1024];

    if (str_eq(variant, "alert_guard")) {
        int rc = text_alert_link(url, link, sizeof link);

        jw_str(out, NULL, rc == 0 ? link : NULL);
        return;
    }
    (void)text_canonical_link(url, link, sizeof link); /* "" says it is none */
    jw_str(out, NULL, link);
}

void
conform_parse_number(const struct json *input, struct jsonw *out)
{
    double value;

    if (text_figure(json_text(json_member(input, "text"), ""), &value) == 0)
        jw_num(out, NULL, value);
    else
        jw_null(out, NULL);
}
