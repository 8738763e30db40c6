# SPDX-License-Identifier: MIT
"""`print: {rgb: keep}`: RGB that stays RGB in a file for print, with a profile; black that
stays black; and what the ink of it will be."""
import base64
import io
import os
import re
import unittest

from program import EXAMPLES, output_of, read, run, tool, write
from test_print import CMYK, NOTE, PrintCase, coverage, png

import pikepdf
import x4

try:
    from PIL import Image
except ImportError as e:
    raise unittest.SkipTest("python3-pil is not installed") from e

KEEP = "print: {rgb: keep}\n"
OWN = "/usr/share/color/icc/ghostscript/a98.icc"  # wider than sRGB


def colorful(x, y):
    return bytes((200, x % 256, 30 + y % 200))


class Kept(PrintCase):
    def kept(self, body, *options, layout="", files=()):
        for name, data in files:
            write(self.path(name), data)
        note = self.note(KEEP + layout, NOTE.split("body:")[0] + "body:\n" + body)
        out = self.print(note, "--uncompressed", *options)
        self.assertEqual(x4.faults(out), set())
        p = self.run_ok("preflight", out)
        self.assertNotIn(b"error", p.stdout)
        return out

    def picture(self, data, name="p.png"):
        out = self.kept(f"  - image: {{file: {name}, alt: One, width: 10mm}}\n",
                        files=[(name, data)])
        with pikepdf.open(out) as pdf:
            image, = [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and
                      o.get("/Subtype") == "/Image" and o.ColorSpace != "/DeviceGray"]
            return self.space(image.ColorSpace) + (image.read_raw_bytes(),)

    def space(self, space):
        """Its name, its profile."""
        if isinstance(space, pikepdf.Array) and space[0] == "/Indexed":
            name, profile = self.space(space[1])
            return "Indexed " + name, profile
        if isinstance(space, pikepdf.Array):
            return str(space[0]), space[1].read_bytes()
        return str(space), None

    def test_colours(self):
        out = self.kept("  - Some words.\n", layout="styles: {title: {color: '#c03020'}}\n"
                        "colors: {accent: {cmyk: [100, 60, 0, 0], rgb: '#1f4e79'}}\n")
        with pikepdf.open(out) as pdf:
            content = pdf.pages[0].Contents.read_bytes().decode("latin-1")
            name, profile = self.space(pdf.pages[0].Resources.ColorSpace.sRGB)
        self.assertIn("/sRGB cs 0.753 0.188 0.125 scn", content)
        self.assertIn("0 0 0 1 k", content)  # the words
        self.assertNotRegex(content, r"(?m) rg$")
        self.assertEqual((name, profile[16:20]), ("/ICCBased", b"RGB "))
        self.assertIn(b"plates RGB, Black", self.run_ok("preflight", out).stdout)

    def test_words_are_black_alone(self):
        out = self.print(self.note(KEEP))
        c, m, y, k = coverage(out)[0]
        self.assertEqual((c, m, y), (0, 0, 0))
        self.assertGreater(k, 0)
        self.assertNotIn(b"ICCBased", read(out))

    def test_what_its_author_mixed_stays_mixed(self):
        out = self.kept("  - Some words.\n", layout="styles: {title: {color: accent}}\n"
                        "colors: {accent: {cmyk: [100, 60, 0, 0], rgb: '#1f4e79'}}\n")
        self.assertIn(b"1 0.6 0 0 k", read(out))
        self.assertNotIn(b"ICCBased", read(out))

    def test_without_a_profile_it_is_srgb(self):
        space, profile, _ = self.picture(png(120, 120, colorful))
        self.assertEqual((space, profile[16:20]), ("/ICCBased", b"RGB "))
        self.assertIn("sRGB".encode("utf-16-be"), profile)

    def test_its_own_profile_goes_with_it(self):
        if not os.path.exists(OWN):
            self.skipTest("there is no profile of a wider space")
        for kind in "png", "jpeg":
            data = io.BytesIO()
            image = Image.new("RGB", (120, 120))
            image.putdata([tuple(colorful(i % 120, i // 120)) for i in range(14400)])
            image.save(data, kind, icc_profile=read(OWN))
            with self.subTest(kind=kind):
                space, profile, raw = self.picture(data.getvalue(), "p." + kind)
                self.assertEqual((space, profile), ("/ICCBased", read(OWN)))
                if kind == "jpeg":  # its data as they were
                    self.assertEqual(raw[:3], b"\xff\xd8\xff")

    def test_palettes_and_what_lets_through(self):
        data = io.BytesIO()
        image = Image.new("P", (120, 120))
        image.putpalette([200, 30, 30, 30, 30, 200])
        image.putdata([i % 2 for i in range(14400)])
        image.save(data, "png")
        self.assertEqual(self.picture(data.getvalue())[0], "Indexed /ICCBased")
        data = io.BytesIO()
        Image.new("RGBA", (120, 120), (200, 30, 30, 90)).save(data, "png")
        self.assertEqual(self.picture(data.getvalue())[0], "/ICCBased")

    def test_grey_and_cmyk_are_as_ever(self):
        out = self.kept("  - image: {file: g.png, alt: One, width: 10mm}\n",
                        files=[("g.png", png(120, 120, lambda x, y: bytes((x, x, x))))])
        self.assertEqual(coverage(out)[0][:3], (0, 0, 0))
        Image.new("CMYK", (120, 120), (0, 200, 200, 0)).save(self.path("c.jpg"))
        self.assertEqual(self.picture(read(self.path("c.jpg")), "c.jpg")[0], "/DeviceCMYK")

    def test_drawings(self):
        if run("check", os.path.join(EXAMPLES, "briefing.yaml")).returncode:
            self.skipTest("this build draws no SVG")
        jpeg = io.BytesIO()
        Image.new("RGB", (300, 300), (200, 40, 40)).save(jpeg, "jpeg")
        embedded = base64.b64encode(jpeg.getvalue()).decode()
        svg = f"""<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"
 xmlns:xlink="http://www.w3.org/1999/xlink"><defs><linearGradient id="g">
 <stop offset="0" stop-color="#f00"/><stop offset="1" stop-color="#00f" stop-opacity=".5"/>
 </linearGradient><pattern id="p" width="9" height="9" patternUnits="userSpaceOnUse">
 <circle cx="4" cy="4" r="3" fill="#0a0"/></pattern></defs>
 <rect width="50" height="50" fill="url(#g)"/><rect x="140" width="50" height="50"
 fill="url(#p)"/><g opacity=".5"><rect x="60" width="50" height="50" fill="#0f0"/>
 <rect x="80" width="50" height="30" fill="#123456"/></g>
 <image x="60" y="60" width="40" height="40" xlink:href="data:image/jpeg;base64,{embedded}"/>
 <text y="80" font-size="20">black</text></svg>"""
        out = self.kept("  - image: {file: d.svg, alt: Things, width: 80mm}\n",
                        files=[("d.svg", svg)])
        data = read(out)
        self.assertIn(b"/sRGB cs 0 1 0 scn", data)
        self.assertIn(b"/sRGB cs 0.071 0.204 0.337 scn", data)
        self.assertIn(b"0 0 0 1 k", data)  # the word
        self.assertNotIn(b"/DeviceRGB", data)
        status, _, errors = output_of(tool("qpdf"), "--check", out)
        self.assertEqual((status, errors), (0, ""))
        _, _, errors = output_of(tool("pdftoppm"), "-r", "50", "-singlefile", out,
                                 self.path("page"))
        self.assertEqual(errors, "")
        page = Image.open(self.path("page.ppm")).convert("RGB")
        reddest = max(page.getdata(), key=lambda p: p[0] - p[1] - p[2])
        self.assertGreater(reddest[0] - max(reddest[1:]), 120)

    def test_two_programs_show_what_the_screen_does(self):
        out = self.kept("  - image: {file: p.png, alt: One, width: 20mm}\n", files=[
            ("p.png", png(240, 240, lambda x, y: bytes((190, 60, 40))))])
        output_of(tool("gs"), "-q", "-o", self.path("gs.png"), "-sDEVICE=png16m", "-r50", out)
        output_of(tool("pdftoppm"), "-r", "50", "-singlefile", "-png", out, self.path("pop"))
        for name in "gs.png", "pop.png":
            with self.subTest(name=name):
                page = Image.open(self.path(name)).convert("RGB")
                red = max(page.getdata(), key=lambda p: p[0] - p[1] - p[2])
                for got, wanted in zip(red, (190, 60, 40), strict=True):
                    self.assertLess(abs(got - wanted), 25, red)

    def test_ink_is_foreseen(self):
        note = self.note("print: {rgb: keep, max-ink: 150%}\n"
                         "styles: {title: {color: '#301020'}}\n")
        told = self.refused("too-much-ink", "--print-profile", CMYK, note=note)
        self.assertRegex(told, r"text in the colour `#301020` has \d+ % of ink, and 150 %")
        self.path("own.yaml", "extends: information-note\nprint: {rgb: keep, max-ink: 150%}\n")
        write(self.path("p.png"), png(120, 120, lambda x, y: bytes((48, 16, 32))))
        note = self.path("n.yaml", "lang: en\ntitle: T\nlayout: ./own.yaml\nbody:\n"
                                   "  - image: {file: p.png, alt: One, width: 10mm}\n")
        p = self.run_ok("check", "--print-profile", CMYK, note)
        self.assertRegex(p.stderr.decode(), r"heavy-image\]: `p.png` has up to \d+ % of ink")

    def test_many_notes_in_one_file_share_the_profile(self):
        write(self.path("p.png"), png(120, 120, colorful))
        write(self.path("q.png"), png(121, 120, colorful))
        self.path("own.yaml", "extends: information-note\n" + KEEP +
                  "styles: {title: {color: '#c03020'}}\n")
        note = self.path("n.yaml", "lang: en\ntitle: For {{id}}\nlayout: ./own.yaml\nbody:\n"
                         "  - image: {file: '{{file}}', alt: One, width: 10mm}\n")
        data = self.path("d.csv", "id,file\n1,p.png\n2,q.png\n3,p.png\n")
        out = self.path("all.pdf")
        self.run_ok("bulk", "--print-profile", CMYK, "--data", data, "--merge", out, note)
        self.assertEqual(x4.faults(out), set())
        self.assertNotIn(b"error", self.run_ok("preflight", out).stdout)
        with pikepdf.open(out) as pdf:
            profiles = [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and
                        o.get("/N") == 3 and "/Type" not in o]
        self.assertEqual(len(profiles), 1)
        status, _, errors = output_of(tool("qpdf"), "--check", out)
        self.assertEqual((status, errors), (0, ""))

    def test_it_may_be_archived_as_well(self):
        out = self.kept("  - image: {file: p.png, alt: One, width: 10mm}\n",
                        "--standard", "x-4,a-2b", files=[("p.png", png(120, 120, colorful))])
        self.assertIn(b'pdfaid:part="2"', read(out))
        self.assertTrue(re.search(rb"/ICCBased", read(out)))


class Screens(PrintCase):
    """Colours that are said in inks alone, in files for screens."""

    LAYOUT = ("print: {profile: press.icc}\n"
              "colors: {deep: {cmyk: [100, 0, 0, 0]}, shade: 'cmyk(0, 0, 0, 50)',\n"
              "  house: {spot: Deep, cmyk: [0, 100, 0, 0], tint: 50%}}\n"
              "styles: {title: {color: deep, background: 'cmyk(80, 80, 0, 50)'},\n"
              "  paragraph: {rule-below: 1pt, rule-color: house},\n"
              "  rule: {rule-above: 1pt, rule-color: shade}}\n")
    NOTE = NOTE.replace("Some words in black.", '"words\\n\\n---\\n\\nmore words"')
    INKS = {"deep": (100, 0, 0, 0), "back": (80, 80, 0, 50), "house": (0, 50, 0, 0)}

    def shown(self, note, *options):
        out = self.path("screen.pdf")
        self.run_ok("render", "--uncompressed", *options, "-o", out, note)
        with pikepdf.open(out) as pdf:
            content = pdf.pages[0].Contents.read_bytes().decode("latin-1")
        return {tuple(round(float(v) * 255) for v in c)
                for c in re.findall(r"([\d.]+) ([\d.]+) ([\d.]+) rg", content)}, content

    def by_the_profile(self, inks):
        try:
            from PIL import ImageCms
        except ImportError:
            self.skipTest("PIL has no ImageCms")
        transform = ImageCms.buildTransform(
            CMYK, ImageCms.createProfile("sRGB"), "CMYK", "RGB",
            1, 0x2000)  # relative, black-point compensation
        image = Image.new("CMYK", (1, 1), tuple(round(v * 2.55) for v in inks))
        return ImageCms.applyTransform(image, transform).getpixel((0, 0))

    def near(self, wanted, colors):
        return any(max(abs(a - b) for a, b in zip(wanted, c)) <= 3 for c in colors)

    def test_the_profile_says_what_they_look_like(self):
        self.path("press.icc", read(CMYK))
        note = self.note(self.LAYOUT, self.NOTE)
        colors, content = self.shown(note)
        for name, inks in self.INKS.items():
            with self.subTest(name=name):
                self.assertTrue(self.near(self.by_the_profile(inks), colors), colors)
        self.assertIn("0.5 g", content)  # black ink alone is grey
        html = self.run_ok("dump", "--stage", "html", note).stdout.decode()
        wanted = self.by_the_profile(self.INKS["back"])
        shown = [tuple(int(c[i:i + 2], 16) for i in (0, 2, 4))
                 for c in re.findall(r"#([0-9a-f]{6})", html)]
        self.assertTrue(self.near(wanted, shown), html)

    def test_presses_print_the_inks_all_the_same(self):
        self.path("press.icc", read(CMYK))
        out = self.print(self.note(self.LAYOUT, self.NOTE), "--uncompressed")
        self.assertEqual(x4.faults(out), set())
        for inks in b"1 0 0 0 k", b"0.8 0.8 0 0.5 k", b"0 0 0 0.5 k", b"/S1 cs 0.5 scn":
            self.assertIn(inks, read(out))

    def test_without_a_profile_by_a_formula(self):
        note = self.note(self.LAYOUT, self.NOTE)
        for data in None, b"no profile", b"":
            if data is not None:
                self.path("press.icc", data)
            colors, _ = self.shown(note)
            self.assertTrue(self.near((0, 255, 255), colors), colors)
            self.assertTrue(self.near((255, 128, 255), colors), colors)

    def test_what_says_rgb_shows_it(self):
        self.path("press.icc", read(CMYK))
        colors, _ = self.shown(self.note(self.LAYOUT.replace(
            "cmyk: [100, 0, 0, 0]}", "cmyk: [100, 0, 0, 0], rgb: '#0102fe'}"), self.NOTE))
        self.assertIn((1, 2, 254), colors)


def other_profile(pdf):
    with open(OWN, "rb") as f:
        data = bytearray(f.read())
    data[8] = 5
    pdf.pages[0].Resources.ColorSpace.sRGB[1].write(bytes(data))


def other_colors(pdf):
    pdf.pages[0].Resources.ColorSpace.sRGB[1].N = 4


def device_default(pdf):
    pdf.pages[0].Resources.ColorSpace.DefaultRGB = pikepdf.Array([pikepdf.Name.DeviceRGB])


class Rules(PrintCase):
    def test_each(self):
        good = self.print(self.note(KEEP + "styles: {title: {color: '#c03020'}}\n"))
        self.assertEqual(x4.faults(good), set())
        for rule, spoil in (("icc", other_profile), ("icc", other_colors),
                            ("default space", device_default)):
            with self.subTest(spoil=spoil), pikepdf.open(good) as pdf:
                spoil(pdf)
                pdf.save(self.path("bad.pdf"), fix_metadata_version=False,
                         force_version="1.6", static_id=True)
                self.assertIn(rule, x4.faults(self.path("bad.pdf")))


if __name__ == "__main__":
    unittest.main()
