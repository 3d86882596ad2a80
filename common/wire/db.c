#include "wire/db_private.h"

#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* How long SQLite may wait for a reader that recovers the log after a crash; in WAL
 * mode nothing else makes a single writer wait. */
enum { BUSY_MS = 1000 };

/* Pages of 4 KB in the log: worth moving into the file; to be moved at any price. */
enum { LOG_WORTH = 1000, LOG_MOST = 8000 };

/* A roll-back afterwards wipes SQLite's own memory of it. */
int
db_fail(struct db *db, int code)
{
    db->code = code & 0xff;
    db->os_errno = sqlite3_system_errno(db->handle);
    (void)str_copy(db->error, sizeof db->error, sqlite3_errmsg(db->handle));
    return db->code == SQLITE_CONSTRAINT ? ERR_EXISTS : ERR_DB;
}

int
db_fail_why(struct db *db, int code, struct why *why)
{
    int rc = db_fail(db, code);

    return why_set(why, rc, "%s: %s", db->path, db->error);
}

/* ---- opening ----------------------------------------------------------------- */

static int
make_parents(const char *path, struct why *why)
{
    char dir[DB_PATH_SIZE];

    (void)str_copy(dir, sizeof dir, path);
    for (char *p = dir + 1; (p = strchr(p, '/')) != NULL; p++) {
        *p = '\0';
        if (mkdir(dir, 0755) != 0 && errno != EEXIST)
            return why_set(why, ERR_IO, "%s: %s", dir, strerror(errno));
        *p = '/';
    }
    return 0;
}

/* SQLite's own locks would keep readers out as well, so writers exclude each other by
 * a file beside it.  The kernel drops the lock with its holder; the file stays. */
static int
lock_writer(struct db *db, struct why *why)
{
    char lock[DB_PATH_SIZE + 8], pid[32] = "";
    ssize_t n;

    (void)str_fmt(lock, sizeof lock, "%s.lock", db->path);
    db->lock_fd = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (db->lock_fd < 0)
        return why_set(why, ERR_IO, "%s: %s", lock, strerror(errno));
    if (flock(db->lock_fd, LOCK_EX | LOCK_NB) != 0) {
        n = read(db->lock_fd, pid, sizeof pid - 1);
        if (n <= 0)
            (void)str_copy(pid, sizeof pid, "unknown");
        return why_set(why, ERR_LOCKED, "%s: process %s writes it", db->path,
                       str_trim(pid));
    }
    (void)str_fmt(pid, sizeof pid, "%ld\n", (long)getpid());
    if (ftruncate(db->lock_fd, 0) != 0 || write(db->lock_fd, pid, strlen(pid)) < 0)
        return why_set(why, ERR_IO, "%s: %s", lock, strerror(errno));
    return 0;
}

/* Moving the log into the file takes several waits for the disk: left to SQLite, one
 * commit in some dozens pays for it. */
static int
on_commit(void *self, sqlite3 *handle, const char *name, int pages)
{
    struct db *db = self;

    (void)handle, (void)name;
    db->log_pages = pages;
    db->unsafe = true;
    if (pages >= LOG_MOST) /* nobody has had a quiet moment for long */
        (void)db_tidy(db); /* kept there; the commit itself is done */
    return SQLITE_OK;
}

static int
open_handle(struct db *db, struct why *why)
{
    int flags = db->mode == DB_READ ? SQLITE_OPEN_READONLY
                                    : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    int code;

    flags |= SQLITE_OPEN_NOMUTEX; /* one thread */
    if (db->mode == DB_READ && access(db->path, F_OK) != 0)
        return why_set(why, ERR_NOT_FOUND, "%s: %s", db->path, strerror(errno));
    code = sqlite3_open_v2(db->path, &db->handle, flags, NULL);
    if (db->handle == NULL)
        return why_set(why, ERR_NOMEM, "%s: out of memory", db->path);
    if (code != SQLITE_OK)
        return db_fail_why(db, code, why);
    (void)sqlite3_busy_timeout(db->handle, BUSY_MS); /* cannot fail on an open handle */
    (void)sqlite3_wal_hook(db->handle, on_commit, db); /* returns the former one */
    return 0;
}

