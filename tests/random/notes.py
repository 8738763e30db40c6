# SPDX-License-Identifier: MIT
"""Random notes, and what a reader must find in their PDFs.

A note is made together with its *streams*: the letters that the pages must show, in order,
of the body, of the footnotes, of a disclaimer that stands at the first page's foot, and of
what floats; the notes of the last two stand with them.
Only letters count: what the layout adds (numbers, bullets, hyphens) and how words are
divided does not. In a stream, an *item* is a paragraph or heading; a *mark* is a place
where a footnote is referred to. Scripts that run from right to left are counted apart,
without their order."""
import functools
import re
import unicodedata

WORDS = """the of and to in a is that for it as was with be by on not he his but at are this
have from or had an they which one you were all her she there would their we him been has
when who will no more if out so up said what its about than into them can only other time
new some could these two may first then do any like my now over such our man me even most
made after also did many off before must well back through years much where your way down
should because long each just state those people too world still between life being under
never day same another know while last might great old year against come since right
illicit trafficking organization workshop institutional comprehensive cooperation response
counterfeiting proliferation international experience identification synchronize maritime
overland delegation representative recommendation implementation capacity understanding
prerequisite coordination stakeholders responsibilities commonalities administration
harbour dredging pilots council minutes nitrate sample water district office annex budget
naïve café Zürich Łódź façade coöperate Ångström Dvořák Šiška œuvre straße""".split()

ARABIC = "سلام ماء مدينة تقرير مجلس ميناء اجتماع تعاون خبراء منظمة دولية نقل بحر".split()
HEBREW = "שלום מים עיר דוח מועצה נמל ישיבה מומחים ארגון הובלה ים ספר".split()
LANGUAGES = ["en-GB"] * 8 + ["en-US", "de", "fr", "es", "it", "ru", "ar", "he"]
WITH_OTHERS = ["heading", "float", "cell", "caption", "callout title", "term"]
LAYOUTS = ["information-note", "briefing", "memo", "letter"]


@functools.cache
def is_rtl(c):
    return unicodedata.bidirectional(c) in ("R", "AL", "AN")


class Sieve(dict):
    """For str.translate: what characters become that are not known yet."""

    def __init__(self, rtl):
        super().__init__()
        self.rtl = rtl

    def __missing__(self, code):
        c = chr(code)
        self[code] = kept = c if c.isalpha() and is_rtl(c) == self.rtl else None
        return kept


SIEVE, RTL_SIEVE = Sieve(False), Sieve(True)


def letters(text):
    """The letters that have a place in a stream."""
    return unicodedata.normalize("NFKC", text).translate(SIEVE)


def rtl_letters(text):
    return list(unicodedata.normalize("NFKC", text).translate(RTL_SIEVE))


class Item:
    """`start`, `end`: its letters in the stream; `marks`: (letters before it, note)."""

    def __init__(self, kind):
        self.kind = kind
        self.text = ""
        self.marks = []
        self.forced = False  # a page begins before it
        self.rtl = False     # most of it has no place in a stream
        self.closed = False  # nothing more is marked in it
        self.boxed = False   # it stands in a box with edges of its own
        self.grouped = False # it stands in columns inside a page
        self.floats = None   # the list of items that floats together with it
        self.start = self.end = 0

    def add(self, text):
        self.text += letters(text)

    def mark(self, note):
        self.marks.append((len(self.text), note))


class Footnote:
    def __init__(self, name, inside=False):
        self.name = name
        self.inside = inside  # its mark is in a footnote
        self.items = []
        self.markdown = ""
        self.long = False
        self.number = 0
        self.first = None     # the item that marks it first
        self.across = False   # it belongs to what runs across the columns
        self.own = False      # it stands with what marks it, not at the page's foot


