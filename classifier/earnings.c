#include "classifier/earnings.h"

#include "base/str.h"
#include "classifier/amount.h"

#include <ctype.h>
#include <math.h>

const char *const earnings_labels[EARNINGS_LABELS] = {
    [EARNINGS_UNKNOWN] = "Unknown", [EARNINGS_STRONG_BEAT] = "Strong Beat",
    [EARNINGS_BEAT] = "Beat",       [EARNINGS_INLINE] = "Inline",
    [EARNINGS_MISS] = "Miss",
};

static const double EPS_MOST = 1000.0;   /* USD a share; beyond it is no EPS */
static const double PLAIN_DOLLARS = 1e5; /* revenue without a unit: millions below */
static const double EPS_PART = 0.7;      /* of the score; the rest is revenue's */

/* What a word means for the figures that follow it. */
enum role {
    ROLE_EPS,  /* the figure is earnings per share, or is if it is small */
    ROLE_LOSS, /* the same, and negative */
    ROLE_REVENUE,
    ROLE_INCOME,   /* of the company; what it is a share may follow */
    ROLE_ESTIMATE, /* of the figure spoken of before */
    ROLE_BEFORE,   /* figures of another period or thing, until the next role */
    ROLE_FUTURE,   /* figures of a period to come, until the next full stop */
    ROLE_BEAT,
    ROLE_MISS,
    ROLE_DATE /* a report that is still to come */
};

/* In the order of the alphabet. */
static const struct {
    const char *phrase;
    enum role role;
} roles[] = {
    {"beat", ROLE_BEAT},
    {"beating", ROLE_BEAT},
    {"beats", ROLE_BEAT},
    {"compared", ROLE_BEFORE},
    {"consensus", ROLE_ESTIMATE},
    {"disappointed", ROLE_MISS},
    {"disappoints", ROLE_MISS},
    {"dividend", ROLE_BEFORE},
    {"dividends", ROLE_BEFORE},
    {"down from", ROLE_BEFORE},
    {"earnings calendar", ROLE_DATE},
    {"earnings date", ROLE_DATE},
    {"earnings of", ROLE_EPS},
    {"earnings per", ROLE_EPS},
    {"eps", ROLE_EPS},
    {"est", ROLE_ESTIMATE},
    {"estimate", ROLE_ESTIMATE},
    {"estimated", ROLE_ESTIMATE},
    {"estimates", ROLE_ESTIMATE},
    {"exceeded", ROLE_BEAT},
    {"exceeding", ROLE_BEAT},
    {"exceeds", ROLE_BEAT},
    {"expectation", ROLE_ESTIMATE},
    {"expectations", ROLE_ESTIMATE},
    {"expected", ROLE_ESTIMATE},
    {"expected to report", ROLE_DATE},
    {"expects", ROLE_FUTURE},
    {"falling short", ROLE_MISS},
    {"falls short", ROLE_MISS},
    {"fell short", ROLE_MISS},
    {"guidance for", ROLE_FUTURE},
    {"guidance of", ROLE_FUTURE},
    {"guides", ROLE_FUTURE},
    {"income per share", ROLE_EPS},
    {"lagged", ROLE_MISS},
    {"lags", ROLE_MISS},
    {"loss of", ROLE_LOSS},
    {"loss per", ROLE_LOSS},
    {"miss", ROLE_MISS},
    {"missed", ROLE_MISS},
    {"misses", ROLE_MISS},
    {"missing", ROLE_MISS},
    {"net earnings", ROLE_INCOME},
    {"net income", ROLE_INCOME},
    {"net income per", ROLE_EPS},
    {"outlook for", ROLE_FUTURE},
    {"profit of", ROLE_INCOME},
    {"revenue", ROLE_REVENUE},
    {"revenues", ROLE_REVENUE},
    {"sales", ROLE_REVENUE},
    {"scheduled", ROLE_DATE},
    {"sees", ROLE_FUTURE},
    {"surpassed", ROLE_BEAT},
    {"surpasses", ROLE_BEAT},
    {"surpassing", ROLE_BEAT},
    {"to report", ROLE_DATE},
    {"topped", ROLE_BEAT},
    {"topping", ROLE_BEAT},
    {"tops", ROLE_BEAT},
    {"trailed", ROLE_MISS},
    {"trails", ROLE_MISS},
    {"up from", ROLE_BEFORE},
    {"upcoming earnings", ROLE_DATE},
    {"will report", ROLE_DATE},
    {"year ago", ROLE_BEFORE},
    {"year-ago", ROLE_BEFORE},
};

