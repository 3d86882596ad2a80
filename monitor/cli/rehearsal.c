#include "monitor/cli/rehearsal.h"

#include "base/str.h"
#include "classifier/metric_json.h"
#include "classifier/score.h"
#include "domain/watchlist.h"
#include "ingest/counts.h"
#include "ingest/intake.h"
#include "ingest/item_json.h"
#include "wire/db.h"
#include "wire/proc.h"

struct rehearsal {
    struct rehearsal_env env;
    struct clock clock;
    struct rules rules;
    struct symbols *symbols;
    struct noise *noise;
    struct map *watched;
    struct store *store;
    struct intake *intake;
    struct books books;
    int64_t counts[COUNTS];

    /* of the line in work */
    const struct json *metrics;
    const char *link;
    struct verdict verdicts[REHEARSAL_SETS];
    int rc;
    struct why why;
};

/* ---- one candidate ------------------------------------------------------------- */

static int
score(struct rehearsal *r, const struct msg_candidate *c)
{
    struct msg_metric metrics[METRIC_JSON_MAX];
    struct msg_enriched m = {
        .id = c->id,
        .item = c->item,
        .ticker = c->ticker,
        .feed = c->feed,
        .kind = c->kind,
        .form = c->form,
        .filing = c->filing,
        .title = c->title,
        .summary = c->summary,
        .link = c->link,
        .text = "",
        .follows = c->follows,
        .former = c->former,
        .former_link = c->former_link,
        .watched = c->watched,
        .published_ms = c->published_ms,
        .seen_ms = c->seen_ms,
        .final = true,
        .metrics = metrics,
    };
    const struct json *told = json_member(r->metrics, c->ticker);
    int rc;

    if (told == NULL && r->env.metrics != NULL)
        told = r->env.metrics(r->env.self, c->ticker);
    rc = metric_json_read(told, metrics, &m.n_metrics, &r->why);
    for (size_t i = 0; rc == 0 && i < r->env.n_sets; i++)
        rc = classify(&r->env.sets[i], &r->rules, &m, &r->verdicts[i]);
    return rc;
}

/* Keeps the first thing that went wrong with the line. */
static void
note(struct rehearsal *r, int rc)
{
    if (rc == 0 || r->rc != 0)
        return;
    r->rc = rc;
    if (str_empty(r->why.text))
        (void)why_set(&r->why, rc, "%s", err_str(rc));
}

static void
on_judged(void *self, const struct unit *u)
{
    struct rehearsal *r = self;
    struct rehearsed out = {
        .id = u->id,
        .ticker = u->ticker,
        .feed = u->feed,
        .title = u->title,
        .link = u->link,
        .seen_ms = u->seen_ms,
        .reason = u->reason,
        .rule = u->rule,
        .matched = u->matched,
    };
    struct msg m = {0};
    int rc = 0;

    if (u->body != NULL) {
        rc = msg_unpack(MSG_candidate, u->body, u->body_len, &m, &r->why);
        if (rc == 0)
            rc = score(r, m.body);
        out.n = r->env.n_sets;
        out.verdicts = r->verdicts;
    }
    note(r, rc);
    if (rc == 0)
        r->env.judged(r->env.self, &out);
    msg_free(&m);
}

/* ---- one line ------------------------------------------------------------------ */

/* The feed it came from, or one without any rules of its own. */
static struct conf_feed
feed_of(const struct rehearsal *r, const struct item_origin *from,
        const struct item *it)
{
    struct conf_feed feed = {.enabled = true};

    for (size_t i = 0; i < r->env.conf->n_feeds; i++)
        if (str_eq(r->env.conf->feeds[i].name, from->feed))
            return r->env.conf->feeds[i];
    (void)str_copy(feed.name, sizeof feed.name, from->feed);
    (void)str_copy(feed.kind, sizeof feed.kind, item_kind_name(it->kind));
    return feed;
}

static int
judge(struct rehearsal *r, const struct json *root)
{
    struct item_origin from;
    struct conf_feed feed;
    struct item it;
    int rc = item_json_read(root, &it, &from, &r->why);

    if (rc != 0)
        return rc;
    feed = feed_of(r, &from, &it);
    r->metrics = json_member(root, "metrics");
    if (r->metrics != NULL && !json_is_object(r->metrics))
        return why_set(&r->why, ERR_TYPE, "metrics: want an object by ticker");
    rc = intake_item(r->intake, &feed, &it,
                     from.seen_ms > 0 ? from.seen_ms : clock_wall_ms(&r->clock));
    return rc != 0 ? why_set(&r->why, rc, "%s", store_error(r->store)) : 0;
}

int
rehearsal_line(struct rehearsal *r, const char *text, size_t n, struct why *why)
{
    struct json *root;

    r->rc = 0;
    r->why = (struct why){""};
    if ((root = json_parse(text, n, &r->why)) == NULL)
        r->rc = ERR_SYNTAX;
    else
        note(r, judge(r, root));
    json_free(&root);
    *why = r->why;
    return r->rc;
}

/* ---- the whole ----------------------------------------------------------------- */

static int
open_parts(struct rehearsal *r, struct why *why)
{
    const struct conf *conf = r->env.conf;
    const struct intake_env env = {
        .conf = conf,
        .clock = &r->clock,
        .store = r->store,
        .symbols = r->symbols,
        .noise = r->noise,
        .watched = r->watched,
        .books = &r->books,
        .counts = r->counts,
        .judged = on_judged,
        .self = r,
    };
    int rc = intake_new(&r->intake, &env);

    if (rc == 0 && (rc = store_begin(r->store)) != 0) /* never committed */
        rc = why_set(why, rc, "%s", store_error(r->store));
    return rc;
}

static int
open_symbols(struct rehearsal *r, struct why *why)
{
    char dir[CONF_TEXT + 32];

    if (!proc_symbols_path(r->env.conf, dir, sizeof dir))
        return why_set(why, ERR_TOO_BIG, "catalyst.symbols_dir is too long");
    return symbols_new(&r->symbols, dir, why);
}

int
rehearsal_open(struct rehearsal **out, const struct rehearsal_env *env, struct why *why)
{
    struct rehearsal *r = calloc(1, sizeof *r);
    int rc;

    *out = r;
    if (r == NULL)
        return why_set(why, ERR_NOMEM, "%s", err_str(ERR_NOMEM));
    r->env = *env;
    r->clock.offset_ms = (int64_t)(env->conf->clock.offset_s * 1000.0);
    if ((rc = rules_open(&r->rules, env->conf, why)) == 0 &&
        (rc = noise_new(&r->noise, why)) == 0 &&
        (rc = watchlist_new(&r->watched, env->conf->catalyst.watchlist, why)) == 0 &&
        (rc = open_symbols(r, why)) == 0 &&
        (rc = store_open(&r->store, DB_MEMORY, why)) == 0)
        rc = open_parts(r, why);
    if (rc != 0)
        rehearsal_close(out);
    return rc;
}

void
rehearsal_close(struct rehearsal **rp)
{
    struct rehearsal *r = *rp;

    *rp = NULL;
    if (r == NULL)
        return;
    intake_free(&r->intake);
    store_close(&r->store);
    symbols_free(&r->symbols);
    if (r->watched != NULL)
        map_free(&r->watched, NULL);
    noise_free(&r->noise);
    rules_close(&r->rules);
    free(r);
}
