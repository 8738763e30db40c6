# SPDX-License-Identifier: MIT
"""Bulk runs from outside: names, failures, journals, what is resumed."""
import hashlib
import json
import os

from program import Case, read, run, write

TEMPLATE = """layout: information-note
lang: en-GB
title: To {{name}}
fields: {Town: "{{town}}"}
body: "{{{text|default:Nothing}}}"
"""


def rows(n, bad=()):
    lines = ["id,name,town,text"]
    for i in range(1, n + 1):
        text = "{{#x}}" if i in bad else "*Word* number %d" % i
        lines.append('%d,"Name ""%d"", & co",Town %d,%s' % (i, i, i % 3, text))
    return "\n".join(lines) + "\n"


class Bulk(Case):
    def setUp(self):
        super().setUp()
        self.template = self.path("t.yaml", TEMPLATE)
        self.data = self.path("p.csv", rows(30))
        self.journal = self.path("run.jsonl")

    def bulk(self, *arguments, status=0, names="out/{{town}}/{{id}}.pdf", **options):
        out = [] if names is None else ["-o", self.path(names)]
        return self.run_status(status, "bulk", self.template, "--data", self.data, *out,
                               *arguments, **options)

    def made(self, folder="out"):
        found = {}
        for where, _, files in os.walk(self.path(folder)):
            for name in files:
                path = os.path.join(where, name)
                found[os.path.relpath(path, self.path(folder))] = hashlib.sha256(
                    read(path)).hexdigest()
        return found

    def lines(self):
        return [json.loads(line) for line in read(self.journal).splitlines()]

    def records(self, status="done"):
        return sorted(r["record"] for r in self.lines() if r.get("status") == status)


class Runs(Bulk):
    def test_a_file_for_each_record(self):
        p = self.bulk("--report", self.journal)
        self.assertIn(b"30 records: 30 done", p.stderr)
        made = self.made()
        self.assertEqual(len(made), 30)
        self.assertEqual(self.records(), list(range(1, 31)))
        for r in self.lines():
            if "status" in r:
                self.assertEqual(made[os.path.relpath(r["file"], self.path("out"))],
                                 r["sha256"])
                self.assertGreater(r["ms"], 0)
        self.assertEqual(self.lines()[-1], {"end": "done", "planned": 30, "before": 0, "done": 30,
                                            "failed": 0})

    def test_any_number_of_workers_makes_the_same(self):
        for jobs in ("1", "2", "7"):
            self.bulk("-j", jobs, names="out%s/{{id}}.pdf" % jobs)
        self.assertEqual(self.made("out1"), self.made("out2"))
        self.assertEqual(self.made("out1"), self.made("out7"))
        note = self.path("r.yaml", 'id: 7\nname: \'Name "7", & co\'\ntown: Town 1\n'
                         "text: '*Word* number 7'\n")
        self.run_ok("render", self.template, "--data", note, "-o", self.path("7.pdf"))
        self.assertEqual(read(self.path("7.pdf")), read(self.path("out1/7.pdf")))

    def test_from_a_pipe(self):
        text = read(self.data)
        self.data = "-"
        self.bulk(input=text)
        self.assertEqual(len(self.made()), 30)

    def test_a_choice(self):
        self.bulk("--only", "town=Town 2", names="a/{{id}}.pdf")
        self.assertEqual(len(self.made("a")), 10)
        self.bulk("--limit", "7", names="b/{{id}}.pdf")
        self.assertEqual(sorted(map(int, (n[:-4] for n in self.made("b")))),
                         list(range(1, 8)))

    def test_shards_have_each_record_once(self):
        for k in "1", "2", "3":
            self.bulk("--shard", k + "/3", names="s%s/{{id}}.pdf" % k)
        made = [set(self.made("s" + k)) for k in "123"]
        self.assertEqual(sum(map(len, made)), 30)
        self.assertEqual(len(set().union(*made)), 30)
        self.assertTrue(all(made))

    def test_check(self):
        p = self.run_ok("check", self.template, "--data", self.data)
        self.assertIn(b"30 without errors", p.stderr)
        write(self.data, "id,name\n1,Ann\n2,Bo\n")
        p = self.run_status(4, "check", self.template, "--data", self.data)
        self.assertIn(b"the data has no field `town`", p.stderr)
        self.assertIn(b"p.csv:3: note: in this record", p.stderr)
        self.assertEqual(os.listdir(self.folder).count("out"), 0)


