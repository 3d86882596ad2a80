#include "tiny_server.h"

#include "base/str.h"

#include <arpa/inet.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* 10,000 times the letter a. */
static const unsigned char gzipped[] = {
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xed, 0xc1,
    0x01, 0x0d, 0x00, 0x00, 0x00, 0xc2, 0xa0, 0xac, 0xef, 0x5f, 0xc2, 0x1c,
    0x6e, 0x40, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xc0,
    0xbf, 0x01, 0x97, 0xd4, 0x7e, 0x46, 0x10, 0x27, 0x00, 0x00,
};

static const struct {
    const char *path;
    const char *answer;
} fixed[] = {
    {"/ok", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nETag: \"v1\"\r\n"
            "Last-Modified: Mon, 23 Nov 2026 14:30:00 GMT\r\nServer: tiny\r\n"
            "Content-Type: text/plain\r\nX-Odd:  two words \r\n\r\nhello"},
    {"/404", "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnone"},
    {"/hop", "HTTP/1.1 302 Found\r\nLocation: /ok\r\nETag: \"old\"\r\n"
             "Content-Length: 6\r\n\r\nmoved!"},
    {"/loop", "HTTP/1.1 302 Found\r\nLocation: /loop\r\nContent-Length: 0\r\n\r\n"},
    {"/file", "HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n"
              "Content-Length: 0\r\n\r\n"},
    {"/429", "HTTP/1.1 429 Slow\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n"},
    {"/503", "HTTP/1.1 503 Busy\r\nDate: Mon, 23 Nov 2026 14:30:00 GMT\r\n"
             "Retry-After: Mon, 23 Nov 2026 14:30:09 GMT\r\nContent-Length: 0\r\n\r\n"},
    {"/claims", "HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\nx"},
};

static void
put(int fd, const void *bytes, size_t n)
{
    if (send(fd, bytes, n, MSG_NOSIGNAL) < 0)
        _exit(0); /* the client has gone */
}

static void
put_endless(int fd)
{
    char block[4096];

    memset(block, 'x', sizeof block);
    put(fd, "HTTP/1.1 200 OK\r\n\r\n", 19);
    for (;;)
        put(fd, block, sizeof block);
}

static void
put_gzip(int fd)
{
    char head[128];

    str_fmt(head, sizeof head,
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %zu\r\n\r\n",
            sizeof gzipped);
    put(fd, head, strlen(head));
    put(fd, gzipped, sizeof gzipped);
}

static void
reset(int fd)
{
    struct linger now = {.l_onoff = 1, .l_linger = 0};

    setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    close(fd);
    _exit(0);
}

static void
put_echo(int fd, const char *request)
{
    const char *body = strstr(request, "\r\n\r\n") + 4;
    const char *space = strchr(request, ' ');
    char out[8192];

    str_fmt(out, sizeof out, "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n%.*s:%s",
            (size_t)(space - request) + 1 + strlen(body), (int)(space - request),
            request, body);
    put(fd, out, strlen(out));
}

static void
answer(int fd, const char *request, int nth)
{
    const char *path = strchr(request, ' ') + 1;
    size_t n = strcspn(path, " ");

    for (size_t i = 0; i < STR_LEN(fixed); i++)
        if (strlen(fixed[i].path) == n && memcmp(fixed[i].path, path, n) == 0)
            put(fd, fixed[i].answer, strlen(fixed[i].answer));
    if (str_starts(path, "/claims"))
        _exit(0);
    if (str_starts(path, "/once") && nth > 0)
        _exit(0); /* read, and not a word */
    if (str_starts(path, "/echo") || str_starts(path, "/once"))
        put_echo(fd, request);
    if (str_starts(path, "/endless"))
        put_endless(fd);
    if (str_starts(path, "/gzip"))
        put_gzip(fd);
    if (str_starts(path, "/reset"))
        reset(fd);
    /* /silent: nothing at all */
}

/* True when the head is there and as much body as it claims. */
static bool
is_whole(const char *request)
{
    const char *end = strstr(request, "\r\n\r\n");
    const char *claim = strstr(request, "Content-Length: ");
    long want = claim == NULL ? 0 : strtol(claim + 16, NULL, 10);

    return end != NULL && strlen(end + 4) >= (size_t)want;
}

/* Serves one connection.  Each whole request is one byte in the pipe `seen`. */
static void
serve(int fd, int seen)
{
    char request[8192];
    size_t len = 0;

    for (int nth = 0; nth < 1000;) {
        ssize_t n = recv(fd, request + len, sizeof request - 1 - len, 0);

        if (n <= 0)
            _exit(0);
        len += (size_t)n;
        request[len] = '\0';
        if (!is_whole(request))
            continue;
        if (write(seen, "x", 1) != 1)
            _exit(1);
        answer(fd, request, nth++);
        len = 0;
    }
}

static void
listen_for_ever(int listener, int seen)
{
    signal(SIGCHLD, SIG_IGN);
    for (;;) {
        int fd = accept(listener, NULL, NULL);

        if (fd < 0)
            _exit(1);
        if (fork() == 0) {
            close(listener);
            serve(fd, seen);
        }
        close(fd);
    }
}

int
tiny_server_open(struct tiny_server *s)
{
    struct sockaddr_in a = {.sin_family = AF_INET};
    socklen_t len = sizeof a;
    int listener = socket(AF_INET, SOCK_STREAM, 0), pipes[2];

    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (listener < 0 || bind(listener, (struct sockaddr *)&a, sizeof a) != 0 ||
        listen(listener, 64) != 0 ||
        getsockname(listener, (struct sockaddr *)&a, &len) != 0 || pipe(pipes) != 0)
        return ERR_IO;
    s->port = ntohs(a.sin_port);
    s->seen = pipes[0];
    if ((s->pid = fork()) == 0)
        listen_for_ever(listener, pipes[1]);
    close(listener);
    close(pipes[1]);
    return s->pid < 0 ? ERR_IO : 0;
}

int
tiny_server_seen(const struct tiny_server *s)
{
    char all[256];

    return (int)read(s->seen, all, sizeof all);
}

void
tiny_server_kill(struct tiny_server *s)
{
    if (s->pid > 0) {
        kill(s->pid, SIGKILL);
        waitpid(s->pid, NULL, 0);
    }
    s->pid = 0;
}

void
tiny_server_close(struct tiny_server *s)
{
    tiny_server_kill(s);
    close(s->seen);
}
