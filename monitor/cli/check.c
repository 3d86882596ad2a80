/* catalyst check: is everything in place to run. */
#include "base/str.h"
#include "domain/symbols.h"
#include "monitor/cli/ask.h"
#include "monitor/cli/cli.h"
#include "monitor/cli/super.h"
#include "monitor/cli/table.h"
#include "wire/db.h"
#include "wire/proc.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HOUR_MS = 3600000, SOCKET_PATH_MAX = 107, PATH_ROOM = CONF_TEXT + 64 };

/* What was looked at, line by line. */
struct report {
    struct table table;
    struct jsonw json;
    struct buf json_text;
    bool ok;
};

__attribute__((format(printf, 4, 5))) static void
line(struct report *r, const char *what, bool ok, const char *fmt, ...)
{
    char text[1024];
    va_list args;

    va_start(args, fmt);
    (void)vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    r->ok = r->ok && ok;
    table_cell(&r->table, "%s", ok ? "ok" : "WRONG");
    table_cell(&r->table, "%s", what);
    table_cell(&r->table, "%s", text);
    jw_object(&r->json, NULL);
    jw_str(&r->json, "what", what);
    jw_bool(&r->json, "ok", ok);
    jw_str(&r->json, "text", text);
    jw_end(&r->json);
}

/* ---- what is looked at
 * ----------------------------------------------------------------- */

static bool
check_conf(struct cli *cli, struct report *r)
{
    struct buf errors;
    const char *at, *piece;
    size_t n;
    int rc;

    buf_init(&errors, 1 << 20);
    rc = proc_load_conf(&cli->conf, cli->conf_path, cli->sets, cli->n_sets, &errors);
    at = buf_str(&errors);
    while (rc != 0 && (piece = str_piece(&at, "\n", &n)) != NULL)
        line(r, "configuration", false, "%.*s", (int)n, piece);
    if (rc == 0)
        line(r, "configuration", true, "%s",
             str_empty(cli->conf.path) ? "no file, all defaults" : cli->conf.path);
    buf_free(&errors);
    return rc == 0;
}

/* A folder that is there must be ours to write; one that is not is made at the start.
 */
static void
check_dir(const char *what, const char *dir, bool private, struct report *r)
{
    struct stat st;

    if (stat(dir, &st) != 0) {
        line(r, what, errno == ENOENT, "%s: %s", dir,
             errno == ENOENT ? "will be made" : strerror(errno));
        return;
    }
    if (!S_ISDIR(st.st_mode) || access(dir, R_OK | W_OK | X_OK) != 0)
        line(r, what, false, "%s: not a folder that we may write", dir);
    else if (private && st.st_uid != geteuid())
        line(r, what, false, "%s: belongs to another user", dir);
    else
        line(r, what, true, "%s", dir);
}

static void
check_sockets(const struct conf *conf, struct report *r)
{
    char path[PATH_ROOM];
    size_t n;

    (void)proc_run_path(conf, "control-classifier", path, sizeof path);
    n = strlen(path);
    if (n > SOCKET_PATH_MAX)
        line(r, "sockets", false, "the name of run_dir is %zu bytes too long",
             n - SOCKET_PATH_MAX);
}

static void
check_db(const struct conf *conf, const char *file, struct report *r)
{
    char path[PATH_ROOM];
    struct db *db = NULL;
    struct db_stmt *s;
    struct why why = {""};
    int rc;

    (void)proc_data_path(conf, file, path, sizeof path);
    rc = db_open(&db, path, DB_READ, NULL, 0, &why);
    if (rc == ERR_NOT_FOUND) {
        line(r, file, true, "not there yet");
        return;
    }
    if (rc != 0) {
        line(r, file, false, "%s", why.text);
        return;
    }
    s = db_prepare(db, "PRAGMA quick_check(1)", &why);
    if (s == NULL)
        line(r, file, false, "%s", why.text);
    else if (db_step(s) != 1)
        line(r, file, false, "%s: %s", path, db_error(db));
    else
        line(r, file, str_eq(db_text(s, 0), "ok"), "%s: %s", path, db_text(s, 0));
    db_close(&db);
}

