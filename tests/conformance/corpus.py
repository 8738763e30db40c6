# SPDX-License-Identifier: MIT
"""The notes that conformance is judged by, rendered: the examples, every fixture and seed
that gives a PDF, and random notes of all block kinds."""
import csv
import email
import email.policy
import itertools
import json
import os
import random
import re
import shlex
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(HERE, "../.."))
sys.path[:0] = [os.path.join(HERE, ".."), os.path.join(HERE, "../random")]
import yaml  # noqa: E402
import notes  # noqa: E402
from kinds import EveryKind, make_images  # noqa: E402

SECONDS = 120


class Case:
    """A note and its PDF. `path` is absolute; `arguments` are what the fixture asks for;
    `profiles` what it is judged by, where that is not what all are."""

    def __init__(self, name, path, pdf, arguments=(), must=False, profiles=None):
        self.profiles = profiles
        self.name, self.path, self.pdf = name, path, pdf
        self.is_random = name.startswith("random-")
        self.arguments = list(arguments)
        self.must = must  # it has to give a PDF

    def command(self, program, *words):
        """The process `PROGRAM WORDS ARGUMENTS NOTE`, run in the note's folder."""
        return subprocess.run(
            [program, *words, *self.arguments, os.path.basename(self.path)],
            cwd=os.path.dirname(self.path), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, timeout=SECONDS,
            env=dict(os.environ, LC_ALL="C.UTF-8"))


class Signed(Case):
    """A note whose PDF is signed, as `infonote mail --sign` attaches it."""

    def command(self, program, *words):
        key, cert = (os.path.join(os.path.dirname(self.pdf), n) for n in ("key.pem", "cert.pem"))
        p = super().command(program, "mail", "-q", "-o", "-", "--sign", key, "--cert", cert)
        if p.returncode == 0:
            message = email.message_from_bytes(p.stdout, policy=email.policy.default)
            with open(self.pdf, "wb") as f:
                f.write(next(message.iter_attachments()).get_content())
        return p


def signed(folder, program):
    """Notes with links, with attachments, with nothing; where they can be signed."""
    helper = os.path.join(os.path.dirname(program), "infonote-mail")
    if not os.path.exists(helper) or not shutil.which("openssl"):
        return
    os.makedirs(folder, exist_ok=True)
    make_images(folder)
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout",
                    os.path.join(folder, "key.pem"), "-out", os.path.join(folder, "cert.pem"),
                    "-days", "2", "-subj", "/CN=A signer"], check=True, capture_output=True)
    plain = os.path.join(folder, "signed-plain.yaml")
    attached = os.path.join(folder, "signed-attached.yaml")
    with open(plain, "w", encoding="utf-8") as f:
        f.write("lang: en\ntitle: Nothing to click\nbody: Text.\n")
    with open(attached, "w", encoding="utf-8") as f:
        f.write(CLAIMING + "attachments: [grey.png]\n")
    information = os.path.join(ROOT, "examples/information-note.yaml")
    for name, path, profiles in (("plain", plain, ["2a", "ua1"]),
                                 ("attached", attached, ["3a", "ua1"]),
                                 ("information-note", information, ["2a", "ua1"])):
        yield Signed(f"signed {name}", path, os.path.abspath(
            os.path.join(folder, f"signed-{name}.pdf")), must=True, profiles=profiles)


class Merged(Case):
    """A template whose records are one PDF, for print."""

    def command(self, program, *words):
        return super().command(program, "bulk", "-q", "--merge", self.pdf)


