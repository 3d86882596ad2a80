/* What a person is shown of an alert. */
#include "alerter/alert_text.h"
#include "alerter/badge.h"
#include "alerter/sinks/discord_embed.h"
#include "base/clock.h"
#include "base/str.h"
#include "base/text.h"
#include "tests/conform/conform.h"

#include <math.h>

enum { NOW_S = 1800000000, TEXT = 8192, MOST = 12, TITLE_START = 8 };

void
conform_time_ago(const struct json *input, struct jsonw *out)
{
    const struct json *age = json_member(input, "age_seconds");
    int64_t now_ms = NOW_S * 1000LL, published_ms = 0;
    char text[ALERT_AGO_SIZE];

    if (json_is_number(age))
        published_ms = now_ms - json_i64(age, 0) * 1000;
    else
        (void)text_time(json_text(json_member(input, "published"), ""), &published_ms);
    alert_ago(published_ms, now_ms, text);
    jw_str(out, NULL, text);
}

static double
number(const struct json *input, const char *key)
{
    const struct json *j = json_member(input, key);

    return json_is_number(j) ? json_f64(j, NAN) : NAN;
}

void
conform_change_text(const struct json *input, struct jsonw *out)
{
    char text[ALERT_CHANGE_SIZE];

    alert_change(number(input, "change_pct"), text);
    jw_str(out, NULL, text);
}

void
conform_mentions(const struct json *input, struct jsonw *out)
{
    char text[TEXT], safe[TEXT];

    case_text(json_member(input, "text"), text, sizeof text);
    alert_unmention(text, safe, sizeof safe);
    jw_str(out, NULL, safe);
}

/* The members of an array, with commas between. */
static const char *
joined(const struct json *array, char *out, size_t size)
{
    struct buf b;

    buf_init(&b, size);
    for (size_t i = 0; i < json_len(array); i++)
        buf_addf(&b, "%s%s", i > 0 ? "," : "", json_text(json_at(array, i), ""));
    (void)str_copy(out, size, buf_str(&b));
    buf_free(&b);
    return out;
}

void
conform_badges(const struct json *input, struct jsonw *out)
{
    const struct json *seen = json_member(input, "classification");
    const struct json *tags = json_member(seen, "tags");
    char categories[TEXT];
    const char *found[MOST];
    struct badge_of of = {.title = json_text(json_member(input, "title"), ""),
                          .feed = json_text(json_member(seen, "source"), ""),
                          .kind = ""};
    size_t most = (size_t)json_i64(json_member(input, "max_badges"), BADGES_MOST);

    tags = tags != NULL ? tags : json_member(seen, "keywords");
    of.categories = joined(tags, categories, sizeof categories);
    most = badges(&of, found, most < MOST ? most : MOST);
    jw_object(out, NULL);
    jw_array(out, "full");
    for (size_t i = 0; i < most; i++)
        jw_str(out, NULL, found[i]);
    jw_end(out);
    jw_end(out);
}

/* What has neither link nor title has no id.  Other ids are hashes of another kind than
 * ours: nothing to compare. */
void
conform_alert_id(const struct json *input, struct jsonw *out)
{
    const struct json *payload = json_member(input, "payload");
    const char *link = json_text(json_member(payload, "link"), NULL);
    char canonical[TEXT];

    link = link != NULL ? link : json_text(json_member(payload, "url"), "");
    if (text_canonical_link(link, canonical, sizeof canonical) != 0 &&
        json_text(json_member(payload, "title"), NULL) == NULL)
        jw_null(out, NULL);
}

/* ---- whole alerts -------------------------------------------------------------- */

struct shown {
    char title[TEXT], summary[TEXT], categories[TEXT];
    char ticker[16];
    struct msg_metric price;
    struct msg_scored scored;
};

static void
read_price(const struct json *input, struct shown *s)
{
    double price = number(input, "last_price"), change = number(input, "change_pct");

    s->price = (struct msg_metric){.name = "price",
                                   .status = "ok",
                                   .why = "",
                                   .unit = "USD",
                                   .klass = "",
                                   .detail_name = isnan(change) ? "" : "change_pct",
                                   .multiplier = 1,
                                   .source = "",
                                   .value = isnan(price) ? 0 : price,
                                   .detail = isnan(change) ? 0 : change};
    s->scored.metrics = &s->price;
    s->scored.n_metrics = isnan(price) ? 0 : 1;
}

