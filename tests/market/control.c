/* The market's own paths: the judge, the knobs, the symbol files. */
#include "market.h"

#include "base/json.h"
#include "base/str.h"
#include "route.h"
#include "server.h"

static const char json_type[] = "application/json";

/* {"ok":true} and the state of a knob are too little to write a handler for each. */
static void
done(struct answer *a, const char *key, int64_t value)
{
    struct jsonw w;

    a->type = json_type;
    jsonw_init(&w, &a->body);
    jw_object(&w, NULL);
    jw_bool(&w, "ok", true);
    jw_int(&w, key, value);
    jw_end(&w);
    buf_addc(&a->body, '\n');
}

static void
refuse(struct answer *a, const char *why)
{
    struct jsonw w;

    answer_text(a, 400, json_type, "");
    jsonw_init(&w, &a->body);
    jw_object(&w, NULL);
    jw_bool(&w, "ok", false);
    jw_str(&w, "why", why);
    jw_end(&w);
    buf_addc(&a->body, '\n');
}

void
control_judge(struct market *m, const struct request *r, struct answer *a)
{
    struct jsonw w;

    (void)r;
    a->type = json_type;
    jsonw_init(&w, &a->body);
    jw_object(&w, NULL);
    judge_write(m->judge, &w, clock_boot_us(m->clock));
    jw_int(&w, "now_wall_ms", clock_wall_ms(m->clock));
    webhooks_write(m->webhooks, &w);
    faults_write(&m->faults, &w);
    crumb_write(&m->crumbs, &w);
    jw_int(&w, "stories", (int64_t)news_len(m->news));
    jw_num(&w, "latency", m->latency);
    if (m->server != NULL) {
        jw_int(&w, "connections", (int64_t)server_connections(m->server));
        jw_int(&w, "bad_requests", (int64_t)server_bad_requests(m->server));
    }
    jw_end(&w);
    buf_addc(&a->body, '\n');
}

void
control_requests(struct market *m, const struct request *r, struct answer *a)
{
    double since = request_number(r, "since", 0);

    a->type = "application/x-ndjson";
    judge_requests(m->judge, since > 0 ? (uint64_t)since : 0, &a->body);
}

void
control_webhooks(struct market *m, const struct request *r, struct answer *a)
{
    struct jsonw w;

    (void)r;
    a->type = json_type;
    jsonw_init(&w, &a->body);
    webhooks_messages(m->webhooks, &w);
    buf_addc(&a->body, '\n');
}

void
control_reset(struct market *m, const struct request *r, struct answer *a)
{
    (void)r;
    judge_reset(m->judge);
    webhooks_reset(m->webhooks);
    for (size_t i = 0; i < m->faults.n; i++)
        m->faults.rules[i].hits = 0;
    done(a, "reset", 1);
}

void
control_publish(struct market *m, const struct request *r, struct answer *a)
{
    int64_t now_ms = clock_wall_ms(m->clock);
    double n = request_number(r, "n", 1);
    char feed[32];
    int where =
        request_arg(r, "feed", feed, sizeof feed) ? feed_find(feed) : FEED_COUNT;
    size_t added = 0;
    struct why why = {""};

    if (r->body_len > 0) {
        if (news_publish_json(m->news, r->body, r->body_len, now_ms, &added, &why) !=
            0) {
            refuse(a, why.text);
            return;
        }
    } else if (where >= 0 && n >= 0 && n <= NEWS_MAX) {
        news_publish(m->news, added = (size_t)n, (enum feed)where, now_ms);
    }
    done(a, "published", (int64_t)added);
}

void
control_fault(struct market *m, const struct request *r, struct answer *a)
{
    char rows[REQUEST_TARGET];
    struct why why = {""};
    int rc;

    request_arg(r, "rule", rows, sizeof rows);
    rc = r->body_len > 0 ? faults_add(&m->faults, r->body, r->body_len, &why)
                         : faults_add(&m->faults, rows, strlen(rows), &why);
    if (rc != 0)
        refuse(a, why.text);
    else
        done(a, "rules", (int64_t)m->faults.n);
}

void
control_fault_clear(struct market *m, const struct request *r, struct answer *a)
{
    (void)r;
    faults_clear(&m->faults);
    done(a, "rules", 0);
}

void
control_limits(struct market *m, const struct request *r, struct answer *a)
{
    int limits[GROUP_COUNT];

    for (int g = 0; g < GROUP_COUNT; g++)
        limits[g] = judge_limit(m->judge, (enum group)g);
    if (options_limits(r->query, limits) != 0) {
        refuse(a, "wants GROUP=N&...");
        return;
    }
    for (int g = 0; g < GROUP_COUNT; g++)
        judge_set_limit(m->judge, (enum group)g, limits[g]);
    done(a, "groups", GROUP_COUNT);
}

