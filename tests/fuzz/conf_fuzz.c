/* covers: common/base/conf_file.c common/base/conf_reader.c common/base/conf_value.c */
/* links: common */
#include "base/conf_reader.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* Every line is also tried as --set. */
static void
read_lines_as_sets(struct conf_reader *r, const char *text, size_t n)
{
    char line[300];

    while (n > 0) {
        const char *end = memchr(text, '\n', n);
        size_t len = end != NULL ? (size_t)(end - text) : n;
        const char *set = line;

        if (len < sizeof line) {
            memcpy(line, text, len);
            line[len] = '\0';
            conf_sets_read(r, &set, 1);
        }
        len += end != NULL;
        text += len;
        n -= len;
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const size_t errors_max = 1 << 20;
    struct conf *c = calloc(1, sizeof *c);
    struct buf errors, out;
    struct conf_reader r = {.c = c, .errors = &errors};
    struct jsonw w;

    buf_init(&errors, errors_max);
    buf_init(&out, 1 << 20);
    assert(conf_load(c, NULL, NULL, NULL, 0, &errors) == 0);
    conf_file_parse(&r, "catalyst.conf", (const char *)data, n);
    read_lines_as_sets(&r, (const char *)data, n);
    conf_check(&r);
    assert((r.n_errors == 0) == (errors.len == 0));
    conf_print(c, &out);
    jsonw_init(&w, &out);
    conf_json(c, &w);
    buf_free(&out);
    buf_free(&errors);
    conf_free(c);
    free(c);
    return 0;
}
