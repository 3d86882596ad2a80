#include "finviz_era.h"

#include "base/str.h"
#include "paste.h"

enum { VALUE = 256 };

/* What may stand in a page besides label, tooltip and value. */
static void
fill(struct buf *out, const char *text, const struct sheet *s)
{
    const struct place places[] = {{'s', s->l->symbol}, {'n', s->name}};

    paste(out, text, places, STR_LEN(places));
}

/* ---- the quote page ------------------------------------------------------------ */

static const struct finviz_cell *
cell_at(const struct finviz_era *e, size_t table, size_t row, size_t pair)
{
    const struct quote_layout *q = e->quote;
    size_t at = q->down_first ? (table * q->pairs + pair) * q->rows + row
                              : (table * q->rows + row) * q->pairs + pair;
    const struct finviz_cell *c = &e->cells->list[at];

    for (size_t i = 0; i < STR_LEN(e->swaps); i++)
        if (e->swaps[i].label != NULL && str_eq(e->swaps[i].label, c->label))
            return &e->swaps[i].cell;
    return c;
}

static void
put_cell(struct buf *out, const struct quote_layout *q, const struct sheet *s,
         const struct finviz_cell *c)
{
    char figure[SHEET_TEXT];
    const struct place colours[] = {{'u', q->up}, {'d', q->down}, {'z', "</span>"}};
    struct buf value;

    buf_init(&value, VALUE);
    if (c->figure == FIGURE_TEXT)
        paste(&value, c->text, colours, STR_LEN(colours));
    else if (c->figure == FIGURE_CHANGE)
        buf_addf(&value, "%s%s</span>", s->change < 0 ? q->down : q->up,
                 sheet_text(s, c->figure, figure));
    else
        buf_adds(&value, sheet_text(s, c->figure, figure));
    paste(out, q->cell,
          (struct place[]){{'t', c->tip}, {'l', c->label}, {'v', buf_str(&value)}}, 3);
    buf_free(&value);
}

static void
put_table(struct buf *out, const struct finviz_era *e, const struct sheet *s,
          size_t table)
{
    const struct quote_layout *q = e->quote;

    buf_adds(out, q->table[0]);
    for (size_t row = 0; row < q->rows; row++) {
        buf_adds(out, q->row[0]);
        for (size_t pair = 0; pair < q->pairs; pair++)
            put_cell(out, q, s, cell_at(e, table, row, pair));
        buf_adds(out, q->row[1]);
    }
    buf_adds(out, q->table[1]);
}

void
finviz_era_quote(const struct finviz_era *e, const struct sheet *s, struct buf *out)
{
    fill(out, e->quote->head, s);
    for (size_t table = 0; table < e->quote->tables; table++)
        put_table(out, e, s, table);
    fill(out, e->quote->tail, s);
}

/* ---- the screener -------------------------------------------------------------- */

static const struct {
    const char *label; /* NULL: the era has its own */
    enum figure figure;
} columns[] = {
    {"No.", FIGURE_NUMBER},
    {"Ticker", FIGURE_TEXT},
    {"Market Cap", FIGURE_CAP},
    {"Outstanding", FIGURE_OUTSTANDING},
    {"Float", FIGURE_FLOAT},
    {"Insider Own", FIGURE_INSIDER_OWN},
    {"Insider Trans", FIGURE_INSIDER_TRANS},
    {"Inst Own", FIGURE_INST_OWN},
    {"Inst Trans", FIGURE_INST_TRANS},
    {NULL, FIGURE_SHORT_FLOAT},
    {"Short Ratio", FIGURE_SHORT_RATIO},
    {"Avg Volume", FIGURE_AVG_VOLUME},
    {"Price", FIGURE_PRICE},
    {"Change", FIGURE_CHANGE},
    {"Volume", FIGURE_VOLUME},
};

static void
put_column(struct buf *out, const struct screener_layout *l, const struct sheet *s,
           enum figure f)
{
    bool coloured = f == FIGURE_PRICE || f == FIGURE_CHANGE;
    char figure[SHEET_TEXT], value[VALUE];

    if (f == FIGURE_TEXT) {
        fill(out, l->ticker, s);
        return;
    }
    str_fmt(value, sizeof value, "%s%s%s",
            !coloured       ? ""
            : s->change < 0 ? l->down
                            : l->up,
            sheet_text(s, f, figure), coloured ? "</span>" : "");
    paste(out, l->cell, (struct place[]){{'s', s->l->symbol}, {'v', value}}, 2);
}

void
finviz_era_screener(const struct finviz_era *e, struct sheet *const *rows, size_t n,
                    struct buf *out)
{
    const struct screener_layout *l = e->screener;
    char total[16];

    str_fmt(total, sizeof total, "%zu", n);
    paste(out, l->head, (struct place[]){{'v', total}}, 1);
    for (size_t i = 0; i < STR_LEN(columns); i++) {
        const char *label = columns[i].label;

        paste(out, l->header,
              (struct place[]){{'l', label != NULL ? label : l->short_float}}, 1);
    }
    buf_adds(out, l->row[2]);
    buf_adds(out, l->row[1]);
    for (size_t row = 0; row < n; row++) {
        buf_adds(out, l->row[0]);
        for (size_t i = 0; i < STR_LEN(columns); i++)
            put_column(out, l, rows[row], columns[i].figure);
        buf_adds(out, l->row[2]);
    }
    paste(out, l->tail, (struct place[]){{'v', total}}, 1);
}
