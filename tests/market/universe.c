#include "universe.h"

#include "base/jsonw.h"
#include "base/map.h"
#include "base/prng.h"
#include "base/str.h"

#include <math.h>

struct universe {
    size_t n;
    struct listing list[UNIVERSE_MAX];
    struct map *by_symbol;
};

struct known {
    const char *symbol, *name, *exchange;
    int64_t cik;
    double float_m; /* million shares, roughly */
    double price;   /* USD, roughly */
};

#define N "NASDAQ"
#define Y "NYSE"
static const struct known known_rows[UNIVERSE_KNOWN] = {
    {"AAPL", "Apple Inc.", N, 320193, 14580, 228.4},
    /* not third: EDGAR knows Alphabet by its CIK only, and that means GOOG */
    {"GOOGL", "Alphabet Inc.", N, 1652044, 5810, 172.6},
    {"MSFT", "Microsoft Corporation", N, 789019, 7420, 415.2},
    {"AMD", "Advanced Micro Devices, Inc.", N, 2488, 1610, 141.3},
    {"NVDA", "NVIDIA Corporation", N, 1045810, 23400, 131.8},
    {"TSLA", "Tesla, Inc.", N, 1318605, 2790, 262.1},
    {"AMZN", "Amazon.com, Inc.", N, 1018724, 9400, 198.7},
    {"META", "Meta Platforms, Inc.", N, 1326801, 2170, 561.4},
    {"INTC", "Intel Corporation", N, 50863, 4290, 23.9},
    {"NFLX", "Netflix, Inc.", N, 1065280, 424, 762.5},
    {"PLTR", "Palantir Technologies Inc.", N, 1321655, 2110, 44.8},
    {"SOFI", "SoFi Technologies, Inc.", N, 1818874, 1050, 11.2},
    {"GM", "General Motors Company", Y, 1467858, 1080, 53.1},
    {"BAC", "Bank of America Corporation", Y, 70858, 6900, 42.6},
    {"JPM", "JPMorgan Chase & Co.", Y, 19617, 2800, 224.9},
    {"WFC", "Wells Fargo & Company", Y, 72971, 3320, 64.3},
    {"DIS", "The Walt Disney Company", Y, 1744489, 1810, 96.2},
    {"KO", "The Coca-Cola Company", Y, 21344, 3880, 66.7},
    {"PFE", "Pfizer Inc.", Y, 78003, 5660, 28.4},
    {"MRNA", "Moderna, Inc.", N, 1682852, 349, 52.3},
    {"BNTX", "BioNTech SE", N, 1776985, 98.4, 112.9},
    {"NVAX", "Novavax, Inc.", N, 1000694, 148, 9.61},
    {"GME", "GameStop Corp.", Y, 1326380, 390, 22.7},
    {"AMC", "AMC Entertainment Holdings, Inc.", Y, 1411579, 372, 4.42},
    {"RIVN", "Rivian Automotive, Inc.", N, 1874178, 671, 10.3},
    {"LCID", "Lucid Group, Inc.", N, 1811210, 1210, 2.71},
    {"NIO", "NIO Inc.", Y, 1736541, 1930, 5.08},
    {"PLUG", "Plug Power Inc.", N, 1093691, 871, 2.04},
    {"FCEL", "FuelCell Energy, Inc.", N, 886128, 18.7, 8.95},
    {"SNDL", "SNDL Inc.", N, 1766600, 264, 1.97},
    {"CLOV", "Clover Health Investments, Corp.", N, 1801170, 379, 3.14},
    {"MVIS", "MicroVision, Inc.", N, 65770, 211, 1.12},
    {"OCGN", "Ocugen, Inc.", N, 1372299, 281, 0.94},
    {"SAVA", "Cassava Sciences, Inc.", N, 1069530, 43.4, 26.8},
    {"ACB", "Aurora Cannabis Inc.", N, 1683541, 54.2, 5.36},
    {"INO", "Inovio Pharmaceuticals, Inc.", N, 1055726, 35.6, 5.92},
    {"SRPT", "Sarepta Therapeutics, Inc.", N, 873303, 90.7, 124.6},
    {"IONQ", "IonQ, Inc.", Y, 1824920, 204, 15.8},
    {"RGTI", "Rigetti Computing, Inc.", N, 1838359, 186, 1.36},
    {"QBTS", "D-Wave Quantum Inc.", Y, 1907982, 128, 1.19},
    {"SOUN", "SoundHound AI, Inc.", N, 1840856, 331, 5.27},
    {"BBAI", "BigBear.ai Holdings, Inc.", Y, 1836981, 71.2, 1.74},
    {"MARA", "MARA Holdings, Inc.", N, 1507605, 291, 17.4},
    {"RIOT", "Riot Platforms, Inc.", N, 1167419, 289, 9.88},
    {"CLSK", "CleanSpark, Inc.", N, 827876, 246, 11.6},
    {"COIN", "Coinbase Global, Inc.", N, 1679788, 203, 211.5},
    {"HOOD", "Robinhood Markets, Inc.", N, 1783879, 745, 26.1},
    {"UPST", "Upstart Holdings, Inc.", N, 1647639, 77.3, 48.2},
    {"AFRM", "Affirm Holdings, Inc.", N, 1820953, 252, 42.7},
    {"RKLB", "Rocket Lab USA, Inc.", N, 1819994, 431, 10.9},
    {"ASTS", "AST SpaceMobile, Inc.", N, 1780312, 117, 25.3},
    {"JOBY", "Joby Aviation, Inc.", Y, 1819848, 402, 5.46},
    {"ACHR", "Archer Aviation Inc.", Y, 1824502, 259, 3.21},
    {"LUNR", "Intuitive Machines, Inc.", N, 1844452, 49.8, 8.17},
    {"SPCE", "Virgin Galactic Holdings, Inc.", Y, 1706946, 21.9, 6.38},
    {"TLRY", "Tilray Brands, Inc.", N, 1731348, 871, 1.63},
    {"CGC", "Canopy Growth Corporation", N, 1737927, 84.6, 4.49},
    {"HIMS", "Hims & Hers Health, Inc.", Y, 1773751, 196, 20.4},
    {"SNAP", "Snap Inc.", Y, 1564408, 1010, 10.8},
    {"DKNG", "DraftKings Inc.", N, 1883685, 471, 38.9},
};
#undef N
#undef Y

