# SPDX-License-Identifier: MIT
"""Files for print: what a press prints (Ghostscript's ink coverage), what PDF/X-4 asks (our
own rules), what is refused."""
import json
import os
import re
import shutil
import struct
import unittest
import zlib

from program import Case, EXAMPLES, environment, examples, once, output_of, read, run, tool, write

try:
    import pikepdf
    import x4
except ImportError as e:
    raise unittest.SkipTest("python3-pikepdf is not installed") from e

PROFILES = "/usr/share/color/icc/ghostscript"
CMYK = os.path.join(PROFILES, "default_cmyk.icc")
if not os.path.exists(CMYK):
    raise unittest.SkipTest("Ghostscript's profiles are not installed")

NOTE = "lang: en\ntitle: A note\nlayout: ./own.yaml\nbody: Some words in black.\n"
COLORED = {"briefing.yaml"}  # examples with pictures that have colours


def png(width, height, pixel, space=2):
    """A picture whose pixels are `pixel(x, y)`, bytes."""
    rows = b"".join(b"\0" + b"".join(pixel(x, y) for x in range(width))
                    for y in range(height))
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))
    head = struct.pack(">IIBBBBB", width, height, 8, space, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) +
            chunk(b"IEND", b""))


def coverage(path):
    """For each page the shares of its cyan, magenta, yellow and black."""
    _, out, _ = output_of(tool("gs"), "-q", "-o", "-", "-sDEVICE=inkcov", path)
    return [tuple(float(v) for v in line) for line in
            re.findall(r"^ *([\d.]+) +([\d.]+) +([\d.]+) +([\d.]+) CMYK", out, re.M)]


class PrintCase(Case):
    def print(self, note, *options, name="print.pdf", profile=CMYK, **kind):
        out = self.path(name)
        self.run_ok("render", "--print-profile", profile, *options, "-o", out, note, **kind)
        return out

    def note(self, layout, note=NOTE):
        self.path("own.yaml", "extends: information-note\n" + layout)
        return self.path("note.yaml", note)

    def refused(self, code, *options, note=None, status=1):
        out = self.path("none.pdf")
        p = self.run_status(status, "render", *options, "-o", out,
                            note or self.path("small.yaml", NOTE.replace(
                                "layout: ./own.yaml\n", "")))
        self.assertIn(f"[{code}]", p.stderr.decode())
        self.assertFalse(os.path.exists(out))
        return p.stderr.decode()


class Examples(PrintCase):
    @once
    def test_text_is_black_alone_and_x4_holds(self):
        for note in examples():
            options = ["--data", os.path.join(EXAMPLES, "reminder.json")] \
                if note.endswith("reminder.yaml") else []
            out = self.print(note, *options)
            with self.subTest(note=os.path.basename(note)):
                self.assertEqual(x4.faults(out), set())
                for c, m, y, k in coverage(out):
                    self.assertGreater(k, 0)
                    if os.path.basename(note) not in COLORED:
                        self.assertEqual((c, m, y), (0, 0, 0))

    def test_qpdf_and_poppler_are_silent(self):
        out = self.print(os.path.join(EXAMPLES, "briefing.yaml"))
        status, _, errors = output_of(tool("qpdf"), "--check", out)
        self.assertEqual((status, errors), (0, ""))
        _, _, errors = output_of(tool("pdftoppm"), "-r", "30", out, self.path("page"))
        self.assertEqual(errors, "")

    def test_the_file_for_screens_is_another(self):
        note = os.path.join(EXAMPLES, "information-note.yaml")
        screen = self.render(note, "screen.pdf")
        with pikepdf.open(screen) as pdf:
            self.assertEqual(pdf.pdf_version, "1.7")
            self.assertIn("/Annots", pdf.pages[0])
            self.assertNotIn("/TrimBox", pdf.pages[0])

    def test_the_same_bytes_twice(self):
        note = os.path.join(EXAMPLES, "briefing.yaml")
        env = environment(SOURCE_DATE_EPOCH="1000000000")
        a = read(self.print(note, name="a.pdf", env=env))
        self.assertEqual(a, read(self.print(note, name="b.pdf", env=env)))
        self.assertIn(b"2001-09-09T01:46:40Z", a)


def drop(where, key):
    def spoil(pdf):
        del where(pdf)[key]
    return spoil


def put(where, key, value):
    def spoil(pdf):
        where(pdf)[key] = value
    return spoil


def root(pdf):
    return pdf.Root


def first_page(pdf):
    return pdf.pages[0].obj


def content(operators):
    def spoil(pdf):
        pdf.pages[0].contents_add(pdf.make_stream(operators))
    return spoil


def replace_xmp(old, new):
    def spoil(pdf):
        data = pdf.Root.Metadata.read_bytes()
        pdf.Root.Metadata.write(data.replace(old, new))
    return spoil


def second_intent(pdf):
    pdf.Root.OutputIntents.append(pdf.Root.OutputIntents[0])


def rgb_profile(pdf):
    with open(os.path.join(PROFILES, "default_rgb.icc"), "rb") as f:
        pdf.Root.OutputIntents[0].DestOutputProfile.write(f.read())


def link(pdf):
    pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9]))])


def uri(pdf):
    link(pdf)
    pdf.pages[0].Annots[0].A = pdf.make_indirect(pikepdf.Dictionary(
        S=pikepdf.Name.URI, URI="http://example.org/"))


