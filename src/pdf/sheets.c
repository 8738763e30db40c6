/* SPDX-License-Identifier: MIT
 *
 * Sheets with several pages. Each page is a form that says how much of it there is, its
 * bleed with it; the content of a face only says where forms stand. What is drawn around
 * the pages is one form more, so that resources are those of all pages everywhere but on
 * the faces, which have forms alone. */
#include "pdf/job.h"

#include "pdf/syntax.h"

/* "/MediaBox[0 0 842 595]". */
static void put_area(struct buf *b, const char *name, const len64 corners[4])
{
    buf_format(b, "/%s[", name);
    for (size_t i = 0; i < 4; i++) {
        buf_puts(b, i ? " " : "");
        buf_points(b, corners[i]);
    }
    buf_char(b, ']');
}

/* What is on the page or the block, with `around` it. */
static struct pdf_dict *write_form(struct pdf_job *j, struct pdf_content *content,
                                   const struct page *page, len around)
{
    struct page room;
    struct pdf_dict *form = pdf_dict_new(j->haru);
    pdf_content_page(content, page_open(page, &j->made, &room));
    pdf_dict_name(form, "Type", "XObject");
    pdf_dict_name(form, "Subtype", "Form");
    put_area(pdf_dict_body(form), "BBox",
             (len64[]){-(len64)around, -(len64)around, (len64)page->width + around,
                       (len64)page->height + around});
    pdf_dict_ref(form, "Resources", j->resources);
    pdf_save_stream(&j->save, form, buf_str(&content->out));
    arena_reset(&j->made);
    return form;
}

/* Where a block's own origin, its upper left corner, is on the sheet, from below. */
static len64 top_of(const struct page_list *l)
{
    return (len64)l->sheets.height - l->sheets.top;
}

static void put_points(struct buf *b, len64 first, len64 second)
{
    buf_points(b, first);
    buf_char(b, ' ');
    buf_points(b, second);
}

static void show_page(struct buf *b, const struct page_list *l,
                      const struct page_placed *p)
{
    const struct page_rect *clip = &p->clip;
    len64 left = l->sheets.left, top = top_of(l);
    buf_puts(b, "q ");
    put_points(b, left + clip->x, top - clip->y - clip->height);
    buf_char(b, ' ');
    put_points(b, clip->width, clip->height);
    buf_puts(b, " re W n 1 0 0 1 ");
    put_points(b, left + p->x, top - p->y - l->pages.v[p->page].height);
    buf_format(b, " cm/P%u Do Q\n", p->page);
}

static void put_boxes(struct buf *b, const struct page_list *l, const struct page *block,
                      bool print)
{
    const struct page_sheets *s = &l->sheets;
    len64 left = s->left, right = left + block->width;
    len64 top = top_of(l), below = top - block->height, bleed = l->sheet.bleed;
    put_area(b, "MediaBox", (len64[]){0, 0, s->width, s->height});
    if (print) {
        put_area(b, "BleedBox", (len64[]){left - bleed, below - bleed, right + bleed,
                                          top + bleed});
        put_area(b, "TrimBox", (len64[]){left, below, right, top});
    }
}

static void put_forms(struct buf *b, const struct page_face *face,
                      struct pdf_dict *const *forms, struct pdf_dict *marks)
{
    buf_puts(b, "/Resources<</XObject<<");
    for (size_t i = 0; i < face->placed.n; i++) {
        uint32_t page = face->placed.v[i].page;
        buf_format(b, "/P%u", page);
        pdf_put_ref(b, pdf_dict_number(forms[page]));
    }
    if (marks) {
        buf_puts(b, "/M");
        pdf_put_ref(b, pdf_dict_number(marks));
    }
    buf_puts(b, ">>>>");
}

static bool face_blends(const struct page_list *l, const struct page_face *face)
{
    for (size_t i = 0; i < face->placed.n; i++) {
        if (pdf_page_blends(&l->pages.v[face->placed.v[i].page])) {
            return true;
        }
    }
    return false;
}

static void write_face(struct pdf_job *j, struct pdf_content *content, size_t i,
                       struct pdf_dict *const *forms)
{
    const struct page_list *l = j->pages;
    const struct page_face *face = &l->sheets.faces.v[i];
    struct pdf_dict *dict = j->page_dicts[i], *marks = NULL;
    struct buf *b = &content->out;
    if (face->block.marks.n) {
        marks = write_form(j, content, &face->block, l->sheet.margin);
    }
    buf_clear(b);
    for (size_t k = 0; k < face->placed.n; k++) {
        show_page(b, l, &face->placed.v[k]);
    }
    if (marks) {
        buf_puts(b, "q 1 0 0 1 ");
        put_points(b, l->sheets.left, top_of(l) - face->block.height);
        buf_puts(b, " cm/M Do Q\n");
    }
    struct pdf_dict *stream = pdf_dict_new(j->haru);
    pdf_save_stream(&j->save, stream, buf_str(b));
    pdf_dict_name(dict, "Type", "Page");
    pdf_dict_ref(dict, "Contents", stream);
    put_forms(pdf_dict_body(dict), face, forms, marks);
    put_boxes(pdf_dict_body(dict), l, &face->block, j->options->print);
    if (j->options->print && face_blends(l, face)) {
        pdf_put_group(pdf_dict_body(dict));
    }
}

void pdf_sheets_write(struct pdf_job *j, struct pdf_content *content)
{
    const struct page_list *l = j->pages;
    struct pdf_dict **forms = NEW_ARRAY(j->arena, struct pdf_dict *, l->pages.n);
    content->left = content->below = 0; /* of each form: its own corner */
    for (size_t i = 0; i < l->pages.n; i++) {
        forms[i] = write_form(j, content, &l->pages.v[i], l->sheet.bleed);
    }
    for (size_t i = 0; i < l->sheets.faces.n; i++) {
        write_face(j, content, i, forms);
    }
}
