#include "enricher/sources/spelling.h"

#include "base/err.h"
#include "base/str.h"
#include "base/text.h"

enum { TICKER_SIZE = 16, ENCODED_SIZE = 3 * TICKER_SIZE };

static char
dashed(char c)
{
    if (c >= 'a' && c <= 'z')
        return (char)(c - 'a' + 'A');
    return c == '.' || c == '/' ? '-' : c;
}

bool
spelling_dashed(const char *ticker, char *out, size_t size)
{
    bool fits = str_copy(out, size, ticker);

    for (char *c = out; *c != '\0'; c++)
        *c = dashed(*c);
    return fits;
}

bool
spelling_same(const char *a, const char *b)
{
    while (*a != '\0' && dashed(*a) == dashed(*b)) {
        a++;
        b++;
    }
    return *a == *b;
}

int
spelling_list(const char *const *tickers, size_t n, char *out, size_t size)
{
    char one[TICKER_SIZE], encoded[ENCODED_SIZE];

    for (size_t i = 0; i < n; i++) {
        size_t len = strlen(out);

        if (!spelling_dashed(tickers[i], one, sizeof one) ||
            !text_url_encode(one, encoded, sizeof encoded) ||
            !str_fmt(out + len, size - len, "%s%s", i == 0 ? "" : ",", encoded))
            return ERR_TOO_BIG;
    }
    return 0;
}
