#include "alerter/sink.h"

#include "base/str.h"

static const char *const edit_names[] = {
    [SINK_EDIT_NONE] = "none",
    [SINK_EDIT_APPEND] = "append",
    [SINK_EDIT_PATCH] = "patch",
};

const char *
sink_edit_name(enum sink_edit edit)
{
    return edit_names[edit];
}

/* A path that is not absolute lies in the data directory; an address is left alone. */
static bool
place(struct sink *s, const char *url, const char *base_dir)
{
    bool relative = !str_empty(url) && url[0] != '/' && !s->row->needs_url;

    if (relative)
        return str_fmt(s->url, sizeof s->url, "%s/%s", base_dir, url);
    return str_copy(s->url, sizeof s->url, url);
}

int
sink_open(struct sink *s, const struct conf_sink *conf, struct http *http,
          int64_t timeout_ms, const char *base_dir, struct why *why)
{
    *s = (struct sink){.http = http, .timeout_ms = timeout_ms, .fd = -1};
    s->limit.spacing_ms = conf->min_interval_ms;
    str_copy(s->name, sizeof s->name, conf->name);
    s->row = sink_row_find(conf->kind);
    if (!s->row)
        return why_set(why, ERR_CONFIG, "sink %s: unknown kind %s", s->name,
                       conf->kind);
    if (!place(s, conf->url, base_dir))
        return why_set(why, ERR_CONFIG, "sink %s: path too long", s->name);
    if (s->row->needs_url && !str_starts(s->url, "https://") &&
        !str_starts(s->url, "http://"))
        return why_set(why, ERR_CONFIG, "sink %s: url must be http or https", s->name);
    return s->row->open ? s->row->open(s, why) : 0;
}

void
sink_close(struct sink *s)
{
    if (s->row && s->row->close)
        s->row->close(s);
    s->row = NULL;
}
