# SPDX-License-Identifier: MIT
"""PDF/X-4 (ISO 15930-7), as far as it concerns what infonote writes: the names of the rules
that a file breaks.

    faults("note.pdf")      # set(): none"""
import re

import pikepdf

CMYK_OPERATORS = {"k", "K", "cs", "CS", "scn", "SCN", "gs"}
DEVICE_OTHERS = {"rg", "RG"}
SPACES = {"/DeviceGray", "/DeviceCMYK", "/Separation", "/Indexed", "/Pattern", "/ICCBased"}
BOXES = ("/MediaBox", "/BleedBox", "/TrimBox")


def box(page, name):
    return [round(float(v), 3) for v in page[name]]


def inside(inner, outer):
    return (inner[0] >= outer[0] and inner[1] >= outer[1] and inner[2] <= outer[2] and
            inner[3] <= outer[3])


def space_of(o):
    """The name of a colour space, and of the one below a palette."""
    if isinstance(o, pikepdf.Array):
        return [str(o[0])] + (space_of(o[1]) if str(o[0]) == "/Indexed" else [])
    return [str(o)]


def icc_faults(o):
    """What is wrong with the profile of a space, or with that of its palette."""
    if not isinstance(o, pikepdf.Array):
        return
    if str(o[0]) == "/Indexed":
        yield from icc_faults(o[1])
    elif str(o[0]) == "/ICCBased":
        data, n = o[1].read_bytes(), int(o[1].get("/N", 0))
        if data[36:40] != b"acsp" or {b"GRAY": 1, b"RGB ": 3, b"CMYK": 4}.get(data[16:20]) != n:
            yield "icc"
        elif not 2 <= data[8] <= 4 or data[12:16] not in (b"mntr", b"scnr", b"prtr", b"spac"):
            yield "icc"


def spaces_of(value):
    """The spaces of a `ColorSpace`: one, or those of resources, by their names."""
    if isinstance(value, pikepdf.Dictionary):
        yield from ((k, value[k]) for k in value.keys())
    elif value is not None:
        yield "", value


def xmp_value(xmp, name):
    found = re.search(r'%s="([^"]*)"|<%s>([^<]*)</%s>' % (name, name, name), xmp)
    return found and (found.group(1) or found.group(2))


def identity(pdf):
    info = pdf.docinfo
    xmp = pdf.Root.Metadata.read_bytes().decode()
    if pdf.pdf_version != "1.6":
        yield "header"
    if xmp_value(xmp, "pdfxid:GTS_PDFXVersion") != "PDF/X-4":
        yield "version"
    for name in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate", "xmpMM:DocumentID",
                 "xmpMM:VersionID", "xmpMM:RenditionClass", "pdf:Trapped"):
        if not xmp_value(xmp, name):
            yield "xmp " + name
    for name in ("/Title", "/CreationDate", "/ModDate"):
        if name not in info:
            yield "info " + name
    trapped = repr(info.get("/Trapped")) if "/Trapped" in info else ""
    if "True" not in trapped and "False" not in trapped:
        yield "trapped"
    elif (xmp_value(xmp, "pdf:Trapped") or "") not in trapped:
        yield "trapped differs"
    if "/Title" in info and str(info["/Title"]) not in xmp.replace("&amp;", "&"):
        yield "title differs"
    stamp = re.sub(r"[-:TZ]", "", xmp_value(xmp, "xmp:CreateDate") or "")
    if "/CreationDate" in info and stamp not in str(info["/CreationDate"]):
        yield "date differs"
    if len(pdf.trailer.get("/ID", [])) != 2:
        yield "id"


def intents(pdf):
    found = [i for i in pdf.Root.get("/OutputIntents", []) if i.S == "/GTS_PDFX"]
    if len(found) != 1:
        yield "one intent"
        return
    intent = found[0]
    if "/OutputConditionIdentifier" not in intent:
        yield "condition"
    profile = intent.DestOutputProfile
    data = profile.read_bytes()
    if data[36:40] != b"acsp" or data[12:16] != b"prtr" or data[16:20] != b"CMYK":
        yield "profile"
    if int(profile.N) != 4:
        yield "profile N"
    for other in pdf.Root.OutputIntents:
        if other.DestOutputProfile.objgen != profile.objgen:
            yield "two profiles"


def geometry(pdf):
    for page in pdf.pages:
        if any(name not in page for name in BOXES):
            yield "boxes"
            continue
        media, bleed, trim = (box(page, name) for name in BOXES)
        if not inside(trim, bleed) or not inside(bleed, media):
            yield "nested boxes"
        if "/ArtBox" in page:
            yield "art box"


def interaction(pdf):
    for key in ("/OpenAction", "/AA", "/AcroForm", "/Encrypt", "/Perms"):
        if key in pdf.Root or key in pdf.trailer:
            yield "catalog " + key
    names = pdf.Root.get("/Names", {})
    if "/JavaScript" in names or "/EmbeddedFiles" in names:
        yield "names"
    for page in pdf.pages:
        if "/Annots" in page or "/AA" in page:
            yield "annotations"
    for o in pdf.objects:
        if isinstance(o, pikepdf.Dictionary) and o.get("/S") in ("/URI", "/GoTo", "/Launch",
                                                                 "/JavaScript"):
            yield "actions"


def dictionaries(pdf):
    """All dictionaries, those in others as well."""
    left = list(pdf.objects)
    while left:
        o = left.pop()
        if isinstance(o, pikepdf.Array):
            left += [v for v in o if not getattr(v, "is_indirect", True)]
        elif isinstance(o, (pikepdf.Dictionary, pikepdf.Stream)):
            yield o
            left += [v for v in o.as_dict().values() if isinstance(
                v, pikepdf.Object) and not v.is_indirect]


def objects(pdf):
    for d in dictionaries(pdf):
        for key in ("/ColorSpace", "/CS"):
            for name, space in spaces_of(d.get(key)):
                if set(space_of(space)) - SPACES:
                    yield "space " + str(space_of(space))
                if name.startswith("/Default") and space_of(space) != ["/ICCBased"]:
                    yield "default space"
                yield from icc_faults(space)
        if "/TR" in d or "/TR2" in d or "/HTP" in d or "/OPI" in d:
            yield "transfer"
        if d.get("/Filter") in ("/LZWDecode", "/Crypt"):
            yield "filter"
        if d.get("/Type") == "/FontDescriptor" and not any(
                k in d for k in ("/FontFile", "/FontFile2", "/FontFile3")):
            yield "font"
        if d.get("/Subtype") == "/PS":
            yield "postscript"


def contents(pdf):
    streams = list(pdf.pages) + [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and
                                 (o.get("/Subtype") == "/Form" or "/PatternType" in o)]
    for stream in streams:
        for _, operator in pikepdf.parse_content_stream(stream):
            if str(operator) in DEVICE_OTHERS:
                yield "operator " + str(operator)


def faults(path):
    found = set()
    with pikepdf.open(path) as pdf:
        for rules in identity, intents, geometry, interaction, objects, contents:
            found.update(rules(pdf))
    return found
