/* The conformance runner: conform [FOLDER]
 *
 * Reads the recorded cases (*.json) of FOLDER, default ../shared/conformance, runs each
 * through the adapter of its area and says how many agree.  Exit 0 when none disagrees,
 * or when there is no such folder. */
#include "base/map.h"
#include "base/str.h"
#include "tests/conform/conform.h"

#include <glob.h>
#include <sys/stat.h>

enum { FILE_MAX = 16 << 20, AREAS_MAX = 1000, LINE_MAX_BYTES = 1 << 16, COLUMNS = 76 };

struct tally {
    int passed, failed, skipped, deviating;
};

struct runner {
    struct map *areas; /* name -> struct tally, owned */
    struct tally all;
};

static struct tally *
tally_of(struct runner *r, const char *area)
{
    struct tally *t = map_get(r->areas, area);

    if (t == NULL && (t = calloc(1, sizeof *t)) != NULL &&
        map_put(r->areas, area, t, NULL) != 0) {
        free(t);
        t = NULL;
    }
    return t;
}

/* A better value that is plain where an object was recorded is that of one member. */
static bool
is_better(const struct json *better, const struct json *got, const char *not_compared)
{
    const struct json *value;
    void *cursor = NULL;
    const char *key;

    if (json_is_string(better) && json_is_object(got)) {
        while (json_each(got, &cursor, &key, &value))
            if (json_agrees(better, value, not_compared))
                return true;
        return false;
    }
    return json_agrees(better, got, not_compared);
}

/* A fault that was recorded as it is: `better` counts if the case knows one; if not,
 * any answer but the faulty one will do. */
static bool
is_right(const struct area *a, const struct json *c, const struct json *got)
{
    const struct deviation *d =
        deviation_find(a->name, json_text(json_member(c, "name"), ""));
    const struct json *expected = json_member(c, "expected");
    const struct json *better = json_member(c, "better");
    bool known_bug = str_eq(json_text(json_member(c, "policy"), ""), "known_bug");

    if (d != NULL) {
        struct json *ours = json_parse(d->ours, strlen(d->ours), NULL);
        bool same = json_agrees(ours, got, NULL);

        json_free(&ours);
        return same;
    }
    if (known_bug && better != NULL)
        return is_better(better, got, a->not_compared);
    return json_agrees(expected, got, a->not_compared) != known_bug;
}

enum outcome { PASSED, FAILED, SKIPPED };

static enum outcome
run_case(const struct area *a, const struct json *c)
{
    enum outcome outcome = SKIPPED;
    struct json *got;
    struct jsonw w;
    struct buf out;

    buf_init(&out, LINE_MAX_BYTES);
    jsonw_init(&w, &out);
    a->run(json_member(c, "input"), &w);
    got = json_parse(buf_str(&out), out.len, NULL);
    if (out.len > 0)
        outcome = got != NULL && is_right(a, c, got) ? PASSED : FAILED;
    if (outcome == FAILED)
        printf("FAILED %s: \"%s\" gives %s\n", a->name,
               json_text(json_member(c, "name"), "?"), buf_str(&out));
    json_free(&got);
    buf_free(&out);
    return outcome;
}

static int
count_case(struct runner *r, const struct json *c)
{
    const char *name = json_text(json_member(c, "area"), "?");
    const struct area *a = area_find(name);
    const struct deviation *d =
        deviation_find(name, json_text(json_member(c, "name"), ""));
    struct tally *t = tally_of(r, name);
    enum outcome outcome = SKIPPED;

    if (t == NULL)
        return ERR_NOMEM;
    if (a != NULL && (d == NULL || d->ours != NULL))
        outcome = run_case(a, c);
    if (outcome == SKIPPED)
        t->skipped++;
    else if (outcome == FAILED)
        t->failed++;
    else if (d != NULL)
        t->deviating++;
    else
        t->passed++;
    return 0;
}

