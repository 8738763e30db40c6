/* SPDX-License-Identifier: MIT
 *
 * In: the bytes of a drawing. Out: what must be known before it is drawn, or cannot be
 * asked afterwards: whether it is well-formed and where not, which characters its text
 * has, what it refers to outside itself, what will be left out. One walk by libxml2's
 * reader, whose own limits on depth and entities hold; nothing external is opened. */
#include "svg/svg.h"

#include <libxml/xmlreader.h>
#include <string.h>

#include "base/utf8.h"

enum { MAX_REPORTS = 20, SHOWN = 80 };

struct walk {
    struct svg_look *look;
    xmlTextReaderPtr reader;
    int text_depth;        /* of the `text` element around; -1: none */
    bool in_style;
    bool failed;
    int line, column;      /* of the first error */
    char message[200];
    int n_reports;
};

bool svg_wrong(struct svg_look *look, int line, int column, const char *text)
{
    str rest, first = str_cut(str_from(text), '\n', &rest);
    buf_format(look->out, "wrong %d %d %.*s\n", line, column, STR_ARG(first));
    look->wrong = true;
    return false;
}

static void on_error(void *context, xmlErrorPtr error)
{
    struct walk *w = context;
    if (w->failed || error->level < XML_ERR_ERROR || !error->message) {
        return;
    }
    w->failed = true;
    w->line = error->line;
    w->column = error->int2;
    strncpy(w->message, error->message, sizeof w->message - 1);
}

/* Nothing outside the file is ever read. */
static xmlParserInputPtr load_nothing(const char *url, const char *id,
                                      xmlParserCtxtPtr context)
{
    (void)url;
    (void)id;
    (void)context;
    return NULL;
}

static int line_of(const struct walk *w)
{
    return (int)xmlGetLineNo(xmlTextReaderCurrentNode(w->reader));
}

static void report(struct walk *w, const char *what, str text)
{
    if (w->n_reports++ < MAX_REPORTS) {
        str rest, first = str_cut(str_sub(str_trim(text), 0, SHOWN), '\n', &rest);
        buf_format(w->look->out, "%s %d %.*s\n", what, line_of(w), STR_ARG(first));
    }
}

/* Every `url(…)` of a value must stay inside the file. */
static void check_urls(struct walk *w, str value)
{
    size_t at;
    while (str_find(value, STR("url("), &at)) {
        str rest, inside = str_cut(str_sub(value, at + 4, value.n), ')', &rest);
        str name = str_trim(inside);
        while (name.n && (name.p[0] == '"' || name.p[0] == '\'')) {
            name = str_sub(name, 1, name.n - 1);
        }
        if (!str_starts(name, STR("#")) && !str_starts(name, STR("data:"))) {
            report(w, "external", name);
        }
        value = str_sub(value, at + 4, value.n);
    }
    if (w->in_style && str_find(value, STR("@import"), &at)) {
        report(w, "external", str_sub(value, at, value.n));
    }
}

static void check_attributes(struct walk *w, str element)
{
    bool only_leads = str_is(element, "a") || str_is(element, "script");
    while (xmlTextReaderMoveToNextAttribute(w->reader) == 1) {
        str name = str_from((const char *)xmlTextReaderConstLocalName(w->reader));
        str value = str_from((const char *)xmlTextReaderConstValue(w->reader));
        if (str_is(name, "href") && !only_leads && !str_starts(value, STR("#")) &&
            !str_starts(value, STR("data:"))) {
            report(w, "external", value);
        }
        check_urls(w, value);
    }
    xmlTextReaderMoveToElement(w->reader);
}

static void enter(struct walk *w)
{
    static const char *const IGNORED[] = {"foreignObject", "animate", "animateTransform",
                                          "animateMotion", "set", "video", "audio"};
    str name = str_from((const char *)xmlTextReaderConstLocalName(w->reader));
    bool empty = xmlTextReaderIsEmptyElement(w->reader) == 1;
    for (size_t i = 0; i < sizeof IGNORED / sizeof *IGNORED; i++) {
        if (str_is(name, IGNORED[i])) {
            report(w, "ignored", name);
        }
    }
    if (str_is(name, "text") && w->text_depth < 0 && !empty) {
        w->text_depth = xmlTextReaderDepth(w->reader);
        w->look->has_text = true;
    }
    w->in_style = str_is(name, "style") && !empty;
    w->look->has_pixels = w->look->has_pixels || str_is(name, "filter") ||
                          str_is(name, "mask");
    check_attributes(w, name);
}

static void leave(struct walk *w)
{
    w->in_style = false;
    if (xmlTextReaderDepth(w->reader) == w->text_depth) {
        w->text_depth = -1;
    }
}

static void take_characters(struct walk *w, str text)
{
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        if (c < SVG_CODE_POINTS && !w->look->characters[c]) {
            int line = line_of(w);
            w->look->characters[c] = line > 0 ? (uint32_t)line : 1;
        }
    }
}

static void take_text(struct walk *w)
{
    str text = str_from((const char *)xmlTextReaderConstValue(w->reader));
    if (w->text_depth >= 0) {
        take_characters(w, text);
    }
    if (w->in_style) {
        check_urls(w, text);
    }
}

static void take(struct walk *w)
{
    switch (xmlTextReaderNodeType(w->reader)) {
    case XML_READER_TYPE_ELEMENT:
        enter(w);
        break;
    case XML_READER_TYPE_END_ELEMENT:
        leave(w);
        break;
    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
    case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
        take_text(w);
        break;
    case XML_READER_TYPE_PROCESSING_INSTRUCTION:
        if (xmlStrEqual(xmlTextReaderConstName(w->reader), BAD_CAST "xml-stylesheet")) {
            report(w, "external", STR("a style sheet"));
        }
        break;
    default:
        break;
    }
}

static bool is_drawing(struct walk *w)
{
    const xmlChar *space = xmlTextReaderConstNamespaceUri(w->reader);
    if (!xmlStrEqual(xmlTextReaderConstLocalName(w->reader), BAD_CAST "svg")) {
        return svg_wrong(w->look, line_of(w), 0, "its first element is not `svg`");
    }
    return xmlStrEqual(space, BAD_CAST "http://www.w3.org/2000/svg") ||
           svg_wrong(w->look, line_of(w), 0,
                     "`svg` lacks xmlns=\"http://www.w3.org/2000/svg\"");
}

static bool read_all(struct walk *w)
{
    bool rooted = false;
    while (xmlTextReaderRead(w->reader) == 1 && !w->failed) {
        if (!rooted && xmlTextReaderNodeType(w->reader) == XML_READER_TYPE_ELEMENT) {
            rooted = true;
            if (!is_drawing(w)) {
                return false;
            }
        }
        take(w);
    }
    return true;
}

bool svg_look(struct svg_look *look, str bytes)
{
    struct walk w = {.look = look, .text_depth = -1};
    xmlSetExternalEntityLoader(load_nothing);
    w.reader = xmlReaderForMemory(bytes.p, (int)bytes.n, NULL, NULL,
                                  XML_PARSE_NONET | XML_PARSE_NOENT);
    if (!w.reader) {
        oom_report(bytes.n);
    }
    xmlTextReaderSetStructuredErrorHandler(w.reader, on_error, &w);
    bool read = read_all(&w);
    if (read && w.failed) {
        read = svg_wrong(look, w.line, w.column, w.message);
    }
    xmlFreeTextReader(w.reader);
    return read;
}
