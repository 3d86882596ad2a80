#include "ingest/gate.h"

#include "base/str.h"

#include <check.h>

enum { NOW = 1000000000, MINUTE = 60000 };

static struct noise *
rules(void)
{
    struct noise *n;
    struct why why = {""};

    ck_assert_msg(noise_new(&n, &why) == 0, "%s", why.text);
    return n;
}

static struct item
story(const char *title)
{
    struct item it = {.id = "n:1", .kind = ITEM_NEWS, .link = "https://x.example/1"};

    (void)str_copy(it.title, sizeof(it.title), title);
    return it;
}

/* The reason an item is rejected for, "" when it passes. */
static const char *
item_reason(const struct item *it, const struct tickers *t, size_t primary, bool otc)
{
    static struct gate_hit hit;
    struct gate_view v = {.item = it,
                          .tickers = t,
                          .n_primary = primary,
                          .feed = "wire",
                          .now_ms = NOW,
                          .max_age_ms = 30 * MINUTE,
                          .skip_sources = "dull, Dreary",
                          .allow_otc = otc};

    return gate_item(&v, &hit) ? hit.reason : "";
}

START_TEST(a_story_needs_title_and_link)
{
    struct tickers none = {0};
    struct item it = story("");

    ck_assert_str_eq(item_reason(&it, &none, 1, false), "no_title_or_link");
    it = story("Title");
    it.link[0] = '\0';
    ck_assert_str_eq(item_reason(&it, &none, 1, false), "no_title_or_link");
}
END_TEST

START_TEST(stale_is_more_than_the_window_and_unknown_time_passes)
{
    struct tickers none = {0};
    struct item it = story("Title");

    it.published_ms = NOW - 30 * MINUTE;
    ck_assert_str_eq(item_reason(&it, &none, 1, false), "");
    it.published_ms--;
    ck_assert_str_eq(item_reason(&it, &none, 1, false), "stale");
    it.published_ms = 0;
    ck_assert_str_eq(item_reason(&it, &none, 1, false), "");
    it.published_ms = NOW + 5 * MINUTE;
    ck_assert_str_eq(item_reason(&it, &none, 1, false), "");
}
END_TEST

START_TEST(a_listing_abroad_is_no_ticker_and_pink_sheets_are_otc)
{
    struct tickers t = {.n = 1, .list = {{"FGX", LISTING_FOREIGN, SIGN_EXCHANGE}}};
    struct item it = story("Title");

    ck_assert_str_eq(item_reason(&it, &t, 0, false), "no_ticker");
    t.list[0].listing = LISTING_OTC;
    ck_assert_str_eq(item_reason(&it, &t, 0, false), "otc");
    ck_assert_str_eq(item_reason(&it, &t, 0, true), "no_ticker");
    ck_assert_str_eq(item_reason(&it, &t, 1, false), "");
}
END_TEST

START_TEST(skipped_sources_are_whole_names_in_any_case)
{
    static const struct {
        const char *feed;
        bool hit;
    } rows[] = {{"dull", true}, {"dreary", true}, {"dul", false}, {"wire", false}};
    struct tickers none = {0};
    struct item it = story("Title");
    struct gate_hit hit;

    for (size_t i = 0; i < STR_LEN(rows); i++) {
        struct gate_view v = {.item = &it,
                              .tickers = &none,
                              .n_primary = 1,
                              .feed = rows[i].feed,
                              .skip_sources = "dull, Dreary"};

        ck_assert_int_eq(gate_item(&v, &hit), rows[i].hit);
    }
}
END_TEST

static const char *
candidate_reason(const char *symbol, const struct symbol *known, const char *title,
                 const struct noise *noise)
{
    static struct gate_hit hit;
    struct item it = story(title);
    struct tickers t = {0};
    struct ticker k = {.listing = LISTING_US};
    struct gate_view v = {.item = &it,
                          .tickers = &t,
                          .n_primary = 1,
                          .feed = "wire",
                          .ticker = &k,
                          .symbol = known,
                          .noise = noise};

    (void)str_copy(k.symbol, sizeof(k.symbol), symbol);
    return gate_candidate(&v, &hit) ? hit.reason : "";
}

