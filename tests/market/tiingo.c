/* Tiingo's IEX endpoint: a list of quotes for who brings a key. */
#include "base/str.h"
#include "market.h"
#include "tape.h"

enum { TICKERS_TEXT = 2048, TICKER_TEXT = 16 };

static void
put_quote(const struct market *m, const struct listing *l, struct jsonw *w)
{
    int64_t open_s, close_s, now_ms = clock_wall_ms(m->clock);
    char at[CLOCK_ISO_SIZE];
    struct tape t;

    tape_session(now_ms, &open_s, &close_s);
    tape_run(l, open_s, close_s, now_ms / 1000, &t);
    clock_iso(1000 * (t.n > 0 ? t.now_s : t.open_s), at, sizeof at);
    jw_object(w, NULL);
    jw_str(w, "ticker", l->symbol);
    jw_str(w, "timestamp", at);
    jw_num(w, "tngoLast", (double)t.last / 10000.0);
    jw_null(w, "last"); /* few small listings trade at IEX */
    jw_int(w, "volume", t.volume / 50);
    jw_num(w, "prevClose", (double)l->prev_close / 10000.0);
    jw_end(w);
}

/* Who is not listed is left out. */
void
tiingo_iex(struct market *m, const struct request *r, struct answer *a)
{
    char tickers[TICKERS_TEXT];
    const char *cursor = tickers, *piece;
    struct jsonw w;
    size_t n;

    if (!str_starts(r->authorization, "Token ") || strlen(r->authorization) < 8) {
        answer_text(a, 401, "application/json",
                    "{\"detail\":\"Please supply a token\"}");
        return;
    }
    request_arg(r, "tickers", tickers, sizeof tickers);
    jsonw_init(&w, &a->body);
    jw_array(&w, NULL);
    while ((piece = str_piece(&cursor, ",", &n)) != NULL) {
        char ticker[TICKER_TEXT];
        const struct listing *l;

        (void)str_copyn(ticker, sizeof ticker, piece, n);
        if ((l = universe_find(m->universe, str_upper(ticker))) != NULL)
            put_quote(m, l, &w);
    }
    jw_end(&w);
}
