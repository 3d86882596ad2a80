#include "ingest/poll_feed.h"

#include "base/hash.h"
#include "base/str.h"
#include "base/text.h"
#include "ingest/counts.h"
#include "ingest/validators.h"

#include <inttypes.h>

enum {
    CRASHES_MAX = 2,    /* of one body */
    DUE_SLACK_MS = 500, /* a feed is not put off for a late timer */
    NAME_BYTES = 4096   /* how far a page's title is looked for */
};

static const char accept[] = "Accept: application/rss+xml, application/atom+xml, "
                             "application/xml;q=0.9, text/xml;q=0.9, */*;q=0.8";

/* What can go wrong.  `elsewhere`: another address may do better; `refused`: the feed
 * is there, and should be asked less. */
enum trouble { NET_ERROR, TIMEOUT, TOO_BIG, HTTP_ERROR, NO_FEED, POISON, DB_TROUBLE };

static const struct {
    const char *status;
    enum count count;
    bool elsewhere, refused;
} troubles[] = {
    [NET_ERROR] = {"net_error", COUNT_NET_ERRORS, true, false},
    [TIMEOUT] = {"timeout", COUNT_TIMEOUTS, true, false},
    [TOO_BIG] = {"too_big", COUNT_TOO_BIG, true, true},
    [HTTP_ERROR] = {"http_error", COUNT_HTTP_ERRORS, true, true},
    [NO_FEED] = {"no_feed", COUNT_NO_FEED, true, true},
    [POISON] = {"poison", COUNT_POISON_SKIPS, false, false},
    [DB_TROUBLE] = {"db_error", COUNT_DB_ERRORS, false, false},
};

static int64_t
now_ms(const struct poll_feed *f)
{
    return clock_boot_ms(f->env->clock);
}

/* ---- the end of a poll --------------------------------------------------------- */

static void
finish(struct poll_feed *f, const char *status, const char *why, int64_t elapsed_us)
{
    f->flight = IDLE;
    f->page = 0;
    (void)str_copy(f->status, sizeof f->status, status);
    (void)str_copy(f->why, sizeof f->why, why);
    f->env->answered(f->env->self, f->cycle, f->conf->name, status, f->http_status,
                     elapsed_us);
}

/* The next page, or the next address: after the others that wait. */
static void
again(struct poll_feed *f)
{
    f->flight = QUEUED;
    f->queued(f->self);
}

/* Another address instead, if there is one; a page has no other. */
static bool
go_elsewhere(struct poll_feed *f, const char *why)
{
    size_t next = address_next(&f->addresses, f->address + 1, now_ms(f));

    if (f->page > 0 || next == f->addresses.n)
        return false;
    f->address = next;
    f->env->counts[COUNT_ALTERNATES]++;
    log_warn(f->env->log, "FEED-ELSEWHERE", kv_str("feed", f->conf->name),
             kv_str("why", why), kv_str("url", f->addresses.list[next].url));
    again(f);
    return true;
}

static void
failed(struct poll_feed *f, enum trouble t, const char *why, int64_t elapsed_us)
{
    struct log *log = f->env->log;
    const struct pulse_rule rule = {f->env->conf->ingest.down_after,
                                    f->env->conf->ingest.cycle_regular_s * 1000};

    f->env->counts[troubles[t].count]++;
    if (troubles[t].elsewhere && go_elsewhere(f, why))
        return;
    log_warn(log, "FEED-FAIL", kv_str("feed", f->conf->name),
             kv_str("status", troubles[t].status), kv_int("http", f->http_status),
             kv_str("why", why), kv_num("elapsed", (double)elapsed_us / 1e6));
    if (pulse_failed(&f->pulse, troubles[t].refused, &rule, now_ms(f)) ==
        PULSE_WENT_DOWN) {
        f->env->counts[COUNT_FEEDS_DOWN]++;
        log_error(log, "FEED-DOWN", kv_str("feed", f->conf->name), kv_str("why", why));
    }
    finish(f, troubles[t].status, why, elapsed_us);
}

static void
good(struct poll_feed *f, const char *status, const struct poll_answer *a,
     int64_t elapsed_us)
{
    struct log *log = f->env->log;

    log_info(log, "FEED-OK", kv_str("feed", f->conf->name), kv_int("cycle", f->cycle),
             kv_str("status", status), kv_int("items", a == NULL ? 0 : a->entries),
             kv_int("new", a == NULL ? 0 : a->fresh),
             kv_num("elapsed", (double)elapsed_us / 1e6));
    if (pulse_good(&f->pulse) == PULSE_CAME_UP) {
        f->env->counts[COUNT_FEEDS_DOWN]--;
        log_info(log, "FEED-UP", kv_str("feed", f->conf->name));
    }
    finish(f, status, "", elapsed_us);
}

/* ---- a body -------------------------------------------------------------------- */

static bool
is_poison(const struct poll_feed *f, const char *hash)
{
    return f->state.crashes >= CRASHES_MAX && str_eq(f->state.crash_hash, hash);
}

