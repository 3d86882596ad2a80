#include "ingest/noise.h"

#include "base/str.h"

#include <check.h>

Suite *noise_suite(void);

static const struct {
    const char *title, *reason, *matched;
} noises[] = {
    {"ROSEN, A LEADING LAW FIRM, Encourages Acme Investors to Secure Counsel",
     "noise_legal", "ROSEN"},
    {"Kessler Topaz Meltzer & Check, LLP: Important Deadline for Acme Investors",
     "noise_legal", "Kessler Topaz"},
    {"Monteverde & Associates PC Continues to Investigate ACME", "noise_legal",
     "Monteverde"},
    {"Acme Inc. Shareholders Who Lost Money Have an Opportunity", "noise_legal",
     "Shareholders who lost money"},
    {"Kahn Swick & Foti, LLC Is Investigating the Sale of Acme", "noise_legal",
     "Kahn Swick"},
    {"Class Action Filed Against Acme Inc. - Investors Should Act Now", "noise_legal",
     "Class Action"},
    {"Labaton Keller Sucharow Investigating Acme for Its Holders", "noise_legal",
     "Labaton"},
    {"Doe & Roe LLP Announces Investigations of Acme", "noise_legal",
     "LLP Announces Investigations"},
    {"Doe & Roe Announces a Class Action Lawsuit Has Been Filed", "noise_legal",
     "Announces a Class Action Lawsuit Has Been Filed"},
    {"Did You Lose Money on Acme?", "noise_legal", "Did You Lose Money"},
    {"Recover Your Losses in Acme Stock", "noise_legal", "Recover Your Losses"},
    {"Class Action Reminder for Holders of Acme", "noise_legal",
     "Class Action Reminder"},
    {"Acme Stock Is Down Today: Here Is the Reason", "retrospective", "Stock Is Down"},
    {"Is It Too Late to Buy Acme After Its Rally?", "summary_article",
     "too late to buy"},
    {"Acme Announces Participation at the Spring Technology Conference", "presentation",
     "Participation at the Spring Technology Conference"},
    {"Why Acme Stock Is Soaring Today", "retrospective", "Why Acme Stock Is Soaring"},
    {"Acme Stock Jumps 14% After Earnings", "retrospective", "Stock Jumps 14%"},
    {"Why Acme Stock Just Cratered", "retrospective", "Why Acme Stock Just Cratered"},
    {"Why Acme Is Sliding Again", "retrospective", "Why Acme Is Sliding"},
    {"Acme Tumbles 21% on Weak Orders", "retrospective", "Tumbles 21%"},
    {"Acme (ACME) Down 7.5% Since Last Earnings", "retrospective", "Down 7.5%"},
    {"Acme Shares Slipped Ahead of Its Report", "retrospective",
     "Shares Slipped Ahead of"},
    {"Acme Stock Hits 52-Week Low", "retrospective", "Stock Hits 52-Week Low"},
    {"What's Going On With Acme", "retrospective", "What's Going On With"},
    {"Here's What Investors Should Know Before Acme Reports", "retrospective",
     "What Investors Should Know"},
    {"Shares of Acme Inc. Decline After Its Forecast", "retrospective",
     "Shares of Acme Inc. Decline After"},
    {"Acme Stock Trades Lower Despite Record Orders", "retrospective",
     "Stock Trades Lower Despite"},
    {"Acme Shares Have Risen in a Month", "retrospective", "Shares Have Risen "},
    {"Countdown to Acme's Third Quarter Earnings", "retrospective",
     "Countdown to Acme's Third Quarter Earnings"},
    {"Acme (ACME) Falls While Market Gains", "retrospective", "While Market Gains"},
    {"Four Reasons Acme May Double", "summary_article", "Four Reasons"},
    {"Acme Holders Got Hammered", "retrospective", "Got Hammered"},
    {"Acme (ACME) Matches Q2 Earnings Estimates", "retrospective",
     "Matches Q2 Earnings Estimates"},
    {"Acme (ACME) Dips More Than Broader Market: Facts", "retrospective",
     "Than Broader Market:"},
    {"Acme (ACME) Earnings Expected to Grow Next Week", "retrospective",
     "Earnings Expected to Grow"},
    {"Acme Shares Rise 5% After Its Results", "retrospective", "Shares Rise 5%"},
    {"Acme Stock Surges by 12.5 %", "retrospective", "Stock Surges by 12.5 %"},
    {"Acme Corp (ACME) Surges 8.2%: Is There More to Come?", "retrospective",
     "Surges 8.2%"},
    {"Acme Q3 Earnings Preview: What to Expect", "retrospective", "Earnings Preview"},
    {"Top 5 Biotech Stocks to Watch This Week", "summary_article", "Stocks to Watch"},
    {"Acme Corp (ACME) Q3 2026 Earnings Call Transcript", "summary_article",
     "Earnings Call Transcript"},
    {"Morning Movers: Acme, Beta, Gamma", "summary_article", "Morning Movers"},
    {"Acme Announces Date of Third Quarter Earnings Release", "calendar",
     "Announces Date"},
    {"Acme Will Release Earnings Nov. 5", "calendar", "Will Release Earnings Nov. 5"},
    {"Acme Schedules Third Quarter Earnings Call", "calendar", "Schedules"},
    {"Acme to Report Third Quarter Results on November 5", "calendar",
     "to Report Third Quarter Results on November 5"},
    {"Example Credit Income Fund Declares Monthly Distribution", "fund",
     "Monthly Distribution"},
    {"Acme to Present at the Annual Healthcare Conference", "presentation",
     "to Present at"},
    {"Acme Presents New Safety Data in Vienna", "presentation",
     "Presents New Safety Data"},
    {"Acme Announces Two Late-Breaking Presentations in Vienna", "presentation",
     "Announces Two Late-Breaking Presentations"},
    {"Acme Abstract Accepted for Oral Presentation", "presentation",
     "Accepted for Oral Presentation"},
    {"Acme Management to Host Fireside Chat", "presentation", "Fireside Chat"},
    {"Acme announces", "non_substantive", "Acme announces"},
    {"Acme opens its shop", "non_substantive", "Acme opens its shop"},
    {"Why Did Acme Slip?", "summary_article", "Why Did"},
    {"Acme Has No Information Regarding the Move", "non_substantive",
     "Has No Information Regarding"},
    {"Acme Tumbles After Maker of Pumps Cuts Outlook", "retrospective",
     "Tumbles After"},
    {"Acme Cannot Account for Share Price Rise", "non_substantive",
     "Cannot Account for Share"},
    {"Acme Trial Data to Be Presented in May", "presentation", "Data to Be Presented"},
    {"Acme Responds to Unusual Market Activity", "non_substantive",
     "Responds to Unusual Market Activity"},
    {"Acme Statement Regarding Unusual Share Price Movement", "non_substantive",
     "Statement Regarding Unusual Share Price Movement"},
    {"Acme Knows of No Reason for the Rise", "non_substantive", "Knows of No Reason"},
    {"Acme Unaware of Reason for Its Rise", "non_substantive", "Unaware of Reason"},
    {"Acme Has No Material Information to Disclose", "non_substantive",
     "No Material Information"},
    {"Acme Gives Routine Trading Update", "non_substantive", "Routine Trading Update"},
    {"Acme Trading Update", "non_substantive", "Acme Trading Update"},
    {"Acme Is Not Aware of Any Reason for the Move", "non_substantive",
     "Not Aware of Any Reason"},
};

