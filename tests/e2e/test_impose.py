# SPDX-License-Identifier: MIT
"""Pages on sheets, judged from the finished PDF: where each page's words stand on which
side of which sheet, folded on paper logic; boxes, marks, what is given up, what is refused."""
import os
import re
import unittest

from program import Case, output_of, read, run, sparse, tool

try:
    import pikepdf
    import x4
except ImportError as e:
    raise unittest.SkipTest("python3-pikepdf is not installed") from e

CMYK = "/usr/share/color/icc/ghostscript/default_cmyk.icc"
MM = 72 / 25.4
A5 = "extends: base\npage: {size: A5, margins: {inner: 20mm, outer: 10mm}, two-sided: true}\n"


class Sheets(Case):
    def note(self, pages, layout=A5, lang="en", word="Word{}x"):
        self.path("own.yaml", layout)
        body = "  - page-break:\n".join(f"  - {word.format(i)}\n"
                                         for i in range(1, pages + 1))
        return self.path("note.yaml", f"lang: {lang}\ntitle: T\nlayout: ./own.yaml\n"
                         f"body:\n{body}")

    def impose(self, how, note, *options, name="sheets.pdf"):
        out = self.path(name)
        self.run_ok("render", "--impose", how, *options, "-o", out, note)
        return out

    def press(self, how, note, *options):
        if not os.path.exists(CMYK):
            self.skipTest("Ghostscript's profiles are not installed")
        return self.impose(how, note, "--print-profile", CMYK, *options)

    def faces(self, pdf):
        """For each page of the PDF its width and {number: (x, y)} of the words `Word1x`."""
        status, text, errors = output_of(tool("pdftotext"), "-bbox", pdf, "-")
        self.assertEqual(status, 0)
        self.assertIn(errors, ("", "no word list\n"))  # the latter of an empty page
        found = []
        for page in text.split("<page ")[1:]:
            width = float(re.search(r'width="([\d.]+)"', page).group(1))
            found.append((width, {int(n): (float(x), float(y)) for x, y, n in re.findall(
                r'xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>Word(\d+)x<', page)}))
        return found

    def halves(self, pdf):
        """For each face the numbers on its left and on its right half; 0: it is empty."""
        result = []
        for width, words in self.faces(pdf):
            sides = [[n for n, (x, _) in words.items() if (x >= width / 2) == right]
                     for right in (False, True)]
            self.assertLessEqual(max(len(s) for s in sides), 1)
            result.append(tuple(s[0] if s else 0 for s in sides))
        return result

    def leaf_through(self, faces):
        """Folds the sheets, lays them in one another, and reads."""
        self.assertEqual(len(faces) % 2, 0)
        sheets = list(zip(faces[::2], faces[1::2]))
        there = [n for out, inside in sheets for n in (out[1], inside[0])]
        back = [n for out, inside in reversed(sheets) for n in (inside[1], out[0])]
        return there + back


