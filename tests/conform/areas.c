#include "base/str.h"
#include "tests/conform/conform.h"

/* In the order in which an item meets them. */
const struct area areas[] = {
    {"html_clean", conform_html_clean, NULL},
    {"timestamp", conform_timestamp, NULL},
    {"canonical_link", conform_canonical_link, NULL},
    {"freshness_ingest", conform_freshness_ingest, NULL},
    {"freshness_gate", conform_freshness_gate, NULL},
    {"filter.freshness", conform_freshness_age, NULL},
    {"sec_accession", conform_accession, NULL},
    {"filing.edgar_url", conform_edgar_url, NULL},
    {"cik", conform_cik, NULL},
    {"cik_real", conform_cik_real, NULL},
    {"cik_primary", conform_cik_primary, NULL},
    {"dedupe_signature", conform_signature, "hex_length"},
    {"validate_ticker", conform_valid_ticker, NULL},
    {"runner_otc_suffix", conform_unlisted, NULL},
    {"crypto_ticker", conform_unlisted, NULL},
    {"news_velocity.dedupe", conform_stories, NULL},
    {"ticker_listed", conform_ticker_listed, NULL},
    {"otc_check", conform_unlisted, NULL},
    {"instrument_like", conform_instrument, NULL},
    {"unit_warrant", conform_instrument, NULL},
    {"ticker_title", conform_ticker_title, NULL},
    {"ticker_summary", conform_ticker_summary, NULL},
    {"ticker_feed_level", conform_ticker_feed, NULL},
    {"ticker_resolver", conform_ticker_resolver, NULL},
    {"normalize_entry", conform_entry, "id"},
    {"multi_ticker.relevance", conform_relevance, NULL},
    {"multi_ticker_score", conform_relevance_bounds, NULL},
    {"multi_ticker_select", conform_ticker_rank, NULL},
    {"multi_ticker.primary", conform_ticker_rank, NULL},
    {"multi_ticker_article", conform_ticker_article, NULL},
    {"legal_noise", conform_legal_noise, NULL},
    {"retrospective", conform_retrospective, NULL},
    {"substantive", conform_substantive, NULL},
    {"filter.substantive", conform_substantive, NULL},
    {"presentation_filter", conform_presentation, NULL},
    {"filter.conference", conform_presentation, NULL},
    {"summary_filter", conform_summary, NULL},
    {"source.domain", conform_source_domain, NULL},
    {"source.tier", conform_source_tier, NULL},
    {"offering.is_offering", conform_is_offering, NULL},
    {"offering.is_debt", conform_is_debt, NULL},
    {"offering.stage", conform_offering_stage, NULL},
    {"offering.label", conform_offering_label, "emoji"},
    {"offering.stage_sentiment", conform_offering_sentiment, NULL},
    {"offering.correction", conform_offering_correction, NULL},
    {"classify.keywords", conform_keywords, NULL},
    {"classify.sentiment", conform_sentiment, NULL},
    {"negative_bypass", conform_negative_bypass, NULL},
    {"classify.score", conform_score, "negative_keywords"},
    {"classify.enrich", conform_metrics_score, "enriched"},
    {"cycle_gate", conform_decision, "reason"},
    {"market.change", conform_price_change, NULL},
    {"market_hours", conform_market_hours, "warmup features"},
    {"float.parse_number", conform_parse_number, NULL},
    {"fundamental.parse_number", conform_parse_number, NULL},
    {"float.scrape_html", conform_quote_page, "source error"},
    {"fundamental.scrape_html", conform_quote_float, NULL},
    {"float.validate", conform_float_validate, NULL},
    {"float.classify", conform_float_classify, NULL},
    {"vwap.calculate", conform_vwap_calculate, NULL},
    {"vwap.bands", conform_vwap_bands, NULL},
    {"rvol.bands", conform_rvol_bands, NULL},
    {"rvol.hours_open", conform_hours_open, NULL},
    {"rvol.intraday", conform_rvol_intraday, NULL},
    {"discord_retry", conform_discord_retry, NULL},
    {"discord_rate_headers", conform_discord_headers, NULL},
    {"discord_spacing", conform_discord_spacing, NULL},
};

const size_t n_areas = sizeof areas / sizeof areas[0];

static const struct deviation deviations[] = {
    {"canonical_link", "feeds#8", "\"\""},
    {"canonical_link", "alert_guard#8", "null"},
    {"classify.score", "earnings moderate beat +1.0", NULL},
    {"classify.score", "multi-dimensional LLM sentiment, confidence 0.8: 70/30 blend",
     NULL},
    {"classify.enrich", "rvol x1.4, float x1.2, divergence +0.15, vwap x1.2", NULL},
    {"cycle_gate", "min_score_not_shadowed", NULL},
    {"cycle_gate", "otc_suffix", "{\"decision\": \"alert\"}"},
    {"normalize_entry", "class_share", NULL},
    {"multi_ticker.relevance",
     "trailing mention is still >= 40 (test expects < 40, fails)", NULL},
    {"multi_ticker_score", "score:AAPL:MSFT Announces Layoffs, AAPL A", NULL},
    {"offering.stage_sentiment", "unknown", NULL},
    {"validate_ticker", "BTC-USD", NULL},
    {"validate_ticker", "EUR/USD", NULL},
    {"cik_real", "edgar_link", NULL},
    {"cik_real", "edgar_link#8", NULL},
    {"cik_real", "edgar_link#10", NULL},
    {"cik_real", "edgar_link#11", NULL},
    {"cik_real", "edgar_link#25", NULL},
    {"cik_real", "edgar_link#30", NULL},
    {"cik_real", "edgar_link#45", NULL},
    {"instrument_like", "test_nasdaq_5letter_r_suffix:ABCDR", "true"},
    {"instrument_like", "test_nasdaq_5letter_r_suffix:XYZRR", "true"},
    {"instrument_like", "test_nasdaq_5letter_r_suffix:TESTR", "true"},
    {"instrument_like", "test_spaces_in_ticker:ABC -B", "true"},
    {"ticker_title", "test_mixed_patterns", "[\"BA\", \"AAPL\", \"NVDA\"]"},
    {"ticker_title", "test_dollar_ticker_disabled", "\"AAPL\""},
    {"classify.sentiment", "SEC filing, neutral title, positive summary",
     "{\"sentiment\": \"> 0\"}"},
};

const struct area *
area_find(const char *name)
{
    for (size_t i = 0; i < n_areas; i++)
        if (str_eq(areas[i].name, name))
            return &areas[i];
    return NULL;
}

const struct deviation *
deviation_find(const char *area, const char *name)
{
    for (size_t i = 0; i < STR_LEN(deviations); i++)
        if (str_eq(deviations[i].area, area) && str_eq(deviations[i].name, name))
            return &deviations[i];
    return NULL;
}
