#include "base/str.h"
#include "classifier/source_weight.h"

#include <check.h>

Suite *source_weight_suite(void);

START_TEST(a_domain_is_the_registered_one)
{
    static const struct {
        const char *link, *domain;
    } cases[] = {
        {"https://www.sec.gov/filing.html", "sec.gov"},
        {"HTTPS://News.Reuters.COM:443/a?b#c", "reuters.com"},
        {"www.wsj.com", "wsj.com"},
        {"ft.com/article", "ft.com"},
        {"https://www.bbc.co.uk/x", "bbc.co.uk"},
        {"https://news.abc.net.au", "abc.net.au"},
        {"https://co.uk/x", "co.uk"},
        {"https://shop.co.com/x", "co.com"},
        {"https://sec.gov@evil.com/x", "evil.com"},
        {"https://sec.gov./x", "sec.gov"},
        {"https://evil.com?sec.gov", "evil.com"},
        {"evil.com/?from=https://sec.gov", "evil.com"},
        {"//www.reuters.com/a", "reuters.com"},
        {"https://evil.com\\@sec.gov", "evil.com"},
        {"localhost", "localhost"},
        {"https:///x", ""},
        {"...", ""},
        {"", ""},
    };
    char out[SOURCE_DOMAIN];

    for (size_t i = 0; i < STR_LEN(cases); i++)
        ck_assert_str_eq(source_domain(cases[i].link, out, sizeof out),
                         cases[i].domain);
    ck_assert_str_eq(source_domain(NULL, out, sizeof out), "");
}
END_TEST

START_TEST(tiers_are_by_domain_not_by_resemblance)
{
    static const struct {
        const char *link;
        int tier;
        const char *category;
    } cases[] = {
        {"https://data.sec.gov/x", 1, "regulatory"},
        {"https://www.bloomberg.com/news", 1, "premium_news"},
        {"https://www.globenewswire.com/news", 2, "pr_wire"},
        {"https://cnbc.com", 2, "financial_news"},
        {"https://sec.gov.evil.com/x", 3, "unknown"},
        {"https://notsec.gov", 3, "unknown"},
        {"", 3, "unknown"},
    };

    for (size_t i = 0; i < STR_LEN(cases); i++) {
        struct source_tier t;

        source_tier_of(cases[i].link, &t);
        ck_assert_int_eq(t.tier, cases[i].tier);
        ck_assert_str_eq(t.category, cases[i].category);
    }
}
END_TEST

Suite *
source_weight_suite(void)
{
    Suite *s = suite_create("source_weight");
    TCase *t = tcase_create("source_weight");

    tcase_add_test(t, a_domain_is_the_registered_one);
    tcase_add_test(t, tiers_are_by_domain_not_by_resemblance);
    suite_add_tcase(s, t);
    return s;
}
