#include "classifier/source_weight.h"

#include "base/str.h"

static const struct {
    const char *domain;
    int tier;
    const char *category;
} sources[] = {
    {"sec.gov", 1, "regulatory"},       {"bloomberg.com", 1, "premium_news"},
    {"reuters.com", 1, "premium_news"}, {"wsj.com", 1, "premium_news"},
    {"ft.com", 1, "premium_news"},      {"globenewswire.com", 2, "pr_wire"},
    {"businesswire.com", 2, "pr_wire"}, {"prnewswire.com", 2, "pr_wire"},
    {"accesswire.com", 2, "pr_wire"},   {"marketwatch.com", 2, "financial_news"},
    {"cnbc.com", 2, "financial_news"},  {"benzinga.com", 2, "financial_news"},
};

/* Second labels under which countries register names, and those countries. */
static const char *const second_labels[] = {"co", "com", "net", "org",
                                            "ac", "gov", "edu", "ne"};

/* "host" of "https://user@host:1/x", "//host/x", "host/x" or "host". */
static const char *
host_of(const char *link, size_t *n)
{
    const char *scheme = link + strcspn(link, ":/?#"), *at;
    const char *start = str_starts(scheme, "://") ? scheme + 1 : link;

    start += str_starts(start, "//") ? 2 : 0;
    *n = strcspn(start, "/?#\\");
    for (at = start + *n; at > start && at[-1] != '@'; at--)
        continue;
    *n -= (size_t)(at - start);
    start = at;
    *n = strcspn(start, ":/?#\\") < *n ? strcspn(start, ":/?#\\") : *n;
    while (*n > 0 && start[*n - 1] == '.')
        --*n;
    return start;
}

static bool
is_second_label(const char *label, size_t n)
{
    for (size_t i = 0; i < STR_LEN(second_labels); i++) {
        if (strlen(second_labels[i]) == n && memcmp(label, second_labels[i], n) == 0)
            return true;
    }
    return false;
}

/* Start of the label that ends before `end`. */
static const char *
label_start(const char *host, const char *end)
{
    while (end > host && end[-1] != '.')
        end--;
    return end;
}

char *
source_domain(const char *link, char *out, size_t size)
{
    char host[256];
    const char *from, *top, *second, *end;
    size_t n;

    from = host_of(link == NULL ? "" : link, &n);
    (void)str_copyn(host, sizeof host, from, n);
    (void)str_lower(host);
    end = host + strlen(host);
    top = label_start(host, end);
    second = top > host ? label_start(host, top - 1) : top;
    /* two-letter countries only: "co.com" is a name of its own */
    if (second > host && end - top == 2 &&
        is_second_label(second, (size_t)(top - 1 - second)))
        second = label_start(host, second - 1);
    (void)str_copy(out, size, second);
    return out;
}

void
source_tier_of(const char *link, struct source_tier *out)
{
    (void)source_domain(link, out->domain, sizeof out->domain);
    out->tier = SOURCE_TIERS;
    out->category = "unknown";
    for (size_t i = 0; i < STR_LEN(sources); i++) {
        if (str_eq(sources[i].domain, out->domain)) {
            out->tier = sources[i].tier;
            out->category = sources[i].category;
            return;
        }
    }
}
