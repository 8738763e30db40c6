/* SPDX-License-Identifier: MIT
 *
 * In: cairo's PDF of one page. Out: the page as a form XObject and everything that it
 * refers to, numbered from 1 as they are met; streams stay as cairo compressed them. What
 * PDF/A and PDF/UA do not allow, or ask for, is mended on the way: images are not
 * interpolated, fonts say how their glyphs are numbered, no transfer functions. */
#include "svg/svg.h"

#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_DEPTH = 40, MAX_OBJECTS = 200000 };

struct copy {
    struct arena *arena;
    qpdf_data pdf;
    struct buf *out;
    VEC(qpdf_oh) objects;   /* 1-based numbers: all that are met */
    uint32_t *numbers;      /* by cairo's numbers */
    int n_numbers;
    bool unpacks;           /* the stream goes out without its filter */
    bool failed;
};

static const char *const LEFT_OUT[] = {"/Interpolate", "/Length", "/TR", "/TR2",
                                       "/Metadata", "/Parent", "/StructParents"};

static bool is_left_out(const struct copy *c, const char *key)
{
    if (c->unpacks && strcmp(key, "/Filter") == 0) {
        return true;
    }
    for (size_t i = 0; i < sizeof LEFT_OUT / sizeof *LEFT_OUT; i++) {
        if (strcmp(key, LEFT_OUT[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* A number of an object that is written for itself. */
static uint32_t number_of(struct copy *c, qpdf_oh o)
{
    int id = qpdf_oh_get_object_id(c->pdf, o);
    if (id <= 0 || id >= c->n_numbers || c->objects.n >= MAX_OBJECTS) {
        c->failed = true;
        return 1;
    }
    if (!c->numbers[id]) {
        vec_push(c->arena, &c->objects, o);
        c->numbers[id] = (uint32_t)c->objects.n;
    }
    return c->numbers[id];
}

static void put_string(struct copy *c, struct buf *b, qpdf_oh o)
{
    size_t n;
    const char *p = qpdf_oh_get_binary_string_value(c->pdf, o, &n);
    buf_char(b, '<');
    for (size_t i = 0; i < n; i++) {
        buf_format(b, "%02X", (unsigned)(uint8_t)p[i]);
    }
    buf_char(b, '>');
}

static void put_value(struct copy *c, struct buf *b, qpdf_oh o, int depth);

static void put_entries(struct copy *c, struct buf *b, qpdf_oh o, int depth)
{
    VEC(const char *) keys = {0};
    qpdf_oh_begin_dict_key_iter(c->pdf, o);
    while (qpdf_oh_dict_more_keys(c->pdf)) {
        const char *key = qpdf_oh_dict_next_key(c->pdf);
        vec_push(c->arena, &keys, arena_copy(c->arena, key, strlen(key)));
    }
    for (size_t i = 0; i < keys.n; i++) {
        if (!is_left_out(c, keys.v[i])) {
            qpdf_oh name = qpdf_oh_new_name(c->pdf, keys.v[i]);
            buf_puts(b, qpdf_oh_unparse(c->pdf, name));
            put_value(c, b, qpdf_oh_get_key(c->pdf, o, keys.v[i]), depth + 1);
        }
    }
    if (!qpdf_oh_has_key(c->pdf, o, "/CIDToGIDMap") &&
        qpdf_oh_is_name_and_equals(c->pdf, qpdf_oh_get_key(c->pdf, o, "/Subtype"),
                                   "/CIDFontType2")) {
        buf_puts(b, "/CIDToGIDMap/Identity");
    }
}

static void put_array(struct copy *c, struct buf *b, qpdf_oh o, int depth)
{
    int n = qpdf_oh_get_array_n_items(c->pdf, o);
    buf_char(b, '[');
    for (int i = 0; i < n; i++) {
        put_value(c, b, qpdf_oh_get_array_item(c->pdf, o, i), depth + 1);
    }
    buf_char(b, ']');
}

/* Dictionaries and streams that others refer to stand for themselves; everything else
 * stands where it is used. */
static void put_value(struct copy *c, struct buf *b, qpdf_oh o, int depth)
{
    bool dictionary = qpdf_oh_is_dictionary(c->pdf, o);
    if (depth > MAX_DEPTH) {
        c->failed = true;
    } else if (qpdf_oh_is_stream(c->pdf, o) ||
               (dictionary && qpdf_oh_is_indirect(c->pdf, o))) {
        buf_format(b, "\1%u\1", (unsigned)number_of(c, o));
    } else if (dictionary) {
        buf_puts(b, "<<");
        put_entries(c, b, o, depth);
        buf_puts(b, ">>");
    } else if (qpdf_oh_is_array(c->pdf, o)) {
        put_array(c, b, o, depth);
    } else if (qpdf_oh_is_string(c->pdf, o)) {
        put_string(c, b, o);
    } else {
        const char *text = qpdf_oh_unparse_resolved(c->pdf, o);
        if (text[0] != '/') {
            buf_char(b, ' ');
        }
        buf_puts(b, text);
    }
}

/* The cell of a pattern, for PDF/UA: what repeats in a figure is no content itself. */
static bool is_pattern(struct copy *c, qpdf_oh stream)
{
    return qpdf_oh_is_stream(c->pdf, stream) &&
           qpdf_oh_has_key(c->pdf, qpdf_oh_get_dict(c->pdf, stream), "/PatternType");
}

static str as_artifact(struct copy *c, const unsigned char *data, size_t n)
{
    struct buf b;
    buf_init(&b, c->arena);
    buf_puts(&b, "/Artifact BMC\n");
    buf_put(&b, (str){(const char *)data, n});
    buf_puts(&b, "\nEMC\n");
    return buf_str(&b);
}

static void put_object(struct copy *c, uint32_t number, str dictionary, qpdf_oh stream)
{
    unsigned char *data = NULL;
    size_t n = 0;
    bool pattern = is_pattern(c, stream);
    buf_format(c->out, "object %u %zu ", (unsigned)number, dictionary.n);
    if (!qpdf_oh_is_stream(c->pdf, stream)) {
        buf_puts(c->out, "-1\n");
        buf_put(c->out, dictionary);
        return;
    }
    enum qpdf_stream_decode_level_e level = pattern ? qpdf_dl_generalized : qpdf_dl_none;
    QPDF_ERROR_CODE error =
        qpdf_oh_get_stream_data(c->pdf, stream, level, NULL, &data, &n);
    c->failed = c->failed || error != QPDF_SUCCESS;
    str content = pattern ? as_artifact(c, data, n) : (str){(const char *)data, n};
    buf_format(c->out, "%zu\n", content.n);
    buf_put(c->out, dictionary);
    buf_put(c->out, content);
    free(data);
}

/* What makes a page's transparency is in its ExtGStates, and in forms' groups below. */
static bool is_transparent(str dictionary)
{
    size_t at;
    return str_find(dictionary, STR("/SMask"), &at) ||
           str_find(dictionary, STR("/ca 0"), &at) ||
           str_find(dictionary, STR("/CA 0"), &at) ||
           str_find(dictionary, STR("/Group"), &at) ||
           str_find(dictionary, STR("/BM/"), &at);
}

static void put_entry_of(struct copy *c, struct buf *b, qpdf_oh from, const char *key)
{
    if (qpdf_oh_has_key(c->pdf, from, key)) {
        buf_puts(b, key);
        put_value(c, b, qpdf_oh_get_key(c->pdf, from, key), 0);
    }
}

static void put_box(struct buf *b, const struct svg_page *page)
{
    buf_puts(b, "/Type/XObject/Subtype/Form/BBox[0 0 ");
    buf_decimal(b, len_muldiv(page->page_width, 1000000, LEN_PT), 6);
    buf_char(b, ' ');
    buf_decimal(b, len_muldiv(page->page_height, 1000000, LEN_PT), 6);
    buf_char(b, ']');
}

/* A pattern's content is written anew, and not compressed: it is a line or two. */
static void put_entries_of(struct copy *c, struct buf *b, qpdf_oh o)
{
    qpdf_oh dictionary = qpdf_oh_is_stream(c->pdf, o) ? qpdf_oh_get_dict(c->pdf, o) : o;
    c->unpacks = is_pattern(c, o);
    put_entries(c, b, dictionary, 0);
    c->unpacks = false;
}

/* The page itself is object 1, and is written last: whether it needs a group is known
 * then. */
static void put_all(struct copy *c, const struct svg_page *page)
{
    qpdf_oh first = qpdf_get_page_n(c->pdf, 0);
    qpdf_oh contents = qpdf_oh_get_key(c->pdf, first, "/Contents");
    struct buf form, b;
    bool transparent;
    buf_init(&form, c->arena);
    buf_init(&b, c->arena);
    vec_push(c->arena, &c->objects, contents);
    put_box(&form, page);
    buf_puts(&form, "/Resources<<");
    put_entries(c, &form, qpdf_oh_get_key(c->pdf, first, "/Resources"), 0);
    buf_puts(&form, ">>");
    put_entry_of(c, &form, qpdf_oh_get_dict(c->pdf, contents), "/Filter");
    transparent = is_transparent(buf_str(&form));
    for (size_t i = 1; i < c->objects.n && !c->failed; i++) {
        qpdf_oh o = c->objects.v[i];
        buf_clear(&b);
        put_entries_of(c, &b, o);
        transparent = transparent || is_transparent(buf_str(&b));
        put_object(c, (uint32_t)i + 1, buf_str(&b), o);
    }
    if (transparent) {
        put_entry_of(c, &form, first, "/Group");
    }
    put_object(c, 1, buf_str(&form), contents);
}

bool svg_put_objects(struct buf *out, const struct svg_page *page, struct arena *a)
{
    struct buf objects;
    buf_init(&objects, a);
    struct copy c = {.arena = a, .pdf = qpdf_init(), .out = &objects};
    qpdf_silence_errors(c.pdf);
    qpdf_set_suppress_warnings(c.pdf, QPDF_TRUE);
    if (qpdf_read_memory(c.pdf, "drawing", page->pdf.p, page->pdf.n, NULL) ==
        QPDF_SUCCESS) {
        c.n_numbers = MAX_OBJECTS;
        c.numbers = NEW_ARRAY(a, uint32_t, MAX_OBJECTS);
        put_all(&c, page);
    } else {
        c.failed = true;
    }
    bool whole = !c.failed && !qpdf_has_error(c.pdf) && objects.n <= SVG_MAX_OUTPUT;
    qpdf_cleanup(&c.pdf);
    if (whole) {
        buf_format(out, "objects %zu\n", c.objects.n);
        buf_put(out, buf_str(&objects));
    }
    return whole;
}
