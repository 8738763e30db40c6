/* pdf/parts.h: what the files behind book.h share. */
#ifndef INFONOTE_PDF_PARTS_H
#define INFONOTE_PDF_PARTS_H

#include "base/wire.h"
#include "pdf/book.h"
#include "pdf/job.h"

enum {
    PDF_GROUP = 100,             /* parts that a node of the file's trees has */
    PDF_MAX_OBJECTS = 8388607,   /* what PDF/A allows */
};

/* Where something of a part begins. */
struct pdf_begins {
    uint32_t object;             /* from the first one of all parts */
    uint32_t key, id;            /* of ParentTree and of IDTree */
    uint32_t owned;              /* pictures and profiles that no part before it has */
    bool lends;                  /* a part behind it has one of them, too */
};

/* Which part has a picture or a profile, as which of its own. */
struct pdf_owner {
    uint32_t part, slot;
};

/* A node of one of the file's trees that is being filled. */
struct pdf_group {
    uint32_t kids[PDF_GROUP], n;
    uint32_t first, last;        /* keys; of pages: how many there are, in `last` */
};

struct pdf_book {
    struct arena arena;
    struct pdf_book_options options;
    struct diag_sink *sink;

    /* Planning. */
    struct pdf_options file;     /* those of all */
    struct pdf_standard standard;
    struct pdf_print print;      /* if the file is one for print */
    str press;                   /* what the first part said of its press */
    struct page_list about;      /* title, language and so on: without pages */
    struct pdf_fonts fonts;
    VEC(struct pdf_begins) parts;
    struct pdf_begins next;
    struct map owners;           /* by digest: struct pdf_owner */
    struct map profiles;         /* by the digest of a picture: that of its profile */

    /* Numbers of the file's own objects. */
    uint32_t first;              /* object of the first part */
    uint32_t page_groups;        /* of the first node of pages; the others follow */
    uint32_t catalog, info, page_root, font_list, outline, tree, document, labels;

    /* Writing. */
    struct buf out;
    struct pdf_save save;
    struct buf entry;            /* of the outline: the last one, not closed */
    uint32_t first_entry, last_entry, n_entries;
    uint32_t added;              /* the index behind the part added last */
    uint32_t pages;              /* so far */
    uint32_t group;              /* which hundred of the parts is being filled */
    struct pdf_group page_group, parents, ids;
    VEC(struct pdf_branch) page_nodes, parent_nodes, id_nodes, label_nodes;
    VEC(uint32_t) elements;      /* of the parts */
    struct buf label_leaf;       /* entries of page labels */
    uint32_t label_from, label_to, n_labels; /* its pages; its entries */
    int error;                   /* errno of writing, or 0 */
    bool incomplete;             /* a part that others need is missing */
};

/* Whether the file may have no colours but grey and RGB. */
bool pdf_book_screen_colors(const struct pdf_book *book, const struct pdf_options *o);

/* An empty page behind the part, so that the next one begins on a right page. */
bool pdf_book_has_blank(const struct pdf_book *book, size_t pages);

/* The first object of a part; how many numbers it has. */
uint32_t pdf_book_first(const struct pdf_book *book, uint32_t index);
uint32_t pdf_book_room(const struct pdf_book *book, uint32_t index);

/* --- Trees (book_trees.c) --- */

/* The text of a dictionary: "<<"; and, with ">>", as an object of the file. */
void pdf_book_begin_text(struct buf *text, struct arena *scratch);
void pdf_book_save_text(struct pdf_book *book, uint32_t number, struct buf *text);

void pdf_book_put_branches(struct buf *b, const struct pdf_branch *v, size_t n);

/* A part's branch, if it has one, goes to the node that is being filled. */
void pdf_book_add_kid(struct pdf_group *g, const struct pdf_branch *b);

/* Writes the nodes that are being filled; new ones begin. */
void pdf_book_end_groups(struct pdf_book *book);

/* Write the roots: of the pages, of the structure. */
void pdf_book_end_pages(struct pdf_book *book, struct arena *a);
void pdf_book_end_structure(struct pdf_book *book, struct arena *a);

#endif
