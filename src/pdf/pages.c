/* SPDX-License-Identifier: MIT
 *
 * Pages: their content, one stream each, their dictionaries, and the tree that they are
 * in. */
#include "pdf/job.h"

#include "pdf/annot.h"
#include "pdf/content.h"
#include "pdf/syntax.h"

enum { KIDS_MAX = 100 }; /* of a node of the page tree */

void pdf_pages_make(struct pdf_job *j)
{
    size_t faces = j->pages->sheets.faces.n;
    size_t n = j->n = faces ? faces : j->pages->pages.n + j->blank;
    j->page_dicts = NEW_ARRAY(j->arena, struct pdf_dict *, n);
    j->page_numbers = NEW_ARRAY(j->arena, uint32_t, n);
    for (size_t i = 0; i < n; i++) {
        j->page_dicts[i] = pdf_dict_new(j->haru);
        j->page_numbers[i] = pdf_dict_number(j->page_dicts[i]);
    }
}

/* A box whose edges are `off` from the sheet's. */
static void put_box(struct buf *b, const char *name, len64 off, const struct page *page,
                    len margin)
{
    const len64 corners[] = {off, off, (len64)page->width + 2 * (len64)margin - off,
                             (len64)page->height + 2 * (len64)margin - off};
    buf_format(b, "/%s[", name);
    for (size_t i = 0; i < 4; i++) {
        buf_puts(b, i ? " " : "");
        buf_points(b, corners[i]);
    }
    buf_char(b, ']');
}

static void put_boxes(struct buf *b, const struct page_sheet *sheet,
                      const struct page *page, bool print)
{
    put_box(b, "MediaBox", 0, page, sheet->margin);
    if (print) {
        put_box(b, "BleedBox", (len64)sheet->margin - sheet->bleed, page, sheet->margin);
        put_box(b, "TrimBox", sheet->margin, page, sheet->margin);
    }
}

void pdf_put_group(struct buf *b)
{
    buf_puts(b, "/Group<</S/Transparency/CS/DeviceCMYK>>");
}

static bool write_page(struct pdf_job *j, struct pdf_content *content, size_t i)
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
    put_boxes(b, &j->pages->sheet, page, j->options->print);
    if (structure) {
        buf_format(b, "/Tabs/S/StructParents %zu", structure->first_key + i);
    }
    bool ok = true;
    if (j->options->print) {
        if (pdf_page_blends(page)) {
            pdf_put_group(b);
        }
    } else {
        struct pdf_annots annots = {j->pages, page, j->page_numbers, j->haru, structure};
        ok = pdf_annots_write(b, &annots, j->sink);
    }
    arena_reset(&j->made);
    return ok;
}

/* As large as the page before it. */
static void write_blank(struct pdf_job *j)
{
    struct pdf_dict *dict = j->page_dicts[j->n - 1];
    pdf_dict_name(dict, "Type", "Page");
    pdf_dict_ref(dict, "Resources", j->resources);
    put_boxes(pdf_dict_body(dict), &j->pages->sheet, &j->pages->pages.v[j->n - 2],
              j->options->print);
}

bool pdf_pages_write(struct pdf_job *j)
{
    struct pdf_content content;
    struct pdf_structure *structure = j->options->tagged ? &j->structure : NULL;
    pdf_content_init(&content, j->pages, j->fonts, structure, j->arena);
    content.images = &j->images;
    content.screen_colors = j->screen_colors;
    content.inks = j->options->print ? &j->inks : NULL;
    bool ok = true;
    if (j->pages->sheets.faces.n) {
        pdf_sheets_write(j, &content);
    } else {
        for (size_t i = 0; i < j->pages->pages.n; i++) {
            ok = write_page(j, &content, i) && ok;
        }
    }
    if (content.inks) {
        pdf_put_inks(pdf_dict_body(j->resources), content.inks);
        ok = ok && !content.inks->failed;
    }
    if (j->blank) {
        write_blank(j);
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
void pdf_pages_join(struct pdf_job *j, struct pdf_dict *root)
{
    size_t n = j->n;
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
    struct branch top = {root, 0};
    join(&top, level, n);
}

void pdf_job_save_dicts(struct pdf_job *j)
{
    struct buf text;
    buf_init(&text, j->arena);
    for (uint32_t i = pdf_haru_first(j->haru); i <= pdf_haru_count(j->haru); i++) {
        struct pdf_dict *d = pdf_haru_dict(j->haru, i);
        if (!pdf_dict_written(d)) {
            buf_clear(&text);
            pdf_dict_write(d, &text);
            pdf_save_object(&j->save, i, buf_str(&text));
        }
    }
}
