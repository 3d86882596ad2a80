#include "enricher/collector/credential.h"

#include "base/str.h"
#include "enricher/collector/collector.h"
#include "enricher/collector/job.h"
#include "enricher/collector/lane.h"
#include "wire/db.h"

/* ---- one ------------------------------------------------------------------------ */

enum credential_part
credential_lacks(const struct credential *k)
{
    if (k->cookie[0] == '\0')
        return CREDENTIAL_COOKIE;
    return k->crumb[0] == '\0' ? CREDENTIAL_CRUMB : CREDENTIAL_NONE;
}

bool
credential_got(struct credential *k, const char *cookie, const char *crumb)
{
    enum credential_part lacks = credential_lacks(k);
    bool is_good = false;

    if (lacks == CREDENTIAL_COOKIE)
        is_good = !str_empty(cookie) && str_copy(k->cookie, sizeof k->cookie, cookie);
    else if (lacks == CREDENTIAL_CRUMB)
        is_good = !str_empty(crumb) && str_copy(k->crumb, sizeof k->crumb, crumb);
    if (is_good && lacks == CREDENTIAL_CRUMB) {
        k->version++;
        k->failed = 0;
    }
    return is_good;
}

static void
drop(struct credential *k)
{
    k->cookie[0] = k->crumb[0] = '\0';
}

void
credential_missed(struct credential *k, int64_t now_ms, enum status status,
                  const char *why)
{
    int64_t rest_ms = CREDENTIAL_REST_MS;

    for (int i = 0; i < k->failed && rest_ms < CREDENTIAL_REST_MAX_MS; i++)
        rest_ms *= 2;
    k->failed++;
    k->rest_ms =
        now_ms + (rest_ms < CREDENTIAL_REST_MAX_MS ? rest_ms : CREDENTIAL_REST_MAX_MS);
    k->status = status;
    str_fmt(k->why, sizeof k->why, "no crumb to be had: %.50s", why);
    drop(k); /* a cookie that brings no crumb may be the reason */
}

bool
credential_refused(struct credential *k, int64_t version, int64_t now_ms)
{
    if (version != k->version || credential_lacks(k) != CREDENTIAL_NONE)
        return false; /* another one has taken its place, or is about to */
    drop(k);
    if (++k->refused < 2)
        return false;
    credential_missed(k, now_ms, STATUS_LIMITED, "refused twice");
    return true;
}

void
credential_accepted(struct credential *k, int64_t version)
{
    if (version == k->version)
        k->refused = 0;
}

/* ---- on disk --------------------------------------------------------------------- */

int
credential_open_all(struct collector *c, struct why *why)
{
    struct db *db = known_db(c->known);
    struct db_stmt *s =
        db_prepare(db, "SELECT name, cookie, crumb FROM credential", why);
    int rc;

    if (s == NULL)
        return ERR_DB;
    while ((rc = db_step(s)) == 1)
        for (size_t i = 0; i < c->n_groups; i++) {
            struct credential *k = &c->groups[i].credential;

            if (!str_eq(c->groups[i].name, db_text(s, 0)))
                continue;
            (void)credential_got(k, db_text(s, 1), "");
            (void)credential_got(k, "", db_text(s, 2));
        }
    if (rc < 0)
        return why_set(why, rc, "%s", db_error(db));
    c->credentials =
        db_prepare(db, "INSERT OR REPLACE INTO credential VALUES(?, ?, ?)", why);
    return c->credentials == NULL ? ERR_DB : 0;
}

static void
save(struct collector *c, const struct group *g)
{
    db_bind_text(c->credentials, 1, g->name);
    db_bind_text(c->credentials, 2, g->credential.cookie);
    db_bind_text(c->credentials, 3, g->credential.crumb);
    if (db_run(c->credentials) < 0)
        log_warn(c->proc->log, "CACHE-UNSAVED",
                 kv_str("why", db_error(known_db(c->known))));
}

/* ---- who needs it, who brings it --------------------------------------------------
 */

