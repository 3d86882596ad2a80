#include "ingest/tickers.h"

#include "base/ascii.h"
#include "base/str.h"
#include "ingest/exchange.h"

enum {
    SYMBOL_CHARS = 6, /* of a symbol behind its exchange */
    BARE_CHARS = 5,   /* letters of one without */
};

/* Words that open a headline with a colon and are no symbols there. */
static const char *const head_words[] = {
    "PRICE", "UPDATE", "ALERT", "NEWS", "WATCH", "FLASH", "BRIEF", "LIVE", "ESMO",
    "ASCO",  "ASH",    "AACR",  "AHA",  "FDA",   "EMA",   "SEC",   "FTC",  "DOJ",
    "EPA",   "WHO",    "CDC",   "NYSE", "AMEX",  "CEO",   "CFO",   "CTO",  "COO",
    "IPO",   "USA",    "EU",    "UK",   "US",    "AI",    "ETF",   "IT",   "NOTE",
    "FACT",  "VIDEO",  "PHOTO", "POLL", "NOW",   "KEY",
};

/* Words that stand alone in brackets and are no symbols there. */
static const char *const bracket_words[] = {
    "USA",  "EU",   "UK",  "US",  "UN",  "CEO",  "CFO",  "FDA",
    "SEC",  "IPO",  "ETF", "AI",  "IT",  "ASCO", "WHO",  "CDC",
    "ESMO", "AACR", "AHA", "FTC", "DOJ", "EPA",  "NYSE", "AMEX",
};

/* What ends no company's name: capitals in brackets behind it are its short form,
 * though many a one is listed, as AMD (macular degeneration) and CRL (a letter of the
 * FDA). */
static const char *const common_nouns[] = {
    "administration", "agency",        "agreement",     "allowance",    "application",
    "arthritis",      "assessment",    "authorization", "bid",          "cancer",
    "carcinoma",      "commission",    "committee",     "degeneration", "dermatitis",
    "designation",    "diabetes",      "disease",       "disorder",     "dystrophy",
    "estimate",       "failure",       "fibrosis",      "hypertension", "infection",
    "intent",         "letter",        "leukemia",      "lymphoma",     "meeting",
    "melanoma",       "myeloma",       "offering",      "officer",      "organization",
    "rate",           "reality",       "sclerosis",     "study",        "survival",
    "syndrome",       "understanding", "virus",
};

static bool
is_word_of(const char *const *words, size_t n_words, const char *s, size_t n)
{
    for (size_t i = 0; i < n_words; i++)
        if (strlen(words[i]) == n && memcmp(words[i], s, n) == 0)
            return true;
    return false;
}

/* Bytes of the opening quotation mark at s, 0: none. */
static size_t
quote(const char *s)
{
    static const char *const marks[] = {"\"", "'", "\xe2\x80\x9c", "\xe2\x80\x98"};

    for (size_t i = 0; i < STR_LEN(marks); i++)
        if (str_starts(s, marks[i]))
            return strlen(marks[i]);
    return 0;
}

/* ---- the list ------------------------------------------------------------------- */

/* A better listing or sign of the same symbol replaces the former. */
static void
add(struct tickers *t, const char *symbol, enum listing listing, enum ticker_sign sign)
{
    for (size_t i = 0; i < t->n; i++) {
        struct ticker *old = &t->list[i];

        if (!str_eq(old->symbol, symbol))
            continue;
        old->listing = listing < old->listing ? listing : old->listing;
        old->sign = sign < old->sign ? sign : old->sign;
        return;
    }
    if (t->n == TICKERS_MAX)
        return;
    t->list[t->n].listing = listing;
    t->list[t->n].sign = sign;
    (void)str_copy(t->list[t->n++].symbol, SYMBOL_SIZE, symbol);
}

/* A symbol with its exchange is taken also when nobody lists it; one without must be on
 * the list. */
static void
add_symbol(struct tickers *t, const struct symbols *symbols, const char *s, size_t n,
           struct ticker as)
{
    const struct symbol *known = NULL;
    char raw[SYMBOL_SIZE], symbol[SYMBOL_SIZE];

