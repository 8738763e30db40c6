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


def read_all(pdfjs, paths):
    """{path: the text of each page, or why there is none}"""
    p = subprocess.run(["node", os.path.join(HERE, "reader.mjs"), pdfjs],
                       input="".join(f"{path}\n" for path in paths).encode(),
                       stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
                       timeout=SECONDS)
    found = {}
    for line in p.stdout.decode("utf-8", "replace").split("\n"):
        if line.startswith("{"):  # all else are remarks on what it cannot draw
            about = json.loads(line)
            found[about["path"]] = about.get("pages", about.get("error"))
    if p.returncode != 0:
        print(p.stderr.decode("utf-8", "replace")[-2000:])
    return found


def has_poppler():
    return bool(shutil.which("pdfinfo"))


def read_by_poppler(pdf):
    p = subprocess.run(["pdfinfo", "-struct-text", pdf], stdout=subprocess.PIPE,
                       stderr=subprocess.PIPE, check=False, timeout=SECONDS)
    text = p.stdout.decode("utf-8", "replace")
    return "".join(re.findall(r'^ *"(.*)"$', text, re.M))
