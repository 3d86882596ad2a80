#include "alerter/sinks/discord_embed.h"

#include "base/json.h"
#include "base/prng.h"
#include "base/str.h"
#include "tests/unit/alerter/samples.h"

#include <check.h>

enum { TEXTS = 64, METRICS = 40, WHOLE = 1 << 20 };

/* Parses what was built; the root must be freed. */
static struct json *
built(const struct alert *a)
{
    struct buf b;
    struct json *j;
    struct why why = {""};

    buf_init(&b, WHOLE);
    ck_assert_int_eq(discord_embed(a, &b), 0);
    j = json_parse(buf_str(&b), b.len, &why);
    ck_assert_msg(j != NULL, "%s in %s", why.text, buf_str(&b));
    buf_free(&b);
    return j;
}

static const char *
text(const struct json *j, const char *path)
{
    return json_text(json_get(j, path), "");
}

/* Counts a text against its limit, and that it is sound UTF-8. */
static size_t
within(const char *s, size_t limit)
{
    size_t units = discord_embed_units(s);
    char clean[1 << 15];

    ck_assert_uint_le(units, limit);
    str_utf8_clean(clean, sizeof clean, s);
    ck_assert_str_eq(clean, s);
    return units;
}

static void
check_limits(const struct json *j)
{
    const struct json *e = json_get(j, "embeds.0");
    const struct json *fields = json_get(e, "fields");
    size_t sum = 0;

    ck_assert_uint_eq(json_len(json_get(j, "embeds")), 1);
    ck_assert(json_is_array(json_get(j, "allowed_mentions.parse")));
    ck_assert_uint_eq(json_len(json_get(j, "allowed_mentions.parse")), 0);
    sum += within(text(e, "title"), EMBED_TITLE);
    sum += within(text(e, "description"), EMBED_TEXT);
    sum += within(text(e, "footer.text"), EMBED_FOOTER);
    ck_assert_uint_le(json_len(fields), EMBED_FIELDS);
    for (size_t i = 0; i < json_len(fields); i++) {
        const struct json *f = json_at(fields, i);
        ck_assert_uint_gt(strlen(text(f, "name")), 0);
        ck_assert_uint_gt(strlen(text(f, "value")), 0);
        sum += within(text(f, "name"), EMBED_NAME);
        sum += within(text(f, "value"), EMBED_VALUE);
    }
    ck_assert_uint_le(sum, EMBED_SUM);
}

START_TEST(an_alert_shows_its_figures)
{
    struct msg_scored s = sample_scored("n:1/ACME");
    struct alert a = {.scored = &s, .kind = ALERT_NEW};
    struct json *j = built(&a);

    check_limits(j);
    ck_assert_str_eq(text(j, "embeds.0.title"), "[ACME] ACME receives FDA clearance");
    ck_assert_str_eq(text(j, "embeds.0.url"), "https://news.example/acme");
    ck_assert_str_eq(text(j, "embeds.0.timestamp"), "2023-11-14T22:13:20.000Z");
    ck_assert_str_eq(text(j, "embeds.0.fields.1.value"), "$13.10 (+8.2%) x1.00");
    ck_assert_str_eq(text(j, "embeds.0.fields.2.value"), "12.3M LOW_FLOAT x1.30");
    ck_assert_str_eq(text(j, "embeds.0.fields.3.value"), "n/a (empty: session)");
    ck_assert_str_eq(text(j, "embeds.0.fields.4.value"), "5.25x HIGH x1.20 stale");
    ck_assert_int_eq(json_i64(json_get(j, "embeds.0.color"), 0), 0x2ECC71);
    json_free(&j);
}
END_TEST

START_TEST(a_withdrawn_alert_says_why)
{
    struct msg_scored s = sample_scored("n:1/ACME");
    struct alert a = {.scored = &s, .kind = ALERT_WITHDRAWN};
    struct json *j;

    s.verdict = "reject";
    s.reason = "price_ceiling";
    j = built(&a);
    ck_assert(str_starts(text(j, "embeds.0.title"), "WITHDRAWN - [ACME]"));
    ck_assert(strstr(text(j, "embeds.0.fields.0.value"), "price_ceiling") != NULL);
    json_free(&j);
}
END_TEST

START_TEST(a_correction_says_of_what)
{
    struct msg_scored s = sample_scored("n:2/ACME");
    struct alert a = {.scored = &s, .kind = ALERT_NEW};
    struct json *j;

    s.follows = "correction";
    j = built(&a);
    ck_assert_str_eq(text(j, "embeds.0.fields.0.name"), "Follows");
    ck_assert_str_eq(text(j, "embeds.0.fields.0.value"),
                     "correction of an earlier story");
    json_free(&j);
    s.follows = "update", s.former = "n:1", s.former_link = "https://news.example/1";
    j = built(&a);
    ck_assert_str_eq(text(j, "embeds.0.fields.0.value"),
                     "update of n:1, https://news.example/1");
    json_free(&j);
}
END_TEST

