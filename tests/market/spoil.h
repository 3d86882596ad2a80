/* spoil - the ways an answer goes wrong; each takes the complete answer */
#ifndef CATALYST_MARKET_SPOIL_H
#define CATALYST_MARKET_SPOIL_H

#include "answer.h"

typedef void spoil_fn(struct answer *a, double arg);

spoil_fn spoil_429_after, spoil_reset, spoil_truncate, spoil_drip, spoil_huge,
    spoil_gzip_bomb, spoil_garbage;

#endif
