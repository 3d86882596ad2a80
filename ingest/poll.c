#include "ingest/poll.h"

#include "base/hash.h"
#include "base/str.h"
#include "ingest/counts.h"

#include <inttypes.h>

enum {
    EDGAR_GAP_MS = 250,  /* between two requests to the SEC: 4 a second */
    PARDON_MS = 3600000, /* the longest pause a feed can ask for */
    CRASHES_MAX = 2,     /* of one body */
    FAILURES_DOWN = 3,   /* in a row: said once, and once when it is back */
    DUE_SLACK_MS = 500   /* a feed is not put off for a late timer */
};

enum flight { IDLE, QUEUED, FLYING };

struct poll_feed {
    struct poll *poll;
    const struct conf_feed *conf;
    struct http_call *call;
    enum flight flight;
    bool edgar, skipped;
    int64_t cycle;
    int64_t asked_ms, not_before_ms; /* boot clock */
    int64_t failures;                /* in a row */
    int64_t errors, items;           /* since the start */
    int http_status;
    char status[32];
    char why[120]; /* of the last failure */
    struct feed_state state;
};

struct poll {
    struct poll_env env;
    struct http *http;
    struct timer *gap; /* to the next request to the SEC */
    int64_t edgar_ms;  /* boot clock: none before */
    char edgar_agent[CONF_TEXT * 2];
    size_t n;
    struct poll_feed *feeds;
};

static const char accept[] = "Accept: application/rss+xml, application/atom+xml, "
                             "application/xml;q=0.9, text/xml;q=0.9, */*;q=0.8";

/* ---- who may be asked ---------------------------------------------------------- */

static const char *
host_of(const char *url, size_t *n)
{
    const char *host = strstr(url, "://");

    host = host == NULL ? url : host + 3;
    *n = *host == '[' ? strcspn(host, "]") + 1 : strcspn(host, ":/?#");
    return host;
}

bool
poll_is_loopback(const char *url)
{
    static const char *const names[] = {"localhost", "[::1]"};
    size_t n;
    const char *host = host_of(url, &n);

    for (size_t i = 0; i < STR_LEN(names); i++)
        if (strlen(names[i]) == n && strncasecmp(host, names[i], n) == 0)
            return true;
    return n > 4 && strncmp(host, "127.", 4) == 0 && strspn(host, "0123456789.") == n;
}

static bool
is_edgar(const struct conf_feed *f)
{
    size_t n;
    const char *host = host_of(f->url, &n);

    return str_eq(f->kind, "filing") ||
           (n >= 7 && strncasecmp(host + n - 7, "sec.gov", 7) == 0);
}

/* The SEC is never asked without a contact. */
static void
check_contact(struct poll *p, struct poll_feed *f)
{
    f->edgar = is_edgar(f->conf);
    if (!f->edgar || !str_empty(p->env.conf->ingest.edgar_contact) ||
        poll_is_loopback(f->conf->url))
        return;
    f->skipped = true;
    (void)str_copy(f->status, sizeof(f->status), "no_contact");
    (void)str_copy(f->why, sizeof(f->why), "ingest.edgar_contact is not set");
}

/* ---- health -------------------------------------------------------------------- */

static void
finish(struct poll_feed *f, const char *status, const char *why, int64_t elapsed_us)
{
    struct poll *p = f->poll;

    f->flight = IDLE;
    (void)str_copy(f->status, sizeof(f->status), status);
    (void)str_copy(f->why, sizeof(f->why), why);
    p->env.answered(p->env.self, f->cycle, f->conf->name, status, f->http_status,
                    elapsed_us);
}

static void
failed(struct poll_feed *f, enum count count, const char *status, const char *why,
       int64_t elapsed_us)
{
    struct log *log = f->poll->env.log;

    f->poll->env.counts[count]++;
    f->failures++;
    f->errors++;
    log_warn(log, "FEED-FAIL", kv_str("feed", f->conf->name), kv_str("status", status),
             kv_int("http", f->http_status), kv_str("why", why),
             kv_num("elapsed", (double)elapsed_us / 1e6));
    if (f->failures == FAILURES_DOWN)
        log_error(log, "FEED-DOWN", kv_str("feed", f->conf->name), kv_str("why", why));
    finish(f, status, why, elapsed_us);
}

