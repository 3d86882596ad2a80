/* filing - what a filing's form and items say before its text is read
 *
 * An 8-K names its items by number, other forms say by their name what they are.  Each
 * item and form is of one catalyst ("bankruptcy", "offering"); a catalyst has a signed
 * weight, and for some a category of keywords that says the same, so that both never
 * count.
 */
#ifndef CATALYST_CLASSIFIER_FILING_H
#define CATALYST_CLASSIFIER_FILING_H

#include "classifier/match.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    FILING_CATALYSTS = 20,
    FILING_ITEMS = 16, /* of one filing; what is beyond is not read */
    FILING_FORM = 24
};

struct catalyst_row {
    const char *name;     /* "bankruptcy" */
    double weight;        /* built in; weights.conf may change it */
    const char *category; /* of keyword_rows that counts instead, or NULL */
    const char *help;
};

extern const struct catalyst_row catalyst_rows[FILING_CATALYSTS];

/* How hard it is to read a filing. */
enum filing_depth { DEPTH_SIMPLE, DEPTH_MEDIUM, DEPTH_COMPLEX };

/* One item of an 8-K, or one form: "2.02", "424B5". */
struct filing_row {
    const char *name;
    const char *catalyst;
    double impact;  /* times the sentiment of its words */
    double urgency; /* 0..1 */
    bool material;  /* of those that move prices */
    enum filing_depth depth;
};

/* What a message's `form` says: "8-K 2.02,9.01". */
struct filing {
    char form[FILING_FORM]; /* upper case, without "/A" and "SC"/"SCHEDULE" */
    bool amended;
    char items[FILING_ITEMS][8];
    size_t n_items;
};

void filing_read(const char *form, struct filing *out);

/* "2.02" out of "Item 2.02", in any case, within the title or the first 500 characters
 * of the text; false when there is none. */
bool filing_item_of(const char *title, const char *text, char out[8]);

/* The row of an item of an 8-K, or of a form (item NULL or ""); never NULL: what is not
 * known has a row that says nothing. */
const struct filing_row *filing_row_of(const char *form, const char *item);

/* Index in catalyst_rows, or -1 for a catalyst that weighs nothing. */
int filing_catalyst(const struct filing_row *row);

/* The row that decides: the worst of those that are bad news, else the one of the
 * largest impact.  weights: one a catalyst.  NULL for no filing. */
const struct filing_row *filing_decisive(const struct filing *f, const double *weights);

/* A prospectus under which shares are sold; 424B2 are notes of banks. */
bool filing_sells_shares(const struct filing *f);

/* What makes it bad news by itself, in words, or NULL.  Static. */
const char *filing_bad_item(const struct filing *f);

/* ---- the digest: good or bad by a few words ----------------------------------------
 */

enum digest_word { DIGEST_GOOD, DIGEST_BAD, DIGEST_STAKE, DIGEST_WORDS };
extern const char *const digest_phrases[DIGEST_WORDS];

/* -1, 0, 1 of a filing with these hits (tag first_tag + enum digest_word) among its
 * first n words, which are its title and summary: a long text has a word of any kind.
 * Bad ones go before good ones: a contract's termination is no contract. */
int
filing_digest(const struct filing *f, const struct hits *hits, int first_tag, size_t n);
const char *filing_digest_name(double score); /* Bearish, Neutral, Bullish */

/* ---- how soon somebody should read it ------------------------------------- */

struct priority {
    double urgency, impact, relevance, total; /* 0..1 */
    const char *tier;                         /* critical, high, medium, low */
};

/* sentiment: -1..1 times the row's impact, clamped to that; guided: guidance was raised
 * or lowered. */
struct priority filing_priority(const struct filing_row *row, double sentiment,
                                bool guided, bool watched);

/* ---- its text ------------------------------------------------------------- */

/* EDGAR's own lines for a title ("8-K - Name (0001) (Filer)") and a summary ("Filed:
 * ... AccNo: ... Item 2.02: ..."): no words of the company's. */
bool filing_title_is_index(const char *title);
bool filing_summary_is_index(const char *summary);

/* The part of a filing's text that tells its news: behind the cover page, before the
 * warnings about forward-looking statements.  Borrowed; *n bytes. */
const char *filing_body(const char *text, size_t *n);

#endif
