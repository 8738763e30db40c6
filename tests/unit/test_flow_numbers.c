/* SPDX-License-Identifier: MIT
 *
 * flow/numbers.c: where each page numbers its notes anew, numbers and marks agree, and no
 * label stands in the room of another, whatever the labels do to the pages. */
#include "flow_case.h"

#include <stdlib.h>

/* --- Random notes --- */

static uint32_t chance;

static uint32_t next_random(uint32_t below)
{
    chance = chance * 1664525u + 1013904223u;
    return (chance >> 8) % below;
}

static void words(struct buf *b, uint32_t n)
{
    static const char *const WORDS[] = {"a", "of", "the", "note", "which", "numbers",
                                        "pages,", "likewise", "illicit", "trafficking"};
    for (uint32_t i = 0; i < n; i++) {
        buf_format(b, "%s ", WORDS[next_random(sizeof WORDS / sizeof *WORDS)]);
    }
}

/* The next note's mark, or once more that of an earlier one; a note may mark the next. */
static void mark(struct buf *b, struct buf *notes, uint32_t *n)
{
    if (*n > 0 && next_random(5) == 0) {
        buf_format(b, "word[^n%u] ", next_random(*n));
        return;
    }
    buf_format(b, "word[^n%u] ", *n);
    buf_format(notes, "  n%u: ", (*n)++);
    words(notes, 1 + next_random(30));
    if (next_random(6) == 0) {
        uint32_t inner = (*n)++;
        buf_format(notes, "end[^n%u]\n  n%u: inside", inner, inner);
    }
    buf_puts(notes, "\n");
}

static const char *random_note(struct flow_case *c, uint32_t often)
{
    struct buf b, notes;
    buf_init(&b, &c->arena);
    buf_init(&notes, &c->arena);
    uint32_t n = 0;
    buf_puts(&b, "title: 'T");
    mark(&b, &notes, &n);
    buf_puts(&b, "'\nbody:\n");
    for (uint32_t i = 0; i < 12; i++) {
        bool cell = next_random(4) == 0;
        buf_puts(&b, cell ? "  - table: {columns: [a, b], rows: [[x, '" : "  - '");
        for (uint32_t k = next_random(often); k-- > 0;) {
            words(&b, next_random(40));
            mark(&b, &notes, &n);
        }
        words(&b, 1);
        bool floats = cell && next_random(2);
        buf_puts(&b, cell ? floats ? "']], place: top}\n" : "']]}\n" : "'\n");
    }
    buf_puts(&b, "footnotes:\n");
    buf_put(&b, buf_str(&notes));
    buf_char(&b, '\0');
    return b.p;
}

/* --- What the pages show --- */

static str target(const struct flow_case *c, const struct page_item *item)
{
    const struct page_link *link = &c->pages->links.v[item->as.link.link - 1];
    return item->kind == PAGE_LINK && link->anchor
               ? c->pages->anchors.v[link->anchor - 1].id : STR_NONE;
}

static str contents(const struct flow_case *c, const struct page_item *item)
{
    return c->pages->links.v[item->as.link.link - 1].contents;
}

static const struct page_anchor *anchor(const struct flow_case *c, str id)
{
    for (size_t i = 0; i < c->pages->anchors.n; i++) {
        if (str_eq(c->pages->anchors.v[i].id, id)) {
            return &c->pages->anchors.v[i];
        }
    }
    return NULL;
}

static void check_contents(struct flow_case *c, const struct page_item *item, str wanted)
{
    str text = str_format(&c->arena, "%.*s", STR_ARG(wanted)); /* it ends with a 0 */
    assert_str(contents(c, item), text.p);
}

/* What is printed in a link is what it tells a screen reader. */
static void check_shown(struct flow_case *c, const struct page *p,
                        const struct page_item *link)
{
    struct buf shown;
    buf_init(&shown, &c->arena);
    for (size_t i = 0; i < p->items.n; i++) {
        if (p->items.v[i].kind == PAGE_TEXT && p->items.v[i].element == link->element) {
            buf_put(&shown, case_item_text(c, &p->items.v[i]));
        }
    }
    str wanted = contents(c, link), behind = STR_NONE;
    str number = str_cut(wanted, '\xC2', &behind); /* no-break spaces show as spaces */
    assert_true(str_starts(buf_str(&shown), number));
    assert_int_equal(behind.n == 0, buf_str(&shown).n == number.n);
}

static bool is_back(const struct flow_case *c, const struct page_item *item)
{
    return item->kind == PAGE_LINK && str_starts(target(c, item), STR("mark:"));
}

/* In the text, not in a note. */
static bool is_in_text(const struct flow_case *c, uint32_t element)
{
    while (element && case_role(c, element) != STRUCTURE_NOTE) {
        element = case_parent(c, element);
    }
    return element == 0;
}

