# SPDX-License-Identifier: MIT
"""Data as nobody should write it, by the numbers of our list of hostile input (98 to 108):
what is wrong is told with its line before anything is written; what only looks wrong is
text."""
import json
import os
import signal
import subprocess
import time

from program import PROGRAM, Case, environment, once, output_of, read, tool, write

TEMPLATE = """layout: information-note
lang: en-GB
title: To {{name}}
body: "{{text|default:Nothing}}"
"""
SECONDS = 100


class Hostile(Case):
    def setUp(self):
        super().setUp()
        self.template = self.path("t.yaml", TEMPLATE)
        self.tried = 0

    def bulk(self, data, *arguments, status=0, names="{{id}}.pdf", **options):
        self.tried += 1
        self.out = self.path(f"out{self.tried}")
        if data is not None:
            write(self.path("p.csv"), data)
        return self.run_status(status, "bulk", self.template, "--data", self.path("p.csv"),
                               "-o", os.path.join(self.out, names), *arguments, **options)

    def made(self):
        found = []
        for _, _, names in os.walk(self.out):
            found += names
        return sorted(found)

    def text_of(self, name):
        code, text, error = output_of(tool("pdftotext"), "-layout",
                                      os.path.join(self.out, name), "-")
        self.assertEqual(code, 0, error)
        return " ".join(text.split())


