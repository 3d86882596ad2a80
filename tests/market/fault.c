#include "fault.h"

#include "base/json.h"
#include "base/str.h"
#include "universe.h"

#include <math.h>

enum { FILE_MAX_BYTES = 1 << 20 };

#define INSTEAD .instead = true

static const struct fault_kind kinds[] = {
    {"429", "429 without Retry-After", &refusal_429, INSTEAD},
    {"429-retry-after", "429 with Retry-After of ARG seconds", NULL, spoil_429_after, 2,
     INSTEAD},
    {"429-edge", "429 in the words of Yahoo's edge", &refusal_429_edge, INSTEAD},
    {"200-error-page", "200 with a page: Will be right back", &refusal_back_soon,
     INSTEAD},
    {"bot-page", "200 with Finviz's page without figures", &refusal_bot_page, INSTEAD},
    {"challenge", "403 with Cloudflare's challenge", &refusal_challenge, INSTEAD},
    {"1010", "403, error code: 1010", &refusal_1010, INSTEAD},
    {"403", "403 for a library's user agent", &refusal_403, INSTEAD},
    {"invalid-crumb", "401 with Yahoo's Invalid Crumb", &refusal_invalid_crumb,
     INSTEAD},
    {"edgar-503", "503 with EDGAR's page", &refusal_edgar_503, INSTEAD},
    {"undeclared", "403: Undeclared Automated Tool", &refusal_undeclared, INSTEAD},
    {"edgar-rate", "403: Request Rate Threshold Exceeded", &refusal_edgar_rate,
     INSTEAD},
    {"no-file", "403 with the archive's XML for a missing file", &refusal_no_file,
     INSTEAD},
    {"moved", "301 to an address that is 404", &refusal_moved, INSTEAD},
    {"no-items", "200 with an empty channel", &refusal_no_items, INSTEAD},
    {"no-entries", "200 with an empty Atom feed", &refusal_no_entries, INSTEAD},
    {"unavailable", "200 with a channel called unavailable", &refusal_unavailable,
     INSTEAD},
    {"not-available", "200 with Nasdaq's page in the place of a list",
     &refusal_not_available, INSTEAD},
    {"500", "500", &refusal_500, INSTEAD},
    {"503", "503", &refusal_503, INSTEAD},
    {"huge", "a body of ARG MiB", NULL, spoil_huge, 64, INSTEAD},
    {"gzip-bomb", "gzip that unpacks to ARG MiB", NULL, spoil_gzip_bomb, 64, INSTEAD},
    {"garbage", "ARG random bytes", NULL, spoil_garbage, 4096, INSTEAD},
    {"reset", "the connection is reset", NULL, spoil_reset},
    {"truncate", "breaks off after ARG of the body", NULL, spoil_truncate, 0.5},
    {"drip", "ARG bytes each 100 ms", NULL, spoil_drip, 50},
    {"hang", "no answer until the client gives up", NULL, NULL},
    {"slow", "the answer comes ARG seconds later", NULL, NULL, 5},
};

const struct fault_kind *
fault_kinds(size_t *n)
{
    *n = STR_LEN(kinds);
    return kinds;
}

static const struct fault_kind *
kind_of(const char *name)
{
    for (size_t i = 0; i < STR_LEN(kinds); i++)
        if (str_eq(kinds[i].name, name))
            return &kinds[i];
    return NULL;
}

/* "0.25", "25%" are shares, "all" is every request, "60s" is each of so long. */
static int
read_share(char *text, char unit, struct fault *f)
{
    double value = 1;

    if (!str_eq(text, "all") && str_f64(text, &value) != 0)
        return ERR_SYNTAX;
    f->share = unit == 's' ? 1 : unit == '%' ? value / 100.0 : value;
    f->lasts_us = unit == 's' ? (int64_t)(value * 1e6) : 0;
    return f->share >= 0 && f->share <= 1 && value > 0 ? 0 : ERR_SYNTAX;
}

/* What has no unit and no dot is a count. */
static int
read_amount(char *text, struct fault *f)
{
    size_t n = strlen(text);
    char unit = n > 1 ? text[n - 1] : '\0';

    f->share = -1;
    if (unit != 's' && unit != '%' && unit != 'l' && strchr(text, '.') == NULL)
        return str_i64(text, &f->left) == 0 && f->left > 0 ? 0 : ERR_SYNTAX;
    if (unit == 's' || unit == '%')
        text[n - 1] = '\0';
    return read_share(text, unit, f);
}

static int
read_kind(char *text, struct fault *f)
{
    char *equals = strchr(text, '=');

    if (equals != NULL)
        *equals = '\0';
    if ((f->kind = kind_of(text)) == NULL)
        return ERR_SYNTAX;
    f->arg = f->kind->dflt;
    if (equals != NULL && (str_f64(equals + 1, &f->arg) != 0 || f->arg < 0))
        return ERR_SYNTAX;
    return 0;
}

static int
read_row(const char *row, size_t n, struct fault *f, struct why *why)
{
    char text[FAULT_PREFIX + 80], *kind, *amount;
    bool whole = str_copyn(text, sizeof text, row, n);

    memset(f, 0, sizeof *f);
    amount = strrchr(text, ':');
    if (amount != NULL)
        *amount++ = '\0';
    kind = strrchr(text, ':');
    if (kind != NULL)
        *kind++ = '\0';
    if (!whole || amount == NULL || kind == NULL || text[0] != '/' ||
        !str_copy(f->prefix, sizeof f->prefix, text))
        return why_set(why, ERR_SYNTAX, "fault \"%.*s\": wants /PREFIX:KIND:AMOUNT",
                       (int)(n < 120 ? n : 120), row);
    if (read_kind(kind, f) != 0)
        return why_set(why, ERR_SYNTAX, "fault kind \"%s\" is unknown", kind);
    if (read_amount(amount, f) != 0)
        return why_set(why, ERR_SYNTAX,
                       "fault amount \"%s\": wants 0.25, 25%%, 3, 60s or all", amount);
    return 0;
}

