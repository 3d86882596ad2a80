#include "base/conf_table.h"

#include "base/str.h"

/* A member of struct conf (or of an instance's struct): its type, place and size. */
#define INT(s, m)    OPT_INT, offsetof(struct s, m), 0
#define NUM(s, m)    OPT_NUM, offsetof(struct s, m), 0
#define BOOL(s, m)   OPT_BOOL, offsetof(struct s, m), 0
#define TEXT(s, m)   OPT_TEXT, offsetof(struct s, m), sizeof(((struct s *)0)->m)
#define SECRET(s, m) OPT_SECRET, offsetof(struct s, m), sizeof(((struct s *)0)->m)
#define CHOICE(s, m) OPT_CHOICE, offsetof(struct s, m), sizeof(((struct s *)0)->m)

#define ANY       0, 0, NULL /* no range, no choices */
#define ONE_OF(x) 0, 0, x
#define TO(a, b)  a, b, NULL

#define AGENT "Catalyst/1.0 feed reader (+https://example.invalid/catalyst)"
#define CHROME                                                                         \
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)" \
    " Chrome/150.0.0.0 Safari/537.36"

/* section, key, member, default, range or choices, unit, environment, sentence */
static const struct option_row rows[] = {
    {"catalyst", "run_dir", TEXT(conf, catalyst.run_dir), "run", ANY, "",
     "CATALYST_RUN_DIR", "Directory of sockets and lock files; made with mode 0700."},
    {"catalyst", "data_dir", TEXT(conf, catalyst.data_dir), "data", ANY, "",
     "CATALYST_DATA_DIR", "Directory of the databases."},
    {"catalyst", "log_level", CHOICE(conf, catalyst.log_level), "info",
     ONE_OF("debug info warn error"), "", "CATALYST_LOG_LEVEL",
     "Least level that is logged."},
    {"catalyst", "log_format", CHOICE(conf, catalyst.log_format), "text",
     ONE_OF("text json"), "", "CATALYST_LOG_FORMAT",
     "One line an event: key=value, or one JSON object."},
    {"catalyst", "watchlist", TEXT(conf, catalyst.watchlist), "", ANY, "",
     "CATALYST_WATCHLIST", "Symbols that go first, separated by spaces or commas."},
    {"catalyst", "symbols_dir", TEXT(conf, catalyst.symbols_dir), "", ANY, "",
     "CATALYST_SYMBOLS_DIR",
     "Directory of the exchanges' symbol files; empty: symbols in data_dir."},
    {"catalyst", "edgar_contact", TEXT(conf, catalyst.edgar_contact), "", ANY, "", "",
     "Name and mail address that the SEC asks for; EDGAR is not asked without."},

    {"clock", "offset_s", NUM(conf, clock.offset_s), "0", TO(-4e9, 4e9), "s", "",
     "Added to the time of day everywhere: for tests and the demo."},

    {"symbols", "nasdaq_url", TEXT(conf, symbols.nasdaq_url),
     "https://www.nasdaqtrader.com/dynamic/symdir/nasdaqlisted.txt", ANY, "", "",
     "Where Nasdaq's list of its own symbols is; empty: not asked."},
    {"symbols", "other_url", TEXT(conf, symbols.other_url),
     "https://www.nasdaqtrader.com/dynamic/symdir/otherlisted.txt", ANY, "", "",
     "The same for the symbols of the other exchanges."},
    {"symbols", "edgar_url", TEXT(conf, symbols.edgar_url),
     "https://www.sec.gov/files/company_tickers.json", ANY, "", "",
     "The same for the symbols of those who file; asked with a contact only."},
    {"symbols", "refresh_h", INT(conf, symbols.refresh_h), "24", TO(0, 8760), "h", "",
     "How old a list may become; 0: they are never asked."},

    {"net", "items", TEXT(conf, net.items), "", ANY, "", "",
     "From ingest to collector."},
    {"net", "jobs", TEXT(conf, net.jobs), "", ANY, "", "",
     "Between collector and enrichers."},
    {"net", "enriched", TEXT(conf, net.enriched), "", ANY, "", "",
     "From collector to classifier."},
    {"net", "scored", TEXT(conf, net.scored), "", ANY, "", "",
     "From classifier to alerter."},
    {"net", "done", TEXT(conf, net.done), "", ANY, "", "",
     "From the later stages back to ingest."},
    {"net", "events", TEXT(conf, net.events), "", ANY, "", "",
     "From every stage to the monitor."},

    {"ingest", "cycle_regular_s", INT(conf, ingest.cycle_regular_s), "60", TO(1, 86400),
     "s", "MARKET_OPEN_CYCLE_SEC",
     "Time from one poll round to the next, 09:30-16:00 New York."},
    {"ingest", "cycle_extended_s", INT(conf, ingest.cycle_extended_s), "90",
     TO(1, 86400), "s", "EXTENDED_HOURS_CYCLE_SEC",
     "The same in the pre-market and after hours."},
    {"ingest", "cycle_closed_s", INT(conf, ingest.cycle_closed_s), "180", TO(1, 86400),
     "s", "MARKET_CLOSED_CYCLE_SEC", "The same at night, on weekends and holidays."},
    {"ingest", "window_start", INT(conf, ingest.window_start), "64", TO(1, 10000),
     "candidates", "",
     "Candidates that may be out unanswered at first; doubles while all goes well."},
    {"ingest", "window_max", INT(conf, ingest.window_max), "1000", TO(1, 10000),
     "candidates", "", "Candidates that may be out unanswered at most."},
    {"ingest", "resend_s", INT(conf, ingest.resend_s), "60", TO(1, 86400), "s", "",
     "A candidate not answered for so long is sent again; doubles each time."},
    {"ingest", "resend_max_s", INT(conf, ingest.resend_max_s), "600", TO(1, 86400), "s",
     "", "Where that doubling ends."},
    {"ingest", "outbox_max", INT(conf, ingest.outbox_max), "100000", TO(1, 1e8),
     "candidates", "", "Unanswered candidates on disk above which polling stops."},
    {"ingest", "seen_days", INT(conf, ingest.seen_days), "7", TO(1, 3650), "days",
     "SEEN_TTL_DAYS", "How long an item is remembered as seen."},
    {"ingest", "story_h", INT(conf, ingest.story_h), "72", TO(0, 8760), "h", "",
     "How long the same story of a ticker from another wire is dropped; 0: never."},
    {"ingest", "news_max_age_min", INT(conf, ingest.news_max_age_min), "30", TO(0, 1e6),
     "min", "MAX_ARTICLE_AGE_MINUTES", "News older than this is stale; 0: no limit."},
    {"ingest", "filing_max_age_min", INT(conf, ingest.filing_max_age_min), "240",
     TO(0, 1e6), "min", "MAX_SEC_FILING_AGE_MINUTES",
     "Filings older than this are stale; 0: no limit."},
    {"ingest", "feed_timeout_ms", INT(conf, ingest.feed_timeout_ms), "12000",
     TO(100, 600000), "ms", "", "Total time for one answer of a feed."},
    {"ingest", "feed_max_bytes", INT(conf, ingest.feed_max_bytes), "8388608",
     TO(1024, 268435456), "bytes", "", "Largest answer of a feed, decoded."},
    {"ingest", "down_after", INT(conf, ingest.down_after), "3", TO(1, 1000), "polls",
     "ALERT_CONSECUTIVE_EMPTY_CYCLES",
     "Failures in a row after which a feed is said to be down, once."},
    {"ingest", "cycles", INT(conf, ingest.cycles), "0", TO(0, 1e9), "cycles", "",
     "Stop polling after so many cycles; 0: never."},
    {"ingest", "user_agent", TEXT(conf, ingest.user_agent), AGENT, ANY, "", "",
     "What feeds are told of us; some refuse a bare library name."},
    {"ingest", "skip_sources", TEXT(conf, ingest.skip_sources), "", ANY, "",
     "SKIP_SOURCES", "Feeds whose items are dropped, separated by commas or spaces."},
    {"ingest", "allow_otc", BOOL(conf, ingest.allow_otc), "0", ANY, "",
     "ALLOW_OTC_TICKERS", "Keep items of over-the-counter listings."},
    {"ingest", "record", BOOL(conf, ingest.record), "1", ANY, "", "",
     "Keep each item's text as long as it is seen: for `catalyst record`."},

    {"collector", "deadline_ms", INT(conf, collector.deadline_ms), "30000",
     TO(10, 3600000), "ms", "PARALLEL_TIMEOUT_SEC*1000",
     "A candidate goes on after this time with the metrics it has."},
    {"collector", "late_ms", INT(conf, collector.late_ms), "30000", TO(0, 3600000),
     "ms", "", "How long after its deadline late facts may still revise it."},
    {"collector", "linger_ms", INT(conf, collector.linger_ms), "1", TO(0, 10000), "ms",
     "", "How long a request waits for feeds of the same round to share it."},
    {"collector", "batch_max", INT(conf, collector.batch_max), "0", TO(0, 1000),
     "tickers", "", "Most tickers a request; 0: what the source takes."},
    {"collector", "lease_ms", INT(conf, collector.lease_ms), "30000", TO(100, 3600000),
     "ms", "", "Total time for one answer; then its enricher must give it back."},
    {"collector", "candidates_max", INT(conf, collector.candidates_max), "20000",
     TO(1, 1e7), "candidates", "", "Candidates being joined at once."},
    {"collector", "repeat_s", INT(conf, collector.repeat_s), "600", TO(0, 86400), "s",
     "", "A candidate that comes again within this time is answered from the cache."},
    {"collector", "float_hours", INT(conf, collector.float_hours), "24", TO(1, 168),
     "hours", "FLOAT_CACHE_MAX_AGE_HOURS",
     "Float, shares outstanding and short float are asked again after this time."},
    {"collector", "quote_s", INT(conf, collector.quote_s), "60", TO(1, 3600), "s", "",
     "Price, volume and VWAP are asked again after this time while they move."},
    {"collector", "rvol_curve", CHOICE(conf, collector.rvol_curve), "u",
     ONE_OF("u flat"), "", "",
     "How volume is carried on to the close: as it usually comes, or evenly."},
    {"collector", "refresh_min", INT(conf, collector.refresh_min), "15", TO(0, 60),
     "min", "",
     "Floats and average volumes are renewed so long ahead while all is quiet; 0: never."},
    {"collector", "refresh_hours", INT(conf, collector.refresh_hours), "4", TO(0, 168),
     "hours", "",
     "Of which tickers: those asked for within this time, and the watchlist."},
    {"collector", "prewarm_at", INT(conf, collector.prewarm_at), "15", TO(0, 480),
     "min", "", "So long before the pre-market the day's ones are fetched; 0: not."},
    {"collector", "prewarm_days", INT(conf, collector.prewarm_days), "4", TO(0, 7),
     "days", "",
     "Of which tickers: those asked for within this time, and the watchlist."},
    {"collector", "ahead_max", INT(conf, collector.ahead_max), "500", TO(0, 50000),
     "tickers", "",
     "Most tickers that are kept renewed; the last asked for come first."},
    {"collector", "early", BOOL(conf, collector.early), "1", ANY, "", "",
     "Ask nothing more when the verdict is sure; 0: every metric of every candidate."},
    {"collector", "parallel", BOOL(conf, collector.parallel), "1", ANY, "",
     "FEATURE_PARALLEL_ENRICHMENT", "0: one request at a time in all."},

    {"enricher", "count", INT(conf, enricher.count), "4", TO(1, 32), "processes", "",
     "Enrichers started by supervisord."},
    {"enricher", "credit", INT(conf, enricher.credit), "64", TO(1, 256), "leases", "",
     "Jobs one enricher may hold at once."},
    {"enricher", "alive_ms", INT(conf, enricher.alive_ms), "1000", TO(100, 60000), "ms",
     "", "Time between two signs of life to the collector."},

    {"classifier", "min_score", NUM(conf, classifier.min_score), "0.2", TO(-100, 100),
     "score", "MIN_SCORE", "Least score that alerts."},
    {"classifier", "min_sent_abs", NUM(conf, classifier.min_sent_abs), "0", TO(0, 1),
     "sentiment", "MIN_SENT_ABS",
     "Least sentiment, either sign, that alerts; 0: none."},
    {"classifier", "price_ceiling", NUM(conf, classifier.price_ceiling), "0",
     TO(0, 1e7), "USD", "PRICE_CEILING", "Highest last price that alerts; 0: none."},
    {"classifier", "price_floor", NUM(conf, classifier.price_floor), "0", TO(0, 1e7),
     "USD", "PRICE_FLOOR", "Lowest last price that alerts; 0: none."},
    {"classifier", "min_avg_volume", NUM(conf, classifier.min_avg_volume), "0",
     TO(0, 1e12), "shares", "MIN_AVG_VOLUME",
     "Least average daily volume that alerts; 0: none."},
    {"classifier", "categories_allow", TEXT(conf, classifier.categories_allow), "", ANY,
     "", "CATEGORIES_ALLOW", "Keyword categories that may alert; empty: all."},
    {"classifier", "weights", TEXT(conf, classifier.weights), "", ANY, "", "",
     "File of keyword weights; empty: the built-in ones."},

    {"alerter", "late_min", INT(conf, alerter.late_min), "10", TO(0, 1e6), "min", "",
     "An alert sent later than this after its news is marked late."},
    {"alerter", "timeout_ms", INT(conf, alerter.timeout_ms), "10000", TO(100, 600000),
     "ms", "", "Total time for one request to a sink."},
    {"alerter", "tries", INT(conf, alerter.tries), "5", TO(1, 100), "tries", "",
     "Tries of one delivery; waiting for a rate limit is none."},
    {"alerter", "record_only", BOOL(conf, alerter.record_only), "0", ANY, "",
     "FEATURE_RECORD_ONLY", "Write every verdict down but send nothing."},
    {"alerter", "keep_days", INT(conf, alerter.keep_days), "30", TO(1, 3650), "days",
     "", "How long verdicts are kept; their counts stay for ever."},

    {"monitor", "listen", TEXT(conf, monitor.listen), "127.0.0.1:9464", ANY, "", "",
     "Where /metrics, /healthz and the dashboard are served; empty: nowhere."},

    {"feed", "url", TEXT(conf_feed, url), "", ANY, "", "",
     "Address of the RSS or Atom document."},
    {"feed", "alternatives", TEXT(conf_feed, alternatives), "", ANY, "", "",
     "Addresses tried in turn when that fails, at most 4, separated by blanks."},
    {"feed", "kind", CHOICE(conf_feed, kind), "news", ONE_OF("news filing halt"), "",
     "", "What its items are; decides the age limit and how a ticker is found."},
    {"feed", "forms", TEXT(conf_feed, forms), "", ANY, "", "",
     "Filings: forms that are kept, separated by commas; empty: all."},
    {"feed", "every_s", INT(conf_feed, every_s), "0", TO(0, 86400), "s", "",
     "Polled no more often than this; 0: every cycle."},
    {"feed", "max_age_min", INT(conf_feed, max_age_min), "0", TO(0, 1e6), "min", "",
     "Items older than this are stale; 0: as [ingest] says for the kind."},
    {"feed", "enabled", BOOL(conf_feed, enabled), "1", ANY, "", "", "Poll it."},

    {"sink", "kind", CHOICE(conf_sink, kind), "console",
     ONE_OF("console jsonl discord"), "", "",
     "Standard output, a file of JSON lines, or a Discord webhook."},
    {"sink", "url", SECRET(conf_sink, url), "", ANY, "", "",
     "discord: the webhook, never printed; jsonl: path of the file."},
    {"sink", "min_interval_ms", INT(conf_sink, min_interval_ms), "0", TO(0, 600000),
     "ms", "", "Least time between two alerts."},
    {"sink", "enabled", BOOL(conf_sink, enabled), "1", ANY, "", "",
     "Use it; a discord sink without url is not used."},

    {"group", "max_in_flight", INT(conf_group, max_in_flight), "4", TO(1, 1000),
     "requests", "", "Requests at the upstream at once, over all enrichers."},
    {"group", "rate_per_s", NUM(conf_group, rate_per_s), "4", TO(0, 100000),
     "requests/s", "", "Requests a second, over all enrichers; 0: no limit."},
    {"group", "burst", INT(conf_group, burst), "4", TO(1, 1000), "requests", "",
     "Requests that may start at the same moment."},
    {"group", "blocked_s", NUM(conf_group, blocked_s), "15", TO(0.01, 3600), "s", "",
     "Pause after a challenge page, doubled up to a minute while probes fail."},

    {"source", "base_url", TEXT(conf_source, base_url), "", ANY, "", "",
     "Scheme and host that are asked."},
    {"source", "user_agent", TEXT(conf_source, user_agent), CHROME, ANY, "", "",
     "What the upstream is told of us; an outdated browser is refused."},
    {"source", "key", SECRET(conf_source, key), "", ANY, "", "",
     "Key of a source that is asked with one; it is off without."},
    {"source", "timeout_ms", INT(conf_source, timeout_ms), "15000", TO(100, 600000),
     "ms", "", "What takes longer hangs: it may be asked for again."},
    {"source", "enabled", BOOL(conf_source, enabled), "1", ANY, "", "", "Ask it."},
};

