# SPDX-License-Identifier: MIT
"""What `infonote preflight` finds: one file without a fault, and for each rule a file that
breaks it and no other."""
import json
import os
import random
import re
import unittest
import zlib

from program import EXAMPLES, PROGRAM, Case, output_of, read, run, tool

try:
    import pikepdf
    from pikepdf import Array, Dictionary, Name, String
except ImportError as e:
    raise unittest.SkipTest("python3-pikepdf is not installed") from e

import printable

if not os.path.exists(os.path.join(os.path.dirname(PROGRAM), "infonote-preflight")):
    raise unittest.SkipTest("infonote-preflight is not built (libqpdf-dev, libxml2-dev)")

RULES = os.path.join(os.path.dirname(EXAMPLES), "src", "preflight", "rules.h")


# --- what spoils the file, named by the rule that it breaks ----------------------------

def first(pdf):
    return pdf.pages[0].obj


def append(pdf, content):
    page = first(pdf)
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + content)


def state(pdf, content=b"/G1 gs\n", **keys):
    first(pdf).Resources.ExtGState.G1 = Dictionary(
        {"/" + k: v for k, v in keys.items()})
    append(pdf, content)


def xmp(old, new):
    def spoil(pdf):
        assert old in printable.XMP
        text = printable.XMP.replace(old, new)
        pdf.Root.Metadata = pdf.make_stream(
            text.encode(), {"/Type": Name.Metadata, "/Subtype": Name.XML})
    return spoil


def info(key, value=None):
    def spoil(pdf):
        if value is None:
            del pdf.trailer.Info[key]
        else:
            pdf.trailer.Info[key] = value
    return spoil


def draw(content):
    return lambda pdf: append(pdf, content)


def in_state(**keys):
    return lambda pdf: state(pdf, **keys)


def on_page(key, value):
    def spoil(pdf):
        first(pdf)[key] = value(pdf) if callable(value) else value
    return spoil


def in_root(key, value):
    def spoil(pdf):
        pdf.Root[key] = value(pdf) if callable(value) else value
    return spoil


def a_picture(size=7.2, samples=None, **keys):
    def spoil(pdf):
        made = {k: v(pdf) if callable(v) else v for k, v in keys.items()}
        first(pdf).Resources.XObject.Im2 = printable.picture(pdf, samples, **made)
        append(pdf, b"q %f 0 0 %f 60 100 cm /Im2 Do Q\n" % (size, size))
    return spoil


def a_form(**keys):
    def spoil(pdf):
        form = pdf.make_stream(b"", {"/Type": Name.XObject, "/Subtype": Name.Form,
                                     "/BBox": Array([0, 0, 1, 1])})
        for key, value in keys.items():
            form["/" + key] = value(pdf) if callable(value) else value
        first(pdf).Resources.XObject.Fm2 = form
        append(pdf, b"/Fm2 Do\n")
    return spoil


def intents(*made):
    def spoil(pdf):
        pdf.Root.OutputIntents = Array([m(pdf) for m in made])
    return spoil


def icc(**keys):
    return lambda pdf: printable.intent(pdf, printable.profile(**keys))


def without_condition(pdf):
    del pdf.Root.OutputIntents[0].OutputConditionIdentifier


def without_profile(pdf):
    del pdf.Root.OutputIntents[0].DestOutputProfile


def same_profile_twice(pdf):
    again = printable.intent(pdf)
    again.DestOutputProfile = pdf.Root.OutputIntents[0].DestOutputProfile
    pdf.Root.OutputIntents.append(again)


def another_profile(pdf):
    pdf.Root.OutputIntents.append(printable.intent(pdf, S=Name.GTS_PDFA1))


def without_trim(pdf):
    for page in pdf.pages:
        del page.obj.TrimBox


def annotation(pdf, rect=(50, 50, 90, 60), **keys):
    first(pdf).Annots = Array([pdf.make_indirect(Dictionary(
        {"/Type": Name.Annot, "/Subtype": Name.Link, "/Rect": Array(rect), **keys}))])


def action_of_annotation(pdf):
    annotation(pdf, (0, 0, 5, 5), **{"/A": Dictionary(S=Name.URI, URI=String("x:"))})


def no_font_file(pdf):
    font = first(pdf).Resources.Font.F1
    del font.FontDescriptor.FontFile3


