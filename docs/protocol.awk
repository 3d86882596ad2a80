# Writes docs/protocol.md from the one place where the wire messages are described:
#
#   awk -f docs/protocol.awk common/wire/schema.def > docs/protocol.md
#
# `make lint` fails when the committed page is not what this prints.

BEGIN {
    kinds["I64"] = "integer"; kinds["NUM"] = "number"
    kinds["BOOL"] = "true or false"; kinds["STR"] = "text"
    kinds["SECRET"] = "text, never printed"
    print "# The protocol between the processes"
    print ""
    print "Written by docs/protocol.awk from common/wire/schema.def: change that, not this."
    print ""
    print "A message is two ZeroMQ frames. The head has four bytes: type and schema version,"
    print "each a little-endian 16 bit number. The body is one msgpack map with text keys;"
    print "its values are scalars, or lists of flat maps, the records. Nothing nests deeper,"
    print "and a body has at most 1 MiB. A guard checks all of that before the body is read."
    print ""
    print "Unknown keys are ignored. A missing key or a wrong type is counted and logged,"
    print "and the message is dropped. Times ending in `_ms` are milliseconds since 1970"
    print "UTC, `left_ms` is time left. Text is UTF-8 and never absent: empty when there"
    print "is none. NAN and infinity are never sent."
}

function cell(s) { gsub(/\|/, "\\|", s); return s }

# One field, `KIND (owner, name, "help")`, as a row.
function field_row(line,    kind, name, help, list) {
    kind = line; sub(/^[ \t]*/, "", kind); sub(/[ \t(].*/, "", kind)
    help = line; sub(/^[^"]*"/, "", help); sub(/"\)[^"]*$/, "", help); gsub(/\\"/, "\"", help)
    name = line; sub(/^[^(]*\([^,]*,[ \t]*/, "", name)
    list = name; sub(/,.*/, "", name)
    if (kind == "LIST") {
        sub(/^[^,]*,[ \t]*/, "", list); sub(/,.*/, "", list)
        return "| `" name "` | list of [" list "](#" list ") | " cell(help) " |"
    }
    return "| `" name "` | " kinds[kind] " | " cell(help) " |"
}

/^\/\* ---- / {
    title = $0; sub(/^\/\* -+ /, "", title); sub(/ -+ \*\/$/, "", title)
    print ""; print "## " toupper(substr(title, 1, 1)) substr(title, 2)
    next
}

# The fields that several messages share, one list with a macro's name.
/^#define [A-Z_]+\(m\)/ {
    shared = $2; sub(/\(.*/, "", shared); in_shared = 1
    next
}
in_shared && /"\)/ { shared_rows[shared] = shared_rows[shared] field_row($0) "\n" }
in_shared { if ($0 !~ /\\[ \t]*$/) in_shared = 0; next }

/^(MSG|REC)\(/ {
    name = $0; sub(/^[^(]*\(/, "", name); sub(/\).*/, "", name)
    print ""; print "### " name; print ""
    if (/^MSG/) printf "Type %d.\n\n", ++type
    print "| key | kind | meaning |"; print "|---|---|---|"
    next
}
/^    [A-Z_]+\([a-z_]+\)$/ {
    name = $1; sub(/\(.*/, "", name)
    printf "%s", shared_rows[name]
    next
}
/^    (I64|NUM|BOOL|STR|SECRET|LIST) *\(.*"\)$/ { print field_row($0); next }
/^END\(/ || /^$/ || /^( \*|\/\*)/ { next }
{
    printf "%s:%d: not understood: %s\n", FILENAME, FNR, $0 > "/dev/stderr"
    exit 1
}
