# SPDX-License-Identifier: MIT
"""The same note gives the same bytes, wherever and whenever."""
import os
import shutil
import subprocess

from program import NOTE, PROGRAM, ROOT, Case, environment, examples, once, read, run, tool


FIRST = os.environ.get("INFONOTE_FIRST")  # a program that was judged before


class SameBytes(Case):
    def setUp(self):
        super().setUp()
        self.expected = read(self.render(NOTE, "expected.pdf"))
        self.assertTrue(self.expected.startswith(b"%PDF-"))

    def same(self, **options):
        self.assertEqual(read(self.render(NOTE, **options)), self.expected)

    def test_twice(self):
        self.same()

    def test_every_example_twice(self):
        for note in examples():
            with self.subTest(note=os.path.basename(note)):
                self.assertEqual(read(self.render(note, "1.pdf")),
                                 read(self.render(note, "2.pdf")))

    def test_the_first_runs_bytes(self):
        """A build for sanitizers, a locale with commas: what was judged holds of these."""
        for note in examples() if FIRST else []:
            with self.subTest(note=os.path.basename(note)):
                subprocess.run([FIRST, "render", note, "-o", self.path("1.pdf")], check=True,
                               env=environment(LD_PRELOAD=None, LC_ALL="C.UTF-8"))
                self.assertEqual(read(self.render(note, "2.pdf")), read(self.path("1.pdf")))

    def test_elsewhere(self):
        self.same(cwd="/")

    def test_by_another_path(self):
        copy = self.path("copy.yaml", read(NOTE))
        self.assertEqual(read(self.render(copy)), self.expected)

    def test_relative(self):
        shutil.copy(NOTE, self.path("n.yaml"))
        self.run_ok("render", "n.yaml", "-o", "n.pdf", cwd=self.folder)
        self.assertEqual(read(self.path("n.pdf")), self.expected)

    def test_in_other_zones_and_languages(self):
        for change in ({"TZ": "Pacific/Kiritimati"}, {"LANG": "tr_TR.UTF-8"},
                       {"LC_ALL": "de_DE.UTF-8"}, {"LC_ALL": "C", "LANG": None},
                       {"USER": "x", "LOGNAME": "x", "HOSTNAME": "x"},
                       {"COLUMNS": "20", "TERM": "dumb"}, {"TMPDIR": "/nowhere"}):
            with self.subTest(**change):
                self.same(env=environment(**change))

    def test_under_another_umask(self):
        self.same(preexec_fn=lambda: os.umask(0o077))

    def test_in_another_year(self):
        tool("faketime")
        out = self.path("later.pdf")
        p = subprocess.run(["faketime", "2031-07-01 12:00:00", PROGRAM, "render", NOTE,
                            "-o", out], env=environment(), stderr=subprocess.PIPE,
                           check=False)
        if b"runtime does not come first" in p.stderr:
            self.skipTest("a sanitizer and faketime do not get along")
        self.assertEqual(p.returncode, 0, p.stderr)
        self.assertEqual(read(out), self.expected)

    def test_on_standard_output(self):
        self.assertEqual(self.run_ok("render", NOTE, "-o", "-").stdout, self.expected)

    def test_from_standard_input(self):
        with open(NOTE, "rb") as f:
            p = self.run_ok("render", "-", "-o", "-", stdin=f)
        self.assertEqual(p.stdout, self.expected)

    def test_over_an_old_file(self):
        self.path("out.pdf", b"x" * 100000)
        self.same()

    def test_dumps_too(self):
        for stage in ("yaml", "note", "tree", "pages"):
            first = self.run_ok("dump", "--stage", stage, NOTE).stdout
            again = self.run_ok("dump", "--stage", stage, NOTE, env=environment(TZ="Asia/Tokyo"))
            self.assertEqual(first, again.stdout)
            self.assertTrue(first)

    def test_the_epoch_is_followed(self):
        one = read(self.render(NOTE, env=environment(SOURCE_DATE_EPOCH="1000000000")))
        two = read(self.render(NOTE, env=environment(SOURCE_DATE_EPOCH="1000000000")))
        self.assertEqual(one, two)

    @once
    def test_a_thousand_in_one_engine(self):
        program = os.path.join(os.path.dirname(PROGRAM), "unit", "test_engine_warm")
        if not os.path.exists(program):
            self.skipTest("test_engine_warm is not built")
        p = subprocess.run([program], env=environment(INFONOTE_NOTES="1000"), cwd=ROOT,
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        self.assertEqual(p.returncode, 0, p.stdout)

    def test_a_wrong_epoch_is_no_date(self):
        for wrong in ("abc", "-1", "1e9", "123abc", "9" * 30):
            with self.subTest(epoch=wrong):
                p = run("render", NOTE, "-o", "-",
                        env=environment(SOURCE_DATE_EPOCH=wrong))
                self.assertIn(p.returncode, (0, 2))
                if p.returncode == 0:
                    self.assertEqual(p.stdout, self.expected)
