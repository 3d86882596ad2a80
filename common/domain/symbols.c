#include "domain/symbols.h"

#include "base/str.h"
#include "domain/names.h"
#include "domain/symbols_file.h"

#include <errno.h>
#include <sys/stat.h>

enum { PATH_BYTES = 1024, EXCHANGE_FILES = 2 };

/* Whose word counts where several lists name a symbol, best first. */
enum origin { ORIGIN_DIRECTORY, ORIGIN_BUILTIN, ORIGIN_EDGAR };

struct entry {
    struct symbol s;
    enum origin origin;
    bool files;     /* EDGAR's list has it, too */
    uint32_t order; /* among the symbols of one filer: EDGAR's, then built-in */
};

struct symbols {
    struct entry *list; /* owned; sorted by symbol once filled */
    size_t n, cap;
    uint32_t *by_cik; /* owned; indices of entries with a CIK, by (cik, order) */
    size_t n_cik;
    struct names *names; /* owned; values are indices into list */
    struct symbols_part parts[SYMBOLS_FILES];
};

/* ---- filling ---- */

struct filling {
    struct symbols *to;
    enum origin origin;
};

static int
add(void *self, const struct symbol *s)
{
    struct filling *f = self;
    struct symbols *to = f->to;
    uint32_t builtin = f->origin == ORIGIN_EDGAR ? 0 : UINT32_MAX / 2;

    if (to->n == to->cap) {
        size_t cap = to->cap == 0 ? 512 : to->cap * 2;
        struct entry *list = realloc(to->list, cap * sizeof *list);

        if (list == NULL)
            return ERR_NOMEM;
        to->list = list;
        to->cap = cap;
    }
    to->list[to->n] = (struct entry){
        .s = *s,
        .origin = f->origin,
        .files = f->origin == ORIGIN_EDGAR,
        .order = builtin + (uint32_t)to->n,
    };
    to->n++;
    return 0;
}

/* The whole file, or NULL: *rc is 0 when there is none. */
static char *
read_file(const char *path, size_t *n, int64_t *written_ms, int *rc)
{
    FILE *f = fopen(path, "rbe");
    struct stat st = {0};
    char *text = NULL;

    *rc = f != NULL || errno == ENOENT ? 0 : ERR_IO;
    if (f == NULL)
        return NULL;
    text = malloc(SYMBOLS_FILE_MAX);
    *n = text != NULL ? fread(text, 1, SYMBOLS_FILE_MAX, f) : 0;
    if (text == NULL)
        *rc = ERR_NOMEM;
    else if (ferror(f) || fstat(fileno(f), &st) != 0)
        *rc = ERR_IO;
    else if (*n == SYMBOLS_FILE_MAX)
        *rc = ERR_TOO_BIG;
    *written_ms = st.st_mtim.tv_sec * INT64_C(1000) + st.st_mtim.tv_nsec / 1000000;
    (void)fclose(f); /* was only read */
    if (*rc != 0) {
        free(text);
        text = NULL;
    }
    return text;
}

/* A bad file leaves nothing behind. */
static int
load(struct symbols *s, const char *dir, size_t which, struct why *why)
{
    const struct symbols_kind *kind = &symbols_kinds[which];
    struct symbols_part *part = &s->parts[which];
    struct filling f = {.to = s,
                        .origin = kind->exchange ? ORIGIN_DIRECTORY : ORIGIN_EDGAR};
    char path[PATH_BYTES], *text;
    struct why inner = {""};
    size_t n = 0, before = s->n;
    int rc;

    if (!str_fmt(path, sizeof path, "%s/%s", dir, kind->name))
        return why_set(why, ERR_TOO_BIG, "%s: path too long", kind->name);
    text = read_file(path, &n, &part->written_ms, &rc);
    if (text == NULL && rc == 0)
        return 0;
    if (text != NULL)
        rc = kind->parse(text, n, add, &f, &inner);
    free(text);
    if (rc == 0) {
        part->rows = s->n - before;
        return 0;
    }
    s->n = before;
    (void)str_copy(part->why, sizeof part->why,
                   inner.text[0] != '\0' ? inner.text : err_str(rc));
    return why_set(why, rc, "%s: %s", kind->name, part->why);
}

