/* SPDX-License-Identifier: MIT
 *
 * Paragraphs: spaces, breaks, hyphenation, features, missing glyphs, hostile text. */
#include "text_support.h"

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

static size_t count_kind(const struct text_para *p, enum text_item_kind kind)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n; i++) {
        n += p->items[i].kind == kind;
    }
    return n;
}

static void test_spaces_collapse(void **state)
{
    struct support *s = *state;
    s->style.hyphenate = false;
    assert_str(support_breaks(s, support_para(s, "  one \t\n two  ")), "one_two");
    assert_str(support_breaks(s, support_para(s, "")), "");
    assert_int_equal(support_para(s, "")->n, 1);
    assert_int_equal(support_para(s, " \n ")->n, 1);
    assert_str(support_breaks(s, support_para(s, "a \u2028 b")), "a!b");
    s->spans[0] = support_span(s, "one ");
    s->spans[1] = support_span(s, " ");
    s->spans[2] = support_span(s, "");
    s->spans[3] = support_span(s, " two");
    struct text_para *p = support_spans(s, 4);
    assert_str(support_breaks(s, p), "one_two");
    assert_str(p->text, "one   two");
    assert_int_equal(p->items[1].span, 0);
    assert_int_equal(p->items[2].span, 3);
    assert_int_equal(p->items[2].from, 6);
    s->request = (struct text_para_request){NULL, 0, true, STR("en")};
    assert_int_equal(text_para_new(s->engine, &s->request, &s->arena, &s->sink)->n, 1);
}

static void test_glue(void **state)
{
    struct support *s = *state;
    struct text_para *p = support_para(s, "a b\u00A0c\u2009d\u202Fe");
    assert_str(support_breaks(s, p), "a_b=c_d\u202Fe");
    const struct text_item *space = &p->items[1], *fixed = &p->items[3],
                           *thin = &p->items[5];
    assert_int_equal(space->stretch, (space->width + 1) / 2);
    assert_true(space->shrink > 0 && space->shrink < space->width / 2);
    assert_int_equal(fixed->width, space->width);
    assert_true(fixed->no_break && fixed->stretch > 0);
    assert_true(thin->width > 0 && thin->width < space->width && !thin->stretch);
    s->style.letter_space = 512;
    struct text_para *wide = support_para(s, "a b");
    assert_int_equal(wide->items[1].width, space->width + 512);
    assert_int_equal(wide->items[0].width, p->items[0].width + 512);
}

static void test_tight_spaces(void **state)
{
    struct support *s = *state;
    s->lang = "fr";
    s->style.hyphenate = false;
    assert_str(support_breaks(s, support_para(s, "« mot » : oui ! (fin ) ; a / b")),
               "«=mot=»=:_oui=!_(fin=)=;_a=/_b");
    assert_str(support_breaks(s, support_para(s, "a .NET »b« :x")), "a_.NET_»b«_:x");
    assert_str(support_breaks(s, support_para(s, "a – b — c –d")), "a=–_b=—_c_–d");
}

static void test_unicode_breaks(void **state)
{
    static const struct {
        const char *text, *breaks;
    } CASES[] = {
        {"28–29", "28–|29"},
        {"$100", "$100"},
        {"word(s)", "word(s)"},
        {"non\u2011break", "non\u2011break"},
        {"zero\u200Bwidth", "zero|width"},
        {"joined\u2060—word", "joined\u2060—|word"},
        {"«mot»", "«mot»"},
        {"“a”b", "“a”b"},
        {"1,540.50", "1,540.50"},
        {"un.org", "un.org"},
        {"U.S.", "U.S."},
        {"well-known", "well-|known"},
        {"e-mail", "e-|mail"},
        {"-x", "-x"},
        {"--option", "--option"},
        {"1-2", "1-2"},
        {"word—word", "word—|word"},
        {"—word", "—word"},
        {"this/that", "this/|that"},
        {"km/h", "km/h"},
        {"and/or", "and/or"},
        {"1/2", "1/2"},
        {"c++", "c++"},
        {"what?no!yes", "what?no!yes"},
        {"{a}b", "{a}b"},
        {"100%", "100%"},
        {"€50", "€50"},
        {"wait…no", "wait…|no"},
        {"l’eau", "l’eau"},
        {"(WMD)", "(WMD)"},
        {"soft\u00ADware", "soft~ware"},
        {"end\u00AD", "end"},
        {"\u00ADstart", "start"},
    };
    struct support *s = *state;
    s->style.hyphenate = false;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        assert_str(support_breaks(s, support_para(s, CASES[i].text)), CASES[i].breaks);
    }
    assert_false(diag_has_errors(&s->sink));
}

