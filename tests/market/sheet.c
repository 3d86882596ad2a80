#include "sheet.h"

#include "base/str.h"
#include "paste.h"

/* "16.99B", "39.60M", "869.28K": two decimals, as the pages have it. */
static const char *
suffixed(double value, char *out)
{
    static const struct {
        double unit;
        const char *suffix;
    } rows[] = {{1e9, "B"}, {1e6, "M"}, {1e3, "K"}};

    for (size_t i = 0; i < STR_LEN(rows); i++)
        if (value >= rows[i].unit) {
            str_fmt(out, SHEET_TEXT, "%.2f%s", value / rows[i].unit, rows[i].suffix);
            return out;
        }
    str_fmt(out, SHEET_TEXT, "%.0f", value);
    return out;
}

/* 39606884 -> "39,606,884" */
static const char *
grouped(int64_t value, char *out)
{
    char digits[24];
    size_t n, o = 0;

    str_fmt(digits, sizeof digits, "%lld", (long long)value);
    n = strlen(digits);
    for (size_t i = 0; i < n && o + 2 < SHEET_TEXT; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            out[o++] = ',';
        out[o++] = digits[i];
    }
    out[o] = '\0';
    return out;
}

void
sheet_fill(struct sheet *s, const struct listing *l, int64_t wall_ms)
{
    int64_t open_s, close_s;
    struct buf name;

    tape_session(wall_ms, &open_s, &close_s);
    tape_run(l, open_s, close_s, wall_ms / 1000, &s->tape);
    s->l = l;
    s->number = 0;
    s->price = (double)s->tape.last / 10000.0;
    s->change = ((double)s->tape.last / (double)l->prev_close - 1.0) * 100.0;
    buf_init(&name, SHEET_NAME);
    paste_escaped(&name, l->name);
    str_copy(s->name, sizeof s->name, buf_str(&name));
    buf_free(&name);
}

/* Some owners did not trade; Finviz prints a dash. */
static const char *
seldom(uint64_t bits, uint64_t of, const char *text)
{
    return bits % of == 0 ? "-" : text;
}

static const char *
owners(const struct sheet *s, enum figure f, char *out)
{
    uint64_t seed = s->l->seed;

    if (f == FIGURE_INSIDER_TRANS)
        return seldom(mix(seed, 31), 3, "-1.42%");
    if (f == FIGURE_INST_TRANS)
        return seldom(mix(seed, 33), 4, "0.87%");
    str_fmt(out, SHEET_TEXT, "%.2f%%",
            f == FIGURE_INSIDER_OWN ? 15.0 * mix_unit(seed, 30)
                                    : 80.0 * mix_unit(seed, 32));
    return out;
}

const char *
sheet_text(const struct sheet *s, enum figure f, char *out)
{
    const struct listing *l = s->l;
    double shorted = l->short_float / 100.0 * (double)l->float_shares;
    double ratio = shorted / (double)l->avg_volume;
    const struct {
        const char *fmt; /* NULL: with a suffix */
        double value;
    } rows[] = {
        [FIGURE_NUMBER] = {"%.0f", s->number},
        [FIGURE_CAP] = {NULL, (double)l->shares * s->price},
        [FIGURE_OUTSTANDING] = {NULL, (double)l->shares},
        [FIGURE_FLOAT] = {NULL, (double)l->float_shares},
        [FIGURE_SHORT_FLOAT] = {"%.2f%%", l->short_float},
        [FIGURE_SHORT_RATIO] = {"%.2f", ratio},
        [FIGURE_SHORT_INTEREST] = {NULL, shorted},
        [FIGURE_REL_VOLUME] = {"%.2f", l->rvol},
        [FIGURE_AVG_VOLUME] = {NULL, (double)l->avg_volume},
        [FIGURE_PREV_CLOSE] = {"%.2f", (double)l->prev_close / 10000.0},
        [FIGURE_PRICE] = {"%.2f", s->price},
        [FIGURE_CHANGE] = {"%.2f%%", s->change},
    };

    if (f >= FIGURE_INSIDER_OWN)
        return owners(s, f, out);
    if (f == FIGURE_VOLUME)
        return grouped(s->tape.volume, out);
    if (f == FIGURE_SHORT_BOTH)
        str_fmt(out, SHEET_TEXT, "%.2f%% / %.2f", l->short_float, ratio);
    else if (rows[f].fmt == NULL)
        return suffixed(rows[f].value, out);
    else
        str_fmt(out, SHEET_TEXT, rows[f].fmt, rows[f].value);
    return out;
}