uint64_t
mix(uint64_t a, uint64_t b)
{
    struct prng p = {a ^ (b * 0x9e3779b97f4a7c15u)};

    return prng_u64(&p);
}

double
mix_unit(uint64_t a, uint64_t b)
{
    return (double)(mix(a, b) >> 11) * 0x1p-53;
}

/* A figure between least and most, even on a logarithmic scale. */
static double
log_between(uint64_t seed, uint64_t salt, double least, double most)
{
    return least * pow(most / least, mix_unit(seed, salt));
}

/* Everything of a listing that follows from its size, its price and its seed. */
static void
fill(struct listing *l, double float_m, double price, uint64_t seed)
{
    double f = float_m * 1e6;

    l->seed = seed;
    l->float_shares = (int64_t)f;
    l->shares = (int64_t)(f * (1.0 + 0.25 * mix_unit(seed, 2)));
    l->avg_volume = (int64_t)(f * log_between(seed, 3, 0.004, 0.05)) + 150000;
    l->prev_close = (int64_t)(price * 10000.0);
    l->rvol = log_between(seed, 4, 0.35, 9.0);
    l->drift = (mix_unit(seed, 5) - 0.45) * (float_m < 100.0 ? 0.30 : 0.08);
    l->short_float = 30.0 * mix_unit(seed, 6) * mix_unit(seed, 7);
}

static void
make_known(struct listing *l, const struct known *k, uint64_t seed)
{
    str_copy(l->symbol, sizeof l->symbol, k->symbol);
    str_copy(l->name, sizeof l->name, k->name);
    l->exchange = k->exchange;
    l->cik = k->cik;
    fill(l, k->float_m, k->price, seed);
}

static const char *const name_first[] = {
    "Alder",   "Borealis",  "Cobalt",  "Dunmore", "Elmstone",   "Fairwind", "Granite",
    "Halcyon", "Ironbark",  "Juniper", "Kestrel", "Larkfield",  "Meridale", "Northgate",
    "Ostrava", "Pinecrest", "Quillon", "Redfern", "Silverlake", "Tamarack", "Umbra",
    "Vantage", "Westmoor",  "Yarrow",  "Zephyr"};
static const char *const name_second[] = {
    "Therapeutics", "Biosciences", "Energy",    "Robotics", "Semiconductor",
    "Software",     "Minerals",    "Logistics", "Medical",  "Networks",
    "Aerospace",    "Materials",   "Oncology",  "Power",    "Financial"};
static const char *const name_last[] = {"Inc.", "Corp.", "Holdings, Inc.", "Ltd.",
                                        "Group, Inc."};

/* The i-th name; no two are alike, for stories are told apart by their titles. */
static void
made_up_name(struct listing *l, size_t i)
{
    static const char *const series[] = {"", " II", " III", " IV", " V", " VI"};
    size_t first = i % STR_LEN(name_first), rest = i / STR_LEN(name_first);
    size_t second = rest % STR_LEN(name_second);
    size_t last = rest / STR_LEN(name_second) % STR_LEN(name_last);
    size_t turn = rest / STR_LEN(name_second) / STR_LEN(name_last);

    str_fmt(l->name, sizeof l->name, "%s %s%s %s", name_first[first],
            name_second[second], series[turn % STR_LEN(series)], name_last[last]);
}

