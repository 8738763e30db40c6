# SPDX-License-Identifier: MIT
"""Does a file, read through its structure tree, say what its note says, in its order?

The note is read from `infonote dump --stage note`, which knows nothing of layout. What it
says becomes a list of letters that must be there and of gaps where the layout may put words
of its own: numbers of headings, labels of figures, the words of a reference. A footnote
comes right behind the block that refers to it first. Only letters count, as in
tests/random. Those of scripts that run from right to left are drawn as they are seen; they
are counted, not put in order."""
import json
import re
import unicodedata
from collections import Counter

from notes import is_rtl

LABEL, WORDS, CONTENTS = 14, 400, 100000  # how many letters a gap may have
TEXT = {"text", "code", "code-block"}
# A footnote that is marked in one of these comes behind it.
BLOCKS = {"paragraph", "heading", "label", "cell"}


def all_letters(text):
    return [c for c in unicodedata.normalize("NFKC", text) if c.isalpha()]


def letters(text):
    return "".join(c for c in all_letters(text) if not is_rtl(c))


class Node:
    def __init__(self, depth, line):
        self.depth, self.kids = depth, []
        m = re.match(r'([\w-]+)(?: @\d+:\d+)?(.*?)(?: "((?:[^"\\]|\\.)*)")?$', line)
        self.kind, self.about = m.group(1), m.group(2)
        self.text = json.loads('"' + m.group(3) + '"') if m.group(3) is not None else ""

    def says(self, pattern):
        m = re.search(pattern, self.about)
        return m.group(1) if m else None


def read_dump(text):
    """The parts of a note, in the dump's order, each a tree."""
    parts, path = [], []
    for line in text.splitlines():
        bare = line.lstrip(" ")
        node = Node((len(line) - len(bare)) // 2, bare)
        while path and path[-1].depth >= node.depth:
            path.pop()
        (path[-1].kids if path else parts).append(node)
        path.append(node)
    return parts


def values_of(facts):
    """The texts of facts, without their labels."""
    for kid in facts.kids:
        if kid.kind == "text":
            yield kid.text
        elif kid.kind != "label":
            yield from values_of(kid)


class Expected:
    """`parts`: strings that must be there, and numbers: the most letters of a gap. A letter
    has its facts wherever its form wants them, addresses without label: `anywhere`."""

    def __init__(self, dump, is_letter=False, below=False):
        self.below = below  # tables have their captions below them
        self.notes = {}
        self.parts, self.rtl, self.waiting, self.told = [], Counter(), [], set()
        roots = read_dump(dump)
        for part in roots:
            if part.kind == "footnote":
                m = re.match(r" (\d+)", part.about)
                self.notes[m.group(1)] = part
        body = [p for p in roots if p.kids and p.kind not in ("footnote", "disclaimer")]
        self.disclaimer = [p for p in roots if p.kind == "disclaimer"]
        self.anywhere = []
        if is_letter:
            self.anywhere = [letters(text) for p in body if p.kind == "facts"
                             for text in values_of(p)]
            body = [p for p in body if p.kind != "facts"]
        for part in body:
            self.gap(WORDS)
            self.say(part)
        self.gap(WORDS)

    def foot(self):
        """What the disclaimer says; its footnotes count as told behind the body's."""
        kept, self.parts = self.parts, []
        self.gap(WORDS)
        for part in self.disclaimer:
            self.say(part)
        said, self.parts = self.parts, kept
        return said

    def gap(self, most):
        self.parts.append(most)

    def add(self, text):
        self.parts.append(letters(text))
        self.rtl.update(c for c in all_letters(text) if is_rtl(c))

    def say(self, node):
        """A node and what is in it."""
        if node.kind in TEXT:
            self.add(node.text)
        elif node.kind == "footnote-mark":
            number = node.says(r" number=(\d+)")
            self.gap(0)
            if number and number not in self.told:
                self.told.add(number)
                self.waiting[-1:] = [self.waiting[-1] + [number]] if self.waiting else []
        elif node.kind == "toc":
            self.gap(CONTENTS)
        elif node.kind == "link" and not node.kids:
            self.gap(WORDS)
        else:
            self.say_around(node)

    def say_around(self, node):
        if node.kind in ("heading", "item", "image", "caption", "callout", "signature",
                         "disclaimer", "paragraph"):
            self.gap(WORDS if node.kind == "callout" else LABEL)
        block = node.kind in BLOCKS
        if block:
            self.waiting.append([])
        kids = node.kids
        if node.kind == "table" and self.below:
            caption = [k for k in kids if k.kind == "paragraph" and k.says(" (caption)")]
            remarks = [k for k in kids if k.kind == "paragraph" and k.says(" (remark)")]
            kids = [k for k in kids if k not in caption + remarks] + caption + remarks
        rows = CONTENTS if node.kind == "table" and node.says(" (data)=") else 0
        for kid in kids:
            self.say(kid)
            self.gap(rows)  # rows from data are in no dump
        if node.kind == "signature":
            self.gap(LABEL)
        if block:
            for number in self.waiting.pop():
                for kid in self.notes[number].kids:
                    self.say(kid)


def follow(parts, said):
    """None if `said` is `parts`; else what was expected and what is there. Keeps all
    stretches (first, last) in which the part before may end, because a gap may end
    anywhere."""
    places = [(0, 0)]
    for part in parts:
        if isinstance(part, int):
            places = joined((p, min(q + part, len(said))) for p, q in places)
        elif part:
            found = [(at + len(part),) * 2 for p, q in places
                     for at in occurrences(part, said, p, q)]
            if not found:
                before = places[0][0]
                return f"{part[:60]!r} is next; there is {said[before:before + 90]!r}"
            places = found
    if places[-1][1] == len(said):
        return None
    return f"nothing is next; there is {said[places[-1][1]:][:90]!r}"


def joined(places):
    """Stretches in their order, those that touch in one."""
    out = []
    for first, last in places:
        if out and first <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(last, out[-1][1]))
        else:
            out.append((first, last))
    return out