class Failures(Bulk):
    def test_bad_records(self):
        self.template = self.path("t.yaml", TEMPLATE + 'keywords: ["{{date|long}}"]\n')
        write(self.data, "id,name,town,text,date\n1,A,B,C,2026-01-02\n2,A,B,C,soon\n"
                         "3,A,B,C,2026-01-03\n")
        p = self.bulk("--report", self.journal, "--failed", self.path("f.csv"), status=4)
        self.assertIn(b"p.csv:3: note: the value", p.stderr)
        self.assertIn(b"t.yaml:6:", p.stderr)
        self.assertEqual(len(self.made()), 2)
        self.assertEqual(self.records("invalid"), [2])
        self.assertEqual(read(self.path("f.csv")), b"id,name,town,text,date\n2,A,B,C,soon\n")
        report = [r for r in self.lines() if r.get("status") == "invalid"][0]
        self.assertEqual(report["reports"][0]["second"]["line"], 3)

    def test_stop_on_error(self):
        write(self.data, "id,name,town,text\n" + "1,A,,\n" + "".join(
            "%d,,B,\n" % i for i in range(2, 500)))
        self.template = self.path("t.yaml", TEMPLATE.replace("{{town}}", "{{town|long}}"))
        self.bulk("--stop-on-error", "--report", self.journal, status=4,
                  names="out/{{id}}.pdf")
        self.assertLess(len(self.lines()), 100)
        self.assertEqual(self.lines()[-1]["end"], "stopped")

    def test_names(self):
        for text, told in (("id\na\nA\n", b"differs in case"),
                           ("id\n\xe9\ne\u0301\n", b"differs in case"),
                           ("id\na/b\n", b"holds a slash"), ("id\n..\n", b"begins with a"),
                           ("id\n-x\n", b"like an option"), ("id\ncon\n", b"Windows"),
                           ("id,x\n,y\n", b"is empty"), ("no\n1\n", b"no field `id`"),
                           ("id\n%s\n" % ("x" * 252), b"longer than 255"),
                           ("id\n", b"no records"), ("id\n1\n1\n", b"another record")):
            with self.subTest(text=text[:20]):
                write(self.data, text)
                p = self.bulk(names="out/{{id}}.pdf", status=1)
                self.assertIn(told, p.stderr)
                self.assertFalse(os.path.exists(self.path("out")))

    def test_data_that_is_none(self):
        for text, told in (("", b"is empty"), ("a,a\n1,2\n", b"twice"),
                           ("id,a\n1,2\n3\n4,5\n", b"p.csv:3:"),
                           ('id,a\n1,"x\n', b"not closed"), ("id,a\n1,\xff\n", b"UTF-8"),
                           ("id,a\n1,\0\n", b"control character")):
            with self.subTest(text=text):
                write(self.data, text.encode("latin-1"))
                p = self.bulk(names="out/{{id}}.pdf", status=1)
                self.assertIn(told, p.stderr)
                self.assertFalse(os.path.exists(self.path("out")))

    def test_a_template_that_is_none(self):
        self.template = self.path("t.yaml", "title: [\n")
        p = self.bulk(status=1)
        self.assertEqual(p.stderr.count(b"error["), 1)

    def test_a_standard_that_is_none_is_told_once(self):
        p = self.bulk("--standard", "a-9b", status=1)
        self.assertEqual(p.stderr.count(b"error["), 1)
        self.assertIn(b"there is no standard `a-9b`", p.stderr)
        self.assertFalse(os.path.exists(self.path("out")))

    def test_what_cannot_be_written(self):
        write(self.path("out"), "")
        p = self.bulk(status=4)
        self.assertIn(b"cannot write", p.stderr)

    def test_json(self):
        self.template = self.path("t.yaml", TEMPLATE.replace("{{town}}", "{{town|long}}"))
        p = self.bulk("--format", "json", "--limit", "3", status=4)
        told = [json.loads(line) for line in p.stdout.splitlines()]
        self.assertEqual([t.get("status") for t in told], ["invalid"] * 3 + [4])
        self.assertEqual(told[-1]["failed"], 3)

    def test_wrong_use(self):
        for arguments in ([], ["--data", "x.csv"], ["-o", "x.pdf"]):
            self.run_status(2, "bulk", self.template, *arguments)
        for arguments in (["--resume"], ["--only", "id"], ["--shard", "4/3"], ["-j", "0"],
                          ["--limit", "x"], ["--record-timeout", "0"],
                          ["--separator", ":"], ["--report", self.data],
                          ["--format", "sarif"]):
            with self.subTest(arguments=arguments):
                self.bulk(*arguments, status=2)


