#include "monitor/cli/listing.h"

#include "base/jsonw.h"
#include "monitor/cli/table.h"
#include "monitor/cli/when.h"

static void
cell(struct table *t, const struct listing_column *c, struct db_stmt *row, int i,
     int64_t now_ms)
{
    char at[WHEN_SIZE];

    if (c->kind == LIST_INT)
        table_cell(t, "%lld", (long long)db_int(row, i));
    else if (c->kind == LIST_NUM)
        table_cell(t, "%+.3f", db_num(row, i));
    else if (c->kind == LIST_TIME)
        table_cell(t, "%s", when_time(db_int(row, i), now_ms, at));
    else
        table_cell(t, "%s", db_text(row, i));
}

static void
member(struct jsonw *w, const struct listing_column *c, struct db_stmt *row, int i)
{
    if (c->kind == LIST_TEXT)
        jw_str(w, c->key, db_text(row, i));
    else if (c->kind == LIST_NUM)
        jw_num(w, c->key, db_num(row, i));
    else
        jw_int(w, c->key, db_int(row, i));
}

static int64_t
as_json(struct db_stmt *rows, const struct listing_column *columns, struct buf *out)
{
    struct jsonw w;
    int64_t n = 0;
    int rc;

    jsonw_init(&w, out);
    jw_array(&w, NULL);
    for (; (rc = db_step(rows)) == 1; n++) {
        jw_object(&w, NULL);
        for (int i = 0; columns[i].key != NULL; i++)
            member(&w, &columns[i], rows, i);
        jw_end(&w);
    }
    jw_end(&w);
    buf_addc(out, '\n');
    return rc < 0 ? rc : n;
}

static int64_t
as_table(struct db_stmt *rows, const struct listing_column *columns, int64_t now_ms,
         struct buf *out)
{
    const char *heads[TABLE_COLUMNS + 1] = {NULL};
    size_t n_heads = 0;
    struct table t;
    int64_t n = 0;
    int rc;

    for (int i = 0; columns[i].key != NULL && n_heads < TABLE_COLUMNS; i++)
        if (columns[i].head != NULL)
            heads[n_heads++] = columns[i].head;
    table_init(&t, heads);
    for (; (rc = db_step(rows)) == 1; n++)
        for (int i = 0; columns[i].key != NULL; i++)
            if (columns[i].head != NULL)
                cell(&t, &columns[i], rows, i, now_ms);
    table_print(&t, out);
    table_free(&t);
    return rc < 0 ? rc : n;
}

int64_t
listing_write(struct db_stmt *rows, const struct listing_column *columns, bool json,
              int64_t now_ms, struct buf *out)
{
    int64_t n =
        json ? as_json(rows, columns, out) : as_table(rows, columns, now_ms, out);

    db_reset(rows);
    return n;
}
