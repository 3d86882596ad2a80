/* log - one line an event, on stderr
 *
 *   2026-11-23T14:30:00.123Z warn MSG-BAD proc=collector peer=enr-3 why="..."
 *
 * UTC with milliseconds, level, stable id, then key=value; `--log json` writes
 * the same as one JSON object.  A warning or worse whose id repeats more than
 * LOG_BURST times within LOG_WINDOW_S seconds is swallowed, and the next line that
 * passes says how many were (`swallowed=N`).  errno survives every call.
 *
 * No secret is ever passed to a log call: URLs of webhooks and crumbs are masked
 * by whoever holds them.
 */
#ifndef CATALYST_BASE_LOG_H
#define CATALYST_BASE_LOG_H

#include "base/clock.h"
#include "base/kv.h"

#include <stdbool.h>

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR, LOG_FATAL };

enum { LOG_BURST = 10, LOG_WINDOW_S = 10 };

struct log;

/* proc is the value of the proc= field; fd is borrowed.  NULL when out of memory. */
struct log *log_new(const char *proc, int fd, const struct clock *clock);
void log_free(struct log **log);

void log_set_level(struct log *log, enum log_level least);
void log_set_json(struct log *log, bool json);

/* "debug", "info", "warn", "error" -> level, or ERR_NOT_FOUND. */
int log_level_parse(const char *name, enum log_level *out);
const char *log_level_name(enum log_level level);

/* A NULL log is silent: pure code under test needs none.  fields ends with key NULL. */
void log_write(struct log *log, enum log_level level, const char *id,
               const struct kv *fields);

#define log_debug(log, id, ...) log_write((log), LOG_DEBUG, (id), KV_LIST(__VA_ARGS__))
#define log_info(log, id, ...)  log_write((log), LOG_INFO, (id), KV_LIST(__VA_ARGS__))
#define log_warn(log, id, ...)  log_write((log), LOG_WARN, (id), KV_LIST(__VA_ARGS__))
#define log_error(log, id, ...) log_write((log), LOG_ERROR, (id), KV_LIST(__VA_ARGS__))
#define log_fatal(log, id, ...) log_write((log), LOG_FATAL, (id), KV_LIST(__VA_ARGS__))

#endif
