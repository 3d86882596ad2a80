#include "ingest/schema.h"

const char *const schema_migrations[] = {
    "CREATE TABLE unit ("
    " id TEXT PRIMARY KEY, item TEXT NOT NULL, ticker TEXT NOT NULL, feed TEXT NOT NULL,"
    " state TEXT NOT NULL, reason TEXT NOT NULL, rule TEXT NOT NULL,"
    " matched TEXT NOT NULL, cycle INT NOT NULL, seen_ms INT NOT NULL,"
    " published_ms INT NOT NULL, sent_ms INT NOT NULL DEFAULT 0,"
    " sent INT NOT NULL DEFAULT 0, attempts INT NOT NULL DEFAULT 0,"
    " done_ms INT NOT NULL DEFAULT 0, verdict TEXT NOT NULL DEFAULT '',"
    " title TEXT NOT NULL, link TEXT NOT NULL, watched INT NOT NULL,"
    " rank_ms INT NOT NULL, body BLOB);"
    "CREATE INDEX unit_queue ON unit(watched DESC, rank_ms DESC, id)"
    " WHERE state = 'waiting';"
    "CREATE INDEX unit_out ON unit(id) WHERE state = 'out';"
    "CREATE INDEX unit_dead ON unit(seen_ms DESC) WHERE state = 'dead';"
    "CREATE INDEX unit_seen ON unit(seen_ms);"
    "CREATE INDEX unit_item ON unit(item);"
    "CREATE INDEX unit_ticker ON unit(ticker, seen_ms);"
    "CREATE TABLE seen (id TEXT PRIMARY KEY, at_ms INT NOT NULL) WITHOUT ROWID;"
    "CREATE INDEX seen_at ON seen(at_ms);"
    "CREATE TABLE feed ("
    " name TEXT PRIMARY KEY, url TEXT NOT NULL, etag TEXT NOT NULL DEFAULT '',"
    " last_modified TEXT NOT NULL DEFAULT '', body_hash TEXT NOT NULL DEFAULT '',"
    " parsing TEXT NOT NULL DEFAULT '', crash_hash TEXT NOT NULL DEFAULT '',"
    " crashes INT NOT NULL DEFAULT 0, items_last INT NOT NULL DEFAULT 0,"
    " ok_ms INT NOT NULL DEFAULT 0);"
    "CREATE TABLE totals (state TEXT NOT NULL, reason TEXT NOT NULL, n INT NOT NULL,"
    " PRIMARY KEY (state, reason)) WITHOUT ROWID;"
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value INT NOT NULL) WITHOUT ROWID;",
    "CREATE TABLE item (id TEXT PRIMARY KEY, seen_ms INT NOT NULL, json TEXT NOT NULL);"
    "CREATE INDEX item_seen ON item(seen_ms);",
    "ALTER TABLE feed ADD COLUMN newest_ms INT NOT NULL DEFAULT 0;",
    "CREATE TABLE story (ticker TEXT NOT NULL, at_ms INT NOT NULL, item TEXT NOT NULL,"
    " kind INT NOT NULL, title TEXT NOT NULL, text INT NOT NULL, words INT NOT NULL);"
    "CREATE INDEX story_ticker ON story(ticker, at_ms);"
    "CREATE INDEX story_at ON story(at_ms);",
    "ALTER TABLE feed DROP COLUMN parsing;",
};

const size_t schema_versions = sizeof(schema_migrations) / sizeof(schema_migrations[0]);

/* What retention takes, in one place: counted and removed by the same words. */
#define OLD_UNITS                                                                      \
    "(SELECT id FROM unit WHERE seen_ms < ?1 AND state IN ('rejected', 'done')"        \
    " ORDER BY seen_ms, id LIMIT ?2)"

