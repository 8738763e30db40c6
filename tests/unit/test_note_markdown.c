/* SPDX-License-Identifier: MIT */
#include "note_fixture.h"

static void check(const char *text, const char *part)
{
    struct fixture f;
    fixture_load(&f, text);
    assert_dump_holds(&f, part);
    fixture_done(&f);
}

static void test_inlines_have_places(void **state)
{
    (void)state;
    check("title: A *bold* **“q.”** and ~~no~~ `c`\n",
          "  paragraph @1:8\n"
          "    text @1:8 \"A \"\n"
          "    emphasis @1:10\n"
          "      text @1:11 \"bold\"\n"
          "    text @1:16 \" \"\n"
          "    strong @1:17\n"
          "      text @1:19 \"“q.”\"\n"
          "    text @1:25 \" and \"\n"
          "    strike @1:30\n"
          "      text @1:32 \"no\"\n"
          "    text @1:36 \" \"\n"
          "    code @1:38 \"c\"\n");
}

static void test_places_in_nested_blocks(void **state)
{
    (void)state;
    check("title: x\nbody: |\n  > - one\n  >   two *three*\n  >   four\n"
          "  >   five `six`\n",
          "          paragraph @3:7\n"
          "            text @3:7 \"one two \"\n"
          "            emphasis @4:11\n"
          "              text @4:12 \"three\"\n"
          "            text @4:18 \" four five \"\n"
          "            code @6:13 \"six\"\n");
}

static void test_scripts(void **state)
{
    (void)state;
    check("title: H~2~O 10^-3^\n", "subscript @1:9\n      text @1:10 \"2\"");
    check("title: H~2~O 10^-3^\n", "superscript @1:16\n      text @1:17 \"-3\"");
    check("title: x^*2*[^a]^\nfootnotes: {a: b}\n",
          "superscript @1:9\n      emphasis @1:10\n");
    check("title: ~5 km and ~10 km\n", "text @1:8 \"~5 km and ~10 km\"");
    check("title: 'a\\^b^ `x^2^` ~~~c~~~'\n", "\"a^b^ \"");
    check("title: 'a\\^b^ `x^2^` ~~~c~~~'\n", "code @1:16 \"x^2^\"");
    check("title: 'a\\^b^ `x^2^` ~~~c~~~'\n", "\" ~~~c~~~\"");
    check("title: ~~a~\n", "text @1:8 \"~~a~\"");
    check("title: ~~a ~b~~\n", "strike");
}

static void test_a_title_is_no_block(void **state)
{
    (void)state;
    check("title: '# 1. x'\n", "text @1:9 \"# 1. x\"");
    check("title: 1. Introduction\n", "text @1:8 \"1. Introduction\"");
    check("title: '- x'\n", "text @1:9 \"- x\"");
    check("title: '    **b**'\n", "strong @1:13\n");
    check("title: |\n  one\n  *two*\n", "emphasis @3:3\n      text @3:4 \"two\"");
}

static void test_blocks(void **state)
{
    (void)state;
    check("title: x\nbody: |\n  3) a\n     - [ ] b\n     - [x] c\n\n  4) d\n",
          "    list @3:3 ordered decimal) start=3\n"
          "      item @3:3\n"
          "        paragraph @3:6\n"
          "          text @3:6 \"a\"\n"
          "        list @4:6 tight\n"
          "          item @4:6 open\n"
          "            paragraph @4:12\n"
          "              text @4:12 \"b\"\n"
          "          item @5:6 done\n");
    check("title: x\nbody: |\n  ```c\n  a[^b]\n  ```\n  ---\n",
          "    code-block @3:3 info=c \"a[^b]\"\n    rule @6:3\n");
    check("title: x\nbody: |\n  | A | *B* |\n  |:--|:-:|\n  | c | d~e~ |\n",
          "    table @3:3 columns=2 align=lc\n"
          "      row @3:3 header\n");
    check("title: x\nbody: |\n  | A | *B* |\n  |:--|:-:|\n  | c | d~e~ |\n",
          "          subscript @5:10\n            text @5:11 \"e\"\n");
}

static void test_breaks(void **state)
{
    (void)state;
    check("title: x\nbody: |\n  a\n  b  \n  c\\\n  d<br>e\n",
          "      text @3:3 \"a b\"\n      line-break @4:4\n      text @5:3 \"c\"\n"
          "      line-break @5:4\n      text @6:3 \"d\"\n      line-break @6:4\n"
          "      text @6:8 \"e\"\n");
}

static void test_addresses_become_links(void **state)
{
    (void)state;
    check("title: See <http://a.org/x>.\n", "link @1:12 http://a.org/x\n");
    check("title: See http://a.org/~u/_x_(y).\n",
          "    link @1:12 http://a.org/~u/_x_(y)\n"
          "      text @1:12 \"http://a.org/~u/_x_(y)\"\n"
          "    text @1:34 \".\"\n");
    check("title: '[see <http://a.org>](https://b.org)'\n",
          "link @1:9 https://b.org\n      text @1:10 \"see \"\n      span ");
    check("title: (www.a.org)\n", "link @1:9 http://www.a.org\n");
    check("title: (www.a.org)\n", "text @1:18 \")\"");
    check("title: by me_too@un.org.\n", "link @1:11 mailto:me_too@un.org\n");
    check("title: a@b and @c and x@.d\n", "text @1:8 \"a@b and @c and x@.d\"");
    check("title: http://a.org[^v]\nfootnotes: {v: w}\n",
          "text @1:8 \"http://a.org\"\n    footnote-mark @1:20");
    check("title: '[see www.a.org](https://b.org/é)'\n",
          "link @1:9 https://b.org/%C3%A9\n      text @1:10 \"see www.a.org\"\n");
}

