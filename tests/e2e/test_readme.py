# SPDX-License-Identifier: MIT
"""What README.md and docs/ show is what happens; what they name is there."""
import os
import re
import subprocess

import picture
import readme
from program import PROGRAM, ROOT, SECONDS, Case, environment, write

# Their examples are tested elsewhere: unit/test_style_reference, unit/test_infonote_api.
TESTED = {"layouts.md", "diagnostics.md"}
WIDTH = 100


def pages():
    yield os.path.join(ROOT, "README.md")
    docs = os.path.join(ROOT, "docs")
    for name in sorted(os.listdir(docs)):
        if name.endswith(".md"):
            yield os.path.join(docs, name)


def read_text(path):
    with open(path, encoding="utf-8") as f:
        return f.read()


class Pages(Case):
    def run_block(self, block, status):
        env = environment(PATH=os.path.dirname(PROGRAM) + ":" + os.environ["PATH"])
        listed = readme.commands(block)
        self.assertTrue(listed, block)
        for i, (command, expected) in enumerate(listed):
            p = subprocess.run(["sh", "-c", command], cwd=self.folder, env=env, check=False,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                               timeout=SECONDS)
            actual = p.stdout.decode("utf-8", "replace")
            wanted = int(status or 0) if i == len(listed) - 1 else 0
            self.assertEqual(p.returncode, wanted, f"{command}\n{actual}")
            if expected.strip():
                self.assertTrue(readme.matches(expected, actual),
                                f"{command}\n--- shown\n{expected}\n--- is\n{actual}")

    def check_note(self, block):
        p = self.run_ok("check", self.path("example.yaml", readme.as_note(block)))
        self.assertEqual(p.stderr.decode(), "")

    def check_layout(self, block):
        note = self.path("example.yaml", readme.as_note("lang: en-GB\n"))
        p = self.run_ok("check", "--layout", self.path("layout.yaml", block), note)
        self.assertEqual(p.stderr.decode(), "")

    def check_step(self, kind, argument, block):
        if kind == "file":
            os.makedirs(os.path.dirname(self.path(argument)), exist_ok=True)
            write(self.path(argument), block)
        elif kind == "note":
            self.check_note(block)
        elif kind == "layout":
            self.check_layout(block)
        elif kind == "excerpt":
            whole = read_text(os.path.join(ROOT, argument))
            self.assertTrue(readme.is_excerpt(block, whole), block)
        elif kind == "run":
            self.run_block(block, argument)

    def test_examples_of_the_pages(self):
        ran = 0
        os.symlink(os.path.join(ROOT, "examples"), self.path("examples"))
        for page in pages():
            for kind, argument, block, line in readme.steps(read_text(page)):
                with self.subTest(page=os.path.relpath(page, ROOT), line=line):
                    ran += 1
                    self.check_step(kind, argument, block)
        self.assertGreater(ran, 20)

    def test_every_example_is_marked(self):
        for page in pages():
            for kind, _, _, line in readme.fences(read_text(page)):
                with self.subTest(page=os.path.relpath(page, ROOT), line=line):
                    self.assertTrue(kind or os.path.basename(page) in TESTED)

    def test_links_lead_somewhere(self):
        for page in pages():
            for target in readme.links(read_text(page)):
                with self.subTest(page=os.path.relpath(page, ROOT), target=target):
                    path, _, anchor = target.partition("#")
                    path = os.path.join(os.path.dirname(page), path) if path else page
                    self.assertTrue(os.path.exists(path))
                    if anchor:
                        self.assertIn(anchor, readme.anchors(read_text(path)))

    def test_lines_are_short(self):
        for page in pages():
            for n, line in enumerate(read_text(page).splitlines(), 1):
                if not line.startswith("|") and os.path.basename(page) not in TESTED:
                    self.assertLessEqual(len(line), WIDTH, f"{page}:{n}")

    def test_targets_are_in_the_makefile(self):
        makefile = read_text(os.path.join(ROOT, "Makefile"))
        named = set()
        for page in pages():
            named |= set(re.findall(r"(?:^|`|sudo )make ([a-z]+)", read_text(page), re.M))
        self.assertLessEqual({"demo", "test"}, named)
        for target in named:
            self.assertRegex(makefile, r"(?m)^%s:" % target)


