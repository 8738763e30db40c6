# SPDX-License-Identifier: MIT
"""When writing fails: the old file is as it was, nothing is left behind, status 3."""
import os
import resource
import signal
import stat

from program import NOTE, SMALL, Case, read, run

OLD = b"the old file"


class Failures(Case):
    def setUp(self):
        super().setUp()
        self.note = self.path("n.yaml", SMALL)
        self.old = self.path("old.pdf", OLD)
        self.before = sorted(os.listdir(self.folder))

    def unchanged(self):
        self.assertEqual(read(self.old), OLD)
        self.assertEqual(sorted(os.listdir(self.folder)), self.before)

    def test_an_error_in_the_note(self):
        self.path("n.yaml", SMALL + "titel: twice\n")
        self.run_status(1, "render", self.note, "-o", self.old)
        self.unchanged()

    def test_a_folder_in_the_files_place(self):
        os.mkdir(self.path("dir"))
        self.before.append("dir")
        self.before.sort()
        p = self.run_status(3, "render", self.note, "-o", self.path("dir"))
        self.assertIn(b"dir", p.stderr)
        self.unchanged()

    def test_a_folder_that_is_not_there(self):
        self.run_status(3, "render", self.note, "-o", self.path("no/x.pdf"))
        self.unchanged()

    def test_a_file_in_the_folders_place(self):
        self.run_status(3, "render", self.note, "-o", self.path("old.pdf/x.pdf"))
        self.unchanged()

    def test_a_file_system_that_takes_nothing(self):
        for place in ("/proc", "/sys"):
            if os.path.ismount(place):
                self.run_status(3, "render", self.note, "-o", place + "/infonote.pdf")

    def test_a_folder_that_may_not_be_written(self):
        if os.geteuid() == 0:
            self.skipTest("root may write everywhere")
        os.chmod(self.folder, 0o555)
        self.run_status(3, "render", self.note, "-o", self.old)
        os.chmod(self.folder, 0o755)
        self.unchanged()

    def test_a_name_that_is_too_long(self):
        self.run_status(3, "render", self.note, "-o", self.path("n" * 300))
        self.unchanged()

    def test_a_full_disk(self):
        self.run_status(3, "render", self.note, "-o", "/dev/full")
        self.assertTrue(stat.S_ISCHR(os.stat("/dev/full").st_mode))

    def test_a_file_that_may_not_grow(self):
        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
            hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
            resource.setrlimit(resource.RLIMIT_FSIZE, (2000, hard))
        p = run("render", NOTE, "-o", self.old, preexec_fn=limit)
        self.assertEqual(p.returncode, 3, p.stderr)
        self.unchanged()

    def test_the_note_is_not_overwritten(self):
        before = read(self.note)
        p = run("render", self.note, "-o", self.note)
        self.assertNotEqual(p.returncode, 0)
        os.symlink("n.yaml", self.path("link.pdf"))
        p = run("render", self.note, "-o", self.path("link.pdf"))
        self.assertNotEqual(p.returncode, 0)
        self.assertEqual(read(self.note), before)

    def test_dev_null_stays(self):
        before = os.stat("/dev/null")
        self.run_ok("render", self.note, "-o", "/dev/null")
        self.assertEqual(os.stat("/dev/null").st_ino, before.st_ino)

    def test_the_mode_stays(self):
        os.chmod(self.old, 0o604)
        self.run_ok("render", self.note, "-o", self.old)
        self.assertEqual(stat.S_IMODE(os.stat(self.old).st_mode), 0o604)

    def test_little_memory(self):
        """Without memory: status 3, one line, nothing written."""
        def limit():
            resource.setrlimit(resource.RLIMIT_AS, (48 << 20, 48 << 20))
        long = SMALL + "".join(f"  - heading: h{i}\n    body: |\n      " +
                               "word " * 2000 + "\n" for i in range(800))
        self.path("n.yaml", long)
        p = run("render", self.note, "-o", self.old, preexec_fn=limit)
        if b"Sanitizer" in p.stderr or b"shadow memory" in p.stderr:
            self.skipTest("a sanitizer needs its memory")
        if p.returncode == 127 or b"shared libraries" in p.stderr:
            self.skipTest("too little to start at all")
        if p.returncode != 0:
            self.assertEqual(p.returncode, 3, p.stderr)
            self.assertIn(b"memory", p.stderr)
            self.unchanged()
