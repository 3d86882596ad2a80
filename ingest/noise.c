#define PCRE2_CODE_UNIT_WIDTH 8
#include "ingest/noise.h"

#include "base/str.h"

#include <assert.h>
#include <endian.h>
#include <pcre2.h>

/* Whether asserts look at what is passed over: then it has to be there. */
#ifdef NDEBUG
#define CHECKS_STEMS false
#else
#define CHECKS_STEMS true
#endif

enum {
    TEXT_BYTES = 2048, /* of title and summary together */
    STEM_HEAD = 4,     /* bytes of a word: what rules are looked up by */
    STEM_BYTES = 8,    /* the longest */
    STEM_SLOTS = 1024  /* a power of two, several times the number of stems */
};

enum where { TITLE, BOTH };

#define LAW_FIRM                                                                       \
    "\\b(law (firm|offices?)|llp|attorneys?|rosen|pomerantz|robbins|bronstein|levi "   \
    "& korsinsky|faruqi|glancy|portnoy|schall|kessler topaz|hagens berman|bragar|"     \
    "kirby mcinerney|johnson fistel|halper sadeh|bernstein liebhard|gross law|"        \
    "monteverde|ademi)\\b"
/* Firms whose trade these notices are. */
#define PLAINTIFFS_FIRM                                                                \
    "\\b((law|class action|litigation) firm|law offices?|rosen law|pomerantz|"         \
    "robbins llp|robbins geller|bronstein|levi & korsinsky|faruqi|glancy|portnoy|"     \
    "schall|kessler topaz|hagens berman|bragar|kirby mcinerney|johnson fistel|"        \
    "halper sadeh|bernstein liebhard|gross law|monteverde|ademi|kahn swick|howard "    \
    "g\\. smith|frank r\\. cruz|kaskela|brodsky & smith|rigrodsky|wolf haldenstein|"   \
    "scott\\+scott|berger montague|kuehn law|bfa law|djs law|holzer|grabar|"           \
    "dilworth paxson|edelson lechtzin)\\b"
#define FIRM_STEMS                                                                     \
    "law rosen pomerant robbins bronstei levi faruqi glancy portnoy schall kessler "   \
    "hagens bragar kirby johnson halper bernstei gross montever ademi "
#define LAW_FIRM_STEMS FIRM_STEMS "llp attorney"
#define PLAINTIFFS_STEMS                                                               \
    FIRM_STEMS                                                                         \
    "class litigati kahn howard frank kaskela brodsky rigrodsk wolf scott berger "     \
    "kuehn bfa djs holzer grabar dilworth edelson"
#define STOCK "\\b(stocks?|shares?|investors?)\\b"
#define FALL_OR_RISE                                                                   \
    "(down|up|falling|rising|trading|moving|getting|got|lower|higher|soaring|"         \
    "rallying|climbing|plunging|sinking|sliding|surging|jumping|dropping|tumbling|"    \
    "selling)"
#define FELL                                                                           \
    "(dropped|fell|slid|dipped|rose|jumped|climbed|surged|plunged|tanked|slides|slid|" \
    "obliterated|crushed|hammered|destroyed|wrecked)"
#define BREAKTHROUGH                                                                   \
    "\\b(breakthrough|pivotal|phase (3|iii)|fda approv\\w+|accelerated approval|"      \
    "positive topline|met (its |the )?primary endpoint|exceeded expectations|"         \
    "first-in-class|statistically significant)\\b"

