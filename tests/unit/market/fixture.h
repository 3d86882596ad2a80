/* fixture - a market without a socket: handlers called one by one */
#ifndef CATALYST_TESTS_MARKET_FIXTURE_H
#define CATALYST_TESTS_MARKET_FIXTURE_H

#include "tests/market/market.h"

#include <check.h>

/* Monday 2026-11-23, 11:00 in New York: 90 minutes into the session. */
#define NOON INT64_C(1795449600000)

struct fixture {
    struct options options;
    struct clock clock;
    struct market market;
    struct request request;
    struct answer answer;
};

/* A hundred companies, fifty stories, at NOON. */
void open_fixture(struct fixture *f);
void close_fixture(struct fixture *f);

/* The body that a handler makes of "GET target", with header lines. */
const char *
get(struct fixture *f, market_serve *serve, const char *target, const char *headers);

/* How often the word stands in the text. */
size_t count(const char *text, const char *word);

#endif
