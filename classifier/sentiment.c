#include "classifier/sentiment.h"

#include "base/str.h"
#include "classifier/comparison.h"

#include <math.h>

enum {
    NOT_REACH = 3,
    TURN_REACH = 6,
    DEGREE_REACH = 2,
    BURDEN_REACH = 3,
    VERSUS_REACH = 24, /* words from a figure to what it is compared with */
    KEPT = MATCH_HITS
};

static const double NOT_FACTOR = -0.6;
static const double LONE_MOVE = 0.7;   /* a verb this strong counts by itself, */
static const double LONE_FACTOR = 0.5; /* at half its value */
static const double FLATTEN = 0.5;
static const double COMPARED = 0.5; /* what a comparison says */
static const double EQUAL = 0.005;  /* part of the amount that is no difference */

const double sentiment_weak = 0.2;

/* A hit of the lexicon that lies in no longer one. */
struct piece {
    size_t first, last;
    const struct sentiment_row *row;
    const char *phrase;
    const char *burden; /* a bad figure within it, else NULL */
};

struct scan {
    const struct words *words;
    struct sentiment *out;
    double sum;
    size_t n, moves; /* kept pieces; those of them that told a direction */
    struct piece pieces[KEPT];
};

/* The piece in which a hit lies, else NULL. */
static struct piece *
around(struct scan *s, const struct hit *h)
{
    for (size_t i = s->n; i-- > 0;) {
        if (s->pieces[i].first <= h->first && h->last <= s->pieces[i].last)
            return &s->pieces[i];
    }
    return NULL;
}

/* Hits come by first word and longer ones first, so a longer one is kept before all
 * that lie in it. */
static void
keep(struct scan *s, const struct hits *hits, size_t from, size_t to, int first_tag)
{
    for (size_t i = 0; i < hits->n && s->n < KEPT; i++) {
        const struct hit *h = &hits->list[i];
        int row = h->tag - first_tag;
        struct piece *outer;

        if (row < 0 || (size_t)row >= n_sentiment_rows || h->first < from ||
            h->last >= to)
            continue;
        if ((outer = around(s, h)) != NULL) {
            if (sentiment_rows[row].kind == SENTIMENT_BAD)
                outer->burden = h->phrase;
            continue;
        }
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

/* "fell less than expected": the last move before it is turned, none before that. */
static bool
is_turned(const struct scan *s, const struct piece *p)
{
    for (size_t i = (size_t)(p - s->pieces) + 1; i < s->n; i++) {
        const struct piece *q = &s->pieces[i];

        if (q->row->kind == SENTIMENT_MOVE)
            return false;
        if (q->row->kind == SENTIMENT_TURN)
            return distance(s, p, q) <= TURN_REACH;
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

/* The figure a move speaks of: the nearest one, and of two as near the later: "higher
 * costs weakened profitability". */
static const struct piece *
figure_of(const struct scan *s, const struct piece *move)
{
    const struct piece *best = NULL;
    size_t near = SENTIMENT_REACH;

    for (size_t i = 0; i < s->n; i++) {
        const struct piece *q = &s->pieces[i];

        if (q->row->kind != SENTIMENT_GOOD && q->row->kind != SENTIMENT_BAD)
            continue;
        if (distance(s, q, move) <= near) {
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

    if (is_negated(s, p) || (figure != NULL && is_negated(s, figure)) ||
        (p->row->kind == SENTIMENT_MOVE && is_turned(s, p)))
        value *= NOT_FACTOR;
    value *= degree(s, p);
    s->sum += value;
    s->out->opinions++;
    (void)str_fmt(text + used, SENTIMENT_TEXT - used, "%s%s%s%s %+.2f",
                  used > 0 ? ", " : "", figure == NULL ? "" : figure->phrase,
                  figure == NULL ? "" : " ", p->phrase, value);
}

/* "cuts loss forecast", "lowers guidance for operating expenses" */
static bool
is_of_burden(const struct scan *s, const struct piece *p)
{
    const struct piece *next = p + 1;

    if (p->burden != NULL)
        return true;
    return next < s->pieces + s->n && next->row->kind == SENTIMENT_BAD &&
           distance(s, p, next) <= BURDEN_REACH &&
           (words_are(s->words, p->last + 1, "for") ||
            words_are(s->words, p->last + 1, "of"));
}

static void
judge(struct scan *s, const struct piece *p)
{
    const struct piece *figure;
    double value = p->row->value;

    if (p->row->kind == SENTIMENT_FORECAST) {
        add(s, p, NULL, is_of_burden(s, p) ? -value : value);
        return;
    }
    if (p->row->kind == SENTIMENT_PHRASE) {
        add(s, p, NULL, value);
        return;
    }
    if (p->row->kind != SENTIMENT_MOVE)
        return;
    figure = figure_of(s, p);
    s->moves += figure != NULL;
    if (figure != NULL)
        add(s, p, figure, figure->row->kind == SENTIMENT_GOOD ? value : -value);
    else if (fabs(value) >= LONE_MOVE)
        add(s, p, NULL, value * LONE_FACTOR);
}

/* The figure that an amount before `versus` is of: the next one before it. */
static const struct piece *
figure_before(const struct scan *s, const struct piece *versus)
{
    for (const struct piece *q = versus; q > s->pieces;) {
        q--;
        if (versus->first - q->last > VERSUS_REACH)
            return NULL;
        if (q->row->kind == SENTIMENT_GOOD || q->row->kind == SENTIMENT_BAD)
            return q;
    }
    return NULL;
}

static bool
compare(struct scan *s, const char *raw, const struct piece *versus)
{
    const struct piece *figure = figure_before(s, versus);
    const struct word *list = s->words->list;
    struct comparison c;
    double value;
    bool loss;

    if (figure == NULL || list[versus->first].from == UINT16_MAX)
        return false;
    loss = strstr(figure->phrase, "loss") != NULL;
    if (!comparison_read(raw, list[figure->last].from, list[versus->first].from, loss,
                         &c))
        return false;
    if (fabs(c.now - c.before) <= EQUAL * fabs(c.before))
        return false;
    value = c.now > c.before ? COMPARED : -COMPARED;
    if (figure->row->kind == SENTIMENT_BAD && !loss)
        value = -value;
    add(s, versus, figure, value);
    return true;
}

/* Only where no verb says which way: "rose from 4 to 5" is said once. */
static void
judge_amounts(struct scan *s, const char *raw)
{
    for (size_t i = 0; i < s->n && s->moves == 0 && raw != NULL; i++) {
        if (s->pieces[i].row->kind == SENTIMENT_VERSUS &&
            compare(s, raw, &s->pieces[i]))
            return;
    }
}

void
sentiment_of(const struct hits *hits, const struct passage *p, int first_tag,
             struct sentiment *out)
{
    struct scan s; /* pieces stay as they are: clearing them costs more than judging */

    s.words = p->words;
    s.out = out;
    s.sum = 0.0;
    s.n = s.moves = 0;
    out->opinions = 0;
    out->text[0] = '\0';
    keep(&s, hits, p->from, p->to, first_tag);
    for (size_t i = 0; i < s.n; i++)
        judge(&s, &s.pieces[i]);
    judge_amounts(&s, p->raw);
    out->value = fabs(s.sum) <= sentiment_weak + 1e-9
                     ? 0.0
                     : s.sum / sqrt(s.sum * s.sum + FLATTEN);
}
