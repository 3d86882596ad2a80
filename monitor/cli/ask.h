/* ask - questions to the stages themselves
 *
 * Every stage is asked at once over its control endpoint; who does not answer in time
 * is known by name.
 */
#ifndef CATALYST_CLI_ASK_H
#define CATALYST_CLI_ASK_H

#include "base/conf.h"
#include "base/err.h"
#include "base/json.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ASK_MAX = 8 };

struct question {
    const char *stage;
    const char *command; /* "stats", "ping", "enrich", ... */
    const char *args;    /* "" for none */
};

struct answer {
    const char *stage; /* borrowed from the question */
    int rc;            /* 0: it answered; ERR_CLOSED: not there; ERR_TIMEOUT */
    bool ok;           /* false: json holds {"error": ...} */
    struct json *json; /* owned; NULL unless rc is 0 */
};

/* The stages that can be asked, in the order a candidate travels; ended by NULL. */
const char *const *ask_stages(void);

/* Asks all at once.  meet_ms bounds the wait for a stage to be there, answer_ms that
 * for the answers from the last question that went out.  out[i] answers questions[i];
 * free them with answers_free. 0, or ERR_* with why when nobody could be asked at all.
 */
struct ask_times {
    int64_t meet_ms;
    int64_t answer_ms;
};
int ask_all(const struct conf *conf, const struct question *questions, size_t n,
            struct ask_times times, struct answer *out, struct why *why);
void answers_free(struct answer *answers, size_t n);

/* Asks one command of every stage; out[i] is that of ask_stages()[i].  Returns how
 * many there are (at most ASK_MAX), or ERR_*. */
int ask_every(const struct conf *conf, const char *command, struct ask_times times,
              struct answer *out, struct why *why);

/* The error text of an answer that is not ok. */
const char *answer_error(const struct answer *a);

#endif
