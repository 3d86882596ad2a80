/* feed_reader - the state of one reading, shared by feed.c and feed_child.c */
#ifndef CATALYST_INGEST_FEED_READER_H
#define CATALYST_INGEST_FEED_READER_H

#include "base/buf.h"
#include "ingest/feed.h"

#include <libxml/xmlstring.h>

struct feed_reader {
    struct feed *out;
    struct feed_entry entry; /* the one being read */
    struct buf text;         /* of the field being read */
    char prefix[16];         /* of the item's tag */
    char head_prefix[16];    /* of the channel's or feed's */
    int depth;
    int head_depth, item_depth, field_depth; /* 0: not inside one */
    enum feed_field field;
    bool xhtml; /* the field's markup is part of the document */
    bool started, is_feed;
    int rc;
};

/* A child of an item, or of the feed itself, begins: takes what its attributes say, and
 * opens the field when its text is one.  attrs: names and values in turn, NULL at the
 * end; NULL when there are none. */
void feed_child(struct feed_reader *r, const char *name, const char *prefix,
                const xmlChar **attrs);

/* Where the fields go just now: the item being read, or the feed's own. */
struct feed_entry *feed_open_entry(struct feed_reader *r);

/* Sets a field, trimmed, unless it has a value or there is none.  Lists collect. */
void
feed_entry_set(struct feed_reader *r, enum feed_field field, const char *s, size_t n);

/* The library's strings are ours with another sign; NULL is "". */
static inline const char *
feed_str(const xmlChar *s)
{
    return s == NULL ? "" : (const char *)s;
}

#endif
