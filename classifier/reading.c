#include "classifier/reading.h"

#include "base/str.h"

#include <math.h>

/* A press release's summary says less of its news than its title; a filing's title says
 * nothing but its form. */
static const double SUMMARY_FACTOR = 0.5;
static const double FILING_FACTOR = 1.0;
static const double DIGEST_SENTIMENT = 0.25; /* where the words have no opinion */

enum { LEAD_WORDS = 120 }; /* of a text whose title says nothing */

/* Below this the words do not settle what an offering's stage means. */
static const double STAGE_CONFIDENCE = 0.7;

static bool
is_keyword(const struct hit *h)
{
    return h->tag >= RULES_KEYWORD && h->tag < RULES_KEYWORD + KEYWORD_COUNT;
}

static const struct keyword_row *
row_of(const struct hit *h)
{
    return &keyword_rows[h->tag - RULES_KEYWORD];
}

/* Inside a longer phrase that means something else, a name for one. */
static bool
is_renamed(const struct hits *hits, const struct hit *h)
{
    for (size_t i = 0; i < hits->n && hits->list[i].first <= h->first; i++) {
        const struct hit *o = &hits->list[i];

        if (o->tag == RULES_NAME && o->last >= h->last &&
            o->last - o->first > h->last - h->first)
            return true;
    }
    return false;
}

/* "wins * contract" and "defense contract" end on one word: of two good ones the exact
 * one says better what it is. */
static bool
is_exacter(const struct hit *a, const struct hit *b)
{
    return a->last == b->last && strchr(a->phrase, '*') == NULL &&
           strchr(b->phrase, '*') != NULL && row_of(a)->weight > 0.0 &&
           row_of(b)->weight > 0.0;
}

/* Inside a hit of another category, which says it better. */
static bool
is_inside(const struct hit *h, const struct hit *o)
{
    return o->last >= h->last && o->last - o->first > h->last - h->first &&
           !is_exacter(h, o);
}

/* Another category says it better, or it is renamed. */
static bool
is_covered(const struct hits *hits, const struct hit *h)
{
    if (row_of(h)->kind == KEYWORD_OFFERING)
        return false;
    for (size_t i = 0; i < hits->n && hits->list[i].first <= h->last; i++) {
        const struct hit *o = &hits->list[i];

        if (is_keyword(o) && row_of(o)->kind != KEYWORD_OFFERING && o->tag != h->tag &&
            (o->first <= h->first ? is_inside(h, o) : is_exacter(o, h)))
            return true;
    }
    return is_renamed(hits, h);
}

static void
read_categories(struct reading *r)
{
    memset(r->category, 0, sizeof r->category);
    for (size_t i = 0; i < r->hits.n; i++) {
        const struct hit *h = &r->hits.list[i];

        if (!is_keyword(h) || r->category[h->tag - RULES_KEYWORD] != NULL)
            continue;
        if (!is_covered(&r->hits, h))
            r->category[h->tag - RULES_KEYWORD] = h->phrase;
    }
}

static const char *
first_of(const struct hits *hits, int tag)
{
    for (size_t i = 0; i < hits->n; i++) {
        if (hits->list[i].tag == tag && !is_renamed(hits, &hits->list[i]))
            return hits->list[i].phrase;
    }
    return NULL;
}

/* The words' opinion, of the title or else of the first words behind it. */
static void
read_opinion(struct reading *r, bool filing)
{
    size_t title = r->words.n_title, end = title + LEAD_WORDS;
    /* figures that are compared with their estimates count as such, and only once */
    bool figures = r->result != EARNINGS_UNKNOWN;
    struct passage p = {&r->words, 0, title, figures ? NULL : r->title};
    double factor = 1.0;
    struct sentiment s;

    sentiment_of(&r->hits, &p, RULES_SENTIMENT, &s);
    if (s.opinions == 0) {
        p = (struct passage){&r->words, title, end < r->n_lead ? end : r->n_lead,
                             figures ? NULL : r->lead};
        sentiment_of(&r->hits, &p, RULES_SENTIMENT, &s);
        factor = filing ? FILING_FACTOR : SUMMARY_FACTOR;
    }
    r->sentiment = s.value * factor;
    (void)str_fmt(r->sentiment_text, sizeof r->sentiment_text, "%s%s",
                  s.opinions > 0 && factor < 1.0 ? "summary: " : "",
                  s.opinions > 0 ? s.text : "no opinion in the words");
    if (s.opinions > 0 || r->digest == 0)
        return;
    r->sentiment = DIGEST_SENTIMENT * r->digest;
    (void)str_fmt(r->sentiment_text, sizeof r->sentiment_text,
                  "digest of the filing: %s", filing_digest_name(r->digest));
}

static void
read_sentiment(struct reading *r, bool filing)
{
    const struct offering_row *stage = &offering_rows[r->stage];

    read_opinion(r, filing);
    if (stage->confidence < STAGE_CONFIDENCE)
        return;
    r->sentiment = stage->sentiment;
    (void)str_fmt(r->sentiment_text, sizeof r->sentiment_text,
                  "stage of the offering: %s", stage->name);
}

