/* How feeds are asked, and what a filing's form and an exchange's name say. */
#include "base/str.h"
#include "classifier/filing.h"
#include "ingest/address.h"
#include "ingest/exchange.h"
#include "ingest/item.h"
#include "ingest/pulse.h"
#include "tests/conform/conform.h"

#include <ctype.h>
#include <math.h>

/* ---- addresses and health ----------------------------------------------------------
 */

void
conform_feed_alternates(const struct json *input, struct jsonw *out)
{
    const struct json *answers = json_member(input, "status_per_alternate");
    size_t tried = 0;
    int status = 0;

    while (tried < json_len(answers) && !address_is_good(status, status == 200))
        status = (int)json_i64(json_at(answers, tried++), 0);
    jw_object(out, NULL);
    jw_int(out, "status", status);
    jw_int(out, "tried", (int64_t)tried);
    jw_end(out);
}

void
conform_outage(const struct json *input, struct jsonw *out)
{
    const struct pulse_rule rule = {
        .down_after = json_i64(json_member(input, "threshold"), 0), .rest_ms = 1};
    int64_t n = json_i64(json_member(input, "consecutive_empty"), 0);
    struct pulse p = {0};
    bool told = false; /* by the last of them: once is enough */

    while (n-- > 0)
        told = pulse_failed(&p, false, &rule, 0) == PULSE_WENT_DOWN;
    jw_object(out, NULL);
    jw_bool(out, "alert", told);
    jw_end(out);
}

/* ---- filings -----------------------------------------------------------------------
 */

static bool
is_allowed(const char *form, const struct json *allowed)
{
    struct item item = {.kind = ITEM_FILING};
    char forms[ITEM_FORM] = "";

    (void)str_copy(item.form, sizeof item.form, form);
    for (size_t i = 0; i < json_len(allowed); i++) {
        size_t n = strlen(forms);

        (void)str_fmt(forms + n, sizeof forms - n, "%s,",
                      json_text(json_at(allowed, i), ""));
    }
    return item_form_wanted(&item, forms);
}

/* Of the stream there is what a feed of filings has too: its forms, and its patience.
 * Market value is no gate here, and there is no payload of a paid stream to read. */
void
conform_sec_stream(const struct json *input, struct jsonw *out)
{
    const struct json *form = json_member(input, "form");
    const struct json *attempt = json_member(input, "attempt");

    if (form != NULL)
        jw_bool(out, NULL,
                is_allowed(json_text(form, ""), json_member(input, "allowed")));
    if (attempt != NULL)
        jw_int(out, NULL,
               pulse_backoff(json_i64(attempt, 0),
                             json_i64(json_member(input, "base_s"), 0),
                             json_i64(json_member(input, "cap_s"), 0)));
}

void
conform_filing_class(const struct json *input, struct jsonw *out)
{
    struct filing f;
    int at;
    double weight;

    filing_read(json_text(json_member(input, "form"), ""), &f);
    at = filing_catalyst(filing_row_of(f.form, NULL));
    weight = at >= 0 ? catalyst_rows[at].weight : 0;
    jw_str(out, NULL,
           weight < 0   ? "NEGATIVE_CATALYST"
           : weight > 0 ? "POSITIVE_CATALYST"
                        : "NEUTRAL");
}

/* ---- an exchange in a title ---------------------------------------------------------
 */

/* Its family: the first word of the name, for one in the United States, and without the
 * tier that NasdaqGS and its like have in it. */
static bool
family_of(const char *name, size_t n, enum listing kind, char *out, size_t size)
{
    size_t word = 0;

    while (word < n && isalpha((unsigned char)name[word]))
        word++;
    if (strncasecmp(name, "nasdaq", 6) == 0)
        word = 6;
    (void)str_copyn(out, size, name, word);
    (void)str_lower(out);
    return kind == LISTING_US;
}

void
conform_exchange(const struct json *input, struct jsonw *out)
{
    const char *title = json_text(json_member(input, "title"), "");
    char family[32];

    for (const char *s = title; *s != '\0'; s++) {
        enum listing kind = LISTING_FOREIGN;
        size_t n =
            s == title || !isalnum((unsigned char)s[-1]) ? exchange_match(s, &kind) : 0;

        if (n == 0 || s[n + exchange_blanks(s + n)] != ':' ||
            !family_of(s, n, kind, family, sizeof family))
            continue;
        jw_str(out, NULL, family);
        return;
    }
    jw_null(out, NULL);
}
