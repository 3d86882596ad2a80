#include "ingest/exchange.h"

#include "base/ascii.h"
#include "base/str.h"

/* Lower case, single blanks, sorted.  The longest that matches wins. */
static const struct exchange {
    const char *name;
    enum listing kind;
} exchanges[] = {
    {"aim", LISTING_FOREIGN},
    {"amex", LISTING_US},
    {"aquis", LISTING_FOREIGN},
    {"asx", LISTING_FOREIGN},
    {"b3", LISTING_FOREIGN},
    {"bats", LISTING_US},
    {"bme", LISTING_FOREIGN},
    {"bovespa", LISTING_FOREIGN},
    {"bse", LISTING_FOREIGN},
    {"cboe", LISTING_US},
    {"cboe bzx", LISTING_US},
    {"cboe bzx exchange", LISTING_US},
    {"cboe canada", LISTING_FOREIGN},
    {"cboe us", LISTING_US},
    {"cse", LISTING_FOREIGN},
    {"euronext", LISTING_FOREIGN},
    {"euronext amsterdam", LISTING_FOREIGN},
    {"euronext brussels", LISTING_FOREIGN},
    {"euronext dublin", LISTING_FOREIGN},
    {"euronext growth", LISTING_FOREIGN},
    {"euronext lisbon", LISTING_FOREIGN},
    {"euronext paris", LISTING_FOREIGN},
    {"fra", LISTING_FOREIGN},
    {"frankfurt", LISTING_FOREIGN},
    {"fse", LISTING_FOREIGN},
    {"fwb", LISTING_FOREIGN},
    {"grey market", LISTING_OTC},
    {"hkex", LISTING_FOREIGN},
    {"hkse", LISTING_FOREIGN},
    {"jse", LISTING_FOREIGN},
    {"kosdaq", LISTING_FOREIGN},
    {"krx", LISTING_FOREIGN},
    {"lon", LISTING_FOREIGN},
    {"lse", LISTING_FOREIGN},
    {"nasdaq", LISTING_US},
    {"nasdaq baltic", LISTING_FOREIGN},
    {"nasdaq capital market", LISTING_US},
    {"nasdaq capital markets", LISTING_US},
    {"nasdaq cm", LISTING_US},
    {"nasdaq copenhagen", LISTING_FOREIGN},
    {"nasdaq dubai", LISTING_FOREIGN},
    {"nasdaq first north", LISTING_FOREIGN},
    {"nasdaq first north growth market", LISTING_FOREIGN},
    {"nasdaq global market", LISTING_US},
    {"nasdaq global markets", LISTING_US},
    {"nasdaq global select", LISTING_US},
    {"nasdaq global select market", LISTING_US},
    {"nasdaq gm", LISTING_US},
    {"nasdaq gs", LISTING_US},
    {"nasdaq helsinki", LISTING_FOREIGN},
    {"nasdaq iceland", LISTING_FOREIGN},
    {"nasdaq nordic", LISTING_FOREIGN},
    {"nasdaq omx", LISTING_FOREIGN},
    {"nasdaq riga", LISTING_FOREIGN},
    {"nasdaq stock market", LISTING_US},
    {"nasdaq stockholm", LISTING_FOREIGN},
    {"nasdaq tallinn", LISTING_FOREIGN},
    {"nasdaq ticker", LISTING_US},
    {"nasdaq vilnius", LISTING_FOREIGN},
    {"nasdaqcm", LISTING_US},
    {"nasdaqgm", LISTING_US},
    {"nasdaqgs", LISTING_US},
    {"neo", LISTING_FOREIGN},
    {"new york stock exchange", LISTING_US},
    {"nse", LISTING_FOREIGN},
    {"nyse", LISTING_US},
    {"nyse a", LISTING_US},
    {"nyse american", LISTING_US},
    {"nyse amex", LISTING_US},
    {"nyse arca", LISTING_US},
    {"nyse chicago", LISTING_US},
    {"nyse mkt", LISTING_US},
    {"nyse national", LISTING_US},
    {"nyse texas", LISTING_US},
    {"nyse ticker", LISTING_US},
    {"nzx", LISTING_FOREIGN},
    {"ose", LISTING_FOREIGN},
    {"oslo", LISTING_FOREIGN},
    {"otc", LISTING_OTC},
    {"otc basic market", LISTING_OTC},
    {"otc bb", LISTING_OTC},
    {"otc expert", LISTING_OTC},
    {"otc expert market", LISTING_OTC},
    {"otc markets", LISTING_OTC},
    {"otc mkts", LISTING_OTC},
    {"otc pink", LISTING_OTC},
    {"otc pinks", LISTING_OTC},
    {"otc qb", LISTING_OTC},
    {"otc qx", LISTING_OTC},
    {"otcbb", LISTING_OTC},
    {"otcid", LISTING_OTC},
    {"otcmkts", LISTING_OTC},
    {"otcpk", LISTING_OTC},
    {"otcqb", LISTING_OTC},
    {"otcqb market", LISTING_OTC},
    {"otcqb venture market", LISTING_OTC},
    {"otcqx", LISTING_OTC},
    {"otcqx best market", LISTING_OTC},
    {"other otc", LISTING_OTC},
    {"paris", LISTING_FOREIGN},
    {"pink", LISTING_OTC},
    {"pink sheets", LISTING_OTC},
    {"sehk", LISTING_FOREIGN},
    {"sgx", LISTING_FOREIGN},
    {"six", LISTING_FOREIGN},
    {"sse", LISTING_FOREIGN},
    {"szse", LISTING_FOREIGN},
    {"tase", LISTING_FOREIGN},
    {"tse", LISTING_FOREIGN},
    {"tsx", LISTING_FOREIGN},
    {"tsx v", LISTING_FOREIGN},
    {"tsx venture", LISTING_FOREIGN},
    {"tsx venture exchange", LISTING_FOREIGN},
    {"tsxv", LISTING_FOREIGN},
    {"twse", LISTING_FOREIGN},
    {"tyo", LISTING_FOREIGN},
    {"wse", LISTING_FOREIGN},
    {"xetra", LISTING_FOREIGN},
};

