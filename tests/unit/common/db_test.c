#include "base/str.h"
#include "wire/db.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

Suite *db_suite(void);

static const char *const migrations[] = {
    "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT UNIQUE) STRICT;",
    "CREATE TABLE pair (a REAL, b BLOB) STRICT;"
    "INSERT INTO note (id, text) VALUES (1, 'lifted');",
};

/* A new directory; every test leaves its own behind no longer than its process. */
struct place {
    char dir[64];
    char path[128];
};

static struct place
place_new(void)
{
    struct place p;

    (void)str_fmt(p.dir, sizeof p.dir, "/tmp/db-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(p.dir));
    (void)str_fmt(p.path, sizeof p.path, "%s/deep/er/x.db", p.dir);
    return p;
}

static void
place_free(const struct place *p)
{
    static const char *const ends[] = {"", "-wal", "-shm", ".lock"};
    char path[192];

    for (size_t i = 0; i < STR_LEN(ends); i++) {
        (void)str_fmt(path, sizeof path, "%s%s", p->path, ends[i]);
        (void)unlink(path); /* may be absent */
    }
    (void)str_fmt(path, sizeof path, "%s/deep/er", p->dir);
    (void)rmdir(path);
    (void)str_fmt(path, sizeof path, "%s/deep", p->dir);
    (void)rmdir(path);
    (void)rmdir(p->dir);
}

static struct db *
open_ok(const struct place *p, enum db_mode mode, size_t n)
{
    struct db *db = NULL;
    struct why why = {""};
    int rc = db_open(&db, p->path, mode, migrations, n, &why);

    ck_assert_msg(rc == 0, "%s", why.text);
    return db;
}

static int64_t
one_int(struct db *db, const char *sql)
{
    struct db_stmt *s = db_prepare(db, sql, NULL);
    int64_t v;

    ck_assert_ptr_nonnull(s);
    ck_assert_int_eq(db_step(s), 1);
    v = db_int(s, 0);
    db_reset(s);
    return v;
}

START_TEST(a_new_file_gets_every_migration)
{
    struct place p = place_new();
    struct db *db = open_ok(&p, DB_WRITE, 2);

    ck_assert_int_eq(one_int(db, "PRAGMA user_version"), 2);
    ck_assert_int_eq(one_int(db, "SELECT count(*) FROM note"), 1);
    ck_assert_int_eq(one_int(db, "PRAGMA synchronous"), 1);
    db_close(&db);
    ck_assert_ptr_null(db);
    place_free(&p);
}
END_TEST

START_TEST(a_new_file_is_for_its_owner_only)
{
    struct place p = place_new();
    struct db *db = open_ok(&p, DB_WRITE, 2);
    struct stat st;

    ck_assert_int_eq(stat(p.path, &st), 0);
    ck_assert_int_eq(st.st_mode & 0777, 0600);
    db_close(&db);
    place_free(&p);
}
END_TEST

START_TEST(an_older_file_gets_only_what_it_lacks)
{
    struct place p = place_new();
    struct db *db = open_ok(&p, DB_WRITE, 1);

    ck_assert_int_eq(db_exec(db, "INSERT INTO note VALUES (9, 'kept')", NULL), 0);
    db_close(&db);
    db = open_ok(&p, DB_WRITE, 2);
    ck_assert_int_eq(one_int(db, "SELECT count(*) FROM note"), 2);
    ck_assert_int_eq(one_int(db, "PRAGMA synchronous"), 1);
    db_close(&db);
    place_free(&p);
}
END_TEST

START_TEST(a_failing_migration_leaves_the_file_at_the_last_good_version)
{
    static const char *const bad[] = {
        "CREATE TABLE note (id INTEGER) STRICT;",
        "CREATE TABLE half (id INTEGER) STRICT; INSERT INTO nowhere VALUES (1);",
    };
    struct place p = place_new();
    struct db *db = NULL;
    struct why why = {""};

    ck_assert_int_eq(db_open(&db, p.path, DB_WRITE, bad, 2, &why), ERR_DB);
    ck_assert_ptr_null(db);
    ck_assert_ptr_nonnull(strstr(why.text, "version 2"));
    ck_assert_ptr_nonnull(strstr(why.text, "nowhere"));
    ck_assert_int_eq(db_open(&db, p.path, DB_WRITE, bad, 1, &why), 0);
    ck_assert_int_eq(
        one_int(db, "SELECT count(*) FROM sqlite_schema WHERE name = 'half'"), 0);
    db_close(&db);
    place_free(&p);
}
END_TEST

START_TEST(a_file_of_a_later_version_is_refused_and_not_touched)
{
    struct place p = place_new();
    struct db *db = open_ok(&p, DB_WRITE, 2);
    struct why why = {""};

    db_close(&db);
    ck_assert_int_eq(db_open(&db, p.path, DB_WRITE, migrations, 1, &why),
                     ERR_UNSUPPORTED);
    ck_assert_ptr_null(db);
    ck_assert_ptr_nonnull(strstr(why.text, "later"));
    db = open_ok(&p, DB_WRITE, 2);
    db_close(&db);
    place_free(&p);
}
END_TEST

START_TEST(a_second_writer_is_told_who_holds_the_file)
{
    struct place p = place_new();
    struct db *first = open_ok(&p, DB_WRITE, 2), *second = NULL;
    struct why why = {""};
    char pid[32];

    ck_assert_int_eq(db_open(&second, p.path, DB_WRITE, migrations, 2, &why),
                     ERR_LOCKED);
    ck_assert_ptr_null(second);
    (void)str_fmt(pid, sizeof pid, "process %ld ", (long)getpid());
    ck_assert_ptr_nonnull(strstr(why.text, pid));
    db_close(&first);
    second = open_ok(&p, DB_WRITE, 2);
    db_close(&second);
    place_free(&p);
}
END_TEST

START_TEST(a_killed_writer_holds_nothing_and_loses_no_commit)
{
    struct place p = place_new();
    struct db *db = NULL;
    int status;
    pid_t pid = fork();

    if (pid == 0) {
        db = open_ok(&p, DB_WRITE, 2);
        if (db_exec(db, "INSERT INTO note VALUES (5, 'safe')", NULL) == 0)
            (void)db_begin(db);
        (void)db_exec(db, "INSERT INTO note VALUES (6, 'open')", NULL);
        (void)kill(getpid(), SIGKILL);
    }
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    ck_assert(WIFSIGNALED(status));
    db = open_ok(&p, DB_WRITE, 2);
    ck_assert_int_eq(one_int(db, "SELECT count(*) FROM note WHERE id = 5"), 1);
    ck_assert_int_eq(one_int(db, "SELECT count(*) FROM note WHERE id = 6"), 0);
    db_close(&db);
    place_free(&p);
}
END_TEST

START_TEST(a_file_that_is_no_database_is_refused)
{
    struct place p = place_new();
    struct db *db = open_ok(&p, DB_WRITE, 2);
    struct why why = {""};
    char junk[4096];
    int fd;

    db_close(&db);
    memset(junk, 'x', sizeof junk);
    fd = open(p.path, O_WRONLY | O_TRUNC);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, junk, sizeof junk), (ssize_t)sizeof junk);
    (void)close(fd);
    ck_assert_int_eq(db_open(&db, p.path, DB_WRITE, migrations, 2, &why), ERR_DAMAGED);
    ck_assert_ptr_null(db);
    ck_assert_ptr_nonnull(strstr(why.text, "not a database"));
    ck_assert_int_eq(db_open(&db, p.path, DB_READ, migrations, 2, &why), ERR_DAMAGED);
    place_free(&p);
}
END_TEST

