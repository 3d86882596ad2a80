/* amount - a figure in running text: money, shares, a percentage
 *
 * "$5.2 million", "US$10M", "5.2MM", "1,250,000", "EUR 13.1 mn", "(0.12)", "-$0.10",
 * "12.5%".  A sign or brackets make it negative; a dash behind a digit or a letter is
 * none ("10-20", "Q4-2").  Figures that are part of a name ("Q3", "COVID19") are no
 * amounts, and neither is a year.  The only reader of amounts in this room.
 */
#ifndef CATALYST_CLASSIFIER_AMOUNT_H
#define CATALYST_CLASSIFIER_AMOUNT_H

#include <stdbool.h>
#include <stddef.h>

struct amount {
    const char *from, *to; /* within the text: first byte, first byte behind */
    double value;          /* scaled: "5.2 million" is 5200000 */
    bool money;            /* a currency stands with it */
    bool scaled;           /* a word or letter for thousand and more does */
    bool grouped;          /* thousands are set apart by commas */
    bool percent;
};

/* The first amount within from..end-1 of a text that starts at `start` (what is before
 * `from` decides whether a digit or a dash begins a figure).  O(n), no allocation. */
bool
amount_next(const char *start, const char *from, const char *end, struct amount *out);

/* The value of the first amount of a text; NAN when it has none. */
double amount_of(const char *text);

#endif
