/* pack - an answer compressed for who accepts it */
#ifndef CATALYST_MARKET_PACK_H
#define CATALYST_MARKET_PACK_H

#include "answer.h"

/* Packs the body with the best of gzip and deflate in "gzip, deflate, br" and says so
 * in Content-Encoding.  False, and the answer is as it was, when the client wants
 * neither, or there is too little to pack, or it is encoded already. */
bool pack_answer(struct answer *a, const char *accept_encoding);

#endif