class Forms(Hostile):
    def test_098_what_csv_may_be(self):
        cases = {
            "a byte order mark": b"\xef\xbb\xbfid,name,text\r\n1,A,B\r\n",
            "semicolons": b'id;name;text\n1;"A";B, c\n',
            "tabs": b"id\tname\ttext\n1\tA\tB\n",
            "bars": b"id|name|text\n1|A|B\n",
            "CR alone": b"id,name,text\r1,A,B\r",
            "blanks and a mark in the header": b"\xef\xbb\xbf id , name ,text\n1,A,B\n",
            "empty lines at the end": b"id,name,text\n1,A,B\n\n\n",
            "no line end": b"id,name,text\n1,A,B",
            "quotes, line ends": b'id,name,text\n1,"A ""q""\r\nline","B"\n',
        }
        for name, data in cases.items():
            with self.subTest(name):
                self.bulk(data)
                self.assertEqual(self.made(), ["1.pdf"])
        self.assertIn("To A “q” line", self.text_of("1.pdf"))

    def test_098_what_csv_may_not_be(self):
        cases = {
            "a quote in the middle": (b'id,name,text\n1,A "q" b,x\n', b"p.csv:2:1", b"middle"),
            "a quote, then more": (b'id,name,text\n1,"A"b,x\n', b"p.csv:2:1", b"middle"),
            "a quote without end": (b'id,name,text\n1,"A,B\n2,C,D\n', b"p.csv:2:1",
                                    b"not closed"),
            "too few fields": (b"id,name,text\n1,A\n", b"p.csv:2:4", b"2 fields"),
            "too many fields": (b"id,name,text\n2,B,C,D\n", b"p.csv:2:7", b"4 fields"),
            "an empty row": (b"id,name,text\n\n1,A,B\n", b"p.csv:2:1", b"empty line"),
            "a name twice": (b"id,name,name\n1,A,B\n", b"p.csv:1:9", b"twice"),
            "a name of nothing": (b"id,,name\n1,A,B\n", b"p.csv:1:4", b"no name"),
            "NUL": (b"id,name,text\n1,A\0,B\n", b"p.csv:2:4", b"0x00"),
            "Latin-1": ("id,name,text\n1,Zürich,B\n".encode("latin-1"), b"p.csv:2:4",
                        b"not UTF-8"),
            "UTF-16": ("id,name\n1,A\n".encode("utf-16"), b"p.csv:1:1", b"not UTF-8"),
            "10 MB": (b"id,name,text\n1,A," + b"x" * 10_000_000 + b"\n2,B,C\n", b"p.csv:2:1",
                      b"1024 KiB"),
            "10,000 columns": (b"id,name" + b"".join(
                b",c%d" % i for i in range(10000)) + b"\n1,A" + b",x" * 10000 + b"\n",
                b"p.csv:1:1", b"1000 is the limit"),
            "no records": (b"id,name,text\n", b"p.csv", b"no records"),
            "nothing": (b"", b"p.csv:1:1", b"is empty"),
            "a mark alone": (b"\xef\xbb\xbf", b"p.csv:1:1", b"is empty"),
        }
        for name, (data, place, told) in cases.items():
            with self.subTest(name):
                p = self.bulk(data, status=1)
                self.assertIn(place + b": error[", p.stderr)
                self.assertIn(told, p.stderr)
                self.assertEqual(self.made(), [])

    @once
    def test_098_a_million_records(self):
        """All are read and their names compared, of which some bytes each are kept."""
        with open(self.path("p.csv"), "w", encoding="utf-8") as f:
            f.write("id,name,text\n")
            f.writelines(f"{i},Name,{'text ' * 8}\n" for i in range(1000000))
        p = subprocess.Popen(
            [PROGRAM, "bulk", self.template, "--data", self.path("p.csv"), "-q", "-o",
             self.path("out/{{id}}.pdf"), "--shard", "1/100000"],
            stderr=subprocess.PIPE, env=environment())
        error = p.stderr.read()
        p.stderr.close()
        _, status, usage = os.wait4(p.pid, 0)
        p.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(p.returncode, 0, error)
        self.assertLess(len(os.listdir(self.path("out"))), 100)
        self.assertLess(usage.ru_maxrss, 100 << 10)

    def test_099_values_that_look_like_something(self):
        values = [": - # {", "[a]: *b", "=cmd|' /C calc'!A0", "@SUM(1)", "null", "- x",
                  "<b>x</b>", "![a](b.png)", "1. one", "{{id}}", "{{{name}}}", "&amp;", "%PDF",
                  "\\(x\\) Tj", "# no heading", "yes"]
        data = "id,name,text\n" + "".join(f'{i},"N","{v}"\n' for i, v in enumerate(values))
        self.bulk(data.encode())
        for i, value in enumerate(values):
            with self.subTest(value):
                straight = self.text_of(f"{i}.pdf").replace("’", "'").replace("‘", "'")
                self.assertIn("".join(value.split()), "".join(straight.split()))

    def test_100_fields(self):
        with self.subTest("missing"):
            p = self.bulk(b"id,text\n1,B\n2,C\n", status=4)
            self.assertIn(b"t.yaml:3:11: error[missing-field]", p.stderr)
            self.assertIn(b"p.csv:3: note: in this record", p.stderr)
        with self.subTest("unused"):
            p = self.bulk(b"id,name,text,more\n" + b"".join(
                b"%d,A,B,C\n" % i for i in range(50)))
            self.assertEqual(p.stderr.count(b"`more`"), 1)
            self.assertEqual(len(self.made()), 50)
        with self.subTest("empty, but asked for"):
            write(self.template, TEMPLATE.replace("To {{name}}", "'{{name}}'"))
            p = self.bulk(b"id,name,text\n1,,B\n2,A,B\n", status=4)
            self.assertIn(b"p.csv:2", p.stderr)
            self.assertEqual(self.made(), ["2.pdf"])


