#include "classifier/filing.h"

#include "base/str.h"

#include <ctype.h>
#include <math.h>

enum { HEAD = 500 };

const struct catalyst_row catalyst_rows[FILING_CATALYSTS] = {
    {"acquisitions", 0.5, "acquisition", "8-K 1.01, 2.01: a material agreement"},
    {"termination", -0.5, NULL, "8-K 1.02: a material agreement ends"},
    {"bankruptcy", -2.5, "distress_negative", "8-K 1.03: bankruptcy or receivership"},
    {"cybersecurity", -0.5, NULL, "8-K 1.05: a material cybersecurity incident"},
    {"earnings", 0.0, "earnings", "8-K 2.02: results; the figures tell which way"},
    {"obligation", -0.2, NULL, "8-K 2.03: a new financial obligation"},
    {"default", -2.0, NULL, "8-K 2.04: an obligation falls due early"},
    {"restructuring", -0.5, NULL, "8-K 2.05: costs of an exit or disposal"},
    {"impairment", -1.0, NULL, "8-K 2.06: a material impairment"},
    {"delisting", -2.0, "distress_negative", "8-K 3.01: a listing rule is not met"},
    {"offering", -1.5, "dilution_negative", "8-K 3.02: shares sold unregistered"},
    {"auditor_change", -0.5, NULL, "8-K 4.01: another auditor"},
    {"restatement", -2.5, "distress_negative", "8-K 4.02: old accounts do not hold"},
    {"control_change", 0.5, NULL, "8-K 5.01: another owner"},
    {"management_change", 0.0, NULL, "8-K 5.02: directors or officers come or go"},
    {"prospectus", -1.5, "offering_negative", "424B*: shares are being sold"},
    {"registration", -1.0, "offering_negative", "S-1, S-3, F-1, F-3: may be sold"},
    {"stake", 1.0, "activist_institutional", "SCHEDULE 13D: more than 5 %, with plans"},
    {"passive_stake", 0.5, NULL, "SCHEDULE 13G: more than 5 %, without"},
    {"periodic", 0.0, NULL, "10-K, 10-Q: the figures tell which way"},
};

/* Of an 8-K. */
static const struct filing_row items[] = {
    {"1.01", "acquisitions", 3.0, 0.8, true, DEPTH_COMPLEX},
    {"1.02", "termination", 1.0, 0.3, false, DEPTH_MEDIUM},
    {"1.03", "bankruptcy", 3.0, 0.9, true, DEPTH_MEDIUM},
    {"1.05", "cybersecurity", 1.0, 0.3, false, DEPTH_MEDIUM},
    {"2.01", "acquisitions", 1.0, 0.3, false, DEPTH_COMPLEX},
    {"2.02", "earnings", 2.5, 0.9, true, DEPTH_COMPLEX},
    {"2.03", "obligation", 1.0, 0.3, false, DEPTH_MEDIUM},
    {"2.04", "default", 1.0, 0.3, false, DEPTH_MEDIUM},
    {"2.05", "restructuring", 1.0, 0.3, false, DEPTH_MEDIUM},
    {"2.06", "impairment", 1.0, 0.3, false, DEPTH_MEDIUM},
    {"3.01", "delisting", 1.0, 0.3, false, DEPTH_MEDIUM},
    {"3.02", "offering", 2.0, 0.7, true, DEPTH_MEDIUM},
    {"4.01", "auditor_change", 1.0, 0.3, false, DEPTH_MEDIUM},
    {"4.02", "restatement", 1.0, 0.3, false, DEPTH_MEDIUM},
    {"5.01", "control_change", 1.0, 0.3, false, DEPTH_MEDIUM},
    {"5.02", "management_change", 1.8, 0.6, false, DEPTH_MEDIUM},
    {"7.01", "regulation_fd", 1.5, 0.5, false, DEPTH_MEDIUM},
    {"8.01", "other_events", 1.3, 0.3, false, DEPTH_SIMPLE},
    {"9.01", "exhibits", 1.0, 0.3, false, DEPTH_SIMPLE},
};

