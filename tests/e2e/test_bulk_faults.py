# SPDX-License-Identifier: MIT
"""Bulk runs that are cut short in every way but by chance (tests/faults does that): what is
there then, and that going on makes the same as a run that nobody disturbed."""
import json
import os
import resource
import shutil
import signal
import subprocess
import time
import unittest

from program import PROGRAM, Case, environment, read, sparse, write

TEMPLATE = """layout: information-note
lang: en-GB
title: To {{name}}
body: "{{text}}"
"""
SECONDS = 60


def rows(n):
    return "id,name,text\n" + "".join(
        f"{i},Name {i},{'word ' * (i % 7 * 30 + 1)}\n" for i in range(1, n + 1))


class Faults(Case):
    def setUp(self):
        super().setUp()
        self.path("t.yaml", TEMPLATE)

    def arguments(self, folder, *more, report="run.jsonl"):
        return ["bulk", self.path("t.yaml"), "--data", self.path("p.csv"), "-o",
                os.path.join(folder, "out/{{id}}.pdf"), "--report",
                os.path.join(folder, report), *more]

    def folder_of(self, name):
        os.makedirs(self.path(name), exist_ok=True)
        return self.path(name)

    def made(self, folder):
        out = os.path.join(folder, "out")
        return {name: read(os.path.join(out, name)) for name in os.listdir(out)}

    def lines(self, folder):
        return [json.loads(x) for x in
                read(os.path.join(folder, "run.jsonl")).splitlines(True)
                if x.endswith(b"\n")]

    def done(self, folder):
        return sorted(x["record"] for x in self.lines(folder) if x.get("status") == "done")

    def whole(self, n):
        """What a run gives that nobody disturbs."""
        self.path("p.csv", rows(n))
        folder = self.folder_of("whole")
        self.run_ok(*self.arguments(folder))
        return self.made(folder)

    def start(self, folder, *more, **options):
        return subprocess.Popen([PROGRAM, *self.arguments(folder, *more)],
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                env=environment(), **options)

    def wait_for_lines(self, folder, n, p):
        until = time.monotonic() + SECONDS
        journal = os.path.join(folder, "run.jsonl")
        while p.poll() is None and time.monotonic() < until:
            if os.path.exists(journal) and read(journal).count(b"\n") > n:
                return
            time.sleep(0.005)

    def resume(self, folder, n, whole):
        self.run_ok(*self.arguments(folder, "--resume"))
        self.assertEqual(self.made(folder), whole)
        self.assertEqual(sorted(set(self.done(folder))), list(range(1, n + 1)))

    def test_workers_that_have_done_their_share(self):
        """Others take their place, and nobody takes them for dead: records of a thousand
        and more are each done once, by any number of workers."""
        n = 1203
        self.path("p.csv", "id,name,text\n" + "".join(
            f"{i},N,word {i % 3}\n" for i in range(1, n + 1)))
        for jobs in ("1", "2"):
            folder = self.folder_of("share" + jobs)
            self.run_ok(*self.arguments(folder, "-j", jobs, "--resume"))
            self.assertEqual(self.done(folder), list(range(1, n + 1)))
            self.assertEqual(len(self.made(folder)), n)

    def test_signals(self):
        whole = self.whole(300)
        for number, status in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            with self.subTest(number):
                folder = self.folder_of(number.name)
                p = self.start(folder)
                self.wait_for_lines(folder, 10, p)
                p.send_signal(number)
                error = p.communicate(timeout=SECONDS)[1]
                self.assertEqual(p.returncode, status, error)
                self.assertEqual(self.lines(folder)[-1]["end"], "interrupted")
                self.assertEqual(len(self.made(folder)), len(self.done(folder)))
                self.resume(folder, 300, whole)
                self.assertEqual(self.done(folder), list(range(1, 301)))

    def test_no_room(self):
        """A disk that is full ends the run with a word; going on needs room alone."""
        whole = self.whole(60)
        folder = self.folder_of("small")
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", folder],
                                 check=False, capture_output=True)
        if mounted.returncode:
            self.skipTest("only root can make a small disk")
        try:
            p = self.run_status(3, *self.arguments(folder))
            self.assertIn(b"nothing more can be written: No space left", p.stderr)
            self.assertIn(b"--resume", p.stderr)
            self.assertLess(len(self.made(folder)), 60)
            subprocess.run(["mount", "-o", "remount,size=20m", folder], check=True)
            self.resume(folder, 60, whole)
        finally:
            subprocess.run(["umount", folder], check=True)

    def test_files_may_not_grow(self):
        """A limit on the size of files: of each record, an error of its own."""
        whole = self.whole(20)
        folder = self.folder_of("limited")

        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))
        p = self.start(folder, preexec_fn=limit)
        error = p.communicate(timeout=SECONDS)[1]
        self.assertIn(p.returncode, (3, 4), error)
        self.assertIn(b"File too large", error)
        self.resume(folder, 20, whole)

    def test_a_line_torn_anywhere(self):
        self.whole(3)
        folder = self.path("whole")
        journal = os.path.join(folder, "run.jsonl")
        lines = [x for x in read(journal).splitlines(True) if x.startswith(b'{"record')]
        head = read(journal).splitlines(True)[0]
        made = self.made(folder)
        for cut in sparse(range(len(lines[-1]))):
            write(journal, head + b"".join(lines[:2]) + lines[-1][:cut])
            p = self.run_ok(*self.arguments(folder, "--resume"))
            self.assertIn(b"1 done, 2 done before", p.stderr)
            self.assertEqual(self.done(folder), [1, 2, 3])
        self.assertEqual(self.made(folder), made)
        for cut in (0, 1, len(head) - 1):
            write(journal, head[:cut])
            p = self.run_ok(*self.arguments(folder, "--resume"))
            self.assertIn(b"3 done", p.stderr)

    def test_a_journal_of_another_run(self):
        self.whole(5)
        folder = self.path("whole")
        before = read(os.path.join(folder, "run.jsonl"))
        for change, told in ((lambda: self.path("p.csv", rows(6)), b"the data"),
                             (lambda: self.path("t.yaml", TEMPLATE + "subject: S\n"),
                              b"the template")):
            change()
            p = self.run_status(1, *self.arguments(folder, "--resume"))
            self.assertIn(b"error[changed-input]: " + told, p.stderr)
        p = self.run_status(1, *self.arguments(folder, "--resume", "--shard", "1/2"))
        self.assertIn(b"the shard", p.stderr)
        self.assertEqual(read(os.path.join(folder, "run.jsonl")), before)

    def test_a_folder_that_goes(self):
        whole = self.whole(200)
        folder = self.folder_of("gone")
        p = self.start(folder)
        self.wait_for_lines(folder, 20, p)
        shutil.rmtree(os.path.join(folder, "out"), ignore_errors=True)
        error = p.communicate(timeout=SECONDS)[1]
        self.assertIn(p.returncode, (0, 4), error)
        self.resume(folder, 200, whole)

    def test_two_runs_of_one_journal(self):
        whole = self.whole(300)
        folder = self.folder_of("both")
        p = self.start(folder)
        self.wait_for_lines(folder, 5, p)
        second = self.run_status(3, *self.arguments(folder, "--resume"))
        self.assertIn(b"another run is writing it", second.stderr)
        third = self.run_status(3, *self.arguments(folder))
        self.assertIn(b"it is there already", third.stderr)
        p.communicate(timeout=SECONDS)
        self.assertEqual(p.returncode, 0)
        self.assertEqual(self.made(folder), whole)
        self.assertEqual(self.done(folder), list(range(1, 301)))
