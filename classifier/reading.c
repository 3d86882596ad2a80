#include "classifier/reading.h"

#include "base/str.h"

/* A press release's summary says less of its news than its title; a filing's title says
 * nothing but its form. */
static const double SUMMARY_FACTOR = 0.5;
static const double FILING_FACTOR = 1.0;

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

/* Inside a longer hit of another category: that one says it better. */
static bool
is_covered(const struct hits *hits, const struct hit *h)
{
    if (row_of(h)->offering)
        return false;
    for (size_t i = 0; i < hits->n && hits->list[i].first <= h->first; i++) {
        const struct hit *o = &hits->list[i];

        if (is_keyword(o) && !row_of(o)->offering && o->tag != h->tag &&
            o->last >= h->last && o->last - o->first > h->last - h->first)
            return true;
    }
    return false;
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
        if (hits->list[i].tag == tag)
            return hits->list[i].phrase;
    }
    return NULL;
}

static void
read_sentiment(struct reading *r, bool filing)
{
    const struct offering_row *stage = &offering_rows[r->stage];
    size_t title = r->words.n_title;
    double factor = 1.0;
    struct sentiment s;

    sentiment_of(&r->hits, &r->words, 0, title, RULES_SENTIMENT, &s);
    if (s.opinions == 0) {
        sentiment_of(&r->hits, &r->words, title, r->words.n, RULES_SENTIMENT, &s);
        factor = filing ? FILING_FACTOR : SUMMARY_FACTOR;
    }
    r->sentiment = s.value * factor;
    (void)str_fmt(r->sentiment_text, sizeof r->sentiment_text, "%s%s",
                  s.opinions > 0 && factor < 1.0 ? "summary: " : "",
                  s.opinions > 0 ? s.text : "no opinion in the words");
    if (stage->confidence < STAGE_CONFIDENCE)
        return;
    r->sentiment = stage->sentiment;
    (void)str_fmt(r->sentiment_text, sizeof r->sentiment_text,
                  "stage of the offering: %s", stage->name);
}

/* A sale of shares that is still to come is a strong negative, too; one of debt or one
 * that has closed is none. */
static const char *
read_negative(const struct reading *r)
{
    const char *phrase = first_of(&r->hits, RULES_NEGATIVE);

    if (phrase != NULL)
        return phrase;
    if (r->stage != OFFERING_NONE)
        return offering_rows[r->stage].harmless ? NULL : offering_rows[r->stage].name;
    for (int i = 0; i < KEYWORD_COUNT; i++) {
        if (keyword_rows[i].offering && r->category[i] != NULL)
            return r->category[i];
    }
    return NULL;
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

void
reading_of(const struct rules *rules, const struct msg_enriched *in,
           struct reading *out)
{
    words_clear(&out->words);
    words_add(&out->words, in->title);
    words_add(&out->words, in->summary);
    match_scan(rules->match, &out->words, &out->hits);
    read_categories(out);
    out->stage = offering_stage(&out->hits, RULES_OFFERING);
    read_sentiment(out, str_eq(in->kind, "filing"));
    out->negative = read_negative(out);
    if (first_of(&out->hits, RULES_SOLICITOR) != NULL)
        read_solicitor(out);
    source_tier_of(in->link, &out->source);
}
