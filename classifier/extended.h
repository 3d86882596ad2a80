/* extended - what a move outside the regular session says of the news
 *
 * 5 % is half a sentiment, 10 % 0.7, 15 % and more 0.9.  Only for a price of the
 * extended hours: a regular close tells of the day before.
 */
#ifndef CATALYST_CLASSIFIER_EXTENDED_H
#define CATALYST_CLASSIFIER_EXTENDED_H

/* -0.9 .. 0.9 of a change in percent; 0 for NAN. */
double extended_sentiment(double change_pct);

#endif
