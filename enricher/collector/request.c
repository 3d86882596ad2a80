#include "enricher/collector/request.h"

#include "base/str.h"
#include "domain/symbols.h"
#include "enricher/collector/answer.h"
#include "enricher/collector/join.h"

struct wanted {
    char typed[64];
    struct known *known; /* NULL: cannot be a symbol */
    bool twice;          /* typed before: one key, once */
};

struct request {
    struct control_token *token;
    size_t n, open;
    int64_t asked_ms; /* wall clock */
    struct wanted wanted[];
};

static const struct msg_metric no_symbol = {.status = "empty",
                                            .why = "not a listing symbol",
                                            .unit = "",
                                            .klass = "UNKNOWN",
                                            .multiplier = 1.0,
                                            .detail_name = "",
                                            .source = ""};

static void
write_metric(struct jsonw *w, const char *name, const struct msg_metric *m)
{
    jw_object(w, name);
    jw_str(w, "status", m->status);
    if (answer_has_value(m))
        jw_num(w, "value", m->value);
    else
        jw_null(w, "value");
    jw_str(w, "unit", m->unit);
    jw_str(w, "class", m->klass);
    jw_num(w, "multiplier", m->multiplier);
    if (!str_empty(m->detail_name))
        jw_num(w, m->detail_name, m->detail);
    jw_str(w, "source", m->source);
    jw_int(w, "as_of_ms", m->as_of_ms);
    jw_str(w, "why", m->why);
    jw_end(w);
}

static void
write_wanted(struct collector *c, const struct wanted *t, int64_t asked_ms,
             struct jsonw *w)
{
    static const char *const names[METRIC_COUNT] = {
        [METRIC_FLOAT] = "float",
        [METRIC_VWAP] = "vwap",
        [METRIC_RVOL] = "rvol",
        [METRIC_PRICE] = "price",
    };
    struct msg_metric metrics[METRIC_COUNT];

    if (t->known != NULL)
        answer_metrics(c, t->known, asked_ms, asked_ms, metrics);
    jw_object(w, t->typed);
    for (int i = 0; i < METRIC_COUNT; i++)
        write_metric(w, names[i], t->known != NULL ? &metrics[i] : &no_symbol);
    jw_end(w);
}

static void
answer_all(struct collector *c, struct request *r)
{
    struct buf out;
    struct jsonw w;

    buf_init(&out, MSG_MAX_BYTES);
    jsonw_init(&w, &out);
    jw_object(&w, NULL);
    for (size_t i = 0; i < r->n; i++)
        if (!r->wanted[i].twice)
            write_wanted(c, &r->wanted[i], r->asked_ms, &w);
    jw_end(&w);
    control_answer(c->proc, &r->token, true, buf_str(&out));
    buf_free(&out);
    free(r);
}

void
request_ticker_done(struct collector *c, struct request *r, const struct known *n)
{
    (void)n;
    if (--r->open == 0)
        answer_all(c, r);
}

static size_t
count_pieces(const char *args)
{
    size_t n = 0, len;

    while (str_piece(&args, " ", &len) != NULL)
        n++;
    return n;
}

static void
read_wanted(struct collector *c, struct request *r, const char *args)
{
    char symbol[SYMBOL_SIZE];
    const char *piece;
    size_t len;

    while ((piece = str_piece(&args, " ", &len)) != NULL) {
        struct wanted *t = &r->wanted[r->n];

        (void)str_copyn(t->typed, sizeof t->typed, piece, len);
        if (symbol_canonical(t->typed, symbol))
            t->known = known_of(c->known, symbol);
        if (t->known != NULL)
            known_want(c->known, t->known);
        for (size_t i = 0; i < r->n; i++)
            t->twice = t->twice || str_eq(r->wanted[i].typed, t->typed);
        r->n++;
    }
}

int
request_start(struct collector *c, const char *args, struct control_token **token,
              struct why *why)
{
    size_t n = count_pieces(args);
    struct request *r;

    if (n > REQUEST_TICKERS)
        return why_set(why, ERR_TOO_BIG, "%zu tickers, at most %d", n, REQUEST_TICKERS);
    if ((r = calloc(1, sizeof *r + n * sizeof r->wanted[0])) == NULL)
        return ERR_NOMEM;
    r->asked_ms = clock_wall_ms(&c->proc->clock);
    r->token = *token;
    *token = NULL;
    read_wanted(c, r, args);
    r->open = 1; /* held open until all have been asked */
    for (size_t i = 0; i < r->n; i++) {
        if (r->wanted[i].known == NULL || r->wanted[i].twice)
            continue;
        r->open++;
        join_request(c, r, r->wanted[i].known);
    }
    request_ticker_done(c, r, NULL);
    return 0;
}