START_TEST(a_path_that_cannot_be_made_is_an_error)
{
    struct db *db = NULL;
    struct why why = {""};

    ck_assert_int_eq(
        db_open(&db, "/proc/none/such/x.db", DB_WRITE, migrations, 2, &why), ERR_IO);
    ck_assert_ptr_null(db);
    ck_assert(why.text[0] != '\0');
}
END_TEST

START_TEST(a_full_disk_is_known_as_such_and_rolls_back)
{
    struct place p = place_new();
    struct db *db = open_ok(&p, DB_WRITE, 2);
    struct db_stmt *s;
    int rc = 0;

    ck_assert(!db_full(db));
    ck_assert_int_ge(one_int(db, "PRAGMA max_page_count = 16"), 1);
    s = db_prepare(db, "INSERT INTO note (text) VALUES (hex(randomblob(1000)))", NULL);
    ck_assert_int_eq(db_begin(db), 0);
    for (int i = 0; rc == 0 && i < 1000; i++)
        rc = db_run(s);
    ck_assert_int_eq(rc, ERR_DB);
    ck_assert(db_full(db));
    db_rollback(db);
    db_rollback(db);
    ck_assert(db_full(db));
    ck_assert(db_error(db)[0] != '\0');
    ck_assert_int_eq(one_int(db, "SELECT count(*) FROM note"), 1);
    ck_assert_int_ge(one_int(db, "PRAGMA max_page_count = 1000"), 1000);
    ck_assert_int_eq(db_run(s), 0);
    db_close(&db);
    place_free(&p);
}
END_TEST

