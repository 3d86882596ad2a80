#include "ingest/books.h"

#include "base/str.h"

static void
load_row(void *self, const char *state, const char *reason, int64_t n)
{
    struct books *b = self;

    if (str_eq(state, "waiting") || str_eq(state, "out"))
        b->pending_at_start += n;
    else
        books_add(b, state, reason, n);
}

int
books_load(struct books *b, struct store *s)
{
    *b = (struct books){0};
    return store_counts(s, load_row, b);
}

void
books_add(struct books *b, const char *state, const char *reason, int64_t n)
{
    size_t i = 0;

    while (i < b->n && !(str_eq(b->rows[i].state, state) &&
                         strncmp(b->rows[i].reason, reason, BOOKS_REASON - 1) == 0))
        i++;
    if (i == BOOKS_ROWS - 1 && i == b->n)
        reason = "other"; /* the last row takes all that have none */
    if (i == BOOKS_ROWS)
        i = BOOKS_ROWS - 1;
    if (i == b->n) {
        (void)str_copy(b->rows[i].state, BOOKS_STATE, state);
        (void)str_copy(b->rows[i].reason, BOOKS_REASON, reason);
        b->n++;
    }
    b->rows[i].n += n;
}

int64_t
books_sum(const struct books *b, const char *state)
{
    int64_t sum = 0;

    for (size_t i = 0; i < b->n; i++)
        if (str_eq(b->rows[i].state, state))
            sum += b->rows[i].n;
    return sum;
}

/* Done without a reason is an alert. */
static int64_t
alerted(const struct books *b)
{
    int64_t sum = 0;

    for (size_t i = 0; i < b->n; i++)
        if (str_eq(b->rows[i].state, "done") && b->rows[i].reason[0] == '\0')
            sum += b->rows[i].n;
    return sum;
}

void
books_write(const struct books *b, int64_t pending, struct jsonw *w)
{
    int64_t rejected = books_sum(b, "rejected");
    int64_t done = books_sum(b, "done"), dead = books_sum(b, "dead");

    jw_object(w, "books");
    jw_int(w, "in", rejected + done + dead + pending);
    jw_int(w, "rejected", rejected);
    jw_int(w, "done", done);
    jw_int(w, "alerted", alerted(b));
    jw_int(w, "pending", pending);
    jw_int(w, "dead", dead);
    jw_array(w, "rows");
    for (size_t i = 0; i < b->n; i++) {
        jw_object(w, NULL);
        jw_str(w, "state", b->rows[i].state);
        jw_str(w, "reason", b->rows[i].reason);
        jw_int(w, "n", b->rows[i].n);
        jw_end(w);
    }
    jw_end(w);
    jw_end(w);
}
