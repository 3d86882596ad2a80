#include "pack.h"

#include <string.h>
#include <zlib.h>

/* A small window and little memory: with zlib's own choice, most of what an answer
 * takes is the clearing of its tables. */
enum { LEAST = 512, LEVEL = 1, GZIP_BITS = 12 + 16, ZLIB_BITS = 12, MEMORY = 4 };

static bool
deflate_body(struct answer *a, int bits)
{
    z_stream z = {.next_in = (Bytef *)a->body.data, .avail_in = (uInt)a->body.len};
    struct buf packed;
    size_t most;
    bool done;

    if (deflateInit2(&z, LEVEL, Z_DEFLATED, bits, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    most = deflateBound(&z, z.avail_in);
    buf_init(&packed, a->body.max);
    packed.data = malloc(most + 1);
    packed.cap = most + 1;
    z.next_out = (Bytef *)packed.data;
    z.avail_out = (uInt)most;
    done = packed.data != NULL && deflate(&z, Z_FINISH) == Z_STREAM_END;
    packed.len = most - z.avail_out;
    (void)deflateEnd(&z); /* frees; what it says was said by deflate */
    if (!done) {
        buf_free(&packed);
        return false;
    }
    packed.data[packed.len] = '\0';
    buf_free(&a->body);
    a->body = packed;
    return true;
}

bool
pack_answer(struct answer *a, const char *accept_encoding)
{
    const char *name = strstr(accept_encoding, "gzip") != NULL      ? "gzip"
                       : strstr(accept_encoding, "deflate") != NULL ? "deflate"
                                                                    : NULL;

    if (name == NULL || a->status != 200 || a->body.len < LEAST || a->body.err != 0 ||
        strstr(a->extra, "Content-Encoding") != NULL)
        return false;
    if (!deflate_body(a, name[0] == 'g' ? GZIP_BITS : ZLIB_BITS))
        return false;
    answer_header(a, "Content-Encoding", "%s", name);
    answer_header(a, "Vary", "Accept-Encoding");
    return true;
}
