/* feed - bytes of an RSS or Atom document to entries
 *
 * Reads RSS 0.9x, 1.0 (RDF), 2.0 and Atom 0.3, 1.0 as they really come: byte-order
 * marks, junk before the first tag, names in any case, prefixes that nobody bound or
 * that stand for a known vocabulary under another name, Latin-1 bytes in "UTF-8", bare
 * ampersands, HTML entities that no DTD declares, contents in base64.  Nothing is
 * fetched, no entity is expanded, no DTD is read.
 *
 * Pure: no clock, log or socket.  Field texts are as the feed sent them (HTML and
 * all, escaped or not), in UTF-8; item.h makes an item of them.
 */
#ifndef CATALYST_INGEST_FEED_H
#define CATALYST_INGEST_FEED_H

#include "base/arena.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    FEED_ENTRIES_MAX = 1000,    /* entries of one document; the rest is counted */
    FEED_FIELD_MAX = 64 * 1024, /* bytes of one field; the rest is cut and counted */
    FEED_LIST_MAX = 8 * 1024 /* bytes of a field that is a list; the rest is left out */
};

enum feed_field {
    FEED_ID, /* guid, Atom id */
    FEED_TITLE,
    FEED_LINK,      /* RSS link, Atom link rel=alternate */
    FEED_SUMMARY,   /* description, summary */
    FEED_CONTENT,   /* content:encoded, Atom content */
    FEED_PUBLISHED, /* pubDate, published, issued, dc:date */
    FEED_UPDATED,   /* updated, modified */
    FEED_FORM,      /* EDGAR: form type of the filing */
    FEED_STOCKS,    /* categories of a .../rss/stock domain, a line each */
    FEED_SYMBOL,    /* trade halts: the rest of the list */
    FEED_ISSUE,
    FEED_REASON,
    FEED_HALT_DATE,
    FEED_HALT_TIME,
    FEED_RESUME_DATE,
    FEED_RESUME_TIME,
    FEED_CONTENT_TYPE, /* text/html, text/plain, application/xhtml+xml */
    FEED_AUTHOR,
    FEED_LICENSE,
    FEED_EXPIRES,
    FEED_PERMALINK, /* "false": the guid is no address, even if it looks like one */
    FEED_LINKS,     /* every Atom link: rel, type, hreflang, length, href, title */
    FEED_TAGS,      /* every category: term, scheme, label */
    FEED_FIELDS     /* of the last two a line each, a tab between the values */
};

struct feed_entry {
    char *text[FEED_FIELDS]; /* the feed's; NULL when absent */
};

struct feed {
    struct feed_entry *entries; /* owned, in the order of the document */
    size_t n;
    struct feed_entry head; /* of the feed itself: title, link, id, description */
    struct arena texts;     /* all fields */
    size_t dropped;         /* entries beyond FEED_ENTRIES_MAX */
    size_t cut;             /* fields beyond FEED_FIELD_MAX */
    bool broken;            /* not well-formed: what could be read is here */
    struct why why;         /* where it broke first, empty unless broken */
};

/* 0, also for a document without entries or a broken one (see `broken`: an entry whose
 * end was not reached is left out).  ERR_CHANGED: no feed at all (an error page);
 * ERR_EMPTY: no bytes; ERR_NOMEM.  Free with feed_free after 0; on error nothing is
 * kept.  O(len), at most a copy of the body beside the entries. */
int feed_parse(const char *body, size_t len, struct feed *out, struct why *why);
void feed_free(struct feed *f); /* safe on a zeroed struct; empties it */

/* A field of an entry, "" when absent. */
const char *feed_text(const struct feed_entry *e, enum feed_field field);

#endif
