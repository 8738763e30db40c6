# SPDX-License-Identifier: MIT
"""Random notes in which every kind of block appears, in each other and everywhere.

`notes.Note` knows where each word must stand on its page and so keeps to prose. These are
for questions about the file instead: is it tagged right, does it say everything in order.
What they should say is read from `infonote dump --stage note`, not kept here."""
import notes
from notes import ARABIC, HEBREW, Note

CALLOUTS = ["note", "tip", "important", "warning", "caution", "box"]
NUMBERINGS = ["decimal", "lower-alpha", "upper-alpha", "lower-roman", "upper-roman"]
ALIGNS = ["none", "left", "center", "right", "decimal"]
IMAGES = ["grey.png", "alpha.png", "palette.png", "photo.jpg", "grey.jpg", "ink.jpg",
          "drawing.svg"]
FILES = ["grey.png", {"file": "drawing.svg", "type": "image/svg+xml"},
         {"file": "data.bin", "type": "application/octet-stream", "relation": "data",
          "description": "Numbers (as they were) \u2014 \u05d0"}]
CHANGES = ["<ins>{0}</ins> {1}", "<del>{0}</del> {1}", "~~{0}~~ {1}",
           "<del>{0} <ins>{1}</ins></del>",
           "<ins>`{0}`</ins>", "~~[{0}](https://example.org/)~~ {1}"]
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" width="60mm" height="20mm"
 viewBox="0 0 120 40"><defs><linearGradient id="g"><stop stop-color="#036"/><stop offset="1"
 stop-color="#fc0" stop-opacity="0.4"/></linearGradient></defs><rect width="120" height="40"
 fill="url(#g)"/><text x="8" y="24" font-family="serif" font-size="10">Tide \u2264 4 m</text>
 </svg>"""
SHORT = [w for w in notes.WORDS if len(w) < 7]
MOST_DEPTH = 3


def make_images(folder):
    """The pictures that the notes name, in `folder`."""
    from PIL import Image
    rgb = Image.radial_gradient("L").resize((60, 40))
    rgb.save(f"{folder}/grey.png")
    rgb.save(f"{folder}/grey.jpg")
    color = Image.merge("RGB", (rgb, rgb.transpose(0).resize((60, 40)), rgb))
    color.save(f"{folder}/photo.jpg", dpi=(150, 150))
    color.convert("CMYK").save(f"{folder}/ink.jpg")
    color.convert("P").save(f"{folder}/palette.png")
    color.putalpha(rgb)
    color.save(f"{folder}/alpha.png")
    with open(f"{folder}/drawing.svg", "w", encoding="utf-8") as f:
        f.write(DRAWING)
    with open(f"{folder}/data.bin", "wb") as f:
        f.write(bytes(range(256)))


class EveryKind(Note):
    """`shipped` as for Note; `depth` counts the blocks around."""

    def make(self):
        self.depth, self.in_columns = 0, False
        self.ids = []       # of headings, figures, tables, paragraphs
        self.kinds = [self.table, self.image, self.callout, self.definitions, self.tasks,
                      self.list_block, self.code_block, self.quote_block, self.signature,
                      self.paragraph_block, self.foreign, self.rule, self.reference,
                      self.columns, self.qr, self.heading_block, self.contents]
        note = super().make()
        if not self.ids:
            note["sections"][0]["id"] = self.new_id()
        if self.chance(0.5):
            self.add_contents(note)
        if self.chance(0.2):
            note["attachments"] = self.rng.sample(FILES, self.rng.randint(1, len(FILES)))
        return self.resolve(note)

    def rule(self):
        return {"rule": None}

    # --- text, with references among it ---

    def some(self, most=12):
        """A few words of inline Markdown, with footnotes and pictures."""
        text = self.text(self.rng.randint(0, most), self.item("paragraph", []))
        if self.chance(0.05):
            alt = self.pick(["", self.words(2)])
            text += f" ![{alt}]({self.pick(IMAGES)}) {self.words(1)}"
        if self.chance(0.1):
            text += " " + self.pick(CHANGES).format(self.words(3), self.words(1))
        return text

    def reference(self):
        form = self.pick(['', ' "number"', ' "title"', ' "page"'])
        return f"{self.some(3)} [](#@@@{form}), {self.words(2)} [{self.words(2)}](#@@@)."

    def new_id(self):
        self.ids.append(f"at-{len(self.ids) + 1}")
        return self.ids[-1]

    def resolve(self, value):
        """Puts ids that exist where references are."""
        if isinstance(value, dict):
            return {k: self.resolve(v) for k, v in value.items()}
        if isinstance(value, list):
            return [self.resolve(v) for v in value]
        while isinstance(value, str) and "@@@" in value:
            value = value.replace("@@@", self.pick(self.ids), 1)
        return value

    # --- blocks that are mappings ---

    def narrow(self, most):
        """Short words, so that a table has room for them."""
        words = [self.pick(SHORT) for _ in range(self.rng.randint(1, most))]
        if self.chance(0.2):
            words[0] = f"*{words[0]}*"
        if self.chance(0.1):
            words.append(f"[{self.pick(SHORT)}](https://example.org/)")
        if self.chance(self.density):
            self.add_mark(words, self.item("paragraph", []))
        return " ".join(words)

    def cell(self, width, height):
        text = self.narrow(self.pick([1, 1, 6]))
        if width == height == 1 and self.chance(0.8):
            return "" if self.chance(0.1) else text
        cell = {"text": text}
        if width > 1:
            cell["columns"] = width
        if height > 1:
            cell["rows"] = height
        if self.chance(0.2):
            cell["head"] = True
        return cell

    def rows(self, columns, count):
        """A grid without holes, of cells that span."""
        taken = [[False] * columns for _ in range(count)]
        rows = []
        for r in range(count):
            row, c = [], 0
            while c < columns:
                if taken[r][c]:
                    c += 1
                    continue
                width = height = 1
                if self.chance(0.15):
                    width = self.rng.randint(1, columns - c)
                    while any(taken[r][c:c + width]):
                        width -= 1
                if self.chance(0.1):
                    height = self.rng.randint(1, min(3, count - r))
                for y in range(r, r + height):
                    taken[y][c:c + width] = [True] * width
                row.append(self.cell(width, height))
                c += width
            rows.append(row)
        # A row of which nothing begins would be empty.
        return rows if all(rows) else self.rows(columns, count)

    def table_options(self, table, columns):
        if self.chance(0.2):  # a head of two rows
            table["columns"] = [table["columns"], [self.narrow(1) for _ in range(columns)]]
        if self.chance(0.2):
            table["foot"] = self.rows(columns, self.rng.randint(1, 2))
        if self.chance(0.2):
            table["notes"] = self.some(8)
        if self.chance(0.2):
            table["width"] = "100%"
        if self.chance(0.1):
            row = table["rows"][-1]
            table["rows"][-1] = {"cells": row, "style": "strong"}

    def table(self):
        columns = self.rng.randint(1, 2 if self.depth else 4)
        table = {"columns": [self.narrow(1) for _ in range(columns)],
                 "rows": self.rows(columns, self.rng.randint(1, self.pick([4, 40])))}
        if self.chance(0.5):
            table["align"] = [self.pick(ALIGNS) for _ in range(columns)]
        self.table_options(table, columns)
        if self.chance(0.15):
            table["place"] = self.pick(["top", "bottom"])
        if self.chance(0.5):
            table["caption"] = self.some(6)
            return {"table": table, "id": self.new_id()}
        return {"table": table}

    def image(self):
        image = {"file": self.pick(IMAGES), "alt": self.words(4)}
        if self.chance(0.15):
            image["alt"] = ""
        elif self.chance(0.5):
            image["caption"] = self.some(6)
            image["id"] = self.new_id()
        if self.chance(0.5):
            image["width"] = f"{self.rng.randint(10, 100)}%"
        if self.chance(0.3):
            image["align"] = self.pick(["left", "center", "right"])
        if self.chance(0.2):
            image["place"] = self.pick(["top", "bottom"])
        return {"image": image}

    def qr(self):
        code = {"text": self.pick(["https://example.org/", ""]) + self.pick(SHORT)}
        if self.chance(0.3):
            code["alt"] = self.words(3)
        if self.chance(0.5):
            code["caption"] = self.some(6)
        return {"qr": code}

    def heading_block(self):
        return {"heading": self.some(4) + self.pick(SHORT), "numbered": self.chance(0.5)}

    def contents(self):
        return {"toc": {"depth": self.rng.randint(1, 6)} if self.chance(0.5) else None}

    def columns(self):
        """They do not stand in each other."""
        if self.in_columns:
            return self.some(30)
        self.in_columns = True
        body = self.inner()
        self.in_columns = False
        if self.chance(0.5):
            return {"columns": body}
        return {"columns": {"count": self.rng.randint(2, 3), "rule": self.chance(0.5),
                            "body": body}}

    def callout(self):
        callout = {"kind": self.pick(CALLOUTS), "body": self.inner()}
        if self.chance(0.5) or callout["kind"] == "box":
            callout["title"] = self.some(3)
        return {"callout": callout}

    def definitions(self):
        return {"definitions": [[self.some(2), self.pick([self.some, self.inner])()]
                                for _ in range(self.rng.randint(1, 4))]}

    def tasks(self):
        return {"list": [{"text": self.some(8), "checked": self.chance(0.5)}
                         for _ in range(self.rng.randint(1, 5))]}

    def list_block(self):
        items = [self.some(10)]
        for _ in range(self.rng.randint(0, 4)):
            items.append(self.some(10) if self.chance(0.7) else
                         {"text": self.some(6), "list": [self.some(4), self.some(4)],
                          "ordered": self.chance(0.5)} if self.chance(0.5) else
                         {"body": self.inner()})
        block = {"list": items}
        if self.chance(0.5):
            block |= {"numbering": self.pick(NUMBERINGS), "start": self.rng.randint(1, 30)}
        if self.chance(0.1):
            block |= {"prefix": "No. ", "suffix": ":"}
        return block

    def code_block(self):
        lines = ["\t" * self.rng.randint(0, 2) + self.words(self.rng.randint(1, 14))
                 for _ in range(self.rng.randint(1, 6))]
        return {"code": "\n".join(lines), "numbers": self.chance(0.5)}

    def quote_block(self):
        return {"quote": self.inner()}

    def signature(self):
        return {"signature": [
            {"name": self.some(1), "title": self.words(2), "date": self.pick(["", "2 May"])}
            if self.chance(0.5) else {"name": self.words(2)}
            for _ in range(self.rng.randint(1, 5))]}

    def paragraph_block(self):
        return {"paragraph": self.some(30), "id": self.new_id()}

    def foreign(self):
        lang, words = self.pick([("fr", notes.WORDS), ("de", notes.WORDS),
                                 ("ar", ARABIC), ("he", HEBREW), ("ru", ["вода"]),
                                 ("el", ["νερό"])])
        text = " ".join(self.pick(words) for _ in range(self.rng.randint(1, 30)))
        return {"paragraph": f"{text} {self.some(2)}", "lang": lang}

    def inner(self):
        """What stands in a block: Markdown, or blocks again."""
        if self.depth >= MOST_DEPTH or self.chance(0.4):
            return self.some(30)
        self.depth += 1
        blocks = [self.block() for _ in range(self.rng.randint(1, 3))]
        self.depth -= 1
        return blocks

    def block(self):
        if self.chance(0.3):
            return self.some(30)
        block = self.pick(self.kinds)()
        if isinstance(block, dict) and self.chance(0.1):
            block["keep"] = self.pick([True, "with-next"])
        return block

    # --- where they stand ---

    def body_of(self, words):
        out = []
        for _ in range(self.rng.randint(1, 4)):
            if self.chance(0.4):
                out.append(self.blocks(words // 8, self.body))
            out += [self.block() for _ in range(self.rng.randint(1, 3))]
            if self.chance(0.05):
                out += [{"page-break": None}, self.some(9)]
        return out

    def section(self, words, depth):
        section = super().section(words, depth)
        if self.chance(0.4):
            section["id"] = self.new_id()
        if self.chance(0.1):
            section["lang"] = self.pick(["de", "fr", "en"])
        return section

    def add_contents(self, note):
        body = note.get("body", [])
        note["body"] = [self.contents()] + (body if isinstance(body, list) else [body])
