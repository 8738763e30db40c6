# SPDX-License-Identifier: MIT
"""What a page draws: its content stream, run. For each stretch of marked content the text
that it shows; and what is wrong with the stream itself: operators that are not balanced,
paint outside marked content, glyphs without width or meaning."""
import functools
import io
import re

import pikepdf
from fontTools.cffLib import CFFFontSet
from fontTools.pens.basePen import NullPen
from fontTools.ttLib import TTFont

PAINT = {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "INLINE IMAGE"}
SHOW = {"Tj", "TJ", "'", '"'}
PATHS = {"m", "l", "c", "v", "y", "h", "re", "n", "W", "W*"}
KNOWN = PAINT | SHOW | PATHS | set("""q Q cm w J j M d ri i gs BT ET Tc Tw Tz TL Tf Tr Ts Td TD
Tm T* CS cs SC SCN sc scn G g RG rg K k BMC BDC EMC MP DP""".split())
ARTIFACTS = {"/Pagination", "/Layout", "/Page", "/Background"}
FURNITURE = {"/Header", "/Footer", "/Watermark", ""}
MOST_Q = 28
MOST_FORMS = 16  # in each other
WIDTH_SLACK = 1  # thousandths of an em


def utf16(data):
    return bytes(data).decode("utf-16-be", "replace")


def hexes(text):
    return [bytes.fromhex(h) for h in re.findall(r"<([0-9a-fA-F]*)>", text)]


def read_map(stream):
    """code → text, of a ToUnicode stream."""
    text, found = stream.read_bytes().decode("latin-1"), {}
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.S):
        h = hexes(block)
        for first, last, to in zip(h[::3], h[1::3], h[2::3]):
            base = utf16(to)
            for n in range(int.from_bytes(last, "big") - int.from_bytes(first, "big") + 1):
                found[int.from_bytes(first, "big") + n] = (
                    base[:-1] + chr(ord(base[-1]) + n))
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.S):
        h = hexes(block)
        for code, to in zip(h[::2], h[1::2]):
            found[int.from_bytes(code, "big")] = utf16(to)
    return found


class Program:
    """An embedded font: its glyphs' names, what characters they are for, their widths."""

    def __init__(self, data, is_cff):
        self.cff, self.cmap, self.metrics = None, {}, {}
        if is_cff:
            fonts = CFFFontSet()
            fonts.decompile(io.BytesIO(data), None)
            self.cff = fonts[fonts.fontNames[0]]
            self.order = self.cff.charset
        else:
            font = TTFont(io.BytesIO(data), lazy=True)
            self.order = font.getGlyphOrder()
            for table in font["cmap"].tables if "cmap" in font else []:
                self.cmap.update(table.cmap)
            self.upem = font["head"].unitsPerEm
            self.metrics = font["hmtx"].metrics
        self.numbers = {name: n for n, name in enumerate(self.order)}

    def width(self, glyph):
        if self.cff:
            shape = self.cff.CharStrings[self.order[glyph]]
            shape.draw(NullPen())
            return shape.width * 1000 * self.cff.FontMatrix[0]
        return self.metrics[self.order[glyph]][0] * 1000 / self.upem


@functools.lru_cache(64)
def load_program(data, is_cff):
    """Files that differ little have the same fonts, and reading these is what costs."""
    return Program(data, is_cff)


