# SPDX-License-Identifier: MIT
"""Drawings and pictures in files for print: what overprints, how much ink they have, in
which colours transparent ones are mixed."""
import base64
import os
import re
import unittest

from program import EXAMPLES, write
from test_print import CMYK, PrintCase, pikepdf, png, x4

SVG = ('<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
       'width="200" height="100">%s</svg>')
LETTERS = ('<rect width="200" height="100" fill="#ddeeff"/><text y="20" font-size="8">small'
           '</text><text y="60" font-size="30">large</text><text y="80" font-size="8" '
           'fill="#c00">red</text><g transform="scale(5)"><text y="18" font-size="4">more'
           '</text></g>')


class DrawingCase(PrintCase):
    def setUp(self):
        super().setUp()
        try:
            self.run_ok("check", os.path.join(EXAMPLES, "briefing.yaml"))
        except AssertionError:
            self.skipTest("this build draws no SVG")

    def drawing(self, inside, width="80mm", layout=""):
        write(self.path("d.svg"), SVG % inside)
        return self.note(layout, "lang: en\ntitle: T\nlayout: ./own.yaml\nbody:\n"
                         f"  - image: {{file: d.svg, alt: Many things, width: {width}}}\n")

    def forms(self, out):
        with pikepdf.open(out) as pdf:
            return [o.read_bytes() for o in pdf.objects if isinstance(o, pikepdf.Stream) and
                    o.get("/Subtype") == "/Form"]


class Letters(DrawingCase):
    BELOW = "print: {overprint-below: 12pt}\n"

    def states(self, out):
        """For each piece of text in the drawing its size there, and whether it overprints."""
        on, size, found = False, 0, []
        content, = self.forms(out)
        for line in content.decode("latin-1").splitlines():
            if re.search(r"/O[01] gs", line):
                on = line.endswith("/O1 gs")
            matrix = re.match(r"([-\d.]+) [-\d.]+ [-\d.]+ [-\d.]+ [-\d.]+ [-\d.]+ Tm", line)
            if matrix:
                size = float(matrix.group(1))
            if re.search(r"T[jJ]", line):
                found.append((size, on))
        self.assertFalse(on)
        return found

    def test_small_black_letters_overprint(self):
        out = self.print(self.drawing(LETTERS, layout=self.BELOW))
        self.assertEqual(x4.faults(out), set())
        self.assertEqual(self.states(out), [(6, True), (22.5, False), (6, False), (15, False)])
        p = self.run_ok("preflight", out)
        self.assertNotRegex(p.stdout.decode(), r"error\[|warning\[")

    def test_their_size_is_that_on_the_page(self):
        """150 by 75 points, shown at half of it and at more than twice."""
        half = self.states(self.print(self.drawing(LETTERS, "75pt", self.BELOW)))
        self.assertEqual([on for _, on in half], [True, True, False, True])
        large = self.states(self.print(self.drawing(LETTERS, "400pt", self.BELOW)))
        self.assertEqual([on for _, on in large], [False] * 4)
        none = self.states(self.print(self.drawing(
            LETTERS, layout="print: {overprint-below: 0}\n")))
        self.assertEqual([on for _, on in none], [False] * 4)

    def test_files_for_screens_say_nothing_of_it(self):
        out = self.render(self.drawing(LETTERS))
        self.assertNotIn(b"/O1 gs", b"".join(self.forms(out)))


class Lines(DrawingCase):
    THIN = ('<path d="M0 60L100 60" stroke="#444" stroke-width="0.1"/><g transform="scale(3)">'
            '<path d="M0 10L10 20" stroke="#000" stroke-width="0.05"/></g>'
            '<path d="M0 80L100 60" stroke="#444" stroke-width="2"/>')

    def test_no_line_is_too_thin(self):
        for width in ("30pt", "60mm", "400pt"):
            out = self.print(self.drawing(self.THIN, width))
            p = self.run_ok("preflight", out)
            with self.subTest(width=width):
                self.assertRegex(p.stdout.decode(), r"lines from 0\.2[5-6]\d* pt")
                self.assertEqual(x4.faults(out), set())

    def test_those_that_are_not_stay(self):
        widths = [re.findall(rb"([\d.]+) w\b", o) for o in self.forms(self.print(
            self.drawing(self.THIN, "150pt")))]
        self.assertEqual(widths[0][-1], b"1.5")


