/* msg - wire messages as plain structs
 *
 * The structs come from schema.def: MSG(candidate) makes `struct msg_candidate` and
 * MSG_CANDIDATE is its number.  Text and lists are borrowed pointers: when packing
 * from the caller, when unpacking from the one block that `struct msg` owns.
 */
#ifndef CATALYST_WIRE_MSG_H
#define CATALYST_WIRE_MSG_H

#include "base/buf.h"
#include "base/err.h"
#include "base/jsonw.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    MSG_VERSION = 1,
    MSG_MAX_BYTES = 1 << 20, /* of a body frame */
    MSG_MAX_DEPTH = 3,       /* map, list, record */
    MSG_HEAD_SIZE = 4        /* type, version: two little-endian 16 bit numbers */
};

#define REC(name)        struct msg_##name {
#define MSG(name)        struct msg_##name {
#define I64(m, f, help)  int64_t f;
#define NUM(m, f, help)  double f;
#define BOOL(m, f, help) bool f;
#define STR(m, f, help)  const char *f;
#define SECRET           STR
#define LIST(m, f, rec, help)                                                          \
    struct msg_##rec *f;                                                               \
    size_t n_##f;
#define END(name)                                                                      \
    }                                                                                  \
    ;
#include "wire/schema.def"
#undef REC
#undef MSG
#undef I64
#undef NUM
#undef BOOL
#undef STR
#undef SECRET
#undef LIST
#undef END
#undef CANDIDATE_FIELDS

/* MSG_cycle_begin = 1, ... in the order of schema.def */
enum msg_type {
    MSG_none,
#define REC(name)
#define MSG(name) MSG_##name,
#define I64(m, f, help)
#define NUM(m, f, help)
#define BOOL(m, f, help)
#define STR(m, f, help)
#define SECRET(m, f, help)
#define LIST(m, f, rec, help)
#define END(name)
#include "wire/schema.def"
#undef REC
#undef MSG
#undef I64
#undef NUM
#undef BOOL
#undef STR
#undef SECRET
#undef LIST
#undef END
#undef CANDIDATE_FIELDS
    MSG_TYPES
};

/* One row a field; `list` is the record's description for a list. */
enum field_kind {
    FIELD_I64,
    FIELD_NUM,
    FIELD_BOOL,
    FIELD_STR,
    FIELD_SECRET, /* text that is never printed */
    FIELD_LIST
};

struct msg_desc;

struct msg_field {
    const char *name;
    enum field_kind kind;
    size_t offset;               /* in the struct */
    size_t count_offset;         /* of n_<name>, for a list */
    const struct msg_desc *list; /* of the records, for a list */
    const char *help;
};

struct msg_desc {
    const char *name; /* "candidate" */
    size_t size;      /* of the struct */
    const struct msg_field *fields;
    size_t n_fields;
};

/* The description of a type, NULL for a number that is none. */
const struct msg_desc *msg_desc(int type);

/* A message that was unpacked.  body points at the struct of `type`. */
struct msg {
    enum msg_type type;
    void *body; /* owned, with all it points to; NULL when empty */
};

/* Appends the body frame of *body (the struct of `type`) to out.
 * 0, ERR_TOO_BIG, ERR_NOMEM, ERR_RANGE (a number that is not finite).  NULL text is
 * packed as "".  Text is cleaned to valid UTF-8. */
int msg_pack(enum msg_type type, const void *body, struct buf *out);

/* Reads one body frame.  0 and *out filled (free it with msg_free), or ERR_SYNTAX,
 * ERR_TOO_BIG, ERR_MISSING, ERR_TYPE, ERR_NOMEM with why; *out is then empty. */
int msg_unpack(enum msg_type type, const void *frame, size_t n, struct msg *out,
               struct why *why);

/* The same for one that was kept on disk, perhaps by an earlier version: fields that it
 * did not have are 0, "" or empty. */
int msg_unpack_kept(enum msg_type type, const void *frame, size_t n, struct msg *out,
                    struct why *why);
void msg_free(struct msg *m); /* safe on a zeroed struct; empties it */

/* The header frame, both ways.  msg_head_parse: ERR_SYNTAX, ERR_UNSUPPORTED (version),
 * ERR_NOT_FOUND (type). */
void msg_head(enum msg_type type, unsigned char out[MSG_HEAD_SIZE]);
int msg_head_parse(const void *frame, size_t n, enum msg_type *out, struct why *why);

/* Writes the message as one JSON object (for the log, the tools and tests).  Of a
 * secret it says only whether there is one: "***" or "". */
void msg_json(enum msg_type type, const void *body, struct jsonw *w, const char *key);

/* Walks a frame before the library sees it: one map of at most MSG_MAX_DEPTH levels,
 * no count beyond the bytes left, string keys, nothing behind the end.
 * 0, or ERR_SYNTAX / ERR_TOO_BIG with why.  O(n), no allocation. */
int guard_check(const void *frame, size_t n, struct why *why);

#endif
