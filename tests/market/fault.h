/* fault - what goes wrong on purpose
 *
 * A rule is a row PREFIX:KIND[=ARG]:AMOUNT.  The amount is a share with a dot or a
 * percent sign (0.25, 25%), drawn from the seed; a count, a whole number of requests;
 * "all", until the rules are cleared; or "60s", so long after the first hit.
 */
#ifndef CATALYST_MARKET_FAULT_H
#define CATALYST_MARKET_FAULT_H

#include "answer.h"
#include "base/err.h"
#include "base/jsonw.h"
#include "refusal.h"
#include "spoil.h"

#include <stdbool.h>

enum { FAULT_RULES_MAX = 64, FAULT_PREFIX = 200 };

struct fault_kind {
    const char *name;
    const char *help;
    const struct refusal *refusal; /* answered in the place of the document; or NULL */
    spoil_fn *spoil;               /* spoils the complete answer; or NULL */
    double dflt;                   /* argument when none is given */
    bool instead;                  /* the request has no effect: no message is kept */
};

struct fault {
    char prefix[FAULT_PREFIX]; /* of the path */
    const struct fault_kind *kind;
    double arg;
    double share;               /* 0..1; < 0: by count */
    int64_t left;               /* by count: requests to go */
    int64_t lasts_us, until_us; /* by time: 0 for ever; 0 not begun */
    uint64_t hits;
};

struct faults {
    struct fault rules[FAULT_RULES_MAX];
    size_t n;
    uint64_t seed, drawn;
};

/* Adds rules from text: rows split by commas or white space, '#' to the end of a line
 * is a comment; or a JSON array [{"path", "kind", "arg", "share" or "count"}...].  0,
 * or ERR_SYNTAX with why and none of them added; ERR_TOO_BIG. */
int faults_add(struct faults *f, const char *text, size_t n, struct why *why);

/* The same for a file, or for the rows themselves when there is no such file. */
int faults_load(struct faults *f, const char *file_or_rows, struct why *why);

void faults_clear(struct faults *f);

/* The first rule that hits this path now, counted; NULL for none. */
const struct fault *faults_draw(struct faults *f, const char *path, int64_t now_us);

/* The answer as the fault leaves it. */
void fault_spoil(const struct fault *f, struct answer *a);

/* Seconds that the fault adds before the answer; HUGE_VAL: it never comes. */
double fault_delay_s(const struct fault *f);

/* "faults": [...] into the object that is open. */
void faults_write(const struct faults *f, struct jsonw *w);

const struct fault_kind *fault_kinds(size_t *n);

#endif