void
control_rates(struct market *m, const struct request *r, struct answer *a)
{
    int rates[GROUP_COUNT];

    for (int g = 0; g < GROUP_COUNT; g++)
        rates[g] = judge_rate(m->judge, (enum group)g);
    if (options_limits(r->query, rates) != 0) {
        refuse(a, "wants GROUP=N&...");
        return;
    }
    for (int g = 0; g < GROUP_COUNT; g++)
        judge_set_rate(m->judge, (enum group)g, rates[g]);
    done(a, "groups", GROUP_COUNT);
}

/* A group that is not named keeps its phases, with where it stands in them. */
void
control_phases(struct market *m, const struct request *r, struct answer *a)
{
    struct phases phases[GROUP_COUNT];
    int changed = 0;

    for (int g = 0; g < GROUP_COUNT; g++)
        phases[g].n = SIZE_MAX;
    if (options_phases(r->query, phases) != 0) {
        refuse(a, "wants GROUP=NxM,NxM,...&...");
        return;
    }
    for (int g = 0; g < GROUP_COUNT; g++)
        if (phases[g].n != SIZE_MAX) {
            judge_set_phases(m->judge, (enum group)g, &phases[g]);
            changed++;
        }
    done(a, "groups", changed);
}

/* ?ticker=GME&code=T1 halts, ?ticker=GME&resume=300 says when trading goes on. */
void
control_halt(struct market *m, const struct request *r, struct answer *a)
{
    int64_t now_ms = clock_wall_ms(m->clock);
    double resume_s = request_number(r, "resume", -1);
    char ticker[16], code[HALT_CODE];
    const struct listing *l;
    int rc;

    request_arg(r, "ticker", ticker, sizeof ticker);
    if ((l = universe_find(m->universe, str_upper(ticker))) == NULL) {
        refuse(a, "wants ticker=LISTED and code=T1 or resume=SECONDS");
        return;
    }
    halts_open(&m->halts, m->universe, now_ms);
    if (!request_arg(r, "code", code, sizeof code))
        str_copy(code, sizeof code, "T1");
    rc = resume_s >= 0 ? halts_lift(&m->halts, l, now_ms + (int64_t)(resume_s * 1000))
                       : halts_add(&m->halts, l, code, now_ms);
    if (rc != 0)
        refuse(a, err_str(rc));
    else
        done(a, "halts", (int64_t)m->halts.n);
}

/* Every crumb that was given is old from now on. */
void
control_crumb_expire(struct market *m, const struct request *r, struct answer *a)
{
    (void)r;
    done(a, "generation", (int64_t)++m->crumbs.generation);
}

void
control_manners(struct market *m, const struct request *r, struct answer *a)
{
    m->manners = !str_eq(r->query, "off");
    done(a, "manners", m->manners);
}

void
control_era(struct market *m, const struct request *r, struct answer *a)
{
    char why[128];

    if (options_era(r->query, &m->finviz_era) == 0) {
        done(a, "eras", 1);
        return;
    }
    str_fmt(why, sizeof why, "wants finviz=ERA of %s", finviz_era_names);
    refuse(a, why);
}

void
control_latency(struct market *m, const struct request *r, struct answer *a)
{
    char text[32];

    request_arg(r, "factor", text, sizeof text);
    if (options_latency(text, &m->latency) != 0)
        refuse(a, "factor wants seed, zero or a number");
    else
        done(a, "latency", (int64_t)m->latency);
}

void
control_nasdaqlisted(struct market *m, const struct request *r, struct answer *a)
{
    (void)r;
    a->type = "text/plain";
    universe_nasdaqlisted(m->universe, &a->body);
}

void
control_otherlisted(struct market *m, const struct request *r, struct answer *a)
{
    (void)r;
    a->type = "text/plain";
    universe_otherlisted(m->universe, &a->body);
}

void
control_company_tickers(struct market *m, const struct request *r, struct answer *a)
{
    (void)r;
    a->type = json_type;
    universe_company_tickers(m->universe, &a->body);
}

void
control_health(struct market *m, const struct request *r, struct answer *a)
{
    (void)m;
    (void)r;
    answer_text(a, 200, "text/plain", "ok\n");
}

void
control_index(struct market *m, const struct request *r, struct answer *a)
{
    size_t n;
    const struct route *rows = route_rows(&n);

    (void)m;
    (void)r;
    a->type = "text/plain";
    for (size_t i = 0; i < n; i++)
        buf_addf(&a->body, "%-6s %s%s\n", rows[i].method, rows[i].path,
                 rows[i].rest ? "..." : "");
}