#define LIST(member, count, number, open)                                              \
    offsetof(struct conf, member), offsetof(struct conf, count),                       \
        sizeof(((struct conf *)0)->member[0]), number, open

const struct conf_section conf_sections[] = {
    {"catalyst", "What all programs share."},
    {"clock", "The time of day."},
    {"symbols", "The lists of what is listed, kept fresh by ingest."},
    {"net", "Addresses of the sockets between the programs.  Empty: ipc in the run\n"
            "directory.  tcp:// is refused: it needs keys, not there yet."},
    {"ingest", "Polling the feeds."},
    {"collector", "Planning, leasing and joining."},
    {"enricher", "The programs that fetch."},
    {"classifier", "Scoring and the gates."},
    {"alerter", "Sending."},
    {"monitor", "Watching."},
    {"feed",
     "[feed NAME], as many as you like.  A file that names any feed replaces all\n"
     "shipped ones; the name of a shipped one brings its settings back.",
     LIST(feeds, n_feeds, CONF_FEEDS, true)},
    {"sink",
     "[sink NAME]: where alerts go.  As with feeds, naming any replaces the shipped.",
     LIST(sinks, n_sinks, CONF_SINKS, true)},
    {"group",
     "[group NAME]: limits of an upstream, held by the collector over all enrichers.\n"
     "The shipped ones suit the live world; more gets you blocked.",
     LIST(groups, n_groups, CONF_GROUPS, false)},
    {"source", "[source NAME]: an endpoint of an upstream.",
     LIST(sources, n_sources, CONF_SOURCES, false)},
};
const size_t conf_n_sections = STR_LEN(conf_sections);