/* In the order of cost and certainty.  All patterns are caseless. */
static const struct rule {
    const char *reason;
    const char *name;
    enum where where;
    /* How words begin of which all that `must` hits holds one, and behind a '/' those
     * of `also`.  Fewer than four bytes are a whole word.  NULL: any text. */
    const char *stems;
    const char *must;   /* hits, and is what the reader is shown */
    const char *also;   /* NULL, or must match too */
    const char *unless; /* NULL, or spares the story */
} rules[] = {
    {"noise_legal", "notice to holders with losses", BOTH,
     "alert notice reminder loss / class lead deadline law llp investig contact lawsuit "
     "encourag remind",
     "\\b(shareholder|investor|stockholder|securities|deadline) (alert|notice|reminder)"
     "\\b|\\binvestors? (with|who suffered|who lost)\\b.{0,30}\\bloss",
     "\\b(class action|lead plaintiff|deadlines?|law (firm|offices?)|llp|"
     "investigat\\w+|contact|lawsuit|encourages?|reminds?)\\b",
     NULL},
    {"noise_legal", "lead plaintiff notice", BOTH,
     "plaintif class / remind encourag urge should contact announce deadline opportun "
     "losses",
     "\\b(lead plaintiff|class action (lawsuit|deadline)|class period)\\b",
     "\\b(reminds?|encourages?|urges?|should contact|contact the firm|announces? that|"
     "deadline|opportunity to lead|losses)\\b",
     "\\b(settles|dismiss\\w*|its (suit|lawsuit|motion)|extension)\\b"},
    {"noise_legal", "law firm solicits", BOTH,
     LAW_FIRM_STEMS " / encourag remind investig behalf consulta recover sharehol "
                    "stockhol contact investor opportun deadline notifies",
     LAW_FIRM,
     "\\b(encourages? investors|reminds (investors|shareholders)|investigat(es|ing|"
     "ion) (of )?(potential |possible )?claims|on behalf of (investors|shareholders)|"
     "free consultation|recover (your )?losses|(share|stock)holders? (who|with)|"
     "contact the firm|investors? to (inquire|contact|secure)|opportunity to lead|"
     "important deadline|class action reminder|(announces an |continues to "
     ")investigat(e|ion)|(on behalf of|notifies) .{0,40}(share|stock)?(holders|"
     "investors)|investigates whether)\\b",
     "\\b(legal|financial) (counsel|advis[eo]rs?) (to|for)\\b"},
    {"noise_legal", "a plaintiffs' firm calls", TITLE, PLAINTIFFS_STEMS,
     PLAINTIFFS_FIRM,
     "\\b(invites?|seeks?|asks whether|is investigating|investigat(es|ion)|probes?|"
     "inquire|lost money|losses|join|class action|securities fraud|seek counsel|filing "
     "date|deadline|fair(ness)?|fiduciary|reminds|urges|encourages|notif(y|ies)|"
     "alerts?|announces (a|the) (class|filing|investigation)|contact|act (now|"
     "before))\\b",
     "\\b(acquires?|joins|appoints|names|former|building|verdict)\\b"},
    {"noise_legal", "holders are told to act", TITLE, "class securiti lost suffered",
     "\\bclass actions?\\b|\\bsecurities (fraud )?(lawsuit|suit|case|litigation|"
     "investigation)\\b|\\blost money (on|in|with)\\b|\\bsuffered (\\w+ )?losses\\b",
     "\\b((investor|holder|shareholder|stockholder|purchaser)s? (should|can|may|are "
     "(urged|encouraged|reminded|advised|invited)|have (until|time|opportunity))|"
     "(join|contact|speak (to|with)|learn more|act) (a|the|our|us|now|by|before|today)|"
     "contact|your (rights|options|losses))\\b",
     NULL},
    {"noise_legal", "holders who lost money", TITLE, "sharehol stockhol holders",
     "\\b(share|stock)?holders who lost (money|a substantial)\\b", NULL, NULL},
    {"non_substantive", "title too short", TITLE, NULL, "^.{0,14}$", NULL, NULL},
    {"non_substantive", "not aware of a reason", BOTH,
     "aware explanat knowledg unaware cannot",
     "\\bnot aware of (any )?(\\w+ ){0,3}(reasons?|information|developments?|changes?|"
     "facts?|events?|explanation|cause|matters?|news)\\b|\\bno (explanation|knowledge) "
     "(for|of)\\b|\\b(is|are) unaware of any\\b|\\bcannot (account for|explain) the\\b",
     NULL, NULL},
    {"non_substantive", "nothing to report", BOTH,
     "change undisclo pending nothing price activity clarify clarifie respond comment",
     "\\bno material changes?\\b(?! (to|in) ((its|our|the) )?(guidance|outlook|strategy|"
     "plans?|terms))|\\bno (undisclosed|pending) (material )?(information|"
     "announcements?)\\b|\\bnothing to report\\b|\\bnotice on price fluctuation\\b|"
     "\\btrading activity notice\\b|\\bclarif(y|ies) (the )?recent (unusual )?trading\\b|"
     "\\b(responds to|comments on) (the )?(recent|unusual) .{0,30}\\b(activity|moves?)\\b",
     NULL, NULL},
    {"non_substantive", "says nothing of what", TITLE, "announce",
     "^\\S+( \\S+)? announces$", NULL, NULL},
    {"retrospective", "why it moved", TITLE, "why here what",
     "\\bwhy\\b.{0,60}" STOCK ".{0,40}\\b(is|are|has|have|was|were|got)?\\b.{0,12}\\b("
     "" FALL_OR_RISE "|" FELL ")\\b|\\bwhy (investors|traders) are\\b|\\bhere(['\xe2]"
     "\\S{0,2})?s why\\b|\\bwhat happened (to|with)\\b",
     NULL, NULL},
    {"retrospective", "shares moved after", TITLE,
     "fall drop soar lose gain slip slid jump climb plung tank fell dipped rose surg "
     "rise sink tumbl oblitera crushed hammered destroye wrecked",
     "^(stock|shares) " FELL "\\b|\\) (surges?|rises?|sinks?|tumbles?) [\\d.]+ ?%|"
     "\\b(falls?|drops?|soars?|loses|gains?|slips?|slides?|jumps?|climbs?|plunges?|"
     "tanks?) \\d+(\\.\\d+)?( ?%|\\b)(?! (million|billion|per)|\\(k\\))",
     "\\b(stock|shares)\\b|\\([A-Z.]{1,6}\\)|\\[[A-Z.]{1,6}\\]", NULL},
    {"retrospective", "shares move on older news", TITLE, "stoc shar",
     "\\b(stock|shares) (drop|fall|slide|dip|rise|jump|climb|surge|plunge|tank|soar|"
     "sink|tumble|slump|rall(y|ie))(e?s)? ((by )?[\\d.]+ ?%|(after|amid|as|despite|"
     "following|on)\\b)",
     NULL, NULL},
    {"retrospective", "where the stock stands today", TITLE, "stoc shar",
     "\\b(stock|shares) (is|are) (\\w+ )?(up(?! for)|down|falling|rising|lower|higher|"
     "soaring|rallying|climbing|plunging|sinking|sliding|surging|jumping|dropping|"
     "tumbling|crashing|skyrocketing)\\b",
     "\\b(today|again|now|yesterday|this (week|month|morning|year)|(on )?(mon|tues|"
     "wednes|thurs|fri)day|in (early|premarket|after-hours)|here('| i|"
     "\xe2\\S{0,2})s)\\b",
     NULL},
    {"retrospective", "earnings as read from a table", TITLE,
     "loss line beat miss top tops lag lags surpass snapshot",
     "\\breports q[1-4] (loss|in line|beats?|miss(es)?|tops?|lags?)\\b|\\bearnings "
     "miss(es)?\\b|\\b(q[1-4] )?earnings (and revenues? )?(lag|miss|beat|top|surpass|"
     "snapshot)\\b.{0,12}\\b(estimates|expectations)\\b|\\bearnings snapshot\\b|"
     "\\b(misses|beats|tops|lags) (q[1-4] )?(revenue|earnings|sales|\\S+ sales) "
     "(estimates|expectations)\\b",
     NULL, "\\b(announces|guidance)\\b"},
    {"retrospective", "before the earnings", TITLE,
     "report what know preview before estimate",
     "\\b(will|may|could)\\b.{0,40}\\breport (negative|positive|a "
     "decline)?.{0,6}\\b(q[1-4] )?earnings\\b|\\bwhat to (look (out )?for|expect|"
     "know)\\b|\\bknow the trend ahead\\b|\\bearnings preview\\b|\\bbefore earnings\\b|"
     "\\bestimate \\S+.{0,20} to report a (decline|rise)\\b|\\bwhat investors need to "
     "know\\b",
     NULL, "\\bto report earnings after\\b"},
    {"summary_article", "opinion of a presenter", TITLE,
     "zacks motley cramer mad thestree",
     "\\bzacks\\b|\\bmotley fool\\b|\\b(jim )?cramer\\b|\\bmad money\\b|"
     "\\bthestreet\\b",
     NULL, NULL},
    {"summary_article", "digest", TITLE,
     "here what why explaine analysis opinion commenta roundup wrap digest recap making "
     "movers watch",
     "\\bhere(['\xe2]\\S{0,2})?s what (you need to know|happened)\\b|\\bwhat you (need "
     "to|should) know\\b|^why (is|did)\\b|^(explainer|analysis|opinion|commentary):|"
     "\\b(roundup|wrap-up):|\\bdaily digest\\b|\\bmarket recap\\b|\\bstocks making "
     "moves\\b|\\bmovers and shakers\\b|\\bstocks to watch\\b",
     NULL, NULL},
    {"summary_article", "transcript or list of stocks", TITLE,
     "transcri stocks movers today insiders",
     "\\bearnings call transcript\\b|\\b\\d+ (\\w+ )?stocks (to (buy|sell|own|avoid)|"
     "that|you)\\b|\\b(morning|midday|premarket|after-hours|biggest) movers\\b|"
     "\\bstock market today\\b|\\binsiders (bought|sold|are (buying|selling))\\b",
     NULL, NULL},
    {"summary_article", "advice to buy or to sell", TITLE,
     "late reason should better forecast predicti is are buy invested",
     "\\btoo late to (buy|sell)\\b|\\b(\\d+|one|two|three|four|five) (\\w+ )?reasons? "
     "(to (buy|sell|own|avoid|hold|love|consider)|why)\\b|\\bshould (you|investors) "
     "(buy|sell|own|hold|worry)\\b|\\bbetter (buy|stock)\\b|\\bstock (forecast|"
     "prediction)\\b|^(is|are) .{0,80}\\b(a|an|the) (\\w+ ){0,3}(buy|sell|bargain|"
     "opportunity)\\b|^prediction:|\\ba buy (now|today|right now)\\b|\\bif you('d| "
     "had) invested\\b",
     NULL, NULL},
    {"calendar", "says when it will say something", TITLE,
     "date timing to will schedule / results earnings conferen webcast",
     "\\bschedules\\b|\\b(announces|sets|confirms) (the )?(dates?|timing|(\\w+ ){0,5}("
     "release|call) date)\\b|\\b(to|will) (report|release|announce|issue|webcast|host|"
     "hold)\\b.{0,60}\\b(on (mon|tues|wednes|thurs|fri)\\w*\\b|(jan|feb|mar|apr|may|jun|"
     "jul|aug|sep|oct|nov|dec)[a-z]{0,6}\\.? \\d)",
     "\\b(results|earnings|conference call|webcast)\\b", NULL},
    {"fund", "a fund's distribution or value", TITLE,
     "distribu asset / etf etfs fund closed municipa income",
     "\\b((cash|monthly|quarterly|special|final) )?distributions?\\b(?! (agreement|deal|"
     "rights|cent|partner))|\\bnet asset values?\\b|\\bsources of distribution\\b",
     "\\b(etfs?|funds?|closed-end|municipal|income trust)\\b",
     "\\b(raises|launches|invest(s|ment)|acquires?)\\b"},
    {"presentation", "takes part in a conference", TITLE,
     "particip attend speak take appearan fireside upcoming",
     "\\b(to|will) (participate|attend|speak|take part)\\b.{0,80}\\b(conferences?|"
     "summit|forum|symposium|fireside|panel|expo)\\b|\\b(participat(es|ion)|"
     "appearance) (at|in)\\b.{0,80}\\b(conferences?|summit|forum|symposium|expo)\\b|"
     "\\bfireside chat\\b|\\bupcoming (\\w+ ){0,2}(conferences?|events)\\b",
     NULL, BREAKTHROUGH},
    {"presentation", "will present or exhibit", TITLE, "showcase present exhibit",
     "\\b(to|will) showcase\\b.{0,60}\\bat\\b|\\b(to|will) (present|exhibit)( (at|to|"
     "new|updated|data|interim|preliminary|\\w+ \\w+ data))?\\b|\\b(presenting|"
     "exhibiting|presents?( data)?) at\\b|\\bannounce(s|ment of) presentation\\b|"
     "\\bpresentation of\\b",
     NULL, BREAKTHROUGH},
};

