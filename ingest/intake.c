#include "ingest/intake.h"

#include "base/buf.h"
#include "base/str.h"
#include "ingest/counts.h"
#include "ingest/crash_mark.h"
#include "ingest/feed.h"
#include "ingest/gate.h"
#include "ingest/item_json.h"
#include "ingest/page.h"
#include "ingest/retelling.h"
#include "ingest/subject.h"
#include "ingest/validators.h"
#include "wire/msg.h"

enum {
    MINUTE_MS = 60000,
    HOUR_MS = 3600000,
    RANK_LEVELS = 4 /* see preference() */
};

/* What one answer changes beside the store; applied when it is committed. */
struct gain {
    struct books books;
    int64_t entries, fresh, duplicates, rejected, candidates, nameless, unwanted;
    int64_t newest_ms, last_ms; /* of the entries: the newest, and the last one */
};

struct intake {
    struct intake_env env;
    struct item item;      /* the one in work: too large for the stack */
    struct buf body;       /* its packed candidate */
    struct retelling told; /* whether it was told before */
    int64_t now_ms;
    struct buf json;  /* the item as it is kept */
    struct gain gain; /* of the answer in work */
    int rc;           /* first database error of the answer in work */
};

int
intake_new(struct intake **out, const struct intake_env *env)
{
    struct intake *in = calloc(1, sizeof(*in));

    *out = in;
    if (in == NULL)
        return ERR_NOMEM;
    in->env = *env;
    buf_init(&in->body, MSG_MAX_BYTES);
    buf_init(&in->json, ITEM_JSON_MAX);
    return 0;
}

void
intake_free(struct intake **in)
{
    if (*in == NULL)
        return;
    buf_free(&(*in)->body);
    buf_free(&(*in)->json);
    free(*in);
    *in = NULL;
}

void
intake_symbols(struct intake *in, const struct symbols *symbols)
{
    in->env.symbols = symbols;
}

static void
keep_error(struct intake *in, int rc)
{
    if (rc < 0 && in->rc == 0)
        in->rc = rc;
}

/* ---- one unit ------------------------------------------------------------------ */

static void
unit_of(struct intake *in, const struct poll_answer *a, int64_t now_ms, struct unit *u)
{
    *u = (struct unit){
        .item = in->item.id,
        .feed = a->feed->name,
        .title = in->item.title,
        .link = in->item.link,
        .cycle = a->cycle,
        .seen_ms = now_ms,
        .published_ms = in->item.published_ms,
    };
}

/* A unit that exists already is what a crash between two runs left: it is kept. */
static bool
add_unit(struct intake *in, struct unit *u, const char *ticker)
{
    char id[STORE_ID];
    int rc;

    (void)str_fmt(id, sizeof(id), "%s/%s", in->item.id, ticker);
    u->id = id;
    u->ticker = ticker;
    rc = store_unit_add(in->env.store, u);
    if (rc != ERR_EXISTS)
        keep_error(in, rc);
    if (rc == 0 && in->env.judged != NULL)
        in->env.judged(in->env.self, u);
    return rc == 0;
}

static void
reject(struct intake *in, struct unit *u, const char *ticker,
       const struct gate_hit *hit)
{
    u->state = "rejected";
    u->reason = hit->reason;
    u->rule = hit->rule;
    u->matched = hit->matched;
    if (!add_unit(in, u, ticker))
        return;
    in->gain.rejected++;
    books_add(&in->gain.books, "rejected", hit->reason, 1);
    log_debug(in->env.log, "REJECT", kv_int("cycle", u->cycle),
              kv_str("ticker", ticker), kv_str("item", u->item),
              kv_str("reason", hit->reason), kv_str("rule", hit->rule),
              kv_str("matched", hit->matched));
}

