# SPDX-License-Identifier: MIT
"""Bulk runs into one PDF for a press: PDF/X-4 as a whole, plates and boxes of each page as
in the files of single records, shared things once, what cannot be is left out and told."""
import os
import unittest

from program import environment, output_of, read, tool, write
from test_print import CMYK, PrintCase, coverage, pikepdf, png, x4

TEMPLATE = """layout: ./own.yaml
lang: en-GB
title: For {{name}}
body:
  - "{{text}}"
  - quote: It reaches the edge.
  - image: {file: "{{picture}}", alt: A square, width: 30mm}
"""
LAYOUT = """extends: base
page: {size: A6, margins: {inner: 0, outer: 0}}
colors: {house: {spot: PANTONE 286 C, cmyk: [100, 75, 0, 0], rgb: "#0033a0"}}
styles:
  quote: {background: '#ddeeff', indent-start: 0, indent-end: 0}
  title: {color: house, indent-start: 8mm}
  paragraph: {indent-start: 8mm, indent-end: 8mm}
print: {marks: crop}
"""


class Merge(PrintCase):
    def setUp(self):
        super().setUp()
        self.template = self.path("t.yaml", TEMPLATE)
        self.path("own.yaml", LAYOUT)
        write(self.path("a.png"), png(400, 400, lambda x, y: bytes((32, 64, 128))))
        write(self.path("b.png"), png(400, 400, lambda x, y: bytes((99, 99, 99))))

    def data(self, n, **pictures):
        rows = [f"{i},Ada {i},{'word ' * (400 if i % 7 == 3 else 9)},"
                f"{pictures.get(f'r{i}', 'a.png')}" for i in range(1, n + 1)]
        return self.path("p.csv", "id,name,text,picture\n" + "\n".join(rows) + "\n")

    def merged(self, data, *options, name="all.pdf", status=0, **kind):
        out = self.path(name)
        p = self.run_status(status, "bulk", self.template, "--data", data, "--merge", out,
                            "--print-profile", CMYK, *options, **kind)
        return out, p.stderr.decode()

    def test_it_is_x4_and_passes_our_preflight(self):
        for options in ((), ("--duplex",), ("--standard", "x-4,a-2u")):
            out, _ = self.merged(self.data(12), *options)
            with self.subTest(options=options):
                self.assertEqual(x4.faults(out), set())
                p = self.run_ok("preflight", out)
                self.assertNotRegex(p.stdout.decode(), r"error\[|warning\[")
                status, _, errors = output_of(tool("qpdf"), "--check", out)
                self.assertEqual((status, errors), (0, ""))

    def test_pages_are_those_of_the_single_files(self):
        data = self.data(8, r5="b.png")
        out, _ = self.merged(data)
        self.run_ok("bulk", self.template, "--data", data, "--print-profile", CMYK, "-o",
                    self.path("{{id}}.pdf"))
        singly = [self.path(f"{i}.pdf") for i in range(1, 9)]
        self.assertEqual(coverage(out), [c for f in singly for c in coverage(f)])
        with pikepdf.open(out) as pdf:
            boxes = [[list(map(float, page[k])) for k in ("/MediaBox", "/BleedBox", "/TrimBox")]
                     for page in pdf.pages]
        for path in singly:
            with pikepdf.open(path) as pdf:
                for page in pdf.pages:
                    self.assertEqual(boxes.pop(0), [list(map(float, page[k])) for k in
                                                    ("/MediaBox", "/BleedBox", "/TrimBox")])
        self.assertEqual(boxes, [])

    def test_fonts_pictures_and_the_profile_are_there_once(self):
        out, _ = self.merged(self.data(130, r5="b.png"))
        with pikepdf.open(out) as pdf:
            streams = [o for o in pdf.objects if isinstance(o, pikepdf.Stream)]
            self.assertEqual(sum(o.get("/Subtype") == "/Image" for o in streams), 2)
            self.assertEqual(sum("/N" in o and "/First" not in o for o in streams), 1)
            self.assertEqual(len({str(o.FontName) for o in pdf.objects
                                  if isinstance(o, pikepdf.Dictionary) and
                                  o.get("/Type") == "/FontDescriptor"}), 2)

    def test_empty_pages_have_boxes(self):
        out, _ = self.merged(self.data(2), "--duplex")
        with pikepdf.open(out) as pdf:
            self.assertEqual(len(pdf.pages), 4)
            for page in pdf.pages:
                self.assertEqual(list(page.TrimBox), list(pdf.pages[0].TrimBox))

    def test_the_same_with_any_number_of_workers(self):
        data = self.data(120)
        self.assertEqual(read(self.merged(data, "-j", "1")[0]),
                         read(self.merged(data, "-j", "3", name="3.pdf")[0]))

    def test_its_date(self):
        self.path("t.yaml", TEMPLATE.replace("body:", "date: '2026-0{{id}}-01'\nbody:"))
        out, _ = self.merged(self.data(3))
        self.assertIn(b"2026-03-01T", read(out))
        self.assertEqual(x4.faults(out), set())
        env = environment(SOURCE_DATE_EPOCH="1000000000")
        self.assertIn(b"2001-09-09T01:46:40Z", read(self.merged(self.data(3), env=env)[0]))

    def test_what_cannot_be_printed_is_left_out_and_told(self):
        write(self.path("cut.png"), read(self.path("a.png"))[:-30])
        write(self.path("few.png"), png(60, 60, lambda x, y: b"\x20\x40\x80"))
        out, told = self.merged(self.data(5, r2="cut.png", r4="few.png"), status=4)
        self.assertIn("bad-image", told)
        self.assertIn("coarse-image", told)
        self.assertEqual(x4.faults(out), set())
        with pikepdf.open(out) as pdf:
            self.assertEqual([str(e.Title) for e in self.entries(pdf)], ["1", "3", "5"])

    def entries(self, pdf):
        entry = pdf.Root.Outlines.First
        while entry is not None:
            yield entry
            entry = entry.get("/Next")

    def test_records_are_for_one_press(self):
        self.path("t.yaml", TEMPLATE.replace("./own.yaml", "./{{name}}.yaml"))
        for name, ink in (("one", 300), ("two", 280)):
            self.path(name + ".yaml",
                      LAYOUT.replace("marks: crop", f"marks: crop, max-ink: {ink}%"))
        data = self.path("p.csv", "id,name,text,picture\n1,one,a,a.png\n2,two,b,a.png\n")
        out, told = self.merged(data, status=1)
        self.assertIn("not all parts of the PDF are for the same press", told)
        self.assertFalse(os.path.exists(out))

    def test_a_profile_is_needed(self):
        out = self.path("none.pdf")
        p = self.run_status(4, "bulk", self.template, "--data", self.data(2), "--merge", out,
                            "--print")
        self.assertIn("missing-profile", p.stderr.decode())
        self.assertFalse(os.path.exists(out))


if __name__ == "__main__":
    unittest.main()