class Names(Hostile):
    def test_101_and_108_names(self):
        long = b"x" * 252
        cases = {
            "twice": (b"a\na\n", b"another record"), "case": (b"a\nA\n", b"differs in case"),
            "NFC": ("é\ne\u0301\n".encode(), b"differs in case"), "slash": (b"a/b\n", b"slash"),
            "backslash": (b"a\\b\n", b"slash"), "parent": (b"..\n", b"begins with a dot"),
            "hidden": (b".x\n", b"begins with a dot"), "option": (b"-x\n", b"option"),
            "device": (b"CON\n", b"Windows"), "device with more": (b"lpt1.x\n", b"Windows"),
            "long": (long + b"\n", b"255 bytes"), "empty": (b'""\n', b"is empty"),
            "line end": (b'"a\nb"\n', b"line end"),
            "the same record": (b"a\nb\na\n", b"another record"),
        }
        write(self.template, TEMPLATE.replace("{{name}}", "{{id}}"))
        for name, (data, told) in cases.items():
            with self.subTest(name):
                good = b"".join(b"good%d\n" % i for i in range(200))
                p = self.bulk(b"id\n" + good + data, status=1)
                self.assertIn(told, p.stderr)
                self.assertEqual(self.made(), [])

    def test_107_many_files(self):
        data = b"id,name\n" + b"".join(b"%d,A\n" % i for i in range(1, 1003))
        self.bulk(data, names="{{@folder}}/{{id}}.pdf", )
        self.assertEqual(sorted(os.listdir(self.out)), ["0", "1"])
        self.assertEqual(len(os.listdir(os.path.join(self.out, "1"))), 2)


class Records(Hostile):
    def test_102_one_of_many_is_bad(self):
        write(self.template, TEMPLATE + 'keywords: ["{{date|long}}"]\n')
        rows = ["id,name,text,date"] + [f"{i},A,B,2026-01-02" for i in range(1, 401)]
        rows[200] = "200,A,B,soon"
        p = self.bulk("\n".join(rows).encode(), "--failed", self.path("failed.csv"), status=4)
        self.assertIn(b"p.csv:201: note: the value", p.stderr)
        self.assertIn(b"400 records: 399 done, 1 failed", p.stderr)
        self.assertEqual(len(self.made()), 399)
        write(self.path("p.csv"), read(self.path("failed.csv")).replace(b"soon", b"2026-01-03"))
        self.bulk(None)
        self.assertEqual(self.made(), ["200.pdf"])

    def wait_until_stuck(self, report):
        """Until nothing has been done for a while but the record that takes long: others
        may wait behind it."""
        until = time.monotonic() + SECONDS
        before, since = 0, time.monotonic()
        while time.monotonic() < until and (before < 20 or time.monotonic() - since < 0.1):
            done = read(report).count(b'"done"') if os.path.exists(report) else 0
            if done != before:
                before, since = done, time.monotonic()
            time.sleep(0.002)

    def run_with_victim(self, number, *arguments):
        """A run whose worker gets a signal while it is at a record that takes long."""
        slow = "word " * 150000
        write(self.path("p.jsonl"), "".join(
            json.dumps({"id": i, "name": "A", "text": slow if i == 20 else "B"}) + "\n"
            for i in range(1, 41)))
        report = self.path("run.jsonl")
        out = self.path("out")
        p = subprocess.Popen(
            [PROGRAM, "bulk", self.template, "--data", self.path("p.jsonl"), "-j2", "-o",
             out + "/{{id}}.pdf", "--report", report, *arguments],
            stderr=subprocess.PIPE, env=environment())
        if number:
            self.wait_until_stuck(report)
            with open(f"/proc/{p.pid}/task/{p.pid}/children", encoding="ascii") as f:
                for child in f.read().split():
                    os.kill(int(child), number)
        error = p.communicate(timeout=SECONDS)[1]
        with open(report, encoding="utf-8") as f:
            lines = [json.loads(line) for line in f]
        return p.returncode, error, {x["record"]: x["status"] for x in lines if "record" in x}

    def test_105_a_worker_that_dies(self):
        status, error, told = self.run_with_victim(signal.SIGSEGV)
        self.assertEqual(status, 4, error)
        self.assertEqual(told[20], "crashed")
        self.assertEqual(len(told), 40)  # all have an end; the other worker's is done, or dies
        self.assertLessEqual(list(told.values()).count("crashed"), 2)

    def test_105_a_worker_that_hangs(self):
        status, error, told = self.run_with_victim(signal.SIGSTOP, "--record-timeout", "1")
        self.assertEqual(status, 4, error)  # it does not hear its timer: the parent ends it
        self.assertEqual(told[20], "timeout")
        self.assertEqual(len(told), 40)
        self.assertLessEqual(list(told.values()).count("timeout"), 2)
