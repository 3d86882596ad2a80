/* How fast feeds are read, beside a bare pass of libxml2 over the same bytes. */
#include "base/buf.h"
#include "base/clock.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/str.h"
#include "ingest/noise.h"
#include "ingest/story.h"
#include "ingest/subject.h"
#include "tests/bench/peer.h"

#include <libxml/parser.h>
#include <stdio.h>

enum {
    ITEMS = 200, /* of a feed */
    POLLED = 10, /* of them new at a poll of a feed that is polled all day */
    FEED_BYTES = 2 << 20,
    SEEN = 1024,  /* slots, several times ITEMS */
    COMPARED = 2, /* stories of one ticker */
    RING = 4      /* of stories that are kept */
};

/* Each says whether the item goes on, as ingest has it: what was seen, names no ticker,
 * or is noise, is compared with nothing. */
struct reading;
typedef bool stage_fn(struct reading *r);
static stage_fn is_new, find_tickers, find_noise, compare_story;
static stage_fn *const stages[] = {is_new, find_tickers, find_noise, compare_story};

enum { STAGES = sizeof stages / sizeof stages[0] };

struct reading {
    struct symbols *symbols;
    struct noise *noise;
    /* Hashes of the ids of this feed and of the former one, in place of the database.
     */
    uint64_t seen[2][SEEN];
    struct item item;           /* in work, as ingest has one */
    struct story stories[RING]; /* the last ones */
    int64_t entries, fresh, tickers, noises, told, same;
    int64_t sax_ns, ns, bytes;
};

static int64_t
cpu_ns(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t); /* cannot fail */
    return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

/* ---- the bare pass --------------------------------------------------------------- */

static void
on_start(void *self, const xmlChar *name, const xmlChar **attributes)
{
    (void)name, (void)attributes;
    ++*(int64_t *)self;
}

static void
on_text(void *self, const xmlChar *text, int n)
{
    (void)text;
    *(int64_t *)self += n;
}

static void
bare_pass(struct reading *r, const struct buf *body)
{
    xmlSAXHandler handler = {.startElement = on_start, .characters = on_text};
    int64_t seen = 0, begin = cpu_ns();

    (void)xmlSAXUserParseMemory(&handler, &seen, buf_str(body), (int)body->len);
    r->sax_ns += cpu_ns() - begin;
}

/* ---- what ingest does ------------------------------------------------------------ */

/* Where it is in a set, or the free slot for it. */
static uint64_t *
slot_of(uint64_t set[SEEN], uint64_t hash)
{
    size_t i = hash % SEEN;

    while (set[i] != 0 && set[i] != hash)
        i = (i + 1) % SEEN;
    return &set[i];
}

static bool
is_new(struct reading *r)
{
    uint64_t hash = hash64_str(r->item.id) | 1; /* 0 is a free slot */
    bool is_new = *slot_of(r->seen[1], hash) == 0;

    *slot_of(r->seen[0], hash) = hash;
    r->fresh += is_new;
    return is_new;
}

static bool
find_tickers(struct reading *r)
{
    struct tickers found;

    subject_find(&r->item, r->symbols, &found);
    r->tickers += (int64_t)found.n;
    return found.n > 0;
}

static bool
find_noise(struct reading *r)
{
    struct noise_hit hit;
    bool is_noise = noise_find(r->noise, r->item.title, r->item.summary, &hit);

    r->noises += is_noise;
    return !is_noise;
}

/* A story is compared with a few, as with those of its ticker. */
static bool
compare_story(struct reading *r)
{
    struct story *story = &r->stories[r->told % RING];

    story_make(r->item.title, r->item.summary, story);
    for (int64_t i = 1; i <= COMPARED && i <= r->told; i++)
        r->same += story_is_same(story, &r->stories[(r->told - i) % RING]);
    r->told++;
    return true;
}

