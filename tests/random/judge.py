# SPDX-License-Identifier: MIT
"""A PDF's text (as text.js gives it) against what its note said.

First the runs become lines; then every line is found in one of the note's streams, each
of which must be used up exactly, in order. After that every letter has a page, a region
(a column of a page) and a line, and the rules are questions about these places."""
import re

from notes import is_rtl, letters, rtl_letters

BODY, NOTES, FOOT, FLOATS = range(4)
POINTS = {"pt": 1, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72, "pc": 12}
PAPERS = {"A4": (595.276, 841.89), "A5": (419.528, 595.276), "Letter": (612, 792)}
SLOTS = ("left", "center", "right")


class Run:
    def __init__(self, fields):
        self.x0, self.x1, self.y, self.size = map(float, fields[:4])
        self.text = fields[4]


class Line:
    """Runs side by side."""

    def __init__(self, page, column, run):
        self.page, self.column = page, column
        self.runs = [run]
        self.y, self.size = run.y, run.size

    def region(self):
        return self.page, self.column

    def text(self):
        return "".join(r.text for r in self.runs)


def points(text):
    m = re.fullmatch(r"([\d.]+)(pt|mm|cm|in|pc)", str(text))
    return float(m.group(1)) * POINTS[m.group(2)]


class Sheet:
    """The geometry that the layout asks for."""

    def __init__(self, layout):
        page = layout["page"]
        self.width, self.height = PAPERS[page["size"]]
        self.margins = {k: points(v) for k, v in page["margins"].items()}
        first = page.get("first-top", "auto")
        self.first_top = self.margins["top"] if first == "auto" else points(first)
        self.columns = page["columns"]
        self.two_sided = page.get("two-sided", False)
        self.size = points(layout["styles"]["body"]["size"])
        gutter = str(page["gutter"])
        self.gutter = (float(gutter[:-2]) * self.size if gutter.endswith("em")
                       else points(gutter))

    def body(self, page):
        """left, top, right, bottom"""
        inner, outer = self.margins["inner"], self.margins["outer"]
        if self.two_sided and page % 2 == 1:
            inner, outer = outer, inner
        top = self.first_top if page == 0 else self.margins["top"]
        return inner, top, self.width - outer, self.height - self.margins["bottom"]

    def column(self, page, run):
        left, _, right, _ = self.body(page)
        width = (right - left + self.gutter) / self.columns
        at = int((run.x0 + 0.5 * run.size - left) / width)
        return min(max(at, 0), self.columns - 1)

    def begins_column(self, page, run):
        left, _, right, _ = self.body(page)
        width = (right - left + self.gutter) / self.columns
        at = (run.x0 - left) / width
        return self.columns > 1 and round(at) > 0 and abs(at - round(at)) * width < 2


class Verdict:
    def __init__(self):
        self.counts = {}
        self.faults = []  # what must not be
        self.words = 0

    def count(self, what, n=1):
        self.counts[what] = self.counts.get(what, 0) + n

    def fault(self, what, detail):
        self.count(what)
        self.faults.append(f"{what}: {detail}")


