#include "alerter/ledger.h"

#include "alerter/outbox.h"
#include "base/json.h"
#include "base/str.h"
#include "tests/unit/alerter/samples.h"
#include "wire/db.h"

#include <check.h>
#include <unistd.h>

struct desk {
    struct ledger *ledger;
    struct outbox *outbox;
    char dir[64];
    char path[96];
};

static void
reopen(struct desk *d)
{
    struct why why = {""};

    outbox_close(&d->outbox);
    ledger_close(&d->ledger);
    ck_assert_msg(ledger_open(&d->ledger, d->path, &why) == 0, "%s", why.text);
    ck_assert_msg(outbox_open(&d->outbox, d->ledger, &why) == 0, "%s", why.text);
}

static struct desk
opened(void)
{
    struct desk d = {.dir = "/tmp/catalyst-ledger-XXXXXX"};

    ck_assert_ptr_nonnull(mkdtemp(d.dir));
    str_fmt(d.path, sizeof d.path, "%s/ledger.db", d.dir);
    reopen(&d);
    return d;
}

static void
closed(struct desk *d)
{
    static const char *const ends[] = {"", "-wal", "-shm", "-lock", ".lock"};
    char path[128];

    outbox_close(&d->outbox);
    ledger_close(&d->ledger);
    for (size_t i = 0; i < STR_LEN(ends); i++) {
        str_fmt(path, sizeof path, "%s%s", d->path, ends[i]);
        (void)unlink(path);
    }
    (void)rmdir(d->dir);
}

static struct entry
taken(struct desk *d, const struct msg_scored *s)
{
    struct entry e;

    ck_assert_int_eq(ledger_begin(d->ledger), 0);
    ck_assert_int_eq(ledger_take(d->ledger, s, 5000, &e), 0);
    ck_assert_int_eq(ledger_commit(d->ledger), 0);
    return e;
}

static struct json *
books(struct desk *d)
{
    struct buf b;
    struct jsonw w;
    struct json *j;

    buf_init(&b, 1 << 16);
    jsonw_init(&w, &b);
    jw_object(&w, NULL);
    ledger_books(d->ledger, &w);
    jw_end(&w);
    j = json_parse(buf_str(&b), b.len, NULL);
    ck_assert_ptr_nonnull(j);
    buf_free(&b);
    return j;
}

static int64_t
booked(struct desk *d, const char *path)
{
    struct json *j = books(d);
    int64_t n = json_i64(json_get(j, path), 0);

    json_free(&j);
    return n;
}

START_TEST(a_verdict_is_kept_once)
{
    struct desk d = opened();
    struct msg_scored s = sample_scored("n:1/ACME");

    ck_assert(taken(&d, &s).fresh);
    ck_assert(!taken(&d, &s).fresh);
    ck_assert(taken(&d, &s).final);
    reopen(&d);
    ck_assert(!taken(&d, &s).fresh);
    ck_assert_int_eq(booked(&d, "books.alerted"), 1);
    ck_assert_int_eq(booked(&d, "books.total"), 1);
    closed(&d);
}
END_TEST

START_TEST(only_a_higher_epoch_and_revision_acts)
{
    static const struct {
        int64_t epoch, revision;
        bool fresh;
    } rows[] = {{2, 1, true}, {2, 1, false}, {2, 0, false}, {1, 9, false},
                {2, 2, true}, {3, 0, true},  {2, 7, false}, {3, 1, true}};
    struct desk d = opened();
    struct msg_scored s = sample_scored("n:1/ACME");

    for (size_t i = 0; i < STR_LEN(rows); i++) {
        s.epoch = rows[i].epoch;
        s.revision = rows[i].revision;
        ck_assert_int_eq(taken(&d, &s).fresh, rows[i].fresh);
    }
    closed(&d);
}
END_TEST

START_TEST(a_stale_message_is_answered_with_the_verdict_that_counts)
{
    struct desk d = opened();
    struct msg_scored s = sample_scored("n:1/ACME");
    struct entry e;

    s.revision = 3;
    taken(&d, &s);
    s.revision = 1;
    s.verdict = "reject";
    s.reason = "min_score";
    e = taken(&d, &s);
    ck_assert_str_eq(e.verdict, "alert");
    ck_assert_str_eq(e.reason, "");
    closed(&d);
}
END_TEST

