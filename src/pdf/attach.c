/* SPDX-License-Identifier: MIT
 *
 * Each attachment is a stream, and a file specification that says its name, what it is
 * and what it is to the document. The catalogue lists them twice: by name, for people,
 * and as associated files (AF), for programs and for PDF/A-3. */
#include "pdf/attach.h"

#include <stdlib.h>
#include <string.h>

#include "pdf/syntax.h"

/* A name object: what is no letter, digit or plain sign is written as #XX. */
static void put_name(struct buf *b, str name)
{
    static const char HEX[] = "0123456789ABCDEF";
    buf_char(b, '/');
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i];
        if (c > ' ' && c < 0x7F && !strchr("#/()<>[]{}%", c)) {
            buf_char(b, (char)c);
        } else {
            buf_char(b, '#');
            buf_char(b, HEX[c >> 4]);
            buf_char(b, HEX[c & 15]);
        }
    }
}

static struct pdf_dict *write_stream(const struct page_attachment *f,
                                     const struct pdf_options *options,
                                     struct pdf_haru *h, struct pdf_save *save)
{
    struct pdf_dict *stream = pdf_dict_new(h);
    struct buf *b = pdf_dict_body(stream);
    buf_puts(b, "/Type/EmbeddedFile/Subtype");
    put_name(b, f->type);
    buf_format(b, "/Params<</Size %zu/ModDate", f->bytes.n);
    /* PDF/A-3 wants a date; what is on the disk is another one on every machine. */
    pdf_put_date(b, options->has_date ? options->date : 0, false);
    buf_puts(b, ">>");
    pdf_save_stream(save, stream, f->bytes);
    return stream;
}

static struct pdf_dict *write_file(const struct page_attachment *f,
                                   const struct pdf_options *options,
                                   struct pdf_haru *h, struct pdf_save *save)
{
    struct pdf_dict *stream = write_stream(f, options, h, save);
    struct pdf_dict *file = pdf_dict_new(h);
    struct buf *b = pdf_dict_body(file);
    pdf_dict_name(file, "Type", "Filespec");
    pdf_dict_name(file, "AFRelationship", f->relation);
    pdf_dict_text(file, "F", f->name);
    pdf_dict_text(file, "UF", f->name);
    if (f->description.n) {
        pdf_dict_text(file, "Desc", f->description);
    }
    buf_puts(b, "/EF<</F");
    pdf_put_ref(b, pdf_dict_number(stream));
    buf_puts(b, "/UF");
    pdf_put_ref(b, pdf_dict_number(stream));
    buf_puts(b, ">>");
    return file;
}

struct named {
    str key; /* as it is written */
    uint32_t number;
};

static int compare_keys(const void *left, const void *right)
{
    const struct named *a = left, *b = right;
    size_t n = a->key.n < b->key.n ? a->key.n : b->key.n;
    int order = memcmp(a->key.p, b->key.p, n);
    return order ? order : (a->key.n > b->key.n) - (a->key.n < b->key.n);
}

/* A name tree wants its keys in the order of their bytes. */
static void put_names(struct buf *b, struct named *names, size_t n)
{
    qsort(names, n, sizeof *names, compare_keys);
    buf_puts(b, "/Names<</EmbeddedFiles<</Names[");
    for (size_t i = 0; i < n; i++) {
        buf_put(b, names[i].key);
        pdf_put_ref(b, names[i].number);
    }
    buf_puts(b, "]>>>>");
}

void pdf_attachments_write(const struct page_list *pages,
                           const struct pdf_options *options, struct pdf_haru *h,
                           struct pdf_save *save)
{
    size_t n = pages->attachments.n;
    if (n == 0) {
        return;
    }
    struct named *names = NEW_ARRAY(save->arena, struct named, n);
    struct buf *catalog = pdf_dict_body(pdf_haru_catalog(h));
    buf_puts(catalog, "/AF[");
    for (size_t i = 0; i < n; i++) {
        const struct page_attachment *f = &pages->attachments.v[i];
        names[i].number = pdf_dict_number(write_file(f, options, h, save));
        pdf_put_ref(catalog, names[i].number);
        struct buf key;
        buf_init(&key, save->arena);
        pdf_put_text(&key, f->name);
        names[i].key = buf_str(&key);
    }
    buf_puts(catalog, "]");
    put_names(catalog, names, n);
}
