#include "monitor/cli/recording.h"

#include "base/str.h"

#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>

struct walk {
    recording_fn *fn;
    void *self;
    bool ended;
};

static const char *
base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash == NULL ? path : slash + 1;
}

/* Skips the rest of a line that found no room. */
static void
skip_line(FILE *in)
{
    int c;

    while ((c = getc_unlocked(in)) != EOF && c != '\n')
        continue;
}

static void
read_lines(FILE *in, const char *path, char *line, struct walk *w)
{
    char where[320];

    for (long no = 1; !w->ended && fgets(line, RECORDING_LINE_MAX, in) != NULL; no++) {
        size_t n = strlen(line);
        bool is_whole = n > 0 && line[n - 1] == '\n';

        if (!is_whole && n == RECORDING_LINE_MAX - 1)
            skip_line(in);
        else
            is_whole = true;
        while (n > 0 && (line[n - 1] == '\n' || line[n - 1] == '\r'))
            n--;
        if (n == 0)
            continue;
        (void)str_fmt(where, sizeof where, "%s:%ld", base_name(path), no);
        w->ended = !w->fn(w->self, where, is_whole ? line : NULL, n);
    }
}

static int
read_file(const char *path, struct walk *w, struct why *why)
{
    FILE *in = fopen(path, "re");
    char *line = malloc(RECORDING_LINE_MAX);
    int rc = 0;

    if (in == NULL || line == NULL)
        rc = why_set(why, in == NULL && errno == ENOENT ? ERR_NOT_FOUND : ERR_IO,
                     "%s: %s", path, strerror(errno));
    if (rc == 0) {
        read_lines(in, path, line, w);
        if (ferror(in) != 0)
            rc = why_set(why, ERR_IO, "%s: cannot be read", path);
    }
    if (in != NULL)
        (void)fclose(in); /* was read only */
    free(line);
    return rc;
}

static int
is_recording(const struct dirent *e)
{
    return str_ends(e->d_name, ".jsonl");
}

static int
read_folder(const char *path, struct walk *w, struct why *why)
{
    struct dirent **list = NULL;
    char file[4096];
    int n = scandir(path, &list, is_recording, alphasort);
    int rc = n > 0 ? 0 : why_set(why, ERR_NOT_FOUND, "%s: no *.jsonl in it", path);

    for (int i = 0; i < n; i++) {
        if (rc == 0 && !w->ended)
            rc = str_fmt(file, sizeof file, "%s/%s", path, list[i]->d_name)
                     ? read_file(file, w, why)
                     : why_set(why, ERR_TOO_BIG, "%s: path too long", path);
        free(list[i]);
    }
    free(list);
    return rc;
}

int
recording_read(const char *path, recording_fn *fn, void *self, struct why *why)
{
    struct walk w = {.fn = fn, .self = self};
    struct stat st;

    if (stat(path, &st) != 0)
        return why_set(why, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, "%s: %s", path,
                       strerror(errno));
    return S_ISDIR(st.st_mode) ? read_folder(path, &w, why) : read_file(path, &w, why);
}
