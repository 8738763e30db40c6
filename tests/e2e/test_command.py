# SPDX-License-Identifier: MIT
"""Commands, options, exit statuses; what goes to which stream."""
import json
import os
import pty
import re
import subprocess

from program import EXAMPLES, NOTE, PROGRAM, ROOT, SMALL, Case, environment, read, run


class Usage(Case):
    def test_help(self):
        for arguments in (["--help"], ["help"], ["render", "--help"]):
            p = self.run_ok(*arguments)
            self.assertIn(b"infonote", p.stdout)
            self.assertEqual(p.stderr, b"")

    def test_version(self):
        with open(os.path.join(ROOT, "include/infonote.h"), encoding="utf-8") as f:
            version = re.search(r'INFONOTE_VERSION "(.*)"', f.read()).group(1)
        for argument in ("version", "--version"):
            self.assertIn(version, self.run_ok(argument).stdout.decode())

    def test_wrong_use(self):
        for arguments in ([], ["render"], ["render", NOTE, "--no-such-option"],
                          ["check"], ["check", NOTE, "--format", "telex"],
                          ["dump", NOTE, "--stage", "stage"], ["dump", NOTE],
                          ["render", NOTE, "-o"], ["render", NOTE, NOTE],
                          ["schema"], ["schema", "novel"]):
            with self.subTest(arguments=arguments):
                p = self.run_status(2, *arguments, cwd=self.folder)
                self.assertEqual(p.stdout, b"")
                self.assertTrue(p.stderr.startswith(b"infonote: "), p.stderr)
        self.assertEqual(os.listdir(self.folder), [])

    def test_an_unknown_command_is_suggested(self):
        p = run("rendr", NOTE, cwd=self.folder)
        self.assertEqual(p.returncode, 2)
        self.assertIn(b"render", p.stderr)


class Render(Case):
    def test_beside_the_note(self):
        note = self.path("a.b.yaml", SMALL)
        p = self.run_ok(note)
        self.assertEqual(sorted(os.listdir(self.folder)), ["a.b.pdf", "a.b.yaml"])
        self.assertEqual(p.stdout, b"")

    def test_the_first_word_may_be_left_out(self):
        note = self.path("n.yaml", SMALL)
        self.run_ok(note, "-o", self.path("1.pdf"))
        self.run_ok("render", note, "-o", self.path("2.pdf"))
        self.assertEqual(read(self.path("1.pdf")), read(self.path("2.pdf")))

    def test_names_that_look_like_options(self):
        self.path("-n.yaml", SMALL)
        self.run_ok("render", "-o", "x.pdf", "--", "-n.yaml", cwd=self.folder)
        self.assertTrue(os.path.exists(self.path("x.pdf")))

    def test_a_terminal_gets_no_pdf(self):
        try:
            leader, follower = pty.openpty()
        except OSError as why:
            self.skipTest(f"no terminals here: {why}")
        p = run("render", NOTE, "-o", "-", stdout=follower)
        os.close(follower)
        os.set_blocking(leader, False)
        try:
            shown = os.read(leader, 100)
        except OSError:
            shown = b""
        os.close(leader)
        self.assertEqual(p.returncode, 2)
        self.assertEqual(shown, b"")

    def test_a_layouts_file_counts_from_here(self):
        for folder in ("here", "there"):
            os.mkdir(self.path(folder))
        note = self.path("there/n.yaml", SMALL)
        self.path("here/l.yaml", "extends: base\n")
        for name in ("l.yaml", "./l.yaml"):
            self.run_ok("check", note, "--layout", name, cwd=self.path("here"))
            self.run_status(1, "check", note, "--layout", name, cwd=self.path("there"))

    def test_a_layout_by_option(self):
        note = self.path("n.yaml", SMALL)
        self.run_ok("render", note, "--layout", "information-note", "-o", self.path("x"))
        p = self.run_status(1, "render", note, "--layout", "no-such-layout", "-o",
                            self.path("y"))
        self.assertIn(b"no-such-layout", p.stderr)
        self.assertFalse(os.path.exists(self.path("y")))