def no_font(pdf):
    for o in pdf.objects:
        if isinstance(o, pikepdf.Dictionary) and "/FontFile2" in o:
            del o["/FontFile2"]


def rgb_image(pdf):
    pdf.pages[0].Resources.XObject = pikepdf.Dictionary(I9=pdf.make_stream(
        b"abc", Subtype=pikepdf.Name.Image, ColorSpace=pikepdf.Name.DeviceRGB))


SPOILED = [
    ("version", replace_xmp(b"PDF/X-4", b"PDF/X-3")),
    ("xmp pdf:Trapped", replace_xmp(b' pdf:Trapped="False"', b"")),
    ("xmp xmpMM:DocumentID", replace_xmp(b"xmpMM:DocumentID", b"xmpMM:Document")),
    ("xmp xmp:MetadataDate", replace_xmp(b"xmp:MetadataDate", b"xmp:Metadate")),
    ("trapped differs", replace_xmp(b'Trapped="False"', b'Trapped="True"')),
    ("title differs", replace_xmp(b">Memo", b">Nemo")),
    ("info /Title", drop(lambda pdf: pdf.docinfo, "/Title")),
    ("trapped", put(lambda pdf: pdf.docinfo, "/Trapped", pikepdf.Name.Unknown)),
    ("one intent", drop(root, "/OutputIntents")),
    ("one intent", second_intent),
    ("condition", drop(lambda pdf: pdf.Root.OutputIntents[0],
                       "/OutputConditionIdentifier")),
    ("profile", rgb_profile),
    ("profile N", put(lambda pdf: pdf.Root.OutputIntents[0].DestOutputProfile, "/N", 3)),
    ("boxes", drop(first_page, "/TrimBox")),
    ("boxes", drop(first_page, "/BleedBox")),
    ("nested boxes", put(first_page, "/TrimBox", [-1, 0, 10, 10])),
    ("nested boxes", put(first_page, "/BleedBox", [0, 0, 9999, 9999])),
    ("art box", put(first_page, "/ArtBox", [0, 0, 9, 9])),
    ("catalog /OpenAction", put(root, "/OpenAction", pikepdf.Dictionary())),
    ("catalog /AcroForm", put(root, "/AcroForm", pikepdf.Dictionary())),
    ("names", put(root, "/Names", pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary()))),
    ("annotations", link),
    ("actions", uri),
    ("font", no_font),
    ("space ['/DeviceRGB']", rgb_image),
    ("operator rg", content(b"1 0 0 rg")),
    ("transfer", put(lambda pdf: pdf.pages[0].Resources.ExtGState.O0, "/TR",
                     pikepdf.Name.Identity)),
]


class Rules(PrintCase):
    """Our own rules find what was spoiled on purpose."""

    def test_each_rule(self):
        good = self.print(self.path("note.yaml", "lang: en\ntitle: Memo\nbody: Words.\n"))
        self.assertEqual(x4.faults(good), set())
        for rule, spoil in SPOILED:
            with self.subTest(rule=rule, spoil=spoil), pikepdf.open(good) as pdf:
                spoil(pdf)
                pdf.save(self.path("bad.pdf"), fix_metadata_version=False,
                         force_version="1.6", static_id=True)
                self.assertIn(rule, x4.faults(self.path("bad.pdf")))


