# SPDX-License-Identifier: MIT
"""Bulk runs into one PDF for print: what it shares, what each record has of its own."""
import json
import os
import signal
import struct
import subprocess
import time
import zlib

import pikepdf

from program import PROGRAM, Case, environment, output_of, read, run, tool

TEMPLATE = """layout: information-note
lang: en-GB
title: For {{name}}
body:
  - "{{{text}}}"
  - table: {columns: [Route, Cases], rows: [[Air, 12], ["Sea[^s]", 30]], caption: Cases}
  - image: {file: logo.png, alt: Three squares, width: 30mm}
footnotes: {s: By ship.}
"""
NAMES = ("Ada", "Łukasz", "Ωμέγα", "Юрий", "Zoë")


def png(side, color):
    """A picture of one colour."""
    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data +
                struct.pack(">I", zlib.crc32(kind + data)))
    line = b"\0" + bytes(color) * side
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(line * side)) + chunk(b"IEND", b""))


def rows(n, bad=(), long=()):
    lines = []
    for i in range(1, n + 1):
        text = "[](#none)" if i in bad else "See [this](https://example.org/%d). " % i
        lines.append(f"{i},{NAMES[i % len(NAMES)]} {i},{text + 'word ' * (600 if i in long else 9)}")
    return "id,name,text\n" + "\n".join(lines) + "\n"


