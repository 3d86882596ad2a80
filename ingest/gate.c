#include "ingest/gate.h"

#include "base/str.h"

#include <inttypes.h>

enum { SUFFIX_LENGTH = 5, CLASS_LENGTH = 2, MINUTE_MS = 60000 };

/* ---- of the item --------------------------------------------------------------- */

static bool
hit_incomplete(const struct gate_view *v, struct gate_hit *hit)
{
    const char *missing = *v->item->title == '\0'  ? "title"
                          : *v->item->link == '\0' ? "link"
                                                   : NULL;

    if (missing == NULL)
        return false;
    (void)str_fmt(hit->rule, sizeof(hit->rule), "a story has a title and a link");
    (void)str_fmt(hit->matched, sizeof(hit->matched), "no %s", missing);
    return true;
}

static bool
hit_stale(const struct gate_view *v, struct gate_hit *hit)
{
    int64_t age = v->now_ms - v->item->published_ms;

    if (v->item->published_ms == 0 || v->max_age_ms == 0 || age <= v->max_age_ms)
        return false;
    (void)str_fmt(hit->rule, sizeof(hit->rule),
                  "first seen at most %" PRId64 " min after its publication",
                  v->max_age_ms / MINUTE_MS);
    (void)str_fmt(hit->matched, sizeof(hit->matched), "%" PRId64 " min old",
                  age / MINUTE_MS);
    return true;
}

static bool
hit_source(const struct gate_view *v, struct gate_hit *hit)
{
    const char *list = v->skip_sources, *piece;
    size_t n;

    while (list != NULL && (piece = str_piece(&list, " ,", &n)) != NULL) {
        if (strlen(v->feed) != n || strncasecmp(v->feed, piece, n) != 0)
            continue;
        (void)str_copy(hit->rule, sizeof(hit->rule), "ingest.skip_sources");
        (void)str_copy(hit->matched, sizeof(hit->matched), v->feed);
        return true;
    }
    return false;
}

static bool
hit_otc(const struct gate_view *v, struct gate_hit *hit)
{
    if (v->n_primary > 0 || v->allow_otc)
        return false;
    for (size_t i = 0; i < v->tickers->n; i++)
        if (v->tickers->list[i].listing == LISTING_OTC) {
            (void)str_copy(hit->rule, sizeof(hit->rule),
                           "over the counter only; see ingest.allow_otc");
            tickers_print(v->tickers, hit->matched, sizeof(hit->matched));
            return true;
        }
    return false;
}

static bool
hit_no_ticker(const struct gate_view *v, struct gate_hit *hit)
{
    if (v->n_primary > 0)
        return false;
    (void)str_copy(hit->rule, sizeof(hit->rule),
                   v->tickers->n > 0  ? "no United States listing is named"
                   : v->item->cik > 0 ? "the filer has no listed symbol"
                                      : "no listed symbol is named");
    tickers_print(v->tickers, hit->matched, sizeof(hit->matched));
    if (v->item->cik > 0)
        (void)str_fmt(hit->matched, sizeof(hit->matched), "CIK %" PRId64, v->item->cik);
    return true;
}

/* ---- of a candidate ------------------------------------------------------------ */

/* Endings of symbols that the directory does not know: classes, then the last letters
 * of a symbol of five or more. */
static const struct ending {
    const char *text;
    bool series; /* a letter may follow */
    enum security type;
} classes[] =
    {
        {".WS", true, SECURITY_WARRANT},
        {".U", false, SECURITY_UNIT},
        {".RT", false, SECURITY_RIGHT},
        {".PR", true, SECURITY_PREFERRED},
},
  letters[] = {
      {"W", false, SECURITY_WARRANT},  {"WS", false, SECURITY_WARRANT},
      {"WT", false, SECURITY_WARRANT}, {"PD", false, SECURITY_PREFERRED},
      {"U", false, SECURITY_UNIT},     {"R", false, SECURITY_RIGHT},
};

static enum security
guess_type(const char *symbol)
{
    const char *dot = strchr(symbol, '.');

    for (size_t i = 0; dot != NULL && i < STR_LEN(classes); i++) {
        size_t n = strlen(classes[i].text);

        if (str_starts(dot, classes[i].text) && strlen(dot + n) <= classes[i].series)
            return classes[i].type;
    }
    for (size_t i = 0; dot == NULL && i < STR_LEN(letters); i++)
        if (strlen(symbol) >= SUFFIX_LENGTH && str_ends(symbol, letters[i].text))
            return letters[i].type;
    return SECURITY_UNKNOWN;
}

/* No share of the United States has a class of three letters, or five letters and a
 * class. */