/* No items where there were some: the feed answers, and something is wrong with it. */
static void
note_empty(struct poll_feed *f, const struct poll_answer *a)
{
    bool empty = a->entries == 0 && a->state->items_last > 0;

    if (f->page > 0)
        return;
    f->env->counts[COUNT_EMPTY] += empty;
    f->env->counts[COUNT_FEEDS_EMPTY] += empty - f->pulse.empty;
    if (empty && !f->pulse.empty)
        log_warn(f->env->log, "FEED-EMPTY", kv_str("feed", f->conf->name),
                 kv_int("items_before", a->state->items_last));
    if (!empty && f->pulse.empty)
        log_info(f->env->log, "FEED-FILLED", kv_str("feed", f->conf->name),
                 kv_int("items", a->entries));
    f->pulse.empty = empty;
}

/* Only the first page of the feed's own address is asked for conditionally: another
 * one's validators say nothing of it. */
static bool
is_own(const struct poll_feed *f)
{
    return f->page == 0 && f->address == 0;
}

static void
next_state(const struct poll_feed *f, const struct http_reply *r, const char *hash,
           struct feed_state *next)
{
    *next = f->state;
    if (is_own(f)) {
        validators_take(next, r->etag, r->last_modified);
        (void)str_copy(next->body_hash, sizeof next->body_hash, hash);
    } else {
        validators_forget(next);
    }
    next->crash_hash[0] = '\0';
    next->crashes = 0;
    next->ok_ms = clock_wall_ms(f->env->clock);
}

static void
taken(struct poll_feed *f, const struct poll_answer *a, int64_t elapsed_us)
{
    f->state = *a->state;
    f->newest_ms = a->newest_ms;
    f->items += a->entries;
    note_empty(f, a);
    if (!a->more) {
        good(f, "ok", a, elapsed_us);
        return;
    }
    f->page++;
    f->env->counts[COUNT_PAGES]++;
    again(f);
}

static void
take_body(struct poll_feed *f, const struct http_reply *r, const char *hash)
{
    struct feed_state next;
    struct poll_answer a = {.feed = f->conf,
                            .state = &next,
                            .body = r->body,
                            .hash = hash,
                            .len = r->body_len,
                            .cycle = f->cycle,
                            .page_size = page_size(f->addresses.list[f->address].url),
                            .page = f->page,
                            .newest_ms = f->newest_ms,
                            .first = f->state.ok_ms == 0};
    struct why why = {.text = ""};
    int rc;

    next_state(f, r, hash, &next);
    rc = f->env->take(f->env->self, &a, &why);
    if (rc == 0) {
        taken(f, &a, r->elapsed_us);
        return;
    }
    if (why.text[0] == '\0')
        (void)str_copy(why.text, sizeof why.text, err_str(rc));
    failed(f, rc == ERR_DB || rc == ERR_IO ? DB_TROUBLE : NO_FEED, why.text,
           r->elapsed_us);
}

static void
on_body(struct poll_feed *f, const struct http_reply *r)
{
    char hash[STORE_HASH];

    hash128_hex(r->body, r->body_len, hash);
    if (is_own(f) && str_eq(hash, f->state.body_hash)) {
        f->env->counts[COUNT_UNCHANGED]++;
        good(f, "unchanged", NULL, r->elapsed_us);
    } else if (is_poison(f, hash)) {
        failed(f, POISON, "this body ended the process twice", r->elapsed_us);
    } else {
        take_body(f, r, hash);
    }
}

/* ---- other answers ------------------------------------------------------------- */

static void
on_no_answer(struct poll_feed *f, const struct http_reply *r)
{
    enum trouble t = r->rc == ERR_TIMEOUT   ? TIMEOUT
                     : r->rc == ERR_TOO_BIG ? TOO_BIG
                                            : NET_ERROR;

    failed(f, t, r->why, r->elapsed_us);
}

/* What a page calls itself, "" when it does not: the SEC says there what is wrong. */
static void
page_name(const struct http_reply *r, char *out, size_t size)
{
    size_t n = r->body_len < NAME_BYTES ? r->body_len : NAME_BYTES;
    const char *from = strcasestr(r->body, "<title");
    const char *to;

    *out = '\0';
    from = from == NULL ? NULL : strchr(from, '>');
    to = from == NULL ? NULL : strcasestr(from, "</title");
    if (to != NULL && (size_t)(to - r->body) <= n)
        (void)text_from_html(from + 1, (size_t)(to - from) - 1, out, size);
}

/* PR Newswire answers one request in three with a redirect to a page that is not there:
 * the same address is asked once more, and mostly serves. */
static bool
ask_again(struct poll_feed *f, const struct http_reply *r)
{
    if (f->retried || f->page > 0 || r->retry_after_ms > 0 ||
        str_eq(r->url, f->addresses.list[f->address].url))
        return false;
    f->retried = true;
    f->env->counts[COUNT_HTTP_ERRORS]++;
    log_info(f->env->log, "FEED-AGAIN", kv_str("feed", f->conf->name),
             kv_int("http", r->status), kv_str("redirect", r->url));
    again(f);
    return true;
}