def merged(folder):
    """Templates of all kinds with a few records each; notes without fields are some, too."""
    os.makedirs(folder, exist_ok=True)
    bulk, data = os.path.join(ROOT, "examples/bulk"), os.path.abspath(
        os.path.join(folder, "records.csv"))
    with open(data, "w", encoding="utf-8") as f:
        f.write("id,name\n" + "".join(f"{i},Name {i}\n" for i in range(1, 8)))
    yield Merged("merged invitation", os.path.join(bulk, "invitation.yaml"),
                 os.path.abspath(os.path.join(folder, "merged-invitation.pdf")),
                 ["--data", "guests.csv", "--duplex"], must=True)
    if os.path.exists(PRESS):
        yield Merged("merged x-4,a-2u", os.path.join(bulk, "invitation.yaml"),
                     os.path.abspath(os.path.join(folder, "merged-print.pdf")),
                     ["--data", "guests.csv", "--duplex", "--print-profile", PRESS,
                      "--standard", "x-4,a-2u"], True, ["2u"])
    for name in ("briefing", "handover", "information-note", "invoice", "languages", "traffic"):
        yield Merged(f"merged {name}", os.path.join(ROOT, "examples", name + ".yaml"),
                     os.path.abspath(os.path.join(folder, f"merged-{name}.pdf")),
                     ["--data", data, "--duplex"], must=True)


def run_arguments(path):
    """What a line `# run: …` among the first three of a fixture says."""
    with open(path, "rb") as f:
        start = b"".join(f.readline() for _ in range(3))
    m = re.search(rb"^# run: (.*)", start, re.M)
    return shlex.split(m.group(1).decode()) if m else []


def files_below(folder, suffix=""):
    for where, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if f != "data")
        yield from (os.path.join(where, f) for f in sorted(files) if f.endswith(suffix))


def flat_name(path):
    return os.path.relpath(path, ROOT).replace(os.sep, "-").removesuffix(".yaml") + ".pdf"


def first_record(path, folder):
    """The first row of a CSV file, as a file that --data takes."""
    with open(path, encoding="utf-8", newline="") as f:
        row = next(csv.DictReader(f))
    out = os.path.abspath(os.path.join(folder, os.path.basename(path) + ".json"))
    with open(out, "w", encoding="utf-8") as f:
        json.dump(row, f)
    return out


def shipped(folder):
    """Examples, fixtures, seeds: all that the repository holds."""
    def case(path, **more):
        return Case(os.path.relpath(path, ROOT), path,
                    os.path.join(folder, flat_name(path)), **more)

    bulk = os.path.join(ROOT, "examples/bulk")
    for path in files_below(os.path.join(ROOT, "examples"), ".yaml"):
        with open(path, encoding="utf-8") as f:
            if re.search(r"^title:", f.read(), re.M) and not path.startswith(bulk):
                yield case(path, must=True)
    yield case(os.path.join(bulk, "invitation.yaml"), must=True, arguments=[
        "--data", first_record(os.path.join(bulk, "guests.csv"), folder)])
    for path in files_below(os.path.join(ROOT, "tests/golden"), ".yaml"):
        yield case(path, arguments=run_arguments(path))
    for path in files_below(os.path.join(ROOT, "tests/fuzz/seeds/note")):
        yield case(path)
    for path in files_below(os.path.join(ROOT, "tests/fuzz/seeds/markdown")):
        with open(path, encoding="utf-8", errors="replace") as f:
            note = {"title": "A seed", "body": f.read()}
        wrapped = os.path.join(folder, os.path.basename(path) + ".yaml")
        write_yaml(note, wrapped)
        yield Case(os.path.relpath(path, ROOT), wrapped, wrapped[:-5] + ".pdf")


# What PDFs claim, with attachments and without, and by what they are judged.
CLAIMS = {"": ["2a", "ua1"], "a-2a": ["2a"], "a-2u": ["2u"], "a-3a": ["3a"], "a-3u": ["3u"],
          "ua-1": ["ua1"], "a-2a,ua-1": ["2a", "ua1"], "a-2u,ua-1": ["2u", "ua1"],
          "a-3a,ua-1": ["3a", "ua1"], "a-3u,ua-1": ["3u", "ua1"]}
PRESS = "/usr/share/color/icc/ghostscript/default_cmyk.icc"
CLAIMING = """lang: en-GB
title: What it claims
body: |
  # A list[^n]

  - one, *two*, [three](https://example.org/)

  ![A drawing](drawing.svg "Its caption")
footnotes: {n: A note.}
"""


