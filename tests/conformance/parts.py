# SPDX-License-Identifier: MIT
"""What belongs together in a tagged file: a link and its annotation, a footnote and its
mark, an entry of contents and where it leads, a list and its markers, a file that travels
along and what is said of it. Each function gives (rule, detail) of what is wrong."""
import re

import pikepdf

import structure
from structure import Annotation

NUMBERINGS = {"/None", "/Disc", "/Circle", "/Square", "/Decimal", "/UpperRoman",
              "/LowerRoman", "/UpperAlpha", "/LowerAlpha"}
# What a marker may be, without the signs around it.
MARKERS = {"/Decimal": r"\d+", "/LowerAlpha": "[a-z]+", "/UpperAlpha": "[A-Z]+",
           "/LowerRoman": "[ivxlcdm]+", "/UpperRoman": "[IVXLCDM]+"}
COUNTED = r"\(?(\d+|[a-zA-Z]|[ivxIVX]+)[.)]"
RELATIONS = {"/Source", "/Data", "/Alternative", "/Supplement", "/Unspecified"}
MIME = r"[\w!#$&^.+-]+/[\w!#$&^.+-]+"


def annotations_below(e):
    return [k for x in e.walk() for k in x.kids if isinstance(k, Annotation)]


def link_faults(e):
    """A Link holds its annotation, and what is clicked."""
    if not any(isinstance(k, Annotation) for k in e.kids):
        yield "link", f"{e.path()} holds no annotation"
    if all(isinstance(k, Annotation) for k in e.kids):
        yield "link", f"{e.path()} holds nothing but its annotation"


def list_faults(e, text_of):
    """A list says how it is numbered, and is."""
    labels = [text_of(k).strip() for i in e.elements() for k in i.elements()
              if k.role == "Lbl"]
    numbering = str(e.attribute("List", "ListNumbering", "/None"))
    if numbering not in NUMBERINGS:
        yield "list", f"{e.path()}: a numbering {numbering}"
    counted = [x for x in labels if re.fullmatch(COUNTED, x)]
    if labels and len(counted) == len(labels) and numbering not in MARKERS:
        yield "list", f"{e.path()}: {labels[:3]} without a ListNumbering"
    pattern = MARKERS.get(numbering)
    wrong = [x for x in counted if pattern and not re.search(pattern, x)]
    if wrong:
        yield "list", f"{e.path()}: {wrong[:3]} in a list of {numbering}"


def contents_faults(e):
    """An entry leads to what it names."""
    inside = [x.role for x in e.walk()]
    if "Reference" not in inside or not annotations_below(e):
        yield "contents", f"{e.path()} leads nowhere"


def note_faults(elements, text_of):
    """A Note begins with its number, and stands behind a Reference that says it."""
    marks = set()
    for e in elements:
        if e.role == "Reference":
            marks.add(text_of(e).strip())
        elif e.role == "Note":
            label = e.elements()[0] if e.elements() else None
            number = text_of(label).strip() if label and label.role == "Lbl" else ""
            if not number:
                yield "note", f"{e.path()} has no number"
            elif number not in marks:
                yield "note", f"no Reference before {e.path()} says {number!r}"


def file_faults(spec):
    name = str(spec.get("/UF", ""))
    if not name or str(spec.get("/F", "")) != name:
        yield f"F {spec.get('/F', '')!r}, UF {name!r}"
    if str(spec.get("/AFRelationship", "")) not in RELATIONS:
        yield f"{name} is {spec.get('/AFRelationship', '')!r} to the document"
    stream = spec.get("/EF", {}).get("/F", None)
    if not isinstance(stream, pikepdf.Stream):
        yield f"{name} is not in the file"
        return
    if not re.fullmatch(MIME, str(stream.get("/Subtype", ""))[1:]):
        yield f"{name} has the type {stream.get('/Subtype', '')!r}"
    params = stream.get("/Params", {})
    if "/ModDate" not in params:
        yield f"{name} has no date"
    if int(params.get("/Size", -1)) != len(stream.read_bytes()):
        yield f"{name} has another size than it says"


def attachment_faults(root, part):
    """`root`: the catalogue; `part`: of PDF/A. What is named is associated, and
    described; PDF/A-2 holds none."""
    listed = structure.leaves(root.get("/Names", {}).get("/EmbeddedFiles", {}), "Names")
    keys = [bytes(k) for k, _ in listed]
    if keys != sorted(set(keys)):
        yield "attachment", "names are not in order, or twice"
    files = {v.objgen for _, v in listed}
    if files != {f.objgen for f in root.get("/AF", [])}:
        yield "attachment", "AF has other files than EmbeddedFiles"
    if files and part == "2":
        yield "attachment", "a PDF/A-2 with attachments"
    for key, spec in listed:
        if str(key) != str(spec.get("/UF", "")):
            yield "attachment", f"{spec.get('/UF', '')} is listed as {key}"
        for fault in file_faults(spec):
            yield "attachment", fault