static struct noise *
rules(void)
{
    struct noise *n;
    struct why why = {""};

    ck_assert_msg(noise_new(&n, &why) == 0, "%s", why.text);
    return n;
}

START_TEST(each_reason_names_its_rule_and_its_text)
{
    struct noise *n = rules();

    for (size_t i = 0; i < STR_LEN(noises); i++) {
        struct noise_hit hit = {.reason = "kept"};

        (void)noise_find(n, noises[i].title, "", &hit);
        ck_assert_msg(str_eq(hit.reason, noises[i].reason), "%s: %s", noises[i].title,
                      hit.reason);
        ck_assert_msg(str_ieq(hit.matched, noises[i].matched), "%s: \"%s\"",
                      noises[i].title, hit.matched);
        ck_assert(!str_empty(hit.rule));
    }
    noise_free(&n);
}
END_TEST

START_TEST(every_reason_has_a_case)
{
    for (size_t i = 0; noise_reason(i) != NULL; i++) {
        size_t k = 0;

        while (k < STR_LEN(noises) && !str_eq(noises[k].reason, noise_reason(i)))
            k++;
        ck_assert_msg(k < STR_LEN(noises), "%s has no case", noise_reason(i));
    }
}
END_TEST

static const char *const kept[] = {
    "Acme Announces FDA Investigation of Competitor Closed Without Findings",
    "Acme Reports Investigational Drug Meets Endpoint in Phase 2",
    "Acme Wins Patent Lawsuit Against Beta, Awarded $120 Million",
    "Acme Settles Shareholder Class Action Lawsuit for $15 Million",
    "Acme Receives Class Action Deadline Extension in Its Suit Against Beta",
    "Acme Appoints Example LLP as Independent Auditor",
    "Acme Names Former Partner of a Law Firm as General Counsel",
    "Acme Extends Product Warranty to Ten Years",
    "Acme Announces Redemption of Public Warrants",
    "Acme Reports Q3 Results, Revenue Up 35% and Raises Guidance",
    "Acme Interim Analysis: Trial Meets Primary Endpoint",
    "Acme to Present Phase 3 Data at a Congress",
    "Acme Board Receives Notice of Class Action, Will Defend Vigorously",
    "Acme Investor Alert: Tender Offer Extended to Friday",
    "Acme Announces Stock Drops From Index",
    "Acme Loses 12 Million in Court Ruling",
    "Acme Gains 510(k) Clearance for Pump",
    "Acme to Acquire Rosen Medical for $300 Million",
    "Acme Buys Levi & Korsinsky Building in New York",
    "Acme Announces $50 Million Investment From Fund Managed by Gamma",
    "Acme Announces Roundup of Herbicide Recall",
    "Acme Revenue Rises 5%",
    "Acme (ACME) Revenue Surges 45% in Third Quarter",
    "Acme Signs Distribution Agreement for Its Fund Platform",
    "Acme Schedules Vote of Shareholders on the Merger With Beta",
    "Acme Comments on FDA Decision About Its Market Application",
    "Acme Signs Distribution Agreement With Beta",
    "Acme Named in Securities Class Action; Calls Claims Meritless",
    "Acme Announces Dismissal of Securities Class Action Lawsuit",
    "Acme Class A Shares Are Now Trading on the New York Stock Exchange",
    "Acme Names Jane Doe of Pomerantz Building Group as Director",
    "Acme Increases Stake; Its Shares Are Up for Exchange in Tender Offer",
    "Acme Class A Shares Are Up for Redemption This Month",
    "Acme (ACME) Gains 5% Stake in Beta",
    "Acme (ACME) Declines 5 Offers for Its Mine",
    "Acme (ACME) Same-Store Sales Up 5% in October",
    "Acme Announces a Class Action Settlement",
    "Doe & Roe LLP Audits Acme; Investigation Is Over",
    "Acme Has No Reason to Doubt Its Forecast",
    "Acme Trading Update: Orders Double",
    "Acme Presents Positive Phase 2 Data on Its Drug",
    "Acme Will Report Its Earnings Late",
    "Acme Shares Jump-Start Its Plan for the Year",
    "Acme Mortality Study: Risk Falls 30% With Its Drug",
    "Acme Provides Market Update for Its Products",
    "Acme Announces Price Increase and Notice of Its Terms",
    "Acme Meets Primary Endpoint in Phase 2",
    "Acme to open an office",
    "Acme Raises Outlook Ahead of Earnings",
    "Acme Reports Positive Interim Data at Twelve Months",
    "Acme Climbs Aboard After Beta Joins Alliance",
    "Acme Earnings Preview Results Above Its Plan",
    "Court Rejects Investigation Request Against Acme",
};

