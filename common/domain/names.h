/* names - companies by what they are called
 *
 * An index of names as the lists have them ("ACME WIDGETS CORP /DE/", "Acme Widgets
 * Corporation - Class A Common Stock"), asked with the beginning of a text.  A name is
 * kept without its legal form and without what describes the paper.  One that two
 * companies share answers nothing.
 */
#ifndef CATALYST_DOMAIN_NAMES_H
#define CATALYST_DOMAIN_NAMES_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

struct names;

/* Room for `most` names. */
int names_new(struct names **out, size_t most);
void names_free(struct names **n);

/* A name of company `owner` (any number that tells companies apart), with what is to be
 * answered; the first value of an owner's name stays.  Beyond `most`: dropped. */
void names_add(struct names *n, const char *name, int64_t owner, uint32_t value);
void names_ready(struct names *n); /* after the last names_add */

enum { NAMES_NONE = -1 };

/* The value of the longest name that the text begins with, as a company's own release
 * does: behind it stands its legal form ("Acme Widgets, Inc."), or, if it has two
 * words or more, what companies do ("Acme Widgets announces").  NAMES_NONE else. */
int64_t names_find(const struct names *n, const char *text);

#endif
