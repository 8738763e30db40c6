# SPDX-License-Identifier: MIT
"""The examples of a Markdown page, ready to be run.

A comment directly before a fence marks it, readers do not see it:

    <!-- file: note.yaml -->     the block is written to that file
    <!-- note -->                the block is a note, or keys of one, without any fault
    <!-- layout -->              the same for a layout
    <!-- excerpt: FILE -->       the block is part of that file of the repository; a line
                                 `# …` stands for what was left out
    <!-- run -->                 `$ command` lines are run in turn, in the files' folder;
                                 what stands below one is its output, `...` is any text
    <!-- run: 1 -->              the same, and the last command ends with that status
    <!-- shown -->               nothing to run: a diagram, a form, what needs a network

    for step in steps(text): ...    # (kind, argument, block, line)"""
import re

KINDS = "file|note|layout|excerpt|run|shown"
FENCE = re.compile(r"^(?:<!-- (%s)(?:: *(\S+))? -->\n+)?```[a-z]*\n(.*?)^```$" % KINDS,
                   re.M | re.S)


def fences(text):
    """Every fence; its kind is None if nothing marks it."""
    return [(m.group(1), m.group(2), m.group(3), text.count("\n", 0, m.start(3)) + 1)
            for m in FENCE.finditer(text)]


def steps(text):
    return [f for f in fences(text) if f[0]]


def commands(block):
    """(command, expected output) of a console block."""
    found = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append([line[2:], []])
        elif found:
            found[-1][1].append(line)
    return [(c, "\n".join(lines)) for c, lines in found]


def matches(expected, actual):
    pattern = ".*".join(re.escape(part) for part in expected.strip().split("..."))
    return re.fullmatch(pattern, actual.strip(), re.S) is not None


def as_note(block):
    """A whole note: title and language are added where the block shows other keys."""
    for key, line in ("title:", "title: Example\n"), ("lang:", "lang: en-GB\n"):
        block = block if re.search("^" + key, block, re.M) else line + block
    return block


def is_excerpt(block, whole):
    """Whether the block's pieces stand in the file, in this order."""
    at = 0
    for piece in re.split(r"^ *# …\n", block, flags=re.M):
        found = whole.find(piece, at)
        if found < 0 or (found and whole[found - 1] != "\n"):
            return False
        at = found + len(piece)
    return True


def anchors(text):
    """The ids that a code host gives the headings of a page."""
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)
    return {re.sub(r"[^\w\- ]", "", h.strip().lower()).replace(" ", "-")
            for h in re.findall(r"^#+ (.*)$", prose, re.M)}


def links(text):
    """Targets of links and pictures that are no web addresses."""
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)
    prose = re.sub(r"(`+)[^`].*?\1", "", prose)
    return [t for t in re.findall(r"\]\(([^)\s]+)\)|<img[^>]* src=\"([^\"]+)\"", prose)
            for t in t if t and not re.match(r"[a-z]+:", t)]
