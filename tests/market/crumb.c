#include "crumb.h"

#include "base/hash.h"
#include "base/str.h"

#define COOKIE "A3=d=AQABBMARKETSTANDIN"

void
crumb_cookie(struct crumbs *c, char out[CRUMB_COOKIE])
{
    str_fmt(out, CRUMB_COOKIE, "%s%06llx&S=AQAAAm", COOKIE,
            (unsigned long long)++c->cookies);
}

/* The value of our cookie among those of the request; "" when it is not there. */
static void
own_cookie(const struct request *r, char out[CRUMB_COOKIE])
{
    const char *at = strstr(r->cookie, COOKIE);

    str_copyn(out, CRUMB_COOKIE, at != NULL ? at : "", at ? strcspn(at, "; ") : 0);
}

/* Eleven characters; a slash and a dot among them, as real ones have. */
static void
make(uint64_t generation, const char *cookie, const char *agent, char out[CRUMB_TEXT])
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789./";
    char all[CRUMB_COOKIE + REQUEST_AGENT + 24];
    uint64_t bits;

    str_fmt(all, sizeof all, "%llu %s %s", (unsigned long long)generation, cookie,
            agent);
    bits = hash64_str(all);
    for (int i = 0; i < CRUMB_TEXT - 1; i++, bits >>= 6)
        out[i] = letters[bits & 63];
    out[3] = '/';
    out[7] = '.';
    out[CRUMB_TEXT - 1] = '\0';
}

bool
crumb_give(struct crumbs *c, const struct request *r, char out[CRUMB_TEXT])
{
    char cookie[CRUMB_COOKIE];

    own_cookie(r, cookie);
    if (cookie[0] == '\0') {
        c->refused++;
        return false;
    }
    c->given++;
    make(c->generation, cookie, r->user_agent, out);
    return true;
}

bool
crumb_check(struct crumbs *c, const struct request *r)
{
    char cookie[CRUMB_COOKIE], want[CRUMB_TEXT], crumb[64];

    own_cookie(r, cookie);
    make(c->generation, cookie, r->user_agent, want);
    request_arg(r, "crumb", crumb, sizeof crumb);
    if (cookie[0] != '\0' && str_eq(crumb, want))
        return true;
    c->refused++;
    return false;
}

void
crumb_write(const struct crumbs *c, struct jsonw *w)
{
    jw_object(w, "crumbs");
    jw_int(w, "generation", (int64_t)c->generation);
    jw_int(w, "cookies", (int64_t)c->cookies);
    jw_int(w, "given", (int64_t)c->given);
    jw_int(w, "refused", (int64_t)c->refused);
    jw_end(w);
}
