/* reader - what the classifier finds in the text of a case
 *
 * Rules and weights as shipped.  Large: not for the stack.
 */
#ifndef CATALYST_CONFORM_READER_H
#define CATALYST_CONFORM_READER_H

#include "base/json.h"
#include "classifier/reading.h"
#include "classifier/weights.h"

struct reader {
    struct conf conf;
    struct rules rules;
    struct weights weights;
    struct msg_enriched in; /* borrows the texts of the case */
    struct reading reading;
};

/* Reads title, url and the text under text_key.  0 or ERR_*; close after 0. */
int reader_open(struct reader *r, const struct json *input, const char *text_key);
void reader_close(struct reader *r);

#endif
