#include "wire/db_private.h"

/* ---- statements -------------------------------------------------------------- */

struct db_stmt *
db_prepare(struct db *db, const char *sql, struct why *why)
{
    struct db_stmt *s = calloc(1, sizeof *s);
    int code;

    if (s == NULL) {
        (void)why_set(why, ERR_NOMEM, "%s: out of memory", db->path);
        return NULL;
    }
    code = sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &s->stmt,
                              NULL);
    if (code != SQLITE_OK || s->stmt == NULL) {
        (void)db_fail_why(db, code, why);
        free(s);
        return NULL;
    }
    s->db = db;
    s->next = db->stmts;
    db->stmts = s;
    return s;
}

static void
fresh(struct db_stmt *s)
{
    if (!s->ran)
        return;
    db_reset(s);
    (void)sqlite3_clear_bindings(s->stmt); /* always SQLITE_OK */
    s->ran = false;
}

static void
bound(struct db_stmt *s, int code)
{
    if (s->bind_rc == SQLITE_OK)
        s->bind_rc = code;
}

void
db_bind_int(struct db_stmt *s, int i, int64_t v)
{
    fresh(s);
    bound(s, sqlite3_bind_int64(s->stmt, i, v));
}

void
db_bind_num(struct db_stmt *s, int i, double v)
{
    fresh(s);
    bound(s, sqlite3_bind_double(s->stmt, i, v));
}

void
db_bind_text(struct db_stmt *s, int i, const char *v)
{
    fresh(s);
    bound(s, sqlite3_bind_text(s->stmt, i, v, -1, SQLITE_TRANSIENT));
}

void
db_bind_blob(struct db_stmt *s, int i, const void *v, size_t n)
{
    fresh(s);
    bound(s, sqlite3_bind_blob64(s->stmt, i, n == 0 ? "" : v, n, SQLITE_TRANSIENT));
}

int
db_step(struct db_stmt *s)
{
    int code = s->bind_rc;

    s->ran = true;
    if (code == SQLITE_OK)
        code = sqlite3_step(s->stmt);
    if (code == SQLITE_ROW)
        return 1;
    if (code == SQLITE_DONE) {
        (void)sqlite3_reset(s->stmt); /* repeats the result of the step */
        return 0;
    }
    code = db_fail(s->db, code);
    db_reset(s);
    return code;
}

int
db_run(struct db_stmt *s)
{
    int rc;

    while ((rc = db_step(s)) == 1)
        continue;
    return rc;
}

void
db_reset(struct db_stmt *s)
{
    (void)sqlite3_reset(s->stmt); /* repeats an error already told */
    s->bind_rc = SQLITE_OK;
}

int64_t
db_int(struct db_stmt *s, int col)
{
    return sqlite3_column_int64(s->stmt, col);
}

double
db_num(struct db_stmt *s, int col)
{
    return sqlite3_column_double(s->stmt, col);
}

const char *
db_text(struct db_stmt *s, int col)
{
    const char *text = (const char *)sqlite3_column_text(s->stmt, col);

    return text == NULL ? "" : text;
}

const void *
db_blob(struct db_stmt *s, int col, size_t *n)
{
    const void *blob = sqlite3_column_blob(s->stmt, col);

    *n = (size_t)sqlite3_column_bytes(s->stmt, col);
    return blob;
}

bool
db_is_null(struct db_stmt *s, int col)
{
    return sqlite3_column_type(s->stmt, col) == SQLITE_NULL;
}

/* ---- what happened ----------------------------------------------------------- */

int64_t
db_changes(const struct db *db)
{
    return sqlite3_changes64(db->handle);
}
