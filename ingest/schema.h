/* schema - the tables of ingest.db and every statement on them */
#ifndef CATALYST_INGEST_SCHEMA_H
#define CATALYST_INGEST_SCHEMA_H

#include <stddef.h>

enum query {
    Q_SEEN,
    Q_SEEN_ADD,
    Q_SEEN_STILL,
    Q_SEEN_ANY,
    Q_FEED,
    Q_FEED_PUT,
    Q_UNIT_ADD,
    Q_NEXT,
    Q_COMING,
    Q_SENT,
    Q_AGAIN,
    Q_DONE,
    Q_DONE_DEAD,
    Q_BLAME,
    Q_BLAMED,
    Q_RECALL,
    Q_COUNTS,
    Q_FORGET_TOTALS,
    Q_FORGET_UNITS,
    Q_FORGET_SEEN,
    Q_FORGET_ITEMS,
    Q_ITEM_ADD,
    Q_STORY_ADD,
    Q_STORIES,
    Q_FORGET_STORIES,
    Q_CYCLE_UP,
    Q_CYCLE,
    Q_DEAD,
    Q_ROOM,
    Q_ROOM_BACK,
    QUERIES
};

extern const char *const schema_queries[QUERIES];

/* schema_migrations[i] lifts the file from version i to i + 1. */
extern const char *const schema_migrations[];
extern const size_t schema_versions;

#endif
