# SPDX-License-Identifier: MIT
"""What programs read of the reports: SARIF by its schema, JSON by what the manual says."""
import glob
import hashlib
import json
import os
import re
import shutil
import subprocess
import tarfile
import unittest

from program import PROGRAM, ROOT, SMALL, Case, output_of, read, run, sparse

# The schema is the OASIS committee's; this package of Microsoft's ships it.
PACKAGE = "@microsoft/jest-sarif@1.0.0-beta.0"
MEMBER = "package/lib/schemas/sarif-2.1.0-rtm.5.json"
SHA256 = "2d99159ae54a3eea97f81781cff48780548657c35949f4b7f25e99a2ba4de4f8"
KEPT = os.path.join(os.path.dirname(PROGRAM), "sarif-2.1.0.json")


def fetch(folder):
    """The schema, by npm; kept beside the program for the next run."""
    if not shutil.which("npm"):
        raise unittest.SkipTest("npm is not installed, nothing to fetch the schema with")
    try:
        status, names, _ = output_of("npm", "pack", "--silent", PACKAGE, cwd=folder)
    except subprocess.TimeoutExpired:
        status = 1
    if status:
        raise unittest.SkipTest(f"{PACKAGE}, which holds the schema, cannot be fetched")
    with tarfile.open(os.path.join(folder, names.split()[-1])) as package:
        text = package.extractfile(MEMBER).read()
    with open(KEPT, "wb") as f:
        f.write(text)


def notes():
    """Notes with every kind of fault that the tests know."""
    found = glob.glob(os.path.join(ROOT, "tests/golden/*/*.yaml"))
    return sorted(found + glob.glob(os.path.join(ROOT, "examples/*.yaml")))


class Sarif(Case):
    def schema(self):
        try:
            import jsonschema
        except ImportError:
            self.skipTest("python3-jsonschema is not installed")
        if not os.path.exists(KEPT):
            fetch(self.folder)
        text = read(KEPT)
        self.assertEqual(hashlib.sha256(text).hexdigest(), SHA256)
        return jsonschema.Draft4Validator(json.loads(text))

    def test_it_keeps_to_the_schema(self):
        schema = self.schema()
        missing = self.path("missing.yaml")
        runs = [[missing], ["--layout", "none", missing], notes()] + [[n] for n in sparse(notes())]
        for names in runs:
            p = run("check", "--format", "sarif", *names)
            faults = [f"{list(e.path)}: {e.message[:200]}"
                      for e in schema.iter_errors(json.loads(p.stdout))]
            with self.subTest(names=names[:2]):
                self.assertEqual(faults, [])


class Json(Case):
    """Keys are those of docs/diagnostics.md, all of them, and no others."""

    def documented(self):
        text = read(os.path.join(ROOT, "docs/diagnostics.md")).decode()
        text = text[text.index("## For programs"):text.index("## Reading the file")]
        rows = re.findall(r"^\| (`.*?`) \| (.*) \|$", text, re.M)
        return [(set(re.findall("`(.*?)`", keys)), what) for keys, what in rows]

    def test_keys(self):
        rows = self.documented()
        top = set().union(*(keys for keys, _ in rows[:3]))
        of_report = set().union(*(keys for keys, _ in rows[3:]))
        of_second = set(re.findall("`(.*?)`", rows[-1][1]))
        names = notes()
        names.append(self.path("many.yaml", SMALL + "".join(
            f"k{i}: 1\n" for i in range(30))))
        told = json.loads(run("check", "--format", "json", self.path("no.yaml"),
                              *names).stdout)
        reports = told["reports"]
        self.assertEqual(set(told), top)
        self.assertEqual(set().union(*reports), of_report)
        self.assertEqual(set().union(*(r["second"] for r in reports if "second" in r)),
                         of_second)
        self.assertEqual(set().union(*told["more"]), {"code", "count"})
        for r in reports:
            self.assertLessEqual({"severity", "code", "message"}, set(r))
            self.assertIs(r.get("fatal", True), True)
