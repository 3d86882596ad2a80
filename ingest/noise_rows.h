/* noise_rows - the rules of noise, one row each
 *
 * In the order of certainty: what says nothing comes last, for a short title often says
 * something that another row knows.  All patterns are caseless.
 */
#ifndef CATALYST_INGEST_NOISE_ROWS_H
#define CATALYST_INGEST_NOISE_ROWS_H

enum noise_where { NOISE_TITLE, NOISE_BOTH };

enum { NOISE_ROWS = 30 };

struct noise_row {
    const char *reason;
    const char *name;
    enum noise_where where;
    /* How words begin of which all that `must` hits holds one, and behind a '/' those
     * of `also`.  Fewer than four bytes are a whole word.  NULL: any text. */
    const char *stems;
    const char *must;   /* hits, and is what the reader is shown */
    const char *also;   /* NULL, or must match too */
    const char *unless; /* NULL, or spares the story */
};

extern const struct noise_row noise_rows[NOISE_ROWS];

#endif