class Judge:
    def __init__(self, note, pages):
        self.note, self.pages = note, pages
        self.sheet = Sheet(note.layout)
        self.verdict = Verdict()
        self.lines = []
        self.flowed = []  # runs of the body, by page

    # --- runs to lines ---

    def allowed_furniture(self):
        n, layout = self.note, self.note.layout
        words = [letters(i.text) for i in n.front if i.kind == "title"][:1]
        for key in ("reference", "classification", "date"):
            words.append(letters(str(n.yaml.get(key, ""))))
        for place in ("header", "footer"):
            for slots in layout[place].values():
                if isinstance(slots, dict):
                    words += [letters(slots.get(s) or "") for s in SLOTS]
        for labels in layout["labels"].values():
            words.append(letters(re.sub(r"{\w+}", "", labels.get("page", ""))))
        return "".join(words)

    def is_inside(self, page, run):
        left, top, right, bottom = self.sheet.body(page)
        if top - 0.5 <= run.y <= bottom + 0.5:
            slack = run.size / 2 + 1
            if run.x0 < left - slack or run.x1 > right + slack:
                self.verdict.fault("outside", f"page {page + 1}: {run.text!r}")
            return True
        if not (0 < run.y < self.sheet.height and run.x0 >= -1
                and run.x1 <= self.sheet.width + 1):
            self.verdict.fault("outside", f"off page {page + 1}: {run.text!r}")
        if letters(run.text) not in self.allowed_furniture():
            self.verdict.fault("outside", f"page {page + 1}: {run.text!r} is no header")
        return False

    def make_lines(self):
        for page, runs in enumerate(self.pages):
            line = None
            self.flowed.append([])
            for run in runs:
                if not self.is_inside(page, run):
                    continue
                self.flowed[page].append(run)
                apart = line and (run.y - line.y > 0.6 * max(run.size, line.size)
                                  or line.y - run.y > 0.9 * max(run.size, line.size))
                joined = line and abs(run.x0 - line.runs[-1].x1) < 1
                begins = not joined and self.sheet.begins_column(page, run)
                if not line or apart or begins:
                    line = Line(page, self.sheet.column(page, run), run)
                    self.lines.append(line)
                else:
                    line.runs.append(run)
                    line.y = max(line.y, run.y)
                    line.size = max(line.size, run.size)

    # --- lines to streams ---

    def choices(self, i, last):
        """Which stream a line is likely to belong to, the likeliest first."""
        same = i > 0 and self.lines[i].region() == self.lines[i - 1].region()
        if same and last in (NOTES, FLOATS):
            return last, BODY, NOTES + FLOATS - last, FOOT
        return BODY, NOTES, FLOATS, FOOT

    def find_lines(self):
        """Gives each line its `stream`, `start` and `end`; False if that cannot be."""
        texts = [letters(line.text()) for line in self.lines]
        streams = self.note.streams
        path, at, last, i = [], [0] * len(streams), BODY, 0
        options = [list(self.choices(0, BODY))] if texts else []
        deepest, where, seen = -1, None, set()
        while i < len(texts):
            text, found = texts[i], False
            while options[i]:
                s = options[i].pop(0)
                if streams[s].startswith(text, at[s]) and (i, s, *at) not in seen:
                    seen.add((i, s, *at))
                    found = True
                    break
            if found:
                path.append((s, at[s], last))
                at[s] += len(text)
                last = s
                i += 1
                if i < len(texts):
                    options.append(list(self.choices(i, last)))
                continue
            if i > deepest:
                deepest, where = i, list(at)
            options.pop()
            if not path:
                self.tell_lost(deepest, where)
                return False
            i -= 1
            s, start, last = path.pop()
            at[s] = start
        for line, text, (s, start, _) in zip(self.lines, texts, path):
            line.stream, line.start, line.end = s, start, start + len(text)
        for name, stream, n in zip(("body", "notes", "first foot", "floats"),
                                   streams, at):
            if n < len(stream):
                self.verdict.fault("lost or doubled", f"the {name} end before "
                                   f"{stream[n:n + 60]!r}")
        return all(n == len(s) for n, s in zip(at, streams))

    def tell_lost(self, i, at):
        line = self.lines[i]
        expected = [s[n:n + 50] for s, n in zip(self.note.streams, at)]
        self.verdict.fault("lost or doubled", f"page {line.page + 1}, y {line.y:.0f}: "
                           f"{line.text()!r} where {expected} are next")

    def check_rtl(self):
        found = sorted(c for runs in self.flowed for r in runs
                       for c in rtl_letters(r.text))
        wanted = sorted(self.note.rtl)
        if found != wanted:
            self.verdict.fault("lost or doubled", f"{len(wanted)} letters that run from "
                               f"right to left became {len(found)}")

    # --- questions ---

    def index(self):
        """The lines of each stream, in order."""
        self.of_stream = [[line for line in self.lines if line.stream == s and
                           line.end > line.start] for s in range(4)]

    def line_of(self, stream, at):
        lines = self.of_stream[stream]
        low, high = 0, len(lines) - 1
        while low < high:
            middle = (low + high) // 2
            if lines[middle].end <= at:
                low = middle + 1
            else:
                high = middle
        return lines[low]

    def lines_of(self, stream, item):
        return [line for line in self.of_stream[stream]
                if line.start < item.end and line.end > item.start]

    def stream_items(self):
        n = self.note
        yield from ((BODY, i) for i in n.body_items)
        yield from ((NOTES, i) for i in n.note_items)
        yield from ((FOOT, i) for i in n.first_foot)
        yield from ((FLOATS, i) for i in n.float_items)

    def check_marks(self):
        seen = set()
        for stream, item in self.stream_items():
            for at, note in item.marks:
                line = self.line_of(stream, item.start + max(at - 1, 0))
                self.check_number(line, item.start + at, note)
                if note.first is item and note.number not in seen:
                    seen.add(note.number)
                    self.check_note(note, line, stream if note.own else NOTES)

    def check_note(self, note, mark, stream):
        begin = self.line_of(stream, note.items[0].start)
        self.verdict.count("notes")
        # What runs across the columns belongs to none of them.
        spans = (self.sheet.columns > 1
                 and note.first in self.note.front + self.note.first_foot)
        if begin.page != mark.page or not (spans or begin.column == mark.column):
            before = "before" if begin.region() < mark.region() else "after"
            where = " (marks in notes)" if note.inside else ""
            self.verdict.fault(
                "mark and note apart" + where, f"note {note.number} ({note.name}): its mark "
                f"is on page {mark.page + 1}, column {mark.column + 1}, y {mark.y:.0f}; it "
                f"begins {before}, on page {begin.page + 1}, column {begin.column + 1}")
        ends = self.line_of(stream, note.items[-1].end - 1)
        if ends.region() != begin.region():
            self.verdict.count("notes split")

    def check_number(self, line, at, note):
        """The mark is where it should be, and shows the note's number."""
        if self.note.layout["footnotes"]["numbering"] != "decimal":
            return
        if any(is_rtl(c) for c in line.text()):
            return
        seen, shown, text = line.start, "", line.text()
        if line.end == at:  # a mark may be alone on the next line
            lines = self.of_stream[line.stream]
            text += "".join(n.text() for n in lines[lines.index(line) + 1:][:1])
        for c in text:
            if letters(c):
                seen += len(letters(c))
            elif seen == at:
                shown += c
        if str(note.number) not in shown:
            self.verdict.fault("wrong mark", f"{note.number} is not behind its word on "
                               f"page {line.page + 1}, but {shown!r}")

    def check_stranded(self):
        last_of = {}
        for line in self.lines:
            empty = line.start == line.end
            if line.stream == BODY and not empty or empty and rtl_letters(line.text()):
                last_of[line.region()] = line
        items = self.note.front + self.note.body
        for item, following in zip(items, items[1:]):
            if item.kind in ("heading", "title", "fact-heading") and not following.forced:
                line = self.line_of(BODY, item.end - 1)
                to = self.line_of(BODY, following.start)
                self.verdict.count("headings")
                other = line is last_of[line.region()] and to.region() != line.region()
                # In columns inside a page, the next line may be above this one.
                if other or (to.region() == line.region() and to.y < line.y - line.size):
                    self.verdict.fault("stranded heading", f"page {line.page + 1}, column "
                                       f"{line.column + 1}: {line.text()!r}")

    def check_floats(self):
        for item, before in self.note.anchors:
            line = self.line_of(FLOATS, item.start)
            anchor = self.line_of(BODY, before.end - 1)
            self.verdict.count("floats")
            if line.region() < anchor.region():
                self.verdict.fault("early float", f"page {line.page + 1}: "
                                   f"{line.text()!r}, written on page {anchor.page + 1}")

    def check_widows(self):
        for stream, item in self.stream_items():
            parts = []
            for line in self.lines_of(stream, item):
                if parts and parts[-1][0] == line.region():
                    parts[-1][1] += 1
                else:
                    parts.append([line.region(), 1])
            if len(parts) < 2:
                continue
            name = " in notes" if stream == NOTES else ""
            if parts[0][1] < 2:
                self.verdict.count("orphans" + name)
            if parts[-1][1] < 2:
                self.verdict.count("widows" + name)

    def check_overlaps(self):
        for page, runs in enumerate(self.pages):
            boxes = sorted(((r.y - 0.62 * r.size, r.y + 0.12 * r.size, r) for r in runs),
                           key=lambda b: b[0])
            for i, (_, bottom, a) in enumerate(boxes):
                for top, low, b in boxes[i + 1:]:
                    if top >= bottom:
                        break
                    across = min(a.x1, b.x1) - max(a.x0, b.x0)
                    down = min(bottom, low) - top
                    if across > 1.5 and down > 0.25 * min(a.size, b.size):
                        self.verdict.fault("overlap", f"page {page + 1}, y {a.y:.0f}: "
                                           f"{a.text!r} and {b.text!r}")

    def judge(self):
        v = self.verdict
        v.count("pages", len(self.pages))
        self.make_lines()
        self.check_overlaps()
        self.check_rtl()
        if self.find_lines():
            self.index()
            self.check_marks()
            self.check_stranded()
            self.check_floats()
            self.check_widows()
        return v


def read_text(text):
    """What text.js printed: the pages of each path, as lists of runs."""
    found, pages = {}, None
    for line in text.split("\n"):
        if line.startswith("= "):
            pages = found.setdefault(line[2:], [])
        elif line.startswith("P\t"):
            pages.append([])
        elif line.startswith("R\t"):
            pages[-1].append(Run(line.split("\t", 5)[1:]))
    return found
