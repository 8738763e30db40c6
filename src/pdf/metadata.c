/* SPDX-License-Identifier: MIT
 *
 * Info and XMP say the same, in the words of the note. The XMP packet is not compressed,
 * so that programs find it without reading the file's structure. What the file says
 * that it is (PDF/UA-1, PDF/A) it says only with what that asks for: tags, a title and a
 * language; a file for print says that it is PDF/X-4. */
#include "pdf/metadata.h"

#include "base/sha256.h"
#include "base/utf8.h"
#include "pdf/icc.h"
#include "pdf/syntax.h"

#define PROGRAM "infonote"

static str producer(const struct pdf_options *options)
{
    return options->producer.n ? options->producer : STR(PROGRAM);
}

struct pdf_standard pdf_metadata_standard(const struct page_list *pages,
                                          const struct pdf_options *options)
{
    struct pdf_standard s = {pages->attachments.n ? 3 : 2, 'A', true, false};
    if (options->print) {
        s = (struct pdf_standard){.x = true};
    }
    if (options->standard) {
        s = *options->standard;
    }
    if (!options->tagged || !pages->title.n || !pages->lang.n) {
        s.ua = false;
        s.a_part = s.a_level != 'A' ? s.a_part : 0;
    }
    return s;
}

static void put_xml(struct buf *b, str text)
{
    static const char *const ESCAPES[128] = {
        ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;",
    };
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        if (c < 128 && ESCAPES[c]) {
            buf_puts(b, ESCAPES[c]);
        } else if (c >= 0x20 && c != 0xFFFE && c != 0xFFFF) {
            buf_code_point(b, c);
        } else {
            buf_char(b, ' '); /* no XML may hold it */
        }
    }
}

static void put_property(struct buf *b, const char *before, str text, const char *after)
{
    if (text.n) {
        buf_puts(b, before);
        put_xml(b, text);
        buf_puts(b, after);
    }
}

/* PDF/A wants to be told about namespaces that it does not know. */
static const char SCHEMAS_START[] =
    "<pdfaExtension:schemas"
    " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
    " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
    " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">"
    "<rdf:Bag>";
static const char SCHEMAS_END[] = "</rdf:Bag></pdfaExtension:schemas>\n";

struct schema {
    const char *name, *space, *prefix, *property, *type, *category;
};

static const struct schema UA_SCHEMAS[] = {
    {"PDF/UA", "http://www.aiim.org/pdfua/ns/id/", "pdfuaid", "part", "Integer",
     "internal"},
    {0}};
static const struct schema X_SCHEMAS[] = {
    {"PDF/X", "http://www.npes.org/pdfx/ns/id/", "pdfxid", "GTS_PDFXVersion", "Text",
     "internal"},
    {"PDF", "http://ns.adobe.com/pdf/1.3/", "pdf", "Trapped", "Text", "external"},
    {0}};

static void put_schemas(struct buf *b, const struct schema *s)
{
    buf_puts(b, SCHEMAS_START);
    for (; s->name; s++) {
        buf_format(b, "<rdf:li><rdf:Description pdfaSchema:schema=\"%s\""
                   " pdfaSchema:namespaceURI=\"%s\" pdfaSchema:prefix=\"%s\">"
                   "<pdfaSchema:property><rdf:Seq>", s->name, s->space, s->prefix);
        buf_format(b, "<rdf:li pdfaProperty:name=\"%s\" pdfaProperty:valueType=\"%s\""
                   " pdfaProperty:category=\"%s\" pdfaProperty:description=\"%s\"/>"
                   "</rdf:Seq></pdfaSchema:property></rdf:Description></rdf:li>",
                   s->property, s->type, s->category, s->property);
    }
    buf_puts(b, SCHEMAS_END);
}

static void put_dates(struct buf *b, int64_t date, bool metadata)
{
    static const char *const NAMES[] = {"CreateDate", "ModifyDate", "MetadataDate"};
    for (size_t i = 0; i < 2 + (size_t)metadata; i++) {
        buf_format(b, "<xmp:%s>", NAMES[i]);
        pdf_put_date(b, date, true);
        buf_format(b, "</xmp:%s>", NAMES[i]);
    }
    buf_char(b, '\n');
}

