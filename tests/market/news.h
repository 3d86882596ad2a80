/* news - the stories that the feeds carry
 *
 * The first fetch of any feed brings out the first stories, dated within the last few
 * minutes; later ones come by number, by the clock, or word for word from a test.
 */
#ifndef CATALYST_MARKET_NEWS_H
#define CATALYST_MARKET_NEWS_H

#include "base/err.h"
#include "base/json.h"
#include "universe.h"

#include <stdbool.h>

/* The first three take turns with the stories that are made up. */
enum feed {
    FEED_GLOBENEWSWIRE,
    FEED_PRNEWSWIRE,
    FEED_EDGAR,
    FEED_BUSINESSWIRE,
    FEED_COUNT
};

enum { NEWS_ROUND = 3 };
enum { NEWS_MAX = 20000, NEWS_HEADLINE = 512, NEWS_SUMMARY = 4096, NEWS_FORM = 24 };

struct story {
    enum feed feed;
    uint64_t number;               /* from 1; makes link, guid and accession number */
    const struct listing *listing; /* NULL: about no listed company */
    char *title, *summary;         /* plain text, UTF-8; owned */
    int64_t published_ms;          /* wall clock */
    /* of a filing: */
    char form[NEWS_FORM]; /* "8-K" */
    char *release;        /* its words, headline first, lines split by LF; owned */
    bool attached;        /* as EX-99.1, else the primary document says them */
    bool missing;         /* the archive does not have it */
    size_t bulk;          /* bytes of pictures in it */
};

struct news;

struct news_plan {
    size_t items; /* of the first fetch */
    size_t noise; /* law-firm and lifestyle stories besides */
    size_t more;  /* each more_every_ms afterwards; 0: none */
    int64_t more_every_ms;
    bool mixed; /* filings of all forms, else 8-K alone */
    uint64_t seed;
};

struct news *news_new(const struct universe *u, const struct news_plan *plan);
void news_free(struct news **n);

/* Brings out what is due at now_ms; called before a feed is served. */
void news_run(struct news *n, int64_t now_ms);

/* n more stories, each of a company that has had the fewest so far; in the feeds by
 * turns, or all in one of them (FEED_COUNT: by turns). */
void news_publish(struct news *n, size_t count, enum feed where, int64_t now_ms);

/* The stories of a JSON array [{"title", "summary", "ticker" or null, "feed",
 * "age_s"}...], filings also with "form", "release", "attached", "missing", "bulk_kb";
 * *added of them came out before an error.  0, ERR_SYNTAX, ERR_TOO_BIG. */
int news_publish_json(struct news *n, const char *body, size_t len, int64_t now_ms,
                      size_t *added, struct why *why);

/* Changes whenever the feed does. */
uint64_t news_version(const struct news *n, enum feed f);

/* A wall time that grows with each version by a second at least. */
int64_t news_modified_ms(const struct news *n, enum feed f);

/* Newest first: start with *cursor = news_len, NULL at the end. */
size_t news_len(const struct news *n);
const struct story *news_next(const struct news *n, enum feed f, size_t *cursor);

/* The story of that number; NULL when there is none. */
const struct story *news_find(const struct news *n, uint64_t number);

const char *feed_name(enum feed f);
int feed_find(const char *name); /* -1 when there is none */

#endif
