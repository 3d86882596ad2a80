#include "ingest/directory.h"

#include "base/str.h"
#include "base/text.h"
#include "domain/symbols_file.h"
#include "ingest/counts.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    HOUR_MS = 3600000,
    RETRY_MS = 15 * 60000,
    TIMEOUT_MS = 60000,
    DRIFT = 5, /* of the rows before, one in so many may come or go */
    PATH_ROOM = CONF_TEXT + 64
};

struct listing_file {
    struct directory *of;
    size_t which; /* index into symbols_kinds */
    const char *url;
    struct http_call *call;
    int64_t due_ms; /* boot clock */
    struct feed_state state;
};

struct directory {
    struct directory_env env;
    struct http *http;
    struct timer *next;
    bool fresh; /* a file was replaced since `changed` was last told */
    char edgar_agent[2 * CONF_TEXT];
    struct listing_file files[SYMBOLS_FILES];
};

/* ---- what may replace what ------------------------------------------------------- */

static int
count_row(void *self, const struct symbol *s)
{
    (void)s;
    (*(size_t *)self)++;
    return 0;
}

int
directory_check(size_t which, const char *text, size_t n, size_t before, size_t *rows,
                struct why *why)
{
    size_t drift = before / DRIFT;
    int rc;

    *rows = 0;
    if ((rc = symbols_kinds[which].parse(text, n, count_row, rows, why)) != 0)
        return rc;
    if (*rows == 0)
        return why_set(why, ERR_EMPTY, "no symbol in it");
    if (before > 0 && (*rows + drift < before || *rows > before + drift))
        return why_set(why, ERR_RANGE, "%zu rows where %zu were before", *rows, before);
    return 0;
}

/* ---- on the disk ----------------------------------------------------------------- */

static bool
path_of(const struct listing_file *f, const char *end, char *out)
{
    return str_fmt(out, PATH_ROOM, "%s/%s%s", f->of->env.dir,
                   symbols_kinds[f->which].name, end);
}

static int
write_synced(const char *path, const char *text, size_t n, int64_t ms)
{
    const struct timespec at = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644), rc = 0;

    if (fd < 0)
        return ERR_IO;
    for (size_t done = 0; rc == 0 && done < n;) {
        ssize_t k = write(fd, text + done, n - done);

        done += k > 0 ? (size_t)k : 0;
        rc = k < 0 && errno != EINTR ? ERR_IO : 0;
    }
    if (rc == 0 && (futimens(fd, (struct timespec[]){at, at}) != 0 || fsync(fd) != 0))
        rc = ERR_IO;
    return close(fd) == 0 ? rc : ERR_IO;
}

/* The name of a file is safe only once its folder is. */
static int
sync_folder(const char *dir)
{
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int rc = fd >= 0 && fsync(fd) == 0 ? 0 : ERR_IO;

    if (fd >= 0)
        (void)close(fd); /* was only read */
    return rc;
}

static int
replace(const struct listing_file *f, const struct http_reply *r, struct why *why)
{
    char path[PATH_ROOM], temp[PATH_ROOM];
    int64_t now = clock_wall_ms(f->of->env.clock);

    if (!path_of(f, "", path) || !path_of(f, ".new", temp))
        return why_set(why, ERR_TOO_BIG, "path too long");
    if (write_synced(temp, r->body, r->body_len, now) != 0 || rename(temp, path) != 0 ||
        sync_folder(f->of->env.dir) != 0)
        return why_set(why, ERR_IO, "%s: %s", path, strerror(errno));
    return 0;
}

/* It is still right as it is. */
static void
touch(const struct listing_file *f)
{
    int64_t ms = clock_wall_ms(f->of->env.clock);
    const struct timespec at = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
    char path[PATH_ROOM];

    if (path_of(f, "", path))
        (void)utimensat(AT_FDCWD, path, (struct timespec[]){at, at}, 0); /* a hint */
}

