# SPDX-License-Identifier: MIT
"""Records in every form: whatever they come in, the PDFs are the same."""
import csv
import io
import json
import os
import sqlite3

from program import PROGRAM, Case, read, write

TEMPLATE = """layout: information-note
lang: en-GB
title: To {{name}}
fields: {Town: "{{town|default:nowhere}}"}
body: "{{text}}"
"""
RECORDS = [
    {"id": "1", "name": "A \"q\", b", "town": "Zürich", "text": "Two\nlines 😀"},
    {"id": "002", "name": "- [x]", "town": "", "text": "*no* {{markup}}"},
    {"id": "3.10", "name": "true", "town": "null", "text": "~"},
]


class Sources(Case):
    def setUp(self):
        super().setUp()
        self.template = self.path("t.yaml", TEMPLATE)

    def made(self, *arguments, data, **options):
        folder = self.path(f"out-{len(os.listdir(self.folder))}")
        self.run_ok("bulk", self.template, "--data", data, "-o", folder + "/{{id}}.pdf", "-q",
                    *arguments, **options)
        return {name: read(os.path.join(folder, name)) for name in os.listdir(folder)}

    def as_csv(self):
        text = io.StringIO()
        out = csv.DictWriter(text, RECORDS[0].keys())
        out.writeheader()
        out.writerows(RECORDS)
        return text.getvalue().encode()

    def test_all_are_the_same(self):
        lines = "".join(json.dumps(r) + "\n" for r in RECORDS)
        of_csv = self.made(data=self.path("p.csv", self.as_csv()))
        self.assertEqual(sorted(of_csv), ["002.pdf", "1.pdf", "3.10.pdf"])
        forms = {"p.jsonl": lines, "p.json": json.dumps(RECORDS, indent=2),
                 "p.yaml": "".join(f"- {line}" for line in lines.splitlines(True))}
        for name, text in forms.items():
            with self.subTest(name):
                self.assertEqual(self.made(data=self.path(name, text)), of_csv)
        with self.subTest("standard input"):
            self.assertEqual(self.made(data="-", input=lines.encode()), of_csv)
            self.assertEqual(self.made(data="-", input=self.as_csv()), of_csv)
        with self.subTest("a query"):
            if not os.path.exists(os.path.join(os.path.dirname(PROGRAM), "infonote-query")):
                self.skipTest("infonote-query was not built: SQLite is not there")
            db = sqlite3.connect(self.path("p.db"))
            db.execute("CREATE TABLE p (id, name, town, text)")
            db.executemany("INSERT INTO p VALUES (:id, :name, NULLIF(:town, ''), :text)",
                           RECORDS)
            db.commit()
            db.close()
            self.assertEqual(self.made("--query", "SELECT * FROM p", data=self.path("p.db")),
                             of_csv)

    def test_lists_in_a_record(self):
        write(self.template, TEMPLATE.replace('"{{text}}"', '"{{#items}}{{name}}; {{/items}}"'))
        data = self.path("p.jsonl", '{"id": 7, "name": "N", "items": [{"name": "a"}, '
                                    '{"name": "b"}]}\n')
        self.run_ok("bulk", self.template, "--data", data, "-o", self.path("{{id}}.pdf"))
        self.assertTrue(os.path.exists(self.path("7.pdf")))

    def test_a_query_names_its_records(self):
        db = self.path("p.db")
        sqlite3.connect(db).close()
        p = self.run_status(4, "bulk", self.template, "--data", db, "--query",
                            "SELECT 1 AS id, 'x' AS name", "-o", self.path("{{id}}.pdf"))
        self.assertIn(b"no field `text`", p.stderr)
        self.assertIn(b"p.db, record 1: note: in this record", p.stderr)
        p = self.run_status(1, "bulk", self.template, "--data", db, "--query", "SELEC",
                            "-o", self.path("{{id}}.pdf"))
        self.assertIn(b"syntax error", p.stderr)

    def test_a_line_that_is_no_record(self):
        data = self.path("p.jsonl", '{"id": 1}\n[2]\n')
        p = self.run_status(1, "bulk", self.template, "--data", data, "-o",
                            self.path("{{id}}.pdf"))
        self.assertIn(b"p.jsonl:2:1: error[bad-data]", p.stderr)