static int
keep(struct faults *f, const struct fault *rule, struct why *why)
{
    if (f->n == FAULT_RULES_MAX)
        return why_set(why, ERR_TOO_BIG, "more than %d faults", FAULT_RULES_MAX);
    f->rules[f->n++] = *rule;
    return 0;
}

static int
add_rows(struct faults *f, const char *text, struct why *why)
{
    const char *row;
    size_t n;
    struct fault rule;
    int rc = 0;

    while (rc == 0 && (row = str_piece(&text, ", \t\r\n", &n)) != NULL) {
        if (row[0] == '#') {
            text = row + strcspn(row, "\n");
            continue;
        }
        rc = read_row(row, n, &rule, why);
        if (rc == 0)
            rc = keep(f, &rule, why);
    }
    return rc;
}

static int
add_object(struct faults *f, const struct json *j, struct why *why)
{
    struct fault rule = {.share = json_f64(json_get(j, "share"), -1),
                         .left = json_i64(json_get(j, "count"), 0)};

    rule.kind = kind_of(json_text(json_get(j, "kind"), ""));
    if (rule.kind == NULL || rule.share > 1 || (rule.share < 0 && rule.left <= 0))
        return why_set(why, ERR_SYNTAX, "a fault wants path, kind and share or count");
    rule.arg = json_f64(json_get(j, "arg"), rule.kind->dflt);
    str_copy(rule.prefix, sizeof rule.prefix, json_text(json_get(j, "path"), "/"));
    return keep(f, &rule, why);
}

static int
add_json(struct faults *f, const char *text, size_t n, struct why *why)
{
    struct json *root = json_parse(text, n, why);
    int rc = root == NULL ? ERR_SYNTAX : 0;

    for (size_t i = 0; rc == 0 && i < json_len(root); i++)
        rc = add_object(f, json_at(root, i), why);
    json_free(&root);
    return rc;
}

int
faults_add(struct faults *f, const char *text, size_t n, struct why *why)
{
    size_t before = f->n;
    char *copy = strndup(text, n);
    int rc;

    if (copy == NULL)
        return ERR_NOMEM;
    rc = copy[strspn(copy, " \t\r\n")] == '[' ? add_json(f, copy, strlen(copy), why)
                                              : add_rows(f, copy, why);
    free(copy);
    if (rc != 0)
        f->n = before;
    return rc;
}

int
faults_load(struct faults *f, const char *file_or_rows, struct why *why)
{
    FILE *in = fopen(file_or_rows, "re");
    char *text;
    size_t n;
    int rc;

    if (in == NULL)
        return faults_add(f, file_or_rows, strlen(file_or_rows), why);
    text = calloc(1, FILE_MAX_BYTES);
    n = text != NULL ? fread(text, 1, FILE_MAX_BYTES - 1, in) : 0;
    rc = text != NULL ? faults_add(f, text, n, why) : ERR_NOMEM;
    free(text);
    fclose(in);
    return rc;
}

void
faults_clear(struct faults *f)
{
    f->n = 0;
}

static bool
hits(struct faults *f, struct fault *rule, int64_t now_us)
{
    if (rule->share < 0)
        return rule->left > 0;
    if (rule->lasts_us > 0 && rule->until_us == 0)
        rule->until_us = now_us + rule->lasts_us;
    if (rule->until_us != 0 && now_us >= rule->until_us)
        return false;
    return mix_unit(f->seed, ++f->drawn) < rule->share;
}

const struct fault *
faults_draw(struct faults *f, const char *path, int64_t now_us)
{
    for (size_t i = 0; i < f->n; i++) {
        struct fault *rule = &f->rules[i];

        if (!str_starts(path, rule->prefix) || !hits(f, rule, now_us))
            continue;
        rule->hits++;
        rule->left -= rule->share < 0;
        return rule;
    }
    return NULL;
}

void
fault_spoil(const struct fault *f, struct answer *a)
{
    if (f->kind->refusal != NULL)
        refusal_answer(f->kind->refusal, a);
    else if (f->kind->spoil != NULL)
        f->kind->spoil(a, f->arg);
}

double
fault_delay_s(const struct fault *f)
{
    if (str_eq(f->kind->name, "hang"))
        return HUGE_VAL;
    return str_eq(f->kind->name, "slow") ? f->arg : 0;
}

void
faults_write(const struct faults *f, struct jsonw *w)
{
    jw_array(w, "faults");
    for (size_t i = 0; i < f->n; i++) {
        const struct fault *rule = &f->rules[i];

        jw_object(w, NULL);
        jw_str(w, "path", rule->prefix);
        jw_str(w, "kind", rule->kind->name);
        jw_num(w, "arg", rule->arg);
        if (rule->share < 0)
            jw_int(w, "left", rule->left);
        else
            jw_num(w, "share", rule->share);
        jw_int(w, "hits", (int64_t)rule->hits);
        jw_end(w);
    }
    jw_end(w);
}
