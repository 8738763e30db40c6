/* SPDX-License-Identifier: MIT
 *
 * Lines: what the items promise is what the line becomes, whatever it cuts; order,
 * justification, hyphens, heights. */
#include "text_support.h"

#include <stdlib.h>

static int start(void **state)
{
    static struct support s;
    support_start(&s);
    *state = &s;
    return 0;
}

static int end(void **state)
{
    support_end(*state);
    return 0;
}

/* Items [first, last) as a line breaker adds them up, with no letter space behind the
 * last letter. */
static len64 promised(const struct text_para *p, size_t first, size_t last)
{
    len64 sum = -p->spans[0].style->letter_space;
    while (first < last && p->items[first].kind != TEXT_BOX) {
        first++;
    }
    size_t stop = last;
    while (stop > first && p->items[stop - 1].kind != TEXT_BOX) {
        stop--;
    }
    for (size_t i = first; i < stop; i++) {
        sum += p->items[i].width;
    }
    return sum;
}

/* Every break of a paragraph alone: both lines are as wide as their items say. Each box
 * may round by half a unit. */
static void check_breaks(struct support *s, const char *text, const char *family,
                         const char *lang)
{
    s->style.family = str_from(family);
    s->lang = lang;
    struct text_para *p = support_para(s, text);
    size_t n_breaks = 0;
    for (size_t i = 1; i + 1 < p->n; i++) {
        const struct text_item *item = &p->items[i];
        if (item->kind == TEXT_BOX) {
            continue;
        }
        n_breaks++;
        struct text_line head = support_line(s, p, 0, i, -1);
        struct text_line tail = support_line(s, p, i, p->n - 1, -1);
        len64 before = promised(p, 0, i) + item->before;
        len64 after = promised(p, i + 1, p->n - 1) + item->after;
        len64 slack = (len64)p->n;
        if (llabs(head.width - before) > slack || llabs(tail.width - after) > slack) {
            fail_msg("%s, item %zu: %d and %d, promised %lld and %lld", text, i,
                     head.width, tail.width, (long long)before, (long long)after);
        }
        assert_int_equal(head.hyphenated, (item->flags & TEXT_BREAK_ANY_HYPHEN) != 0);
    }
    assert_true(n_breaks > 0);
}

static void test_promises_are_kept(void **state)
{
    struct support *s = *state;
    check_breaks(s, "the effizient office, affluent waffles", "gentium-plus", "de");
    check_breaks(s, "ef\u00ADfi\u00ADzient of\u00ADf\u00ADice AV\u00ADAT To\u00ADTe",
                 "gentium-plus", "en");
    check_breaks(s, "ef\u00ADfi\u00ADzient of\u00ADf\u00ADice AV\u00ADAT To\u00ADTe",
                 "linux-libertine", "en");
    check_breaks(s, "xffiffixxffiffixxffiffixxffiffixx ffiffiffiffiffiffiffiffiffi",
                 "noto-serif", "en");
    check_breaks(s, "well-known T—V institutions/To 28–29", "open-sans", "en");
    check_breaks(s, "مرحبا بال\u00ADعا\u00ADلم هنا", "gentium-plus", "ar");
    check_breaks(s, "مم\u200Bمممم\u200Bم لا\u200Bلا", "gentium-plus", "ar");
    check_breaks(s, "नमस्ते\u00ADदुनिया क्षत्रिय", "gentium-plus", "hi");
    check_breaks(s, "http://www.ifpa.org/pdf/AV-To_ffi.pdf", "gentium-plus", "en");
    s->style.letter_space = 300;
    check_breaks(s, "ef\u00ADfi\u00ADzient of\u00ADf\u00ADice", "gentium-plus", "en");
    s->style.letter_space = 0;
    s->style.caps = STYLE_CAPS_UPPER;
    check_breaks(s, "stra\u00ADße of\u00ADfice AV\u00ADAT", "gentium-plus", "de");
}

static str shown(struct support *s, const struct text_line *line)
{
    struct buf b;
    buf_init(&b, &s->arena);
    for (uint32_t i = 0; i < line->n; i++) {
        if (line->pieces[i].flags & TEXT_PIECE_SPACE) {
            buf_char(&b, '_');
        } else {
            buf_put(&b, line->pieces[i].run->text);
        }
    }
    return buf_str(&b);
}

