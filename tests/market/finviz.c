/* Finviz: the screener's ownership view and the quote page, in the layout of an era. */
#include "market.h"

#include "base/str.h"
#include "paste.h"

enum { SCREENER_ROWS = 20, ARG = 4096 };

static const char html_type[] = "text/html; charset=utf-8";

/* Sheets are filled one at a time: a tape is too large for twenty of them. */
static void
add_rows(struct market *m, const char *asked, struct sheet **rows, size_t *n)
{
    const char *piece;
    size_t len;

    while (*n < SCREENER_ROWS && (piece = str_piece(&asked, ",", &len)) != NULL) {
        char symbol[16];
        const struct listing *l;
        struct sheet *s;

        str_copyn(symbol, sizeof symbol, piece, len);
        if ((l = universe_find(m->universe, str_upper(symbol))) == NULL ||
            (s = malloc(sizeof *s)) == NULL)
            continue;
        sheet_fill(s, l, clock_wall_ms(m->clock));
        rows[(*n)++] = s;
        s->number = (int)*n;
    }
}

void
finviz_screener(struct market *m, const struct request *r, struct answer *a)
{
    struct sheet *rows[SCREENER_ROWS];
    char asked[ARG];
    size_t n = 0;

    a->type = html_type;
    answer_header(a, "Cache-Control", "no-cache");
    request_arg(r, "t", asked, sizeof asked);
    add_rows(m, asked, rows, &n);
    finviz_era_screener(m->finviz_era, rows, n, &a->body);
    while (n > 0)
        free(rows[--n]);
}

/* The address of old: the site answers with a redirect. */
void
finviz_quote_old(struct market *m, const struct request *r, struct answer *a)
{
    (void)m;
    answer_text(a, 301, "text/html", "<html><body>Moved</body></html>\n");
    answer_header(a, "Location", "/finviz/quote%s%s", r->query[0] != '\0' ? "?" : "",
                  r->query);
}

/* A whole page of the site, but of no stock. */
static void
put_unknown(struct buf *out, const char *symbol)
{
    static const char page[] =
        "<!DOCTYPE html>\n<html>\n<head>\n<title>@s Stock Quote</title>\n<meta "
        "charset=\"UTF-8\">\n<meta name=\"description\" content=\"Stock screener for "
        "investors and traders.\">\n<link rel=\"stylesheet\" "
        "href=\"/assets/dist/finviz.css\">\n<script>FinvizSettings = {hasUserPremium: "
        "false, name: \"\"};</script>\n</head>\n<body>\n<table class=\"header\"><tr>"
        "<td><a href=\"/\">FINVIZ</a></td></tr></table>\n<script>\n"
        "window.location = '/search.ashx?p=@s';\n</script>\n<table><tr><td>\"@s\" is "
        "not here. <a href=\"/search.ashx?p=@s\" class=\"tab-link-u\">Search for it"
        "</a></td></tr></table>\n</body>\n</html>\n";
    struct buf name;

    buf_init(&name, ARG);
    paste_escaped(&name, symbol);
    paste(out, page, (struct place[]){{'s', buf_str(&name)}}, 1);
    buf_free(&name);
}

void
finviz_quote(struct market *m, const struct request *r, struct answer *a)
{
    char symbol[16];
    const struct listing *l;
    struct sheet s;

    a->type = html_type;
    answer_header(a, "Cache-Control", "no-cache");
    request_arg(r, "t", symbol, sizeof symbol);
    if ((l = universe_find(m->universe, str_upper(symbol))) == NULL) {
        a->status = 404;
        put_unknown(&a->body, symbol);
        return;
    }
    sheet_fill(&s, l, clock_wall_ms(m->clock));
    finviz_era_quote(m->finviz_era, &s, &a->body);
}
