/* SPDX-License-Identifier: MIT
 *
 * The driver: page list in, file out. Streams are written as soon as they are known;
 * dictionaries collect in libharu's document and follow at the end. */
#include "pdf/pdf.h"

#include "pdf/annot.h"
#include "pdf/attach.h"
#include "pdf/content.h"
#include "pdf/font.h"
#include "pdf/image.h"
#include "pdf/metadata.h"
#include "pdf/outline.h"
#include "pdf/shared.h"
#include "pdf/syntax.h"

enum { KIDS_MAX = 100 }; /* of a node of the page tree */

struct job {
    const struct page_list *pages;
    const struct pdf_options *options;
    struct arena *arena;
    struct arena made; /* items of the page at hand that are made for it */
    struct diag_sink *sink;
    struct pdf_haru *haru;
    struct pdf_save save;
    struct pdf_fonts fonts;
    struct pdf_images images;
    struct pdf_structure structure;
    struct pdf_dict **page_dicts;
    uint32_t *page_numbers;
    struct pdf_dict *resources;
};

static void make_pages(struct job *j)
{
    size_t n = j->pages->pages.n;
    j->page_dicts = NEW_ARRAY(j->arena, struct pdf_dict *, n);
    j->page_numbers = NEW_ARRAY(j->arena, uint32_t, n);
    for (size_t i = 0; i < n; i++) {
        j->page_dicts[i] = pdf_dict_new(j->haru);
        j->page_numbers[i] = pdf_dict_number(j->page_dicts[i]);
    }
}

/* One dictionary of all fonts and images, which every page refers to. */
static void write_resources(struct job *j)
{
    j->resources = pdf_dict_new(j->haru);
    struct buf *b = pdf_dict_body(j->resources);
    buf_puts(b, "/Font<<");
    for (size_t i = 0; i < j->fonts.list.n; i++) {
        buf_format(b, "/F%zu", i);
        pdf_put_ref(b, pdf_dict_number(j->fonts.list.v[i]->dict));
    }
    buf_puts(b, ">>");
    pdf_put_xobjects(b, &j->images);
}

static bool write_page(struct job *j, struct pdf_content *content, size_t i)
{
    struct page room;
    const struct page *page = page_open(&j->pages->pages.v[i], &j->made, &room);
    struct pdf_structure *structure = content->structure;
    if (structure) {
        pdf_structure_next_page(structure);
    }
    pdf_content_page(content, page);
    struct pdf_dict *stream = pdf_dict_new(j->haru);
    pdf_save_stream(&j->save, stream, buf_str(&content->out));

    struct pdf_dict *dict = j->page_dicts[i];
    struct buf *b = pdf_dict_body(dict);
    pdf_dict_name(dict, "Type", "Page");
    pdf_dict_ref(dict, "Resources", j->resources);
    pdf_dict_ref(dict, "Contents", stream);
    buf_puts(b, "/MediaBox[0 0 ");
    buf_points(b, page->width);
    buf_char(b, ' ');
    buf_points(b, page->height);
    buf_char(b, ']');
    if (structure) {
        buf_format(b, "/Tabs/S/StructParents %zu", i);
    }
    struct pdf_annots annots = {j->pages, page, j->page_numbers, j->haru, structure};
    bool ok = pdf_annots_write(b, &annots, j->sink);
    arena_reset(&j->made);
    return ok;
}

static bool write_pages(struct job *j)
{
    struct pdf_content content;
    struct pdf_structure *structure = j->options->tagged ? &j->structure : NULL;
    pdf_content_init(&content, j->pages, &j->fonts, structure, j->arena);
    content.images = &j->images;
    content.screen_colors = pdf_metadata_standard(j->pages, j->options).a_part;
    bool ok = true;
    for (size_t i = 0; i < j->pages->pages.n; i++) {
        ok = write_page(j, &content, i) && ok;
    }
    return ok;
}

/* A node of the page tree, or a page with `pages` 1. */
struct branch {
    struct pdf_dict *dict;
    uint32_t pages;
};

static void join(struct branch *parent, const struct branch *kids, size_t n)
{
    struct buf *b = pdf_dict_body(parent->dict);
    pdf_dict_name(parent->dict, "Type", "Pages");
    buf_puts(b, "/Kids[");
    for (size_t i = 0; i < n; i++) {
        pdf_put_ref(b, pdf_dict_number(kids[i].dict));
        pdf_dict_ref(kids[i].dict, "Parent", parent->dict);
        parent->pages += kids[i].pages;
    }
    buf_char(b, ']');
    pdf_dict_int(parent->dict, "Count", (int32_t)parent->pages);
}

