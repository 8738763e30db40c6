# SPDX-License-Identifier: MIT
"""The information note as a template, and records for it: a name and a place changed in
each, or all text new. The same texts in every run, and for every typesetter."""
import json
import random
import re

PLACES = """Abidjan Brno Cádiz Dakar Edinburgh Fribourg Győr Helsinki Iași Jakarta Kyiv Łódź
Malmö Nairobi Osaka Porto Quito Reykjavík Tbilisi Ürümqi Vienna Warsaw Xiamen Yaoundé
Zürich""".split()
SYLLABLES = "ka lo min tar ve sö rig bel né dun hos qui fy wal jep zor cha gla xi mund".split()
# What the two fields of a name and a place stand for in the note.
PLACE, NAME = "Geneva, Switzerland", "Takushoku"
VOWELS, OTHERS = "aaaeeeeeiiioouu", "bcddfglllmmnnnpprrrsssttttv"


def _name(rng):
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(3, 4))).capitalize()


def with_names(text):
    """The text as a template of a name and a place."""
    head, tail = text.split(PLACE, 1)
    before, behind = tail.split(NAME, 1)
    return head + "{{place}}" + before + "{{name}}" + behind


def names(n, seed=1):
    rng = random.Random(seed)
    for i in range(1, n + 1):
        yield {"id": f"{i}", "place": rng.choice(PLACES), "name": _name(rng)}


def _renew(rng, text):
    """Every small letter another, vowels for vowels: lines fill as before, and words can
    be hyphenated as before."""
    return re.sub(r"[a-z]", lambda m: rng.choice(VOWELS if m[0] in "aeiou" else OTHERS), text)


def _texts(text):
    """The lines of a note as (what stays, text that is renewed)."""
    below = text[:text.index("title:")]
    yield from ((line, None) for line in below.splitlines())
    for line in text[len(below):].splitlines():
        key = re.match(r" *(- )?([A-Za-z ]+:( |$))?(- )?", line)[0]
        rest = line[len(key):]
        keeps = not rest or "[^" in rest or "://" in rest or rest[0] in ">|"
        yield (line, None) if keeps else (key, rest)


def with_fields(text):
    """The text as a template whose every line of text is a field."""
    lines, n = [], 0
    for stays, rest in _texts(text):
        if rest is not None:
            n += 1
            quote = '"' if stays.rstrip().endswith(":") else ""
            stays += f"{quote}{{{{t{n}}}}}{quote}"
        lines.append(stays)
    return "\n".join(lines) + "\n"


def renewed(text, n, seed=1):
    rng = random.Random(seed)
    parts = [rest for _, rest in _texts(text) if rest is not None]
    for i in range(1, n + 1):
        record = {"id": f"{i}"}
        for k, part in enumerate(parts, 1):
            record[f"t{k}"] = _renew(rng, part)
        yield record


def filled(template, record):
    """What a typesetter without records of its own is given."""
    return re.sub(r"\{\{(\w+)\}\}", lambda m: record[m[1]], template)


def write_lines(path, records):
    with open(path, "w", encoding="utf-8") as f:
        for record in records:
            f.write(json.dumps(record, ensure_ascii=False) + "\n")


def write_csv(path, records):
    import csv
    with open(path, "w", encoding="utf-8", newline="") as f:
        out = None
        for record in records:
            if out is None:
                out = csv.DictWriter(f, list(record), lineterminator="\n")
                out.writeheader()
            out.writerow(record)


def _source_renewed(rng, text, suffix):
    """Text alone, not what is markup: in HTML between tags, in Typst in lines without a
    command."""
    if suffix == "html":
        head, body = text.split("</style>", 1)
        return head + "</style>" + re.sub(r">[^<]+", lambda m: _renew(rng, m[0]), body)
    return "\n".join(line if "#" in line or line.startswith("//") else _renew(rng, line)
                     for line in text.split("\n"))


def renewed_source(text, suffix, n, seed=1):
    """The note of another typesetter, all text new in each: its name, its source."""
    rng = random.Random(seed)
    for i in range(1, n + 1):
        yield [f"{i}", _source_renewed(rng, text, suffix)]
