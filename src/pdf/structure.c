/* SPDX-License-Identifier: MIT
 *
 * In: elements with their parents, and the order in which their content was drawn. Out:
 * StructTreeRoot, ParentTree, IDTree and one small object for each element.
 *
 * The order of an element's kids: own text and inline elements as they were drawn; block
 * elements as they were created, because that is reading order, and drawing order is not
 * (a footnote is drawn at the page's foot). Where both are mixed, blocks take the places
 * where blocks were drawn, in the order of their creation.
 *
 * Elements are the one kind of object of which a long note has many thousands. They are
 * written straight into object streams: a libharu dictionary for each would cost 200
 * bytes of memory, here it is a node and its kids. */
#include "pdf/structure.h"

#include "pdf/syntax.h"

enum { TREE_LEAF = 100 }; /* entries in a leaf of a number or name tree */

static const struct structure_element *element_of(const struct pdf_structure *s,
                                                  uint32_t e)
{
    return &s->pages->structure.elements.v[e];
}

static uint32_t element_count(const struct pdf_structure *s)
{
    return (uint32_t)s->pages->structure.elements.n;
}

void pdf_structure_init(struct pdf_structure *s, const struct page_list *pages,
                        struct arena *a)
{
    *s = (struct pdf_structure){.pages = pages, .arena = a};
    s->nodes = NEW_ARRAY(a, struct pdf_node, element_count(s));
    s->nodes[0].attached = true;
}

void pdf_structure_next_page(struct pdf_structure *s)
{
    vec_push(s->arena, &s->page_starts, (uint32_t)s->marks.n);
}

static void add_kid(struct pdf_structure *s, uint32_t parent, struct pdf_kid kid)
{
    vec_push(s->arena, &s->kids, kid);
    uint32_t at = (uint32_t)s->kids.n;
    struct pdf_node *node = &s->nodes[parent];
    if (node->last) {
        s->kids.v[node->last - 1].next = at;
    } else {
        node->first = at;
    }
    node->last = at;
}

/* Hangs `e`, and what it hangs in, into the tree. */
static void attach(struct pdf_structure *s, uint32_t e)
{
    while (!s->nodes[e].attached) {
        s->nodes[e].attached = true;
        uint32_t parent = element_of(s, e)->parent;
        add_kid(s, parent, (struct pdf_kid){.kind = PDF_KID_ELEMENT, .value = e});
        e = parent;
    }
}

static uint32_t current_page(const struct pdf_structure *s)
{
    return (uint32_t)s->page_starts.n - 1;
}

uint32_t pdf_structure_mark(struct pdf_structure *s, uint32_t element)
{
    uint32_t page = current_page(s);
    uint32_t mark = (uint32_t)s->marks.n - s->page_starts.v[page];
    vec_push(s->arena, &s->marks, element);
    const struct structure_grid *grid = structure_grid_of(&s->pages->structure, element);
    attach(s, grid ? grid->parent : element);
    if (!grid) {
        add_kid(s, element, (struct pdf_kid){PDF_KID_MARK, mark, page, 0});
    }
    return mark;
}

void pdf_structure_box(struct pdf_structure *s, uint32_t element,
                       const struct page_rect *rect, len page_height)
{
    len64 bottom = (len64)page_height - rect->y - rect->height;
    struct pdf_box box = {element, {rect->x, bottom, (len64)rect->x + rect->width,
                                    bottom + rect->height}};
    vec_push(s->arena, &s->boxes, box);
}

uint32_t pdf_structure_annotation(struct pdf_structure *s, uint32_t element,
                                  uint32_t object)
{
    vec_push(s->arena, &s->annotations, element);
    attach(s, element);
    add_kid(s, element, (struct pdf_kid){PDF_KID_ANNOTATION, object, current_page(s), 0});
    return s->first_key + (uint32_t)(s->pages->pages.n + s->annotations.n - 1);
}

/* A cell without text must stay, or the cells behind it change their column; so must a
 * body of nothing but such cells, because a head needs one. */
static void attach_empty_cells(struct pdf_structure *s)
{
    for (uint32_t e = 1; e < element_count(s); e++) {
        const struct structure_element *x = element_of(s, e);
        bool cell = x->role == STRUCTURE_THEAD || x->role == STRUCTURE_TBODY ||
                    x->role == STRUCTURE_TR || x->role == STRUCTURE_TH ||
                    x->role == STRUCTURE_TD;
        if (cell && s->nodes[x->parent].attached) {
            attach(s, e);
        }
    }
}