/* Reads a feed as ingest does, item by item, through the first stages only. */
static int
read_feed(struct reading *r, const struct buf *body, size_t depth)
{
    int64_t begin = cpu_ns();
    struct feed feed;
    struct why why;
    int rc = feed_parse(buf_str(body), body->len, &feed, &why);

    for (size_t i = 0; rc == 0 && i < feed.n; i++) {
        bool goes_on = true;

        rc = item_from_entry(&feed.entries[i], ITEM_NEWS, "https://wire.example/",
                             &r->item);
        for (size_t k = 0; k < depth && goes_on; k++)
            goes_on = stages[k](r);
    }
    r->entries += (int64_t)feed.n;
    feed_free(&feed);
    memcpy(r->seen[1], r->seen[0], sizeof r->seen[0]);
    memset(r->seen[0], 0, sizeof r->seen[0]);
    r->ns += cpu_ns() - begin;
    return rc;
}

/* Reads `feeds` of them through `depth` stages; the next begins `step` items on. */
static int
read_series(struct reading *r, int64_t feeds, int step, size_t depth)
{
    struct buf body;
    int rc = 0;

    r->entries = r->fresh = r->tickers = r->noises = r->told = r->same = 0;
    r->sax_ns = r->ns = r->bytes = 0;
    memset(r->seen, 0, sizeof r->seen);
    buf_init(&body, FEED_BYTES);
    for (int64_t i = 0; rc == 0 && i < feeds; i++) {
        wires_feed(i < feeds / 2, (int)i * step, ITEMS, &body);
        if ((rc = body.err) == 0) {
            bare_pass(r, &body);
            r->bytes += (int64_t)body.len;
            rc = read_feed(r, &body, depth);
        }
    }
    buf_free(&body);
    return rc == 0 && r->entries != feeds * ITEMS ? ERR_MISSING : rc;
}

/* x: time of reading through 0, 1, ... stages over that of the bare pass beside it;
 * what a stage adds is the difference. */
static void
print(const struct reading *r, const char *run, const double x[STAGES + 1])
{
    static const char *const names[] = {"parse", "seen", "tickers", "noise", "stories"};
    double us = (double)r->entries * 1e3, kb = (double)r->bytes * 1e3;

    printf("{\"bench\": \"read\", \"run\": \"%s\", \"items\": %lld, \"fresh\": %lld, "
           "\"sax_mb_s\": %.1f, \"mb_s\": %.1f, \"us\": %.2f, \"ratio\": %.2f",
           run, (long long)r->entries, (long long)r->fresh, kb / (double)r->sax_ns,
           kb / (double)r->ns, (double)r->ns / us, x[STAGES]);
    for (size_t i = 0; i <= STAGES; i++)
        printf(", \"%s\": %.2f", names[i], i == 0 ? x[0] : x[i] - x[i - 1]);
    printf(", \"named\": %lld, \"noise\": %lld, \"told\": %lld, \"same\": %lld}\n",
           (long long)r->tickers, (long long)r->noises, (long long)r->told,
           (long long)r->same);
}

static int
read_run(struct reading *r, const char *run, int64_t feeds, int step)
{
    double x[STAGES + 1] = {0};
    int rc = 0;

    for (size_t depth = 0; rc == 0 && depth <= STAGES; depth++) {
        rc = read_series(r, feeds, step, depth);
        x[depth] = (double)r->ns / (double)r->sax_ns;
    }
    if (rc == 0)
        print(r, run, x);
    return rc;
}

int
read_bench(int64_t feeds)
{
    struct reading *r = calloc(1, sizeof *r);
    struct why why = {""};
    int rc = r == NULL ? ERR_NOMEM : 0;

    memory_settle(); /* as every stage does */
    if (rc == 0)
        rc = symbols_new(&r->symbols, NULL, &why);
    if (rc == 0)
        rc = noise_new(&r->noise, &why);
    if (rc == 0)
        rc = read_run(r, "new", feeds, ITEMS);
    if (rc == 0)
        rc = read_run(r, "polled", feeds, POLLED);
    if (rc != 0)
        (void)fprintf(stderr, "read: %s\n", err_str(rc));
    if (r != NULL) {
        noise_free(&r->noise);
        symbols_free(&r->symbols);
    }
    free(r);
    return rc;
}
