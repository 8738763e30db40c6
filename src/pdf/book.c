/* SPDX-License-Identifier: MIT
 *
 * A book's file. In: parts, in their order. Out: the file, as they come: first what they
 * share, then the parts, then what ties them together. What is kept is a few numbers of
 * each part, and where each object is. */
#include "pdf/book.h"

#include <stdlib.h>
#include <string.h>

#include "pdf/metadata.h"
#include "pdf/outline.h"
#include "pdf/parts.h"
#include "pdf/syntax.h"

enum { WRITE_SIZE = 256 << 10 };

struct pdf_book *pdf_book_new(const struct pdf_book_options *options)
{
    struct pdf_book *book = calloc(1, sizeof *book);
    if (!book) {
        oom_report(sizeof *book);
    }
    arena_init(&book->arena);
    book->options = *options;
    book->options.title = str_copy(&book->arena, options->title);
    page_list_init(&book->about, &book->arena);
    pdf_glyphs_init(&book->fonts, &book->arena);
    map_init(&book->owners, &book->arena);
    map_init(&book->profiles, &book->arena);
    buf_init(&book->out, &book->arena);
    buf_init(&book->entry, &book->arena);
    buf_init(&book->label_leaf, &book->arena);
    return book;
}

void pdf_book_free(struct pdf_book *book)
{
    if (book) {
        arena_done(&book->arena);
        free(book);
    }
}

uint32_t pdf_book_count(const struct pdf_book *book)
{
    return (uint32_t)book->parts.n;
}

static void flush(struct pdf_book *book, size_t least)
{
    if (book->out.n >= least && book->out.n && !book->error) {
        book->error = book->options.write(book->options.user, book->out.p, book->out.n);
        pdf_save_gone(&book->save);
    }
}

/* --- The beginning --- */

/* An object that is written at the end. */
static uint32_t reserve(struct pdf_haru *h, const char *key)
{
    struct pdf_dict *d = pdf_dict_new(h);
    pdf_dict_set_written(d);
    if (key) {
        pdf_dict_ref(pdf_haru_catalog(h), key, d);
    }
    return pdf_dict_number(d);
}

static void make_catalog(struct pdf_book *book, struct pdf_haru *h)
{
    struct pdf_dict *catalog = pdf_haru_catalog(h);
    if (!book->about.title.n) {
        book->about.title = book->options.title;
    }
    pdf_metadata_write(&book->about, &book->file, h, &book->save);
    book->outline = reserve(h, "Outlines");
    book->labels = reserve(h, "PageLabels");
    pdf_dict_name(catalog, "PageMode", "UseOutlines");
    if (book->file.tagged) {
        book->tree = reserve(h, "StructTreeRoot");
        book->document = reserve(h, NULL);
        buf_puts(pdf_dict_body(catalog), "/MarkInfo<</Marked true>>");
    }
    pdf_dict_set_written(pdf_haru_page_root(h));
    book->catalog = pdf_dict_number(catalog);
    book->info = pdf_dict_number(pdf_haru_info(h));
    book->page_root = pdf_dict_number(pdf_haru_page_root(h));
}

static bool make_fonts(struct pdf_book *book, struct pdf_haru *h, struct diag_sink *sink)
{
    pdf_glyphs_end(&book->fonts);
    pdf_codes_assign(&book->fonts);
    if (!pdf_fonts_write(&book->fonts, h, &book->save, sink)) {
        return false;
    }
    struct pdf_dict *list = pdf_dict_new(h);
    pdf_put_fonts(pdf_dict_body(list), &book->fonts);
    book->font_list = pdf_dict_number(list);
    return true;
}

static void give_numbers(struct pdf_book *book, uint32_t highest)
{
    size_t n = book->parts.n;
    book->page_groups = highest + 1;
    book->first = book->page_groups + (uint32_t)((n + PDF_GROUP - 1) / PDF_GROUP);
    uint32_t last = book->first + book->next.object - 1;
    size_t room = (size_t)last + last / 64 + 64; /* with nodes and object streams */
    struct pdf_slot *slots =
        arena_grow(&book->arena, book->save.slots.v,
                   book->save.slots.n * sizeof *slots, room * sizeof *slots);
    book->save.slots.v = slots;
    book->save.slots.cap = room;
    pdf_save_objects(&book->save, last);
}

