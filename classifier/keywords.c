#include "classifier/keywords.h"

#include "base/str.h"

const struct keyword_row keyword_rows[KEYWORD_COUNT] = {
    {"fda", 1.4, KEYWORD_PLAIN,
     "fda approval|fda approves|fda approved|fda clearance|fda clears|fda cleared|"
     "510(k)|de novo|de novo clearance|fast track designation|fast track status|"
     "orphan drug designation|orphan drug status|accelerated approval|priority review|"
     "biologics license application|bla approval|new drug application|nda approval|"
     "investigational new drug|ind application|expanded access|compassionate use|"
     "committee votes in favor|committee voted in favor|committee recommends approval|"
     "committee backs|votes to recommend approval|pma approval"},
    {"clinical", 1.3, KEYWORD_PLAIN,
     "phase 3|phase iii|phase 2|phase ii|breakthrough|fast track|orphan drug|"
     "primary endpoint met|met * primary endpoint|meets * primary endpoint|"
     "primary endpoint achieved|achieved * primary endpoint|statistically significant|"
     "statistical significance|pivotal trial|pivotal study|data readout|topline data|"
     "top-line data|topline results|top-line results|clinical hold lifted|"
     "lifts clinical hold"},
    {"energy_discovery", 1.15, KEYWORD_PLAIN,
     "oil discovery|gas discovery|drilling results|drilling program|well completion|"
     "well test|well results|proved reserves|probable reserves|reserves expansion|"
     "reserves upgrade|reserves increase|production increase|production milestone|"
     "field development|horizontal drilling|unconventional resources"},
    {"advanced_therapies", 1.25, KEYWORD_PLAIN,
     "gene therapy|gene therapies|cell therapy|cell therapies|car-t|crispr|"
     "gene editing|biomarker|companion diagnostic|monoclonal antibody|"
     "monoclonal antibodies|small molecule|biologic|immunotherapy|immuno-oncology|"
     "checkpoint inhibitor"},
    {"tech_contracts", 1.35, KEYWORD_PLAIN,
     "government contract|federal contract|defense contract|enterprise agreement|"
     "cloud contract|cloud migration|saas agreement|platform agreement|"
     "licensing agreement|patent granted|patent issued|patent approval"},
    {"partnership", 2.15, KEYWORD_PLAIN,
     "contract award|awarded * contract|wins * contract|strategic partnership|"
     "collaboration|distribution agreement"},
    {"uplisting", 1.3, KEYWORD_PLAIN,
     "uplisting|uplists to|uplist to|listed on nasdaq|transfer to nasdaq|"
     "transfer * listing to nasdaq|transfers * listing to nasdaq"},
    /* Of "offering" only what is one of shares: products are offered as well. */
    {"dilution", -1.0, KEYWORD_OFFERING,
     "public offering|direct offering|registered direct|secondary offering|"
     "underwritten offering|follow-on offering|shelf offering|stock offering|"
     "share offering|equity offering|offering of * shares|offering of * stock|"
     "offering of * units|atm offering|at-the-market offering|at the market offering|"
     "at-the-market equity|at-the-market program|atm program|prospectus supplement|"
     "priced * offering|prices * offering|pricing of * offering|upsizes * offering|"
     "upsized * offering|offering size|intends to offer|plans to offer|dilution"},
    {"going_concern", -2.0, KEYWORD_PLAIN, "going concern"},
    {"crypto_blockchain", 1.0, KEYWORD_PLAIN,
     "bitcoin etf|spot bitcoin etf|crypto etf|blockchain contract|"
     "blockchain partnership|institutional adoption|digital asset|crypto wallet|"
     "digital wallet|layer 2|scaling solution|web3|tokenization|bitcoin mining|"
     "crypto mining|cbdc|central bank digital currency"},
    {"mining_resources", 1.0, KEYWORD_PLAIN,
     "mineral discovery|resource estimate|feasibility study|pre-feasibility study|pea|"
     "preliminary economic assessment|mining permit|environmental approval|"
     "offtake agreement|critical mineral|rare earth|measured and indicated|"
     "inferred resources|lithium|cobalt|graphite"},
    {"activist_institutional", 1.0, KEYWORD_PLAIN,
     "activist investor|activist stake|discloses * stake|builds * stake|"
     "proxy fight|shareholder proposal|board seat|"
     "strategic review|spin-off|asset sale|share buyback|stock repurchase|"
     "share repurchase|insider buying|director purchase|special committee"},
    {"ai_quantum", 1.0, KEYWORD_PLAIN,
     "ai contract|artificial intelligence|nvidia partnership|gpu partnership|"
     "quantum computing|quantum algorithm|machine learning|deep learning|"
     "semiconductor design|chip design|data center contract|edge computing|autonomous"},
    {"compliance", 1.0, KEYWORD_PLAIN,
     "regains compliance|regained compliance|regain compliance|nasdaq compliance|"
     "nyse compliance|listing compliance|listing requirement|minimum bid requirement|"
     "bid price compliance|compliance notice|cure period|deficiency notice cured|"
     "listing requirements met|compliance restored|exchange compliance"},
    {"acquisition", 2.5, KEYWORD_PLAIN,
     "acquisition|acquires|acquired|to acquire|asset acquisition|asset purchase|"
     "technology acquisition|exclusive license|licensing deal|option agreement|rights "
     "acquisition|acquisition agreement|purchase agreement|merger agreement|announce "
     "merger|announces merger|agree to merge|agrees to merge|to merge with|merger of "
     "equals|definitive merger|strategic acquisition|business combination|acquires "
     "rights|therapeutic program acquisition"},
    {"earnings", 2.35, KEYWORD_PLAIN,
     "earnings beat|earnings surprise|revenue beat|eps beat|quarterly results exceed|"
     "record revenue|record earnings|profit increase|margin expansion|strong quarter|"
     "beat expectations|beats expectations|beat estimates|beats estimates|"
     "tops estimates|above consensus|better than expected"},
    {"guidance", 1.0, KEYWORD_PLAIN,
     "raised guidance|raises guidance|raises * guidance|guidance increase|"
     "outlook raised|raises * outlook|forecast increased|upward revision|"
     "positive outlook|full year guidance raised|annual guidance raised|"
     "increased full-year guidance|raises full-year guidance|guidance above consensus"},
    {"earnings_negative", -1.5, KEYWORD_PLAIN,
     "earnings miss|eps miss|revenue miss|misses estimates|missed estimates|"
     "misses expectations|missed expectations|below consensus|below estimates|"
     "falls short of * estimates|fell short of * estimates|profit warning|"
     "worse than expected"},
    {"guidance_negative", -1.5, KEYWORD_PLAIN,
     "lowers guidance|lowered guidance|cuts guidance|guidance cut|guidance lowered|"
     "outlook lowered|outlook cut|forecast cut|withdraws guidance|downward revision"},
    {"offering_negative", -1.5, KEYWORD_OFFERING,
     "public offering|direct offering|registered direct offering|"
     "underwritten offering|follow-on offering|secondary offering|shelf offering|"
     "shelf registration"},
    {"warrant_negative", -1.0, KEYWORD_PLAIN,
     "warrant|pre-funded warrant|common stock warrant|warrant exercise|"
     "warrant pricing"},
    {"dilution_negative", -1.5, KEYWORD_DIRE,
     "share issuance|dilutive offering|equity financing|stock issuance"},
    {"distress_negative", -2.5, KEYWORD_DIRE,
     "delisting|delisted|delisting risk|nasdaq delisting|nyse delisting|bankruptcy|"
     "bankrupt|chapter 11|chapter 7|going concern warning|restatement|financial "
     "restatement|sec investigation|fraud investigation|insolvent|insolvency"},
    {"trial_negative", -2.5, KEYWORD_PLAIN,
     "phase 2 * fails to meet|phase 3 * fails to meet|phase 2 * failed to meet|phase 3 "
     "* failed to meet|fails to meet|failed to meet|did not meet|misses primary "
     "endpoint|missed primary endpoint|trial fails|trial failed|on clinical hold|"
     "places * clinical hold|placed * clinical hold|imposes * clinical hold|issues * "
     "clinical hold|receives * clinical hold|no statistically significant|not "
     "statistically significant|did not * statistical significance|not achieve * "
     "primary endpoint|failed to achieve * endpoint|fails to show|fails to demonstrate|"
     "patient death|death of a patient|committee votes against|votes against approval|"
     "committee voted against|failed to demonstrate|failed to show|futility|refusal to "
     "file|refuse to file|refuse-to-file|complete response letter|fda rejects|fda "
     "rejected|discontinues * trial|terminates * trial|halts * trial"},
};

int
keyword_find(const char *name)
{
    for (int i = 0; i < KEYWORD_COUNT; i++) {
        if (str_eq(keyword_rows[i].name, name))
            return i;
    }
    return -1;
}
