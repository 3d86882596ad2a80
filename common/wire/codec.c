/* The one codec: packs and unpacks any message by its description. */
#include "base/str.h"
#include "wire/msg.h"

#include <math.h>
#include <msgpack.h>

/* ---- packing -------------------------------------------------------------------- */

static int
to_buf(void *self, const char *bytes, size_t n)
{
    return buf_add(self, bytes, n);
}

static void
pack_text(msgpack_packer *pk, const char *s)
{
    size_t n = s == NULL ? 0 : strlen(s);

    (void)msgpack_pack_str(pk, n); /* errors stay in the buffer */
    (void)msgpack_pack_str_body(pk, s, n);
}

static bool
is_clean(const char *s, size_t n)
{
    size_t step;

    for (size_t i = 0; i < n; i += step) {
        step = (unsigned char)s[i] < 0x80 ? 1 : str_utf8_next(s + i, n - i);
        if (step == 0)
            return false;
    }
    return true;
}

/* Text from outside may hold broken UTF-8; it is repaired here, once, so that every
 * reader may rely on it.  The check is cheap, the repair rare. */
static int
pack_clean_text(msgpack_packer *pk, const char *s)
{
    size_t n = s == NULL ? 0 : strlen(s);
    char *clean;

    if (is_clean(s, n)) {
        pack_text(pk, s);
        return 0;
    }
    if ((clean = malloc(n + 1)) == NULL)
        return ERR_NOMEM;
    str_utf8_clean(clean, n + 1, s);
    pack_text(pk, clean);
    free(clean);
    return 0;
}

static int pack_fields(msgpack_packer *pk, const struct msg_desc *d, const char *base);

static int
pack_list(msgpack_packer *pk, const struct msg_field *f, const char *base)
{
    const char *list = *(const char *const *)(const void *)(base + f->offset);
    size_t n = *(const size_t *)(const void *)(base + f->count_offset);
    int rc = 0;

    (void)msgpack_pack_array(pk, n);
    for (size_t i = 0; i < n && rc == 0; i++)
        rc = pack_fields(pk, f->list, list + i * f->list->size);
    return rc;
}

static int
pack_field(msgpack_packer *pk, const struct msg_field *f, const char *base)
{
    const void *at = base + f->offset;

    switch (f->kind) {
    case FIELD_I64:
        (void)msgpack_pack_int64(pk, *(const int64_t *)at);
        return 0;
    case FIELD_NUM:
        if (!isfinite(*(const double *)at))
            return ERR_RANGE;
        (void)msgpack_pack_double(pk, *(const double *)at);
        return 0;
    case FIELD_BOOL:
        (void)(*(const bool *)at ? msgpack_pack_true(pk) : msgpack_pack_false(pk));
        return 0;
    case FIELD_STR:
    case FIELD_SECRET:
        return pack_clean_text(pk, *(const char *const *)at);
    case FIELD_LIST:
        return pack_list(pk, f, base);
    }
    return ERR_TYPE;
}

static int
pack_fields(msgpack_packer *pk, const struct msg_desc *d, const char *base)
{
    int rc;

    (void)msgpack_pack_map(pk, d->n_fields);
    for (size_t i = 0; i < d->n_fields; i++) {
        pack_text(pk, d->fields[i].name);
        if ((rc = pack_field(pk, &d->fields[i], base)) != 0)
            return rc;
    }
    return 0;
}

int
msg_pack(enum msg_type type, const void *body, struct buf *out)
{
    msgpack_packer pk;
    size_t before = out->len;
    int rc;

    msgpack_packer_init(&pk, out, to_buf);
    rc = pack_fields(&pk, msg_desc(type), body);
    if (rc == 0)
        rc = out->err;
    if (rc == 0 && out->len - before > MSG_MAX_BYTES)
        rc = ERR_TOO_BIG;
    return rc;
}

/* ---- unpacking ------------------------------------------------------------------ */

/* One block holds the struct, its lists and its texts. */
struct arena {
    char *at;
    size_t left;
    bool kept; /* an earlier version may have packed it: fields may be missing */
};

static size_t
padded(size_t n)
{
    return (n + 7) & ~(size_t)7;
}

static void *
arena_take(struct arena *a, size_t n)
{
    void *p = a->at;

    n = padded(n);
    if (n > a->left)
        return NULL;
    a->at += n;
    a->left -= n;
    return p;
}