static int32_t penalty_of_first_break(const struct text_para *p)
{
    for (size_t i = 0; i + 1 < p->n; i++) {
        if (p->items[i].kind == TEXT_BREAK) {
            return p->items[i].penalty;
        }
    }
    return -1;
}

static void test_urls(void **state)
{
    struct support *s = *state;
    const char *url = "http://www.ifpa.org/pdf/IFPA-Report_1.pdf?a=%20b&c=d";
    const char *breaks = "http://|www|.ifpa|.org|/pdf|/IFPA|-Report|_1.pdf|?a=%20b|&c=d";
    assert_str(support_breaks(s, support_para(s, url)), breaks); /* seen by itself */
    s->flags = TEXT_SPAN_URL;
    struct text_para *p = support_para(s, url);
    assert_str(support_breaks(s, p), breaks);
    assert_true(p->has_emergency);
    assert_str(support_breaks(s, support_para(s, "organisation/report")),
               "organisation|/report");
    url = "https://un.org:8080/a/b/ode#top-1;q=1"; /* no line ends with a lone letter */
    assert_str(support_breaks(s, support_para(s, url)),
               "https://|un|.org:|8080|/a/b/ode|#top|-1;q=1");
    s->flags = 0;
    p = support_para(s, "1540experts@un.org");
    assert_str(support_breaks(s, p), "1540experts|@un|.org");
    for (size_t i = 0; i < p->n; i++) {
        assert_false(p->items[i].flags & TEXT_BREAK_HYPHEN);
    }
}

static void test_hyphenation(void **state)
{
    static const struct {
        const char *lang, *text, *breaks;
        int32_t penalty;
    } CASES[] = {
        {"en-GB", "overland", "over~land", 0},
        {"en-GB", "(overland)", "(over~land)", 0},
        {"en-GB", "“overland,”", "“over~land,”", 0},
        {"en-GB", "Overland", "Over~land", 50},
        {"en-GB", "overland-overland", "over~land-|over~land", 150},
        {"en-GB", "over1land", "over1land", -1},
        {"en-GB", "overland1", "overland1", -1},
        {"en-GB", "overLand", "overLand", -1},
        {"en-GB", "OVERLAND", "OVERLAND", -1},
        {"en-GB", "only", "only", -1},
        {"de-CH", "Auflage", "Auf~la~ge", 0},
        {"de", "Großmächte", "Groß~mäch~te", 0},
        {"fr-CH", "organisation", "or~ga~ni~sa~tion", 0},
        {"en-GB", "over\u00ADland", "over~land", 0},
        {"en-GB", "ov\u00ADerland", "ov~erland", 0},
    };
    struct support *s = *state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        s->lang = CASES[i].lang;
        struct text_para *p = support_para(s, CASES[i].text);
        assert_str(support_breaks(s, p), CASES[i].breaks);
        assert_int_equal(penalty_of_first_break(p), CASES[i].penalty);
    }
    s->lang = "en-GB";
    s->style.hyphenate = false;
    assert_str(support_breaks(s, support_para(s, "overland")), "overland");
    s->style.hyphenate = true;
    s->spans[0] = support_span(s, "overland");
    s->request = (struct text_para_request){s->spans, 1, false, STR("en-GB")};
    struct text_para *p = text_para_new(s->engine, &s->request, &s->arena, &s->sink);
    assert_str(support_breaks(s, p), "overland");
    assert_int_equal(s->sink.list.n, 0);
}

static void test_no_patterns(void **state)
{
    struct support *s = *state;
    s->lang = "tlh";
    support_para(s, "overland");
    support_para(s, "overland");
    assert_int_equal(s->sink.per_code[DIAG_NO_HYPHENATION], 1);
    s->lang = "ja"; /* whose lines break without hyphens */
    support_para(s, "overland");
    assert_int_equal(s->sink.per_code[DIAG_NO_HYPHENATION], 1);
    uint8_t breaks[8];
    assert_false(text_hyphenate(s->engine, STR("overland"), STR("tlh"), breaks));
    assert_true(text_hyphenate(s->engine, STR("overland"), STR("en-GB"), breaks));
    assert_int_equal(breaks[4], 1);
    assert_int_equal(breaks[3], 0);
    assert_false(text_hyphenate(s->engine, STR("overland"), STR("../../x"), breaks));
}

