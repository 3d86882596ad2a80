/* covers: monitor/prom.c monitor/prom_stats.c monitor/prom_name.c monitor/board.c */
/* links: monitor */
#include "base/str.h"
#include "monitor/board.h"
#include "monitor/graft.h"
#include "monitor/health.h"
#include "monitor/pages.h"

#include <assert.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* Whatever a process says of itself, the page must stay readable: a sample line is
 * name, labels, value, and belongs to the family announced last. */
static void
check_line(const char *line, size_t n, char *family, size_t size)
{
    static const char type[] = "# TYPE ";
    size_t name;

    if (strncmp(line, type, sizeof type - 1) == 0) {
        size_t len = strcspn(line + sizeof type - 1, " ");

        assert(str_copyn(family, size, line + sizeof type - 1, len));
        return;
    }
    if (line[0] == '#')
        return;
    name = strspn(line, "abcdefghijklmnopqrstuvwxyz0123456789_");
    assert(strlen(family) == name && memcmp(family, line, name) == 0);
    assert(line[name] == '{' || line[name] == ' ');
    assert(memchr(line, '\r', n) == NULL);
}

static void
check_page(const char *text)
{
    char family[256] = "";
    const char *line;
    size_t n;

    while ((line = str_piece(&text, "\n", &n)) != NULL)
        check_line(line, n, family, sizeof family);
}

static void
hear(struct board *b, const char *text, int64_t now_ms)
{
    struct why why;

    (void)board_heard(b, text, now_ms, &why); /* bad ones are counted */
    board_count(b, (enum tally_kind)(now_ms % 3), text, "ok", now_ms);
}

/* Each line is a stats document, a second after the last. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct board *b = calloc(1, sizeof *b);
    char *text = malloc(n + 1), *line = text;
    struct health h;
    struct buf page;
    struct jsonw w;
    int64_t now_ms = 1000;

    assert(b != NULL && text != NULL);
    memcpy(text, data, n);
    text[n] = '\0';
    for (char *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        *end = '\0';
        hear(b, line, now_ms += 30000);
    }
    hear(b, line, now_ms += 30000);
    health_check(b, 4, now_ms, &h);
    buf_init(&page, 16 << 20);
    pages_metrics(b, &h, &page);
    assert(page.err == 0);
    check_page(buf_str(&page));
    buf_clear(&page);
    jsonw_init(&w, &page);
    jw_array(&w, NULL);
    for (size_t i = 0; i < b->n_procs; i++)
        graft_json(&w, NULL, b->procs[i].stats);
    jw_end(&w);
    board_age(b, now_ms + BOARD_FORGET_MS);
    assert(b->n_procs == 0);
    buf_free(&page);
    board_free(b);
    free(b);
    free(text);
    return 0;
}
