/* covers: alerter/sinks/discord_answer.c */
/* links: alerter */
#include "alerter/sinks/discord_answer.h"

#include "base/str.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

/* Lines: status, three headers, message id, webhook; the rest is the body. */
enum { LINES = 6 };

int
LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
    static const int statuses[] = {0, 200, 204, 302, 400, 404, 429, 500};
    char *text = malloc(n + 1);
    char *line[LINES], *rest = text;
    char url[256];
    struct sink_outcome out;
    struct discord_answer a;

    assert(text != NULL);
    memcpy(text, bytes, n);
    text[n] = '\0';
    for (size_t i = 0; i < LINES; i++) {
        size_t len = strcspn(rest, "\n");
        line[i] = rest;
        rest += len;
        if (*rest)
            *rest++ = '\0';
    }
    a = (struct discord_answer){.status = statuses[(unsigned char)*line[0] % 8],
                                .unsent = n % 2,
                                .headers = {line[1], line[2], line[3], 0},
                                .body = rest,
                                .body_len = n - (size_t)(rest - text)};
    discord_answer_read(&a, &out);
    assert(out.asked_ms >= 0);
    assert(strspn(out.message_id, "0123456789") == strlen(out.message_id));
    if (discord_address(line[5], line[4], url, sizeof url) == 0)
        assert(str_empty(line[4]) || strstr(url, "/messages/") != NULL);
    free(text);
    return 0;
}
