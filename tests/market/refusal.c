#include "refusal.h"

#define HTML "text/html; charset=utf-8"
#define DOC  "<!DOCTYPE html>\n<html lang=\"en\"><head><title>"

enum { BOT_PAGE_BYTES = 25000 };

/* ---- Finviz, behind Cloudflare -------------------------------------------------- */

const struct refusal refusal_challenge = {
    .status = 403,
    .type = "text/html; charset=UTF-8",
    .header = "cf-mitigated",
    .value = "challenge",
    .body = DOC
    "Just a moment...</title><meta name=\"robots\" content=\"noindex,nofollow\"></head>"
    "<body><noscript>Enable JavaScript and cookies to continue</noscript><script>"
    "(function(){window._cf_chl_opt={cType:'managed'};}());</script></body></html>\n",
};

const struct refusal refusal_1010 = {
    .status = 403,
    .type = "text/plain; charset=UTF-8",
    .header = "Server",
    .value = "cloudflare",
    .body = "error code: 1010",
};

const struct refusal refusal_403 = {
    .status = 403,
    .type = "text/html",
    .body = "<html>\r\n<head><title>403 Forbidden</title></head>\r\n<body>\r\n"
            "<center><h1>403 Forbidden</h1></center>\r\n</body>\r\n</html>\r\n",
};

const struct refusal refusal_bot_page = {
    .status = 200,
    .type = HTML,
    .body = DOC "Stock Price and Quote</title></head><body><nav><a href=\"/\">finviz"
                "</a></nav><div class=\"content\"><p>Stock screener for investors and "
                "traders, financial visualizations.</p></div></body></html>\n",
    .fill = BOT_PAGE_BYTES,
};

/* ---- Yahoo ---------------------------------------------------------------------- */

const struct refusal refusal_429 = {
    .status = 429,
    .type = "text/plain",
    .body = "Too Many Requests\r\n",
};

const struct refusal refusal_429_edge = {
    .status = 429,
    .type = "text/plain",
    .body = "Edge: Too Many Requests",
};

const struct refusal refusal_invalid_crumb = {
    .status = 401,
    .type = "application/json;charset=utf-8",
    .body = "{\"finance\":{\"result\":null,\"error\":{\"code\":\"Unauthorized\","
            "\"description\":\"Invalid Crumb\"}}}",
};

const struct refusal refusal_back_soon = {
    .status = 200,
    .type = HTML,
    .body = DOC "Will be right back</title></head><body><h1>Will be right back...</h1>"
                "<p>Thank you for your patience.</p></body></html>\n",
};

/* ---- EDGAR ---------------------------------------------------------------------- */

const struct refusal refusal_edgar_503 = {
    .status = 503,
    .type = "text/html",
    .header = "Server",
    .value = "AkamaiNetStorage",
    .body = DOC "SEC.gov | File Unavailable</title></head><body><h1>This page is "
                "temporarily unavailable.</h1><p>SEC.gov is undergoing maintenance."
                "</p></body></html>\n",
};

const struct refusal refusal_undeclared = {
    .status = 403,
    .type = "text/html",
    .body = DOC "SEC.gov | Your Request Originates from an Undeclared Automated Tool"
                "</title></head><body><h1>Your Request Originates from an Undeclared "
                "Automated Tool</h1><p>Please declare your traffic by updating your "
                "user agent to include company specific information.</p></body>"
                "</html>\n",
};

const struct refusal refusal_edgar_rate = {
    .status = 403,
    .type = "text/html",
    .body = DOC "SEC.gov | Request Rate Threshold Exceeded</title></head><body><h1>"
                "Request Rate Threshold Exceeded</h1><p>You may access the site again "
                "when the rate has stayed below the threshold for 10 minutes.</p>"
                "</body></html>\n",
};

const struct refusal refusal_no_file = {
    .status = 403,
    .type = "application/xml",
    .body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>AccessDenied"
            "</Code><Message>Access Denied</Message><RequestId>STANDIN0000000001"
            "</RequestId><HostId>c3RhbmQtaW4=</HostId></Error>",
};

/* ---- feeds and lists ------------------------------------------------------------ */

/* PR Newswire's: what it leads to is not there. */
const struct refusal refusal_moved = {
    .status = 301,
    .type = "text/html",
    .header = "Location",
    .value = "/feeds/rss/",
    .body = "<html><body>Moved Permanently</body></html>\n",
};

#define EMPTY_CHANNEL(title)                                                           \
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\"><channel>"       \
    "<title>" title "</title><link>https://feeds.example/</link><description>Latest "  \
    "releases</description></channel></rss>\n"

const struct refusal refusal_no_items = {
    .status = 200,
    .type = "text/xml; charset=utf-8",
    .body = EMPTY_CHANNEL("Latest releases"),
};

const struct refusal refusal_unavailable = {
    .status = 200,
    .type = "text/xml; charset=utf-8",
    .body = EMPTY_CHANNEL("This feed is unavailable due to an error"),
};

const struct refusal refusal_no_entries = {
    .status = 200,
    .type = "application/atom+xml",
    .body = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\" ?>\n<feed "
            "xmlns=\"http://www.w3.org/2005/Atom\">\n<title>Latest Filings</title>\n"
            "<updated>2026-11-18T10:30:00-05:00</updated>\n</feed>\n",
};

/* Nasdaq's in the place of a symbol list. */
const struct refusal refusal_not_available = {
    .status = 200,
    .type = HTML,
    .body = "\r\n\r\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\" "
            "\"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">\r\n<html>"
            "<head><title>Page Not Available</title></head><body><p>The page that you "
            "look for is not available.</p></body></html>\r\n",
};

/* ---- anybody -------------------------------------------------------------------- */

const struct refusal refusal_500 = {
    .status = 500,
    .type = "text/html",
    .body = "<html><body>Internal Server Error</body></html>\n",
};

const struct refusal refusal_503 = {
    .status = 503,
    .type = "text/html",
    .body = "<html><body>Service Unavailable</body></html>\n",
};

void
refusal_answer(const struct refusal *r, struct answer *a)
{
    answer_clear(a);
    answer_text(a, r->status, r->type, r->body);
    a->fill = r->fill;
    if (r->header != NULL)
        answer_header(a, r->header, "%s", r->value);
}
