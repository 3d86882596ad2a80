/* conf - catalyst.conf and the one option table
 *
 * Every key has a row: section, key, type, member, default, range, unit, sentence,
 * and the environment names that override it.  An unknown key, a duplicate, a bad
 * value: all of them are reported in one go, with file and line.
 *
 * [feed NAME] and [sink NAME] may be repeated freely; [group NAME] and [source NAME]
 * only with the names that exist.  Precedence: default, file, environment, command
 * line (--set section.key=value).
 */
#ifndef CATALYST_BASE_CONF_H
#define CATALYST_BASE_CONF_H

#include "base/buf.h"
#include "base/err.h"
#include "base/jsonw.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    CONF_NAME = 32,
    CONF_TEXT = 512,
    CONF_LIST = 2048,
    CONF_FEEDS = 64,
    CONF_SINKS = 8,
    CONF_GROUPS = 8,
    CONF_SOURCES = 16,
    CONF_ENDPOINTS = 6
};

struct conf_feed {
    char name[CONF_NAME];
    char url[CONF_TEXT];
    char alternatives[CONF_LIST]; /* addresses in its place, blank separated */
    char kind[16];                /* news, filing, halt */
    char forms[CONF_TEXT];        /* filings: forms kept, comma separated; empty: all */
    int64_t every_s;              /* 0: every cycle */
    int64_t max_age_min;          /* 0: the kind's default */
    bool enabled;
};

struct conf_sink {
    char name[CONF_NAME];
    char kind[16];       /* console, jsonl, discord */
    char url[CONF_TEXT]; /* webhook: a secret; jsonl: a path */
    int64_t min_interval_ms;
    bool enabled;
};

struct conf_group {
    char name[CONF_NAME]; /* finviz, yahoo, edgar */
    int64_t max_in_flight;
    double rate_per_s; /* 0: no rate limit */
    int64_t burst;
    double blocked_s; /* first pause after a challenge page */
};

struct conf_source {
    char name[CONF_NAME]; /* finviz-screener, yahoo-chart, ... */
    char base_url[CONF_TEXT];
    char user_agent[CONF_TEXT];
    char key[CONF_TEXT]; /* a secret; "" */
    int64_t timeout_ms;
    bool enabled;
};

struct conf {
    struct {
        char run_dir[CONF_TEXT];
        char data_dir[CONF_TEXT];
        char log_level[16];
        char log_format[16];         /* text, json */
        char watchlist[CONF_LIST];   /* symbols */
        char symbols_dir[CONF_TEXT]; /* directory files; empty: built-in set only */
        char edgar_contact[CONF_TEXT];
    } catalyst;
    struct {
        double offset_s;
    } clock;
    struct {
        char nasdaq_url[CONF_TEXT], other_url[CONF_TEXT], edgar_url[CONF_TEXT];
        int64_t refresh_h; /* 0: never */
    } symbols;
    struct {
        char items[CONF_TEXT], jobs[CONF_TEXT], enriched[CONF_TEXT], scored[CONF_TEXT],
            done[CONF_TEXT], events[CONF_TEXT]; /* empty: ipc under run_dir */
    } net;
    struct {
        int64_t cycle_regular_s, cycle_extended_s, cycle_closed_s;
        int64_t window_start, window_max;
        int64_t resend_s, resend_max_s;
        int64_t outbox_max;
        int64_t seen_days, story_h;
        int64_t news_max_age_min, filing_max_age_min;
        int64_t feed_timeout_ms;
        int64_t feed_max_bytes;
        int64_t down_after; /* failures in a row */
        int64_t cycles;     /* stop polling after this many; 0: never */
        char user_agent[CONF_TEXT];
        char skip_sources[CONF_LIST];
        bool allow_otc;
        bool record;
    } ingest;
    struct {
        int64_t deadline_ms;
        int64_t late_ms;   /* how long after it a revision may come */
        int64_t linger_ms; /* to fill a batch */
        int64_t batch_max; /* 0: the source's own; tests use 1 */
        int64_t lease_ms;
        int64_t candidates_max;
        int64_t repeat_s; /* a repeated candidate is answered from cache */
        int64_t float_hours, quote_s;
        char rvol_curve[8];
        int64_t refresh_min, refresh_hours;
        int64_t prewarm_at, prewarm_days;
        int64_t ahead_max;
        bool early;
        bool parallel;
    } collector;
    struct {
        int64_t count;
        int64_t credit;
        int64_t alive_ms;
    } enricher;
    struct {
        double min_score;
        double min_sent_abs;
        double price_ceiling, price_floor; /* 0: none */
        double min_avg_volume;             /* 0: none */
        char categories_allow[CONF_LIST];
        char weights[CONF_TEXT]; /* file; empty: built in */
    } classifier;
    struct {
        int64_t late_min; /* an alert older than this is marked late */
        int64_t timeout_ms;
        int64_t tries;
        bool record_only;
        int64_t keep_days;
    } alerter;
    struct {
        char listen[CONF_TEXT]; /* host:port; empty: no HTTP */
    } monitor;

