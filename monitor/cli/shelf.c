#include "monitor/cli/shelf.h"

#include "base/str.h"
#include "wire/proc.h"

static int
open_one(struct db **out, const struct conf *conf, const char *file, struct why *why)
{
    char path[CONF_TEXT + 32];
    int rc;

    *out = NULL;
    if (!proc_data_path(conf, file, path, sizeof path))
        return why_set(why, ERR_IO, "the path of the data directory is too long");
    rc = db_open(out, path, DB_READ, NULL, 0, why);
    if (rc == ERR_NOT_FOUND)
        return 0;
    if (rc == 0)
        rc = db_exec(*out, "BEGIN", why); /* one snapshot for all that is read */
    return rc;
}

int
shelf_open(struct shelf *s, const struct conf *conf, struct why *why)
{
    int rc;

    *s = (struct shelf){NULL, NULL};
    rc = open_one(&s->ingest, conf, "ingest.db", why);
    /* The snapshot starts with the first read. */
    if (rc == 0 && s->ingest != NULL)
        rc = db_exec(s->ingest, "SELECT count(*) FROM sqlite_master", why);
    if (rc == 0)
        rc = open_one(&s->ledger, conf, "ledger.db", why);
    if (rc != 0)
        shelf_close(s);
    return rc;
}

void
shelf_close(struct shelf *s)
{
    if (s->ingest != NULL)
        db_close(&s->ingest);
    if (s->ledger != NULL)
        db_close(&s->ledger);
}
