# SPDX-License-Identifier: MIT
"""A PDF's structure tree as Python objects, and its trees of numbers and names."""
import pikepdf

MOST_DEPTH = 400


class Marked:
    """Content of a page that an element holds."""

    def __init__(self, page, mcid):
        self.page, self.mcid = page, mcid  # the page's objgen


class Annotation:
    def __init__(self, obj, page):
        self.obj, self.page = obj, page


class Element:
    """`kids`: Elements, Marked, Annotations, in their order."""

    def __init__(self, obj, parent, depth=0):
        self.obj, self.parent = obj, parent
        self.role = str(obj.get("/S", "?"))[1:]
        self.key = obj.objgen
        self.kids = []
        self.page = obj["/Pg"].objgen if "/Pg" in obj else None
        self.wrong_parent = parent is not None and (
            "/P" not in obj or obj["/P"].objgen != parent.key)
        kids = obj.get("/K", [])
        for kid in kids if isinstance(kids, (pikepdf.Array, list)) else [kids]:
            if depth < MOST_DEPTH:
                self.add(kid, depth)

    def add(self, kid, depth):
        if isinstance(kid, int):
            self.kids.append(Marked(self.page, kid))
            return
        page = kid["/Pg"].objgen if "/Pg" in kid else self.page
        kind = str(kid.get("/Type", ""))
        if kind == "/MCR":
            self.kids.append(Marked(page, int(kid.MCID)))
        elif kind == "/OBJR":
            self.kids.append(Annotation(kid.Obj, page))
        else:
            self.kids.append(Element(kid, self, depth + 1))

    def elements(self):
        return [k for k in self.kids if isinstance(k, Element)]

    def roles(self):
        return [e.role for e in self.elements()]

    def walk(self):
        yield self
        for kid in self.elements():
            yield from kid.walk()

    def attribute(self, owner, name, default=None):
        """The value of an attribute object's entry."""
        found = self.obj.get("/A", None)
        for a in found if isinstance(found, pikepdf.Array) else [found]:
            if a is not None and str(a.get("/O", "")) == "/" + owner and "/" + name in a:
                return a["/" + name]
        return default

    def path(self):
        above = self.parent.path() + " > " if self.parent and self.parent.parent else ""
        return above + self.role


def leaves(tree, entries):
    """The entries of a number or name tree, as pairs, in their order."""
    found = []
    flat = list(tree.get("/" + entries, []))
    found += zip(flat[::2], flat[1::2])
    for kid in tree.get("/Kids", []):
        found += leaves(kid, entries)
    return found


def read(pdf):
    """The root elements of a PDF's structure tree; it should be one."""
    root = pdf.Root.get("/StructTreeRoot", None)
    if root is None or "/K" not in root:
        return []
    kids = root.K if isinstance(root.K, pikepdf.Array) else [root.K]
    return [Element(k, None) for k in kids]