class Root(Case):
    """Files that a note names are below its folder, or below that of --root."""

    def setUp(self):
        super().setUp()
        for folder in ("all/notes", "all/shared", "else"):
            os.makedirs(self.path(folder))
        picture = read(os.path.join(EXAMPLES, "walk.png"))
        for name in ("all/shared/p.png", "else/p.png"):
            self.path(name, picture)
        self.path("all/shared/l.yaml", "extends: information-note\n")

    def check(self, status, file, *arguments, layout="information-note"):
        note = self.path("all/notes/n.yaml", f"title: T\nlayout: {layout}\nbody:\n"
                         f"  - image: {{file: {file}, alt: A walk, width: 2cm}}\n")
        p = self.run_status(status, "check", note, *arguments)
        if status:
            self.assertIn(b"[outside-root]", p.stderr)

    def test_wider(self):
        for file in ("../shared/p.png", self.path("all/shared/p.png")):
            self.check(1, file)
            self.check(1, file, "--root", self.path("all/notes"))
            self.check(0, file, "--root", self.path("all"))
            self.check(0, file, "--root", "/")

    def test_a_layout(self):
        picture, layout = "../shared/p.png", "../shared/l.yaml"
        self.check(1, picture, layout=layout)
        self.check(0, picture, "--root", self.path("all"), layout=layout)

    def test_still_outside(self):
        os.symlink(self.path("else"), self.path("all/shared/link"))
        for file in ("../../else/p.png", "../shared/link/p.png", "/etc/hostname",
                     "../../else/no-such-file.png"):
            self.check(1, file, "--root", self.path("all"))


class Check(Case):
    WRONG = "titel: Nothing\nlang: en-GB\nsections:\n  - headin: x\n    body: 1\n"

    def test_nothing_to_say(self):
        p = self.run_ok("check", NOTE)
        self.assertEqual((p.stdout, p.stderr), (b"", b""))

    def test_a_layout_is_told_once(self):
        self.path("l.yaml", "extends: information-note\npage: {size: A4, colour: red}\n")
        notes = [self.path(f"{name}.yaml",
                           SMALL.replace("layout: information-note", "layout: l.yaml"))
                 for name in "abc"]
        p = self.run_status(1, "check", *notes)
        self.assertEqual(p.stderr.count(b"`colour`"), 1, p.stderr.decode())
        p = self.run_status(1, "check", "--format", "json", *notes)
        self.assertEqual(len(json.loads(p.stdout)["reports"]), 1)

    def test_every_problem_in_one_run(self):
        note = self.path("wrong.yaml", self.WRONG)
        p = self.run_status(1, "check", note)
        text = (p.stdout + p.stderr).decode()
        self.assertIn(f"{note}:1:1: error", text)
        self.assertIn(f"{note}:4:5: error", text)
        self.assertIn("did you mean `title`?", text)
        self.assertIn("did you mean `heading`?", text)
        self.assertEqual(os.listdir(self.folder), ["wrong.yaml"])

    def test_several_notes(self):
        wrong = self.path("wrong.yaml", self.WRONG)
        self.run_status(1, "check", NOTE, wrong, NOTE)

    def test_json_is_json(self):
        wrong = self.path("wrong.yaml", self.WRONG)
        for note, status in ((NOTE, 0), (wrong, 1)):
            p = self.run_status(status, "check", "--format", "json", note)
            for line in p.stdout.decode().splitlines():
                if line.strip():
                    break
            else:
                self.fail("nothing on standard output")
            try:
                json.loads(p.stdout)
            except ValueError:
                for line in p.stdout.decode().splitlines():
                    json.loads(line)

    def test_sarif_is_sarif(self):
        wrong = self.path("wrong.yaml", self.WRONG)
        p = self.run_status(1, "check", "--format", "sarif", wrong)
        sarif = json.loads(p.stdout)
        self.assertEqual(sarif["version"], "2.1.0")
        results = sarif["runs"][0]["results"]
        self.assertGreaterEqual(len(results), 2)
        regions = [r["locations"][0]["physicalLocation"]["region"] for r in results]
        self.assertIn(1, [r["startLine"] for r in regions])

    def test_no_colour_in_a_file(self):
        wrong = self.path("wrong.yaml", self.WRONG)
        p = self.run_status(1, "check", wrong, env=environment(NO_COLOR=None))
        self.assertNotIn(b"\x1b", p.stdout + p.stderr)

    def test_every_slip_in_a_top_key_is_found_where_it_is(self):
        lines = read(NOTE).decode().split("\n")
        keys = [(i, m.group(1)) for i, line in enumerate(lines)
                if (m := re.match(r"([a-z-]{4,}):", line))]
        self.assertGreaterEqual(len(keys), 3)
        for i, key in keys:
            for slip in (key[1:], key + "x", key[:1] + key[2:], "x" + key[1:],
                         key[:2] + key[3] + key[2] + key[4:]):
                changed = lines[:]
                changed[i] = slip + lines[i][len(key):]
                note = self.path("slip.yaml", "\n".join(changed))
                if slip == key:
                    continue
                with self.subTest(slip=slip):
                    p = self.run_status(1, "check", note)
                    text = (p.stdout + p.stderr).decode()
                    self.assertIn(f"{note}:{i + 1}:1: error", text)
                    self.assertIn(f"did you mean `{key}`?", text)


