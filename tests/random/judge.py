# SPDX-License-Identifier: MIT
"""A PDF's text (as text.js gives it) against what its note said.

First the runs become lines; then every line is found in one of the note's streams, each
of which must be used up exactly, in order. After that every letter has a page, a region
(a column of a page) and a line, and the rules are questions about these places."""
import functools
import re

from notes import is_rtl, letters, rtl_letters

BODY, NOTES, FOOT, FLOATS, AGAIN = range(5)
POINTS = {"pt": 1, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72, "pc": 12}
PAPERS = {"A4": (595.276, 841.89), "A5": (419.528, 595.276), "Letter": (612, 792)}
RTL = ("ar", "he")
SLOTS = ("left", "center", "right")
HYPHENS = ("\u2010", "-", "\xad")


class Run:
    def __init__(self, fields):
        self.x0, self.x1, self.y, self.size = map(float, fields[:4])
        self.text = fields[4]


class Picture:
    def __init__(self, fields):
        self.x0, self.y0, self.x1, self.y1 = map(float, fields)
        self.size = self.x1 - self.x0


class Page:
    def __init__(self):
        self.runs, self.pictures = [], []


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

    def __init__(self, layout, rtl):
        page = layout["page"]
        self.rtl = rtl
        if isinstance(page["size"], list):
            self.width, self.height = map(points, page["size"])
        else:
            paper, _, turned = page["size"].partition(" ")
            self.width, self.height = PAPERS[paper][::-1] if turned else PAPERS[paper]
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
        at = min(max(int((run.x0 + 0.5 * run.size - left) / width), 0), self.columns - 1)
        return self.columns - 1 - at if self.rtl else at

    def parts(self, page, before, run):
        """Whether the room between two columns is between two runs."""
        left, _, right, _ = self.body(page)
        width = (right - left + self.gutter) / self.columns
        a, b = sorted((before, run), key=lambda r: r.x0)
        for n in range(1, self.columns):
            edge = left + n * width
            if a.x1 < edge - self.gutter + 2 and b.x0 > edge - 2 and (
                    self.rtl or b.x0 < edge + 3 * run.size):  # a marker, or text
                return True
        return False


class Verdict:
    def __init__(self):
        self.counts = {}
        self.faults = []     # what must not be
        self.blemishes = []  # what must not be if it can be helped
        self.words = 0

    def count(self, what, n=1):
        self.counts[what] = self.counts.get(what, 0) + n

    def fault(self, what, detail):
        self.count(what)
        self.faults.append(f"{what}: {detail}")


