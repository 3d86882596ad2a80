#include "classifier/notes.h"

#include "base/str.h"
#include "classifier/extended.h"
#include "classifier/opinions.h"

#include <math.h>

static double
value_of(const struct msg_enriched *in, const char *name)
{
    const struct msg_metric *m = metric_of(in, name);

    return m == NULL ? NAN : m->value;
}

/* Two and more: one opinion alone is the sentiment that the sum shows. */
static void
note_opinions(const struct view *v, struct verdict *out)
{
    const struct reading *r = v->reading;
    double pct = metric_detail(metric_of(v->in, "extended"), "change_pct");
    const struct opinions o = {{
        [OPINION_WORDS] = fabs(r->sentiment) > 0.0 ? r->sentiment : NAN,
        [OPINION_EARNINGS] = r->result == EARNINGS_UNKNOWN ? NAN : r->result_score,
        [OPINION_LANGUAGE_MODEL] = value_of(v->in, "opinion"),
        [OPINION_EXTENDED_HOURS] = isfinite(pct) ? extended_sentiment(pct) : NAN,
        [OPINION_INSIDER] = value_of(v->in, "insider"),
    }};
    struct opinion_mean m = opinions_mean(&o, value_of(v->in, "vix"));
    char text[VERDICT_TEXT] = "";

    if (m.known < 2)
        return;
    for (int i = 0; i < OPINIONS; i++) {
        size_t used = strlen(text);

        if (isfinite(o.value[i]))
            (void)str_fmt(text + used, sizeof text - used, "%s%s %+.2f",
                          used > 0 ? ", " : "", opinion_names[i], o.value[i]);
    }
    verdict_line(out, LINE_NOTE, "opinions", m.value, "%s: mean %+.2f, confidence %.2f",
                 text, m.value, m.confidence);
}

static void
note_priority(const struct view *v, struct verdict *out)
{
    const struct reading *r = v->reading;
    const struct filing_row *row =
        filing_decisive(&r->filing, v->weights->value + WEIGHT_FILING);
    bool guided = r->guidance.named && (r->guidance.direction == GUIDANCE_RAISED ||
                                        r->guidance.direction == GUIDANCE_LOWERED);
    struct priority p;

    if (row == NULL)
        return;
    p = filing_priority(row, fmax(-1.0, fmin(1.0, r->sentiment * row->impact)), guided,
                        v->in->watched);
    verdict_line(out, LINE_NOTE, "priority", p.total,
                 "%s: urgency %.2f, impact %.2f, relevance %.2f", p.tier, p.urgency,
                 p.impact, p.relevance);
}

static void
note_guidance(const struct view *v, struct verdict *out)
{
    const struct guidance *g = &v->reading->guidance;

    if (!g->named)
        return;
    verdict_line(out, LINE_NOTE, "guidance", 0.0, "\"%s%s%s\": %s%s%s%s%s", g->phrase,
                 g->burden == NULL ? "" : " ... ", g->burden == NULL ? "" : g->burden,
                 guidance_rows[g->direction].name, *g->scope == '\0' ? "" : ", ",
                 g->scope, g->sure == GUIDANCE_NONE ? "" : ", sounds ",
                 guidance_rows[g->sure].name);
}

void
notes_add(const struct view *v, struct verdict *out)
{
    const struct reading *r = v->reading;

    note_opinions(v, out);
    note_guidance(v, out);
    note_priority(v, out);
    if (r->words.cut || r->hits.lost > 0)
        verdict_line(out, LINE_NOTE, "cut", (double)r->hits.lost,
                     "the text is longer than what is read of it (%d words)",
                     WORDS_MAX);
}
