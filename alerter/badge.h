/* badge - what kind of news it is, in a word and a picture
 *
 * For the eye only: badges come from the categories that the score found, the feed and
 * the words of the headline; they decide nothing.
 */
#ifndef CATALYST_ALERTER_BADGE_H
#define CATALYST_ALERTER_BADGE_H

#include <stddef.h>

enum { BADGES_MOST = 3 };

struct badge_of {
    const char *title;       /* plain text */
    const char *categories;  /* separated by commas; may be "" */
    const char *feed, *kind; /* "filing" is one; may be "" */
};

/* At most `most` badges of `of`, the weightiest first; "NEWS" when there is none.
 * Each is UTF-8 and lives for ever.  Returns how many. */
size_t badges(const struct badge_of *of, const char **out, size_t most);

#endif
