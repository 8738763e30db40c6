# SPDX-License-Identifier: MIT
"""Pictures of every kind, put into notes, taken out of the PDF again and compared."""
import os
import re
import struct
import unittest
import zlib

from program import Case, once, output_of, read, run, tool, write

try:
    from PIL import Image, ImageChops, ImageDraw, ImageOps, ImageStat
except ImportError as e:
    raise unittest.SkipTest("python3-pil is not installed") from e

COLUMNS, ROWS = 120, 80
MM = 72 / 25.4
ICC = "/usr/share/color/icc/"
RGB_PROFILE = ICC + "compatibleWithAdobeRGB1998.icc"
SRGB_PROFILE = ICC + "sRGB.icc"
CMYK_PROFILE = ICC + "ghostscript/default_cmyk.icc"
PPI = 254  # of the rendered pages: 10 pixels a mm


def picture():
    """Different in every corner, smooth inside, so that JPEG keeps it."""
    image = Image.new("RGB", (COLUMNS, ROWS))
    for x in range(COLUMNS):
        for y in range(ROWS):
            image.putpixel((x, y), (x * 2, y * 3, 128))
    pen = ImageDraw.Draw(image)
    pen.rectangle([0, 0, 40, 25], fill=(255, 0, 0))
    pen.rectangle([80, 60, 119, 79], fill=(0, 160, 0))
    return image


def with_alpha(image):
    image = image.convert("RGBA")
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    return image


def on_white(image):
    if image.mode == "P" and "transparency" in image.info:
        image = image.convert("RGBA")
    if "A" in image.mode:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    return ImageOps.exif_transpose(image).convert("RGB")


def exif(turn):
    tags = Image.Exif()
    tags[0x0112] = turn
    return tags


def kinds():
    """(file name, image, options for saving)"""
    p = picture()
    index = p.quantize(13)
    yield "rgb.png", p, {}
    yield "grey.png", p.convert("L"), {}
    yield "bits.png", p.convert("1"), {}
    yield "deep.png", p.convert("L").convert("I").point(lambda v: v * 257).convert("I;16"), {}
    yield "palette.png", index, {"bits": 4}
    yield "cleared.png", index, {"transparency": 0}
    yield "alpha.png", with_alpha(p), {}
    yield "grey-alpha.png", with_alpha(p).convert("LA"), {}
    yield "rgb.jpg", p, {"quality": 95}
    yield "grey.jpg", p.convert("L"), {"quality": 95}
    yield "progressive.jpeg", p, {"quality": 95, "progressive": True}
    for turn in range(2, 9):
        yield f"turn{turn}.jpg", p, {"quality": 95, "exif": exif(turn)}


