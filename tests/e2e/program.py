# SPDX-License-Identifier: MIT
"""The program as a user's shell sees it, and the tools that judge what it writes."""
import os
import re
import shutil
import subprocess
import tempfile
import unittest

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../.."))
PROGRAM = os.path.abspath(os.environ.get("INFONOTE", os.path.join(ROOT, "build/infonote")))
EXAMPLES = os.path.join(ROOT, "examples")
NOTE = os.path.join(EXAMPLES, "information-note.yaml")
SECONDS = 120

# The tests run again in another locale and under the sanitizers; this says where, or "".
AGAIN = os.environ.get("INFONOTE_SUITE", "").split(" ")[0]
AGAIN = AGAIN if AGAIN in ("locale", "asan") else ""

# A small note without anything that needs more than the default layout.
SMALL = """layout: information-note
lang: en-GB
title: A small note
sections:
  - heading: One
    body: |
      Some words, *and* some more.
"""


def once(test):
    """Marks what is left out when all runs again: what other programs say of files that
    test_same proves to be the same then, and what ends at the same limit of time."""
    test.once = True
    return test


def sparse(items, step=5):
    """All of them; where a run costs ten times as much, each fifth."""
    return list(items)[::step if AGAIN == "asan" else 1]


def environment(**changes):
    env = {k: v for k, v in os.environ.items()
           if k not in ("SOURCE_DATE_EPOCH", "LD_PRELOAD")}
    if env.get("INFONOTE_PRELOAD"):
        env["LD_PRELOAD"] = env["INFONOTE_PRELOAD"]
    for name, value in changes.items():
        if value is None:
            env.pop(name, None)
        else:
            env[name] = value
    return env


def run(*arguments, env=None, **options):
    """The finished process, with bytes in stdout and stderr."""
    options.setdefault("stdin", None if "input" in options else subprocess.DEVNULL)
    if options["stdin"] is None:
        del options["stdin"]
    options.setdefault("stdout", subprocess.PIPE)
    options.setdefault("stderr", subprocess.PIPE)
    return subprocess.run([PROGRAM, *arguments], env=env or environment(), check=False,
                          timeout=SECONDS, **options)


def examples():
    """The notes of examples/: files that have a `title:` at their top."""
    found = []
    for name in sorted(os.listdir(EXAMPLES)) if os.path.isdir(EXAMPLES) else []:
        path = os.path.join(EXAMPLES, name)
        if name.endswith(".yaml"):
            with open(path, encoding="utf-8") as f:
                if re.search(r"^title:", f.read(), re.M):
                    found.append(path)
    return found


def tool(name):
    if not shutil.which(name):
        raise unittest.SkipTest(f"{name} is not installed")
    return name


def output_of(*command, **options):
    p = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
                       timeout=SECONDS, env=environment(LD_PRELOAD=None, LC_ALL="C.UTF-8"),
                       **options)
    return p.returncode, p.stdout.decode("utf-8", "replace"), p.stderr.decode(
        "utf-8", "replace")


def read(path):
    with open(path, "rb") as f:
        return f.read()


def write(path, text):
    with open(path, "wb") as f:
        f.write(text if isinstance(text, bytes) else text.encode("utf-8"))


class Case(unittest.TestCase):
    """A test with a folder of its own, and what every run must satisfy."""

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="infonote-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def path(self, name, text=None):
        path = os.path.join(self.folder, name)
        if text is not None:
            write(path, text)
        return path

    def run_ok(self, *arguments, **options):
        p = run(*arguments, **options)
        self.assertEqual(p.returncode, 0, (p.stderr or b"").decode("utf-8", "replace"))
        return p

    def run_status(self, status, *arguments, **options):
        p = run(*arguments, **options)
        text = (p.stderr or b"").decode("utf-8", "replace")
        self.assertEqual(p.returncode, status, text)
        self.assertNotIn("Sanitizer", text)
        return p

    def render(self, note, name="out.pdf", **options):
        out = self.path(name)
        self.run_ok("render", note, "-o", out, **options)
        return out
