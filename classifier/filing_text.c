/* The text of a filing: what of it is the company's news. */
#include "classifier/filing.h"

#include "base/str.h"

#include <ctype.h>

bool
filing_title_is_index(const char *title)
{
    const char *dash = strstr(title, " - "), *digits = strchr(title, '(');
    size_t n;

    if (dash == NULL)
        return false;
    for (; digits != NULL; digits = strchr(digits + 1, '(')) {
        n = strspn(digits + 1, "0123456789");
        if (n == 10 && digits[1 + n] == ')')
            return true;
    }
    return false;
}

bool
filing_summary_is_index(const char *summary)
{
    const char *p = summary + strspn(summary, " ");

    return str_istarts(p, "Filed:");
}

/* Where one of the phrases stands first, or NULL. */
static const char *
first_of(const char *text, const char *const *phrases, size_t n)
{
    const char *best = NULL;

    for (size_t i = 0; i < n; i++) {
        const char *found = strcasestr(text, phrases[i]);

        if (found != NULL && (best == NULL || found < best))
            best = found;
    }
    return best;
}

/* A cover page lists boxes to check and ends before the first item's heading. */
static const char *
behind_cover(const char *text)
{
    const char *box = strcasestr(text, "Check the appropriate box"), *p;
    char item[8];

    if (box == NULL)
        return text;
    for (p = box; (p = strcasestr(p, "item ")) != NULL; p += 5) {
        if (filing_item_of(p, "", item) && isspace((unsigned char)p[-1]) &&
            strncmp(p + 5, item, 4) == 0)
            return p;
    }
    return text;
}

const char *
filing_body(const char *text, size_t *n)
{
    /* from here on everything that might go wrong is listed, as the law wants it */
    static const char *const ends[] = {
        "forward-looking statements",
        "forward looking statements",
        "safe harbor",
        "risk factors",
        "SIGNATURES",
    };
    const char *from = behind_cover(text), *end;

    end = first_of(from, ends, STR_LEN(ends));
    *n = end == NULL ? strlen(from) : (size_t)(end - from);
    return from;
}
