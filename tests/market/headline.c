#include "headline.h"

#include "base/str.h"

/* $ is the company's name. */
struct headline_row {
    const char *title, *text;
};

static const struct headline_row wire_rows[] = {
    {"$ Receives FDA Clearance for Its Portable Cardiac Monitor",
     "today announced that the U.S. Food and Drug Administration has granted 510(k) "
     "clearance for its portable cardiac monitor. Commercial launch is planned for the "
     "coming quarter."},
    {"$ Awarded $48 Million Contract by U.S. Department of Defense",
     "today announced that it has been awarded a five-year contract with a value of "
     "up to "
     "$48 million by the U.S. Department of Defense."},
    {"$ Announces Pricing of $25 Million Public Offering of Common Stock",
     "today announced the pricing of an underwritten public offering of its common "
     "stock "
     "for gross proceeds of about $25 million. Proceeds will be used for general "
     "corporate "
     "purposes."},
    {"$ Reports Record Third Quarter Revenue, Beats Estimates",
     "today reported record revenue for the third quarter, up 41% year over year, and "
     "earnings per share ahead of the consensus estimate."},
    {"$ Raises Full-Year Guidance on Strong Demand",
     "today raised its full-year revenue guidance and now expects growth of 30% to "
     "34%, "
     "citing strong demand in all regions."},
    {"$ Lowers Fourth Quarter Outlook",
     "today lowered its outlook for the fourth quarter and said that orders have "
     "slowed. "
     "The company withdrew its long-term targets."},
    {"$ Discloses Going Concern Doubt, Explores Strategic Alternatives",
     "today said that there is substantial doubt about its ability to continue as a "
     "going "
     "concern and that its board explores strategic alternatives."},
    {"$ Announces Positive Topline Results from Phase 3 Trial",
     "today announced positive topline results from its Phase 3 trial, which met its "
     "primary endpoint with statistical significance."},
    {"$ Phase 2 Trial Fails to Meet Primary Endpoint",
     "today announced that its Phase 2 trial did not meet the primary endpoint. The "
     "program will be discontinued."},
    {"$ to Be Acquired for $14.50 per Share in Cash",
     "today announced a definitive merger agreement under which it will be acquired "
     "for "
     "$14.50 per share in cash, a premium of 62% to the last close."},
    {"$ Enters Strategic Partnership with Leading Cloud Provider",
     "today announced a multi-year strategic partnership to bring its platform to new "
     "customers."},
    {"$ Board Approves $500 Million Share Repurchase Program",
     "today announced that its board of directors has approved a share repurchase "
     "program "
     "of up to $500 million."},
    {"$ Receives Nasdaq Notification Regarding Minimum Bid Price",
     "today announced that it has received a deficiency letter because its shares have "
     "closed below the minimum bid price for 30 business days."},
    {"$ Announces 1-for-20 Reverse Stock Split",
     "today announced a reverse stock split of its common stock at a ratio of "
     "1-for-20, "
     "effective next week."},
    {"$ Granted Fast Track Designation for Lead Candidate",
     "today announced that the FDA has granted Fast Track designation to its lead "
     "product "
     "candidate."},
    {"$ Uplists to Larger Exchange Tier",
     "today announced that its shares will begin trading on a higher market tier at "
     "the "
     "opening on Monday."},
    {"$ Issued Patent for Solid-State Battery Technology",
     "today announced that the United States Patent and Trademark Office has issued a "
     "key "
     "patent for its solid-state battery technology."},
    {"$ Signs Supply Agreement Worth $120 Million",
     "today announced a supply agreement with expected revenue of $120 million over "
     "three "
     "years."},
    {"$ Closes Registered Direct Offering Priced At-the-Market",
     "today announced the closing of a registered direct offering with accompanying "
     "warrants, priced at-the-market under the rules of the exchange."},
    {"$ Appoints New Chief Financial Officer",
     "today announced the appointment of a new Chief Financial Officer, effective at "
     "the "
     "end of the month."},
};

static const struct headline_row law_rows[] = {
    {"SHAREHOLDER ALERT: Law Firm Reminds $ Investors of Class Action Deadline",
     "a national securities law firm, reminds investors of the upcoming lead plaintiff "
     "deadline in the class action. Shareholders who lost money are urged to contact "
     "the "
     "firm."},
    {"$ INVESTIGATION: Law Offices Investigate Potential Securities Fraud",
     "the law offices announce an investigation on behalf of investors concerning "
     "possible "
     "violations of federal securities laws."},
};

static const struct headline_row other_rows[] = {
    {"Town Celebrates Fiftieth Harvest Festival with Record Pumpkin",
     "Visitors from six counties saw a pumpkin of 1,120 pounds win the ribbon."},
    {"Survey: Two in Three Households Plan to Cook More at Home",
     "A survey among 2,000 adults finds that home cooking remains popular this "
     "season."},
};

void
headline_expand(const char *text, const char *name, char *out, size_t size)
{
    size_t o = 0;

    out[0] = '\0';
    for (; text != NULL && *text != '\0' && o + 1 < size; text++) {
        if (*text == '$' && (text[1] < '0' || text[1] > '9')) {
            str_copy(out + o, size - o, name);
            o += strlen(out + o);
        } else {
            out[o++] = *text;
            out[o] = '\0';
        }
    }
}

void
headline_write(const struct listing *l, uint64_t pick, char *title, char *summary)
{
    const struct headline_row *row = &wire_rows[pick % STR_LEN(wire_rows)];

    headline_expand(row->title, l->name, title, NEWS_HEADLINE);
    str_fmt(summary, NEWS_SUMMARY, "%s (%s: %s) %s", l->name, l->exchange, l->symbol,
            row->text);
}

bool
headline_noise(const struct listing *l, size_t i, char *title, char *summary)
{
    bool about = i % 3 != 2;
    const struct headline_row *row =
        about ? &law_rows[i % STR_LEN(law_rows)] : &other_rows[i % STR_LEN(other_rows)];

    headline_expand(row->title, l->name, title, NEWS_HEADLINE);
    if (about)
        str_fmt(summary, NEWS_SUMMARY, "%s (%s: %s): %s", l->name, l->exchange,
                l->symbol, row->text);
    else
        str_copy(summary, NEWS_SUMMARY, row->text);
    return about;
}
