#include "monitor/cli/ages.h"

#include "base/str.h"
#include "monitor/cli/table.h"
#include "monitor/cli/when.h"

const int64_t ages_limits_s[AGES_BUCKETS - 1] = {1, 5, 15, 60, 300, 900, 3600, 21600};

/* Where the entries of a queue are, and since when. */
struct queue_row {
    const char *name;
    bool ledger;
    const char *sql;
};

static const struct queue_row queue_rows[AGES_QUEUES] = {
    {"waiting", false, "SELECT seen_ms FROM unit WHERE state = 'waiting'"},
    {"out", false, "SELECT sent_ms FROM unit WHERE state = 'out'"},
    {"deliveries", true,
     "SELECT first_ms FROM delivery WHERE state IN ('pending', 'sending')"},
};

static void
add(struct ages *a, double age_s)
{
    size_t i = 0;

    while (i < AGES_BUCKETS - 1 && age_s >= (double)ages_limits_s[i])
        i++;
    a->counts[i]++;
    a->total++;
}

static int
count_one(struct ages *a, struct db *db, const char *sql, int64_t now_ms,
          struct why *why)
{
    struct db_stmt *row = db_prepare(db, sql, why);
    int rc;

    if (row == NULL)
        return ERR_DB;
    while ((rc = db_step(row)) == 1)
        add(a, (double)(now_ms - db_int(row, 0)) / 1000);
    db_reset(row);
    return rc;
}

int
ages_count(struct ages out[AGES_QUEUES], const struct shelf *shelf, int64_t now_ms,
           struct why *why)
{
    int rc = 0;

    for (size_t i = 0; i < AGES_QUEUES && rc == 0; i++) {
        struct db *db = queue_rows[i].ledger ? shelf->ledger : shelf->ingest;

        out[i] = (struct ages){.name = queue_rows[i].name};
        if (db != NULL)
            rc = count_one(&out[i], db, queue_rows[i].sql, now_ms, why);
    }
    return rc;
}

void
ages_print(const struct ages ages[AGES_QUEUES], struct buf *out)
{
    static const char *const heads[] = {"on disk", ">total", ">1s",  ">5s",
                                        ">15s",    ">1m",    ">5m",  ">15m",
                                        ">1h",     ">6h",    ">6h+", NULL};
    struct table t;

    table_init(&t, heads);
    for (size_t i = 0; i < AGES_QUEUES; i++) {
        table_cell(&t, "%s", ages[i].name);
        table_cell(&t, "%lld", (long long)ages[i].total);
        for (size_t k = 0; k < AGES_BUCKETS; k++)
            table_cell(&t, "%lld", (long long)ages[i].counts[k]);
    }
    table_print(&t, out);
    table_free(&t);
}

void
ages_json(const struct ages ages[AGES_QUEUES], struct jsonw *w)
{
    for (size_t i = 0; i < AGES_QUEUES; i++) {
        jw_object(w, ages[i].name);
        jw_int(w, "total", ages[i].total);
        jw_array(w, "by_age");
        for (size_t k = 0; k < AGES_BUCKETS; k++) {
            jw_object(w, NULL);
            if (k + 1 < AGES_BUCKETS)
                jw_int(w, "below_s", ages_limits_s[k]);
            else
                jw_null(w, "below_s");
            jw_int(w, "n", ages[i].counts[k]);
            jw_end(w);
        }
        jw_end(w);
        jw_end(w);
    }
}
