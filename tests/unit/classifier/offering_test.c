#include "base/str.h"
#include "classifier/offering.h"

#include <check.h>

Suite *offering_suite(void);

static const struct {
    enum offering_stage stage;
    const char *title;
} titles[] = {
    {OFFERING_CLOSING, "Orbix announces the closing of its $40M public offering"},
    {OFFERING_CLOSING, "Orbix has completed a $12M registered direct offering"},
    {OFFERING_CLOSING, "Orbix closes a $9M registered direct offering"},
    {OFFERING_ANNOUNCEMENT, "Orbix announces a $90M public offering"},
    {OFFERING_ANNOUNCEMENT, "Orbix files a $60M shelf offering"},
    {OFFERING_ANNOUNCEMENT, "Orbix intends to offer $30M of common stock"},
    {OFFERING_ANNOUNCEMENT, "Tarn announces proposed public offering of shares"},
    {OFFERING_PRICING, "Orbix prices a $50M offering at $10 a share"},
    {OFFERING_PRICING, "Orbix announces pricing of $20 million public offering"},
    {OFFERING_PRICING, "Orbix priced a public offering of five million shares"},
    {OFFERING_UPSIZE, "Orbix upsizes offering from $50M to $75M"},
    {OFFERING_UPSIZE, "Orbix increases its offering size to $100M"},
    {OFFERING_UPSIZE, "Orbix announces pricing of upsized public offering"},
    {OFFERING_DEBT, "Halden announces $150M convertible notes"},
    {OFFERING_DEBT, "Halden completes a $300M bond offering"},
    {OFFERING_DEBT, "Halden announces pricing of $90 million of senior notes"},
    {OFFERING_WITHDRAWN, "Orbix withdraws its proposed public offering"},
    {OFFERING_WITHDRAWN, "Orbix announces termination of at-the-market offering"},
    {OFFERING_ANNOUNCEMENT, "Orbix announces at-the-market equity program"},
    {OFFERING_UNKNOWN, "Orbix in $40M underwritten public offering of common stock"},
    {OFFERING_PRICING, "Orbix prices $40M underwritten public offering"},
    {OFFERING_NONE,
     "Orbix reports on its first year after its initial public offering"},
    {OFFERING_NONE, "Halden repays its senior notes early"},
    {OFFERING_NONE, "Halden announces broad new product offering"},
    {OFFERING_NONE, "Orbix launches a new phone"},
    {OFFERING_NONE, "Store closes early. Public offering of pies"},
    /* a bare offering is of securities if its kind or a sum says so */
    {OFFERING_ANNOUNCEMENT, "Tarn announces $80M offering"},
    {OFFERING_ANNOUNCEMENT, "Tarn announces C$12 million bought deal offering"},
    {OFFERING_ANNOUNCEMENT, "Tarn announces rights offering to its holders"},
    {OFFERING_ANNOUNCEMENT, "Tarn files for offering of up to $40 million"},
    {OFFERING_UPSIZE, "Tarn expands its offering to $45M"},
    {OFFERING_UPSIZE, "Tarn to upsize its offering"},
    {OFFERING_CLOSING, "Tarn finalizes $8M offering of units"},
    {OFFERING_NONE, "Tarn announces $6 million order for its cloud offering"},
    {OFFERING_NONE, "Tarn expands its offering for small banks"},
    {OFFERING_ANNOUNCEMENT, "Tarn begins underwritten offering"},
    {OFFERING_ANNOUNCEMENT, "Tarn signs agreement for $8 million direct offering"},
    {OFFERING_NONE, "Tarn launches payroll offering"},
    {OFFERING_NONE, "Tarn plans a wider cloud offering"},
    /* notes are sold, or dealt with later */
    {OFFERING_DEBT, "Tarn issues $35 million of subordinated notes"},
    {OFFERING_DEBT, "Tarn to offer $200M of senior secured notes"},
    {OFFERING_DEBT, "Tarn closes $30M convertible note financing"},
    {OFFERING_DEBT, "Tarn sells convertible notes to two funds"},
    {OFFERING_DEBT, "Tarn announces unsecured notes due 2031"},
    {OFFERING_NONE, "Tarn announces redemption of $35 million of senior notes"},
    {OFFERING_NONE, "Tarn completes exchange of convertible notes"},
    {OFFERING_NONE, "Agency announces upgrade of Tarn senior notes"},
    {OFFERING_PRICING,
     "Tarn prices $50M public offering to repay $20M of senior notes"},
};

static enum offering_stage
stage_of(const struct match *m, const char *title)
{
    struct words w;
    struct hits hits;

    words_clear(&w);
    words_add(&w, title);
    match_scan(m, &w, &hits);
    return offering_stage(&hits, &w, 0);
}

START_TEST(a_stage_needs_the_deed_and_the_offering)
{
    struct match *m = NULL;

    ck_assert_int_eq(match_new(&m), 0);
    ck_assert_int_eq(offering_add(m, 0, NULL), 0);
    for (size_t i = 0; i < STR_LEN(titles); i++)
        ck_assert_msg(stage_of(m, titles[i].title) == titles[i].stage, "%s: %s",
                      titles[i].title,
                      offering_rows[stage_of(m, titles[i].title)].name);
    match_free(&m);
}
END_TEST

START_TEST(only_what_is_over_or_debt_is_harmless)
{
    for (int i = 1; i < OFFERING_STAGES; i++)
        ck_assert_int_eq(offering_rows[i].harmless, offering_rows[i].sentiment > 0.0);
}
END_TEST

Suite *
offering_suite(void)
{
    Suite *s = suite_create("offering");
    TCase *t = tcase_create("offering");

    tcase_add_test(t, a_stage_needs_the_deed_and_the_offering);
    tcase_add_test(t, only_what_is_over_or_debt_is_harmless);
    suite_add_tcase(s, t);
    return s;
}
