/* SPDX-License-Identifier: MIT
 *
 * A book's trees. Those that would be one long list (pages, keys, identifiers, labels)
 * get a node for each hundred parts, written when it is full. */
#include "pdf/parts.h"
#include "pdf/syntax.h"

static void put_kids(struct buf *b, const char *key, const uint32_t *kids, size_t n)
{
    buf_puts(b, key);
    buf_char(b, '[');
    for (size_t i = 0; i < n; i++) {
        pdf_put_ref(b, kids[i]);
    }
    buf_char(b, ']');
}

void pdf_book_save_text(struct pdf_book *book, uint32_t number, struct buf *text)
{
    buf_puts(text, ">>");
    pdf_save_object(&book->save, number, buf_str(text));
}

void pdf_book_begin_text(struct buf *text, struct arena *scratch)
{
    arena_init(scratch);
    buf_init(text, scratch);
    buf_puts(text, "<<");
}

static void put_int(struct buf *b, uint32_t key)
{
    buf_int(b, key);
}

/* A node of keys or identifiers, if it has any; its branch goes to the root's. */
static void end_group(struct pdf_book *book, struct pdf_group *g,
                      void (*put_key)(struct buf *b, uint32_t key),
                      struct pdf_branch *branch)
{
    struct arena scratch;
    struct buf text;
    *branch = (struct pdf_branch){0};
    if (g->n) {
        *branch = (struct pdf_branch){pdf_save_number(&book->save), g->first, g->last};
        pdf_book_begin_text(&text, &scratch);
        buf_puts(&text, "/Limits[");
        put_key(&text, g->first);
        buf_char(&text, ' ');
        put_key(&text, g->last);
        buf_char(&text, ']');
        put_kids(&text, "/Kids", g->kids, g->n);
        pdf_book_save_text(book, branch->object, &text);
        arena_done(&scratch);
    }
    g->n = 0;
}

static void end_pages(struct pdf_book *book)
{
    struct pdf_group *g = &book->page_group;
    struct arena scratch;
    struct buf text;
    if (!g->n) {
        return;
    }
    struct pdf_branch branch = {book->page_groups + book->group, 0, g->last};
    pdf_book_begin_text(&text, &scratch);
    buf_puts(&text, "/Type/Pages/Parent");
    pdf_put_ref(&text, book->page_root);
    put_kids(&text, "/Kids", g->kids, g->n);
    buf_format(&text, "/Count %u", g->last);
    pdf_book_save_text(book, branch.object, &text);
    vec_push(&book->arena, &book->page_nodes, branch);
    arena_done(&scratch);
    *g = (struct pdf_group){.n = 0};
}

void pdf_book_end_groups(struct pdf_book *book)
{
    struct pdf_branch branch;
    end_pages(book);
    end_group(book, &book->parents, put_int, &branch);
    if (branch.object) {
        vec_push(&book->arena, &book->parent_nodes, branch);
    }
    end_group(book, &book->ids, pdf_structure_put_id, &branch);
    if (branch.object) {
        vec_push(&book->arena, &book->id_nodes, branch);
    }
}

void pdf_book_add_kid(struct pdf_group *g, const struct pdf_branch *b)
{
    if (b->object) {
        g->first = g->n ? g->first : b->first;
        g->last = b->last;
        g->kids[g->n++] = b->object;
    }
}

void pdf_book_put_branches(struct buf *b, const struct pdf_branch *v, size_t n)
{
    buf_puts(b, "/Kids[");
    for (size_t i = 0; i < n; i++) {
        pdf_put_ref(b, v[i].object);
    }
    buf_char(b, ']');
}

void pdf_book_end_pages(struct pdf_book *book, struct arena *a)
{
    struct buf b;
    buf_init(&b, a);
    buf_puts(&b, "<</Type/Pages");
    pdf_book_put_branches(&b, book->page_nodes.v, book->page_nodes.n);
    buf_format(&b, "/Count %u", book->pages);
    pdf_book_save_text(book, book->page_root, &b);
}

void pdf_book_end_structure(struct pdf_book *book, struct arena *a)
{
    struct buf b;
    buf_init(&b, a);
    buf_puts(&b, "<</S/Document/P");
    pdf_put_ref(&b, book->tree);
    put_kids(&b, "/K", book->elements.v, book->elements.n);
    pdf_book_save_text(book, book->document, &b);
    buf_clear(&b);
    buf_format(&b, "<</Type/StructTreeRoot/ParentTreeNextKey %u/K", book->next.key);
    pdf_put_ref(&b, book->document);
    buf_puts(&b, "/ParentTree<<");
    pdf_book_put_branches(&b, book->parent_nodes.v, book->parent_nodes.n);
    buf_puts(&b, ">>");
    if (book->id_nodes.n) {
        buf_puts(&b, "/IDTree<<");
        pdf_book_put_branches(&b, book->id_nodes.v, book->id_nodes.n);
        buf_puts(&b, ">>");
    }
    pdf_book_save_text(book, book->tree, &b);
}
