#include "enricher/identity.h"

#include "base/err.h"
#include "base/str.h"

#include <unistd.h>

enum { LINE_SIZE = 1024, START_FIELD = 22, FIELD_AFTER_NAME = 3 };

static int
read_line(const char *path, char *out, int size)
{
    FILE *f = fopen(path, "re");
    char *line = f == NULL ? NULL : fgets(out, size, f);

    if (f != NULL)
        (void)fclose(f); /* was read only */
    return line == NULL ? ERR_IO : 0;
}

/* The name in brackets may hold blanks and brackets: the fields behind the last one. */
static int
read_start(int64_t *out)
{
    char line[LINE_SIZE], field[32];
    const char *cursor, *piece = NULL;
    size_t n = 0;
    int rc = read_line("/proc/self/stat", line, sizeof line);

    if (rc != 0 || (cursor = strrchr(line, ')')) == NULL)
        return ERR_IO;
    cursor++;
    for (int i = FIELD_AFTER_NAME; i <= START_FIELD; i++)
        if ((piece = str_piece(&cursor, " ", &n)) == NULL)
            return ERR_IO;
    if (!str_copyn(field, sizeof field, piece, n))
        return ERR_IO;
    return str_i64(field, out) == 0 ? 0 : ERR_IO;
}

int
identity_read(struct identity *id)
{
    *id = (struct identity){.pid = getpid()};
    if (gethostname(id->host, sizeof id->host - 1) != 0)
        return ERR_IO;
    if (read_line("/proc/sys/kernel/random/boot_id", id->boot, sizeof id->boot) != 0)
        return ERR_IO;
    (void)str_trim(id->boot);
    return read_start(&id->start);
}
