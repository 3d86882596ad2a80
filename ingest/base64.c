#include "ingest/base64.h"

#include "base/str.h"

static const char letters[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static bool
is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Six bits; -1: another byte. */
static int
bits_of(char c)
{
    const char *at = c == '\0' ? NULL : strchr(letters, c);

    return at == NULL ? -1 : (int)(at - letters);
}

/* How many letters there are, when there is nothing else but white space among them
 * and '=' behind them to whole fours; 0 when there is. */
static size_t
letters_in(const char *s, size_t n)
{
    size_t found = 0, fill = 0;

    for (size_t i = 0; i < n; i++) {
        if (is_space(s[i]))
            continue;
        if (s[i] == '=')
            fill++;
        else if (fill > 0 || bits_of(s[i]) < 0)
            return 0;
        else
            found++;
    }
    return fill <= 2 && (found + fill) % 4 == 0 ? found : 0;
}

bool
base64_decode(char *s, size_t *n)
{
    size_t left = letters_in(s, *n), out = 0;
    unsigned bits = 0;
    int held = 0;

    if (left == 0)
        return false;
    for (const char *in = s; left > 0; in++) {
        if (is_space(*in))
            continue;
        bits = (bits << 6 | (unsigned)bits_of(*in)) & 0xffff;
        held += 6;
        left--;
        if (held >= 8) {
            held -= 8;
            s[out++] = (char)(bits >> held);
        }
    }
    *n = out;
    return true;
}