enum { N_RULES = sizeof(rules) / sizeof(rules[0]) };

struct pattern {
    pcre2_code *must, *also, *unless; /* also, unless: NULL where the row has none */
};

/* A set of rules, a bit each. */
typedef uint32_t rule_set;

/* Which rules may hit where a word begins so. */
struct stem {
    uint64_t bytes; /* lower case, the first one lowest; 0: free */
    uint64_t mask;  /* of those that count */
    rule_set must, also;
};

_Static_assert(N_RULES <= 32, "a bit a rule");

struct noise {
    struct stem stems[STEM_SLOTS];
    rule_set always; /* rules whose `must` has no stems */
    rule_set alone;  /* rules whose `also` has none */
    struct pattern patterns[N_RULES];
    pcre2_match_data *data;
    pcre2_match_context *context;
};

static int
compile(const char *text, pcre2_code **out, struct why *why)
{
    uint32_t flags = PCRE2_CASELESS | PCRE2_NEVER_UTF | PCRE2_NO_AUTO_CAPTURE;
    size_t at;
    int err;

    if (text == NULL)
        return 0;
    *out =
        pcre2_compile((PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED, flags, &err, &at, NULL);
    if (*out == NULL)
        return why_set(why, ERR_SYNTAX, "pattern \"%.60s\": error %d at %zu", text, err,
                       at);
    (void)pcre2_jit_compile(*out, PCRE2_JIT_COMPLETE); /* best effort: only faster */
    return 0;
}

/* ---- stems: most texts have no word that any rule begins with ---------------------
 */

static const bool is_word[256] = {
    ['0' ... '9'] = true,
    ['A' ... 'Z'] = true,
    ['a' ... 'z'] = true,
    ['_'] = true,
};

/* The first eight bytes of a word of `len`, in lower case; `left` may be read. */
static uint64_t
head_of(const char *s, size_t len, size_t left)
{
    uint64_t w = 0;

    if (left >= sizeof w)
        memcpy(&w, s, sizeof w);
    else
        memcpy(&w, s, left);
    w = le64toh(w) | UINT64_C(0x2020202020202020);
    return len >= sizeof w ? w : w & ((UINT64_C(1) << 8 * len) - 1);
}

/* Where the stems of its first four bytes begin in the table. */
static size_t
home(uint64_t bytes)
{
    return (uint32_t)((uint32_t)bytes * UINT32_C(2654435761)) >> 22;
}

/* Its slot in the table, or the free one where it belongs. */
static struct stem *
stem_slot(struct noise *n, uint64_t bytes)
{
    size_t i = home(bytes);

    while (n->stems[i].bytes != 0 && n->stems[i].bytes != bytes)
        i = (i + 1) % STEM_SLOTS;
    return &n->stems[i];
}

static void
add_stems(struct noise *n, size_t rule)
{
    const char *cursor = rules[rule].stems, *piece;
    rule_set bit = UINT32_C(1) << rule;
    bool also = false;
    size_t len;

    if (cursor == NULL)
        n->always |= bit;
    while (cursor != NULL && (piece = str_piece(&cursor, " ", &len)) != NULL) {
        uint64_t bytes = head_of(piece, len, len);
        struct stem *slot = stem_slot(n, bytes);

        if (*piece == '/') {
            also = true;
            continue;
        }
        assert(len <= STEM_BYTES);
        slot->bytes = bytes;
        slot->mask = len < STEM_HEAD || len == STEM_BYTES
                         ? UINT64_MAX
                         : (UINT64_C(1) << 8 * len) - 1;
        slot->must |= also ? 0 : bit;
        slot->also |= also ? bit : 0;
    }
    if (!also)
        n->alone |= bit;
}

static const struct stem *
next_stem(const struct noise *n, const struct stem *stem)
{
    return stem == &n->stems[STEM_SLOTS - 1] ? n->stems : stem + 1;
}

/* Adds the rules that the words of a text let hope. */
static void
add_rules(const struct noise *n, const char *text, rule_set *must, rule_set *also)
{
    const char *end = text + strlen(text), *s;

    for (; text < end; text = s) {
        for (s = text; is_word[(unsigned char)*s];)
            s++;
        if (s == text) {
            s++;
            continue;
        }
        uint64_t word = head_of(text, (size_t)(s - text), (size_t)(end - text));
        const struct stem *stem = &n->stems[home(word)];

        for (; stem->bytes != 0; stem = next_stem(n, stem)) {
            bool begins = (word & stem->mask) == stem->bytes;

            *must |= begins ? stem->must : 0;
            *also |= begins ? stem->also : 0;
        }
    }
}

/* ---- what others call -------------------------------------------------------------
 */

int
noise_new(struct noise **out, struct why *why)
{
    struct noise *n = calloc(1, sizeof(*n));
    int rc = n == NULL ? ERR_NOMEM : 0;

    *out = NULL;
    for (size_t i = 0; rc == 0 && i < N_RULES; i++) {
        struct pattern *p = &n->patterns[i];

        add_stems(n, i);
        rc = compile(rules[i].must, &p->must, why);
        if (rc == 0)
            rc = compile(rules[i].also, &p->also, why);
        if (rc == 0)
            rc = compile(rules[i].unless, &p->unless, why);
    }
    if (rc == 0) {
        n->data = pcre2_match_data_create(1, NULL);
        n->context = pcre2_match_context_create(NULL);
        if (n->data == NULL || n->context == NULL)
            rc = ERR_NOMEM;
        else
            (void)pcre2_set_match_limit(n->context, NOISE_STEPS);
    }
    if (rc != 0)
        noise_free(&n);
    *out = n;
    return rc;
}

void
noise_free(struct noise **n)
{
    if (*n == NULL)
        return;
    for (size_t i = 0; i < N_RULES; i++) {
        pcre2_code_free((*n)->patterns[i].must);
        pcre2_code_free((*n)->patterns[i].also);
        pcre2_code_free((*n)->patterns[i].unless);
    }
    pcre2_match_data_free((*n)->data);
    pcre2_match_context_free((*n)->context);
    free(*n);
    *n = NULL;
}

/* The piece of text that matches goes into matched[size], if that is wanted. */
static bool
matches(const struct noise *n, const pcre2_code *code, const char *text, char *matched,
        size_t size)
{
    size_t *at;

    if (pcre2_match(code, (PCRE2_SPTR)text, strlen(text), 0, 0, n->data, n->context) <
        0)
        return false;
    if (matched != NULL) {
        at = pcre2_get_ovector_pointer(n->data);
        (void)str_copyn(matched, size, text + at[0], at[1] - at[0]);
    }
    return true;
}

static bool
hits(const struct noise *n, size_t rule, const char *text, struct noise_hit *hit)
{
    const struct pattern *p = &n->patterns[rule];

    return matches(n, p->must, text, hit->matched, sizeof(hit->matched)) &&
           (p->also == NULL || matches(n, p->also, text, NULL, 0)) &&
           (p->unless == NULL || !matches(n, p->unless, text, NULL, 0));
}

/* The rules of a row's text that can hit. */
static rule_set
hopeful(const struct noise *n, rule_set must, rule_set also)
{
    return (must | n->always) & (also | n->alone);
}

bool
noise_find(const struct noise *n, const char *title, const char *summary,
           struct noise_hit *hit)
{
    rule_set must = 0, also = 0, in_title, in_both;
    char both[TEXT_BYTES] = "";

    add_rules(n, title, &must, &also);
    in_title = hopeful(n, must, also);
    add_rules(n, summary, &must, &also);
    in_both = hopeful(n, must, also);
    for (size_t i = 0; i < N_RULES; i++) {
        bool is_title = rules[i].where == TITLE;
        bool hopes = ((is_title ? in_title : in_both) >> i & 1) != 0;

        if (!is_title && both[0] == '\0' && (hopes || CHECKS_STEMS))
            (void)str_fmt(both, sizeof(both), "%s\n%s", title, summary);
        assert(hopes || !hits(n, i, is_title ? title : both, hit)); /* a stem lacks */
        if (!hopes || !hits(n, i, is_title ? title : both, hit))
            continue;
        hit->reason = rules[i].reason;
        hit->rule = rules[i].name;
        return true;
    }
    return false;
}

const char *
noise_reason(size_t i)
{
    size_t seen = 0;

    for (size_t k = 0; k < N_RULES; k++)
        if ((k == 0 || !str_eq(rules[k].reason, rules[k - 1].reason)) && seen++ == i)
            return rules[k].reason;
    return NULL;
}