/* ---- ordering ---- */

static int
by_symbol(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    int rc = strcmp(x->s.symbol, y->s.symbol);

    if (rc != 0)
        return rc;
    if (x->origin != y->origin)
        return x->origin < y->origin ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

/* What a worse list knows and a better one does not. */
static void
fill_in(struct entry *best, const struct entry *worse)
{
    bool edgar = worse->origin == ORIGIN_EDGAR;

    best->files |= edgar;
    if (worse->s.cik > 0 && (best->s.cik == 0 || edgar)) {
        best->s.cik = worse->s.cik;
        best->order = worse->order < best->order ? worse->order : best->order;
    }
    if (best->s.type == SECURITY_UNKNOWN)
        best->s.type = worse->s.type;
}

static size_t
n_exchange_files(const struct symbols *s)
{
    size_t n = 0;

    for (size_t i = 0; i < SYMBOLS_FILES; i++)
        n += symbols_kinds[i].exchange && s->parts[i].rows > 0;
    return n;
}

/* What the exchanges do not list any more leaves the built-in set; who still files
 * keeps the symbol, without an exchange. */
static void
drop_delisted(struct symbols *s)
{
    size_t kept = 0;

    if (n_exchange_files(s) < EXCHANGE_FILES)
        return;
    for (size_t i = 0; i < s->n; i++) {
        struct entry e = s->list[i];

        if (e.origin == ORIGIN_BUILTIN && !e.files)
            continue;
        if (e.origin == ORIGIN_BUILTIN)
            e.s.exchange[0] = '\0';
        s->list[kept++] = e;
    }
    s->n = kept;
}

static void
merge(struct symbols *s)
{
    size_t kept = 0;

    qsort(s->list, s->n, sizeof *s->list, by_symbol);
    for (size_t i = 0; i < s->n; i++) {
        if (kept > 0 && str_eq(s->list[kept - 1].s.symbol, s->list[i].s.symbol))
            fill_in(&s->list[kept - 1], &s->list[i]);
        else
            s->list[kept++] = s->list[i];
    }
    s->n = kept;
}

static int
by_cik(const void *a, const void *b, void *self)
{
    const struct entry *list = self;
    const struct entry *x = &list[*(const uint32_t *)a];
    const struct entry *y = &list[*(const uint32_t *)b];

    if (x->s.cik != y->s.cik)
        return x->s.cik < y->s.cik ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static int
index_filers(struct symbols *s)
{
    s->by_cik = calloc(s->n + 1, sizeof *s->by_cik);
    if (s->by_cik == NULL)
        return ERR_NOMEM;
    for (size_t i = 0; i < s->n; i++)
        if (s->list[i].s.cik > 0)
            s->by_cik[s->n_cik++] = (uint32_t)i;
    qsort_r(s->by_cik, s->n_cik, sizeof *s->by_cik, by_cik, s->list);
    return 0;
}

static bool
may_be_named(const struct symbols *s, const struct symbol *x)
{
    if (x->type != SECURITY_COMMON && x->type != SECURITY_ADR &&
        x->type != SECURITY_UNKNOWN)
        return false;
    return n_exchange_files(s) < EXCHANGE_FILES || x->exchange[0] != '\0';
}

/* All papers of a company answer with its primary one. */
static int
index_names(struct symbols *s)
{
    int rc = names_new(&s->names, s->n);

    for (size_t i = 0; rc == 0 && i < s->n; i++) {
        const struct symbol *x = &s->list[i].s, *primary = symbols_of_cik(s, x->cik);
        int64_t owner = x->cik > 0 ? x->cik : -1 - (int64_t)i;

        primary = primary != NULL ? primary : x;
        if (may_be_named(s, primary) && may_be_named(s, x))
            names_add(s->names, x->name, owner,
                      (uint32_t)((const struct entry *)primary - s->list));
    }
    if (rc == 0)
        names_ready(s->names);
    return rc;
}

/* Some 13,700 are left of 20,500 rows, in room for 32,768. */
static void
shrink(struct symbols *s)
{
    struct entry *list = s->n > 0 ? realloc(s->list, s->n * sizeof *list) : NULL;

    if (list == NULL)
        return; /* it stays as large as it was */
    s->list = list;
    s->cap = s->n;
}

static int
fill(struct symbols *s, const char *dir, struct why *why)
{
    struct filling builtin = {.to = s, .origin = ORIGIN_BUILTIN};
    int rc = 0;

    for (size_t i = 0; i < n_symbols_builtin && rc == 0; i++)
        rc = add(&builtin, &symbols_builtin[i]);
    for (size_t i = 0; i < SYMBOLS_FILES; i++)
        s->parts[i].name = symbols_kinds[i].name;
    for (size_t i = 0; i < SYMBOLS_FILES && rc == 0 && !str_empty(dir); i++)
        if (load(s, dir, i, why) == ERR_NOMEM)
            rc = ERR_NOMEM;
    if (rc != 0)
        return rc;
    merge(s);
    drop_delisted(s);
    shrink(s);
    rc = index_filers(s);
    return rc == 0 ? index_names(s) : rc;
}

int
symbols_new(struct symbols **out, const char *dir, struct why *why)
{
    struct symbols *s = calloc(1, sizeof *s);
    int rc = s != NULL ? fill(s, dir, why) : ERR_NOMEM;

    if (rc != 0)
        symbols_free(&s);
    *out = s;
    return rc;
}

void
symbols_free(struct symbols **s)
{
    if (*s == NULL)
        return;
    free((*s)->list);
    free((*s)->by_cik);
    names_free(&(*s)->names);
    free(*s);
    *s = NULL;
}

/* ---- asking ---- */

size_t
symbols_len(const struct symbols *s)
{
    return s->n;
}

const char *
symbols_set(const struct symbols *s)
{
    static const char *const names[] = {"built-in", "mixed", "directory"};

    return names[n_exchange_files(s)];
}

const struct symbols_part *
symbols_parts(const struct symbols *s)
{
    return s->parts;
}

static int
compare_symbol(const void *key, const void *entry)
{
    return strcmp(key, ((const struct entry *)entry)->s.symbol);
}

const struct symbol *
symbols_find(const struct symbols *s, const char *symbol)
{
    char canonical[SYMBOL_SIZE], *series;
    const struct entry *e;

    if (!symbol_canonical(symbol, canonical))
        return NULL;
    e = bsearch(canonical, s->list, s->n, sizeof *s->list, compare_symbol);
    if (e == NULL && (series = strstr(canonical, ".PR")) != NULL && series[3] != '\0') {
        memmove(series + 2, series + 3, 2); /* its letter and the end */
        e = bsearch(canonical, s->list, s->n, sizeof *s->list, compare_symbol);
    }
    return e != NULL ? &e->s : NULL;
}

/* Index into by_cik of the first symbol of a filer. */
static size_t
first_of_cik(const struct symbols *s, int64_t cik)
{
    size_t low = 0, high = s->n_cik;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (s->list[s->by_cik[mid]].s.cik < cik)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

const struct symbol *
symbols_named(const struct symbols *s, const char *text)
{
    int64_t found = names_find(s->names, text);

    return found == NAMES_NONE ? NULL : &s->list[found].s;
}

/* Longer symbols and classes are mostly warrants, units and preferreds. */
const struct symbol *
symbols_of_cik(const struct symbols *s, int64_t cik)
{
    const struct symbol *first = NULL;

    for (size_t i = first_of_cik(s, cik); cik > 0 && i < s->n_cik; i++) {
        const struct symbol *e = &s->list[s->by_cik[i]].s;

        if (e->cik != cik)
            break;
        if (strlen(e->symbol) <= 4 && strchr(e->symbol, '.') == NULL)
            return e;
        first = first != NULL ? first : e;
    }
    return first;
}