class Font:
    """A font as the codes of a string see it: width, glyph and text of each."""

    def __init__(self, font):
        self.name = str(font.get("/BaseFont", "?"))
        self.wide = font.Subtype == "/Type0"
        self.map = read_map(font.ToUnicode) if "/ToUnicode" in font else {}
        self.descendant = font.DescendantFonts[0] if self.wide else font
        self.descriptor = self.descendant.get("/FontDescriptor", {})
        self.widths = self.read_wide() if self.wide else self.read_simple(font)
        is_cff = "/FontFile3" in self.descriptor
        file = self.descriptor.get("/FontFile3" if is_cff else "/FontFile2", None)
        self.program = (load_program(file.read_bytes(), is_cff) if file is not None
                        else None)

    def read_simple(self, font):
        first = int(font.get("/FirstChar", 0))
        return {first + i: float(w) for i, w in enumerate(font.get("/Widths", []))}

    def read_wide(self):
        found, items = {}, list(self.descendant.get("/W", []))
        self.default = float(self.descendant.get("/DW", 1000))
        while items:
            first = int(items.pop(0))
            if isinstance(items[0], pikepdf.Array):
                for i, w in enumerate(items.pop(0)):
                    found[first + i] = float(w)
            else:
                last, width = int(items.pop(0)), float(items.pop(0))
                found.update({c: width for c in range(first, last + 1)})
        return found

    def glyph(self, code):
        """The glyph of a code in the program: its number; 0 if it has none."""
        program = self.program
        if program.cff and hasattr(program.cff, "ROS"):
            # Keyed by CID: the charset says which glyph is which.
            return program.numbers.get(f"cid{code:05d}", 0)
        if program.cff or self.wide:
            return code if code < len(program.order) else 0
        name = program.cmap.get(code) or program.cmap.get(0xF000 + code)
        return program.numbers[name] if name else 0

    def faults_of(self, code):
        if not self.program:
            yield "font", f"{self.name} is not embedded"
            return
        glyph = self.glyph(code)
        if glyph == 0:
            yield "notdef", f"{self.name}: code {code} shows .notdef"
            return
        text = self.map.get(code, "")
        if not text or set(text) & {"\0", "\ufeff", "\ufffe"}:
            yield "unicode", f"{self.name}: code {code} has no text ({text!r})"
        if code not in self.widths and not self.wide:
            yield "width", f"{self.name}: code {code} has no width"
            return
        width = self.widths[code] if code in self.widths else self.default
        real = self.program.width(glyph)
        if abs(width - real) > WIDTH_SLACK:
            yield "width", f"{self.name}: code {code} is {real:.1f} wide, not {width:.1f}"


class Fonts:
    """Every font of a file once."""

    def __init__(self):
        self.known = {}

    def get(self, font):
        key = font.objgen
        if key == (0, 0) or key not in self.known:
            self.known[key] = Font(font)
        return self.known[key]


class Mark:
    def __init__(self, tag, about):
        self.tag = tag
        self.mcid = int(about["/MCID"]) if "/MCID" in about else None
        self.artifact = tag == "/Artifact"
        self.kind = str(about["/Type"]) if "/Type" in about else ""
        self.actual = str(about["/ActualText"]) if "/ActualText" in about else None
        self.lang = str(about["/Lang"]) if "/Lang" in about else None
        self.shown = 0