static size_t find_break(const struct text_para *p, uint8_t flags)
{
    for (size_t i = 0; i < p->n; i++) {
        if (p->items[i].kind == TEXT_BREAK && p->items[i].flags == flags) {
            return i;
        }
    }
    fail_msg("no such break");
    return 0;
}

static void test_ligature_is_cut(void **state)
{
    struct support *s = *state;
    s->style.hyphenate = false;
    struct text_para *p = support_para(s, "ef\u00ADfizient");
    size_t at = find_break(p, TEXT_BREAK_HYPHEN);
    struct text_line whole = support_line(s, p, 0, p->n - 1, -1);
    assert_int_equal(whole.n, 1);
    assert_true(whole.pieces[0].to - whole.pieces[0].from < 9); /* a ligature */
    struct text_line head = support_line(s, p, 0, at, -1);
    assert_int_equal(head.n, 2);
    assert_str(head.pieces[0].run->text, "ef");
    assert_str(head.pieces[1].run->text, "\u2010");
    assert_int_equal(head.pieces[1].flags, TEXT_PIECE_HYPHEN);
    assert_true(head.hyphenated);
    struct text_line tail = support_line(s, p, at, p->n - 1, -1);
    assert_str(shown(s, &tail), "fizient");
}

static void test_edges_take_no_room(void **state)
{
    struct support *s = *state;
    s->style.hyphenate = false;
    struct text_para *p = support_para(s, "aa bb\u00A0cc\u2028dd");
    struct text_line line = support_line(s, p, 0, 1, PT(500));
    assert_str(shown(s, &line), "aa_"); /* to be read, not to be seen */
    assert_int_equal(line.pieces[1].width, 0);
    assert_int_equal(line.width, p->items[0].width);
    line = support_line(s, p, 1, 5, -1);
    assert_str(shown(s, &line), "bb_cc_");
    assert_int_equal(line.pieces[3].width, 0);
    assert_str(line.pieces[1].run->text, "\u00A0");
    line = support_line(s, p, 5, 7, -1);
    assert_str(shown(s, &line), "dd");
    struct text_para *empty = support_para(s, "");
    line = support_line(s, empty, 0, 0, PT(10));
    assert_int_equal(line.n, 0);
    assert_true(line.ascent > 0 && line.descent > 0);
}

static void test_justification(void **state)
{
    struct support *s = *state;
    s->style.hyphenate = false;
    struct text_para *p = support_para(s, "one two three\u00A0four five\u2009six seven");
    size_t last = p->n - 1;
    len natural = support_line(s, p, 0, last, -1).width;
    for (len more = -2000; more < 5000; more += 77) {
        assert_int_equal(support_line(s, p, 0, last, natural + more).width,
                         natural + more);
    }
    struct text_line tightest = support_line(s, p, 0, last, 0);
    assert_true(tightest.width < natural && tightest.width > natural * 9 / 10);
    struct text_line loose = support_line(s, p, 0, last, natural + PT(5));
    assert_int_equal(loose.pieces[1].flags, TEXT_PIECE_SPACE);
    len first = loose.pieces[1].width;
    for (uint32_t i = 0; i < loose.n; i++) {
        if (str_is(loose.pieces[i].run->text, " ")) {
            assert_in_range(loose.pieces[i].width, first - 1, first + 1);
        } else if (str_is(loose.pieces[i].run->text, "\u2009")) {
            assert_true(loose.pieces[i].width < p->items[1].width);
        }
    }
    struct text_para *one = support_para(s, "word");
    len width = support_line(s, one, 0, 1, -1).width;
    assert_int_equal(support_line(s, one, 0, 1, PT(300)).width, width);
}

