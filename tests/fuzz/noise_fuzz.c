/* covers: ingest/noise.c */
/* links: ingest */
#include "ingest/noise.h"

#include <assert.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Title and summary are divided by the first line end. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct noise_hit hit;
    struct noise *noise;
    struct why why;
    char *text = malloc(size + 2), *line;

    if (text == NULL || noise_new(&noise, &why) != 0) {
        free(text);
        return 0;
    }
    memcpy(text, data, size);
    text[size] = text[size + 1] = '\0';
    line = text + strcspn(text, "\n");
    if (*line != '\0')
        *line++ = '\0';
    if (noise_find(noise, text, line, &hit))
        assert(hit.reason != NULL && hit.rule != NULL);
    assert(noise_reason(0) != NULL);
    noise_free(&noise);
    free(text);
    return 0;
}
