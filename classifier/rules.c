#include "classifier/rules.h"

#include "base/hash.h"
#include "base/str.h"
#include "classifier/filing.h"
#include "classifier/guidance.h"
#include "classifier/offering.h"
#include "classifier/sentiment.h"

/* Words that make an item strongly negative whatever its score.  "default" and
 * "lawsuit" only where a company's own trouble is meant: an app has defaults, and law
 * firms write of lawsuits for a living.  Offerings are judged by their stage. */
static const char negatives[] =
    "dilution|dilutive|warrant|delisting|delisted|bankruptcy|bankrupt|trial failed|"
    "trial fails|fda rejected|fda rejects|faces * lawsuit|hit with * lawsuit|"
    "lawsuit alleges|lawsuit alleging|named in * lawsuit|lawsuit filed against|"
    "files lawsuit against|sued by|sec lawsuit|doj lawsuit|going concern|chapter 11|"
    "chapter 7|restructuring|debt default|loan default|payment default|"
    "event of default|notice of default|defaults on|defaulted on|in default|"
    "insolvent|insolvency";

static const char solicitors[] =
    "law firm|law offices|shareholder alert|investor alert|lead plaintiff|"
    "deadline reminder|deadline alert|investors who lost|class action deadline|"
    "investigates claims|on behalf of shareholders|on behalf of investors|"
    "shareholders who lost|who lost money|opportunity to lead|suffered losses|"
    "rosen law|pomerantz|bragar eagel|levi korsinsky";

/* Phrases that mean something else than the words of a category within: an acquisition
 * vehicle's name is no acquisition, neither is the agreement by which a company sells
 * its own shares, and who emerges from bankruptcy is bankrupt no more. */
static const char names[] =
    "securities purchase agreement|note purchase agreement|unit purchase agreement|"
    "common stock purchase agreement|employee stock purchase|"
    "acquisition corp|acquisition corporation|acquisition co|acquisition inc|"
    "acquisition company|acquisition holdings|acquisition limited|acquisition ltd|"
    "acquisition corp i|acquisition corp ii|acquisition corp iii|"
    "collaboration platform|immunotherapy inc|gene therapy inc|cell therapy inc|"
    "amendment and restatement|"
    /* what is undone or over */
    "emerges from * chapter 11|emerged from * chapter 11|emergence from * chapter 11|"
    "exits chapter 11|exited chapter 11|exit from chapter 11|emerges from bankruptcy|"
    "emerged from bankruptcy|emergence from bankruptcy|exits bankruptcy|"
    "exited bankruptcy|exit from bankruptcy|terminate * merger agreement|"
    "terminates * merger agreement|terminated * merger agreement|"
    "termination of * merger agreement|terminate * acquisition|"
    "terminates * acquisition|terminated * acquisition|termination of * acquisition|"
    "terminates * purchase agreement|termination of * purchase agreement|"
    "terminate * business combination|terminates * business combination|"
    "termination of * business combination|calls off * acquisition|"
    "abandons * acquisition|terminates * collaboration|termination of * collaboration|"
    "loses * contract|lost * contract|loss of * contract|cancels * contract|"
    "contract * cancelled|contract * canceled|terminates * contract|"
    "terminates * strategic partnership|withdraws * delisting|delisting * withdrawn|"
    "no statistically significant|not statistically significant|"
    "no statistical significance|not reach statistical significance|"
    "not achieve statistical significance|did not * statistical significance|"
    "noncompliance * minimum bid requirement|noncompliance * listing requirement|"
    "non-compliance * minimum bid requirement|non-compliance * listing requirement|"
    "deficiency * minimum bid requirement|deficiency * listing requirement|"
    "fails to meet * minimum bid requirement|below * minimum bid requirement|"
    "failure to * minimum bid requirement|not * comply * minimum bid requirement|"
    "not in compliance * minimum bid requirement|to regain compliance|"
    "to regain nasdaq compliance|to regain nyse compliance|"
    "halts * trial early for * efficacy|stops * trial early for * efficacy|"
    "halted early for * efficacy|stopped early for * efficacy|"
    "refusal to file * new drug application|refusal to file * bla";

