/* A filing's address, and its text or the reason why there is none. */
#include "base/str.h"
#include "document_fixture.h"
#include "enricher/sources/sources.h"

#include <check.h>

Suite *edgar_archive_suite(void);

#define SEEDS "tests/fuzz/corpus/edgar_filing/"

static const char filing[] = "1234567/0001234567-26-000042";

static const struct {
    const char *filing, *url;
} addresses[] = {
    {filing,
     "https://e/Archives/edgar/data/1234567/000123456726000042/0001234567-26-000042.txt"},
    {"0000320193/0000320193-26-000001",
     "https://e/Archives/edgar/data/320193/000032019326000001/0000320193-26-000001.txt"},
    {"ACME", NULL},
    {"/0000320193-26-000001", NULL},
    {"0/0000320193-26-000001", NULL},
    {"320193/000032019326000001", NULL},
    {"320193/0000320193-26-0000012", NULL},
    {"320193/../../../x", NULL},
    {"", NULL},
};

START_TEST(the_address_is_made_of_cik_and_accession)
{
    const char *const asked[] = {addresses[_i].filing};
    char url[256];
    int rc = source_edgar_filing.url("https://e", asked, 1, "", url, sizeof url);

    ck_assert_int_eq(rc, addresses[_i].url == NULL ? ERR_SYNTAX : 0);
    if (rc == 0)
        ck_assert_str_eq(url, addresses[_i].url);
}
END_TEST

static int
read_file(const char *file, int status, size_t most, struct facts *out)
{
    static const char *const asked[] = {filing};
    char path[128];
    struct document d;
    struct why why = {""};
    int rc;

    str_fmt(path, sizeof path, SEEDS "%s", file);
    d = document_read(path, status, AT_0935);
    ck_assert_msg(d.body != NULL, "%s is not there", path);
    d.len = d.len < most ? d.len : most;
    *out = (struct facts){.n = 0};
    rc = source_edgar_filing.parse(&d, asked, 1, out, &why);
    ck_assert_msg(rc == 0 || why.text[0] != '\0', "%s without a reason", err_str(rc));
    free((void *)(uintptr_t)d.body);
    return rc;
}

START_TEST(the_text_of_the_press_release_comes_with_its_length)
{
    struct facts f;
    const struct fact *fact;

    ck_assert_int_eq(read_file("submission.txt", 200, SIZE_MAX, &f), 0);
    fact = fact_of(&f, filing, FACT_FILING_TEXT);
    ck_assert_int_eq(fact->status, FACT_OK);
    ck_assert_double_eq(fact->value, (double)strlen(f.text));
    facts_clear(&f);
    ck_assert_ptr_null(f.text);
}
END_TEST

START_TEST(the_head_of_a_submission_is_enough)
{
    struct facts f;

    ck_assert_int_eq(read_file("submission.txt", 200, 1500, &f), 0);
    ck_assert_uint_eq(f.n, 1);
    facts_clear(&f);
}
END_TEST

START_TEST(a_file_that_is_not_there_is_no_refusal)
{
    static const int statuses[] = {403, 404};

    for (size_t i = 0; i < STR_LEN(statuses); i++) {
        struct facts f;

        ck_assert_int_eq(read_file("missing.xml", statuses[i], SIZE_MAX, &f), 0);
        ck_assert_str_eq(fact_of(&f, filing, FACT_FILING_TEXT)->why, WHY_NO_FILE);
        ck_assert_ptr_null(f.text);
    }
}
END_TEST

START_TEST(whatever_comes_with_404_is_no_file)
{
    struct facts f;

    ck_assert_int_eq(read_file("exhibit.htm", 404, SIZE_MAX, &f), 0);
    ck_assert_str_eq(fact_of(&f, filing, FACT_FILING_TEXT)->why, WHY_NO_FILE);
    ck_assert_ptr_null(f.text);
}
END_TEST

START_TEST(a_refusal_is_one_whatever_its_status)
{
    struct facts f;

    ck_assert_int_eq(read_file("undeclared.html", 403, SIZE_MAX, &f), ERR_BLOCKED);
    ck_assert_int_eq(read_file("undeclared.html", 200, SIZE_MAX, &f), ERR_BLOCKED);
    ck_assert_int_eq(read_file("exhibit.htm", 200, SIZE_MAX, &f), ERR_BLOCKED);
    ck_assert_int_eq(read_file("exhibit.htm", 403, SIZE_MAX, &f), ERR_BLOCKED);
    ck_assert_int_eq(read_file("exhibit.htm", 429, SIZE_MAX, &f), ERR_LIMITED);
    ck_assert_int_eq(read_file("exhibit.htm", 503, SIZE_MAX, &f), ERR_NET);
    ck_assert_ptr_null(f.text);
}
END_TEST

Suite *
edgar_archive_suite(void)
{
    Suite *s = suite_create("edgar_archive");
    TCase *t = tcase_create("edgar_archive");

    tcase_add_loop_test(t, the_address_is_made_of_cik_and_accession, 0,
                        STR_LEN(addresses));
    tcase_add_test(t, the_text_of_the_press_release_comes_with_its_length);
    tcase_add_test(t, the_head_of_a_submission_is_enough);
    tcase_add_test(t, a_file_that_is_not_there_is_no_refusal);
    tcase_add_test(t, whatever_comes_with_404_is_no_file);
    tcase_add_test(t, a_refusal_is_one_whatever_its_status);
    suite_add_tcase(s, t);
    return s;
}
