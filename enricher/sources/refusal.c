#include "enricher/sources/refusal.h"

#include "base/str.h"

#include <ctype.h>

enum { LOOK_BYTES = 32 * 1024 };

const char *
refusal_find(const char *body, size_t n, const char *word)
{
    size_t len = strlen(word);

    for (size_t i = 0; i + len <= n; i++)
        if (strncasecmp(body + i, word, len) == 0)
            return body + i;
    return NULL;
}

/* Said by challenge pages, bot pages and outages, T 2020 to 2026. */
static const struct word_row {
    const char *word;
    int rc;
} words[] = {
    {"Too Many Requests", ERR_LIMITED},   {"Just a moment...", ERR_BLOCKED},
    {"_cf_chl_opt", ERR_BLOCKED},         {"error code: 1015", ERR_LIMITED},
    {"error code: 1010", ERR_BLOCKED},    {"error code: 10", ERR_BLOCKED},
    {"Attention Required!", ERR_BLOCKED}, {"captcha", ERR_BLOCKED},
    {"Access Denied", ERR_BLOCKED},       {"unusual traffic", ERR_BLOCKED},
    {"Will be right back", ERR_NET},      {"Service Unavailable", ERR_NET},
};

/* The row whose word stands in the first bytes of the body; NULL for none. */
static const struct word_row *
word_of(const struct document *d)
{
    size_t n = d->len < LOOK_BYTES ? d->len : LOOK_BYTES;

    for (size_t i = 0; i < STR_LEN(words); i++)
        if (refusal_find(d->body, n, words[i].word) != NULL)
            return &words[i];
    return NULL;
}

/* The status decides, the words of the page only explain. */
static int
refused(const struct document *d, int rc, struct why *why)
{
    const struct word_row *row = rc == ERR_BLOCKED ? word_of(d) : NULL;

    if (row == NULL)
        return why_set(why, rc, "HTTP %d", d->status);
    return why_set(why, rc, "HTTP %d with a page saying: %s", d->status, row->word);
}

int
refusal_of_status(const struct document *d, struct why *why)
{
    if (d->status == 429 || d->status == 503)
        return refused(d, ERR_LIMITED, why);
    if (d->status == 401)
        return refused(d, ERR_DENIED, why);
    if (d->status == 403 || d->status == 999)
        return refused(d, ERR_BLOCKED, why);
    if (d->status >= 500)
        return refused(d, ERR_NET, why);
    return 0;
}

int
refusal_of_body(const struct document *d, struct why *why)
{
    const struct word_row *row = word_of(d);

    if (row != NULL)
        return why_set(why, row->rc, "HTTP %d with a page saying: %s", d->status,
                       row->word);
    return why_set(why, ERR_CHANGED, "HTTP %d, %zu bytes, unknown layout", d->status,
                   d->len);
}

static bool
is_markup(const struct document *d)
{
    size_t n = d->len;
    const char *s = str_behind_bom(d->body, &n);

    while (n > 0 && isspace((unsigned char)*s))
        s++, n--;
    return n > 0 && *s == '<';
}

int
refusal_of_page(const struct document *d, const struct why *syntax, struct why *why)
{
    struct why page = {""};
    int rc = refusal_of_body(d, &page);

    if (rc != ERR_CHANGED)
        return why_set(why, rc, "%s", page.text);
    if (is_markup(d))
        return why_set(why, ERR_BLOCKED, "HTTP %d with an unknown page", d->status);
    return why_set(why, ERR_SYNTAX, "HTTP %d: %s", d->status, syntax->text);
}