static int
pack(struct intake *in, const struct unit *u, const char *ticker)
{
    const struct item *it = &in->item;
    char id[STORE_ID], filing[ITEM_ID];
    struct msg_candidate c = {
        .id = id,
        .item = it->id,
        .ticker = ticker,
        .cycle = u->cycle,
        .feed = u->feed,
        .kind = item_kind_name(it->kind),
        .form = it->form,
        .filing = filing,
        .title = it->title,
        .summary = it->summary,
        .link = it->link,
        .follows = retelling_follows(&in->told),
        .former = in->told.former,
        .former_link = in->told.former_link,
        .watched = u->watched,
        .published_ms = it->published_ms,
        .seen_ms = u->seen_ms,
    };

    (void)str_fmt(id, sizeof(id), "%s/%s", it->id, ticker);
    item_filing(it, filing);
    buf_clear(&in->body);
    return msg_pack(MSG_candidate, &c, &in->body);
}

static void
accept(struct intake *in, struct unit *u, const char *ticker)
{
    u->state = "waiting";
    u->reason = "";
    u->rule = retelling_follows(&in->told);
    u->matched = in->told.former;
    if (pack(in, u, ticker) != 0) {
        keep_error(in, ERR_NOMEM); /* nothing else can be wrong with our own text */
        return;
    }
    u->body = in->body.data;
    u->body_len = in->body.len;
    if (!add_unit(in, u, ticker))
        return;
    in->gain.candidates++;
    if (in->item.kind == ITEM_NEWS)
        keep_error(in, store_story_add(in->env.store, ticker, u->item, u->seen_ms,
                                       &in->told.story));
    log_info(in->env.log, "ITEM-NEW", kv_int("cycle", u->cycle),
             kv_str("ticker", ticker), kv_str("item", u->item), kv_str("feed", u->feed),
             kv_str("title", u->title));
}

/* ---- one item ------------------------------------------------------------------ */

/* The last gate: what comes here is written down if it passes. */
static const char *
find_told(void *self, const char *ticker)
{
    struct intake *in = self;
    int64_t since = in->now_ms - in->env.conf->ingest.story_h * HOUR_MS;

    keep_error(in, retelling_find(&in->told, in->env.store, &in->item, ticker, since));
    return *in->told.told_by == '\0' ? NULL : in->told.told_by;
}

static int64_t
max_age_ms(const struct intake *in, const struct conf_feed *f)
{
    int64_t by_kind = in->item.kind == ITEM_FILING
                          ? in->env.conf->ingest.filing_max_age_min
                          : in->env.conf->ingest.news_max_age_min;

    return (f->max_age_min > 0 ? f->max_age_min : by_kind) * MINUTE_MS;
}

static void
judge(struct intake *in, const struct poll_answer *a, int64_t now_ms)
{
    struct tickers t;
    const struct ticker *primary[TICKERS_PRIMARY];
    struct gate_hit hit;
    struct unit u;
    struct gate_view v = {
        .item = &in->item,
        .tickers = &t,
        .feed = a->feed->name,
        .now_ms = now_ms,
        .max_age_ms = max_age_ms(in, a->feed),
        .skip_sources = in->env.conf->ingest.skip_sources,
        .allow_otc = in->env.conf->ingest.allow_otc,
        .noise = in->env.noise,
        .told = find_told,
        .self = in,
    };

    subject_find(&in->item, in->env.symbols, &t);
    v.n_primary =
        subject_primary(&in->item, &t, in->env.conf->ingest.allow_otc, primary);
    unit_of(in, a, now_ms, &u);
    in->now_ms = now_ms;
    retelling_clear(&in->told);
    if (gate_item(&v, &hit)) {
        reject(in, &u, v.n_primary == 1 ? primary[0]->symbol : "", &hit);
        return;
    }
    for (size_t i = 0; i < v.n_primary; i++) {
        v.ticker = primary[i];
        v.symbol = symbols_find(in->env.symbols, v.ticker->symbol);
        v.watched = map_get(in->env.watched, v.ticker->symbol) != NULL;
        u.watched = v.watched;
        if (gate_candidate(&v, &hit))
            reject(in, &u, v.ticker->symbol, &hit);
        else
            accept(in, &u, v.ticker->symbol);
    }
}

/* ---- one answer ---------------------------------------------------------------- */

/* Filings come as several entries of one accession.  The wanted one is taken first, so
 * that the others are its duplicates: 0 issuer or filer with a symbol, 1 without, 2
 * other roles, 3 those of whom the filing is not about. */
