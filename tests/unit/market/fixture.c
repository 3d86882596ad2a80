#include "fixture.h"

#include "base/str.h"

void
open_fixture(struct fixture *f)
{
    memset(f, 0, sizeof *f);
    f->options.tickers = 100;
    f->options.news = (struct news_plan){.items = 50, .seed = 1};
    f->clock.offset_ms = NOON - clock_wall_ms(&f->clock);
    ck_assert_int_eq(market_open(&f->market, &f->options, &f->clock, NULL), 0);
    answer_init(&f->answer);
}

void
close_fixture(struct fixture *f)
{
    answer_free(&f->answer);
    market_close(&f->market);
}

const char *
get(struct fixture *f, market_serve *serve, const char *target, const char *headers)
{
    char bytes[2048];
    size_t used;

    str_fmt(bytes, sizeof bytes, "GET %s HTTP/1.1\r\n%s\r\n", target, headers);
    ck_assert_int_eq(request_parse(bytes, strlen(bytes), &f->request, &used), 0);
    answer_clear(&f->answer);
    serve(&f->market, &f->request, &f->answer);
    return buf_str(&f->answer.body);
}

size_t
count(const char *text, const char *word)
{
    size_t n = 0;

    while ((text = strstr(text, word)) != NULL) {
        n++;
        text += strlen(word);
    }
    return n;
}