class Colors(PrintCase):
    def plates(self, layout, note=NOTE):
        return coverage(self.print(self.note(layout, note)))[0]

    def content(self, layout, note=NOTE, *options):
        out = self.print(self.note(layout, note), "--uncompressed", *options)
        self.assertEqual(x4.faults(out), set())
        with pikepdf.open(out) as pdf:
            return pdf.pages[0].Contents.read_bytes().decode("latin-1"), read(out)

    def test_an_accent_has_its_plates_only(self):
        c, m, y, k = self.plates("colors: {accent: {cmyk: [100, 60, 0, 0], rgb: '#1f4e79'}}\n"
                                 "styles: {title: {color: accent}}\n")
        self.assertTrue(c > 0 and m > 0 and k > 0)
        self.assertEqual(y, 0)

    def test_each_output_has_its_form(self):
        layout = ("colors: {accent: {cmyk: [100, 60, 0, 0], rgb: '#1f4e79'}}\n"
                  "styles: {title: {color: accent}}\n")
        content, _ = self.content(layout)
        self.assertIn("1 0.6 0 0 k", content)
        self.render(self.note(layout), "screen.pdf")
        with pikepdf.open(self.path("screen.pdf")) as pdf:
            self.assertIn(b"0.122 0.306 0.475 rg", pdf.pages[0].Contents.read_bytes())

    def test_a_spot_colour_has_a_plate_of_its_own(self):
        content, whole = self.content(
            "colors:\n"
            "  house: {spot: PANTONE 286 C, cmyk: [100, 75, 0, 0], rgb: '#0033a0'}\n"
            "  pale: {spot: PANTONE 286 C, tint: 20%}\n"
            "styles:\n  title: {color: house, rule-below: 2pt, rule-color: pale}\n")
        self.assertIn("/S1 cs 1 scn", content)
        self.assertIn("/S1 cs 0.2 scn", content)
        self.assertIn(b"/S1[/Separation/PANTONE#20286#20C/DeviceCMYK", whole)
        self.assertIn(b"C1[1 0.75 0 0]", whole)
        _, out, _ = output_of(tool("gs"), "-q", "-o", self.path("p%d.tif"),
                              "-sDEVICE=tiffsep", "-r20", self.path("print.pdf"))
        self.assertTrue(any("PANTONE 286 C" in f for f in os.listdir(self.folder)),
                        os.listdir(self.folder))

    def test_other_colours_are_converted(self):
        content, _ = self.content("styles: {title: {color: '#1f4e79'}}\n")
        c, m, y, k = map(float, re.search(r"([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) k",
                                          content).groups())
        self.assertTrue(c > m > y, (c, m, y, k))
        self.assertNotIn("rg", content.split())
        absolute, _ = self.content("styles: {title: {color: '#1f4e79'}}\n"
                                   "print: {intent: absolute, black-point: false}\n")
        self.assertNotEqual(content, absolute)

    def test_grey_is_black_ink(self):
        content, _ = self.content("styles: {title: {color: gray(35%)}}\n")
        self.assertIn("0 0 0 0.65 k", content)

    def test_small_black_letters_overprint(self):
        layout = "styles: {title: {size: 30pt}, rule: {rule-above: 4pt}}\n"
        note = NOTE.replace("Some words in black.", '"words\\n\\n---\\n\\nmore words"')
        content, whole = self.content(layout, note)
        self.assertIn(b"/O1<</OP true/op true/OPM 1>>", whole)
        state, seen = 0, {}
        for line in content.splitlines():
            if re.fullmatch(r"/O\d gs", line):
                state = int(line[2])
            size = re.fullmatch(r"/F\d+ ([\d.]+) Tf", line)
            if size:
                current = float(size.group(1))
            if line.endswith((")Tj", "]TJ")):
                seen.setdefault(current, set()).add(state)
            if line.endswith("re f"):
                self.assertEqual(state, 0)
        self.assertEqual(seen.pop(30.0), {0})
        self.assertEqual(set.union(*seen.values()), {1})
        content, _ = self.content(layout + "print: {overprint-below: 0}\n", note)
        self.assertNotIn("/O1 gs", content)

    def test_too_much_ink(self):
        note = self.note("colors: {deep: {cmyk: [90, 90, 90, 90]}}\n"
                         "styles: {title: {color: deep}}\n")
        told = self.refused("too-much-ink", "--print-profile", CMYK, note=note)
        self.assertIn("text in the colour `deep` has 360 % of ink, and 300 % is the most",
                      told)
        self.print(self.note("colors: {deep: {cmyk: [90, 90, 90, 90]}}\n"
                             "styles: {title: {color: deep}}\nprint: {max-ink: 360%}\n"))


    def test_what_has_too_much_ink_is_named_with_its_place(self):
        """Also where a background has no place of its own, and rows are made later."""
        note = self.note("styles: {table: {zebra: 'cmyk(90, 90, 90, 95)'}, "
                         "table-cell: {color: 'cmyk(90, 90, 90, 91)'}}\n",
                         "lang: en\ntitle: T\nlayout: ./own.yaml\nbody:\n  - Some words.\n"
                         "  - table:\n      columns: [A, B]\n      rows: "
                         "{file: rows.csv, each: ['{{a}}', '{{b}}']}\n")
        self.path("rows.csv", "a,b\n1,2\n3,4\n")
        told = self.refused("too-much-ink", "--print-profile", CMYK, note=note)
        self.assertRegex(told, r"rows\.csv:2:1: error\[too-much-ink\]: text in the colour "
                               r"`cmyk\(90, 90, 90, 91\)` has 361 % of ink")
        self.assertRegex(told, r"rows\.csv:3:1: error\[too-much-ink\]: a line or an area in "
                               r"the colour `cmyk\(90, 90, 90, 95\)` has 365 % of ink")