size_t
exchange_blanks(const char *s)
{
    size_t n = 0;

    for (;;) {
        if (s[n] == ' ' || (s[n] >= '\t' && s[n] <= '\r'))
            n++;
        else if (s[n] == '\xc2' && s[n + 1] == '\xa0')
            n += 2;
        else
            return n;
    }
}

/* Bytes of s that spell the name, 0 when they do not. */
static size_t
spells(const char *s, const char *name)
{
    size_t at = 0;

    for (; *name != '\0'; name++) {
        if (*name == ' ') {
            size_t gap = exchange_blanks(s + at);

            if (gap == 0 && s[at] != '-')
                return 0;
            at += gap == 0 ? 1 : gap;
        } else if (ascii_lower(s[at]) == *name) {
            at++;
        } else {
            return 0;
        }
    }
    return ascii_is_alnum(s[at]) ? 0 : at;
}

/* Where the names of each letter begin, and at last where they end: every word of a
 * text is looked up. */
static const unsigned char first['z' - 'a' + 2] = {
    0,  4,  9,   15,  15,  22,  26,  27,  29,  29,  30,  32,  34, 34,
    76, 99, 102, 102, 102, 107, 116, 116, 116, 117, 118, 118, 118};

/* A bit for each second letter of the names of a first one, both by their last five
 * bits: most words begin with no two that any name has. */
#define IN(c) (UINT32_C(1) << ((c)&31))
static const uint32_t second[32] = {
    ['a' & 31] = IN('i') | IN('m') | IN('q') | IN('s'),
    ['b' & 31] = IN('3') | IN('a') | IN('m') | IN('o') | IN('s'),
    ['c' & 31] = IN('b') | IN('s'),
    ['e' & 31] = IN('u'),
    ['f' & 31] = IN('r') | IN('s') | IN('w'),
    ['g' & 31] = IN('r'),
    ['h' & 31] = IN('k'),
    ['j' & 31] = IN('s'),
    ['k' & 31] = IN('o') | IN('r'),
    ['l' & 31] = IN('o') | IN('s'),
    ['n' & 31] = IN('a') | IN('e') | IN('s') | IN('y') | IN('z'),
    ['o' & 31] = IN('s') | IN('t'),
    ['p' & 31] = IN('a') | IN('i'),
    ['s' & 31] = IN('e') | IN('g') | IN('i') | IN('s') | IN('z'),
    ['t' & 31] = IN('a') | IN('s') | IN('w') | IN('y'),
    ['w' & 31] = IN('s'),
    ['x' & 31] = IN('e'),
};

bool
exchange_may_begin(const char *s)
{
    return (second[*s & 31] & IN(s[1])) != 0;
}

size_t
exchange_match(const char *s, enum listing *kind)
{
    unsigned letter = (unsigned)ascii_lower(*s) - 'a';
    size_t best = 0;

    if (letter > 'z' - 'a' || !exchange_may_begin(s))
        return 0;
    for (size_t i = first[letter]; i < first[letter + 1]; i++) {
        size_t n = spells(s, exchanges[i].name);

        if (n > best) {
            best = n;
            *kind = exchanges[i].kind;
        }
    }
    return best;
}

const char *
exchange_name(size_t i)
{
    return i < STR_LEN(exchanges) ? exchanges[i].name : NULL;
}

enum listing
exchange_kind(const char *name, size_t n)
{
    enum listing kind = LISTING_FOREIGN;

    if (exchange_match(name, &kind) < n && strncasecmp(name, "nyse", 4) != 0 &&
        strncasecmp(name, "nasdaq", 6) != 0)
        return LISTING_FOREIGN;
    return kind;
}