/* Our own messages come in the order of the schema: the hint makes this O(1). */
static const struct msg_field *
field_find(const struct msg_desc *d, const msgpack_object *key, size_t *hint)
{
    for (size_t k = 0; k < d->n_fields; k++) {
        size_t i = (*hint + k) % d->n_fields;
        const char *name = d->fields[i].name;

        if (strlen(name) == key->via.str.size &&
            memcmp(name, key->via.str.ptr, key->via.str.size) == 0) {
            *hint = i + 1;
            return &d->fields[i];
        }
    }
    return NULL;
}

static size_t
text_room(const msgpack_object_map *map)
{
    size_t room = 0;

    for (uint32_t i = 0; i < map->size; i++)
        if (map->ptr[i].val.type == MSGPACK_OBJECT_STR)
            room += padded((size_t)map->ptr[i].val.via.str.size + 1);
    return room;
}

/* Only records that can be complete are counted, so that a small frame cannot ask for a
 * large block. */
static int
list_room(const struct msg_field *f, const msgpack_object_array *array, bool kept,
          size_t *room, struct why *why)
{
    *room += padded((size_t)array->size * f->list->size);
    for (uint32_t i = 0; i < array->size; i++) {
        const msgpack_object *record = &array->ptr[i];

        if (record->type != MSGPACK_OBJECT_MAP)
            return why_set(why, ERR_TYPE, "%s: an element is no record", f->name);
        if (!kept && record->via.map.size < f->list->n_fields)
            return why_set(why, ERR_MISSING, "%s: a record lacks a field", f->name);
        *room += text_room(&record->via.map);
    }
    return 0;
}

/* What the struct, its lists and its texts take together. */
static int
room_of(const struct msg_desc *d, const msgpack_object_map *map, bool kept,
        size_t *room, struct why *why)
{
    size_t hint = 0;
    int rc = 0;

    *room = padded(d->size) + text_room(map);
    for (uint32_t i = 0; rc == 0 && i < map->size; i++) {
        const msgpack_object *v = &map->ptr[i].val;
        const struct msg_field *f = v->type == MSGPACK_OBJECT_ARRAY
                                        ? field_find(d, &map->ptr[i].key, &hint)
                                        : NULL;

        if (f != NULL && f->kind == FIELD_LIST)
            rc = list_room(f, &v->via.array, kept, room, why);
    }
    return rc;
}

static int unpack_fields(const struct msg_desc *d, const msgpack_object_map *map,
                         char *base, struct arena *a, struct why *why);

static int
unpack_list(const struct msg_field *f, const msgpack_object_array *array, char *base,
            struct arena *a, struct why *why)
{
    char *list = arena_take(a, (size_t)array->size * f->list->size);
    int rc;

    if (list == NULL)
        return why_set(why, ERR_TOO_BIG, "%s: too many records", f->name);
    memset(list, 0, (size_t)array->size * f->list->size);
    *(void **)(void *)(base + f->offset) = list;
    *(size_t *)(void *)(base + f->count_offset) = array->size;
    for (uint32_t i = 0; i < array->size; i++) {
        rc = unpack_fields(f->list, &array->ptr[i].via.map, list + i * f->list->size, a,
                           why);
        if (rc != 0)
            return rc;
    }
    return 0;
}

static bool
unpack_number(const msgpack_object *v, double *out)
{
    if (v->type == MSGPACK_OBJECT_FLOAT64 || v->type == MSGPACK_OBJECT_FLOAT32)
        *out = v->via.f64;
    else if (v->type == MSGPACK_OBJECT_POSITIVE_INTEGER)
        *out = (double)v->via.u64;
    else if (v->type == MSGPACK_OBJECT_NEGATIVE_INTEGER)
        *out = (double)v->via.i64;
    else
        return false;
    return isfinite(*out);
}

static bool
unpack_integer(const msgpack_object *v, int64_t *out)
{
    if (v->type == MSGPACK_OBJECT_POSITIVE_INTEGER && v->via.u64 <= INT64_MAX)
        *out = (int64_t)v->via.u64;
    else if (v->type == MSGPACK_OBJECT_NEGATIVE_INTEGER)
        *out = v->via.i64;
    else
        return false;
    return true;
}