    if (!str_copyn(raw, sizeof(raw), s, n) || !symbol_canonical(raw, symbol))
        return;
    if (symbols != NULL && as.listing == LISTING_US)
        known = symbols_find(symbols, symbol);
    if (known != NULL || symbols == NULL || as.sign <= SIGN_EXCHANGE)
        add(t, known != NULL ? known->symbol : symbol, as.listing, as.sign);
}

static void
add_listed(struct tickers *t, const struct symbols *symbols, const char *s, size_t n,
           enum ticker_sign sign)
{
    add_symbol(t, symbols, s, n, (struct ticker){.listing = LISTING_US, .sign = sign});
}

/* ---- "(NASDAQ: ABC, DEF; TSX: GHI)" --------------------------------------------- */

/* Length of the symbol at s: a letter and up to 5 of letters, digits, '.', '-', or a
 * paper; 0 when there is none, it goes on, or (upper) it has a lower-case letter. */
static size_t
symbol_at(const char *s, bool upper)
{
    size_t n = 0, paper = symbol_paper(s);

    while (n <= SYMBOL_CHARS && (ascii_is_alnum(s[n]) || s[n] == '.' || s[n] == '-')) {
        if (upper && ascii_is_lower(s[n]))
            return 0;
        n++;
    }
    while (n > 0 && (s[n - 1] == '.' || s[n - 1] == '-'))
        n--;
    n = paper > 0 ? paper : n;
    if (n == 0 || (n > SYMBOL_CHARS && paper == 0) || !ascii_is_alpha(*s))
        return 0;
    return ascii_is_alnum(s[n]) || (s[n] & 0x80 && s[n] != '\xc2' && s[n] != '\xe2')
               ? 0
               : n;
}

/* Bytes of what stands between two names or symbols of one bracket; 0: nothing. */
static size_t
joint(const char *s)
{
    size_t blanks = exchange_blanks(s), n = blanks;

    if (s[n] != '\0' && strchr(",;/&", s[n]) != NULL)
        n++;
    else if (blanks > 0 && str_istarts(s + n, "and "))
        n += 3;
    else
        return 0;
    n += exchange_blanks(s + n);
    if (str_istarts(s + n, "and "))
        n += 4;
    return n;
}

enum mark { COLON, HYPHEN, DASH };

/* Bytes of the colon or dash between an exchange and its symbol, with what may stand
 * around it, or 0. */
static size_t
colon(const char *s, enum mark *mark)
{
    static const struct {
        const char *text;
        enum mark mark;
    } marks[] = {
        {":", COLON},           {"\xef\xbc\x9a", COLON}, /* the full-width one */
        {"-", HYPHEN},          {"\xe2\x80\x93", DASH},  /* en and em dash */
        {"\xe2\x80\x94", DASH},
    };
    size_t n = str_starts(s, "\xc2\xae") ? 2 : 0; /* registered */

    n += exchange_blanks(s + n);
    for (size_t i = 0; i < STR_LEN(marks); i++) {
        if (!str_starts(s + n, marks[i].text))
            continue;
        *mark = marks[i].mark;
        n += strlen(marks[i].text);
        n += exchange_blanks(s + n);
        return n + quote(s + n);
    }
    return 0;
}

/* One or more exchange names, "NYSE/TSX": the best of them counts.  0: none. */
static size_t
exchange_group(const char *s, enum listing *kind)
{
    size_t at = exchange_match(s, kind), next;

    while (at > 0 && (next = joint(s + at)) > 0) {
        enum listing other;
        size_t n = exchange_match(s + at + next, &other);

        if (n == 0)
            break;
        *kind = other < *kind ? other : *kind;
        at += next + n;
    }
    return at;
}

/* Reads "EXCHANGE: SYM, SYM" at s and returns its length, 0 when it is none.  Outside
 * brackets a symbol is in capitals and alone; what has a colon behind is an exchange
 * that we do not know. */
