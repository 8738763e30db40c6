# SPDX-License-Identifier: MIT
"""Whether pages could have ended without a widow or orphan: a search of its own.

It knows nothing of how the program seeks pages. What lines there are, how far apart they
stand and what is marked on them it sees in another PDF of the same note, on one page as
high as paper may be, where nothing is parted. Which paragraphs could be a line longer or
shorter is told by tests/random/settings.c, which seeks no pages either.

In a window of regions around the blemish, which begins and ends as in the note's own PDF,
every division of the lines is tried: any end of a region where the rules let one be, any
division of a footnote that leaves two lines on each side, with up to two paragraphs in
another number of lines. One that has fewer blemishes, parts nothing that belongs together
and costs less by the layout's own prices (docs/layouts.md, `breaking`) is a remedy.

What is found is a proof: a remedy could have been set. That none is found proves that
there is none in the window, among breaks that the judge understands: it takes no end of a
region beside a table's row, code, a picture or the edge of a box where the note has none.
What stands above or below a region's lines (floats, heads that stand again, a front across
columns) stays there. Windows leave out regions with columns inside a page, a disclaimer at
the last foot, notes marked across columns, an end in text from right to left; a blemish
beside these is counted as not judged, and so is one whose own pages the judge does not
find possible."""
import itertools
import re

BODY, NOTES, FOOT, FLOATS, AGAIN = range(5)
TALLEST = "5000mm"
BEFORE, BEHIND, MOST_CHANGED, PAGE_COST = 3, 2, 2, 10000
RIGID = ("cell", "code", "caption", "callout title", "remark", "title", "fact",
         "fact-heading")
FACTOR = re.compile(r"([\d.]+)(%|em)?$")


def tall_layout(sheet):
    """One column of the same width, on one page."""
    width = (sheet.width - sheet.margins["inner"] - sheet.margins["outer"]
             - (sheet.columns - 1) * sheet.gutter) / sheet.columns
    wide = width + sheet.margins["inner"] + sheet.margins["outer"]
    return {"page": {"size": [f"{wide:.3f}pt", TALLEST], "columns": 1, "two-sided": False},
            "breaking": {"flush-bottom": False}}


def factor(text):
    """A leading, in sizes."""
    m = FACTOR.match(str(text))
    return float(m.group(1)) / (100 if m.group(2) == "%" else 1) if m else 1.4


class Piece:
    """A line as it stands among others: where, how high, what it holds."""

    def __init__(self, y, lead, size, items):
        self.y, self.lead, self.size, self.items = y, lead, size, items
        self.need = 0         # footnote lines that must have begun with it
        self.forced = False   # a page begins with it
        self.blemishes = 0    # of a region that begins with it
        self.may = True       # one may
        self.start = 0        # its first letter

    def top(self):
        return self.lead / 2 + 0.35 * self.size

    def foot(self):
        return self.lead / 2 - 0.35 * self.size


class Region:
    def __init__(self, at):
        self.at = at
        self.all, self.lines, self.notes = [], [], []
        self.others = []      # where other things stand
        self.anchor = 0       # it must hold what is before this piece, for its floats
        self.odd = False
        self.room = self.used = 0.0


class Window:
    """Regions [first, last] of the note; pieces [begin, end), footnote lines [q0, q1)."""

    def __init__(self, regions, begin, end, q0, q1):
        self.regions, self.begin, self.end, self.q0, self.q1 = regions, begin, end, q0, q1


