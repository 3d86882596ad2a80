#include "enricher/fetch.h"

#include "base/str.h"

enum { SMALL_BYTES = 16 << 10 }; /* of a document: parsed in a fraction of a ms */

struct fetch *
fetch_find(const struct worker *w, int64_t lease)
{
    struct fetch *f;

    LIST_FOREACH(f, &w->held, link)
    if (f->lease == lease)
        return f;
    return NULL;
}

static void
drop(struct fetch *f)
{
    LIST_REMOVE(f, link);
    f->worker->n_held--;
    free(f);
}

/* ---- the answer ---------------------------------------------------------------- */

static size_t
pack_facts(struct worker *w)
{
    for (size_t i = 0; i < w->facts.n; i++) {
        const struct fact *f = &w->facts.list[i];

        w->records[i] =
            (struct msg_fact){.ticker = f->ticker,
                              .name = fact_rows[f->id].name,
                              .status = f->status == FACT_OK ? "ok" : "empty",
                              .why = f->why,
                              .value = f->value,
                              .as_of_ms = f->as_of_ms};
    }
    return w->facts.n;
}

/* Sends the result and forgets the lease. */
static void
end(struct fetch *f, enum outcome outcome, struct msg_result *r)
{
    struct worker *w = f->worker;
    struct msg_fetched e = {.source = f->source->name,
                            .enricher = w->proc->name,
                            .status = outcome_name(outcome),
                            .http_status = r->http_status,
                            .elapsed_us = r->elapsed_us,
                            .tickers = (int64_t)f->n};

    r->lease = f->lease;
    r->source = e.source;
    r->status = e.status;
    drop(f); /* before it is said: an alive must not name it any more */
    link_send(w->link, MSG_result, r);
    proc_event(w->proc, MSG_fetched, &e); /* who watches can wait */
    worker_done(w, outcome);
}

static enum outcome
parse(struct fetch *f, const struct http_reply *reply, struct why *why)
{
    const char *tickers[FETCH_TICKERS];
    struct worker *w = f->worker;
    struct document d = {.body = reply->body,
                         .len = reply->body_len,
                         .status = reply->status,
                         .content_type = reply->content_type,
                         .url = reply->url,
                         .headers = reply->headers,
                         .now_ms = clock_wall_ms(&w->proc->clock)};
    int rc;

    for (size_t i = 0; i < f->n; i++)
        tickers[i] = f->tickers[i];
    rc = f->source->parse(&d, tickers, f->n, &w->facts, why);
    if (rc != 0)
        facts_clear(&w->facts); /* nothing in it counts */
    return outcome_of_parse(rc, &w->facts);
}

/* There is a document to parse, and the permit is free meanwhile: that is said at once,
 * unless the result will be there before anyone could have read it. */
static void
tell_landed(const struct fetch *f, const struct http_reply *reply)
{
    struct msg_landed landed = {.lease = f->lease, .elapsed_us = reply->elapsed_us};

    if (reply->body_len < SMALL_BYTES)
        link_put(f->worker->link, MSG_landed, &landed);
    else
        link_send(f->worker->link, MSG_landed, &landed);
}

static void
on_reply(void *self, const struct http_reply *reply)
{
    struct fetch *f = self;
    struct worker *w = f->worker;
    struct msg_result r = {.http_status = reply->status,
                           .bytes = (int64_t)reply->body_len,
                           .elapsed_us = reply->elapsed_us,
                           .cookie = w->facts.cookie,
                           .crumb = w->facts.crumb,
                           .facts = w->records};
    struct why why = {""};
    enum outcome outcome;

    f->call = NULL;
    if (reply->rc == 0 && reply->status == 200)
        tell_landed(f, reply);
    hist_add(&w->latency_us, reply->elapsed_us);
    w->stats[WS_BYTES] += (int64_t)reply->body_len;
    facts_clear(&w->facts);
    if (reply->rc == 0) {
        outcome = parse(f, reply, &why);
    } else {
        outcome = outcome_of_transfer(reply->rc);
        (void)why_set(&why, reply->rc, "%s: %s", err_str(reply->rc), reply->why);
    }
    r.why = why.text;
    r.retry_after_ms = reply->retry_after_ms > 0 ? reply->retry_after_ms : 0;
    r.text = w->facts.text == NULL ? "" : w->facts.text;
    r.n_facts = pack_facts(w);
    end(f, outcome, &r);
}

void
fetch_cancel(struct fetch *f, const char *why)
{
    struct worker *w = f->worker;
    struct msg_landed landed = {.lease = f->lease};
    struct msg_result r = {.why = why};

    http_cancel(w->http, &f->call);
    w->stats[WS_ABORTED]++;
    link_send(w->link, MSG_landed, &landed); /* its connection is closed */
    end(f, OUTCOME_CANCELLED, &r);
}

/* ---- the start ----------------------------------------------------------------- */

