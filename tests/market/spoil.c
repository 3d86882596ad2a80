#include "spoil.h"

#include "base/prng.h"
#include "refusal.h"

enum { MIB = 1 << 20, HUGE_MIB_MOST = 1024, RUN = 258, GARBAGE_MOST = 8 << 20 };

/* A fresh answer in the place of the one that was made. */
static void
instead(struct answer *a, int status, const char *type, const char *body)
{
    answer_clear(a);
    answer_text(a, status, type, body);
}

void
spoil_429_after(struct answer *a, double arg)
{
    refusal_answer(&refusal_429, a);
    answer_header(a, "Retry-After", "%.0f", arg);
}

void
spoil_reset(struct answer *a, double arg)
{
    (void)arg;
    a->reset = true;
}

void
spoil_truncate(struct answer *a, double arg)
{
    if (a->body.len < 2) {
        a->reset = true;
        return;
    }
    a->cut = (size_t)((double)a->body.len * (arg < 1 ? arg : 0.5));
    a->cut = a->cut > 0 ? a->cut : 1;
}

void
spoil_drip(struct answer *a, double arg)
{
    a->pace = arg >= 1 ? (size_t)arg : 1;
}

static size_t
mebibytes(double arg)
{
    return (size_t)((arg < HUGE_MIB_MOST ? arg : HUGE_MIB_MOST) * MIB);
}

void
spoil_huge(struct answer *a, double arg)
{
    instead(a, 200, "text/html; charset=utf-8", "<!DOCTYPE html><html><body>");
    a->fill = mebibytes(arg);
}

struct bits {
    struct buf *out;
    uint32_t held;
    int n;
};

static void
put_bits(struct bits *b, uint32_t value, int n)
{
    b->held |= value << b->n;
    for (b->n += n; b->n >= 8; b->n -= 8) {
        buf_addc(b->out, (char)(b->held & 0xff));
        b->held >>= 8;
    }
}

/* A deflate stream by hand: one literal blank, then "the last byte, 258 times" over and
 * over, 13 bits each.  The checksum at the end is wrong; nobody should get there. */
void
spoil_gzip_bomb(struct answer *a, double arg)
{
    static const char head[] = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03";
    struct bits b = {.out = &a->body};

    instead(a, 200, "text/html; charset=utf-8", "");
    answer_header(a, "Content-Encoding", "gzip");
    buf_add(&a->body, head, sizeof head - 1);
    put_bits(&b, 3, 3);    /* last block, fixed codes */
    put_bits(&b, 0x0a, 8); /* literal ' ': 01010000, most significant bit first */
    for (size_t n = mebibytes(arg); n >= RUN; n -= RUN) {
        put_bits(&b, 0xa3, 8); /* length 258: 11000101, likewise */
        put_bits(&b, 0, 5);    /* distance 1 */
    }
    put_bits(&b, 0, 7); /* end of block */
    put_bits(&b, 0, 7);
    buf_add(&a->body, "\0\0\0\0\0\0\0\0", 8);
}

void
spoil_garbage(struct answer *a, double arg)
{
    struct prng p = {0x6761726261676521u};

    instead(a, 200, a->type, "");
    for (size_t n = arg < GARBAGE_MOST ? (size_t)arg : GARBAGE_MOST; n > 0; n--)
        buf_addc(&a->body, (char)prng_below(&p, 256));
}
