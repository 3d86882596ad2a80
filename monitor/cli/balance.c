#include "monitor/cli/balance.h"

#include "base/str.h"

static void
add_reason(struct balance *b, const char *reason, int64_t n)
{
    size_t i = 0;

    if (str_empty(reason))
        reason = "unknown";
    while (i < b->n_reasons && !str_eq(b->reasons[i].reason, reason))
        i++;
    if (i >= BALANCE_REASONS - 1) {
        i = BALANCE_REASONS - 1;
        reason = "other";
    }
    if (i >= b->n_reasons) {
        b->n_reasons = i + 1;
        str_copy(b->reasons[i].reason, sizeof b->reasons[i].reason, reason);
    }
    b->reasons[i].n += n;
}

static void
add_rejected(struct balance *b, const char *reason, int64_t n)
{
    b->rejected += n;
    add_reason(b, reason, n);
}

/* A done unit's reason is the gate that rejected it; empty for an alert. */
static void
add_finished(struct balance *b, const char *state, const char *reason, int64_t n)
{
    b->in += n;
    if (str_eq(state, "dead"))
        b->dead += n;
    else if (str_eq(state, "rejected") || !str_empty(reason))
        add_rejected(b, reason, n);
    else
        b->alerted += n;
}

/* What the ledger says of a unit that was published. */
static int
add_published(struct balance *b, struct db_stmt *look, const char *id, bool done)
{
    int rc = 0;

    b->in++;
    if (look != NULL) {
        db_bind_text(look, 1, id);
        rc = db_step(look);
    }
    if (rc == 1 && str_eq(db_text(look, 0), "alert"))
        b->alerted++;
    else if (rc == 1)
        add_rejected(b, db_text(look, 1), 1);
    else if (done)
        b->missing++;
    else
        b->pending++;
    if (look != NULL)
        db_reset(look);
    return rc < 0 ? rc : 0;
}

static int
count_finished(struct balance *b, struct db *db, struct why *why)
{
    static const char sql[] =
        "SELECT state, reason, count(*) FROM unit WHERE state IN ('rejected', 'dead')"
        " GROUP BY 1, 2 UNION ALL SELECT state, reason, n FROM totals";
    struct db_stmt *row = db_prepare(db, sql, why);
    int rc;

    if (row == NULL)
        return ERR_DB;
    while ((rc = db_step(row)) == 1)
        add_finished(b, db_text(row, 0), db_text(row, 1), db_int(row, 2));
    db_reset(row);
    return rc;
}

static int
count_published(struct balance *b, const struct shelf *shelf, struct why *why)
{
    static const char units[] =
        "SELECT id, state = 'done' FROM unit WHERE state IN ('waiting', 'out', 'done')";
    static const char verdict[] = "SELECT verdict, reason FROM verdict WHERE id = ?1";
    struct db_stmt *row = db_prepare(shelf->ingest, units, why);
    struct db_stmt *look = NULL;
    int rc;

    if (row == NULL)
        return ERR_DB;
    if (shelf->ledger != NULL &&
        (look = db_prepare(shelf->ledger, verdict, why)) == NULL)
        return ERR_DB;
    while ((rc = db_step(row)) == 1)
        if ((rc = add_published(b, look, db_text(row, 0), db_int(row, 1) != 0)) != 0)
            break;
    db_reset(row);
    return rc;
}

static int
count_unclear(struct balance *b, struct db *ledger, struct why *why)
{
    static const char sql[] = "SELECT count(*) FROM delivery WHERE state = 'in_doubt'";
    struct db_stmt *row = db_prepare(ledger, sql, why);

    if (row == NULL)
        return ERR_DB;
    if (db_step(row) == 1)
        b->unclear = db_int(row, 0);
    db_reset(row);
    return 0;
}

int
balance_count(struct balance *out, const struct shelf *shelf, struct why *why)
{
    int rc = 0;

    *out = (struct balance){.in = 0};
    if (shelf->ingest != NULL) {
        rc = count_finished(out, shelf->ingest, why);
        if (rc == 0)
            rc = count_published(out, shelf, why);
    }
    if (rc == 0 && shelf->ledger != NULL)
        rc = count_unclear(out, shelf->ledger, why);
    return rc;
}

void
balance_json(const struct balance *b, struct jsonw *w)
{
    jw_int(w, "in", b->in);
    jw_int(w, "alerted", b->alerted);
    jw_int(w, "rejected", b->rejected);
    jw_int(w, "pending", b->pending);
    jw_int(w, "dead", b->dead);
    jw_int(w, "missing", b->missing);
    jw_bool(w, "balanced", b->missing == 0);
    jw_int(w, "deliveries_in_doubt", b->unclear);
    jw_object(w, "rejected_by");
    for (size_t i = 0; i < b->n_reasons; i++)
        jw_int(w, b->reasons[i].reason, b->reasons[i].n);
    jw_end(w);
}

void
balance_print(const struct balance *b, struct buf *out)
{
    buf_addf(out, "  in %lld = alerted %lld + rejected %lld + pending %lld + dead %lld",
             (long long)b->in, (long long)b->alerted, (long long)b->rejected,
             (long long)b->pending, (long long)b->dead);
    if (b->missing != 0)
        buf_addf(out, " + MISSING %lld", (long long)b->missing);
    buf_addc(out, '\n');
    for (size_t i = 0; i < b->n_reasons; i++)
        buf_addf(out, "%s%s %lld", i == 0 ? "  rejected: " : ", ", b->reasons[i].reason,
                 (long long)b->reasons[i].n);
    if (b->n_reasons > 0)
        buf_addc(out, '\n');
    if (b->unclear > 0)
        buf_addf(out, "  %lld deliveries are in doubt\n", (long long)b->unclear);
}