class Pictures(PrintCase):
    def picture(self, data, *options, name="p.png", layout=""):
        write(self.path(name), data)
        note = self.note(layout, f"lang: en\ntitle: T\nlayout: ./own.yaml\nbody:\n"
                                 f"  - image: {{file: {name}, alt: One, width: 10mm}}\n")
        out = self.print(note, *options)
        self.assertEqual(x4.faults(out), set())
        with pikepdf.open(out) as pdf:
            image, = [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and
                      o.get("/Subtype") == "/Image"]
            jpeg = image.Filter == "/DCTDecode"
            return str(image.ColorSpace), b"" if jpeg else image.read_bytes()

    def test_rgb_becomes_cmyk(self):
        space, data = self.picture(png(120, 120, lambda x, y: bytes((200, x, 30))))
        self.assertEqual((space, len(data)), ("/DeviceCMYK", 120 * 120 * 4))

    def test_grey_stays_grey(self):
        space, data = self.picture(png(120, 120, lambda x, y: bytes((x,)), space=0))
        self.assertEqual((space, data[:3]), ("/DeviceGray", b"\0\1\2"))

    def test_what_has_no_hue_is_grey(self):
        space, data = self.picture(png(120, 120, lambda x, y: bytes((x, x, x))))
        self.assertEqual((space, data[:3]), ("/DeviceGray", b"\0\1\2"))

    def test_jpeg(self):
        try:
            from PIL import Image
        except ImportError:
            self.skipTest("python3-pil is not installed")
        for mode, color, space in (("RGB", (200, 40, 40), "/DeviceCMYK"),
                                   ("RGB", (90, 90, 90), "/DeviceGray"),
                                   ("L", 90, "/DeviceGray"),
                                   ("CMYK", (0, 200, 200, 0), "/DeviceCMYK")):
            Image.new(mode, (120, 120), color).save(self.path("x.jpg"))
            with self.subTest(mode=mode, color=color):
                self.assertEqual(self.picture(read(self.path("x.jpg")), name="y.jpg")[0],
                                 space)

    def test_cmyk_in_a_file_for_screens_becomes_rgb(self):
        try:
            from PIL import Image
        except ImportError:
            self.skipTest("python3-pil is not installed")
        Image.new("CMYK", (120, 120), (0, 200, 200, 0)).save(self.path("x.jpg"))
        note = self.path("n.yaml", "lang: en\ntitle: T\nbody:\n"
                                   "  - image: {file: x.jpg, alt: One, width: 10mm}\n")
        with pikepdf.open(self.render(note)) as pdf:
            spaces = [str(o.ColorSpace) for o in pdf.objects if isinstance(
                o, pikepdf.Stream) and o.get("/Subtype") == "/Image"]
        self.assertEqual(spaces, ["/DeviceRGB"])

    def test_drawings(self):
        try:
            self.run_ok("check", os.path.join(EXAMPLES, "briefing.yaml"))
        except AssertionError:
            self.skipTest("this build draws no SVG")
        write(self.path("d.svg"), """<svg xmlns="http://www.w3.org/2000/svg" width="200"
 height="100"><defs><linearGradient id="g"><stop offset="0" stop-color="#f00"/>
 <stop offset="1" stop-color="#00f" stop-opacity=".5"/></linearGradient></defs>
 <rect width="50" height="50" fill="url(#g)"/><g opacity=".5"><rect x="60" width="50"
 height="50" fill="#0f0"/><rect x="80" width="50" height="30" fill="#123456"/></g>
 <text y="80" font-size="20">black</text></svg>""")
        note = self.note("", "lang: en\ntitle: T\nlayout: ./own.yaml\nbody:\n"
                             "  - image: {file: d.svg, alt: Many things, width: 80mm}\n")
        out = self.print(note)
        self.assertEqual(x4.faults(out), set())
        _, _, errors = output_of(tool("pdftoppm"), "-r", "30", out, self.path("page"))
        self.assertEqual(errors, "")
        write(self.path("d.svg"), '<svg xmlns="http://www.w3.org/2000/svg" width="200" '
              'height="100"><rect width="50" height="50" fill="#000"/>'
              '<path d="M0 60L100 60" stroke="#444"/></svg>')
        self.assertEqual(coverage(self.print(note))[0][:3], (0, 0, 0))

    def test_resolution(self):
        write(self.path("p.png"), png(40, 40, lambda x, y: bytes((x,)), space=0))
        def note(width):
            return self.path("n.yaml", "lang: en\ntitle: T\nbody:\n  - image: {file: p.png, "
                                       f"alt: One thing, width: {width}mm}}\n")
        told = self.refused("coarse-image", "--print-profile", CMYK, note=note(10))
        self.assertIn("101 pixels to the inch; print needs 150 at least", told)
        p = self.run_ok("check", "--print-profile", CMYK, note(5))
        self.assertIn("warning[low-resolution]", p.stderr.decode())
        p = self.run_ok("check", "--print-profile", CMYK, note(4))
        self.assertEqual(p.stderr, b"")

    def test_ink_of_pictures(self):
        try:
            from PIL import Image
        except ImportError:
            self.skipTest("python3-pil is not installed")
        Image.new("CMYK", (120, 120), (240, 240, 240, 240)).save(self.path("x.jpg"))
        note = self.path("n.yaml", "lang: en\ntitle: T\nbody:\n"
                                   "  - image: {file: x.jpg, alt: One, width: 10mm}\n")
        p = self.run_ok("check", "--print-profile", CMYK, note)
        self.assertRegex(p.stderr.decode(), r"heavy-image.*up to 37\d % of ink")


CARD = """extends: base
page: {size: [100mm, 60mm], margins: {top: 10mm, bottom: 10mm, inner: 0, outer: 0}}
styles:
  body: {size: 8pt}
  title: {indent-start: 10mm}
  paragraph: {indent-start: 10mm, indent-end: 10mm}
"""
MM = 72 / 25.4


def boxes(path):
    """For each page its boxes, as qpdf says."""
    _, out, _ = output_of(tool("qpdf"), "--json=2", "--json-key=qpdf", path)
    objects = [o.get("value") for o in json.loads(out)["qpdf"][1].values()]
    return [{k: o[f"/{k}Box"] for k in ("Media", "Bleed", "Trim")}
            for o in objects if isinstance(o, dict) and o.get("/Type") == "/Page"]