class Remedy:
    def __init__(self, own, tall, settings):
        self.own, self.tall = own, tall
        layout = own.note.layout
        self.prices = layout["breaking"]
        body = layout["styles"]["body"]
        self.ratio = factor(body.get("leading", 1.4))
        self.overhead = self.note_overhead(layout["footnotes"])
        self.note_pieces, self.ranges = self.read_notes()
        self.pieces = self.read_body()
        self.offers = self.read_settings(settings)
        self.regions = self.read_regions()

    # --- the tall page ---

    def note_overhead(self, notes):
        def length(text):
            m = re.match(r"([\d.]+)(\w*)", str(text))
            unit = {"em": self.own.sheet.size, "mm": 72 / 25.4}.get(m.group(2), 1)
            return float(m.group(1)) * unit
        return sum(length(notes[k]) for k in ("rule-space-above", "rule-thickness",
                                              "rule-space-below"))

    def piece_of(self, line, offset):
        size = max(r.size for r in line.runs)
        piece = Piece(line.y + offset, size * self.ratio, size, [])
        piece.start = line.start
        return piece

    def pieces_of(self, stream):
        pieces, offset, page = [], 0.0, 0
        for line in self.tall.of_stream[stream]:
            if line.page != page:
                offset += 1e6
                page = line.page
            pieces.append(self.piece_of(line, offset))
        return pieces

    def number(self, stream, item):
        """The pieces of an item: [first, last)."""
        lines = self.tall.of_stream[stream]
        inside = [k for k, n in enumerate(lines)
                  if n.start < item.end and n.end > item.start]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)

    def fill_items(self, stream, items, pieces):
        spans = {}
        for item in items:
            first, last = spans[id(item)] = self.number(stream, item)
            for k in range(first, last):
                pieces[k].items.append(item)
            apart = [pieces[k + 1].y - pieces[k].y for k in range(first, last - 1)]
            if apart and 0 < min(apart) < 3 * pieces[first].size:
                for k in range(first, last):
                    pieces[k].lead = min(apart)
            if item.kind != "cell" and last - first > 1:
                pieces[first + 1].blemishes += 1
                pieces[last - 1].blemishes += 1
        return spans

    def read_notes(self):
        """The lines of footnotes; by note, their first and last, with those of notes
        that are marked in it."""
        note = self.tall.note
        pieces = self.pieces_of(NOTES)
        spans = self.fill_items(NOTES, note.note_items, pieces)
        ranges = {}

        def last_of(n):
            last = max(spans[id(i)][1] for i in n.items)
            for item in n.items:
                for _, inner in item.marks:
                    if inner.first is item and inner.items[0] in note.note_items:
                        last = max(last, last_of(inner))
            return last

        for n in note.notes:
            ranges[id(n)] = spans[id(n.items[0])][0], last_of(n)
        return pieces, ranges

    def read_body(self):
        note = self.tall.note
        pieces = self.pieces_of(BODY)
        self.spans = self.fill_items(BODY, note.body_items, pieces)
        for item in note.body_items:
            first, last = self.spans[id(item)]
            if item.forced:
                pieces[first].forced = True
            for at, n in item.marks:
                if id(n) in self.ranges and n.first is item:
                    line = self.tall.line_of(BODY, item.start + max(at - 1, 0))
                    k = self.tall.of_stream[BODY].index(line)
                    pieces[k].need = max(pieces[k].need, self.ranges[id(n)][1])
        if note.disclaimer_note:
            k = self.spans[id(note.front[-1])][1] - 1
            pieces[k].need = max(pieces[k].need, self.ranges[id(note.disclaimer_note)][1])
        need = 0
        for p in pieces:
            need = p.need = max(need, p.need)
        self.forbid(pieces)
        return pieces

    def forbid_at_pictures(self, pieces):
        """What stands between two lines would be lost at the top of a region."""
        offset = 0.0
        for page in self.tall.pages:
            for picture in page.pictures:
                for a, b in zip(pieces, pieces[1:]):
                    if a.y - a.size < picture.y1 + offset and picture.y0 + offset < b.y:
                        b.may = False
            offset += 1e6

    def forbid(self, pieces):
        note = self.tall.note
        self.forbid_at_pictures(pieces)
        items = note.front + note.body
        for item, following in zip(items, items[1:]):
            rigid = [i for i in (item, following) if i.kind in RIGID or i.rtl or i.boxed]
            first = self.spans.get(id(following), (0, 0))[0]
            if item.kind == "heading" or rigid:
                pieces[first].may = False
        for item in items:
            first, last = self.spans.get(id(item), (0, 0))
            if item.kind in RIGID or item.kind == "heading" or item.boxed:
                for k in range(first + 1, last):
                    pieces[k].may = False
        for _, a, b in note.pairs:
            for k in range(self.spans.get(id(a), (0, 0))[1],
                           self.spans.get(id(b), (0, -1))[0] + 1):
                pieces[k].may = False
        for _, whole in note.wholes:
            spans = [self.spans[id(i)] for i in whole if id(i) in self.spans]
            for k in range(min((s[0] for s in spans), default=0) + 1,
                           max((s[1] for s in spans), default=0)):
                pieces[k].may = False

    # --- other settings ---

    def read_settings(self, text):
        """(first, last, cost, the marks on each line) of items of the body."""
        by_word = {}
        for item in self.tall.note.body_items:
            at = item.text.find("q")
            if 0 <= at < 12 and not item.rtl:
                by_word[item.text[at:at + 7]] = item
        offers, item = [], None
        for line in text.split("\n"):
            fields = line.split(" ")
            if fields[0] == "P":
                word = re.search(r"q\w{6}", fields[2])
                item = by_word.get(word.group(0)) if word else None
                if item and self.lines_in(item) != int(fields[1]):
                    item = None
            elif fields[0] == "S" and item:
                offers.append((*self.spans[id(item)], int(fields[2]),
                               [int(m) for m in fields[3:]]))
        return offers

    def lines_in(self, item):
        first, last = self.spans[id(item)]
        return last - first

    def changed(self, offers):
        """The pieces with some paragraphs set otherwise; where each old one has gone."""
        out, to, k, shift = [], {}, 0, 0.0
        for first, last, _, marks in sorted(offers):
            for p in range(k, first):
                out.append(self.moved(self.pieces[p], shift))
                to[p] = len(out) - 1
            to[first] = len(out)
            old, n = self.pieces[first:last], len(marks)
            needs = sorted({p.need for p in old})
            before = self.pieces[first - 1].need if first else 0
            steps = [p for p in needs if p > before]
            for i, count in enumerate(marks):
                p = self.moved(old[0], shift + i * old[0].lead)
                p.start = old[0].start if i == 0 else -1
                p.forced = p.forced and i == 0
                p.may = old[0].may if i == 0 else old[-1].may
                p.blemishes = (0 if i == 0 else (i == 1) + (i == n - 1))
                # Marks on a line: as many more notes, as far as lines tell them apart.
                if count and steps:
                    last = i == n - 1 or len(steps) == 1
                    before = steps[-1] if last else steps.pop(0)
                p.need = before
                out.append(p)
            shift += (n - len(old)) * old[0].lead
            k = last
        for p in range(k, len(self.pieces)):
            out.append(self.moved(self.pieces[p], shift))
            to[p] = len(out) - 1
        to[len(self.pieces)] = len(out)
        return out, to

    @staticmethod
    def moved(p, shift):
        other = Piece(p.y + shift, p.lead, p.size, p.items)
        other.need, other.forced, other.blemishes = p.need, p.forced, p.blemishes
        other.may, other.start = p.may, p.start
        return other

    # --- the note's own pages ---

    def read_regions(self):
        regions = {}
        front = self.own.note.front[-1].end if self.own.sheet.columns > 1 else 0
        for line in self.own.lines:
            r = regions.setdefault(line.region(), Region(line.region()))
            r.all.append(line)
            if line.stream == BODY and line.start >= front:
                r.lines.append(line)
            elif line.stream == NOTES:
                r.notes.append(line)
            else:
                r.others.append(line.y)
        for page, shown in enumerate(self.own.pages):
            for picture in shown.pictures:
                r = regions.get((page, self.own.sheet.column(page, picture)))
                if r:
                    r.others += picture.y0, picture.y1
        out = [regions[at] for at in sorted(regions)]
        for r in out:
            r.odd = self.is_odd(r)
            if not r.odd:
                self.measure(r)
        for item, before in self.own.note.anchors:
            where = self.own.line_of(FLOATS, item.start).region()
            regions[where].anchor = max(regions[where].anchor, self.spans[id(before)][1])
        return out

    def is_odd(self, r):
        note = self.own.note
        items = [i for i in note.body_items if i.grouped]
        items += note.foot if note.layout["disclaimer"]["place"] == "last-foot" else []
        below = [b.y < a.y for a, b in zip(r.lines, r.lines[1:])]
        across = self.own.sheet.columns > 1 and r.at[0] == 0 and any(
            i.marks for i in note.front)
        # Of text from right to left, no line has a place in a stream.
        hidden = [n for n in r.all if n.start == n.end]
        return not r.lines or any(below) or across or any(
            n.y < r.lines[0].y or n.y > r.lines[-1].y for n in hidden) or any(
            n.start < i.end and n.end > i.start for n in r.lines for i in items)

    def measure(self, r):
        """Its room, without that for what stands above its lines or below them."""
        _, top, _, bottom = self.own.sheet.body(r.at[0])
        first, last = (self.own_piece(n) for n in (r.lines[0], r.lines[-1]))
        if r.at[0] == 0 or any(y < first.y for y in r.others):
            top = first.y - first.top()
        r.used = last.y - first.y + first.top() + last.foot()
        if r.notes:
            a, b = (self.own_piece(n) for n in (r.notes[0], r.notes[-1]))
            r.used += self.overhead + b.y - a.y + (a.lead + b.lead) / 2
        r.room = bottom - top
        if any(y > last.y for y in r.others):
            r.room = min(r.used, r.room)

    def own_piece(self, line):
        size = max(n.size for n in line.runs)
        return Piece(line.y, size * self.ratio, size, [])

    # --- windows ---

    def piece_at(self, letter):
        """The piece that begins with a letter of the body; None if none does."""
        if letter is None:
            return len(self.pieces)
        for k, p in enumerate(self.pieces):
            if p.start == letter:
                return k
        return None

    def note_line_at(self, letter):
        for k, p in enumerate(self.note_pieces):
            if p.start == letter:
                return k
        done = bool(self.note_pieces) and letter >= self.tall.of_stream[NOTES][-1].end
        return len(self.note_pieces) if done or not self.note_pieces else None

    def notes_done(self, k):
        """Where footnotes go on behind regions before `k`."""
        ends = [n.end for r in self.regions[:k] for n in r.notes]
        return self.note_line_at(max(ends, default=0))

    def window(self, k, first, last):
        """Regions [first, last], if they can be one; `k` is the one with the blemish."""
        regions = self.regions[first:last + 1]
        if any(r.odd for r in regions):
            return None
        apart = zip(regions, regions[1:])
        if any(b.lines[0].start != a.lines[-1].end for a, b in apart):
            return None
        behind = self.regions[last + 1:]
        more = next((r.lines[0].start for r in behind if r.lines), None)
        begin, end = self.piece_at(regions[0].lines[0].start), self.piece_at(more)
        q0, q1 = self.notes_done(first), self.notes_done(last + 1)
        if None in (begin, end, q0, q1):
            return None
        return Window(regions, begin, end, q0, q1)

    def widest(self, k):
        for first in range(max(k - BEFORE, 0), k + 1):
            for last in range(min(k + 1 + BEHIND, len(self.regions) - 1), k, -1):
                w = self.window(k, first, last)
                if w:
                    return w
        return None

    # --- the search ---

    def price_of_room(self, room, used):
        left = max(room - used, 0)
        return PAGE_COST * (left / room) ** 2

    def divisions(self, q0, need):
        """Where footnotes may go on that must have begun up to line `need`: whole, or the
        last one in two parts."""
        yield need, 0
        root = [r for r in self.ranges.values() if r[1] == need and r[0] < need]
        if need <= q0 or not root:
            return
        start, end = min(root)
        inner = [r for r in self.ranges.values() if start < r[0] < end]
        if inner:
            return
        for q in range(max(start, q0) + 2, end - 1):
            yield q, self.prices["split-note"] + self.note_pieces[q].blemishes * \
                self.prices["widow"]

    def note_height(self, q0, q1):
        if q1 <= q0:
            return 0.0
        a, b = self.note_pieces[q0], self.note_pieces[q1 - 1]
        return self.overhead + b.y - a.y + (a.lead + b.lead) / 2

    def ends_of(self, pieces, own_end, start, room):
        """(next piece, next note line, cost, blemishes) of every way to fill a region."""
        i, q = start
        for j in range(i + 1, len(pieces) + 1):
            last, first = pieces[j - 1], pieces[i]
            height = last.y - first.y + first.top() + last.foot()
            if height > room:
                return
            at_end = j == len(pieces)
            ends = at_end or pieces[j].forced
            if ends or pieces[j].may or j == own_end:
                blemishes = 0 if ends else pieces[j].blemishes
                for to, cost in self.divisions(q, max(last.need, q)):
                    used = height + self.note_height(q, to)
                    if used <= room and not (at_end and cost):
                        inner = self.note_pieces[to].blemishes if cost else 0
                        cost += blemishes * self.prices["widow"]
                        cost += 0 if ends else self.price_of_room(room, used)
                        yield j, to, cost, blemishes + inner
            if ends:
                return

    def best(self, pieces, to, w):
        """(cost, blemishes, ends) of the cheapest division of the window; or None."""
        begin, end = to[w.begin], to[w.end]
        ends = [to.get(self.piece_at(r.lines[0].start)) for r in w.regions[1:]] + [end]
        states, found = {(begin, w.q0): (0.0, 0, [])}, None
        for r, own_end in zip(w.regions, ends):
            following = {}
            anchor = to.get(r.anchor, r.anchor)
            for start, (cost, blemishes, path) in states.items():
                for j, q, more, bad in self.ends_of(pieces, own_end, start, r.room - 1):
                    known = following.get((j, q))
                    if anchor <= j <= end and not (known and known[0] <= cost + more):
                        following[j, q] = cost + more, blemishes + bad, path + [(j, q)]
            done = following.pop((end, w.q1), None)
            last = r is w.regions[-1] or end == len(pieces)
            if done and last and (not found or done < found):
                found = done
            states = following
        return found

    def own_price(self, w, blemishes):
        """What the note's own division of a window costs at least."""
        behind = self.regions[self.regions.index(w.regions[-1]) + 1:]
        rooms = sum(self.price_of_room(r.room, r.used) for r in w.regions[:-1])
        if behind and behind[0].lines and not self.begins_forced(behind[0]):
            rooms += self.price_of_room(w.regions[-1].room, w.regions[-1].used)
        return rooms + blemishes * min(self.prices["widow"], self.prices["orphan"])

    def begins_forced(self, r):
        k = self.piece_at(r.lines[0].start)
        return k is None or k == len(self.pieces) or self.pieces[k].forced

    def is_possible(self, w):
        """The judge's measures hold for the note's own pages."""
        slack = 3.0
        if self.own.note.layout["breaking"].get("flush-bottom"):
            slack += 0.02 * w.regions[0].room
        return all(r.used <= r.room + slack for r in w.regions)

    def settings_in(self, w):
        inside = [o for o in self.offers if w.begin <= o[0] and o[1] <= w.end]
        for n in range(MOST_CHANGED + 1):
            for offers in itertools.combinations(inside, n):
                if len({o[0] for o in offers}) == n:
                    yield offers

    def find(self, where, count):
        """Of `count(regions)` blemishes around the region `where`: a remedy, as words; ""
        if there is none; None if that cannot be judged."""
        k = next(n for n, r in enumerate(self.regions) if r.at == where)
        w = self.widest(k)
        if not w or not self.is_possible(w):
            return None
        seen = count([r.at for r in w.regions])
        price = self.own_price(w, seen)
        margin = self.prices["uneven"] * len(w.regions)
        if w.end == len(self.pieces):
            margin += self.prices["short-last"]
        for offers in self.settings_in(w):
            pieces, to = self.changed(offers)
            found = self.best(pieces, to, w)
            if found and found[1] < seen and \
                    found[0] + margin + sum(o[2] for o in offers) < price:
                return self.words(pieces, found, offers, price)
        return ""

    def words(self, pieces, found, offers, price):
        ends = [f"before {pieces[j].items[0].text[:12]!r}" if j < len(pieces) and
                pieces[j].items else "at the end" for j, _ in found[2]]
        changed = f", with {len(offers)} paragraphs set otherwise" if offers else ""
        return (f"regions could end {', '.join(ends)}{changed}: {found[1]} blemishes, "
                f"{found[0]:.0f} instead of {price:.0f}")
