# SPDX-License-Identifier: MIT
"""Lines of prose, judged from where MuPDF sees their glyphs."""
import os
import re

from program import Case, once, output_of, tool

ROOT = os.path.normpath(os.path.join(os.path.dirname(__file__), "../.."))
PROSE = "/usr/share/common-licenses/GPL-3"
HYPHENS = "-\u2010\u00ad"
POINTS = 72 / 25.4
SIZE, LEFT, RIGHT = 11, 30 * POINTS, 180 * POINTS
LAYOUT = """extends: base
page: {{size: A4, margins: {{inner: 30mm, outer: {outer}mm}}}}
styles:
  body: {{align: justify, hyphenate: true{more}}}
"""
ADDRESSES = ["https://www.example.org/reports/2009/september/a/comprehensive-approach.html",
             "https://example.org/a/b?lang=en-GB&page=12&x=y#section-4.2",
             "http://archive.example.net/~user/papers,old/note_17;version=3",
             "permanent.secretariat-of-the-committee@mail.example.org"]


@once
class Lines(Case):
    def setUp(self):
        tool("mutool")
        super().setUp()

    def pages(self, paragraphs, lang="en-GB", outer=30, more="", below=""):
        """Lists of lines, each the glyphs (x, y, advance, character) of the text's size."""
        self.path("own.yaml", LAYOUT.format(outer=outer, more=more) + below)
        body = "".join("  - paragraph: |\n      %s\n" % p for p in paragraphs)
        note = self.path("note.yaml", f"lang: {lang}\ntitle: T\nlayout: own.yaml\n"
                                      f"body:\n{body}")
        script = os.path.join(ROOT, "tests/quality/chars.js")
        status, out, _ = output_of("mutool", "run", script, self.render(note))
        self.assertEqual(status, 0)
        pages = []
        for row in out.splitlines():
            if row == "P":
                pages.append({})
                continue
            x, y, advance, size, c = row.split("\t")
            if abs(float(size) - SIZE) < 0.3:
                line = pages[-1].setdefault(round(float(y) * 4), [])
                line.append((float(x), float(y), float(advance), c))
        return [[page[y] for y in sorted(page)] for page in pages if page]

    def texts(self, *arguments, **options):
        return [["".join(g[3] for g in line) for line in page]
                for page in self.pages(*arguments, **options)]

    def prose(self):
        if not os.path.exists(PROSE):
            self.skipTest("no licence texts here")
        with open(PROSE, encoding="utf-8") as f:
            blocks = re.split(r"\n\s*\n", f.read())
        words = [re.sub(r"[^\w ,.;()-]", "", " ".join(b.split())) for b in blocks]
        return [w for w in words if len(w) > 150 and w[0].isalpha()]

    def test_no_hyphens_in_a_row_and_none_at_a_pages_end(self):
        for outer in (30, 60, 90):
            hyphens = 0
            for page in self.texts(self.prose(), outer=outer):
                ends = [line[-1] in HYPHENS for line in page]
                hyphens += sum(ends)
                self.assertFalse(ends[-1], page[-1])
                for above, below in zip(page, page[1:]):
                    both = above[-1] in HYPHENS and below[-1] in HYPHENS
                    self.assertFalse(both, f"{above} / {below}")
            self.assertTrue(hyphens or outer == 30)

    def test_bottoms_are_flush_where_the_layout_asks(self):
        """Spaces between paragraphs take what is left, to a fraction of a point, where
        they may grow so far; else they stay as they are."""
        def flush(below):
            pages = self.pages(self.prose(), below=below)
            self.assertGreater(len(pages), 6)
            bottoms = [page[-1][0][1] for page in pages[:-1]]
            return sum(max(bottoms) - y < 0.3 for y in bottoms) / len(bottoms)
        self.assertEqual(flush("breaking: {flush-bottom: true, stretch: 80%}\n"), 1)
        self.assertGreater(flush("breaking: {flush-bottom: true}\n"), 0.6)
        self.assertLess(flush(""), 0.6)

    def test_no_short_last_line(self):
        for page in self.pages(self.prose()):
            for line, below in zip(page, page[1:]):
                if below[0][1] - line[0][1] > 1.2 * 14.5:
                    width = line[-1][0] + line[-1][2] - line[0][0]
                    self.assertGreater(width, 3.9 * SIZE, "".join(g[3] for g in line))

    def test_addresses_are_divided_where_they_go_on(self):
        cut = 0
        for outer in range(60, 115, 3):
            texts = ["They are at %s now." % a for a in ADDRESSES]
            lines = [line for page in self.texts(texts, outer=outer) for line in page]
            for address in ADDRESSES:
                self.assertIn(address.replace("-", "\u2010"),
                              "".join(lines).replace("-", "\u2010"))
            for line, below in zip(lines, lines[1:]):
                inside = any(line[-8:] + below[:8] in "Theyareat%snow." % a
                             for a in ADDRESSES)
                if inside and not below.startswith("http") and below != "now.":
                    cut += not line.endswith("at")
                    self.assertNotRegex(line, r"[^\w:/=]$")
                    self.assertNotRegex(line, r"\W\w$")
        self.assertGreater(cut, 20)

    def test_marks_hang_out_and_letters_give_where_the_style_says_so(self):
        tool("qpdf")
        for more, hang, give in (("", True, True), (", protrusion: 0%", False, True),
                                 (", expansion: 0%, tracking: 0%", True, False)):
            lines = [g for page in self.pages(self.prose(), more=more) for g in page]
            most = max(line[-1][0] + line[-1][2] for line in lines) - RIGHT
            least = LEFT - min(line[0][0] for line in lines)
            self.assertEqual(most > 1, hang, more)
            self.assertEqual(least > 0.2, hang, more)
            _, text, _ = output_of("qpdf", "--qdf", "--object-streams=disable",
                                   self.path("out.pdf"), "-")
            stretched = {float(n) for n in re.findall(r"([\d.]+) Tz\b", text)}
            self.assertEqual(bool(stretched - {100.0}), give, more)
            self.assertTrue(all(98 <= n <= 102 for n in stretched), stretched)

    def test_sentences_stand_apart_by_language(self):
        def gaps(lang, more):
            line = self.pages(["So es. Wir da"], lang=lang, more=more)[0][0]
            return [round(b[0] - a[0] - a[2], 1) for a, b in zip(line, line[1:])
                    if b[0] - a[0] - a[2] > 1]
        wide = ", sentence-space: 100%"
        space = gaps("en-GB", "")[0]
        self.assertEqual(gaps("en-GB", ""), [space] * 3)
        for lang in ("de", "fr"):
            self.assertEqual(gaps(lang, wide), [space] * 3)
        one, two, three = gaps("en-GB", wide)
        self.assertEqual((one, three), (space, space))
        self.assertAlmostEqual(two, 2 * space, delta=0.3)

    def test_dashes_and_slashes_end_lines_and_begin_none(self):
        text = ("inter-organisational 1989–2009 institutions/organisations and "
                "groups—networks of them – as said – go on, ") * 12
        ends = set()
        for outer in range(30, 120, 10):
            for page in self.texts([text], outer=outer):
                ends |= {line[-1] for line in page}
                for line in page:
                    self.assertNotIn(line[0], "–—/-")
        self.assertTrue({"–", "—", "/"} <= ends, ends)
