/* sinks - every kind of sink there is */
#ifndef CATALYST_ALERTER_SINKS_H
#define CATALYST_ALERTER_SINKS_H

#include "alerter/sink.h"

extern const struct sink_row sink_console; /* a block of text on stdout */
extern const struct sink_row sink_jsonl;   /* a line of JSON at the end of a file */
extern const struct sink_row sink_discord; /* an embed posted to a webhook */

#endif