/* Level by level, until what is left fits the root. */
static void write_page_tree(struct job *j)
{
    size_t n = j->pages->pages.n;
    struct branch *level = NEW_ARRAY(j->arena, struct branch, n);
    for (size_t i = 0; i < n; i++) {
        level[i] = (struct branch){j->page_dicts[i], 1};
    }
    while (n > KIDS_MAX) {
        size_t joined = 0;
        for (size_t i = 0; i < n; i += KIDS_MAX) {
            struct branch up = {pdf_dict_new(j->haru), 0};
            join(&up, level + i, n - i < KIDS_MAX ? n - i : KIDS_MAX);
            level[joined++] = up;
        }
        n = joined;
    }
    struct branch root = {pdf_haru_page_root(j->haru), 0};
    join(&root, level, n);
}

static void save_dicts(struct job *j)
{
    struct buf text;
    buf_init(&text, j->arena);
    for (uint32_t i = 1; i <= pdf_haru_count(j->haru); i++) {
        struct pdf_dict *d = pdf_haru_dict(j->haru, i);
        if (!pdf_dict_written(d)) {
            buf_clear(&text);
            pdf_dict_write(d, &text);
            pdf_save_object(&j->save, i, buf_str(&text));
        }
    }
}

static bool finish(struct job *j)
{
    uint32_t highest = pdf_haru_count(j->haru);
    if (j->options->tagged) {
        highest = pdf_structure_finish(&j->structure, j->haru);
    }
    pdf_save_objects(&j->save, highest);
    save_dicts(j);
    if (j->options->tagged) {
        pdf_structure_save(&j->structure, j->page_numbers, &j->save);
    }
    return pdf_save_end(&j->save, pdf_dict_number(pdf_haru_catalog(j->haru)),
                        pdf_dict_number(pdf_haru_info(j->haru)), j->sink);
}

static bool write_all(struct job *j)
{
    /* Which glyphs, which fonts, which text they are, which codes show them. */
    pdf_glyphs_collect(&j->fonts, j->pages, j->arena);
    pdf_codes_assign(&j->fonts);

    /* Pages have numbers before anything refers to them. */
    make_pages(j);

    /* Fonts, which give glyphs their widths; images. */
    if (!pdf_fonts_write(&j->fonts, j->haru, &j->save, j->sink)) {
        return false;
    }
    pdf_images_collect(&j->images, j->pages, j->arena);
    bool screen = pdf_metadata_standard(j->pages, j->options).a_part;
    if (!pdf_images_write(&j->images, screen, j->haru, &j->save, j->sink)) {
        return false;
    }
    write_resources(j);

    /* Content, links, and what both tell the structure tree. */
    if (j->options->tagged) {
        pdf_structure_init(&j->structure, j->pages, j->arena);
    }
    if (!write_pages(j)) {
        return false;
    }
    write_page_tree(j);

    /* What readers see beside the pages. */
    pdf_outline_write(j->pages, j->page_numbers, j->haru, j->arena);
    pdf_labels_write(j->pages, j->haru, j->arena);
    pdf_attachments_write(j->pages, j->options, j->haru, &j->save);
    pdf_metadata_write(j->pages, j->options, j->haru, &j->save);

    /* The structure tree, all objects, the file's end. */
    return finish(j);
}

bool pdf_write(const struct page_list *pages, const struct pdf_options *options,
               struct arena *a, struct buf *out, struct diag_sink *sink)
{
    struct job j = {.pages = pages, .options = options, .arena = a, .sink = sink};
    arena_init(&j.made);
    j.haru = pdf_haru_open(a);
    struct pdf_shared own;
    if (!options->shared) {
        pdf_shared_init(&own);
    }
    struct pdf_shared *shared = options->shared ? options->shared : &own;
    pdf_save_begin(&j.save, out, a, shared, !options->uncompressed);
    bool ok = write_all(&j);
    if (shared == &own) {
        pdf_shared_done(&own);
    }
    arena_done(&j.made);
    return pdf_haru_close(j.haru, sink) && ok;
}
