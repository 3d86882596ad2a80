#include "monitor/slots.h"

#include "base/str.h"
#include "wire/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

int64_t
slots_wanted(const struct conf *conf)
{
    char path[CONF_TEXT + 32];
    char text[32] = "";
    int64_t n = -1;
    int fd;

    if (!proc_run_path(conf, "enrichers", path, sizeof path))
        return conf->enricher.count;
    if ((fd = open(path, O_RDONLY | O_CLOEXEC)) < 0)
        return conf->enricher.count;
    if (read(fd, text, sizeof text - 1) < 0)
        text[0] = '\0';
    close(fd);
    if (str_i64(str_trim(text), &n) != 0 || n < 0 || n > SLOTS_MAX)
        return conf->enricher.count;
    return n;
}

static int
put(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    size_t n = strlen(text);
    int rc = 0;

    if (fd < 0)
        return ERR_IO;
    if (write(fd, text, n) != (ssize_t)n || fsync(fd) != 0)
        rc = ERR_IO;
    close(fd);
    return rc;
}

int
slots_write(const struct conf *conf, int64_t n, struct why *why)
{
    char path[CONF_TEXT + 32], temp[CONF_TEXT + 48], text[32];

    if (!proc_run_path(conf, "enrichers", path, sizeof path))
        return why_set(why, ERR_IO, "the path of the run directory is too long");
    str_fmt(temp, sizeof temp, "%s.new", path);
    str_fmt(text, sizeof text, "%lld\n", (long long)n);
    if (put(temp, text) != 0 || rename(temp, path) != 0)
        return why_set(why, ERR_IO, "%s: %s", path, strerror(errno));
    return 0;
}
