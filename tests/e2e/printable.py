# SPDX-License-Identifier: MIT
"""A PDF/X-4 file of two pages, made by hand, without a fault; tests spoil it."""
import struct

import pikepdf
from pikepdf import Array, Dictionary, Name, String

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"
 pdfxid:GTS_PDFXVersion="PDF/X-4" pdf:Trapped="False">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Wells</rdf:li></rdf:Alt></dc:title>
<xmp:CreateDate>2026-03-04T07:15:00Z</xmp:CreateDate>
<xmp:ModifyDate>2026-03-04T07:15:00Z</xmp:ModifyDate>
<xmp:MetadataDate>2026-03-04T07:15:00Z</xmp:MetadataDate>
<xmpMM:DocumentID>uuid:1</xmpMM:DocumentID><xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""

# Text in black, a line, a picture of 30 pixels on 7.2 pt, a spot colour, a form.
CONTENT = b"""q 0 0 0 1 k BT /F1 10 Tf 1 0 0 1 40 200 Tm (Wells) Tj ET
0.5 w 0 0 0 1 K 40 190 m 200 190 l S
40 150 100 10 re f
q 7.2 0 0 7.2 40 100 cm /Im1 Do Q
/Spot cs 0.5 scn 40 60 20 20 re f
/Fm1 Do Q
"""


def profile(kind=b"prtr", space=b"CMYK", version=2):
    """The head of an ICC profile, with no tables."""
    head = struct.pack(">I4sBBH4s4s4s", 132, b"test", version, 0, 0, kind, space, b"Lab ")
    return (head + bytes(12) + b"acsp").ljust(132, b"\0")


def picture(pdf, samples=None, **keys):
    entries = {"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 30, "/Height": 30,
               "/BitsPerComponent": 8, "/ColorSpace": Name.DeviceCMYK}
    entries.update({"/" + k: v for k, v in keys.items()})
    return pdf.make_stream(samples or bytes([0, 0, 0, 200]) * 900, entries)


def resources(pdf, font):
    tint = Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[0, 0, 0, 0], C1=[1, 0.7, 0, 0])
    form = pdf.make_stream(b"0 0 0 0.5 k 0 0 10 10 re f", {
        "/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 10, 10])})
    return Dictionary(
        Font=Dictionary(F1=font), XObject=Dictionary(Im1=picture(pdf), Fm1=form),
        ColorSpace=Dictionary(Spot=Array([Name.Separation, Name("/Deep Blue"),
                                          Name.DeviceCMYK, tint])),
        ExtGState=Dictionary())


def make():
    """An open pikepdf.Pdf; every page has its own resources."""
    pdf = pikepdf.new()
    program = pdf.make_stream(b"none", {"/Subtype": Name.Type1C})
    font = pdf.make_indirect(Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/ABCDEF+Wells"),
        FontDescriptor=Dictionary(FontName=Name("/ABCDEF+Wells"), FontFile3=program)))
    for _ in range(2):
        pdf.add_blank_page(page_size=(300, 300))
        page = pdf.pages[-1].obj
        page.Resources = resources(pdf, font)
        page.Contents = pdf.make_stream(CONTENT)
        page.BleedBox = Array([11, 11, 289, 289])
        page.TrimBox = Array([20, 20, 280, 280])
    xmp = pdf.make_stream(XMP.encode(), {"/Type": Name.Metadata, "/Subtype": Name.XML})
    pdf.Root.Metadata = xmp
    pdf.Root.OutputIntents = Array([intent(pdf)])
    pdf.trailer.Info = pdf.make_indirect(Dictionary(
        Title=String("Wells"), Trapped=Name("/False"),
        CreationDate=String("D:20260304071500Z"), ModDate=String("D:20260304071500Z")))
    return pdf


def intent(pdf, icc=None, **keys):
    icc = icc if icc is not None else profile()
    made = Dictionary(
        Type=Name.OutputIntent, S=Name.GTS_PDFX, OutputConditionIdentifier=String("FOGRA39"),
        DestOutputProfile=pdf.make_stream(icc, {"/N": 4}))
    for key, value in keys.items():
        made["/" + key] = value
    return made


def save(pdf, path, version="1.6", **options):
    pdf.save(path, force_version=version, static_id=True, compress_streams=False,
             stream_decode_level=pikepdf.StreamDecodeLevel.none, fix_metadata_version=False,
             **options)