const char *const schema_queries[QUERIES] = {
    [Q_SEEN] = "SELECT 1 FROM seen WHERE id = ?1",
    [Q_SEEN_ADD] = "INSERT OR IGNORE INTO seen(id, at_ms) VALUES (?1, ?2)",
    [Q_SEEN_STILL] = "UPDATE seen SET at_ms = ?2 WHERE id = ?1 AND at_ms < ?3",
    [Q_SEEN_ANY] = "SELECT 1 FROM seen LIMIT 1",
    [Q_FEED] = "SELECT etag, last_modified, body_hash, crash_hash, crashes,"
               " items_last, ok_ms, newest_ms FROM feed WHERE name = ?1 AND url = ?2",
    [Q_FEED_PUT] = "INSERT OR REPLACE INTO feed(name, url, etag, last_modified,"
                   " body_hash, crash_hash, crashes, items_last, ok_ms,"
                   " newest_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    [Q_UNIT_ADD] = "INSERT INTO unit(id, item, ticker, feed, state, reason, rule,"
                   " matched, title, link, cycle, seen_ms, published_ms, watched, body,"
                   " rank_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,"
                   " ?12, ?13, ?14, ?15, CASE WHEN ?13 = 0 THEN ?12 ELSE ?13 END)",
    [Q_NEXT] = "SELECT id, sent, cycle, body FROM unit WHERE state = 'waiting'"
               " ORDER BY watched DESC, rank_ms DESC, id LIMIT 1",
    [Q_COMING] = "SELECT ticker FROM unit WHERE state = 'waiting'"
                 " ORDER BY watched DESC, rank_ms DESC, id LIMIT ?1",
    [Q_SENT] = "UPDATE unit SET state = 'out', sent = sent + 1, sent_ms = ?2"
               " WHERE id = ?1",
    [Q_AGAIN] = "SELECT id, sent, cycle, body FROM unit WHERE id = ?1"
                " AND state = 'out'",
    [Q_DONE] =
        "UPDATE unit SET state = 'done', verdict = ?2, reason = ?3, done_ms = ?4,"
        " body = NULL WHERE id = ?1 AND state IN ('out', 'waiting')",
    [Q_DONE_DEAD] = "UPDATE unit SET state = 'done', verdict = ?2, reason = ?3,"
                    " done_ms = ?4, body = NULL WHERE id = ?1 AND state = 'dead'",
    [Q_BLAME] = "UPDATE unit SET attempts = attempts + 1,"
                " state = CASE WHEN attempts + 1 >= ?1 THEN 'dead' ELSE state END,"
                " reason = CASE WHEN attempts + 1 >= ?1 THEN 'poison' ELSE reason END,"
                " rule = CASE WHEN attempts + 1 >= ?1 THEN"
                " 'a process ended each time it was alone on its way' ELSE rule END,"
                " done_ms = CASE WHEN attempts + 1 >= ?1 THEN ?2 ELSE done_ms END"
                " WHERE state = 'out'"
                " AND (SELECT count(*) FROM unit WHERE state = 'out') = 1",
    [Q_BLAMED] = "SELECT id FROM unit WHERE state = 'dead' AND done_ms = ?1 LIMIT 1",
    [Q_RECALL] = "UPDATE unit SET state = 'waiting' WHERE state = 'out'",
    [Q_COUNTS] =
        "SELECT state, reason, sum(n) FROM (SELECT state, reason, count(*) AS n"
        " FROM unit GROUP BY state, reason UNION ALL"
        " SELECT state, reason, n FROM totals) GROUP BY state, reason",
    [Q_FORGET_TOTALS] = "INSERT INTO totals(state, reason, n) SELECT state, reason,"
                        " count(*) FROM unit WHERE id IN " OLD_UNITS
                        " GROUP BY state, reason ON CONFLICT(state, reason)"
                        " DO UPDATE SET n = n + excluded.n",
    [Q_FORGET_UNITS] = "DELETE FROM unit WHERE id IN " OLD_UNITS,
    [Q_FORGET_SEEN] = "DELETE FROM seen WHERE id IN (SELECT id FROM seen"
                      " WHERE at_ms < ?1 ORDER BY at_ms LIMIT ?2)",
    [Q_FORGET_ITEMS] = "DELETE FROM item WHERE id IN (SELECT id FROM item"
                       " WHERE seen_ms < ?1 ORDER BY seen_ms LIMIT ?2)",
    [Q_ITEM_ADD] = "INSERT OR REPLACE INTO item(id, seen_ms, json) VALUES (?1, ?2, ?3)",
    [Q_STORY_ADD] = "INSERT INTO story(ticker, at_ms, item, kind, title, text, words)"
                    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    [Q_STORIES] = "SELECT item, (SELECT link FROM unit u WHERE u.item = story.item"
                  " LIMIT 1), kind, title, text, words FROM story"
                  " WHERE ticker = ?1 AND at_ms >= ?2 ORDER BY at_ms DESC LIMIT ?3",
    [Q_FORGET_STORIES] = "DELETE FROM story WHERE rowid IN (SELECT rowid FROM story"
                         " WHERE at_ms < ?1 ORDER BY at_ms LIMIT ?2)",
    [Q_CYCLE_UP] = "INSERT INTO meta(key, value) VALUES ('cycle', 1)"
                   " ON CONFLICT(key) DO UPDATE SET value = value + 1",
    [Q_CYCLE] = "SELECT value FROM meta WHERE key = 'cycle'",
    [Q_DEAD] = "SELECT id, item, ticker, feed, state, reason, rule, matched, title,"
               " link, cycle, seen_ms, published_ms FROM unit WHERE state = 'dead'"
               " ORDER BY seen_ms DESC LIMIT 100",
    [Q_ROOM] = "INSERT OR REPLACE INTO meta(key, value) VALUES ('room',"
               " zeroblob(262144))",
    [Q_ROOM_BACK] = "DELETE FROM meta WHERE key = 'room'",
};