class Note:
    """What is made, and what is expected of it."""

    def __init__(self, rng, name, shipped):
        self.rng = rng
        self.name = name
        self.shipped = shipped  # layouts by name, merged and plain
        self.layout_yaml = None
        self.rtl = []
        self.unique = 0
        self.footnotes = []
        self.open = 0           # how deep in footnotes
        self.numbers = 0        # how deep in numbered lists
        self.together = 0       # how deep in what must stand together
        self.forced = self.small_page = False
        self.density = self.pick([0, 0.02, 0.04, 0.08, 0.15])  # of marks
        self.make_layout()
        self.restart = self.layout["footnotes"].get("restart") == "page"
        self.front, self.body, self.foot = [], [], []
        self.yaml = self.make()
        self.number_notes()
        self.make_streams()

    # --- chance ---

    def chance(self, p):
        return self.rng.random() < p

    def pick(self, choices):
        return self.rng.choice(choices)

    def one_of_a_kind(self):
        """A word that is nowhere else, and hard to mistake for a part of one."""
        self.unique += 1
        n, word = self.unique, ""
        for _ in range(3):
            n, digit = divmod(n, 60)
            word = "bdfghjklmnprstv"[digit % 15] + "aeiu"[digit // 15] + word
        return "q" + word

    def word(self):
        p = self.rng.random()
        if p < 0.06:
            return self.one_of_a_kind()
        if p < 0.08:
            return str(self.rng.randint(2, 2100))
        if p < 0.085:
            return "/".join(self.pick(WORDS) for _ in range(3))
        return self.pick(WORDS)

    # --- the layout ---

    def make_layout(self):
        base = self.pick(LAYOUTS)
        self.layout_name = base
        over = {"extends": base}
        if self.chance(0.75):
            self.layout_name = f"./{self.name}.layout.yaml"
            self.override(base, over)
            self.layout_yaml = over
        self.layout = merge(self.shipped[base], {k: v for k, v in over.items()
                                                 if k != "extends"})

    def override(self, base, over):
        page = over.setdefault("page", {})
        size = self.pick(["A4", "A5", "Letter"])
        page["size"] = size
        columns = self.pick([1, 1, 2])
        page["columns"] = columns
        small = self.small_page = size == "A5"
        page["margins"] = {side: f"{self.rng.randint(15, 18 if small else 34)}mm"
                           for side in ("top", "bottom", "inner", "outer")}
        page["margins"]["top"] = f"{self.rng.randint(20, 34)}mm"
        page["margins"]["bottom"] = f"{self.rng.randint(26, 38)}mm"
        if self.chance(0.3):
            page["two-sided"] = True
        if base == "letter" and small:
            page["first-top"] = "auto"
        points = self.rng.randint(16, 20 if small and columns == 2 else 26) / 2
        if points > 12:  # the banner and the header are above the text
            page["margins"]["top"] = f"{max(int(page['margins']['top'][:-2]), 22)}mm"
        justify = self.chance(0.5)
        over["styles"] = {"body": {"size": f"{points:g}pt", "align": "justify" if justify
                                   else "start", "hyphenate": self.chance(0.5)}}
        over["disclaimer"] = {"place": self.pick(
            ["after-body", "first-foot", "last-foot", "footnote"])}
        over["facts"] = {"run-in": self.chance(0.6)}
        if self.density <= 0.02 and self.chance(0.6):  # many symbols are long words
            over["footnotes"] = {"numbering": "symbols"}
        if self.chance(0.2):
            over.setdefault("footnotes", {})["restart"] = "page"
        if self.chance(0.3):
            over["breaking"] = {"flush-bottom": True}
        if self.chance(0.2):
            over["headings"] = {"numbered": self.chance(0.5)}

    # --- inlines: Markdown, and the item told of it ---

    def words(self, n):
        return " ".join(self.word() for _ in range(n))

    def inline(self, item):
        """One word or a few, perhaps dressed."""
        p = self.rng.random()
        if p > 0.14:
            text = self.word()
            item.add(text)
            return text
        plain = self.words(self.rng.randint(1, 4))
        item.add(plain)
        if p < 0.03:
            return f"*{plain}*"
        if p < 0.06:
            return f"**{plain}**"
        if p < 0.07:
            return f"`{plain}`"
        if p < 0.09:
            return f"[{plain}](https://example.org/{self.rng.randint(1, 99)})"
        if p < 0.10:
            return f"~~{plain}~~"
        if p < 0.11:
            extra = self.pick(["two", "th", "3"])
            item.add(extra)
            mark = self.pick("^~")
            return f"{plain}{mark}{extra}{mark}"
        if p < 0.12:
            return f'<span lang="{self.pick(["fr", "de", "la"])}">{plain}</span>'
        if p < 0.13:
            url = f"https://example.org/{self.pick(WORDS[:40])}/{self.rng.randint(1, 999)}"
            item.add(url)
            return f"{plain} <{url}>"
        return f'<span class="small-caps">{plain}</span>'

    def text(self, n, item):
        """About n words of Markdown; the first, one of a kind, makes the item findable."""
        out = [self.one_of_a_kind()]
        item.add(out[0])
        while n > 0:
            out.append(self.inline(item))
            n -= len(out[-1].split())
            if self.chance(0.08):
                out[-1] += self.pick(",;:.")
            if n > 0 and self.chance(self.density / 4):
                self.add_mark(out, item)
        if self.chance(self.density):
            self.add_mark(out, item)
        return " ".join(out)

    def add_mark(self, out, item):
        """Behind letters, since only letters have a place."""
        if re.search(r"\d(</?\w[^>]*>|\W)*$", out[-1]):
            out.append(self.pick(WORDS))
            item.add(out[-1])
        out[-1] += self.mark(item)

    def rtl_text(self, item):
        words = self.pick([ARABIC, HEBREW])
        out = [self.pick(words) for _ in range(self.rng.randint(4, 40))]
        self.rtl += rtl_letters("".join(out))
        at = self.rng.randint(1, len(out) - 1)
        name = self.one_of_a_kind()
        item.add(name)
        item.rtl = True
        out[at] += f" {name}" + (self.mark(item) if self.chance(0.3) else "")
        return " ".join(out)

    # --- footnotes ---

    def mark(self, item):
        """One mark, or several behind each other."""
        if item.closed:
            return ""
        out, several = "", self.chance(0.06)
        for _ in range(3 if several else 1):
            again = [n for n in self.footnotes if not n.inside]
            # Where each page begins with 1, a mark on another page is as words.
            if again and self.open == 0 and not self.restart and self.chance(0.05):
                note = self.pick(again)  # a second mark of it
            elif self.open >= 2:
                return out
            else:
                alone = not (several or item.marks or self.together
                             or item.kind in WITH_OTHERS)
                note = self.footnote(alone)
            item.mark(note)
            item.closed = note.long
            out += f"[^{note.name}]"
        return out

    def footnote(self, alone):
        note = Footnote(f"n{len(self.footnotes) + 1}", self.open > 0)
        self.footnotes.append(note)
        self.open += 1
        numbers, self.numbers = self.numbers, 0
        # Several long notes marked on one line cannot all begin below it: no layout has a
        # remedy. So long ones are marked alone, and nothing is marked in them.
        density, long = self.density, alone and self.open == 1 and self.chance(0.12)
        short = self.together > 0
        self.density, note.long = 0 if long or short else min(density, 0.03), long
        n = self.rng.randint(2, 12 if short else 30)
        if long and self.chance(0.5):
            n = self.rng.randint(60, 260)
        blocks = [self.text(n, self.item("paragraph", note.items))]
        if long and self.chance(0.3):
            blocks.append(self.text(n // 2, self.item("paragraph", note.items)))
        if long and self.chance(0.3):
            blocks.append(self.list(1, note.items))
        note.markdown = "\n\n".join(blocks) + "\n"
        self.numbers, self.density = numbers, density
        self.open -= 1
        return note

    # --- blocks: Markdown, its items appended to `items` ---

    def item(self, kind, items):
        item = Item(kind)
        item.forced, self.forced = self.forced, False
        items.append(item)
        return item

    def paragraph(self, items):
        if self.chance(0.04):
            return self.rtl_text(self.item("paragraph", items))
        text = self.text(self.rng.randint(3, self.pick([20, 60, 160])),
                         self.item("paragraph", items))
        if self.chance(0.05):
            item = items[-1]
            text += "\\\n" + self.text(self.rng.randint(2, 12), item)
        return text

    def label(self, nth):
        formats = self.layout["lists"]["numbers"]
        code = formats[min(self.numbers, len(formats) - 1)]
        if "a" in code:
            return alphabetic(nth)
        return roman(nth) if "i" in code else ""

    def list(self, depth, items):
        ordered, tight = self.chance(0.5), self.chance(0.5)
        # Only a list that begins with 1 may follow a paragraph's line directly.
        start = self.pick([1, 1, 1, 7, 98]) if depth == 1 else 1
        lines = []
        for nth in range(self.rng.randint(1, 6)):
            marker = f"{start + nth}. " if ordered else "- "
            item = self.item("item", items)
            if ordered:
                item.add(self.label(start + nth))
            body = [self.text(self.rng.randint(1, self.pick([8, 50])), item)]
            self.numbers += ordered
            if depth < 3 and self.chance(0.2):
                body.append(self.list(depth + 1, items))
            self.numbers -= ordered
            pad = "\n" + " " * len(marker)
            between = "\n" if tight else "\n\n"
            lines.append(marker + between.join(body).replace("\n", pad))
        return ("\n" if tight else "\n\n").join(lines)

    def quote(self, items):
        blocks = [self.text(self.rng.randint(5, 60), self.item("paragraph", items))]
        if self.chance(0.3):
            blocks.append(self.list(2, items))
        return "> " + "\n\n".join(blocks).replace("\n", "\n> ")

    def code(self, items):
        item = self.item("code", items)
        lines = []
        for _ in range(self.rng.randint(1, 8)):
            lines.append(" " * self.rng.randint(0, 3) + self.one_of_a_kind() + " "
                         + self.pick(WORDS))
            item.add(lines[-1])
        return "```\n" + "\n".join(lines) + "\n```"

    def heading(self, items, level):
        text = self.text(self.rng.randint(1, 9), self.item("heading", items))
        return "#" * level + " " + text

    def blocks(self, n, items, allow_heading=True):
        """Markdown blocks of about n words; begins and ends with a paragraph."""
        out = [self.paragraph(items)]
        while n > 0:
            p = self.rng.random()
            if p < 0.60:
                out.append(self.paragraph(items))
            elif p < 0.78:
                out.append(self.list(1, items))
                out.append(self.paragraph(items))
            elif p < 0.83:
                out.append(self.quote(items))
            elif p < 0.87:
                out.append(self.code(items))
            elif p < 0.89:
                out.append("***")
            elif allow_heading:
                out.append(self.heading(items, 1))
                out.append(self.paragraph(items))
            n -= len(out[-1].split())
        if out[-1] == "***":
            out.append(self.paragraph(items))
        return "\n\n".join(out) + "\n"

    # --- the note ---

    def facts(self, items, depth=0):
        facts = []
        for _ in range(self.rng.randint(1, 5 if depth == 0 else 3)):
            item = self.item("fact", items)
            label = self.text(self.rng.randint(0, 1 if depth == 0 else 3), item)
            p = self.rng.random()
            if p < 0.1 and depth < 2:
                item.kind = "fact-heading"
                value = self.facts(items, depth + 1)
            elif p < 0.3:
                value = [self.text(self.rng.randint(1, 8),
                                   item if i == 0 else self.item("fact", items))
                         for i in range(self.rng.randint(1, 3))]
            else:
                value = self.text(self.rng.randint(1, self.pick([3, 6, 25])), item)
            facts.append([label, value])
        return dict(facts) if depth or self.chance(0.5) else facts

    def float(self):
        """A small table with marks, on top or at the foot of a page."""
        items = [Item("float") for _ in range(3)]
        for item in items:
            item.floats = items
        items[0].add(self.label_of("table"))
        items[0].closed = self.layout["captions"]["tables"] == "below"
        caption = self.text(self.rng.randint(1, 20), items[0])
        head = self.one_of_a_kind()
        items[1].add(head)
        density, self.density = self.density, min(self.density, 0.04)
        rows = [[self.text(self.rng.randint(0, 2), items[2])]
                for _ in range(self.rng.randint(1, 6))]
        self.density = density
        if self.layout["captions"]["tables"] == "below":
            items.append(items.pop(0))
        self.body += items
        return {"table": {"columns": [head], "rows": rows, "caption": caption,
                          "place": self.pick(["top", "bottom"])}}

    def label_of(self, key):
        """A word of the layout, in the note's language."""
        labels = self.layout["labels"]
        own = labels.get(self.lang) or labels.get(self.lang.split("-")[0]) or {}
        label = own.get(key) or labels["en"][key]
        self.rtl += rtl_letters(label)
        return label

    def section(self, words, depth):
        item = self.item("heading", self.body)
        section = {"heading": self.text(self.rng.randint(0, 9), item)}
        if self.chance(0.9):
            section["body"] = self.body_of(words)
        if depth < 3 and self.chance(0.3):
            section["sections"] = [self.section(words // 3, depth + 1)
                                   for _ in range(self.rng.randint(1, 3))]
        return section

    def body_of(self, words):
        if self.chance(0.85):
            return self.blocks(words, self.body)
        out = []
        for _ in range(self.rng.randint(1, 4)):
            at = len(self.body)
            text = self.blocks(words // 4, self.body)
            count = self.pick([2, 2, 3])
            # In a list in three columns of A5 there are words wider than a column.
            columns = {"count": 2 if self.small_page else count, "body": text}
            out.append({"columns": columns} if self.chance(0.3) else text)
            for item in self.body[at:]:
                item.grouped = isinstance(out[-1], dict)
            if self.chance(0.3):
                out.append(self.float())
            if self.chance(0.2):
                out.append({"page-break": None})
                self.forced = True
        if self.forced:
            out.append(self.paragraph(self.body))
        return out

    def make(self):
        self.lang = self.pick(LANGUAGES)
        note = {"layout": self.layout_name, "lang": self.lang}
        density, self.density = self.density, min(self.density, 0.04)
        # What runs across columns has one page, and so have its notes.
        spans = self.layout["page"]["columns"] > 1
        self.together += spans
        title = self.item("title", self.front)
        note["title"] = self.text(self.rng.randint(1, 8), title)
        if self.chance(0.4):
            note["subtitle"] = self.text(self.rng.randint(1, 10),
                                         self.item("title", self.front))
        for key in ("reference", "classification"):
            if self.chance(0.3):
                note[key] = self.words(2)
        if self.chance(0.3):
            note["date"] = "2021-03-04"
        if self.chance(0.7):
            note["fields"] = self.facts(self.front)
        self.together -= spans
        self.density = density
        words = self.rng.randint(20, self.pick([200, 600, 1600]))
        if self.chance(0.3):
            note["body"] = self.body_of(words // 4)
        count = self.rng.randint(1, 6)
        note["sections"] = [self.section(words // count, 1) for _ in range(count)]
        if self.chance(0.5):
            self.make_disclaimer(note)
        self.define_footnotes(note)
        return note

    def define_footnotes(self, note):
        """Below `footnotes`, or, where a body is one text, sometimes at its end."""
        below = {}
        for n in self.footnotes:
            if isinstance(note.get("body"), str) and self.chance(0.3):
                text = n.markdown.strip().replace("\n", "\n    ")
                note["body"] += f"\n[^{n.name}]: {text}\n"
            else:
                below[n.name] = n.markdown
        if below:
            note["footnotes"] = below

    def make_disclaimer(self, note):
        item = self.item("paragraph", self.foot)
        item.add(self.label_of("disclaimer"))
        self.together += 1  # it may have but the foot of one page
        note["disclaimer"] = self.text(self.rng.randint(5, 60), item)
        self.together -= 1

    # --- what is expected ---

    def number_notes(self):
        """Footnotes have the order in which they stand: of their first marks, and what
        is marked in a footnote behind it."""
        used = []

        def walk(items):
            for item in items:
                for _, note in item.marks:
                    if note.number == 0:
                        used.append(note)
                        note.number, note.first = len(used), item
                        walk(note.items)

        for items in (self.front, self.body, self.foot):
            walk(items)

    def make_streams(self):
        place = self.layout["disclaimer"]["place"]
        self.notes, self.first_foot, self.float_items = [], [], []
        placed = set()

        def place_marks(items, notes, across=False):
            for item in items:
                for _, note in item.marks:
                    if note.first is item and note.number not in placed:
                        placed.add(note.number)
                        note.own = notes is not self.notes
                        note.across = across
                        notes.append(note)
                        place_marks(note.items, notes, across)

        def with_notes(items):
            own = []
            place_marks(items, own, items is self.foot)
            return items + [i for n in own for i in n.items]

        place_marks(self.front, self.notes, True)
        self.disclaimer_note = None
        if self.foot and place == "footnote":
            self.disclaimer_note = Footnote("disclaimer")
            self.disclaimer_note.items = self.foot
            self.notes.append(self.disclaimer_note)
            place_marks(self.foot, self.notes)
        elif self.foot and place == "first-foot":
            self.first_foot = with_notes(self.foot)
        self.anchors = []  # of what floats: its first item, the item before
        flowed, before = [], self.front[-1]
        for item in self.body:
            if not item.floats:
                place_marks([item], self.notes)
                flowed.append(item)
                before = item
            elif item is item.floats[0]:
                self.anchors.append((item, before))
                self.float_items += with_notes(item.floats)
        self.body = flowed
        self.body_items = self.front + flowed
        if self.foot and place in ("after-body", "last-foot"):
            place_marks(self.foot, self.notes)
            self.body_items += self.foot
        self.note_items = [i for n in self.notes for i in n.items]
        self.streams = [join(self.body_items), join(self.note_items),
                        join(self.first_foot), join(self.float_items)]


def join(items):
    at = 0
    for item in items:
        item.start, at = at, at + len(item.text)
        item.end = at
    return "".join(i.text for i in items)


def merge(under, over):
    if not isinstance(under, dict) or not isinstance(over, dict):
        return over
    out = dict(under)
    for key, value in over.items():
        out[key] = merge(under[key], value) if key in under else value
    return out


def alphabetic(n):
    out = ""
    while n > 0:
        n, digit = divmod(n - 1, 26)
        out = chr(ord("a") + digit) + out
    return out


def roman(n):
    out = ""
    for value, text in ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"),
                        (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
                        (5, "v"), (4, "iv"), (1, "i")):
        while n >= value:
            out, n = out + text, n - value
    return out
