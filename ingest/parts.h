/* parts - what the stage is made of
 *
 * For the files of the stage itself: stage.c wires the parts, panel.c shows them.
 */
#ifndef CATALYST_INGEST_PARTS_H
#define CATALYST_INGEST_PARTS_H

#include "ingest/books.h"
#include "ingest/counts.h"
#include "ingest/cycle.h"
#include "ingest/directory.h"
#include "ingest/stage.h"

struct stage {
    struct proc *proc; /* borrowed */
    struct store *store;
    struct crash_mark *mark;
    struct symbols *symbols;
    struct directory *directory;
    char symbols_dir[CONF_TEXT + 32];
    struct noise *noise;
    struct map *watched;
    struct intake *intake;
    struct outbox *outbox;
    struct poll *poll;
    struct sender *items;
    void *items_socket;  /* PUSH, owned by the net */
    void *done;          /* PULL, owned by the net */
    struct timer *round; /* the next one */
    struct cycles cycles;
    struct books books;
    int64_t counts[COUNTS];
    int64_t cycle;  /* number of the last round */
    int64_t rounds; /* begun by this process */
    int64_t done_before, done_rate, sent_before, sent_rate; /* a second */
    bool full;                                              /* said OUTBOX-FULL */
    bool unsafe; /* something was taken and is not known to be on the disk */
};

/* What could not be written is counted and told. */
void stage_disk_failed(struct stage *s, const char *where);

#endif