static bool is_block_kid(const struct pdf_structure *s, const struct pdf_kid *kid)
{
    return kid->kind == PDF_KID_ELEMENT &&
           !structure_is_inline(element_of(s, kid->value)->role);
}

/* Puts the block kids of every element into the order of their creation. */
static void order_blocks(struct pdf_structure *s)
{
    for (uint32_t e = 0; e < element_count(s); e++) {
        s->nodes[e].slot = s->nodes[e].first;
    }
    for (uint32_t e = 1; e < element_count(s); e++) {
        const struct structure_element *x = element_of(s, e);
        if (!s->nodes[e].attached || structure_is_inline(x->role)) {
            continue;
        }
        struct pdf_node *parent = &s->nodes[x->parent];
        while (!is_block_kid(s, &s->kids.v[parent->slot - 1])) {
            parent->slot = s->kids.v[parent->slot - 1].next;
        }
        s->kids.v[parent->slot - 1].value = e;
        parent->slot = s->kids.v[parent->slot - 1].next;
    }
}

static uint32_t number_elements(struct pdf_structure *s, uint32_t number)
{
    for (uint32_t e = 0; e < element_count(s); e++) {
        if (s->nodes[e].attached) {
            s->nodes[e].number = ++number;
        }
    }
    return number;
}

uint32_t pdf_structure_number(const struct pdf_structure *s, uint32_t element)
{
    const struct structure_grid *g = structure_grid_of(&s->pages->structure, element);
    if (!g) {
        return s->nodes[element].number;
    }
    return s->grids[g - s->pages->structure.grids.v] + element - g->first;
}

static uint32_t parent_entries(const struct pdf_structure *s)
{
    return (uint32_t)(s->page_starts.n + s->annotations.n);
}

void pdf_structure_put_marks(const struct pdf_structure *s, struct buf *b, uint32_t page)
{
    uint32_t end = page + 1 < s->page_starts.n ? s->page_starts.v[page + 1]
                                               : (uint32_t)s->marks.n;
    buf_char(b, '[');
    for (uint32_t i = s->page_starts.v[page]; i < end; i++) {
        pdf_put_ref(b, pdf_structure_number(s, s->marks.v[i]));
    }
    buf_char(b, ']');
}

/* Entry `key` of the ParentTree: the elements of a page's marks, or of an annotation. */
static void put_parent_entry(const struct pdf_structure *s, struct buf *b, uint32_t key)
{
    uint32_t n_pages = (uint32_t)s->page_starts.n;
    buf_int(b, s->first_key + key);
    if (key >= n_pages) {
        pdf_put_ref(b, s->nodes[s->annotations.v[key - n_pages]].number);
        buf_char(b, ' ');
    } else if (s->arrays) {
        pdf_put_ref(b, s->arrays + key);
        buf_char(b, ' ');
    } else {
        pdf_structure_put_marks(s, b, key);
    }
}

static void put_id_entry(const struct pdf_structure *s, struct buf *b, uint32_t e)
{
    pdf_structure_put_id(b, s->first_id + e);
    pdf_put_ref(b, s->nodes[e].number);
}

/* A number or name tree over `keys`, in two levels: leaves of TREE_LEAF entries. */
struct tree {
    const char *key, *entries;     /* in StructTreeRoot; in a leaf */
    const uint32_t *keys;          /* NULL: 0, 1, 2, … */
    uint32_t n;
    uint32_t first;                /* what they count from, as they are written */
    void (*put_key)(struct buf *b, uint32_t key);
    void (*put_entry)(const struct pdf_structure *s, struct buf *b, uint32_t key);
    struct pdf_dict **leaves;      /* none when all entries fit into one */
};

static void put_int(struct buf *b, uint32_t n)
{
    buf_int(b, n);
}

static uint32_t leaf_count(const struct tree *t)
{
    return (t->n + TREE_LEAF - 1) / TREE_LEAF;
}

