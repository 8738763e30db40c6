# SPDX-License-Identifier: MIT
"""Files broken on purpose, one a rule of checker.py: each must be caught, by its rule.

A break is a function (pdf, rng) that changes what pikepdf opened; its name says the rule,
and after two underscores, what was done."""
import os
import subprocess

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from checker import RULES, Checker

NOTE = """layout: information-note
lang: en-GB
title: Broken on purpose
author: Somebody
fields:
  Place: Quay
body:
  - toc:
  - 'A word[^n] and [a link](https://example.org), *some* ~~more~~.'
  - list: [one, two]
    numbering: decimal
  - table: {columns: [A, B], rows: [[a, b], [{text: c, columns: 2}]]}
  - table:
      columns: [[{text: X, rows: 2}, {text: Y, columns: 2}], [Y1, Y2]]
      rows: [[{text: All, columns: 3, head: true}], [{text: r, head: true}, d, e]]
  - image: {file: grey.png, alt: A grey picture, caption: Grey}
  - '<span lang="fr">Les mots</span> in another tongue.'
sections:
  - heading: One
    body: |
      # Two

      Text.
footnotes:
  n: A note.
attachments: [{file: grey.png, description: As it was}]
"""


def elements(pdf, role):
    return [o for o in pdf.objects if isinstance(o, Dictionary) and o.get("/S") == "/" + role
            and "/P" in o]


def first(pdf, role):
    return elements(pdf, role)[0]


def rewrite(pdf, old, new, count=1):
    """Changes the first page's content."""
    page = pdf.pages[0]
    data = page.Contents.read_bytes()
    assert old in data, old
    page.Contents = pdf.make_stream(data.replace(old, new, count))


def append(pdf, data):
    page = pdf.pages[0]
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"\n" + data)


def change_xmp(pdf, old, new):
    data = pdf.Root.Metadata.read_bytes()
    assert old in data, old
    pdf.Root.Metadata = pdf.make_stream(data.replace(old, new))


def links(pdf):
    return [a for a in pdf.pages[0].Annots]


def wide_or_simple(pdf):
    """A font that the first page shows text in."""
    return list(pdf.pages[0].Resources.Font.items())[0][1]


# --- content ---

def balance__q(pdf):
    append(pdf, b"q")


def balance__Q(pdf):
    append(pdf, b"Q")


def balance__open_mark(pdf):
    append(pdf, b"/Artifact<</Type/Layout>>BDC")


def balance__text(pdf):
    append(pdf, b"BT")


def operator(pdf):
    append(pdf, b"1 xyzzy")


def limits__q(pdf):
    append(pdf, b"q " * 29 + b"Q " * 29)


def limits__string(pdf):
    pdf.Root.Extra = String("x" * 32768)


def unmarked__path(pdf):
    append(pdf, b"0 0 9 9 re f")


def unmarked__text(pdf):
    rewrite(pdf, b"/H1<</MCID 0>>BDC", b"/Span<</Lang(en)>>BDC")


def nesting__in_content(pdf):
    rewrite(pdf, b"/H1<</MCID 0>>BDC", b"/P<</MCID 999>>BDC/H1<</MCID 0>>BDC EMC")


def nesting__artifact(pdf):
    append(pdf, b"/Artifact<</Type/Layout>>BDC/Artifact<</Type/Layout>>BDC EMC EMC")


def artifact__untyped(pdf):
    append(pdf, b"/Artifact BMC EMC")


def artifact__pagination(pdf):
    append(pdf, b"/Artifact<</Type/Pagination/Subtype/Page>>BDC EMC")


def artifact__words(pdf):
    rewrite(pdf, b"/H1<</MCID 0>>BDC", b"/Artifact<</Type/Layout>>BDC")


def mark__twice(pdf):
    append(pdf, b"/P<</MCID 0>>BDC EMC")


def mark__unknown_to_page(pdf):
    e = first(pdf, "H1")
    e.K = Array([e.K, 4711])


def mark__orphan(pdf):
    del first(pdf, "H1").K


def mark__tag(pdf):
    rewrite(pdf, b"/H1<</MCID 0>>BDC", b"/P<</MCID 0>>BDC")


# --- trees ---

def nums(pdf):
    tree = pdf.Root.StructTreeRoot.ParentTree
    return tree.Nums


def parent_tree__slot(pdf):
    slots = nums(pdf)[1]
    slots[0] = slots[1]


def parent_tree__short(pdf):
    del nums(pdf)[1][-1]


def parent_tree__page(pdf):
    del pdf.pages[0].StructParents


def parent_tree__annotation(pdf):
    a = links(pdf)[0]
    a.StructParent = int(links(pdf)[-1].StructParent)


def parent_tree__next_key(pdf):
    pdf.Root.StructTreeRoot.ParentTreeNextKey = 1


def annotation__flags(pdf):
    links(pdf)[0].F = 0


def annotation__contents(pdf):
    del links(pdf)[0].Contents