static void
reject(struct worker *w, const struct msg_lease *l, const char *why)
{
    struct msg_result r = {.lease = l->lease,
                           .source = l->source,
                           .status = outcome_name(OUTCOME_ERROR),
                           .why = why};

    log_warn(w->proc->log, "LEASE-REJECTED", kv_int("lease", l->lease),
             kv_str("source", l->source), kv_str("why", why));
    w->stats[WS_REJECTED]++;
    link_send(w->link, MSG_result, &r);
}

/* The texts of a request, while it is made. */
struct letter {
    char url[FETCH_URL];
    char agent[2 * CONF_TEXT];
    char accept[128], referer[128];
    char cookie[COOKIE_SIZE + 16];
    char auth[CONF_TEXT + 64];
};

static void
write_headers(const struct fetch *f, const struct msg_lease *l, struct letter *t,
              struct http_request *r)
{
    const struct conf_source *c = conf_source(&f->worker->proc->conf, f->source->name);
    size_t n = 0;

    (void)str_fmt(t->accept, sizeof t->accept, "Accept: %s", f->source->accept);
    r->headers[n++] = t->accept;
    r->headers[n++] = "Accept-Language: en-US,en;q=0.9";
    if (f->source->referer != NULL &&
        str_fmt(t->referer, sizeof t->referer, "Referer: %s", f->source->referer))
        r->headers[n++] = t->referer;
    if (!str_empty(l->cookie) &&
        str_fmt(t->cookie, sizeof t->cookie, "Cookie: %s", l->cookie))
        r->headers[n++] = t->cookie;
    if (f->source->auth != NULL && c != NULL &&
        str_fmt(t->auth, sizeof t->auth, "Authorization: %s %s", f->source->auth,
                c->key))
        r->headers[n++] = t->auth;
}

/* Where the source lives here, by configuration, and who is said to ask. */
static int
request(const struct fetch *f, const struct msg_lease *l, struct letter *t,
        struct http_request *r)
{
    const struct conf *conf = &f->worker->proc->conf;
    const struct conf_source *c = conf_source(conf, f->source->name);
    const char *base = c == NULL ? "" : c->base_url;
    const char *agent = c == NULL ? "" : c->user_agent;
    const char *tickers[FETCH_TICKERS];

    for (size_t i = 0; i < f->n; i++)
        tickers[i] = f->tickers[i];
    (void)str_copy(t->agent, sizeof t->agent, agent);
    if (f->source->wants_contact)
        conf_agent_with_contact(conf, agent, t->agent, sizeof t->agent);
    *r = (struct http_request){.url = t->url,
                               .user_agent = t->agent,
                               .timeout_ms = l->left_ms,
                               .max_bytes = f->source->max_bytes,
                               .is_head = f->source->is_head};
    write_headers(f, l, t, r);
    return f->source->url(str_empty(base) ? f->source->base_url : base, tickers, f->n,
                          l->crumb, t->url, sizeof t->url);
}

static int
begin(struct fetch *f, const struct msg_lease *l)
{
    struct letter t;
    struct http_request r;
    int rc = request(f, l, &t, &r);

    if (rc != 0)
        return rc;
    return http_start(f->worker->http, &r, on_reply, f, &f->call);
}

/* Why the lease makes no sense; NULL when it does. */
static const char *
nonsense(const struct worker *w, const struct msg_lease *l, const struct source *s)
{
    const struct conf_source *c = conf_source(&w->proc->conf, l->source);

    if (s == NULL)
        return "unknown source";
    if (c != NULL && !c->enabled)
        return "source is off here";
    if (s->brings == CREDENTIAL_NONE ? l->n_tickers < 1 : l->n_tickers > 0)
        return "number of tickers";
    if (l->n_tickers > FETCH_TICKERS || l->n_tickers > (size_t)s->batch_max)
        return "number of tickers";
    if (l->left_ms <= 0)
        return "no time left";
    return NULL;
}

static bool
take_tickers(struct fetch *f, const struct msg_lease *l)
{
    size_t used = 0;

    for (f->n = 0; f->n < l->n_tickers; f->n++) {
        const char *ticker = l->tickers[f->n].ticker;

        if (!str_copy(f->tickers[f->n], SUBJECT_SIZE, ticker))
            return false;
        (void)str_fmt(f->asked + used, sizeof f->asked - used, "%s%s",
                      f->n > 0 ? " " : "", ticker);
        used += strlen(f->asked + used);
    }
    return true;
}

void
fetch_start(struct worker *w, const struct msg_lease *l)
{
    const struct source *s = source_find(l->source);
    const char *bad = nonsense(w, l, s);
    struct fetch *f = bad == NULL ? calloc(1, sizeof *f) : NULL;
    int rc;

    if (f == NULL) {
        reject(w, l, bad == NULL ? err_str(ERR_NOMEM) : bad);
        return;
    }
    f->worker = w;
    f->lease = l->lease;
    f->source = s;
    if (!take_tickers(f, l))
        bad = "ticker too long";
    LIST_INSERT_HEAD(&w->held, f, link);
    w->n_held++;
    if (bad == NULL && (rc = begin(f, l)) != 0)
        bad = rc == ERR_AGAIN ? "more leases than credit" : err_str(rc);
    if (bad != NULL) {
        drop(f);
        reject(w, l, bad);
    }
}
