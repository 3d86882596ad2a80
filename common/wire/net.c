#include "wire/net.h"

#include "base/conf.h"
#include "base/str.h"
#include "wire/lockfile.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zmq.h>

enum {
    NET_LINGER_MS = 500, /* a farewell; nothing depends on it */
    NET_HWM = 1000,      /* messages; far above what credits and W allow */
    NET_BACKLOG = 256,
    NET_SOCKETS = 16,
    NET_RETRY_MS = 100, /* reconnect, constant on ipc */
    NET_RETRY_TCP_MS = 2000,
    NET_RETRY_WATCHED_MS = 1000 /* there may be nobody who watches */
};

/* The topology: who binds what, with which kind of socket. */
static const struct endpoint_row {
    const char *name;
    int bind_type, connect_type;
    const char *stage; /* of a control endpoint */
    size_t conf;       /* member of conf.net, 0: always ipc */
} rows[EP_COUNT] = {
    [EP_ITEMS] = {"items", ZMQ_PULL, ZMQ_PUSH, NULL, offsetof(struct conf, net.items)},
    [EP_JOBS] = {"jobs", ZMQ_ROUTER, ZMQ_DEALER, NULL, offsetof(struct conf, net.jobs)},
    [EP_ENRICHED] = {"enriched", ZMQ_PULL, ZMQ_PUSH, NULL,
                     offsetof(struct conf, net.enriched)},
    [EP_SCORED] = {"scored", ZMQ_PULL, ZMQ_PUSH, NULL,
                   offsetof(struct conf, net.scored)},
    [EP_DONE] = {"done", ZMQ_PULL, ZMQ_PUSH, NULL, offsetof(struct conf, net.done)},
    [EP_EVENTS] = {"events", ZMQ_SUB, ZMQ_PUB, NULL, offsetof(struct conf, net.events)},
    [EP_CONTROL_INGEST] = {"control-ingest", ZMQ_ROUTER, ZMQ_DEALER, "ingest", 0},
    [EP_CONTROL_COLLECTOR] = {"control-collector", ZMQ_ROUTER, ZMQ_DEALER, "collector",
                              0},
    [EP_CONTROL_CLASSIFIER] = {"control-classifier", ZMQ_ROUTER, ZMQ_DEALER,
                               "classifier", 0},
    [EP_CONTROL_ALERTER] = {"control-alerter", ZMQ_ROUTER, ZMQ_DEALER, "alerter", 0},
    [EP_CONTROL_MONITOR] = {"control-monitor", ZMQ_ROUTER, ZMQ_DEALER, "monitor", 0},
};

struct held_socket {
    void *zsocket; /* NULL: free place */
    int lock_fd;   /* -1: none */
};

struct net {
    void *ctx;
    const struct conf *conf;
    struct log *log;
    struct held_socket sockets[NET_SOCKETS];
};

const char *
net_endpoint_name(enum endpoint ep)
{
    return rows[ep].name;
}

enum endpoint
net_control_of(const char *stage)
{
    for (int i = 0; i < EP_COUNT; i++)
        if (rows[i].stage != NULL && str_eq(rows[i].stage, stage))
            return (enum endpoint)i;
    return EP_COUNT;
}

/* ---- opening ------------------------------------------------------------------- */

/* mkdir -p with 0700 for the last folder. */
static int
make_private_dir(const char *path, struct why *why)
{
    char part[CONF_TEXT];
    struct stat st;

    for (const char *p = path; (p = strchr(p + 1, '/')) != NULL;) {
        (void)str_copyn(part, sizeof part, path, (size_t)(p - path));
        (void)mkdir(part, 0755); /* the stat below is the judge */
    }
    if (mkdir(path, 0700) != 0 && errno != EEXIST)
        return why_set(why, ERR_IO, "%s: %s", path, strerror(errno));
    if (stat(path, &st) != 0 || !S_ISDIR(st.st_mode))
        return why_set(why, ERR_IO, "%s: not a folder", path);
    if (st.st_uid != geteuid())
        return why_set(why, ERR_IO, "%s: belongs to user %u", path, st.st_uid);
    if ((st.st_mode & 077) != 0 && chmod(path, 0700) != 0)
        return why_set(why, ERR_IO, "%s: cannot make it private", path);
    return 0;
}

int
net_open(struct net **out, const struct conf *conf, struct log *log, struct why *why)
{
    struct net *net;
    int rc;

    *out = NULL;
    if ((rc = make_private_dir(conf->catalyst.run_dir, why)) != 0)
        return rc;
    if ((net = calloc(1, sizeof *net)) == NULL)
        return ERR_NOMEM;
    for (int i = 0; i < NET_SOCKETS; i++)
        net->sockets[i].lock_fd = -1;
    net->conf = conf;
    net->log = log;
    if ((net->ctx = zmq_ctx_new()) == NULL) {
        free(net);
        return why_set(why, ERR_NET, "zmq: %s", zmq_strerror(errno));
    }
    (void)zmq_ctx_set(net->ctx, ZMQ_BLOCKY, 0);
    *out = net;
    return 0;
}

