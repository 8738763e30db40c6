# SPDX-License-Identifier: MIT
"""Files that travel inside a PDF: what is attached, what was rendered, and out again."""
import os
import shutil
import unittest

from program import EXAMPLES, PROGRAM, Case, output_of, read, tool

try:
    import pikepdf
except ImportError as e:
    raise unittest.SkipTest("python3-pikepdf is not installed") from e

NOTE = """title: With files
lang: en-GB
body: See the cases.
attachments:
  - cases.csv
  - file: sub/plan.txt
    type: text/plain
    description: The plan, as of “May”
    relation: data
"""


class FileCase(Case):
    def run_program(self, *arguments, status=0):
        return self.run_status(status, *arguments)

    def words(self, *arguments, status):
        return self.run_program(*arguments, status=status).stderr.decode()


def write(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        f.write(data if isinstance(data, bytes) else data.encode())


class Attachments(FileCase):
    def note_and_pdf(self):
        write(self.path("cases.csv"), "a,b\n1,2\n")
        write(self.path("sub/plan.txt"), bytes(range(256)) * 40)
        write(self.path("note.yaml"), NOTE)
        return self.path("note.yaml"), self.path("note.pdf")

    def render(self, *options):
        note, pdf = self.note_and_pdf()
        self.run_program("render", *options, "-o", pdf, note)
        return pdf

    def test_files_are_in_it_as_they_were(self):
        with pikepdf.open(self.render()) as pdf:
            self.assertEqual(sorted(pdf.attachments), ["cases.csv", "plan.txt"])
            plan = pdf.attachments["plan.txt"]
            self.assertEqual(plan.get_file().read_bytes(), bytes(range(256)) * 40)
            self.assertEqual(plan.get_file().mime_type, "text/plain")
            self.assertEqual(plan.description, "The plan, as of “May”")
            files = list(pdf.Root.AF)
            self.assertEqual([str(f.UF) for f in files], ["cases.csv", "plan.txt"])
            self.assertEqual([str(f.AFRelationship) for f in files],
                             ["/Supplement", "/Data"])
            self.assertEqual(int(files[0].EF.F.Params.Size), 8)
            self.assertEqual(str(files[0].EF.F.Params.ModDate), "D:19700101000000Z")
            xmp = str(pdf.Root.Metadata.read_bytes())
            self.assertIn('pdfaid:part="3" pdfaid:conformance="A"', xmp)

    def test_a_note_without_files_is_as_before(self):
        note = self.path("plain.yaml")
        write(note, "title: T\nlang: en\n")
        self.run_program("render", "-o", self.path("plain.pdf"), note)
        with pikepdf.open(self.path("plain.pdf")) as pdf:
            self.assertNotIn("/AF", pdf.Root)
            self.assertNotIn("/Names", pdf.Root)
            self.assertIn(b'pdfaid:part="2"', pdf.Root.Metadata.read_bytes())

    def test_standards_are_said(self):
        note = self.path("plain.yaml")
        write(note, "title: T\nlang: en\n")
        for standard, wanted, unwanted in [
                ("a-2u", [b'part="2" pdfaid:conformance="U"'], [b"pdfuaid"]),
                ("ua-1", [b'pdfuaid:part="1"'], [b"pdfaid:part"]),
                ("a-3a, ua-1", [b'pdfaid:part="3"', b'pdfuaid:part="1"'], []),
                ("none", [], [b"pdfaid:", b"pdfuaid:"])]:
            out = self.path("out.pdf")
            self.run_program("render", "--standard", standard, "-o", out, note)
            with pikepdf.open(out) as pdf:
                xmp = pdf.Root.Metadata.read_bytes()
                for text in wanted:
                    self.assertIn(text, xmp, standard)
                for text in unwanted:
                    self.assertNotIn(text, xmp, standard)
                self.assertIn("/StructTreeRoot", pdf.Root)

    def test_a_wrong_standard_is_told_beside_other_errors(self):
        write(self.path("bad.yaml"), "titel: T\n")
        words = self.words("render", "--standard", "a-5", "-o", self.path("bad.pdf"),
                           self.path("bad.yaml"), status=1)
        self.assertIn("bad-standard", words)
        self.assertIn("unknown-key", words)

    def test_what_cannot_be_met_is_refused(self):
        note, pdf = self.note_and_pdf()
        for standard, reason in [("a-2a", "PDF/A-2 allows no attachments"),
                                ("a-2a,a-3a", "not two"), ("none,ua-1", "none"),
                                ("a-1b", "no standard"), (",", "a name is missing"),
                                ("a-2a,", "a name is missing"),
                                ("a-2a,,ua-1", "a name is missing"), ("A-2A", "no standard"),
                                ("a-2a,a-2a", "not two"), ("none,none", "none"),
                                ("a-2u,ua-1", "allows no attachments")]:
            words = self.words("render", "--standard", standard, "-o", pdf, note, status=1)
            self.assertIn(reason, words, standard)
            self.assertIn("bad-standard", words, standard)
            self.assertFalse(os.path.exists(pdf))


@unittest.skipUnless(os.path.exists(os.path.join(os.path.dirname(PROGRAM),
                                                 "infonote-extract")),
                     "infonote-extract is not built (libqpdf-dev)")
class Extract(FileCase):
    def test_a_note_comes_back_and_renders_the_same(self):
        for name in ["briefing.yaml", "information-note.yaml"]:
            folder = self.path(name + ".d")
            shutil.copytree(EXAMPLES, folder)
            pdf = self.path(name + ".pdf")
            self.run_program("render", "--quiet", "--embed-source", "-o", pdf,
                os.path.join(folder, name))
            out = self.path(name + ".out")
            self.run_program("extract", "-o", out, pdf)
            self.assertEqual(read(os.path.join(out, name)),
                             read(os.path.join(folder, name)))
            again = self.path("again.pdf")
            self.run_program("render", "--quiet", "--embed-source", "-o", again,
                os.path.join(out, name))
            self.assertEqual(read(again), read(pdf))
            note = self.run_program("extract", "-o", "-", pdf)
            self.assertEqual(note.stdout, read(os.path.join(folder, name)))

    def test_a_layout_says_it_too(self):
        write(self.path("own.yaml"), "extends: memo\nembed-source: true\n")
        write(self.path("note.yaml"), "title: T\nlang: en\nlayout: own.yaml\n")
        self.run_program("render", "-o", self.path("note.pdf"), self.path("note.yaml"))
        out = self.path("out")
        lines = self.run_program("extract", "-o", out, self.path("note.pdf")).stdout.decode()
        self.assertIn("own.yaml: 33 bytes, Source", lines)
        self.assertEqual(read(os.path.join(out, "own.yaml")),
                         read(self.path("own.yaml")))
        self.assertTrue(os.path.exists(os.path.join(out, "layouts/memo.yaml")))
        self.assertTrue(os.path.exists(os.path.join(out, "layouts/base.yaml")))

    def test_its_data_comes_too(self):
        write(self.path("note.yaml"), "title: '{{name}}'\nlang: en\n")
        write(self.path("record.json"), '{"name": "Ada"}')
        run_with = ["render", "--embed-source", "--data", self.path("record.json")]
        self.run_program(*run_with, "-o", self.path("x.pdf"), self.path("note.yaml"))
        out = self.path("out")
        self.run_program("extract", "-o", out, self.path("x.pdf"))
        self.assertEqual(read(os.path.join(out, "record.json")), b'{"name": "Ada"}')
        run_with[-1] = os.path.join(out, "record.json")
        self.run_program(*run_with, "-o", self.path("y.pdf"),
                         os.path.join(out, "note.yaml"))
        self.assertEqual(read(self.path("y.pdf")), read(self.path("x.pdf")))

    def test_rows_come_too(self):
        write(self.path("in/d/rows.csv"), "a,b\n1,2\n3,4\n")
        write(self.path("in/note.yaml"), "title: T\nlang: en\nbody:\n  - table: "
              "{columns: [A, B], rows: {file: d/rows.csv}}\n")
        self.run_program("render", "--embed-source", "-o", self.path("x.pdf"),
                         self.path("in/note.yaml"))
        self.run_program("extract", "-o", self.path("out"), self.path("x.pdf"))
        self.assertEqual(read(self.path("out/d/rows.csv")), b"a,b\n1,2\n3,4\n")

    def round_trip(self, note, option=None, file="", taken="", root=False):
        """Rendered in in/, taken out, rendered again: the same bytes. `option` names `file`
        first, then `taken`, as it is called in the PDF. Gives all names in it."""
        x, y, out = self.path("x.pdf"), self.path("y.pdf"), self.path("out")
        run = ["render", "--embed-source"]
        self.run_program(*run, *([option, self.path(file)] if option else []),
                         *(["--root", self.path("in")] if root else []), "-o", x,
                         self.path("in/" + note))
        lines = self.run_program("extract", "-o", out, x).stdout.decode().splitlines()
        names = [line.split(": ")[0][len(out) + 1:] for line in lines]
        again = next(n for n in names
                     if read(os.path.join(out, n)) == read(self.path("in/" + note)))
        self.run_program(*run, *([option, os.path.join(out, taken)] if option else []),
                         *(["--root", out] if root else []), "-o", y,
                         os.path.join(out, again))
        self.assertEqual(read(y), read(x))
        return names

    def test_files_above_the_note_come_back(self):
        write(self.path("in/data/rows.csv"), "a,b\n1,2\n")
        write(self.path("in/map.png"), read(os.path.join(EXAMPLES, "walk.png")))
        write(self.path("in/sub/deep/note.yaml"), "title: T\nlang: en\nbody:\n"
              "  - image: {file: ../../map.png, alt: A harbour}\n"
              "  - table: {columns: [A, B], rows: {file: ../../data/rows.csv}}\n")
        names = self.round_trip("sub/deep/note.yaml", root=True)
        self.assertIn("note/note/note.yaml", names)
        self.assertIn("map.png", names)
        self.assertIn("data/rows.csv", names)

    def test_attached_files_come_back_to_their_places(self):
        write(self.path("in/a/plan.txt"), "plan")
        write(self.path("in/a/note.yaml"), "another")
        write(self.path("in/note.yaml"), "title: T\nlang: en\nattachments: "
              "[a/plan.txt, a/note.yaml]\n")
        names = self.round_trip("note.yaml")
        self.assertIn("a/plan.txt", names)
        self.assertEqual(read(self.path("out/a/note.yaml")), b"another")
        note = self.run_program("extract", "-o", "-", self.path("x.pdf"))
        self.assertEqual(note.stdout, read(self.path("in/note.yaml")))

    def test_a_note_that_attaches_itself(self):
        write(self.path("in/note.yaml"), "title: T\nlang: en\nattachments: [note.yaml]\n")
        self.assertEqual(self.round_trip("note.yaml").count("note.yaml"), 1)

    def test_a_layout_from_elsewhere_comes_back(self):
        """Its name is that of the one it extends; a logo stands beside it."""
        write(self.path("else/logo.png"), read(os.path.join(EXAMPLES, "walk.png")))
        write(self.path("else/base.yaml"), "extends: base\nstyles: {title: {size: 30pt}}\n"
              "letterhead: {logo: {file: logo.png, alt: A harbour, width: 20mm}}\n")
        write(self.path("in/note.yaml"), "title: T\nlang: en\n")
        names = self.round_trip("note.yaml", "--layout", "else/base.yaml", "layout/base.yaml")
        self.assertEqual(names, ["layout/base.yaml", "layout/logo.png", "layouts/base.yaml",
                                 "note.yaml"])

    def test_a_layout_of_the_note_comes_back(self):
        write(self.path("in/layouts/own.yaml"), "extends: memo\n")
        write(self.path("in/note.yaml"), "title: T\nlang: en\nlayout: own\n")
        self.assertIn("layouts/own.yaml", self.round_trip("note.yaml"))

    def test_data_from_elsewhere_come_back_as_they_were(self):
        """JSON that YAML does not understand; named like the note."""
        record = r'{"name": "\ud835\udd38 \/ caf\u00e9"}'
        write(self.path("else/note.json"), record)
        write(self.path("in/note.json"), "title: '{{name}}'\nlang: en\n")
        names = self.round_trip("note.json", "--data", "else/note.json", "files/note.json")
        self.assertEqual(names[0], "files/note.json")
        self.assertEqual(read(self.path("out/files/note.json")).decode(), record)

    def test_records_of_a_bulk_run_come_back(self):
        write(self.path("note.yaml"), "title: '{{name}} {{a.b}}'\nlang: en\n")
        write(self.path("r.jsonl"), '{"name": "Ada", "a": {"b": "\\ud835\\udd38"}}\n')
        write(self.path("r.csv"), "name,a.b\nAda,𝔸\n")
        write(self.path("r.yaml"), "- name: Ada\n  a:\n    b: 𝔸\n")
        for data in ["r.jsonl", "r.csv", "r.yaml"]:
            out, folder = self.path(data + ".pdf"), self.path(data + ".d")
            self.run_program("bulk", "-q", "--embed-source", "--data", self.path(data),
                             "-o", out, self.path("note.yaml"))
            self.run_program("extract", "-o", folder, out)
            again = self.path("again.pdf")
            self.run_program("render", "--embed-source", "--data",
                             os.path.join(folder, "record.json"), "-o", again,
                             os.path.join(folder, "note.yaml"))
            self.assertEqual(read(again), read(out), data)

    def test_data_that_were_piped_come_back(self):
        write(self.path("in/note.yaml"), "title: '{{name}}'\nlang: en\n")
        self.run_status(0, "render", "--embed-source", "--data=-", "-o",
                            self.path("x.pdf"), self.path("in/note.yaml"), input=b"name: Ada")
        self.run_program("extract", "-o", self.path("out"), self.path("x.pdf"))
        self.assertEqual(read(self.path("out/record.yaml")), b"name: Ada")

    def test_files_that_are_there_stay(self):
        write(self.path("note.yaml"), "title: T\nlang: en\n")
        self.run_program("render", "--embed-source", "-o", self.path("x.pdf"), self.path("note.yaml"))
        write(self.path("out/note.yaml"), "mine")
        words = self.words("extract", "-o", self.path("out"), self.path("x.pdf"), status=3)
        self.assertIn("there is a file of that name", words)
        self.assertEqual(read(self.path("out/note.yaml")), b"mine")

    def hostile(self, names):
        pdf = pikepdf.new()
        pdf.add_blank_page()
        tree = []
        for name in names:
            stream = pdf.make_stream(b"evil")
            spec = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F=name, UF=name,
                                      EF=pikepdf.Dictionary(F=stream))
            tree += [pikepdf.String(name), pdf.make_indirect(spec)]
        pdf.Root.Names = pikepdf.Dictionary(
            EmbeddedFiles=pikepdf.Dictionary(Names=pikepdf.Array(tree)))
        pdf.save(self.path("evil.pdf"))
        return self.path("evil.pdf")

    def test_names_cannot_leave_the_folder(self):
        bad = ["../up.txt", "/abs.txt", "a/../../b", "a//b", "a/", "..", ".", "",
               "c:d", "e\\f", "line\nend", "-rf", "~/x", "n" * 256, "d/" * 50 + "e"]
        pdf = self.hostile(bad + ["good/file.txt"])
        out = self.path("deep/out")
        os.makedirs(self.path("deep"))
        self.run_program("extract", "-o", out, pdf, status=1)
        found = [os.path.join(d, f) for d, _, files in os.walk(self.path("deep"))
                 for f in files]
        self.assertEqual(found, [os.path.join(out, "good/file.txt")])
        self.assertFalse(os.path.exists(self.path("up.txt")))

    def test_links_are_not_followed(self):
        os.makedirs(self.path("out"))
        os.makedirs(self.path("other"))
        os.symlink(self.path("other"), self.path("out/good"))
        os.symlink(self.path("other/new"), self.path("out/file.txt"))
        pdf = self.hostile(["good/file.txt", "file.txt"])
        self.run_program("extract", "-o", self.path("out"), pdf, status=3)
        self.assertEqual(os.listdir(self.path("other")), [])

    def test_what_is_no_pdf(self):
        write(self.path("a.pdf"), b"%PDF-1.7\nnothing")
        write(self.path("empty.pdf"), b"")
        for name, status in [("a.pdf", 1), ("empty.pdf", 1), ("none.pdf", 3)]:
            words = self.words("extract", "-o", self.path("o"), self.path(name), status=status)
            self.assertIn("infonote: ", words)
            self.assertNotIn("qpdf", words)
        note = self.path("note.yaml")
        write(note, "title: T\nlang: en\n")
        self.run_program("render", "-o", self.path("n.pdf"), note)
        words = self.words("extract", self.path("n.pdf"), status=1)
        self.assertIn("--embed-source", words)
        locked = self.path("locked.pdf")
        if tool("qpdf"):
            output_of("qpdf", "--encrypt", "a", "b", "256", "--", self.path("n.pdf"), locked)
            words = self.words("extract", locked, status=1)
            self.assertIn("encrypted", words)


if __name__ == "__main__":
    unittest.main()