class Pictures(Case):
    def note(self, blocks, name="note.yaml"):
        with open(self.path(name), "w", encoding="utf-8") as f:
            f.write("title: Pictures\nlang: en\nbody:\n" + "".join(f"  - {b}\n" for b in blocks))
        return self.path(name)

    def save(self, image, name, **options):
        image.save(self.path(name), **options)

    def page(self, pdf):
        tool("pdftoppm")
        status, _, err = output_of("pdftoppm", "-r", str(PPI), "-png", "-singlefile", pdf,
                                   self.path("page"))
        self.assertEqual((status, err), (0, ""))
        return Image.open(self.path("page.png")).convert("RGB")

    def boxes(self, note):
        """(x, y, width, height) in points of the pictures on the first page."""
        out = run("dump", "--stage", "pages", note).stdout.decode()
        found = []
        for line in out.splitlines():
            if line.startswith("  image "):
                place, size = line.split()[1:3]
                found.append([int(n) / 1024 for n in place.split(",") + size.split("x")])
        return found

    @once
    def test_every_kind_looks_as_it_did(self):
        for name, image, options in kinds():
            with self.subTest(picture=name):
                self.save(image, name, **options)
                note = self.note([f"image: {{file: {name}, alt: Colours, width: 60mm}}"])
                x, y, width, height = [round(v * PPI / 72) for v in self.boxes(note)[0]]
                seen = self.page(self.render(note)).crop((x, y, x + width, y + height))
                with Image.open(self.path(name)) as again:
                    if again.mode.startswith("I"):
                        again = image.point(lambda v: v / 257).convert("L")
                    wanted = on_white(again)
                # Renderers smooth and dither as they like: means of small squares.
                squares = [i.resize((wanted.width // 4, wanted.height // 4), Image.BOX)
                           for i in (seen, wanted)]
                apart = ImageStat.Stat(ImageChops.difference(*squares))
                self.assertLess(max(apart.mean), 4, f"{name} looks different")

    def test_jpeg_data_is_the_files_own(self):
        tool("pdfimages")
        self.save(picture(), "a.jpg", quality=90, comment="not for the reader")
        pdf = self.render(self.note(["image: {file: a.jpg, alt: Colours}"]))
        self.assertNotIn(b"not for the reader", read(pdf))
        status, _, err = output_of("pdfimages", "-j", pdf, self.path("out"))
        self.assertEqual((status, err), (0, ""))
        with Image.open(self.path("out-000.jpg")) as out, Image.open(self.path("a.jpg")) as a:
            self.assertEqual(out.tobytes(), a.tobytes())

    def test_colours_for_print_are_converted(self):
        """Without a profile by the model of infonote, with one by the profile."""
        inks = Image.new("CMYK", (60, 40), (0, 255, 255, 0))
        inks.paste((255, 0, 0, 0), (30, 0, 60, 40))
        self.save(inks, "plain.jpg", quality=95)
        names = ["plain.jpg"]
        if os.path.exists(CMYK_PROFILE):
            self.save(inks, "profile.jpg", quality=95, progressive=True,
                      icc_profile=read(CMYK_PROFILE))
            names.append("profile.jpg")
        for name in names:
            with self.subTest(picture=name):
                note = self.note([f"image: {{file: {name}, alt: Colours, width: 60mm}}"])
                pdf = self.render(note)
                self.assertNotIn(b"/DeviceCMYK", read(self.render_plain(pdf)))
                x, y, width, height = [round(v * PPI / 72) for v in self.boxes(note)[0]]
                seen = self.page(pdf)
                red = seen.getpixel((x + width // 4, y + height // 2))
                cyan = seen.getpixel((x + width * 3 // 4, y + height // 2))
                for value, wanted in zip(red + cyan, (228, 31, 37, 0, 160, 228)):
                    self.assertLess(abs(value - wanted), 30)

    def test_profiles(self):
        if not os.path.exists(RGB_PROFILE):
            raise unittest.SkipTest("icc-profiles-free is not installed")
        wide, srgb = read(RGB_PROFILE), read(SRGB_PROFILE)
        self.save(picture(), "a.png", icc_profile=wide)
        self.save(picture(), "b.jpg", icc_profile=wide)
        self.save(picture().quantize(13), "c.png", icc_profile=wide)
        self.save(with_alpha(picture()), "d.png", icc_profile=wide)
        self.save(picture(), "e.png", icc_profile=srgb)
        self.save(picture().convert("L"), "f.jpg", icc_profile=srgb)
        names = ["a.png", "b.jpg", "c.png", "d.png", "e.png", "f.jpg"]
        note = self.note([f"image: {{file: {n}, alt: Colours, width: 20mm}}" for n in names])
        p = self.run_ok("render", note, "-o", self.path("out.pdf"))
        self.assertEqual(p.stderr.count(b"bad-profile"), 1)
        self.assertIn(b"`f.jpg` has a colour profile that is for other colours", p.stderr)
        plain = read(self.render_plain(self.path("out.pdf")))
        self.assertEqual(len(set(re.findall(rb"/ICCBased\s+(\d+ 0 R)", plain))), 1)
        self.assertEqual(len(re.findall(rb"/ICCBased", plain)), 4)

    def test_files_that_want_harm(self):
        """Whatever a file says of itself: it is used, or refused with a place; never more."""
        self.save(picture(), "a.png")
        self.save(picture(), "a.jpg")
        png, jpeg = read(self.path("a.png")), read(self.path("a.jpg"))
        sof = jpeg.index(b"\xff\xc0")

        def chunk(kind, data):
            return (struct.pack(">I", len(data)) + kind + data
                    + struct.pack(">I", zlib.crc32(kind + data)))

        def head(width, height, bits=8, colour=2):
            return png[:8] + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits,
                                                        colour, 0, 0, 0))
        rows = chunk(b"IDAT", zlib.compress(bytes(120 * 3 + 1) * 80))
        end = chunk(b"IEND", b"")
        bomb = zlib.compress(bytes(100 << 20))
        cases = [  # name, bytes, what is said; None: it is used
            ("empty.png", b"", "is empty"), ("empty.jpg", b"", "is empty"),
            ("start.jpg", b"\xff\xd8", "ends before"),
            ("no-end.jpg", jpeg[:-2], "ends before"),
            ("half.jpg", jpeg[:len(jpeg) // 2], "ends before"),
            ("no-height.jpg", jpeg[:sof + 5] + b"\0\0" + jpeg[sof + 7:], "has no area"),
            ("twelve.jpg", jpeg[:sof + 4] + b"\x0c" + jpeg[sof + 5:], "12 bits a sample"),
            ("arithmetic.jpg", jpeg[:sof + 1] + b"\xc9" + jpeg[sof + 2:], "arithmetic"),
            ("lossless.jpg", jpeg[:sof + 1] + b"\xc3" + jpeg[sof + 2:], "lossless"),
            ("two.jpg", jpeg[:sof + 9] + b"\x02" + jpeg[sof + 10:], "has 2 colours"),
            ("huge.jpg", jpeg[:sof + 5] + b"\xff\xff\xff\xff" + jpeg[sof + 9:], "too large"),
            ("apps.jpg", jpeg[:2] + (b"\xff\xe5\xff\xff" + bytes(65533)) * 20 + jpeg[2:], None),
            ("half.png", png[:len(png) // 2], "ends before"),
            ("sum.png", png[:60] + bytes([png[60] ^ 1]) + png[61:], "damaged PNG"),
            ("no-width.png", head(0, 5) + rows + end, "has no area"),
            ("huge.png", head(10 ** 6, 10 ** 6) + end, "too large"),
            ("pixels.png", head(60000, 60000) + rows + end, "too large"),
            ("rows.png", head(120, 90) + rows + end, ""),
            ("text.png", head(120, 80) + chunk(b"zTXt", b"a\0\0" + bomb) + rows + end, None),
            ("icc.png", head(120, 80) + chunk(b"iCCP", b"a\0\0" + bomb) + rows + end, None),
            ("bad-icc.png", head(120, 80) + chunk(b"iCCP", b"a\0\0" + zlib.compress(b"x" * 200))
             + rows + end, None),
            ("bomb.png", head(40000, 1200) + chunk(b"IDAT", zlib.compress(bytes(1 << 20))) + end,
             ""),
            ("gif.png", b"GIF89a" + bytes(20), "is a GIF, though"),
            ("webp.png", b"RIFF\0\0\0\0WEBPVP8 ", "is a WebP, though"),
            ("svg.png", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "is an SVG, though"),
            ("pdf.png", b"%PDF-1.7", "is a PDF, though"),
            ("jpeg.png", jpeg, "is a JPEG, though"),
            ("svgz.svg", b"\x1f\x8b\x08" + bytes(20), "is a compressed file"),
        ]
        for name, data, words in cases:
            with self.subTest(picture=name):
                write(self.path(name), data)
                note = self.note([f"image: {{file: {name}, alt: Colours}}"])
                p = run("render", "-o", self.path("out.pdf"), note)
                self.assertEqual(p.returncode, 0 if words is None else 1, p.stderr)
                if words is not None:
                    self.assertIn(b":4:19: error[bad-image]: `" + name.encode(), p.stderr)
                    self.assertIn(words.encode(), p.stderr)

    def test_files_that_are_none(self):
        os.mkfifo(self.path("pipe.png"))
        os.mkdir(self.path("folder.png"))
        self.save(picture(), "a.png")
        os.symlink("/etc/passwd", self.path("link.png"))
        os.symlink("a.png", self.path("good.png"))
        os.symlink("loop.png", self.path("loop.png"))
        for name, code in (("pipe.png", "missing-image"), ("folder.png", "missing-image"),
                           ("none.png", "missing-image"), ("loop.png", "missing-image"),
                           ("link.png", "outside-root"), ("../a.png", "outside-root"),
                           ("/dev/zero", "outside-root"), ("good.png", None)):
            with self.subTest(picture=name):
                note = self.note([f"image: {{file: {name}, alt: Colours}}"])
                p = run("render", "-o", self.path("out.pdf"), note)
                self.assertEqual(p.returncode, 1 if code else 0, p.stderr)
                self.assertIn(code or "", p.stderr.decode())

    def test_the_same_picture_is_stored_once(self):
        tool("pdfimages")
        self.save(picture(), "a.png")
        self.save(picture(), "b.png")
        names = ["a.png", "b.png"] * 50
        note = self.note([f"image: {{file: {n}, alt: Colours, height: 5mm}}" for n in names])
        pdf = self.render(note)
        lines = output_of("pdfimages", "-list", pdf)[1].splitlines()[2:]
        self.assertEqual(len(lines), 100)
        self.assertEqual(len({line.split()[10] for line in lines}), 1)
        self.assertLess(os.path.getsize(pdf), 60000)

    def test_natural_size(self):
        self.save(picture(), "a.png", dpi=(100, 100))
        self.save(picture(), "b.png")
        self.save(picture().resize((3000, 2000)), "c.png", dpi=(72, 72))
        note = self.note([f"image: {{file: {n}.png, alt: Colours}}" for n in "abc"])
        a, b, c = self.boxes(note)
        for box, width in ((a, 120 * 72 / 100), (b, 120 * 72 / 150), (c, 150 * MM)):
            self.assertAlmostEqual(box[2], width, delta=0.1)
            self.assertAlmostEqual(box[3], width * 2 / 3, delta=0.1)

    def test_words_for_who_cannot_see(self):
        tool("pdfinfo")
        self.save(picture(), "a.png")
        pdf = self.render(self.note([
            'image: {file: a.png, alt: "Zwei Flächen, rot und grün", caption: "Two *areas*"}',
            'image: {file: a.png, alt: ""}']))
        text = output_of("pdfinfo", "-struct-text", pdf)[1]
        self.assertEqual(text.count("Figure:"), 1)
        self.assertIn("/BBox", text)
        self.assertRegex(text, r'Caption\s*"?.*\n?.*Figure.1\. Two areas')
        alt = "Zwei Flächen, rot und grün".encode("utf-16-be").hex().encode()
        self.assertTrue(alt in read(self.render_plain(pdf)))

    def render_plain(self, pdf):
        tool("qpdf")
        out = self.path("plain.pdf")
        output_of("qpdf", "--qdf", "--object-streams=disable", pdf, out)
        return out

    def test_what_is_not_whole_is_refused(self):
        self.save(picture(), "a.png")
        self.save(picture(), "a.jpg")
        self.save(picture().convert("CMYK"), "cmyk.jpg")
        for name in ("a.png", "a.jpg", "cmyk.jpg"):
            data = read(self.path(name))
            with open(self.path("cut-" + name), "wb") as f:
                f.write(data[:len(data) * 2 // 3])
        for name, words in (("cut-a.png", "ends before"), ("cut-a.jpg", "ends before"),
                            ("cut-cmyk.jpg", "damaged")):
            note = self.note([f"image: {{file: {name}, alt: Colours}}"])
            p = run("render", "-o", self.path("none.pdf"), note)
            self.assertEqual(p.returncode, 1)
            self.assertIn(b":4:19: error[bad-image]: `" + name.encode(), p.stderr)
            self.assertIn(words.encode(), p.stderr)
            self.assertFalse(os.path.exists(self.path("none.pdf")))


if __name__ == "__main__":
    unittest.main()
