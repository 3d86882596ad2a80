/* frames - what enrichers say, a row a message */
#ifndef CATALYST_FRAMES_H
#define CATALYST_FRAMES_H

#include "enricher/collector/collector.h"

/* Reads the jobs socket: at most TURN_FRAMES frames a wake-up. */
/* Reads what lies there, at most TURN_FRAMES; the turn is the caller's. */
void frames_read(struct collector *c);

int on_jobs(void *self);

#endif
