#include "base/civil.h"
#include "base/conf.h"
#include "base/text.h"
#include "domain/calendar.h"
#include "tests/conform/conform.h"

enum { MINUTES_DAY = 1440 };

/* "2025-03-03T09:30", New York's own clock. */
void
conform_hours_open(const struct json *input, struct jsonw *out)
{
    struct civil day;
    int64_t ms, minutes;

    if (text_time(json_text(json_member(input, "et_local_time"), ""), &ms) != 0) {
        jw_null(out, NULL);
        return;
    }
    minutes = ms / 60000;
    day = civil_of_days(minutes / MINUTES_DAY);
    ms = ny_to_ms(day.year, day.month, day.day, (int)(minutes % MINUTES_DAY));
    jw_num(out, NULL, calendar_hours_open(ms));
}

/* The pause between polls as shipped. */
static int64_t
cycle_seconds(enum session s)
{
    struct conf *c = calloc(1, sizeof *c);
    char *no_env[] = {NULL};
    struct buf errors;
    int64_t seconds = 0;

    buf_init(&errors, 4096);
    if (c != NULL && conf_load(c, NULL, no_env, NULL, 0, &errors) == 0) {
        const int64_t by_session[] = {
            [SESSION_CLOSED] = c->ingest.cycle_closed_s,
            [SESSION_PRE] = c->ingest.cycle_extended_s,
            [SESSION_REGULAR] = c->ingest.cycle_regular_s,
            [SESSION_AFTER] = c->ingest.cycle_extended_s,
        };

        seconds = by_session[s];
        conf_free(c);
    }
    buf_free(&errors);
    free(c);
    return seconds;
}

void
conform_market_hours(const struct json *input, struct jsonw *out)
{
    enum session session;
    struct ny_time t;
    int64_t ms;

    if (text_time(json_text(json_member(input, "time_utc"), ""), &ms) != 0) {
        jw_null(out, NULL);
        return;
    }
    ny_time(ms, &t);
    session = calendar_session(ms);
    jw_object(out, NULL);
    jw_str(out, "status", session_name(session));
    jw_int(out, "cycle_seconds", cycle_seconds(session));
    jw_bool(out, "weekend", t.weekday == 0 || t.weekday == 6);
    jw_bool(out, "holiday", calendar_is_holiday(t.year, t.month, t.day));
    jw_end(out);
}
