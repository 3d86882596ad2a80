#include "tests/conform/reader.h"

int
reader_open(struct reader *r, const struct json *input, const char *text_key)
{
    const char *link = json_text(json_member(input, "url"), "");
    char *no_env[] = {NULL};
    struct buf errors;
    struct why why;
    int rc;

    buf_init(&errors, 4096);
    rc = conf_load(&r->conf, NULL, no_env, NULL, 0, &errors);
    buf_free(&errors);
    if (rc != 0)
        return rc;
    if ((rc = rules_open(&r->rules, &r->conf, &why)) != 0) {
        conf_free(&r->conf);
        return rc;
    }
    weights_default(&r->weights);
    r->in = (struct msg_enriched){
        .kind = strstr(link, "sec.gov") != NULL ? "filing" : "news",
        .title = json_text(json_member(input, "title"), ""),
        .summary = json_text(json_member(input, text_key), ""),
        .link = link};
    reading_of(&r->rules, &r->in, &r->reading);
    return 0;
}

void
reader_close(struct reader *r)
{
    rules_close(&r->rules);
    conf_free(&r->conf);
}
