/* A small page list to spoil: one page, two lines, a rule, a link, an outline. */
#ifndef INFONOTE_TESTS_PAGE_FIXTURE_H
#define INFONOTE_TESTS_PAGE_FIXTURE_H

#include "assertions.h"

#include "page/page.h"

struct fixture {
    struct arena arena;
    struct diag_sink sink;
    struct page_list list;
    struct source source;
    struct text_face face;
    struct text_glyph glyphs[4];
    struct text_run run, space, hyphen;
    struct text_piece pieces[3];
};

static void fixture_faces(struct fixture *f)
{
    f->face = (struct text_face){.name = STR("Gentium"), .upem = 1000, .ascender = 1100,
                                 .descender = -400, .n_glyphs = 100};
    f->glyphs[0] = (struct text_glyph){.id = 84, .cluster = 0, .advance = 600};
    f->glyphs[1] = (struct text_glyph){.id = 72, .cluster = 1, .advance = 500};
    f->glyphs[2] = (struct text_glyph){.id = 69, .cluster = 2, .advance = 400};
    f->glyphs[3] = (struct text_glyph){.id = 3, .cluster = 0, .advance = 250};
    f->run = (struct text_run){.face = &f->face, .text = STR("T(\xC3\xA9"), .n = 3,
                               .glyphs = f->glyphs, .advance = 1500};
    f->space = (struct text_run){.face = &f->face, .text = STR(" "), .n = 1,
                                 .glyphs = &f->glyphs[3], .advance = 250};
    f->hyphen = (struct text_run){.face = &f->face, .text = STR("-"), .n = 1,
                                  .glyphs = &f->glyphs[3], .advance = 250};
    f->pieces[0] = (struct text_piece){.run = &f->run, .to = 3, .width = 15000};
    f->pieces[1] = (struct text_piece){.run = &f->space, .to = 1, .x = 15000,
                                       .width = 3021, .flags = TEXT_PIECE_SPACE};
    f->pieces[2] = (struct text_piece){.run = &f->hyphen, .to = 1, .x = 20000,
                                       .width = 2500, .flags = TEXT_PIECE_HYPHEN};
}

static struct page_item *fixture_line(struct fixture *f, uint32_t element, len y)
{
    struct page_item *item = page_add_item(&f->list, &f->list.pages.v[0], PAGE_TEXT);
    item->element = element;
    item->at = (struct place){&f->source, 3, 5, 1};
    item->as.text.face = &f->face;
    item->as.text.size = PT(10);
    item->as.text.color = COLOR_BLACK;
    item->as.text.x = PT(20);
    item->as.text.y = y;
    item->as.text.pieces = f->pieces;
    item->as.text.n = 3;
    return item;
}

static void fixture_places(struct fixture *f)
{
    struct page_list *l = &f->list;
    vec_push(&f->arena, &l->anchors,
             (struct page_anchor){STR("top"), 0, PT(20), PT(30), true});
    vec_push(&f->arena, &l->links, (struct page_link){.anchor = 1, .element = 2});
    vec_push(&f->arena, &l->links,
             (struct page_link){.uri = STR("https://example.org/"), .element = 2});
    vec_push(&f->arena, &l->outline, (struct page_outline){1, STR("A \"b\""), 0, PT(30)});
}

static const struct page_segment FIXTURE_TICK[] = {
    {.kind = PAGE_MOVE, .x = 0, .y = PT(2)},
    {.kind = PAGE_LINE, .x = PT(2), .y = PT(4)},
    {.kind = PAGE_CURVE, .x = PT(6), .y = 0, .x1 = PT(3), .y1 = PT(3), .x2 = PT(5),
     .y2 = PT(1)},
    {.kind = PAGE_CLOSE},
};

/* A path behind the other items. */
static inline struct page_path *fixture_path(struct fixture *f)
{
    struct page_item *item = page_add_item(&f->list, &f->list.pages.v[0], PAGE_PATH);
    item->element = 1;
    item->at = (struct place){&f->source, 4, 1, 1};
    item->as.path = (struct page_path){
        .x = PT(30), .y = PT(40), .segments = FIXTURE_TICK, .n = 4, .stroke = true,
        .stroke_width = LEN_PT, .stroke_color = {COLOR_RGB, {100, 200, 300}, 0},
    };
    return &item->as.path;
}

static struct fixture *fixture_new(void)
{
    struct fixture *f = test_calloc(1, sizeof *f);
    arena_init(&f->arena);
    diag_init(&f->sink, &f->arena);
    page_list_init(&f->list, &f->arena);
    fixture_faces(f);
    structure_add(&f->list.structure, &f->arena, STRUCTURE_DOCUMENT, 0);
    structure_add(&f->list.structure, &f->arena, STRUCTURE_P, 0);
    structure_add(&f->list.structure, &f->arena, STRUCTURE_LINK, 1);
    structure_add(&f->list.structure, &f->arena, STRUCTURE_P, 0);
    struct page *p = page_add(&f->list, PT(200), PT(100));
    p->label = STR("i");
    p->body = (struct page_rect){PT(20), PT(20), PT(160), PT(60)};
    fixture_line(f, 1, PT(30));
    fixture_line(f, 3, PT(42))->as.text.lang = STR("fr");
    struct page_item *rule = page_add_item(&f->list, &f->list.pages.v[0], PAGE_RULE);
    rule->artifact = STRUCTURE_DECORATION;
    rule->as.rule.rect = (struct page_rect){PT(10), PT(10), PT(100), 512};
    rule->as.rule.color = (struct color){COLOR_RGB, {100, 200, 300}, 0};
    struct page_item *link = page_add_item(&f->list, &f->list.pages.v[0], PAGE_LINK);
    link->element = 2;
    link->as.link.rect = (struct page_rect){PT(20), PT(20), PT(30), PT(12)};
    link->as.link.link = 2;
    fixture_places(f);
    return f;
}

static void fixture_free(struct fixture *f)
{
    arena_done(&f->arena);
    test_free(f);
}

#endif
