/* SPDX-License-Identifier: MIT
 *
 * Rows that are higher than a page, and rows that cells join: every line once and in
 * order, notes with their marks, nothing above or below the page's body. */
#include <stdio.h>

#include "flow_shared.h"

/* A place on the pages: the pages above, then the page. */
static len64 place_of(const struct page_item *item, size_t page)
{
    return (len64)page * shared.layout->page.height + item->as.text.y;
}

/* Where the only item is that begins with `text`, but for what stands there again. */
static len64 find(const char *text)
{
    len64 found = -1;
    for (size_t i = 0; i < shared.pages->pages.n; i++) {
        const struct page *p = &shared.pages->pages.v[i];
        for (size_t k = 0; k < p->items.n; k++) {
            const struct page_item *item = &p->items.v[k];
            if (item->kind == PAGE_TEXT && item->artifact == STRUCTURE_CONTENT &&
                str_is(item->as.text.pieces[0].run->text, text)) {
                assert_int_equal(found, -1);
                found = place_of(item, i);
            }
        }
    }
    if (found < 0) {
        fail_msg("no item begins with \"%s\"", text);
    }
    return found;
}

static void assert_inside_body(void)
{
    for (size_t i = 0; i < shared.pages->pages.n; i++) {
        const struct page *p = &shared.pages->pages.v[i];
        for (size_t k = 0; k < p->items.n; k++) {
            const struct page_item *item = &p->items.v[k];
            if (item->kind == PAGE_TEXT && item->artifact == STRUCTURE_CONTENT) {
                assert_in_range(item->as.text.y, p->body.y, p->body.y + p->body.height);
            }
        }
    }
}

static const struct page_anchor *anchor(const char *kind, size_t number)
{
    char id[16];
    snprintf(id, sizeof id, "%s:%zu", kind, number);
    for (size_t i = 0; i < shared.pages->anchors.n; i++) {
        if (str_is(shared.pages->anchors.v[i].id, id)) {
            return &shared.pages->anchors.v[i];
        }
    }
    fail_msg("no anchor %s", id);
    return NULL;
}

/* Every note is on the page of its mark; on one page they stand by their numbers. */
static void assert_notes_with_marks(size_t n)
{
    assert_int_equal(shared.tree->notes.n, n);
    for (size_t i = 1; i <= n; i++) {
        const struct page_anchor *note = anchor("note", i);
        assert_true(note->placed);
        assert_int_equal(note->page, anchor("mark", i)->page);
        for (size_t k = 1; k < i; k++) {
            const struct page_anchor *before = anchor("note", k);
            assert_true(before->page != note->page || before->y < note->y);
        }
    }
}

/* `n` paragraphs with a mark each; every third has a second one in its note. */
static void put_paragraphs(struct buf *b, int n)
{
    for (int i = 0; i < n; i++) {
        buf_format(b, "              - L%d and so on for a while, words enough for two "
                   "lines or three in this column.[^n%d]\n", i, i);
    }
}

static void put_notes(struct buf *b, int n)
{
    for (int i = 0; i < n; i++) {
        buf_format(b, "  n%d: \"N%d.%s\"\n", i, i, i % 3 ? "" : "[^deep]");
    }
    buf_puts(b, n ? "  deep: Deep.\n" : "");
}

static struct buf new_note(void)
{
    struct buf b;
    diag_init(&shared.sink, &shared.arena);
    buf_init(&b, &shared.arena);
    buf_puts(&b, "title: T\nbody:\n  - table:\n      caption: C[^c]\n"
                 "      columns: ['Head[^h]', B]\n      widths: [60%]\n      rows:\n");
    return b;
}

static void set_pages(struct buf *b)
{
    buf_char(b, '\0');
    case_pages(&shared, b->p);
}

static void notes_of_a_tall_row_stand_with_their_marks(void **state)
{
    (void)state;
    enum { N = 45 };
    struct buf b = new_note();
    buf_puts(&b, "        - - body:\n");
    put_paragraphs(&b, N);
    buf_puts(&b, "          - \"");
    for (int i = 0; i < 200; i++) {
        buf_puts(&b, i == 10 ? "first[^s] " : i == 150 ? "second[^t] " : "side ");
    }
    buf_puts(&b, "\"\n        - [after, 'last[^u]']\nfootnotes:\n  c: C.\n  h: H.\n"
                 "  s: S.\n  t: T.\n  u: U.\n");
    put_notes(&b, N);
    set_pages(&b);
    assert_true(shared.pages->pages.n > 2);
    assert_notes_with_marks(N + 6);
    assert_inside_body();
    len64 before = -1;
    for (int i = 0; i < N; i++) {
        char name[16];
        snprintf(name, sizeof name, "L%d", i);
        assert_true(find(name) > before);
        before = find(name);
    }
    assert_true(find("after") > before);
}

