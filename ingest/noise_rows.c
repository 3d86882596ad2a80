#include "ingest/noise_rows.h"

#include <stddef.h>

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
    "scott\\+scott|berger montague|block & leviton|labaton|lowey dannenberg|dicello "  \
    "levitt|purcell & lefkowitz|claimsfiler|kuehn law|bfa law|djs law|holzer|grabar|"  \
    "investor counsel|wohl & fruchter|lynch carpenter|gibbs mura|julie & holleman|"    \
    "shamis & gentile|strauss borrelli|gainey mckenna|bleichmar fonti|"                \
    "dilworth paxson|edelson lechtzin)\\b"
#define FIRM_STEMS                                                                     \
    "law rosen pomerant robbins bronstei levi faruqi glancy portnoy schall kessler "   \
    "hagens bragar kirby johnson halper bernstei gross montever ademi "
#define LAW_FIRM_STEMS FIRM_STEMS "llp attorney"
#define PLAINTIFFS_STEMS                                                               \
    FIRM_STEMS                                                                         \
    "class litigati kahn howard frank kaskela brodsky rigrodsk wolf scott berger "     \
    "kuehn bfa djs block labaton lowey dicello purcell claimsfi holzer grabar "        \
    "dilworth edelson investor wohl lynch gibbs julie shamis strauss gainey bleichma"
#define STOCK "\\b(stocks?|shares?|investors?|traders?)\\b"
/* What a price does, did and is doing. */
#define GOES                                                                           \
    "(falls?|drops?|slides?|slips?|dips?|plunges?|tanks?|tumbles?|sinks?|slumps?|"     \
    "crash(es)?|craters?|nosedives?|plummets?|sheds?|declines?|rises?|jumps?|climbs?|" \
    "surges?|soars?|gains?|rall(y|ies)|pops?|rockets?|skyrockets?|spikes?)"
#define WENT                                                                           \
    "(fell|dropped|slid|slipped|dipped|plunged|tanked|tumbled|sank|slumped|crashed|"   \
    "cratered|nosedived|plummeted|shed|declined|rose|jumped|climbed|surged|soared|"    \
    "gained|rallied|popped|rocketed|skyrocketed|spiked|fallen|risen|sunk)"
#define GOING                                                                          \
    "(falling|dropping|sliding|slipping|dipping|plunging|tanking|tumbling|sinking|"    \
    "slumping|crashing|cratering|plummeting|declining|rising|jumping|climbing|"        \
    "surging|soaring|gaining|rallying|popping|rocketing|skyrocketing|spiking)"
#define BEATEN "(obliterated|crushed|hammered|destroyed|wrecked)"
#define MOVE_STEMS                                                                     \
    "fall fell drop slid slip dip dips dipped plung tank tumbl sink sank slum crash "  \
    "crater nosed plumm rise rises rose jump climb surg soar gain rall pop pops "      \
    "popped rocket skyroc spike shed sheds decline risen sunk "
/* What goes up and down and is no price of a share: a company's own figures. */
#define FIGURE                                                                         \
    "\\b(revenues?|sales|income|profits?|earnings|eps|ebitda|margins?|dividends?|"     \
    "distributions?|orders?|backlog|bookings|production|output|deliveries|shipments|"  \
    "volumes?|traffic|subscribers?|customers|users?|members|assets|reserves|"          \
    "resources?|loans|deposits|cash|capacity|guidance|rates?|prices?|costs?|grades?|"  \
    "survival|mortality|risk|quarter|stake)\\b"
/* A figure of the text is not among what was told so far. */
#define NO_FIGURE "^((?!" FIGURE ").)*?\\K"
#define SINCE                                                                          \
    "(after|amid|as|despite|following|on|ahead of|before|today|yesterday|premarket|"   \
    "this (week|month))\\b"
#define ESTIMATED                                                                      \
    "(revenues?|earnings|sales|eps|profits?|\\S+ sales)( (and|&) (revenues?|earnings|" \
    "sales|eps))? (estimates|expectations|forecasts|consensus)\\b"