/* SQLite's waits for the disk come by here: counted, and failing where a test says so.
 */
static struct {
    int n;
    int err; /* 0: it works */
} disk;

int
fdatasync(int fd)
{
    disk.n++;
    errno = disk.err;
    return disk.err != 0 ? -1 : (int)syscall(SYS_fdatasync, fd);
}

START_TEST(the_disk_is_waited_for_when_that_is_asked_and_there_is_something_new)
{
    struct place p = place_new();
    struct db *db = open_ok(&p, DB_WRITE, 2);
    int before;

    ck_assert_int_eq(db_exec(db, "INSERT INTO note VALUES (3, 'three')", NULL), 0);
    before = disk.n;
    ck_assert_int_eq(db_exec(db, "INSERT INTO note VALUES (4, 'four')", NULL), 0);
    ck_assert_int_eq(disk.n, before);
    ck_assert(db_sync(db) == 0 && disk.n == before + 1);
    ck_assert(db_begin(db) == 0 && db_commit(db) == 0); /* of nothing */
    ck_assert(db_sync(db) == 0 && disk.n == before + 1);
    ck_assert_int_eq(db_exec(db, "DELETE FROM note WHERE id = 4", NULL), 0);
    ck_assert(db_sync(db) == 0 && disk.n == before + 2);
    db_close(&db);
    place_free(&p);
}
END_TEST

static int64_t
size_of_file(const char *path)
{
    struct stat st = {.st_size = -1};

    return stat(path, &st) == 0 ? st.st_size : -1;
}

START_TEST(the_log_moves_into_the_file_when_it_is_asked_to)
{
    struct place p = place_new();
    struct db *db = open_ok(&p, DB_WRITE, 2);
    struct db_stmt *s =
        db_prepare(db, "INSERT INTO note (text) VALUES (hex(randomblob(8000)))", NULL);
    int64_t before = size_of_file(p.path);
    int waits = disk.n;

    for (int i = 0; i < 600; i++) /* more pages than SQLite would leave in the log */
        ck_assert_int_eq(db_run(s), 0);
    ck_assert_int_eq(disk.n, waits);
    ck_assert_int_eq(size_of_file(p.path), before);
    ck_assert_int_eq(db_tidy(db), 0);
    ck_assert_int_gt(size_of_file(p.path), before + 600 * 16000);
    waits = disk.n;
    ck_assert(db_tidy(db) == 0 && disk.n == waits); /* nothing to do */
    before = size_of_file(p.path); /* and without being asked before it is too long */
    for (int i = 0; i < 3000 && size_of_file(p.path) == before; i++)
        ck_assert_int_eq(db_run(s), 0);
    ck_assert_int_gt(size_of_file(p.path), before);
    db_close(&db);
    place_free(&p);
}
END_TEST