class Content:
    """`texts`: the text of each MCID; `faults`: (rule, detail); `tags`: by MCID."""

    def __init__(self, page, fonts):
        self.page, self.fonts = page, fonts
        self.resources = page.get("/Resources", {})
        self.texts, self.tags, self.faults, self.forms = {}, {}, [], []
        self.stack, self.depth, self.font, self.checked = [], 0, None, set()
        for operands, operator in pikepdf.parse_content_stream(page):
            self.step(operands, str(operator))
        if self.stack:
            self.fault("balance", f"{len(self.stack)} of BT, BDC are left open")
        if self.depth:
            self.fault("balance", f"{self.depth} of q are left open")

    def fault(self, rule, detail):
        self.faults.append((rule, detail))

    def marks(self):
        return [m for m in self.stack if isinstance(m, Mark)]

    def step(self, operands, op):
        if op not in KNOWN:
            self.fault("operator", f"{op} is no operator")
        elif op in ("BDC", "BMC"):
            self.begin_mark(str(operands[0]), operands[1] if op == "BDC" else {})
        elif op == "EMC":
            self.close(Mark, "EMC")
        elif op == "BT":
            if "BT" in self.stack:
                self.fault("balance", "BT inside BT")
            self.stack.append("BT")
        elif op == "ET":
            self.close(str, "ET")
        elif op in ("q", "Q"):
            self.save(1 if op == "q" else -1)
        elif op == "Tf":
            self.font = self.fonts.get(self.resources.Font[str(operands[0])])
        elif op in SHOW:
            self.show(operands, op)
        elif op in PAINT:
            self.paint(op)
            if op == "Do":
                self.draw(self.resources.XObject[str(operands[0])])

    def save(self, by):
        self.depth += by
        if self.depth < 0:
            self.fault("balance", "Q without q")
            self.depth = 0
        if self.depth > MOST_Q:
            self.fault("limits", f"q is {self.depth} deep")
        if "BT" in self.stack:
            self.fault("balance", "q or Q inside BT")

    def close(self, kind, op):
        if not self.stack or not isinstance(self.stack[-1], kind):
            self.fault("balance", f"{op} closes nothing, or across another")
            return
        self.stack.pop()

    def begin_mark(self, tag, about):
        if isinstance(about, pikepdf.Name):
            about = self.resources.Properties[str(about)]
        mark, around = Mark(tag, about), self.marks()
        self.stack.append(mark)
        if mark.artifact:
            self.check_artifact(about, around)
        elif mark.mcid is not None:
            if any(m.mcid is not None or m.artifact for m in around):
                self.fault("nesting", f"{tag} {mark.mcid} inside other marked content")
            if mark.mcid in self.texts:
                self.fault("mark", f"MCID {mark.mcid} is drawn twice")
            self.texts[mark.mcid], self.tags[mark.mcid] = "", tag
        if mark.actual is not None:
            self.add_text(mark.actual)

    def check_artifact(self, about, around):
        if any(m.mcid is not None or m.artifact for m in around):
            self.fault("nesting", "an artifact inside other marked content")
        kind, below = str(about.get("/Type", "")), str(about.get("/Subtype", ""))
        if kind not in ARTIFACTS:
            self.fault("artifact", f"an artifact of type {kind!r}")
        elif kind == "/Pagination" and below not in FURNITURE:
            self.fault("artifact", f"pagination of subtype {below!r}")

    def paint(self, op):
        if not any(m.mcid is not None or m.artifact for m in self.marks()):
            self.fault("unmarked", f"{op} outside BDC and EMC")

    def draw(self, thing):
        """A form, a drawing say, is drawn as if it stood in the page."""
        if thing.Subtype != "/Form":
            return
        if len(self.forms) > MOST_FORMS:
            self.fault("limits", "forms in forms without end")
            return
        kept = self.resources, self.font, self.depth
        self.resources, self.depth = thing.get("/Resources", self.resources), 0
        self.forms.append(thing)
        for operands, operator in pikepdf.parse_content_stream(thing):
            self.step(operands, str(operator))
        self.forms.pop()
        if self.depth:
            self.fault("balance", f"{self.depth} of q are left open in a form")
        self.resources, self.font, self.depth = kept

    def add_text(self, text):
        """To the MCID that is open; an artifact's text is no text."""
        for mark in self.marks():
            if mark.mcid is not None:
                self.texts[mark.mcid] += text

    def codes(self, data):
        if self.font.wide:
            return [data[i] << 8 | data[i + 1] for i in range(0, len(data) - 1, 2)]
        return list(data)

    def show(self, operands, op):
        self.paint(op)
        if "BT" not in self.stack:
            self.fault("balance", f"{op} outside BT and ET")
        if self.font is None:
            self.fault("font", f"{op} without a font")
            return
        parts = operands[0] if op == "TJ" else operands[-1:]
        replaced = any(m.actual is not None for m in self.marks())
        for part in parts:
            if isinstance(part, pikepdf.String):
                self.show_codes(self.codes(bytes(part)), replaced)

    def show_codes(self, codes, replaced):
        for code in codes:
            if (self.font, code) not in self.checked:
                self.checked.add((self.font, code))
                for fault in self.font.faults_of(code):
                    self.fault(*fault)
        text = "".join(self.font.map.get(c, "") for c in codes)
        layout = any(m.artifact and m.kind == "/Layout" for m in self.marks())
        if layout and not self.forms and any(map(str.isalnum, text)):
            self.fault("artifact", f"{text!r} is words, and a mere matter of layout")
        if not replaced:
            self.add_text(text)