/* A case says by a word that its news is bad; here the score is below zero. */
static double
score_of(const struct json *scored)
{
    bool is_bad =
        strcasecmp(json_text(json_member(scored, "alert_type"), ""), "negative") == 0 ||
        json_len(json_member(scored, "negative_keywords")) > 0;

    return is_bad ? -1 : json_f64(json_member(scored, "score"), 0);
}

static void
read_alert(const struct json *input, struct shown *s)
{
    const struct json *item = json_member(input, "item");
    const struct json *scored = json_member(input, "scored");

    *s = (struct shown){.scored = {.id = "", .kind = "news", .form = "", .reason = ""}};
    case_text(json_member(item, "title"), s->title, sizeof s->title);
    case_text(json_member(item, "summary"), s->summary, sizeof s->summary);
    (void)str_copy(s->ticker, sizeof s->ticker,
                   json_text(json_member(item, "ticker"), ""));
    str_upper(s->ticker);
    s->scored.ticker = s->ticker;
    s->scored.title = s->title;
    s->scored.summary = s->summary;
    s->scored.feed = json_text(json_member(item, "source"), "");
    s->scored.link = json_text(json_member(item, "link"), "");
    s->scored.categories =
        joined(json_member(scored, "keywords"), s->categories, sizeof s->categories);
    s->scored.sentiment = json_f64(json_member(scored, "sentiment"), 0);
    s->scored.score = score_of(scored);
    (void)text_time(json_text(json_member(item, "ts"), ""), &s->scored.published_ms);
    read_price(input, s);
}

/* Times as the cases write them: whole seconds, +00:00. */
static const char *
with_case_time(const struct msg_scored *s, const char *text, char *out, size_t size)
{
    char ours[CLOCK_ISO_SIZE], theirs[CLOCK_ISO_SIZE + 8];
    const char *at;

    clock_iso(s->published_ms, ours, sizeof ours);
    at = s->published_ms > 0 ? strstr(text, ours) : NULL;
    if (at == NULL)
        (void)str_copy(out, size, text);
    else
        (void)str_fmt(out, size, "%.*s%s%s", (int)(at - text), text,
                      case_time(s->published_ms, theirs, sizeof theirs),
                      at + strlen(ours));
    return out;
}

void
conform_alert_lines(const struct json *input, struct jsonw *out)
{
    static const char cut[] = "... (truncated)";
    char text[TEXT];
    struct shown s;
    struct buf b;

    read_alert(input, &s);
    buf_init(&b, TEXT);
    alert_lines(&s.scored, &b);
    with_case_time(&s.scored, buf_str(&b), text, sizeof text);
    if (str_ends(text, cut)) {
        jw_object(out, NULL);
        jw_int(out, "length", (int64_t)str_utf8_len(text));
        jw_str(out, "ends_with", cut);
        jw_end(out);
    } else {
        jw_str(out, NULL, text);
    }
    buf_free(&b);
}

static void
copy_text(const struct json *embed, const char *key, struct jsonw *out)
{
    const char *text = json_text(json_member(embed, key), NULL);

    if (text != NULL)
        jw_str(out, key, text);
}

static const char *
start_of(const struct json *text, char out[TITLE_START + 1])
{
    (void)str_copyn(out, TITLE_START + 1, json_text(text, ""), TITLE_START);
    return out;
}

void
conform_alert_embed(const struct json *input, struct jsonw *out)
{
    struct alert alert = {.kind = ALERT_NEW};
    struct buf b;
    struct json *body = NULL;
    const struct json *embed;
    char start[TITLE_START + 1];
    struct shown s;

    if (json_member(input, "item") == NULL)
        return; /* of a real alert only what was sent is known */
    read_alert(input, &s);
    alert.scored = &s.scored;
    buf_init(&b, 65536);
    if (discord_embed(&alert, &b) == 0 &&
        (body = json_parse(buf_str(&b), b.len, NULL)) != NULL) {
        embed = json_get(body, "embeds.0");
        jw_object(out, NULL);
        copy_text(embed, "title", out);
        copy_text(embed, "url", out);
        copy_text(embed, "description", out);
        jw_str(out, "title_start", start_of(json_member(embed, "title"), start));
        jw_int(out, "title_len",
               (int64_t)str_utf8_len(json_text(json_member(embed, "title"), "")));
        jw_int(out, "description_len",
               (int64_t)str_utf8_len(json_text(json_member(embed, "description"), "")));
        jw_int(out, "color", json_i64(json_member(embed, "color"), 0));
        jw_end(out);
        json_free(&body);
    }
    buf_free(&b);
}