START_TEST(the_directory_decides_what_an_instrument_is)
{
    struct symbol common = {.symbol = "UBERW", .type = SECURITY_COMMON};
    struct symbol right = {.symbol = "ABC", .type = SECURITY_RIGHT};

    ck_assert_str_eq(candidate_reason("UBERW", &common, "T", NULL), "");
    ck_assert_str_eq(candidate_reason("ABC", &right, "T", NULL), "instrument");
    ck_assert_str_eq(candidate_reason("PLTR", NULL, "T", NULL), "");
    ck_assert_str_eq(candidate_reason("MU", NULL, "T", NULL), "");
    ck_assert_str_eq(candidate_reason("ABCDW", NULL, "T", NULL), "instrument");
    ck_assert_str_eq(candidate_reason("ABC.WS", NULL, "T", NULL), "instrument");
    ck_assert_str_eq(candidate_reason("ABCD.WSA", NULL, "T", NULL), "instrument");
    ck_assert_str_eq(candidate_reason("ABC.PRA", NULL, "T", NULL), "instrument");
    ck_assert_str_eq(candidate_reason("BRK.B", NULL, "T", NULL), "");
}
END_TEST

START_TEST(an_ending_counts_on_five_letters_that_nobody_lists)
{
    struct symbol common = {.symbol = "FLOWS", .type = SECURITY_COMMON};
    static const char *const papers[] = {"KLMWS", "KLMNWT", "KLMNPD", "KLMWW", "KLMNU"};

    for (size_t i = 0; i < STR_LEN(papers); i++)
        ck_assert_str_eq(candidate_reason(papers[i], NULL, "T", NULL), "instrument");
    ck_assert_str_eq(candidate_reason("FLOWS", &common, "T", NULL), "");
    ck_assert_str_eq(candidate_reason("KLWS", NULL, "T", NULL), "");
    ck_assert_str_eq(candidate_reason("KLPD", NULL, "T", NULL), "");
}
END_TEST

START_TEST(five_letters_or_three_of_a_class_are_no_share)
{
    struct symbol known = {.symbol = "ABC.XYZ", .type = SECURITY_UNKNOWN};

    ck_assert_str_eq(candidate_reason("ABC.XYZ", NULL, "T", NULL), "instrument");
    ck_assert_str_eq(candidate_reason("ABCDE.L", NULL, "T", NULL), "instrument");
    ck_assert_str_eq(candidate_reason("ABCD.PA", NULL, "T", NULL), "");
    ck_assert_str_eq(candidate_reason("ABC.XYZ", &known, "T", NULL), "");
}
END_TEST

START_TEST(noise_is_named_and_news_is_spared)
{
    static const struct {
        const char *title;
        const char *reason;
    } rows[] = {
        {"SHAREHOLDER ALERT: Deadline Alert for XYZ", "noise_legal"},
        {"Firm Encourages ACME Investors with Losses to Contact Robbins LLP",
         "noise_legal"},
        {"Acme Announces Investigational New Drug Application", ""},
        {"FDA Opens Investigation Into Acme Implant", ""},
        {"Deloitte LLP Appointed as Auditor of Acme", ""},
        {"Alpha Files Patent-Infringement Lawsuit", ""},
        {"Company not aware of any reason for price movement", "non_substantive"},
        {"We cannot explain the unusual volume", "non_substantive"},
        {"ACME Trading Activity Notice", "non_substantive"},
        {"Acme wishes to clarify recent trading in its stock", "non_substantive"},
        {"No undisclosed material information exists", "non_substantive"},
        {"Acme Holdings announces", "non_substantive"},
        {"Acme announces trading update: revenue up 15%", ""},
        {"Shares plunge after Acme cuts outlook", "retrospective"},
        {"Acme stock rallies on deal with Beta", "retrospective"},
        {"FDA Approves Acme Drug - Stock Surges", ""},
        {"Acme tanks are approved after the audit", ""},
        {"Why Chegg (CHGG) Shares Are Plunging Today", "retrospective"},
        {"CVRx: Q3 Earnings Snapshot", "retrospective"},
        {"Apple Reports Q3 Earnings Results Beat Expectations", ""},
        {"ACME revenue up 20% as company raises guidance", ""},
        {"Jim Cramer Says Buy ACME", "summary_article"},
        {"ACME Announces Interim Analysis: Trial Meets Endpoint", ""},
        {"Reviva to Present Negative Symptom Data at the CNS Summit", "presentation"},
        {"Acme to Present Phase 3 Results That Met Primary Endpoint", ""},
        {"Synergy Announces Pricing of $4.375 Million Public Offering", ""},
    };
    struct noise *noise = rules();

    for (size_t i = 0; i < STR_LEN(rows); i++) {
        const char *got = candidate_reason("ACME", NULL, rows[i].title, noise);

        ck_assert_msg(str_eq(got, rows[i].reason), "\"%s\": %s", rows[i].title, got);
    }
    noise_free(&noise);
}
END_TEST