class Judge:
    def __init__(self, note, pages):
        self.note, self.pages = note, pages
        self.sheet = Sheet(note.layout, note.lang in RTL)
        self.verdict = Verdict()
        self.lines = []
        self.flowed = []  # runs of the body, by page

    # --- runs to lines ---

    @functools.cached_property
    def furniture(self):
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
        if letters(run.text) not in self.furniture:
            self.verdict.fault("outside", f"page {page + 1}: {run.text!r} is no header")
        return False

    def make_lines(self):
        for page, shown in enumerate(self.pages):
            line = None
            self.flowed.append([])
            for run in shown.runs:
                if not self.is_inside(page, run):
                    continue
                self.flowed[page].append(run)
                apart = line and (run.y - line.y > 0.6 * max(run.size, line.size)
                                  or line.y - run.y > 0.9 * max(run.size, line.size))
                joined = line and abs(run.x0 - line.runs[-1].x1) < 1
                begins = not joined and line and self.sheet.parts(page, line.runs[-1], run)
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
            return last, BODY, NOTES + FLOATS - last, FOOT, AGAIN
        return BODY, NOTES, FLOATS, FOOT, AGAIN

    def again(self, i, at, path):
        """What must come next of a table's head that stands again above line `i`, where
        the body is at `at`: "" if none does."""
        region, shown = self.lines[i].region(), 0
        for n in range(i - 1, -1, -1):
            stream, start, _ = path[n]
            if self.lines[n].region() != region or stream == BODY:
                break
            shown += (self.lines[n].length if stream == AGAIN else 0)
        else:
            return ""
        if self.lines[n].region() == region:
            return ""
        for table in self.note.tables:
            if table.first.start < at < table.last.end:
                return table.head[shown:]
        return ""

    def find_lines(self):
        """Gives each line its `stream`, `start` and `end`; False if that cannot be."""
        texts = [letters(line.text()) for line in self.lines]
        streams = self.note.streams
        for line, text in zip(self.lines, texts):
            line.length = len(text)
        path, at, last, i = [], [0] * (len(streams) + 1), BODY, 0
        options = [list(self.choices(0, BODY))] if texts else []
        deepest, where, seen = -1, None, set()
        while i < len(texts):
            text, found = texts[i], False
            while options[i]:
                s = options[i].pop(0)
                if (i, s, *at) in seen:
                    continue
                fits = (self.again(i, at[BODY], path).startswith(text) and text
                        if s == AGAIN else streams[s].startswith(text, at[s]))
                if fits:
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
        # Lines without letters belong to those above, or to what goes on below.
        for lines, count in ((reversed(self.lines), "figures"), (self.lines, "figures_above")):
            last = None
            for line in lines:
                near = last and last.region() == line.region() and last.start == last.end
                setattr(line, count, 1 + getattr(last, count) if near else 0)
                last = line

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

    def parts_of(self, stream, item):
        """[region, lines] of each region that has some of it. The foot of the first page
        reaches across columns."""
        parts = []
        for line in self.lines_of(stream, item):
            region = (line.page, 0) if stream == FOOT else line.region()
            if not parts or parts[-1][0] != region:
                parts.append([region, line.figures_above if parts else 0])
            parts[-1][1] += 1 + line.figures
        return parts

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
        # What belongs to something across the columns belongs to none of them.
        if begin.page != mark.page or not (note.across or begin.column == mark.column):
            before = "before" if begin.region() < mark.region() else "after"
            where = " (marks in notes)" if note.inside else ""
            self.verdict.fault(
                "mark and note apart" + where, f"note {note.number} ({note.name}): its mark "
                f"is on page {mark.page + 1}, column {mark.column + 1}, y {mark.y:.0f}; it "
                f"begins {before}, on page {begin.page + 1}, column {begin.column + 1}")
        parts = {}
        for line in self.of_stream[stream]:
            if line.start < note.items[-1].end and line.end > note.items[0].start:
                parts[line.region()] = parts.get(line.region(), 0) + 1
        if len(parts) > 1:
            self.verdict.count("notes split")
            if min(parts.values()) < 2 and not any(i.rtl for i in note.items):
                self.verdict.fault("split badly", f"note {note.number}: {parts}")

    def check_number(self, line, at, note):
        """The mark is where it should be, and shows the note's number."""
        number = self.number_of(note)
        if not number or any(is_rtl(c) for c in line.text()):
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
        if number not in shown:
            self.verdict.fault("wrong mark", f"{number} is not behind its word on "
                               f"page {line.page + 1}, but {shown!r}")

    def number_of(self, note):
        """The one in front of its text; "" if it has none that can be told."""
        if self.note.layout["footnotes"]["numbering"] != "decimal":
            return ""
        line = self.begin_of(note)
        before = re.match(r"\W*(\d+)\W*[^\W\d]", line.text())
        return before.group(1) if before and not rtl_letters(line.text()) else ""

    def begin_of(self, note):
        stream = NOTES
        if note.own:
            stream = FOOT if note.across else FLOATS
        return self.line_of(stream, note.items[0].start)

    def check_numbers(self):
        """They run through the note, or through each page."""
        pages = {}
        for note in self.note.footnotes:
            number = note.first and self.number_of(note)
            if not number:
                continue
            if self.note.restart:
                pages.setdefault(self.begin_of(note).page, []).append(int(number))
            elif number != str(note.number):
                self.verdict.fault("wrong mark", f"{note.number} stands as {number}")
        for page, numbers in pages.items():
            if not any(note.first and self.begin_of(note).page == page
                       and not self.number_of(note) for note in self.note.footnotes) and \
                    sorted(numbers) != list(range(1, len(numbers) + 1)):
                self.verdict.fault("wrong mark", f"page {page + 1} has {numbers}")

    def check_stranded(self):
        last_of = {}
        for line in self.lines:
            empty = line.start == line.end
            if line.stream == BODY and not empty or empty and rtl_letters(line.text()):
                last_of[line.region()] = line
        items = self.note.front + self.note.body
        for item, following in zip(items, items[1:]):
            if item.kind in ("heading", "title", "fact-heading") and not (
                    following.forced or following.rtl):
                line = self.line_of(BODY, item.end - 1)
                to = self.line_of(BODY, following.start)
                self.verdict.count("headings")
                other = line is last_of[line.region()] and to.region() != line.region()
                if self.sheet.columns > 1 and item in self.note.front:
                    other = to.page != line.page
                # In columns inside a page, the next line may be above this one.
                if other and self.beside_picture(line):
                    continue
                if other or (to.region() == line.region() and to.y < line.y - line.size):
                    self.verdict.fault("stranded heading", f"page {line.page + 1}, column "
                                       f"{line.column + 1}: {line.text()!r}")

    def beside_picture(self, line):
        """Whether a picture stands below a line, in its region."""
        sheet = self.sheet
        return any(p.y0 > line.y - line.size and sheet.column(line.page, p) == line.column
                   for p in self.pages[line.page].pictures)

    def check_pairs(self):
        stream_of = {id(item): stream for stream, item in self.stream_items()}
        for kind, a, b in self.note.pairs:
            if not a.text or not b.text or b.forced:
                continue
            stream = stream_of[id(a)]
            line, below = self.line_of(stream, a.end - 1), self.line_of(stream, b.start)
            self.verdict.count("pairs")
            if line.region() == below.region() or self.beside_picture(line):
                continue
            if self.part_by_notes(stream, line, below):
                self.verdict.count("parted by a note higher than a page")
            else:
                self.verdict.fault("parted", f"{kind}: page {line.page + 1}, column "
                                   f"{line.column + 1}: {line.text()!r} from "
                                   f"{below.text()!r}")
        for kind, items in self.note.wholes:
            lines = [n for i in items for n in self.lines_of(stream_of[id(i)], i)]
            if len({n.region() for n in lines}) > 1:
                self.verdict.fault("parted", f"{kind}: page {lines[0].page + 1}: "
                                   f"{lines[0].text()!r}")

    def notes_marked_on(self, stream, line):
        return [note for at_stream, item in self.stream_items() if at_stream == stream
                for at, note in item.marks if note.first is item
                and self.line_of(stream, item.start + max(at - 1, 0)) is line]

    def part_by_notes(self, stream, line, below):
        """A note of the upper line is higher than a page beside it, so that its rest is on
        the next one, and what is marked on the lower line begins behind that rest: the two
        lines cannot be on one page."""
        _, top, _, bottom = self.sheet.body(line.page)
        return bool(self.notes_marked_on(stream, below)) and any(
            1.2 * line.size + self.height_of(note) > bottom - top
            for note in self.notes_marked_on(stream, line))

    def height_of(self, note):
        """Of a note's lines, if they stood in one region."""
        parts = {}
        for n in self.of_stream[NOTES]:
            if n.start < note.items[-1].end and n.end > note.items[0].start:
                parts.setdefault(n.region(), set()).add(n.y)
        height = 0
        for found in parts.values():
            y = sorted(found)
            height += y[-1] - y[0] + min((b - a for a, b in zip(y, y[1:])), default=0)
        return height

    def check_pictures(self):
        shown = sum(len(p.pictures) for p in self.pages)
        if shown != len(self.note.pictures):
            self.verdict.fault("lost or doubled", f"{len(self.note.pictures)} pictures "
                               f"became {shown}")
        stream_of = {id(item): stream for stream, item in self.stream_items()}
        for item in self.note.pictures:
            if item:
                lines = self.lines_of(stream_of[id(item)], item)
                if not any(self.is_caption(lines, p)
                           for p in self.pages[lines[0].page].pictures):
                    self.verdict.fault("parted", f"caption: page {lines[0].page + 1}: "
                                       f"{lines[0].text()!r}")
        for page, paper in enumerate(self.pages):
            left, top, right, bottom = self.sheet.body(page)
            for p in paper.pictures:
                if p.x0 < left - 1 or p.x1 > right + 1 or p.y0 < top - 1 or \
                        p.y1 > bottom + 1:
                    self.verdict.fault("outside", f"page {page + 1}: a picture")
                for r in paper.runs:
                    if min(p.x1, r.x1) - max(p.x0, r.x0) > 1 and \
                            min(p.y1, r.y + 0.1 * r.size) - max(p.y0, r.y - 0.6 * r.size) > 1:
                        self.verdict.fault("overlap", f"page {page + 1}: a picture and "
                                           f"{r.text!r}")

    def is_caption(self, lines, picture):
        """Right below or above it, in its column, all of it."""
        first, last = lines[0], lines[-1]
        if first.region() != last.region() or \
                self.sheet.column(first.page, picture) != first.column:
            return False
        below = 0 < first.y - picture.y1 < 3 * first.size
        return below or 0 < picture.y0 - last.y < 3 * first.size

    def check_tables(self):
        """Where a table goes on, its head stands again."""
        for table in self.note.tables:
            regions, lines = [], self.of_stream[BODY]
            for line in lines:
                if line.start < table.last.end and line.end > table.first.start and \
                        line.region() not in regions:
                    regions.append(line.region())
            self.verdict.count("tables")
            for region in regions[1:]:
                self.verdict.count("tables that go on")
                shown = [n for n in self.lines
                         if n.stream == AGAIN and n.region() == region]
                if any(c.isdigit() for n in shown for c in n.text()):
                    self.verdict.fault("lost or doubled", f"page {region[0] + 1}: a mark in "
                                       f"the head {table.head!r} stands again")
                if sum(n.length for n in shown) != len(table.head):
                    self.verdict.fault("lost or doubled", f"page {region[0] + 1}: the head "
                                       f"{table.head!r} does not stand again")

    def check_floats(self):
        for item, before in self.note.anchors:
            line = self.line_of(FLOATS, item.start)
            anchor = self.line_of(BODY, before.end - 1)
            self.verdict.count("floats")
            early = line.region() < anchor.region()
            if self.sheet.columns > 1 and before in self.note.front:
                early = line.page < anchor.page
            if early:
                self.verdict.fault("early float", f"page {line.page + 1}: "
                                   f"{line.text()!r}, written on page {anchor.page + 1}")

    def check_widows(self):
        for stream, item in self.stream_items():
            parts = self.parts_of(stream, item) if item.kind != "cell" else []
            if len(parts) < 2:
                continue
            name = " in notes" if stream == NOTES else ""
            for part, what in ((parts[0], "orphans"), (parts[-1], "widows")):
                if part[1] < 2:
                    self.verdict.count(what + name)
                    # The region that ends badly, and in words.
                    self.verdict.blemishes.append((
                        parts[0][0] if part is parts[0] else parts[-2][0],
                        f"{what[:-1]}{name}: page {part[0][0] + 1}, column "
                        f"{part[0][1] + 1}: {item.text[:40]!r}"))

    def count_ends(self):
        """What is no fault, but should be rare."""
        last_of = {line.page: line for line in self.of_stream[BODY]}
        pages = sorted(last_of)
        for page in pages[:-1]:
            self.verdict.count("hyphens at a page's end",
                               last_of[page].text().rstrip().endswith(HYPHENS))
        if len(pages) > 1:
            lines = sum(n.page == pages[-1] for n in self.of_stream[BODY])
            self.verdict.count("last pages of less than five lines", lines < 5)

    def check_overlaps(self):
        for page, shown in enumerate(self.pages):
            boxes = sorted(((r.y - 0.62 * r.size, r.y + 0.12 * r.size, r)
                            for r in shown.runs), key=lambda b: b[0])
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
            self.check_numbers()
            self.check_stranded()
            self.check_pairs()
            self.check_pictures()
            self.check_tables()
            self.check_floats()
            self.check_widows()
            self.count_ends()
        return v


def read_text(text):
    """What text.js printed: the pages of each path."""
    found, pages = {}, None
    for line in text.split("\n"):
        if line.startswith("= "):
            pages = found.setdefault(line[2:], [])
        elif line.startswith("P\t"):
            pages.append(Page())
        elif line.startswith("R\t"):
            pages[-1].runs.append(Run(line.split("\t", 5)[1:]))
        elif line.startswith("I\t"):
            pages[-1].pictures.append(Picture(line.split("\t")[1:]))
    return found
