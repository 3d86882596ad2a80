/* The layouts themselves. */
#include "finviz_era.h"

#include "base/str.h"

#define TIP                                                                            \
    "cssbody=[tooltip_short_bdy] cssheader=[tooltip_short_hdr] body=[@t] "             \
    "offsetx=[10] offsety=[20] delay=[300]"
#define OLD_HEAD                                                                       \
    "<html>\n<head>\n<title>@s @n Stock Quote</title>\n<meta charset=\"UTF-8\">\n"     \
    "<link rel=\"icon\" href=\"/favicon.png\">\n</head>\n<body>\n"                     \
    "<table class=\"header\"><tr><td><a href=\"/\">FINVIZ</a></td></tr></table>\n"     \
    "<table width=\"100%\" class=\"fullview-title\">\n<tr><td align=\"center\">"       \
    "<a href=\"quote.ashx?t=@s\" class=\"fullview-ticker\" id=\"ticker\">@s</a>"       \
    "</td></tr>\n<tr><td align=\"center\"><b>@n</b></td></tr>\n</table>\n"
#define OLD_TAIL                                                                       \
    "<table class=\"fullview-news-outer\" id=\"news-table\">\n<tr><td "                \
    "width=\"130\">Nov-12-20 08:00AM</td><td><a class=\"tab-link-news\" "              \
    "href=\"/news\">@n reports third quarter results</a></td></tr>\n</table>\n"        \
    "</body>\n</html>\n"
#define NEW_HEAD                                                                       \
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<title>@s - @n Stock Price and "     \
    "Quote</title>\n<meta charset=\"UTF-8\">\n<link rel=\"icon\" "                     \
    "href=\"/favicon.png\">\n</head>\n<body>\n<nav><a href=\"/\">finviz</a></nav>\n"   \
    "<div class=\"quote-header\"><h1 data-ticker=\"@s\">@s</h1><h2>@n</h2></div>\n"
#define NEW_TAIL                                                                       \
    "<div class=\"news\" id=\"news-table\"><a class=\"tab-link-news\" "                \
    "href=\"/news\">@n reports third quarter results</a></div>\n</body>\n</html>\n"
#define OLD_TABLE                                                                      \
    "<table width=\"100%\" cellpadding=\"3\" cellspacing=\"0\" border=\"0\" "          \
    "class=\"snapshot-table2\">\n"
#define NEW_TABLE                                                                      \
    "<table width=\"100%\" cellpadding=\"3\" cellspacing=\"0\" border=\"0\" "          \
    "class=\"js-snapshot-table snapshot-table2 screener_snapshot-table-body\">\n"
#define WRAPPER                                                                        \
    "<div style=\"overflow:hidden;\" class=\"screener_snapshot-table-wrapper "         \
    "js-snapshot-table-wrapper\">"
#define ROW       "<tr class=\"table-dark-row\">\n"
#define OLD_UP    "<span class=\"is-green\">"
#define OLD_DOWN  "<span class=\"is-red\">"
#define NEW_UP    "<span class=\"color-text is-positive\">"
#define NEW_DOWN  "<span class=\"color-text is-negative\">"
#define OLD_SHAPE .tables = 1, .rows = 12, .pairs = 6

static const struct quote_layout quote_2020 = {
    .head = OLD_HEAD,
    .tail = OLD_TAIL,
    .table = {OLD_TABLE, "</table>\n"},
    .row = {ROW, "</tr>\n"},
    .cell = "<td width=\"7%\" class=\"snapshot-td2-cp\" align=\"left\" title=\"" TIP
            "\">@l</td><td width=\"8%\" class=\"snapshot-td2\" align=\"left\"><b>@v"
            "</b></td>\n",
    .up = OLD_UP,
    .down = OLD_DOWN,
    OLD_SHAPE,
};

/* The tooltip moved to data-boxover. */
static const struct quote_layout quote_2022 = {
    .head = "<!DOCTYPE html>\n" OLD_HEAD,
    .tail = OLD_TAIL,
    .table = {OLD_TABLE, "</table>\n"},
    .row = {ROW, "</tr>\n"},
    .cell = "<td width=\"7%\" class=\"snapshot-td2-cp\" align=\"left\" "
            "data-boxover=\"" TIP "\">@l</td><td width=\"8%\" class=\"snapshot-td2\" "
            "align=\"left\"><b>@v</b></td>\n",
    .up = OLD_UP,
    .down = OLD_DOWN,
    OLD_SHAPE,
};