bool
credential_lets(const struct lane *l)
{
    return !l->source->needs_crumb ||
           credential_lacks(&l->group->credential) == CREDENTIAL_NONE;
}

/* The source that brings the missing part; -1 when there is none, or it is off. */
static int
bringer(const struct collector *c, const struct credential *k)
{
    enum credential_part lacks = credential_lacks(k);

    for (size_t i = 0; i < n_sources; i++)
        if (lacks != CREDENTIAL_NONE && sources[i]->brings == lacks &&
            c->enabled >> i & 1 && &c->lanes[i].group->credential == k)
            return (int)i;
    return -1;
}

uint32_t
credential_bars(const struct collector *c, int64_t now_ms)
{
    uint32_t barred = 0;

    for (size_t i = 0; i < n_sources; i++) {
        const struct lane *l = &c->lanes[i];

        if (!credential_lets(l) && (l->group->credential.rest_ms > now_ms ||
                                    bringer(c, &l->group->credential) < 0))
            barred |= 1u << i;
    }
    return barred;
}

static bool
is_wanted(struct collector *c, const struct credential *k)
{
    for (size_t i = 0; i < n_sources; i++) {
        struct lane *l = &c->lanes[i];

        if (l->source->needs_crumb && &l->group->credential == k && lane_is_wanted(l))
            return true;
    }
    return false;
}

struct lane *
credential_due(struct collector *c, const struct credential *k, int64_t now_ms)
{
    int source = bringer(c, k);

    if (source < 0 || k->job != NULL || k->rest_ms > now_ms || !is_wanted(c, k))
        return NULL;
    return &c->lanes[source];
}

void
credential_write(struct collector *c, struct job *j, struct msg_lease *out)
{
    const struct source *s = sources[j->source];
    const struct credential *k = &c->lanes[j->source].group->credential;

    if (s->needs_crumb || s->brings == CREDENTIAL_CRUMB)
        out->cookie = k->cookie;
    if (s->needs_crumb)
        out->crumb = k->crumb;
    j->credential = k->version;
}

/* ---- what became of it ------------------------------------------------------------
 */

void
credential_sweep(struct collector *c, int64_t now_ms)
{
    uint32_t barred = credential_bars(c, now_ms);
    struct ask *a;

    for (size_t i = 0; i < n_sources; i++) {
        struct lane *l = &c->lanes[i];
        const struct credential *k = &l->group->credential;

        if ((barred >> i & 1) == 0)
            continue;
        while ((a = heap_first(l->asks)) != NULL)
            ask_fail(c, a, k->status, k->why);
        while ((a = heap_first(l->resting)) != NULL)
            ask_fail(c, a, k->status, k->why);
    }
}

void
credential_brought(struct collector *c, struct job *j, const struct msg_result *r,
                   enum status status)
{
    struct group *g = c->lanes[j->source].group;
    struct credential *k = &g->credential;
    const char *why = r == NULL ? "its enricher died" : r->why;

    if (k->job != j)
        return; /* of another time */
    k->job = NULL;
    if (status == STATUS_OK && r != NULL && credential_got(k, r->cookie, r->crumb)) {
        c->stats[CS_CREDENTIALS]++;
    } else {
        credential_missed(k, clock_boot_ms(&c->proc->clock),
                          status == STATUS_OK ? STATUS_ERROR : status, why);
        log_warn(c->proc->log, "CREDENTIAL-MISSED",
                 kv_str("source", sources[j->source]->name), kv_str("why", why));
    }
    save(c, g);
}

bool
credential_denied(struct collector *c, const struct job *j)
{
    struct group *g = c->lanes[j->source].group;
    bool twice;

    if (!sources[j->source]->needs_crumb)
        return sources[j->source]->brings == CREDENTIAL_NONE;
    c->stats[CS_CREDENTIALS_REFUSED]++;
    twice = credential_refused(&g->credential, j->credential,
                               clock_boot_ms(&c->proc->clock));
    log_info(c->proc->log, "CREDENTIAL-REFUSED", kv_str("group", g->name),
             kv_str("what", twice ? "twice in a row" : "renewed"));
    save(c, g);
    return twice;
}
