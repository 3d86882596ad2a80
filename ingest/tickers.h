/* tickers - which listings a story names, and which it is about
 *
 * One extractor for titles, summaries and the stock tags of feeds, over one table of
 * exchanges.  A listing abroad yields no United States ticker; an over-the-counter one
 * is kept apart.  A symbol without its exchange counts only if it is in the symbol
 * list; with its exchange, or from a feed's own tag, also when it is not.
 *
 * Pure: no clock, log or socket.
 */
#ifndef CATALYST_INGEST_TICKERS_H
#define CATALYST_INGEST_TICKERS_H

#include "domain/symbols.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    TICKERS_MAX = 16,    /* of one story; the rest is dropped */
    TICKERS_PRIMARY = 2, /* candidates one story can make */
    TICKERS_LEAD = 500   /* bytes of a summary that are searched */
};

enum listing { LISTING_US, LISTING_OTC, LISTING_FOREIGN };

/* What was taken as the sign; the more reliable is lower. */
enum ticker_sign {
    SIGN_TAG,      /* the feed's own category, or a halt's symbol */
    SIGN_CIK,      /* the filer's number */
    SIGN_EXCHANGE, /* "(NASDAQ: ABC)" */
    SIGN_SYMBOL,   /* "ticker symbol ABC" */
    SIGN_NAME,     /* "Company (ABC)" */
    SIGN_HEAD,     /* "ABC: results" */
    SIGN_CASHTAG,  /* "$ABC" */
    SIGN_TAIL,     /* "... deadline - ABC" */
    SIGN_COMPANY   /* "Acme Widgets, Inc. announces", by the list of names */
};

struct ticker {
    char symbol[SYMBOL_SIZE]; /* canonical */
    enum listing listing;
    enum ticker_sign sign;
};

struct tickers {
    size_t n;
    struct ticker list[TICKERS_MAX]; /* each symbol once, as found */
};

/* Each adds what it finds.  symbols NULL: every well-formed symbol counts as listed.
 * A title is searched for every sign, the first TICKERS_LEAD bytes of a summary for
 * exchanges only.  tags: "Nasdaq:PGC", a line each. */
void tickers_tags(struct tickers *t, const struct symbols *symbols, const char *tags);
void tickers_cik(struct tickers *t, const struct symbols *symbols, int64_t cik);
void tickers_title(struct tickers *t, const struct symbols *symbols, const char *title);
void
tickers_summary(struct tickers *t, const struct symbols *symbols, const char *summary);

/* The last resort of a story that has named no listing yet: exchanges anywhere in the
 * summary, where "About Acme (NASDAQ: ACME)" stands. */
void
tickers_anywhere(struct tickers *t, const struct symbols *symbols, const char *summary);

/* A text that begins with the name of a listed company. */
void tickers_name(struct tickers *t, const struct symbols *symbols, const char *text);

/* How much the story is about the symbol, 0 to 100: its place in the title (30 to 50),
 * 30 if it is among the first 300 bytes of the text, 5 a mention up to 20. */
double tickers_relevance(const char *symbol, const char *title, const char *text);

/* Which of the scores (0 to 100) are high enough: their indexes into out, best first,
 * at most TICKERS_PRIMARY.  At least 40, and only the top one if it leads by more
 * than 30. Returns how many. */
size_t tickers_rank(const double *scores, size_t n_scores, size_t out[TICKERS_PRIMARY]);

/* The at most TICKERS_PRIMARY United States listings the story is about, best first,
 * into out; returns how many.  Tags and filer numbers go before everything; among
 * several others relevance decides: at least 40, and only the top one if it leads by
 * more than 30. */
size_t tickers_primary(const struct tickers *t, const char *title, const char *text,
                       const struct ticker **out);

/* "TSX:FGX OTC:ABCD": all of them for a person. */
void tickers_print(const struct tickers *t, char *out, size_t size);

const char *listing_name(enum listing l);

#endif
