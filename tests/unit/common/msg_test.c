/* Laws of the wire: what is packed comes back; what is cut or bent fails cleanly. */
#include "base/prng.h"
#include "base/str.h"
#include "wire/msg.h"

#include <check.h>

Suite *msg_suite(void);

enum { SEED = 20261123, ROUNDS = 300, TEXTS = 64 };

static const char *const texts[TEXTS] = {
    "",
    "AAPL",
    "BRK.B",
    "a \"quoted\" line\nand a second",
    "Zürich – 日本 ✓",
    "{}[]",
    "a longer text that needs the two-byte head of msgpack because it has more than "
    "thirty-one bytes, and that goes on for a while so that it is longer than that",
};

static const char *
some_text(struct prng *r)
{
    const char *t = texts[prng_below(r, TEXTS)];

    return t == NULL ? "" : t;
}

/* Fills any struct by its description. */
static void
fill(struct prng *r, const struct msg_desc *d, char *base)
{
    for (size_t i = 0; i < d->n_fields; i++) {
        const struct msg_field *f = &d->fields[i];
        void *at = base + f->offset;

        if (f->kind == FIELD_I64)
            *(int64_t *)at = (int64_t)prng_u64(r) >> prng_below(r, 63);
        else if (f->kind == FIELD_NUM)
            *(double *)at = (prng_unit(r) - 0.5) * 1e9;
        else if (f->kind == FIELD_BOOL)
            *(bool *)at = prng_below(r, 2) == 1;
        else if (f->kind == FIELD_STR || f->kind == FIELD_SECRET)
            *(const char **)at = some_text(r);
        else {
            size_t n = prng_below(r, 5);
            char *list = calloc(n + 1, f->list->size);

            *(void **)at = list;
            *(size_t *)(void *)(base + f->count_offset) = n;
            for (size_t k = 0; k < n; k++)
                fill(r, f->list, list + k * f->list->size);
        }
    }
}

static void
empty(const struct msg_desc *d, char *base)
{
    for (size_t i = 0; i < d->n_fields; i++)
        if (d->fields[i].kind == FIELD_LIST)
            free(*(void **)(void *)(base + d->fields[i].offset));
}

static void
json_of(enum msg_type type, const void *body, struct buf *out)
{
    struct jsonw w;

    buf_clear(out);
    jsonw_init(&w, out);
    msg_json(type, body, &w, NULL);
    ck_assert_int_eq(out->err, 0);
}

START_TEST(unpack_of_pack_is_the_same_for_every_type)
{
    struct prng r = {SEED + (uint64_t)_i};
    struct buf frame, before, after;

    buf_init(&frame, MSG_MAX_BYTES);
    buf_init(&before, 8 << 20);
    buf_init(&after, 8 << 20);
    for (int type = 1; type < MSG_TYPES; type++) {
        const struct msg_desc *d = msg_desc(type);
        char *body = calloc(1, d->size);
        struct msg m;
        struct why why = {""};

        fill(&r, d, body);
        buf_clear(&frame);
        ck_assert_int_eq(msg_pack((enum msg_type)type, body, &frame), 0);
        ck_assert_msg(
            msg_unpack((enum msg_type)type, frame.data, frame.len, &m, &why) == 0,
            "%s: %s (seed %d)", d->name, why.text, SEED + _i);
        json_of((enum msg_type)type, body, &before);
        json_of((enum msg_type)type, m.body, &after);
        ck_assert_str_eq(buf_str(&before), buf_str(&after));
        msg_free(&m);
        empty(d, body);
        free(body);
    }
    buf_free(&frame);
    buf_free(&before);
    buf_free(&after);
}
END_TEST

static void
pack_scored(struct buf *frame)
{
    struct prng r = {SEED};
    struct msg_scored s = {0};

    fill(&r, msg_desc(MSG_scored), (char *)&s);
    buf_init(frame, MSG_MAX_BYTES);
    ck_assert_int_eq(msg_pack(MSG_scored, &s, frame), 0);
    empty(msg_desc(MSG_scored), (char *)&s);
}

START_TEST(every_truncation_fails)
{
    struct buf frame;
    struct msg m;

    pack_scored(&frame);
    for (size_t n = 0; n < frame.len; n++) {
        ck_assert_int_lt(msg_unpack(MSG_scored, frame.data, n, &m, NULL), 0);
        ck_assert_ptr_null(m.body);
    }
    buf_free(&frame);
}
END_TEST