/* An http or https address with a host and nothing that may not stand in one. */
static bool
is_url(const char *url)
{
    const char *host = strstr(url, "://");

    if (!str_istarts(url, "http://") && !str_istarts(url, "https://"))
        return false;
    for (const char *c = url; *c != '\0'; c++)
        if ((unsigned char)*c <= ' ' || *c == 0x7f)
            return false;
    return strcspn(host + 3, "/?#") > 0;
}

static void
check_urls(const struct conf *conf, struct report *r)
{
    size_t good = 0, off = 0;

    for (size_t i = 0; i < conf->n_sources; i++) {
        good += is_url(conf->sources[i].base_url);
        if (!is_url(conf->sources[i].base_url))
            line(r, conf->sources[i].name, false, "base_url \"%s\" is no http address",
                 conf->sources[i].base_url);
    }
    for (size_t i = 0; i < conf->n_feeds; i++) {
        good += is_url(conf->feeds[i].url);
        off += !conf->feeds[i].enabled;
        if (!is_url(conf->feeds[i].url))
            line(r, conf->feeds[i].name, false, "url \"%s\" is no http address",
                 conf->feeds[i].url);
    }
    for (size_t i = 0; i < conf->n_sinks; i++) /* a webhook's address is a secret */
        if (str_eq(conf->sinks[i].kind, "discord") && !str_empty(conf->sinks[i].url) &&
            !is_url(conf->sinks[i].url))
            line(r, conf->sinks[i].name, false, "url is no http address");
    line(r, "addresses", true, "%zu sources, %zu feeds (%zu off), %zu well-formed",
         conf->n_sources, conf->n_feeds, off, good);
}

/* Without a contact EDGAR is left alone; that is no fault of the installation. */
static void
check_contact(const struct conf *conf, struct report *r)
{
    size_t filings = 0;

    for (size_t i = 0; i < conf->n_feeds; i++)
        filings += conf->feeds[i].enabled && str_eq(conf->feeds[i].kind, "filing");
    if (filings > 0 && str_empty(conf->catalyst.edgar_contact))
        line(
            r, "edgar_contact", true,
            "not set: %zu feeds of filings are not asked, for the SEC wants a name and "
            "a mail address",
            filings);
}

/* What a running ingest says of each feed that is not well. */
static void
check_feeds(const struct json *list, struct report *r)
{
    size_t asked = 0, well = 0;

    for (size_t i = 0; i < json_len(list); i++) {
        const struct json *f = json_at(list, i);
        const char *health = json_text(json_member(f, "health"), "");
        bool ok = str_eq(health, "ok") || str_eq(health, "never");

        asked += !str_eq(health, "off");
        well += ok;
        if (!ok && !str_eq(health, "off"))
            line(r, json_text(json_member(f, "name"), "?"), false, "%s: %s", health,
                 json_text(json_member(f, "why"), ""));
    }
    line(r, "feeds", well == asked, "%zu asked, %zu well", asked, well);
}

static void
check_sources(const struct conf *conf, struct report *r)
{
    const struct question q = {"ingest", "stats", ""};
    struct ask_times times = {CLI_ASK_MS, CLI_ASK_MS};
    struct answer a = {.rc = ERR_NOT_FOUND};
    struct why why = {""};
    struct stat st;

    if (stat(conf->catalyst.run_dir, &st) != 0)
        return;
    if (ask_all(conf, &q, 1, times, &a, &why) == 0 && a.rc == 0)
        check_feeds(json_member(a.json, "feeds"), r);
    answers_free(&a, 1);
}

static void
check_programs(struct report *r)
{
    static const char *const names[] = {"supervisord", "supervisorctl"};
    char file[SUPER_PATH];
    struct why why = {""};

    for (size_t i = 0; i < STR_LEN(names); i++)
        line(r, names[i], super_has(names[i]), "%s",
             super_has(names[i]) ? "found" : "not in PATH: install supervisor");
    if (super_find(file, sizeof file, &why) == 0)
        line(r, "supervisord.conf", true, "%s", file);
    else
        line(r, "supervisord.conf", false, "%s", why.text);
}