def claiming(folder):
    """Notes that claim each thing that can be claimed."""
    os.makedirs(folder, exist_ok=True)
    make_images(folder)
    for attached, (standard, profiles) in itertools.product((False, True), CLAIMS.items()):
        if attached and standard.startswith("a-2"):
            continue  # that is refused
        name = (standard or "default") + "-attached" * attached
        path = os.path.join(folder, f"claims-{name}.yaml")
        with open(path, "w", encoding="utf-8") as f:
            f.write(CLAIMING)
            if attached:
                f.write("attachments: [grey.png, {file: data.bin, type: a/b}]\n")
        asked = ["--standard", standard] if standard else []
        if attached:
            asked += ["--embed-source"]
            profiles = ["3a", "ua1"] if not standard else profiles
        yield Case(f"claims {name}", path, path[:-5] + ".pdf", asked, True, profiles)
    if os.path.exists(PRESS):
        asked = ["--print-profile", PRESS, "--standard", "x-4,a-2u"]
        yield Case("claims x-4,a-2u", path, path[:-5] + "-print.pdf", asked, True, ["2u"])
        keep = os.path.join(folder, "claims-keep-rgb.layout.yaml")
        with open(keep, "w", encoding="utf-8") as f:
            f.write("extends: information-note\nprint: {rgb: keep}\n"
                    "styles: {title: {color: '#1f4e79'}}\n")
        yield Case("RGB kept, x-4,a-2u", path, path[:-5] + "-keep.pdf",
                   [*asked, "--layout", keep], True, ["2u"])
        yield Case("booklet x-4,a-2u", path, path[:-5] + "-sheets.pdf",
                   [*asked, "--impose", "booklet"], True, ["2u"])
    yield Case("booklet", path, path[:-5] + "-booklet.pdf", ["--impose", "booklet"], True,
               ["2u"])


def write_yaml(value, path):
    with open(path, "w", encoding="utf-8") as f:
        yaml.safe_dump(value, f, allow_unicode=True, sort_keys=False, width=100000)


def layouts():
    def load(name):
        with open(os.path.join(ROOT, "layouts", name + ".yaml"), encoding="utf-8") as f:
            layout = yaml.safe_load(f)
        under = layout.pop("extends", None)
        return notes.merge(load(under), layout) if under else layout

    return {name: load(name) for name in notes.LAYOUTS}


def made(folder, seed):
    """Random notes without end; the same for the same seed."""
    make_images(folder)
    known = layouts()
    for number in itertools.count():
        name = f"random-{number}"
        note = EveryKind(random.Random(f"{seed}/{number}"), name, known)
        path = os.path.join(folder, name + ".yaml")
        write_yaml(note.yaml, path)
        if note.layout_yaml:
            write_yaml(note.layout_yaml, os.path.join(folder, name + ".layout.yaml"))
        yield Case(f"{name} (seed {seed})", path, path[:-5] + ".pdf", must=True)


def render(case, program):
    """"" and a PDF; or why there is none."""
    if os.path.exists(case.pdf):
        os.remove(case.pdf)
    p = case.command(program, "render", "-q", "-o", case.pdf)
    return "" if p.returncode == 0 else p.stderr.decode("utf-8", "replace") or "no reason"


def is_too_narrow(reason):
    """Nothing but what a random table or margin may ask and no page can give."""
    return set(re.findall(r"error\[([\w-]+)\]", reason)) <= {"table-too-wide",
                                                            "bad-geometry"}


def rendered(folder, program, count, tally, seed="1", first=()):
    """The cases that have a PDF, `first` and `count` random ones among them. Those that
    must have one and have none count as failed, random ones only if there is room for
    them."""
    os.makedirs(folder, exist_ok=True)
    cases, random_notes = [], made(folder, seed)
    for case in itertools.chain(first, shipped(folder), random_notes):
        if case.is_random and count <= 0:
            break
        reason = render(case, program)
        if not reason:
            cases.append(case)
        elif case.must and not (case.is_random and is_too_narrow(reason)):
            print(f"{case.name}: no PDF\n{reason[-1500:]}", flush=True)
            tally.add(failed=1)
        else:
            continue
        count -= case.is_random
    return cases
