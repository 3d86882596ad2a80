#include "route.h"

#include "base/str.h"

#define FINVIZ  GROUP_FINVIZ
#define YAHOO   GROUP_YAHOO
#define FEEDS   GROUP_FEEDS
#define WEBHOOK GROUP_WEBHOOK
#define OWN     GROUP_NONE, "own", 0, 0, NULL, false

static const struct route rows[] = {
    {"GET", "/finviz/screener.ashx", false, FINVIZ, "finviz-screener", 2.0, 3.0, "t",
     false, finviz_screener},
    {"GET", "/finviz/quote.ashx", false, FINVIZ, "finviz-redirect", 0.02, 0.05, NULL,
     false, finviz_quote_old},
    {"GET", "/finviz/quote", false, FINVIZ, "finviz-quote", 2.0, 3.0, "t", false,
     finviz_quote},
    {"GET", "/yahoo/v8/finance/chart/", true, YAHOO, "yahoo-chart", 0.5, 0.7, "", false,
     yahoo_chart},
    {"GET", "/yahoo/v7/finance/quote", false, YAHOO, "yahoo-quote", 0.3, 0.5, "symbols",
     false, yahoo_quote},
    {"GET", "/yahoo/v10/finance/quoteSummary/", true, YAHOO, "yahoo-summary", 0.3, 0.5,
     "", false, yahoo_summary},
    {"GET", "/yahoo/v1/test/getcrumb", false, YAHOO, "yahoo-crumb", 0.1, 0.2, NULL,
     false, yahoo_crumb},
    {"GET", "/yahoo/", false, YAHOO, "yahoo-cookie", 0.1, 0.2, NULL, false,
     yahoo_cookie},
    {"GET", "/tiingo/iex/", false, GROUP_TIINGO, "tiingo-iex", 0.3, 0.5, "tickers",
     false, tiingo_iex},
    {"GET", "/feeds/globenewswire.xml", false, FEEDS, "feed-globenewswire", 0.1, 0.4,
     NULL, false, feed_globenewswire},
    {"GET", "/feeds/prnewswire.xml", false, FEEDS, "feed-prnewswire", 0.1, 0.4, NULL,
     false, feed_prnewswire},
    {"GET", "/feeds/businesswire.xml", false, FEEDS, "feed-businesswire", 0.1, 0.4,
     NULL, false, feed_businesswire},
    {"GET", "/feeds/halts", false, FEEDS, "feed-halts", 0.1, 0.4, NULL, false,
     feed_halts},
    {"GET", "/feeds/edgar", false, GROUP_EDGAR, "feed-edgar", 0.1, 0.4, NULL, false,
     feed_edgar},
    {"GET", "/cgi-bin/browse-edgar", false, GROUP_EDGAR, "feed-edgar", 0.1, 0.4, NULL,
     false, edgar_current},
    {"GET", "/Archives/edgar/data/", true, GROUP_EDGAR, "edgar-filing", 0.1, 0.4, NULL,
     false, edgar_archive},
    {"POST", "/webhook/", true, WEBHOOK, "webhook-post", 0.05, 0.15, NULL, true,
     webhook_post},
    {"PATCH", "/webhook/", true, WEBHOOK, "webhook-patch", 0.05, 0.15, NULL, true,
     webhook_patch},
    {"GET", "/judge", false, OWN, control_judge},
    {"GET", "/judge/requests", false, OWN, control_requests},
    {"GET", "/judge/webhooks", false, OWN, control_webhooks},
    {"POST", "/judge/reset", false, OWN, control_reset},
    {"POST", "/control/publish", false, OWN, control_publish},
    {"POST", "/control/halt", false, OWN, control_halt},
    {"POST", "/control/crumb/expire", false, OWN, control_crumb_expire},
    {"POST", "/control/manners", false, OWN, control_manners},
    {"POST", "/control/era", false, OWN, control_era},
    {"POST", "/control/fault", false, OWN, control_fault},
    {"POST", "/control/fault/clear", false, OWN, control_fault_clear},
    {"POST", "/control/limits", false, OWN, control_limits},
    {"POST", "/control/rates", false, OWN, control_rates},
    {"POST", "/control/phases", false, OWN, control_phases},
    {"POST", "/control/latency", false, OWN, control_latency},
    {"GET", "/symbols/nasdaqlisted.txt", false, GROUP_SYMBOLS, "symbols", 0, 0, NULL,
     false, control_nasdaqlisted},
    {"GET", "/symbols/otherlisted.txt", false, GROUP_SYMBOLS, "symbols", 0, 0, NULL,
     false, control_otherlisted},
    {"GET", "/symbols/company_tickers.json", false, GROUP_SYMBOLS, "symbols", 0, 0,
     NULL, false, control_company_tickers},
    {"GET", "/healthz", false, OWN, control_health},
    {"GET", "/", false, OWN, control_index},
};

const struct route *
route_rows(size_t *n)
{
    *n = STR_LEN(rows);
    return rows;
}

const struct route *
route_find(const char *method, const char *path)
{
    for (size_t i = 0; i < STR_LEN(rows); i++) {
        const struct route *r = &rows[i];

        if (str_eq(r->method, method) &&
            (r->rest ? str_starts(path, r->path) : str_eq(path, r->path)))
            return r;
    }
    return NULL;
}

const char *
path_tail(const struct request *r)
{
    const char *slash = strrchr(r->path, '/');

    return slash != NULL ? slash + 1 : r->path;
}

void
route_tickers(const struct route *route, const struct request *r, char *out,
              size_t size)
{
    out[0] = '\0';
    if (route->tickers == NULL)
        return;
    if (route->tickers[0] == '\0')
        str_copy(out, size, path_tail(r));
    else
        request_arg(r, route->tickers, out, size);
    str_upper(out);
}
