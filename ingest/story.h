/* story - when two items tell the same news
 *
 * One release comes over several wires, each with its own link, its own way to write
 * the company and its own cut of the text.  Two stories of one ticker are the same when
 * their titles have the same words, or the same but for words that say nothing (names
 * of exchanges, "announces", "Inc."), or much the same words over the same first words
 * of text.  A figure or a word such as "priced" that only one of them has makes them
 * two: the second step of an offering is news.
 *
 * Pure: no clock, log or socket.
 */
#ifndef CATALYST_INGEST_STORY_H
#define CATALYST_INGEST_STORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { STORY_TITLE = 256 };

enum story_kind { STORY_FIRST, STORY_CORRECTION, STORY_UPDATE };

struct story {
    enum story_kind kind;    /* as its title says of itself */
    char title[STORY_TITLE]; /* story_title, without what says its kind */
    uint64_t text;           /* SimHash of the first words behind the dateline */
    int64_t words;           /* how many those are */
};

void story_make(const char *title, const char *summary, struct story *out);

/* "correction" or "update"; "" for what is neither. */
const char *story_kind_name(enum story_kind kind);

/* The words of a title in lower case, a blank apart, with one word for those that mean
 * the same ("fall", "declines"); into out[STORY_TITLE], cut there. */
void story_title(const char *title, char out[STORY_TITLE]);

/* How alike two titles of story_title are, 0 to 1: 1 also when one has all the words of
 * the other (the token set ratio). */
double story_likeness(const char *a, const char *b);

/* The same news.  A correction or an update is never the same as what it corrects. */
bool story_is_same(const struct story *a, const struct story *b);

/* `later` is a correction or an update of what `former` tells. */
bool story_follows(const struct story *later, const struct story *former);

#endif
