#include "tests/market/finviz_era.h"

#include "base/str.h"
#include "tests/market/paste.h"

#include <check.h>

Suite *finviz_era_suite(void);

enum { PAGE_MOST = 1 << 20 };

/* 2026-11-18, 10:30 in New York. */
#define MORNING INT64_C(1795015800000)

static const struct {
    const char *name;
    size_t tables, cells, rows;
    const char *label, *column;
} eras[] = {
    {"2020", 1, 144, 12, ">Short Ratio<", ">Float Short<"},
    {"2022", 1, 144, 12, ">Short Ratio<", ">Float Short<"},
    {"2023", 1, 144, 12, ">Short Float / Ratio<", ">Short Float<"},
    {"2025", 1, 156, 13, ">ATR (14)<", ">Short Float<"},
    {"2025-pretty", 1, 156, 13, "\n                  ATR (14)<", ">Short Float<"},
    {"2026-04", 1, 168, 14, ">Option/Short<", ">Short Float<"},
    {"2026", 6, 168, 84, ">Option/Short<", ">Short Float<"},
};

static size_t
count(const char *text, const char *word)
{
    size_t n = 0;

    for (; (text = strstr(text, word)) != NULL; text += strlen(word))
        n++;
    return n;
}

/* Every cell from the first snapshot table to the news. */
static size_t
cells_of(const char *page)
{
    const char *from = strstr(page, "snapshot-table2"),
               *to = strstr(page, "news-table");
    char *tables = strndup(from, (size_t)(to - from));
    size_t n = count(tables, "<td ");

    free(tables);
    return n;
}

static struct universe *
some_sheet(struct sheet *s, const char *symbol)
{
    struct universe *u = universe_new(UNIVERSE_KNOWN, 1);

    ck_assert_ptr_nonnull(u);
    sheet_fill(s, universe_find(u, symbol), MORNING);
    return u;
}

START_TEST(every_era_has_its_tables_and_all_its_cells)
{
    struct sheet s;
    struct universe *u = some_sheet(&s, "GME");

    for (size_t i = 0; i < STR_LEN(eras); i++) {
        const struct finviz_era *e = finviz_era_find(eras[i].name);
        struct buf out;

        buf_init(&out, PAGE_MOST);
        finviz_era_quote(e, &s, &out);
        ck_assert_uint_eq(count(buf_str(&out), "snapshot-table2"), eras[i].tables);
        ck_assert_uint_eq(cells_of(buf_str(&out)), eras[i].cells);
        ck_assert_uint_eq(count(buf_str(&out), "table-dark-row"), eras[i].rows);
        ck_assert_uint_eq(count(buf_str(&out), "EPS next Y<"), 2);
        ck_assert_ptr_nonnull(strstr(buf_str(&out), eras[i].label));
        ck_assert_uint_ge(count(buf_str(&out), ">390.00M<"), 1);
        ck_assert_ptr_null(strchr(buf_str(&out), '@'));
        buf_free(&out);
    }
    universe_free(&u);
}
END_TEST

START_TEST(every_era_has_a_screener_with_a_header_and_a_row_a_sheet)
{
    struct sheet s[2], *rows[] = {&s[0], &s[1]};
    struct universe *u = some_sheet(&s[0], "GME");

    sheet_fill(&s[1], universe_find(u, "HIMS"), MORNING);
    for (size_t i = 0; i < STR_LEN(eras); i++) {
        struct buf out;

        buf_init(&out, PAGE_MOST);
        finviz_era_screener(finviz_era_find(eras[i].name), rows, 2, &out);
        ck_assert_uint_eq(count(buf_str(&out), "<td height=\"10\""), 30);
        ck_assert_ptr_nonnull(strstr(buf_str(&out), eras[i].column));
        ck_assert_ptr_nonnull(strstr(buf_str(&out), "Hims &amp; Hers"));
        ck_assert_ptr_null(strchr(buf_str(&out), '@'));
        buf_free(&out);
    }
    universe_free(&u);
}
END_TEST

START_TEST(an_unknown_era_is_none)
{
    ck_assert_ptr_null(finviz_era_find("2019"));
    ck_assert_ptr_null(finviz_era_find(""));
    for (size_t i = 0; i < STR_LEN(eras); i++)
        ck_assert_ptr_nonnull(strstr(finviz_era_names, eras[i].name));
}
END_TEST

START_TEST(paste_fills_its_places_and_leaves_other_signs)
{
    const struct place places[] = {{'a', "one"}, {'b', "@a"}};
    struct buf out;

    buf_init(&out, 256);
    paste(&out, "@a, @b, x@y.org, @", places, 2);
    ck_assert_str_eq(buf_str(&out), "one, @a, x@y.org, @");
    buf_clear(&out);
    paste_escaped(&out, "<Hims & Hers>");
    ck_assert_str_eq(buf_str(&out), "&lt;Hims &amp; Hers&gt;");
    buf_free(&out);
}
END_TEST

Suite *
finviz_era_suite(void)
{
    Suite *s = suite_create("finviz_era");
    TCase *t = tcase_create("finviz_era");

    tcase_add_test(t, every_era_has_its_tables_and_all_its_cells);
    tcase_add_test(t, every_era_has_a_screener_with_a_header_and_a_row_a_sheet);
    tcase_add_test(t, an_unknown_era_is_none);
    tcase_add_test(t, paste_fills_its_places_and_leaves_other_signs);
    suite_add_tcase(s, t);
    return s;
}