START_TEST(the_books_follow_a_revision)
{
    struct desk d = opened();
    struct msg_scored s = sample_scored("n:1/ACME");

    taken(&d, &s);
    s.revision = 1;
    s.verdict = "reject";
    s.reason = "price_ceiling";
    taken(&d, &s);
    ck_assert_int_eq(booked(&d, "books.alerted"), 0);
    ck_assert_int_eq(booked(&d, "books.rejected"), 1);
    ck_assert_int_eq(booked(&d, "books.reasons.price_ceiling"), 1);
    closed(&d);
}
END_TEST

START_TEST(the_whole_message_comes_back)
{
    struct desk d = opened();
    struct msg_scored s = sample_scored("n:1/ACME");
    const struct msg_scored *got;
    struct msg m;

    taken(&d, &s);
    ck_assert_int_eq(ledger_message(d.ledger, "n:1/ACME", &m), 0);
    got = m.body;
    ck_assert_str_eq(got->title, s.title);
    ck_assert_uint_eq(got->n_metrics, s.n_metrics);
    ck_assert_str_eq(got->evidence[0].text, "fda clearance");
    msg_free(&m);
    ck_assert_int_eq(ledger_message(d.ledger, "n:2/ACME", &m), ERR_NOT_FOUND);
    closed(&d);
}
END_TEST

START_TEST(what_is_no_verdict_is_refused)
{
    struct desk d = opened();
    struct msg_scored s = sample_scored("n:1/ACME");
    struct entry e;

    ck_assert_int_eq(ledger_begin(d.ledger), 0);
    s.verdict = "maybe";
    ck_assert_int_eq(ledger_take(d.ledger, &s, 1, &e), ERR_RANGE);
    s = sample_scored("");
    ck_assert_int_eq(ledger_take(d.ledger, &s, 1, &e), ERR_RANGE);
    ck_assert_int_eq(ledger_commit(d.ledger), 0);
    closed(&d);
}
END_TEST

static void
put(struct desk *d, const struct delivery *x)
{
    ck_assert_int_eq(ledger_begin(d->ledger), 0);
    ck_assert_int_eq(outbox_put(d->outbox, x), 0);
    ck_assert_int_eq(ledger_commit(d->ledger), 0);
}

START_TEST(the_newest_news_goes_first)
{
    static const int64_t news[] = {300, 900, 100, 700};
    struct desk d = opened();
    struct delivery x;
    char id[16];

    for (size_t i = 0; i < STR_LEN(news); i++) {
        str_fmt(id, sizeof id, "n:%d", (int)news[i]);
        delivery_new(&x, id, "hook", news[i], 1000);
        put(&d, &x);
    }
    delivery_new(&x, "n:9999", "hook", 9999, 5000); /* not due yet */
    put(&d, &x);
    ck_assert_int_eq(outbox_next(d.outbox, "hook", 2000, &x), 0);
    ck_assert_str_eq(x.id, "n:900");
    ck_assert_int_eq(outbox_next(d.outbox, "other", 2000, &x), ERR_NOT_FOUND);
    ck_assert_int_eq(outbox_due(d.outbox, "hook"), 1000);
    ck_assert(outbox_due(d.outbox, "other") == INT64_MAX);
    closed(&d);
}
END_TEST

START_TEST(a_crash_while_sending_is_unclear_once_then_in_doubt)
{
    struct desk d = opened();
    struct delivery x;
    struct outbox_counts n;

    delivery_new(&x, "n:1/ACME", "hook", 300, 1000);
    for (int crash = 1; crash <= 2; crash++) {
        delivery_start(&x, 2000);
        put(&d, &x);
        reopen(&d);
        ck_assert_int_eq(outbox_recover(d.outbox, 3000), 1);
        ck_assert_int_eq(outbox_recover(d.outbox, 3000), 0);
        ck_assert_int_eq(outbox_get(d.outbox, "n:1/ACME", "hook", &x), 0);
        ck_assert_int_eq(x.unclear, crash);
    }
    ck_assert_int_eq(x.state, DELIVERY_IN_DOUBT);
    outbox_count(d.outbox, "hook", &n);
    ck_assert_int_eq(n.by_state[DELIVERY_IN_DOUBT], 1);
    ck_assert_int_eq(n.unclear, 2);
    ck_assert_int_eq(outbox_again(d.outbox, "n:1/ACME", 4000), 1);
    ck_assert_int_eq(outbox_again(d.outbox, "n:1/ACME", 4000), 0);
    outbox_count(d.outbox, NULL, &n);
    ck_assert_int_eq(n.by_state[DELIVERY_PENDING], 1);
    ck_assert_int_eq(n.oldest_ms, 1000);
    closed(&d);
}
END_TEST

