/* SPDX-License-Identifier: MIT
 *
 * In: a PDF. Out: the files that its catalogue names: the tree of names EmbeddedFiles
 * (ISO 32000-1, 7.11.4), and what only its list of associated files (AF) has. */
#include "extract/extract.h"

#include <stdlib.h>
#include <string.h>

struct search {
    qpdf_data pdf;
    struct arena *a;
    struct extract_list *out;
    struct map known; /* names that were found */
};

static bool has(const struct search *s, qpdf_oh dict, const char *key)
{
    return qpdf_oh_is_dictionary(s->pdf, dict) && qpdf_oh_has_key(s->pdf, dict, key);
}

static str text_of(const struct search *s, qpdf_oh dict, const char *key)
{
    if (!has(s, dict, key)) {
        return STR_NONE;
    }
    qpdf_oh value = qpdf_oh_get_key(s->pdf, dict, key);
    if (qpdf_oh_is_string(s->pdf, value)) {
        return str_copy(s->a, str_from(qpdf_oh_get_utf8_value(s->pdf, value)));
    } else if (qpdf_oh_is_name(s->pdf, value)) {
        return str_copy(s->a, str_from(qpdf_oh_get_name(s->pdf, value) + 1));
    }
    return STR_NONE;
}

static void add(struct search *s, qpdf_oh file)
{
    if (s->out->n >= EXTRACT_MAX_FILES || !has(s, file, "/EF")) {
        return;
    }
    qpdf_oh streams = qpdf_oh_get_key(s->pdf, file, "/EF");
    const char *key = has(s, streams, "/UF") ? "/UF" : "/F";
    struct extract_file f = {
        .name = text_of(s, file, has(s, file, "/UF") ? "/UF" : "/F"),
        .relation = text_of(s, file, "/AFRelationship"),
        .description = text_of(s, file, "/Desc"),
        .stream = has(s, streams, key) ? qpdf_oh_get_key(s->pdf, streams, key)
                                       : qpdf_oh_new_null(s->pdf),
    };
    if (!qpdf_oh_is_stream(s->pdf, f.stream) || map_find(&s->known, f.name)) {
        return;
    }
    map_put(&s->known, f.name, s);
    vec_push(s->a, s->out, f);
}

/* Names and files in turn, or kids with more of them. */
static void walk_names(struct search *s, qpdf_oh node, int depth)
{
    if (depth > EXTRACT_MAX_DEPTH || s->out->n >= EXTRACT_MAX_FILES) {
        return;
    }
    if (has(s, node, "/Names")) {
        qpdf_oh names = qpdf_oh_get_key(s->pdf, node, "/Names");
        int n = qpdf_oh_is_array(s->pdf, names) ? qpdf_oh_get_array_n_items(s->pdf, names)
                                                : 0;
        for (int i = 1; i < n; i += 2) {
            add(s, qpdf_oh_get_array_item(s->pdf, names, i));
        }
    }
    if (has(s, node, "/Kids")) {
        qpdf_oh kids = qpdf_oh_get_key(s->pdf, node, "/Kids");
        int n = qpdf_oh_is_array(s->pdf, kids) ? qpdf_oh_get_array_n_items(s->pdf, kids)
                                               : 0;
        for (int i = 0; i < n && i < EXTRACT_MAX_FILES; i++) {
            walk_names(s, qpdf_oh_get_array_item(s->pdf, kids, i), depth + 1);
        }
    }
}

void extract_find(qpdf_data pdf, struct arena *a, struct extract_list *out)
{
    struct search s = {.pdf = pdf, .a = a, .out = out};
    map_init(&s.known, a);
    qpdf_oh root = qpdf_get_root(pdf);
    if (has(&s, root, "/Names")) {
        qpdf_oh names = qpdf_oh_get_key(pdf, root, "/Names");
        if (has(&s, names, "/EmbeddedFiles")) {
            walk_names(&s, qpdf_oh_get_key(pdf, names, "/EmbeddedFiles"), 0);
        }
    }
    if (has(&s, root, "/AF")) {
        qpdf_oh files = qpdf_oh_get_key(pdf, root, "/AF");
        int n = qpdf_oh_is_array(pdf, files) ? qpdf_oh_get_array_n_items(pdf, files) : 0;
        for (int i = 0; i < n; i++) {
            add(&s, qpdf_oh_get_array_item(pdf, files, i));
        }
    }
}

bool extract_read(qpdf_data pdf, const struct extract_file *f, struct arena *a,
                  str *bytes)
{
    unsigned char *data = NULL;
    size_t n = 0;
    QPDF_BOOL decoded = QPDF_FALSE;
    QPDF_ERROR_CODE error = qpdf_oh_get_stream_data(pdf, f->stream, qpdf_dl_all, &decoded,
                                                    &data, &n);
    bool good = !(error & QPDF_ERRORS) && decoded;
    *bytes = good ? str_copy(a, (str){(const char *)data, n}) : STR_NONE;
    free(data);
    return good;
}
