/* alert_text - an alert in plain words
 *
 * For people: how old the news is, how the price moved, what kind of news it is, and
 * all of it as three lines of text.  Pure.
 */
#ifndef CATALYST_ALERTER_ALERT_TEXT_H
#define CATALYST_ALERTER_ALERT_TEXT_H

#include "alerter/alert.h"

enum { ALERT_AGO_SIZE = 32, ALERT_CHANGE_SIZE = 32, ALERT_LINES_MAX = 1900 };

/* "just now", "5min ago", "3h ago", "2d ago"; "recently" when published_ms is 0. */
void alert_ago(int64_t published_ms, int64_t now_ms, char out[ALERT_AGO_SIZE]);

/* "+1.50%"; "n/a" for a NAN. */
void alert_change(double percent, char out[ALERT_CHANGE_SIZE]);

/* Copies text so that no @ in it calls anybody: a zero-width space behind each one that
 * could, in "@here", "@Name", "<@123>"; addresses of mail stay as they are. */
void alert_unmention(const char *text, char *out, size_t size);

/* The last price and how it moved, from the metrics; NAN when there is none. */
double alert_price(const struct msg_scored *s);
double alert_price_change(const struct msg_scored *s);

/* Three lines: "[ACME] headline"; feed, time, price, up to three categories and what it
 * follows; link.  At most ALERT_LINES_MAX bytes, else it says that it was cut. */
void alert_lines(const struct msg_scored *s, struct buf *out);

#endif
