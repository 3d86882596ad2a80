/* identity - which process this is, so that another can watch it */
#ifndef CATALYST_ENRICHER_IDENTITY_H
#define CATALYST_ENRICHER_IDENTITY_H

#include <stdint.h>

struct identity {
    char host[128];
    char boot[64]; /* boot id: the same on both sides means one pid space */
    int64_t pid;
    int64_t start; /* clock ticks, field 22 of /proc/PID/stat: pids come again */
};

/* 0 or ERR_IO. */
int identity_read(struct identity *id);

#endif