class Booklets(Sheets):
    def test_pages_come_in_order(self):
        for pages in sparse(range(1, 41)):
            with self.subTest(pages=pages):
                seen = self.leaf_through(self.halves(self.impose("booklet",
                                                                 self.note(pages))))
                self.assertEqual(len(seen), (pages + 3) // 4 * 4)
                self.assertEqual(seen, list(range(1, pages + 1)) +
                                 [0] * (len(seen) - pages))

    def test_signatures(self):
        """Each is folded on its own; they lie one behind the other, and creep anew."""
        note = self.note(36)
        faces = self.halves(self.impose("booklet", note, "--signature", "16"))
        self.assertEqual([len(faces[i:i + 8]) for i in (0, 8, 16)], [8, 8, 2])
        seen = [n for i in (0, 8, 16) for n in self.leaf_through(faces[i:i + 8])]
        self.assertEqual(seen, list(range(1, 37)))
        flat = self.faces(self.impose("booklet", note, "--signature", "16"))
        crept = self.faces(self.impose("booklet", note, "--signature", "16",
                                       "--paper-thickness", "0.5mm"))
        for i, ((width, before), (_, after)) in enumerate(zip(flat, crept)):
            for number, (x, _) in before.items():
                towards = 1 if x < width / 2 else -1
                self.assertAlmostEqual(after[number][0] - x,
                                       towards * (i % 8 // 2) * 0.5 * MM, delta=0.02)

    def test_from_right_to_left(self):
        layout = A5.replace("base", "information-note")
        note = self.note(8, layout=layout, lang="he", word="שלום Word{}x")
        faces = self.halves(self.impose("booklet", note))
        self.assertEqual(faces[0], (1, 8))
        self.assertEqual(self.leaf_through([(b, a) for a, b in faces]), list(range(1, 9)))

    def test_creep(self):
        """Sheet by sheet towards the fold, on both halves, by the paper's thickness."""
        note = self.note(16)
        flat = self.faces(self.impose("booklet", note))
        crept = self.faces(self.impose("booklet", note, "--paper-thickness", "0.5mm"))
        for i, ((width, before), (_, after)) in enumerate(zip(flat, crept)):
            for number, (x, y) in before.items():
                towards = 1 if x < width / 2 else -1
                self.assertAlmostEqual(after[number][0] - x, towards * (i // 2) * 0.5 * MM,
                                       delta=0.02)
                self.assertAlmostEqual(after[number][1], y, delta=0.01)

    def test_pages_end_at_the_fold(self):
        """A background that reaches all edges does not show on the other half."""
        try:
            from PIL import Image
        except ImportError:
            self.skipTest("python3-pil is not installed")
        layout = A5.replace("inner: 20mm, outer: 10mm", "inner: 0, outer: 0") + (
            "styles: {quote: {background: '#888888', indent-start: 0, indent-end: 0}}\n"
            "print: {bleed: 3mm}\n")
        self.path("own.yaml", layout)
        note = self.path("note.yaml", "lang: en\ntitle: T\nlayout: ./own.yaml\nbody:\n"
                         "  - quote: One\n" + "  - page-break:\n  - Two\n")
        out = self.press("booklet", note)
        output_of(tool("pdftoppm"), "-r", "72", "-gray", out, self.path("page"))
        page = Image.open(self.path("page-1.pgm"))
        middle = page.width // 2
        rows = [y for y in range(page.height) if page.getpixel((page.width - 30, y)) < 160]
        self.assertTrue(rows)
        y = rows[len(rows) // 2]
        self.assertTrue(all(page.getpixel((x, y)) > 200 for x in range(middle - 2)))
        self.assertLess(page.getpixel((page.width - 2, y)), 160)  # the bleed

    def test_sheets_follow_from_pages(self):
        for size, sheet in (("A5", (297, 210)), ("A6", (210, 148)), ("A4", (420, 297)),
                            ("[100mm, 100mm]", (200, 100))):
            with self.subTest(size=size):
                out = self.impose("booklet", self.note(2, A5.replace("A5", size)))
                with pikepdf.open(out) as pdf:
                    box = [float(v) / MM for v in pdf.pages[0].MediaBox]
                    self.assertAlmostEqual(box[2], sheet[0], delta=0.02)
                    self.assertAlmostEqual(box[3], sheet[1], delta=0.02)

    def test_what_does_not_fit(self):
        for options, words in (
                (("booklet", "--sheet", "A5"), "the sheet of 148 × 210 mm is too small"),
                (("2-up", "--sheet", "200x200mm"), "need 296 × 210 mm"),
                (("4-up", "--sheet", "A4"), "need 296 × 420 mm"),
                (("booklet", "--paper-thickness", "2mm"), "inner margin of 20 mm")):
            with self.subTest(options=options):
                self.refused("bad-geometry", self.note(48), words, *options)

    def refused(self, code, note, words, *options):
        out = self.path("none.pdf")
        p = self.run_status(1, "render", "--impose", *options, "-o", out, note)
        self.assertIn(f"[{code}]", p.stderr.decode())
        self.assertIn(words, p.stderr.decode())
        self.assertFalse(os.path.exists(out))

    def test_what_does_not_go_together(self):
        note = self.note(2)
        self.refused("bad-value", note, "do not creep", "2-up", "--paper-thickness", "1mm")
        self.refused("bad-value", note, "not folded", "2-up", "--signature", "8")
        for wrong in ("6", "0", "132", "4x", "99999999999"):
            self.refused("bad-value", note, "no number of pages of a signature", "booklet",
                         "--signature", wrong)
        self.refused("bad-value", note, "no sheet `A44`", "2-up", "--sheet", "A44")
        self.refused("bad-value", note, "no thickness", "booklet", "--paper-thickness", "1")
        self.refused("bad-standard", note, "no structure", "2-up", "--standard", "ua-1")
        self.refused("bad-standard", note, "no other files", "2-up", "--embed-source")
        p = run("render", "--sheet", "A4", "-o", self.path("none.pdf"), note)
        self.assertEqual(p.returncode, 1)
        self.assertIn(b"nothing is imposed", p.stderr)
        self.assertEqual(run("render", "--impose", "3-up", note).returncode, 2)
        p = run("bulk", note, "--data", self.path("d.csv", "id\n1\n"), "--merge",
                self.path("none.pdf"), "--impose", "2-up")
        self.assertEqual(p.returncode, 2)
        self.assertIn(b"without `--impose`", p.stderr)


class Cut(Sheets):
    def test_two_and_four(self):
        note = self.note(6)
        self.assertEqual(self.halves(self.impose("2-up", note)), [(1, 2), (3, 4), (5, 6)])
        pages = self.faces(self.impose("4-up", note))
        self.assertEqual([sorted(words) for _, words in pages], [[1, 2, 3, 4], [5, 6]])
        words = pages[0][1]
        self.assertLess(words[1][0], words[2][0])
        self.assertLess(words[1][1], words[3][1])
        self.assertEqual(words[3][1], words[4][1])
        self.assertEqual(words[2][0], words[4][0])

    def test_lying_pages(self):
        note = self.note(2, A5.replace("A5", "A5 landscape"))
        (_, words), = self.faces(self.impose("2-up", note))
        self.assertLess(words[1][1], words[2][1])

    def test_a_sheet_that_is_given(self):
        note = self.note(2)
        for sheet in ("SRA3", "320x450mm", "450mm × 320mm"):
            with pikepdf.open(self.impose("2-up", note, "--sheet", sheet)) as pdf:
                box = [round(float(v) / MM, 1) for v in pdf.pages[0].MediaBox]
                self.assertEqual(box, [0, 0, 450, 320])


class Press(Sheets):
    LAYOUT = A5 + "print: {marks: all, bleed: 3mm}\n"

    def test_x4_holds(self):
        note = self.note(6, self.LAYOUT)
        for how in ("2-up", "4-up", "booklet"):
            out = self.press(how, note)
            with self.subTest(how=how):
                self.assertEqual(x4.faults(out), set())
                p = self.run_ok("preflight", out)
                self.assertIn(b"nothing to say against it", p.stdout)
                status, _, errors = output_of(tool("qpdf"), "--check", out)
                self.assertEqual((status, errors), (0, ""))

    def test_boxes(self):
        """Of the block: what is left of the sheet when it is cut, or folded."""
        note = self.note(4, self.LAYOUT)
        for how, trim in (("booklet", (296, 210)), ("2-up", (302, 210)),
                          ("4-up", (302, 426))):
            with pikepdf.open(self.press(how, note)) as pdf, self.subTest(how=how):
                page = pdf.pages[0]
                boxes = [[round(float(v) / MM, 1) for v in page[k]]
                         for k in ("/MediaBox", "/BleedBox", "/TrimBox")]
                self.assertEqual(boxes[0], [0, 0, trim[0] + 20, trim[1] + 20])
                self.assertEqual(boxes[1], [7, 7, trim[0] + 13, trim[1] + 13])
                self.assertEqual(boxes[2], [10, 10, trim[0] + 10, trim[1] + 10])

    def test_pages_are_forms(self):
        with pikepdf.open(self.press("booklet", self.note(5, self.LAYOUT))) as pdf:
            self.assertEqual(len(pdf.pages), 4)
            shown = set()
            for page in pdf.pages:
                forms = page.Resources.XObject
                shown |= {k for k in forms.keys() if k.startswith("/P")}
                self.assertEqual({str(o.Subtype) for _, o in forms.items()}, {"/Form"})
                self.assertNotIn("/Annots", page)
            self.assertEqual(len(shown), 5)
            self.assertNotIn("/Outlines", pdf.Root)

    def test_marks_stay_outside(self):
        try:
            from PIL import Image, ImageChops
        except ImportError:
            self.skipTest("python3-pil is not installed")
        for how in ("booklet", "4-up"):
            pictures = []
            for marks in ("none", "all"):
                out = self.press(how, self.note(4, self.LAYOUT.replace(
                    "marks: all", "marks: " + marks)))
                output_of(tool("pdftoppm"), "-r", "127", "-singlefile", out,
                          self.path(marks))
                pictures.append(Image.open(self.path(marks + ".ppm")))
            bare, marked = pictures
            inside = marked.crop((35, 35, 35 + bare.width, 35 + bare.height))
            with self.subTest(how=how):
                self.assertLess(max(hi for _, hi in ImageChops.difference(
                    inside, bare).getextrema()), 80)
                self.assertLess(marked.getpixel((5, 50))[0], 200)  # a crop mark

    def test_each_page_has_its_line(self):
        out = self.press("4-up", self.note(4, self.LAYOUT))
        _, text, _ = output_of(tool("pdftotext"), "-layout", out, "-")
        for number in range(1, 5):
            self.assertIn(f"{number}/4", text)

    def test_the_same_bytes_twice(self):
        note = self.note(5, self.LAYOUT)
        self.assertEqual(read(self.press("booklet", note)),
                         read(self.press("booklet", note)))

    def test_bulk(self):
        note = self.path("t.yaml", "lang: en\ntitle: For {{name}}\nbody: Words.\n")
        data = self.path("d.csv", "id,name\n1,Ada\n2,Jonas\n")
        self.run_ok("bulk", "--impose", "2-up", "--print-profile", CMYK, "--data", data,
                    "-o", self.path("{{id}}.pdf"), note)
        self.assertEqual(x4.faults(self.path("2.pdf")), set())
        p = self.run_ok("bulk", "--impose", "2-up", "--data", data,
                        "-o", self.path("{{id}}.pdf"), note)
        self.assertEqual(p.stderr.count(b"note[imposed]"), 1)
        self.assertIn(b"2 records: 2 done; 2 pages", p.stderr)  # and none with a warning


class Claims(Sheets):
    def test_what_is_given_up_is_said(self):
        note = self.note(2)
        p = self.run_ok("render", "--impose", "2-up", "-o", self.path("a.pdf"), note)
        self.assertIn(b"note[imposed]", p.stderr)
        self.assertIn(b"neither PDF/UA-1 nor PDF/A-2a", p.stderr)
        xmp = read(self.path("a.pdf"))
        self.assertIn(b'pdfaid:conformance="U"', xmp)
        self.assertNotIn(b"pdfuaid:part", xmp)
        p = self.run_ok("render", "--impose", "2-up", "--standard", "none", "-o",
                        self.path("a.pdf"), note)
        self.assertEqual(p.stderr, b"")
        self.assertNotIn(b"pdfaid:part", read(self.path("a.pdf")))

    def test_printers_are_told(self):
        for size, edge in (("A5", "Short"), ("[50mm, 200mm]", "Long")):
            out = self.impose("booklet", self.note(2, A5.replace("A5", size).replace(
                "inner: 20mm", "inner: 10mm")))
            with pikepdf.open(out) as pdf:
                asked = pdf.Root.ViewerPreferences
                self.assertEqual(str(asked.PrintScaling), "/None")
                self.assertEqual(str(asked.Duplex), f"/DuplexFlip{edge}Edge")


if __name__ == "__main__":
    unittest.main()