static void test_emergency(void **state)
{
    struct support *s = *state;
    struct text_para *p = support_para(s, "xxxxxxxxxxxxxxxxxxxxxxxxx short");
    assert_true(p->has_emergency);
    assert_int_equal(p->items[1].flags, TEXT_BREAK_EMERGENCY | TEXT_BREAK_HYPHEN);
    assert_false(support_para(s, "short words only")->has_emergency);
#define FIVE "a\u0301a\u0301a\u0301a\u0301a\u0301"
    p = support_para(s, FIVE FIVE FIVE FIVE FIVE);
#undef FIVE
    assert_true(p->has_emergency);
    for (size_t i = 0; i < p->n; i++) { /* never between a letter and its accent */
        assert_int_equal(p->items[i].to % 3, 0);
    }
}

/* A hyphen shows that a word goes on; in what is no word it would be read. */
static void test_emergency_hyphen(void **state)
{
    struct support *s = *state;
    static const struct { const char *text; bool hyphen; } CASES[] = {
        {"Xxxxxxxxxxxxxxxxxxxxxxxxx", true},
        {"xxxxxxxxxxx\u2019xxxxxxxxxxxxxx", true},
        {"ъъъъъъъъъъъъъъъъъъъъъъъъ", true},
        {"e3b0c44298fc1c149afbf4c8996fb924", false},
        {"20202020202020202020202020", false},
        {"http://xxxxxxxxxxxxxxxxxxxxxxxxx", false},
        {"กขกขกขกขกขกขกขกขกขกขกขกขกข", false},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct text_para *p = support_para(s, CASES[i].text);
        size_t emergency = 0, hyphens = 0;
        for (size_t k = 0; k < p->n; k++) {
            bool counts = p->items[k].flags & TEXT_BREAK_EMERGENCY;
            emergency += counts;
            hyphens += counts && (p->items[k].flags & TEXT_BREAK_HYPHEN);
        }
        assert_true(emergency > 10);
        assert_int_equal(hyphens, CASES[i].hyphen ? emergency : 0);
    }
    struct text_para *p = support_para(s, "yyyyyyyyyyyyyyyyyyyyyyyyy");
    struct text_line head = support_line(s, p, 0, 3, -1);
    assert_true(head.hyphenated);
    assert_int_equal(head.pieces[head.n - 1].flags, TEXT_PIECE_HYPHEN);
}

static void test_longest_word(void **state)
{
    struct support *s = *state;
    size_t n = 128 * 1024;
    char *text = arena_alloc(&s->arena, n + 2);
    memset(text, 'x', n + 1);
    struct text_para *p = support_para(s, text);
    assert_int_equal(p->n, 1); /* and is not set */
    assert_int_equal(s->sink.per_code[DIAG_TOO_LARGE], 1);
    support_para(s, text);
    assert_int_equal(s->sink.per_code[DIAG_TOO_LARGE], 1);
    text[n] = '\0';
    assert_true(support_para(s, text)->n > n);
    assert_int_equal(s->sink.per_code[DIAG_TOO_LARGE], 1);
}

static void test_verbatim(void **state)
{
    struct support *s = *state;
    s->flags = TEXT_SPAN_VERBATIM;
    s->style.family = STR("noto-mono");
    struct text_para *p = support_para(s, "  if  (a-b)\n\tx");
    assert_str(support_breaks(s, p), "  if__(a-b)! x");
    assert_int_equal(p->items[0].kind, TEXT_BOX);
    len one = p->items[0].width;
    assert_true(one > 0);
    for (size_t i = 0; i < p->n; i++) {
        assert_int_equal(p->items[i].stretch, 0);
        assert_true(p->items[i].kind != TEXT_GLUE || p->items[i].width == one);
    }
    struct text_para *tab = support_para(s, "abc\tx");
    len width = support_line(s, tab, 0, tab->n - 1, -1).width;
    assert_in_range(width, 9 * one - 3, 9 * one + 3);
    assert_true(support_para(s, "overland")->has_emergency);
}

static void test_several_spans(void **state)
{
    struct support *s = *state;
    struct style bold = s->style;
    bold.weight = 700;
    s->spans[0] = support_span(s, "over");
    s->spans[1] = support_span(s, "land");
    s->spans[1].style = &bold;
    s->spans[2] = support_span(s, "12");
    s->spans[2].flags = TEXT_SPAN_MARK;
    s->spans[3] = support_span(s, ", end");
    struct text_para *p = support_spans(s, 4);
    assert_str(support_breaks(s, p), "over~land12,_end");
    assert_ptr_not_equal(p->items[0].run->face, p->items[2].run->face);
    assert_int_equal(p->items[0].run->face->weight, 400);
    assert_int_equal(p->items[2].run->face->weight, 700);
    assert_int_equal(p->items[3].span, 2);
    assert_str(str_sub(p->text, p->items[4].from, p->items[4].to), ",");
}

