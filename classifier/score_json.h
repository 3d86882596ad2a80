/* score_json - an item as JSON in, its verdict as JSON out
 *
 * What `catalyst score` and the stage's `score` command do.  Members of the item, all
 * optional but title: title, summary, link, ticker, id, kind, feed, metrics (see
 * metric_json.h).
 */
#ifndef CATALYST_CLASSIFIER_SCORE_JSON_H
#define CATALYST_CLASSIFIER_SCORE_JSON_H

#include "base/buf.h"
#include "base/err.h"
#include "base/jsonw.h"
#include "classifier/rules.h"
#include "classifier/weights.h"

#include <stddef.h>

enum { SCORE_JSON_MAX = 256 * 1024 };

/* Writes the verdict's members into the open object: id, ticker, title, verdict,
 * reason, negative, score, relevance, sentiment, categories, evidence, weights. 0,
 * ERR_SYNTAX, ERR_TYPE, ERR_MISSING (title), ERR_RANGE (a number that is not finite),
 * ERR_TOO_BIG with why; nothing is written then. */
int score_json(const struct weights *weights, const struct rules *rules,
               const char *text, size_t n, struct jsonw *w, struct why *why);

/* The same as one line: the object and a newline are added to out.  On an error the
 * line is {"error": "..."} and the error is returned. */
int score_json_line(const struct weights *weights, const struct rules *rules,
                    const char *text, size_t n, struct buf *out);

#endif