/* Age of the file; -1 when there is none, or when its time is still to come. */
static int64_t
age_ms(const struct listing_file *f)
{
    char path[PATH_ROOM];
    struct stat st;
    int64_t now = clock_wall_ms(f->of->env.clock), at;

    if (!path_of(f, "", path) || stat(path, &st) != 0)
        return -1;
    at = st.st_mtim.tv_sec * INT64_C(1000) + st.st_mtim.tv_nsec / 1000000;
    return at > now ? -1 : now - at;
}

/* ---- answers --------------------------------------------------------------------- */

static const char *
name_of(const struct listing_file *f)
{
    return symbols_kinds[f->which].name;
}

static void
plan(struct listing_file *f, int64_t wait_ms)
{
    f->due_ms = clock_boot_ms(f->of->env.clock) + wait_ms;
}

static int64_t
period_ms(const struct directory *d)
{
    return d->env.conf->symbols.refresh_h * HOUR_MS;
}

static void
failed(struct listing_file *f, const char *why)
{
    f->of->env.counts[COUNT_LISTS_REFUSED]++;
    log_warn(f->of->env.log, "LIST-REFUSED", kv_str("list", name_of(f)),
             kv_str("why", why));
    plan(f, RETRY_MS);
}

static void
keep_state(struct listing_file *f, const struct http_reply *r, size_t rows)
{
    struct directory *d = f->of;

    (void)str_copy(f->state.etag, sizeof f->state.etag, r->etag);
    (void)str_copy(f->state.last_modified, sizeof f->state.last_modified,
                   r->last_modified);
    f->state.items_last = (int64_t)rows;
    f->state.ok_ms = clock_wall_ms(d->env.clock);
    if (store_feed_put(d->env.store, name_of(f), f->url, &f->state) < 0)
        d->env
            .counts[COUNT_DB_ERRORS]++; /* it is asked without a condition next time */
}

static void
on_list(struct listing_file *f, const struct http_reply *r)
{
    struct directory *d = f->of;
    struct why why = {""};
    size_t rows, before = d->env.rows(d->env.self, f->which);
    int rc = directory_check(f->which, r->body, r->body_len, before, &rows, &why);

    if (rc == 0)
        rc = replace(f, r, &why);
    if (rc != 0) {
        failed(f, why.text);
        return;
    }
    keep_state(f, r, rows);
    d->env.counts[COUNT_LISTS_NEW]++;
    d->fresh = true;
    log_info(d->env.log, "LIST-NEW", kv_str("list", name_of(f)),
             kv_int("rows", (int64_t)rows), kv_int("before", (int64_t)before));
    plan(f, period_ms(d));
}

static bool
is_busy(const struct directory *d)
{
    return http_running(d->http) > 0;
}

/* The list is put together once, when the last answer is in. */
static void
settle(struct directory *d)
{
    int64_t first = INT64_MAX;

    for (size_t i = 0; i < SYMBOLS_FILES; i++) {
        if (d->files[i].call != NULL)
            return;
        if (d->files[i].url != NULL && d->files[i].due_ms < first)
            first = d->files[i].due_ms;
    }
    if (d->fresh)
        d->env.changed(d->env.self);
    d->fresh = false;
    if (first < INT64_MAX)
        timer_set(d->next, first);
}

static void
on_reply(void *self, const struct http_reply *r)
{
    struct listing_file *f = self;
    char why[80];

    f->call = NULL;
    if (r->rc != 0) {
        failed(f, r->why);
    } else if (r->status == 304) {
        touch(f);
        plan(f, period_ms(f->of));
    } else if (r->status == 200) {
        on_list(f, r);
    } else {
        (void)str_fmt(why, sizeof why, "HTTP %d", r->status);
        failed(f, why);
    }
    settle(f->of);
}

/* ---- requests -------------------------------------------------------------------- */

