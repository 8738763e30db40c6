# SPDX-License-Identifier: MIT
"""Drawings (SVG) in notes: what they look like, their text, their size, what is refused."""
import os
import re
import unittest

from program import PROGRAM, Case, environment, once, output_of, read, run, tool, write

try:
    import pikepdf
    from PIL import Image
except ImportError as e:
    raise unittest.SkipTest("python3-pil or python3-pikepdf is not installed") from e

HELPER = os.path.join(os.path.dirname(PROGRAM), "infonote-svg")
if not os.path.exists(HELPER):
    raise unittest.SkipTest("infonote-svg was not built: librsvg2-dev is not installed")

PPI = 144


def svg(inside, attributes='viewBox="0 0 100 50"'):
    return ('<svg xmlns="http://www.w3.org/2000/svg" '
            f'xmlns:xlink="http://www.w3.org/1999/xlink" {attributes}>\n{inside}\n</svg>\n')


HALVES = '<rect width="50" height="50" fill="red"/><rect x="50" width="50" height="50"/>'
EVERYTHING = """<defs>
<linearGradient id="g"><stop stop-color="red"/><stop offset="1" stop-opacity=".2"/></linearGradient>
<radialGradient id="r"><stop stop-color="#ff0"/><stop offset="1" stop-color="#080"/></radialGradient>
<pattern id="p" width="6" height="6" patternUnits="userSpaceOnUse">
<path d="M0 6L6 0" stroke="#000"/></pattern>
<mask id="m"><rect width="100" height="50" fill="#888"/></mask>
<filter id="f"><feGaussianBlur stdDeviation="1"/></filter>
<clipPath id="c"><circle cx="80" cy="10" r="8"/></clipPath>
<symbol id="s" viewBox="0 0 2 2"><circle cx="1" cy="1" r="1"/></symbol></defs>
<rect width="20" height="20" fill="url(#g)" stroke="#333" stroke-dasharray="2 1"/>
<circle cx="35" cy="10" r="9" fill="url(#r)" opacity=".6"/>
<rect x="50" width="20" height="20" fill="url(#p)"/>
<rect x="72" width="20" height="20" clip-path="url(#c)"/>
<rect y="25" width="20" height="10" fill="teal" mask="url(#m)"/>
<rect x="30" y="25" width="10" height="10" filter="url(#f)"/>
<g opacity=".5"><rect x="50" y="25" width="10" height="10"/><use href="#s" x="55" y="25"
width="10" height="10"/></g>
<image x="80" y="25" width="10" height="10" href="data:image/png;base64,iVBORw0KGgoAAAANSUhEUg
AAAAIAAAACCAYAAABytg0kAAAAFElEQVR4nGP4z8DwHwwZGBgYGAAAR8gE/YXB4egAAAAASUVORK5CYII="/>
<text x="5" y="47" font-size="8">Brücke fi</text>
<text x="50" y="47" font-size="8" font-family="Arial" font-weight="bold">Мост</text>"""


