#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""What a tagged file must be, asked of its objects: the questions that veraPDF does not ask
(is each piece of content reached, and by one way only), and those of it that matter most,
so that no test needs Java for them.

    checker FILE.pdf…        what is wrong with them, one line a fault

A fault is (rule, detail); RULES says what each rule wants."""
import re
import sys
import xml.etree.ElementTree as ET

import pikepdf

import parts
import structure
from content import Content, Fonts
from grid import Grid
from structure import Annotation, Element, Marked

RULES = {
    "balance": "q and Q, BT and ET, BDC and EMC are pairs, and nest",
    "operator": "only operators of ISO 32000-1",
    "limits": "strings, nesting and pages within the limits of PDF/A-2",
    "unmarked": "nothing is painted outside marked content",
    "nesting": "marked content and artifacts are not in each other",
    "artifact": "every artifact says of what type it is; Layout shows no words",
    "mark": "every MCID is drawn once, and once in the tree",
    "parent-tree": "the ParentTree leads from each MCID and annotation to its element",
    "annotation": "every annotation is printed, described, and in the tree",
    "tabs": "a page with annotations is walked in the order of the structure",
    "font": "every font is embedded, and named as the subset that it is",
    "notdef": "no glyph is .notdef",
    "unicode": "every glyph shown has a text",
    "width": "every glyph shown has the width of its program",
    "metadata": "Info and XMP say the same",
    "claim": "XMP claims PDF/UA-1 and PDF/A, and declares the namespace",
    "catalog": "the catalog says what a tagged file's must",
    "intent": "there is one sRGB output intent",
    "role": "roles are standard types",
    "parent": "elements are where their types may be",
    "heading": "headings begin with H1, leave out no level, and all have one",
    "id": "identifiers are unique and in the IDTree; a Note has one",
    "table": "the grid of a table is regular, its heads say what they head",
    "headers": "cells name their heads where Scope does not tell them, and only there",
    "figure": "a Figure has Alt and BBox",
    "list": "a list says how it is numbered, and its markers are so",
    "link": "a Link holds its annotation, and something to click",
    "note": "a Note has its number, and stands behind a Reference that says it",
    "contents": "an entry of contents leads somewhere",
    "attachment": "files are named, typed, dated, related, and in no PDF/A-2",
    "lang": "languages are language tags",
    "decoration": "lines under and through text are told by names that the standard has",
    "empty": "an element holds something",
}
STANDARD = set("""Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private
H H1 H2 H3 H4 H5 H6 P L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note
Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form""".split())
# What may be in an element, where that is not everything.
KIDS = {"L": {"L", "LI", "Caption"}, "LI": {"Lbl", "LBody"},
        "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
        "THead": {"TR"}, "TBody": {"TR"}, "TFoot": {"TR"}, "TR": {"TH", "TD"},
        "TOC": {"TOC", "TOCI", "Caption"}}
# What an element may be in, where that is not everything.
PARENTS = {"LI": {"L"}, "LBody": {"LI"}, "TR": {"Table", "THead", "TBody", "TFoot"},
           "THead": {"Table"}, "TBody": {"Table"}, "TFoot": {"Table"}, "TH": {"TR"},
           "TD": {"TR"}, "TOCI": {"TOC"}, "Lbl": {"LI", "Note", "TOCI", "Caption"},
           "Caption": {"Table", "TOC", "L", "Figure", "Div"}}
INLINE = {"Span", "Quote", "Reference", "Code", "Link", "Annot", "Note", "Lbl", "Figure",
          "Formula", "Ruby", "BibEntry"}
# What holds text and nothing that is a block.
TEXT = {"P", "H1", "H2", "H3", "H4", "H5", "H6", "Span", "Link", "Reference", "Code"}
MAY_BE_EMPTY = {"TH", "TD", "TR", "LBody", "Lbl", "THead", "TBody"}
DECORATIONS = {"/Underline", "/Overline", "/LineThrough"}
GRAMMAR = r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*"
MOST_STRING, SMALLEST, LARGEST = 32767, 3, 14400
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC = "{http://purl.org/dc/elements/1.1/}"
XMP = "{http://ns.adobe.com/xap/1.0/}"
PDF = "{http://ns.adobe.com/pdf/1.3/}"
PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
PDFUA = "{http://www.aiim.org/pdfua/ns/id/}"


class Checker:
    def __init__(self, pdf):
        self.pdf, self.faults = pdf, []
        self.roots = structure.read(pdf)
        self.elements = [e for root in self.roots for e in root.walk()]
        fonts = Fonts()
        self.pages = {p.obj.objgen: (n, p.obj, Content(p.obj, fonts))
                      for n, p in enumerate(pdf.pages, 1)}
        self.fonts = fonts

    def fault(self, rule, detail):
        assert rule in RULES, rule
        self.faults.append((rule, detail))

    def text_of(self, thing, drawn=True):
        """The text of an element, in the order of the tree; `drawn`: that of drawings too,
        for which their Alt speaks."""
        if isinstance(thing, Marked):
            page = self.pages.get(thing.page)
            return page[2].texts.get(thing.mcid, "") if page else ""
        if not isinstance(thing, Element):
            return ""
        if "/ActualText" in thing.obj:
            return str(thing.obj.ActualText)
        return "".join(self.text_of(k, drawn) for k in thing.kids
                       if drawn or thing.role != "Figure" or isinstance(k, Element))

    def text_on(self, page, thing=None):
        """What the tree says of one page, by its objgen; an ActualText of an element that
        is on several pages stands on none of them."""
        if thing is None:
            return "".join(self.text_on(page, root) for root in self.roots)
        if isinstance(thing, Element):
            return "".join(self.text_on(page, k) for k in thing.kids)
        return self.text_of(thing) if thing.page == page else ""

    def decorated(self, kind):
        """The texts of the elements that say of themselves that they have such lines."""
        return [self.text_of(e) for e in self.elements
                if str(e.attribute("Layout", "TextDecorationType", "")) == "/" + kind]

    def add(self, faults):
        for rule, detail in faults:
            self.fault(rule, detail)

    # --- content and the way to it ---

    def check_content(self):
        for number, page, content in self.pages.values():
            for rule, detail in content.faults:
                self.fault(rule, f"page {number}: {detail}")
            box = [float(x) for x in page.MediaBox]
            if not all(SMALLEST <= x <= LARGEST for x in (box[2] - box[0], box[3] - box[1])):
                self.fault("limits", f"page {number} is {box}")
            if "/Resources" not in page:
                self.fault("catalog", f"page {number} has no resources of its own")

    def check_marks(self):
        """Content to ParentTree, and the tree to content: each once."""
        held = {}
        for e in self.elements:
            for kid in e.kids:
                if isinstance(kid, Marked):
                    held.setdefault((kid.page, kid.mcid), []).append(e)
        root = self.pdf.Root.get("/StructTreeRoot", {})
        slots = structure.leaves(root.get("/ParentTree", {}), "Nums")
        self.slots = {int(k): v for k, v in slots}
        if [int(k) for k, _ in slots] != sorted(self.slots):
            self.fault("parent-tree", "keys are not in order, or twice")
        if self.slots and int(root.get("/ParentTreeNextKey", 0)) <= max(self.slots):
            self.fault("parent-tree", "ParentTreeNextKey is taken")
        for key, (number, page, content) in self.pages.items():
            self.check_slots(key, number, page, content, held)
        for (key, mcid), where in held.items():
            page = self.pages.get(key)
            if not page or mcid not in page[2].texts:
                self.fault("mark", f"{where[0].path()} holds MCID {mcid}, which its page "
                           "does not draw")
            if len(where) > 1:
                self.fault("mark", f"MCID {mcid} is in {len(where)} elements")

    def check_slots(self, key, number, page, content, held):
        if content.texts and "/StructParents" not in page:
            self.fault("parent-tree", f"page {number} has no StructParents")
            return
        slots = self.slots.get(int(page.get("/StructParents", -1)), [])
        if not isinstance(slots, (pikepdf.Array, list)):
            self.fault("parent-tree", f"page {number} leads to no array")
            return
        if len(slots) != len(content.texts):
            self.fault("parent-tree", f"page {number} draws {len(content.texts)} MCIDs and "
                       f"has {len(slots)} slots")
        for mcid in content.texts:
            e = held.get((key, mcid), [None])[0]
            if e is None:
                self.fault("mark", f"page {number}: no element holds MCID {mcid}")
            elif mcid >= len(slots) or slots[mcid].objgen != e.key:
                self.fault("parent-tree", f"page {number}: the slot of MCID {mcid} is not "
                           f"{e.path()}")
            elif content.tags[mcid] != "/" + e.role:
                self.fault("mark", f"page {number}: MCID {mcid} is {content.tags[mcid]} in "
                           f"{e.path()}")

    def check_annotations(self):
        held = {}
        for e in self.elements:
            for kid in e.kids:
                if isinstance(kid, Annotation):
                    held.setdefault(kid.obj.objgen, []).append((e, kid.page))
        seen = set()
        for key, (number, page, _) in self.pages.items():
            annotations = list(page.get("/Annots", []))
            if annotations and str(page.get("/Tabs", "")) != "/S":
                self.fault("tabs", f"page {number}")
            for a in annotations:
                seen.add(a.objgen)
                self.check_annotation(a, number, key, held.get(a.objgen, []))
        for key in set(held) - seen:
            self.fault("annotation", f"{held[key][0][0].path()} holds one that no page has")

    def check_annotation(self, a, number, key, where):
        name = f"page {number}: {str(a.get('/Contents', '?'))[:40]!r}"
        flags = int(a.get("/F", 0))
        if flags & 4 == 0 or flags & (1 | 2 | 32 | 256):
            self.fault("annotation", f"{name} is hidden, or not printed")
        if not str(a.get("/Contents", "")).strip():
            self.fault("annotation", f"{name} says nothing")
        if "/StructParent" not in a or len(where) != 1:
            self.fault("annotation", f"{name} is in {len(where)} elements")
            return
        e, page = where[0]
        slot = self.slots.get(int(a.StructParent))
        if slot is None or isinstance(slot, pikepdf.Array) or slot.objgen != e.key:
            self.fault("parent-tree", f"{name} leads to another element than {e.path()}")
        if page != key:
            self.fault("annotation", f"{name} is on another page than its OBJR says")
        if a.Subtype == "/Link" and e.role != "Link":
            self.fault("annotation", f"{name} is in {e.path()}")

    def check_fonts(self):
        for font in self.fonts.known.values():
            if not re.match(r"/[A-Z]{6}\+", font.name):
                self.fault("font", f"{font.name} is not named as a subset")
            if not font.program:
                self.fault("font", f"{font.name} is not embedded")

    # --- what the file says of itself ---

    def read_xmp(self):
        """Properties by name; the text of arrays' items in a list."""
        data = self.pdf.Root.Metadata.read_bytes()
        found = {}
        for about in ET.fromstring(data).iter(RDF + "Description"):
            if about.get(RDF + "about") is None:
                continue
            found.update(about.attrib)
            for e in about:
                items = [i.text or "" for i in e.iter(RDF + "li")]
                found[e.tag] = items if items else (e.text or "")
        return found, data

    def check_metadata(self):
        if "/Metadata" not in self.pdf.Root:
            self.fault("metadata", "there is no XMP")
            return
        xmp, data = self.read_xmp()
        info = self.pdf.trailer.get("/Info", {})
        for key, name in (("/Title", DC + "title"), ("/Author", DC + "creator"),
                          ("/Subject", DC + "description"), ("/Keywords", PDF + "Keywords"),
                          ("/Creator", XMP + "CreatorTool"), ("/Producer", PDF + "Producer"),
                          ("/CreationDate", XMP + "CreateDate"),
                          ("/ModDate", XMP + "ModifyDate")):
            said, other = str(info.get(key, "")), xmp.get(name, "")
            other = ", ".join(other) if isinstance(other, list) else other
            if "Date" in key:
                said, other = date_digits(said), date_digits(other)
            if said != other:
                self.fault("metadata", f"{key} is {said[:80]!r}, in XMP {other[:80]!r}")
        if "/Filter" in self.pdf.Root.Metadata:
            self.fault("metadata", "XMP is compressed")
        if xmp.get(DC + "language") != [str(self.pdf.Root.get("/Lang", ""))]:
            self.fault("metadata", f"dc:language is {xmp.get(DC + 'language')}")
        self.check_claim(xmp, data)

    def check_claim(self, xmp, data):
        if xmp.get(PDFUA + "part") != "1":
            self.fault("claim", f"pdfuaid:part is {xmp.get(PDFUA + 'part')}")
        if xmp.get(PDFA + "part") not in ("2", "3") or xmp.get(
                PDFA + "conformance") not in ("A", "U"):
            self.fault("claim", f"pdfaid:part is {xmp.get(PDFA + 'part')}")
        self.add(parts.attachment_faults(self.pdf.Root, xmp.get(PDFA + "part")))
        if b"pdfaExtension:schemas" not in data:
            self.fault("claim", "pdfuaid is not declared")

    def check_catalog(self):
        root = self.pdf.Root
        if not root.get("/MarkInfo", {}).get("/Marked", False):
            self.fault("catalog", "MarkInfo does not say Marked")
        if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
            self.fault("catalog", "DisplayDocTitle is not set")
        if "/Lang" not in root:
            self.fault("catalog", "there is no Lang")
        if len(self.pdf.trailer.get("/ID", [])) != 2:
            self.fault("catalog", "there is no ID")
        if [r.role for r in self.roots] != ["Document"]:
            self.fault("catalog", f"the tree begins with {[r.role for r in self.roots]}")
        if not str(self.pdf.trailer.get("/Info", {}).get("/Title", "")):
            self.fault("metadata", "there is no title")
        intents = list(root.get("/OutputIntents", []))
        profile = intents[0].get("/DestOutputProfile", None) if len(intents) == 1 else None
        if profile is None or intents[0].S != "/GTS_PDFA1" or profile.read_bytes()[
                12:20] != b"mntrRGB ":
            self.fault("intent", f"there are {len(intents)} intents")

    def check_strings(self):
        """PDF/A-2 has a limit for strings, wherever they are."""
        for obj in self.pdf.objects:
            # What is short altogether holds nothing long, and is not gone through.
            stream = isinstance(obj, pikepdf.Stream)
            if len((obj.stream_dict if stream else obj).unparse(True)) <= MOST_STRING:
                continue
            todo = [obj]
            while todo:
                o = todo.pop()
                if isinstance(o, pikepdf.String) and len(bytes(o)) > MOST_STRING:
                    self.fault("limits", f"a string of {len(bytes(o))} bytes")
                elif isinstance(o, pikepdf.Array):
                    todo += [x for x in o if is_direct(x)]
                elif isinstance(o, (pikepdf.Dictionary, pikepdf.Stream)):
                    todo += [x for _, x in o.items() if is_direct(x)]

    # --- elements ---

    def check_elements(self):
        mapped = self.pdf.Root.get("/StructTreeRoot", {}).get("/RoleMap", {})
        for e in self.elements:
            if e.role not in STANDARD and "/" + e.role not in mapped:
                self.fault("role", f"{e.path()}: {e.role} is no standard type")
            if e.role in STANDARD and "/" + e.role in mapped:
                self.fault("role", f"{e.role} is mapped")
            if e.wrong_parent:
                self.fault("parent", f"{e.path()} does not know its parent")
            self.check_place(e)
            self.check_lang(e)
            self.check_decoration(e)
            if not e.kids and e.role not in MAY_BE_EMPTY:
                self.fault("empty", e.path())
            if e.role == "Figure":
                self.check_figure(e)
            elif e.role == "L":
                self.add(parts.list_faults(e, self.text_of))
            elif e.role == "Link":
                self.add(parts.link_faults(e))
            elif e.role == "TOCI":
                self.add(parts.contents_faults(e))
            elif e.role == "Table":
                Grid(self, e).check()

    def check_place(self, e):
        parent = e.parent.role if e.parent else "-"
        if parent not in PARENTS.get(e.role, {parent}):
            self.fault("parent", f"{e.path()}: {e.role} may not be in {parent}")
        wrong = [r for r in e.roles() if r not in KIDS.get(e.role, {r})]
        if wrong:
            self.fault("parent", f"{e.path()} holds {', '.join(wrong)}")
        if e.role in KIDS and len(e.elements()) != len(e.kids):
            self.fault("parent", f"{e.path()} holds text of its own")
        wrong = [r for r in e.roles() if r not in INLINE]
        if e.role in TEXT and wrong:
            self.fault("parent", f"{e.path()} holds {', '.join(wrong)}")
        behind = e.roles()[1:-1] if e.role == "Table" else e.roles()[1:]
        if e.role in ("L", "Table", "TOC") and "Caption" in behind:
            self.fault("parent", f"{e.path()}: its caption is not first")

    def check_lang(self, e):
        if "/Lang" in e.obj and not re.fullmatch(GRAMMAR, str(e.obj.Lang)):
            self.fault("lang", f"{e.path()}: {str(e.obj.Lang)!r}")

    def check_langs(self):
        lang = str(self.pdf.Root.get("/Lang", "en"))
        if not re.fullmatch(GRAMMAR, lang):
            self.fault("lang", f"the note's: {lang!r}")

    def check_decoration(self, e):
        said = e.attribute("Layout", "TextDecorationType")
        if said is not None and str(said) not in DECORATIONS:
            self.fault("decoration", f"{e.path()}: {said}")

    def check_figure(self, e):
        if not str(e.obj.get("/Alt", e.obj.get("/ActualText", ""))):
            self.fault("figure", f"{e.path()} has no Alt")
        box = e.attribute("Layout", "BBox")
        if box is None or not (box[0] < box[2] and box[1] < box[3]):
            self.fault("figure", f"{e.path()} has no BBox")

    def check_headings(self):
        last = 0
        for e in self.elements:
            if e.role == "H":
                self.fault("heading", f"{e.path()} has no level")
            if not re.fullmatch("H[1-6]", e.role):
                continue
            level = int(e.role[1])
            if level > last + 1:
                self.fault("heading", f"{e.role} follows H{last}: {self.text_of(e)[:40]!r}")
            last = level

    def check_ids(self):
        found = {}
        for e in self.elements:
            key = bytes(e.obj["/ID"]) if "/ID" in e.obj else b""
            if e.role == "Note" and not key:
                self.fault("id", f"{e.path()} has none")
            if key in found:
                self.fault("id", f"{key} is there twice")
            if key:
                found[key] = e.key
        root = self.pdf.Root.get("/StructTreeRoot", {})
        names = structure.leaves(root.get("/IDTree", {}), "Names")
        keys = [bytes(k) for k, _ in names]
        if keys != sorted(set(keys)):
            self.fault("id", "the IDTree is not in order")
        if {bytes(k): v.objgen for k, v in names} != found:
            self.fault("id", f"the IDTree has {len(names)} of {len(found)}")

    def check(self):
        for part in (self.check_content, self.check_marks, self.check_annotations,
                     self.check_fonts, self.check_metadata, self.check_catalog,
                     self.check_strings, self.check_elements, self.check_langs,
                     self.check_headings, self.check_ids):
            part()
        self.add(parts.note_faults(self.elements, self.text_of))
        return self.faults


def is_direct(o):
    return isinstance(o, pikepdf.Object) and not o.is_indirect


def date_digits(text):
    return re.sub(r"\D", "", text.replace("Z", "").removesuffix("+00'00'"))[:14]


def check(path):
    """The faults of a file."""
    with pikepdf.open(path) as pdf:
        return Checker(pdf).check()


def main():
    failed = False
    for path in sys.argv[1:]:
        for rule, detail in check(path):
            failed = True
            print(f"{path}: {rule}: {detail}")
    sys.exit(failed)


if __name__ == "__main__":
    main()
