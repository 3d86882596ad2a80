/* Who is asked for first: the newest news, and yet nothing waits for ever. */
#include "base/prng.h"
#include "enricher/collector/lane.h"

#include <check.h>

Suite *lane_suite(void);

enum {
    SUBJECTS = 3000,
    WINDOW = 64,             /* candidates that are out at once */
    WATCHED_MS = 600000,     /* a watched ticker counts as that much newer */
    AGE_MS = 2 * 3600 * 1000 /* of the oldest news that comes */
};

/* One candidate's ask; ranks are wall clock, which here begins with the boot clock. */
struct subject {
    struct known known;
    struct wait waiter; /* else it would be dropped: nobody waits */
    int64_t published_ms, queued_ms, taken_ms;
    bool watched;
};

struct day {
    struct proc proc;
    struct collector c;
    struct lane lane;
    struct subject *subjects;
};

static void
day_open(struct day *d)
{
    struct buf errors;

    memset(d, 0, sizeof *d);
    buf_init(&errors, 4096);
    ck_assert_int_eq(conf_load(&d->proc.conf, NULL, NULL, NULL, 0, &errors), 0);
    buf_free(&errors);
    d->c.proc = &d->proc;
    d->c.n_groups = d->proc.conf.n_groups;
    for (size_t i = 0; i < d->c.n_groups; i++)
        d->c.groups[i].name = d->proc.conf.groups[i].name;
    ck_assert_int_eq(lane_open(&d->lane, &d->c, source_index("yahoo-chart")), 0);
    d->subjects = calloc(SUBJECTS, sizeof d->subjects[0]);
}

static void
day_close(struct day *d)
{
    lane_close(&d->lane);
    conf_free(&d->proc.conf);
    free(d->subjects);
}

static void
ask(struct day *d, struct subject *s, int64_t now_ms)
{
    s->queued_ms = now_ms;
    s->taken_ms = -1;
    LIST_INSERT_HEAD(&s->known.waiters, &s->waiter, of_known);
    ck_assert_int_eq(lane_ask(&d->lane, &s->known,
                              s->published_ms + (s->watched ? WATCHED_MS : 0), 0,
                              now_ms),
                     0);
}

static struct subject *
take(struct day *d, int64_t now_ms)
{
    struct ask *a;

    for (size_t n = lane_take(&d->lane, &a); n > 0; n = 0) {
        struct subject *s = (struct subject *)a->known; /* its first member */

        s->taken_ms = now_ms;
        lane_end(&d->lane, a);
        return s;
    }
    return NULL;
}

static struct subject
random_subject(struct prng *r, int64_t now_ms)
{
    bool is_old = prng_below(r, 5) == 0;

    return (struct subject){
        .published_ms = now_ms - (int64_t)prng_below(r, is_old ? AGE_MS : 60000),
        .watched = prng_below(r, 10) == 0};
}

/* Whatever goes before an ask was queued at the latest as long after it as the news was
 * old when it came, and ten minutes for a watched one: that bounds who can overtake. */
static void
check_overtaken(const struct day *d, int n, int seed)
{
    for (int i = 0; i < n; i++) {
        const struct subject *old = &d->subjects[i];
        int64_t age = old->queued_ms - old->published_ms;

        for (int k = i + 1; k < n; k++) {
            const struct subject *late = &d->subjects[k];

            if (late->taken_ms < 0 ||
                (old->taken_ms >= 0 && late->taken_ms >= old->taken_ms))
                continue;
            ck_assert_msg(late->queued_ms - old->queued_ms <= age + WATCHED_MS,
                          "seed %d: news %lld s old was overtaken %lld s later", seed,
                          (long long)age / 1000,
                          (long long)(late->queued_ms - old->queued_ms) / 1000);
        }
    }
}

/* Twice as much comes as can be taken, for hours. */
START_TEST(nothing_starves)
{
    struct prng r = {70 + (uint64_t)_i};
    int64_t now = 2 * AGE_MS, free_ms = now;
    struct day d;
    int n = 0;

    day_open(&d);
    while (n < SUBJECTS) {
        d.subjects[n] = random_subject(&r, now);
        ask(&d, &d.subjects[n++], now);
        now += (int64_t)prng_below(&r, 5000);
        for (; free_ms <= now; free_ms += 5000)
            (void)take(&d, free_ms);
    }
    check_overtaken(&d, n, 70 + _i);
    day_close(&d);
}
END_TEST

/* Ingest keeps a window out, and a new candidate comes for each that is answered. */
START_TEST(in_a_full_window_each_one_gets_its_turn)
{
    struct prng r = {700 + (uint64_t)_i};
    int64_t now = 2 * AGE_MS, longest = 0;
    struct day d;
    int n = 0;

    day_open(&d);
    while (n < SUBJECTS) {
        struct subject *s;

        while (lane_depth(&d.lane) < WINDOW && n < SUBJECTS) {
            d.subjects[n] = random_subject(&r, now);
            ask(&d, &d.subjects[n++], now);
        }
        now += 200; /* five a second */
        s = take(&d, now);
        longest = now - s->queued_ms > longest ? now - s->queued_ms : longest;
    }
    ck_assert_msg(longest <= AGE_MS + WATCHED_MS, "seed %d: %lld s", 700 + _i,
                  (long long)longest / 1000);
    check_overtaken(&d, n, 700 + _i);
    day_close(&d);
}
END_TEST

START_TEST(of_what_comes_together_the_newest_goes_first_and_the_watched_before_it)
{
    struct prng r = {7};
    int64_t now = 2 * AGE_MS, last = INT64_MAX;
    struct day d;

    day_open(&d);
    for (int i = 0; i < 500; i++) {
        d.subjects[i] = random_subject(&r, now);
        ask(&d, &d.subjects[i], now);
    }
    for (int i = 0; i < 500; i++) {
        const struct subject *s = take(&d, now);
        int64_t rank = s->published_ms + (s->watched ? WATCHED_MS : 0);

        ck_assert(rank <= last);
        last = rank;
    }
    ck_assert_ptr_null(take(&d, now));
    day_close(&d);
}
END_TEST

START_TEST(a_second_and_newer_story_raises_the_ask_that_is_there)
{
    int64_t now = 2 * AGE_MS;
    struct day d;

    day_open(&d);
    for (int i = 0; i < 3; i++) {
        d.subjects[i].published_ms = now - 1000 * (i + 1);
        ask(&d, &d.subjects[i], now);
    }
    ck_assert_int_eq(lane_ask(&d.lane, &d.subjects[2].known, now, 0, now), 0);
    ck_assert_uint_eq(lane_depth(&d.lane), 3);
    ck_assert_ptr_eq(take(&d, now), &d.subjects[2]);
    ck_assert_ptr_eq(take(&d, now), &d.subjects[0]);
    day_close(&d);
}
END_TEST

Suite *
lane_suite(void)
{
    Suite *s = suite_create("lane");
    TCase *t = tcase_create("lane");

    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, nothing_starves, 0, 5);
    tcase_add_loop_test(t, in_a_full_window_each_one_gets_its_turn, 0, 5);
    tcase_add_test(
        t, of_what_comes_together_the_newest_goes_first_and_the_watched_before_it);
    tcase_add_test(t, a_second_and_newer_story_raises_the_ask_that_is_there);
    suite_add_tcase(s, t);
    return s;
}
