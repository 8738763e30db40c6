# SPDX-License-Identifier: MIT
"""What is written, judged by the tools that readers and printers use."""
import os
import re
import unittest

from program import EXAMPLES, NOTE, Case, examples, once, output_of, read, tool

MOST_BYTES = 22 * 1024  # of the information note


class EveryExample(Case):
    """Each note of examples/, one test a tool."""

    def each(self, judge):
        notes = examples()
        self.assertTrue(notes, f"no notes in {EXAMPLES}")
        for note in notes:
            with self.subTest(note=os.path.basename(note)):
                judge(self.render(note))

    @once
    def test_qpdf_finds_nothing(self):
        tool("qpdf")

        def judge(pdf):
            status, out, err = output_of("qpdf", "--check", pdf)
            self.assertEqual((status, err), (0, ""), out + err)
            self.assertNotIn("WARNING", out)
        self.each(judge)

    @once
    def test_all_fonts_are_embedded_subset_and_mapped(self):
        tool("pdffonts")

        def judge(pdf):
            status, out, err = output_of("pdffonts", pdf)
            self.assertEqual((status, err), (0, ""))
            lines = out.splitlines()
            start = lines[0].index("emb")
            self.assertGreater(len(lines), 2, "no fonts")
            for line in lines[2:]:
                self.assertEqual(line[start:].split()[:3], ["yes"] * 3, line)
        self.each(judge)

    @once
    def test_poppler_is_silent(self):
        tool("pdftoppm")

        def judge(pdf):
            status, _, err = output_of("pdftoppm", "-r", "40", "-gray", pdf,
                                       self.path("page"))
            self.assertEqual((status, err), (0, ""))
        self.each(judge)

    @once
    def test_mupdf_is_silent(self):
        tool("mutool")

        def judge(pdf):
            status, _, err = output_of("mutool", "draw", "-q", "-r", "40", "-o",
                                       self.path("page%d.png"), pdf)
            # Debian's build says this of every file with a profile.
            err = err.replace("warning: ICC support is not available\n", "")
            self.assertEqual((status, err), (0, ""))
        self.each(judge)

    @once
    def test_ghostscript_is_silent(self):
        tool("gs")

        def judge(pdf):
            status, out, err = output_of("gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE",
                                         "-dPDFSTOPONERROR", "-dPDFSTOPONWARNING",
                                         "-sDEVICE=nullpage", pdf)
            self.assertEqual((status, out, err), (0, "", ""))
        self.each(judge)

    def test_pages_are_not_empty(self):
        tool("pdftotext")

        def judge(pdf):
            _, out, _ = output_of("pdftotext", pdf, "-")
            for number, page in enumerate(out.split("\f")[:-1], 1):
                self.assertTrue(page.strip(), f"page {number}")
        self.each(judge)


def squeeze(text):
    """Letters alone: line ends, hyphens, spaces and quotes are the layout's."""
    text = text.replace("\u2026", "...").translate(str.maketrans("\u2018\u2019\u201c\u201d",
                                                                "''\"\""))
    return re.sub(r"[\s\u00ad\u2010\u2011-]+", "", text)


def plain(markdown):
    text = re.sub(r"\[\^[^\]]*\]", "", markdown)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"<((?:https?|mailto):[^>]*|[^>@ ]+@[^>]*)>", r"\1", text)
    text = re.sub(r"(\*\*|\*|`|~~)(?=\S)(.+?)\1", r"\2", text, flags=re.S)
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)


def blocks_of(body):
    """The paragraphs and list items of a Markdown body, as plain text."""
    if not isinstance(body, str):
        return [b for part in body or [] for b in
                (blocks_of(part) if isinstance(part, str) else [])]
    parts = re.split(r"\n\s*\n|\n(?=\s*(?:[-*+]|\d+[.)])\s)", "\n" + body)
    parts = [re.sub(r"^\s*(?:[-*+]|\d+[.)]|#+|>)\s+", "", p) for p in parts]
    return [plain(p) for p in parts if p.strip()]


def facts_of(fields):
    for label, value in fields.items() if isinstance(fields, dict) else ():
        yield plain(str(label))
        if isinstance(value, dict):
            yield from facts_of(value)
        elif isinstance(value, list):
            yield from (plain(str(v)) for v in value)
        else:
            yield plain(str(value))


