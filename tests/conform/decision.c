/* From an item to alert or skip: the gates of ingest, then those of the classifier. */
#include "base/str.h"
#include "base/text.h"
#include "classifier/gates.h"
#include "ingest/gate.h"
#include "tests/conform/conform.h"
#include "tests/conform/reader.h"

#include <math.h>

enum { MINUTE_MS = 60000 };

/* One case, with what its parts need. */
struct trial {
    const struct json *item, *state, *config;
    struct symbols *symbols; /* owned */
    struct noise *noise;     /* owned */
    struct item story;
    struct tickers tickers;
};

static const char *
text_in(const struct json *object, const char *key)
{
    return json_text(json_member(object, key), "");
}

/* A case writes its settings beside what is known of the item, or apart. */
static const struct json *
setting(const struct trial *t, const char *key)
{
    const struct json *own = json_member(t->state, key);

    return own != NULL ? own : json_member(t->config, key);
}

static int64_t
time_in(const struct json *object, const char *key)
{
    int64_t ms;

    return text_time(text_in(object, key), &ms) == 0 ? ms : 0;
}

static int
trial_open(struct trial *t, const struct json *input)
{
    struct why why;
    int rc;

    *t = (struct trial){.item = json_member(input, "item"),
                        .state = json_member(input, "state"),
                        .config = json_member(input, "config")};
    if ((rc = symbols_new(&t->symbols, NULL, &why)) != 0)
        return rc;
    if ((rc = noise_new(&t->noise, &why)) != 0)
        symbols_free(&t->symbols);
    return rc;
}

static void
trial_close(struct trial *t)
{
    noise_free(&t->noise);
    symbols_free(&t->symbols);
}

/* ---- ingest ---- */

/* A filing names its filer, whose symbol the case gives. */
static void
read_story(struct trial *t)
{
    bool filing = str_starts(text_in(t->item, "source"), "sec_");

    t->story = (struct item){.kind = filing ? ITEM_FILING : ITEM_NEWS,
                             .published_ms = time_in(t->item, "ts")};
    (void)str_copy(t->story.title, sizeof t->story.title, text_in(t->item, "title"));
    (void)str_copy(t->story.link, sizeof t->story.link, text_in(t->item, "link"));
    (void)str_copy(t->story.summary, sizeof t->story.summary,
                   text_in(t->item, "summary"));
    if (filing) {
        t->tickers.list[t->tickers.n++] = (struct ticker){.sign = SIGN_CIK};
        (void)str_copy(t->tickers.list[0].symbol, SYMBOL_SIZE,
                       text_in(t->item, "ticker"));
        return;
    }
    tickers_title(&t->tickers, t->symbols, t->story.title);
    tickers_summary(&t->tickers, t->symbols, t->story.summary);
}

/* How old an item of its kind may be, in minutes. */
static int64_t
age_most(const struct trial *t)
{
    bool filing = t->story.kind == ITEM_FILING;

    return json_i64(
        setting(t, filing ? "MAX_SEC_FILING_AGE_MINUTES" : "MAX_ARTICLE_AGE_MINUTES"),
        0);
}

/* True if a candidate of the case's ticker goes on. */
static bool
is_candidate(struct trial *t)
{
    const struct ticker *primary[TICKERS_PRIMARY];
    struct gate_view view = {.item = &t->story,
                             .tickers = &t->tickers,
                             .feed = text_in(t->item, "source"),
                             .now_ms = time_in(t->config, "now"),
                             .skip_sources = json_text(setting(t, "SKIP_SOURCES"), ""),
                             .noise = t->noise};
    struct gate_hit hit;

    read_story(t);
    view.max_age_ms = age_most(t) * MINUTE_MS;
    view.n_primary =
        tickers_primary(&t->tickers, t->story.title, t->story.summary, primary);
    if (gate_item(&view, &hit))
        return false;
    for (size_t i = 0; i < view.n_primary; i++) {
        view.ticker = primary[i];
        view.symbol = symbols_find(t->symbols, view.ticker->symbol);
        if (str_eq(view.ticker->symbol, text_in(t->item, "ticker")))
            return !gate_candidate(&view, &hit);
    }
    return false;
}

/* ---- classifier ---- */

static bool
is_alert(const struct trial *t)
{
    const struct json *price = json_member(t->state, "price");
    struct msg_metric metrics[] = {
        {.name = "price",
         .status = price != NULL ? "ok" : "empty",
         .value = json_f64(price, NAN),
         .detail_name = ""},
        {.name = "rvol",
         .status = "empty",
         .detail_name = "avg_volume",
         .detail = json_f64(json_member(t->state, "avg_volume"), 0)},
    };
    struct verdict *verdict = calloc(1, sizeof *verdict);
    struct reader *r = calloc(1, sizeof *r);
    bool alert = false;

    if (verdict != NULL && r != NULL && reader_open(r, t->item, "summary") == 0) {
        struct view view = {&r->weights, &r->rules, &r->in, &r->reading};

        r->in.metrics = metrics;
        r->in.n_metrics = STR_LEN(metrics);
        r->rules.min_score = json_f64(setting(t, "MIN_SCORE"), 0);
        r->rules.min_sent_abs = json_f64(setting(t, "MIN_SENT_ABS"), 0);
        r->rules.price_ceiling = json_f64(setting(t, "PRICE_CEILING"), 0);
        r->rules.price_floor = json_f64(setting(t, "PRICE_FLOOR"), 0);
        r->rules.min_avg_volume = json_f64(setting(t, "MIN_AVG_VOLUME"), 0);
        r->reading.sentiment = json_f64(json_member(t->state, "sentiment"), 0);
        verdict->sentiment = r->reading.sentiment;
        verdict->score = json_f64(json_member(t->state, "score"), 0);
        gates_apply(&view, verdict);
        alert = verdict->alert;
        reader_close(r);
    }
    free(r);
    free(verdict);
    return alert;
}

/* What the store has seen never comes to a gate.  Nothing of one item reaches the next,
 * so the second of a sequence is like any other: it is left out. */
void
conform_decision(const struct json *input, struct jsonw *out)
{
    struct trial t;
    bool alert = false;

    if (trial_open(&t, input) == 0) {
        alert = !json_bool(json_member(t.state, "seen"), false) && is_candidate(&t) &&
                is_alert(&t);
        trial_close(&t);
    }
    jw_object(out, NULL);
    jw_str(out, "decision", alert ? "alert" : "skip");
    jw_end(out);
}
