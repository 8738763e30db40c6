# SPDX-License-Identifier: MIT
"""Files that are tagged by all rules and say the wrong thing: their reading order was
spoiled on purpose. order.py must see it, and the readers must hear it; else they do not
walk the tree, and what they agree on proves nothing.

A spoil is a function (pdf) that changes what pikepdf opened."""
import os
import subprocess

import pikepdf
from pikepdf import Array

import order
import reader
from broken import cell_that_says, elements, first
from checker import Checker

POPPLER = "poppler"
PDFJS = "pdf.js"


def kids_of(e):
    if not isinstance(e.K, Array):
        e.K = Array([e.K])
    return e.K


def leaf(pdf, text):
    """The element that holds these words itself."""
    checker = Checker(pdf)
    return next(e.obj for e in checker.elements if not e.elements()
                and checker.text_of(e).strip() == text)


def index_of(kids, e):
    return next(i for i, k in enumerate(kids)
                if isinstance(k, pikepdf.Dictionary) and k.objgen == e.objgen)


def move(e, by):
    """Moves an element among its parent's kids; `by` None: to the end."""
    kids = list(kids_of(e.P))
    at = index_of(kids, e)
    kids.pop(at)
    kids.insert(len(kids) if by is None else at + by, e)
    e.P.K = Array(kids)


def note_at_the_end(pdf):
    move(first(pdf, "Note"), None)


def note_before_its_mark(pdf):
    move(first(pdf, "Note"), -1)


def list_behind_the_table(pdf):
    move(elements(pdf, "L")[-1], 1)


def rows_swapped(pdf):
    move(cell_that_says(pdf, "a").P, 1)


def cells_swapped(pdf):
    move(cell_that_says(pdf, "a"), 1)


def link_before_what_leads_to_it(pdf):
    """The words of a paragraph around a link, the other way round."""
    p = next(e for e in elements(pdf, "Link") if str(e.P.S) == "/P").P
    p.K = Array(reversed(list(p.K)))


def items_say_each_others_words(pdf):
    """Every rule of the tree holds; what two elements hold is exchanged."""
    one, two = leaf(pdf, "one"), leaf(pdf, "two")
    slots = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    slots[int(one.K)], slots[int(two.K)] = two, one
    one.K, two.K = two.K, one.K


def heading_at_the_end(pdf):
    move(first(pdf, "H1"), None)


def not_said(pdf):
    """A paragraph becomes decoration."""
    p = elements(pdf, "H3")[0]
    mcid = int(p.K)
    kids = list(kids_of(p.P))
    kids.pop(index_of(kids, p))
    p.P.K = Array(kids)
    page = pdf.pages[0]
    data = page.Contents.read_bytes()
    page.Contents = pdf.make_stream(data.replace(b"/H3<</MCID %d>>BDC" % mcid,
                                                 b"/Artifact<</Type/Pagination>>BDC"))


SPOILS = [note_at_the_end, note_before_its_mark, list_behind_the_table, rows_swapped,
          cells_swapped, link_before_what_leads_to_it, items_say_each_others_words,
          heading_at_the_end, not_said]


def spoil(whole, function):
    path = whole.replace(".pdf", f"-{function.__name__}.pdf")
    with pikepdf.open(whole) as pdf:
        function(pdf)
        pdf.save(path)
    return path


def read_by_us(path):
    with pikepdf.open(path) as pdf:
        checker = Checker(pdf)
        return "".join(checker.text_of(root, drawn=False) for root in checker.roots)


def read_beside_another(pdfjs, paths):
    """What pdf.js says, while a process lives that was forked behind its start: it must
    not wait for that one's end."""
    reading = reader.Reading(pdfjs, paths)
    ours, theirs = os.pipe()
    other = os.fork()
    if other == 0:
        os.close(theirs)
        os.read(ours, 1)  # until we close our end
        os._exit(0)
    os.close(ours)
    said = reading.result()
    os.close(theirs)
    os.waitpid(other, 0)
    return said


def test(program, whole, pdfjs, tally):
    """`whole`: the file that broken.py makes; `pdfjs`: where that is, or None."""
    dump = subprocess.run([program, "dump", "--stage", "note", "note.yaml"], check=True,
                          cwd=os.path.dirname(whole), stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, timeout=60).stdout.decode()
    paths = {f.__name__: spoil(whole, f) for f in SPOILS}
    readers = {}
    if reader.has_poppler():
        readers[POPPLER] = {p: reader.read_by_poppler(p) for p in [whole, *paths.values()]}
    if pdfjs:
        said = read_beside_another(pdfjs, [whole, *paths.values()])
        readers[PDFJS] = {p: "".join(pages) for p, pages in said.items()}
    for name, path in paths.items():
        deaf = [] if order.compare(dump, read_by_us(path)) else ["order.py"]
        deaf += [who for who, said in readers.items()
                 if order.letters(said[path]) == order.letters(said[whole])]
        tally.add(passed=not deaf, failed=bool(deaf))
        if deaf:
            print(f"--- {name} is not heard by {', '.join(deaf)}")
    fault = order.compare(dump, read_by_us(whole))
    tally.add(passed=not fault, failed=bool(fault))
    if fault:
        print(f"--- the whole file: {fault}")
