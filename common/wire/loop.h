/* loop - one event loop a process
 *
 * A thin wall around zloop.  Handlers are `int on_x(void *self)`: they never block,
 * drain at most a bounded number of frames a turn, and return 0; anything else ends
 * the loop with that value.
 */
#ifndef CATALYST_WIRE_LOOP_H
#define CATALYST_WIRE_LOOP_H

#include "base/clock.h"

#include <stdbool.h>
#include <stdint.h>

struct loop;
struct timer;

typedef int loop_fn(void *self);

struct loop *loop_new(const struct clock *clock);
void loop_free(struct loop **l);

/* Watch a ZeroMQ socket or a descriptor.  `events` is ZMQ_POLLIN and/or ZMQ_POLLOUT
 * (LOOP_IN, LOOP_OUT).  Watching the same thing again replaces its events, function
 * and self.  0 or ERR_NOMEM. */
enum { LOOP_IN = 1, LOOP_OUT = 2 };
int
loop_watch_socket(struct loop *l, void *zsocket, int events, loop_fn *fn, void *self);
void loop_unwatch_socket(struct loop *l, void *zsocket);
int loop_watch_fd(struct loop *l, int fd, int events, loop_fn *fn, void *self);
void loop_unwatch_fd(struct loop *l, int fd);

/* A timer that can be set, moved and cleared at no cost: a timerfd on CLOCK_BOOTTIME.
 * It fires once per timer_set.  boot_ms in the past fires at the next turn. */
struct timer *timer_new(struct loop *l, loop_fn *fn, void *self);
void timer_free(struct timer **t);
void timer_set(struct timer *t, int64_t boot_ms);
void timer_clear(struct timer *t);

/* Runs until a handler returns non-zero or loop_stop; returns that value (0 for stop).
 */
int loop_run(struct loop *l);
void loop_stop(struct loop *l);

#endif
