# SPDX-License-Identifier: MIT
"""The examples of a Markdown page, ready to be run.

A comment directly before a fence marks it, readers do not see it:

    <!-- file: note.yaml -->     the block is written to that file
    <!-- run -->                 `$ command` lines are run in turn, in the files' folder;
                                 what stands below one is its output, `...` is any text
    <!-- run: 1 -->              the same, and the last command ends with that status

    for step in steps(text): ...    # (kind, argument, block, line)"""
import re

FENCE = re.compile(r"^<!-- (file|run)(?:: *(\S+))? -->\n+```[a-z]*\n(.*?)^```$", re.M | re.S)


def steps(text):
    return [(m.group(1), m.group(2), m.group(3), text.count("\n", 0, m.start(3)) + 1)
            for m in FENCE.finditer(text)]


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