static void make_leaves(struct tree *t, struct pdf_haru *h, struct arena *a)
{
    t->leaves = NEW_ARRAY(a, struct pdf_dict *, leaf_count(t));
    for (uint32_t i = 0; leaf_count(t) > 1 && i < leaf_count(t); i++) {
        t->leaves[i] = pdf_dict_new(h);
    }
}

static uint32_t key_at(const struct tree *t, uint32_t i)
{
    return t->keys ? t->keys[i] : i;
}

static void put_limits(const struct tree *t, struct buf *b, uint32_t first, uint32_t last)
{
    buf_puts(b, "/Limits[");
    t->put_key(b, t->first + key_at(t, first));
    buf_char(b, ' ');
    t->put_key(b, t->first + key_at(t, last));
    buf_char(b, ']');
}

static void put_entries(const struct pdf_structure *s, const struct tree *t,
                        struct buf *b, uint32_t leaf)
{
    uint32_t first = leaf * TREE_LEAF;
    uint32_t end = first + TREE_LEAF < t->n ? first + TREE_LEAF : t->n;
    if (leaf_count(t) > 1) {
        put_limits(t, b, first, end - 1);
    }
    buf_format(b, "/%s[", t->entries);
    for (uint32_t i = first; i < end; i++) {
        t->put_entry(s, b, key_at(t, i));
    }
    buf_char(b, ']');
}

/* The entries, or the leaves that have them. */
static void put_node(const struct pdf_structure *s, const struct tree *t, struct buf *b)
{
    if (leaf_count(t) <= 1) {
        put_entries(s, t, b, 0);
    } else {
        buf_puts(b, "/Kids[");
        for (uint32_t i = 0; i < leaf_count(t); i++) {
            pdf_put_ref(b, pdf_dict_number(t->leaves[i]));
            put_entries(s, t, pdf_dict_body(t->leaves[i]), i);
        }
        buf_char(b, ']');
    }
}

static void put_tree(const struct pdf_structure *s, const struct tree *t)
{
    struct buf *b = pdf_dict_body(s->root);
    buf_format(b, "/%s<<", t->key);
    put_node(s, t, b);
    buf_puts(b, ">>");
}

/* The same as a node of the file's tree; of `node`, unless there is nothing in it. */
static struct pdf_branch put_branch(const struct pdf_structure *s, const struct tree *t,
                                    struct pdf_dict *node)
{
    if (!t->n) {
        pdf_dict_set_written(node); /* its number stays unused */
        return (struct pdf_branch){0};
    }
    put_limits(t, pdf_dict_body(node), 0, t->n - 1);
    put_node(s, t, pdf_dict_body(node));
    return (struct pdf_branch){pdf_dict_number(node), t->first + key_at(t, 0),
                               t->first + key_at(t, t->n - 1)};
}

static struct tree id_tree(const struct pdf_structure *s)
{
    uint32_t *named = NEW_ARRAY(s->arena, uint32_t, element_count(s)), n = 0;
    for (uint32_t e = 0; e < element_count(s); e++) {
        if (s->nodes[e].attached && pdf_structure_has_id(element_of(s, e))) {
            named[n++] = e;
        }
    }
    return (struct tree){"IDTree", "Names", named, n, s->first_id, pdf_structure_put_id,
                         put_id_entry, NULL};
}

/* Hangs in what is left, makes the dictionaries of the trees, gives elements their
 * numbers; gives the highest. */
static uint32_t number_all(struct pdf_structure *s, struct pdf_haru *h,
                           struct tree *parents, struct tree *ids)
{
    attach_empty_cells(s);
    order_blocks(s);
    pdf_structure_sort_boxes(s);
    *parents = (struct tree){"ParentTree", "Nums", NULL, parent_entries(s), s->first_key,
                             put_int, put_parent_entry, NULL};
    *ids = id_tree(s);
    make_leaves(parents, h, s->arena);
    make_leaves(ids, h, s->arena);
    return pdf_grids_number(s, number_elements(s, pdf_haru_count(h)));
}

uint32_t pdf_structure_finish_part(struct pdf_structure *s, struct pdf_haru *h,
                                   struct pdf_branch *parents, struct pdf_branch *ids)
{
    struct tree of_parents, of_ids;
    struct pdf_dict *parents_node = pdf_dict_new(h), *ids_node = pdf_dict_new(h);
    uint32_t highest = number_all(s, h, &of_parents, &of_ids);
    *parents = put_branch(s, &of_parents, parents_node);
    *ids = put_branch(s, &of_ids, ids_node);
    return highest;
}