static const char figures[] =
    "eps|earnings|revenue|sales|loss per share|net loss|net income|"
    "loss of|profit of|estimate|consensus";

/* The rows of a table, each with the tag first + its place; NULL rows have none. */
static int
add_words(struct match *m, const char *const *phrases, size_t n, int first,
          struct why *why)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < n; i++) {
        if (phrases[i] != NULL)
            rc = match_add(m, phrases[i], first + (int)i, why);
    }
    return rc;
}

static int
add_singles(struct match *m, struct why *why)
{
    static const struct {
        const char *phrases;
        int tag;
    } rows[] = {{negatives, RULES_NEGATIVE},
                {solicitors, RULES_SOLICITOR},
                {names, RULES_NAME},
                {figures, RULES_FIGURES}};
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < STR_LEN(rows); i++)
        rc = match_add(m, rows[i].phrases, rows[i].tag, why);
    return rc;
}

static int
compile(struct match *m, struct why *why)
{
    int rc = add_singles(m, why);

    if (rc == 0)
        rc = add_words(m, digest_phrases, DIGEST_WORDS, RULES_DIGEST, why);
    for (int i = 0; rc == 0 && i < GUIDANCE_WORDS; i++)
        rc = add_words(m, &guidance_rows[i].phrases, 1, RULES_GUIDANCE + i, why);
    for (int i = 0; rc == 0 && i < KEYWORD_COUNT; i++)
        rc = match_add(m, keyword_rows[i].phrases, RULES_KEYWORD + i, why);
    if (rc == 0)
        rc = offering_add(m, RULES_OFFERING, why);
    for (size_t i = 0; rc == 0 && i < n_sentiment_rows; i++)
        rc = match_add(m, sentiment_rows[i].phrases, RULES_SENTIMENT + (int)i, why);
    return rc;
}

static int
read_allowed(struct rules *r, const char *list, struct why *why)
{
    const char *cursor = list, *piece;
    size_t n;

    r->any_category = true;
    while ((piece = str_piece(&cursor, " ,", &n)) != NULL) {
        char name[KEYWORD_NAME];
        int i;

        (void)str_copyn(name, sizeof name, piece, n);
        if ((i = keyword_find(name)) < 0)
            return why_set(why, ERR_CONFIG,
                           "classifier.categories_allow: no category \"%.*s\"", (int)n,
                           piece);
        r->allowed[i] = true;
        r->any_category = false;
    }
    return 0;
}

int
rules_open(struct rules *out, const struct conf *conf, struct why *why)
{
    int rc;

    *out = (struct rules){
        .min_score = conf->classifier.min_score,
        .min_sent_abs = conf->classifier.min_sent_abs,
        .price_ceiling = conf->classifier.price_ceiling,
        .price_floor = conf->classifier.price_floor,
        .min_avg_volume = conf->classifier.min_avg_volume,
    };
    rc = read_allowed(out, conf->classifier.categories_allow, why);
    if (rc == 0 && (rc = match_new(&out->match)) != 0)
        rc = why_set(why, rc, "out of memory");
    if (rc == 0)
        rc = compile(out->match, why);
    if (rc != 0)
        rules_close(out);
    return rc;
}

void
rules_close(struct rules *r)
{
    match_free(&r->match);
}

void
rules_stamp(const struct rules *r, const struct weights *w, char *out)
{
    char text[256 + KEYWORD_COUNT];
    size_t used;

    (void)str_fmt(text, sizeof text, "%s %a %a %a %a %a %d ", w->hash, r->min_score,
                  r->min_sent_abs, r->price_ceiling, r->price_floor, r->min_avg_volume,
                  r->any_category);
    used = strlen(text);
    for (int i = 0; i < KEYWORD_COUNT; i++)
        text[used++] = r->allowed[i] ? '1' : '0';
    hash128_hex(text, used, out);
}
