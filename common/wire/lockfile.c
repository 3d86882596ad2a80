#include "wire/lockfile.h"

#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static int64_t
pid_in(int fd)
{
    char text[32];
    ssize_t n = pread(fd, text, sizeof text - 1, 0);
    int64_t pid = 0;

    if (n <= 0)
        return 0;
    text[n] = '\0';
    (void)str_i64(str_trim(text), &pid); /* 0 when it is no number */
    return pid;
}

int
lockfile_take(const char *path, int *fd, struct why *why)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int64_t pid;

    if ((*fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600)) < 0)
        return why_set(why, ERR_IO, "%s: %s", path, strerror(errno));
    if (fcntl(*fd, F_OFD_SETLK, &lock) == 0) {
        if (ftruncate(*fd, 0) == 0)
            (void)dprintf(*fd, "%d\n", getpid());
        return 0;
    }
    pid = pid_in(*fd);
    (void)close(*fd);
    *fd = -1;
    return why_set(why, ERR_LOCKED, "%s: held by process %lld", path, (long long)pid);
}

bool
lockfile_is_held(const char *path, int64_t *pid)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int fd = open(path, O_RDWR | O_CLOEXEC);
    bool is_held;

    *pid = 0;
    if (fd < 0)
        return false;
    is_held = fcntl(fd, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
    if (is_held)
        *pid = pid_in(fd);
    (void)close(fd);
    return is_held;
}