class Geometry(PrintCase):
    def exactly(self, box, *millimetres):
        for got, wanted in zip(box, millimetres, strict=True):
            self.assertAlmostEqual(got, wanted * MM, delta=0.002)

    def card(self, keys="", reach=True):
        style = ("  callout-box: {background: gray(90%), padding: 10mm}\n"
                 if reach else "")
        self.path("own.yaml", CARD + style + keys)
        if not reach:
            return self.path("note.yaml", NOTE)
        return self.path("note.yaml", "lang: en\ntitle: T\nlayout: ./own.yaml\nbody:\n"
                         "  - callout: {kind: box, body: Words in a box.}\n")

    def test_a_plain_page_is_its_own_sheet(self):
        for page in boxes(self.print(os.path.join(EXAMPLES, "memo.yaml"))):
            for box in page.values():
                self.exactly(box, 0, 0, 210, 297)

    def test_what_reaches_the_edge_bleeds(self):
        out = self.print(self.card(), "--uncompressed")
        self.assertEqual(x4.faults(out), set())
        page, = boxes(out)
        self.exactly(page["Media"], 0, 0, 106, 66)
        self.exactly(page["Bleed"], 0, 0, 106, 66)
        self.exactly(page["Trim"], 3, 3, 103, 63)
        x, _, width, _ = map(float, re.search(rb"([-\d.]+) ([-\d.]+) ([\d.]+) ([\d.]+) re f",
                                              read(out)).groups())
        self.exactly((x, width), -3, 106)

    def test_rows_from_data(self):
        """Rows that are made when their page is written reach into the bleed, too."""
        self.path("own.yaml", "extends: base\npage: {size: A6, margins: {inner: 0, outer: 0}}\n"
                  "styles: {table: {zebra: '#cccccc', indent-start: 0, indent-end: 0}}\n")
        self.path("rows.csv", "a,b\n" + "1,2\n" * 60)
        note = self.path("note.yaml", "lang: en\ntitle: T\nlayout: ./own.yaml\nbody:\n"
                         "  - table:\n      columns: [A, B]\n      width: 100%\n      rows: "
                         "{file: rows.csv, each: ['{{a}}', '{{b}}']}\n")
        out = self.print(note, "--uncompressed")
        self.exactly(boxes(out)[0]["Trim"], 3, 3, 108, 151)
        rows = re.findall(rb"([-\d.]+) [-\d.]+ ([\d.]+) [\d.]+ re f", read(out))
        self.assertGreater(len(rows), 20)
        for x, width in rows:
            self.exactly((float(x), float(width)), -3, 111)

    def test_a_bleed_that_is_said(self):
        page, = boxes(self.print(self.card("print: {bleed: 5mm}\n", reach=False)))
        self.exactly(page["Trim"], 5, 5, 105, 65)
        page, = boxes(self.print(self.card("print: {bleed: 0}\n")))
        self.exactly(page["Media"], 0, 0, 100, 60)

    def test_a_picture_covers_the_bleed(self):
        try:
            from PIL import Image
        except ImportError:
            self.skipTest("python3-pil is not installed")
        layout = CARD.replace("top: 10mm", "top: 30mm")
        self.path("own.yaml", layout)
        note = self.path("note.yaml", "lang: en\ntitle: T\nlayout: ./own.yaml\nbody:\n"
                         "  - image: {file: p.png, alt: One thing, width: 100%}\n")
        write(self.path("p.png"), png(600, 60, lambda x, y: b"\0", space=0))
        told = self.refused("coarse-image", "--print-profile", CMYK, note=note)
        self.assertIn("with 143 pixels to the inch", told)  # on the page alone 152
        write(self.path("p.png"), png(660, 66, lambda x, y: b"\0", space=0))
        out = self.print(note)
        output_of(tool("pdftoppm"), "-r", "127", "-gray", "-singlefile", out,
                  self.path("page"))
        page = Image.open(self.path("page.pgm"))
        self.assertTrue(530 <= page.width <= 531 and 330 <= page.height <= 331)
        dark = [y for y in range(330) if page.getpixel((265, y)) < 100]
        middle = dark[-1] - 10
        self.assertTrue(all(page.getpixel((x, middle)) < 100 for x in range(530)))

    def test_what_is_near_the_edge_is_told(self):
        layout = CARD.replace("{indent-start: 10mm, indent-end: 10mm}", "{indent-start: 2mm}")
        self.path("own.yaml", layout)
        note = self.path("note.yaml", NOTE)
        p = self.run_ok("check", "--print-profile", CMYK, note)
        self.assertRegex(p.stderr.decode(),
                         r"warning\[near-edge\]: page 1: something ends 2(\.\d+)? mm from")
        p = self.run_ok("check", "--print-profile", CMYK,
                        os.path.join(EXAMPLES, "letter-window.yaml"))
        self.assertNotIn("near-edge", p.stderr.decode())

    def test_what_is_near_is_told_once(self):
        self.path("own.yaml", "extends: base\npage: {size: A6, margins: {inner: 2mm, "
                  "outer: 2mm}}\nstyles: {table: {zebra: '#cccccc', indent-start: 0, "
                  "indent-end: 0}}\n")
        self.path("rows.csv", "a,b\n" + "1,2\n" * 90)
        note = self.path("note.yaml", "lang: en\ntitle: T\nlayout: ./own.yaml\nbody:\n"
                         "  - table:\n      columns: [A, B]\n      width: 100%\n      rows: "
                         "{file: rows.csv, each: ['{{a}}', '{{b}}']}\n")
        p = self.run_ok("check", "--print-profile", CMYK, note)
        told = re.findall(r"near-edge\]: (.*): something", p.stderr.decode())
        self.assertEqual(told[0], "page 1")  # the title; then the rows, what is behind them
        self.assertLessEqual(len(told), 3, told)
        self.assertRegex(told[-1], "^pages 1 to [3-9]$")

    def test_hairlines(self):
        out = self.print(self.note("styles: {title: {rule-below: 0.05pt}}\n"),
                         "--uncompressed")
        heights = [float(m) for m in re.findall(rb"re f", read(out)) and
                   re.findall(rb"[\d.]+ [\d.]+ [\d.]+ ([\d.]+) re f", read(out))]
        self.assertTrue(heights and min(heights) >= 0.25, heights)

    def test_marks(self):
        out = self.print(self.card("print: {marks: all}\n"))
        self.assertEqual(x4.faults(out), set())
        page, = boxes(out)
        self.exactly(page["Media"], 0, 0, 120, 80)
        self.exactly(page["Bleed"], 7, 7, 113, 73)
        self.exactly(page["Trim"], 10, 10, 110, 70)
        status, text, _ = output_of(tool("pdftotext"), "-layout", out, "-")
        self.assertEqual(status, 0)
        self.assertIn("note.yaml", text)
        self.assertIn("1/1", text)
        with pikepdf.open(out) as pdf:
            spaces = pdf.pages[0].Resources.ColorSpace
            self.assertIn("/All", [str(spaces[k][1]) for k in spaces.keys()])
        for share in coverage(out)[0]:
            self.assertGreater(share, 0)

    def test_date_and_page_stand_below_marks_whatever_the_name(self):
        self.card("print: {marks: all}\n")
        note = NOTE.replace("body:", "date: 2009-09-28\nbody:")
        for stem in "a", "one-long-name-" * 6, "one long name " * 6 + "x", "é" * 60:
            with self.subTest(stem=stem):
                out = self.print(self.path(stem + ".yaml", note))
                status, text, _ = output_of(tool("pdftotext"), "-layout", out, "-")
                self.assertEqual(status, 0)
                slug, = [line.strip() for line in text.splitlines() if "1/1" in line]
                name, date, page = re.split(r"\s+·\s+", slug)
                self.assertEqual((date, page), ("2009-09-28", "1/1"))
                if stem == "a":
                    self.assertEqual(name, "a.yaml")
                else:
                    self.assertTrue(name.endswith("…") and stem.startswith(name[:-1]), name)
        env = environment(SOURCE_DATE_EPOCH="1000000000")
        for text in note, NOTE:  # the date of the file goes before the note's
            out = self.print(self.path("a.yaml", text), env=env)
            _, text, _ = output_of(tool("pdftotext"), "-layout", out, "-")
            self.assertRegex(text, r"a\.yaml\s+·\s+2001-09-09\s+·\s+1/1")
        self.path("own.yaml", CARD + "print: {marks: all}\n")
        long = note.replace("2009-09-28", "on some day of a long summer, nobody knows when")
        out = self.print(self.path("a.yaml", long))
        _, text, _ = output_of(tool("pdftotext"), "-layout", out, "-")
        self.assertRegex(text, r"on some.*…\s+·\s+1/1")

    def test_crop_marks_alone(self):
        note = self.card("print: {marks: crop}\n", reach=False)
        out = self.print(note)
        page, = boxes(out)
        self.exactly(page["Media"], 0, 0, 116, 76)
        self.exactly(page["Trim"], 8, 8, 108, 68)
        self.assertEqual(page["Bleed"], page["Trim"])

    def test_nothing_is_marked_inside_the_bleed(self):
        try:
            from PIL import Image, ImageChops
        except ImportError:
            self.skipTest("python3-pil is not installed")
        pages = []
        for name, marks in ("a", "none"), ("b", "all"):
            out = self.print(self.card(f"print: {{marks: {marks}, bleed: 3mm}}\n"),
                             name=name + ".pdf")
            output_of(tool("pdftoppm"), "-r", "127", "-singlefile", out, self.path(name))
            pages.append(Image.open(self.path(name + ".ppm")))
        bare, marked = pages
        self.assertTrue(600 <= marked.width <= 601 and 400 <= marked.height <= 401)
        inside = marked.crop((35, 35, 35 + bare.width, 35 + bare.height))
        self.assertLess(max(hi for _, hi in ImageChops.difference(inside, bare).getextrema()),
                        80)

    def test_what_does_not_fit(self):
        note = self.card("print: {bleed: 40mm}\n")
        told = self.refused("bad-geometry", "--print-profile", CMYK, note=note)
        self.assertIn("a bleed of 40 mm on both sides is larger than the paper", told)
        small = CARD.replace("[100mm, 60mm]", "[70mm, 60mm]") + "print: {marks: all}\n"
        self.path("own.yaml", small)
        told = self.refused("bad-geometry", "--print-profile", CMYK,
                            note=self.path("note.yaml", NOTE))
        self.assertIn("the marks do not fit", told)
        self.path("own.yaml", "extends: base\npage: {size: [14400pt, 500pt]}\n"
                              "print: {marks: crop}\n")
        self.assertIn("larger than a PDF can say", self.refused(
            "bad-geometry", "--print-profile", CMYK, note=self.path("note.yaml", NOTE)))
        self.path("own.yaml", "extends: base\npage: {size: [14400pt, 500pt]}\n"
                              "print: {bleed: 3mm}\n")
        self.assertIn("larger than a PDF can say", self.refused(
            "bad-geometry", "--print-profile", CMYK, note=self.path("note.yaml", NOTE)))
        self.note("page: {margins: {outer: 10mm}}\nprint: {binding: 12mm}\n")
        self.assertIn("over the outer margin of 10 mm", self.refused(
            "bad-geometry", "--print-profile", CMYK, note=self.path("note.yaml", NOTE)))

    def lefts(self, *options, layout):
        """Where the words `Some` begin on each page, in mm."""
        note = self.note(layout, "lang: en\ntitle: A note\nlayout: ./own.yaml\nbody:\n"
                         "  - Some words\n  - page-break\n  - Some words\n"
                         .replace("  - page-break", "  - page-break:"))
        out = self.path("x.pdf")
        self.run_ok("render", *options, "-o", out, note)
        _, text, _ = output_of(tool("pdftotext"), "-bbox", out, "-")
        return [round(float(x) / MM, 1) for x in
                re.findall(r'xMin="([\d.]+)"[^>]*>Some<', text)]

    def test_binding(self):
        layout = ("page: {two-sided: true, margins: {inner: 20mm, outer: 30mm}}\n"
                  "print: {binding: 5mm}\n")
        a, b = self.lefts(layout=layout)
        c, d = self.lefts("--print-profile", CMYK, layout=layout)
        self.assertAlmostEqual(c, a + 5, delta=0.15)
        self.assertAlmostEqual(d, b - 5, delta=0.15)

    def test_parts_begin_right_pages(self):
        layout = ("page: {two-sided: true}\nstyles: {heading-1: {page-break-right: true}}\n"
                  "footer: {all: {center: 'page {page} of {pages}'}}\n")
        note = self.note(layout, "lang: en\ntitle: A note\nlayout: ./own.yaml\n"
                         "body: Some words.\nsections:\n  - {heading: One, body: Words.}\n"
                         "  - {heading: Two, body: Words.}\n")
        def pages(name):
            _, text, _ = output_of(tool("pdftotext"), self.path(name), "-")
            return [" ".join(p.split()) for p in text.split("\f")[:-1]]
        self.run_ok("render", "-o", self.path("x.pdf"), note)
        got = pages("x.pdf")
        self.assertEqual(len(got), 5)
        self.assertEqual((got[1], got[3]), ("", ""))
        self.assertIn("page 3 of 5", got[2])
        self.assertIn("One", got[2])
        self.assertIn("Two", got[4])
        self.path("own.yaml", "extends: information-note\n" +
                  layout.replace("two-sided: true", "two-sided: false"))
        self.run_ok("render", "-o", self.path("x.pdf"), note)
        self.assertEqual(len(pages("x.pdf")), 3)


