#include "alerter/sinks/discord_embed.h"

#include "alerter/alert_text.h"
#include "alerter/badge.h"
#include "base/clock.h"
#include "base/jsonw.h"
#include "base/str.h"

#include <math.h>

enum {
    SUMMARY_UNITS = 300,
    TITLE_UNITS = 240,
    EVIDENCE_LINES = 8,
    PIECE = 4 * EMBED_TEXT + 8, /* bytes of the longest text */
    TINT_NEWS = 0x5865F2,
    TINT_UP = 0x2ECC71,
    TINT_DOWN = 0xE74C3C,
    TINT_NEGATIVE = 0xFF0000,
    TINT_WITHDRAWN = 0x95A5A6
};

#define LAST_TIMESTAMP_MS 253402300799000LL /* year 9999 */

struct embed {
    struct jsonw *w;
    const struct alert *alert;
    size_t left;       /* units of the sum that are still free */
    int fields;        /* written so far */
    char piece[PIECE]; /* the text being cut */
    char plain[PIECE]; /* the text as it came, without control characters */
};

/* ---- cutting ------------------------------------------------------------------- */

static size_t
sequence(unsigned char lead)
{
    return lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

size_t
discord_embed_units(const char *text)
{
    size_t units = 0;

    while (*text) {
        size_t n = sequence((unsigned char)*text);
        units += n == 4 ? 2 : 1;
        for (size_t i = 0; i < n && *text; i++)
            text++;
    }
    return units;
}

/* Bytes of the longest whole prefix of at most `units`. */
static size_t
fitting(const char *text, size_t units)
{
    size_t at = 0;

    while (text[at]) {
        size_t n = sequence((unsigned char)text[at]);
        size_t cost = n == 4 ? 2 : 1;
        if (cost > units)
            break;
        units -= cost;
        at += n;
    }
    return at;
}

/* Discord trims white space, and what is left must not be empty. */
static bool
is_visible(const char *text)
{
    static const char *const blanks[] = {
        "\xc2\xa0",     "\xe2\x80", "\xe2\x81\xa0", "\xe2\x81\x9f", "\xe3\x80\x80",
        "\xef\xbb\xbf", "\xc2\xad", "\xe1\xa0\x8e", "\xe3\x85\xa4"};

    while (*text) {
        bool blank = *text == ' ';
        for (size_t i = 0; i < STR_LEN(blanks) && !blank; i++)
            blank = str_starts(text, blanks[i]);
        if (!blank)
            return true;
        text += sequence((unsigned char)*text);
    }
    return false;
}

/* Cuts text to `limit` units and to what is left of the sum; "" when nothing that a
 * person could see remains.  The answer lives in e->piece until the next call. */
static const char *
cut(struct embed *e, const char *text, size_t limit)
{
    size_t most = limit < e->left ? limit : e->left;

    alert_plain(text, e->plain, sizeof e->plain);
    alert_unmention(e->plain, e->piece, sizeof e->piece - 4);
    str_trim(e->piece);
    if (most == 0)
        return "";
    if (discord_embed_units(e->piece) > most)
        str_copy(e->piece + fitting(e->piece, most - 1), 4, "\xe2\x80\xa6");
    if (!is_visible(e->piece))
        return "";
    e->left -= discord_embed_units(e->piece);
    return e->piece;
}

static void
text_member(struct embed *e, const char *key, const char *text, size_t limit)
{
    const char *piece = cut(e, text, limit);

    if (*piece)
        jw_str(e->w, key, piece);
}

/* A field counts whole or not at all. */
static void
field(struct embed *e, const char *name, const char *value, bool is_inline)
{
    char cut_name[4 * EMBED_NAME + 4];
    size_t left = e->left;
    const char *piece;

    if (e->fields == EMBED_FIELDS)
        return;
    str_copy(cut_name, sizeof cut_name, cut(e, name, EMBED_NAME));
    piece = cut(e, value, EMBED_VALUE);
    if (!*cut_name || !*piece) {
        e->left = left;
        return;
    }
    e->fields++;
    jw_object(e->w, NULL);
    jw_str(e->w, "name", cut_name);
    jw_str(e->w, "value", piece);
    jw_bool(e->w, "inline", is_inline);
    jw_end(e->w);
}

/* ---- parts --------------------------------------------------------------------- */

static bool
is_negative(const struct alert *a)
{
    return a->scored->score < 0;
}

static void
title(struct embed *e)
{
    const struct alert *a = e->alert;
    const char *prefix = "";
    const char *text = a->scored->title;
    char head[4 * EMBED_TITLE];
    struct buf b;

    if (a->kind == ALERT_WITHDRAWN)
        prefix = "WITHDRAWN - ";
    else if (is_negative(a))
        prefix = "\xf0\x9f\x9f\xa5\xe2\x9a\xa0\xef\xb8\x8f NEGATIVE CATALYST - ";
    alert_plain(str_empty(text) ? "Market Alert" : text, head, sizeof head);
    head[fitting(head, TITLE_UNITS)] = '\0';
    buf_init(&b, 8 * EMBED_TITLE);
    buf_addf(&b, "%s[%s] %s", prefix, alert_ticker(a->scored), head);
    text_member(e, "title", buf_str(&b), EMBED_TITLE);
    buf_free(&b);
}

/* An address that Discord refuses would fail the whole alert: leave out any that is
 * not plainly one. */
static bool
is_plain_link(const char *url)
{
    const char *host = strstr(url, "://");

    if (!str_starts(url, "https://") && !str_starts(url, "http://"))
        return false;
    host += 3;
    if (strlen(url) > EMBED_URL || host[strcspn(host, ".")] == '\0' || *host == '.')
        return false;
    for (const unsigned char *p = (const unsigned char *)url; *p; p++)
        if (*p <= ' ' || *p >= 0x7f || strchr("\"<>\\^`{|}", *p))
            return false;
    return strcspn(host, ".") < strcspn(host, "/?#@:");
}

/* Without an opinion of the words the price has one. */
static int64_t
tint(const struct alert *a)
{
    double mood = a->scored->sentiment;
    double change = alert_price_change(a->scored);

    if (mood == 0 && !isnan(change))
        mood = change;
    if (a->kind == ALERT_WITHDRAWN)
        return TINT_WITHDRAWN;
    if (is_negative(a))
        return TINT_NEGATIVE;
    if (mood == 0)
        return TINT_NEWS;
    return mood > 0 ? TINT_UP : TINT_DOWN;
}

static void
description(struct embed *e)
{
    const char *summary = e->alert->scored->summary;
    char text[4 * SUMMARY_UNITS + 8];
    size_t n;

    alert_plain(summary, text, sizeof text);
    n = fitting(text, SUMMARY_UNITS);
    if (text[n] != '\0')
        (void)str_copy(text + n, sizeof text - n, "...");
    text_member(e, "description", text, EMBED_TEXT);
}

static void
metric_fields(struct embed *e)
{
    const struct msg_scored *s = e->alert->scored;
    char text[ALERT_TEXT_SIZE];

    for (size_t i = 0; i < s->n_metrics; i++) {
        alert_metric_text(&s->metrics[i], text, sizeof text);
        field(e, alert_metric_label(&s->metrics[i]), text, true);
    }
}

static void
evidence_field(struct embed *e)
{
    const struct msg_scored *s = e->alert->scored;
    struct buf b;
    char text[ALERT_TEXT_SIZE];
    int lines = 0;

    buf_init(&b, EVIDENCE_LINES * (ALERT_TEXT_SIZE + 96));
    for (size_t i = 0; i < s->n_evidence && lines < EVIDENCE_LINES; i++) {
        const struct msg_evidence *v = &s->evidence[i];
        if (!str_eq(v->kind, "signal"))
            continue;
        alert_plain(v->text, text, sizeof text);
        buf_addf(&b, "%s%.64s %+.2f: %s", lines++ > 0 ? "; " : "", v->name, v->value,
                 text);
    }
    field(e, "Why", buf_str(&b), false);
    buf_free(&b);
}

static void
badge_field(struct embed *e)
{
    const struct msg_scored *s = e->alert->scored;
    struct badge_of of = {.title = s->title,
                          .categories = s->categories,
                          .feed = s->feed,
                          .kind = s->kind};
    const char *found[BADGES_MOST];
    size_t n = badges(&of, found, BADGES_MOST);
    struct buf b;

    buf_init(&b, EMBED_VALUE);
    for (size_t i = 0; i < n; i++)
        buf_addf(&b, "%s%s", i > 0 ? "  " : "", found[i]);
    field(e, "Key catalysts", buf_str(&b), true);
    buf_free(&b);
}

/* When it was published, for who reads it now: as of the last edit. */
static void
age_field(struct embed *e)
{
    char ago[ALERT_AGO_SIZE];

    alert_ago(e->alert->scored->published_ms, e->alert->now_ms, ago);
    field(e, "Published", ago, true);
}

static void
fields(struct embed *e)
{
    const struct alert *a = e->alert;
    const struct msg_scored *s = a->scored;
    char text[ALERT_FOLLOWS_SIZE];

    jw_array(e->w, "fields");
    if (a->kind == ALERT_WITHDRAWN) {
        str_fmt(text, sizeof text, "would be rejected now: %s", s->reason);
        field(e, "Withdrawn", text, false);
    }
    alert_follows(s, text, sizeof text);
    field(e, "Follows", text, false);
    str_fmt(text, sizeof text, "%+.2f (sentiment %+.2f)", s->score, s->sentiment);
    field(e, "Score", text, true);
    if (a->late)
        field(e, "Late", "sent long after publication", true);
    metric_fields(e);
    badge_field(e);
    age_field(e);
    field(e, "Found", s->categories, true);
    evidence_field(e);
    jw_end(e->w);
}

static void
footer(struct embed *e)
{
    char text[512];

    str_fmt(text, sizeof text, "%s \xc2\xb7 %s", e->alert->scored->feed,
            e->alert->scored->id);
    if (e->left == 0)
        return;
    jw_object(e->w, "footer");
    jw_str(e->w, "text", cut(e, text, EMBED_FOOTER));
    jw_end(e->w);
}

static void
timestamp(struct embed *e)
{
    int64_t ms = e->alert->scored->published_ms;
    char iso[CLOCK_ISO_SIZE];

    if (ms <= 0 || ms > LAST_TIMESTAMP_MS)
        return;
    clock_iso(ms, iso, sizeof iso);
    jw_str(e->w, "timestamp", iso);
}

int
discord_embed(const struct alert *a, struct buf *out)
{
    struct jsonw w;
    struct embed e = {.w = &w, .alert = a, .left = EMBED_SUM};

    jsonw_init(&w, out);
    jw_object(&w, NULL);
    jw_object(&w, "allowed_mentions");
    jw_array(&w, "parse");
    jw_end(&w);
    jw_end(&w);
    jw_array(&w, "embeds");
    jw_object(&w, NULL);
    title(&e);
    if (is_plain_link(a->scored->link))
        jw_str(&w, "url", a->scored->link);
    jw_int(&w, "color", tint(a));
    timestamp(&e);
    footer(&e); /* first of the long ones: it names the candidate */
    description(&e);
    fields(&e);
    jw_end(&w);
    jw_end(&w);
    jw_end(&w);
    return out->err;
}
