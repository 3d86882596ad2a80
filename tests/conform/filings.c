/* Filings: form, items, digest, priority. */
#include "base/str.h"
#include "classifier/filing.h"
#include "tests/conform/conform.h"
#include "tests/conform/reader.h"

static const char *
text(const struct json *input, const char *key)
{
    return json_text(json_member(input, key), "");
}

static const struct filing_row *
row_of(const struct json *input)
{
    struct filing f;

    filing_read(text(input, "filing_type"), &f);
    return filing_row_of(f.form, text(input, "item"));
}

void
conform_filing_impact(const struct json *input, struct jsonw *out)
{
    jw_num(out, NULL, row_of(input)->impact);
}

void
conform_filing_catalyst(const struct json *input, struct jsonw *out)
{
    jw_str(out, NULL, row_of(input)->catalyst);
}

void
conform_filing_depth(const struct json *input, struct jsonw *out)
{
    static const char *const names[] = {"simple", "medium", "complex"};

    jw_str(out, NULL, names[row_of(input)->depth]);
}

void
conform_filing_item(const struct json *input, struct jsonw *out)
{
    char item[8];
    bool found =
        filing_item_of(text(input, "title"), text(input, "document_text"), item);

    jw_str(out, NULL, found ? item : NULL);
}

void
conform_filing_priority(const struct json *input, struct jsonw *out)
{
    double sentiment = json_f64(json_member(input, "weighted_sentiment"), 0);
    bool guided = json_bool(json_member(input, "guidance_raised"), false) ||
                  json_bool(json_member(input, "guidance_lowered"), false);
    bool watched = json_bool(json_member(input, "on_watchlist"), false);
    struct priority p = filing_priority(row_of(input), sentiment, guided, watched);
    bool critical = str_eq(p.tier, "critical");

    jw_object(out, NULL);
    jw_num(out, "urgency", p.urgency);
    jw_num(out, "impact", p.impact);
    jw_num(out, "relevance", p.relevance);
    jw_num(out, "total", p.total);
    jw_str(out, "tier", p.tier);
    jw_bool(out, "alert_offline", critical);
    jw_bool(out, "alert_online", critical || str_eq(p.tier, "high"));
    jw_end(out);
}

/* ---- what needs the words ---- */

/* The case with the words of `key` read as those of a filing with this form. */
static struct reader *
read_as(const struct json *input, const char *key, const char *form)
{
    struct reader *r = calloc(1, sizeof *r);

    if (r == NULL || reader_open(r, input, key) != 0) {
        free(r);
        return NULL;
    }
    r->in.kind = "filing";
    r->in.form = form;
    reading_of(&r->rules, &r->in, &r->reading);
    return r;
}

static void
close_reader(struct reader *r)
{
    reader_close(r);
    free(r);
}

void
conform_filing_negative(const struct json *input, struct jsonw *out)
{
    char form[32];
    struct reader *r;

    (void)str_fmt(form, sizeof form, "8-K %s", text(input, "item"));
    if ((r = read_as(input, "text", form)) == NULL)
        return;
    jw_bool(out, NULL, r->reading.negative != NULL);
    close_reader(r);
}

/* The cases call a form by the name of its feed. */
static const char *
form_of_feed(const char *feed)
{
    static const struct {
        const char *feed, *form;
    } rows[] = {{"sec_8k", "8-K"},
                {"sec_424b5", "424B5"},
                {"sec_fwp", "FWP"},
                {"sec_13d", "SCHEDULE 13D"},
                {"sec_13g", "SCHEDULE 13G"}};

    for (size_t i = 0; i < STR_LEN(rows); i++)
        if (str_eq(rows[i].feed, feed))
            return rows[i].form;
    return NULL;
}

/* A case with a better value wants the label alone. */
void
conform_filing_digest(const struct json *input, struct jsonw *out)
{
    const char *form = form_of_feed(text(input, "source"));
    struct reader *r = form != NULL ? read_as(input, "summary", form) : NULL;

    jw_object(out, NULL);
    if (r != NULL) {
        jw_num(out, "score", r->reading.digest);
        jw_str(out, "label", filing_digest_name(r->reading.digest));
        close_reader(r);
    } else {
        jw_null(out, "score");
        jw_null(out, "label");
    }
    jw_end(out);
}