bool pdf_book_begin(struct pdf_book *book, struct diag_sink *sink)
{
    struct pdf_job j = {.arena = &book->arena};
    pdf_save_begin(&book->save, &book->out, &book->arena, book->options.shared,
                   !book->file.uncompressed);
    if (book->file.print) {
        pdf_save_older(&book->save);
    }
    j.haru = pdf_haru_open(&book->arena);
    bool ok = make_fonts(book, j.haru, sink);
    if (ok) {
        make_catalog(book, j.haru);
        give_numbers(book, pdf_haru_count(j.haru));
        j.save = book->save;
        pdf_job_save_dicts(&j);
        book->save = j.save;
    }
    return pdf_haru_close(j.haru, sink) && ok;
}

/* --- Parts --- */

/* What a part says of itself; its texts are where it is. */
struct head {
    uint32_t index, node, element, n_pages;
    struct pdf_branch parents, ids;
    struct pdf_bookmarks bookmarks;
    str dest, title;
    const str *labels;
    str slots, bytes;
};

static struct pdf_branch read_branch(struct wire *w)
{
    struct pdf_branch b;
    b.object = (uint32_t)wire_number(w);
    b.first = (uint32_t)wire_number(w);
    b.last = (uint32_t)wire_number(w);
    return b;
}

static struct head read_head(str part, struct arena *a)
{
    struct wire w = {part};
    struct head h = {.index = (uint32_t)wire_number(&w)};
    h.node = (uint32_t)wire_number(&w);
    h.element = (uint32_t)wire_number(&w);
    h.parents = read_branch(&w);
    h.ids = read_branch(&w);
    struct pdf_branch below = read_branch(&w);
    h.bookmarks = (struct pdf_bookmarks){below.first, below.last, below.object};
    h.dest = wire_text(&w);
    h.title = wire_text(&w);
    h.n_pages = (uint32_t)wire_number(&w);
    str *labels = NEW_ARRAY(a, str, h.n_pages);
    for (uint32_t i = 0; i < h.n_pages; i++) {
        labels[i] = wire_text(&w);
    }
    h.labels = labels;
    h.slots = wire_text(&w);
    h.bytes = wire_text(&w);
    return h;
}

/* Entries wait for the one behind them. */
static void end_entry(struct pdf_book *book, uint32_t next)
{
    if (book->last_entry) {
        if (next) {
            buf_puts(&book->entry, "/Next");
            pdf_put_ref(&book->entry, next);
        }
        pdf_book_save_text(book, book->last_entry, &book->entry);
    }
}

static void add_entry(struct pdf_book *book, const struct head *h, str name)
{
    uint32_t number = pdf_book_first(book, h->index);
    struct buf *b = &book->entry;
    end_entry(book, number);
    buf_clear(b);
    buf_puts(b, "<</Title");
    pdf_put_text(b, name.n ? name : h->title.n ? h->title : book->about.title);
    buf_puts(b, "/Parent");
    pdf_put_ref(b, book->outline);
    if (book->last_entry) {
        buf_puts(b, "/Prev");
        pdf_put_ref(b, book->last_entry);
    }
    if (h->bookmarks.n) {
        buf_puts(b, "/First");
        pdf_put_ref(b, h->bookmarks.first);
        buf_puts(b, "/Last");
        pdf_put_ref(b, h->bookmarks.last);
        buf_format(b, "/Count -%u", h->bookmarks.n);
    }
    buf_put(b, h->dest);
    book->first_entry = book->first_entry ? book->first_entry : number;
    book->last_entry = number;
    book->n_entries++;
}

static void end_labels(struct pdf_book *book)
{
    struct arena scratch;
    struct buf text;
    if (!book->n_labels) {
        return;
    }
    struct pdf_branch branch = {pdf_save_number(&book->save), book->label_from,
                                book->label_to};
    pdf_book_begin_text(&text, &scratch);
    buf_format(&text, "/Limits[%u %u]/Nums[", branch.first, branch.last);
    buf_put(&text, buf_str(&book->label_leaf));
    buf_char(&text, ']');
    pdf_book_save_text(book, branch.object, &text);
    vec_push(&book->arena, &book->label_nodes, branch);
    arena_done(&scratch);
    buf_clear(&book->label_leaf);
    book->n_labels = 0;
}