static void
on_status(struct poll_feed *f, const struct http_reply *r)
{
    char why[sizeof f->why], name[80];
    struct pulse asked = {0};

    pulse_pause(&asked, r->retry_after_ms, now_ms(f));
    f->addresses.list[f->address].rest_ms = asked.rest_ms;
    page_name(r, name, sizeof name);
    (void)str_fmt(why, sizeof why, "HTTP %d%s%s%s%s", r->status,
                  *name == '\0' ? "" : " \"", name, *name == '\0' ? "" : "\"",
                  asked.rest_ms > 0 ? ", asks us to wait" : "");
    failed(f, HTTP_ERROR, why, r->elapsed_us);
}

static void
on_reply(void *self, const struct http_reply *r)
{
    struct poll_feed *f = self;

    f->call = NULL;
    f->http_status = r->status;
    if (r->rc != 0) {
        on_no_answer(f, r);
    } else if (!address_is_good(r->status, r->body_len)) {
        if (!ask_again(f, r))
            on_status(f, r);
    } else if (r->status == 304) {
        f->env->counts[COUNT_NOT_MODIFIED]++;
        good(f, "not_modified", NULL, r->elapsed_us);
    } else {
        on_body(f, r);
    }
}

/* ---- requests ------------------------------------------------------------------ */

void
poll_feed_start(struct poll_feed *f)
{
    char lines[VALIDATORS][VALIDATOR_LINE], url[CONF_TEXT + 16];
    size_t n = is_own(f) ? validators_headers(&f->state, lines) : 0;
    struct http_request r = {
        .url = url,
        .user_agent = f->agent,
        .headers = {accept},
        .timeout_ms = f->env->conf->ingest.feed_timeout_ms,
        .max_bytes = (size_t)f->env->conf->ingest.feed_max_bytes,
    };
    int rc;

    for (size_t i = 0; i < n; i++)
        r.headers[i + 1] = lines[i];
    /* cannot fail: the page was possible when it was asked for */
    (void)page_url(f->addresses.list[f->address].url, f->page, url, sizeof url);
    f->flight = FLYING;
    f->http_status = 0;
    f->env->counts[COUNT_POLLS]++;
    if ((rc = http_start(f->http, &r, on_reply, f, &f->call)) != 0)
        failed(f, NET_ERROR, err_str(rc), 0);
}

bool
poll_feed_is_due(const struct poll_feed *f, int64_t now)
{
    if (f->flight != IDLE || f->skipped || !f->conf->enabled ||
        !pulse_may_ask(&f->pulse, now) ||
        address_next(&f->addresses, 0, now) == f->addresses.n)
        return false;
    return f->asked_ms == 0 ||
           now - f->asked_ms + DUE_SLACK_MS >= f->conf->every_s * INT64_C(1000);
}

void
poll_feed_queue(struct poll_feed *f, int64_t cycle)
{
    int64_t now = now_ms(f);

    f->flight = QUEUED;
    f->cycle = cycle;
    f->asked_ms = now;
    f->address = address_next(&f->addresses, 0, now);
    f->page = 0;
    f->newest_ms = 0;
    f->retried = false;
}

/* ---- life ---------------------------------------------------------------------- */

/* A mark that is still there means that its body ended the process. */
int
poll_feed_load(struct poll_feed *f)
{
    struct feed_state *s = &f->state;
    char hash[STORE_HASH];
    int rc = store_feed(f->env->store, f->conf->name, f->conf->url, s);

    address_read(&f->addresses, f->conf->url, f->conf->alternatives);
    if (rc < 0 || !crash_mark_left(f->env->mark, f->conf->name, hash))
        return rc;
    s->crashes = str_eq(hash, s->crash_hash) ? s->crashes + 1 : 1;
    (void)str_copy(s->crash_hash, sizeof s->crash_hash, hash);
    log_error(f->env->log, "FEED-CRASHED", kv_str("feed", f->conf->name),
              kv_str("body", s->crash_hash), kv_int("times", s->crashes));
    return store_feed_put(f->env->store, f->conf->name, f->conf->url, s);
}

void
poll_feed_write(const struct poll_feed *f, struct jsonw *w)
{
    bool asked = f->conf->enabled && !f->skipped;

    jw_object(w, NULL);
    jw_str(w, "name", f->conf->name);
    jw_str(w, "kind", f->conf->kind);
    jw_bool(w, "enabled", asked);
    jw_str(w, "health", asked ? pulse_name(&f->pulse) : "off");
    jw_bool(w, "down", f->pulse.down);
    jw_bool(w, "empty", f->pulse.empty);
    jw_str(w, "status", f->status);
    jw_int(w, "http", f->http_status);
    jw_str(w, "why", f->why);
    jw_str(w, "url", f->addresses.list[f->address].url);
    jw_int(w, "failures", f->pulse.failures);
    jw_int(w, "errors", f->pulse.errors);
    jw_int(w, "items", f->items);
    jw_int(w, "items_last", f->state.items_last);
    jw_int(w, "ok_ms", f->state.ok_ms);
    jw_end(w);
}