static size_t
qualified(struct tickers *t, const struct symbols *symbols, const char *s, bool bracket)
{
    struct ticker as = {.sign = SIGN_EXCHANGE};
    enum listing other;
    enum mark mark;
    size_t at = exchange_group(s, &as.listing), n, gap;

    if (at == 0 || (gap = colon(s + at, &mark)) == 0 ||
        (mark == DASH && !bracket)) /* it parts clauses as well */
        return 0;
    at += gap;
    if ((n = symbol_at(s + at, !bracket || mark != COLON)) == 0)
        return 0;
    add_symbol(t, symbols, s + at, n, as);
    at += n;
    while (bracket && (gap = joint(s + at)) > 0 &&
           exchange_match(s + at + gap, &other) == 0 &&
           (n = symbol_at(s + at + gap, true)) > 0 &&
           s[at + gap + n + exchange_blanks(s + at + gap + n)] != ':') {
        add_symbol(t, symbols, s + at + gap, n, as);
        at += gap + n;
    }
    return at;
}

enum { WORD = 1, OPEN, CLOSE };

static const unsigned char kinds[256] = {
    ['0' ... '9'] = WORD, ['A' ... 'Z'] = WORD, ['a' ... 'z'] = WORD, ['_'] = WORD,
    ['('] = OPEN,         ['['] = OPEN,         [')'] = CLOSE,        [']'] = CLOSE,
};

static void
find_qualified(struct tickers *t, const struct symbols *symbols, const char *text)
{
    int depth = 0;
    size_t n;

    for (const char *s = text; *s != '\0';) {
        unsigned char kind = kinds[(unsigned char)*s];

        if (kind != WORD) {
            depth += (kind == OPEN) - (kind == CLOSE && depth > 0);
            s++;
        } else if (exchange_may_begin(s) &&
                   (n = qualified(t, symbols, s, depth > 0)) > 0) {
            s += n;
        } else {
            while (kinds[(unsigned char)*s] == WORD)
                s++;
        }
    }
}

/* ---- signs without an exchange ------------------------------------------------- */

/* Length of a run of least..BARE_CHARS capitals, with ".X" or not, that ends there. */
static size_t
capitals(const char *s, size_t least)
{
    size_t n = 0;

    while (n <= BARE_CHARS && ascii_is_upper(s[n]))
        n++;
    if (n < least || n > BARE_CHARS)
        return 0;
    if (s[n] == '.' && ascii_is_upper(s[n + 1]) && !ascii_is_alnum(s[n + 2]))
        n += 2;
    return ascii_is_alnum(s[n]) || s[n] == '_' ? 0 : n;
}

/* True if the word that ends at `end` is a common noun, or its plural. */
static bool
is_common_noun(const char *text, const char *end)
{
    size_t n = 0;

    while (end > text && end[-1] == ' ')
        end--;
    while (end - n > text && ascii_is_alpha(end[-1 - (ptrdiff_t)n]))
        n++;
    for (size_t i = 0; i < STR_LEN(common_nouns); i++) {
        size_t len = strlen(common_nouns[i]);

        if (strncasecmp(end - n, common_nouns[i], len) == 0 &&
            (n == len || (n == len + 1 && ascii_lower(end[-1]) == 's')))
            return true;
    }
    return false;
}

static void
find_names(struct tickers *t, const struct symbols *symbols, const char *text)
{
    for (const char *s = strchr(text, '('); s != NULL; s = strchr(s + 1, '(')) {
        size_t n = capitals(s + 1, 2);

        if (n > 0 && s[1 + n] == ')' && s > text &&
            !is_word_of(bracket_words, STR_LEN(bracket_words), s + 1, n) &&
            !is_common_noun(text, s))
            add_listed(t, symbols, s + 1, n, SIGN_NAME);
    }
}

/* In "OTC: ABCD reports" the head is the exchange. */
static void
find_head(struct tickers *t, const struct symbols *symbols, const char *text)
{
    struct tickers behind = {.n = 0};
    size_t n = capitals(text, 2);

    if (n > 0 && text[n] == ':' &&
        !is_word_of(head_words, STR_LEN(head_words), text, n) &&
        qualified(&behind, symbols, text, false) == 0)
        add_listed(t, symbols, text, n, SIGN_HEAD);
}

