/* halts - Nasdaq's list of trade halts
 *
 * Some stand for months; new ones come and are lifted by command.  Arithmetic only:
 * times are passed in, on the wall clock.
 */
#ifndef CATALYST_MARKET_HALTS_H
#define CATALYST_MARKET_HALTS_H

#include "universe.h"

enum { HALTS_MAX = 256, HALT_CODE = 8 };

struct halt {
    const struct listing *listing;
    char code[HALT_CODE];          /* "T12", "LUDP" */
    int64_t halted_ms, resumes_ms; /* resumes 0: open */
};

struct halts {
    struct halt list[HALTS_MAX]; /* oldest first */
    size_t n;
    uint64_t version;
};

/* The old ones of a universe, once; later calls do nothing. */
void halts_open(struct halts *h, const struct universe *u, int64_t now_ms);

/* A new halt.  0 or ERR_TOO_BIG. */
int
halts_add(struct halts *h, const struct listing *l, const char *code, int64_t now_ms);

/* The listing's last halt ends at resumes_ms.  0, or ERR_NOT_FOUND when it has none. */
int halts_lift(struct halts *h, const struct listing *l, int64_t resumes_ms);

/* The whole document, newest first. */
void halts_write(const struct halts *h, int64_t now_ms, struct buf *out);

#endif