static int
read_version(struct db *db, int64_t *out, struct why *why)
{
    struct db_stmt *s = db_prepare(db, "PRAGMA user_version", why);

    if (s == NULL || db_step(s) != 1)
        return why_set(why, ERR_DB, "%s: %s", db->path, db->error);
    *out = db_int(s, 0);
    db_reset(s);
    return 0;
}

/* secure_delete is on in Debian's build and only costs writes; the size limit gives the
 * log's space back after a burst. */
static int
set_pragmas(struct db *db, struct why *why)
{
    const char *shared = "PRAGMA foreign_keys = ON; PRAGMA secure_delete = OFF;"
                         "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -2048;";
    const char *writer = "PRAGMA journal_mode = WAL;"
                         "PRAGMA journal_size_limit = 8388608;"
                         "PRAGMA synchronous = NORMAL;";
    int rc = db_exec(db, shared, why);

    return rc != 0 || db->mode == DB_READ ? rc : db_exec(db, writer, why);
}

static int
migrate_one(struct db *db, const char *sql, size_t version, struct why *why)
{
    char set[64];
    int rc;

    (void)str_fmt(set, sizeof set, "PRAGMA user_version = %zu", version);
    rc = db_begin(db);
    if (rc == 0)
        rc = db_exec(db, sql, NULL);
    if (rc == 0)
        rc = db_exec(db, set, NULL);
    if (rc == 0)
        rc = db_commit(db);
    if (rc == 0)
        return 0;
    db_rollback(db);
    return why_set(why, ERR_DB, "%s: migration to version %zu: %s", db->path, version,
                   db->error);
}

/* The version is looked at before anything is changed: a file of a later program must
 * stay as it is. */
static int
prepare_file(struct db *db, const char *const *migrations, size_t n, struct why *why)
{
    int64_t version = 0;
    int rc = read_version(db, &version, why);

    if (rc != 0)
        return rc;
    if (db->mode == DB_READ && n == 0) /* a reader that takes any version */
        return set_pragmas(db, why);
    if (version < 0 || (uint64_t)version > n)
        return why_set(why, ERR_UNSUPPORTED,
                       "%s: version %lld of a later program; this one knows %zu",
                       db->path, (long long)version, n);
    if (db->mode == DB_READ && (uint64_t)version < n)
        return why_set(why, ERR_UNSUPPORTED,
                       "%s: version %lld, its owner has not lifted it to %zu yet",
                       db->path, (long long)version, n);
    if ((rc = set_pragmas(db, why)) != 0)
        return rc;
    for (size_t i = (size_t)version; i < n; i++) {
        if ((rc = migrate_one(db, migrations[i], i + 1, why)) != 0)
            return rc;
    }
    return 0;
}

