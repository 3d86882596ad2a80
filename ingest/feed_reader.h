/* feed_reader - the state of one reading, shared by feed.c and feed_child.c */
#ifndef CATALYST_INGEST_FEED_READER_H
#define CATALYST_INGEST_FEED_READER_H

#include "ingest/feed.h"
#include "ingest/markup.h"

enum {
    FEED_LISTS = 3,
    FEED_SPACES = 8 /* prefixes that are other ones than usual; more are as written */
};

/* A prefix of the document, and the one that we know its vocabulary by. */
struct feed_space {
    struct slice prefix, usual;
};

/* Lines of a field that collects. */
struct feed_list {
    size_t n;
    char s[FEED_LIST_MAX];
};

/* Of an item, or of the feed itself: what is being read. */
struct feed_draft {
    struct feed_entry entry;
    struct slice prefix; /* of its tag */
    unsigned borrowed;   /* bit 1 << field: from another vocabulary than its own */
    struct feed_list lists[FEED_LISTS];
};

_Static_assert(FEED_FIELDS <= 32, "a bit for each field");

/* The category that is open: Atom's term is an attribute, RSS's the text. */
struct feed_category {
    char term[256], scheme[256], label[64];
};

struct feed_reader {
    struct feed *out;
    struct feed_draft item, head;
    struct slice item_name; /* the item's tag */
    struct feed_category category;
    struct gather text; /* of the field being read, into bytes */
    int depth;
    int head_depth, item_depth, field_depth; /* 0: not inside one */
    enum feed_field field;
    bool xhtml;    /* the field's markup is part of the document */
    bool base64;   /* the field is written as base64 */
    bool borrowed; /* the field is of another vocabulary, as dc:title is */
    struct feed_space spaces[FEED_SPACES];
    size_t n_spaces;
    bool started, is_feed;
    int rc;
    char bytes[FEED_FIELD_MAX + 1];
};

/* A tag's name in two: "media:title"; prefix empty when it has none. */
struct feed_name {
    struct slice prefix, local;
};

/* Takes the prefixes that a tag declares. */
void feed_spaces_add(struct feed_reader *r, const struct markup_token *tag);

/* The usual prefix of the vocabulary that `prefix` stands for; itself when it is one.
 */
struct slice feed_space_of(const struct feed_reader *r, struct slice prefix);

/* A child of an item, or of the feed itself, begins: takes what its attributes say, and
 * opens the field when its text is one. */
void feed_child(struct feed_reader *r, const struct feed_name *name,
                const struct markup_token *tag);

/* Sets a field of the item being read, or of the feed itself, trimmed, unless it has a
 * value or there is none.  Lists collect. */
void
feed_field_set(struct feed_reader *r, enum feed_field field, const char *s, size_t n);

/* The text of the field being read is whole, s[n] with room for a NUL behind: sets the
 * field, or what is made of it. */
void feed_field_end(struct feed_reader *r, char *s, size_t n);

/* Puts what collected into the draft's entry, which is whole then. */
void feed_draft_end(struct feed_reader *r, struct feed_draft *d);

#endif
