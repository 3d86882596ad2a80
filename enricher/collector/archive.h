/* archive - collector.db: what is known, over a restart
 *
 * Two tables, of tickers and of their facts, one of learned limits, and the epoch.  All
 * of it is a cache: a file that is damaged, or of a later program, is set aside, and a
 * new one begins.
 */
#ifndef CATALYST_ARCHIVE_H
#define CATALYST_ARCHIVE_H

#include "enricher/collector/known.h"

struct archive;
struct db;

/* Who takes what is in it: each ticker, those asked for longest ago first, then each
 * fact. */
struct archive_reader {
    void (*ticker)(void *self, const char *ticker, int64_t wanted_ms);
    void (*fact)(void *self, const char *ticker, enum fact_id id,
                 const struct figure *fact);
    void *self;
};

/* Opens the file, counts up the epoch, drops what is older than KNOWN_KEEP_S and more
 * than KNOWN_TICKERS, and reads the rest; now_ms is the wall clock.  *out is to be
 * closed whatever comes.  0; ERR_DAMAGED or ERR_UNSUPPORTED with why: to be set aside;
 * ERR_DB, ERR_LOCKED, ERR_IO, ERR_NOMEM. */
int archive_open(struct archive **out, const char *path, int64_t now_ms,
                 const struct archive_reader *r, struct why *why);
void archive_close(struct archive **a);

/* Of this start: higher than that of any earlier one, with this file or a lost one. */
int64_t archive_epoch(const struct archive *a);

/* For what else is kept in it, in tables of its own. */
struct db *archive_db(struct archive *a);

/* Between begin and end; end commits, or rolls back when any of it failed.  0, or
 * ERR_DB: archive_error says why. */
void archive_begin(struct archive *a);
void archive_write(struct archive *a, const struct known *n); /* what is not saved */
void archive_forget(struct archive *a, const char *ticker);
int archive_end(struct archive *a);
const char *archive_error(const struct archive *a);

#endif