static const char *
first_category(const struct reading *r, enum keyword_kind kind)
{
    for (int i = 0; i < KEYWORD_COUNT; i++) {
        if (r->category[i] != NULL && keyword_rows[i].kind == kind)
            return r->category[i];
    }
    return NULL;
}

/* A sale of shares that is still to come is a strong negative, too; one of debt or one
 * that has closed is none.  Where the stage is not known the words are told. */
static const char *
read_negative(const struct reading *r)
{
    const char *phrase = first_of(&r->hits, RULES_NEGATIVE);

    if (phrase != NULL)
        return phrase;
    if ((phrase = filing_bad_item(&r->filing)) != NULL)
        return phrase;
    if ((phrase = first_category(r, KEYWORD_DIRE)) != NULL &&
        !offering_rows[r->stage].harmless)
        return phrase;
    if (r->stage != OFFERING_NONE && r->stage != OFFERING_UNKNOWN)
        return offering_rows[r->stage].harmless ? NULL : offering_rows[r->stage].name;
    return first_category(r, KEYWORD_OFFERING);
}

/* A law firm looks for clients: what it says of the company is no news of it. */
static void
read_solicitor(struct reading *r)
{
    r->negative = NULL;
    r->sentiment = 0.0;
    (void)str_copy(r->sentiment_text, sizeof r->sentiment_text,
                   "a law firm's solicitation has none");
}

/* ---- guidance, figures, terms --------------------------------------------- */

/* What the company says of its future is a category as any other. */
static void
read_guidance(struct reading *r)
{
    static const struct {
        enum guidance_word direction;
        const char *category, *opposite;
    } rows[] = {{GUIDANCE_RAISED, "guidance", "guidance_negative"},
                {GUIDANCE_LOWERED, "guidance_negative", "guidance"}};

    guidance_of(&r->hits, &r->words, RULES_GUIDANCE, &r->guidance);
    for (size_t i = 0; i < STR_LEN(rows) && r->guidance.named; i++) {
        int c = keyword_find(rows[i].category);

        if (r->guidance.direction != rows[i].direction)
            continue;
        if (r->category[c] == NULL)
            r->category[c] = r->guidance.phrase;
        if (r->guidance.burden != NULL) /* the phrases do not know what it is of */
            r->category[keyword_find(rows[i].opposite)] = NULL;
    }
}

/* Only where a word for figures occurs: reading them costs more than all the rest. */
static void
read_earnings(struct reading *r, const struct msg_enriched *in)
{
    r->earnings = (struct earnings){NAN, NAN, NAN, NAN, 0};
    if (first_of(&r->hits, RULES_FIGURES) != NULL)
        earnings_read(in->title, *r->body != '\0' ? r->body : in->summary,
                      &r->earnings);
    r->result_score = earnings_score(&r->earnings, &r->result);
}

static void
read_terms(struct reading *r, const struct msg_enriched *in)
{
    const char *const texts[] = {in->title, in->summary, r->body};

    r->terms = (struct terms){NAN, NAN, NAN};
    if (offering_rows[r->stage].harmless ||
        (r->stage == OFFERING_NONE && !filing_sells_shares(&r->filing)))
        return;
    for (size_t i = 0; i < STR_LEN(texts) && texts[i] != NULL; i++)
        terms_read(texts[i], &r->terms);
}

/* ---- the text ------------------------------------------------------------- */

/* Form and items; and what of its title, summary and text are words of the company's.
 */
static void
read_words(struct reading *r, const struct msg_enriched *in, bool filing)
{
    const char *text = filing && in->text != NULL ? in->text : "", *body;
    size_t n;

    filing_read(filing && in->form != NULL ? in->form : "", &r->filing);
    body = filing_body(text, &n);
    (void)str_copyn(r->body, sizeof r->body, body, n); /* its beginning is enough */
    words_clear(&r->words);
    r->title = filing && filing_title_is_index(in->title) ? "" : in->title;
    words_add(&r->words, r->title);
    r->lead = in->summary;
    if (!filing || in->summary == NULL || !filing_summary_is_index(in->summary))
        words_add(&r->words, in->summary);
    r->n_said = r->n_lead = r->words.n;
    words_add(&r->words, r->body);
    if (r->n_lead == r->words.n_title) {
        r->lead = r->body;
        r->n_lead = r->words.n;
    }
}

void
reading_of(const struct rules *rules, const struct msg_enriched *in,
           struct reading *out)
{
    bool filing = str_eq(in->kind, "filing");

    read_words(out, in, filing);
    match_scan(rules->match, &out->words, &out->hits);
    read_categories(out);
    read_guidance(out);
    out->stage = offering_stage(&out->hits, &out->words, RULES_OFFERING);
    out->digest =
        filing ? filing_digest(&out->filing, &out->hits, RULES_DIGEST, out->n_said) : 0;
    read_earnings(out, in);
    read_terms(out, in);
    read_sentiment(out, filing);
    out->negative = read_negative(out);
    if (first_of(&out->hits, RULES_SOLICITOR) != NULL)
        read_solicitor(out);
    source_tier_of(in->link, &out->source);
}

bool
reading_has(const struct reading *r, int category)
{
    bool figures = r->result != EARNINGS_UNKNOWN &&
                   str_eq(keyword_rows[category].name, "earnings");

    return figures || r->category[category] != NULL;
}
