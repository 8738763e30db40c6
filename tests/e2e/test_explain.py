# SPDX-License-Identifier: MIT
"""What `render --explain` says, to whom, and that it changes no PDF."""
import json
import os

from program import EXAMPLES, NOTE, Case, read


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