START_TEST(a_link_discord_would_refuse_is_left_out)
{
    static const char *const bad[] = {"",
                                      "javascript:alert(1)",
                                      "https://",
                                      "https://nodot/x",
                                      "https://.a",
                                      "https://a.b/with space",
                                      "https://a.b/\xc3\xbc",
                                      "ftp://a.b/",
                                      "https://nodot/x.html"};
    struct msg_scored s = sample_scored("n:1/ACME");
    struct alert a = {.scored = &s, .kind = ALERT_NEW};

    for (size_t i = 0; i < STR_LEN(bad); i++) {
        struct json *j;
        s.link = bad[i];
        j = built(&a);
        ck_assert_msg(json_get(j, "embeds.0.url") == NULL, "%s", bad[i]);
        json_free(&j);
    }
}
END_TEST

START_TEST(text_that_nobody_sees_is_no_field)
{
    struct msg_scored s = sample_scored("n:1/ACME");
    struct alert a = {.scored = &s, .kind = ALERT_NEW};
    struct json *j;

    s.summary = " \xe2\x80\x8b\xc2\xa0 \n";
    s.categories = "\xe3\x80\x80";
    j = built(&a);
    ck_assert_ptr_null(json_get(j, "embeds.0.description"));
    ck_assert_uint_eq(json_len(json_get(j, "embeds.0.fields")), 8);
    json_free(&j);
}
END_TEST

/* Random text: every width of UTF-8, blanks, controls, broken bytes, mentions. */
static char *
random_text(struct prng *p, size_t most)
{
    static const char *const bits[] = {"a",
                                       "B7 ",
                                       "\xc3\xa9",
                                       "\xe2\x82\xac",
                                       "\xf0\x9f\x9a\x80",
                                       "\xe2\x80\x8b",
                                       "@everyone ",
                                       "\"",
                                       "\\",
                                       "\n",
                                       "\x1b[31m",
                                       "\xff",
                                       "\xe2\x82",
                                       "\xf0\x9f",
                                       "   "};
    size_t n = prng_below(p, most + 1);
    size_t only = prng_below(p, 2) * (1 + prng_below(p, 14));
    struct buf b;

    buf_init(&b, 1 << 20);
    buf_adds(&b, "");
    while (b.len < n)
        buf_adds(&b, bits[only ? only : prng_below(p, STR_LEN(bits))]);
    if (!b.data)
        return strdup("");
    return b.data;
}

START_TEST(every_text_stays_within_the_limits)
{
    struct prng p = {.state = 0x5eed + (uint64_t)_i};
    struct msg_metric metrics[METRICS];
    struct msg_evidence evidence[METRICS];
    char *texts[TEXTS];

    for (int run = 0; run < 40; run++) {
        struct msg_scored s = sample_scored("n:1/ACME");
        struct alert a = {.scored = &s, .late = run % 2};
        struct json *j;
        for (size_t i = 0; i < TEXTS; i++)
            texts[i] = random_text(&p, i < 8 ? 20000 : 3000);
        for (size_t i = 0; i < METRICS; i++) {
            metrics[i] = (struct msg_metric){texts[i % TEXTS],
                                             i % 2 ? "ok" : "error",
                                             texts[(i + 9) % TEXTS],
                                             1e9,
                                             "",
                                             texts[(i + 5) % TEXTS],
                                             -1e300,
                                             1e300,
                                             "change_pct",
                                             "",
                                             0};
            evidence[i] = (struct msg_evidence){"signal", texts[(i + 3) % TEXTS],
                                                texts[(i + 4) % TEXTS], -1e308, 0};
        }
        s.title = texts[0], s.summary = texts[1], s.feed = texts[2];
        s.ticker = texts[3], s.categories = texts[4], s.reason = texts[5];
        s.link = texts[6], s.score = run % 3 - 1, s.id = texts[7];
        s.follows = texts[8], s.former = texts[9], s.former_link = texts[10];
        s.published_ms = (int64_t)(prng_u64(&p) >> prng_below(&p, 40));
        s.metrics = metrics, s.n_metrics = prng_below(&p, METRICS + 1);
        s.evidence = evidence, s.n_evidence = prng_below(&p, METRICS + 1);
        a.kind = (enum alert_kind)(run % 3);
        j = built(&a);
        check_limits(j);
        json_free(&j);
        for (size_t i = 0; i < TEXTS; i++)
            free(texts[i]);
    }
}
END_TEST

Suite *discord_embed_suite(void);

Suite *
discord_embed_suite(void)
{
    Suite *s = suite_create("discord_embed");
    TCase *c = tcase_create("all");

    tcase_set_timeout(c, 60);
    tcase_add_test(c, an_alert_shows_its_figures);
    tcase_add_test(c, a_withdrawn_alert_says_why);
    tcase_add_test(c, a_correction_says_of_what);
    tcase_add_test(c, a_link_discord_would_refuse_is_left_out);
    tcase_add_test(c, text_that_nobody_sees_is_no_field);
    tcase_add_loop_test(c, every_text_stays_within_the_limits, 0, 4);
    suite_add_tcase(s, c);
    return s;
}
