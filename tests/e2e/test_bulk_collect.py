# SPDX-License-Identifier: MIT
"""`bulk --collect`: the journals of all shards, joined: what was done once, and what not."""
import json
import os
import re

from program import Case, read, write

TEMPLATE = """layout: information-note
lang: en-GB
title: Note {{id}}
body: "{{{text}}}"
"""


class Collect(Case):
    def setUp(self):
        super().setUp()
        self.path("t.yaml", TEMPLATE)
        self.rows(60)

    def rows(self, n, bad=()):
        self.path("p.csv", "id,text\n" + "".join(
            f"{i},{'[](#none)' if i in bad else 'words'}\n" for i in range(1, n + 1)))

    def shard(self, part, name, *more, status=0):
        self.run_status(status, "bulk", self.path("t.yaml"), "--data", self.path("p.csv"), "-o",
                        self.path("{{id}}.pdf"), *(["--shard", part] if part else []),
                        "--report", self.path(name), "-q", *more)

    def shards(self, n=3, **options):
        for k in range(1, n + 1):
            self.shard(f"{k}/{n}", f"run-{k}.jsonl", **options)

    def collect(self, status, *more, pattern="run-*.jsonl"):
        p = self.run_status(status, "bulk", "--collect", self.path(pattern), *more)
        return p.stdout.decode().replace(self.folder + "/", "")

    def findings(self, status):
        return [json.loads(line) for line in
                self.collect(status, "--format", "json").splitlines()]

    def test_all_of_them_once(self):
        self.shards()
        self.assertEqual(self.collect(0).split(";")[0],
                         "60 records, 3 journals of 3 shards: 60 done, each once")
        found = self.findings(0)
        self.assertEqual(len(found), 1)
        self.assertEqual([found[0][k] for k in ("records", "planned", "done", "pages")], [60] * 4)
        self.assertGreater(found[0]["bytes"], 60000)

    def test_names_from_the_shell(self):
        self.shards()
        p = self.run_ok("bulk", "--collect", self.path("run-1.jsonl"), self.path("run-2.jsonl"),
                        self.path("run-3.jsonl"), self.path("run-3.jsonl"))
        self.assertIn(b"3 journals of 3 shards: 60 done, each once", p.stdout)

    def test_one_run_without_shards(self):
        self.shard(None, "run-1.jsonl")
        self.assertIn("60 records, 1 journal: 60 done, each once", self.collect(0))

    def test_a_part_of_the_records(self):
        self.shard(None, "run-1.jsonl", "--limit", "7")
        self.assertIn("7 records of 60, 1 journal: 7 done, each once", self.collect(0))
        self.shard(None, "run-1.jsonl", "--resume")
        self.assertIn("60 records, 1 journal: 60 done, each once", self.collect(0))

    def test_a_shard_without_a_journal(self):
        self.shards()
        lost = read(self.path("run-2.jsonl")).count(b'"record":')
        os.rename(self.path("run-2.jsonl"), self.path("lost"))
        said = self.collect(4)
        self.assertIn("shard 2: there is no journal of it\n", said)
        self.assertIn(f"{lost} missing", said)
        found = self.findings(4)
        self.assertIn({"status": "missing", "shard": 2}, found)
        self.assertEqual(sum(f.get("last", f["record"]) - f["record"] + 1
                             for f in found if f["status"] == "missing" and "record" in f), lost)

    def test_the_same_shard_twice(self):
        self.shards()
        self.shard("3/3", "run-3-again.jsonl")
        twice = read(self.path("run-3.jsonl")).count(b'"record":')
        said = self.collect(4)
        self.assertIn(f", {twice} done more than once", said)
        self.assertIn("done twice, with the same bytes; first in run-3-again.jsonl:", said)
        journal = read(self.path("run-3.jsonl"))
        write(self.path("run-3.jsonl"), re.sub(rb'"sha256":"....', b'"sha256":"0000', journal))
        self.assertTrue(all(not f["alike"] for f in self.findings(4)
                            if f["status"] == "doubled"))

    def test_a_task_that_was_requeued_goes_on(self):
        self.shards()
        self.shard("3/3", "run-3.jsonl", "--resume")
        self.assertIn("60 done, each once", self.collect(0))

    def test_a_last_line_that_was_cut(self):
        self.shards()
        journal = read(self.path("run-2.jsonl")).splitlines(keepends=True)
        write(self.path("run-2.jsonl"), b"".join(journal[:4]) + journal[4][:40])
        said = self.collect(4)
        self.assertIn("run-2.jsonl: the run has not ended, or was cut off\n", said)
        lost = b"".join(journal[4:]).count(b'"record":')
        self.assertIn(f"{lost} missing", said)
        self.shard("2/3", "run-2.jsonl", "--resume")
        self.assertIn("60 done, each once", self.collect(0))

    def test_an_empty_journal(self):
        self.shards()
        self.path("run-4.jsonl", "")
        said = self.collect(0)
        self.assertIn("run-4.jsonl: the run has not ended", said)
        self.path("run-5.jsonl", "")
        self.run_status(1, "bulk", "--collect", self.path("run-5.jsonl"))

    def test_what_failed(self):
        self.rows(60, bad=(5, 17))
        self.shard(None, "run-1.jsonl", status=4)
        said = self.collect(4)
        self.assertRegex(said, r"run-1\.jsonl:\d+: record 5 \(5\): invalid\n")
        self.assertIn("58 done, 2 failed; ", said)
        self.assertEqual({f["key"] for f in self.findings(4) if f["status"] == "invalid"},
                         {"5", "17"})

    def test_what_failed_and_was_made_good(self):
        self.shard(None, "run-1.jsonl")
        journal = read(self.path("run-1.jsonl")).splitlines(keepends=True)
        number = json.loads(journal[3])["record"]
        journal[3] = b'{"record":%d,"key":"x","status":"crashed","signal":9}\n' % number
        write(self.path("run-1.jsonl"), b"".join(journal))
        self.assertIn(f"run-1.jsonl:4: record {number} (x): crashed", self.collect(4))
        self.shard(None, "run-1.jsonl", "--resume")
        self.assertIn("60 done, each once", self.collect(0))

    def test_journals_of_several_runs(self):
        self.shards()
        self.rows(61)
        self.shard("3/3", "run-4.jsonl")
        p = self.run_status(1, "bulk", "--collect", self.path("run-*.jsonl"))
        self.assertIn(b"the journal of another run: of other data", p.stderr)
        self.assertEqual(p.stdout, b"")
        self.rows(60)
        self.path("t.yaml", TEMPLATE.replace("Note", "A note"))
        self.shard("3/3", "run-5.jsonl")
        p = self.run_status(1, "bulk", "--collect", self.path("run-[35].jsonl"))
        self.assertIn(b"of another template", p.stderr)
        self.path("t.yaml", TEMPLATE)
        self.shard("1/2", "run-6.jsonl")
        p = self.run_status(1, "bulk", "--collect", self.path("run-[36].jsonl"))
        self.assertIn(b"into other shards", p.stderr)

    def test_a_pdf_of_all_counts_when_it_is_whole(self):
        def merge(k):
            self.run_ok("bulk", self.path("t.yaml"), "--data", self.path("p.csv"), "--merge",
                        self.path(f"{k}.pdf"), "--shard", f"{k}/2", "--report",
                        self.path(f"run-{k}.jsonl"), "-q")
        merge(1)
        merge(2)
        # Each says another file to be its output: names of files are compared, not these.
        self.assertIn("60 done, each once", self.collect(0))
        journal = read(self.path("run-2.jsonl")).splitlines(keepends=True)
        write(self.path("run-2.jsonl"), b"".join(journal[:-1]))
        self.assertIn(f"{len(journal) - 2} missing", self.collect(4))

    def test_wrong_use(self):
        p = self.run_status(1, "bulk", "--collect", self.path("p.csv"))
        self.assertIn(b"this is no journal of a run", p.stderr)
        p = self.run_status(3, "bulk", "--collect", self.path("nothing-*.jsonl"))
        self.assertIn(b"cannot read the journal: No such file", p.stderr)
        self.run_status(2, "bulk", "--collect", "x", "--data", "y")
        self.run_status(2, "bulk", "--collect", "x", "--format", "sarif")
        self.run_status(2, "bulk")
        self.run_status(2, "bulk", "a.yaml", "b.yaml", "--data", "y", "-o", "{{id}}.pdf")
