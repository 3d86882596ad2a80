#include "classifier/stage.h"

#include "base/stat.h"
#include "base/str.h"
#include "classifier/gates.h"
#include "classifier/score.h"
#include "classifier/score_json.h"
#include "wire/sender.h"
#include "wire/watch.h"

#include <assert.h>

enum {
    TURN_MAX = 64,     /* candidates scored before other handlers get their turn */
    SENDER_FULL = 256, /* kept verdicts at which reading stops */
    DRAIN_MS = 5000    /* then what the alerter did not take is left to ingest */
};

enum counter {
    CANDIDATES,
    ALERTS,
    ALERTS_NEGATIVE,
    REJECTS,
    FRAMES_BAD,
    UNSENT,
    LINES_LOST,
    RELOADS,
    RELOADS_BAD,
    SENT_BACK,
    COUNTERS
};

static const struct stat_row counter_rows[COUNTERS] = {
    [CANDIDATES] = {"candidates_total", STAT_COUNTER, "Candidates scored."},
    [ALERTS] = {"alerts_total", STAT_COUNTER, "Candidates that alert."},
    [ALERTS_NEGATIVE] = {"alerts_negative_total", STAT_COUNTER, "Alerts on bad news."},
    [REJECTS] = {"rejects_total", STAT_COUNTER, "Candidates a gate stopped."},
    [FRAMES_BAD] = {"frames_bad_total", STAT_COUNTER, "Messages that were malformed."},
    [UNSENT] = {"verdicts_unsent_total", STAT_COUNTER,
                "Verdicts that could not be packed; ingest sends them again."},
    [LINES_LOST] = {"evidence_lost_total", STAT_COUNTER,
                    "Verdicts whose explanation is not complete."},
    [RELOADS] = {"reloads_total", STAT_COUNTER, "Times the weights were loaded anew."},
    [RELOADS_BAD] = {"reloads_bad_total", STAT_COUNTER,
                     "Times they were not, and the old ones stayed."},
    [SENT_BACK] = {"sent_back_total", STAT_COUNTER,
                   "Candidates that other weights had made sure of, asked for again."},
};

enum { GATES_MAX = 16 };

struct stage {
    struct proc *proc;
    struct weights weights;
    struct rules rules;
    char stamp[WEIGHTS_HASH]; /* of both */
    void *in;                 /* owned by the net */
    struct sender *sender;
    struct watch *file; /* of the weights; NULL: none, or it cannot be watched */
    bool reading;
    int64_t drain_until_ms; /* boot clock; 0: not draining */
    int64_t last_total;     /* for the rate of the last second */
    double rate_per_s;
    int64_t counters[COUNTERS];
    int64_t rejects[GATES_MAX]; /* by gate */
    struct verdict verdict;     /* of the candidate at hand */
};

static int on_enriched(void *self);

/* ---- scoring ----------------------------------------------------------------- */

static void
count(struct stage *s, const struct verdict *v)
{
    s->counters[CANDIDATES]++;
    s->counters[v->alert ? ALERTS : REJECTS]++;
    s->counters[ALERTS_NEGATIVE] += v->alert && v->negative;
    for (size_t i = 0; i < n_gate_rows && !v->alert; i++)
        s->rejects[i] += str_eq(gate_rows[i].name, v->reason);
}

static struct msg_scored
scored_of(const struct stage *s, const struct msg_enriched *in)
{
    const struct verdict *v = &s->verdict;

    return (struct msg_scored){
        .id = in->id,
        .item = in->item,
        .ticker = in->ticker,
        .cycle = in->cycle,
        .feed = in->feed,
        .kind = in->kind,
        .form = in->form,
        .filing = in->filing,
        .title = in->title,
        .summary = in->summary,
        .link = in->link,
        .weights = s->weights.hash,
        .follows = in->follows,
        .former = in->former,
        .former_link = in->former_link,
        .watched = in->watched,
        .published_ms = in->published_ms,
        .seen_ms = in->seen_ms,
        .sent_ms = in->sent_ms,
        .epoch = in->epoch,
        .revision = in->revision,
        .final = in->final,
        .accepted_ms = in->accepted_ms,
        .joined_ms = in->joined_ms,
        .scored_ms = clock_wall_ms(&s->proc->clock),
        .verdict = v->alert ? "alert" : "reject",
        .reason = v->reason,
        .score = v->score,
        .sentiment = v->sentiment,
        .categories = v->categories,
        .metrics = in->metrics,
        .n_metrics = in->n_metrics,
    };
}

