/* covers: common/wire/guard.c common/wire/codec.c */
/* links: common */
#include "wire/msg.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* The first byte picks the type.  What could be read must pack again, to a frame that
 * gives the same message. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct msg m, again;
    struct buf out;
    enum msg_type type;

    if (n == 0)
        return 0;
    type = (enum msg_type)(1 + data[0] % (MSG_TYPES - 1));
    if (msg_unpack(type, data + 1, n - 1, &m, NULL) != 0)
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