static bool
is_no_spelling(const char *symbol)
{
    const char *dot = strchr(symbol, '.');

    return dot != NULL &&
           (strlen(dot + 1) > CLASS_LENGTH || dot - symbol >= SUFFIX_LENGTH);
}

static const bool unwanted[] = {
    [SECURITY_PREFERRED] = true, [SECURITY_WARRANT] = true, [SECURITY_RIGHT] = true,
    [SECURITY_UNIT] = true,      [SECURITY_ETF] = true,     [SECURITY_FUND] = true,
};

static bool
hit_instrument(const struct gate_view *v, struct gate_hit *hit)
{
    const char *symbol = v->ticker->symbol;
    enum security type = v->symbol != NULL && v->symbol->type != SECURITY_UNKNOWN
                             ? v->symbol->type
                             : guess_type(symbol);

    if (v->watched)
        return false;
    (void)str_copy(hit->matched, sizeof(hit->matched), symbol);
    if (v->symbol == NULL && type == SECURITY_UNKNOWN && is_no_spelling(symbol))
        return str_copy(hit->rule, sizeof(hit->rule), "no share is spelled so");
    if ((size_t)type >= STR_LEN(unwanted) || !unwanted[type])
        return false;
    (void)str_fmt(hit->rule, sizeof(hit->rule), "%s, %s", security_name(type),
                  v->symbol != NULL ? "by the symbol directory" : "by its ending");
    return true;
}

/* Shares of foreign companies that trade over the counter have five letters and end in
 * F; an exchange lists a few that look so. */
static bool
hit_foreign(const struct gate_view *v, struct gate_hit *hit)
{
    const char *symbol = v->ticker->symbol;
    size_t n = strlen(symbol);

    if (v->watched || v->allow_otc || n < SUFFIX_LENGTH || symbol[n - 1] != 'F' ||
        strchr(symbol, '.') != NULL ||
        (v->symbol != NULL && v->symbol->exchange[0] != '\0'))
        return false;
    (void)str_copy(hit->rule, sizeof(hit->rule),
                   "a foreign share over the counter, by its ending");
    (void)str_copy(hit->matched, sizeof(hit->matched), symbol);
    return true;
}

static bool
hit_noise(const struct gate_view *v, struct gate_hit *hit)
{
    struct noise_hit found;

    if (v->item->kind != ITEM_NEWS || v->noise == NULL ||
        !noise_find(v->noise, v->item->title, v->item->summary, &found))
        return false;
    hit->reason = found.reason;
    (void)str_copy(hit->rule, sizeof(hit->rule), found.rule);
    (void)str_copy(hit->matched, sizeof(hit->matched), found.matched);
    return true;
}

static bool
hit_same_story(const struct gate_view *v, struct gate_hit *hit)
{
    const char *former;

    if (v->told == NULL || v->item->kind != ITEM_NEWS ||
        (former = v->told(v->self, v->ticker->symbol)) == NULL)
        return false;
    (void)str_copy(hit->rule, sizeof(hit->rule),
                   "another item told this story of the ticker before");
    (void)str_copy(hit->matched, sizeof(hit->matched), former);
    return true;
}

/* ---- the table ----------------------------------------------------------------- */

/* reason NULL: the gate names it itself. */
static const struct gate {
    const char *reason;
    bool of_candidate;
    bool (*hit)(const struct gate_view *v, struct gate_hit *hit);
} gates[] = {
    {"no_title_or_link", false, hit_incomplete}, {"stale", false, hit_stale},
    {"skip_source", false, hit_source},          {"otc", false, hit_otc},
    {"no_ticker", false, hit_no_ticker},         {"instrument", true, hit_instrument},
    {"otc_foreign", true, hit_foreign},          {NULL, true, hit_noise},
    {"same_story", true, hit_same_story},
};

static bool
run(const struct gate_view *v, bool of_candidate, struct gate_hit *hit)
{
    for (size_t i = 0; i < STR_LEN(gates); i++) {
        if (gates[i].of_candidate != of_candidate)
            continue;
        *hit = (struct gate_hit){.reason = gates[i].reason};
        if (gates[i].hit(v, hit))
            return true;
    }
    return false;
}

bool
gate_item(const struct gate_view *v, struct gate_hit *hit)
{
    return run(v, false, hit);
}

bool
gate_candidate(const struct gate_view *v, struct gate_hit *hit)
{
    return run(v, true, hit);
}

const char *
gate_reason(size_t i)
{
    for (size_t k = 0; k < STR_LEN(gates); k++) {
        if (gates[k].reason != NULL) {
            if (i-- == 0)
                return gates[k].reason;
            continue;
        }
        for (size_t n = 0; noise_reason(n) != NULL; n++)
            if (i-- == 0)
                return noise_reason(n);
    }
    return NULL;
}