static len64 place_of(const struct flow_case *c, const struct page_item *item)
{
    const struct page_rect *r = &item->as.link.rect;
    bool second = c->layout->page.columns > 1 && r->x > c->layout->page.width / 2;
    return ((len64)second * PT(2000) + r->y + r->height) * PT(1000) + r->x;
}

/* The link of a note's mark, if it is on the page and in the text. */
static const struct page_item *find_mark(const struct flow_case *c, const struct page *p,
                                         str back)
{
    const struct page_anchor *at = anchor(c, back);
    for (size_t i = 0; at && i < p->items.n; i++) {
        const struct page_item *item = &p->items.v[i];
        if (item->kind == PAGE_LINK && item->as.link.rect.x == at->x &&
            str_starts(target(c, item), STR("note:")) && is_in_text(c, item->element) &&
            str_eq(str_sub(target(c, item), 5, SIZE_MAX), str_sub(back, 5, SIZE_MAX))) {
            return item;
        }
    }
    return NULL;
}

/* The notes that begin on a page have its numbers from 1, each once, and the marks of the
 * text follow each other as these do. */
static uint32_t check_numbers(struct flow_case *c, size_t page)
{
    const struct page *p = &c->pages->pages.v[page];
    uint32_t n = 0;
    for (size_t i = 0; i < p->items.n; i++) {
        n += is_back(c, &p->items.v[i]);
    }
    len64 last = 0;
    for (uint32_t number = 1; number <= n; number++) {
        str label = tree_note_label(c->layout, number, &c->arena);
        const struct page_item *found = NULL;
        for (size_t i = 0; i < p->items.n && !found; i++) {
            bool is = is_back(c, &p->items.v[i]) &&
                      str_eq(contents(c, &p->items.v[i]), label);
            found = is ? &p->items.v[i] : NULL;
        }
        assert_non_null(found);
        check_shown(c, p, found);
        const struct page_item *mark = find_mark(c, p, target(c, found));
        len64 at = mark ? place_of(c, mark) : last;
        assert_true(at >= last);
        last = at;
    }
    return n;
}

static str label_of_note(struct flow_case *c, const struct page *p, str id)
{
    str back = str_format(&c->arena, "mark%.*s", STR_ARG(str_sub(id, 4, id.n)));
    for (size_t i = 0; i < p->items.n; i++) {
        if (p->items.v[i].kind == PAGE_LINK && str_eq(target(c, &p->items.v[i]), back)) {
            return contents(c, &p->items.v[i]);
        }
    }
    fail_msg("%.*s is not there", STR_ARG(back));
    return STR_NONE;
}

static uint32_t check_marks(struct flow_case *c, size_t page)
{
    const struct page *p = &c->pages->pages.v[page];
    uint32_t elsewhere = 0;
    for (size_t i = 0; i < p->items.n; i++) {
        const struct page_item *item = &p->items.v[i];
        if (item->kind != PAGE_LINK || !str_starts(target(c, item), STR("note:"))) {
            continue;
        }
        uint32_t at = anchor(c, target(c, item))->page;
        str label = label_of_note(c, &c->pages->pages.v[at], target(c, item));
        if (at != page) {
            label = str_format(&c->arena, "%.*s\xC2\xA0(page\xC2\xA0%u)", STR_ARG(label),
                               at + 1);
            elsewhere++;
        }
        check_contents(c, item, label);
        check_shown(c, p, item);
    }
    return elsewhere;
}

/* Nothing on a line begins before what stands there ends: a label has its room. */
static void check_room(const struct page *p)
{
    for (size_t i = 0; i < p->items.n; i++) {
        const struct page_item *a = &p->items.v[i];
        for (size_t k = 0; a->kind == PAGE_TEXT && k < p->items.n; k++) {
            const struct page_item *b = &p->items.v[k];
            bool near = b->kind == PAGE_TEXT && b->at.source == a->at.source &&
                        labs((long)b->as.text.y - a->as.text.y) < PT(5);
            const struct text_piece *last = &a->as.text.pieces[a->as.text.n - 1];
            len first = a->as.text.pieces[0].x + a->as.text.x;
            len end = a->as.text.x + last->x + last->width;
            len begin = near ? b->as.text.x + b->as.text.pieces[0].x : 0;
            assert_false(near && begin > first && begin < end - 2);
        }
    }
}

static void set_sheet(struct layout *l, enum layout_note_numbering numbering, int columns)
{
    l->page.width = columns > 1 ? PT(420) : PT(250);
    l->page.height = PT(330);
    l->page.top = l->page.first_top = PT(40);
    l->page.bottom = PT(50);
    l->page.inner = l->page.outer = PT(30);
    l->page.columns = columns;
    l->notes.numbering = numbering;
    l->notes.restart = LAYOUT_PER_PAGE;
}