/* What stands in a cell stands there as in an undivided row, except behind breaks. */
static void lines_stand_as_in_a_whole_row(void **state)
{
    (void)state;
    struct buf b = new_note();
    buf_puts(&b, "        - - body:\n");
    put_paragraphs(&b, 40);
    buf_puts(&b, "          - 'una<br>dua<br>tria'\nfootnotes:\n  c: C.\n  h: H.\n");
    put_notes(&b, 40);
    set_pages(&b);
    len leading = shared.tree->body->last->style->leading;
    assert_int_equal(find("dua") - find("una"), leading);
    assert_int_equal(find("tria") - find("dua"), leading);
}

/* The text of a cell over more rows than a page holds goes on with these. */
static void joined_rows_are_divided(void **state)
{
    (void)state;
    enum { ROWS = 90 };
    struct buf b = new_note();
    buf_format(&b, "        - - rows: %d\n            body:\n", ROWS);
    put_paragraphs(&b, 30);
    buf_puts(&b, "          - r0\n");
    for (int i = 1; i < ROWS; i++) {
        buf_format(&b, "        - ['r%d%s']\n", i, i == 80 ? "[^r]" : "");
    }
    buf_puts(&b, "footnotes:\n  c: C.\n  h: H.\n  r: R.\n");
    put_notes(&b, 30);
    set_pages(&b);
    assert_notes_with_marks(34);
    assert_inside_body();
    len64 before = -1;
    for (int i = 0; i < ROWS; i++) {
        char name[16];
        snprintf(name, sizeof name, "r%d", i);
        assert_true(find(name) > before);
        before = find(name);
    }
    assert_true(find("L29") > find("L28"));
}

static struct box *find_joining(struct box *box)
{
    for (struct box *b = box; b; b = b->next) {
        struct box *inside = find_joining(b->first);
        if (inside || (b->kind == BOX_CELL && b->span_rows > 1)) {
            return inside ? inside : b;
        }
    }
    return NULL;
}

/* The background of a cell goes on where its rows do. */
static void backgrounds_go_on(void **state)
{
    (void)state;
    struct buf b = new_note();
    buf_puts(&b, "        - [{text: joins, rows: 90}, r0]\n");
    for (int i = 1; i < 90; i++) {
        buf_format(&b, "        - [r%d]\n", i);
    }
    buf_puts(&b, "footnotes:\n  c: C.\n  h: H.\n");
    buf_char(&b, '\0');
    struct box *cell = find_joining(case_tree(&shared, b.p)->body);
    struct style style = *cell->style;
    style.background = (struct color){COLOR_GRAY, {500}, 0};
    cell->style = &style;
    shared.pages = flow_run(shared.tree, shared.engine, &shared.arena, &shared.sink);
    for (size_t i = 0; i < shared.pages->pages.n; i++) {
        const struct page *p = &shared.pages->pages.v[i];
        len64 height = 0;
        for (size_t k = 0; k < p->items.n; k++) {
            const struct page_item *item = &p->items.v[k];
            bool drawn = item->kind == PAGE_RULE && item->as.rule.color.part[0] == 500;
            height += drawn ? item->as.rule.rect.height : 0;
        }
        assert_true(height > p->body.height / 4);
    }
    assert_in_range(shared.pages->pages.n, 2, 4);
}

/* Pairs of rows: the page ends between pairs. */
static void joined_rows_that_fit_stay_together(void **state)
{
    (void)state;
    struct buf b = new_note();
    for (int i = 0; i < 40; i++) {
        buf_format(&b, "        - [{text: g%d, rows: 2}, a]\n        - [b]\n", i);
    }
    buf_puts(&b, "footnotes:\n  c: C.\n  h: H.\n");
    set_pages(&b);
    const struct page_anchor *note = anchor("note", 1);
    assert_int_equal(note->page, 0);
    assert_inside_body();
    size_t pages = shared.pages->pages.n;
    assert_in_range(pages, 2, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(notes_of_a_tall_row_stand_with_their_marks),
        cmocka_unit_test(lines_stand_as_in_a_whole_row),
        cmocka_unit_test(joined_rows_are_divided),
        cmocka_unit_test(backgrounds_go_on),
        cmocka_unit_test(joined_rows_that_fit_stay_together),
    };
    return cmocka_run_group_tests(tests, open_case, close_case);
}