struct scan {
    struct earnings *out;
    enum role figure; /* EPS, LOSS, REVENUE, INCOME; BEFORE: none */
    bool estimate, future;
    const char *estimate_to; /* behind the word for it */
    double reported;         /* an EPS if an estimate follows; NAN: none */
    int beats, misses, dates;
    size_t figures;
};

/* ---- one piece of the text at a time -----------------------------------------------
 */

/* The first row that begins with this letter or a later one. */
static size_t
first_role(char letter)
{
    size_t low = 0, high = STR_LEN(roles);

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (roles[middle].phrase[0] < letter)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The role of the longest phrase that begins at p, or -1.  Two letters tell nearly all
 * phrases apart from what stands there. */
static int
role_at(const char *p, size_t *len)
{
    char first = (char)tolower((unsigned char)p[0]);
    char second = first == '\0' ? '\0' : (char)tolower((unsigned char)p[1]);
    int best = -1;

    *len = 0;
    for (size_t i = first_role(first); i < STR_LEN(roles); i++) {
        const char *phrase = roles[i].phrase;
        size_t n;

        if (phrase[0] != first || phrase[1] > second)
            break;
        n = strlen(phrase);
        if (phrase[1] == second && n > *len && strncasecmp(p, phrase, n) == 0 &&
            !isalnum((unsigned char)p[n])) {
            *len = n;
            best = (int)roles[i].role;
        }
    }
    return best;
}

/* "consensus EPS of", "estimate of a loss of": what stands between are such words. */
static bool
is_of_estimate(const struct scan *s, const char *p)
{
    static const char *const links[] = {"of ", "for ", "a ", "an "};
    const char *from = s->estimate_to;
    size_t i = 0;

    if (!s->estimate)
        return false;
    from += strspn(from, " ");
    while (i < STR_LEN(links) && from < p) {
        bool fits = strncasecmp(from, links[i], strlen(links[i])) == 0;

        from += fits ? strlen(links[i]) : 0;
        i = fits ? 0 : i + 1;
    }
    return from == p;
}

static void
put(double *slot, double value, size_t *figures)
{
    if (!isfinite(*slot)) {
        *slot = value;
        ++*figures;
    }
}

/* At p, `len` long. */
static void
take_role(struct scan *s, int role, const char *p, size_t len)
{
    if (role <= ROLE_INCOME || role == ROLE_BEFORE || role == ROLE_FUTURE) {
        s->future |= role == ROLE_FUTURE;
        s->figure = s->future ? ROLE_BEFORE : (enum role)role;
        s->estimate = role <= ROLE_INCOME && is_of_estimate(s, p);
    }
    if (isfinite(s->reported) &&
        (role == ROLE_ESTIMATE || role == ROLE_BEAT || role == ROLE_MISS)) {
        put(&s->out->eps, s->reported, &s->figures);
        s->figure = ROLE_EPS;
        s->reported = NAN;
    }
    if (role == ROLE_ESTIMATE) {
        s->estimate = true;
        s->estimate_to = p + len;
    }
    s->beats += role == ROLE_BEAT;
    s->misses += role == ROLE_MISS;
    s->dates += role == ROLE_DATE;
}

static void
take_eps(struct scan *s, const struct amount *a, bool estimate)
{
    bool loss = s->figure == ROLE_LOSS && a->value > 0.0;
    double value = loss ? -a->value : a->value;

    if (a->scaled || a->grouped || fabs(value) > EPS_MOST)
        return; /* the company's earnings, not a share's */
    put(estimate ? &s->out->eps_estimate : &s->out->eps, value, &s->figures);
}

static void
take_revenue(struct scan *s, const struct amount *a, bool estimate)
{
    bool plain = a->scaled || a->grouped || fabs(a->value) >= PLAIN_DOLLARS;
    double value = plain ? a->value / 1e6 : a->value;

    if (!a->money && !a->scaled && !a->grouped)
        return; /* "sales in 12 countries" */
    put(estimate ? &s->out->revenue_estimate : &s->out->revenue, value, &s->figures);
}

/* ---- what stands next to a figure -------------------------------------------------
 */

/* "tops the $0.61 estimate", "$1.25 EPS": the word for it comes behind, up to `to`. */
static int
role_behind(const char *p, const char **to)
{
    size_t len;
    int role = *p == ' ' ? role_at(p + 1, &len) : -1;

    *to = role >= 0 ? p + 1 + len : p;
    return role;
}

/* "$90M in sales" is no estimate, whatever was said before; "the $85M revenue estimate"
 * is one. */
static bool
is_estimate(const struct scan *s, const struct amount *a, int *behind)
{
    const char *to;

    if (strncasecmp(a->to, " in ", 4) == 0) {
        *behind = role_behind(a->to + 3, &to);
        return s->estimate && *behind < 0;
    }
    *behind = role_behind(a->to, &to);
    return s->estimate || *behind == ROLE_ESTIMATE ||
           ((*behind == ROLE_EPS || *behind == ROLE_REVENUE) &&
            role_behind(to, &to) == ROLE_ESTIMATE);
}

static bool
is_per_share(const char *p)
{
    static const char *const names[] = {" per share", " a share", "/share",
                                        " per diluted share", " per basic share"};

    for (size_t i = 0; i < STR_LEN(names); i++) {
        if (strncasecmp(p, names[i], strlen(names[i])) == 0)
            return true;
    }
    return false;
}

/* "beats by $0.03" */
static bool
is_difference(const char *text, const struct amount *a)
{
    return a->from - text >= 4 && strncasecmp(a->from - 4, " by ", 4) == 0;
}

/* "reported $0.45": of what is not said, but small. */
static bool
is_reported(const char *text, const struct amount *a)
{
    static const char *const verbs[] = {"reported ", "reports ", "posted ", "posts ",
                                        "earned "};

    for (size_t i = 0; i < STR_LEN(verbs); i++) {
        size_t n = strlen(verbs[i]);

        if ((size_t)(a->from - text) >= n && strncasecmp(a->from - n, verbs[i], n) == 0)
            return a->money && !a->scaled && !a->grouped && fabs(a->value) <= EPS_MOST;
    }
    return false;
}

static void
take_reported(struct scan *s, const struct amount *a)
{
    if (is_per_share(a->to))
        put(&s->out->eps, a->value, &s->figures);
    else
        s->reported = a->value;
}

static void
take_amount(struct scan *s, const char *text, const struct amount *found)
{
    struct amount a = *found;
    int behind;
    bool estimate = is_estimate(s, &a, &behind);

    if (a.percent || is_difference(text, &a))
        return;
    if (!a.money && strncasecmp(a.to, " cents", 6) == 0) {
        a.value /= 100.0;
        a.to += 6;
    }
    if (!s->future && s->figure == ROLE_BEFORE && behind == ROLE_EPS)
        take_eps(s, &a, estimate);
    else if (!s->future && s->figure == ROLE_BEFORE && is_reported(text, &a))
        take_reported(s, &a);
    else if (s->figure == ROLE_REVENUE ||
             (!s->future && s->figure == ROLE_BEFORE && behind == ROLE_REVENUE))
        take_revenue(s, &a, estimate);
    else if (s->figure != ROLE_BEFORE &&
             (s->figure != ROLE_INCOME || is_per_share(a.to)))
        take_eps(s, &a, estimate);
    s->estimate = false;
}

/* A full stop ends what a word has said; one inside "1.64", "U.S." or "vs." does not.
 */
static bool
is_stop(const char *text, const char *p)
{
    if ((p[1] != ' ' && p[1] != '\0') || *p == '\0' || strchr(".;!?\n", *p) == NULL)
        return false;
    return p - text < 3 || strncasecmp(p - 3, " vs", 3) != 0;
}

static void
scan_text(struct scan *s, const char *text)
{
    const char *end = text + strlen(text), *p = text;
    struct amount next;
    bool more = amount_next(text, p, end, &next);

    s->figure = ROLE_BEFORE;
    s->estimate = s->future = false;
    s->reported = NAN;
    while (p < end) {
        bool word =
            isalpha((unsigned char)*p) && (p == text || !isalnum((unsigned char)p[-1]));
        size_t len = 0;
        int role = word ? role_at(p, &len) : -1;

        if (more && p >= next.from) {
            take_amount(s, text, &next);
            p = next.to;
            more = amount_next(text, p, end, &next);
            continue;
        }
        if (role >= 0)
            take_role(s, role, p, len);
        if (is_stop(text, p)) {
            s->figure = ROLE_BEFORE;
            s->future = false;
            s->reported = NAN;
        }
        p += len > 0 ? len : 1;
    }
}

static void
scan_all(struct scan *s, struct earnings *out, const char *title, const char *text)
{
    *s = (struct scan){.out = out};
    *out = (struct earnings){NAN, NAN, NAN, NAN, 0};
    scan_text(s, title == NULL ? "" : title);
    scan_text(s, text == NULL ? "" : text);
    out->said = (s->beats > 0) - (s->misses > 0);
}

/* ---- what is asked of them ------------------------------------------------ */

void
earnings_read(const char *title, const char *text, struct earnings *out)
{
    struct scan s;

    scan_all(&s, out, title, text);
}

bool
earnings_is_result(const char *title, const char *text)
{
    struct earnings e;
    struct scan s;

    scan_all(&s, &e, title, text);
    return s.dates == 0 && (isfinite(e.eps) || isfinite(e.revenue));
}

int
earnings_status(const struct earnings *e)
{
    bool wider = e->eps < 0.0 && e->eps < e->eps_estimate; /* false with NAN */

    return e->said == 0 && wider ? -1 : e->said;
}

/* ---- the comparison ------------------------------------------------------- */

static const struct {
    double at_least; /* (actual - estimate) / |estimate| */
    double eps, revenue;
} surprises[] = {
    {0.10, 0.85, 0.68},
    {0.05, 0.50, 0.40},
    {-0.05, 0.15, 0.10},
    {-INFINITY, -0.60, -0.48},
};

static const struct {
    double at_least;
    enum earnings_label label;
} labels[] = {
    {0.85, EARNINGS_STRONG_BEAT},
    {0.50, EARNINGS_BEAT},
    {0.0, EARNINGS_INLINE},
    {-INFINITY, EARNINGS_MISS},
};

/* Row of the surprise; of none when a figure is missing. */
static bool
surprise(double actual, double estimate, size_t *row)
{
    double s;

    if (!isfinite(actual) || !isfinite(estimate))
        return false;
    s = (actual - estimate) / fabs(estimate);
    for (*row = 0; *row + 1 < STR_LEN(surprises); ++*row) {
        if (s >= surprises[*row].at_least - 1e-12)
            break;
    }
    return true;
}

static double
part(double actual, double estimate, bool eps, bool *known)
{
    size_t row;

    *known = surprise(actual, estimate, &row);
    if (!*known || fpclassify(estimate) == FP_ZERO)
        return 0.0;
    return eps ? surprises[row].eps : surprises[row].revenue;
}

double
earnings_score(const struct earnings *e, enum earnings_label *label)
{
    bool has_eps, has_revenue;
    double eps = part(e->eps, e->eps_estimate, true, &has_eps);
    double revenue = part(e->revenue, e->revenue_estimate, false, &has_revenue);
    double score = has_eps && has_revenue ? EPS_PART * eps + (1.0 - EPS_PART) * revenue
                                          : eps + revenue;
    size_t row = 0;

    *label = EARNINGS_UNKNOWN;
    if (!has_eps && !has_revenue)
        return 0.0;
    while (row + 1 < STR_LEN(labels) && score < labels[row].at_least - 1e-12)
        row++;
    *label = labels[row].label;
    return score;
}