/* The attributes in the order of the alphabet, and a new title. */
static const struct quote_layout quote_2023 = {
    .head = NEW_HEAD,
    .tail = NEW_TAIL,
    .table = {"<div class=\"snapshot-table-wrapper\"><table border=\"0\" "
              "cellpadding=\"3\" cellspacing=\"0\" class=\"snapshot-table2\" "
              "width=\"100%\">\n",
              "</table></div>\n"},
    .row = {ROW, "</tr>\n"},
    .cell = "<td align=\"left\" class=\"snapshot-td2-cp\" data-boxover=\"" TIP
            "\" width=\"7%\">@l</td><td align=\"left\" class=\"snapshot-td2\" "
            "width=\"8%\"><b>@v</b></td>\n",
    .up = OLD_UP,
    .down = OLD_DOWN,
    OLD_SHAPE,
};

/* Label and value begin with the same class. */
static const struct quote_layout quote_2025 = {
    .head = NEW_HEAD,
    .tail = NEW_TAIL,
    .table = {WRAPPER NEW_TABLE, "</table></div>\n"},
    .row = {ROW, "</tr>\n"},
    .cell = "<td class=\"snapshot-td2 cursor-pointer w-[7%]\" align=\"left\" "
            "data-boxover=\"" TIP "\">@l</td><td class=\"snapshot-td2 w-[8%] \" "
            "align=\"left\" style=\"\"><b>@v</b></td>\n",
    .up = NEW_UP,
    .down = NEW_DOWN,
    .tables = 1,
    .rows = 13,
    .pairs = 6,
};

/* The same, set out by a formatter: line breaks within cells and tags. */
static const struct quote_layout quote_2025_pretty = {
    .head = NEW_HEAD,
    .tail = NEW_TAIL,
    .table = {"        " WRAPPER "\n          <table width=\"100%\" cellpadding=\"3\" "
              "cellspacing=\"0\" border=\"0\"\n            "
              "class=\"js-snapshot-table snapshot-table2 "
              "screener_snapshot-table-body\">\n            <tbody>\n",
              "            </tbody>\n          </table>\n        </div>\n"},
    .row = {"              " ROW, "              </tr>\n"},
    .cell = "                <td class=\"snapshot-td2 cursor-pointer w-[7%]\" "
            "align=\"left\"\n                  data-boxover=\"" TIP
            "\">\n                  @l</td>\n                <td class=\"snapshot-td2 "
            "w-[8%] \" align=\"left\" style=\"\">\n                  <b>@v</b>\n"
            "                </td>\n",
    .up = "<span\n                      class=\"color-text is-positive\">",
    .down = "<span\n                      class=\"color-text is-negative\">",
    .tables = 1,
    .rows = 13,
    .pairs = 6,
};

#define CELL_2026                                                                      \
    "<td class=\"snapshot-td2 cursor-pointer\" align=\"left\" "                        \
    "data-boxover-html=\"@t\"><div class=\"snapshot-td-label\">@l</div></td><td "      \
    "class=\"snapshot-td2\" align=\"left\" style=\"\"><div "                           \
    "class=\"snapshot-td-content\"><b>@v</b></div></td>\n"

static const struct quote_layout quote_2026_04 = {
    .head = NEW_HEAD,
    .tail = NEW_TAIL,
    .table = {WRAPPER NEW_TABLE, "</table></div>\n"},
    .row = {ROW, "</tr>\n"},
    .cell = CELL_2026,
    .up = NEW_UP,
    .down = NEW_DOWN,
    .tables = 1,
    .rows = 14,
    .pairs = 6,
    .down_first = true,
};

static const struct quote_layout quote_2026 = {
    .head = NEW_HEAD WRAPPER,
    .tail = "</div>\n" NEW_TAIL,
    .table = {NEW_TABLE, "</table>\n"},
    .row = {ROW, "</tr>\n"},
    .cell = CELL_2026,
    .up = NEW_UP,
    .down = NEW_DOWN,
    .tables = 6,
    .rows = 14,
    .pairs = 1,
    .down_first = true,
};

