/* str - the few string helpers we need
 *
 * All of them are bounded and never cut inside a UTF-8 sequence.
 */
#ifndef CATALYST_BASE_STR_H
#define CATALYST_BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define STR_LEN(a) (sizeof(a) / sizeof((a)[0]))

/* Copies src (NULL is "") into dst[size], truncated at a UTF-8 boundary, always
 * terminated.  Returns true if all of it fitted. */
bool str_copy(char *dst, size_t size, const char *src);

/* The same for a piece of n bytes that need not be terminated. */
bool str_copyn(char *dst, size_t size, const char *src, size_t n);

/* printf into dst[size]; true if all of it fitted. */
__attribute__((format(printf, 3, 4))) bool
str_fmt(char *dst, size_t size, const char *fmt, ...);

bool str_eq(const char *a, const char *b);           /* NULL equals only NULL */
bool str_ieq(const char *a, const char *b);          /* ASCII case folded */
bool str_starts(const char *s, const char *prefix);  /* case matters */
bool str_istarts(const char *s, const char *prefix); /* ASCII case folded */
bool str_ends(const char *s, const char *suffix);
bool str_empty(const char *s); /* NULL or "" */

/* In place: cuts ASCII white space at both ends and returns s. */
char *str_trim(char *s);

/* In place, ASCII only: UTF-8 bytes are left alone.  Return s. */
char *str_lower(char *s);
char *str_upper(char *s);

/* Takes the next piece of *cursor that holds none of `seps`; *n is its length,
 * NULL at the end.  Empty pieces are skipped.  *cursor is moved on. */
const char *str_piece(const char **cursor, const char *seps, size_t *n);

/* The whole of s as a number, no space around it, no inf, no nan.
 * 0, ERR_SYNTAX or ERR_RANGE; *out untouched on error. */
int str_i64(const char *s, int64_t *out);
int str_f64(const char *s, double *out);

/* Length in bytes of the longest prefix of s[n] that holds at most `chars` code
 * points and no cut sequence. */
size_t str_utf8_prefix(const char *s, size_t n, size_t chars);

/* Bytes of the valid sequence that s[n] starts with; 0 when it starts with none. */
size_t str_utf8_next(const char *s, size_t n);

/* Nothing but valid sequences; ASCII, and nothing at all, are. */
bool str_is_utf8(const char *s, size_t n);

/* The same text behind its byte order mark, if it has one; *n is made shorter. */
const char *str_behind_bom(const char *s, size_t *n);

/* Number of code points in a terminated string (bad bytes count as one each). */
size_t str_utf8_len(const char *s);

/* Copies src into dst[size] with every invalid UTF-8 sequence replaced by '?'. */
void str_utf8_clean(char *dst, size_t size, const char *src);

#endif
