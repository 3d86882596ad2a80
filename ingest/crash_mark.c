#include "ingest/crash_mark.h"

#include "base/conf.h"
#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* Two columns and a newline. */
enum { FEED = CONF_NAME - 1, HASH = STORE_HASH - 1, LINE = FEED + 1 + HASH + 1 };

struct crash_mark {
    int fd;
    char feed[CONF_NAME], hash[STORE_HASH]; /* left by the last process */
};

/* What is shorter, or longer, is not of our making. */
static void
read_left(struct crash_mark *m)
{
    char line[LINE + 1];

    if (pread(m->fd, line, sizeof line, 0) != LINE)
        return;
    line[FEED] = line[LINE - 1] = '\0';
    (void)str_copy(m->feed, sizeof m->feed, str_trim(line));
    (void)str_copy(m->hash, sizeof m->hash, str_trim(line + FEED + 1));
}

int
crash_mark_open(struct crash_mark **out, const char *path, struct why *why)
{
    struct crash_mark *m = calloc(1, sizeof *m);

    *out = m;
    if (m == NULL)
        return why_set(why, ERR_NOMEM, "%s: out of memory", path);
    m->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (m->fd < 0)
        return why_set(why, ERR_IO, "%s: %s", path, strerror(errno));
    read_left(m);
    return 0;
}

void
crash_mark_close(struct crash_mark **mp)
{
    struct crash_mark *m = *mp;

    *mp = NULL;
    if (m == NULL)
        return;
    if (m->fd >= 0)
        (void)close(m->fd); /* what was written is with the kernel */
    free(m);
}

bool
crash_mark_left(const struct crash_mark *m, const char *feed, char hash[STORE_HASH])
{
    (void)str_copy(hash, STORE_HASH, m->hash);
    return m->hash[0] != '\0' && str_eq(m->feed, feed);
}

int
crash_mark_set(struct crash_mark *m, const char *feed, const char *hash)
{
    char line[LINE + 1];

    if (!str_fmt(line, sizeof line, "%-*s %-*s\n", FEED, feed, HASH, hash))
        return ERR_TOO_BIG;
    return pwrite(m->fd, line, LINE, 0) == LINE ? 0 : ERR_IO;
}

void
crash_mark_clear(struct crash_mark *m)
{
    (void)crash_mark_set(m, "", ""); /* the next one is written over it */
}
