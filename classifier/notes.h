/* notes - what a reader of an explanation should know besides the sum
 *
 * How several opinions agree, how soon a filing should be read, that the text was cut.
 * A note leaves the score alone.
 */
#ifndef CATALYST_CLASSIFIER_NOTES_H
#define CATALYST_CLASSIFIER_NOTES_H

#include "classifier/signals.h"

/* Adds the lines that apply. */
void notes_add(const struct view *v, struct verdict *out);

#endif
