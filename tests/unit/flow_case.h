/* What the tests of tree/ and flow/ share: a note's text through all stages before. */
#ifndef INFONOTE_TESTS_FLOW_CASE_H
#define INFONOTE_TESTS_FLOW_CASE_H

#include "assertions.h"

#include "flow/flow.h"
#include "in_english.h"

struct flow_case {
    struct arena arena;
    struct diag_sink sink;
    struct text_engine *engine;
    struct source source;
    struct layout *layout;
    struct tree *tree;
    struct page_list *pages;
};

static inline void case_open(struct flow_case *c)
{
    static str specs[1], roots[1], dirs[1];
    specs[0] = STR("fonts");
    roots[0] = STR("/usr/share/fonts");
    dirs[0] = STR("/usr/share/hyphen");
    struct text_config config = {specs, 1, roots, 1, dirs, 1};
    *c = (struct flow_case){0};
    arena_init(&c->arena);
    diag_init(&c->sink, &c->arena);
    c->engine = text_engine_new(&config);
}

static inline void case_close(struct flow_case *c)
{
    text_engine_free(c->engine);
    arena_done(&c->arena);
}

static inline struct layout *case_layout(struct flow_case *c, const char *name)
{
    static const str SHIPPED[] = {{"layouts", 7}};
    struct style_paths paths = {SHIPPED, 1};
    struct layout_request request = {str_from(name), PLACE_NONE, STR("."), &paths,
                                     STR_NONE, NULL};
    c->layout = layout_load(&request, &c->arena, &c->sink);
    assert_non_null(c->layout);
    return c->layout;
}

/* The layout tree of `yaml`, in the layout that case_layout loaded; NULL where it has
 * faults. */
static inline struct tree *case_try_tree(struct flow_case *c, const char *yaml)
{
    c->source = (struct source){.name = STR("note.yaml"),
                                .text = in_english(&c->arena, yaml)};
    struct value *root = value_read(&c->source, &VALUE_LIMITS, &c->arena, &c->sink);
    assert_non_null(root);
    struct note *note = note_load(root, &c->arena, &c->sink);
    assert_non_null(note);
    struct tree_request request = {note, c->layout, c->engine, &c->arena, &c->sink, NULL};
    c->tree = tree_build(&request);
    return c->tree;
}

/* The same where it has none. */
static inline struct tree *case_tree(struct flow_case *c, const char *yaml)
{
    case_try_tree(c, yaml);
    for (size_t i = 0; i < c->sink.list.n && !c->tree; i++) {
        fail_msg("%.*s", STR_ARG(c->sink.list.v[i].message));
    }
    assert_true(tree_check(c->tree));
    return c->tree;
}

static inline struct page_list *case_pages(struct flow_case *c, const char *yaml)
{
    case_tree(c, yaml);
    c->pages = flow_run(c->tree, c->engine, &c->arena, &c->sink);
    assert_non_null(c->pages);
    assert_true(page_check(c->pages, &c->sink));
    return c->pages;
}

/* All spans of a list, one behind the other. */
static inline str case_text(struct flow_case *c, const struct tree_spans *spans)
{
    struct buf b;
    buf_init(&b, &c->arena);
    for (size_t i = 0; i < spans->n; i++) {
        buf_put(&b, spans->v[i].text);
    }
    return buf_str(&b);
}

/* The text of an item, as its pieces show it; empty for what is no text. */
static inline str case_item_text(struct flow_case *c, const struct page_item *item)
{
    struct buf b;
    buf_init(&b, &c->arena);
    for (uint32_t i = 0; item->kind == PAGE_TEXT && i < item->as.text.n; i++) {
        const struct text_piece *p = &item->as.text.pieces[i];
        if (p->flags & TEXT_PIECE_SPACE) {
            buf_char(&b, ' ');
            continue;
        }
        uint32_t from = p->run->n, to = 0;
        for (uint32_t g = p->from; g < p->to; g++) {
            uint32_t cluster = p->run->glyphs[g].cluster;
            from = cluster < from ? cluster : from;
            to = cluster + 1 > to ? cluster + 1 : to;
        }
        buf_put(&b, p->to - p->from == p->run->n ? p->run->text
                                                 : str_sub(p->run->text, from, to));
    }
    return buf_str(&b);
}

/* The first text item that begins with `text`, on any page (its number in *page). */
static inline const struct page_item *case_find(struct flow_case *c, const char *text,
                                                size_t *page)
{
    for (size_t i = 0; i < c->pages->pages.n; i++) {
        const struct page *p = &c->pages->pages.v[i];
        for (size_t k = 0; k < p->items.n; k++) {
            if (p->items.v[k].kind == PAGE_TEXT &&
                str_starts(case_item_text(c, &p->items.v[k]), str_from(text))) {
                *page = i;
                return &p->items.v[k];
            }
        }
    }
    fail_msg("nothing begins with \"%s\"", text);
    return NULL;
}

static inline enum structure_role case_role(const struct flow_case *c, uint32_t element)
{
    return c->tree->structure.elements.v[element].role;
}

static inline uint32_t case_parent(const struct flow_case *c, uint32_t element)
{
    return c->tree->structure.elements.v[element].parent;
}

#endif