static void test_links_are_checked(void **state)
{
    (void)state;
    struct fixture f;
    fixture_load(&f, "title: '[x](javascript:alert(1))'\n");
    assert_report(&f, DIAG_BAD_LINK, 1, 9);
    fixture_done(&f);
    fixture_load(&f, "title: '[x](htps://a.org)'\n");
    assert_hint(&f, DIAG_BAD_LINK, "did you mean `https`?");
    fixture_done(&f);
    fixture_load(&f, "title: '[x](report.pdf)'\nbody: '[y]() [z](file:///etc/passwd)'\n");
    assert_int_equal(f.sink.per_code[DIAG_BAD_LINK], 3);
    fixture_done(&f);
    fixture_load(&f, "title: x\nbody: |\n  # Some heading\n"
                     "  [a](#some-heading) [b](#some-heding)\n");
    assert_int_equal(f.sink.per_code[DIAG_NO_TARGET], 1);
    assert_report(&f, DIAG_NO_TARGET, 4, 22);
    assert_hint(&f, DIAG_NO_TARGET, "did you mean `some-heading`?");
    fixture_done(&f);
}

static void test_html(void **state)
{
    (void)state;
    struct fixture f;
    check("title: a <span lang=\"fr\" class='name'>b *c*</span> d\n",
          "    span @1:10 style=name lang=fr\n"
          "      text @1:39 \"b \"\n      emphasis @1:41\n");
    check("title: x<sup>2</sup><sub>i</sub>\n", "superscript @1:9\n"
          "      text @1:14 \"2\"");
    fixture_load(&f, "title: a <b>c</b> <script>x</script>\n");
    assert_dump_holds(&f, "text @1:8 \"a <b>c</b> <script>x</script>\"");
    assert_int_equal(f.sink.per_code[DIAG_RAW_HTML], 2); /* not again for closing tags */
    assert_report(&f, DIAG_RAW_HTML, 1, 10);
    fixture_done(&f);
    fixture_load(&f, "title: a *<span>b* c</span> d\n"); /* crosses the emphasis */
    assert_dump_holds(&f, "    emphasis @1:10\n      text @1:11 \"<span>b\"\n"
                          "    text @1:19 \" c</span> d\"\n");
    fixture_done(&f);
    fixture_load(&f, "title: <span lang=en_US>x</span>\n");
    assert_hint(&f, DIAG_BAD_LANGUAGE, "did you mean `en-US`?");
    fixture_done(&f);
    fixture_load(&f, "title: x\nbody: |\n  <div>\n  *x*\n  </div>\n");
    assert_report(&f, DIAG_RAW_HTML, 3, 3);
    fixture_done(&f);
}

static void repeat(struct buf *text, const char *piece, int n)
{
    for (int i = 0; i < n; i++) {
        buf_puts(text, piece);
    }
}

/* Hostile bodies: they must end, and keep the tree's depth bounded. */
static void test_nesting_is_bounded(void **state)
{
    (void)state;
    static const struct {
        const char *piece, *end;
        int n;
        bool deep;
    } CASES[] = {
        {">", " x", 5000, true},          {"- ", "x", 5000, true},
        {"*a **b ", "", 20000, false},    {"[", "", 20000, false},
        {"[a](", "", 20000, false},       {"~a", "~", 20001, false},
        {"^", "x", 20000, false},         {"<span>", "x", 20000, false},
        {"http://a ", "", 20000, false},  {"a@", "", 20000, false},
        {"&copy;", "", 20000, false},     {"`a", "", 20000, false},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct fixture f;
        struct arena a;
        struct buf text;
        arena_init(&a);
        buf_init(&text, &a);
        buf_puts(&text, "title: x\nbody: |\n  ");
        repeat(&text, CASES[i].piece, CASES[i].n);
        buf_format(&text, "%s\n", CASES[i].end);
        buf_char(&text, '\0');
        fixture_load(&f, text.p);
        assert_int_equal(f.sink.per_code[DIAG_TOO_DEEP], CASES[i].deep);
        for (struct note_node *n = f.note->body; n; n = note_next(n, f.note->body)) {
            int depth = 0;
            for (struct note_node *p = n; p; p = p->parent) {
                depth++;
            }
            assert_true(depth < 100);
        }
        fixture_done(&f);
        arena_done(&a);
    }
}

static void test_heading_levels_and_ids(void **state)
{
    (void)state;
    struct fixture f;
    fixture_load(&f, "title: x\nsections:\n- heading: One & Two!\n  body: |\n"
                     "    # A *b*\n"
                     "    ## Ünder_score 3\n    # A *b*\n");
    assert_dump_holds(&f, "heading @3:12 level=1 id=one--two\n");
    assert_dump_holds(&f, "heading @5:5 level=2 id=a-b\n");
    assert_dump_holds(&f, "heading @6:5 level=3 id=ünder_score-3\n");
    assert_dump_holds(&f, "heading @7:5 level=2 id=a-b-1\n");
    assert_int_equal(f.sink.list.n, 0);
    fixture_done(&f);
    fixture_load(&f, "title: x\nbody: |\n  # A\n  ### B\n");
    assert_report(&f, DIAG_HEADING_SKIP, 4, 3);
    fixture_done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_inlines_have_places),
        cmocka_unit_test(test_places_in_nested_blocks),
        cmocka_unit_test(test_scripts),
        cmocka_unit_test(test_a_title_is_no_block),
        cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_breaks),
        cmocka_unit_test(test_addresses_become_links),
        cmocka_unit_test(test_links_are_checked),
        cmocka_unit_test(test_html),
        cmocka_unit_test(test_nesting_is_bounded),
        cmocka_unit_test(test_heading_levels_and_ids),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
