# SPDX-License-Identifier: MIT
"""What `render --explain` says, to whom; what `--show-boxes` draws, and for whom not."""
import json
import os
import re

from program import EXAMPLES, NOTE, Case, output_of, read, tool


class Explain(Case):
    def explain(self, note, *options):
        out = self.path("out.pdf")
        return self.run_ok("render", "--explain", "--quiet", *options, "-o", out, note)

    def test_every_page_is_explained(self):
        text = self.explain(NOTE).stdout.decode()
        self.assertIn("page 1 ends after “", text)
        self.assertIn("page 2 ends after “", text)
        self.assertIn("information-note.yaml:", text)
        self.assertNotIn("page 3", text)

    def test_the_pdf_is_the_same(self):
        self.explain(NOTE)
        self.assertEqual(read(self.path("out.pdf")), read(self.render(NOTE, "plain.pdf")))

    def test_programs_read_lines_of_json(self):
        note = os.path.join(EXAMPLES, "briefing.yaml")
        lines = self.explain(note, "--format", "json").stdout.decode().splitlines()
        regions = [json.loads(line) for line in lines]
        self.assertEqual([(r["page"], r["column"]) for r in regions],
                         [(1, 1), (1, 2), (2, 1), (2, 2)])
        first = regions[0]
        self.assertEqual(sum(first["end"]["costs"].values()), first["end"]["here"])
        self.assertEqual(len(first["others"]), 3)
        for other in first["others"]:
            self.assertEqual(other["total"], first["end"]["total"] + other["more"])

    def test_beside_a_pdf_on_standard_output(self):
        p = self.run_ok("render", "--explain", "-o", "-", NOTE)
        self.assertTrue(p.stdout.startswith(b"%PDF"))
        self.assertIn("page 1 ends after", p.stderr.decode())

    def test_nothing_of_a_note_with_errors(self):
        note = self.path("bad.yaml", "titel: x\nbody: y\n")
        p = self.run_status(1, "render", "--explain", note)
        self.assertEqual(p.stdout, b"")


class ShowBoxes(Case):
    def test_it_is_no_content(self):
        shown, plain = self.path("shown.pdf"), self.render(NOTE)
        self.run_ok("render", "--show-boxes", "-o", shown, NOTE)
        self.assertEqual(output_of(tool("qpdf"), "--check", shown)[0], 0)
        texts = [output_of(tool("pdfinfo"), "-struct-text", p)[1] for p in (plain, shown)]
        # One string may have become several.
        plain, shown = (re.sub(r'"\s*"|\s', "", text) for text in texts)
        self.assertEqual(plain, shown)
