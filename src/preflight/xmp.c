/* SPDX-License-Identifier: MIT
 *
 * The XMP metadata of the catalogue, read by libxml2, and the Info beside them. A
 * property stands as an element, with its values in rdf:Alt, Bag or Seq, or as an
 * attribute of rdf:Description (XMP, part 1, 7). */
#include <libxml/parser.h>
#include <string.h>

#include "preflight/object.h"

struct metadata {
    struct preflight *p;
    xmlDocPtr doc; /* NULL: none */
};

#define DC "http://purl.org/dc/elements/1.1/"
#define XMP "http://ns.adobe.com/xap/1.0/"
#define XMPMM "http://ns.adobe.com/xap/1.0/mm/"
#define PDFNS "http://ns.adobe.com/pdf/1.3/"
#define PDFX "http://www.npes.org/pdfx/ns/id/"
#define RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

static bool is(const xmlNode *node, const char *space, const char *name)
{
    return node->type == XML_ELEMENT_NODE && node->ns &&
           strcmp((const char *)node->ns->href, space) == 0 &&
           strcmp((const char *)node->name, name) == 0;
}

static str copied(const struct metadata *m, xmlChar *text)
{
    str s = str_trim(str_copy(m->p->arena, str_from((const char *)text)));
    xmlFree(text);
    return s;
}

/* The first element of that name below `node`, in whatever depth. */
static const xmlNode *find(const xmlNode *node, const char *space, const char *name,
                           int depth)
{
    for (; node && depth < PREFLIGHT_MAX_TREE; node = node->next) {
        if (is(node, space, name)) {
            return node;
        }
        const xmlNode *below = find(node->children, space, name, depth + 1);
        if (below) {
            return below;
        }
    }
    return NULL;
}

/* A property's value, in a list the first one; empty: it is not there. */
static str property(const struct metadata *m, const char *space, const char *name)
{
    const xmlNode *rdf = m->doc ? find(m->doc->children, RDF, "RDF", 0) : NULL;
    for (const xmlNode *d = rdf ? rdf->children : NULL; d; d = d->next) {
        if (!is(d, RDF, "Description")) {
            continue;
        }
        if (xmlHasNsProp(d, (const xmlChar *)name, (const xmlChar *)space)) {
            return copied(m, xmlGetNsProp(d, (const xmlChar *)name,
                                          (const xmlChar *)space));
        }
        for (const xmlNode *e = d->children; e; e = e->next) {
            if (is(e, space, name)) {
                const xmlNode *item = find(e->children, RDF, "li", 0);
                return copied(m, xmlNodeGetContent(item ? item : e));
            }
        }
    }
    return STR_NONE;
}

static void need(const struct metadata *m, enum preflight_rule rule, const char *space,
                 const char *name)
{
    if (!property(m, space, name).n) {
        preflight_find(m->p, rule, 0, "%s is missing", name);
    }
}

static void check_x4(const struct metadata *m)
{
    struct preflight *p = m->p;
    str version = property(m, PDFX, "GTS_PDFXVersion");
    if (!str_is(version, "PDF/X-4")) {
        preflight_find(p, PREFLIGHT_XMP_VERSION, 0, version.n ? "it is `%.*s`"
                       : "it is missing%.*s", STR_ARG(version));
    }
    need(m, PREFLIGHT_XMP_TITLE, DC, "title");
    need(m, PREFLIGHT_XMP_DATES, XMP, "CreateDate");
    need(m, PREFLIGHT_XMP_DATES, XMP, "ModifyDate");
    need(m, PREFLIGHT_XMP_DATES, XMP, "MetadataDate");
    need(m, PREFLIGHT_XMP_IDS, XMPMM, "DocumentID");
    need(m, PREFLIGHT_XMP_IDS, XMPMM, "VersionID");
    need(m, PREFLIGHT_XMP_IDS, XMPMM, "RenditionClass");
    str trapped = property(m, PDFNS, "Trapped");
    if (!str_is(trapped, "True") && !str_is(trapped, "False")) {
        preflight_find(p, PREFLIGHT_XMP_TRAPPED, 0, NULL);
    }
}

/* The digits of a date, to the second: D:20260304071500Z and 2026-03-04T07:15:00Z are
 * alike. Zones are not compared: both are written by one hand. */
static str digits(struct arena *a, str date)
{
    struct buf b;
    buf_init(&b, a);
    for (size_t i = 0; i < date.n && b.n < 14; i++) {
        if (date.p[i] >= '0' && date.p[i] <= '9') {
            buf_char(&b, date.p[i]);
        } else if (date.p[i] == 'Z' || date.p[i] == '+') {
            break;
        }
    }
    return buf_str(&b);
}

static void agree(const struct metadata *m, str info, str xmp, const char *name)
{
    if (info.n && xmp.n && !str_eq(info, xmp)) {
        preflight_find(m->p, PREFLIGHT_INFO_DIFFERS, 0, "%s: `%.*s`, but in XMP `%.*s`",
                       name, STR_ARG(info), STR_ARG(xmp));
    }
}

static void check_info(const struct metadata *m)
{
    struct preflight *p = m->p;
    struct arena *a = p->arena;
    qpdf_oh info = object_key(p, qpdf_get_trailer(p->pdf), "/Info");
    str created = object_text_of(p, info, "/CreationDate");
    str changed = object_text_of(p, info, "/ModDate");
    str trapped = object_name_of(p, info, "/Trapped");
    p->title = object_text_of(p, info, "/Title");
    if (!p->title.n) {
        preflight_find(p, PREFLIGHT_INFO_TITLE, 0, NULL);
        p->title = property(m, DC, "title");
    }
    if (!created.n || !changed.n) {
        preflight_find(p, PREFLIGHT_INFO_DATES, 0, NULL);
    }
    if (!str_is(trapped, "True") && !str_is(trapped, "False")) {
        preflight_find(p, PREFLIGHT_INFO_TRAPPED, 0, NULL);
    }
    agree(m, p->title, property(m, DC, "title"), "Title");
    agree(m, digits(a, created), digits(a, property(m, XMP, "CreateDate")),
          "CreationDate");
    agree(m, digits(a, changed), digits(a, property(m, XMP, "ModifyDate")), "ModDate");
    agree(m, trapped, property(m, PDFNS, "Trapped"), "Trapped");
}

static xmlDocPtr read_xmp(struct preflight *p, qpdf_oh stream)
{
    str bytes;
    if (!object_data(p, stream, &bytes) || bytes.n > 64u << 20) {
        return NULL;
    }
    return xmlReadMemory(bytes.p, (int)bytes.n, "xmp", NULL,
                         XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
}

void preflight_metadata(struct preflight *p)
{
    qpdf_oh stream = object_key(p, qpdf_get_root(p->pdf), "/Metadata");
    struct metadata m = {.p = p, .doc = read_xmp(p, stream)};
    p->claims_x4 = str_starts(property(&m, PDFX, "GTS_PDFXVersion"), STR("PDF/X-4"));
    if (!p->x4 && !p->claims_x4) {
        preflight_find(p, PREFLIGHT_NOT_X, 0, NULL);
    }
    p->x4 |= p->claims_x4;
    if (!m.doc) {
        preflight_find(p, PREFLIGHT_NO_XMP, 0, NULL);
    } else {
        check_x4(&m);
        if (object_has(p, stream, "/Filter")) {
            preflight_find(p, PREFLIGHT_XMP_FILTER, 0, NULL);
        }
    }
    check_info(&m);
    xmlFreeDoc(m.doc);
    xmlCleanupParser();
}