class Standard(PrintCase):
    def test_x4_and_a2b_share_a_profile(self):
        note = os.path.join(EXAMPLES, "memo.yaml")
        for standard, count in (("x-4", 1), ("x-4,a-2b", 2), ("a-2u,x-4", 2)):
            out = self.print(note, "--standard", standard)
            with self.subTest(standard=standard), pikepdf.open(out) as pdf:
                self.assertEqual(x4.faults(out), set())
                self.assertEqual(len(pdf.Root.OutputIntents), count)

    def test_what_does_not_go_together(self):
        for standard, words in (("a-2a,ua-1", "is PDF/X-4"), ("none", "is PDF/X-4"),
                                ("x-4,ua-1", "no structure"), ("x-4,a-2a", "no structure"),
                                ("x-4,a-3u", "attachments")):
            with self.subTest(standard=standard):
                told = self.refused("bad-standard", "--print-profile", CMYK, "--standard",
                                    standard)
                self.assertIn(words, told)
        told = self.refused("bad-standard", "--print-profile", CMYK, "--embed-source")
        self.assertIn("holds no other files", told)

    def test_a_layout_for_print(self):
        shutil.copy(CMYK, self.path("press.icc"))
        for keys in ("print: true\n", "print: {always: true, profile: press.icc}\n"):
            note = self.note(keys)
            options = [] if "profile" in keys else ["--print-profile", CMYK]
            out = self.path("always.pdf")
            self.run_ok("render", *options, "-o", out, note)
            self.assertEqual(x4.faults(out), set())
        self.run_ok("render", "--standard", "a-2u", "-o", out, note)
        with pikepdf.open(out) as pdf:
            self.assertEqual(pdf.pdf_version, "1.7")

    def test_attachments_stay_out(self):
        write(self.path("a.txt"), "words")
        note = self.path("n.yaml", "lang: en\ntitle: T\nbody: Words.\nattachments:\n"
                                   "  - {file: a.txt, description: Words}\n")
        self.assertEqual(x4.faults(self.print(note)), set())

    def test_check_and_bulk(self):
        self.run_ok("check", "--print-profile", CMYK, os.path.join(EXAMPLES, "memo.yaml"))
        note = self.path("t.yaml", "lang: en\ntitle: For {{name}}\nbody: Words.\n")
        data = self.path("d.csv", "id,name\n1,Ada\n2,Jonas\n")
        self.run_ok("bulk", "--print-profile", CMYK, "--data", data, "-o",
                    self.path("{{id}}.pdf"), note)
        for name in ("1.pdf", "2.pdf"):
            self.assertEqual(x4.faults(self.path(name)), set())