class TheInformationNote(Case):
    def note(self):
        try:
            import yaml
        except ImportError:
            self.skipTest("python3-yaml is not installed")
        with open(NOTE, encoding="utf-8") as f:
            return yaml.safe_load(f)

    def text(self):
        tool("pdftotext")
        status, out, _ = output_of("pdftotext", self.render(NOTE), "-")
        self.assertEqual(status, 0)
        return squeeze(out)

    def find(self, text, block, start):
        """Where `block` ends in `text`; a page's foot may stand in the middle of it."""
        at = text.find(block, start)
        if at >= 0:
            return at + len(block)
        for cut in range(len(block) - 1, 0, -1):
            at = text.find(block[:cut], start)
            if at >= 0:
                rest = text.find(block[cut:], at + cut, at + cut + 2000)
                if rest >= 0:
                    return rest + len(block) - cut
        return -1

    def test_says_everything_in_order(self):
        note, text = self.note(), self.text()
        wanted = [plain(note["title"]), *facts_of(note.get("fields", {}))]
        for section in note["sections"]:
            wanted += [plain(section["heading"])] + blocks_of(section.get("body"))
        self.assertGreater(len(wanted), 20)
        at = 0
        for block in wanted:
            behind = self.find(text, squeeze(block), at)
            self.assertGreaterEqual(behind, 0, f"missing or out of order: {block}")
            at = behind

    def test_says_what_stands_below(self):
        note, text = self.note(), self.text()
        for footnote in (note.get("footnotes") or {}).values():
            for block in blocks_of(footnote):
                self.assertGreaterEqual(self.find(text, squeeze(block), 0), 0, block)

    def test_is_small(self):
        self.assertLessEqual(len(read(self.render(NOTE))), MOST_BYTES)

    def test_has_two_pages(self):
        tool("pdfinfo")
        _, out, err = output_of("pdfinfo", self.render(NOTE))
        self.assertRegex(out, r"Pages: +2\n")
        self.assertEqual(err, "")

    def test_is_tagged_and_says_so(self):
        tool("pdfinfo")
        pdf = self.render(NOTE)
        _, out, _ = output_of("pdfinfo", pdf)
        self.assertRegex(out, r"Tagged: +yes\n")
        self.assertRegex(out, r"Title: +Information Note\n")
        _, out, err = output_of("pdfinfo", "-struct-text", pdf)
        self.assertEqual(err, "")
        for role in ("Document", "H1", "H2", "P", "L", "LI", "LBody", "Note", "Link"):
            self.assertRegex(out, rf"(?m)^ *{role}\b", role)

    def test_claims_what_it_is(self):
        try:
            import pikepdf
        except ImportError:
            self.skipTest("python3-pikepdf is not installed")
        with pikepdf.open(self.render(NOTE)) as pdf:
            root = pdf.Root
            self.assertTrue(root.MarkInfo.Marked)
            self.assertEqual(str(root.Lang), "en-GB")
            self.assertTrue(root.ViewerPreferences.DisplayDocTitle)
            self.assertIn("/StructTreeRoot", root)
            self.assertIn("/OutputIntents", root)
            self.assertEqual(len(pdf.trailer.ID), 2)
            with pdf.open_metadata() as xmp:
                self.assertEqual(xmp["{http://www.aiim.org/pdfua/ns/id/}part"], "1")
                self.assertEqual((xmp["pdfaid:part"], xmp["pdfaid:conformance"]),
                                 ("2", "A"))
                self.assertEqual(xmp["dc:title"], "Information Note")

    def test_every_mark_has_its_element(self):
        """Each marked content belongs to exactly one place of the structure tree."""
        try:
            import pikepdf
        except ImportError:
            self.skipTest("python3-pikepdf is not installed")
        with pikepdf.open(self.render(NOTE)) as pdf:
            for page in pdf.pages:
                drawn = []
                for operands, operator in pikepdf.parse_content_stream(page):
                    if str(operator) == "BDC" and "/MCID" in operands[1]:
                        drawn.append(int(operands[1]["/MCID"]))
                self.assertEqual(len(drawn), len(set(drawn)), "an MCID drawn twice")
                tree = pdf.Root.StructTreeRoot.ParentTree
                parents = dict(zip(*[iter(list(tree.Nums))] * 2)) if "/Nums" in tree else {}
                mine = parents.get(int(page.obj.StructParents))
                if mine is not None:
                    self.assertEqual(sorted(drawn), list(range(len(mine))))


if __name__ == "__main__":
    unittest.main()