static uint32_t check_random_notes(enum layout_note_numbering numbering, int columns,
                                   uint32_t often)
{
    uint32_t most = 0, elsewhere = 0;
    for (uint32_t seed = 1; seed <= 25; seed++) {
        struct flow_case c;
        case_open(&c);
        set_sheet(case_layout(&c, "base"), numbering, columns);
        chance = seed;
        case_pages(&c, random_note(&c, often));
        for (size_t page = 0; page < c.pages->pages.n; page++) {
            uint32_t n = check_numbers(&c, page);
            most = n > most ? n : most;
            elsewhere += check_marks(&c, page);
            check_room(&c.pages->pages.v[page]);
        }
        case_close(&c);
    }
    assert_true(elsewhere > 0);
    return most;
}

static void numbers_and_marks_agree(void **state)
{
    (void)state;
    check_random_notes(LAYOUT_NOTES_DECIMAL, 1, 6);
    check_random_notes(LAYOUT_NOTES_DECIMAL, 2, 6);
}

static void symbols_too(void **state)
{
    (void)state;
    check_random_notes(LAYOUT_NOTES_SYMBOLS, 1, 6);
    check_random_notes(LAYOUT_NOTES_SYMBOLS, 2, 4);
}

/* --- */

static void through_the_document_numbers_run_on(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    set_sheet(case_layout(&c, "base"), LAYOUT_NOTES_DECIMAL, 1);
    c.layout->notes.restart = LAYOUT_PER_DOCUMENT;
    case_pages(&c, "title: T\nbody: ['a[^a]', {page-break: }, 'b[^b] and a[^a]']\n"
                   "footnotes: {a: A, b: B}\n");
    assert_str(label_of_note(&c, &c.pages->pages.v[0], STR("note:1")), "1");
    assert_str(label_of_note(&c, &c.pages->pages.v[1], STR("note:2")), "2");
    case_close(&c);
}

/* More notes on one page than anybody expects: their text begins behind the widest
 * number all the same. */
static void many_notes_have_room_for_their_numbers(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    case_layout(&c, "base")->notes.restart = LAYOUT_PER_PAGE;
    struct buf b;
    buf_init(&b, &c.arena);
    buf_puts(&b, "title: T\nbody: 'text");
    for (int i = 0; i < 12; i++) {
        buf_format(&b, " w[^n%d]", i);
    }
    buf_puts(&b, "'\nfootnotes:\n");
    for (int i = 0; i < 12; i++) {
        buf_format(&b, "  n%d: footnote\n", i);
    }
    buf_char(&b, '\0');
    case_pages(&c, b.p);
    const struct page *p = &c.pages->pages.v[0];
    len number = 0, text = 0;
    for (size_t i = 0; i < p->items.n; i++) {
        str shown = case_item_text(&c, &p->items.v[i]);
        const struct page_item *item = &p->items.v[i];
        number = item->kind == PAGE_TEXT && str_is(shown, "12")
                     ? item->as.text.x + item->as.text.pieces[0].width : number;
        text = item->kind == PAGE_TEXT && str_is(shown, "footnote") ? item->as.text.x
                                                                    : text;
    }
    assert_int_equal(text - number, c.layout->notes.number_gap);
    assert_int_equal(check_numbers(&c, 0), 12);
    case_close(&c);
}

/* The head stands again above the rest of its table; its note does not. */
static void a_repeated_head_has_no_mark(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    set_sheet(case_layout(&c, "base"), LAYOUT_NOTES_DECIMAL, 1);
    struct buf b;
    buf_init(&b, &c.arena);
    buf_puts(&b, "title: T\nbody:\n  - table:\n      columns: ['head[^n]']\n"
                 "      rows:\n");
    for (int i = 0; i < 30; i++) {
        buf_puts(&b, "        - [cell]\n");
    }
    buf_puts(&b, "footnotes: {n: note}\n");
    buf_char(&b, '\0');
    case_pages(&c, b.p);
    assert_int_equal(c.pages->pages.n, 3);
    for (size_t page = 0; page < 3; page++) {
        const struct page *p = &c.pages->pages.v[page];
        size_t heads = 0, ones = 0;
        for (size_t i = 0; i < p->items.n; i++) {
            str shown = case_item_text(&c, &p->items.v[i]);
            heads += str_is(shown, "head");
            ones += str_is(shown, "1");
        }
        assert_int_equal(heads, 1);
        assert_int_equal(ones, page == 0 ? 2 : 0);
    }
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_and_marks_agree),
        cmocka_unit_test(symbols_too),
        cmocka_unit_test(through_the_document_numbers_run_on),
        cmocka_unit_test(many_notes_have_room_for_their_numbers),
        cmocka_unit_test(a_repeated_head_has_no_mark),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
