#include "options.h"

#include "base/err.h"
#include "base/str.h"

#include <argp.h>

enum key {
    KEY_LISTEN = 0x100,
    KEY_PORT_FILE,
    KEY_LATENCY,
    KEY_SEED,
    KEY_TICKERS,
    KEY_ITEMS,
    KEY_NOISE,
    KEY_MORE,
    KEY_MORE_EVERY,
    KEY_LIMITS,
    KEY_RATES,
    KEY_PHASES,
    KEY_CLOCK,
    KEY_FORMS,
    KEY_FAULTS,
    KEY_LOG,
    KEY_READY_FD,
    KEY_ERA,
    KEY_ENFORCE,
    KEY_MANNERS,
    KEY_COMPRESS,
    KEY_WEBHOOK_LIMIT
};

static const struct argp_option rows[] = {
    {"listen", KEY_LISTEN, "HOST:PORT", 0, "address; port 0 takes a free one", 0},
    {"port-file", KEY_PORT_FILE, "FILE", 0, "write the port into FILE", 0},
    {"latency", KEY_LATENCY, "seed|zero|FACTOR", 0, "service times (seed)", 0},
    {"seed", KEY_SEED, "N", 0, "of everything that is made up (1)", 0},
    {"tickers", KEY_TICKERS, "N", 0, "listed companies, up to 10000 (60)", 0},
    {"items", KEY_ITEMS, "N", 0, "stories of the first fetch (50)", 0},
    {"noise", KEY_NOISE, "N", 0, "stories to be dropped, besides (0)", 0},
    {"more", KEY_MORE, "N", 0, "stories in each later batch (0)", 0},
    {"more-every", KEY_MORE_EVERY, "SECONDS", 0, "time between batches (30)", 0},
    {"forms", KEY_FORMS, "8-K|mixed", 0, "of the filings made up (8-K)", 0},
    {"limits", KEY_LIMITS, "GROUP=N,...", 0, "most in flight (finviz=10,yahoo=15)", 0},
    {"era", KEY_ERA, "finviz=ERA", 0, "layout of the pages (finviz=2026)", 0},
    {"rates", KEY_RATES, "GROUP=N,...", 0, "most in a second (edgar=10)", 0},
    {"phases", KEY_PHASES, "GROUP=NxM,...", 0, "N at once for M round trips", 0},
    {"enforce", KEY_ENFORCE, "429|count", 0, "what a violation meets (count)", 0},
    {"manners", KEY_MANNERS, "on|off", 0, "user agents are judged (on)", 0},
    {"compress", KEY_COMPRESS, "on|off", 0, "for who accepts it (on)", 0},
    {"webhook-limit", KEY_WEBHOOK_LIMIT, "on|off", 0, "5 messages in 2 s (off)", 0},
    {"clock-offset", KEY_CLOCK, "SECONDS", 0, "added to the wall clock (0)", 0},
    {"faults", KEY_FAULTS, "FILE|ROWS", 0, "PREFIX:KIND[=ARG]:SHARE|COUNT,...", 0},
    {"log", KEY_LOG, "FILE", 0, "write each finished request as a JSON line", 0},
    {"ready-fd", KEY_READY_FD, "FD", 0, "write a line to FD when listening", 0},
    {0}};

int
options_latency(const char *text, double *out)
{
    double factor;

    if (str_eq(text, "seed"))
        factor = 1.0;
    else if (str_eq(text, "zero"))
        factor = 0.0;
    else if (str_f64(text, &factor) != 0 || factor < 0)
        return ERR_SYNTAX;
    *out = factor;
    return 0;
}

int
options_limits(const char *text, int limits[GROUP_COUNT])
{
    const char *piece;
    size_t n;

    while ((piece = str_piece(&text, ",&", &n)) != NULL) {
        char name[32], *equals;
        int64_t most;
        int g;

        str_copyn(name, sizeof name, piece, n);
        if ((equals = strchr(name, '=')) == NULL)
            return ERR_SYNTAX;
        *equals = '\0';
        g = group_find(name);
        if (g < 0 || str_i64(equals + 1, &most) != 0 || most < 0 || most > 1000000)
            return ERR_SYNTAX;
        limits[g] = (int)most;
    }
    return 0;
}

int
options_phases(const char *text, struct phases phases[GROUP_COUNT])
{
    const char *piece;
    size_t n;

    while ((piece = str_piece(&text, "&;", &n)) != NULL) {
        char row[256], *equals;
        int g;

        str_copyn(row, sizeof row, piece, n);
        if ((equals = strchr(row, '=')) == NULL)
            return ERR_SYNTAX;
        *equals = '\0';
        if ((g = group_find(row)) < 0 || phases_parse(equals + 1, &phases[g]) != 0)
            return ERR_SYNTAX;
    }
    return 0;
}