static int
preference(const struct intake *in)
{
    const struct item *it = &in->item;

    if (it->kind != ITEM_FILING || it->rank == 0)
        return 0;
    if (it->rank > 2)
        return symbols_of_cik(in->env.symbols, it->cik) != NULL ? 0 : 1;
    return it->rank > ITEM_RANK_FILED_BY ? 2 : 3;
}

/* What cannot be written down whole is judged all the same. */
static void
keep_item(struct intake *in, const struct poll_answer *a, int64_t now_ms)
{
    buf_clear(&in->json);
    item_json_write(&in->item, a->feed->name, now_ms, &in->json);
    if (in->json.err == 0)
        keep_error(
            in, store_item_add(in->env.store, in->item.id, now_ms, buf_str(&in->json)));
}

static void
take_item(struct intake *in, const struct poll_answer *a, int64_t now_ms)
{
    struct item *it = &in->item;

    if (it->kind == ITEM_FILING && !item_form_wanted(it, a->feed->forms)) {
        in->gain.unwanted++;
        return;
    }
    if (store_seen(in->env.store, it->id)) {
        in->gain.duplicates++;
        keep_error(in, store_seen_still(in->env.store, it->id, now_ms));
        return;
    }
    keep_error(in, store_seen_add(in->env.store, it->id, now_ms));
    in->gain.fresh++;
    if (it->kind == ITEM_HALT && a->first)
        return; /* open halts stay listed for years: none of them is news */
    if (in->env.conf->ingest.record)
        keep_item(in, a, now_ms);
    judge(in, a, now_ms);
}

int
intake_item(struct intake *in, const struct conf_feed *feed, const struct item *item,
            int64_t now_ms)
{
    struct poll_answer a = {.feed = feed};

    in->rc = 0;
    in->gain = (struct gain){0};
    in->item = *item;
    take_item(in, &a, now_ms);
    return in->rc;
}

/* A halt, and then what came of it: when trading resumes is news of a halt that is
 * known, and part of it for one that is not. */
static void
take_halt(struct intake *in, const struct poll_answer *a, const struct feed_entry *e,
          int64_t now_ms)
{
    bool known = store_seen(in->env.store, in->item.id);

    take_item(in, a, now_ms);
    if (!item_resumes(e, &in->item))
        return;
    if (known)
        take_item(in, a, now_ms);
    else
        keep_error(in, store_seen_add(in->env.store, in->item.id, now_ms));
}

static void
take_entry(struct intake *in, const struct poll_answer *a, const struct feed_entry *e,
           int level)
{
    int64_t now_ms = clock_wall_ms(in->env.clock);

    if (item_from_entry(e, item_kind(a->feed->kind), a->feed->url, &in->item) != 0) {
        in->gain.nameless += level == 0;
        return;
    }
    if (in->item.published_ms > in->gain.newest_ms)
        in->gain.newest_ms = in->item.published_ms;
    in->gain.last_ms = in->item.published_ms;
    if (in->item.kind == ITEM_HALT)
        take_halt(in, a, e, now_ms);
    else if (preference(in) == level)
        take_item(in, a, now_ms);
}

static void
take_entries(struct intake *in, const struct poll_answer *a, const struct feed *feed)
{
    int levels = item_kind(a->feed->kind) == ITEM_FILING ? RANK_LEVELS : 1;

    for (int level = 0; level < levels; level++)
        for (size_t i = 0; i < feed->n && in->rc == 0; i++)
            take_entry(in, a, &feed->entries[i], level);
}

/* A full page whose last entry is as new as what was read before: what lies between is
 * on the next one.  The mark moves, and the validators count, when the last page is in:
 * until then a poll that ends early is made again from the top. */
static void
turn_page(struct intake *in, struct poll_answer *a, const struct feed *feed)
{
    int64_t mark = a->state->newest_ms;

    if (in->gain.newest_ms > a->newest_ms)
        a->newest_ms = in->gain.newest_ms;
    if (feed->broken)
        return;
    a->more = a->page_size > 0 && feed->n + feed->dropped >= a->page_size && mark > 0 &&
              in->gain.last_ms >= mark;
    if (a->more && a->page + 1 == PAGES_MAX) {
        in->env.counts[COUNT_PAGES_BOUND]++;
        log_warn(in->env.log, "PAGES-BOUND", kv_str("feed", a->feed->name),
                 kv_int("pages", PAGES_MAX));
        a->more = false;
    }
    if (a->more)
        validators_forget(a->state);
    else if (a->newest_ms > mark)
        a->state->newest_ms = a->newest_ms;
}