#define BREAKTHROUGH                                                                   \
    "\\b(breakthrough|pivotal|phase (3|iii)|fda approv\\w+|accelerated approval|"      \
    "positive topline|met (its |the )?primary endpoint|exceeded expectations|"         \
    "first-in-class|statistically significant)\\b"

const struct noise_row noise_rows[NOISE_ROWS] = {
    {"noise_legal", "notice to holders with losses", NOISE_BOTH,
     "alert notice reminder loss / class lead deadline law llp investig contact "
     "lawsuit encourag remind",
     "\\b(shareholder|investor|stockholder|securities|deadline) (alert|notice|reminder)"
     "\\b|\\binvestors? (with|who suffered|who lost)\\b.{0,30}\\bloss",
     "\\b(class action|lead plaintiff|deadlines?|law (firm|offices?)|llp|"
     "investigat\\w+|contact|lawsuit|encourages?|reminds?)\\b",
     NULL},
    {"noise_legal", "lead plaintiff notice", NOISE_BOTH,
     "plaintif class / remind encourag urge should contact announce deadline opportun "
     "losses",
     "\\b(lead plaintiff|class action (lawsuit|deadline)|class period)\\b",
     "\\b(reminds?|encourages?|urges?|should contact|contact (the |our )?firm|"
     "announces? that|deadline|opportunity to lead|losses)\\b",
     "\\b(settles|dismiss\\w*|its (suit|lawsuit|motion)|extension)\\b"},
    {"noise_legal", "law firm solicits", NOISE_BOTH,
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
    {"noise_legal", "a plaintiffs' firm calls", NOISE_TITLE, PLAINTIFFS_STEMS,
     PLAINTIFFS_FIRM,
     "\\b(invites?|seeks?|asks whether|is investigating|investigat(es?|ing|ion)|"
     "probes?|inquire|lost money|losses|join|class action|securities fraud|seek "
     "counsel|filing date|deadline|fair(ness)?|fiduciary|reminds|urges|encourages|"
     "notif(y|ies|ying)|alerts?|announces (a|the) (class|filing|investigation)|"
     "contact|act (now|before))\\b",
     "\\b(acquires?|joins|appoints|names|former|building|verdict)\\b"},
    {"noise_legal", "holders are told to act", NOISE_TITLE,
     "class securiti lost suffered",
     "\\bclass actions?\\b|\\bsecurities (fraud )?(lawsuit|suit|case|litigation|"
     "investigation)\\b|\\blost money (on|in|with)\\b|\\bsuffered (\\w+ )?losses\\b",
     "\\b((investor|holder|shareholder|stockholder|purchaser)s? (should|can|may|are "
     "(urged|encouraged|reminded|advised|invited)|have (until|time|opportunity))|"
     "(join|contact|speak (to|with)|learn more|act) (a|the|our|us|now|by|before|today)|"
     "contact|your (rights|options|losses))\\b",
     NULL},
    {"noise_legal", "holders who lost money", NOISE_TITLE,
     "sharehol stockhol holders recover free class securiti announce did if",
     "\\b(share|stock)?holders who lost (money|a substantial)\\b|\\brecover (your|"
     "their) losses\\b|\\bfree (consultation|case (evaluation|review))\\b|\\bclass "
     "action (reminder|alert|notice)\\b|^(securities |shareholder )*class action "
     "(law)?(suit )?((has|have) been )?(filed|announced|commenced)\\b|\\bannounces "
     "(that )?(an? |the )?(filing of (an? )?)?(securities )?(fraud )?class action "
     "(lawsuit )?(has been filed|against|on behalf)\\b|\\b(did|if) you los[et] "
     "money\\b",
     NULL, NULL},
    {"noise_legal", "a law firm looks for clients", NOISE_TITLE,
     "llp llc pllc law investig encourag remind urges",
     "\\b(llp|pllc|p\\.a\\.|p\\.c\\.|law (group|llc)),? (is |are |announces an? |"
     "announces |continues to )?(investigat(es?|ing|ions?)|encourages|reminds|"
     "urges)\\b",
     NULL, NULL},
    {"retrospective", "why it moved", NOISE_TITLE, "why here what",
     "\\bwhy\\b.{0,60}" STOCK ".{0,52}\\b(up|down|lower|higher|moving|trading|getting|"
     "got|selling|buying|" GOES "|" WENT "|" GOING "|" BEATEN ")\\b|"
     "^(\\[\\w+\\] )?why\\b.{1,60}\\b(is|are|was|were) (\\w+ )?(up|down|lower|higher|"
     "moving|trading|" GOING ")\\b|^(\\[\\w+\\] )?why\\b.{0,80}\\b(stocks?|shares)\\b|"
     "\\bwhy (investors|traders) are\\b|"
     "\\bhere(['\xe2]\\S{0,2})?s why\\b|\\bwhat happened (to|with)\\b|"
     "\\bwhat(['\xe2]\\S{0,2}s| is) (going on|happening) with\\b",
     NULL, NULL},
    {"retrospective", "shares moved", NOISE_TITLE, "stoc shar",
     "^(stock|shares) " WENT
     "\\b|\\b((stock|shares)|shares of .{1,40}) ((just|\\w+ly) )?"
     "(" GOES "|" WENT
     "|up|down|(moved?s?|traded?s?) (up|down|lower|higher)) ((by |over "
     "|more than |nearly |about )?[\\d.]+ ?(%|percent\\b)|sharply\\b|" SINCE ")|"
     "\\b(stock|shares) (has|have) (just )?" WENT " |"
     "\\b(stock|shares) (hits?|reach(es|ed)?|touch(es|ed)?) (an? |its |new )*(\\S+ )?"
     "(52-week|all-time|record|\\S+-(year|month)) (high|low)s?\\b",
     NULL, NULL},
    {"retrospective", "shares moved so many percent", NOISE_TITLE,
     MOVE_STEMS "lose loses lost down up",
     NO_FIGURE
     "\\b(" GOES "|" WENT "|loses?|lost) (by |over |more than |nearly |about )?"
     "(\\d+(\\.\\d+)?( ?%| percent\\b)|\\d+\\.\\d+\\b(?! ?%))(?! ?(x|m|b|k|million|"
     "billion|per|stake|interest|of|increase|basis|points?|metres|meters)\\b|\\("
     "k\\))|" NO_FIGURE "\\b(up|down) [\\d.]+ ?%",
     "\\b(stock|shares)\\b|\\([A-Z.]{1,6}\\)|\\[[A-Z.]{1,6}\\]|"
     "^\\S+( \\S+)? " GOES " [\\d.]+ ?%( " SINCE "|[,:;?!]|$)",
     NULL},
    {"retrospective", "moved after what is told", NOISE_TITLE,
     "plunge plummet drop fall surge soar jump climb rall tumble sink slide slump "
     "crater nosedive / cut cuts cutting lower reduc miss disappoi",
     "\\b(plunge|plummet|drop|fall|surge|soar|jump|climb|rall(y|ie)|tumble|sink|slide|"
     "slump|crater|nosedive)(e?s)? after\\b",
     "\\bafter\\b.{0,80}\\b(cut(s|ting)?|lower(s|ed|ing)?|reduc\\w+|miss(es|ed|ing)?|"
     "disappoint\\w*)\\b",
     NULL},
    {"retrospective", "holders got hurt", NOISE_TITLE,
     "oblitera crushed hammered destroye wrecked",
     "\\b(gets?|got|getting|been) " BEATEN "\\b|\\b(stock|shares) (\\w+ )?" BEATEN
     "\\b",
     NULL, NULL},
    {"retrospective", "where the stock stands today", NOISE_TITLE, "stoc shar",
     "\\b(stock|shares|shares of .{1,40}) (is|are) (\\w+ )?(up(?! for)|down|lower|"
     "higher|" GOING ")\\b",
     "\\b(today|again|now|yesterday|this (week|month|morning|year)|(on )?(mon|tues|"
     "wednes|thurs|fri)day|in (early|premarket|after-hours)|here('| i|"
     "\xe2\\S{0,2})s|trading (up|down|lower|higher))\\b",
     NULL},
    {"retrospective", "earnings as read from a table", NOISE_TITLE,
     "loss line in-line beat miss top tops topped lag lags lagg surpass match matc "
     "meet meets snapshot break key",
     "\\breports? q[1-4] ((earnings )?loss|beats?|miss(es)?|tops?|lags?)\\b|"
     "\\breports? .{0,20}\\bin[- ]line\\b|\\bearnings miss(es)?\\b|\\bearnings (and "
     "revenues? )?(lag|miss|beat|top|surpass|match|meet|"
     "snapshot)\\b.{0,12}\\b(estimates|expectations)\\b|\\bearnings snapshot\\b|"
     "\\b(miss(es|ed)?|beats?|tops?|topped|lags?|lagged|"
     "surpass(es|ed)?|match(es|ed)?|meets?) (q[1-4] )?" ESTIMATED "|"
     "\\b(misses|missed|beats|tops|topped|lags|surpasses) q[1-4] (estimates|"
     "expectations)\\b|\\bbreak-even earnings\\b|\\bkey metrics (have to|tell|versus|"
     "vs)|\\blook at (its )?key metrics\\b",
     NULL, "\\b(announces|guidance)\\b"},
    {"retrospective", "how it did against the market", NOISE_TITLE,
     "market since surpasse outpaces trails while",
     "\\b(than|outpaces|as|trails|beats|lags) (the )?((broader|general|overall|stock) "
     ")?market( (gains?|dips?|sinks?|falls?|rises?|trends?|drops?))?\\b.{0,3}(:|$)|"
     "\\bsince (its )?last earnings\\b|\\b(surpasses|outpaces|trails) (the )?(stock "
     ")?market (returns|gains)\\b|\\bwhile (the )?market (improves|falls|gains|"
     "declines|rises)\\b",
     NULL, NULL},
    {"retrospective", "before the earnings", NOISE_TITLE,
     "report what know preview before ahead estimate expects expected countdow",
     "\\b(will|may|could)\\b.{0,40}\\breport (negative|positive|(a )?(decline|"
     "rise))\\b.{0,12}\\bearnings\\b|\\bcountdown to\\b.{0,60}\\bearnings\\b|\\bahead "
     "of .{1,40} earnings:|\\bwhat(['\xe2]\\S{0,2}s| is) in (the cards|store)\\b|"
     "\\bestimates again in its next\\b|\\bwhat to (look (out )?for|expect|watch|"
     "know)\\b|\\bknow the trend ahead\\b|\\bearnings preview\\b(?!.*\\bresults?\\b)|"
     "\\bpreview: .{0,60}\\b(earnings|results)\\b|\\bbefore (its )?(q[1-4] )?"
     "earnings\\b|\\bahead of (its )?(q[1-4] )?earnings(:|$)|\\bestimate "
     "\\S+.{0,20} to report a (decline|rise)\\b|\\bwhat investors (need to|should) "
     "know\\b|\\bwall street expects\\b|"
     "\\bearnings expected to (grow|decline|rise|fall)\\b",
     NULL,
     "\\bto report earnings after\\b|\\b(raises|lowers|cuts|guidance|preliminary|"
     "acquires|names|appoints|resigns|steps down|wins|signs)\\b"},
    {"summary_article", "opinion of a presenter", NOISE_TITLE,
     "zacks motley cramer mad thestree",
     "\\bzacks\\b|\\bmotley fool\\b|\\b(jim )?cramer\\b|\\bmad money\\b|"
     "\\bthestreet\\b",
     NULL, NULL},
    {"summary_article", "digest", NOISE_TITLE,
     "here what why explaine analysis opinion commenta roundup wrap digest recap "
     "making movers watch",
     "\\bhere(['\xe2]\\S{0,2})?s what (you need to know|happened)\\b|\\bwhat you "
     "(need to|should) know\\b|^why (is|did)\\b|: why (is|did)\\b|^(explainer|"
     "analysis|opinion|commentary):|\\b(roundup|wrap-up):|\\bdaily digest\\b|"
     "\\bmarket recap\\b|\\bstocks making (\\S+ ){0,3}moves\\b|\\bmovers and "
     "shakers\\b|\\bstocks to watch\\b",
     NULL, NULL},
    {"summary_article", "transcript or list of stocks", NOISE_TITLE,
     "transcri stocks movers today insiders",
     "\\bearnings call transcript\\b|\\b\\d+ (\\w+ )?stocks (to (buy|sell|own|avoid)|"
     "that|you)\\b|\\b(morning|midday|premarket|after-hours|biggest) movers\\b|"
     "\\bstock market today\\b|\\binsiders (bought|sold|are (buying|selling))\\b",
     NULL, NULL},
    {"summary_article", "advice to buy or to sell", NOISE_TITLE,
     "late reason should better forecast predicti is are buy invested trending "
     "underval rating",
     "\\btoo late to (buy|sell)\\b|\\b(\\d+|one|two|three|four|five) (\\w+ )?reasons? "
     "(to (buy|sell|own|avoid|hold|love|consider)|why)\\b|\\bshould (you|investors) "
     "(buy|sell|own|hold|worry)\\b|\\bbetter (buy|stock)\\b|\\bstock (forecast|"
     "prediction)\\b|^(is|are) .{0,80}\\b(a|an|the) (\\w+ ){0,3}(buy|sell|bargain|"
     "opportunity)\\b|^prediction:|\\ba buy (now|today|right now)\\b|\\bif you('d| "
     "had) invested\\b|^(\\d+|one|two|three|four|five) (\\w+ )?reasons\\b|"
     "\\btrending stock\\b|\\bundervalued right now\\b|\\brs rating\\b",
     NULL, NULL},
    {"calendar", "says when it will say something", NOISE_TITLE,
     "date timing to will schedule / results earnings conferen webcast",
     "\\bschedules\\b|\\b(announces|sets|confirms) (the )?(dates?|timing|(\\w+ "
     "){0,5}(release|call) date)\\b|\\b(to|will) (report|release|announce|issue|"
     "webcast|host|hold)\\b.{0,60}\\b(on (mon|tues|wednes|thurs|fri)\\w*\\b|(jan|feb|"
     "mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\\.? \\d)",
     "\\b(results|earnings|conference call|webcast)\\b", NULL},
    {"fund", "a fund's distribution or value", NOISE_TITLE,
     "distribu asset / etf etfs fund closed municipa income",
     "\\b((cash|monthly|quarterly|special|final) )?distributions?\\b(?! (agreement|"
     "deal|rights|cent|partner))|\\bnet asset values?\\b|\\bsources of distribution\\b",
     "\\b(etfs?|funds?|closed-end|municipal|income trust)\\b",
     "\\b(raises|launches|invest(s|ment)|acquires?)\\b"},
    {"presentation", "takes part in a conference", NOISE_TITLE,
     "particip attend speak take appearan fireside upcoming",
     "\\b(to|will) (participate|attend|speak|take part)\\b.{0,80}\\b(conferences?|"
     "summit|forum|symposium|fireside|panel|expo)\\b|\\b(participat(es|ion)|"
     "appearance) (at|in)\\b.{0,80}\\b(conferences?|summit|forum|symposium|expo)\\b|"
     "\\bfireside chat\\b|\\bupcoming (\\w+ ){0,2}(conferences?|events)\\b",
     NULL, BREAKTHROUGH},
    {"presentation", "will present or exhibit", NOISE_TITLE,
     "showcase unveil present exhibit shown",
     "\\b(to|will) (showcase|unveil)\\b.{0,60}\\bat\\b|\\b(to|will) (present|"
     "exhibit)( (at|to|new|updated|data|interim|preliminary|\\w+ \\w+ data))?\\b|"
     "\\b(presenting|exhibiting|presents?( data)?) at\\b|\\bannounce(s|ment of) "
     "presentation\\b|\\bpresentation of\\b|\\bpresent(s|ing)? ((new|updated|interim|"
     "preliminary|additional|clinical|preclinical|safety|long-term|late-breaking) "
     ")*data\\b|\\b(announces|highlights) (\\S+ ){0,4}presentations?\\b|\\b(data|oral|"
     "poster|late-breaking|upcoming|live) (\\S+ )?presentations?\\b|\\b(accepted|"
     "selected) for (\\S+ ){0,2}presentation\\b|\\b(to|will) be presented at\\b|"
     "\\b(data|results|abstracts?) (\\w+ ){0,4}(to|will) be (presented|shown)\\b|"
     "\\bexhibits at\\b",
     NULL, BREAKTHROUGH},
    {"non_substantive", "not aware of a reason", NOISE_BOTH,
     "aware explanat knowledg informat unaware cannot knows know developm",
     "\\bnot aware of (any )?(\\w+ ){0,3}(reasons?|information|developments?|changes?|"
     "facts?|events?|explanation|cause|matters?|news)\\b|\\bno (explanation|knowledge) "
     "(for|of|regarding)\\b|\\b(has|have) no information (for|of|regarding)\\b|\\bno "
     "(corporate|undisclosed) developments?\\b|\\b(is|are) unaware of any\\b|\\bcannot "
     "(account for|explain) (the|its|any|this|shares?|stock|price|trading|unusual|"
     "recent)"
     "\\b|"
     "\\b(knows?|aware) of no (\\w+ ){0,2}(reasons?|explanation|cause|changes?|"
     "developments?|information)\\b",
     NULL, NULL},
    {"non_substantive", "nothing to report", NOISE_BOTH,
     "change undisclo pending nothing price activity clarify clarifie respond comment",
     "\\bno material changes?\\b(?! (to|in) ((its|our|the) )?(guidance|outlook|"
     "strategy|plans?|terms))|\\bno (undisclosed|pending) (material )?(information|"
     "announcements?)\\b|\\bnothing to report\\b|\\bnotice on price fluctuation\\b|"
     "\\btrading activity notice\\b|\\bclarif(y|ies) (the )?recent (unusual "
     ")?trading\\b|\\b(responds to|comments on) (the )?(recent|unusual) "
     ".{0,30}\\b(activity|moves?)\\b",
     NULL, NULL},
    {"non_substantive", "knows of nothing", NOISE_TITLE,
     "reason unaware cannot explanat informat facts develop update",
     "\\bno (known |apparent |obvious )?reasons? (for|behind) (the |its |any "
     ")?(recent |unusual )?(trading|price|share|stock|move|rise|increase|volume|"
     "activity|surge)\\b|\\bunaware of (any )?(reasons?|developments?|news|cause)\\b|"
     "\\bcannot explain (its |the |recent )?(trading|price|share|stock|move|rise|"
     "volume|activity)\\b|\\bno explanation available\\b|\\bno (undisclosed "
     ")?material (information|facts|updates?|developments?)\\b",
     NULL, NULL},
    {"non_substantive", "about its own price", NOISE_TITLE,
     "update activity fluctuat movement move moves volatil trading",
     "\\b(trading|market) activity (notice|update)\\b|\\b(updates?|notice|clarif\\w+|"
     "statement|comments?|respon(se|ds))( (on|re|regarding|concerning|about|to|of|the|"
     "its|regulatory|inquiry|query|recent|unusual|unexplained|abnormal|share|stock|"
     "market|trading|price))* (shares?|stock|market|trading|price|volume) (activity|"
     "fluctuations?|movements?|moves?|volatility)\\b|^(\\S+ ){0,2}trading update( for "
     "(share|stock)holders| statement| announcement)?$|\\b(generic|general|routine) "
     "trading update\\b",
     NULL, NULL},
    {"non_substantive", "says nothing of what", NOISE_TITLE, "announce",
     "^\\S+( \\S+)? announces$", NULL, NULL},
    {"non_substantive", "title too short", NOISE_TITLE, NULL, "^.{0,19}$", NULL, NULL},
};
