/* conform - recorded cases against what is built here
 *
 * A case is data: {area, name, input, expected}, sometimes with `policy: known_bug` and
 * `better`.  An area is a row with an adapter, which writes for one input the JSON that
 * `expected` describes.  Covering one more area is one adapter and one row.
 */
#ifndef CATALYST_CONFORM_H
#define CATALYST_CONFORM_H

#include "base/json.h"
#include "base/jsonw.h"

#include <stdbool.h>
#include <stddef.h>

/* Writes exactly one value, or nothing where what it needs is not there: the case is
 * skipped then. */
typedef void conform_fn(const struct json *input, struct jsonw *out);

struct area {
    const char *name;
    conform_fn *run;
    const char *not_compared; /* keys of `expected` for things that do not exist here,
                                 space separated; NULL: none */
};

extern const struct area areas[];
extern const size_t n_areas;

const struct area *area_find(const char *name); /* NULL: not yet covered */

/* Where we differ on purpose; docs/deviations.md says why. */
struct deviation {
    const char *area, *name; /* of the case */
    const char *ours;        /* JSON of what we give; NULL: the case is skipped, since
                                its data or what it asks of are not here */
};

/* NULL when we mean to agree. */
const struct deviation *deviation_find(const char *area, const char *name);

/* True when `got` has all that `want` has: the same value, or for objects each key but
 * those of not_compared; a number x_min or x_max that we do not give bounds our x, and
 * a text under "contains" is an element of one of our lists. Numbers agree to a
 * millionth. */
bool
json_agrees(const struct json *want, const struct json *got, const char *not_compared);

/* Text of a case into out[size], cut if need be: plain, or {repeat, count, then} for a
 * long one.  "" for anything else.  Returns out. */
const char *case_text(const struct json *j, char *out, size_t size);

/* A time as the cases write it: whole seconds, +00:00.  size: CLOCK_ISO_SIZE + 8. */
const char *case_time(int64_t ms, char *out, size_t size);

/* ---- adapters: one a row ---- */

conform_fn conform_ticker_title, conform_ticker_summary, conform_ticker_feed;
conform_fn conform_public_items, conform_ticker_resolver, conform_relevance,
    conform_relevance_bounds;
conform_fn conform_ticker_rank, conform_ticker_article;
conform_fn conform_entry, conform_valid_ticker, conform_ticker_listed, conform_unlisted,
    conform_instrument;
conform_fn conform_cik, conform_cik_real, conform_cik_primary;
conform_fn conform_accession, conform_edgar_url, conform_signature;
conform_fn conform_story_title, conform_similarity, conform_temporal,
    conform_same_title, conform_foreign;
conform_fn conform_stories, conform_freshness_gate, conform_freshness_age,
    conform_freshness_ingest;
conform_fn conform_retrospective, conform_legal_noise, conform_substantive;
conform_fn conform_presentation, conform_summary;
conform_fn conform_source_domain, conform_source_tier;
conform_fn conform_offering_stage, conform_is_offering, conform_is_debt;
conform_fn conform_offering_correction, conform_offering_label;
conform_fn conform_offering_sentiment;
conform_fn conform_keywords, conform_sentiment, conform_negative_bypass;
conform_fn conform_price_change, conform_quote_page, conform_quote_float;
conform_fn conform_score, conform_metrics_score, conform_decision;

conform_fn conform_amount, conform_earnings_detect, conform_earnings_parse,
    conform_earnings_sentiment;
conform_fn conform_terms, conform_dilution, conform_severity;
conform_fn conform_guidance_direction, conform_guidance_scope,
    conform_guidance_confidence;
conform_fn conform_filing_impact, conform_filing_catalyst, conform_filing_depth,
    conform_filing_item, conform_filing_priority, conform_filing_negative,
    conform_filing_digest;
conform_fn conform_divergence, conform_volume_change, conform_extended;
conform_fn conform_float_points, conform_short_points, conform_points, conform_squeeze,
    conform_squeeze_boost, conform_insider;
conform_fn conform_regime, conform_trend, conform_regime_confidence,
    conform_high_volatility, conform_regime_multiplier, conform_regime_full;
conform_fn conform_opinions;
conform_fn conform_parse_number, conform_float_validate, conform_float_classify;
conform_fn conform_cache_freshness, conform_float_chain;
conform_fn conform_vwap_calculate, conform_vwap_bands;
conform_fn conform_rvol_bands, conform_rvol_intraday;
conform_fn conform_hours_open, conform_market_hours;
conform_fn conform_html_clean, conform_timestamp, conform_canonical_link;
conform_fn conform_time_ago, conform_change_text, conform_mentions, conform_badges;
conform_fn conform_alert_lines, conform_alert_embed, conform_alert_id;
conform_fn conform_feed_state, conform_feed_alternates, conform_outage;
conform_fn conform_seen, conform_feed_batch, conform_stable_id;
conform_fn conform_sec_stream, conform_filing_class, conform_exchange;
conform_fn conform_discord_retry, conform_discord_headers, conform_discord_spacing;

#endif
