/* covers: common/wire/guard.c common/wire/codec.c */
/* links: common */
#include "wire/msg.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

typedef int unpack_fn(enum msg_type type, const void *frame, size_t n, struct msg *out,
                      struct why *why);

/* The first byte picks the type, and whether it was kept.  What could be read must pack
 * again, to a frame that gives the same message. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    unpack_fn *unpack;
    struct msg m, again;
    struct buf out;
    enum msg_type type;

    if (n == 0)
        return 0;
    type = (enum msg_type)(1 + data[0] % (MSG_TYPES - 1));
    unpack = data[0] & 0x80 ? msg_unpack_kept : msg_unpack;
    if (unpack(type, data + 1, n - 1, &m, NULL) != 0)
        return 0;
    buf_init(&out, MSG_MAX_BYTES);
    if (msg_pack(type, m.body, &out) == 0) {
        if (msg_unpack(type, out.data, out.len, &again, NULL) != 0)
            abort();
        msg_free(&again);
    }
    buf_free(&out);
    msg_free(&m);
    return 0;
}
