# SPDX-License-Identifier: MIT
"""Footnotes in tables, judged from the PDF: the link of every mark leads to a place on its
own page, heads that stand again bring no note along, no word is lost or set twice."""
import re
import unittest

from program import Case, output_of, run, tool

try:
    import pikepdf
except ImportError as e:
    raise unittest.SkipTest("python3-pikepdf is not installed") from e

WORDS = "so many words that a cell of them has several lines in its column"


class Note:
    """A note under construction, which knows its footnotes."""

    def __init__(self):
        self.lines = ["lang: en-GB", "title: Tables", "body:"]
        self.marks = 0

    def mark(self):
        self.marks += 1
        return f"[^n{self.marks}]"

    def add(self, indent, text):
        self.lines.append(" " * indent + text)

    def text(self):
        notes = [f"  n{i}: note{i}." for i in range(1, self.marks + 1)]
        return "\n".join(self.lines + ["footnotes:", *notes, ""])


def table(note, columns, style="table-grid"):
    note.add(2, "- table:")
    note.add(6, f'caption: "caption{note.mark()}"')
    heads = ", ".join(f'"head{i}{note.mark()}"' for i in range(columns))
    note.add(6, f"columns: [{heads}]")
    note.lines.append(f"@{style}")  # the style stands behind the table
    note.add(6, "rows:")


def end_table(note):
    at = max(i for i, line in enumerate(note.lines) if line.startswith("@"))
    note.add(4, f"style: {note.lines.pop(at)[1:]}")


def many_rows(note, n):
    table(note, 2, "table-zebra")
    for i in range(n):
        mark = note.mark() if i % 7 == 0 else ""
        note.add(8, f'- ["row{i}{mark}", {WORDS}]')
    note.add(6, f'foot: [["foot{note.mark()}", total]]')
    note.add(6, f'notes: "remark{note.mark()}"')
    end_table(note)


def tall_row(note, n):
    table(note, 2)
    note.add(8, "- - body:")
    for i in range(n):
        note.add(14, f'- "left{i} {WORDS}{note.mark()}"')
    note.add(10, "- body:")
    for i in range(n // 2):
        note.add(14, f'- "right{i} {WORDS} {WORDS}{note.mark()}"')
    end_table(note)


def joined_rows(note, n):
    table(note, 3)
    note.add(8, f'- - {{rows: {n}, text: "{" ".join([WORDS] * n)} end{note.mark()}"}}')
    note.add(10, f'- {{columns: 2, text: "first{note.mark()}"}}')
    for i in range(1, n):
        note.add(8, f'- ["join{i}{note.mark() if i % 5 == 0 else ""}", x]')
    end_table(note)


def links(pdf):
    """(page of the link, page that it leads to, words for who hears it)"""
    pages = {page.objgen: i for i, page in enumerate(pdf.pages)}
    for i, page in enumerate(pdf.pages):
        for annot in page.get("/Annots", []):
            target = annot.get("/Dest", None)
            target = target if target is not None else annot.A.D
            yield i, pages[target[0].objgen], str(annot.get("/Contents", ""))


class Tables(Case):
    def render(self, note):
        with open(self.path("note.yaml"), "w", encoding="utf-8") as f:
            f.write(note.text())
        done = run("render", self.path("note.yaml"), "-o", self.path("note.pdf"))
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        return pikepdf.open(self.path("note.pdf"))

    def check(self, note, least_pages):
        with self.render(note) as pdf:
            self.assertGreaterEqual(len(pdf.pages), least_pages)
            seen = []
            for page, target, words in links(pdf):
                self.assertEqual(page, target, words)
                seen.append(words)
            for i in range(1, note.marks + 1):  # the mark, and the way back
                self.assertEqual(seen.count(str(i)), 2, i)
        if tool("pdftotext"):
            text = output_of("pdftotext", "-layout", self.path("note.pdf"), "-")[1]
            for i in range(1, note.marks + 1):
                self.assertEqual(len(re.findall(rf"\bnote{i}\.", text)), 1, i)

    def test_rows_over_pages(self):
        note = Note()
        many_rows(note, 90)
        self.check(note, 3)

    def test_heads_that_stand_again(self):
        """Seen above every part of the table, without the marks of their notes; these
        stand once, on the first page; what belongs to the caption does not come again."""
        note = Note()
        many_rows(note, 90)
        self.check(note, 3)
        for page, text in enumerate(self.pages()):
            lines = [line.split() for line in text.splitlines() if "head" in line]
            first = page == 0
            self.assertEqual(lines, [["head02", "head13"] if first else ["head0", "head1"]])
            self.assertEqual("caption" in text, first)
            for n in (1, 2, 3):
                self.assertEqual(f"note{n}." in text, first, n)
            rows = re.findall(r"\brow\d", text)
            self.assertLess(text.index("head0"), text.index(rows[0]), "above all rows")

    def pages(self):
        tool("pdftotext")
        text = output_of("pdftotext", "-layout", self.path("note.pdf"), "-")[1]
        return [page for page in text.split("\f") if re.search(r"\brow\d", page)]

    def test_a_row_over_pages(self):
        note = Note()
        tall_row(note, 45)
        self.check(note, 3)

    def test_joined_rows_over_pages(self):
        note = Note()
        joined_rows(note, 70)
        self.check(note, 2)

    def test_one_behind_the_other(self):
        note = Note()
        many_rows(note, 20)
        tall_row(note, 12)
        joined_rows(note, 8)
        many_rows(note, 9)
        self.check(note, 2)


if __name__ == "__main__":
    unittest.main()
