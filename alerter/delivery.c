#include "alerter/delivery.h"

#include "alerter/discord_retry.h"
#include "base/str.h"

static const char *const names[DELIVERY_STATES] = {
    [DELIVERY_PENDING] = "pending",   [DELIVERY_SENDING] = "sending",
    [DELIVERY_SENT] = "sent",         [DELIVERY_FAILED] = "failed",
    [DELIVERY_IN_DOUBT] = "in_doubt", [DELIVERY_SUPPRESSED] = "suppressed",
};

const char *
delivery_state_name(enum delivery_state s)
{
    return names[s];
}

enum delivery_state
delivery_state_parse(const char *name)
{
    for (size_t i = 0; i < STR_LEN(names); i++)
        if (str_eq(names[i], name))
            return (enum delivery_state)i;
    return DELIVERY_FAILED;
}

void
delivery_new(struct delivery *d, const char *id, const char *sink, int64_t news_ms,
             int64_t now_ms)
{
    *d = (struct delivery){
        .news_ms = news_ms, .first_ms = now_ms, .updated_ms = now_ms, .due_ms = now_ms};
    str_copy(d->id, sizeof d->id, id);
    str_copy(d->sink, sizeof d->sink, sink);
}

/* ---- revisions ----------------------------------------------------------------- */

static bool
move(struct delivery *d, enum delivery_state to, const char *why, int64_t now_ms)
{
    if (d->state == to)
        return false;
    d->state = to;
    d->updated_ms = now_ms;
    str_copy(d->error, sizeof d->error, why);
    return true;
}

/* What may have arrived cannot be called off. */
static bool
call_off(struct delivery *d, const char *why, int64_t now_ms)
{
    bool doubt = d->unclear > 0;

    return move(d, doubt ? DELIVERY_IN_DOUBT : DELIVERY_SUPPRESSED, why, now_ms);
}

static bool
revise_unsent(struct delivery *d, const struct revision *r, int64_t now_ms)
{
    if (r->record_only)
        return call_off(d, "record only", now_ms);
    if (!r->alert)
        return call_off(d, "rejected before it was sent", now_ms);
    d->due_ms = d->state == DELIVERY_SUPPRESSED ? now_ms : d->due_ms;
    return move(d, DELIVERY_PENDING, "", now_ms);
}

static bool
revise_sent(struct delivery *d, const struct revision *r, int64_t now_ms)
{
    bool able = r->edit == SINK_EDIT_APPEND ||
                (r->edit == SINK_EDIT_PATCH && !str_empty(d->message_id));
    enum delivery_edit wanted =
        able && !str_eq(d->face, r->face) ? EDIT_DUE : EDIT_NONE;

    if (d->edit == EDIT_SENDING || d->edit == wanted)
        return false;
    d->edit = wanted;
    d->due_ms = now_ms;
    d->updated_ms = now_ms;
    return true;
}

bool
delivery_revise(struct delivery *d, const struct revision *r, int64_t now_ms)
{
    switch (d->state) {
    case DELIVERY_PENDING:
    case DELIVERY_SUPPRESSED:
        return revise_unsent(d, r, now_ms);
    case DELIVERY_SENT:
        return revise_sent(d, r, now_ms);
    default: /* on its way: revised at its end; over: stays as it is */
        return false;
    }
}

/* ---- sending ------------------------------------------------------------------- */

void
delivery_start(struct delivery *d, int64_t now_ms)
{
    d->attempts++;
    d->updated_ms = now_ms;
    if (d->state == DELIVERY_SENT)
        d->edit = EDIT_SENDING;
    else
        d->state = DELIVERY_SENDING;
}

static void
wait_again(struct delivery *d, int64_t due_ms)
{
    d->due_ms = due_ms;
    if (d->state == DELIVERY_SENT)
        d->edit = EDIT_DUE;
    else
        d->state = DELIVERY_PENDING;
}

static void
give_up(struct delivery *d, const char *face)
{
    if (d->state == DELIVERY_SENT) { /* the edit is lost, not the alert */
        d->edit = EDIT_NONE;
        str_copy(d->face, sizeof d->face, face);
        d->tries = d->limited = 0;
    } else {
        d->state = d->unclear > 0 ? DELIVERY_IN_DOUBT : DELIVERY_FAILED;
    }
}

static void
arrived(struct delivery *d, const struct sink_outcome *out, const char *face)
{
    if (d->state == DELIVERY_SENT)
        d->edits++;
    d->state = DELIVERY_SENT;
    d->edit = EDIT_NONE;
    d->tries = d->limited = 0;
    str_copy(d->face, sizeof d->face, face);
    if (!str_empty(out->message_id))
        str_copy(d->message_id, sizeof d->message_id, out->message_id);
}

/* An edit may be repeated at will: it changes the same entry to the same content. */
static enum sink_result
weigh(const struct delivery *d, enum sink_result result)
{
    if (result == SINK_UNCLEAR && d->state == DELIVERY_SENT)
        return SINK_AGAIN;
    return result;
}

static void
unclear(struct delivery *d, int64_t now_ms)
{
    if (++d->unclear >= DELIVERY_UNCLEAR_MOST)
        d->state = DELIVERY_IN_DOUBT;
    else
        wait_again(d, now_ms + DISCORD_BACKOFF_MS);
}

/* The steps that discord_retry.h decides on. */
static int64_t
retry(struct delivery *d, const struct sink_outcome *out, const char *face,
      int64_t max_tries, int64_t now_ms)
{
    struct discord_retry r = {
        .max_tries = max_tries, .tries = d->tries, .limited = d->limited};
    int status = out->result == SINK_LIMITED ? 429 : 0;
    int64_t wait;
    enum discord_step step = discord_retry_next(&r, status, out->asked_ms, &wait);

    d->tries = r.tries;
    d->limited = r.limited;
    if (step == DISCORD_FAILED)
        give_up(d, face);
    else
        wait_again(d, now_ms + wait);
    return step == DISCORD_WAIT ? wait : 0;
}

int64_t
delivery_end(struct delivery *d, const struct sink_outcome *out, const char *face,
             int64_t max_tries, int64_t now_ms)
{
    d->updated_ms = now_ms;
    str_copy(d->error, sizeof d->error, out->why.text);
    switch (weigh(d, out->result)) {
    case SINK_SENT:
        arrived(d, out, face);
        return out->asked_ms;
    case SINK_UNCLEAR:
        unclear(d, now_ms);
        return 0;
    case SINK_REFUSED:
        give_up(d, face);
        return 0;
    case SINK_GONE:
        wait_again(d, now_ms);
        return 0;
    default:
        return retry(d, out, face, max_tries, now_ms);
    }
}

void
delivery_found(struct delivery *d, int64_t now_ms)
{
    if (d->state == DELIVERY_SENDING) {
        d->updated_ms = now_ms;
        str_copy(d->error, sizeof d->error, "stopped while sending");
        unclear(d, now_ms);
        if (d->state == DELIVERY_PENDING)
            d->due_ms = now_ms;
    } else if (d->edit == EDIT_SENDING) {
        wait_again(d, now_ms);
    }
}

bool
delivery_again(struct delivery *d, int64_t now_ms)
{
    if (d->state != DELIVERY_FAILED && d->state != DELIVERY_IN_DOUBT)
        return false;
    d->state = DELIVERY_PENDING;
    d->tries = d->limited = 0;
    d->due_ms = d->updated_ms = now_ms;
    return true;
}