class Lists(Case):
    def test_layouts(self):
        self.assertIn(b"information-note", self.run_ok("layouts").stdout)

    def test_fonts(self):
        self.assertTrue(self.run_ok("fonts").stdout.strip())

    def test_schemas(self):
        for kind in ("note", "layout"):
            schema = json.loads(self.run_ok("schema", kind).stdout)
            self.assertIn("properties", json.dumps(schema))

    def test_dumps(self):
        for stage in ("yaml", "note", "tree", "pages"):
            p = self.run_ok("dump", "--stage", stage, NOTE)
            self.assertGreater(len(p.stdout), 500)
            self.assertEqual(p.stderr, b"")


class Streams(Case):
    def test_closed_streams(self):
        """A stream closed from the start must not become the output file."""
        note = self.path("n.yaml", SMALL)
        out = self.path("n.pdf")
        for closed in ("<&-", ">&-", "2>&-", "<&- >&- 2>&-"):
            with self.subTest(closed=closed):
                p = subprocess.run(["sh", "-c", f'exec "$0" render "$1" -o "$2" {closed}',
                                    PROGRAM, note, out], env=environment(), check=False)
                self.assertEqual(p.returncode, 0)
                self.assertTrue(read(out).startswith(b"%PDF-"))

    def test_a_reader_that_leaves(self):
        reader, writer = os.pipe()
        os.close(reader)
        p = run("render", NOTE, "-o", "-", stdout=writer)
        os.close(writer)
        self.assertEqual(p.returncode, 3)
        self.assertLessEqual(p.stderr.count(b"\n"), 2, p.stderr)

    def test_a_full_disk_behind_standard_output(self):
        with open("/dev/full", "wb") as full:
            p = run("render", NOTE, "-o", "-", stdout=full)
            self.assertEqual(p.returncode, 3, p.stderr)
            p = run("dump", "--stage", "pages", NOTE, stdout=full)
            self.assertEqual(p.returncode, 3, p.stderr)
            p = run("--help", stdout=full)
            self.assertEqual(p.returncode, 3, p.stderr)

    def test_errors_leave_standard_output_empty(self):
        note = self.path("w.yaml", Check.WRONG)
        p = self.run_status(1, "render", note, "-o", "-")
        self.assertEqual(p.stdout, b"")
        self.assertTrue(p.stderr)

    def test_standard_input_has_a_name(self):
        p = self.run_status(1, "check", "-", input=Check.WRONG.encode())
        self.assertIn(b"<stdin>:1:1: error", p.stdout + p.stderr)


class InputFiles(Case):
    def test_what_cannot_be_read(self):
        os.mkfifo(self.path("pipe"))
        os.mkdir(self.path("dir"))
        for name in (self.path("none.yaml"), self.path("dir"), self.path("pipe"),
                     "/dev/zero", self.path("none/none.yaml")):
            with self.subTest(name=name):
                p = self.run_status(3, "render", name, "-o", self.path("x.pdf"))
                self.assertIn(os.path.basename(name).encode(), p.stderr)
                self.assertFalse(os.path.exists(self.path("x.pdf")))

    def test_what_is_no_note(self):
        for text in (b"", b"# nothing\n", b"---\n", b"just text\n", b"- a list\n",
                     b"\xff\xfe\x00", b"title: \x01\n", b"title: [\n", b"\ttitle: x\n",
                     b"title: a\ntitle: b\n", b"title: *nobody\n",
                     b"a: &a [*a]\n", b"title: a\n---\ntitle: b\n",
                     b"title: !!python/object/apply:os.system [id]\n"):
            with self.subTest(text=text):
                note = self.path("n.yaml", text)
                p = self.run_status(1, "render", note, "-o", self.path("x.pdf"))
                self.assertIn(b"n.yaml", p.stderr)
                self.assertFalse(os.path.exists(self.path("x.pdf")))

    def test_bombs_are_refused_soon(self):
        aliases = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
            f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 10))
        for text in (aliases, "[" * 100000, "{a: " * 100000, "- " * 20000,
                     "title: " + "x" * (17 << 20)):
            with self.subTest(text=text[:20]):
                note = self.path("bomb.yaml", text)
                self.run_status(1, "check", note)

    def test_windows_files_are_read(self):
        plain = self.path("plain.yaml", SMALL)
        marked = self.path("marked.yaml", "\ufeff" + SMALL)
        returns = self.path("returns.yaml", SMALL.replace("\n", "\r\n"))
        expected = read(self.render(plain))
        self.assertEqual(read(self.render(marked)), expected)
        self.assertEqual(read(self.render(returns)), expected)
