/* request - `catalyst enrich`: a few tickers for somebody who waits */
#ifndef CATALYST_REQUEST_H
#define CATALYST_REQUEST_H

#include "enricher/collector/collector.h"

enum { REQUEST_TICKERS = 500 };

/* Starts it; the answer {"AAPL": {"float": {...}, ...}, ...} follows by the token, with
 * exactly the keys that were asked, as they were typed. */
int request_start(struct collector *c, const char *args, struct control_token **token,
                  struct why *why);

/* One of its tickers is over. */
void request_ticker_done(struct collector *c, struct request *r, const struct known *n);

#endif