def occurrences(part, said, first, last):
    """Where in first…last `part` begins."""
    at = said.find(part, first, last + len(part))
    while at >= 0:
        yield at
        at = said.find(part, at + 1, last + len(part))


def follow_all(expected, plain):
    """The disclaimer stands at the end, or behind the title or the facts."""
    body, foot = expected.parts, expected.foot()
    found = follow(body + foot, plain)
    for at, part in enumerate(body if found else []):
        if part == WORDS and follow(body[:at] + foot + body[at:], plain) is None:
            return None
    return found


def compare(dump, said):
    """What is wrong with the order, or None."""
    plain, expected = letters(said), Expected(dump)
    found = follow_all(expected, plain)
    if found and re.search(r"\bcaption\b", dump):
        found = follow_all(Expected(dump, below=True), plain)
    if found and re.search(r"^facts$", dump, re.M):
        expected = Expected(dump, is_letter=True)
        lost = [t for t in expected.anywhere if t not in plain]
        other = f"{lost[0]!r} is not said" if lost else follow_all(expected, plain)
        found = other and found
    there = Counter(c for c in all_letters(said) if is_rtl(c))
    lost = expected.rtl - there
    if not found and lost:
        found = f"{sum(lost.values())} letters that run from right to left are missing"
    return found


# What of a note has a line under or through it, unless a fixture's layout says otherwise.
LINES = {"inserted": "Underline", "deleted": "LineThrough", "strike": "LineThrough"}


def words_of(node):
    """A node's letters; a reference's words are the layout's, a picture's are its Alt."""
    return letters(node.text) if node.kind in TEXT else "".join(map(words_of, node.kids))


def decorated(node):
    """(kind, words) of the outermost parts below a node that have such lines."""
    for kid in node.kids:
        if kid.kind in LINES:
            yield LINES[kid.kind], words_of(kid)
        else:
            yield from decorated(kid)


def compare_lines(dump, checker):
    """What was put in or taken out and is not told, or None."""
    for part in read_dump("" if re.search('^layout "data/', dump) else dump):
        for kind, words in decorated(part):
            said = [letters(t) for t in checker.decorated(kind)]
            if not any(words in text for text in said):
                return f"{words[:60]!r} is not told to be {kind}"
    return None