static void
note_health(struct intake *in, struct poll_answer *a, const struct feed *feed)
{
    in->env.counts[COUNT_ENTRIES] += (int64_t)feed->n;
    in->env.counts[COUNT_ENTRIES_DROPPED] += (int64_t)feed->dropped;
    in->env.counts[COUNT_FIELDS_CUT] += (int64_t)feed->cut;
    if (feed->broken) { /* the rest may come: without validators it is asked in full */
        in->env.counts[COUNT_BROKEN]++;
        log_warn(in->env.log, "FEED-BROKEN", kv_str("feed", a->feed->name),
                 kv_str("why", feed->why.text), kv_int("items", (int64_t)feed->n));
        validators_forget(a->state);
    }
    if (feed->n > 0)
        a->state->items_last = (int64_t)feed->n;
    a->entries = (int64_t)feed->n;
}

/* The answer is on disk: now it counts. */
static void
apply(struct intake *in, struct cycle *cycle)
{
    const struct gain *g = &in->gain;
    int64_t *counts = in->env.counts;

    counts[COUNT_NEW] += g->fresh;
    counts[COUNT_DUPLICATES] += g->duplicates;
    counts[COUNT_REJECTED] += g->rejected;
    counts[COUNT_CANDIDATES] += g->candidates;
    counts[COUNT_NAMELESS] += g->nameless;
    counts[COUNT_UNWANTED_FORMS] += g->unwanted;
    for (size_t i = 0; i < g->books.n; i++)
        books_add(in->env.books, g->books.rows[i].state, g->books.rows[i].reason,
                  g->books.rows[i].n);
    if (cycle == NULL)
        return;
    cycle->entries += g->entries;
    cycle->fresh += g->fresh;
    cycle->duplicates += g->duplicates;
    cycle->rejected += g->rejected;
    cycle->candidates += g->candidates;
}

static int
write_all(struct intake *in, struct poll_answer *a, const struct feed *feed)
{
    struct store *s = in->env.store;

    in->rc = 0;
    in->gain = (struct gain){.entries = (int64_t)feed->n};
    keep_error(in, store_begin(s));
    if (in->rc == 0)
        take_entries(in, a, feed);
    turn_page(in, a, feed);
    if (in->rc == 0)
        keep_error(in, store_feed_put(s, a->feed->name, a->feed->url, a->state));
    if (in->rc == 0)
        keep_error(in, store_commit(s));
    if (in->rc != 0)
        log_error(in->env.log, store_full(s) ? "DISK-FULL" : "DB-ERROR",
                  kv_str("feed", a->feed->name), kv_str("why", store_error(s)));
    if (in->rc != 0)
        store_rollback(s);
    return in->rc;
}

static int
take(struct intake *in, struct poll_answer *a, struct cycle *cycle, struct why *why)
{
    struct feed feed;
    int rc = feed_parse(a->body, a->len, &feed, why);

    if (rc != 0)
        return rc;
    note_health(in, a, &feed);
    rc = write_all(in, a, &feed);
    feed_free(&feed);
    if (rc != 0)
        return why_set(why, ERR_DB, "%s", store_error(in->env.store));
    apply(in, cycle);
    a->fresh = in->gain.fresh;
    return 0;
}

int
intake_take(struct intake *in, struct poll_answer *a, struct cycle *cycle,
            int64_t *added, struct why *why)
{
    struct crash_mark *mark = in->env.mark;
    int rc;

    *added = 0;
    if (mark != NULL && (rc = crash_mark_set(mark, a->feed->name, a->hash)) != 0)
        return why_set(why, rc, "the mark for a crash cannot be written");
    if ((rc = take(in, a, cycle, why)) == 0)
        *added = in->gain.candidates;
    if (mark != NULL)
        crash_mark_clear(mark);
    return rc;
}
