#include "classifier/score.h"

#include "classifier/gates.h"

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
    if (reading.words.cut || reading.hits.lost > 0)
        verdict_line(out, LINE_NOTE, "cut", (double)reading.hits.lost,
                     "the text is longer than what is read of it (%d words)",
                     WORDS_MAX);
    gates_apply(&view, out);
    return out->lost == 0 ? 0 : ERR_TOO_BIG;
}
