# SPDX-License-Identifier: MIT
"""Random notes of all kinds of blocks, of which it is known where each word must stand.

A `Judged` note has what a Note has, and beside it tables (spans, totals, remarks, notes in
cells and captions), pictures and codes with captions, callouts, definitions, tasks, lists
and quotations that hold blocks, and blocks that are kept. What must stay together is noted
as it is made, for the judge: `pairs` of items whose lines meet in one region, `wholes` of
items that stand in one region, and the heads of tables, which stand again."""
from notes import Item, Note, letters

CALLOUTS = ["note", "tip", "important", "warning", "caution"]
ALIGNS = ["none", "left", "center", "right", "decimal"]
PICTURES = ["grey.png", "photo.jpg"]
SHORT = """of and to in it was by not are this have from or had one you all her new out
some may two river water office annex pilot other slip light buoy mast quay rope tide
weir café naïve œuvre""".split()
MOST_DEPTH = 2


class Table:
    """The letters of its head, and the items whose lines they may stand above again."""

    def __init__(self, head):
        self.head = head
        self.first = self.last = None


class Judged(Note):

    def make_layout(self):
        self.pairs, self.wholes, self.tables, self.pictures = [], [], [], []
        self.depth = 0
        super().make_layout()
        page = self.layout["page"]
        self.narrow = self.small_page or page["columns"] > 1
        # Below two headings there is room for a picture of that width.
        self.widest = 30 if "landscape" in page["size"] and page["columns"] == 1 else 60

    def override(self, base, over):
        super().override(base, over)
        page = over["page"]
        if not self.small_page and self.chance(0.1):
            self.three_columns(over)
        if self.chance(0.1):
            page["size"] += " landscape"
            page["margins"] |= {"top": "24mm", "bottom": "26mm"}
            if base == "letter":
                page["first-top"] = "40mm"
        if page["columns"] > 1 and self.chance(0.3):
            page["balance"] = self.chance(0.5)
        if self.chance(0.3):
            over["captions"] = {"tables": self.pick(["above", "below"]),
                                "figures": self.pick(["above", "below"])}
        if self.chance(0.1):
            over["styles"] |= {"paragraph": {"space-after": 0}}

    def three_columns(self, over):
        over["page"]["columns"] = 3
        over["page"]["margins"] |= {"inner": "16mm", "outer": "16mm"}
        over["styles"]["body"]["size"] = self.pick(["8pt", "9pt"])

    # --- items that belong together ---

    def pair(self, kind, a, b):
        self.pairs.append((kind, a, b))

    def pair_with_next(self, kind, item, items):
        """Behind it may be nothing but a picture."""
        at = items.index(item) + 1
        if at < len(items):
            self.pair(kind, item, items[at])

    def kept(self, make):
        """What `make` gives, kept on one page."""
        items, density = [], self.density
        self.density = min(density, 0.03)
        self.together += 1
        block = make(items)
        self.together -= 1
        self.density = density
        self.wholes.append(("kept block", list(items)))
        return block, items

    # --- tables ---

    def cell_text(self, item, most):
        out = [self.one_of_a_kind()]
        out += [self.pick(SHORT) for _ in range(self.rng.randint(0, most))]
        for word in out:
            item.add(word)
        if self.chance(0.1):
            out[-1] = f"*{out[-1]}*"
        if self.chance(self.density):
            self.add_mark(out, item)
        return " ".join(out)

    def cell(self, items, width, height):
        text = self.cell_text(self.item("cell", items), self.pick([0, 0, 5]))
        if width == height == 1:
            return text
        return {"text": text, "columns": width, "rows": height}

    def grid(self, columns, count, items, spans=True):
        """Rows without holes, of cells that span."""
        taken = [[False] * columns for _ in range(count)]
        rows = []
        for r in range(count):
            row, c = [], 0
            while c < columns:
                if taken[r][c]:
                    c += 1
                    continue
                width = height = 1
                if spans and self.chance(0.1):
                    width = self.rng.randint(1, columns - c)
                    while any(taken[r][c:c + width]):
                        width -= 1
                # The last column keeps one, so that no row is empty.
                if spans and c + width < columns and self.chance(0.1):
                    height = self.rng.randint(1, min(3, count - r))
                for y in range(r, r + height):
                    taken[y][c:c + width] = [True] * width
                row.append(self.cell(items, width, height))
                c += width
            rows.append(row)
        return rows

    def caption(self, items, label, most):
        """Marks in a caption are numbered before those in its table, wherever it stands."""
        item = self.item("caption", items)
        item.add(self.label_of(label))
        item.closed = label == "table" and len(items) > 1
        text = self.text(self.rng.randint(1, most), item)
        return text, item

    def table(self, items):
        """Where captions stand decides the order; they are made in it."""
        most = 2 if self.narrow or self.depth else 4
        if self.narrow and (self.depth or self.layout["page"]["columns"] > 2):
            most = 1
        columns = self.rng.randint(1, most)
        above = self.layout["captions"]["tables"] == "above"
        table, named, head = {}, self.chance(0.5), []
        own = []
        if named and above:
            table["caption"], caption = self.caption(own, "table", 8)
        rows = 2 if self.chance(0.15) else 1
        first = len(own)
        heads = [[self.cell_text(self.item("cell", own), 0) for _ in range(columns)]
                 for _ in range(rows)]
        table["columns"] = heads if rows > 1 else heads[0]
        head = own[first:]
        first = len(own)
        table["rows"] = self.grid(columns, self.rng.randint(1, self.pick([4, 12, 40])), own)
        self.stands_again(head, own[first], own[-1])
        self.pair("head of a table", head[-1], own[first])
        if named and above:
            self.pair("caption", caption, head[0])
        self.below(table, own, columns, named and not above)
        self.table_options(table, columns)
        items += own
        return {"table": table}

    def below(self, table, own, columns, named):
        """Totals, a caption, remarks."""
        if self.chance(0.2):
            last = own[-1]
            table["foot"] = self.grid(columns, 1, own, False)
            self.tables[-1].last = own[-1]
            self.pair("totals", last, own[own.index(last) + 1])
        if named:
            last = own[-1]
            table["caption"], item = self.caption(own, "table", 8)
            self.pair("caption", last, item)
        if self.chance(0.2):
            last = own[-1]
            table["notes"] = self.text(self.rng.randint(1, 8), self.item("remark", own))
            self.pair("remark", last, own[-1])

    def stands_again(self, head, first, last):
        table = Table("".join(i.text for i in head))
        table.first, table.last = first, last
        self.tables.append(table)

    def table_options(self, table, columns):
        if self.chance(0.3):
            table["align"] = [self.pick(ALIGNS) for _ in range(columns)]
        if self.chance(0.2):
            table["width"] = "100%"

    # --- pictures and codes ---

    def figure(self, items):
        image = {"file": self.pick(PICTURES), "alt": "A picture",
                 "width": f"{self.rng.randint(10, self.widest)}%"}
        if self.chance(0.3):
            image["align"] = self.pick(["left", "center", "right"])
        if self.chance(0.7):
            image["caption"], item = self.caption(items, "figure", 12)
            self.pictures.append(item)
        else:
            self.pictures.append(None)
        return {"image": image}

    def code_of_dots(self, items):
        item = self.item("caption", items)
        return {"qr": {"text": self.pick(SHORT), "caption": self.text(4, item)}}

    def float(self):
        if self.chance(0.6):
            return super().float()
        items = [Item("float")]
        items[0].floats = items
        items[0].add(self.label_of("figure"))
        caption = self.text(self.rng.randint(1, 20), items[0])
        self.body += items
        self.pictures.append(items[0])
        return {"image": {"file": self.pick(PICTURES), "alt": "A picture", "width": "40%",
                          "caption": caption, "place": self.pick(["top", "bottom"])}}

    # --- what holds blocks ---

    def callout(self, items):
        kind = self.pick(CALLOUTS + ["box"])
        title = self.item("callout title", items)
        callout = {"kind": kind}
        if kind == "box" or self.chance(0.4):
            callout["title"] = self.text(self.rng.randint(0, 6), title)
        else:
            title.add(self.label_of(kind))
        callout["body"] = self.inner(items)
        for item in items[items.index(title):]:
            item.boxed = True
        self.pair_with_next("callout's title", title, items)
        return {"callout": callout}

    def definitions(self, items):
        out = []
        for _ in range(self.rng.randint(1, 4)):
            term = self.item("term", items)
            text = self.text(self.rng.randint(0, 4), term)
            if self.chance(0.7):
                body = self.text(self.rng.randint(2, 40), self.item("paragraph", items))
            else:
                body = self.inner(items)
            self.pair_with_next("term", term, items)
            out.append([text, body])
        return {"definitions": out}

    def tasks(self, items):
        return {"list": [{"text": self.text(self.rng.randint(1, 12),
                                            self.item("item", items)),
                          "checked": self.chance(0.5)}
                         for _ in range(self.rng.randint(1, 5))]}

    def list_of_blocks(self, items):
        out, ordered = [], self.chance(0.5)
        self.numbers += ordered
        for _ in range(self.rng.randint(1, 4)):
            first = self.text(self.rng.randint(1, 20), self.item("item", items))
            out.append({"body": [first] + self.inner(items)} if self.chance(0.4) else first)
        self.numbers -= ordered
        return {"list": out, "numbering": "decimal"} if ordered else {"list": out}

    def quote_block(self, items):
        return {"quote": self.inner(items)}

    def code_block(self, items):
        item = self.item("code", items)
        lines = [" " * self.rng.randint(0, 4) + self.one_of_a_kind() + " "
                 + " ".join(self.pick(SHORT) for _ in range(self.rng.randint(0, 3)))
                 for _ in range(self.rng.randint(1, 10))]
        item.add(" ".join(lines))
        return {"code": "\n".join(lines), "numbers": self.chance(0.5)}

    def introduced(self, items):
        """A list, and the words that lead to it."""
        item = self.item("paragraph", items)
        self.together += 1
        text = self.text(self.rng.randint(2, 30), item)
        marked = text.endswith("]")
        text = f"{text} {self.one_more(item)}:" if marked else f"{text.rstrip(',;:.')}:"
        if self.chance(self.density) and item.text.endswith(letters(text)[-1:]):
            text += self.mark(item)
        self.together -= 1
        at = len(items)
        text = "\n\n".join([text, self.list(1, items)])
        self.pair("introduction", item, items[at])
        return text

    def one_more(self, item):
        word = self.one_of_a_kind()
        item.add(word)
        return word

    def list(self, depth, items):
        at = len(items)
        text = super().list(depth, items)
        before = items[at - 1] if at else None
        if before is not None and depth > 1 and before.kind == "item":
            self.pair("introduction", before, items[at])
        return text

    def keep_block(self, items):
        make = self.pick([
            lambda own: {"paragraph": self.text(self.rng.randint(5, 40),
                                                self.item("paragraph", own))},
            self.tasks, self.code_block])
        block, own = self.kept(make)
        block["keep"] = True
        items += own
        return block

    def keep_with_next(self, items):
        item = self.item("paragraph", items)
        self.together += 1
        block = {"paragraph": self.text(self.rng.randint(2, 30), item), "keep": "with-next"}
        self.together -= 1
        after = self.text(self.rng.randint(2, 30), self.item("paragraph", items))
        self.pair("with-next", item, items[-1])
        return [block, after]

    # --- where they stand ---

    def kinds(self):
        kinds = [self.table, self.table, self.figure, self.definitions, self.tasks,
                 self.list_of_blocks, self.quote_block, self.code_block, self.introduced,
                 self.keep_block, self.keep_with_next, self.callout, self.code_of_dots]
        return kinds if self.depth < MOST_DEPTH else [self.tasks, self.introduced]

    def inner(self, items):
        self.depth += 1
        out = []
        for _ in range(self.rng.randint(1, 3)):
            if self.chance(0.6):
                out.append(self.text(self.rng.randint(2, 40), self.item("paragraph", items)))
            else:
                out += self.some_block(items)
        self.depth -= 1
        return out

    def some_block(self, items):
        made = self.pick(self.kinds())(items)
        return made if isinstance(made, list) else [made]

    def body_of(self, words):
        if self.chance(0.4):
            return super().body_of(words)
        out = []
        while words > 0:
            at = len(self.body)
            if self.chance(0.5):
                out.append(self.blocks(min(words, 60), self.body))
            elif self.chance(0.12):
                out.append(self.float())
            else:
                out += self.some_block(self.body)
            words -= sum(len(i.text) for i in self.body[at:]) // 5 + 1
        # What follows a float or a break is never the end.
        out.append(self.paragraph(self.body))
        return out
