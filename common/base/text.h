/* text - from what feeds send to plain text, times and links
 *
 * Pure: bytes in, text out.
 */
#ifndef CATALYST_BASE_TEXT_H
#define CATALYST_BASE_TEXT_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* HTML to one line of plain text: entities decoded (doubly escaped ones too), each tag
 * replaced by a space, script and style dropped with their content, white space (also
 * no-break) collapsed, trimmed.  Bytes that are no UTF-8 are taken for Windows-1252.
 * Truncated at size.  Returns out. */
char *text_from_html(const char *html, size_t n, char *out, size_t size);

/* A feed's time to UTC ms since 1970: RFC 822 (1- or 2-digit day, with or without
 * seconds and weekday, numeric or named zone incl. UT, GMT, EST, EDT, CST, CDT, MST,
 * MDT, PST, PDT; ET, CT, MT, PT are the one of the two that holds on that day; BST,
 * CET, CEST, EET, EEST, HKT, JST; "GMT+01:00"), with the month first ("Oct. 5, 2026
 * 2:28 PM ET") or the year last, ISO 8601 with offset or Z, ISO without zone (UTC),
 * bare date. 0 or ERR_SYNTAX; *out untouched on error. */
int text_time(const char *s, int64_t *out);

/* The link two wires' copies share: https, lower-case host, no fragment, no trailing
 * slash, no tracking parameters (utm_*, gclid, fbclid, cmpid, icid, src, ref, mc_cid,
 * mc_eid), the rest in order.  ERR_SYNTAX (and out = "") when it is no http(s) link. */
int text_canonical_link(const char *url, char *out, size_t size);

/* The variant alerts are keyed by: keeps the scheme, drops utm_*, gclid, fbclid, mc_*;
 * an empty path becomes "/". */
int text_alert_link(const char *url, char *out, size_t size);

/* True for an address of this very machine: localhost, 127.x, [::1]. */
bool text_is_loopback(const char *url);

/* A figure as market pages print it: "16.99B", "39,606,884", "1.25%", "-" for none.
 * Suffix K M B T in either case, one percent sign (value stays in percent), thousands
 * commas, sign.  0, ERR_EMPTY ("-", "- -", "N/A", ""), ERR_SYNTAX. */
int text_figure(const char *s, double *out);

/* Percent-encodes everything but unreserved characters.  true if it fitted. */
bool text_url_encode(const char *s, char *out, size_t size);

/* What follows the dateline of a release, "NEW YORK, Nov. 24, 2026 (WIRE) -- "; the
 * text itself where none ends in its first 160 bytes. */
const char *text_behind_dateline(const char *text);

#endif