static void
publish(struct stage *s, const struct msg_scored *out)
{
    const struct msg_decided event = {
        .id = out->id,
        .ticker = out->ticker,
        .verdict = out->verdict,
        .reason = out->reason,
        .title = out->title,
        .score = out->score,
        .cycle = out->cycle,
    };
    int rc = sender_put(s->sender, MSG_scored, out);

    if (rc != 0) {
        s->counters[UNSENT]++;
        log_error(s->proc->log, "VERDICT-UNSENT", kv_str("id", out->id),
                  kv_int("cycle", out->cycle), kv_str("ticker", out->ticker),
                  kv_str("why", err_str(rc)));
        return;
    }
    proc_event(s->proc, MSG_decided, &event);
    log_debug(s->proc->log, "DECIDED", kv_str("id", out->id),
              kv_int("cycle", out->cycle), kv_str("ticker", out->ticker),
              kv_str("verdict", out->verdict), kv_str("reason", out->reason),
              kv_num("score", out->score));
}

/* What other weights or thresholds made sure of is not sure here: once more, and then
 * everything is asked. */
static void
send_back(struct stage *s, const struct msg_enriched *in)
{
    const struct msg_again m = {.id = in->id, .why = "other weights or thresholds"};

    s->counters[SENT_BACK]++;
    if (s->proc->done == NULL || sender_put(s->proc->done, MSG_again, &m) != 0)
        s->counters[UNSENT]++; /* it comes again by itself, later */
}

static void
score_one(struct stage *s, const struct msg_enriched *in)
{
    struct msg_evidence evidence[VERDICT_LINES];
    struct msg_scored out;

    if (!str_empty(in->stamp) && !str_eq(in->stamp, s->stamp)) {
        send_back(s, in);
        return;
    }
    if (classify(&s->weights, &s->rules, in, &s->verdict) != 0)
        s->counters[LINES_LOST]++;
    count(s, &s->verdict);
    out = scored_of(s, in);
    out.evidence = evidence;
    out.n_evidence = verdict_evidence(&s->verdict, evidence, VERDICT_LINES);
    publish(s, &out);
}

/* false: nothing was there. */
static bool
read_one(struct stage *s)
{
    struct msg msg = {0};
    struct why why = {""};
    int rc = net_recv(s->in, NULL, &msg, &why);

    if (rc == ERR_AGAIN)
        return false;
    if (rc == 0 && msg.type == MSG_enriched) {
        score_one(s, msg.body);
    } else {
        s->counters[FRAMES_BAD]++;
        log_warn(s->proc->log, "MSG-BAD", kv_str("endpoint", "enriched"),
                 kv_str("why", rc == 0 ? "not of this endpoint" : why.text));
    }
    msg_free(&msg);
    return true;
}

/* ---- the flow ---------------------------------------------------------------- */

static int
set_reading(struct stage *s, bool on)
{
    if (s->reading == on)
        return 0;
    s->reading = on;
    if (on)
        return loop_watch_socket(s->proc->loop, s->in, LOOP_IN, on_enriched, s);
    loop_unwatch_socket(s->proc->loop, s->in);
    return 0;
}

static int
on_enriched(void *self)
{
    struct stage *s = self;

    for (int i = 0; i < TURN_MAX && !sender_is_full(s->sender); i++) {
        if (!read_one(s))
            break;
    }
    return sender_is_full(s->sender) ? set_reading(s, false) : 0;
}

static void
end_if_drained(struct stage *s)
{
    if (s->drain_until_ms > 0 && (sender_depth(s->sender) == 0 ||
                                  clock_boot_ms(&s->proc->clock) >= s->drain_until_ms))
        proc_quit(s->proc);
}

static int
on_room(void *self)
{
    struct stage *s = self;

    end_if_drained(s);
    return set_reading(s, s->drain_until_ms == 0);
}

/* ---- what the operator may ask ------------------------------------------------ */

static void
stage_stats(void *self, struct jsonw *w)
{
    struct stage *s = self;
    int64_t now = clock_boot_ms(&s->proc->clock);

    jw_array(w, "queues");
    jw_object(w, NULL);
    jw_str(w, "name", "scored");
    jw_int(w, "depth", (int64_t)sender_depth(s->sender));
    jw_num(w, "oldest_s", (double)sender_oldest_ms(s->sender, now) / 1000.0);
    jw_num(w, "rate_per_s", s->rate_per_s);
    jw_end(w);
    jw_end(w);
    jw_str(w, "weights", s->weights.hash);
    jw_object(w, "rejects");
    for (size_t i = 0; i < n_gate_rows; i++)
        jw_int(w, gate_rows[i].name, s->rejects[i]);
    jw_end(w);
    stat_write(w, counter_rows, s->counters, COUNTERS);
}

