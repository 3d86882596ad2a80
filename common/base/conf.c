#include "base/conf_reader.h"
#include "base/conf_value.h"
#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { FILE_BYTES = 1 << 20 }; /* largest configuration */

/* ---- defaults ------------------------------------------------------------------- */

static void
set_plain_defaults(struct conf *c)
{
    size_t n;
    const struct option_row *rows = conf_rows(&n);

    for (size_t i = 0; i < n; i++)
        if (conf_section_find(rows[i].section)->stride == 0)
            (void)conf_value_set(c, i, 0, rows[i].dflt, NULL); /* the table is ours */
}

static void
add_shipped(struct conf *c)
{
    for (size_t i = 0; i < conf_n_shipped; i++) {
        const struct conf_section *s = conf_section_find(conf_shipped[i].section);

        if (conf_instance_find(c, s, conf_shipped[i].name) < 0)
            (void)conf_instance_add(c, s, conf_shipped[i].name); /* they fit */
    }
}

/* ---- the file ------------------------------------------------------------------- */

static int
read_all(int fd, char *out, size_t size, size_t *n)
{
    *n = 0;
    while (*n < size) {
        ssize_t got = read(fd, out + *n, size - *n);

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return ERR_IO;
        if (got == 0)
            break;
        *n += (size_t)got;
    }
    return 0;
}

/* 0, ERR_IO or ERR_NOMEM.  A file that is too large is a complaint. */
static int
read_file(struct conf_reader *r, const char *path)
{
    char *text = malloc(FILE_BYTES + 1);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    size_t n = 0;
    int rc = text == NULL ? ERR_NOMEM : ERR_IO;

    if (text != NULL && fd >= 0)
        rc = read_all(fd, text, FILE_BYTES + 1, &n);
    if (rc == ERR_IO)
        conf_complain(r, path, "cannot be read: %s", strerror(errno));
    else if (n > FILE_BYTES)
        conf_complain(r, path, "file too large; want at most 1 MiB");
    else if (rc == 0)
        conf_file_parse(r, path, text, n);
    if (fd >= 0)
        (void)close(fd); /* was only read */
    free(text);
    return rc;
}

/* ---- the contract --------------------------------------------------------------- */

int
conf_load(struct conf *c, const char *path, char *const *env, const char *const *sets,
          size_t n_sets, struct buf *errors)
{
    struct conf_reader r = {.c = c, .errors = errors};
    size_t n;
    int rc = 0;

    (void)conf_rows(&n);
    *c = (struct conf){0};
    if ((c->origins = calloc(n * CONF_FEEDS, sizeof *c->origins)) == NULL)
        return ERR_NOMEM;
    set_plain_defaults(c);
    add_shipped(c);
    if (path != NULL) {
        if (!str_copy(c->path, sizeof c->path, path))
            conf_complain(&r, c->path, "the path is too long");
        else
            rc = read_file(&r, path);
    }
    conf_env_read(&r, env);
    conf_sets_read(&r, sets, n_sets);
    conf_check(&r);
    if (rc == 0 && r.n_errors > 0)
        rc = ERR_CONFIG;
    return rc;
}

void
conf_free(struct conf *c)
{
    size_t n;

    (void)conf_rows(&n);
    for (size_t i = 0; c->origins != NULL && i < n * CONF_FEEDS; i++)
        free(c->origins[i]);
    free(c->origins);
    c->origins = NULL;
}

void
conf_agent_with_contact(const struct conf *c, const char *agent, char *out, size_t size)
{
    const char *contact = c->catalyst.edgar_contact;

    if (str_empty(contact) || strstr(agent, contact) != NULL)
        (void)str_copy(out, size, agent);
    else
        (void)str_fmt(out, size, "%s %s", agent, contact);
}

const struct conf_group *
conf_group(const struct conf *c, const char *name)
{
    for (size_t i = 0; i < c->n_groups; i++)
        if (str_eq(c->groups[i].name, name))
            return &c->groups[i];
    return NULL;
}

const struct conf_source *
conf_source(const struct conf *c, const char *name)
{
    for (size_t i = 0; i < c->n_sources; i++)
        if (str_eq(c->sources[i].name, name))
            return &c->sources[i];
    return NULL;
}
