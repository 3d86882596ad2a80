/* text_char - one character of HTML text
 *
 * Pure.  For text_html.c, which asks for the text character by character.
 */
#ifndef CATALYST_BASE_TEXT_CHAR_H
#define CATALYST_BASE_TEXT_CHAR_H

#include <stddef.h>
#include <stdint.h>

enum { TEXT_BAD = '?' }; /* stands for what cannot be decoded */

/* The code point at s[n], n > 0, entities decoded (escaped twice too), and how many
 * bytes of s it took.  A byte that is no UTF-8 is one of Windows-1252; what the end
 * cuts off of a letter is TEXT_BAD.  "&" that begins no entity is itself. */
size_t text_char_at(const char *s, size_t n, uint32_t *out);

/* What a byte is in Windows-1252: itself below 0x80, and where there is nothing. */
uint32_t text_windows(unsigned char byte);

/* UTF-8 of a code point; returns its length. */
size_t text_char_put(uint32_t code, char out[4]);

/* How many bytes at s, a multiple of sixteen, are printable ASCII other than '&', '<'
 * and '>' with no two blanks in a row, and thus stand for themselves in every text.
 * Sixteen are looked at at once: there may be a few more. */
size_t text_plain_run(const char *s, size_t n);

#endif