static void
good(struct poll_feed *f, const char *status, const struct poll_answer *a,
     int64_t elapsed_us)
{
    log_info(f->poll->env.log, "FEED-OK", kv_str("feed", f->conf->name),
             kv_int("cycle", f->cycle), kv_str("status", status),
             kv_int("items", a == NULL ? 0 : (int64_t)a->entries),
             kv_int("new", a == NULL ? 0 : (int64_t)a->fresh),
             kv_num("elapsed", (double)elapsed_us / 1e6));
    if (f->failures >= FAILURES_DOWN)
        log_info(f->poll->env.log, "FEED-UP", kv_str("feed", f->conf->name));
    f->failures = 0;
    finish(f, status, "", elapsed_us);
}

/* ---- answers ------------------------------------------------------------------- */

/* The mark that a crash leaves behind: written before the parser runs. */
static int
guard(struct poll_feed *f, const char *hash)
{
    struct poll *p = f->poll;

    if (f->state.crashes >= CRASHES_MAX && str_eq(f->state.crash_hash, hash))
        return ERR_BLOCKED;
    return store_feed_parsing(p->env.store, f->conf->name, f->conf->url, hash);
}

static void
take_body(struct poll_feed *f, const struct http_reply *r, const char *hash)
{
    struct poll *p = f->poll;
    struct feed_state next = f->state;
    struct poll_answer a = {.feed = f->conf,
                            .state = &next,
                            .body = r->body,
                            .len = r->body_len,
                            .cycle = f->cycle,
                            .first = f->state.ok_ms == 0};
    struct why why = {.text = ""};
    int rc;

    (void)str_copy(next.etag, sizeof(next.etag), r->etag);
    (void)str_copy(next.last_modified, sizeof(next.last_modified), r->last_modified);
    (void)str_copy(next.body_hash, sizeof(next.body_hash), hash);
    next.parsing[0] = next.crash_hash[0] = '\0';
    next.crashes = 0;
    next.ok_ms = clock_wall_ms(p->env.clock);
    rc = p->env.take(p->env.self, &a, &why);
    if (rc == 0) {
        f->state = next;
        f->items += (int64_t)a.entries;
        good(f, "ok", &a, r->elapsed_us);
        return;
    }
    if (why.text[0] == '\0')
        (void)str_copy(why.text, sizeof(why.text), err_str(rc));
    if (store_feed_put(p->env.store, f->conf->name, f->conf->url, &f->state) < 0)
        p->env.counts[COUNT_DB_ERRORS]++;
    failed(f, rc == ERR_DB ? COUNT_DB_ERRORS : COUNT_NO_FEED,
           rc == ERR_DB ? "db_error" : "no_feed", why.text, r->elapsed_us);
}

static void
on_body(struct poll_feed *f, const struct http_reply *r)
{
    struct poll *p = f->poll;
    char hash[STORE_HASH];
    int rc;

    hash128_hex(r->body, r->body_len, hash);
    if (str_eq(hash, f->state.body_hash)) {
        p->env.counts[COUNT_UNCHANGED]++;
        good(f, "unchanged", NULL, r->elapsed_us);
        return;
    }
    rc = guard(f, hash);
    if (rc == 0)
        take_body(f, r, hash);
    else if (rc == ERR_BLOCKED)
        failed(f, COUNT_POISON_SKIPS, "poison", "this body ended the process twice",
               r->elapsed_us);
    else
        failed(f, COUNT_DB_ERRORS, "db_error", store_error(p->env.store),
               r->elapsed_us);
}

static void
on_no_answer(struct poll_feed *f, const struct http_reply *r)
{
    static const struct {
        int rc;
        enum count count;
        const char *status;
    } kinds[] = {
        {ERR_TIMEOUT, COUNT_TIMEOUTS, "timeout"},
        {ERR_TOO_BIG, COUNT_TOO_BIG, "too_big"},
    };

    for (size_t i = 0; i < STR_LEN(kinds); i++)
        if (r->rc == kinds[i].rc) {
            failed(f, kinds[i].count, kinds[i].status, r->why, r->elapsed_us);
            return;
        }
    failed(f, COUNT_NET_ERRORS, "net_error", r->why, r->elapsed_us);
}