static const struct text_run *only_run(struct text_para *p)
{
    assert_int_equal(count_kind(p, TEXT_BOX), 1);
    return p->items[0].run;
}

static void test_features(void **state)
{
    struct support *s = *state;
    s->style.hyphenate = false;
    const struct text_run *plain = only_run(support_para(s, "Straße"));
    s->style.caps = STYLE_CAPS_SMALL;
    const struct text_run *small = only_run(support_para(s, "Straße"));
    assert_int_equal(small->glyphs[0].id, plain->glyphs[0].id);
    assert_int_not_equal(small->glyphs[1].id, plain->glyphs[1].id);
    s->style.caps = STYLE_CAPS_ALL_SMALL;
    const struct text_run *all = only_run(support_para(s, "Straße"));
    assert_int_not_equal(all->glyphs[0].id, plain->glyphs[0].id);
    assert_str(all->text, "Straße");
    s->style.caps = STYLE_CAPS_UPPER;
    const struct text_run *upper = only_run(support_para(s, "Straße"));
    assert_str(upper->text, "Straße");
    assert_int_equal(upper->n, 7); /* STRASSE */
    assert_int_equal(upper->glyphs[4].cluster, 4);
    assert_int_equal(upper->glyphs[5].cluster, 4);
    assert_int_equal(upper->glyphs[6].cluster, 6);
    s->style.caps = STYLE_CAPS_NONE;
    assert_true(only_run(support_para(s, "ffi"))->n < 3);
    s->style.letter_space = 100;
    assert_int_equal(only_run(support_para(s, "ffi"))->n, 3);
    s->style.letter_space = 0;
    struct style_feature none = {{'l', 'i', 'g', 'a'}, 0};
    s->style.features = &none;
    s->style.n_features = 1;
    assert_int_equal(only_run(support_para(s, "ffi"))->n, 3);
}

static void test_turkish_capitals(void **state)
{
    struct support *s = *state;
    s->style.caps = STYLE_CAPS_UPPER;
    s->style.hyphenate = false;
    const struct text_run *en = only_run(support_para(s, "i"));
    s->lang = "tr";
    const struct text_run *tr = only_run(support_para(s, "i"));
    assert_int_not_equal(en->glyphs[0].id, tr->glyphs[0].id);
}

static void test_fallback(void **state)
{
    struct support *s = *state;
    struct text_para *p = support_para(s, "abc שלום ☑ עa");
    assert_int_equal(s->sink.list.n, 0);
    assert_str(p->items[0].run->face->family, "gentium-plus");
    assert_str(p->items[2].run->face->family, "noto-sans-hebr");
    assert_true(p->items[2].run->rtl);
    assert_int_equal(p->items[2].level, 1);
    assert_str(p->items[4].run->text, "☑");
    assert_string_not_equal(p->items[4].run->face->family.p, "gentium-plus");
    p = support_para(s, "x\u0308\u05B0"); /* one cluster, one face */
    assert_true(count_kind(p, TEXT_BOX) == 1);
}

static void test_missing_glyph(void **state)
{
    struct support *s = *state;
    s->spans[0] = support_span(s, "one \u4E2D two \u4E2D\u4E2D three");
    s->spans[0].at = (struct place){NULL, 7, 3, 1};
    support_spans(s, 1);
    bool installed = s->sink.list.n == 0;
    if (!installed) {
        assert_int_equal(s->sink.per_code[DIAG_NO_GLYPH], 1);
        assert_int_equal(s->sink.list.v[0].at.line, 7);
        size_t at;
        assert_true(str_find(s->sink.list.v[0].message, STR("U+4E2D"), &at));
        assert_true(str_find(s->sink.list.v[0].hint, STR("fonts-noto-cjk"), &at));
    }
    support_para(s, "\u0378");
    struct diag_sink other;
    diag_init(&other, &s->arena);
    s->request.spans = s->spans;
    text_para_new(s->engine, &s->request, &s->arena, &other); /* from the cache */
    assert_int_equal(other.per_code[DIAG_NO_GLYPH], 1);
}

