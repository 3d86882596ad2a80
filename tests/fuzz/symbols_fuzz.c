/* covers: common/domain/symbols_file.c common/domain/symbol.c */
/* links: common */
#include "base/str.h"
#include "domain/symbols_file.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* What a parser gives is in canonical spelling. */
static int
check(void *self, const struct symbol *s)
{
    char canonical[SYMBOL_SIZE];

    (void)self;
    assert(symbol_canonical(s->symbol, canonical));
    assert(str_eq(s->symbol, canonical));
    assert(!str_empty(security_name(s->type)));
    return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    symbols_parse_fn *const parsers[] = {symbols_parse_nasdaq, symbols_parse_other,
                                         symbols_parse_edgar};
    struct why why;

    for (size_t i = 0; i < STR_LEN(parsers); i++)
        (void)parsers[i]((const char *)data, n, check, NULL, &why); /* any answer */
    return 0;
}