START_TEST(a_summary_hides_no_noise_of_the_title)
{
    static const char *const titles[] = {"Acme stock: what investors need to know",
                                         "Acme Holdings announces", "Acme: update",
                                         "ACME trades"};
    struct symbol known = {.symbol = "ACME", .type = SECURITY_COMMON};
    struct item it;
    struct tickers t = {0};
    struct ticker k = {.symbol = "ACME", .listing = LISTING_US};
    struct noise *noise = rules();
    struct gate_view v = {.item = &it,
                          .tickers = &t,
                          .n_primary = 1,
                          .feed = "wire",
                          .ticker = &k,
                          .symbol = &known,
                          .noise = noise};
    struct gate_hit hit;

    for (size_t i = 0; i < STR_LEN(titles); i++) {
        it = story(titles[i]);
        (void)str_copy(it.summary, sizeof(it.summary), "Acme makes pumps, and sells.");
        ck_assert_msg(gate_candidate(&v, &hit), "%s", titles[i]);
        ck_assert_str_eq(hit.reason,
                         candidate_reason("ACME", &known, titles[i], noise));
    }
    noise_free(&noise);
}
END_TEST

static const char *
always(void *self, const char *ticker)
{
    (void)self;
    return str_eq(ticker, "ACME") ? "n:before" : NULL;
}

START_TEST(a_story_told_before_is_rejected_once_more)
{
    struct item it = story("A long enough title of a story");
    struct tickers t = {0};
    struct ticker k = {.symbol = "ACME"};
    struct gate_view v = {.item = &it,
                          .tickers = &t,
                          .n_primary = 1,
                          .feed = "wire",
                          .ticker = &k,
                          .told = always};
    struct gate_hit hit;

    ck_assert(gate_candidate(&v, &hit));
    ck_assert_str_eq(hit.reason, "same_story");
    ck_assert_str_eq(hit.matched, "n:before");
    it.kind = ITEM_FILING; /* filings of a company share their title */
    ck_assert(!gate_candidate(&v, &hit));
}
END_TEST

START_TEST(every_reason_is_listed_once)
{
    size_t n = 0;

    for (; gate_reason(n) != NULL; n++)
        for (size_t i = 0; i < n; i++)
            ck_assert_str_ne(gate_reason(i), gate_reason(n));
    ck_assert_uint_ge(n, 10);
}
END_TEST

Suite *gate_suite(void);

Suite *
gate_suite(void)
{
    Suite *s = suite_create("gate");
    TCase *t = tcase_create("gate");

    tcase_add_test(t, a_story_needs_title_and_link);
    tcase_add_test(t, stale_is_more_than_the_window_and_unknown_time_passes);
    tcase_add_test(t, a_listing_abroad_is_no_ticker_and_pink_sheets_are_otc);
    tcase_add_test(t, skipped_sources_are_whole_names_in_any_case);
    tcase_add_test(t, the_directory_decides_what_an_instrument_is);
    tcase_add_test(t, an_ending_counts_on_five_letters_that_nobody_lists);
    tcase_add_test(t, five_letters_or_three_of_a_class_are_no_share);
    tcase_add_test(t, noise_is_named_and_news_is_spared);
    tcase_add_test(t, a_summary_hides_no_noise_of_the_title);
    tcase_add_test(t, a_story_told_before_is_rejected_once_more);
    tcase_add_test(t, every_reason_is_listed_once);
    suite_add_tcase(s, t);
    return s;
}