static void test_missing_family(void **state)
{
    struct support *s = *state;
    s->style.family = STR("no-such-family");
    struct text_para *p =
        support_para(s, "one two\u00A0three\u2009four " /* and a long word */
                        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\u00ADb");
    support_para(s, "again");
    assert_int_equal(s->sink.per_code[DIAG_NO_FONT], 1);
    assert_int_equal(p->n, 1);
    assert_null(text_face_of(s->engine, &s->style, PLACE_NONE, &s->sink));
    s->style.family = STR("../layouts/base");
    assert_null(text_face_of(s->engine, &s->style, PLACE_NONE, &s->sink));
    assert_int_equal(s->sink.per_code[DIAG_NO_FONT], 2);
    support_line(s, p, 0, p->n - 1, PT(100));
}

/* Text made to hurt: everything ends, and nothing is lost but the invisible. */
static void test_hostile(void **state)
{
    static const struct {
        const char *unit;
        size_t times;
    } CASES[] = {
        {"a", 100000}, {" ", 1000000}, {"\u00A0", 100000}, {"\u200B", 100000},
        {"\u0301", 64000}, {"\u0645\u0633", 5000}, {"\u202B\u2067\u2066", 3000},
        {"\u200D", 10000}, {"\U000E0041", 10000}, {"\u05D0 a(1) ", 5000}, {"-", 10000},
        {"\uFEFF", 1000}, {"\x01\x7F", 1000}, {"\uFFFC\uFFFD", 1000}, {"\uE000", 1000},
        {"\U0001F468\u200D\U0001F469", 1000}, {"\u2028", 10000}, {"\u00AD", 10000},
    };
    struct support *s = *state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        for (uint32_t flags = (uint32_t)i % STRIDE % 3; flags < 3; flags += STRIDE) {
            struct buf b;
            buf_init(&b, &s->arena);
            for (size_t k = 0; k < CASES[i].times; k++) {
                buf_puts(&b, CASES[i].unit);
            }
            buf_char(&b, '\0');
            s->flags = flags;
            struct text_para *p = support_para(s, b.p);
            support_line(s, p, 0, p->n - 1, PT(100));
            support_line(s, p, p->n / 2, p->n - 1, PT(100));
        }
    }
    text_engine_trim(s->engine);
}

static void test_marks_are_capped(void **state)
{
    struct support *s = *state;
    struct buf b;
    buf_init(&b, &s->arena);
    buf_char(&b, 'a');
    for (int i = 0; i < 1000; i++) {
        buf_puts(&b, "\u0301");
    }
    buf_char(&b, '\0');
    struct text_para *p = support_para(s, b.p);
    assert_int_equal(p->n, 2);
    assert_int_equal(p->items[0].run->text.n, 1 + 2 * 30);
}

/* A footnote's mark is never divided, nor parted from its word, which is divided as it is
 * without a mark. */
static void test_footnote_marks(void **state)
{
    static const char *const WORDS[] = {"those", "responsibilities", "and/or",
                                        "Donaudampfschifffahrtsgesellschaft"};
    struct support *s = *state;
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        struct text_para *alone = support_para(s, WORDS[i]);
        str expected = str_format(&s->arena, "%.*s69", STR_ARG(support_breaks(s, alone)));
        s->spans[0] = support_span(s, WORDS[i]);
        s->spans[1] = support_span(s, "69");
        s->spans[1].flags = TEXT_SPAN_VERBATIM | TEXT_SPAN_MARK;
        struct text_para *marked = support_spans(s, 2);
        assert_str(support_breaks(s, marked), expected.p);
        assert_int_equal(marked->n, alone->n + 1); /* the mark is one box */
    }
}

static void test_dump(void **state)
{
    struct support *s = *state;
    struct buf b;
    buf_init(&b, &s->arena);
    text_para_dump(support_para(s, "over\u00A0land\u2028x"), &b);
    str rest = buf_str(&b), line = str_cut(rest, '\n', &rest);
    assert_true(str_starts(line, STR("box ")) && str_ends(line, STR("\"over\"")));
    line = str_cut(rest, '\n', &rest);
    assert_true(str_starts(line, STR("glue ")) && str_ends(line, STR(" no-break")));
    str_cut(rest, '\n', &rest);
    assert_str(str_cut(rest, '\n', &rest), "break 0 forced");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_spaces_collapse),
        TEST(test_glue),
        TEST(test_tight_spaces),
        TEST(test_unicode_breaks),
        TEST(test_urls),
        TEST(test_hyphenation),
        TEST(test_no_patterns),
        TEST(test_emergency),
        TEST(test_longest_word),
        TEST(test_emergency_hyphen),
        TEST(test_verbatim),
        TEST(test_several_spans),
        TEST(test_features),
        TEST(test_turkish_capitals),
        TEST(test_fallback),
        TEST(test_missing_glyph),
        TEST(test_missing_family),
        TEST(test_hostile),
        TEST(test_marks_are_capped),
        TEST(test_footnote_marks),
        TEST(test_dump),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
