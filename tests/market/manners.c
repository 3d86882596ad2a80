#include "manners.h"

#include "base/str.h"

#include <stdlib.h>

enum { BROWSER_LEAST = 120 }; /* version of a browser that is not too old, T 2026 */

static bool
is_browser(const char *agent)
{
    return str_starts(agent, "Mozilla/5.0 (") &&
           (strstr(agent, "AppleWebKit/") != NULL || strstr(agent, "Gecko/") != NULL);
}

static bool
is_current_browser(const char *agent)
{
    static const char *const names[] = {"Chrome/", "Firefox/"};

    for (size_t i = 0; i < STR_LEN(names); i++) {
        const char *at = strstr(agent, names[i]);

        if (at != NULL && strtol(at + strlen(names[i]), NULL, 10) < BROWSER_LEAST)
            return false;
    }
    return is_browser(agent);
}

/* "Company Name contact@example.com" */
static bool
has_address(const char *agent)
{
    const char *at = strchr(agent, '@');

    return at != NULL && at > agent && at[-1] != ' ' && strchr(at, '.') != NULL;
}

static bool
is_declared(const char *agent)
{
    static const char *const libraries[] = {"python-", "Python-",        "curl/",
                                            "libcurl", "Go-http-client", "Java/",
                                            "Wget/",   "okhttp/",        "axios/"};

    for (size_t i = 0; i < STR_LEN(libraries); i++)
        if (str_starts(agent, libraries[i]))
            return false;
    return agent[0] != '\0' && !str_eq(agent, "Mozilla/5.0");
}

static const struct manner rows[] = {
    {"finviz-", is_browser, &refusal_403},
    {"yahoo-", is_current_browser, &refusal_429},
    {"feed-edgar", has_address, &refusal_undeclared},
    {"edgar-", has_address, &refusal_undeclared},
    {"feed-globenewswire", is_declared, NULL},
};

const struct manner *
manners_offended(const char *kind, const char *user_agent)
{
    for (size_t i = 0; i < STR_LEN(rows); i++)
        if (str_starts(kind, rows[i].kind))
            return rows[i].accepts(user_agent) ? NULL : &rows[i];
    return NULL;
}

void
manners_answer(const struct manner *m, struct answer *a)
{
    if (m->refusal != NULL)
        refusal_answer(m->refusal, a);
    else
        a->reset = true;
}
