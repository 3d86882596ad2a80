/* db - one SQLite file with one writer
 *
 * WAL.  A commit survives its process, and the machine once db_sync has said so.
 * Migrations are embedded texts numbered by PRAGMA user_version, one transaction each.
 * The file's directory is made; a second writer is ERR_LOCKED.
 */
#ifndef CATALYST_WIRE_DB_H
#define CATALYST_WIRE_DB_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;
struct db_stmt;

enum db_mode { DB_WRITE, DB_READ };

/* The path of a database that is no file and goes with its process. */
#define DB_MEMORY ":memory:"

/* migrations[i] is the SQL that lifts user_version i to i + 1.  A file of a later
 * version than n is ERR_UNSUPPORTED; a broken one, or no database, ERR_DAMAGED.
 * A DB_READ with n 0 takes any version. */
int db_open(struct db **out, const char *path, enum db_mode mode,
            const char *const *migrations, size_t n, struct why *why);
void db_close(struct db **db); /* checkpoints; finalizes every statement */

/* The last error was: the file is broken. */
bool db_is_damaged(const struct db *db);

/* For a file that can be done without: renames it to PATH.bad, in the place of an older
 * one, and drops its log.  To be closed before.  0 or ERR_IO with why. */
int db_set_aside(const char *path, struct why *why);

/* Runs SQL without parameters. */
int db_exec(struct db *db, const char *sql, struct why *why);

int db_begin(struct db *db); /* BEGIN IMMEDIATE */
int db_commit(struct db *db);

/* Waits until what was committed so far is safe on the disk.  0 or ERR_DB. */
int db_sync(struct db *db);

/* Moves the log into the file if it has grown: for a moment in which nobody waits.  0
 * or ERR_DB. */
int db_tidy(struct db *db);

void db_rollback(struct db *db); /* no-op outside a transaction */

/* Prepared once, owned by the db.  NULL with why when the SQL is wrong. */
struct db_stmt *db_prepare(struct db *db, const char *sql, struct why *why);

/* Binding starts at 1 and clears the last run.  Text is copied; NULL binds NULL. */
void db_bind_int(struct db_stmt *s, int i, int64_t v);
void db_bind_num(struct db_stmt *s, int i, double v);
void db_bind_text(struct db_stmt *s, int i, const char *v);
void db_bind_blob(struct db_stmt *s, int i, const void *v, size_t n);

/* 1: a row is there; 0: done (and reset); negative ERR_DB / ERR_EXISTS (constraint)
 * and reset. */
int db_step(struct db_stmt *s);

/* Runs to the end, ignoring rows.  0 or negative. */
int db_run(struct db_stmt *s);

void db_reset(struct db_stmt *s);
int64_t db_int(struct db_stmt *s, int col); /* columns start at 0 */
double db_num(struct db_stmt *s, int col);
const char *db_text(struct db_stmt *s, int col); /* "" for NULL; until next step */
const void *db_blob(struct db_stmt *s, int col, size_t *n);
bool db_is_null(struct db_stmt *s, int col);

int64_t db_changes(const struct db *db);   /* rows of the last statement */
const char *db_error(const struct db *db); /* text of the last error */
bool db_full(const struct db *db);         /* the last error was: disk full */
void db_forgive(struct db *db);            /* forgets the last error */

#endif
