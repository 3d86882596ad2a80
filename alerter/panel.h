/* panel - what the alerter shows and obeys: stats, retry */
#ifndef CATALYST_ALERTER_PANEL_H
#define CATALYST_ALERTER_PANEL_H

#include "wire/proc.h"

/* The two operations of struct stage_ops; self is the alerter. */
void panel_stats(void *self, struct jsonw *w);
int panel_command(void *self, const char *command, const char *args, struct jsonw *w,
                  struct control_token **token, struct why *why);

#endif
