/* db_private - what db.c and db_stmt.c share
 *
 * Private to the db.
 */
#ifndef CATALYST_WIRE_DB_PRIVATE_H
#define CATALYST_WIRE_DB_PRIVATE_H

#include "wire/db.h"

#include <sqlite3.h>

enum { DB_PATH_SIZE = 1024 };

struct db_stmt {
    struct db *db;
    sqlite3_stmt *stmt;
    struct db_stmt *next;
    int bind_rc; /* first binding that failed, told by the next step */
    bool ran;    /* the next binding starts a new run */
};

struct db {
    sqlite3 *handle;
    struct db_stmt *stmts;
    struct db_stmt *begin, *commit; /* of them; NULL until first used */
    enum db_mode mode;
    int lock_fd; /* -1: a reader holds none */
    int code;    /* SQLite's code of the last error */
    int os_errno;
    int log_pages; /* in the log after the last commit */
    bool unsafe;   /* something was committed since the last db_sync */
    char path[DB_PATH_SIZE];
    char error[240];
};

/* Keeps what went wrong, and says it in our words: ERR_EXISTS or ERR_DB. */
int db_fail(struct db *db, int code);
int db_fail_why(struct db *db, int code, struct why *why); /* with the file's name */

#endif
