#include "wire/msg.h"

#include <string.h>

/* How a msgpack head byte is read: what follows it, and how many elements it opens.
 * Extension types and the reserved byte are refused: we never send them. */
enum shape { SHAPE_BAD, SHAPE_PLAIN, SHAPE_BYTES, SHAPE_ARRAY, SHAPE_MAP };

struct head {
    enum shape shape;
    uint64_t count; /* payload bytes or elements */
    bool is_str;    /* a map key must be one */
};

struct walk {
    const unsigned char *p;
    size_t left;
};

static bool
take_be(struct walk *w, size_t n, uint64_t *out)
{
    uint64_t v = 0;

    if (w->left < n)
        return false;
    for (size_t i = 0; i < n; i++)
        v = v << 8 | w->p[i];
    w->p += n;
    w->left -= n;
    *out = v;
    return true;
}

/* Rows for 0xc0..0xdf: the shape and the width of the count that follows; for a plain
 * value the width is its payload. */
static const struct wide {
    unsigned char shape, width;
    bool is_str;
} wides[0x20] = {
    [0x00] = {SHAPE_PLAIN, 0, false}, [0x02] = {SHAPE_PLAIN, 0, false},
    [0x03] = {SHAPE_PLAIN, 0, false}, [0x04] = {SHAPE_BYTES, 1, false},
    [0x05] = {SHAPE_BYTES, 2, false}, [0x06] = {SHAPE_BYTES, 4, false},
    [0x0a] = {SHAPE_PLAIN, 4, false}, [0x0b] = {SHAPE_PLAIN, 8, false},
    [0x0c] = {SHAPE_PLAIN, 1, false}, [0x0d] = {SHAPE_PLAIN, 2, false},
    [0x0e] = {SHAPE_PLAIN, 4, false}, [0x0f] = {SHAPE_PLAIN, 8, false},
    [0x10] = {SHAPE_PLAIN, 1, false}, [0x11] = {SHAPE_PLAIN, 2, false},
    [0x12] = {SHAPE_PLAIN, 4, false}, [0x13] = {SHAPE_PLAIN, 8, false},
    [0x19] = {SHAPE_BYTES, 1, true},  [0x1a] = {SHAPE_BYTES, 2, true},
    [0x1b] = {SHAPE_BYTES, 4, true},  [0x1c] = {SHAPE_ARRAY, 2, false},
    [0x1d] = {SHAPE_ARRAY, 4, false}, [0x1e] = {SHAPE_MAP, 2, false},
    [0x1f] = {SHAPE_MAP, 4, false},
};

static bool
take_wide(struct walk *w, unsigned char b, struct head *out)
{
    const struct wide *row = &wides[b - 0xc0];

    out->shape = (enum shape)row->shape;
    out->is_str = row->is_str;
    if (row->shape == SHAPE_BAD)
        return false;
    if (row->shape == SHAPE_PLAIN) {
        out->shape = SHAPE_BYTES;
        out->count = row->width;
        return true;
    }
    return take_be(w, row->width, &out->count);
}

static bool
take_head(struct walk *w, struct head *out)
{
    uint64_t b;

    *out = (struct head){.shape = SHAPE_PLAIN};
    if (!take_be(w, 1, &b))
        return false;
    if (b <= 0x7f || b >= 0xe0) /* small integers */
        return true;
    if (b >= 0xc0)
        return take_wide(w, (unsigned char)b, out);
    out->shape = b < 0x90 ? SHAPE_MAP : b < 0xa0 ? SHAPE_ARRAY : SHAPE_BYTES;
    out->is_str = b >= 0xa0;
    out->count = b < 0xa0 ? b & 0x0f : b & 0x1f;
    return true;
}

static int
walk_value(struct walk *w, int depth, struct why *why)
{
    struct head h;

    if (!take_head(w, &h))
        return why_set(why, ERR_SYNTAX, "frame: cut or unknown byte, %zu bytes left",
                       w->left);
    if (h.count > w->left)
        return why_set(why, ERR_TOO_BIG, "frame: claims %llu, holds %zu bytes",
                       (unsigned long long)h.count, w->left);
    if (h.shape == SHAPE_BYTES) {
        w->p += h.count;
        w->left -= h.count;
        return 0;
    }
    if (h.shape == SHAPE_PLAIN)
        return 0;
    if (depth >= MSG_MAX_DEPTH)
        return why_set(why, ERR_TOO_BIG, "frame: deeper than %d", MSG_MAX_DEPTH);
    for (uint64_t i = 0; i < h.count; i++) {
        struct walk key = *w;
        struct head k;
        int rc;

        if (h.shape == SHAPE_MAP && (!take_head(&key, &k) || !k.is_str))
            return why_set(why, ERR_SYNTAX, "frame: a key is not text");
        if (h.shape == SHAPE_MAP && (rc = walk_value(w, depth + 1, why)) != 0)
            return rc;
        if ((rc = walk_value(w, depth + 1, why)) != 0)
            return rc;
    }
    return 0;
}

int
guard_check(const void *frame, size_t n, struct why *why)
{
    struct walk w = {.p = frame, .left = n};
    unsigned char b;
    int rc;

    if (n > MSG_MAX_BYTES)
        return why_set(why, ERR_TOO_BIG, "frame: %zu bytes, at most %d", n,
                       MSG_MAX_BYTES);
    if (n == 0)
        return why_set(why, ERR_SYNTAX, "frame: empty");
    b = *w.p;
    if ((b & 0xf0) != 0x80 && b != 0xde && b != 0xdf)
        return why_set(why, ERR_SYNTAX, "frame: not a map");
    if ((rc = walk_value(&w, 0, why)) != 0)
        return rc;
    if (w.left != 0)
        return why_set(why, ERR_SYNTAX, "frame: %zu bytes behind the end", w.left);
    return 0;
}
