/* counterpart - a process without main, and the collector it speaks to
 *
 * Both live on one loop.  The counterpart writes down what it hears and answers as it
 * was told to; `counterpart_until` runs the loop until it has heard enough.
 */
#ifndef CATALYST_TESTS_COUNTERPART_H
#define CATALYST_TESTS_COUNTERPART_H

#include "wire/proc.h"

enum { HEARD_MAX = 256, HEARD_HELD = 16 };

struct heard {
    enum msg_type type;
    int64_t lease; /* of landed, result */
    int64_t credit;
    char status[16], why[128];
    size_t n_facts, n_held;
    int64_t held[HEARD_HELD]; /* of hello, alive */
};

struct counterpart {
    struct proc proc;
    char dir[64];
    void *router;
    struct timer *guard;
    struct peer peer;       /* of the last frame */
    bool answers_alive;     /* true at first */
    enum msg_type who_once; /* the next frame of this type is answered `who`, unheard */
    enum msg_type until;    /* stop when it was heard... */
    int times;              /* ...so often */
    size_t n;
    struct heard heard[HEARD_MAX];
};

/* sets: up to two more settings as in --set; NULL for none. */
void counterpart_open(struct counterpart *c, const char *set1, const char *set2);
void counterpart_close(struct counterpart *c);

/* Binds the jobs socket: until then nobody listens. */
void counterpart_listen(struct counterpart *c);

/* Runs until `times` more messages of the type were heard; fails the test after 20 s.
 */
void counterpart_until(struct counterpart *c, enum msg_type type, int times);

/* Runs the loop until somebody stops it; its result. */
int counterpart_run(struct counterpart *c);

void counterpart_say(struct counterpart *c, enum msg_type type, const void *body);

/* A lease of one or more tickers (comma separated, at most 8). */
void counterpart_lease(struct counterpart *c, int64_t lease, const char *source,
                       const char *ticker, int64_t left_ms);

/* The last message of a type; NULL when none was heard. */
const struct heard *counterpart_last(const struct counterpart *c, enum msg_type type);

/* Where the first message of the type (and lease, if not 0) stands; -1 if nowhere. */
int counterpart_place(const struct counterpart *c, enum msg_type type, int64_t lease);

#endif
