#include "ingest/noise.h"
#include "base/str.h"
#include "tests/conform/conform.h"

/* The reason the story is dropped for; "" when it is kept. */
static const char *
reason_of(const struct json *input, const char *text_key, struct noise_hit *hit)
{
    struct noise *noise;
    struct why why;
    bool found;

    hit->reason = hit->rule = "";
    if (noise_new(&noise, &why) != 0)
        return "";
    found = noise_find(noise, json_text(json_member(input, "title"), ""),
                       json_text(json_member(input, text_key), ""), hit);
    noise_free(&noise);
    return found ? hit->reason : "";
}

static bool
is_told_after(const char *reason)
{
    return str_eq(reason, "retrospective") || str_eq(reason, "summary_article");
}

void
conform_retrospective(const struct json *input, struct jsonw *out)
{
    struct noise_hit hit;

    jw_bool(out, NULL, is_told_after(reason_of(input, "summary", &hit)));
}

void
conform_legal_noise(const struct json *input, struct jsonw *out)
{
    struct noise_hit hit;

    jw_bool(out, NULL, str_eq(reason_of(input, "summary", &hit), "noise_legal"));
}

void
conform_presentation(const struct json *input, struct jsonw *out)
{
    struct noise_hit hit;

    jw_bool(out, NULL, str_eq(reason_of(input, "summary", &hit), "presentation"));
}

void
conform_substantive(const struct json *input, struct jsonw *out)
{
    struct noise_hit hit;
    const char *reason = reason_of(input, "text", &hit);

    jw_bool(out, NULL, !is_told_after(reason) && !str_eq(reason, "non_substantive"));
}

void
conform_summary(const struct json *input, struct jsonw *out)
{
    struct noise_hit hit;
    const char *reason = reason_of(input, "summary", &hit);

    if (!is_told_after(reason))
        jw_null(out, NULL);
    else if (str_eq(hit.rule, "opinion of a presenter"))
        jw_str(out, NULL, "CRAMER_MENTION");
    else
        jw_str(out, NULL, "SUMMARY_ARTICLE");
}
