"""The feed parser's cases of ../shared/corpus/rss/conformance, for tests/corpus.

Each case is a small feed whose head comment says what a reader has to find in it, as an
expression over the names of feedparser, a Python library.  Here the expression is
evaluated over what `catalyst parse feed` prints, under those names.  Markup is compared
as markup: the order of attributes and the spelling of an empty element are that
library's own.  A case that fails must be a row of docs/deviations.md, and no other may be.
"""
import csv
import datetime
import email.utils
import html.parser
import json
import pathlib
import re
import subprocess
import types

SECONDS = 20
MOST_LISTED = 0.10
OVERRIDE = "encoding override"
EMPTY = ("area", "br", "circle", "col", "hr", "img", "input", "link", "meta")


class Markup(html.parser.HTMLParser):
    """One spelling of each piece of markup."""

    def __init__(self, text):
        super().__init__(convert_charrefs=False)
        self.out = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        shown = "".join(f' {k}="{v}"' for k, v in sorted(attrs))
        self.out.append(f"<{tag}{shown}>")

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        if tag not in EMPTY:
            self.out.append(f"</{tag}>")

    def handle_data(self, data):
        self.out.append(data)

    def handle_entityref(self, name):
        self.out.append(f"&{name};")

    def handle_charref(self, name):
        self.out.append(f"&#{name};")

    def handle_decl(self, decl):
        self.out.append(f"<!{decl}>")


class Text(str):
    """Text that equals another one with the same markup."""

    __hash__ = str.__hash__

    def __eq__(self, other):
        return str.__eq__(self, other) or (
            "<" in self and Markup(self).out == Markup(other).out)

    def __ne__(self, other):
        return not self == other


class Names(dict):
    """A dict whose values are attributes too; has_key is of Python 2."""

    __getattr__ = dict.__getitem__

    def has_key(self, key):
        return key in self


def time_tuple(text):
    """Nine numbers, as feedparser gives a time."""
    try:
        when = email.utils.parsedate_to_datetime(text)
    except (TypeError, ValueError):
        try:
            when = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
        except ValueError:
            return None
    return tuple(when.astimezone(datetime.timezone.utc).timetuple())[:8] + (0,)


def add_times(out, entry):
    """feedparser calls the date of an item without another one `updated`."""
    updated = entry.get("updated") or entry.get("published")
    if updated:
        out["updated"], out["updated_parsed"] = updated, time_tuple(updated)
    if entry.get("published"):
        out["published_parsed"] = time_tuple(entry["published"])
    if entry.get("expires"):
        out["expired"], out["expired_parsed"] = entry["expires"], time_tuple(entry["expires"])


def add_links(out, entry):
    item, links = entry.get("item", {}), [dict(x) for x in entry.get("links", [])]
    if "link" not in out and item.get("link"):
        out["link"] = item["link"]
    out["guidislink"] = "link" not in entry and entry.get("permalink", True)
    out["links"] = links
    out["enclosures"] = [x | {"url": x.get("href")} for x in links if x["rel"] == "enclosure"]


def author_of(text):
    """Name and address of "Name (a@b)" or "a@b (Name)"."""
    address = re.search(r"[^\s()<>]+@[^\s()<>]+", text)
    name = text.replace(address[0], "") if address else text
    return {"name": re.sub(r"\(\s*\)|<\s*>", "", name).strip(" ()"),
            "email": address[0] if address else None}


def entry_of(entry):
    """What we print of one entry, under feedparser's names."""
    out = Names((k, Text(v)) for k, v in entry.items() if isinstance(v, str))
    add_links(out, entry)
    add_times(out, entry)
    out["tags"] = entry.get("tags", [])
    if out["tags"]:
        out["category"] = out["tags"][0].get("term")
    if "author" in entry:
        out["author_detail"] = author_of(entry["author"])
    if "content" in entry:
        out["content"] = [{"value": Text(entry["content"]), "type": entry.get("content_type")}]
    if "summary" not in out and "content" in entry:
        out["summary"] = Text(entry["content"])
    if "id" in out:
        out["guid"] = out["id"]
    out["description"] = out["subtitle"] = out.get("summary", Text(""))
    return out


def world_of(said):
    """The names an expression may use."""
    return {
        "bozo": said["broken"] or said["wrong_type"] or said["encoding_overridden"],
        "bozo_exception": OVERRIDE if said["encoding_overridden"] else "",
        "feedparser": types.SimpleNamespace(CharacterEncodingOverride=OVERRIDE),
        "isinstance": lambda value, kind: value == kind,
        "ord": ord,
        "encoding": said["encoding"],
        "entries": [entry_of(e) for e in said["full"]],
        "feed": entry_of(said["feed"]),
    }


def holds(program, path, expect):
    """Is the expression true of what our reader says?"""
    head = re.search(r"Header: *Content-type: *(.*)", path.read_bytes().decode("latin-1"))
    call = [program, "parse", "feed", path, "200"] + ([head[1].strip()] if head else [])
    done = subprocess.run(call + ["--json"], check=False, capture_output=True, text=True,
                          timeout=SECONDS)
    if done.returncode not in (0, 1):
        return False
    if not expect:  # only that it is read, or refused with a reason
        return True
    if done.returncode == 1:  # refused: for feedparser a feed of nothing, and bozo
        return bool(eval(expect, {"__builtins__": {}}, {"bozo": True, "entries": []}))
    try:  # the collection is ours: its expressions are no stranger's code
        return bool(eval(expect, {"__builtins__": {}}, world_of(json.loads(done.stdout))))
    except (KeyError, IndexError, AttributeError, TypeError, ValueError):
        return False


def listed(deviations):
    """Cases in the table of docs/deviations.md."""
    return set(re.findall(r"^\| feed \| `(\S+\.xml)`", deviations.read_text(), re.M))


def compare(program, folder, deviations, whole=True):
    """Passed, failed, and a line for each that is not as it should be.  Another
    collection than ours (not whole) may lack cases that are listed."""
    if not (folder / "index.tsv").exists():
        return 0, []
    known, seen, passed, faults = listed(deviations), set(), 0, []
    with (folder / "index.tsv").open(newline="") as rows:
        cases = [r for r in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE)
                 if r["file"].startswith("conformance/")]
    for row in cases:
        path = pathlib.Path(folder / row["file"])
        expect = json.loads(row["expected"])["expect"].strip()
        good = holds(program, path, expect)
        seen.add(path.name)
        passed += good
        if good == (path.name in known):
            faults.append(f"feed {path.name}: " + (
                "passes and is still listed" if good else f"not so: {expect}"))
    if whole:
        faults += [f"feed {name}: listed and not there" for name in sorted(known - seen)]
    if whole and len(known) > MOST_LISTED * max(1, len(cases)):
        faults.append(f"feed: {len(known)} of {len(cases)} cases are listed")
    return passed, faults
