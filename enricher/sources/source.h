/* source - an upstream is one small const struct
 *
 * A source turns tickers into a URL and a document into facts; both functions are
 * pure.  Retry, back-off, limits, cache and metrics belong to the core and run the
 * same for all.  Adding one: one file, one line in sources.c, fixtures, a fuzz corpus.
 */
#ifndef CATALYST_SOURCE_H
#define CATALYST_SOURCE_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What documents say of a ticker.  One row each in fact_rows[]. */
enum fact_id {
    FACT_FLOAT_SHARES,
    FACT_SHARES_OUTSTANDING,
    FACT_SHORT_FLOAT,
    FACT_AVG_VOLUME,
    FACT_DAY_VOLUME,
    FACT_LAST_PRICE,
    FACT_PREV_CLOSE,
    FACT_SESSION_VWAP,
    FACT_FILING_TEXT, /* of a filing, not of a ticker */
    FACT_COUNT
};

typedef uint32_t fact_set; /* bit 1 << fact_id */
#define FACT(id) ((fact_set)1 << (id))

struct fact_row {
    const char *name; /* as it travels: "float_shares" */
    const char *unit; /* "shares", "percent", "USD" */
    double least;     /* plausible range, both inclusive: beyond it the parser */
    double most;      /* reports the fact as empty with the reason */
};

extern const struct fact_row fact_rows[FACT_COUNT];

/* -1 when there is no such name. */
int fact_find(const char *name);

enum fact_status { FACT_OK, FACT_EMPTY };

/* Bytes of what a document is asked for: a ticker, or a filing as "CIK/accession". */
enum { SUBJECT_SIZE = 32 };

struct fact {
    char ticker[SUBJECT_SIZE]; /* as it was asked for */
    enum fact_id id;
    enum fact_status status;
    double value;     /* 0 unless FACT_OK */
    int64_t as_of_ms; /* wall clock the figure is of; 0: now */
    char why[80];     /* reason when FACT_EMPTY */
};

/* Reasons of FACT_EMPTY that decide how long it holds; any other is for people. */
#define WHY_UNKNOWN "unknown ticker"
#define WHY_SESSION "session"
#define WHY_NO_BARS "no volume in any bar"
#define WHY_NO_FILE "EDGAR has no such file"

enum { FACTS_MAX = 1024 };

/* What has to be had before some sources can be asked: a cookie, and a crumb that goes
 * with it.  Secrets, both. */
enum credential_part { CREDENTIAL_NONE, CREDENTIAL_COOKIE, CREDENTIAL_CRUMB };

enum { COOKIE_SIZE = 1024, CRUMB_SIZE = 40 };

/* Where a parser puts what it found. */
struct facts {
    size_t n;
    struct fact list[FACTS_MAX];
    char cookie[COOKIE_SIZE]; /* "" unless the source brings one */
    char crumb[CRUMB_SIZE];   /* the same */
    char *text;               /* of a filing; owned, NULL when there is none */
};

/* For the next document; a zeroed struct is clear. */
void facts_clear(struct facts *f);

/* Adds one figure, checked against its row: not finite or implausible becomes
 * FACT_EMPTY with the reason.  Beyond FACTS_MAX it is dropped (ERR_TOO_BIG). */
int facts_add(struct facts *f, const char *ticker, enum fact_id id, double value,
              int64_t as_of_ms);
int facts_none(struct facts *f, const char *ticker, enum fact_id id, const char *why);

/* The same for every fact of the set: an unknown ticker. */
int facts_none_all(struct facts *f, const char *ticker, fact_set set, const char *why);

/* A document as it came, with what HTTP said of it. */
struct document {
    const char *body;
    size_t len;
    int status;               /* HTTP status */
    const char *content_type; /* "" when none */
    const char *url;          /* after redirects */
    const char *headers;      /* of the answer, "Name: value\n" each; NULL: none */
    int64_t now_ms;           /* wall clock at which it landed */
};

struct source {
    const char *name;
    const char *group;    /* limit group */
    const char *base_url; /* default of [source NAME] base_url */
    fact_set gives;       /* in the regular session */
    fact_set gives_off;   /* outside it */
    fact_set spare;       /* what it says too, but worse than others (an old price): */
    fact_set spare_off;   /* asked for only where no other source can give it */
    int batch_max;        /* tickers per request */
    size_t max_bytes;     /* decoded */
    bool needs_crumb;     /* goes with the crumb in the lease, and its cookie */
    enum credential_part brings; /* instead of facts; asked without tickers */
    bool is_head;                /* the first max_bytes say all: the rest is not read */
    bool wants_contact;          /* the user agent must say who asks */
    const char *accept;          /* value of the Accept header */
    const char *referer;         /* of the Referer header; NULL: none */
    const char *auth; /* scheme of an Authorization header, with [source NAME]
                         key behind it: off without a key; NULL: none */

    /* Writes the address for the tickers into out[size].  0, ERR_TOO_BIG. */
    int (*url)(const char *base_url, const char *const *tickers, size_t n,
               const char *crumb, char *out, size_t size);

    /* Reads the document.  0: every asked ticker has, for each fact the source gives,
     * one entry in *out (a value, or FACT_EMPTY with its reason: an unknown ticker is
     * no error).  ERR_BLOCKED (challenge or bot page), ERR_DENIED (credential),
     * ERR_LIMITED (429), ERR_CHANGED (unknown layout), ERR_SYNTAX, ERR_NET (5xx) with
     * why: then nothing in *out counts. */
    int (*parse)(const struct document *d, const char *const *tickers, size_t n,
                 struct facts *out, struct why *why);
};

enum { SOURCES_MOST = 12 }; /* each has its room in what is known of a ticker */

/* All of them, in the order of preference where two give the same fact. */
extern const struct source *const sources[];
extern const size_t n_sources;

const struct source *source_find(const char *name); /* NULL when there is none */
int source_index(const char *name);                 /* in sources[], -1: none */

#endif
