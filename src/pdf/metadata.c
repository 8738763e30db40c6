/* SPDX-License-Identifier: MIT
 *
 * Info and XMP say the same, in the words of the note. The XMP packet is not compressed,
 * so that programs find it without reading the file's structure. What the file says
 * that it is (PDF/UA-1, PDF/A) it says only with what that asks for: tags, a title and a
 * language. */
#include "pdf/metadata.h"

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
    struct pdf_standard s = {pages->attachments.n ? 3 : 2, 'A', true};
    if (options->standard) {
        s = *options->standard;
    }
    if (!options->tagged || !pages->title.n || !pages->lang.n) {
        s.ua = false;
        s.a_part = s.a_level == 'U' ? s.a_part : 0;
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
static const char UA_SCHEMA[] =
    "<pdfaExtension:schemas"
    " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
    " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
    " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">"
    "<rdf:Bag><rdf:li><rdf:Description pdfaSchema:schema=\"PDF/UA\""
    " pdfaSchema:namespaceURI=\"http://www.aiim.org/pdfua/ns/id/\""
    " pdfaSchema:prefix=\"pdfuaid\"><pdfaSchema:property><rdf:Seq>"
    "<rdf:li pdfaProperty:name=\"part\" pdfaProperty:valueType=\"Integer\""
    " pdfaProperty:category=\"internal\" pdfaProperty:description=\"part\"/>"
    "</rdf:Seq></pdfaSchema:property></rdf:Description></rdf:li></rdf:Bag>"
    "</pdfaExtension:schemas>\n";

static void put_dates(struct buf *b, int64_t date)
{
    static const char *const NAMES[] = {"CreateDate", "ModifyDate"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        buf_format(b, "<xmp:%s>", NAMES[i]);
        pdf_put_date(b, date, true);
        buf_format(b, "</xmp:%s>", NAMES[i]);
    }
    buf_char(b, '\n');
}

void pdf_xmp_write(struct buf *b, const struct page_list *pages,
                   const struct pdf_options *options)
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
        put_dates(b, options->date);
    }
    buf_puts(b, standard.ua ? UA_SCHEMA : "");
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
}

/* What the file's colours mean on a screen: sRGB. */
static void write_intent(struct pdf_haru *h, struct pdf_save *save, struct arena *a)
{
    struct pdf_dict *profile = pdf_dict_new(h);
    pdf_dict_int(profile, "N", 3);
    pdf_save_stream(save, profile, pdf_icc_srgb(a));
    struct buf *b = pdf_dict_body(pdf_haru_catalog(h));
    buf_puts(b, "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1"
                "/OutputConditionIdentifier(sRGB)/Info(sRGB)/DestOutputProfile");
    pdf_put_ref(b, pdf_dict_number(profile));
    buf_puts(b, ">>]");
}

void pdf_metadata_write(const struct page_list *pages, const struct pdf_options *options,
                        struct pdf_haru *h, struct pdf_save *save)
{
    struct pdf_dict *catalog = pdf_haru_catalog(h);
    write_info(pages, options, pdf_haru_info(h));
    put_info(catalog, "Lang", pages->lang);
    if (pages->title.n) {
        buf_puts(pdf_dict_body(catalog), "/ViewerPreferences<</DisplayDocTitle true>>");
    }
    if (pdf_metadata_standard(pages, options).a_part) {
        write_intent(h, save, save->arena);
    }
    struct buf xmp;
    buf_init(&xmp, save->arena);
    pdf_xmp_write(&xmp, pages, options);
    struct pdf_dict *metadata = pdf_dict_new(h);
    pdf_dict_name(metadata, "Type", "Metadata");
    pdf_dict_name(metadata, "Subtype", "XML");
    pdf_save_plain_stream(save, metadata, buf_str(&xmp));
    pdf_dict_ref(catalog, "Metadata", metadata);
}
