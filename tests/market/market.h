/* market - the state of the stand-in, and what its rooms share */
#ifndef CATALYST_MARKET_MARKET_H
#define CATALYST_MARKET_MARKET_H

#include "answer.h"
#include "base/clock.h"
#include "crumb.h"
#include "fault.h"
#include "finviz_era.h"
#include "halts.h"
#include "judge.h"
#include "news.h"
#include "options.h"
#include "request.h"
#include "universe.h"
#include "webhook.h"

struct market {
    const struct options *options;
    const struct clock *clock;
    const struct server *server; /* NULL in tests */
    struct universe *universe;
    struct judge *judge;
    struct news *news;
    struct webhooks *webhooks;
    struct faults faults;
    const struct finviz_era *finviz_era;
    double latency;   /* factor; 0: at once */
    bool enforce_429; /* else a violation is only counted */
    bool manners;     /* user agents are judged */
    bool compress;    /* for who accepts it */
    struct crumbs crumbs;
    struct halts halts;
};

/* 0 or ERR_NOMEM; market_close in either case.  log may be NULL. */
int market_open(struct market *m, const struct options *o, const struct clock *clock,
                FILE *log);
void market_close(struct market *m);

/* A handler reads the request and fills the answer (status 200 and empty before). */
typedef void market_serve(struct market *m, const struct request *r, struct answer *a);

market_serve finviz_screener, finviz_quote_old, finviz_quote;
market_serve yahoo_chart, yahoo_quote, yahoo_summary, yahoo_crumb, yahoo_cookie;
market_serve tiingo_iex;
market_serve feed_globenewswire, feed_prnewswire, feed_businesswire, feed_halts,
    feed_edgar, edgar_current, edgar_archive;
market_serve webhook_post, webhook_patch;
market_serve control_judge, control_requests, control_webhooks, control_reset,
    control_publish, control_era, control_crumb_expire, control_halt, control_manners,
    control_fault, control_fault_clear, control_limits, control_rates, control_phases,
    control_latency, control_nasdaqlisted, control_otherlisted, control_company_tickers,
    control_health, control_index;

/* True, and the answer is 304, when the reader has this version of a feed; else its
 * validators are set. */
bool
feed_is_known(struct market *m, enum feed f, const struct request *r, struct answer *a);

/* The next story of a feed, newest first, from *cursor = news_len on.  ?part=K&of=N
 * leaves each N-th, so that several readers can share what is too much for one. */
const struct story *
feed_next(const struct market *m, enum feed f, const struct request *r, size_t *cursor);

/* The last piece of a path: "AAPL" of "/yahoo/v8/finance/chart/AAPL". */
const char *path_tail(const struct request *r);

#endif