START_TEST(news_with_words_of_noise_is_kept)
{
    struct noise *n = rules();
    struct noise_hit hit;

    for (size_t i = 0; i < STR_LEN(kept); i++)
        ck_assert_msg(!noise_find(n, kept[i], "", &hit), "%s: %s", kept[i], hit.rule);
    noise_free(&n);
}
END_TEST

START_TEST(a_summary_may_say_in_passing_what_noise_says)
{
    static const char *const summaries[] = {
        "Example, Arps LLP was legal counsel to Acme, another LLP to the special "
        "committee on behalf of shareholders",
        "There is no material change to its guidance for the year",
        "Acme is not aware of any competitor with a similar approval",
    };
    struct noise *n = rules();
    struct noise_hit hit;

    for (size_t i = 0; i < STR_LEN(summaries); i++)
        ck_assert_msg(!noise_find(n, "Acme Completes its Merger", summaries[i], &hit),
                      "%s: %s", summaries[i], hit.rule);
    ck_assert(noise_find(n, "Acme Issues a Statement",
                         "Acme is not aware of any undisclosed material development",
                         &hit));
    noise_free(&n);
}
END_TEST

Suite *
noise_suite(void)
{
    Suite *s = suite_create("noise");
    TCase *t = tcase_create("noise");

    tcase_add_test(t, each_reason_names_its_rule_and_its_text);
    tcase_add_test(t, every_reason_has_a_case);
    tcase_add_test(t, news_with_words_of_noise_is_kept);
    tcase_add_test(t, a_summary_may_say_in_passing_what_noise_says);
    suite_add_tcase(s, t);
    return s;
}
