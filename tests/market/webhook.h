/* webhook - Discord's side of a webhook: checks, keeps and counts messages
 *
 * Pure but for its own state; times are passed in.
 */
#ifndef CATALYST_MARKET_WEBHOOK_H
#define CATALYST_MARKET_WEBHOOK_H

#include "base/err.h"
#include "base/jsonw.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WEBHOOK_MESSAGES_MAX = 20000, WEBHOOK_BURST = 5, WEBHOOK_WINDOW_US = 2000000 };

struct webhooks;

struct webhooks *webhooks_new(void);
void webhooks_free(struct webhooks **h);

/* Discord's limits on a message.  0, or ERR_SYNTAX with the path of the first field
 * that breaks one: "embeds.0.title: 300 characters, at most 256". */
int webhook_check(const char *body, size_t n, struct why *why);

/* Keeps a message that passed; its id into id[32].  0, ERR_TOO_BIG, ERR_NOMEM. */
int webhooks_add(struct webhooks *h, const char *body, size_t n, int64_t now_us,
                 char id[32]);

/* Replaces the body of a message; the edit is kept.  0 or ERR_NOT_FOUND, ERR_NOMEM. */
int webhooks_edit(struct webhooks *h, const char *id, const char *body, size_t n,
                  int64_t now_us);

/* A body that failed the check was received. */
void webhooks_refused(struct webhooks *h);

/* Rate limit of 5 in 2 s: true and one slot less, or false.  *left: slots left;
 * *reset_us: until the window ends. */
bool webhooks_allow(struct webhooks *h, int64_t now_us, int *left, int64_t *reset_us);

void webhooks_reset(struct webhooks *h);

/* "webhooks": {...} into the open object; and all messages as one array. */
void webhooks_write(const struct webhooks *h, struct jsonw *w);
void webhooks_messages(const struct webhooks *h, struct jsonw *w);

#endif
