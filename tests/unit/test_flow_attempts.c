/* SPDX-License-Identifier: MIT
 *
 * What is tried when a paragraph's lines are not good at first: letters closer together
 * or wider apart, hyphens, and never two of them below each other. */
#include "assertions.h"

#include "flow/paragraph.h"
#include "flow_shared.h"

static const char TEXT[] =
    "THIS PACKAGE IS PROVIDED AS IS AND WITHOUT ANY EXPRESS OR IMPLIED WARRANTIES, "
    "INCLUDING, WITHOUT LIMITATION, THE IMPLIED WARRANTIES OF MERCHANTIBILITY AND "
    "FITNESS FOR A PARTICULAR PURPOSE. Redistributions of source code must retain the "
    "above copyright notice, this list of conditions and the following disclaimer, in "
    "their documentation.";

/* Of words that have hyphens. */
static const char COMPOUNDS[] =
    "Inter-governmental and non-governmental organizations, third-party and in-house "
    "auditors, full-time and part-time staff, machine-readable and human-readable forms, "
    "state-of-the-art and out-of-date machines, short-term and long-term leases, "
    "top-down and bottom-up planning, low-level and high-level meetings, old-fashioned "
    "hand-written and typed copies.";

enum { CUTS = 30, MEASURES = 5 };

/* A text from its n-th word on. */
static str from_word(const char *text, size_t n)
{
    str rest = str_from(text);
    for (; n; n--) {
        str_cut(rest, ' ', &rest);
    }
    return rest;
}

struct broken {
    struct text_para *p;
    struct line_breaks breaks;
};

static struct broken break_text(struct flow *f, const struct style *style, str text,
                                len measure)
{
    struct text_span *span = NEW(f->arena, struct text_span);
    *span = (struct text_span){.text = text, .style = style, .lang = STR("en-US")};
    struct box box = {.kind = BOX_PARAGRAPH, .style = style, .spans = {.n = 1}};
    struct flow_setting setting = {&box, span, span->lang, measure,
                                   {measure, measure, style->align, style->size,
                                    f->layout, false}};
    struct broken b;
    b.p = flow_break_paragraph(f, &setting, &b.breaks);
    return b;
}

static bool is_hyphen(const struct broken *b, size_t line)
{
    const struct text_item *end = &b->p->items[b->breaks.v[line].last];
    bool own = end->from > 0 && b->p->text.p[end->from - 1] == '-';
    return end->kind == TEXT_BREAK && (own || (end->flags & TEXT_BREAK_HYPHEN));
}

struct tally {
    int hyphens, pairs, tracked;
};

/* Many paragraphs, in several measures. */
static struct tally tally(const char *text, struct style style)
{
    struct tally t = {0};
    struct flow f = {.arena = &shared.arena, .engine = shared.engine,
                     .sink = &shared.sink, .layout = shared.layout,
                     .tree = case_tree(&shared, "title: T\nbody: x\n")};
    arena_init(&f.scratch);
    for (size_t n = 0; n < CUTS * MEASURES; n++) {
        len measure = PT(180 + 70 * (n % MEASURES));
        struct broken b = break_text(&f, &style, from_word(text, n / MEASURES), measure);
        t.tracked += b.p->tracking != 0;
        assert_true(b.p->tracking <= style.tracking && b.p->tracking >= -style.tracking);
        for (size_t i = 0; i + 1 < b.breaks.n; i++) {
            t.hyphens += is_hyphen(&b, i);
            t.pairs += is_hyphen(&b, i) && is_hyphen(&b, i + 1);
        }
    }
    arena_done(&f.scratch);
    return t;
}

static struct style justified(void)
{
    struct style s = *style_root(shared.layout);
    s.align = STYLE_JUSTIFY;
    s.hyphenate = true;
    return s;
}