class Picture(Case):
    def test_it_shows_the_first_page_of_the_example(self):
        new, old = picture.rendered(), picture.kept()
        self.assertEqual((new.width, new.height), (old.width, old.height))
        self.assertLess(picture.difference(new, old), 0.002,
                        "the page changed; look, then: tests/e2e/picture.py --write")

    def test_it_is_small(self):
        self.assertLess(os.path.getsize(picture.FILE), 100000)


class Manual(Case):
    """docs/infonote.1 and --help name the same commands and options."""

    def setUp(self):
        super().setUp()
        self.manual = read_text(os.path.join(ROOT, "docs/infonote.1"))
        overview = self.run_ok("--help").stdout.decode()
        listed = overview.split("commands:\n")[1].split("\n\n")[0]
        self.commands = re.findall(r"^  ([a-z]+)", listed, re.M)
        self.options = {c: set(re.findall(r"--([a-z]+)", self.run_ok("help", c)
                                          .stdout.decode().split("options:\n")[1]))
                        for c in self.commands}

    def synopsis(self, command):
        text = self.manual.split(".Sh SYNOPSIS\n")[1].split(".Sh ")[0]
        return re.search(r"^\.Cm %s\n(.*?)(?=^\.Nm|\Z)" % command, text, re.M | re.S)

    def test_commands(self):
        described = re.findall(r"^\.It Cm ([a-z]+)$", self.manual, re.M)
        self.assertEqual(sorted(described), sorted(self.commands))

    def test_options(self):
        described = set(re.findall(r"^\.It (?:.* , )?Fl -([a-z]+)", self.manual, re.M))
        self.assertEqual(described, set().union(*self.options.values()) | {"version"})

    def test_options_of_each_command(self):
        letters = {"o": "output", "q": "quiet", "v": "verbose"}
        for command in self.commands:
            with self.subTest(command=command):
                found = self.synopsis(command)
                self.assertIsNotNone(found)
                shown = set(re.findall(r"Fl -([a-z]+)", found.group(1)))
                for word in re.findall(r"Fl ([a-z]+)", found.group(1)):
                    shown |= {letters[letter] for letter in word}
                self.assertEqual(shown, self.options[command] - {"help"})

    def test_library(self):
        header = read_text(os.path.join(ROOT, "include/infonote.h"))
        manual = read_text(os.path.join(ROOT, "docs/infonote.3"))
        for name in set(re.findall(r"\b(infonote_\w+)\(", header)):
            with self.subTest(name=name):
                self.assertRegex(manual, r"\.(Nm|Fn|Fo) %s\b" % name)
        fields = set()
        for body in re.findall(r"typedef struct \w+ \{(.*?)\n\}", header, re.S):
            body = re.sub(r"/\*.*?\*/", "", body, flags=re.S)
            fields |= set(re.findall(r"(\w+);", body))
        self.assertIn("embed_source", fields)
        for name in fields:
            with self.subTest(field=name):
                self.assertRegex(manual, r"\.(It )?Fa (.*, )?%s\b" % name)
        code = re.sub(r"/\*.*?\*/|^#.*?$", "", header, flags=re.S | re.M)
        for name in set(re.findall(r"\bINFONOTE_\w+(?= ?[,=\n}])", code)):
            with self.subTest(constant=name):
                self.assertIn(".Dv " + name, manual)


class Program(Case):
    def test_the_library_in_a_program(self):
        program = os.path.join(os.path.dirname(PROGRAM), "examples", "embed")
        if not os.path.exists(program):
            self.skipTest("`make examples` builds examples/embed.c")
        p = subprocess.run([program], cwd=self.folder, env=environment(), check=False,
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=SECONDS)
        self.assertEqual((p.returncode, p.stdout, p.stderr), (0, b"", b""))
        with open(self.path("hello.pdf"), "rb") as f:
            self.assertTrue(f.read().startswith(b"%PDF-"))
