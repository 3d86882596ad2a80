/* link - the enricher's side of the jobs socket
 *
 * Says hello, then every `alive_ms` which leases it holds.  Says hello again when the
 * collector asks who this is, or when the pipe was broken.  While no alive has been
 * answered for LINK_TRUST_MS after it was sent, the collector may be giving the permits
 * to others: `lost` is called and every transfer must end.
 */
#ifndef CATALYST_ENRICHER_LINK_H
#define CATALYST_ENRICHER_LINK_H

#include "wire/proc.h"

enum {
    LINK_TRUST_MS = 2000,
    LINK_TURN = 128, /* frames read per wake-up */
    LINK_HELD = 512  /* leases named in an alive */
};

struct link;

/* What the owner answers for; each is called from the loop with its self. */
struct link_ops {
    void (*lease)(void *self, const struct msg_lease *l);
    void (*cancel)(void *self, int64_t lease);
    void (*drain)(void *self, const char *why);
    void (*lost)(void *self);
    size_t (*held)(void *self, struct msg_held *out, size_t most);
    void (*told)(void *self); /* the collector heard link_take_no_more; may be NULL */
};

struct link_figures {
    int64_t hellos, alives, frames_bad, lost, dropped;
    bool is_known; /* the last alive was answered in time */
};

/* Connects and starts to speak.  proc is borrowed, credit is what hello says. */
int link_open(struct link **out, struct proc *proc, int64_t credit,
              const struct link_ops *ops, void *self, struct why *why);
void link_close(struct link **l);

/* Sends or keeps a `landed` or `result`; link_put keeps it for the next one to take
 * along. */
void link_send(struct link *l, enum msg_type type, const void *body);
void link_put(struct link *l, enum msg_type type, const void *body);

/* Says hello with a credit of 0: no more leases, please.  `told` is called when the
 * collector has heard it: only then is our end no loss to it. */
void link_take_no_more(struct link *l);

/* Farewell, if it can be sent now. */
void link_bye(struct link *l, const char *why);

struct link_figures link_figures(const struct link *l);

#endif
