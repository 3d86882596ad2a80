#include "classifier/sentiment.h"

#include "base/str.h"

#include <math.h>

enum { NOT_REACH = 3, DEGREE_REACH = 2, KEPT = MATCH_HITS };

static const double NOT_FACTOR = -0.6;
static const double LONE_MOVE = 0.7;   /* a verb this strong counts by itself, */
static const double LONE_FACTOR = 0.5; /* at half its value */
static const double FLATTEN = 0.5;

/* A hit of the lexicon that lies in no longer one. */
struct piece {
    size_t first, last;
    const struct sentiment_row *row;
    const char *phrase;
};

struct scan {
    const struct words *words;
    struct sentiment *out;
    double sum;
    size_t n;
    struct piece pieces[KEPT];
};

static bool
is_within(const struct scan *s, const struct hit *h)
{
    for (size_t i = s->n; i-- > 0;) {
        if (s->pieces[i].first <= h->first && h->last <= s->pieces[i].last)
            return true;
    }
    return false;
}

/* Hits come by first word and longer ones first, so a longer one is kept before all
 * that lie in it. */
static void
keep(struct scan *s, const struct hits *hits, size_t from, size_t to, int first_tag)
{
    for (size_t i = 0; i < hits->n && s->n < KEPT; i++) {
        const struct hit *h = &hits->list[i];
        int row = h->tag - first_tag;

        if (row < 0 || (size_t)row >= n_sentiment_rows || h->first < from ||
            h->last >= to || is_within(s, h))
            continue;
        s->pieces[s->n++] = (struct piece){
            .first = h->first,
            .last = h->last,
            .row = &sentiment_rows[row],
            .phrase = h->phrase,
        };
    }
}

/* Words between two pieces, or a large number when a clause ends between them. */
static size_t
distance(const struct scan *s, const struct piece *a, const struct piece *b)
{
    const struct piece *l = a->first <= b->first ? a : b, *r = l == a ? b : a;

    for (size_t i = l->first + 1; i <= r->first; i++) {
        if (s->words->list[i].opens)
            return WORDS_MAX;
    }
    return r->first <= l->last ? 0 : r->first - l->last;
}

static bool
is_negated(const struct scan *s, const struct piece *p)
{
    for (size_t i = 0; i < s->n; i++) {
        const struct piece *q = &s->pieces[i];

        if (q->row->kind == SENTIMENT_NOT && q->first < p->first &&
            distance(s, q, p) <= NOT_REACH)
            return true;
    }
    return false;
}

static double
degree(const struct scan *s, const struct piece *p)
{
    for (size_t i = 0; i < s->n; i++) {
        const struct piece *q = &s->pieces[i];

        if (q->row->kind == SENTIMENT_DEGREE && distance(s, q, p) <= DEGREE_REACH)
            return q->row->value;
    }
    return 1.0;
}

/* The figure a move speaks of: the nearest one, the earlier of two as near. */
static const struct piece *
figure_of(const struct scan *s, const struct piece *move)
{
    const struct piece *best = NULL;
    size_t near = SENTIMENT_REACH + 1;

    for (size_t i = 0; i < s->n; i++) {
        const struct piece *q = &s->pieces[i];

        if (q->row->kind != SENTIMENT_GOOD && q->row->kind != SENTIMENT_BAD)
            continue;
        if (distance(s, q, move) < near) {
            near = distance(s, q, move);
            best = q;
        }
    }
    return best;
}

static void
add(struct scan *s, const struct piece *p, const struct piece *figure, double value)
{
    char *text = s->out->text;
    size_t used = strlen(text);

    if (is_negated(s, p) || (figure != NULL && is_negated(s, figure)))
        value *= NOT_FACTOR;
    value *= degree(s, p);
    s->sum += value;
    s->out->opinions++;
    (void)str_fmt(text + used, SENTIMENT_TEXT - used, "%s%s%s%s %+.2f",
                  used > 0 ? ", " : "", figure == NULL ? "" : figure->phrase,
                  figure == NULL ? "" : " ", p->phrase, value);
}

static void
judge(struct scan *s, const struct piece *p)
{
    const struct piece *figure;
    double value = p->row->value;

    if (p->row->kind == SENTIMENT_PHRASE) {
        add(s, p, NULL, value);
        return;
    }
    if (p->row->kind != SENTIMENT_MOVE)
        return;
    figure = figure_of(s, p);
    if (figure != NULL)
        add(s, p, figure, figure->row->kind == SENTIMENT_GOOD ? value : -value);
    else if (fabs(value) >= LONE_MOVE)
        add(s, p, NULL, value * LONE_FACTOR);
}

void
sentiment_of(const struct hits *hits, const struct words *w, size_t from, size_t to,
             int first_tag, struct sentiment *out)
{
    struct scan s; /* pieces stay as they are: clearing them costs more than judging */

    s.words = w;
    s.out = out;
    s.sum = 0.0;
    s.n = 0;
    out->opinions = 0;
    out->text[0] = '\0';
    keep(&s, hits, from, to, first_tag);
    for (size_t i = 0; i < s.n; i++)
        judge(&s, &s.pieces[i]);
    out->value = s.sum / sqrt(s.sum * s.sum + FLATTEN);
}