int
options_era(const char *text, const struct finviz_era **out)
{
    const struct finviz_era *era;

    if (!str_starts(text, "finviz="))
        return ERR_SYNTAX;
    if ((era = finviz_era_find(text + strlen("finviz="))) == NULL)
        return ERR_SYNTAX;
    *out = era;
    return 0;
}

/* The numbers with their places; every other option has its own reading. */
static bool
set_number(struct options *o, int key, int64_t n)
{
    const struct {
        int key;
        size_t *place;
        int64_t most;
    } numbers[] = {
        {KEY_TICKERS, &o->tickers, UNIVERSE_MAX},
        {KEY_ITEMS, &o->news.items, NEWS_MAX},
        {KEY_NOISE, &o->news.noise, NEWS_MAX},
        {KEY_MORE, &o->news.more, NEWS_MAX},
    };

    for (size_t i = 0; i < STR_LEN(numbers); i++)
        if (numbers[i].key == key) {
            *numbers[i].place = (size_t)n;
            return n >= (key == KEY_TICKERS) && n <= numbers[i].most;
        }
    if (key == KEY_SEED)
        o->news.seed = (uint64_t)n;
    else
        o->ready_fd = (int)n;
    return true;
}

static bool
set_choice(bool *place, const char *arg, const char *yes, const char *no)
{
    *place = str_eq(arg, yes);
    return *place || str_eq(arg, no);
}

static bool
set_seconds(struct options *o, int key, const char *arg)
{
    double s;

    if (str_f64(arg, &s) != 0)
        return false;
    if (key == KEY_CLOCK)
        o->clock_offset_s = s;
    else
        o->news.more_every_ms = (int64_t)(s * 1000.0);
    return key == KEY_CLOCK || s > 0;
}

static bool
set_text(struct options *o, int key, const char *arg)
{
    const struct {
        int key;
        const char **place;
    } texts[] = {
        {KEY_LISTEN, &o->listen},
        {KEY_PORT_FILE, &o->port_file},
        {KEY_LOG, &o->log},
        {KEY_FAULTS, &o->faults},
    };

    for (size_t i = 0; i < STR_LEN(texts); i++)
        if (texts[i].key == key) {
            *texts[i].place = arg;
            return true;
        }
    return false;
}

static bool
set(struct options *o, int key, const char *arg)
{
    int64_t n;

    if (set_text(o, key, arg))
        return true;
    if (key == KEY_LATENCY)
        return options_latency(arg, &o->latency) == 0;
    if (key == KEY_LIMITS)
        return options_limits(arg, o->limits) == 0;
    if (key == KEY_RATES)
        return options_limits(arg, o->rates) == 0;
    if (key == KEY_PHASES)
        return options_phases(arg, o->phases) == 0;
    if (key == KEY_ERA)
        return options_era(arg, &o->finviz_era) == 0;
    if (key == KEY_ENFORCE)
        return set_choice(&o->enforce_429, arg, "429", "count");
    if (key == KEY_MANNERS)
        return set_choice(&o->no_manners, arg, "off", "on");
    if (key == KEY_COMPRESS)
        return set_choice(&o->no_compression, arg, "off", "on");
    if (key == KEY_FORMS)
        return set_choice(&o->news.mixed, arg, "mixed", "8-K");
    if (key == KEY_WEBHOOK_LIMIT)
        return set_choice(&o->webhook_limit, arg, "on", "off");
    if (key == KEY_CLOCK || key == KEY_MORE_EVERY)
        return set_seconds(o, key, arg);
    return str_i64(arg, &n) == 0 && n >= 0 && set_number(o, key, n);
}

static error_t
on_option(int key, char *arg, struct argp_state *state)
{
    if (key == ARGP_KEY_ARG)
        argp_error(state, "unexpected argument \"%s\"", arg);
    if (key < KEY_LISTEN || key > KEY_WEBHOOK_LIMIT)
        return ARGP_ERR_UNKNOWN;
    if (set(state->input, key, arg))
        return 0;
    for (size_t i = 0; rows[i].name != NULL; i++)
        if (rows[i].key == key)
            argp_error(state, "--%s \"%s\": wants %s", rows[i].name, arg, rows[i].arg);
    return EINVAL;
}

int
options_parse(struct options *o, int argc, char **argv)
{
    const struct argp argp = {
        .options = rows,
        .parser = on_option,
        .doc =
            "Plays the outside world for Catalyst: feeds, market data and a webhook, "
            "and judges who asks."};

    *o = (struct options){
        .listen = "127.0.0.1:8900",
        .latency = 1.0,
        .tickers = UNIVERSE_KNOWN,
        .news = {.items = 50, .more_every_ms = 30000, .seed = 1},
        .limits = {[GROUP_FINVIZ] = 10, [GROUP_YAHOO] = 15},
        .rates = {[GROUP_EDGAR] = 10},
        .ready_fd = -1,
    };
    argp_err_exit_status = 2;
    return argp_parse(&argp, argc, argv, 0, NULL, o);
}
