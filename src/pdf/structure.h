/* pdf/structure.h: the structure tree: which element each piece of a page belongs to.
 *
 * Content and annotations announce themselves while pages are written, in drawing order;
 * then the tree is built and written. Elements without content below them are dropped,
 * but for rows and cells of a table that has any. */
#ifndef INFONOTE_PDF_STRUCTURE_H
#define INFONOTE_PDF_STRUCTURE_H

#include "page/page.h"
#include "pdf/save.h"

struct pdf_kid { /* of an element */
    enum { PDF_KID_MARK, PDF_KID_ANNOTATION, PDF_KID_ELEMENT } kind;
    uint32_t value;  /* the mark's number on its page, an object, an element */
    uint32_t page;   /* 0-based; marks and annotations */
    uint32_t next;   /* 1-based index of the next kid; 0: none */
};

struct pdf_node { /* what the PDF adds to an element */
    uint32_t first, last; /* 1-based kids; 0: none */
    uint32_t slot;        /* while ordering: where to look for the next block kid */
    uint32_t number;      /* of its object */
    bool attached;        /* it hangs in its parent */
};

struct pdf_box { /* where a figure stands: left, bottom, right, top */
    uint32_t element;
    len64 edges[4];
};

struct pdf_structure {
    const struct page_list *pages;
    struct arena *arena;
    struct pdf_node *nodes;              /* one for each element */
    VEC(struct pdf_kid) kids;
    VEC(uint32_t) marks;                 /* the element of each mark, page by page */
    VEC(uint32_t) page_starts;           /* the first mark of each page */
    VEC(uint32_t) annotations;           /* the element of each annotation */
    VEC(struct pdf_box) boxes;           /* of figures; once finished, by element */
    uint32_t *grids;                     /* the object of each grid's first row */
    uint32_t arrays;                     /* the first of the objects, one for each page,
                                            that hold what ParentTree has else; or 0 */
    struct pdf_dict *root;               /* NULL: this is a part of a file */

    /* Of a part of a file. */
    uint32_t parent;                     /* the element that the part's is in; 0: none */
    uint32_t first_key, first_id;        /* of its keys and its identifiers */
    str lang;                            /* of the file */
};

/* A node of the ParentTree or the IDTree that a part has; object 0: none. */
struct pdf_branch {
    uint32_t object, first, last;        /* the least and the greatest of its keys */
};

void pdf_structure_init(struct pdf_structure *s, const struct page_list *pages,
                        struct arena *a);

/* What follows is on the next page. */
void pdf_structure_next_page(struct pdf_structure *s);

/* Content of `element` follows: gives its mark (MCID). */
uint32_t pdf_structure_mark(struct pdf_structure *s, uint32_t element);

/* The figure `element` stands in `rect` of a page that is so high. */
void pdf_structure_box(struct pdf_structure *s, uint32_t element,
                       const struct page_rect *rect, len page_height);

/* The annotation with this object number belongs to `element`: gives its StructParent. */
uint32_t pdf_structure_annotation(struct pdf_structure *s, uint32_t element,
                                  uint32_t object);

/* Makes the tree's dictionaries; must be the last to make any. Gives
 * the highest object number that elements will take. */
uint32_t pdf_structure_finish(struct pdf_structure *s, struct pdf_haru *h);

/* The same for a part of a file: `parent` and what follows it are set. */
uint32_t pdf_structure_finish_part(struct pdf_structure *s, struct pdf_haru *h,
                                   struct pdf_branch *parents, struct pdf_branch *ids);

/* The object of an element, in a grid or not. */
uint32_t pdf_structure_number(const struct pdf_structure *s, uint32_t element);

/* attributes.c: what an element says of itself: language, Alt, identifier, attributes. */
void pdf_structure_put_about(const struct pdf_structure *s, struct buf *b, uint32_t e);
bool pdf_structure_has_id(const struct structure_element *x);
void pdf_structure_put_id(struct buf *b, uint32_t id);
void pdf_structure_put_heads(const struct pdf_structure *s, struct buf *b,
                             const struct structure_heads *heads);
void pdf_structure_sort_boxes(struct pdf_structure *s); /* once all are known */

/* grid.c: rows of data. Gives the highest number used. */
uint32_t pdf_grids_number(struct pdf_structure *s, uint32_t number);
void pdf_grid_put_kids(const struct pdf_structure *s, struct buf *b, uint32_t element);
void pdf_grids_save(const struct pdf_structure *s, const uint32_t *page_numbers,
                    struct pdf_save *save);

/* The elements of the marks of a page, as an array. */
void pdf_structure_put_marks(const struct pdf_structure *s, struct buf *b, uint32_t page);

/* Writes the elements' objects; `page_numbers` are those of the pages. */
void pdf_structure_save(const struct pdf_structure *s, const uint32_t *page_numbers,
                        struct pdf_save *save);

#endif
