/* err - what can go wrong, once
 *
 * Functions that can fail return 0 or a negative ERR_*.  A parser that wants to
 * say where and why fills a `struct why` as well.
 */
#ifndef CATALYST_BASE_ERR_H
#define CATALYST_BASE_ERR_H

#define ERR_LIST(X)                                                                    \
    X(ERR_NOMEM, "out of memory")                                                      \
    X(ERR_SYNTAX, "malformed input")                                                   \
    X(ERR_TYPE, "wrong type")                                                          \
    X(ERR_RANGE, "out of range")                                                       \
    X(ERR_MISSING, "missing field")                                                    \
    X(ERR_TOO_BIG, "larger than allowed")                                              \
    X(ERR_EMPTY, "no data")                                                            \
    X(ERR_NOT_FOUND, "not found")                                                      \
    X(ERR_BLOCKED, "blocked by the upstream")                                          \
    X(ERR_DENIED, "not authorised")                                                    \
    X(ERR_CHANGED, "unknown layout")                                                   \
    X(ERR_LIMITED, "rate limited")                                                     \
    X(ERR_TIMEOUT, "timed out")                                                        \
    X(ERR_AGAIN, "not now, try again")                                                 \
    X(ERR_CLOSED, "closed")                                                            \
    X(ERR_NET, "network error")                                                        \
    X(ERR_IO, "input/output error")                                                    \
    X(ERR_DB, "database error")                                                        \
    X(ERR_DAMAGED, "damaged file")                                                     \
    X(ERR_LOCKED, "held by another process")                                           \
    X(ERR_CONFIG, "bad configuration")                                                 \
    X(ERR_EXISTS, "exists already")                                                    \
    X(ERR_UNSUPPORTED, "not supported")

enum err {
    ERR_FIRST_ = -1000, /* the list counts up from here, so all are negative */
#define X(name, text) name,
    ERR_LIST(X)
#undef X
};

/* The text of a negative ERR_*, "ok" for 0, "unknown error" else.  Static. */
const char *err_str(int rc);

/* Where and why, in one line for a person.  Empty until set. */
struct why {
    char text[240];
};

/* Sets the text (truncated at the size) and returns rc, so that a parser can
 * write `return why_set(why, ERR_SYNTAX, "line %d: ...", n)`.  why may be NULL. */
__attribute__((format(printf, 3, 4))) int
why_set(struct why *why, int rc, const char *fmt, ...);

#endif
