#include "classifier/sentiment.h"

#include "base/str.h"

/* The lexicon.  Values are what one phrase says alone: 0.9 changes a company's fate,
 * 0.6 is clearly good or bad news, 0.4 news of a kind, 0.1 a shade that is no opinion
 * alone. */
const struct sentiment_row sentiment_rows[] = {
    {SENTIMENT_PHRASE, 0.9,
     "fda approval|fda approves|fda approved|receives approval|wins approval|granted "
     "approval|regulator approved|regulator approves|primary endpoint met|met * "
     "primary endpoint|meets * primary endpoint|achieved * primary endpoint|met * main "
     "goal|meets * main goal|to be acquired|agrees to be acquired|halts * trial early "
     "for * efficacy|stops * trial early for * efficacy|halted early for * efficacy|"
     "stopped early for * efficacy|jury awards|rules in favor of|ruling in favor|"
     "verdict in favor|all-cash acquisition|takeover offer|takeover bid|buyout offer"},
    {SENTIMENT_PHRASE, 0.6,
     "committee votes in favor|committee voted in favor|committee recommends "
     "approval|votes to recommend approval|beats|earnings beat|revenue beat|profit "
     "beat|beat estimates|strong * growth|brisk demand|extends survival|extended "
     "survival|prolongs survival|upper end of|top end of|turns the corner|first * "
     "profit|strikes oil|strikes gas|strikes gold|oil discovery|gas discovery|lands "
     "* deal|lands * contract|lands * order|priority review|beat expectations|beat "
     "forecasts|beats estimates|beats expectations|tops estimates|tops expectations|"
     "topped estimates|exceeds expectations|exceeded expectations|exceeded * "
     "expectations|exceeded * forecast|exceed last year|above expectations|above "
     "estimates|above consensus|better than expected|better than forecast|better "
     "than feared|stronger than expected|lower than feared|ahead of * forecast|ahead "
     "of expectations|ahead of plan|record revenue|record earnings|record sales|"
     "record profit|record quarter|record results|record backlog|record orders|"
     "record * production|record high|highest * profit|all-time high|breakthrough|"
     "statistically significant|statistical significance|positive topline|positive "
     "top-line|positive results|positive data|clinical hold lifted|lifts clinical "
     "hold|strong demand|strong growth|regains compliance|regained compliance|"
     "uplisting|wins contract|wins * contract|won * contract|won * tender|wins * "
     "tender|won * order|wins * order|awarded * contract|awarded * order|secures * "
     "contract|secured * contract|secures * order|secured * order|contract award|"
     "received * order|receives * order|patent granted|clears * ind|fda clearance|"
     "breakthrough therapy designation|fast track designation|orphan drug "
     "designation|special dividend|returns to profit|returned to profit|return to "
     "profit|swings to profit|swung to profit|swings to a profit|swung to a profit|"
     "turned a loss * into|loss * into a profit|loss into profit|turned to profit|"
     "turned to a profit|turns profitable|turned a profit|wins * lawsuit|won * "
     "lawsuit|prevails in|prevailed in|wins * appeal|dismissal of * lawsuit|"
     "dismissal of * class action|dismissal of * action|dismissal of * complaint|"
     "dismisses * lawsuit|dismisses * class action|dismissed * class action|lawsuit "
     "* dismissed|class action * dismissed|emerges from * chapter 11|emerged from * "
     "chapter 11|emergence from * chapter 11|exits chapter 11|emerges from "
     "bankruptcy|emerged from bankruptcy|emergence from bankruptcy|exits bankruptcy|"
     "annual savings|cost savings|savings of|ends * lawsuit|settles * lawsuit|"
     "lawsuit dismissed|dismissed * lawsuit"},
    {SENTIMENT_PHRASE, 0.4,
     "buy back shares|buys back shares|analyst upgrade|selected by|chosen by|picked up|"
     "picks up|strategic partnership|strategic alliance|signed * contract|signs * "
     "contract|contract to supply|contract to deliver|supply contract|agreement to "
     "supply|agreement to deliver|order worth|orders worth|order from|share buyback|"
     "share repurchase|stock repurchase|buyback|upgraded|upgrade to buy|outperform|"
     "outperforms|outperformed|strong quarter|strong results|remained strong|was "
     "strong|robust|solid results|solid growth|reached * profitability|was good|were "
     "good|good result|developed well|developed favourably|successful|awarded|wins|"
     "secures|secured|improves|improved|improvement|to improve|will improve|"
     "strengthens|strengthened|increases * distribution|raises * distribution|to "
     "strengthen|strengthening|favorable|favourable|positive impact|positive effect|"
     "positively|positive|upbeat|momentum|reinstates dividend|initiates dividend|debt "
     "free|oversubscribed|accelerates|better|gains|rebound|rebounds|recovers|recovery|"
     "recovered|meet * rising demand|meet * growing demand|boosts * growth"},
    {SENTIMENT_PHRASE, 0.1,
     "launches|launch|signs|agreement|approved|innovative|opportunity|growth|strong|"
     "confident|leading|benefit|partnership|collaboration|expands|expansion|"
     "profitable|profitability|milestone|successfully|new order|gain"},
    {SENTIMENT_PHRASE, -0.1,
     "concern|uncertainty|headwind|volatile|cautious|terminated|negotiation|"
     "investigates|claims|close|closing"},
    {SENTIMENT_PHRASE, -0.4,
     "scraps dividend|scraps * dividend|abandons|abandoned|abrupt|abruptly|quits|quit|"
     "accused|alleges|alleged|misled|leak|spill|shuts|sluggish|halts * study|halts * "
     "trial|lower end of|bottom end of|slowed|trails * forecast|trails * estimate|"
     "analyst downgrade|delays|delay|delayed|challenging|difficult|slowdown|slowed|"
     "weak|weaker|weakened|weakening|weakens|softness|poor|poorer|worse|worsened|"
     "deteriorated|deteriorating|under pressure|warns of|hurt|hurts|hit by|suffered|"
     "suffers|reduction in workforce|layoff|lay off|laid off|lays off|job cut|jobs at "
     "risk|loss of * jobs|redundancies|redundant|personnel negotiations|"
     "codetermination negotiations|restructuring|downgraded|downgrade|underperform|"
     "warns|warned|warning|disappointing|disappoints|disappointed|below expectations|"
     "below estimates|below consensus|below last year|below * last year|unfavorable|"
     "unfavourable|negative impact|negative effect|negatively|negative|step down|steps "
     "down|resigns|resignation|shortfall|writedown|write-down|impairment charge|late "
     "filing|unable to file|lawsuit|ordered to pay|must pay|sued|class action|subpoena|"
     "data breach|cyberattack|recall|recalls|recalled|plant closure|close * plant|"
     "closes * plant|closing * plant|close * factory|shut * plant|shut * mill|close * "
     "mill|strike|net loss of|operating loss of|made a loss|made an operating loss|"
     "posted a loss|loss-making|is fined|was fined|fined|fines|at a discount|lost|"
     "loses"},
    {SENTIMENT_PHRASE, -0.6,
     "misses|missed|misses estimates|misses expectations|missed estimates|missed "
     "expectations|falls short|fell short|fall short|profit warning|worse than "
     "expected|worse than forecast|weaker than expected|weaker than forecast|"
     "weaker-than-expected|weak demand|weak results|withdraws guidance|withdraws * "
     "outlook|swings to loss|swung to loss|swings to a loss|swung to a loss|slides "
     "to a loss|slid to a loss|falls to a loss|fell to a loss|slips to a loss|profit "
     "* into a loss|turned to a loss|slips into loss|clinical hold|partial clinical "
     "hold|complete response letter|safety concern|adverse event|serious adverse|"
     "terminates * agreement|terminates * contract|contract terminated|contract * "
     "terminated|terminated for default|termination of * agreement|loses contract|"
     "sec investigation|fraud investigation|doj investigation|short seller report|"
     "material weakness|restatement|restates|non-reliance|deficiency notice|"
     "noncompliance|non-compliance|notice of delinquency|dilution|dilutive|reverse "
     "stock split|reverse split|suspends * dividend|fails to show|failed to show|"
     "fails to demonstrate|failed to demonstrate|patient death|death of a patient|"
     "committee votes against|votes against approval|committee voted against|wider "
     "than expected|wider-than-expected|terminate * agreement|merger * terminated|"
     "merger called off|calls off * merger|calls off * acquisition|walks away from|"
     "contract * cancelled|contract * canceled|cancels * contract|cancels * order|"
     "withdraws * guidance|withdrew * guidance|suspends * guidance|refusal to file|"
     "refuse to file|places * clinical hold|no statistically significant|not "
     "statistically significant|futility|did not * statistical significance|suspends "
     "production|halts production|halted production|discontinues|discontinue "
     "development|halts trial|pauses trial|warning letter|to junk|cut * in half|cuts "
     "* in half"},
    {SENTIMENT_PHRASE, -0.9,
     "but withdraws * guidance|but warns|bankruptcy|bankrupt|chapter 11|chapter 7|"
     "insolvent|insolvency|liquidation|delisting|delisted|going concern|going "
     "concern warning|substantial doubt|trial failed|trial fails|failed * primary "
     "endpoint|fails * primary endpoint|failed * main goal|fails * main goal|did not "
     "meet * primary endpoint|did not meet * endpoint|missed primary endpoint|misses "
     "primary endpoint|fda rejects|fda rejected|fda declines|rejected by * fda|fraud|"
     "fraudulent|indicted|defaults on|event of default|notice of default|in default|"
     "wound down|ceases operations|cease operations"},
    {SENTIMENT_FORECAST, 0.6,
     "raises guidance|raised guidance|raises * guidance|raises * outlook|raises * "
     "forecast|raised * outlook|raised * forecast|upgrades * outlook|upgraded * "
     "outlook|upgraded * guidance|boosts outlook"},
    {SENTIMENT_FORECAST, -0.6,
     "cuts guidance|cut guidance|lowers guidance|lowered guidance|lowered * guidance|"
     "cuts * guidance|lowers * guidance|cuts * outlook|lowers * outlook|lowered * "
     "outlook|cuts * forecast|lowers * forecast|lowered * forecast"},
    /* what stands behind "but" is the news */
    {SENTIMENT_FORECAST, -0.9,
     "but cuts * guidance|but cuts * outlook|but cuts * forecast|but lowers * "
     "guidance|but lowers * outlook|but lowers * forecast"},
    {SENTIMENT_GOOD, 1.0,
     "revenue|net revenue|sales|net sales|profit|net profit|operating profit|pretax "
     "profit|pre-tax profit|profit before taxes|profit after taxes|profit for the "
     "period|earnings|income|net income|operating income|net interest income|interest "
     "income|premium income|fee income|eps|earnings per share|result|operating result|"
     "net result|margin|gross margin|operating margin|ebit|ebita|ebitda|adjusted "
     "ebitda|cash flow|free cash flow|guidance|outlook|forecast|demand|order|order "
     "intake|orders received|order book|booking|backlog|order backlog|dividend|"
     "production|output|shipment|deliveries|cash distribution|quarterly distribution|"
     "share|stock|price target|traffic|passenger|passenger numbers|subscriber|"
     "subscriber numbers|user|customer|visitor|circulation|advertising sales|workforce|"
     "job|personnel|staff|turnover|same-store sales|comparable sales|market share|"
     "market position|position|results|volume|sales volume|reserves|efficacy|survival|"
     "efficiency|productivity|capacity use|loan book|profitability|occupancy|occupancy "
     "rate|utilisation|utilization|equity ratio|return on equity|sales growth|profit "
     "growth"},
    {SENTIMENT_BAD, 1.0,
     "loss|losses|net loss|net losses|operating loss|pretax loss|pre-tax loss|loss "
     "after taxes|loss before taxes|loss per share|credit loss|loan loss|bad loan|"
     "bad debt|impairment loss|debt|net debt|cost|unit cost|production cost|raw "
     "material cost|raw material price|fuel cost|fuel price|freight cost|expense|"
     "operating expense|churn|deficit|cash burn|liability|liabilities|impairment|"
     "leverage|gearing|unemployment|vacancy|inventory|claim|fine|symptom|mortality|"
     "risk|cost of revenue|cost of sales|interest expense|delinquencies|charge-off|"
     "energy consumption|fuel consumption|emission|non-performing loan|lead time|tax "
     "rate|loss guidance|loss outlook|loss forecast|expense guidance|expense outlook|"
     "expense forecast|cost guidance|cost outlook|cost forecast|tax rate guidance|"
     "tax rate outlook|tax rate forecast|debt guidance|debt outlook|debt forecast|"
     "churn guidance|churn outlook|churn forecast"},
    {SENTIMENT_MOVE, 0.8,
     "soars|soared|soar|surges|surged|surge|skyrockets|skyrocketed|jumps|jumped|"
     "jump|rally|rallies|rallied|doubles|doubled|triples|tripled|quadrupled|rockets"},
    {SENTIMENT_MOVE, 0.6,
     "higher than expected|larger than expected|higher than forecast"},
    {SENTIMENT_MOVE, -0.6,
     "lower than expected|smaller than expected|lower than forecast"},
    {SENTIMENT_MOVE, 0.5,
     "rise|rises|rose|risen|rising|grow|grows|grew|grown|growing|increase|increases|"
     "increased|increasing|up|higher|climb|climbs|climbed|climbing|raise|raises|"
     "raised|raising|lift|lifts|hikes|hiked|boosts|boosted|advances|advanced|"
     "expanded|widen|widens|widened|widening|wider|gained|more than doubled|"
     "accelerated|larger|swells|strengthened|lifting|lifted|exceeded"},
    {SENTIMENT_MOVE, -0.5,
     "fall|falls|fell|fallen|falling|decline|declines|declined|declining|decrease|"
     "decreases|decreased|decreasing|down|lower|lowers|lowered|drop|drops|dropped|"
     "narrow|narrows|narrowed|narrowing|narrower|shrink|shrinks|shrank|dip|dips|"
     "dipped|slip|slips|slipped|slide|slides|slid|cut|cuts|cutting|reduce|reduces|"
     "reduced|reducing|trims|trimmed|eases|eased|contracted|smaller|slash|slashes|"
     "slashed|halved|weakened|weaken|cut back"},
    {SENTIMENT_MOVE, -0.8,
     "plunge|plunges|plunged|plummet|plummets|plummeted|tumble|tumbles|tumbled|"
     "crash|crashes|crashed|collapse|collapses|collapsed|slump|slumps|slumped|"
     "nosedives|sinks|sank|sunk"},
    {SENTIMENT_NOT, 0.0,
     "not|no|never|without|cannot|cant|wont|doesnt|didnt|isnt|fails to|failed to|"
     "fail to|unable to|denies|denied|rejects|rejected|no longer|lack of|lacks|"
     "absence of|avoids|avoided"},
    {SENTIMENT_TURN, 0.0,
     "less than expected|less than forecast|less than feared|less than anticipated|"
     "less sharply than|more slowly than|slower than expected|less than estimated"},
    {SENTIMENT_DEGREE, 1.3,
     "sharply|significantly|strongly|substantially|dramatically|greatly|massive|"
     "huge|deeply|well above|well below|far|markedly|clearly"},
    {SENTIMENT_DEGREE, 0.6,
     "slightly|modestly|marginally|somewhat|partly|a bit|nearly|moderately"},
    {SENTIMENT_VERSUS, 0.0,
     "compared to|compared with|as compared to|versus|vs|against|from|up from|"
     "down from"},
    {SENTIMENT_NOTHING, 0.0,
     "up to|make up|set up|start up|follow up|number of shares|share capital|share "
     "issue|share of|shares outstanding|voting rights|new shares|shares of|price of "
     "the share|subscription price|no effect|not * effect|not have * effect|growth "
     "companies|growth rate|earnings call|earnings date|earnings release|results of "
     "* meeting|loss adjuster|risk management|chief operating officer|stock exchange|"
     "stock option|purchase price|customer service|customers in|expected to close|"
     "amendment and restatement|"
     "dividend of|quarterly dividend of|close of|close to|from close|closing of|"
     "narrows guidance|narrows its guidance|narrows full year guidance|narrows "
     "outlook|narrows its outlook|narrows full year outlook|narrows * guidance range|"
     "narrows * outlook range|narrowed guidance|narrowed its guidance|narrowed full "
     "year guidance|narrowed outlook|narrowed its outlook|narrowed full year outlook|"
     "narrowed * guidance range|narrowed * outlook range"},
};

const size_t n_sentiment_rows = STR_LEN(sentiment_rows);