/* The same pages have the same id: it is a hash, in the form of a UUID, of the title and
 * of what is written already. */
static void put_document_id(struct buf *b, str title, str written)
{
    struct sha256 h;
    unsigned char digest[32];
    char hex[65];
    sha256_init(&h);
    sha256_add(&h, title);
    sha256_add(&h, written);
    sha256_end(&h, digest);
    sha256_hex(digest, hex);
    buf_format(b, " xmpMM:DocumentID=\"uuid:%.8s-%.4s-4%.3s-8%.3s-%.12s\"", hex, hex + 8,
               hex + 12, hex + 15, hex + 18);
}

/* What PDF/X-4 asks for in the packet's first tag. */
static void put_x4(struct buf *b, const struct page_list *pages, str written)
{
    buf_puts(b, " xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\""
                " xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\""
                " pdfxid:GTS_PDFXVersion=\"PDF/X-4\" pdf:Trapped=\"False\""
                " xmpMM:VersionID=\"1\" xmpMM:RenditionClass=\"default\"");
    put_document_id(b, pages->title, written);
}

void pdf_xmp_write(struct buf *b, const struct page_list *pages,
                   const struct pdf_options *options, str written)
{
    struct pdf_standard standard = pdf_metadata_standard(pages, options);
    buf_puts(b, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
                "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                "<rdf:Description rdf:about=\"\""
                " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
                " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"");
    if (standard.a_part) {
        buf_puts(b, " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"");
    }
    if (standard.ua) {
        buf_puts(b, " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\"");
    }
    if (standard.a_part) {
        buf_format(b, " pdfaid:part=\"%d\" pdfaid:conformance=\"%c\"", standard.a_part,
                   standard.a_level);
    }
    if (standard.ua) {
        buf_puts(b, " pdfuaid:part=\"1\"");
    }
    if (standard.x) {
        put_x4(b, pages, written);
    }
    buf_puts(b, " xmp:CreatorTool=\"" PROGRAM "\"");
    put_property(b, " pdf:Producer=\"", producer(options), "\"");
    put_property(b, " pdf:Keywords=\"", pages->keywords, "\"");
    buf_puts(b, ">\n<dc:format>application/pdf</dc:format>\n");
    put_property(b, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", pages->title,
                 "</rdf:li></rdf:Alt></dc:title>\n");
    put_property(b, "<dc:creator><rdf:Seq><rdf:li>", pages->authors,
                 "</rdf:li></rdf:Seq></dc:creator>\n");
    put_property(b, "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">",
                 pages->subject, "</rdf:li></rdf:Alt></dc:description>\n");
    put_property(b, "<dc:language><rdf:Bag><rdf:li>", pages->lang,
                 "</rdf:li></rdf:Bag></dc:language>\n");
    if (options->has_date) {
        put_dates(b, options->date, standard.x);
    }
    if (standard.ua || (standard.x && standard.a_part)) {
        put_schemas(b, standard.ua ? UA_SCHEMAS : X_SCHEMAS);
    }
    buf_puts(b, "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>");
}

static void put_info(struct pdf_dict *info, const char *key, str text)
{
    if (text.n) {
        pdf_dict_text(info, key, text);
    }
}

static void write_info(const struct page_list *pages, const struct pdf_options *options,
                       struct pdf_dict *info)
{
    put_info(info, "Title", pages->title);
    put_info(info, "Author", pages->authors);
    put_info(info, "Subject", pages->subject);
    put_info(info, "Keywords", pages->keywords);
    put_info(info, "Creator", STR(PROGRAM));
    put_info(info, "Producer", producer(options));
    if (options->has_date) {
        buf_puts(pdf_dict_body(info), "/CreationDate");
        pdf_put_date(pdf_dict_body(info), options->date, false);
        buf_puts(pdf_dict_body(info), "/ModDate");
        pdf_put_date(pdf_dict_body(info), options->date, false);
    }
    if (options->print) {
        pdf_dict_name(info, "Trapped", "False");
    }
}

/* What the file's colours mean: on a screen sRGB, in print what its press makes of them.
 * Both standards of a file that is PDF/X and PDF/A have one profile. */
struct intent {
    const char *kind; /* as PDF calls it */
    str condition, info, registry;
    uint32_t profile;
};

static void put_intent(struct buf *b, const struct intent *i)
{
    buf_format(b, "<</Type/OutputIntent/S/%s/OutputConditionIdentifier", i->kind);
    pdf_put_text(b, i->condition);
    buf_puts(b, "/Info");
    pdf_put_text(b, i->info);
    if (i->registry.n) {
        buf_puts(b, "/RegistryName");
        pdf_put_text(b, i->registry);
    }
    buf_puts(b, "/DestOutputProfile");
    pdf_put_ref(b, i->profile);
    buf_puts(b, ">>");
}

static struct intent intent_of(const struct pdf_print *print)
{
    if (!print) {
        return (struct intent){"GTS_PDFA1", STR("sRGB"), STR("sRGB"), STR_NONE, 0};
    }
    bool registered = print->condition.n > 0;
    str condition = registered ? print->condition : STR("Custom");
    return (struct intent){"GTS_PDFX", condition, print->info.n ? print->info : condition,
                           registered ? STR("http://www.color.org") : STR_NONE, 0};
}

static void write_intents(const struct pdf_options *options, bool archival,
                          struct pdf_haru *h, struct pdf_save *save)
{
    const struct pdf_print *print = options->print;
    struct pdf_dict *profile = pdf_dict_new(h);
    struct intent intent = intent_of(print);
    intent.profile = pdf_dict_number(profile);
    pdf_dict_int(profile, "N", print ? 4 : 3);
    pdf_save_stream(save, profile, print ? print->profile : pdf_icc_srgb(save->arena));
    struct buf *b = pdf_dict_body(pdf_haru_catalog(h));
    buf_puts(b, "/OutputIntents[");
    put_intent(b, &intent);
    if (print && archival) {
        intent.kind = "GTS_PDFA1";
        put_intent(b, &intent);
    }
    buf_char(b, ']');
}

/* Office printers are asked to leave sheets as large as they are, and to turn those of a
 * booklet about its fold. */
static void write_preferences(const struct page_list *pages,
                              const struct pdf_options *options, struct buf *b)
{
    const struct page_sheets *s = &pages->sheets;
    bool sheets = s->faces.n && !options->print;
    if (!sheets && !pages->title.n) {
        return;
    }
    buf_puts(b, "/ViewerPreferences<<");
    buf_puts(b, pages->title.n ? "/DisplayDocTitle true" : "");
    buf_puts(b, sheets ? "/PrintScaling/None" : "");
    if (sheets && s->folded) {
        buf_puts(b, s->width > s->height ? "/Duplex/DuplexFlipShortEdge"
                                         : "/Duplex/DuplexFlipLongEdge");
    }
    buf_puts(b, ">>");
}

void pdf_metadata_write(const struct page_list *pages, const struct pdf_options *options,
                        struct pdf_haru *h, struct pdf_save *save)
{
    struct pdf_dict *catalog = pdf_haru_catalog(h);
    write_info(pages, options, pdf_haru_info(h));
    put_info(catalog, "Lang", pages->lang);
    write_preferences(pages, options, pdf_dict_body(catalog));
    bool archival = pdf_metadata_standard(pages, options).a_part;
    if (archival || options->print) {
        write_intents(options, archival, h, save);
    }
    struct buf xmp;
    buf_init(&xmp, save->arena);
    pdf_xmp_write(&xmp, pages, options, pdf_save_written(save));
    struct pdf_dict *metadata = pdf_dict_new(h);
    pdf_dict_name(metadata, "Type", "Metadata");
    pdf_dict_name(metadata, "Subtype", "XML");
    pdf_save_plain_stream(save, metadata, buf_str(&xmp));
    pdf_dict_ref(catalog, "Metadata", metadata);
}
