# SPDX-License-Identifier: MIT
"""What README.md and docs/ show is what happens."""
import os
import subprocess

import readme
from program import PROGRAM, ROOT, SECONDS, Case, environment, write


def pages():
    yield os.path.join(ROOT, "README.md")
    docs = os.path.join(ROOT, "docs")
    for name in sorted(os.listdir(docs)) if os.path.isdir(docs) else []:
        if name.endswith(".md"):
            yield os.path.join(docs, name)


class Pages(Case):
    def run_block(self, block, status):
        env = environment(PATH=os.path.dirname(PROGRAM) + ":" + os.environ["PATH"])
        listed = readme.commands(block)
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

    def test_examples_of_the_pages(self):
        ran = 0
        os.symlink(os.path.join(ROOT, "examples"), self.path("examples"))
        for page in pages():
            if not os.path.exists(page):
                continue
            with open(page, encoding="utf-8") as f:
                listed = readme.steps(f.read())
            for kind, argument, block, line in listed:
                with self.subTest(page=os.path.relpath(page, ROOT), line=line):
                    ran += 1
                    if kind == "file":
                        write(self.path(argument), block)
                    else:
                        self.run_block(block, argument)
        if not ran:
            self.skipTest("no page has marked examples")