/* Without its file a condition would leave us with nothing. */
static void
start(struct listing_file *f)
{
    struct directory *d = f->of;
    char etag[STORE_VALIDATOR + 32], modified[STORE_VALIDATOR + 32];
    bool edgar = !symbols_kinds[f->which].exchange;
    struct http_request r = {
        .url = f->url,
        .user_agent = edgar ? d->edgar_agent : d->env.conf->ingest.user_agent,
        .timeout_ms = TIMEOUT_MS,
        .max_bytes = SYMBOLS_FILE_MAX,
    };
    size_t n = 0;
    int rc;

    if (age_ms(f) < 0)
        f->state = (struct feed_state){0};
    if (*f->state.etag != '\0' &&
        str_fmt(etag, sizeof etag, "If-None-Match: %s", f->state.etag))
        r.headers[n++] = etag;
    if (*f->state.last_modified != '\0' &&
        str_fmt(modified, sizeof modified, "If-Modified-Since: %s",
                f->state.last_modified))
        r.headers[n++] = modified;
    if ((rc = http_start(d->http, &r, on_reply, f, &f->call)) != 0)
        failed(f, err_str(rc));
}

static int
on_due(void *self)
{
    struct directory *d = self;
    int64_t now = clock_boot_ms(d->env.clock);

    for (size_t i = 0; i < SYMBOLS_FILES; i++) {
        struct listing_file *f = &d->files[i];

        if (f->url != NULL && f->call == NULL && f->due_ms <= now)
            start(f);
    }
    if (!is_busy(d))
        settle(d);
    return 0;
}

/* ---- life ------------------------------------------------------------------------ */

/* The SEC asks for a contact; without one its list is not asked. */
static const char *
url_of(const struct directory *d, size_t which)
{
    const struct conf *c = d->env.conf;
    const char *const urls[SYMBOLS_FILES] = {
        c->symbols.nasdaq_url, c->symbols.other_url, c->symbols.edgar_url};
    const char *url = urls[which];

    if (str_empty(url) || c->symbols.refresh_h == 0)
        return NULL;
    if (!symbols_kinds[which].exchange && str_empty(c->catalyst.edgar_contact) &&
        !text_is_loopback(url))
        return NULL;
    return url;
}

static int
open_file(struct directory *d, size_t which)
{
    struct listing_file *f = &d->files[which];
    int64_t age;
    int rc;

    *f = (struct listing_file){.of = d, .which = which, .url = url_of(d, which)};
    if (f->url == NULL)
        return 0;
    rc = store_feed(d->env.store, name_of(f), f->url, &f->state);
    age = age_ms(f);
    plan(f, age < 0 || age > period_ms(d) ? 0 : period_ms(d) - age);
    return rc < 0 ? rc : 0;
}

static int
make_folder(const struct directory *d)
{
    if (mkdir(d->env.dir, 0755) == 0 || errno == EEXIST)
        return 0;
    log_warn(d->env.log, "LIST-REFUSED", kv_str("list", d->env.dir),
             kv_str("why", strerror(errno)));
    return 0; /* each answer says so again; the lists in force stay */
}

int
directory_new(struct directory **out, const struct directory_env *env)
{
    struct directory *d = calloc(1, sizeof *d);
    int rc = d == NULL ? ERR_NOMEM : 0;

    *out = d;
    if (rc != 0)
        return rc;
    d->env = *env;
    conf_agent_with_contact(env->conf, env->conf->ingest.user_agent, d->edgar_agent,
                            sizeof d->edgar_agent);
    rc = make_folder(d);
    if (rc == 0)
        rc = http_new(&d->http, env->loop, env->log, SYMBOLS_FILES);
    if (rc == 0 && (d->next = timer_new(env->loop, on_due, d)) == NULL)
        rc = ERR_NOMEM;
    for (size_t i = 0; rc == 0 && i < SYMBOLS_FILES; i++)
        rc = open_file(d, i);
    if (rc == 0)
        settle(d);
    else
        directory_free(out);
    return rc;
}

void
directory_stop(struct directory *d)
{
    timer_clear(d->next);
}

void
directory_free(struct directory **dp)
{
    struct directory *d = *dp;

    if (d == NULL)
        return;
    if (d->http != NULL)
        http_free(&d->http);
    timer_free(&d->next);
    free(d);
    *dp = NULL;
}