def annotation__no_parent(pdf):
    del links(pdf)[0].StructParent


def annotation__element(pdf):
    number = int(links(pdf)[0].StructParent)
    flat = nums(pdf)
    flat[list(int(flat[i]) for i in range(0, len(flat), 2)).index(number) * 2 + 1].S = (
        Name.Span)


def annotation__gone(pdf):
    del pdf.pages[0].Annots[0]


def tabs(pdf):
    del pdf.pages[0].Tabs


def id__twice(pdf):
    first(pdf, "H1").ID = first(pdf, "Note").ID


def id__note(pdf):
    del first(pdf, "Note").ID


def id__tree(pdf):
    del pdf.Root.StructTreeRoot.IDTree


# --- fonts ---

def font__name(pdf):
    wide_or_simple(pdf).BaseFont = Name.Gentium


def font__program(pdf):
    del wide_or_simple(pdf).FontDescriptor.FontFile2


def notdef(pdf):
    font = wide_or_simple(pdf)
    font.FontDescriptor.FontFile2 = next(
        f.FontDescriptor.FontFile2 for _, f in pdf.pages[0].Resources.Font.items()
        if f.objgen != font.objgen)


def unicode(pdf):
    for _, font in pdf.pages[0].Resources.Font.items():
        del font.ToUnicode


def width(pdf):
    font = wide_or_simple(pdf)
    font.Widths = Array([w + 2 for w in font.Widths])


def width__missing(pdf):
    font = wide_or_simple(pdf)
    font.Widths = Array(list(font.Widths)[:1])


# --- what the file says of itself ---

def metadata__title(pdf):
    pdf.trailer.Info.Title = String("Another")


def metadata__author(pdf):
    change_xmp(pdf, b"Somebody", b"Nobody")


def metadata__date(pdf):
    pdf.trailer.Info.ModDate = String("D:19990101000000Z")


def metadata__language(pdf):
    pdf.Root.Lang = String("de")


def metadata__gone(pdf):
    del pdf.Root.Metadata


def claim__ua(pdf):
    change_xmp(pdf, b'pdfuaid:part="1"', b'pdfuaid:part="2"')


def claim__a(pdf):
    change_xmp(pdf, b'pdfaid:part="3"', b'pdfaid:part="4"')


def claim__schema(pdf):
    change_xmp(pdf, b"pdfaExtension:schemas", b"pdfaExtension:schemes")


def catalog__marked(pdf):
    pdf.Root.MarkInfo.Marked = False


def catalog__title(pdf):
    del pdf.Root.ViewerPreferences


def catalog__lang(pdf):
    del pdf.Root.Lang


def catalog__tree(pdf):
    first(pdf, "H1").P.S = Name.Part


def catalog__id(pdf):
    del pdf.trailer.ID


def intent(pdf):
    del pdf.Root.OutputIntents


# --- elements ---

def role__unknown(pdf):
    first(pdf, "P").S = Name.Paragraph


def role__mapped(pdf):
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(P=Name.H1)


def parent__list(pdf):
    first(pdf, "LI").S = Name.P


def parent__table(pdf):
    first(pdf, "TR").S = Name.P


def parent__cell(pdf):
    first(pdf, "TD").S = Name.P


def parent__unknown(pdf):
    first(pdf, "LBody").P = first(pdf, "H1")


def parent__block_in_text(pdf):
    first(pdf, "Span").S = Name.Div


def heading__skip(pdf):
    first(pdf, "H2").S = Name.H4


def heading__without_level(pdf):
    first(pdf, "H2").S = Name.H


def heading__start(pdf):
    first(pdf, "H1").S = Name.H2


def table__span(pdf):
    for cell in elements(pdf, "TD"):
        if "/A" in cell:
            del cell.A


def table__overlap(pdf):
    first(pdf, "TD").A = Dictionary(O=Name.Table, RowSpan=2)


def table__scope(pdf):
    del first(pdf, "TH").A


def cell_that_says(pdf, text):
    checker = Checker(pdf)
    return next(e.obj for e in checker.elements if e.role in ("TH", "TD")
                and checker.text_of(e) == text)


def headers__unknown(pdf):
    cell_that_says(pdf, "d").A.Headers[0] = String("n0999999")


def headers__elsewhere(pdf):
    cell_that_says(pdf, "d").A.Headers[0] = cell_that_says(pdf, "Y2").ID


def headers__twice(pdf):
    names = cell_that_says(pdf, "d").A.Headers
    names.append(names[0])


def headers__below(pdf):
    cell_that_says(pdf, "Y1").A.Headers = Array([cell_that_says(pdf, "X").ID])


def headers__missing(pdf):
    del cell_that_says(pdf, "e").A


def headers__row(pdf):
    names = cell_that_says(pdf, "d").A.Headers
    del names[-1]


def headers__needless(pdf):
    cell_that_says(pdf, "a").A = Dictionary(O=Name.Table, Headers=Array(
        [cell_that_says(pdf, "X").ID]))


