#include "ingest/poll.h"

#include "base/str.h"
#include "base/text.h"
#include "ingest/poll_feed.h"

enum { EDGAR_GAP_MS = 250 }; /* between two requests to the SEC: 4 a second */

struct poll {
    struct poll_env env;
    struct http *http;
    struct timer *gap;  /* to the next request to the SEC */
    struct timer *next; /* set: something is queued within a round */
    int64_t edgar_ms;   /* boot clock: none before */
    char edgar_agent[CONF_TEXT * 2];
    size_t n;
    struct poll_feed *feeds;
};

/* ---- who may be asked ---------------------------------------------------------- */

static const char *
host_of(const char *url, size_t *n)
{
    const char *host = strstr(url, "://");

    host = host == NULL ? url : host + 3;
    *n = *host == '[' ? strcspn(host, "]") + 1 : strcspn(host, ":/?#");
    return host;
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
    if (!f->edgar || !str_empty(p->env.conf->catalyst.edgar_contact) ||
        text_is_loopback(f->conf->url))
        return;
    f->skipped = true;
    (void)str_copy(f->status, sizeof(f->status), "no_contact");
    (void)str_copy(f->why, sizeof(f->why), "catalyst.edgar_contact is not set");
}

/* ---- requests ------------------------------------------------------------------ */

/* Starts the first that is queued for the SEC, and comes back for the next.  A loop_fn.
 */
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
        poll_feed_start(&p->feeds[i]);
    }
    return 0;
}

size_t
poll_round(struct poll *p, int64_t cycle)
{
    int64_t now = clock_boot_ms(p->env.clock);
    size_t due = 0;

    for (size_t i = 0; i < p->n; i++) {
        struct poll_feed *f = &p->feeds[i];

        if (!poll_feed_is_due(f, now))
            continue;
        poll_feed_queue(f, cycle);
        due++;
    }
    return due;
}

/* A page or another address: at the next turn, for its last transfer still ends. */
static void
on_queued(void *self)
{
    struct poll *p = self;

    timer_set(p->next, clock_boot_ms(p->env.clock));
}

static int
on_next(void *self)
{
    poll_go(self);
    return 0;
}

void
poll_go(struct poll *p)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->feeds[i].flight == QUEUED && !p->feeds[i].edgar)
            poll_feed_start(&p->feeds[i]);
    (void)on_gap(p);
}

/* ---- life ---------------------------------------------------------------------- */

static void
warn_contact(const struct poll *p)
{
    size_t skipped = 0;

    for (size_t i = 0; i < p->n; i++)
        skipped += p->feeds[i].skipped && p->feeds[i].conf->enabled;
    if (skipped > 0)
        log_warn(
            p->env.log, "EDGAR-SKIPPED", kv_int("feeds", (int64_t)skipped),
            kv_str("why", "the SEC asks for a contact: set catalyst.edgar_contact"));
}

static void
make_agent(struct poll *p)
{
    const struct conf *c = p->env.conf;

    conf_agent_with_contact(c, c->ingest.user_agent, p->edgar_agent,
                            sizeof(p->edgar_agent));
}

static void
add_feed(struct poll *p, const struct conf_feed *conf)
{
    struct poll_feed *f = &p->feeds[p->n++];

    *f = (struct poll_feed){
        .env = &p->env, .conf = conf, .http = p->http, .queued = on_queued, .self = p};
    check_contact(p, f);
    f->agent = f->edgar ? p->edgar_agent : p->env.conf->ingest.user_agent;
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
    p->next = timer_new(env->loop, on_next, p);
    rc = p->feeds == NULL || p->gap == NULL || p->next == NULL ? ERR_NOMEM : 0;
    make_agent(p);
    if (rc == 0)
        rc = http_new(&p->http, env->loop, env->log, (int)n + 1);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        add_feed(p, &env->conf->feeds[i]);
        rc = poll_feed_load(&p->feeds[i]);
    }
    if (rc == 0)
        crash_mark_clear(env->mark); /* it is counted */
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
    timer_free(&p->next);
    free(p->feeds);
    free(p);
    *pp = NULL;
}

void
poll_write(const struct poll *p, struct jsonw *w)
{
    jw_array(w, "feeds");
    for (size_t i = 0; i < p->n; i++)
        poll_feed_write(&p->feeds[i], w);
    jw_end(w);
}
