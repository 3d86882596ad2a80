/* world - the real collector with everybody it speaks to
 *
 * Its loop also drives those around it: fakes of enrichers (some with a process that
 * can be killed), the ingest that sends candidates, the classifier that takes what goes
 * on, an operator.  A story says what happens and waits with WORLD_UNTIL.  It is
 * Monday, 11:00 in New York, unless the story moves the clock.
 */
#ifndef CATALYST_TESTS_WORLD_H
#define CATALYST_TESTS_WORLD_H

#include "enricher/collector/collector.h"

#include <check.h>
#include <sys/types.h>

enum {
    WORLD_SETS = 16,
    WORLD_FAKES = 64, /* in one life, dead ones too */
    WORLD_WENT = 4096,
    WORLD_LEASES = 512,
    WORLD_GUARD_MS = 20000
};

struct world;

struct given {
    int64_t lease;
    char source[32];
    char cookie[32], crumb[32];
    char tickers[JOB_TICKERS][SUBJECT_SIZE];
    size_t n;
    bool landed, over; /* said so, or lost */
    bool cancelled;    /* it was told to end it */
};

struct fake {
    struct world *world;
    void *dealer;
    pid_t pid; /* 0: of another machine */
    int64_t start;
    bool is_gone; /* dead, or has said bye */
    bool answers; /* every lease at once, with all its source gives */
    size_t n;     /* leases heard */
    struct given given[WORLD_LEASES];
    int whos, cancels;
    int64_t alive_ok; /* last seq that was answered */
};

struct went {
    char id[32], text[64];
    int64_t epoch, revision;
    bool final;
    char status[METRIC_COUNT][16], why[METRIC_COUNT][80];
    double value[METRIC_COUNT], detail[METRIC_COUNT];
};

struct world {
    struct proc proc;
    struct collector *c;
    char dir[64];
    struct net *outside;
    void *enriched, *done, *operator;
    struct sender *items;
    struct timer *tick;
    int64_t guard_ms, cycle;
    struct fake *fakes[WORLD_FAKES];
    size_t n_fakes;
    struct went *went;
    size_t n_went;
    struct msg_cycle_total total; /* the last one */
    int totals, answers;
    bool answer_ok;
    char *answer; /* JSON of the last one */
};

/* sets ends with NULL: "collector.deadline_ms=50"...  Limits are wide by default. */
void world_open(struct world *w, const char *const *sets);
void world_close(struct world *w);

/* Sets for a world in which no crumb can be had: the chains are shorter there. */
extern const char *const world_no_crumb[];

/* The collector ends, those around it stay; its last words still go out. */
void world_stop(struct world *w);

/* Another one begins. */
void world_restart(struct world *w);

/* One turn: until something was heard, or a millisecond is over. */
void world_turn(struct world *w);

#define WORLD_UNTIL(w, is_so)                                                          \
    do {                                                                               \
        (w)->guard_ms = clock_boot_ms(NULL) + WORLD_GUARD_MS;                          \
        while (!(is_so)) {                                                             \
            ck_assert_msg(clock_boot_ms(NULL) < (w)->guard_ms, "never: " #is_so);      \
            world_turn(w);                                                             \
        }                                                                              \
    } while (0)

/* Moves the time of day: hour and minute in New York of the same Monday. */
void world_time(struct world *w, int hour, int minute);

/* ---- ingest, operator */

/* id is "item-N/TICKER"; behind: so many more follow at once. */
void world_candidate(struct world *w, const char *id, int64_t behind, int64_t attempt);
/* One with these still on ingest's disk. */
void world_candidate_before(struct world *w, const char *id, struct msg_ticker *coming,
                            size_t n);
void world_cycle_begin(struct world *w);
void world_cycle_end(struct world *w, int64_t candidates);
void world_ask(struct world *w, const char *command, const char *args);

/* ---- what went on */

size_t world_finals(const struct world *w, const char *id); /* id NULL: of all */
size_t world_went(const struct world *w, const char *id);
const struct went *world_last(const struct world *w, const char *id);

/* ---- enrichers */

/* A fake that has connected, and said hello with that credit (0: it has not).  One
 * with a process can be killed. */
struct fake *world_fake(struct world *w, int64_t credit, bool has_process);
void fake_hello(struct fake *f, int64_t credit, const struct msg_held *held, size_t n);
void fake_reconnect(struct fake *f);
void fake_say(struct fake *f, enum msg_type type, const void *body);
void fake_alive(struct fake *f, int64_t seq); /* names what it holds */
void fake_bye(struct fake *f);
void fake_kill(struct fake *f);

void fake_landed(struct fake *f, struct given *g);

/* status "ok" brings all facts of the source, any other none. */
void fake_result(struct fake *f, struct given *g, const char *status, const char *why,
                 int64_t retry_after_ms);
void fake_answer(struct fake *f, struct given *g); /* landed, then ok */
void fake_answers(struct fake *f);                 /* from now on, and what it holds */

struct given *fake_last(struct fake *f); /* NULL: none that is not over */
size_t fake_holds(const struct fake *f, const char *source); /* not landed; NULL: any */

/* ---- in the collector */

struct group *world_group(struct world *w, const char *name);

/* The books of permits and leases agree with each other. */
void world_check(const struct world *w);
bool world_is_idle(const struct world *w); /* no lease, no ask, nobody waits */

#endif
