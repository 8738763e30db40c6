/* SPDX-License-Identifier: MIT
 *
 * The second round of a book. In: a part's pages. Out: its objects, with the numbers that
 * they have in the file, and what the file must know of them to hang them into its trees.
 * The fonts are the book's; a picture is either here, for all parts, or elsewhere. */
#include "pdf/parts.h"

#include "pdf/annot.h"
#include "pdf/outline.h"
#include "pdf/syntax.h"

struct part {
    struct pdf_job job;
    const struct pdf_book *book;
    uint32_t index;
    struct pdf_dict *entry, *node; /* of the outline; of the tree of pages */
    struct pdf_dict **owned;
    struct buf bytes;
    struct pdf_branch parents, ids;
    struct pdf_bookmarks bookmarks;
};

uint32_t pdf_book_first(const struct pdf_book *book, uint32_t index)
{
    return book->first + book->parts.v[index].object;
}

uint32_t pdf_book_room(const struct pdf_book *book, uint32_t index)
{
    const struct pdf_begins *next =
        index + 1 < book->parts.n ? &book->parts.v[index + 1] : &book->next;
    return next->object - book->parts.v[index].object;
}

/* Those of a part stand behind its first two objects. */
static uint32_t find_owned(void *user, str digest, struct pdf_dict **dict)
{
    const struct part *p = user;
    const struct pdf_owner *owner = map_find(&p->book->owners, digest);
    if (owner && owner->part == p->index) {
        *dict = p->owned[owner->slot];
        return 0;
    }
    return owner ? pdf_book_first(p->book, owner->part) + 2 + owner->slot : 0;
}

static void make_own(struct part *p)
{
    uint32_t n = p->book->parts.v[p->index].owned;
    p->entry = pdf_dict_new(p->job.haru);
    pdf_dict_set_written(p->entry); /* the file writes it, which knows its neighbours */
    p->node = pdf_dict_new(p->job.haru);
    p->owned = NEW_ARRAY(p->job.arena, struct pdf_dict *, n);
    for (uint32_t i = 0; i < n; i++) {
        p->owned[i] = pdf_dict_new(p->job.haru);
    }
}

static bool write_images(struct part *p)
{
    struct pdf_job *j = &p->job;
    pdf_images_collect(&j->images, j->pages, j->arena);
    j->images.inks = j->options->print ? &j->inks : NULL;
    j->images.find = find_owned;
    j->images.user = p;
    if (!pdf_images_write(&j->images, j->screen_colors, j->haru, &j->save, j->sink)) {
        return false;
    }
    if (j->options->print && j->options->print->keep_rgb) {
        pdf_images_rgb(&j->images); /* this part may be the one that has it */
    }
    j->resources = pdf_dict_new(j->haru);
    buf_puts(pdf_dict_body(j->resources), "/Font");
    pdf_put_ref(pdf_dict_body(j->resources), p->book->font_list);
    pdf_put_xobjects(pdf_dict_body(j->resources), &j->images);
    return true;
}

static void begin_structure(struct part *p)
{
    const struct pdf_begins *begins = &p->book->parts.v[p->index];
    struct pdf_structure *s = &p->job.structure;
    pdf_structure_init(s, p->job.pages, p->job.arena);
    s->parent = p->book->document;
    s->first_key = begins->key;
    s->first_id = begins->id;
    s->lang = p->book->about.lang;
}

static bool write_all(struct part *p)
{
    struct pdf_job *j = &p->job;
    make_own(p);
    pdf_pages_make(j);
    if (!write_images(p)) {
        return false;
    }
    if (j->options->tagged) {
        begin_structure(p);
    }
    if (!pdf_pages_write(j)) {
        return false;
    }
    buf_puts(pdf_dict_body(p->node), "/Parent");
    pdf_put_ref(pdf_dict_body(p->node), p->book->page_groups + p->index / PDF_GROUP);
    pdf_pages_join(j, p->node);
    p->bookmarks = pdf_outline_write_part(j->pages, j->page_numbers, j->haru, j->arena,
                                          pdf_dict_number(p->entry));
    uint32_t highest = pdf_haru_count(j->haru);
    if (j->options->tagged) {
        highest = pdf_structure_finish_part(&j->structure, j->haru, &p->parents, &p->ids);
    }
    pdf_save_objects(&j->save, highest);
    pdf_job_save_dicts(j);
    if (j->options->tagged) {
        pdf_structure_save(&j->structure, j->page_numbers, &j->save);
    }
    pdf_save_flush(&j->save);
    return true;
}

/* Whether it is what was planned. */
static bool fits(const struct part *p)
{
    uint32_t first = pdf_book_first(p->book, p->index);
    uint32_t used = p->job.save.next_number - first;
    if (used > pdf_book_room(p->book, p->index)) {
        diag_report(p->job.sink, DIAG_INTERNAL, PLACE_NONE, NULL,
                    "a part of the PDF has more objects than were planned");
        return false;
    }
    return true;
}

static void put_branch(struct buf *out, const struct pdf_branch *b)
{
    wire_put_number(out, b->object);
    wire_put_number(out, b->first);
    wire_put_number(out, b->last);
}

static void put_part(struct buf *out, const struct part *p)
{
    const struct pdf_job *j = &p->job;
    struct buf dest;
    buf_init(&dest, j->arena);
    pdf_put_dest(&dest, j->page_numbers[0], &j->pages->pages.v[0], 0, 0);
    wire_put_number(out, p->index);
    wire_put_number(out, pdf_dict_number(p->node));
    wire_put_number(out, j->options->tagged ? pdf_structure_number(&j->structure, 0) : 0);
    put_branch(out, &p->parents);
    put_branch(out, &p->ids);
    put_branch(out, &(struct pdf_branch){p->bookmarks.n, p->bookmarks.first,
                                         p->bookmarks.last});
    wire_put_text(out, buf_str(&dest));
    wire_put_text(out, j->pages->title);
    wire_put_number(out, j->n);
    for (size_t i = 0; i < j->n; i++) {
        bool blank = i == j->pages->pages.n;
        wire_put_text(out, blank ? STR_NONE : j->pages->pages.v[i].label);
    }
    wire_put_text(out, (str){(const char *)j->save.slots.v,
                             j->save.slots.n * sizeof *j->save.slots.v});
    wire_put_text(out, buf_str(&p->bytes));
}

bool pdf_book_part(struct pdf_book *book, uint32_t index, const struct page_list *pages,
                   struct buf *out, struct diag_sink *sink)
{
    struct arena *a = out->arena;
    struct part p = {.book = book, .index = index};
    struct pdf_job *j = &p.job;
    *j = (struct pdf_job){.pages = pages, .options = &book->file, .arena = a,
                          .sink = sink, .fonts = &book->fonts,
                          .screen_colors = pdf_book_screen_colors(book, &book->file),
                          .blank = pdf_book_has_blank(book, pages->pages.n)};
    uint32_t first = pdf_book_first(book, index);
    arena_init(&j->made);
    buf_init(&p.bytes, a);
    j->haru = pdf_haru_open_at(a, first);
    pdf_save_begin_part(&j->save, &p.bytes, book->options.shared,
                        !book->file.uncompressed, first);
    if (j->options->print) {
        pdf_inks_init(&j->inks, pages, j->options->print, a, sink);
    }
    bool ok = write_all(&p);
    if (j->options->print) {
        pdf_inks_done(&j->inks);
    }
    arena_done(&j->made);
    ok = pdf_haru_close(j->haru, sink) && ok && fits(&p);
    if (ok) {
        put_part(out, &p);
    }
    return ok;
}
