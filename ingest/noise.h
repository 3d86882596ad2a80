/* noise - stories that are never news about the company
 *
 * One row a rule: a reason, a name, what must match and what spares the story.  Rules
 * are regular expressions with word boundaries, so "investigational" is not
 * "investigation" and "warranty" no warrant.  Legal notices need two factors: who
 * speaks (or to whom) and what they want.  A row also names how the words begin of
 * which every hit holds one, for either factor: only rules whose words are there are
 * tried.
 *
 * Compiled once; looking is pure and bounded (a match gives up, and counts as none,
 * beyond NOISE_STEPS).
 */
#ifndef CATALYST_INGEST_NOISE_H
#define CATALYST_INGEST_NOISE_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

enum { NOISE_STEPS = 200000, NOISE_MATCHED = 160 };

struct noise;

struct noise_hit {
    const char *reason;          /* "noise_legal"; static */
    const char *rule;            /* "lead plaintiff notice"; static */
    char matched[NOISE_MATCHED]; /* the piece of text that did it */
};

/* A bug in the table is ERR_SYNTAX with why. */
int noise_new(struct noise **out, struct why *why);
void noise_free(struct noise **n);

/* Finds the first rule that hits. */
bool noise_find(const struct noise *n, const char *title, const char *summary,
                struct noise_hit *hit);

/* Reasons of the table, in order, without repeats; NULL at the end. */
const char *noise_reason(size_t i);

#endif