/* A list that is not there is not wrong; one that cannot be read is. */
static void
check_symbols(const struct conf *conf, struct report *r)
{
    const struct clock clock = {(int64_t)(conf->clock.offset_s * 1000.0)};
    struct symbols *symbols = NULL;
    const struct symbols_part *parts;
    char dir[PATH_ROOM];
    struct why why = {""};

    if (!proc_symbols_path(conf, dir, sizeof dir) ||
        symbols_new(&symbols, dir, &why) != 0) {
        line(r, "symbols", false, "%s", why.text);
        return;
    }
    line(r, "symbols", true, "%s set, %zu known", symbols_set(symbols),
         symbols_len(symbols));
    parts = symbols_parts(symbols);
    for (size_t i = 0; i < SYMBOLS_FILES; i++)
        if (parts[i].why[0] != '\0')
            line(r, parts[i].name, false, "%s", parts[i].why);
        else if (parts[i].rows == 0)
            line(r, parts[i].name, true, "not there yet");
        else
            line(r, parts[i].name, true, "%zu rows, %.1f h old", parts[i].rows,
                 (double)(clock_wall_ms(&clock) - parts[i].written_ms) / HOUR_MS);
    symbols_free(&symbols);
}

/* Not running is not wrong; half running is. */
static void
check_stages(const struct conf *conf, struct report *r)
{
    struct ask_times times = {CLI_ASK_MS, CLI_ASK_MS};
    struct answer answers[ASK_MAX];
    struct why why = {""};
    struct stat st;
    int n, there = 0;

    if (stat(conf->catalyst.run_dir, &st) != 0)
        return;
    if ((n = ask_every(conf, "ping", times, answers, &why)) < 0) {
        line(r, "stages", false, "%s", why.text);
        return;
    }
    for (int i = 0; i < n; i++)
        there += answers[i].rc == 0;
    for (int i = 0; i < n && there > 0; i++)
        line(r, answers[i].stage, answers[i].rc == 0, "%s",
             answers[i].rc == 0 ? "answers" : answer_error(&answers[i]));
    if (there == 0)
        line(r, "stages", true, "none is running");
    answers_free(answers, (size_t)n);
}

/* ---- all of it
 * ------------------------------------------------------------------------- */

static void
check_all(struct cli *cli, struct report *r)
{
    static const char *const files[] = {"ingest.db", "collector.db", "ledger.db"};
    struct conf *conf = &cli->conf;

    if (check_conf(cli, r)) {
        check_dir("run_dir", conf->catalyst.run_dir, true, r);
        check_dir("data_dir", conf->catalyst.data_dir, false, r);
        check_sockets(conf, r);
        for (size_t i = 0; i < STR_LEN(files); i++)
            check_db(conf, files[i], r);
        check_urls(conf, r);
        check_contact(conf, r);
        check_symbols(conf, r);
        check_stages(conf, r);
        check_sources(conf, r);
        conf_free(conf);
    }
    check_programs(r);
}

int
check_run(struct cli *cli)
{
    static const char *const heads[] = {"", "what", "", NULL};
    struct report r = {.ok = true};
    struct buf out;
    int rc;

    table_init(&r.table, heads);
    buf_init(&r.json_text, CLI_OUT_MAX);
    buf_init(&out, CLI_OUT_MAX);
    jsonw_init(&r.json, &r.json_text);
    jw_object(&r.json, NULL);
    jw_array(&r.json, "checks");
    check_all(cli, &r);
    jw_end(&r.json);
    jw_bool(&r.json, "ok", r.ok);
    jw_end(&r.json);
    if (cli->json)
        buf_addf(&out, "%s\n", buf_str(&r.json_text));
    else
        table_print(&r.table, &out);
    rc = cli_print(&out);
    buf_free(&out);
    buf_free(&r.json_text);
    table_free(&r.table);
    return r.ok ? rc : CLI_NO;
}
