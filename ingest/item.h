/* item - one news story or filing, normalised
 *
 * Made of an entry of a feed by rules that depend on nothing but the entry and the
 * feed's kind and address, so that the same story has the same id after a restart and
 * on another feed.
 *
 * Pure: no clock, log or socket.
 */
#ifndef CATALYST_INGEST_ITEM_H
#define CATALYST_INGEST_ITEM_H

#include "ingest/feed.h"

#include <stdint.h>

enum {
    ITEM_ID = 64,
    ITEM_FORM = 128,
    ITEM_TITLE = 768,
    ITEM_SUMMARY = 4096,
    ITEM_LINK = 1024,
    ITEM_STOCKS = 512,
    ITEM_RANK_FILED_BY = 1, /* roles whose CIK is not the company's */
    ITEM_RANK_BEST = 3      /* of the roles that a filing's entries name */
};

enum item_kind { ITEM_NEWS, ITEM_FILING, ITEM_HALT };

struct item {
    /* "sec:0001234567-25-000123" (accession alone), "n:" and 24 hex digits of the
     * canonical link (of the guid or title where there is none), or
     * "h:SYMBOL-DATE-TIME-CODE" (see item_resumes). */
    char id[ITEM_ID];
    enum item_kind kind;
    char form[ITEM_FORM];       /* "8-K 2.02,9.01"; empty unless a filing */
    char title[ITEM_TITLE];     /* plain text, may be empty */
    char summary[ITEM_SUMMARY]; /* plain text, may be empty */
    char link[ITEM_LINK];       /* http(s); empty when there is none */
    char stocks[ITEM_STOCKS];   /* "Nasdaq:PGC", a line each */
    int64_t published_ms;       /* wall clock; 0 unknown, never "now" */
    int64_t cik;                /* of the filer; 0 unknown */
    int rank; /* filings: the preferred role of an accession is higher */
};

/* "news", "filing" or "halt", as in the configuration; news for anything else. */
enum item_kind item_kind(const char *name);
const char *item_kind_name(enum item_kind kind);

/* base_url is the feed's own address: relative links are completed from it.
 * 0, or ERR_MISSING when the entry holds nothing to know it by. */
int item_from_entry(const struct feed_entry *e, enum item_kind kind,
                    const char *base_url, struct item *out);

/* Gives it the id of its canonical link, else of the guid, else of its title.
 * 0, or ERR_MISSING when it has none of them. */
int item_name_news(struct item *it, const char *guid);
void item_name_filing(struct item *it, const char *accession);

/* The same halt once more, as the news of when its trading resumes: id, title and time
 * become those of the resumption ("h:SYMBOL-DATE-TIME-CODE>MMDDHHMMSS").  false, and
 * nothing changes, while the entry does not say when.  e: what `it` was made of. */
bool item_resumes(const struct feed_entry *e, struct item *it);

/* True if the form of a filing is one of `forms`, or forms is empty.  Forms stand apart
 * by commas, or by spaces where there is no comma; "_" stands for a blank in either:
 * "8-K, SCHEDULE 13D" is "8-K SCHEDULE_13D". */
bool item_form_wanted(const struct item *it, const char *forms);

/* The accession number in a link or id, dashed, into out[21]; false when none. */
bool item_accession(const char *text, char out[21]);

/* Where EDGAR keeps a filing, "CIK/accession", into out[ITEM_ID]; "" when it is none,
 * or one whose filer is unknown. */
void item_filing(const struct item *it, char out[ITEM_ID]);

#endif