uint32_t pdf_structure_finish(struct pdf_structure *s, struct pdf_haru *h)
{
    struct tree parents, ids;
    s->root = pdf_dict_new(h);
    uint32_t highest = number_all(s, h, &parents, &ids);

    pdf_dict_name(s->root, "Type", "StructTreeRoot");
    pdf_dict_int(s->root, "ParentTreeNextKey", (int32_t)parent_entries(s));
    struct buf *body = pdf_dict_body(s->root);
    buf_puts(body, "/K");
    pdf_put_ref(body, s->nodes[0].number);
    put_tree(s, &parents);
    if (ids.n) {
        put_tree(s, &ids);
    }
    pdf_dict_ref(pdf_haru_catalog(h), "StructTreeRoot", s->root);
    buf_puts(pdf_dict_body(pdf_haru_catalog(h)), "/MarkInfo<</Marked true>>");
    return highest;
}

/* The page that an element's marks are on unless they say otherwise; -1: it has none. */
static int64_t page_of(const struct pdf_structure *s, const struct pdf_node *node)
{
    for (uint32_t k = node->first; k; k = s->kids.v[k - 1].next) {
        if (s->kids.v[k - 1].kind != PDF_KID_ELEMENT) {
            return s->kids.v[k - 1].page;
        }
    }
    return -1;
}

static void put_page(struct buf *b, const uint32_t *page_numbers, int64_t page)
{
    buf_puts(b, "/Pg");
    pdf_put_ref(b, page_numbers[page]);
}

static void put_kid(const struct pdf_structure *s, struct buf *b,
                    const struct pdf_kid *kid, int64_t page, const uint32_t *page_numbers)
{
    bool elsewhere = page != kid->page;
    if (kid->kind == PDF_KID_ELEMENT) {
        pdf_put_ref(b, s->nodes[kid->value].number);
    } else if (kid->kind == PDF_KID_MARK && !elsewhere) {
        buf_char(b, ' ');
        buf_int(b, kid->value);
    } else {
        bool mark = kid->kind == PDF_KID_MARK;
        buf_puts(b, mark ? "<</Type/MCR/MCID " : "<</Type/OBJR/Obj");
        if (mark) {
            buf_int(b, kid->value);
        } else {
            pdf_put_ref(b, kid->value);
        }
        if (elsewhere) {
            put_page(b, page_numbers, kid->page);
        }
        buf_puts(b, ">>");
    }
}

static void put_kids(const struct pdf_structure *s, struct buf *b,
                     const struct pdf_node *node, const uint32_t *page_numbers)
{
    int64_t page = page_of(s, node);
    if (page >= 0) {
        put_page(b, page_numbers, page);
    }
    if (!node->first) {
        return;
    }
    bool several = node->first != node->last;
    buf_puts(b, several ? "/K[" : "/K");
    for (uint32_t k = node->first; k; k = s->kids.v[k - 1].next) {
        put_kid(s, b, &s->kids.v[k - 1], page, page_numbers);
    }
    if (several) {
        buf_char(b, ']');
    }
}

void pdf_structure_save(const struct pdf_structure *s, const uint32_t *page_numbers,
                        struct pdf_save *save)
{
    struct buf b;
    buf_init(&b, s->arena);
    for (uint32_t e = 0; e < element_count(s); e++) {
        const struct pdf_node *node = &s->nodes[e];
        if (!node->attached) {
            continue;
        }
        const struct structure_element *x = element_of(s, e);
        buf_clear(&b);
        bool part = e == 0 && s->parent;
        buf_puts(&b, "<</S/");
        buf_puts(&b, part ? "Part" : structure_role_name(x->role));
        buf_puts(&b, "/P");
        pdf_put_ref(&b, e      ? s->nodes[x->parent].number
                        : part ? s->parent
                               : pdf_dict_number(s->root));
        pdf_structure_put_about(s, &b, e);
        put_kids(s, &b, node, page_numbers);
        if (s->pages->structure.grids.n) {
            pdf_grid_put_kids(s, &b, e);
        }
        buf_puts(&b, ">>");
        pdf_save_object(save, node->number, buf_str(&b));
    }
    pdf_grids_save(s, page_numbers, save);
}
