#include "classifier/sentiment.h"

#include "base/str.h"

/* The lexicon.  Values are what one phrase says alone: 0.9 changes a company's fate,
 * 0.6 is clearly good or bad news, 0.3 a shade. */
const struct sentiment_row sentiment_rows[] = {
    {SENTIMENT_PHRASE, 0.9,
     "fda approval|fda approves|fda approved|receives approval|wins approval|"
     "granted approval|primary endpoint met|met * primary endpoint|"
     "meets * primary endpoint|achieved * primary endpoint|to be acquired|"
     "agrees to be acquired|all-cash acquisition|takeover offer|buyout offer"},
    {SENTIMENT_PHRASE, 0.6,
     "beats|beat estimates|beat expectations|beats estimates|beats expectations|"
     "tops estimates|tops expectations|topped estimates|exceeds expectations|"
     "exceeded expectations|above expectations|above estimates|above consensus|"
     "better than expected|better-than-expected|record revenue|record earnings|"
     "record sales|record profit|record quarter|record results|record backlog|"
     "record orders|all-time high|raises guidance|raised guidance|raises * guidance|"
     "raises * outlook|raises * forecast|raised * outlook|boosts outlook|"
     "breakthrough|statistically significant|statistical significance|"
     "positive topline|positive top-line|positive results|positive data|"
     "clinical hold lifted|lifts clinical hold|strong demand|strong growth|"
     "regains compliance|regained compliance|uplisting|wins contract|wins * contract|"
     "awarded * contract|secures * contract|contract award|patent granted|"
     "clears * ind|fda clearance|breakthrough therapy designation|"
     "fast track designation|orphan drug designation|special dividend|"
     "returns to profit|returned to profit|swings to profit|swung to profit|"
     "turns profitable|turned a profit"},
    {SENTIMENT_PHRASE, 0.4,
     "strategic partnership|strategic alliance|collaboration|partnership|"
     "share buyback|share repurchase|stock repurchase|buyback|upgraded|upgrade to buy|"
     "profitable|profitability|outperform|outperforms|outperformed|strong quarter|"
     "strong results|robust|solid results|solid growth|milestone|successful|"
     "successfully|expands|expansion|awarded|wins|secures|secured|accelerates|"
     "improves|improved|improvement|favorable|favourable|positive|upbeat|"
     "momentum|settles lawsuit|dismissed * lawsuit|lawsuit dismissed|"
     "reinstates dividend|initiates dividend|debt free|oversubscribed"},
    {SENTIMENT_PHRASE, 0.25,
     "launches|launch|signs|agreement|approved|innovative|opportunity|growth|strong|"
     "gains|gain|rebound|rebounds|recovers|recovery|confident|leading|benefit"},
    {SENTIMENT_PHRASE, -0.25,
     "delays|delay|delayed|concern|uncertainty|challenging|headwind|slowdown|weak|"
     "weaker|softness|cautious|investigates|volatile|pressure|warns of"},
    {SENTIMENT_PHRASE, -0.4,
     "reduction in workforce|layoffs|lays off|job cuts|restructuring|downgraded|"
     "downgrade|underperform|warns|warning|profit warning|disappointing|disappoints|"
     "disappointed|below expectations|below estimates|below consensus|"
     "worse than expected|weaker than expected|weaker-than-expected|"
     "weak demand|weak results|unfavorable|unfavourable|negative|steps down|resigns|"
     "resignation|shortfall|suspends * dividend|writedown|write-down|"
     "impairment charge|material weakness|late filing|unable to file|lawsuit|sued|"
     "class action|subpoena|data breach|cyberattack|recall|recalls|halts production|"
     "plant closure|strike|going private below"},
    {SENTIMENT_PHRASE, -0.6,
     "misses|missed|misses estimates|misses expectations|missed estimates|"
     "missed expectations|falls short|fell short|cuts guidance|cut guidance|"
     "lowers guidance|lowered guidance|cuts * guidance|lowers * guidance|"
     "cuts * outlook|lowers * outlook|cuts * forecast|withdraws guidance|"
     "withdraws * outlook|swings to loss|swung to loss|swings to a loss|"
     "swung to a loss|clinical hold|partial clinical hold|complete response letter|"
     "safety concern|adverse event|serious adverse|terminates agreement|"
     "contract terminated|termination of * agreement|loses contract|"
     "sec investigation|fraud investigation|doj investigation|short seller report|"
     "restatement|restates|non-reliance|deficiency notice|noncompliance|"
     "non-compliance|notice of delinquency|dilution|dilutive|reverse stock split|"
     "reverse split|suspends production|discontinues|discontinue development|"
     "halts trial|pauses trial|warning letter"},
    {SENTIMENT_PHRASE, -0.9,
     "bankruptcy|bankrupt|chapter 11|chapter 7|insolvent|insolvency|liquidation|"
     "delisting|delisted|going concern|going concern warning|trial failed|"
     "trial fails|failed * primary endpoint|fails * primary endpoint|"
     "did not meet * primary endpoint|did not meet * endpoint|missed primary endpoint|"
     "misses primary endpoint|fda rejects|fda rejected|fda declines|"
     "rejected by * fda|fraud|fraudulent|indicted|defaults on|event of default|"
     "notice of default|in default|wound down|ceases operations|cease operations"},
    {SENTIMENT_GOOD, 1.0,
     "revenue|net revenue|sales|net sales|profit|net profit|operating profit|earnings|"
     "income|net income|operating income|eps|earnings per share|margin|gross margin|"
     "ebitda|adjusted ebitda|cash flow|free cash flow|guidance|outlook|forecast|demand|"
     "order|booking|backlog|dividend|production|output|shipment|deliveries|share|stock|"
     "price target|traffic|subscriber|user|customer|workforce|job|turnover|"
     "same-store sales|comparable sales|market share|results|volume|backlog|reserves|"
     "efficacy|survival|efficiency|productivity|capacity"},
    {SENTIMENT_BAD, 1.0,
     "loss|losses|net loss|net losses|operating loss|loss per share|debt|net debt|cost|"
     "expense|operating expense|churn|deficit|cash burn|liability|liabilities|"
     "impairment|leverage|unemployment|vacancy|inventory|claim|fine|"
     "symptom|mortality|risk|cost of revenue|cost of sales|interest expense|"
     "delinquencies|charge-off"},
    {SENTIMENT_MOVE, 0.8,
     "soars|soared|soar|surges|surged|surge|skyrockets|skyrocketed|jumps|jumped|jump|"
     "doubles|doubled|triples|tripled|quadrupled|rockets"},
    {SENTIMENT_MOVE, 0.5,
     "rise|rises|rose|risen|rising|grow|grows|grew|growing|increase|increased|"
     "increasing|up|higher|climb|climbs|climbed|climbing|raise|raises|raised|raising|"
     "hikes|hiked|boosts|boosted|advances|advanced|expanded|widen|widens|widened|"
     "widening|wider|improved|gained|more than doubled|accelerated|larger|swells"},
    {SENTIMENT_MOVE, -0.5,
     "fall|falls|fell|fallen|falling|decline|declines|declined|declining|decrease|"
     "decreases|decreased|down|lower|lowers|lowered|drop|drops|dropped|narrow|narrows|"
     "narrowed|narrowing|narrower|shrink|shrinks|shrank|dip|dips|dipped|slip|slips|"
     "slipped|slide|slides|slid|cut|cuts|cutting|reduce|reduces|reduced|reducing|"
     "trims|trimmed|eases|eased|contracted|smaller|slashes|slashed|halved|sinks|sank"},
    {SENTIMENT_MOVE, -0.8,
     "plunge|plunges|plunged|plummet|plummets|plummeted|tumble|tumbles|tumbled|crash|"
     "crashes|crashed|collapse|collapses|collapsed|slump|slumps|slumped|nosedives"},
    {SENTIMENT_NOT, 0.0,
     "not|no|never|without|cannot|cant|wont|doesnt|didnt|isnt|fails to|failed to|"
     "fail to|unable to|denies|denied|rejects|rejected|no longer|lack of|lacks|"
     "absence of|avoids|avoided"},
    {SENTIMENT_DEGREE, 1.3,
     "sharply|significantly|strongly|substantially|dramatically|greatly|massive|huge|"
     "deeply|well above|well below|far"},
    {SENTIMENT_DEGREE, 0.6,
     "slightly|modestly|marginally|somewhat|partly|a bit|nearly|moderately"},
};

const size_t n_sentiment_rows = STR_LEN(sentiment_rows);
