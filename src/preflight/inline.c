/* SPDX-License-Identifier: MIT
 *
 * Pictures inside content (ISO 32000-1, 8.9.7): BI, a dictionary without its brackets
 * and with short names, ID, the data, EI. They become streams, and are looked at as
 * others. */
#include <string.h>

#include "preflight/scan.h"
#include "preflight/tokens.h"

static const struct { const char *brief, *whole; } KEYS[] = {
    {"/BPC", "/BitsPerComponent"}, {"/CS", "/ColorSpace"}, {"/D", "/Decode"},
    {"/DP", "/DecodeParms"}, {"/F", "/Filter"}, {"/H", "/Height"}, {"/IM", "/ImageMask"},
    {"/I", "/Interpolate"}, {"/W", "/Width"}, {"/Intent", "/Intent"},
}, FILTERS[] = {
    {"AHx", "/ASCIIHexDecode"}, {"A85", "/ASCII85Decode"}, {"LZW", "/LZWDecode"},
    {"Fl", "/FlateDecode"}, {"RL", "/RunLengthDecode"}, {"CCF", "/CCITTFaxDecode"},
    {"DCT", "/DCTDecode"},
};

static qpdf_oh whole_filter(struct scan *s, qpdf_oh filter)
{
    struct preflight *p = s->p;
    str name = object_name(p, filter);
    if (str_is(name, "LZW") || str_is(name, "LZWDecode")) {
        preflight_find(p, PREFLIGHT_LZW, s->number, "a picture in the content");
    }
    for (size_t i = 0; i < sizeof FILTERS / sizeof *FILTERS; i++) {
        if (str_is(name, FILTERS[i].brief)) {
            return qpdf_oh_new_name(p->pdf, FILTERS[i].whole);
        }
    }
    return filter;
}

static qpdf_oh whole_filters(struct scan *s, qpdf_oh filters)
{
    struct preflight *p = s->p;
    if (!qpdf_oh_is_array(p->pdf, filters)) {
        return whole_filter(s, filters);
    }
    qpdf_oh all = qpdf_oh_new_array(p->pdf);
    for (int i = 0, n = object_count(p, filters); i < n; i++) {
        qpdf_oh_append_item(p->pdf, all, whole_filter(s, object_item(p, filters, i)));
    }
    return all;
}

/* The dictionary with whole names; null: it cannot be read. */
static qpdf_oh whole_dictionary(struct scan *s, str text)
{
    struct preflight *p = s->p;
    qpdf_oh brief = qpdf_oh_parse(
        p->pdf, str_format(p->arena, "<<%.*s>>", STR_ARG(text)).p);
    if (qpdf_has_error(p->pdf)) {
        (void)qpdf_get_error(p->pdf); /* it is told here */
    }
    if (!qpdf_oh_is_dictionary(p->pdf, brief)) {
        return qpdf_oh_new_null(p->pdf);
    }
    qpdf_oh whole = qpdf_oh_new_dictionary(p->pdf);
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++) {
        const char *key = object_has(p, brief, KEYS[i].whole) ? KEYS[i].whole
                                                              : KEYS[i].brief;
        if (object_has(p, brief, key)) {
            qpdf_oh value = object_key(p, brief, key);
            bool filter = strcmp(KEYS[i].brief, "/F") == 0;
            qpdf_oh_replace_key(p->pdf, whole, KEYS[i].whole,
                                filter ? whole_filters(s, value) : value);
        }
    }
    return whole;
}

/* How long the data are that are not coded; 0: that is not known. */
static size_t raw_length(struct scan *s, qpdf_oh dictionary)
{
    struct preflight *p = s->p;
    int64_t width = object_integer(p, object_key(p, dictionary, "/Width"), 0);
    int64_t height = object_integer(p, object_key(p, dictionary, "/Height"), 0);
    int64_t bits = object_integer(p, object_key(p, dictionary, "/BitsPerComponent"), 1);
    const struct space *space =
        space_read(p, object_key(p, dictionary, "/ColorSpace"), s->resources);
    if (object_has(p, dictionary, "/Filter") || width < 1 || height < 1 ||
        width > INT32_MAX || height > INT32_MAX || bits < 1 || bits > 16) {
        return 0;
    }
    int64_t row = (width * (space ? space->n : 1) * bits + 7) / 8;
    return row < INT32_MAX ? (size_t)(row * height) : 0;
}

/* The tokens up to ID are passed; the text between is the dictionary's inside. */
static str pass_dictionary(struct tokens *t)
{
    str from = t->rest;
    while (tokens_next(t)) {
        if (t->kind == TOKEN_OPERATOR && str_is(t->text, "ID")) {
            return str_sub(from, 0, from.n - t->rest.n - 2);
        }
    }
    return STR_NONE;
}

void scan_inline(struct scan *s, struct tokens *t)
{
    struct preflight *p = s->p;
    qpdf_oh dictionary = whole_dictionary(s, pass_dictionary(t));
    str from = str_sub(t->rest, 1, t->rest.n); /* behind the blank */
    size_t length = raw_length(s, dictionary);
    if (length && length <= from.n) {
        t->rest = str_sub(from, length, from.n);
    } else {
        tokens_pass_image(t);
    }
    if (!qpdf_oh_is_dictionary(p->pdf, dictionary)) {
        preflight_find(p, PREFLIGHT_DAMAGED, s->number,
                       "a picture in the content cannot be read");
        return;
    }
    qpdf_oh stream = qpdf_oh_new_stream(p->pdf);
    qpdf_oh filter = object_key(p, dictionary, "/Filter");
    qpdf_oh parameters = object_key(p, dictionary, "/DecodeParms");
    qpdf_oh_replace_stream_data(p->pdf, stream, (const unsigned char *)from.p,
                                from.n - (t->rest.n < from.n ? t->rest.n : from.n),
                                filter, parameters);
    struct object_keys keys = object_keys_of(p, dictionary);
    for (size_t i = 0; i < keys.list.n; i++) {
        qpdf_oh_replace_key(p->pdf, qpdf_oh_get_dict(p->pdf, stream), keys.list.v[i].p,
                            object_key(p, dictionary, keys.list.v[i].p));
    }
    scan_picture(s, stream);
}
