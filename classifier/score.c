#include "classifier/score.h"

#include "classifier/gates.h"
#include "classifier/notes.h"

int
classify(const struct weights *weights, const struct rules *rules,
         const struct msg_enriched *in, struct verdict *out)
{
    struct reading reading;
    struct view view = {weights, rules, in, &reading};

    verdict_clear(out);
    reading_of(rules, in, &reading);
    out->sentiment = reading.sentiment;
    signals_apply(&view, out);
    notes_add(&view, out);
    gates_apply(&view, out);
    return out->lost == 0 ? 0 : ERR_TOO_BIG;
}