/* Letter space stands between letters, not between the last one and the margin. */
static void test_letter_space_ends_no_line(void **state)
{
    struct support *s = *state;
    s->style.hyphenate = false;
    const char *const TEXTS[] = {"xyz", "two words", "ab\u00ADcd", "אבג abc אבג", "אבג"};
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        s->style.letter_space = 1;
        struct text_para *p = support_para(s, TEXTS[i]);
        len narrow = support_line(s, p, 0, p->n - 1, -1).width;
        s->style.letter_space = 1001;
        p = support_para(s, TEXTS[i]);
        struct text_line line = support_line(s, p, 0, p->n - 1, -1);
        size_t glyphs = 0;
        for (uint32_t k = 0; k < line.n; k++) {
            glyphs += line.pieces[k].to - line.pieces[k].from;
        }
        assert_int_equal(line.width, narrow + 1000 * (len)(glyphs - 1));
    }
    struct text_para *p = support_para(s, "one two three");
    struct text_line line = support_line(s, p, 0, 3, PT(100));
    assert_int_equal(line.width, PT(100));
    assert_int_equal(line.pieces[line.n - 1].width, 0); /* the space to be read */
    s->style.letter_space = 0;
}

static void test_visual_order(void **state)
{
    struct support *s = *state;
    s->style.hyphenate = false;
    struct text_para *p = support_para(s, "abc אבג דהו xyz");
    assert_false(p->rtl);
    struct text_line line = support_line(s, p, 0, p->n - 1, -1);
    assert_str(shown(s, &line), "abc_דהו_אבג_xyz");
    p = support_para(s, "אבג abc 12 דהו");
    assert_true(p->rtl);
    line = support_line(s, p, 0, p->n - 1, -1);
    assert_str(shown(s, &line), "דהו_abc_12_אבג");
    line = support_line(s, p, 2, p->n - 1, -1); /* on a line of its own */
    assert_str(shown(s, &line), "דהו_abc_12");
    p = support_para(s, "(12)");
    assert_false(p->rtl);
    s->lang = "he-IL";
    p = support_para(s, "(12)");
    assert_true(p->rtl);
    line = support_line(s, p, 0, p->n - 1, -1);
    assert_str(shown(s, &line), ")12(");
    p = support_para(s, "abc"); /* content decides before the language */
    assert_false(p->rtl);
}

static void test_clusters_of_rtl(void **state)
{
    struct support *s = *state;
    s->lang = "ar";
    struct text_para *p = support_para(s, "مرحبا");
    struct text_line line = support_line(s, p, 0, p->n - 1, -1);
    const struct text_piece *piece = &line.pieces[0];
    assert_true(piece->run->rtl);
    for (uint32_t i = piece->from + 1; i < piece->to; i++) {
        assert_true(piece->run->glyphs[i].cluster <= piece->run->glyphs[i - 1].cluster);
    }
}

static void test_runs_join_again(void **state)
{
    struct support *s = *state;
    struct text_para *p = support_para(s, "overland organisation");
    assert_true(p->n > 6);
    struct text_line line = support_line(s, p, 0, p->n - 1, -1);
    assert_int_equal(line.n, 3);
    assert_int_equal(line.pieces[2].to, line.pieces[2].run->n);
}

static void test_heights(void **state)
{
    struct support *s = *state;
    struct style big = s->style, raised = s->style;
    big.size = PT(22);
    raised.size = PT(6);
    raised.rise = PT(20);
    s->spans[0] = support_span(s, "a ");
    s->spans[1] = support_span(s, "b ");
    s->spans[1].style = &big;
    s->spans[2] = support_span(s, "c");
    s->spans[2].style = &raised;
    struct text_para *p = support_spans(s, 3);
    struct text_line small = support_line(s, p, 0, 1, -1);
    struct text_line both = support_line(s, p, 0, 3, -1);
    struct text_line all = support_line(s, p, 0, p->n - 1, -1);
    assert_in_range(both.ascent, 2 * small.ascent - 1, 2 * small.ascent + 1);
    assert_in_range(both.descent, 2 * small.descent - 1, 2 * small.descent + 1);
    assert_true(all.ascent > PT(20) && all.descent == both.descent);
    assert_int_equal(all.pieces[4].span, 2);
}

