/* covers: alerter/sinks/discord_embed.c */
/* links: alerter */
#include "alerter/sinks/discord_embed.h"

#include "base/json.h"
#include "base/str.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

enum { LINES = 12, LISTED = 30, WHOLE = 1 << 20 };

static size_t
units(const struct json *j, const char *path, size_t limit)
{
    size_t n = discord_embed_units(json_text(json_get(j, path), ""));

    assert(n <= limit);
    return n;
}

static void
check(const struct json *j)
{
    const struct json *e = json_get(j, "embeds.0");
    const struct json *fields = json_get(e, "fields");
    size_t sum = units(e, "title", EMBED_TITLE);

    sum += units(e, "description", EMBED_TEXT) + units(e, "footer.text", EMBED_FOOTER);
    assert(json_len(fields) <= EMBED_FIELDS);
    for (size_t i = 0; i < json_len(fields); i++) {
        size_t name = units(json_at(fields, i), "name", EMBED_NAME);
        size_t value = units(json_at(fields, i), "value", EMBED_VALUE);
        assert(name > 0 && value > 0);
        sum += name + value;
    }
    assert(sum <= EMBED_SUM);
}

/* Lines become the texts of a verdict, the first bytes its numbers. */
static void
fill(struct msg_scored *s, struct msg_metric *m, struct msg_evidence *e, char **line,
     unsigned char seed)
{
    for (size_t i = 0; i < LISTED; i++) {
        m[i] = (struct msg_metric){line[i % LINES],
                                   i % 3 ? "ok" : "error",
                                   line[(i + 1) % LINES],
                                   seed * 1e4,
                                   "",
                                   line[(i + 2) % LINES],
                                   seed / 100.0,
                                   seed,
                                   "x_pct",
                                   "",
                                   0};
        e[i] = (struct msg_evidence){"signal", line[(i + 3) % LINES],
                                     line[(i + 4) % LINES], seed, seed};
    }
    *s = (struct msg_scored){.id = line[0],
                             .item = "",
                             .ticker = line[1],
                             .feed = line[2],
                             .kind = "news",
                             .form = "",
                             .filing = "",
                             .title = line[3],
                             .summary = line[4],
                             .link = line[5],
                             .verdict = "alert",
                             .reason = line[6],
                             .categories = line[7],
                             .score = seed - 100,
                             .sentiment = seed % 3 - 1,
                             .published_ms = seed * 1000000LL,
                             .metrics = m,
                             .n_metrics = seed % LISTED,
                             .evidence = e,
                             .n_evidence = seed % LISTED};
}

int
LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
    char *text = malloc(n + 1), *rest = text;
    char *line[LINES];
    struct msg_metric metrics[LISTED];
    struct msg_evidence evidence[LISTED];
    struct msg_scored s;
    struct alert a = {.scored = &s};
    unsigned char seed = n > 0 ? bytes[0] : 0;
    struct buf b;
    struct json *j;

    assert(text != NULL);
    memcpy(text, bytes, n);
    text[n] = '\0';
    for (size_t i = 0; i < LINES; i++) {
        size_t len = strcspn(rest, "\n");
        line[i] = rest;
        rest += len;
        if (*rest)
            *rest++ = '\0';
    }
    fill(&s, metrics, evidence, line, seed);
    a.kind = (enum alert_kind)(seed % 3);
    a.late = seed % 2;
    buf_init(&b, WHOLE);
    assert(discord_embed(&a, &b) == 0);
    j = json_parse(buf_str(&b), b.len, NULL);
    assert(j != NULL);
    check(j);
    json_free(&j);
    buf_free(&b);
    free(text);
    return 0;
}