START_TEST(every_flipped_byte_gives_a_message_or_an_error)
{
    struct buf frame;
    struct msg m;

    pack_scored(&frame);
    for (size_t i = 0; i < frame.len; i++) {
        frame.data[i] = (char)(frame.data[i] ^ (1 << (i % 8)));
        (void)msg_unpack(MSG_scored, frame.data, frame.len, &m, NULL);
        msg_free(&m);
        frame.data[i] = (char)(frame.data[i] ^ (1 << (i % 8)));
    }
    buf_free(&frame);
}
END_TEST

START_TEST(a_small_frame_cannot_claim_much)
{
    static const struct {
        const char *bytes;
        size_t n;
    } frames[] = {
        {"\xdd\x07\xff\xff\xff", 5},          /* array of 128 M */
        {"\xdf\x07\xff\xff\xff", 5},          /* map of 128 M */
        {"\x81\xa1k\xdd\x07\xff\xff\xff", 8}, /* the same inside a map */
        {"\x81\xa1k\xc6\xff\xff\xff\xff", 8}, /* 4 GB of bytes */
        {"\x81\xa1k\x91\x91\x91\x91\x90", 8}, /* too deep */
        {"\x81\x01\x01", 3},                  /* a key that is no text */
        {"\x81\xa1k\xc1", 4},                 /* the reserved byte */
        {"\x80\x80", 2},                      /* something behind the end */
        {"\x90", 1},                          /* not a map */
    };
    struct why why;

    for (size_t i = 0; i < STR_LEN(frames); i++) {
        why.text[0] = '\0';
        ck_assert_int_lt(guard_check(frames[i].bytes, frames[i].n, &why), 0);
        ck_assert_msg(why.text[0] != '\0', "frame %zu: no reason", i);
    }
    ck_assert_int_eq(guard_check("\x80", 1, &why), 0);
}
END_TEST

START_TEST(a_missing_field_is_named)
{
    struct msg m;
    struct why why = {""};

    ck_assert_int_eq(msg_unpack(MSG_who, "\x80", 1, &m, &why), ERR_MISSING);
    ck_assert_str_eq(why.text, "who: no field why");
}
END_TEST

START_TEST(what_a_kept_message_lacks_is_empty)
{
    static const struct msg_candidate none = {.id = ""};
    struct buf packed, want, got;
    struct msg m, kept;

    buf_init(&packed, 1 << 16);
    buf_init(&want, 1 << 16);
    buf_init(&got, 1 << 16);
    ck_assert_int_eq(msg_pack(MSG_candidate, &none, &packed), 0);
    ck_assert_int_eq(msg_unpack(MSG_candidate, packed.data, packed.len, &m, NULL), 0);
    ck_assert_int_eq(msg_unpack_kept(MSG_candidate, "\x80", 1, &kept, NULL), 0);
    json_of(MSG_candidate, m.body, &want);
    json_of(MSG_candidate, kept.body, &got);
    ck_assert_str_eq(buf_str(&want), buf_str(&got));
    msg_free(&m);
    msg_free(&kept);
    buf_free(&packed);
    buf_free(&want);
    buf_free(&got);
}
END_TEST

START_TEST(a_wrong_type_is_named)
{
    struct msg m;
    struct why why = {""};

    ck_assert_int_eq(msg_unpack(MSG_who, "\x81\xa3why\x01", 6, &m, &why), ERR_TYPE);
    ck_assert_str_eq(why.text, "field why: wrong type");
}
END_TEST

START_TEST(a_record_that_cannot_be_complete_is_refused_before_it_costs_memory)
{
    struct msg_ticker t = {.ticker = "ACME"};
    struct msg_candidate c = {.coming = &t, .n_coming = 1};
    struct buf b;
    struct msg m;
    struct why why = {""};
    char *record;

    buf_init(&b, 1 << 16);
    ck_assert_int_eq(msg_pack(MSG_candidate, &c, &b), 0);
    record = memmem(b.data, b.len,
                    "\x91\x81\xa6ticker\xa4"
                    "ACME",
                    14);
    ck_assert_ptr_nonnull(record);
    memset(record, 0x80, 14); /* empty records in its place, */
    *record = (char)0x9d;     /* thirteen of them */
    ck_assert_int_eq(msg_unpack(MSG_candidate, b.data, b.len, &m, &why), ERR_MISSING);
    ck_assert_str_eq(why.text, "coming: a record lacks a field");
    buf_free(&b);
}
END_TEST