/* Four letters (three for some) that no other listing has.  Q or X at the front keeps
 * clear of English words, and no fifth letter says warrant or unit. */
static void
made_up_symbol(struct listing *l, uint64_t seed, const struct map *taken)
{
    uint64_t salt = 20;

    do {
        size_t len = mix(seed, salt) % 8 == 0 ? 3 : 4;
        uint64_t bits = mix(seed, salt + 1);

        l->symbol[0] = bits % 2 != 0 ? 'Q' : 'X';
        for (size_t i = 1; i < len; i++) {
            bits /= 29;
            l->symbol[i] = (char)('A' + bits % 26);
        }
        l->symbol[len] = '\0';
        salt += 2;
    } while (map_get(taken, l->symbol) != NULL);
}

static void
make_up(struct listing *l, size_t i, uint64_t seed, const struct map *taken)
{
    made_up_symbol(l, seed, taken);
    made_up_name(l, i);
    l->exchange = mix(seed, 14) % 3 != 0 ? "NASDAQ" : "NYSE";
    l->cik = 9000000 + (int64_t)i;
    fill(l, log_between(seed, 15, 1.5, 900.0), log_between(seed, 16, 0.6, 180.0), seed);
}

struct universe *
universe_new(size_t n, uint64_t seed)
{
    struct universe *u = calloc(1, sizeof *u);

    if (u == NULL)
        return NULL;
    u->n = n < UNIVERSE_MAX ? n : UNIVERSE_MAX;
    u->by_symbol = map_new(UNIVERSE_MAX);
    for (size_t i = 0; u->by_symbol != NULL && i < u->n; i++) {
        struct listing *l = &u->list[i];

        if (i < UNIVERSE_KNOWN)
            make_known(l, &known_rows[i], mix(seed, i + 1));
        else
            make_up(l, i, mix(seed, i + 1), u->by_symbol);
        if (map_put(u->by_symbol, l->symbol, l, NULL) != 0) {
            universe_free(&u);
            return NULL;
        }
    }
    if (u->by_symbol == NULL)
        universe_free(&u);
    return u;
}

void
universe_free(struct universe **u)
{
    if (*u == NULL)
        return;
    map_free(&(*u)->by_symbol, NULL);
    free(*u);
    *u = NULL;
}

size_t
universe_len(const struct universe *u)
{
    return u->n;
}

const struct listing *
universe_at(const struct universe *u, size_t i)
{
    return &u->list[i];
}

const struct listing *
universe_find(const struct universe *u, const char *symbol)
{
    return map_get(u->by_symbol, symbol);
}

void
universe_nasdaqlisted(const struct universe *u, struct buf *out)
{
    buf_adds(out, "Symbol|Security Name|Market Category|Test Issue|Financial Status|"
                  "Round Lot Size|ETF|NextShares\r\n");
    for (size_t i = 0; i < u->n; i++)
        if (str_eq(u->list[i].exchange, "NASDAQ"))
            buf_addf(out, "%s|%s - Common Stock|Q|N|N|100|N|N\r\n", u->list[i].symbol,
                     u->list[i].name);
    buf_adds(out, "File Creation Time: 1123202621:30|||||||\r\n");
}

void
universe_otherlisted(const struct universe *u, struct buf *out)
{
    buf_adds(out, "ACT Symbol|Security Name|Exchange|CQS Symbol|ETF|Round Lot Size|"
                  "Test Issue|NASDAQ Symbol\r\n");
    for (size_t i = 0; i < u->n; i++) {
        const char *s = u->list[i].symbol;

        if (str_eq(u->list[i].exchange, "NYSE"))
            buf_addf(out, "%s|%s Common Stock|N|%s|N|100|N|%s\r\n", s, u->list[i].name,
                     s, s);
    }
    buf_adds(out, "File Creation Time: 1123202621:30||||||\r\n");
}

void
universe_company_tickers(const struct universe *u, struct buf *out)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jw_object(&w, NULL);
    for (size_t i = 0; i < u->n; i++) {
        char key[16];

        str_fmt(key, sizeof key, "%zu", i);
        jw_object(&w, key);
        jw_int(&w, "cik_str", u->list[i].cik);
        jw_str(&w, "ticker", u->list[i].symbol);
        jw_str(&w, "title", u->list[i].name);
        jw_end(&w);
    }
    jw_end(&w);
}