    struct conf_feed feeds[CONF_FEEDS];
    size_t n_feeds;
    struct conf_sink sinks[CONF_SINKS];
    size_t n_sinks;
    struct conf_group groups[CONF_GROUPS];
    size_t n_groups;
    struct conf_source sources[CONF_SOURCES];
    size_t n_sources;

    char path[CONF_TEXT]; /* the file that was read, "" for none */
    char **origins;       /* private: where each value came from */
};

enum opt_type { OPT_INT, OPT_NUM, OPT_BOOL, OPT_TEXT, OPT_SECRET, OPT_CHOICE };

struct option_row {
    const char *section; /* "ingest", or "feed" for [feed NAME] */
    const char *key;
    enum opt_type type;
    size_t offset;       /* in struct conf, or in the instance's struct */
    size_t size;         /* of a text member */
    const char *dflt;    /* as it would stand in the file */
    double least, most;  /* range of a number; 0, 0: none */
    const char *choices; /* OPT_CHOICE: "news filing halt" */
    const char *unit;    /* "ms", "USD", "" */
    const char *env;     /* override names, space separated, first set one wins;
                            A*1000 scales, A<B is the smaller of the two;
                            CATALYST_SECTION_KEY is always one */
    const char *help;    /* one sentence */
};

/* All rows, in the order of the example configuration. */
const struct option_row *conf_rows(size_t *n);

/* Defaults, then the file (path NULL: none), then the environment `env` (a NULL-ended
 * list as environ), then `sets` ("section.key=value" or "section NAME.key=value").
 * Every error is a line in errors: `catalyst.conf:12: ingest.window = "x": ...`.
 * env NULL: no environment.  An empty variable counts as not set.  c is to be freed
 * whatever comes.  0, ERR_CONFIG, ERR_IO (file unreadable), ERR_NOMEM. */
int conf_load(struct conf *c, const char *path, char *const *env,
              const char *const *sets, size_t n_sets, struct buf *errors);
void conf_free(struct conf *c);

/* Every value and where it came from, secrets masked: as a table, and as one JSON
 * object {file, options: [{section, name (of an instance), key, value, unit, origin}]}.
 */
void conf_print(const struct conf *c, struct buf *out);
void conf_json(const struct conf *c, struct jsonw *w);

/* The example configuration: every row with its sentence, commented out. */
void conf_example(struct buf *out);

/* The SEC is told who asks: the agent, with catalyst.edgar_contact behind it unless it
 * is in it already, into out[size]. */
void conf_agent_with_contact(const struct conf *c, const char *agent, char *out,
                             size_t size);

/* Instances by name; NULL when there is none. */
const struct conf_group *conf_group(const struct conf *c, const char *name);
const struct conf_source *conf_source(const struct conf *c, const char *name);

#endif
