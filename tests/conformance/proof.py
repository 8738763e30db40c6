# SPDX-License-Identifier: MIT
"""Files for print, judged by a program that is not ours: proof-pdf, from PyPI.

    proof.judge(tally, "build/infonote", "build/conformance")

PDF/X-4, boxes, ink, plates, resolution. It needs Ghostscript and Python 3.15, with which it
is installed into the folder, once, unless it is installed already; else all is skipped, with
a word. PDF/A is for veraPDF. Marks are left out, because registration marks are 400 % of ink
to it, as they are. A file broken on purpose comes first."""
import json
import os
import shutil
import subprocess

from corpus import PRESS, ROOT, Case, Merged, render

VERSION = "0.3.4"
PYTHONS = ("python3.15",)
SECONDS = 900
EXAMPLES = ("briefing", "handover", "information-note", "invoice", "languages", "letter",
            "letter-us", "letter-window", "memo", "minutes", "traffic")


class Missing(Exception):
    pass


def call(*command):
    try:
        p = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                           stderr=subprocess.STDOUT, check=False, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return 1, "no end"
    return p.returncode, p.stdout.decode("utf-8", "replace")


def install(folder):
    """The program's path."""
    if not shutil.which("gs"):
        raise Missing("Ghostscript is not installed")
    if not os.path.exists(PRESS):
        raise Missing("Ghostscript's profiles are not installed")
    if shutil.which("proof-pdf"):
        return shutil.which("proof-pdf")
    place = os.path.join(folder, "proof-" + VERSION)
    program = os.path.join(place, "bin/proof-pdf")
    if os.path.exists(program):
        return program
    python = next(filter(None, map(shutil.which, PYTHONS)), None)
    if not python:
        raise Missing("proof-pdf needs Python 3.15, which is not installed")
    shutil.rmtree(place, ignore_errors=True)
    for command in ([python, "-m", "venv", place],
                    [os.path.join(place, "bin/pip"), "install", "-q", "proof-pdf==" + VERSION]):
        status, said = call(*command)
        if status != 0:
            print(said[-1500:])
            raise Missing("PyPI does not give proof-pdf")
    return program


def cases(folder):
    """The examples, on pages and on sheets, one by one and merged."""
    os.makedirs(folder, exist_ok=True)
    asked = ["--print-profile", PRESS]
    def case(kind, name, words, *more):
        path = os.path.join(ROOT, "examples", name)
        made = "-".join(["print", words or "page", os.path.basename(name)[:-5]]) + ".pdf"
        return kind(f"{words} {name}", path, os.path.abspath(os.path.join(folder, made)),
                    [*asked, *more], True)
    for name in EXAMPLES:
        yield case(Case, name + ".yaml", "")
    for how in ("2-up", "4-up", "booklet"):
        yield case(Case, "information-note.yaml", how, "--impose", how)
    yield case(Merged, "bulk/invitation.yaml", "merged", "--data", "guests.csv", "--duplex")


def break_on_purpose(pdf, folder):
    """A copy of `pdf` that does not say whether it is trapped."""
    import pikepdf
    path = os.path.join(folder, "print-broken-on-purpose.pdf")
    with pikepdf.open(pdf) as p:
        del p.docinfo["/Trapped"]
        p.save(path, fix_metadata_version=False)
    return path


def findings(program, paths):
    """{path: ["tac: …"]} of all errors."""
    _, said = call(program, "verify", "--no-pdfa", "--strict-cmyk", "--min-dpi", "150",
                   "--json", *paths)
    try:
        files = json.loads(said)
    except ValueError:
        print(said[-1500:])
        return {}
    return {f["path"]: [f'{x["check"]}: {x["message"]}' for x in f["findings"]
                        if x["severity"] == "error"] for f in files}


def judge(tally, program, folder):
    try:
        proof = install(folder)
    except Missing as reason:
        print(f"skipped: {reason}")
        tally.add(skipped=1)
        return
    notes = os.path.join(folder, "notes")
    made = []
    for case in cases(notes):
        reason = render(case, program)
        tally.add(failed=bool(reason))
        if reason:
            print(f"{case.name}: {reason}")
        else:
            made.append(case)
    broken = break_on_purpose(made[0].pdf, notes)
    found = findings(proof, [broken, *(c.pdf for c in made)])
    if not found.get(broken):
        print("proof-pdf finds nothing wrong in a file that does not say whether it is trapped")
    tally.add(passed=bool(found.get(broken)), failed=not found.get(broken))
    for case in made:
        errors = found.get(case.pdf, ["no answer"])
        tally.add(passed=not errors, failed=bool(errors))
        for error in errors:
            print(f"{case.name}: {error}")
