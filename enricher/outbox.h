/* outbox - messages that must reach the collector
 *
 * A message is kept until an answer proves that it arrived.  When the collector turns
 * out to be another one (or a new connection), what was sent in vain is sent again.
 * Arriving twice does no harm: both `landed` and `result` name their lease.
 */
#ifndef CATALYST_ENRICHER_OUTBOX_H
#define CATALYST_ENRICHER_OUTBOX_H

#include "wire/msg.h"

#include <stdbool.h>

enum { OUTBOX_MOST = 4096 }; /* beyond it the oldest is dropped, and counted */

struct outbox;

int outbox_new(struct outbox **out);
void outbox_free(struct outbox **o);

/* Packs and keeps the message.  0, ERR_TOO_BIG, ERR_RANGE, ERR_NOMEM. */
int outbox_put(struct outbox *o, enum msg_type type, const void *body);

/* Sends what is waiting, in order.  0 when nothing waits any more, else ERR_AGAIN. */
int outbox_flush(struct outbox *o, void *zsocket);

/* What was sent up to now carries `mark`... */
void outbox_mark(struct outbox *o, int64_t mark);

/* ... and is known to have arrived, with all marks before it. */
void outbox_arrived(struct outbox *o, int64_t mark);

/* Everything not known to have arrived waits again, in its old order. */
void outbox_rewind(struct outbox *o);

bool outbox_is_waiting(const struct outbox *o);
int64_t outbox_dropped(const struct outbox *o);

#endif
