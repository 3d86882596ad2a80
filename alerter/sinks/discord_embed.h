/* discord_embed - an alert as the JSON body of a webhook
 *
 * Pure.  Always within Discord's limits, counted in UTF-16 units, which is never less
 * than what Discord counts; a text is cut between code points.  Every body holds
 * "allowed_mentions": {"parse": []}, because feed text may say @everyone.
 *
 * 0 or the buffer's error.
 */
#ifndef CATALYST_ALERTER_DISCORD_EMBED_H
#define CATALYST_ALERTER_DISCORD_EMBED_H

#include "alerter/alert.h"
#include "base/buf.h"

enum {
    EMBED_TITLE = 256,
    EMBED_TEXT = 4096,
    EMBED_FIELDS = 25,
    EMBED_NAME = 256,
    EMBED_VALUE = 1024,
    EMBED_FOOTER = 2048,
    EMBED_SUM = 6000,
    EMBED_URL = 2000
};

int discord_embed(const struct alert *a, struct buf *out);

/* Units a text counts against a limit. */
size_t discord_embed_units(const char *text);

#endif