START_TEST(a_disk_that_fails_while_it_is_waited_for_is_named)
{
    struct place p = place_new();
    struct db *db = open_ok(&p, DB_WRITE, 2);

    disk.err = EIO;
    ck_assert_int_eq(db_sync(db), ERR_DB);
    ck_assert_ptr_nonnull(strstr(db_error(db), strerror(EIO)));
    ck_assert(!db_full(db));
    disk.err = ENOSPC;
    ck_assert_int_eq(db_sync(db), ERR_DB);
    ck_assert(db_full(db));
    disk.err = 0;
    ck_assert_int_eq(db_sync(db), 0);
    db_close(&db);
    place_free(&p);
}
END_TEST

START_TEST(what_is_only_in_memory_has_no_disk_to_wait_for)
{
    struct db *db = NULL;

    ck_assert_int_eq(db_open(&db, DB_MEMORY, DB_WRITE, migrations, 2, NULL), 0);
    ck_assert_int_eq(db_sync(db), 0);
    db_close(&db);
}
END_TEST

START_TEST(a_reader_sees_commits_while_the_writer_writes)
{
    struct place p = place_new();
    struct db *w = open_ok(&p, DB_WRITE, 2), *r = open_ok(&p, DB_READ, 2);

    ck_assert_int_eq(db_begin(w), 0);
    ck_assert_int_eq(db_exec(w, "INSERT INTO note VALUES (2, 'two')", NULL), 0);
    ck_assert_int_eq(one_int(r, "SELECT count(*) FROM note"), 1);
    ck_assert_int_eq(db_commit(w), 0);
    ck_assert_int_eq(one_int(r, "SELECT count(*) FROM note"), 2);
    ck_assert_int_ne(db_exec(r, "DELETE FROM note", NULL), 0);
    db_close(&w);
    ck_assert_int_eq(one_int(r, "SELECT count(*) FROM note"), 2);
    db_close(&r);
    place_free(&p);
}
END_TEST

START_TEST(a_reader_makes_no_file_and_no_migration)
{
    struct place p = place_new();
    struct db *db = NULL;
    struct why why = {""};

    ck_assert_int_eq(db_open(&db, p.path, DB_READ, migrations, 2, &why), ERR_NOT_FOUND);
    ck_assert_int_ne(access(p.path, F_OK), 0);
    db = open_ok(&p, DB_WRITE, 1);
    db_close(&db);
    ck_assert_int_eq(db_open(&db, p.path, DB_READ, migrations, 2, &why),
                     ERR_UNSUPPORTED);
    place_free(&p);
}
END_TEST

START_TEST(every_type_comes_back_as_it_was_bound)
{
    struct place p = place_new();
    struct db *db = open_ok(&p, DB_WRITE, 2);
    struct db_stmt *in = db_prepare(db, "INSERT INTO pair VALUES (?1, ?2)", NULL);
    struct db_stmt *get =
        db_prepare(db, "SELECT a, b, ?1, ?2 FROM pair ORDER BY rowid", NULL);
    size_t n = 9;

    db_bind_num(in, 1, 0.25);
    db_bind_blob(in, 2, "a\0b", 3);
    ck_assert_int_eq(db_run(in), 0);
    ck_assert_int_eq(db_changes(db), 1);
    db_bind_blob(in, 2, NULL, 0);
    ck_assert_int_eq(db_run(in), 0);
    db_bind_text(get, 1, "text");
    db_bind_int(get, 2, INT64_MIN);
    ck_assert_int_eq(db_step(get), 1);
    ck_assert_double_eq(db_num(get, 0), 0.25);
    ck_assert_mem_eq(db_blob(get, 1, &n), "a\0b", 3);
    ck_assert_uint_eq(n, 3);
    ck_assert_str_eq(db_text(get, 2), "text");
    ck_assert(db_int(get, 3) == INT64_MIN);
    ck_assert_int_eq(db_step(get), 1);
    ck_assert(db_is_null(get, 0));
    ck_assert(!db_is_null(get, 1));
    ck_assert_str_eq(db_text(get, 0), "");
    (void)db_blob(get, 1, &n);
    ck_assert_uint_eq(n, 0);
    ck_assert_int_eq(db_step(get), 0);
    db_close(&db);
    place_free(&p);
}
END_TEST

