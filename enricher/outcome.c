#include "enricher/outcome.h"

const char *
outcome_name(enum outcome o)
{
    static const char *const names[OUTCOME_COUNT] = {
        [OUTCOME_OK] = "ok",           [OUTCOME_EMPTY] = "empty",
        [OUTCOME_BLOCKED] = "blocked", [OUTCOME_DENIED] = "denied",
        [OUTCOME_LIMITED] = "limited", [OUTCOME_TIMEOUT] = "timeout",
        [OUTCOME_ERROR] = "error",     [OUTCOME_CANCELLED] = "cancelled",
    };

    return names[o];
}

enum outcome
outcome_of_transfer(int rc)
{
    return rc == ERR_TIMEOUT ? OUTCOME_TIMEOUT : OUTCOME_ERROR;
}

enum outcome
outcome_of_parse(int rc, const struct facts *facts)
{
    if (rc == ERR_BLOCKED)
        return OUTCOME_BLOCKED;
    if (rc == ERR_DENIED)
        return OUTCOME_DENIED;
    if (rc == ERR_LIMITED)
        return OUTCOME_LIMITED;
    if (rc != 0)
        return OUTCOME_ERROR;
    for (size_t i = 0; i < facts->n; i++)
        if (facts->list[i].status == FACT_OK)
            return OUTCOME_OK;
    if (facts->cookie[0] != '\0' || facts->crumb[0] != '\0')
        return OUTCOME_OK;
    return OUTCOME_EMPTY;
}