static void add_labels(struct pdf_book *book, const struct head *h, str prefix)
{
    struct pdf_labels labels = {.v = h->labels, .n = h->n_pages, .first = book->pages,
                                .prefix = prefix};
    if (!book->n_labels) {
        book->label_from = book->pages;
    }
    pdf_labels_put(&book->label_leaf, &labels);
    book->n_labels += (uint32_t)labels.entries;
    book->label_to = (uint32_t)labels.last;
    if (book->n_labels >= PDF_GROUP) {
        end_labels(book);
    }
}

static void append(struct pdf_book *book, const struct head *h, struct arena *a)
{
    size_t n = h->slots.n / sizeof(struct pdf_slot);
    struct pdf_slot *slots = NEW_ARRAY(a, struct pdf_slot, n);
    memcpy(slots, h->slots.p, n * sizeof *slots);
    pdf_save_append(&book->save, pdf_book_first(book, h->index), slots, n, h->bytes);
}

/* Parts that are left out must have nothing that others need. */
static void skip_to(struct pdf_book *book, uint32_t index, uint32_t from)
{
    for (uint32_t i = from; i < index; i++) {
        book->incomplete = book->incomplete || book->parts.v[i].lends;
    }
}

static bool report_fault(const struct pdf_book *book, struct diag_sink *sink)
{
    if (book->save.too_large) {
        diag_report(sink, DIAG_TOO_LARGE, PLACE_NONE, NULL,
                    "the PDF would be larger than 1 GiB");
    } else if (book->error) {
        diag_report(sink, DIAG_CANNOT_WRITE, PLACE_NONE, NULL, "cannot write: %s",
                    strerror(book->error));
    }
    return !book->save.too_large && !book->error;
}

uint32_t pdf_book_pages(const struct pdf_book *book)
{
    return book->pages;
}

/* Hangs the part into the trees. */
static void hang(struct pdf_book *book, const struct head *h)
{
    struct pdf_branch pages = {h->node, 0, book->page_group.last + h->n_pages};
    pdf_book_add_kid(&book->page_group, &pages);
    pdf_book_add_kid(&book->parents, &h->parents);
    pdf_book_add_kid(&book->ids, &h->ids);
    if (h->element) {
        vec_push(&book->arena, &book->elements, h->element);
    }
}

bool pdf_book_add(struct pdf_book *book, str part, str name, str prefix,
                  struct diag_sink *sink)
{
    struct arena scratch;
    arena_init(&scratch);
    struct head h = read_head(part, &scratch);
    skip_to(book, h.index, book->added);
    book->added = h.index + 1;
    if (h.index / PDF_GROUP != book->group) {
        pdf_book_end_groups(book);
        book->group = h.index / PDF_GROUP;
    }
    append(book, &h, &scratch);
    add_entry(book, &h, name);
    add_labels(book, &h, prefix);
    hang(book, &h);
    book->pages += h.n_pages;
    flush(book, WRITE_SIZE);
    arena_done(&scratch);
    return report_fault(book, sink);
}

/* --- The end --- */

static void end_outline(struct pdf_book *book, struct arena *a)
{
    struct buf b;
    end_entry(book, 0);
    buf_init(&b, a);
    buf_format(&b, "<</Type/Outlines/Count %u/First", book->n_entries);
    pdf_put_ref(&b, book->first_entry);
    buf_puts(&b, "/Last");
    pdf_put_ref(&b, book->last_entry);
    pdf_book_save_text(book, book->outline, &b);
    end_labels(book);
    buf_clear(&b);
    buf_puts(&b, "<<");
    pdf_book_put_branches(&b, book->label_nodes.v, book->label_nodes.n);
    pdf_book_save_text(book, book->labels, &b);
}

bool pdf_book_end(struct pdf_book *book, struct diag_sink *sink)
{
    struct arena scratch;
    skip_to(book, (uint32_t)book->parts.n, book->added);
    if (!book->n_entries || book->incomplete) {
        diag_report(sink, DIAG_SYSTEM, PLACE_NONE, "make it again",
                    "a part that others need could not be made again");
        return false;
    }
    arena_init(&scratch);
    pdf_book_end_groups(book);
    end_outline(book, &scratch);
    pdf_book_end_pages(book, &scratch);
    if (book->file.tagged) {
        pdf_book_end_structure(book, &scratch);
    }
    struct diag_sink unused; /* it would speak of one note */
    diag_init(&unused, &scratch);
    pdf_save_end(&book->save, book->catalog, book->info, &unused);
    flush(book, 0);
    arena_done(&scratch);
    return report_fault(book, sink);
}