START_TEST(binding_starts_a_new_run)
{
    struct place p = place_new();
    struct db *db = open_ok(&p, DB_WRITE, 2);
    struct db_stmt *s = db_prepare(db, "SELECT ?1, ?2", NULL);

    db_bind_text(s, 1, "one");
    db_bind_text(s, 2, "two");
    ck_assert_int_eq(db_step(s), 1);
    db_bind_text(s, 1, NULL);
    ck_assert_int_eq(db_step(s), 1);
    ck_assert(db_is_null(s, 0));
    ck_assert(db_is_null(s, 1));
    db_bind_int(s, 3, 7);
    ck_assert_int_eq(db_step(s), ERR_DB);
    db_bind_int(s, 2, 7);
    ck_assert_int_eq(db_step(s), 1);
    ck_assert_int_eq(db_int(s, 1), 7);
    db_close(&db);
    place_free(&p);
}
END_TEST

START_TEST(a_broken_constraint_is_told_apart)
{
    struct place p = place_new();
    struct db *db = open_ok(&p, DB_WRITE, 2);
    struct why why = {""};
    struct db_stmt *s = db_prepare(db, "INSERT INTO note (text) VALUES (?1)", &why);

    db_bind_text(s, 1, "lifted");
    ck_assert_int_eq(db_step(s), ERR_EXISTS);
    ck_assert_ptr_nonnull(strstr(db_error(db), "UNIQUE"));
    db_bind_text(s, 1, "other");
    ck_assert_int_eq(db_run(s), 0);
    ck_assert_ptr_null(db_prepare(db, "SELECT FROM", &why));
    ck_assert_ptr_nonnull(strstr(why.text, "syntax error"));
    db_close(&db);
    place_free(&p);
}
END_TEST

Suite *
db_suite(void)
{
    Suite *s = suite_create("db");
    TCase *t = tcase_create("db");

    tcase_add_test(t, a_new_file_gets_every_migration);
    tcase_add_test(t, a_new_file_is_for_its_owner_only);
    tcase_add_test(t, an_older_file_gets_only_what_it_lacks);
    tcase_add_test(t, a_failing_migration_leaves_the_file_at_the_last_good_version);
    tcase_add_test(t, a_file_of_a_later_version_is_refused_and_not_touched);
    tcase_add_test(t, a_second_writer_is_told_who_holds_the_file);
    tcase_add_test(t, a_killed_writer_holds_nothing_and_loses_no_commit);
    tcase_add_test(t, a_file_that_is_no_database_is_refused);
    tcase_add_test(t, a_path_that_cannot_be_made_is_an_error);
    tcase_add_test(t, a_full_disk_is_known_as_such_and_rolls_back);
    tcase_add_test(
        t, the_disk_is_waited_for_when_that_is_asked_and_there_is_something_new);
    tcase_add_test(t, the_log_moves_into_the_file_when_it_is_asked_to);
    tcase_add_test(t, a_disk_that_fails_while_it_is_waited_for_is_named);
    tcase_add_test(t, what_is_only_in_memory_has_no_disk_to_wait_for);
    tcase_add_test(t, a_reader_sees_commits_while_the_writer_writes);
    tcase_add_test(t, a_reader_makes_no_file_and_no_migration);
    tcase_add_test(t, every_type_comes_back_as_it_was_bound);
    tcase_add_test(t, binding_starts_a_new_run);
    tcase_add_test(t, a_broken_constraint_is_told_apart);
    suite_add_tcase(s, t);
    return s;
}
