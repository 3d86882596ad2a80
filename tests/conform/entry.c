/* From an entry of a feed to an item with its ticker. */
#include "base/clock.h"
#include "base/str.h"
#include "ingest/item.h"
#include "ingest/tickers.h"
#include "tests/conform/conform.h"

#include <stdlib.h>

/* An entry keeps its texts as a feed does: owned, in one place. */
struct page {
    struct feed_entry entry; /* into texts */
    char texts[FEED_FIELDS][ITEM_SUMMARY];
};

static const struct {
    enum feed_field field;
    const char *key;
} fields[] = {
    {FEED_ID, "guid"},   {FEED_ID, "id"},           {FEED_TITLE, "title"},
    {FEED_LINK, "link"}, {FEED_SUMMARY, "summary"}, {FEED_PUBLISHED, "published"},
};

static void
fill(struct page *p, const struct json *input)
{
    for (size_t i = 0; i < STR_LEN(fields); i++) {
        const struct json *value = json_member(input, fields[i].key);
        char **text = &p->entry.text[fields[i].field];

        if (value == NULL || *text != NULL)
            continue;
        *text = p->texts[fields[i].field];
        (void)case_text(value, *text, sizeof p->texts[0]);
    }
}

/* Where the first ticker was found, in the order in which they are looked for. */
static void
write_ticker(const struct item *item, struct jsonw *out)
{
    const struct ticker *primary[TICKERS_PRIMARY];
    struct tickers found = {.n = 0};
    size_t in_title;

    tickers_title(&found, NULL, item->title);
    in_title = found.n;
    tickers_summary(&found, NULL, item->summary);
    if (found.n == 0)
        tickers_anywhere(&found, NULL, item->summary);
    if (tickers_primary(&found, item->title, item->summary, primary) == 0) {
        jw_null(out, "ticker");
        jw_null(out, "ticker_source");
        return;
    }
    jw_str(out, "ticker", primary[0]->symbol);
    jw_str(out, "ticker_source",
           primary[0] < &found.list[in_title] ? "title" : "summary");
}

static void
write_item(const struct item *item, const struct json *input, struct jsonw *out)
{
    char time[CLOCK_ISO_SIZE + 8];

    jw_object(out, NULL);
    jw_str(out, "title", item->title);
    jw_str(out, "link", item->link);
    jw_str(out, "summary", item->summary);
    jw_str(out, "source", json_text(json_member(input, "source"), ""));
    jw_str(out, "ts", case_time(item->published_ms, time, sizeof time));
    write_ticker(item, out);
    jw_end(out);
}

void
conform_entry(const struct json *input, struct jsonw *out)
{
    struct page *p = calloc(1, sizeof *p);
    struct item item;

    if (p != NULL)
        fill(p, input);
    if (p != NULL && item_from_entry(&p->entry, ITEM_NEWS, "", &item) == 0 &&
        *item.link != '\0' && *item.title != '\0')
        write_item(&item, input, out);
    else
        jw_null(out, NULL);
    free(p);
}