/* For its owner's eyes only, for there may be secrets in it; the log takes after it. */
static int
make_private(const struct db *db, struct why *why)
{
    int fd = open(db->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

    if (fd < 0)
        return why_set(why, ERR_IO, "%s: %s", db->path, strerror(errno));
    (void)close(fd); /* nothing was written */
    return 0;
}

int
db_open(struct db **out, const char *path, enum db_mode mode,
        const char *const *migrations, size_t n, struct why *why)
{
    struct db *db = calloc(1, sizeof *db);
    int rc = 0;

    *out = NULL;
    if (db == NULL)
        return why_set(why, ERR_NOMEM, "%s: out of memory", path);
    db->mode = mode;
    db->lock_fd = -1;
    if (!str_copy(db->path, sizeof db->path, path))
        rc = why_set(why, ERR_TOO_BIG, "%s: path too long", path);
    if (rc == 0 && mode != DB_READ && !str_eq(path, DB_MEMORY) &&
        (rc = make_parents(path, why)) == 0 && (rc = lock_writer(db, why)) == 0)
        rc = make_private(db, why);
    if (rc == 0)
        rc = open_handle(db, why);
    if (rc == 0)
        rc = prepare_file(db, migrations, n, why);
    if (rc == ERR_DB && db_is_damaged(db))
        rc = ERR_DAMAGED;
    if (rc != 0) {
        db_close(&db);
        return rc;
    }
    *out = db;
    return 0;
}

bool
db_is_damaged(const struct db *db)
{
    return db->code == SQLITE_CORRUPT || db->code == SQLITE_NOTADB;
}

int
db_set_aside(const char *path, struct why *why)
{
    static const char *const logs[] = {"-wal", "-shm"};
    char other[DB_PATH_SIZE + 8];

    for (size_t i = 0; i < STR_LEN(logs); i++) {
        (void)str_fmt(other, sizeof other, "%s%s", path, logs[i]);
        (void)unlink(other); /* best effort: mostly there is none */
    }
    (void)str_fmt(other, sizeof other, "%s.bad", path);
    if (rename(path, other) != 0)
        return why_set(why, ERR_IO, "%s: %s", other, strerror(errno));
    return 0;
}

void
db_close(struct db **dbp)
{
    struct db *db = *dbp;

    if (db == NULL)
        return;
    while (db->stmts != NULL) {
        struct db_stmt *s = db->stmts;

        db->stmts = s->next;
        (void)sqlite3_finalize(s->stmt); /* repeats an error already told */
        free(s);
    }
    if (db->handle != NULL && db->mode != DB_READ) {
        /* best effort, and passive: a reader must not hold up our end */
        (void)sqlite3_wal_checkpoint_v2(db->handle, NULL, SQLITE_CHECKPOINT_PASSIVE,
                                        NULL, NULL);
    }
    (void)sqlite3_close(db->handle); /* NULL is fine; nothing is left to finalize */
    if (db->lock_fd >= 0)
        (void)close(db->lock_fd);
    free(db);
    *dbp = NULL;
}

/* ---- transactions ------------------------------------------------------------ */

int
db_exec(struct db *db, const char *sql, struct why *why)
{
    int code = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);

    return code == SQLITE_OK ? 0 : db_fail_why(db, code, why);
}

/* Compiled once: to compile it took longer than to run it. */
static int
run_kept(struct db *db, struct db_stmt **s, const char *sql)
{
    if (*s == NULL && (*s = db_prepare(db, sql, NULL)) == NULL)
        return ERR_DB;
    return db_run(*s);
}

int
db_begin(struct db *db)
{
    return run_kept(db, &db->begin, "BEGIN IMMEDIATE");
}

int
db_commit(struct db *db)
{
    return run_kept(db, &db->commit, "COMMIT");
}

void
db_rollback(struct db *db)
{
    if (sqlite3_get_autocommit(db->handle) == 0)
        (void)sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL); /* cannot help */
}

/* The log alone: what is in it is read back by the next start. */
int
db_sync(struct db *db)
{
    sqlite3_file *log = NULL;
    int code;

    if (!db->unsafe)
        return 0;
    code = sqlite3_file_control(db->handle, "main", SQLITE_FCNTL_JOURNAL_POINTER,
                                (void *)&log);
    if (code == SQLITE_OK && log != NULL && log->pMethods != NULL)
        code = log->pMethods->xSync(log, SQLITE_SYNC_NORMAL);
    if (code == SQLITE_OK) {
        db->unsafe = false;
        return 0;
    }
    db->code = code & 0xff; /* the handle has not heard of it */
    db->os_errno = errno;
    (void)str_fmt(db->error, sizeof db->error, "%s: %s", sqlite3_errstr(code),
                  strerror(errno));
    return ERR_DB;
}

/* What a reader still needs stays in the log until the next time. */
int
db_tidy(struct db *db)
{
    int all = 0, moved = 0, code;

    if (db->log_pages < LOG_WORTH)
        return 0;
    code = sqlite3_wal_checkpoint_v2(db->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, &all,
                                     &moved);
    if (code == SQLITE_OK && moved == all)
        db->log_pages = 0;
    return code == SQLITE_OK || code == SQLITE_BUSY ? 0 : db_fail(db, code);
}

/* ---- errors -------------------------------------------------------------------- */

const char *
db_error(const struct db *db)
{
    return db->error;
}

bool
db_full(const struct db *db)
{
    return db->code == SQLITE_FULL ||
           (db->code == SQLITE_IOERR &&
            (db->os_errno == ENOSPC || db->os_errno == EDQUOT));
}

void
db_forgive(struct db *db)
{
    db->code = SQLITE_OK;
    db->os_errno = 0;
    db->error[0] = '\0';
}
