#include "conf_fixture.h"

#include "base/str.h"

#include <check.h>
#include <fcntl.h>
#include <unistd.h>

static void
write_file(const char *path, const char *text, size_t n)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, text, n), (ssize_t)n);
    (void)close(fd);
}

static void
shorten(struct load *l)
{
    const char *at = buf_str(&l->errors), *hit;
    struct buf out;

    buf_init(&out, sizeof l->said - 1);
    while (l->path[0] != '\0' && (hit = strstr(at, l->path)) != NULL) {
        buf_add(&out, at, (size_t)(hit - at));
        buf_addc(&out, '@');
        at = hit + strlen(l->path);
    }
    buf_adds(&out, at);
    str_copy(l->said, sizeof l->said, buf_str(&out));
    buf_free(&out);
}

struct load *
load_all(const char *text, size_t n, const char *const *env, const char *const *sets,
         size_t n_sets)
{
    struct load *l = calloc(1, sizeof *l);

    buf_init(&l->errors, 1 << 16);
    if (text != NULL) {
        str_fmt(l->path, sizeof l->path, "/tmp/catalyst-conf-%d", (int)getpid());
        write_file(l->path, text, n);
    }
    l->rc = conf_load(&l->conf, text != NULL ? l->path : NULL,
                      (char *const *)(uintptr_t)env, /* only read */ sets, n_sets,
                      &l->errors);
    if (text != NULL)
        (void)unlink(l->path);
    shorten(l);
    return l;
}

struct load *
load_text(const char *text)
{
    return load_all(text, strlen(text), NULL, NULL, 0);
}

void
load_free(struct load *l)
{
    conf_free(&l->conf);
    buf_free(&l->errors);
    free(l);
}