/* The same request gives the same line, from a cold or a warm cache. */
static void test_deterministic(void **state)
{
    struct support *s = *state;
    struct support other;
    support_start(&other);
    support_para(&other, "entirely different words, first");
    const char *text = "The effizient office: ﬁrst أهلا 28–29 http://a.b/c overland";
    struct text_para *p = support_para(s, text), *q = support_para(&other, text);
    struct buf a, b;
    buf_init(&a, &s->arena);
    buf_init(&b, &other.arena);
    text_para_dump(p, &a);
    text_para_dump(q, &b);
    assert_true(str_eq(buf_str(&a), buf_str(&b)));
    struct text_line x = support_line(s, p, 0, p->n - 1, PT(400));
    struct text_line y = support_line(&other, q, 0, q->n - 1, PT(400));
    assert_int_equal(x.n, y.n);
    for (uint32_t i = 0; i < x.n; i++) {
        assert_int_equal(x.pieces[i].x, y.pieces[i].x);
        assert_int_equal(x.pieces[i].run->glyphs[0].id, y.pieces[i].run->glyphs[0].id);
    }
    support_end(&other);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, end)

static void check_same_line(const struct text_line *a, const struct text_line *b)
{
    assert_int_equal(a->n, b->n);
    for (uint32_t i = 0; i < a->n; i++) {
        const struct text_piece *p = &a->pieces[i], *q = &b->pieces[i];
        assert_ptr_equal(p->run, q->run);
        assert_true(p->from == q->from && p->to == q->to && p->flags == q->flags);
        assert_true(p->x == q->x && p->width == q->width && p->span == q->span);
        assert_int_equal(p->expansion, q->expansion);
    }
    assert_int_equal(a->order != NULL, b->order != NULL);
    assert_int_equal(a->width, b->width);
    assert_int_equal(a->ascent, b->ascent);
    assert_int_equal(a->descent, b->descent);
    assert_int_equal(a->hyphenated, b->hyphenated);
    assert_int_equal(a->tracking, b->tracking);
}

/* Whatever stands in a label, it is the paragraph's only line. */
static void check_label(struct support *s, const char *text)
{
    support_para(s, text);
    s->request.hyphenate = false;
    struct text_para *p = text_para_new(s->engine, &s->request, &s->arena, &s->sink);
    struct text_line whole = support_line(s, p, 0, p->n - 1, -1), label;
    text_set_label(s->engine, &s->request, &s->arena, &s->sink, &label);
    check_same_line(&label, &whole);
}

static void test_labels_are_lines(void **state)
{
    struct support *s = *state;
    static const char *const TEXTS[] = {
        "", " ", "•", "1.", "1. ", " 1.", "12  ", "iv)", "a b", "Lieu :", "(12–14)",
        "ef\u00ADfi\u00ADcient", "well-known/either", "מס׳", "a מ", "3\u00A0", "\u2028",
        "x\u200B", "中文", "a中", "e\u0301", "\t1", "fi", "2⁄3", "http://a.b/c?d",
    };
    static const char *const LANGS[] = {"en", "", "ar", "zh"};
    static const uint32_t FLAGS[] = {0, TEXT_SPAN_VERBATIM, TEXT_SPAN_URL};
    static const len SPACES[] = {0, 300, -40};
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        for (size_t k = 0; k < 4 * 3 * 3; k++) {
            s->lang = LANGS[k % 4];
            s->flags = FLAGS[k / 4 % 3];
            s->style.letter_space = SPACES[k / 12];
            s->style.rise = k % 2 ? 2000 : -500;
            check_label(s, TEXTS[i]);
        }
    }
}

/* A glyph that no font has is told of for a label, too. */
static void test_labels_tell_what_is_missing(void **state)
{
    struct support *s = *state;
    s->spans[0] = support_span(s, "\U000E0100\U0001F9FF\U0010FFFD");
    s->request = (struct text_para_request){s->spans, 1, false, STR("en")};
    struct text_line label;
    text_set_label(s->engine, &s->request, &s->arena, &s->sink, &label);
    assert_true(s->sink.per_code[DIAG_NO_GLYPH] > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_promises_are_kept), TEST(test_ligature_is_cut),
        TEST(test_edges_take_no_room),      TEST(test_justification),
        TEST(test_letter_space_ends_no_line),
        TEST(test_visual_order),      TEST(test_clusters_of_rtl),
        TEST(test_runs_join_again),   TEST(test_heights),
        TEST(test_deterministic),     TEST(test_labels_are_lines),
        TEST(test_labels_tell_what_is_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