/* "symbol ABC", "symbols: ABC", "symbol to "ABC"". */
static void
find_symbol_word(struct tickers *t, const struct symbols *symbols, const char *text)
{
    for (const char *s = strcasestr(text, "symbol"); s != NULL;
         s = strcasestr(s + 1, "symbol")) {
        const char *at = s + 6, *gap;
        size_t n;

        at += *at == 's';
        gap = at;
        at += *at == ':';
        at += exchange_blanks(at);
        if (!ascii_starts_word(text, s) || at == gap)
            continue;
        at += str_istarts(at, "to ") ? 3 : 0;
        at += quote(at);
        if ((n = capitals(at, 1)) > 0)
            add_listed(t, symbols, at, n, SIGN_SYMBOL);
    }
}

static void
find_cashtags(struct tickers *t, const struct symbols *symbols, const char *text)
{
    for (const char *s = strchr(text, '$'); s != NULL; s = strchr(s + 1, '$')) {
        size_t n = ascii_starts_word(text, s) ? capitals(s + 1, 1) : 0;

        if (n > 0)
            add_listed(t, symbols, s + 1, n, SIGN_CASHTAG);
    }
}

/* "... Upcoming Deadlines - REPL", "... What To Look For From GBCI". */
static void
find_tail(struct tickers *t, const struct symbols *symbols, const char *text)
{
    const char *last = strrchr(text, ' ');
    size_t n = last == NULL ? 0 : capitals(last + 1, 3), before;

    if (n == 0 || last[1 + n] != '\0')
        return;
    before = (size_t)(last - text);
    if ((before >= 2 && last[-1] == '-') ||
        (before >= 5 && strncasecmp(last - 5, " from", 5) == 0))
        add_listed(t, symbols, last + 1, n, SIGN_TAIL);
}

/* ---- what others call ------------------------------------------------------------ */

void
tickers_title(struct tickers *t, const struct symbols *symbols, const char *title)
{
    find_qualified(t, symbols, title);
    find_head(t, symbols, title);
    find_names(t, symbols, title);
    find_symbol_word(t, symbols, title);
    find_cashtags(t, symbols, title);
    find_tail(t, symbols, title);
}

void
tickers_summary(struct tickers *t, const struct symbols *symbols, const char *summary)
{
    char lead[TICKERS_LEAD + 1];

    (void)str_copy(lead, sizeof(lead), summary);
    find_qualified(t, symbols, lead);
}

void
tickers_anywhere(struct tickers *t, const struct symbols *symbols, const char *summary)
{
    find_qualified(t, symbols, summary);
}

/* What some feeds write for "none". */
static const char *const none[] = {"N/A", "n/a", "na", "NONE", "None", "NULL", "null"};

void
tickers_tags(struct tickers *t, const struct symbols *symbols, const char *tags)
{
    const char *tag;
    size_t n;

    while ((tag = str_piece(&tags, "\n", &n)) != NULL) {
        const char *last = memrchr(tag, ':', n);
        struct ticker as = {.sign = SIGN_TAG};
        size_t len;

        if (last == NULL ||
            is_word_of(none, STR_LEN(none), last + 1, (size_t)(tag + n - last - 1)))
            continue;
        as.listing = exchange_kind(tag, (size_t)(last - tag));
        len = symbol_at(last + 1 + exchange_blanks(last + 1), false);
        if (len > 0)
            add_symbol(t, symbols, last + 1 + exchange_blanks(last + 1), len, as);
    }
}

void
tickers_cik(struct tickers *t, const struct symbols *symbols, int64_t cik)
{
    const struct symbol *known =
        symbols == NULL || cik <= 0 ? NULL : symbols_of_cik(symbols, cik);

    if (known != NULL)
        add(t, known->symbol, LISTING_US, SIGN_CIK);
}

void
tickers_name(struct tickers *t, const struct symbols *symbols, const char *text)
{
    const struct symbol *known = symbols == NULL ? NULL : symbols_named(symbols, text);

    if (known != NULL)
        add(t, known->symbol, LISTING_US, SIGN_COMPANY);
}