START_TEST(unknown_keys_are_ignored)
{
    struct msg m;

    ck_assert_int_eq(msg_unpack(MSG_who, "\x82\xa3new\x01\xa3why\xa1x", 12, &m, NULL),
                     0);
    ck_assert_str_eq(((struct msg_who *)m.body)->why, "x");
    msg_free(&m);
}
END_TEST

START_TEST(a_number_that_is_not_finite_is_not_sent)
{
    struct msg_decided d = {.score = 0.0 / 0.0};
    struct buf out;

    buf_init(&out, MSG_MAX_BYTES);
    ck_assert_int_eq(msg_pack(MSG_decided, &d, &out), ERR_RANGE);
    buf_free(&out);
}
END_TEST

START_TEST(broken_utf8_is_repaired_on_the_way_out)
{
    struct msg_who w = {.why = "caf\xe9 \xc3\xa9"};
    struct buf out;
    struct msg m;

    buf_init(&out, MSG_MAX_BYTES);
    ck_assert_int_eq(msg_pack(MSG_who, &w, &out), 0);
    ck_assert_int_eq(msg_unpack(MSG_who, out.data, out.len, &m, NULL), 0);
    ck_assert_str_eq(((struct msg_who *)m.body)->why, "caf? \xc3\xa9");
    msg_free(&m);
    buf_free(&out);
}
END_TEST

START_TEST(a_secret_travels_and_is_never_printed)
{
    struct msg_lease l = {.source = "yahoo-quote", .cookie = "A3=abc", .crumb = ""};
    struct buf out, json;
    struct msg m;

    buf_init(&out, MSG_MAX_BYTES);
    buf_init(&json, MSG_MAX_BYTES);
    ck_assert_int_eq(msg_pack(MSG_lease, &l, &out), 0);
    ck_assert_int_eq(msg_unpack(MSG_lease, out.data, out.len, &m, NULL), 0);
    ck_assert_str_eq(((struct msg_lease *)m.body)->cookie, "A3=abc");
    json_of(MSG_lease, m.body, &json);
    ck_assert_ptr_nonnull(strstr(buf_str(&json), "\"cookie\":\"***\",\"crumb\":\"\""));
    msg_free(&m);
    buf_free(&json);
    buf_free(&out);
}
END_TEST

START_TEST(a_header_says_type_and_version)
{
    unsigned char head[MSG_HEAD_SIZE];
    enum msg_type type = MSG_none;

    msg_head(MSG_lease, head);
    ck_assert_int_eq(msg_head_parse(head, sizeof head, &type, NULL), 0);
    ck_assert_int_eq(type, MSG_lease);
    ck_assert_int_eq(msg_head_parse(head, 3, &type, NULL), ERR_SYNTAX);
    head[2]++;
    ck_assert_int_eq(msg_head_parse(head, sizeof head, &type, NULL), ERR_UNSUPPORTED);
    ck_assert_int_eq(msg_head_parse("\xff\xff\1\0", 4, &type, NULL), ERR_NOT_FOUND);
}
END_TEST

Suite *
msg_suite(void)
{
    Suite *s = suite_create("msg");
    TCase *t = tcase_create("msg");

    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, unpack_of_pack_is_the_same_for_every_type, 0, ROUNDS / 10);
    tcase_add_test(t, every_truncation_fails);
    tcase_add_test(t, every_flipped_byte_gives_a_message_or_an_error);
    tcase_add_test(t, a_small_frame_cannot_claim_much);
    tcase_add_test(t, a_missing_field_is_named);
    tcase_add_test(t, what_a_kept_message_lacks_is_empty);
    tcase_add_test(t, a_wrong_type_is_named);
    tcase_add_test(t,
                   a_record_that_cannot_be_complete_is_refused_before_it_costs_memory);
    tcase_add_test(t, unknown_keys_are_ignored);
    tcase_add_test(t, a_number_that_is_not_finite_is_not_sent);
    tcase_add_test(t, broken_utf8_is_repaired_on_the_way_out);
    tcase_add_test(t, a_secret_travels_and_is_never_printed);
    tcase_add_test(t, a_header_says_type_and_version);
    suite_add_tcase(s, t);
    return s;
}
