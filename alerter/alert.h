/* alert - a scored candidate, ready to be shown
 *
 * What every sink shows is worded here once: figures, ages, the headline.  A sink
 * only decides about layout.  All of it is pure; the message is borrowed.
 */
#ifndef CATALYST_ALERTER_ALERT_H
#define CATALYST_ALERTER_ALERT_H

#include "base/buf.h"
#include "wire/msg.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum alert_kind {
    ALERT_NEW,      /* the first time this sink hears of it */
    ALERT_UPDATE,   /* figures changed after it was sent */
    ALERT_WITHDRAWN /* it was sent, and would be rejected now */
};

enum { ALERT_FACE_SIZE = 33, ALERT_TEXT_SIZE = 160, ALERT_FOLLOWS_SIZE = 400 };

struct alert {
    const struct msg_scored *scored; /* borrowed */
    enum alert_kind kind;
    bool late;      /* the news is older than alerter.late_min */
    int64_t now_ms; /* wall clock */
};

/* "new", "update", "withdrawn" */
const char *alert_kind_name(enum alert_kind kind);

/* Age of the news in ms at a time: since published, else since first seen; >= 0. */
int64_t alert_age_ms(const struct msg_scored *s, int64_t wall_ms);

/* "correction of n:12ab, https://...", "update of ...", "correction of an earlier
 * story";
 * "" for what is neither.  An address that does not fit is left out. */
void alert_follows(const struct msg_scored *s, char *out, size_t size);

/* A duration for a person: "850 ms", "2.4 s", "14 min", "3.5 h". */
void alert_duration(int64_t ms, char *out, size_t size);

/* "ACME" or "?" when the candidate has no ticker. */
const char *alert_ticker(const struct msg_scored *s);

/* Label and figure of a metric in words: "Float", "12.3M LOW_FLOAT x1.30", or
 * "n/a (empty: session)". */
const char *alert_metric_label(const struct msg_metric *m);
void alert_metric_text(const struct msg_metric *m, char *out, size_t size);

/* What a person would see, as a hash in hex: a revision with the same face is not
 * worth an edit.  Times and numbers of revisions are not part of it. */
void alert_face(const struct msg_scored *s, char out[ALERT_FACE_SIZE]);

/* Copies text with control characters (also of C1) as spaces, so that feed text can
 * neither move a cursor nor break a line. */
void alert_plain(const char *text, char *out, size_t size);

#endif