class Resumed(Bulk):
    def test_what_is_missing_is_made(self):
        self.bulk("--report", self.journal, "--limit", "11")
        whole = self.made()
        stamps = {n: os.stat(self.path("out", ) + "/" + n).st_mtime_ns for n in whole}
        gone = sorted(whole)[3]
        os.unlink(os.path.join(self.path("out"), gone))
        p = self.bulk("--report", self.journal, "--resume")
        self.assertIn(b"20 done, 10 done before", p.stderr)
        made = self.made()
        self.assertEqual(len(made), 30)
        for name, stamp in stamps.items():
            if name != gone:
                self.assertEqual(os.stat(self.path("out") + "/" + name).st_mtime_ns, stamp)
            self.assertEqual(made[name], whole[name])
        p = self.bulk("--report", self.journal, "--resume")
        self.assertIn(b"0 done, 30 done before", p.stderr)

    def test_a_torn_line_and_a_spoiled_file(self):
        self.bulk("--report", self.journal, "--limit", "9")
        whole = self.made()
        lines = read(self.journal).splitlines(True)
        kept = [x for x in lines if b"synced" not in x and b'"end"' not in x]
        write(self.journal, b"".join(kept[:-1]) + kept[-1][:25])
        first = json.loads(kept[1])["file"]
        bytes_ = bytearray(read(first))
        bytes_[100] ^= 1
        write(first, bytes(bytes_))
        p = self.bulk("--report", self.journal, "--resume", "--limit", "9")
        self.assertIn(b"2 done, 7 done before", p.stderr)
        self.assertEqual(self.made(), whole)
        for line in read(self.journal).splitlines():
            json.loads(line)

    def test_what_has_changed(self):
        self.bulk("--report", self.journal, "--limit", "3")
        before = read(self.journal)
        p = self.bulk("--report", self.journal, status=3)
        self.assertIn(b"it is there already", p.stderr)
        p = self.bulk("--report", self.journal, "--resume", "--set", "text=x", status=1)
        self.assertIn(b"error[changed-input]: the template", p.stderr)
        p = self.bulk("--report", self.journal, "--resume", status=1, names="x/{{id}}.pdf")
        self.assertIn(b"changed-input", p.stderr)
        write(self.data, rows(31))
        p = self.bulk("--report", self.journal, "--resume", status=1)
        self.assertIn(b"error[changed-input]: the data", p.stderr)
        self.assertEqual(read(self.journal), before)
        write(self.journal, "something else\n")
        p = self.bulk("--report", self.journal, "--resume", status=1)
        self.assertIn(b"no journal", p.stderr)
        self.assertEqual(read(self.journal), b"something else\n")

    def test_one_run_writes_a_journal(self):
        import fcntl
        with open(self.journal, "ab") as f:
            fcntl.flock(f, fcntl.LOCK_EX)
            p = self.bulk("--report", self.journal, "--resume", status=3)
        self.assertIn(b"another run", p.stderr)
