#include "monitor/cli/ask.h"

#include "base/clock.h"
#include "base/str.h"
#include "wire/loop.h"
#include "wire/net.h"

#include <assert.h>

static const char *const stages[] = {"ingest",  "collector", "classifier",
                                     "alerter", "monitor",   NULL};

struct asking;

/* One question under way. */
struct line {
    struct asking *asking;
    const struct question *question;
    struct answer *answer;
    void *socket;
    bool sent;
};

struct asking {
    struct clock clock;
    struct loop *loop;
    struct net *net;
    struct timer *meet;
    struct timer *late;
    int64_t answer_ms;
    size_t open; /* lines without an answer */
    size_t n;
    struct line lines[ASK_MAX];
};

const char *const *
ask_stages(void)
{
    return stages;
}

static void
line_end(struct line *l, int rc)
{
    l->answer->rc = rc;
    if (l->socket != NULL)
        loop_unwatch_socket(l->asking->loop, l->socket);
    l->question = NULL;
    if (--l->asking->open == 0)
        loop_stop(l->asking->loop);
}

static void
line_take(struct line *l, const struct msg *m)
{
    const struct msg_answer *a = m->body;

    if (m->type != MSG_answer)
        return;
    l->answer->ok = a->ok;
    l->answer->json = json_parse(a->json, strlen(a->json), NULL);
    line_end(l, l->answer->json != NULL ? 0 : ERR_SYNTAX);
}

static int
on_line_in(void *self)
{
    struct line *l = self;
    struct msg m = {MSG_none, NULL};

    while (l->question != NULL && net_recv(l->socket, NULL, &m, NULL) != ERR_AGAIN) {
        line_take(l, &m);
        msg_free(&m);
    }
    return 0;
}

/* The socket can be written to as soon as the stage is there. */
static int
on_line_out(void *self)
{
    struct line *l = self;
    struct msg_ask ask = {
        .seq = 1, .command = l->question->command, .args = l->question->args};

    if (net_send(l->socket, MSG_ask, &ask) != 0)
        return 0;
    l->sent = true;
    timer_set(l->asking->late, clock_boot_ms(&l->asking->clock) + l->asking->answer_ms);
    return loop_watch_socket(l->asking->loop, l->socket, LOOP_IN, on_line_in, l);
}

static int
on_meet(void *self)
{
    struct asking *a = self;

    for (size_t i = 0; i < a->n; i++)
        if (a->lines[i].question != NULL && !a->lines[i].sent)
            line_end(&a->lines[i], ERR_CLOSED);
    return 0;
}

static int
on_late(void *self)
{
    struct asking *a = self;

    for (size_t i = 0; i < a->n; i++)
        if (a->lines[i].question != NULL && a->lines[i].sent)
            line_end(&a->lines[i], ERR_TIMEOUT);
    return 0;
}

static int
line_open(struct asking *a, const struct question *q, struct answer *out,
          struct why *why)
{
    struct line *l = &a->lines[a->n++];
    enum endpoint ep = net_control_of(q->stage);
    int rc;

    *l = (struct line){.asking = a, .question = q, .answer = out};
    *out = (struct answer){.stage = q->stage};
    a->open++;
    if (ep == EP_COUNT)
        return why_set(why, ERR_NOT_FOUND, "no stage \"%s\"", q->stage);
    if ((rc = net_connect(a->net, ep, &l->socket, why)) != 0)
        return rc;
    return loop_watch_socket(a->loop, l->socket, LOOP_OUT, on_line_out, l);
}

static int
run(struct asking *a, const struct question *questions, size_t n,
    struct ask_times times, struct answer *out, struct why *why)
{
    int rc = 0;

    a->answer_ms = times.answer_ms;
    for (size_t i = 0; i < n && rc == 0; i++)
        rc = line_open(a, &questions[i], &out[i], why);
    if (rc != 0 || n == 0)
        return rc;
    timer_set(a->meet, clock_boot_ms(&a->clock) + times.meet_ms);
    return loop_run(a->loop);
}

int
ask_all(const struct conf *conf, const struct question *questions, size_t n,
        struct ask_times times, struct answer *out, struct why *why)
{
    struct asking a = {.n = 0};
    int rc = ERR_NOMEM;

    assert(n <= ASK_MAX);
    memset(out, 0, n * sizeof *out);
    a.loop = loop_new(&a.clock);
    if (a.loop != NULL) {
        a.meet = timer_new(a.loop, on_meet, &a);
        a.late = timer_new(a.loop, on_late, &a);
    }
    if (a.meet != NULL && a.late != NULL)
        rc = net_open(&a.net, conf, NULL, why);
    if (rc == 0)
        rc = run(&a, questions, n, times, out, why);
    if (a.meet != NULL)
        timer_free(&a.meet);
    if (a.late != NULL)
        timer_free(&a.late);
    loop_free(&a.loop);
    net_close(&a.net);
    return rc;
}

void
answers_free(struct answer *answers, size_t n)
{
    for (size_t i = 0; i < n; i++)
        json_free(&answers[i].json);
}

int
ask_every(const struct conf *conf, const char *command, struct ask_times times,
          struct answer *out, struct why *why)
{
    struct question questions[ASK_MAX];
    size_t n = 0;
    int rc;

    for (; stages[n] != NULL; n++)
        questions[n] = (struct question){stages[n], command, ""};
    rc = ask_all(conf, questions, n, times, out, why);
    return rc != 0 ? rc : (int)n;
}

const char *
answer_error(const struct answer *a)
{
    if (a->rc == ERR_CLOSED)
        return "it is not running";
    if (a->rc == ERR_TIMEOUT)
        return "it did not answer in time";
    return a->rc != 0 ? err_str(a->rc)
                      : json_text(json_get(a->json, "error"), "refused");
}