static void
stage_reload(void *self)
{
    struct stage *s = self;
    struct weights fresh;
    struct why why = {""};
    int rc = weights_load(s->proc->conf.classifier.weights, &fresh, &why);

    s->counters[rc == 0 ? RELOADS : RELOADS_BAD]++;
    if (rc != 0) {
        log_error(s->proc->log, "WEIGHTS-BAD", kv_str("why", why.text),
                  kv_str("kept", s->weights.hash));
        return;
    }
    s->weights = fresh;
    rules_stamp(&s->rules, &s->weights, s->stamp);
    log_info(s->proc->log, "WEIGHTS", kv_str("hash", fresh.hash));
}

static int
on_weights_file(void *self)
{
    stage_reload(self);
    return 0;
}

static int
stage_command(void *self, const char *command, const char *args, struct jsonw *w,
              struct control_token **token, struct why *why)
{
    struct stage *s = self;

    (void)token;
    if (!str_eq(command, "score"))
        return why_set(why, ERR_UNSUPPORTED, "no command \"%.40s\"", command);
    return score_json(&s->weights, &s->rules, args, strlen(args), w, why);
}

static void
stage_second(void *self)
{
    struct stage *s = self;

    s->rate_per_s = (double)(s->counters[CANDIDATES] - s->last_total);
    s->last_total = s->counters[CANDIDATES];
    end_if_drained(s);
}

/* What has arrived is still scored; what has not is sent again by ingest. */
static void
stage_drain(void *self)
{
    struct stage *s = self;

    s->drain_until_ms = clock_boot_ms(&s->proc->clock) + DRAIN_MS;
    while (!sender_is_full(s->sender) && read_one(s))
        continue;
    (void)set_reading(s, false); /* unwatching cannot fail */
    end_if_drained(s);
}

static const struct stage_ops stage_ops = {
    .stats = stage_stats,
    .command = stage_command,
    .second = stage_second,
    .drain = stage_drain,
    .reload = stage_reload,
};

/* ---- opening ----------------------------------------------------------------- */

static int
open_sockets(struct stage *s, struct why *why)
{
    struct net *net = s->proc->net;
    void *out = NULL;
    int rc = net_connect(net, EP_SCORED, &out, why);

    if (rc == 0)
        rc = sender_new(&s->sender, s->proc->loop, out, SENDER_FULL, on_room, s);
    if (rc == 0)
        rc = net_bind(net, EP_ENRICHED, &s->in, why);
    return rc != 0 ? rc : set_reading(s, true);
}

/* Without it a changed file waits for `reload`. */
static void
watch_weights(struct stage *s)
{
    const char *path = s->proc->conf.classifier.weights;
    struct why why = {""};

    if (!str_empty(path) &&
        watch_new(&s->file, s->proc->loop, path, on_weights_file, s, &why) != 0)
        log_warn(s->proc->log, "WEIGHTS-UNWATCHED", kv_str("why", why.text));
}

int
stage_open(struct stage **out, struct proc *p, struct why *why)
{
    struct stage *s = calloc(1, sizeof *s);
    int rc;

    *out = s;
    if (s == NULL)
        return why_set(why, ERR_NOMEM, "out of memory");
    assert(n_gate_rows <= GATES_MAX);
    s->proc = p;
    rc = weights_load(p->conf.classifier.weights, &s->weights, why);
    if (rc != 0 && rc != ERR_NOMEM)
        rc = ERR_CONFIG; /* the path is the operator's */
    if (rc == 0)
        rc = rules_open(&s->rules, &p->conf, why);
    if (rc == 0) {
        rules_stamp(&s->rules, &s->weights, s->stamp);
        rc = open_sockets(s, why);
    }
    if (rc != 0) {
        stage_close(out);
        return rc;
    }
    watch_weights(s);
    proc_serve(p, &stage_ops, s);
    return 0;
}

void
stage_close(struct stage **sp)
{
    struct stage *s = *sp;

    if (s == NULL)
        return;
    (void)set_reading(s, false); /* unwatching cannot fail */
    watch_free(&s->file);
    sender_free(&s->sender);
    rules_close(&s->rules);
    free(s);
    *sp = NULL;
}
