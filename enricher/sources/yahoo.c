#include "enricher/sources/yahoo.h"

#include "base/str.h"
#include "base/text.h"
#include "enricher/sources/source.h"

#include <math.h>

/* Later than any date that makes sense, and safe to turn into milliseconds. */
#define SECONDS_MOST INT64_C(100000000000)

enum { CRUMB_ENCODED = 200 };

int
yahoo_error_read(const struct json *root, const char *root_name,
                 struct yahoo_error *out, struct why *why)
{
    const struct json *e = json_member(json_member(root, root_name), "error");
    const char *code;

    *out = (struct yahoo_error){.code = ""};
    if (e == NULL)
        e = json_get(root, "finance.error");
    if (e == NULL)
        return 0;
    code = json_text(json_member(e, "code"), "error");
    str_copy(out->code, sizeof out->code, str_empty(code) ? "error" : code);
    str_copy(out->text, sizeof out->text,
             json_text(json_member(e, "description"), json_text(e, "")));
    if (str_eq(out->code, "Unauthorized"))
        return why_set(why, ERR_DENIED, "%.150s",
                       str_empty(out->text) ? out->code : out->text);
    if (str_eq(out->code, "Not Found"))
        return why_set(why, ERR_EMPTY, WHY_UNKNOWN);
    return why_set(why, ERR_EMPTY, "%.70s",
                   str_empty(out->text) ? out->code : out->text);
}

double
yahoo_number(const struct json *j)
{
    return json_f64(json_is_object(j) ? json_member(j, "raw") : j, NAN);
}

int64_t
yahoo_time_ms(const struct json *j)
{
    int64_t at = json_i64(json_is_object(j) ? json_member(j, "raw") : j, 0);

    return at > 0 && at < SECONDS_MOST ? at * 1000 : 0;
}

int
yahoo_add_crumb(const char *crumb, char *out, size_t size)
{
    char encoded[CRUMB_ENCODED];
    size_t len = strlen(out);

    if (str_empty(crumb))
        return 0;
    if (!text_url_encode(crumb, encoded, sizeof encoded) ||
        !str_fmt(out + len, size - len, "&crumb=%s", encoded))
        return ERR_TOO_BIG;
    return 0;
}
