/* covers: ingest/feed.c ingest/feed_child.c ingest/item.c ingest/story.c */
/* links: ingest */
#include "ingest/item.h"
#include "ingest/story.h"

#include "base/str.h"

#include <assert.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What holds of every item, whatever it was made of. */
static void
look(const struct item *it)
{
    assert(it->id[0] != '\0' && strlen(it->id) < sizeof it->id);
    assert(it->link[0] == '\0' || str_istarts(it->link, "http"));
    assert(it->cik >= 0);
    (void)item_form_wanted(it, "8-K, SCHEDULE 13D");
    (void)item_form_wanted(it, "8-K 424B5");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct feed f;
    struct item it;
    struct why why;
    struct story story, former = {.title = ""};

    if (feed_parse((const char *)data, size, &f, &why) != 0)
        return 0;
    assert(f.n <= FEED_ENTRIES_MAX);
    for (size_t i = 0; i < f.n; i++)
        for (enum item_kind kind = ITEM_NEWS; kind <= ITEM_HALT; kind++) {
            if (item_from_entry(&f.entries[i], kind, "https://x.example/f", &it) != 0)
                continue;
            look(&it);
            story_make(it.title, it.summary, &story);
            assert(story_is_same(&story, &story));
            assert(story_is_same(&story, &former) == story_is_same(&former, &story));
            (void)story_follows(&story, &former);
            former = story;
            if (item_resumes(&f.entries[i], &it))
                look(&it);
        }
    feed_free(&f);
    return 0;
}
