#include "wire/control.h"

#include "base/str.h"

#include <unistd.h>

enum { CONTROL_TURN = 16 }; /* asks answered per wake-up */

struct control_token {
    struct peer peer;
    int64_t seq;
};

static void
answer(struct proc *p, const struct control_token *t, bool ok, const char *json)
{
    struct msg_answer a = {.seq = t->seq, .ok = ok, .json = json};

    if (net_send_to(p->control, &t->peer, MSG_answer, &a) == ERR_TOO_BIG) {
        a.ok = false;
        a.json = "{\"error\": \"the answer is larger than a message may be\"}";
        (void)net_send_to(p->control, &t->peer, MSG_answer, &a);
    } /* a peer that is gone wants no answer */
}

void
control_answer(struct proc *p, struct control_token **token, bool ok, const char *json)
{
    answer(p, *token, ok, json);
    free(*token);
    *token = NULL;
}

/* ---- built-in commands ----------------------------------------------------------- */

void
control_stats(struct proc *p, struct jsonw *w)
{
    int64_t now = clock_wall_ms(&p->clock);

    jw_object(w, NULL);
    jw_str(w, "stage", p->stage);
    jw_str(w, "name", p->name);
    jw_int(w, "pid", getpid());
    jw_str(w, "version", CATALYST_VERSION);
    jw_int(w, "started_ms", p->started_ms);
    jw_num(w, "uptime_s", (double)(now - p->started_ms) / 1000.0);
    jw_bool(w, "draining", p->draining);
    if (p->ops != NULL && p->ops->stats != NULL)
        p->ops->stats(p->self, w);
    jw_end(w);
}

static int
do_ping(struct proc *p, const char *args, struct jsonw *w, struct why *why)
{
    (void)args, (void)why;
    jw_str(w, "stage", p->stage);
    jw_int(w, "pid", getpid());
    return 0;
}

static int
do_log(struct proc *p, const char *args, struct jsonw *w, struct why *why)
{
    enum log_level level;

    if (log_level_parse(args, &level) != 0)
        return why_set(why, ERR_NOT_FOUND, "no log level \"%s\"", args);
    log_set_level(p->log, level);
    jw_str(w, "level", log_level_name(level));
    return 0;
}

static int
do_drain(struct proc *p, const char *args, struct jsonw *w, struct why *why)
{
    (void)args, (void)why;
    jw_bool(w, "draining", true);
    proc_drain(p);
    return 0;
}

static int
do_reload(struct proc *p, const char *args, struct jsonw *w, struct why *why)
{
    (void)args, (void)why;
    if (p->ops == NULL || p->ops->reload == NULL)
        return why_set(why, ERR_UNSUPPORTED, "%s has nothing to reload", p->stage);
    p->ops->reload(p->self);
    jw_bool(w, "reloaded", true);
    return 0;
}

static const struct command_row {
    const char *name;
    int (*run)(struct proc *p, const char *args, struct jsonw *w, struct why *why);
} commands[] = {
    {"ping", do_ping},
    {"log", do_log},
    {"drain", do_drain},
    {"reload", do_reload},
};

static int
run_command(struct proc *p, const struct msg_ask *ask, struct jsonw *w,
            struct control_token **token, struct why *why)
{
    for (size_t i = 0; i < STR_LEN(commands); i++)
        if (str_eq(commands[i].name, ask->command))
            return commands[i].run(p, ask->args, w, why);
    if (p->ops == NULL || p->ops->command == NULL)
        return why_set(why, ERR_UNSUPPORTED, "%s has no command \"%s\"", p->stage,
                       ask->command);
    return p->ops->command(p->self, ask->command, ask->args, w, token, why);
}

static void
write_error(struct buf *out, int rc, const struct why *why)
{
    struct jsonw w;

    buf_clear(out);
    jsonw_init(&w, out);
    jw_object(&w, NULL);
    jw_str(&w, "error", str_empty(why->text) ? err_str(rc) : why->text);
    jw_end(&w);
}

static void
on_one_ask(struct proc *p, const struct peer *peer, const struct msg_ask *ask)
{
    struct control_token *token = malloc(sizeof *token);
    struct buf out;
    struct jsonw w;
    struct why why = {""};
    int rc = 0;

    if (token == NULL)
        return;
    *token = (struct control_token){.peer = *peer, .seq = ask->seq};
    buf_init(&out, MSG_MAX_BYTES);
    jsonw_init(&w, &out);
    if (str_eq(ask->command, "stats")) {
        control_stats(p, &w);
    } else {
        jw_object(&w, NULL);
        rc = run_command(p, ask, &w, &token, &why);
        jw_end(&w);
    }
    if (rc == 0)
        rc = out.err;
    if (rc != 0)
        write_error(&out, rc, &why);
    if (token != NULL)
        control_answer(p, &token, rc == 0, buf_str(&out));
    buf_free(&out);
}

static int
on_control(void *self)
{
    struct proc *p = self;

    for (int i = 0; i < CONTROL_TURN; i++) {
        struct peer peer;
        struct msg m;
        struct why why = {""};
        int rc = net_recv(p->control, &peer, &m, &why);

        if (rc == ERR_AGAIN)
            break;
        if (rc != 0 || m.type != MSG_ask)
            log_warn(p->log, "MSG-BAD", kv_str("endpoint", "control"),
                     kv_str("why", rc != 0 ? why.text : "not an ask"));
        else
            on_one_ask(p, &peer, m.body);
        msg_free(&m);
    }
    return 0;
}

int
control_open(struct proc *p, struct why *why)
{
    enum endpoint ep = net_control_of(p->stage);
    int rc;

    if (ep == EP_COUNT)
        return 0;
    if ((rc = net_bind(p->net, ep, &p->control, why)) != 0)
        return rc;
    return loop_watch_socket(p->loop, p->control, LOOP_IN, on_control, p);
}