START_TEST(a_delivery_comes_back_as_it_was)
{
    struct desk d = opened();
    struct delivery x, y;

    memset(&x, 0, sizeof x);
    memset(&y, 0, sizeof y);
    delivery_new(&x, "n:1/ACME", "hook", 300, 1000);
    x.state = DELIVERY_SENT, x.edit = EDIT_DUE, x.attempts = 3, x.tries = 1;
    x.limited = 2, x.unclear = 1, x.edits = 4, x.due_ms = 77, x.late = true;
    x.updated_ms = 1200;
    str_copy(x.message_id, sizeof x.message_id, "123456789012345678");
    str_copy(x.face, sizeof x.face, "abcdef");
    str_copy(x.error, sizeof x.error, "status 500");
    put(&d, &x);
    ck_assert_int_eq(outbox_get(d.outbox, x.id, x.sink, &y), 0);
    ck_assert(x.state == y.state && x.edit == y.edit && x.attempts == y.attempts);
    ck_assert(x.tries == y.tries && x.limited == y.limited && x.unclear == y.unclear);
    ck_assert(x.edits == y.edits && x.due_ms == y.due_ms && x.late == y.late);
    ck_assert(x.news_ms == y.news_ms && x.first_ms == y.first_ms);
    ck_assert(x.updated_ms == y.updated_ms);
    ck_assert_str_eq(x.message_id, y.message_id);
    ck_assert_str_eq(x.face, y.face);
    ck_assert_str_eq(x.error, y.error);
    closed(&d);
}
END_TEST

START_TEST(retention_moves_counts_and_spares_what_is_unsent)
{
    struct desk d = opened();
    struct msg_scored s = sample_scored("n:1/ACME");
    struct delivery x;
    struct entry e;

    taken(&d, &s);
    s = sample_scored("n:2/ACME");
    s.verdict = "reject";
    s.reason = "min_score";
    taken(&d, &s);
    s = sample_scored("n:3/ACME");
    taken(&d, &s);
    delivery_new(&x, "n:3/ACME", "hook", 300, 1000);
    put(&d, &x);
    ck_assert_int_eq(ledger_prune(d.ledger, 5000), 0);
    ck_assert_int_eq(ledger_prune(d.ledger, 5001), 2);
    ck_assert_int_eq(ledger_prune(d.ledger, 5001), 0);
    ck_assert_int_eq(ledger_entry(d.ledger, "n:3/ACME", &e), 0);
    ck_assert_int_eq(ledger_entry(d.ledger, "n:1/ACME", &e), ERR_NOT_FOUND);
    ck_assert_int_eq(booked(&d, "books.alerted"), 2);
    ck_assert_int_eq(booked(&d, "books.reasons.min_score"), 1);
    ck_assert_int_eq(booked(&d, "books.total"), 3);
    closed(&d);
}
END_TEST

Suite *ledger_suite(void);

Suite *
ledger_suite(void)
{
    Suite *s = suite_create("ledger");
    TCase *c = tcase_create("all");

    tcase_add_test(c, a_verdict_is_kept_once);
    tcase_add_test(c, only_a_higher_epoch_and_revision_acts);
    tcase_add_test(c, a_stale_message_is_answered_with_the_verdict_that_counts);
    tcase_add_test(c, the_books_follow_a_revision);
    tcase_add_test(c, the_whole_message_comes_back);
    tcase_add_test(c, what_is_no_verdict_is_refused);
    tcase_add_test(c, the_newest_news_goes_first);
    tcase_add_test(c, a_crash_while_sending_is_unclear_once_then_in_doubt);
    tcase_add_test(c, a_delivery_comes_back_as_it_was);
    tcase_add_test(c, retention_moves_counts_and_spares_what_is_unsent);
    suite_add_tcase(s, c);
    return s;
}