static char *
read_file(const char *path, size_t *n)
{
    FILE *f = fopen(path, "rbe");
    char *text = f != NULL ? malloc(FILE_MAX) : NULL;

    *n = text != NULL ? fread(text, 1, FILE_MAX, f) : 0;
    if (f != NULL)
        (void)fclose(f); /* was only read */
    return text;
}

static int
run_file(struct runner *r, const char *path)
{
    struct why why = {"cannot read it"};
    size_t n;
    char *text = read_file(path, &n);
    struct json *cases = text != NULL ? json_parse(text, n, &why) : NULL;
    int rc = cases != NULL ? 0 : ERR_SYNTAX;

    if (rc != 0)
        printf("FAILED %s: %s\n", path, why.text);
    for (size_t i = 0; i < json_len(cases) && rc == 0; i++)
        rc = count_case(r, json_at(cases, i));
    json_free(&cases);
    free(text);
    return rc;
}

/* ---- the report ---- */

static void
print_covered(struct runner *r)
{
    for (size_t i = 0; i < n_areas; i++) {
        const struct tally *t = map_get(r->areas, areas[i].name);
        const struct tally none = {.failed = 1};

        t = t != NULL ? t : &none;
        printf("  %-25s %3d passed", areas[i].name, t->passed + t->deviating);
        if (t->deviating > 0)
            printf(", %d of them on purpose not as recorded", t->deviating);
        if (t->skipped > 0)
            printf(", %d skipped", t->skipped);
        if (t->failed > 0)
            printf(", %d FAILED%s", t->failed, t == &none ? " (no such cases)" : "");
        printf("\n");
        r->all.passed += t->passed + t->deviating;
        r->all.failed += t->failed;
        r->all.skipped += t->skipped;
    }
}

static int
by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
print_not_covered(struct runner *r)
{
    const char *names[AREAS_MAX] = {NULL}, *name;
    size_t n = 0, cursor = 0, column = 0;
    void *value;

    while (n < AREAS_MAX && map_next(r->areas, &cursor, &name, &value))
        if (area_find(name) == NULL)
            names[n++] = name;
    qsort(names, n, sizeof names[0], by_name);
    if (n > 0)
        printf("not yet covered:\n ");
    for (size_t i = 0; i < n; i++) {
        const struct tally *t = map_get(r->areas, names[i]);

        if (column > COLUMNS - strlen(names[i])) {
            printf("\n ");
            column = 0;
        }
        column +=
            (size_t)printf(" %s %d%s", names[i], t->skipped, i + 1 < n ? "," : "\n");
        r->all.skipped += t->skipped;
    }
}

static int
run_folder(struct runner *r, const char *folder)
{
    char pattern[1024];
    glob_t found;
    int rc = 0;

    if (!str_fmt(pattern, sizeof pattern, "%s/*.json", folder) ||
        glob(pattern, 0, NULL, &found) != 0) {
        printf("conform: no cases in %s\n", folder);
        return ERR_NOT_FOUND;
    }
    for (size_t i = 0; i < found.gl_pathc && rc == 0; i++)
        rc = run_file(r, found.gl_pathv[i]);
    globfree(&found);
    if (rc != 0)
        return rc;
    print_covered(r);
    print_not_covered(r);
    printf("conform: %d passed, %d failed, %d skipped\n", r->all.passed, r->all.failed,
           r->all.skipped);
    return r->all.failed > 0 ? ERR_RANGE : 0;
}

int
main(int argc, char **argv)
{
    const char *folder = argc > 1 ? argv[1] : "../shared/conformance";
    struct runner r = {.areas = map_new(AREAS_MAX)};
    struct stat st;
    int rc;

    if (stat(folder, &st) != 0) {
        printf("conform: skipped (no %s)\n", argc > 1 ? folder : "../shared");
        map_free(&r.areas, free);
        return 0;
    }
    rc = r.areas != NULL ? run_folder(&r, folder) : ERR_NOMEM;
    map_free(&r.areas, free);
    return rc == 0 ? 0 : 1;
}