static void
on_status(struct poll_feed *f, const struct http_reply *r)
{
    int64_t pause = r->retry_after_ms < PARDON_MS ? r->retry_after_ms : PARDON_MS;
    char why[80];

    if (pause > 0)
        f->not_before_ms = clock_boot_ms(f->poll->env.clock) + pause;
    (void)str_fmt(why, sizeof(why), "HTTP %d%s", r->status,
                  pause > 0 ? ", asks us to wait" : "");
    failed(f, COUNT_HTTP_ERRORS, "http_error", why, r->elapsed_us);
}

static void
on_reply(void *self, const struct http_reply *r)
{
    struct poll_feed *f = self;

    f->call = NULL;
    f->http_status = r->status;
    if (r->rc != 0) {
        on_no_answer(f, r);
    } else if (r->status == 304) {
        f->poll->env.counts[COUNT_NOT_MODIFIED]++;
        good(f, "not_modified", NULL, r->elapsed_us);
    } else if (r->status == 200) {
        on_body(f, r);
    } else {
        on_status(f, r);
    }
}

/* ---- requests ------------------------------------------------------------------ */

static void
start(struct poll_feed *f)
{
    struct poll *p = f->poll;
    char etag[STORE_VALIDATOR + 32], modified[STORE_VALIDATOR + 32];
    size_t n = 1;
    struct http_request r = {
        .url = f->conf->url,
        .user_agent = f->edgar ? p->edgar_agent : p->env.conf->ingest.user_agent,
        .headers = {accept},
        .timeout_ms = p->env.conf->ingest.feed_timeout_ms,
        .max_bytes = (size_t)p->env.conf->ingest.feed_max_bytes,
    };
    int rc;

    if (*f->state.etag != '\0' &&
        str_fmt(etag, sizeof(etag), "If-None-Match: %s", f->state.etag))
        r.headers[n++] = etag;
    if (*f->state.last_modified != '\0' &&
        str_fmt(modified, sizeof(modified), "If-Modified-Since: %s",
                f->state.last_modified))
        r.headers[n++] = modified;
    f->flight = FLYING;
    f->asked_ms = clock_boot_ms(p->env.clock);
    f->http_status = 0;
    p->env.counts[COUNT_POLLS]++;
    if ((rc = http_start(p->http, &r, on_reply, f, &f->call)) != 0)
        failed(f, COUNT_NET_ERRORS, "net_error", err_str(rc), 0);
}

/* Starts the first that is queued for the SEC, and comes back for the next. */
static int
on_gap(void *self)
{
    struct poll *p = self;
    int64_t now = clock_boot_ms(p->env.clock);

    for (size_t i = 0; i < p->n; i++) {
        if (p->feeds[i].flight != QUEUED)
            continue;
        if (now < p->edgar_ms) {
            timer_set(p->gap, p->edgar_ms);
            return 0;
        }
        p->edgar_ms = now + EDGAR_GAP_MS;
        start(&p->feeds[i]);
    }
    return 0;
}

static bool
is_due(const struct poll_feed *f, int64_t now)
{
    if (f->flight != IDLE || f->skipped || !f->conf->enabled || now < f->not_before_ms)
        return false;
    return f->asked_ms == 0 ||
           now - f->asked_ms + DUE_SLACK_MS >= f->conf->every_s * INT64_C(1000);
}

size_t
poll_round(struct poll *p, int64_t cycle)
{
    int64_t now = clock_boot_ms(p->env.clock);
    size_t due = 0;

    for (size_t i = 0; i < p->n; i++) {
        struct poll_feed *f = &p->feeds[i];

        if (!is_due(f, now))
            continue;
        f->flight = QUEUED;
        f->cycle = cycle;
        due++;
    }
    return due;
}