class Merge(Case):
    def setUp(self):
        super().setUp()
        self.template = self.path("t.yaml", TEMPLATE)
        self.path("logo.png", png(600, (32, 64, 128)))

    def arguments(self, to, *more):
        return ["bulk", self.template, "--data", self.path("p.csv"), "--merge", to, *more]

    def merged(self, *more, name="all.pdf", status=0):
        self.run_status(status, *self.arguments(self.path(name), *more))
        return self.path(name)

    def text(self, pdf, *options):
        status, out, err = output_of(tool("pdftotext"), *options, pdf, "-")
        self.assertEqual((status, err), (0, ""))
        return out

    def test_the_same_with_any_number_of_workers(self):
        self.path("p.csv", rows(230, long=(3, 120)))
        one = read(self.merged("-j", "1"))
        self.assertEqual(one, read(self.merged("-j", "4", name="4.pdf")))
        p = self.run_ok(*self.arguments("-"))
        self.assertEqual(one, p.stdout)

    def test_it_shows_what_the_single_files_show(self):
        self.path("p.csv", rows(12, long=(3,)))
        pdf = self.merged()
        self.run_ok("bulk", self.template, "--data", self.path("p.csv"), "-o",
                    self.path("{{id}}.pdf"))
        singly = [self.path(f"{i}.pdf") for i in range(1, 13)]
        self.assertEqual(self.text(pdf), "".join(self.text(f) for f in singly))
        self.assertIn("Ωμέγα", self.text(pdf))
        pages = output_of(tool("pdfinfo"), "-struct-text", pdf)[1]
        self.assertEqual(pages.count("By ship."), 12)
        # The pictures of the pages, one by one.
        at = 1
        for path in singly[:4]:
            with pikepdf.open(path) as p:
                n = len(p.pages)
            for i in range(n):
                self.assertEqual(self.picture(pdf, at + i), self.picture(path, i + 1))
            at += n

    def picture(self, pdf, page):
        p = subprocess.run([tool("pdftoppm"), "-r", "50", "-f", str(page), "-l", str(page), pdf],
                           stdout=subprocess.PIPE, check=True)
        return p.stdout

    def test_fonts_and_pictures_are_there_once(self):
        self.path("p.csv", rows(150))
        with pikepdf.open(self.merged()) as pdf:
            count = {}
            for o in pdf.objects:
                if isinstance(o, pikepdf.Stream):
                    kind = str(o.get("/Subtype", "")) or ("profile" if "/N" in o and
                                                         "/First" not in o else "")
                    count[kind] = count.get(kind, 0) + 1
            files = {str(o.FontName) for o in pdf.objects
                     if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"}
            self.assertEqual(count["/Image"], 1)
            self.assertEqual(count["profile"], 1)
            self.assertEqual(len(files), 2)

    def test_each_record_begins_on_a_right_page(self):
        self.path("p.csv", rows(9, long=(2, 5)))
        pages = self.check_pages(self.merged("--duplex", "--report", self.path("r.jsonl")))
        records = [json.loads(r) for r in read(self.path("r.jsonl")).splitlines()][1:-1]
        self.assertEqual([r["record"] for r in records], list(range(1, 10)))
        for r in records:
            self.assertEqual(r["page"] % 2, 1)
            self.assertNotIn("sha256", r)
            self.assertIn(f"For {NAMES[r['record'] % 5]} {r['record']}\n",
                          self.text(self.path("all.pdf"), "-f", str(r["page"]), "-l",
                                    str(r["page"])))
        self.assertEqual(len(pages) % 2, 0)

    def check_pages(self, path):
        """Labels that begin with the key and count from 1; blank pages have none."""
        with pikepdf.open(path) as pdf:
            labels = [p.label for p in pdf.pages]
            blank = ["/Contents" not in p for p in pdf.pages]
        for label, empty in zip(labels, blank):
            self.assertEqual(label == "", empty)
        self.assertEqual(labels[0], "1-1")
        self.assertIn("2-2", labels)
        return labels

    def test_an_entry_in_the_outline_for_each(self):
        self.path("p.csv", rows(130))
        with pikepdf.open(self.merged("--outline", "{{@number}}: {{name}}")) as pdf:
            with pdf.open_outline() as outline:
                titles = [i.title for i in outline.root]
        self.assertEqual(titles, [f"{i}: {NAMES[i % 5]} {i}" for i in range(1, 131)])
        with pikepdf.open(self.merged()) as pdf, pdf.open_outline() as outline:
            self.assertEqual([i.title for i in outline.root],
                             [str(i) for i in range(1, 131)])
        self.path("p.csv", rows(2).replace("id,", "number,", 1))
        with pikepdf.open(self.merged()) as pdf, pdf.open_outline() as outline:
            self.assertEqual([i.title for i in outline.root], ["For Łukasz 1", "For Ωμέγα 2"])

    def test_what_the_file_says_of_itself(self):
        self.path("p.csv", rows(3))
        self.assertIn("Title:           t\n", output_of(tool("pdfinfo"), self.merged())[1])
        self.path("t.yaml", TEMPLATE.replace("For {{name}}", "A circular"))
        said = output_of(tool("pdfinfo"), self.merged())[1]
        self.assertIn("Title:           A circular\n", said)
        self.assertIn("Tagged:          yes\n", said)

    def test_what_failed_is_left_out_and_named(self):
        self.path("p.csv", rows(140, bad=(1, 7, 140)))
        pdf = self.merged("--failed", self.path("f.csv"), "--report", self.path("r.jsonl"),
                          status=4)
        text = self.text(pdf)
        for i in (1, 7, 140):
            self.assertNotIn(f"For {NAMES[i % 5]} {i}\n", text)
        self.assertEqual(text.count("By ship."), 137)
        self.assertEqual(len(read(self.path("f.csv")).splitlines()), 4)
        failed = [json.loads(r) for r in read(self.path("r.jsonl")).splitlines()]
        self.assertEqual([r["record"] for r in failed if r.get("status") == "invalid"],
                         [1, 7, 140])
        output_of(tool("qpdf"), "--check", pdf)

    def test_a_picture_of_each_record_and_one_of_all(self):
        for i in range(1, 6):
            self.path(f"{i}.png", png(300, (40 * i, 10, 90)))
        self.path("t.yaml", TEMPLATE.replace(
            "footnotes:", "  - image: {file: '{{id}}.png', alt: Their own, width: 20mm}\nfootnotes:"))
        self.path("p.csv", rows(5))
        with pikepdf.open(self.merged()) as pdf:
            images = [o for o in pdf.objects if isinstance(o, pikepdf.Stream)
                      and o.get("/Subtype") == "/Image"]
            self.assertEqual(len(images), 6)
            for page in pdf.pages[:5]:
                self.assertEqual(len(page.Resources.XObject), 2)
        self.assertEqual(output_of(tool("qpdf"), "--check", self.path("all.pdf"))[0], 0)

    def test_nothing_is_written_if_nothing_can_be(self):
        self.path("p.csv", rows(3, bad=(1, 2, 3)))
        pdf = self.path("all.pdf", "before")
        self.merged(status=4)
        self.assertEqual(read(pdf), b"before")
        self.path("p.csv", rows(3, bad=(2,)))
        self.merged("--stop-on-error", "-j", "1", status=4)
        self.assertEqual(read(pdf), b"before")
        self.assertFalse(os.path.exists(pdf + ".part"))

    def test_no_room(self):
        self.path("p.csv", rows(3))
        with open("/dev/full", "wb") as full:
            p = run(*self.arguments("-"), stdout=full)
        self.assertEqual(p.returncode, 3)
        self.assertIn(b"No space left", p.stderr)

    def test_attachments_are_left_out(self):
        self.path("t.yaml", TEMPLATE + "attachments: [{file: logo.png, description: It}]\n")
        self.path("p.csv", rows(2))
        p = self.run_ok(*self.arguments(self.path("all.pdf")))
        self.assertIn(b"warning[left-out]", p.stderr)
        with pikepdf.open(self.path("all.pdf")) as pdf:
            self.assertEqual(len(pdf.attachments), 0)

    def test_an_interrupted_run_leaves_what_was_there(self):
        self.path("p.csv", rows(3000))
        pdf = self.path("all.pdf", "before")
        p = subprocess.Popen([PROGRAM, *self.arguments(pdf)], stderr=subprocess.DEVNULL,
                             env=environment())
        until = time.monotonic() + 20
        while not os.path.exists(pdf + ".part") and time.monotonic() < until:
            time.sleep(0.02)
        p.send_signal(signal.SIGINT)
        self.assertEqual(p.wait(60), 130)
        self.assertEqual(read(pdf), b"before")
        self.assertFalse(os.path.exists(pdf + ".part"))

    def test_a_part_for_each_shard(self):
        self.path("p.csv", rows(40))
        entries = []
        for k in (1, 2):
            with pikepdf.open(self.merged("--shard", f"{k}/2")) as pdf:
                with pdf.open_outline() as outline:
                    entries += [int(i.title) for i in outline.root]
        self.assertEqual(sorted(entries), list(range(1, 41)))

    def test_people_can_read_it(self):
        self.path("p.csv", rows(3))
        pdf = self.merged("--uncompressed", "--duplex")
        self.assertEqual(output_of(tool("qpdf"), "--check", pdf)[0], 0)
        self.assertIn(b"/S/Part", read(pdf))

    def test_wrong_use(self):
        self.path("p.csv", rows(2))
        for more in (["-o", "{{id}}.pdf"], ["--tar", "x.tar"], ["--embed-source"],
                     ["--resume", "--report", "r"], ["--format", "json"]):
            self.run_status(2, *self.arguments("-", *more))
        p = run("bulk", self.template, "--data", self.path("p.csv"), "-o", "{{id}}.pdf",
                "--duplex")
        self.assertEqual(p.returncode, 2)
        p = self.run_status(1, *self.arguments("-", "--outline", "{{nam}}"))
        self.assertIn(b"did you mean `name`?", p.stderr)
        p = self.run_status(3, *self.arguments(self.path("no/such/folder.pdf")))
        self.assertIn(b"cannot write", p.stderr)
        self.run_status(2, *self.arguments(self.path("p.csv")))
