/* sender - a PUSH end that never blocks and never drops
 *
 * When the pipe is full or its peer gone the message is kept, in order, and sent when
 * the socket can take it.  The owner stops reading its own input while
 * sender_is_full: that is the whole of the pipeline's back-pressure.
 */
#ifndef CATALYST_WIRE_SENDER_H
#define CATALYST_WIRE_SENDER_H

#include "wire/loop.h"
#include "wire/msg.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sender;

/* zsocket is borrowed.  on_room(self) is called when a full sender has room again
 * (may be NULL).  `full` is the number of kept messages at which it is full. */
int sender_new(struct sender **out, struct loop *loop, void *zsocket, size_t full,
               loop_fn *on_room, void *self);
void sender_free(struct sender **s);

/* Always takes the message unless it cannot be packed (ERR_TOO_BIG, ERR_RANGE) or
 * memory is out (ERR_NOMEM). */
int sender_put(struct sender *s, enum msg_type type, const void *body);

bool sender_is_full(const struct sender *s);
size_t sender_depth(const struct sender *s);                       /* messages kept */
int64_t sender_oldest_ms(const struct sender *s, int64_t boot_ms); /* age; 0 if empty */

#endif
