# SPDX-License-Identifier: MIT
"""Bulk runs into an archive: in the order of the records, whole or not at all."""
import io
import os
import signal
import subprocess
import tarfile
import time

from program import PROGRAM, Case, environment, read, run

TEMPLATE = """layout: information-note
lang: en-GB
title: Note {{id}}
body: "{{{text}}}"
"""


def rows(n, bad=()):
    return "id,text\n" + "".join(
        "%d,%s\n" % (i, "[](#none)" if i in bad else "word " * (i % 7 * 40 + 1))
        for i in range(1, n + 1))


class Tar(Case):
    def setUp(self):
        super().setUp()
        self.template = self.path("t.yaml", TEMPLATE)

    def arguments(self, tar, *more, names="a/{{id}}.pdf"):
        return ["bulk", self.template, "--data", self.path("p.csv"), "-o", names, "--tar", tar,
                *more]

    def members(self, tar):
        with tarfile.open(fileobj=io.BytesIO(tar)) as f:
            return [(m.name, m.mtime, m.mode, f.extractfile(m).read()) for m in f]

    def test_the_same_with_any_number_of_workers(self):
        self.path("p.csv", rows(150))
        for j in ("1", "5"):
            self.run_ok(*self.arguments(self.path(f"{j}.tar"), "-j", j))
        tar = read(self.path("1.tar"))
        self.assertEqual(tar, read(self.path("5.tar")))
        members = self.members(tar)
        self.assertEqual([m[0] for m in members], [f"a/{i}.pdf" for i in range(1, 151)])
        self.assertEqual({m[1:3] for m in members}, {(0, 0o644)})
        self.run_ok("bulk", self.template, "--data", self.path("p.csv"), "-o",
                    self.path("{{id}}.pdf"))
        for name, _, _, pdf in members:
            self.assertEqual(pdf, read(self.path(os.path.basename(name))))
        self.assertFalse(os.path.exists(self.path("a")))

    def test_what_failed_is_left_out(self):
        self.path("p.csv", rows(20, bad=(1, 7, 20)))
        p = self.run_status(4, *self.arguments("-"))
        names = [m[0] for m in self.members(p.stdout)]
        self.assertEqual(names, [f"a/{i}.pdf" for i in range(1, 21) if i not in (1, 7, 20)])

    def test_names_that_tar_lacks_room_for(self):
        self.path("p.csv", rows(1))
        name = "Zürich/" + "n" * 120 + "/" + "m" * 200 + "-{{id}}.pdf"
        p = self.run_ok(*self.arguments("-", names=name))
        self.assertEqual(self.members(p.stdout)[0][0], name.replace("{{id}}", "1"))

    def test_dates(self):
        self.path("p.csv", rows(1))
        p = self.run_ok(*self.arguments("-"), env=environment(SOURCE_DATE_EPOCH="86400"))
        self.assertEqual(self.members(p.stdout)[0][1], 86400)

    def test_no_room(self):
        self.path("p.csv", rows(20))
        with open("/dev/full", "wb") as full:
            p = run(*self.arguments("-"), stdout=full)
        self.assertEqual(p.returncode, 3)
        self.assertIn(b"nothing more can be written", p.stderr)

    def test_an_interrupted_run_leaves_what_was_there(self):
        self.path("p.csv", rows(20000))
        tar = self.path("x.tar", "before")
        p = subprocess.Popen([PROGRAM, *self.arguments(tar)], stderr=subprocess.DEVNULL,
                             env=environment())
        until = time.monotonic() + 20
        while not os.path.exists(tar + ".part") and time.monotonic() < until:
            time.sleep(0.02)
        p.send_signal(signal.SIGINT)
        self.assertEqual(p.wait(60), 130)
        self.assertEqual(read(tar), b"before")
        self.assertFalse(os.path.exists(tar + ".part"))

    def test_wrong_use(self):
        self.path("p.csv", rows(2))
        for more in (["--resume", "--report", "r"], ["--format", "json"]):
            self.run_status(2, *self.arguments("-", *more))
        p = self.run_status(3, *self.arguments(self.path("no/such/folder.tar")))
        self.assertIn(b"cannot write", p.stderr)
        self.run_status(2, *self.arguments(self.path("p.csv")))
