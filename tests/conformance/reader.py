# SPDX-License-Identifier: MIT
"""pdf.js as a second reader: what it says of a page, walking the structure tree.

It comes from the registry of npm into the build's folder, once; where Node.js or npm or
that registry is missing, nobody reads, and that is told. Poppler, the other reader, is
asked for whole files; its words stand in `pdfinfo -struct-text`."""
import json
import os
import re
import shutil
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PDFJS, VERSION = "pdfjs-dist", "4.2.67"
SECONDS = 1200


class Missing(Exception):
    pass


def install(folder):
    """The folder of pdf.js, inside `folder`."""
    for program in ("node", "npm"):
        if not shutil.which(program):
            raise Missing(f"{program} is not installed")
    home = os.path.join(os.path.abspath(folder), f"{PDFJS}-{VERSION}")
    path = os.path.join(home, "node_modules", PDFJS)
    if os.path.exists(os.path.join(path, "package.json")):
        return path
    os.makedirs(home, exist_ok=True)
    p = subprocess.run(["npm", "install", "--no-save", "--no-package-lock", "--no-audit",
                        "--no-fund", "--omit=optional", "--ignore-scripts", "--prefix", home,
                        f"{PDFJS}@{VERSION}"], stdin=subprocess.DEVNULL,
                       stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
                       timeout=SECONDS)
    if p.returncode != 0 or not os.path.exists(path):
        raise Missing(f"npm does not give {PDFJS}")
    return path


class Reading:
    """pdf.js at work on many files, beside us. It reads and writes files, not pipes: a
    process that is forked meanwhile would hold a pipe open, and neither end would learn
    that the other is done."""

    def __init__(self, pdfjs, paths):
        self.files = [tempfile.TemporaryFile() for _ in range(3)]
        asked, said, remarks = self.files
        asked.write("".join(f"{path}\n" for path in paths).encode())
        asked.seek(0)
        self.process = subprocess.Popen(
            ["node", os.path.join(HERE, "reader.mjs"), pdfjs], stdin=asked, stdout=said,
            stderr=remarks)

    def result(self):
        """{path: the text of each page, or why there is none}"""
        try:
            failed = self.process.wait(SECONDS) != 0
        except subprocess.TimeoutExpired:
            self.process.kill()
            failed = self.process.wait() != 0
        texts = []
        for f in self.files[1:]:
            f.seek(0)
            texts.append(f.read().decode("utf-8", "replace"))
        found = {}
        for line in texts[0].split("\n"):
            if line.startswith("{"):  # all else are remarks on what it cannot draw
                about = json.loads(line)
                found[about["path"]] = about.get("pages", about.get("error"))
        if failed:
            print(texts[1][-2000:])
        return found


def read_all(pdfjs, paths):
    return Reading(pdfjs, paths).result()


def has_poppler():
    return bool(shutil.which("pdfinfo"))


def read_by_poppler(pdf):
    p = subprocess.run(["pdfinfo", "-struct-text", pdf], stdout=subprocess.PIPE,
                       stderr=subprocess.PIPE, check=False, timeout=SECONDS)
    text = p.stdout.decode("utf-8", "replace")
    return "".join(re.findall(r'^ *"(.*)"$', text, re.M))
