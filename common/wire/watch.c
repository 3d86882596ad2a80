#include "wire/watch.h"

#include "base/str.h"

#include <errno.h>
#include <limits.h>
#include <sys/inotify.h>
#include <unistd.h>

enum { EVENTS_BYTES = 4096 }; /* read in one turn: at least fourteen events */

struct watch {
    struct loop *loop;
    int fd;
    char name[NAME_MAX + 1]; /* of the file in its folder */
    loop_fn *fn;
    void *self;
};

/* Does one of the events tell of our file? */
static bool
is_told(const struct watch *w, const char *events, size_t n)
{
    const struct inotify_event *e;

    for (size_t at = 0; at + sizeof *e <= n; at += sizeof *e + e->len) {
        e = (const void *)(events + at);
        if (e->len > 0 && str_eq(e->name, w->name))
            return true;
    }
    return false;
}

static int
on_events(void *self)
{
    struct watch *w = self;
    char events[EVENTS_BYTES] __attribute__((aligned(8)));
    ssize_t n = read(w->fd, events, sizeof events);

    return n > 0 && is_told(w, events, (size_t)n) ? w->fn(w->self) : 0;
}

static int
watch_folder(struct watch *w, const char *path, struct why *why)
{
    const char *slash = strrchr(path, '/');
    char folder[PATH_MAX] = ".";

    (void)str_copy(w->name, sizeof w->name, slash == NULL ? path : slash + 1);
    if (slash != NULL)
        (void)str_copyn(folder, sizeof folder, path,
                        slash == path ? 1 : (size_t)(slash - path));
    w->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (w->fd < 0 || inotify_add_watch(w->fd, folder, IN_CLOSE_WRITE | IN_MOVED_TO) < 0)
        return why_set(why, ERR_IO, "%s: cannot be watched: %s", folder,
                       strerror(errno));
    return loop_watch_fd(w->loop, w->fd, LOOP_IN, on_events, w);
}

int
watch_new(struct watch **out, struct loop *l, const char *path, loop_fn *fn, void *self,
          struct why *why)
{
    struct watch *w = calloc(1, sizeof *w);
    int rc;

    *out = w;
    if (w == NULL)
        return why_set(why, ERR_NOMEM, "out of memory");
    w->loop = l;
    w->fn = fn;
    w->self = self;
    if ((rc = watch_folder(w, path, why)) != 0)
        watch_free(out);
    return rc;
}

void
watch_free(struct watch **wp)
{
    struct watch *w = *wp;

    if (w == NULL)
        return;
    if (w->fd >= 0) {
        loop_unwatch_fd(w->loop, w->fd);
        (void)close(w->fd); /* was only read */
    }
    free(w);
    *wp = NULL;
}