#define OLD_LINK "<a href=\"quote.ashx?t=@s&ty=c&p=d&b=1\" class=\"screener-link"
#define NEW_LINK "<a href=\"stock?t=@s&ty=c&p=d&b=1\" class=\"tab-link\">"

static const struct screener_layout screener_old = {
    .head = "<html>\n<head>\n<title>Free Stock Screener</title>\n<meta "
            "charset=\"UTF-8\">\n</head>\n<body>\n<table><tr><td>Overview</td>"
            "<td>Ownership</td></tr></table>\n<table width=\"100%\"><tr><td "
            "width=\"140\" align=\"left\" class=\"count-text\"><b>Total: </b>@v #1"
            "</td></tr></table>\n<table width=\"100%\" cellpadding=\"3\" "
            "cellspacing=\"1\" border=\"0\" bgcolor=\"#d3d3d3\">\n<tr "
            "align=\"center\" valign=\"middle\">\n",
    .tail = "</table>\n</body>\n</html>\n",
    .header = "<td class=\"table-top\" style=\"cursor:pointer;\">@l</td>\n",
    .row = {"<tr valign=\"top\" class=\"table-dark-row-cp\">\n", "", "</tr>\n"},
    .cell =
        "<td height=\"10\" align=\"right\" class=\"screener-body-table-nw\">" OLD_LINK
        "\">@v</a></td>",
    .ticker = "<td height=\"10\" align=\"left\" class=\"screener-body-table-nw\" "
              "title=\"body=[<br>&nbsp;<b>@n</b><br>&nbsp;USA]\">" OLD_LINK
              "-primary\">@s</a></td>",
    .up = "<span style=\"color:#008800;\">",
    .down = "<span style=\"color:#aa0000;\">",
    .short_float = "Float Short",
};

static const struct screener_layout screener_new = {
    .head = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">"
            "<title>Free Stock Screener</title>\n</head>\n<body>\n"
            "<table class=\"screener-view-table\"><tr><td>Overview</td>"
            "<td>Ownership</td></tr></table>\n"
            "<table width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" "
            "class=\"styled-table-new is-rounded is-tabular-nums w-full "
            "screener_table\">\n<thead><tr valign=\"middle\">\n",
    .tail = "</table>\n<div id=\"screener-total\" class=\"count-text\">#1 / @v Total"
            "</div>\n</body></html>\n",
    .header = "<th align=\"right\" class=\"table-header cursor-pointer\">@l</th>\n",
    .row = {"<tr class=\"styled-row is-hoverable is-bordered is-rounded is-striped "
            "has-color-text\" valign=\"top\">\n",
            "</thead>\n", "</tr>\n"},
    .cell = "<td height=\"10\" align=\"right\">" NEW_LINK "@v</a></td>",
    .ticker = "<td height=\"10\" align=\"left\" data-boxover-ticker=\"@s\" "
              "data-boxover-company=\"@n\">" NEW_LINK "@s</a></td>",
    .up = NEW_UP,
    .down = NEW_DOWN,
    .short_float = "Short Float",
};

static const struct finviz_era eras[] = {
    {"2020", &finviz_cells_2020, &quote_2020, &screener_old, {{NULL}}},
    {"2022", &finviz_cells_2020, &quote_2022, &screener_old, {{NULL}}},
    {"2023",
     &finviz_cells_2020,
     &quote_2023,
     &screener_new,
     /* two figures shared a cell */
     {{"Short Float",
       {"Short Float / Ratio", "Short interest share", FIGURE_SHORT_BOTH, NULL}},
      {"Short Ratio",
       {"Short Interest", "Short interest", FIGURE_SHORT_INTEREST, NULL}}}},
    {"2025", &finviz_cells_2025, &quote_2025, &screener_new, {{NULL}}},
    {"2025-pretty", &finviz_cells_2025, &quote_2025_pretty, &screener_new, {{NULL}}},
    {"2026-04", &finviz_cells_2026, &quote_2026_04, &screener_new, {{NULL}}},
    {"2026", &finviz_cells_2026, &quote_2026, &screener_new, {{NULL}}},
};

const char finviz_era_names[] = "2020, 2022, 2023, 2025, 2025-pretty, 2026-04, 2026";

const struct finviz_era *
finviz_era_find(const char *name)
{
    for (size_t i = 0; i < STR_LEN(eras); i++)
        if (str_eq(eras[i].name, name))
            return &eras[i];
    return NULL;
}