static void
release(struct held_socket *h)
{
    if (h->zsocket != NULL)
        (void)zmq_close(h->zsocket);
    if (h->lock_fd >= 0)
        (void)close(h->lock_fd);
    *h = (struct held_socket){.lock_fd = -1};
}

void
net_close(struct net **netp)
{
    struct net *net = *netp;

    *netp = NULL;
    if (net == NULL)
        return;
    for (int i = 0; i < NET_SOCKETS; i++)
        release(&net->sockets[i]);
    (void)zmq_ctx_term(net->ctx);
    free(net);
}

void
net_drop(struct net *net, void **zsocket)
{
    for (int i = 0; *zsocket != NULL && i < NET_SOCKETS; i++)
        if (net->sockets[i].zsocket == *zsocket)
            release(&net->sockets[i]);
    *zsocket = NULL;
}

/* ---- sockets ------------------------------------------------------------------- */

static int
address(const struct net *net, enum endpoint ep, char *out, size_t size,
        struct why *why)
{
    const struct endpoint_row *row = &rows[ep];
    const char *set = row->conf ? (const char *)net->conf + row->conf : "";

    if (str_starts(set, "tcp://"))
        return why_set(why, ERR_UNSUPPORTED,
                       "net.%s = %s: tcp needs CURVE keys, which this version lacks",
                       row->name, set);
    if (!str_empty(set))
        return str_copy(out, size, set) ? 0 : ERR_TOO_BIG;
    if (!str_fmt(out, size, "ipc://%s/%s", net->conf->catalyst.run_dir, row->name))
        return why_set(why, ERR_TOO_BIG,
                       "run_dir %s: too long for a socket, at most %zu bytes in all",
                       net->conf->catalyst.run_dir, size - 1);
    return 0;
}

static int
lock_endpoint(const struct net *net, enum endpoint ep, int *fd, struct why *why)
{
    char path[CONF_TEXT + 64];

    (void)str_fmt(path, sizeof path, "%s/%s.lock", net->conf->catalyst.run_dir,
                  rows[ep].name);
    return lockfile_take(path, fd, why);
}

static void
set_options(void *s, int type, bool is_tcp)
{
    const struct {
        int option, value;
        bool apply;
    } options[] = {
        {ZMQ_LINGER, NET_LINGER_MS, true},
        {ZMQ_SNDHWM, NET_HWM, true},
        {ZMQ_RCVHWM, NET_HWM, true},
        {ZMQ_BACKLOG, NET_BACKLOG, true},
        {ZMQ_IMMEDIATE, 1, type == ZMQ_PUSH || type == ZMQ_DEALER},
        {ZMQ_RECONNECT_IVL, NET_RETRY_MS, true},
        {ZMQ_RECONNECT_IVL_MAX, NET_RETRY_TCP_MS, is_tcp},
        {ZMQ_RECONNECT_IVL_MAX, NET_RETRY_WATCHED_MS, type == ZMQ_PUB},
        {ZMQ_ROUTER_MANDATORY, 1, type == ZMQ_ROUTER},
    };
    int64_t most = MSG_MAX_BYTES;

    for (size_t i = 0; i < STR_LEN(options); i++)
        if (options[i].apply)
            (void)zmq_setsockopt(s, options[i].option, &options[i].value, sizeof(int));
    (void)zmq_setsockopt(s, ZMQ_MAXMSGSIZE, &most, sizeof most);
    if (type == ZMQ_SUB)
        (void)zmq_setsockopt(s, ZMQ_SUBSCRIBE, "", 0);
}

static int
open_socket(struct net *net, enum endpoint ep, bool is_binder, void **out,
            struct why *why)
{
    char addr[108]; /* sun_path is the bound */
    int type = is_binder ? rows[ep].bind_type : rows[ep].connect_type;
    struct held_socket *h = NULL;
    int rc;

    *out = NULL;
    if ((rc = address(net, ep, addr, sizeof addr, why)) != 0)
        return rc;
    for (int i = 0; i < NET_SOCKETS && h == NULL; i++)
        if (net->sockets[i].zsocket == NULL)
            h = &net->sockets[i];
    if (h == NULL)
        return why_set(why, ERR_TOO_BIG, "more than %d sockets", NET_SOCKETS);
    if (is_binder && (rc = lock_endpoint(net, ep, &h->lock_fd, why)) != 0)
        return rc;
    if ((h->zsocket = zmq_socket(net->ctx, type)) != NULL) {
        set_options(h->zsocket, type, str_starts(addr, "tcp://"));
        rc = is_binder ? zmq_bind(h->zsocket, addr) : zmq_connect(h->zsocket, addr);
    }
    if (h->zsocket == NULL || rc != 0) {
        rc = why_set(why, ERR_NET, "%s: %s", addr, zmq_strerror(errno));
        release(h);
        return rc;
    }
    *out = h->zsocket;
    return 0;
}

int
net_bind(struct net *net, enum endpoint ep, void **out, struct why *why)
{
    return open_socket(net, ep, true, out, why);
}

int
net_connect(struct net *net, enum endpoint ep, void **out, struct why *why)
{
    return open_socket(net, ep, false, out, why);
}