/* A name that ends in '*' stands for all that begin so. */
static const struct filing_row forms[] = {
    {"10-Q", "periodic", 2.0, 0.7, false, DEPTH_MEDIUM},
    {"10-K", "periodic", 2.5, 0.6, false, DEPTH_MEDIUM},
    {"S-1", "registration", 2.0, 0.8, false, DEPTH_MEDIUM},
    {"S-3", "registration", 1.0, 0.3, false, DEPTH_MEDIUM},
    {"F-1", "registration", 2.0, 0.8, false, DEPTH_MEDIUM},
    {"F-3", "registration", 1.0, 0.3, false, DEPTH_MEDIUM},
    /* structured notes of banks: many a day, no shares in them */
    {"424B2", "notes", 1.0, 0.3, false, DEPTH_MEDIUM},
    {"424B5", "prospectus", 1.5, 0.5, false, DEPTH_MEDIUM},
    {"424B*", "prospectus", 1.0, 0.3, false, DEPTH_MEDIUM},
    {"FWP", "free_writing", 1.0, 0.3, false, DEPTH_MEDIUM},
    {"13D", "stake", 1.0, 0.3, false, DEPTH_MEDIUM},
    {"13G", "passive_stake", 1.0, 0.3, false, DEPTH_MEDIUM},
};

static const struct filing_row unknown = {"", "other", 1.0, 0.3, false, DEPTH_MEDIUM};

/* ---- form and items ------------------------------------------------------- */

static bool
is_item(const char *s, size_t n)
{
    return n >= 4 && n < 8 && isdigit((unsigned char)s[0]) && s[1] == '.' &&
           isdigit((unsigned char)s[2]) && isdigit((unsigned char)s[3]);
}

static void
add_item(struct filing *f, const char *item, size_t n)
{
    if (f->n_items < FILING_ITEMS)
        (void)str_copyn(f->items[f->n_items++], sizeof f->items[0], item, n);
}

void
filing_read(const char *form, struct filing *out)
{
    const char *cursor = form, *piece;
    char *slash;
    size_t n;

    out->form[0] = '\0';
    out->amended = false;
    out->n_items = 0;
    while ((piece = str_piece(&cursor, " ,_", &n)) != NULL) {
        if (is_item(piece, n))
            add_item(out, piece, n);
        else if (n == 8 && strncasecmp(piece, "SCHEDULE", n) == 0)
            continue;
        else if (n == 2 && strncasecmp(piece, "SC", n) == 0)
            continue;
        else if (*out->form == '\0')
            (void)str_copyn(out->form, sizeof out->form, piece, n);
    }
    (void)str_upper(out->form);
    slash = strchr(out->form, '/');
    out->amended = slash != NULL && slash[1] == 'A';
    if (out->amended)
        *slash = '\0';
}

/* The first number behind "item" or "items" and blanks or a colon. */
static bool
find_item(const char *text, size_t n, char out[8])
{
    for (size_t i = 0; i + 9 <= n; i++) {
        const char *p = text + i + 4, *number;

        if (strncasecmp(text + i, "item", 4) != 0 ||
            (i > 0 && isalnum((unsigned char)text[i - 1])))
            continue;
        p += *p == 's' || *p == 'S';
        number = p + strspn(p, ": \t\r\n");
        if (number == p || number + 4 > text + n || !is_item(number, 4))
            continue;
        (void)str_copyn(out, 8, number, 4);
        return true;
    }
    return false;
}

bool
filing_item_of(const char *title, const char *text, char out[8])
{
    out[0] = '\0';
    return find_item(title, strlen(title), out) ||
           find_item(text, strnlen(text, HEAD), out);
}

static const struct filing_row *
find_row(const struct filing_row *rows, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++) {
        size_t len = strlen(rows[i].name);
        bool prefix = rows[i].name[len - 1] == '*';

        if (prefix ? strncmp(rows[i].name, name, len - 1) == 0
                   : str_eq(rows[i].name, name))
            return &rows[i];
    }
    return &unknown;
}

const struct filing_row *
filing_row_of(const char *form, const char *item)
{
    if (!str_empty(item))
        return find_row(items, STR_LEN(items), item);
    return find_row(forms, STR_LEN(forms), form);
}

int
filing_catalyst(const struct filing_row *row)
{
    for (int i = 0; i < FILING_CATALYSTS; i++) {
        if (str_eq(catalyst_rows[i].name, row->catalyst))
            return i;
    }
    return -1;
}

static double
weight_of(const struct filing_row *row, const double *weights)
{
    int i = filing_catalyst(row);

    return i < 0 ? 0.0 : weights[i];
}