void
poll_go(struct poll *p)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->feeds[i].flight == QUEUED && !p->feeds[i].edgar)
            start(&p->feeds[i]);
    (void)on_gap(p);
}

/* ---- life ---------------------------------------------------------------------- */

/* A mark that is still there means that its body ended the process. */
static int
load(struct poll *p, struct poll_feed *f)
{
    struct feed_state *s = &f->state;
    int rc = store_feed(p->env.store, f->conf->name, f->conf->url, s);

    if (rc < 0 || *s->parsing == '\0')
        return rc;
    s->crashes = str_eq(s->parsing, s->crash_hash) ? s->crashes + 1 : 1;
    (void)str_copy(s->crash_hash, sizeof(s->crash_hash), s->parsing);
    s->parsing[0] = '\0';
    log_error(p->env.log, "FEED-CRASHED", kv_str("feed", f->conf->name),
              kv_str("body", s->crash_hash), kv_int("times", s->crashes));
    return store_feed_put(p->env.store, f->conf->name, f->conf->url, s);
}

static void
warn_contact(const struct poll *p)
{
    size_t skipped = 0;

    for (size_t i = 0; i < p->n; i++)
        skipped += p->feeds[i].skipped && p->feeds[i].conf->enabled;
    if (skipped > 0)
        log_warn(p->env.log, "EDGAR-SKIPPED", kv_int("feeds", (int64_t)skipped),
                 kv_str("why", "the SEC asks for a contact: set ingest.edgar_contact"));
}

static void
make_agent(struct poll *p)
{
    const char *contact = p->env.conf->ingest.edgar_contact;
    const char *agent = p->env.conf->ingest.user_agent;

    if (str_empty(contact) || strstr(agent, contact) != NULL)
        (void)str_copy(p->edgar_agent, sizeof(p->edgar_agent), agent);
    else
        (void)str_fmt(p->edgar_agent, sizeof(p->edgar_agent), "%s %s", agent, contact);
}

int
poll_new(struct poll **out, const struct poll_env *env)
{
    struct poll *p = calloc(1, sizeof(*p));
    size_t n = env->conf->n_feeds;
    int rc;

    *out = NULL;
    if (p == NULL)
        return ERR_NOMEM;
    p->env = *env;
    p->feeds = calloc(n + 1, sizeof(*p->feeds));
    p->gap = timer_new(env->loop, on_gap, p);
    rc = p->feeds == NULL || p->gap == NULL ? ERR_NOMEM : 0;
    if (rc == 0)
        rc = http_new(&p->http, env->loop, env->log, (int)n + 1);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        p->feeds[i] = (struct poll_feed){.poll = p, .conf = &env->conf->feeds[i]};
        check_contact(p, &p->feeds[i]);
        p->n++;
        rc = load(p, &p->feeds[i]);
    }
    make_agent(p);
    warn_contact(p);
    if (rc < 0)
        poll_free(&p);
    *out = p;
    return rc;
}

void
poll_free(struct poll **pp)
{
    struct poll *p = *pp;

    if (p == NULL)
        return;
    if (p->http != NULL)
        http_free(&p->http);
    timer_free(&p->gap);
    free(p->feeds);
    free(p);
    *pp = NULL;
}

void
poll_write(const struct poll *p, struct jsonw *w)
{
    jw_array(w, "feeds");
    for (size_t i = 0; i < p->n; i++) {
        const struct poll_feed *f = &p->feeds[i];

        jw_object(w, NULL);
        jw_str(w, "name", f->conf->name);
        jw_str(w, "kind", f->conf->kind);
        jw_bool(w, "enabled", f->conf->enabled && !f->skipped);
        jw_str(w, "status", f->status);
        jw_int(w, "http", f->http_status);
        jw_str(w, "why", f->why);
        jw_int(w, "failures", f->failures);
        jw_int(w, "errors", f->errors);
        jw_int(w, "items", f->items);
        jw_int(w, "items_last", f->state.items_last);
        jw_int(w, "ok_ms", f->state.ok_ms);
        jw_end(w);
    }
    jw_end(w);
}
