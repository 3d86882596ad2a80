#include "alerter/ledger_schema.h"

#include "base/str.h"

#define VERDICTS                                                                       \
    "CREATE TABLE verdict("                                                            \
    " id TEXT PRIMARY KEY, item TEXT, ticker TEXT, cycle INT, feed TEXT, kind TEXT,"   \
    " title TEXT, link TEXT, verdict TEXT, reason TEXT, score REAL, sentiment REAL,"   \
    " categories TEXT, epoch INT, revision INT, final INT, published_ms INT,"          \
    " seen_ms INT, sent_ms INT, accepted_ms INT, joined_ms INT, scored_ms INT,"        \
    " ledger_ms INT, body BLOB, face TEXT);"                                           \
    "CREATE INDEX verdict_item ON verdict(item);"                                      \
    "CREATE INDEX verdict_ticker ON verdict(ticker);"                                  \
    "CREATE INDEX verdict_ledger ON verdict(ledger_ms);"

#define DELIVERIES                                                                     \
    "CREATE TABLE delivery("                                                           \
    " id TEXT, sink TEXT, state TEXT, attempts INT, message_id TEXT, first_ms INT,"    \
    " updated_ms INT, error TEXT, late INT, edits INT, edit INT, tries INT,"           \
    " limited INT, unclear INT, news_ms INT, due_ms INT, face TEXT,"                   \
    " PRIMARY KEY(id, sink)) WITHOUT ROWID;"                                           \
    "CREATE INDEX delivery_next ON delivery(sink, news_ms DESC, due_ms)"               \
    " WHERE state = 'pending' OR edit = 1;"                                            \
    "CREATE INDEX delivery_open ON delivery(first_ms)"                                 \
    " WHERE state IN ('pending', 'sending');"                                          \
    "CREATE INDEX delivery_midway ON delivery(id)"                                     \
    " WHERE state = 'sending' OR edit = 2;"                                            \
    "CREATE INDEX delivery_unclear ON delivery(unclear) WHERE unclear > 0;"

#define TOTALS                                                                         \
    "CREATE TABLE totals(verdict TEXT, reason TEXT, n INT,"                            \
    " PRIMARY KEY(verdict, reason)) WITHOUT ROWID;"

#define TALLIES                                                                        \
    "CREATE TABLE tally(verdict TEXT, reason TEXT, n INT,"                             \
    " PRIMARY KEY(verdict, reason)) WITHOUT ROWID;"                                    \
    "CREATE TABLE sink_tally(sink TEXT, state TEXT, n INT,"                            \
    " PRIMARY KEY(sink, state)) WITHOUT ROWID;"

#define COUNT_VERDICT(row, by)                                                         \
    " INSERT INTO tally VALUES(" row ".verdict, " row ".reason, " by ")"               \
    " ON CONFLICT(verdict, reason) DO UPDATE SET n = n + (" by ");"

#define COUNT_DELIVERY(row, by)                                                        \
    " INSERT INTO sink_tally VALUES(" row ".sink, " row ".state, " by ")"              \
    " ON CONFLICT(sink, state) DO UPDATE SET n = n + (" by ");"

/* clang-format off */
#define TRIGGERS                                                                       \
    "CREATE TRIGGER verdict_in AFTER INSERT ON verdict BEGIN"                          \
    COUNT_VERDICT("new", "1") " END;"                                                  \
    "CREATE TRIGGER verdict_on AFTER UPDATE OF verdict, reason ON verdict BEGIN"       \
    COUNT_VERDICT("old", "-1") COUNT_VERDICT("new", "1") " END;"                       \
    "CREATE TRIGGER verdict_out AFTER DELETE ON verdict BEGIN"                         \
    COUNT_VERDICT("old", "-1") " END;"                                                 \
    "CREATE TRIGGER delivery_in AFTER INSERT ON delivery BEGIN"                        \
    COUNT_DELIVERY("new", "1") " END;"                                                 \
    "CREATE TRIGGER delivery_on AFTER UPDATE OF state ON delivery BEGIN"               \
    COUNT_DELIVERY("old", "-1") COUNT_DELIVERY("new", "1") " END;"                     \
    "CREATE TRIGGER delivery_out AFTER DELETE ON delivery BEGIN"                       \
    COUNT_DELIVERY("old", "-1") " END;"
/* clang-format on */

const char *const ledger_migrations[] = {
    VERDICTS DELIVERIES TOTALS TALLIES TRIGGERS,
};

const size_t ledger_migrations_len = STR_LEN(ledger_migrations);