#define EDGAR(type)                                                                    \
    "https://www.sec.gov/cgi-bin/browse-edgar?action=getcurrent&type=" type            \
    "&company=&dateb=&owner=include&start=0&count=100&output=atom"
#define YAHOO "https://query1.finance.yahoo.com"

const struct conf_shipped conf_shipped[] = {
    {"feed", "globenewswire", "url",
     "https://www.globenewswire.com/RssFeed/orgclass/1/feedTitle/"
     "GlobeNewswire%20-%20News%20about%20Public%20Companies",
     "GLOBENEWSWIRE_RSS_URL"},
    {"feed", "prnewswire", "url",
     "https://www.prnewswire.com/rss/news-releases-list.rss", "PRNEWSWIRE_RSS_URL"},
    {"feed", "sec_8k", "url", EDGAR("8-K"), "SEC_8K_RSS_URL"},
    {"feed", "sec_8k", "kind", "filing", NULL},
    {"feed", "sec_8k", "forms", "8-K, 8-K/A", NULL},
    {"feed", "sec_424b5", "url", EDGAR("424B5"), NULL},
    {"feed", "sec_424b5", "kind", "filing", NULL},
    {"feed", "sec_424b5", "forms", "424B5", NULL},
    {"feed", "sec_fwp", "url", EDGAR("FWP"), NULL},
    {"feed", "sec_fwp", "kind", "filing", NULL},
    {"feed", "sec_fwp", "forms", "FWP", NULL},
    {"feed", "sec_13d", "url", EDGAR("SCHEDULE+13D"), NULL},
    {"feed", "sec_13d", "kind", "filing", NULL},
    {"feed", "sec_13d", "forms", "SCHEDULE 13D, SCHEDULE 13D/A, SC 13D, SC 13D/A",
     NULL},
    {"feed", "sec_13g", "url", EDGAR("SCHEDULE+13G"), NULL},
    {"feed", "sec_13g", "kind", "filing", NULL},
    {"feed", "sec_13g", "forms", "SCHEDULE 13G, SCHEDULE 13G/A, SC 13G, SC 13G/A",
     NULL},
    {"feed", "nasdaq_halts", "url",
     "https://www.nasdaqtrader.com/rss.aspx?feed=tradehalts", NULL},
    {"feed", "nasdaq_halts", "kind", "halt", NULL},
    {"feed", "nasdaq_halts", "every_s", "60", NULL},

    {"sink", "console", "kind", "console", NULL},
    {"sink", "discord", "kind", "discord", NULL},
    {"sink", "discord", "url", NULL,
     "DISCORD_WEBHOOK_URL DISCORD_WEBHOOK ALERT_WEBHOOK"},
    {"sink", "discord", "min_interval_ms", "450", "ALERTS_MIN_INTERVAL_MS"},

    {"group", "finviz", "max_in_flight", "2", "PARALLEL_MAX_FLOAT_WORKERS"},
    {"group", "finviz", "rate_per_s", "1", NULL},
    {"group", "finviz", "burst", "1", NULL},
    {"group", "yahoo", "max_in_flight", "4",
     "PARALLEL_MAX_VWAP_WORKERS<PARALLEL_MAX_RVOL_WORKERS"},
    {"group", "yahoo", "rate_per_s", "5", NULL},
    {"group", "edgar", "max_in_flight", "4", NULL},
    {"group", "tiingo", "max_in_flight", "2", NULL},
    {"group", "tiingo", "rate_per_s", "1", NULL},
    {"group", "tiingo", "burst", "2", NULL},

    {"source", "finviz-screener", "base_url", "https://finviz.com", NULL},
    {"source", "finviz-quote", "base_url", "https://finviz.com", NULL},
    {"source", "yahoo-chart", "base_url", YAHOO, NULL},
    {"source", "yahoo-quote", "base_url", YAHOO, NULL},
    {"source", "yahoo-summary", "base_url", YAHOO, NULL},
    {"source", "yahoo-cookie", "base_url", "https://fc.yahoo.com", NULL},
    {"source", "yahoo-crumb", "base_url", YAHOO, NULL},
    {"source", "edgar-filing", "base_url", "https://www.sec.gov", NULL},
    {"source", "edgar-filing", "user_agent", AGENT, NULL},
    {"source", "tiingo-iex", "base_url", "https://api.tiingo.com", NULL},
    {"source", "tiingo-iex", "user_agent", AGENT, NULL},
    {"source", "tiingo-iex", "key", NULL, "TIINGO_API_KEY"},
};
const size_t conf_n_shipped = STR_LEN(conf_shipped);

const struct option_row *
conf_rows(size_t *n)
{
    *n = STR_LEN(rows);
    return rows;
}

const struct conf_section *
conf_section_find(const char *name)
{
    for (size_t i = 0; i < conf_n_sections; i++)
        if (str_eq(conf_sections[i].name, name))
            return &conf_sections[i];
    return NULL;
}

const struct conf_shipped *
conf_shipped_find(const char *section, const char *name, const char *key)
{
    for (size_t i = 0; i < conf_n_shipped; i++) {
        const struct conf_shipped *s = &conf_shipped[i];

        if (str_eq(s->section, section) && str_eq(s->name, name) && str_eq(s->key, key))
            return s;
    }
    return NULL;
}

bool
conf_is_shipped(const char *section, const char *name)
{
    for (size_t i = 0; i < conf_n_shipped; i++)
        if (str_eq(conf_shipped[i].section, section) &&
            str_eq(conf_shipped[i].name, name))
            return true;
    return false;
}
