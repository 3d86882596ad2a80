#include "wire/msg.h"

#include "base/str.h"

/* The field tables and the descriptions, from the schema. */
#define ROW(m, f, k)    .name = #f, .kind = (k), .offset = offsetof(struct msg_##m, f)
#define REC(name)       static const struct msg_field fields_##name[] = {
#define MSG(name)       REC(name)
#define I64(m, f, h)    {ROW(m, f, FIELD_I64), .help = h},
#define NUM(m, f, h)    {ROW(m, f, FIELD_NUM), .help = h},
#define BOOL(m, f, h)   {ROW(m, f, FIELD_BOOL), .help = h},
#define STR(m, f, h)    {ROW(m, f, FIELD_STR), .help = h},
#define SECRET(m, f, h) {ROW(m, f, FIELD_SECRET), .help = h},
#define LIST(m, f, rec, h)                                                             \
    {ROW(m, f, FIELD_LIST), .count_offset = offsetof(struct msg_##m, n_##f),           \
     .list = &desc_##rec, .help = h},
#define END(n)                                                                         \
    }                                                                                  \
    ;                                                                                  \
    static const struct msg_desc desc_##n = {#n, sizeof(struct msg_##n), fields_##n,   \
                                             STR_LEN(fields_##n)};
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

static const struct msg_desc *const descs[MSG_TYPES] = {
#define REC(name)
#define MSG(name) [MSG_##name] = &desc_##name,
#define I64(m, f, h)
#define NUM(m, f, h)
#define BOOL(m, f, h)
#define STR(m, f, h)
#define SECRET(m, f, h)
#define LIST(m, f, rec, h)
#define END(name)
#include "wire/schema.def"
};

const struct msg_desc *
msg_desc(int type)
{
    return type > MSG_none && type < MSG_TYPES ? descs[type] : NULL;
}

void
msg_head(enum msg_type type, unsigned char out[MSG_HEAD_SIZE])
{
    out[0] = (unsigned char)(type & 0xff);
    out[1] = (unsigned char)(type >> 8);
    out[2] = MSG_VERSION;
    out[3] = 0;
}

int
msg_head_parse(const void *frame, size_t n, enum msg_type *out, struct why *why)
{
    const unsigned char *p = frame;
    int type, version;

    if (n != MSG_HEAD_SIZE)
        return why_set(why, ERR_SYNTAX, "header: %zu bytes, not %d", n, MSG_HEAD_SIZE);
    type = p[0] | p[1] << 8;
    version = p[2] | p[3] << 8;
    if (version != MSG_VERSION)
        return why_set(why, ERR_UNSUPPORTED, "header: version %d, not %d", version,
                       MSG_VERSION);
    if (msg_desc(type) == NULL)
        return why_set(why, ERR_NOT_FOUND, "header: no message type %d", type);
    *out = (enum msg_type)type;
    return 0;
}

static void
json_fields(const struct msg_desc *d, const char *base, struct jsonw *w)
{
    for (size_t i = 0; i < d->n_fields; i++) {
        const struct msg_field *f = &d->fields[i];
        const char *at = base + f->offset;

        if (f->kind == FIELD_I64) {
            jw_int(w, f->name, *(const int64_t *)(const void *)at);
        } else if (f->kind == FIELD_NUM) {
            jw_num(w, f->name, *(const double *)(const void *)at);
        } else if (f->kind == FIELD_BOOL) {
            jw_bool(w, f->name, *(const bool *)(const void *)at);
        } else if (f->kind == FIELD_STR) {
            jw_str(w, f->name, *(const char *const *)(const void *)at);
        } else if (f->kind == FIELD_SECRET) {
            bool is_set = !str_empty(*(const char *const *)(const void *)at);

            jw_str(w, f->name, is_set ? "***" : "");
        } else {
            const char *list = *(const char *const *)(const void *)at;
            size_t n = *(const size_t *)(const void *)(base + f->count_offset);

            jw_array(w, f->name);
            for (size_t k = 0; k < n; k++) {
                jw_object(w, NULL);
                json_fields(f->list, list + k * f->list->size, w);
                jw_end(w);
            }
            jw_end(w);
        }
    }
}

void
msg_json(enum msg_type type, const void *body, struct jsonw *w, const char *key)
{
    jw_object(w, key);
    json_fields(msg_desc(type), body, w);
    jw_end(w);
}
