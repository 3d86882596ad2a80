#include "tests/unit/alerter/samples.h"

#include "base/str.h"

struct msg_scored
sample_scored(const char *id)
{
    static struct msg_metric metrics[] = {
        {"price", "ok", "", 13.1, "USD", "UNKNOWN", 1, 8.2, "change_pct",
         "finviz-screener", 1},
        {"float", "ok", "", 12.3e6, "shares", "LOW_FLOAT", 1.3, 0, "",
         "finviz-screener", 1},
        {"vwap", "empty", "session", 0, "USD", "UNKNOWN", 1, 0, "", "", 0},
        {"rvol", "stale", "", 5.25, "ratio", "HIGH", 1.2, 0, "", "yahoo-chart", 1},
    };
    static struct msg_evidence evidence[] = {
        {"signal", "keyword.fda", "fda clearance", 3.5, 3.5},
        {"gate", "min_score", "3.50 >= 0.20", 3.5, 3.5},
    };

    return (struct msg_scored){.id = id,
                               .item = "n:1",
                               .ticker = "ACME",
                               .cycle = 7,
                               .feed = "newswire",
                               .kind = "news",
                               .form = "",
                               .filing = "",
                               .title = "ACME receives FDA clearance",
                               .summary = "A short summary.",
                               .link = "https://news.example/acme",
                               .follows = "",
                               .former = "",
                               .former_link = "",
                               .published_ms = 1700000000000,
                               .seen_ms = 1700000001000,
                               .sent_ms = 1700000001100,
                               .epoch = 1,
                               .revision = 0,
                               .final = true,
                               .accepted_ms = 1700000001200,
                               .joined_ms = 1700000003000,
                               .scored_ms = 1700000003010,
                               .verdict = "alert",
                               .reason = "",
                               .score = 5.2,
                               .sentiment = 0.62,
                               .categories = "fda",
                               .metrics = metrics,
                               .n_metrics = STR_LEN(metrics),
                               .evidence = evidence,
                               .n_evidence = STR_LEN(evidence)};
}