class Drawings(Case):
    def note(self, *images):
        blocks = "".join(f"  - image: {{file: {i}}}\n" for i in images)
        return self.path("note.yaml", "title: Drawings\nlang: en\nbody:\n" + blocks)

    def draw(self, text, name="a.svg"):
        write(self.path(name), text)
        return f"{name}, alt: A drawing"

    def refused(self, text, message, **options):
        p = self.run_status(1, "render", self.note(self.draw(text)), "-o", self.path("no.pdf"),
                            **options)
        self.assertIn(message, p.stderr.decode())
        self.assertFalse(os.path.exists(self.path("no.pdf")))

    def boxes(self, note):
        """(width, height) in points."""
        out = run("dump", "--stage", "pages", note).stdout.decode()
        sizes = re.findall(r"^  image \S+ (\d+)x(\d+)", out, re.M)
        return [(int(w) / 1024, int(h) / 1024) for w, h in sizes]

    def test_it_looks_as_it_should(self):
        tool("pdftoppm")
        pdf = self.render(self.note(self.draw(svg(HALVES)) + ", width: 80mm, align: left"))
        status, _, err = output_of("pdftoppm", "-r", str(PPI), "-png", "-singlefile", pdf,
                                   self.path("page"))
        self.assertEqual((status, err), (0, ""))
        page = Image.open(self.path("page.png")).convert("RGB")
        colours = page.getcolors(1 << 24)
        counts = {c: n for n, c in colours}
        square = (40 / 25.4 * PPI) ** 2
        self.assertAlmostEqual(counts[(255, 0, 0)] / square, 1, delta=0.03)
        self.assertGreater(counts[(0, 0, 0)] / square, 0.97)

    def test_its_text_is_text(self):
        tool("pdftotext")
        pdf = self.render(self.note(self.draw(svg(EVERYTHING))))
        text = output_of("pdftotext", pdf, "-")[1]
        self.assertIn("Brücke fi", text)
        self.assertIn("Мост", text)
        fonts = output_of("pdffonts", pdf)[1]
        self.assertRegex(fonts, r"GentiumPlus.* yes yes yes")
        self.assertRegex(fonts, r"NotoSans-Bold.* yes yes yes")

    def test_everything_is_sound(self):
        pdf = self.render(self.note(self.draw(svg(EVERYTHING))))
        for command in (["qpdf", "--check", pdf], ["mutool", "draw", "-q", "-F", "trace", "-o",
                                                   os.devnull, pdf]):
            tool(command[0])
            status, _, err = output_of(*command)
            self.assertEqual(status, 0, err)
        with pikepdf.open(pdf) as file:
            for o in file.objects:
                if isinstance(o, (pikepdf.Dictionary, pikepdf.Stream)):
                    self.assertNotIn("/Interpolate", o)
                    if o.get("/Subtype") == "/CIDFontType2":
                        self.assertIn("/CIDToGIDMap", o)

    def test_the_same_drawing_is_stored_once(self):
        drawing = svg(EVERYTHING)
        one = self.render(self.note(self.draw(drawing)))
        many = self.note(*[self.draw(drawing, n) + ", width: 20mm" for n in
                           ["a.svg", "b.svg"] * 10])
        self.assertLess(os.path.getsize(self.render(many, "b.pdf")),
                        os.path.getsize(one) + 6000)

    def test_the_same_bytes(self):
        note = self.note(self.draw(svg(EVERYTHING)))
        self.assertEqual(read(self.render(note)), read(self.render(note, "b.pdf")))
        home = self.path("home")
        os.makedirs(home + "/.config/fontconfig")
        write(home + "/.config/fontconfig/fonts.conf", "<fontconfig><alias><family>serif"
              "</family><prefer><family>Lato</family></prefer></alias></fontconfig>")
        other = self.render(note, "c.pdf", env=environment(HOME=home, LANG="ar_EG.UTF-8"))
        self.assertEqual(read(self.path("out.pdf")), read(other))

    def test_size(self):
        for attributes, wanted in (
                ('width="96" height="48"', (72, 36)),
                ('width="96px" viewBox="0 0 4 1"', (72, 18)),
                ('height="1in" viewBox="0 0 4 1"', (288, 72)),
                ('width="50.8mm" height="2.54cm"', (144, 72)),
                ('width="100%" height="100%" viewBox="0 0 40 20"', (30, 15)),
                ('width="10pt" height="2pc"', (10, 24)),
                ('viewBox="-5 -5 40 20"', (30, 15))):
            with self.subTest(attributes=attributes):
                note = self.note(self.draw(svg(HALVES, attributes)))
                for is_, should in zip(self.boxes(note)[0], wanted):
                    self.assertAlmostEqual(is_, should, delta=0.01)
        note = self.note(self.draw(svg(HALVES)) + ", width: 50mm, height: 50mm",
                         self.draw(svg(HALVES)) + ", width: 50mm, height: 50mm, fit: stretch")
        (a, b), (c, d) = self.boxes(note)
        self.assertAlmostEqual(a / b, 2, delta=0.01)
        self.assertAlmostEqual(c / d, 1, delta=0.01)

    def test_no_resolution(self):
        note = self.note(self.draw(svg(HALVES, 'width="1" height="1"')) + ", width: 150mm")
        self.assertEqual(self.run_ok("check", note).stderr, b"")

    def test_what_is_refused(self):
        for text, message in (
                (svg("<g>"), "tag mismatch: g line 2 and svg (line 3, column 7)"),
                (svg("&nbsp;"), "Entity 'nbsp' not defined (line 2, column 7)"),
                ("<svg>", "lacks xmlns="),
                ("<html><svg/></html>", "its first element is not `svg`"),
                (svg(HALVES, ""), "it has no size"),
                (svg(HALVES, 'width="100%" height="50"'), "it has no size"),
                (svg(HALVES, 'width="0" height="50"'), "it has no area"),
                (svg(HALVES, 'width="1e9" height="50"'), "it is too large"),
                (svg("<text>\U00013000</text>"), "line 2: no font here has U+13000")):
            with self.subTest(message=message):
                self.refused(text, message)

    def test_what_is_left_out(self):
        for inside, message in (
                ('<image href="a.png" width="9" height="9"/>', "`a.png` is outside"),
                ('<image href="file:///etc/passwd" width="9" height="9"/>', "`file:///etc"),
                ('<image xlink:href="http://example.org/a.png"/>', "`http://example.org/a"),
                ('<use href="b.svg#x"/>', "`b.svg#x` is outside"),
                ('<rect style="fill: url(b.svg#x)" width="9" height="9"/>', "`b.svg#x` is"),
                ('<style>@import "http://example.org/a.css";</style>', "`@import"),
                ("<style>@font-face {src: url('a.woff')}</style>", "`a.woff"),
                ("<foreignObject/>", "`foreignObject` is not drawn")):
            with self.subTest(inside=inside):
                note = self.note(self.draw(svg(inside + HALVES)))
                p = self.run_ok("render", note, "-o", self.path("out.pdf"))
                self.assertIn(message, p.stderr.decode())
                self.assertIn("not-drawn", p.stderr.decode())

    def test_scripts_do_nothing(self):
        note = self.note(self.draw(svg('<script>while (1);</script><a href="http://x">'
                                       + HALVES + "</a>")))
        p = self.run_ok("render", note, "-o", self.path("out.pdf"))
        self.assertEqual(p.stderr, b"")
        self.assertNotIn(b"while", read(self.path("out.pdf")))

    @once
    def test_what_wants_too_much(self):
        deep = "".join(f'<g id="g{i}"><use href="#g{i + 1}"/><use href="#g{i + 1}"/></g>'
                       for i in range(40)) + f'<g id="g40">{HALVES}</g>'
        bomb = "".join(f'<!ENTITY e{i} "{"&e%d;" % (i - 1) * 10}">' for i in range(1, 12))
        for name, text in (
                ("uses", svg(deep)),
                ("circle", svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>')),
                ("entities", f'<!DOCTYPE svg [<!ENTITY e0 "ha">{bomb}]>' + svg("&e11;")),
                ("outside", '<!DOCTYPE svg [<!ENTITY e SYSTEM "/etc/passwd">]>'
                 + svg("<text>&e;</text>")),
                ("nested", svg("<g>" * 50000 + "</g>" * 50000)),
                ("blur", svg('<filter id="f"><feGaussianBlur stdDeviation="9999"/></filter>'
                             '<rect filter="url(#f)" width="1e5" height="1e5"/>',
                             'width="1e5" height="1e5"')),
                ("size", svg("<!--" + " " * (17 << 20) + "-->"))):
            with self.subTest(name=name):
                p = run("render", self.note(self.draw(text)), "-o", self.path("out.pdf"))
                self.assertIn(p.returncode, (0, 1), p.stderr)
                self.assertNotIn(b"root:", p.stderr)

    @once
    def test_many_paths(self):
        paths = "".join(f'<path d="M{i % 100} {i % 50}l3 1"/>' for i in range(100000))
        note = self.note(self.draw(svg(f'<g stroke="#00f">{paths}</g>')))
        self.assertLess(os.path.getsize(self.render(note)), 1 << 20)

    def test_without_the_helper(self):
        for helper in ("/nowhere/infonote-svg", "/bin/false", "/bin/cat"):
            p = run("render", self.note(self.draw(svg(HALVES))), "-o", self.path("no.pdf"),
                    env=environment(INFONOTE_SVG=helper))
            self.assertEqual(p.returncode, 1)
            self.assertIn(b"cannot draw SVG" if "nowhere" in helper else b"gave it up",
                          p.stderr)


if __name__ == "__main__":
    unittest.main()
