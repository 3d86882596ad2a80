#include "domain/watchlist.h"

#include "base/str.h"
#include "domain/symbols.h"

int
watchlist_new(struct map **out, const char *list, struct why *why)
{
    char raw[SYMBOL_SIZE], symbol[SYMBOL_SIZE];
    const char *piece;
    size_t n;

    why->text[0] = '\0';
    if ((*out = map_new(WATCHLIST_MAX)) == NULL)
        return ERR_NOMEM;
    while ((piece = str_piece(&list, " ,;\t\n", &n)) != NULL) {
        bool is_good = str_copyn(raw, sizeof raw, piece, n) &&
                       symbol_canonical(raw, symbol) &&
                       map_put(*out, symbol, *out, NULL) == 0;

        if (!is_good && str_empty(why->text))
            (void)why_set(why, ERR_SYNTAX, "watchlist: \"%.*s\" is no symbol",
                          n < 40 ? (int)n : 40, piece);
    }
    return 0;
}
