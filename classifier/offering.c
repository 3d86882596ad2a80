#include "classifier/offering.h"

/* Each phrase names both the deed and the offering of securities: repaying notes early
 * is no offering of debt, a broad offering of products none of shares. */
const struct offering_row offering_rows[OFFERING_STAGES] = {
    [OFFERING_NONE] = {"", "OFFERING", 0.0, 0.0, false, NULL},
    [OFFERING_WITHDRAWN] =
        {"withdrawn", "WITHDRAWN", 0.2, 0.90, true,
         "withdraws * offering|withdrew * offering|withdrawn * offering|"
         "withdrawal of * offering|terminates * offering|terminated * offering|"
         "termination of * offering|cancels * offering|cancelled * offering|"
         "canceled * offering|cancellation of * offering|abandons * offering|"
         "postpones * offering|postponed * offering|postponement of * offering"},
    [OFFERING_DEBT] =
        {"debt", "DEBT OFFERING", 0.3, 0.90, true,
         "notes offering|note offering|debt offering|bond offering|"
         "offering of * notes|offering of * bonds|offering of * debentures|"
         "announces * convertible notes|announces * senior notes|"
         "announces * subordinated notes|prices * notes|priced * notes|"
         "pricing of * notes|closes * notes|closing of * notes|"
         "institutional * notes offering"},
    [OFFERING_UPSIZE] =
        {"upsize", "UPSIZED", -0.7, 0.95, false,
         "upsizes * offering|upsized * offering|upsize of * offering|"
         "upsizing of * offering|increase * offering size|increases * offering size|"
         "increased * offering size|increases * size of * offering|"
         "expands * public offering|expanded * public offering|"
         "enlarges * public offering|enlarged * public offering"},
    [OFFERING_CLOSING] =
        {"closing", "CLOSING", 0.2, 0.90, true,
         "closing of * offering|closes * offering|closed * offering|"
         "completed * offering|completes * offering|finalized * offering|"
         "completion of * offering|consummation of * offering|"
         "closing of * direct|closes * private placement|"
         "closing of * private placement"},
    [OFFERING_PRICING] =
        {"pricing", "PRICED", -0.5, 0.90, false,
         "prices * offering|priced * offering|price * offering at|"
         "pricing of * offering|offering priced at|offering * priced at|"
         "per share in * offering|prices * direct|pricing of * private placement"},
    [OFFERING_ANNOUNCEMENT] =
        {"announcement", "ANNOUNCED", -0.6, 0.85, false,
         "announces * public offering|announces * direct offering|"
         "announces * secondary offering|announces * stock offering|"
         "announces * share offering|announces * equity offering|"
         "announces * underwritten offering|announces * follow-on offering|"
         "announces * registered direct|announced * public offering|"
         "announced * direct offering|announces * offering of * stock|"
         "announces * offering of * shares|announces * offering of * units|"
         "announces proposed * offering|launches * public offering|"
         "commences * public offering|proposed public offering|proposes * offering|"
         "files * shelf|filed * shelf|files * offering of|files * public offering|"
         "shelf registration|shelf offering|registration * offering|intends to offer|"
         "plans to offer|preliminary * prospectus|at-the-market offering|"
         "at the market offering|atm offering|at-the-market equity|"
         "at-the-market program|atm program|files * prospectus supplement|"
         "filed * prospectus supplement"},
    [OFFERING_UNKNOWN] = {"unknown", "OFFERING", -0.5, 0.70, false,
                          "underwritten public offering|registered direct offering|"
                          "public offering of common|public offering of shares|"
                          "public offering of ordinary|secondary public offering|"
                          "follow-on public offering"},
};

enum offering_stage
offering_stage(const struct hits *hits, int first_tag)
{
    enum offering_stage best = OFFERING_NONE;

    for (size_t i = 0; i < hits->n; i++) {
        int stage = hits->list[i].tag - first_tag;

        if (stage <= OFFERING_NONE || stage >= OFFERING_STAGES)
            continue;
        if (best == OFFERING_NONE || stage < (int)best)
            best = (enum offering_stage)stage;
    }
    return best;
}