/* Text travels without a terminator and may hold a NUL: it ends there for us. */
static bool
unpack_text(const msgpack_object *v, const char **out, struct arena *a)
{
    char *s;

    if (v->type != MSGPACK_OBJECT_STR)
        return false;
    if ((s = arena_take(a, (size_t)v->via.str.size + 1)) == NULL)
        return false;
    memcpy(s, v->via.str.ptr, v->via.str.size);
    s[v->via.str.size] = '\0';
    *out = s;
    return true;
}

static int
unpack_field(const struct msg_field *f, const msgpack_object *v, char *base,
             struct arena *a, struct why *why)
{
    void *at = base + f->offset;
    bool fits = false;

    switch (f->kind) {
    case FIELD_I64:
        fits = unpack_integer(v, at);
        break;
    case FIELD_NUM:
        fits = unpack_number(v, at);
        break;
    case FIELD_BOOL:
        fits = v->type == MSGPACK_OBJECT_BOOLEAN;
        *(bool *)at = fits && v->via.boolean;
        break;
    case FIELD_STR:
    case FIELD_SECRET:
        fits = unpack_text(v, at, a);
        break;
    case FIELD_LIST:
        if (v->type == MSGPACK_OBJECT_ARRAY)
            return unpack_list(f, &v->via.array, base, a, why);
        break;
    }
    return fits ? 0 : why_set(why, ERR_TYPE, "field %s: wrong type", f->name);
}

/* The block is zeroed: numbers are 0, lists empty. */
static void
set_absent(const struct msg_field *f, char *base)
{
    if (f->kind == FIELD_STR || f->kind == FIELD_SECRET)
        *(const char **)(void *)(base + f->offset) = "";
}

static int
unpack_fields(const struct msg_desc *d, const msgpack_object_map *map, char *base,
              struct arena *a, struct why *why)
{
    uint64_t seen = 0;
    size_t hint = 0;
    int rc;

    for (uint32_t i = 0; i < map->size; i++) {
        const struct msg_field *f = field_find(d, &map->ptr[i].key, &hint);

        if (f == NULL || seen >> (f - d->fields) & 1)
            continue; /* unknown keys are ignored; of a repeated one the first counts */
        if ((rc = unpack_field(f, &map->ptr[i].val, base, a, why)) != 0)
            return rc;
        seen |= (uint64_t)1 << (f - d->fields);
    }
    for (size_t i = 0; i < d->n_fields; i++) {
        if (seen >> i & 1)
            continue;
        if (!a->kept)
            return why_set(why, ERR_MISSING, "%s: no field %s", d->name,
                           d->fields[i].name);
        set_absent(&d->fields[i], base);
    }
    return 0;
}

static int
unpack_body(const struct msg_desc *d, const msgpack_object *o, bool kept, void **out,
            struct why *why)
{
    struct arena a = {.kept = kept};
    int rc = room_of(d, &o->via.map, kept, &a.left, why);

    if (rc != 0)
        return rc;
    if ((*out = calloc(1, a.left)) == NULL)
        return why_set(why, ERR_NOMEM, "%s: out of memory", d->name);
    a.at = *out;
    (void)arena_take(&a, d->size);
    rc = unpack_fields(d, &o->via.map, *out, &a, why);
    if (rc != 0) {
        free(*out);
        *out = NULL;
    }
    return rc;
}

static int
unpack(enum msg_type type, const void *frame, size_t n, bool kept, struct msg *out,
       struct why *why)
{
    msgpack_unpacked u;
    size_t off = 0;
    int rc;

    *out = (struct msg){.type = type};
    if ((rc = guard_check(frame, n, why)) != 0)
        return rc;
    msgpack_unpacked_init(&u);
    if (msgpack_unpack_next(&u, frame, n, &off) == MSGPACK_UNPACK_SUCCESS)
        rc = unpack_body(msg_desc(type), &u.data, kept, &out->body, why);
    else
        rc = why_set(why, ERR_SYNTAX, "frame: not msgpack");
    msgpack_unpacked_destroy(&u);
    return rc;
}

int
msg_unpack(enum msg_type type, const void *frame, size_t n, struct msg *out,
           struct why *why)
{
    return unpack(type, frame, n, false, out, why);
}

int
msg_unpack_kept(enum msg_type type, const void *frame, size_t n, struct msg *out,
                struct why *why)
{
    return unpack(type, frame, n, true, out, why);
}

void
msg_free(struct msg *m)
{
    free(m->body);
    *m = (struct msg){0};
}