class Pixels(DrawingCase):
    def test_pictures_in_drawings_have_pixels(self):
        """A picture on 20 × 20 of 200 × 100 units, the drawing in three widths."""
        data = base64.b64encode(png(60, 60, lambda x, y: bytes((x,)), space=0)).decode()
        def note(millimetres):
            return self.drawing('<image width="20" height="20" xlink:href="data:image/png;'
                                'base64,' + data + '"/>', f"{millimetres}mm")
        told = self.refused("coarse-image", "--print-profile", CMYK, note=note(120))
        self.assertRegex(told, r"note\.yaml:5:.*a picture in `d.svg` is printed with 12\d "
                               "pixels to the inch; print needs 150 at least")
        p = self.run_ok("check", "--print-profile", CMYK, note(75))
        self.assertRegex(p.stderr.decode(), r"warning\[low-resolution\].* with 20\d pixels")
        out = self.print(note(50))
        p = self.run_ok("preflight", out)
        self.assertRegex(p.stdout.decode(), r"1 picture from 30\d ppi")
        self.run_ok("check", note(120))


class Ink(DrawingCase):
    def test_ink_of_fills_and_shadings(self):
        for inside in ('<rect width="9" height="9" fill="#001010"/>',
                       '<defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/>'
                       '<stop offset="1" stop-color="#001010"/></linearGradient></defs>'
                       '<rect width="90" height="90" fill="url(#g)"/>'):
            note = self.drawing(inside, layout="print: {max-ink: 240%}\n")
            told = self.refused("too-much-ink", "--print-profile", CMYK, note=note)
            self.assertRegex(told, r"note\.yaml:5:.*the colour `#001010` has 29\d % of ink")
        self.print(self.drawing(inside))

    def test_ink_of_pictures_in_drawings(self):
        data = base64.b64encode(png(90, 90, lambda x, y: b"\0\x10\x10")).decode()
        note = self.drawing('<image width="20" height="20" xlink:href="data:image/png;base64,'
                            + data + '"/>', layout="print: {max-ink: 240%}\n")
        p = self.run_ok("check", "--print-profile", CMYK, note)
        self.assertRegex(p.stderr.decode(),
                         r"warning\[heavy-image\]: `d.svg` has up to 29\d % of ink")


class Blending(DrawingCase):
    GROUP = {"/S": "/Transparency", "/CS": "/DeviceCMYK"}

    def groups(self, out):
        with pikepdf.open(out) as pdf:
            return [page.get("/Group") and {k: str(page.Group[k]) for k in ("/S", "/CS")}
                    for page in pdf.pages]

    def test_pages_say_in_which_colours(self):
        write(self.path("clear.png"), png(120, 120, lambda x, y: bytes((x, 9, 9, 2 * x)), 6))
        write(self.path("p.png"), png(120, 120, lambda x, y: bytes((x, 9, 9))))
        write(self.path("o.svg"), SVG % '<rect width="9" height="9" opacity=".5"/>')
        write(self.path("d.svg"), SVG % '<rect width="9" height="9"/>')
        note = self.note("", "lang: en\ntitle: T\nlayout: ./own.yaml\nbody:\n" +
                         "  - page-break:\n".join(
                             f"  - image: {{file: {f}, alt: One thing, width: 10mm}}\n"
                             for f in ("clear.png", "p.png", "o.svg", "d.svg")))
        expected = [self.GROUP, None, self.GROUP, None]
        out = self.print(note)
        self.assertEqual(self.groups(out), expected)
        self.assertEqual(x4.faults(out), set())
        self.assertEqual(self.groups(self.render(note)), [None] * 4)
        data = self.path("p.csv", "id\n1\n2\n")
        self.run_ok("bulk", note, "--data", data, "--merge", out, "--print-profile", CMYK)
        self.assertEqual(self.groups(out), expected * 2)
        out = self.print(note, "--impose", "2-up")
        self.assertEqual(self.groups(out), [self.GROUP] * 2)
        out = self.print(note, "--impose", "booklet")
        self.assertEqual(self.groups(out), [self.GROUP, self.GROUP])
        self.assertEqual(x4.faults(out), set())


if __name__ == "__main__":
    unittest.main()