class Profiles(PrintCase):
    def home(self, *names):
        folder = os.path.join(self.folder, "home/.local/share/icc/some")
        os.makedirs(folder, exist_ok=True)
        for name in names:
            shutil.copy(CMYK, os.path.join(folder, name))
        return environment(HOME=os.path.join(self.folder, "home"))

    def test_by_name(self):
        env = self.home("FOGRA39L_coated.icc")
        out = self.print(self.note(""), profile="fogra39", env=env)
        self.assertEqual(x4.faults(out), set())
        with pikepdf.open(out) as pdf:
            intent = pdf.Root.OutputIntents[0]
            self.assertEqual(str(intent.OutputConditionIdentifier), "FOGRA39")
            self.assertEqual(str(intent.RegistryName), "http://www.color.org")
            self.assertEqual(intent.DestOutputProfile.read_bytes(), read(CMYK))

    def test_a_file_that_nobody_registered(self):
        with pikepdf.open(self.print(self.note(""))) as pdf:
            intent = pdf.Root.OutputIntents[0]
            self.assertEqual(str(intent.OutputConditionIdentifier), "Custom")
            self.assertIn("CMYK", str(intent.Info))
            self.assertNotIn("/RegistryName", intent)

    def test_no_profile(self):
        env = self.home("FOGRA39L_coated.icc")
        p = run("render", "--print", "-o", self.path("x.pdf"), self.note(""), env=env)
        self.assertEqual(p.returncode, 1)
        self.assertIn("here there are FOGRA39", p.stderr.decode())
        self.refused("missing-profile", "--print")
        self.refused("missing-profile", "--print-profile", "FOGRA99")
        self.refused("missing-profile", "--print-profile", "none.icc")

    def test_profiles_of_something_else(self):
        good = bytearray(read(CMYK))
        def changed(at, new):
            data = bytearray(good)
            data[at:at + len(new)] = new
            return bytes(data)
        for what, data, words in (
                ("rgb", read(os.path.join(PROFILES, "default_rgb.icc")), "class `mntr`"),
                ("lab", read(os.path.join(PROFILES, "lab.icc")), "class `"),
                ("truncated", bytes(good[:len(good) // 2]), "is not whole"),
                ("head", bytes(good[:100]), "is no colour profile"),
                ("empty", b"", "is no colour profile"),
                ("text", b"words " * 100, "is no colour profile"),
                ("version 5", changed(8, b"\x05"), "is of version 5"),
                ("rgb printer", changed(16, b"RGB "), "is for RGB"),
                ("lab printer", changed(16, b"Lab "), "is for Lab"),
                ("monitor", changed(12, b"mntr"), "class `mntr`")):
            with self.subTest(what=what):
                path = self.path("p.icc", data)
                self.assertIn(words, self.refused("bad-output-profile", "--print-profile",
                                                  path))

    def test_a_profile_of_the_layout_is_beside_it(self):
        os.mkdir(self.path("in"))
        shutil.copy(CMYK, self.path("press.icc"))
        write(self.path("in/own.yaml"), "extends: information-note\n"
                                        "print: {profile: ../press.icc}\n")
        note = self.path("in/note.yaml", NOTE)
        self.refused("outside-root", "--print", note=note)
        shutil.copy(CMYK, self.path("in/press.icc"))
        write(self.path("in/own.yaml"), "extends: information-note\n"
                                        "print: {profile: press.icc}\n")
        self.run_ok("check", "--print", note)
        os.remove(self.path("in/press.icc"))
        self.run_ok("check", note)
        self.refused("missing-profile", "--print", note=note)


class Layouts(PrintCase):
    def test_what_a_layout_may_not_say(self):
        for colors, code, words in (
                ("{a: {spot: X, cmyk: [0, 100, 0, 0]}, b: {spot: X, cmyk: [0, 90, 0, 0]}}",
                 "bad-color", "`X` is defined twice, differently"),
                ("{a: {cmyk: [0, 120, 0, 0]}}", "out-of-range", "cannot have 120 percent"),
                ("{a: 'cmyk(0, 120, 0, 0)'}", "bad-color", "each 0 to 100 percent"),
                ("{a: {spot: X}}", "missing-key", "`X` has no `cmyk`"),
                ("{a: {spot: Black, cmyk: [0, 0, 0, 100]}}", "bad-color", "no name of a spot"),
                ("{a: {rgb: '#123456', tint: 20%}}", "bad-color", "only spot colours"),
                ("{a: {cmyk: [0, 0, 0, 1], gray: 3}}", "bad-color", "not both"),
                ("{a: {cmyk: [0, 0]}}", "bad-color", "four inks"),
                ("{a: {}}", "bad-color", "neither `rgb` nor"),
                ("{a: {cmky: [0, 0, 0, 0]}}", "unknown-key", "did you mean `cmyk`")):
            with self.subTest(colors=colors):
                told = self.refused(code, note=self.note(f"colors: {colors}\n"))
                self.assertIn(words, told)


if __name__ == "__main__":
    unittest.main()