static bool
is_ahead(const struct filing_row *a, const struct filing_row *b, const double *weights)
{
    double wa = weight_of(a, weights), wb = weight_of(b, weights);

    if (wa < 0.0 || wb < 0.0)
        return wa < wb;
    return a->impact > b->impact;
}

const struct filing_row *
filing_decisive(const struct filing *f, const double *weights)
{
    const struct filing_row *best = filing_row_of(f->form, NULL);

    if (f->form[0] == '\0')
        return NULL;
    for (size_t i = 0; i < f->n_items; i++) {
        const struct filing_row *row = filing_row_of(f->form, f->items[i]);

        if (best == &unknown || is_ahead(row, best, weights))
            best = row;
    }
    return best;
}

bool
filing_sells_shares(const struct filing *f)
{
    return str_eq(filing_row_of(f->form, NULL)->catalyst, "prospectus");
}

const char *
filing_bad_item(const struct filing *f)
{
    static const struct {
        const char *item, *says;
    } bad[] = {
        {"1.03", "8-K item 1.03, bankruptcy"},
        {"2.04", "8-K item 2.04, default"},
        {"3.01", "8-K item 3.01, delisting"},
        {"3.02", "8-K item 3.02, unregistered sale of shares"},
        {"4.02", "8-K item 4.02, restatement"},
    };

    for (size_t i = 0; i < f->n_items; i++) {
        for (size_t j = 0; j < STR_LEN(bad); j++) {
            if (str_eq(f->items[i], bad[j].item))
                return bad[j].says;
        }
    }
    return NULL;
}

/* ---- the digest ----------------------------------------------------------- */

const char *const digest_phrases[DIGEST_WORDS] = {
    [DIGEST_GOOD] = "contract|partnership|agreement|approval|authorized|buyback|"
                    "repurchase|acquisition|merger|fast track|designation|award|win|"
                    "wins|launch|launches|license|phase 2|phase 3",
    [DIGEST_BAD] = "offering|registered direct|atm|equity financing|dilutive|"
                   "resignation|resigns|retire|retires|retirement|termination|"
                   "terminates|terminated|fired|investigation|lawsuit|clinical hold|"
                   "guidance|cut|cuts|restatement|compliance notice|"
                   "listing deficiency|deficiency notice",
    [DIGEST_STAKE] = ("increase|increases|increased|acquire|acquires|acquired|stake|"
                      "buy|buys|bought"),
};

static bool
has_hit(const struct hits *hits, int tag, size_t n)
{
    for (size_t i = 0; i < hits->n && hits->list[i].first < n; i++) {
        if (hits->list[i].tag == tag)
            return true;
    }
    return false;
}

int
filing_digest(const struct filing *f, const struct hits *hits, int first_tag, size_t n)
{
    if (str_eq(f->form, "424B5") || str_eq(f->form, "FWP"))
        return -1;
    if (str_eq(f->form, "13D") || str_eq(f->form, "13G"))
        return has_hit(hits, first_tag + DIGEST_STAKE, n);
    if (!str_eq(f->form, "8-K"))
        return 0;
    if (has_hit(hits, first_tag + DIGEST_BAD, n))
        return -1;
    return has_hit(hits, first_tag + DIGEST_GOOD, n);
}

const char *
filing_digest_name(double score)
{
    if (score > 0.0)
        return "Bullish";
    return score < 0.0 ? "Bearish" : "Neutral";
}

/* ---- the priority --------------------------------------------------------- */

struct priority
filing_priority(const struct filing_row *row, double sentiment, bool guided,
                bool watched)
{
    static const struct {
        double at_least;
        const char *name;
    } tiers[] = {{0.8, "critical"}, {0.6, "high"}, {0.4, "medium"}, {-INFINITY, "low"}};
    double extra = watched ? 0.15 : 0.0;
    struct priority p = {
        .urgency = fmin(1.0, row->urgency + extra),
        .impact = fmin(1.0, fmin(0.5, fabs(sentiment)) + (guided ? 0.3 : 0.0) +
                                (row->material ? 0.2 : 0.0) + extra),
        .relevance = watched ? 1.0 : 0.3,
    };
    size_t i = 0;

    p.total = 0.4 * p.urgency + 0.4 * p.impact + 0.2 * p.relevance;
    while (p.total < tiers[i].at_least - 1e-9)
        i++;
    p.tier = tiers[i].name;
    return p;
}
