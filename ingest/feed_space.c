/* Which prefix stands for which vocabulary. */
#include "base/str.h"
#include "ingest/feed_reader.h"

/* Vocabularies by their address, without its scheme and what ends it, and the prefix
 * under which the rest of the reader knows them. */
static const struct {
    const char *address, *prefix;
} known[] = {
    {"purl.org/dc/elements/1.1", "dc"},
    {"purl.org/dc/elements/1.0", "dc"},
    {"purl.org/dc/terms", "dcterms"},
    {"purl.org/rss/1.0/modules/content", "content"},
    {"www.w3.org/2005/Atom", "atom"},
    {"www.w3.org/1999/xhtml", "xhtml"},
    {"www.nasdaqtrader.com", "ndaq"},
    {"web.resource.org/cc", "cc"},
    {"backend.userland.com/creativeCommonsRssModule", "creativeCommons"},
};

/* An address as the table has it. */
static struct slice
bare(struct slice address)
{
    const char *s = memmem(address.s, address.n, "://", 3);

    if (s != NULL) {
        address.n -= (size_t)(s + 3 - address.s);
        address.s = s + 3;
    }
    while (address.n > 0 && strchr("/#", address.s[address.n - 1]) != NULL)
        address.n--;
    return address;
}

static const char *
prefix_of(struct slice address)
{
    address = bare(address);
    for (size_t i = 0; i < STR_LEN(known); i++)
        if (slice_is_name(address, known[i].address, strlen(known[i].address)))
            return known[i].prefix;
    return NULL;
}

void
feed_spaces_add(struct feed_reader *r, const struct markup_token *tag)
{
    struct slice rest = tag->text, name, value;

    while (rest.n > 0 && markup_next_attribute(&rest, &name, &value)) {
        struct slice prefix = {name.s + 6, name.n - 6};
        const char *usual;

        if (name.n <= 6 || memcmp(name.s, "xmlns:", 6) != 0 ||
            (usual = prefix_of(value)) == NULL ||
            slice_is(prefix, usual, strlen(usual)) || r->n_spaces == FEED_SPACES)
            continue;
        r->spaces[r->n_spaces++] = (struct feed_space){prefix, {usual, strlen(usual)}};
    }
}

struct slice
feed_space_of(const struct feed_reader *r, struct slice prefix)
{
    for (size_t i = 0; i < r->n_spaces; i++)
        if (slice_is(prefix, r->spaces[i].prefix.s, r->spaces[i].prefix.n))
            return r->spaces[i].usual;
    return prefix;
}
