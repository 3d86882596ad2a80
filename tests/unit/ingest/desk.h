/* desk - an intake with all that it needs, for the tests of what it takes */
#ifndef CATALYST_TESTS_INGEST_DESK_H
#define CATALYST_TESTS_INGEST_DESK_H

#include "ingest/counts.h"
#include "ingest/intake.h"
#include "tests/unit/ingest/bench.h"

struct desk {
    struct bench bench;
    struct clock clock;
    struct conf conf;
    struct symbols *symbols;
    struct noise *noise;
    struct map *watched;
    struct books books;
    int64_t counts[COUNTS];
    struct intake *intake;
    struct feed_state state;
    int64_t added;
};

struct desk *desk_open(void);               /* the built-in symbols; AAPL is watched */
struct intake_env desk_env(struct desk *d); /* of its intake, to be added to */
void desk_restart(struct desk *d);
void desk_close(struct desk *d);

/* Takes a body as an answer of the feed; returns how many items were new. */
size_t
desk_take(struct desk *d, const struct conf_feed *feed, bool first, const char *body);

#define ITEM(link, title)                                                              \
    "<item><link>https://w.example/" link "</link><title>" title "</title></item>"
#define RSS(items) "<rss><channel>" items "</channel></rss>"

#endif
