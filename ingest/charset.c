#include "ingest/charset.h"

#include "base/str.h"
#include "ingest/recode.h"

#include <ctype.h>

enum { PROLOG_BYTES = 512 };

static const char ascii[] = "us-ascii";

/* A name between quotes or up to a separator, in lower case. */
static void
take_name(const char *s, size_t n, char *out)
{
    size_t len = 0;

    while (len < n && (isspace((unsigned char)s[len]) || strchr("='\"", s[len])))
        len++;
    s += len;
    n -= len;
    len = 0;
    while (len < n && len + 1 < CHARSET_SIZE &&
           (isalnum((unsigned char)s[len]) || strchr("-_:.", s[len])))
        len++;
    (void)str_copyn(out, CHARSET_SIZE, s, len);
    (void)str_lower(out);
}

/* "" when the document does not declare one. */
static void
declared(const char *body, size_t n, char *out)
{
    const char *end, *enc;

    *out = '\0';
    n = n < PROLOG_BYTES ? n : PROLOG_BYTES;
    end = memmem(body, n, "?>", 2);
    enc = end == NULL ? NULL : memmem(body, (size_t)(end - body), "encoding", 8);
    if (enc != NULL)
        take_name(enc + 8, (size_t)(end - enc) - 8, out);
}

/* "" when the answer does not say one. */
static void
said(const char *content_type, char *out)
{
    const char *s = strcasestr(content_type, "charset");

    *out = '\0';
    if (s != NULL)
        take_name(s + 7, strlen(s + 7), out);
}

/* "text/xml", "application/atom+xml"; all of the type before its parameters. */
static bool
is_xml(const char *type)
{
    static const char *const parts[] = {"application/xml-dtd",
                                        "application/xml-external-parsed-entity",
                                        "text/xml-external-parsed-entity"};
    size_t n = strcspn(type, "; ");

    for (size_t i = 0; i < STR_LEN(parts); i++)
        if (n == strlen(parts[i]) && strncasecmp(type, parts[i], n) == 0)
            return true;
    return n >= 4 && strncasecmp(type + n - 3, "xml", 3) == 0 &&
           (type[n - 4] == '/' || type[n - 4] == '+');
}

static bool
is_ascii(const char *s, size_t n)
{
    size_t i = 0;

    while (i < n && (s[i] & 0x80) == 0)
        i++;
    return i == n;
}

/* What the name is taken for, where that is another one; true when the name is at
 * odds with the bytes. */
static bool
settle(char name[CHARSET_SIZE], const char *body, size_t n)
{
    bool known = recode_knows(name);

    if (!known)
        (void)str_copy(name, CHARSET_SIZE, "utf-8");
    if (str_eq(name, "gb2312"))
        (void)str_copy(name, CHARSET_SIZE, "gb18030");
    return !known || (str_eq(name, ascii) && !is_ascii(body, n)) ||
           (str_eq(name, "utf-8") && !str_is_utf8(body, n));
}

struct charset
charset_of(const char *content_type, const char *body, size_t n)
{
    size_t unit = recode_unit(body, n);
    struct charset out = {.wrong_type = *content_type != '\0' && !is_xml(content_type)};

    said(content_type, out.name);
    if (out.name[0] == '\0' && str_istarts(content_type, "text/"))
        (void)str_copy(out.name, sizeof out.name, ascii);
    if (out.name[0] == '\0')
        declared(body, n, out.name);
    if (out.name[0] == '\0')
        (void)str_copy(out.name, sizeof out.name,
                       unit == 4   ? "utf-32"
                       : unit == 2 ? "utf-16"
                                   : "utf-8");
    out.overridden = settle(out.name, body, n);
    return out;
}
