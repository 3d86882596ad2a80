#include "base/memory.h"

#include <malloc.h>

enum {
    KEPT_BYTES = 2 << 20,
    MAPPED_BYTES = 1 << 20 /* pieces larger than that are the system's as before */
};

void
memory_settle(void)
{
    (void)mallopt(M_TRIM_THRESHOLD, KEPT_BYTES); /* best effort: only faster */
    (void)mallopt(M_MMAP_THRESHOLD, MAPPED_BYTES);
}