def figure__alt(pdf):
    del first(pdf, "Figure").Alt


def figure__box(pdf):
    del first(pdf, "Figure").A


def list__numbering(pdf):
    for e in elements(pdf, "L"):
        if "/A" in e:
            del e.A


def list__unknown(pdf):
    next(e for e in elements(pdf, "L") if "/A" in e).A.ListNumbering = Name.Numbers


def list__markers(pdf):
    next(e for e in elements(pdf, "L") if "/A" in e).A.ListNumbering = Name.UpperAlpha


def is_objr(kid):
    return isinstance(kid, Dictionary) and kid.get("/Type") == "/OBJR"


def without_annotation(kids):
    return Array([k for k in kids if not is_objr(k)])


def link__annotation(pdf):
    e = first(pdf, "Link")
    e.K = without_annotation(e.K)


def link__nothing_to_click(pdf):
    e = first(pdf, "Link")
    e.K = Array([k for k in e.K if is_objr(k)])


def note__number(pdf):
    first(pdf, "Note").K[0].S = Name.P


def note__mark(pdf):
    """The Reference says nothing more, and another Note stands alone."""
    next(e for e in elements(pdf, "Reference") if e.P.S == "/P").S = Name.Span


def note__before_its_mark(pdf):
    e = first(pdf, "Note")
    others = [k for k in e.P.K if not isinstance(k, Dictionary) or k.objgen != e.objgen]
    e.P.K = Array([e, *others])


def contents__reference(pdf):
    next(e for e in elements(pdf, "Reference") if e.P.S == "/TOCI").S = Name.Span


def contents__link(pdf):
    link = next(e for e in elements(pdf, "Link") if e.P.P.S == "/TOCI")
    link.K = without_annotation(link.K)


def attached(pdf):
    return pdf.Root.AF[0]


def attachment__name(pdf):
    del attached(pdf).F


def attachment__listed_otherwise(pdf):
    pdf.Root.Names.EmbeddedFiles.Names[0] = String("other.png")


def attachment__not_associated(pdf):
    del pdf.Root.AF


def attachment__relation(pdf):
    attached(pdf).AFRelationship = Name.Friend


def attachment__type(pdf):
    del attached(pdf).EF.F.Subtype


def attachment__no_mime_type(pdf):
    attached(pdf).EF.F.Subtype = Name.png


def attachment__date(pdf):
    del attached(pdf).EF.F.Params.ModDate


def attachment__size(pdf):
    attached(pdf).EF.F.Params.Size = 1


def attachment__gone(pdf):
    del attached(pdf).EF


def attachment__twice(pdf):
    names = pdf.Root.Names.EmbeddedFiles.Names
    names.append(names[0])
    names.append(names[1])


def attachment__part_2(pdf):
    change_xmp(pdf, b'pdfaid:part="3"', b'pdfaid:part="2"')


def lang__element(pdf):
    first(pdf, "Span").Lang = String("fr_FR")


def lang__note(pdf):
    pdf.Root.Lang = String("english?")


def decoration(pdf):
    next(e for e in elements(pdf, "Span") if "/A" in e).A.TextDecorationType = Name.Strike


def empty(pdf):
    del first(pdf, "P").K


BREAKS = [f for n, f in list(globals().items())
          if n.partition("__")[0].replace("_", "-") in RULES and callable(f)]


def rule_of(function):
    return function.__name__.partition("__")[0].replace("_", "-")


def make_whole(program, folder):
    """The note, rendered without object streams, so that each part can be changed."""
    from kinds import make_images
    os.makedirs(folder, exist_ok=True)
    make_images(folder)
    note, pdf = os.path.join(folder, "note.yaml"), os.path.join(folder, "whole.pdf")
    with open(note, "w", encoding="utf-8") as f:
        f.write(NOTE)
    subprocess.run([program, "render", "-q", "-o", pdf, note], check=True, timeout=60)
    return pdf


def rules_broken(path, function):
    with pikepdf.open(path) as pdf:
        if function:
            function(pdf)
        return {rule for rule, _ in Checker(pdf).check()}


def test(program, folder, tally):
    """The whole file has no fault; each broken one has the fault that it should. Gives the
    whole file."""
    whole = make_whole(program, os.path.join(folder, "broken"))
    found = rules_broken(whole, None)
    tally.add(passed=not found, failed=bool(found))
    if found:
        print(f"--- the whole file breaks {sorted(found)}")
    untested = set(RULES) - {rule_of(f) for f in BREAKS}
    tally.add(passed=not untested, failed=bool(untested))
    if untested:
        print(f"--- nothing breaks {sorted(untested)}")
    for function in BREAKS:
        try:
            found = rules_broken(whole, function)
        except Exception as e:  # the checker itself must survive what is broken
            found = {f"{type(e).__name__}: {e}"}
        caught = rule_of(function) in found
        tally.add(passed=caught, failed=not caught)
        if not caught:
            print(f"--- {function.__name__} is not caught; found: {sorted(found)}")
    return whole
