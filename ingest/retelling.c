#include "ingest/retelling.h"

#include "base/str.h"

void
retelling_clear(struct retelling *r)
{
    r->story.kind = STORY_FIRST;
    r->told_by[0] = r->former[0] = r->former_link[0] = '\0';
}

static bool
on_told(void *self, const char *item, const char *link, const struct story *told)
{
    struct retelling *r = self;
    bool is_same = story_is_same(&r->story, told);

    if (is_same) {
        (void)str_copy(r->told_by, sizeof r->told_by, item);
    } else if (*r->former == '\0' && story_follows(&r->story, told)) {
        (void)str_copy(r->former, sizeof r->former, item);
        (void)str_copy(r->former_link, sizeof r->former_link, link);
    }
    return is_same;
}

int
retelling_find(struct retelling *r, struct store *s, const struct item *it,
               const char *ticker, int64_t since_ms)
{
    retelling_clear(r);
    story_make(it->title, it->summary, &r->story);
    return store_stories(s, ticker, since_ms, on_told, r);
}

const char *
retelling_follows(const struct retelling *r)
{
    bool follows = *r->former != '\0' || r->story.kind == STORY_CORRECTION;

    return story_kind_name(follows ? r->story.kind : STORY_FIRST);
}
