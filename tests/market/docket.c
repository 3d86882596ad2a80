#include "docket.h"

#include "base/str.h"
#include "headline.h"

/* $ is the company's name; the first sentence of a release is its headline. */
struct docket_row {
    const char *form;
    const char *title, *summary; /* the items of an 8-K, else what is filed */
    const char *headline, *text; /* of the press release; NULL: none is attached */
};

#define EXHIBITS "Item 9.01: Financial Statements and Exhibits"

static const struct docket_row rows[] = {
    {"8-K", "Item 2.02: Results of Operations and Financial Condition", EXHIBITS,
     "$ Reports Record Third Quarter Revenue, Beats Estimates",
     "today reported record revenue of $48.2 million for the third quarter, up 41% year "
     "over year. Earnings per share of $0.31 were ahead of the consensus estimate of "
     "$0.24. The company raised its full-year revenue guidance."},
    {"8-K", "Item 1.01: Entry into a Material Definitive Agreement",
     "Item 7.01: Regulation FD Disclosure",
     "$ Enters Definitive Supply Agreement Worth $120 Million",
     "today announced a definitive supply agreement with expected revenue of $120 "
     "million over three years."},
    {"8-K", "Item 8.01: Other Events", EXHIBITS,
     "$ Announces Positive Topline Results from Phase 3 Trial",
     "today announced positive topline results from its Phase 3 trial, which met its "
     "primary endpoint with statistical significance."},
    {"8-K",
     "Item 5.02: Departure of Directors or Certain Officers; Election of Directors; "
     "Appointment of Certain Officers",
     EXHIBITS, NULL, "appointed a new Chief Financial Officer."},
    {"8-K", "Item 3.02: Unregistered Sales of Equity Securities",
     "Item 1.01: Entry into a Material Definitive Agreement", NULL,
     "entered into a securities purchase agreement with institutional investors for a "
     "private placement of common stock and warrants for gross proceeds of about $12 "
     "million."},
    {"8-K",
     "Item 3.01: Notice of Delisting or Failure to Satisfy a Continued Listing Rule or "
     "Standard; Transfer of Listing",
     EXHIBITS, "$ Receives Nasdaq Notification Regarding Minimum Bid Price",
     "today announced that it has received a deficiency letter because its shares have "
     "closed below the minimum bid price for 30 business days."},
    /* from here on only when all forms are wanted */
    {"8-K", "Item 1.03: Bankruptcy or Receivership", EXHIBITS,
     "$ Files Voluntary Petition under Chapter 11",
     "today announced that it has filed a voluntary petition for relief under Chapter "
     "11 of the Bankruptcy Code. Trading is expected to be suspended."},
    {"8-K", "Item 7.01: Regulation FD Disclosure", EXHIBITS,
     "$ Awarded $48 Million Contract by U.S. Department of Defense",
     "today announced that it has been awarded a five-year contract with a value of up "
     "to $48 million by the U.S. Department of Defense."},
    {"8-K/A", "Item 2.02: Results of Operations and Financial Condition", EXHIBITS,
     NULL, "corrects a clerical error in a table of its earlier report."},
    {"424B5", "Prospectus supplement", "", NULL,
     "is offering 8,000,000 shares of its common stock at a public offering price "
     "of $3.00 per share, for gross proceeds of about $24 million."},
    {"FWP", "Free writing prospectus", "", NULL,
     "has priced $500 million of 5.125% Senior Notes due 2033."},
    {"SCHEDULE 13D", "Beneficial ownership", "", NULL,
     "is held to 9.8% by the reporting persons, who may propose changes to the board."},
    {"SCHEDULE 13G", "Beneficial ownership", "", NULL,
     "is held to 5.4% by the reporting persons, who do not seek control."},
    {"6-K", "Report of foreign private issuer", "", "$ Announces Half-Year Results",
     "today announced results for the first half, with revenue up 12%."},
    {"S-1", "Registration statement", "", NULL,
     "registers shares of its common stock for sale from time to time."},
    {"10-Q", "Quarterly report", "", NULL,
     "reports on the quarter. There is no substantial doubt about its ability to "
     "continue as a going concern."},
};

enum { ROWS_8K = 6, LARGE_EACH = 11, MISSING_EACH = 13 };

void
docket_write(struct story *s, uint64_t pick, bool mixed, struct docket_texts *texts)
{
    const struct listing *l = s->listing;
    const struct docket_row *row = &rows[pick % (mixed ? STR_LEN(rows) : ROWS_8K)];
    char headline[NEWS_HEADLINE];

    str_copy(s->form, sizeof s->form, row->form);
    str_copy(texts->title, sizeof texts->title, row->title);
    str_copy(texts->summary, sizeof texts->summary, row->summary);
    headline_expand(row->headline, l->name, headline, sizeof headline);
    str_fmt(texts->release, sizeof texts->release, "%s%s%s (%s: %s) %s", headline,
            row->headline != NULL ? "\n" : "", l->name, l->exchange, l->symbol,
            row->text);
    s->title = texts->title;
    s->summary = texts->summary;
    s->release = texts->release;
    s->attached = row->headline != NULL;
    s->bulk = pick % LARGE_EACH == 3 ? DOCKET_BULK : 0;
    s->missing = pick % MISSING_EACH == 7;
}
