/* document_fixture - a file of tests/fixtures (or the capture collection) as a document
 */
#ifndef CATALYST_TESTS_DOCUMENT_FIXTURE_H
#define CATALYST_TESTS_DOCUMENT_FIXTURE_H

#include "enricher/sources/source.h"

/* Monday 2026-11-23 in New York: 09:35, 08:00, 18:00; and the Saturday before. */
#define AT_0935 INT64_C(1795444500000)
#define AT_0800 INT64_C(1795438800000)
#define AT_1800 INT64_C(1795474800000)
#define AT_SAT  INT64_C(1795280400000)

/* Reads the file; body NULL when it is not there.  Free the body with free. */
struct document document_read(const char *path, int status, int64_t now_ms);

/* A file of tests/fixtures, and how it came. */
struct fixture {
    const char *path;
    int status; /* HTTP */
    int64_t now_ms;
};

/* Reads the file, which must be there, and parses it. */
int document_parse(const struct source *s, const struct fixture *x,
                   const char *const *tickers, size_t n, struct facts *out,
                   struct why *why);

/* The one entry of a ticker's fact; fails the test when there is none or two. */
const struct fact *fact_of(const struct facts *f, const char *ticker, enum fact_id id);

#endif
