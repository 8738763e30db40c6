# SPDX-License-Identifier: MIT
"""Data for merge fields: --data, --set, what lies over what."""
import os

from program import Case, read, run

TEMPLATE = """title: Dear {{name}}
lang: en
data: {name: Ann, person: {town: Arbon, age: 7}}
body: "{{person.town|default:nowhere}} {{person.age|default:none}} {{#l}}{{.}}{{/l}}"
"""


class Data(Case):
    def words(self, *arguments, note=TEMPLATE):
        path = self.path("n.yaml", note)
        dump = self.run_ok("dump", "--stage", "note", path, *arguments).stdout.decode()
        return [line.split('"')[1] for line in dump.splitlines() if " text @" in line]

    def test_the_note_has_its_own(self):
        self.assertEqual(self.words(), ["Dear Ann", "Arbon 7"])

    def test_a_file_lies_over_them(self):
        record = self.path("r.yaml", "person: {town: '*Ulm*'}\nl: [a, b]\n")
        self.assertEqual(self.words("--data", record), ["Dear Ann", "*Ulm* none ab"])

    def test_settings_lie_over_both(self):
        record = self.path("r.yaml", "name: Bo\nperson: {town: Ulm, age: 8}\n")
        self.assertEqual(self.words("--data", record, "--set", "person.town=a=b",
                                    "--set=name= <i> ", "--set", "name=- Cy"),
                         ["Dear - Cy", "a=b 8"])

    def test_json(self):
        record = self.path("r.json", '{"name": "\\u00e9\\ud83d\\ude00\\/\\\\ud83d",\n'
                                     '\t"l": [1.50, true, null, "a\\nb"]}\n')
        self.assertEqual(self.words("--data", record)[0], "Dear \u00e9\U0001f600/\\\\ud83d")
        self.assertEqual(self.words("--data", record)[1], "Arbon 7 1.50truea b")

    def test_a_record_from_standard_input(self):
        note = self.path("n.yaml", TEMPLATE)
        p = run("dump", "--stage", "note", note, "--data", "-", input=b"name: Bo\n")
        self.assertIn(b'"Dear Bo"', p.stdout)
        for arguments in (["check", note, note, "--data", "-"],
                          ["render", "-", "--data", "-", "-o", "x.pdf"],
                          ["dump", "--stage", "note", "-", "--data", "-"]):
            self.assertEqual(run(*arguments, input=b"", cwd=self.folder).returncode, 2)

    def test_the_record_is_not_replaced(self):
        note, record = self.path("n.yaml", TEMPLATE), self.path("r.yaml", "name: Bo\n")
        self.run_status(2, "render", note, "--data", record, "-o", record)
        self.assertEqual(read(record), b"name: Bo\n")

    def test_wrong_records(self):
        note = self.path("n.yaml", TEMPLATE)
        for text, status, told in (("- a\n", 1, b"r.yaml:1:1: error[wrong-type]"),
                                   ("a: [\n", 1, b"r.yaml:"),
                                   ("a: b\na: c\n", 1, b"r.yaml:2:1: error[duplicate-key]"),
                                   ("a: \x01\n", 1, b"error[control-character]")):
            with self.subTest(text=text):
                p = self.run_status(status, "render", note, "--data",
                                    self.path("r.yaml", text))
                self.assertIn(told, p.stderr)
                self.assertFalse(os.path.exists(self.path("n.pdf")))
        p = self.run_status(3, "check", note, "--data", self.path("none.yaml"))
        self.assertIn(b"none.yaml: error[cannot-read]", p.stderr)

    def test_wrong_settings(self):
        note = self.path("n.yaml", TEMPLATE)
        for setting, status in (("name", 2), ("=x", 2), (".a=x", 1), ("a..b=x", 1),
                                ("a.=x", 1), ("." * 40 + "=x", 1), ("a" + ".a" * 40 + "=x", 1),
                                ("a=\x1b[0m", 1), ("a=\udcff", 1)):
            with self.subTest(setting=setting):
                p = run("check", note, "--set", setting.encode("utf-8", "surrogateescape"))
                self.assertEqual(p.returncode, status, p.stderr)

    def test_faults_name_the_value(self):
        note = self.path("n.yaml", "title: '{{day|long}}'\n")
        record = self.path("r.yaml", "day: 2009-02-31\n")
        p = self.run_status(1, "check", note, "--data", record)
        self.assertIn(b"n.yaml:1:9: error[bad-value]", p.stderr)
        self.assertIn(b"r.yaml:1:6: note: the value", p.stderr)

    def test_no_letter_leaves_without_data(self):
        note = self.path("n.yaml", "title: Dear {{name}}\n")
        p = self.run_status(1, "render", note)
        self.assertIn(b"error[missing-field]", p.stderr)
        self.assertFalse(os.path.exists(self.path("n.pdf")))