def unused_stream(**keys):
    def spoil(pdf):
        stream = pdf.make_stream(b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01")
        for key, value in keys.items():
            stream["/" + key] = value
        pdf.Root.PieceInfo = Dictionary(A=stream)
    return spoil


def layers(**keys):
    def spoil(pdf):
        config = Dictionary(Name=String("Layers"), Order=Array([]))
        for key, value in keys.items():
            config["/" + key] = value
        pdf.Root.OCProperties = Dictionary(OCGs=Array([]), D=config)
    return spoil


def bookmarks(**keys):
    """An outline whose second entry has a child with these keys, and is its own neighbour."""
    def spoil(pdf):
        made = [pdf.make_indirect(Dictionary(Title=String(t))) for t in "abc"]
        made[0].Next = made[1]
        made[1].First = made[2]
        made[1].Next = made[1]
        for key, value in keys.items():
            made[2]["/" + key] = value
        pdf.Root.Outlines = Dictionary(Type=Name.Outlines, First=made[0], Last=made[1], Count=2)
    return spoil


def in_content(size, head, data):
    """A picture of 30 by 30 pixels between BI and EI."""
    return draw(b"q %f 0 0 %f 60 100 cm BI /W 30 /H 30 /BPC 8 %s ID %s\nEI Q\n" % (
        size, size, head, data))


def profile_of_cmyk(pdf, content, **state_keys):
    icc = pdf.make_stream(printable.profile(), {"/N": 4})
    first(pdf).Resources.ColorSpace.Icc = Array([Name.ICCBased, icc])
    state(pdf, b"/G1 gs " + content, **state_keys)


def overprinted_picture(pdf):
    first(pdf).Resources.XObject.Im2 = printable.picture(
        pdf, ColorSpace=Array([Name.ICCBased, pdf.make_stream(printable.profile(), {"/N": 4})]))
    state(pdf, b"/G1 gs q 7.2 0 0 7.2 60 100 cm /Im2 Do Q\n", op=True, OPM=1)


def named_as_a_device(pdf):
    icc = pdf.make_stream(printable.profile(b"mntr", b"RGB "), {"/N": 3})
    first(pdf).Resources.ColorSpace.RGB = Array([Name.ICCBased, icc])
    append(pdf, b"/RGB cs 1 0 0 scn 40 30 9 9 re f\n")


def to_the_edge(content, bleed=None):
    def spoil(pdf):
        if bleed:
            first(pdf).BleedBox = Array(bleed)
        else:
            del first(pdf).BleedBox
        append(pdf, content)
    return spoil


TRIM = [20, 20, 280, 280]


def nameless_layers(pdf):
    pdf.Root.OCProperties = Dictionary(OCGs=Array([]), D=Dictionary(Order=Array([])))


SPOILED = [
    ("no-xmp", lambda pdf: pdf.Root.__delitem__("/Metadata")),
    ("xmp-version", xmp('"PDF/X-4"', '"PDF/X-3"')),
    ("xmp-version", xmp('pdfxid:GTS_PDFXVersion="PDF/X-4"', "")),
    ("xmp-title", xmp("<rdf:li xml:lang=\"x-default\">Wells</rdf:li>", "")),
    ("xmp-dates", xmp("<xmp:MetadataDate>2026-03-04T07:15:00Z</xmp:MetadataDate>", "")),
    ("xmp-trapped", xmp('pdf:Trapped="False"', "")),
    ("xmp-ids", xmp("<xmpMM:VersionID>1</xmpMM:VersionID>", "")),
    ("info-title", info("/Title")),
    ("info-dates", info("/ModDate")),
    ("info-trapped", info("/Trapped")),
    ("info-differs", info("/Title", String("Springs"))),
    ("info-differs", info("/CreationDate", String("D:20250304071500Z"))),
    ("no-intent", intents()),
    ("many-intents", same_profile_twice),
    ("intent-condition", without_condition),
    ("intent-condition", intents(lambda pdf: printable.intent(
        pdf, OutputConditionIdentifier=String("")))),
    ("intent-condition", intents(lambda pdf: printable.intent(
        pdf, OutputConditionIdentifier=String("  ")))),
    ("intent-registry", intents(lambda pdf: printable.intent(pdf, RegistryName=String("")))),
    ("no-profile", without_profile),
    ("bad-profile", intents(icc(kind=b"mntr"))),
    ("bad-profile", intents(icc(version=5))),
    ("bad-profile", intents(lambda pdf: printable.intent(pdf, printable.profile()[:100]))),
    ("bad-profile", intents(lambda pdf: printable.intent(pdf, b""))),
    ("many-profiles", another_profile),
    ("device-color", draw(b"0.2 0.3 0.4 rg 40 20 20 20 re f\n")),
    ("device-color", on_page("/Group", Dictionary(S=Name.Transparency, CS=Name.DeviceRGB))),
    ("device-color", a_picture(samples=bytes(2700), ColorSpace=Name.DeviceRGB)),
    ("no-trim", without_trim),
    ("trim-and-art", on_page("/ArtBox", Array([20, 20, 280, 280]))),
    ("boxes", on_page("/BleedBox", Array([25, 11, 289, 289]))),
    ("boxes", on_page("/BleedBox", Array([-5, 11, 289, 289]))),
    ("annotation", annotation),
    ("action", action_of_annotation),
    ("action", in_root("/OpenAction", Dictionary(S=Name.JavaScript, JS=String("1")))),
    ("action", in_root("/AA", Dictionary(WP=Dictionary(S=Name.JavaScript, JS=String("1"))))),
    ("action", in_root("/Names", Dictionary(JavaScript=Dictionary(Names=Array([]))))),
    ("action", bookmarks(A=Dictionary(S=Name.Launch, F=String("x.exe")))),
    ("action", bookmarks(A=Dictionary(S=Name.GoTo, D=Array([0, Name.Fit])))),
    ("attached", in_root("/Names", Dictionary(EmbeddedFiles=Dictionary(Names=Array([]))))),
    ("form", in_root("/AcroForm", Dictionary(Fields=Array([Dictionary(T=String("a"))])))),
    ("view-area", in_root("/ViewerPreferences", Dictionary(ViewArea=Name.TrimBox))),
    ("layers", nameless_layers),
    ("layers", layers(AS=Array([]))),
    ("font-missing", no_font_file),
    ("lzw", unused_stream(Filter=Name.LZWDecode)),
    ("external", unused_stream(F=String("other.bin"))),
    ("opi", a_form(OPI=Dictionary({"/2.0": Dictionary()}))),
    ("postscript", a_form(Subtype2=Name.PS)),
    ("postscript", unused_stream(Type=Name.XObject, Subtype=Name.PS)),
    ("reference", a_form(Ref=Dictionary(F=String("other.pdf"), Page=0))),
    ("alternate", a_picture(Alternates=lambda pdf: Array([Dictionary(
        Image=printable.picture(pdf), DefaultForPrinting=True)]))),
    ("transfer", in_state(TR=Name.Identity)),
    ("transfer", in_state(TR2=Name.Identity)),
    ("halftone", in_state(HT=Dictionary(HalftoneType=6))),
    ("halftone", in_state(HT=Dictionary(HalftoneType=1, HalftoneName=String("A")))),
    ("halftone-phase", in_state(HTP=Array([0, 0]))),
    ("rendering-intent", draw(b"/Bright ri\n")),
    ("rendering-intent", in_state(RI=Name("/Bright"))),
    ("operator", draw(b"1 0 0 1 zz\n")),
    ("resource", draw(b"/F9 10 Tf\n")),
    ("resource", draw(b"/Other cs\n")),
    ("balance", draw(b"q\n")),
    ("balance", draw(b"Q Q\n")),
    ("poor-resolution", a_picture(size=20)),
    ("low-resolution", a_picture(size=10)),
    ("high-resolution", a_picture(size=3)),
    ("hairline", draw(b"0.1 w 0 0 0 1 K 40 30 m 90 30 l S\n")),
    ("hairline", draw(b"q 0.1 0 0 0.1 0 0 cm 1 w 400 300 m 900 300 l S Q\n")),
    ("hairline", draw(b"0 0 0 1 k 40 30 100 0.2 re f\n")),
    ("white-overprint", lambda pdf: state(pdf, b"/G1 gs 0 0 0 0 k 40 30 9 9 re f\n", OP=True)),
    ("ink", draw(b"1 1 1 0.5 k 40 30 9 9 re f\n")),
    ("ink", a_picture(samples=bytes([255, 255, 255, 128]) * 900)),
    ("ink", a_picture(samples=bytes([0, 0, 0, 127]) * 900,
                      Decode=Array([1, 0, 1, 0, 1, 0, 1, 0]))),
    ("ink", in_content(7.2, b"/CS /CMYK", bytes([255, 255, 255, 128]) * 900)),
    ("ink", in_content(7.2, b"/CS/DeviceCMYK/F/Fl", zlib.compress(
        bytes([255, 255, 255, 128]) * 900))),
    ("device-color", in_content(7.2, b"/CS /RGB", b" EI " * 675)),
    ("poor-resolution", in_content(20, b"/ColorSpace /G", bytes(900))),
    ("lzw", in_content(7.2, b"/CS /G /F [/LZW]", b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01")),
    ("damaged", draw(b"BI /W 30 /H [ ID aaa\nEI\n")),
    ("icc-overprint", lambda pdf: profile_of_cmyk(
        pdf, b"/Icc cs 0 0 0 1 sc 40 30 9 9 re f\n", op=True, OPM=1)),
    ("icc-overprint", lambda pdf: profile_of_cmyk(
        pdf, b"/Icc CS 0 0 0 1 SC 40 30 m 90 30 l S\n", OP=True, OPM=1)),
    ("icc-overprint", overprinted_picture),
    ("no-bleed", to_the_edge(b"0 0 0 1 k 20 100 50 10 re f\n")),
    ("no-bleed", to_the_edge(b"0 0 0 1 k 100 250 50 31 re f\n", [11, 11, 289, 280])),
    ("no-bleed", to_the_edge(b"1 w 0 0 0 1 K 250 30 m 279.6 90 l S\n", TRIM)),
    ("small-text", draw(b"1 0.5 0 0 k BT /F1 8 Tf (a) Tj ET\n")),
    ("page-sizes", on_page("/TrimBox", Array([20, 20, 280, 270]))),
    ("transparency", in_state(ca=0.5)),
    ("transparency", a_picture(SMask=lambda pdf: printable.picture(
        pdf, bytes(900), ColorSpace=Name.DeviceGray))),
]


def registration(pdf):
    first(pdf).Resources.ColorSpace.Marks = Array([
        Name.Separation, Name.All, Name.DeviceCMYK,
        Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[0, 0, 0, 0], C1=[1, 1, 1, 1])])
    append(pdf, b"/Marks cs 1 scn 100 100 10 10 re f\n")


SPOILED.append(("registration", registration))

# What might be taken for a fault, and is none.
GOOD = [
    bookmarks(Dest=Array([0, Name.Fit])),
    intents(lambda pdf: printable.intent(pdf, RegistryName=String("http://www.color.org"))),
    in_content(7.2, b"/CS /CMYK", b" EI " * 900),
    in_content(7.2, b"/CS [/Indexed /CMYK 1 <00000000ff000000>]", bytes(900)),
    lambda pdf: profile_of_cmyk(pdf, b"/Icc cs 0 0 0 1 sc 40 30 9 9 re f\n", op=True, OPM=0),
    lambda pdf: profile_of_cmyk(pdf, b"/Icc cs 0 0 0 1 sc 40 30 9 9 re f\n", op=False, OPM=1),
    named_as_a_device,
    to_the_edge(b"0 0 0 1 k 20 100 50 10 re f\n", [11, 11, 289, 289]),
    to_the_edge(b"0 0 0 0 k 0 0 300 300 re f\n"),  # white
    to_the_edge(b"0 0 0 1 k 5 5 10 10 re f\n"),    # beside the page
    to_the_edge(b"q 30 30 9 9 re W n 0 0 0 1 k 0 0 300 300 re f Q\n"),
]


class Preflight(Case):
    def told(self, path, *options, status=None):
        p = run("preflight", "--format", "json", *options, path)
        self.assertEqual(p.stderr, b"")
        told = json.loads(p.stdout)
        wanted = 1 if told["errors"] else 0
        self.assertEqual(p.returncode, wanted if status is None else status)
        return told

    def codes(self, path, *options):
        return sorted({f["code"] for f in self.told(path, *options)["findings"]})

    def made(self, spoil=None, **options):
        path = self.path("p.pdf")
        with printable.make() as pdf:
            if spoil:
                spoil(pdf)
            printable.save(pdf, path, **options)
        return path

    def test_a_file_without_a_fault(self):
        told = self.told(self.made())
        self.assertEqual(told["findings"], [])
        self.assertTrue(told["pdfx4"])
        self.assertEqual(told["version"], "1.6")
        self.assertEqual(told["condition"], "FOGRA39")
        page = told["pages"][1]
        self.assertEqual(page["boxes"]["TrimBox"], [20, 20, 280, 280])
        self.assertEqual(page["plates"], ["Black", "Deep Blue"])
        self.assertEqual(page["fonts"], ["ABCDEF+Wells"])
        self.assertEqual((page["pictures"], page["ppi"]), (1, 300))
        self.assertEqual((page["ink"], page["thinnest"]), (100, 0.5))
        self.assertEqual(told["fonts"], [{"name": "ABCDEF+Wells", "type": "Type1",
                                          "embedded": True, "subset": True}])

    def test_each_rule_is_broken_alone(self):
        for i, (code, spoil) in enumerate(SPOILED):
            with self.subTest(code=code, file=i):
                self.assertEqual(self.codes(self.made(spoil), "--standard", "x-4"), [code])

    def test_what_is_no_fault(self):
        for i, change in enumerate(GOOD):
            with self.subTest(file=i):
                self.assertEqual(self.codes(self.made(change), "--standard", "x-4"), [])

    def test_files_that_are_saved_otherwise(self):
        self.assertEqual(self.codes(self.made(version="1.7")), ["version"])
        path = self.made()
        with pikepdf.open(path) as pdf:
            pdf.Root.Metadata = pikepdf.Stream(
                pdf, zlib.compress(pdf.Root.Metadata.read_bytes()))
            pdf.Root.Metadata.Filter = Name.FlateDecode
            printable.save(pdf, self.path("z.pdf"))
        self.assertEqual(self.codes(self.path("z.pdf")), ["xmp-filter"])
        data = read(path)
        self.path("noid.pdf", re.sub(rb"/ID \[.*?\]", lambda m: b" " * len(m.group(0)),
                                     data, flags=re.S))
        self.assertEqual(self.codes(self.path("noid.pdf")), ["no-id"])
        lzw = self.made(unused_stream(Filter=Name.LZWDecode))
        self.path("crypt.pdf", read(lzw).replace(b"/LZWDecode", b"/Crypt    "))
        self.assertEqual(self.codes(self.path("crypt.pdf")), ["crypt"])
        self.path("broken.pdf", data.replace(b"startxref", b"startxxxx"))
        self.assertEqual(self.codes(self.path("broken.pdf")), ["damaged"])

    def test_every_rule_has_a_file_that_breaks_it(self):
        with open(RULES, encoding="utf-8") as f:
            rules = set(re.findall(r'R\(\w+, \w+, \w+, "([a-z0-9-]+)"', f.read()))
        tried = {code for code, _ in SPOILED}
        tried |= {"version", "xmp-filter", "no-id", "damaged", "encrypted", "not-pdfx", "crypt"}
        self.assertEqual(rules - tried, set())
        self.assertEqual(tried - rules, set())

    def test_encrypted(self):
        path = self.path("e.pdf")
        with printable.make() as pdf:
            pdf.save(path, encryption=pikepdf.Encryption(owner="o", user="", R=4))
        self.assertIn("encrypted", self.codes(path))
        with printable.make() as pdf:
            pdf.save(path, encryption=pikepdf.Encryption(owner="o", user="u", R=4))
        p = self.run_status(1, "preflight", path)
        self.assertIn(b"encrypted", p.stderr)

    def test_what_is_no_pdf(self):
        self.run_status(1, "preflight", self.path("x.pdf", "not a PDF"))
        self.run_status(1, "preflight", self.path("x.pdf", ""))
        p = self.run_status(3, "preflight", self.path("none.pdf"))
        self.assertIn(b"no such file", p.stderr)
        self.run_status(2, "preflight", "--format", "sarif", self.made())
        for wrong, words in (
                (("--max-ink", "450"), "`450` is no limit of ink: say 300 or 300%, 400 at most"),
                (("--max-ink", "many"), "`many` is no limit of ink"),
                (("--max-ink", "300pt"), "`300pt` is no limit of ink"),
                (("--standard", "x-3"), "there is no standard `x-3` here: say x-4 or none")):
            with self.subTest(wrong=wrong):
                p = self.run_status(2, "preflight", self.made(), *wrong)
                self.assertIn(words, p.stderr.decode())

    def test_text(self):
        path = self.made(draw(b"0.1 w 0 0 0 1 K 40 30 m 90 30 l S\n"))
        p = self.run_status(1, "preflight", path)
        self.assertEqual(p.stdout.decode().split("\n")[0],
                         path + ": PDF 1.6, PDF/X-4 for FOGRA39, 2 pages, 1 font")
        self.assertIn("page 2: 91.72 × 91.72 mm, bleed 3.18 mm; plates Black, Deep Blue;",
                      p.stdout.decode())
        self.assertIn("error[hairline]: a line thinner than 0.25 pt: 0.1 pt (page 1)",
                      p.stdout.decode())
        self.assertEqual(p.stdout.decode().split("\n")[-2], "1 error")

    def test_more_ink_where_it_is_asked_for(self):
        path = self.made(draw(b"1 1 1 0.5 k 40 30 9 9 re f\n"))
        self.assertEqual(self.codes(path, "--max-ink", "360%"), [])
        self.assertEqual(self.codes(path, "--max-ink", "90"), ["ink"])

    def test_the_report_is_one_page(self):
        def spoil(pdf):
            for _ in range(60):
                pdf.pages.append(pdf.pages[0])
            pdf.trailer.Info.Title = String("{{no}} *one*")
            append(pdf, b"\n".join([b"/F9 1 Tf", b"zz", b"0.1 w",
                                    b"0 0 1 rg 0 0 100 0.1 re f"]))
        report = self.path("report.pdf")
        self.run_status(1, "preflight", "-o", report, self.made(spoil))
        tool("pdfinfo")
        self.assertRegex(output_of("pdfinfo", report)[1], r"Pages: +1\n")
        text = output_of("pdftotext", "-layout", report, "-")[1]
        self.assertIn("{{no}} *one*", text)
        self.assertIn("2–62", text)

    def test_the_report_does_not_replace_the_file(self):
        path = self.made()
        self.run_status(2, "preflight", "-o", path, path)

    def test_examples(self):
        for name in ("information-note", "briefing"):
            pdf = self.render(os.path.join(EXAMPLES, name + ".yaml"))
            told = self.told(pdf)
            self.assertIn("not-pdfx", {f["code"] for f in told["findings"]})
            self.assertEqual(told["errors"], 0, told["findings"])
            self.assertEqual({f["embedded"] for f in told["fonts"]}, {True})

    def test_what_wants_harm_ends(self):
        def recursion(pdf):
            form = pdf.make_stream(b"/Me Do /Me Do", {
                "/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 9, 9])})
            form.Resources = Dictionary(XObject=Dictionary(Me=form))
            first(pdf).Resources.XObject.Me = form
            append(pdf, b"/Me Do\n" + b"q " * 100000)
        self.assertIn("balance", self.codes(self.made(recursion)))

        def spaces(pdf):
            one = pdf.make_indirect(Array([Name.Indexed, Name.DeviceGray, 0, String("a")]))
            one[1] = one
            first(pdf).Resources.ColorSpace.Me = one
            append(pdf, b"/Me cs (((( << [ \\")
        self.assertIn("resource", self.codes(self.made(spaces)))

    def test_damaged_files_end(self):
        whole = read(self.made())
        words = [b"/Fm1", b"/Im1", b"/Spot", b"<<", b">>", b"[", b"]", b"endobj", b"1 0 R",
                 b"7 0 R", b"BI", b"ID", b"EI", b"-1", b"99999999999", b"/Indexed", b"/Pattern",
                 b"null", b"("]
        for seed in range(40):
            chance = random.Random(seed)
            data = bytearray(whole)
            for _ in range(chance.randint(1, 6)):
                at, word = chance.randrange(len(data)), chance.choice(words)
                data[at:at + chance.randint(0, 2 * len(word))] = word
            with self.subTest(seed=seed):
                p = run("preflight", self.path("damaged.pdf", bytes(data)))
                self.assertIn(p.returncode, (0, 1), p.stderr)

    def test_the_manual_has_all_rules(self):
        with open(RULES, encoding="utf-8") as f:
            source = f.read()
        rules = re.findall(
            r'\bR\(\w+, (\w+), (\w+), "([a-z0-9-]+)",[\s\\]*((?:"[^"]*"[\s\\]*)+)\)', source)
        self.assertEqual(len(rules), len(re.findall(r"\bR\([A-Z]", source)))
        with open(os.path.join(os.path.dirname(EXAMPLES), "docs", "preflight.md"),
                  encoding="utf-8") as f:
            rows = re.findall(r"^\| `([a-z0-9-]+)` \| (.*?) \| (\w+) \| (.*) \|$", f.read(), re.M)
        self.assertEqual(rows, [
            (name, "PDF/X-4" if kind == "X4" else "every file", severity.lower(),
             "".join(re.findall('"([^"]*)"', words)))
            for kind, severity, name, words in rules])