static void test_letters_are_moved_before_words_are_divided(void **state)
{
    (void)state;
    struct style style = justified();
    assert_true(style.tracking > 0);
    struct tally with = tally(TEXT, style);
    style.tracking = 0;
    struct tally without = tally(TEXT, style);
    assert_int_equal(without.tracked, 0);
    assert_true(with.tracked > 0);
    assert_true(with.hyphens < without.hyphens);
}

static void test_no_hyphens_below_each_other(void **state)
{
    (void)state;
    assert_true(tally(TEXT, justified()).hyphens > 10);
    assert_int_equal(tally(TEXT, justified()).pairs, 0);
    assert_int_equal(tally(COMPOUNDS, justified()).pairs, 0);
    shared.layout->lines.consecutive_hyphens = 0; /* unless the layout does not mind */
    assert_true(tally(TEXT, justified()).pairs > 0);
    shared.layout->lines.consecutive_hyphens = 1000000;
}

/* Also where its lines would do, but would be loose or tight without. */
static void test_lines_that_would_do_become_better(void **state)
{
    (void)state;
    static const char TWO_LINES[] = "mutual understanding, among institutional partners, "
                                    "of each other's role, capacities and strategies.";
    struct style style = justified();
    struct flow f = {.arena = &shared.arena, .engine = shared.engine,
                     .sink = &shared.sink, .layout = shared.layout,
                     .tree = case_tree(&shared, "title: T\nbody: x\n")};
    int better = 0;
    arena_init(&f.scratch);
    for (len measure = PT(260); measure < PT(460); measure += PT(2)) {
        struct broken b = break_text(&f, &style, str_from(TWO_LINES), measure);
        struct line_shape shape = {measure, measure, style.align, style.size, f.layout,
                                   false};
        struct line_breaks plain;
        int32_t tracking = b.p->tracking;
        b.p->tracking = 0;
        if (flow_break_lines(b.p, &shape, LINE_PLAIN, &f.scratch, &plain)) {
            better += tracking && b.breaks.demerits < plain.demerits;
            assert_true(b.breaks.demerits <= plain.demerits);
        }
    }
    arena_done(&f.scratch);
    assert_true(better > 2);
}

static void test_ragged_text_is_as_it_is(void **state)
{
    (void)state;
    struct style style = justified();
    style.align = STYLE_START;
    assert_int_equal(tally(TEXT, style).tracked, 0);
}

/* On the page all letters of a paragraph stand equally far apart. */
static void test_a_paragraph_is_of_one_cast(void **state)
{
    (void)state;
    int tracked = 0;
    for (size_t n = 0; n < CUTS; n++) {
        str yaml = str_format(&shared.arena, "title: T\nbody:\n  - paragraph: \"%s\"\n",
                              from_word(TEXT, n).p);
        struct page_list *l = case_pages(&shared, yaml.p);
        const struct page *p = &l->pages.v[0];
        size_t page, first = 0;
        str words = str_sub(from_word(TEXT, n), 0, 3);
        case_find(&shared, str_copy(&shared.arena, words).p, &page);
        while (!str_starts(case_item_text(&shared, &p->items.v[first]), words)) {
            first++;
        }
        len apart = p->items.v[first].as.text.letter_space;
        tracked += apart != 0;
        for (size_t i = first; i < p->items.n; i++) {
            const struct page_item *item = &p->items.v[i];
            if (item->kind == PAGE_TEXT && item->artifact == STRUCTURE_CONTENT) {
                assert_int_equal(item->as.text.letter_space, apart);
            }
        }
    }
    assert_true(tracked > 0);
}

static int open(void **state)
{
    (void)state;
    case_open(&shared);
    case_layout(&shared, "information-note");
    return 0;
}

static int close(void **state)
{
    (void)state;
    case_close(&shared);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_letters_are_moved_before_words_are_divided),
        cmocka_unit_test(test_no_hyphens_below_each_other),
        cmocka_unit_test(test_lines_that_would_do_become_better),
        cmocka_unit_test(test_ragged_text_is_as_it_is),
        cmocka_unit_test(test_a_paragraph_is_of_one_cast),
    };
    return cmocka_run_group_tests(tests, open, close);
}
