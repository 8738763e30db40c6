/* SPDX-License-Identifier: MIT
 *
 * report*.c and excerpt.c: what people and programs read; and docs/diagnostics.md, which
 * must explain every code. */
#include "assertions.h"

#include "base/file.h"
#include "excerpt.h"
#include "report.h"

static struct arena arena;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

static struct source source_of(const char *text)
{
    return (struct source){.name = STR("note.yaml"), .text = str_from(text)};
}

/* --- excerpts --- */

static str excerpt(const char *text, uint32_t line, uint32_t column, uint32_t width)
{
    struct source *s = NEW(&arena, struct source);
    *s = source_of(text);
    struct buf out;
    buf_init(&out, &arena);
    excerpt_put(&out, (struct place){s, line, column, width}, "", "");
    return buf_str(&out);
}

static void test_excerpts(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t column, width;
        const char *expected;
    } CASES[] = {
        {"  colour: red", 3, 6, "    1 |   colour: red\n      |   ^~~~~~\n"},
        {"abc", 2, 0, "    1 | abc\n      |  ^\n"},
        {"abc", 4, 1, "    1 | abc\n      |    ^\n"},         /* behind the end */
        {"abc", 90, 9, "    1 | abc\n      |    ^\n"},        /* far behind it */
        {"abc", 2, 90, "    1 | abc\n      |  ^~\n"},         /* wider than the line */
        {"", 1, 1, "    1 |\n      | ^\n"},
        {"a  ", 1, 1, "    1 | a\n      | ^\n"},
        {"a\tb", 3, 1, "    1 | a    b\n      |      ^\n"},
        {"\tb", 1, 1, "    1 |     b\n      | ^~~~\n"},
        /* Two Han characters take two cells each. */
        {"\xE4\xB8\xAD\xE6\x96\x87: x", 2, 1,
         "    1 | \xE4\xB8\xAD\xE6\x96\x87: x\n      |   ^~\n"},
        {"\xE4\xB8\xAD\xE6\x96\x87: x", 5, 1,
         "    1 | \xE4\xB8\xAD\xE6\x96\x87: x\n      |       ^\n"},
        /* A combining acute accent takes none, and is marked on its letter. */
        {"e\xCC\x81: x", 3, 1, "    1 | e\xCC\x81: x\n      |  ^\n"},
        {"e\xCC\x81: x", 2, 1, "    1 | e\xCC\x81: x\n      | ^\n"},
        {"\x1B[31m", 2, 1, "    1 | <U+001B>[31m\n      |         ^\n"},
        {"\xE2\x80\xAEx", 1, 1, "    1 | <U+202E>x\n      | ^~~~~~~~\n"},
        {"\xFFx", 2, 1, "    1 | <FF>x\n      |     ^\n"},
        {"\xF3\xA0\x81\x81x", 2, 1, "    1 | <U+E0041>x\n      |          ^\n"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        assert_str(excerpt(CASES[i].text, 1, CASES[i].column, CASES[i].width),
                   CASES[i].expected);
    }
}

static void test_no_excerpt(void **state)
{
    (void)state;
    assert_str(excerpt("abc", 0, 1, 1), "");
    assert_str(excerpt("abc", 1, 0, 1), "");
    struct buf out;
    buf_init(&out, &arena);
    excerpt_put(&out, PLACE_NONE, "", "");
    assert_str(buf_str(&out), "");
}

/* Digits 0 to 9 over and over: the caret stands under a known one. */
static const char *digits(size_t n)
{
    char *s = arena_alloc(&arena, n + 1);
    for (size_t i = 0; i < n; i++) {
        s[i] = (char)('0' + i % 10);
    }
    return s;
}

static size_t cells_of_line(str s, size_t number)
{
    str line = STR_NONE;
    for (size_t i = 0; i <= number; i++) {
        line = str_cut(s, '\n', &s);
    }
    size_t cells = 0;
    for (size_t i = 0; i < line.n; i++) {
        cells += ((unsigned char)line.p[i] & 0xC0) != 0x80;
    }
    return cells;
}

/* The cell of the first line that stands over the caret. */
static char over_caret(str s)
{
    size_t end, caret;
    assert_true(str_find_char(s, '\n', &end));
    assert_true(str_find_char(s, '^', &caret));
    size_t cell = caret - end - 1;
    size_t at = 0;
    while (cell-- > 0) {
        at++;
        while (((unsigned char)s.p[at] & 0xC0) == 0x80) {
            at++;
        }
    }
    return s.p[at];
}

static void test_long_lines(void **state)
{
    (void)state;
    const char *line = digits(1000);
    static const uint32_t COLUMNS[] = {1, 33, 34, 35, 87, 88, 500, 950, 999, 1000};
    for (size_t i = 0; i < sizeof COLUMNS / sizeof *COLUMNS; i++) {
        str s = excerpt(line, 1, COLUMNS[i], 4);
        size_t at;
        assert_int_equal(over_caret(s), line[COLUMNS[i] - 1]);
        assert_true(str_find(s, STR("\xE2\x80\xA6"), &at));
        assert_true(cells_of_line(s, 0) <= EXCERPT_CELLS + 8);
        assert_true(cells_of_line(s, 1) <= EXCERPT_CELLS + 8);
    }
    str whole = excerpt(digits(EXCERPT_CELLS), 1, 80, 1);
    size_t at;
    assert_false(str_find(whole, STR("\xE2\x80\xA6"), &at));
}

/* Characters without a width are cut, too: a line of joiners is no longer than others. */
static void test_lines_without_width(void **state)
{
    (void)state;
    struct buf line;
    buf_init(&line, &arena);
    for (int i = 0; i < 10000; i++) {
        buf_puts(&line, "\xE2\x80\x8D");
    }
    buf_puts(&line, "x: 1");
    buf_char(&line, '\0');
    static const uint32_t COLUMNS[] = {1, 90, 5000, 9999, 10001, 10004};
    for (size_t i = 0; i < sizeof COLUMNS / sizeof *COLUMNS; i++) {
        str shown = excerpt(line.p, 1, COLUMNS[i], 1);
        assert_in_range(shown.n, 10, 2000);
        size_t at;
        assert_int_equal(str_find(shown, STR("x: 1"), &at), COLUMNS[i] > 9900);
    }
}

/* --- reports --- */

static str print(struct diag_sink *sink, enum report_format format, unsigned flags)
{
    struct buf *out = NEW(&arena, struct buf);
    buf_init(out, &arena);
    struct report_printer p;
    report_init(&p, format, flags, out);
    report_add(&p, sink, sink->list.n ? sink->list.v[0].at.source : NULL);
    report_done(&p);
    return buf_str(out);
}

static void report_two(struct diag_sink *sink, const struct source *s)
{
    diag_init(sink, &arena);
    diag_report(sink, DIAG_EMPTY_VALUE, (struct place){s, 3, 1, 1}, NULL, "empty \"x\"");
    struct diag *d = diag_report(sink, DIAG_UNKNOWN_KEY, (struct place){s, 2, 3, 6},
                                 "did you mean `color`?", "unknown key `colour`");
    diag_second(sink, d, (struct place){s, 1, 1, 1}, "in this `callout` block");
}

static void test_text(void **state)
{
    (void)state;
    struct source s = source_of("callout:\n  colour: red\nx:\n");
    struct diag_sink sink;
    report_two(&sink, &s);
    assert_str(print(&sink, REPORT_TEXT, 0),
        "note.yaml:2:3: error[unknown-key]: unknown key `colour`; did you mean `color`?\n"
        "    2 |   colour: red\n"
        "      |   ^~~~~~\n"
        "note.yaml:1:1: note: in this `callout` block\n"
        "    1 | callout:\n"
        "      | ^\n"
        "note.yaml:3:1: warning[empty-value]: empty \"x\"\n"
        "    3 | x:\n"
        "      | ^\n"
        "1 error, 1 warning\n");
    assert_str(print(&sink, REPORT_TEXT, REPORT_ERRORS_ONLY),
        "note.yaml:2:3: error[unknown-key]: unknown key `colour`; did you mean `color`?\n"
        "    2 |   colour: red\n"
        "      |   ^~~~~~\n"
        "note.yaml:1:1: note: in this `callout` block\n"
        "    1 | callout:\n"
        "      | ^\n");
}

static void test_color_is_only_around(void **state)
{
    (void)state;
    struct source s = source_of("callout:\n  colour: red\nx:\n");
    struct diag_sink sink;
    report_two(&sink, &s);
    str plain = print(&sink, REPORT_TEXT, 0);
    str colored = print(&sink, REPORT_TEXT, REPORT_COLOR);
    struct buf stripped;
    buf_init(&stripped, &arena);
    for (size_t i = 0; i < colored.n; i++) {
        if (colored.p[i] == '\x1B') {
            while (colored.p[i] != 'm') {
                i++;
            }
        } else {
            buf_char(&stripped, colored.p[i]);
        }
    }
    assert_true(colored.n > plain.n);
    assert_true(str_eq(buf_str(&stripped), plain));
}

static void test_hostile_text_stays_on_its_line(void **state)
{
    (void)state;
    struct source s = {.name = STR("a\n\x1B[2Jb.yaml"), .text = STR("x")};
    struct diag_sink sink;
    diag_init(&sink, &arena);
    diag_report(&sink, DIAG_BAD_VALUE, (struct place){.source = &s}, NULL, "bad `%s`",
                "\r\x1B]0;x\x07\xE2\x80\xA8\xFF\t");
    assert_str(print(&sink, REPORT_TEXT, 0),
        "a<U+000A><U+001B>[2Jb.yaml: error[bad-value]: bad "
        "`<U+000D><U+001B>]0;x<U+0007><U+2028><FF><U+0009>`\n");
    assert_str(print(&sink, REPORT_JSON, 0),
        "{\"reports\":[\n{\"file\":\"a\\n\\u001b[2Jb.yaml\",\"severity\":\"error\","
        "\"code\":\"bad-value\",\"message\":\"bad "
        "`\\u000d\\u001b]0;x\\u0007\xE2\x80\xA8\xEF\xBF\xBD\\t`\"}\n],\"more\":[],"
        "\"errors\":1,\"warnings\":0,\"notes\":0}\n");
}

static void test_many_of_one_kind(void **state)
{
    (void)state;
    struct source s = source_of("x\ny\n");
    struct diag_sink sink;
    diag_init(&sink, &arena);
    for (uint32_t i = 0; i < DIAG_KEPT_PER_CODE + 5; i++) {
        diag_report(&sink, DIAG_BAD_UNIT, (struct place){&s, 1, 0, 0}, NULL, "bad");
    }
    diag_report(&sink, DIAG_BAD_DATE, (struct place){&s, 2, 0, 0}, NULL, "date");
    str text = print(&sink, REPORT_TEXT, 0);
    assert_true(str_ends(text, STR("note.yaml:1: error[bad-unit]: bad\n"
                                   "note.yaml: note: and 5 more like this [bad-unit]\n"
                                   "note.yaml:2: error[bad-date]: date\n"
                                   "26 errors\n")));
    str json = print(&sink, REPORT_JSON, 0);
    assert_true(str_ends(json, STR("],\"more\":[{\"code\":\"bad-unit\",\"count\":5}],"
                                   "\"errors\":26,\"warnings\":0,\"notes\":0}\n")));
}

/* What note `name` reports: an error of its own, `warnings` of its layout. */
static void add_note(struct report_printer *p, const char *name, int warnings)
{
    struct source own = {.name = str_from(name), .text = STR("a: b\n")};
    struct source layout = {.name = STR("l.yaml"), .text = STR("c: d\n")};
    struct diag_sink sink;
    diag_init(&sink, &arena);
    diag_report(&sink, DIAG_BAD_UNIT, (struct place){&own, 1, 0, 0}, NULL, "bad");
    for (int i = 0; i < warnings; i++) {
        diag_report(&sink, DIAG_EMPTY_VALUE, (struct place){&layout, 1, 0, 0}, NULL,
                    "empty %d", i);
    }
    diag_report(&sink, DIAG_EMPTY_VALUE, PLACE_NONE, NULL, "nowhere");
    report_add(p, &sink, &own);
    assert_int_equal(sink.counts[DIAG_WARNING], warnings + 1);
}

static void test_a_layout_is_told_once(void **state)
{
    (void)state;
    struct buf out;
    struct report_printer p;
    buf_init(&out, &arena);
    report_init(&p, REPORT_TEXT, 0, &out);
    add_note(&p, "a.yaml", 1);
    add_note(&p, "b.yaml", 1);
    report_done(&p);
    assert_str(buf_str(&out), "a.yaml:1: error[bad-unit]: bad\n"
                              "l.yaml:1: warning[empty-value]: empty 0\n"
                              "infonote: warning[empty-value]: nowhere\n"
                              "b.yaml:1: error[bad-unit]: bad\n"
                              "infonote: warning[empty-value]: nowhere\n"
                              "2 errors, 3 warnings\n");
}

static void test_what_was_only_counted_is_told_once(void **state)
{
    (void)state;
    struct buf out;
    struct report_printer p;
    buf_init(&out, &arena);
    report_init(&p, REPORT_JSON, 0, &out);
    add_note(&p, "a.yaml", DIAG_KEPT_PER_CODE + 5);
    add_note(&p, "b.yaml", DIAG_KEPT_PER_CODE + 5);
    report_done(&p);
    assert_true(str_ends(buf_str(&out),
                         STR("\"more\":[{\"code\":\"empty-value\",\"count\":6}],"
                             "\"errors\":2,\"warnings\":26,\"notes\":0}\n")));
}

static void test_no_place(void **state)
{
    (void)state;
    struct diag_sink sink;
    diag_init(&sink, &arena);
    diag_report(&sink, DIAG_CANNOT_WRITE, PLACE_NONE, NULL, "cannot write");
    assert_str(print(&sink, REPORT_TEXT, 0),
               "infonote: error[cannot-write]: cannot write\n");
    assert_str(print(&sink, REPORT_JSON, 0),
        "{\"reports\":[\n{\"severity\":\"error\",\"fatal\":true,"
        "\"code\":\"cannot-write\",\"message\":\"cannot write\"}\n],\"more\":[],"
        "\"errors\":1,\"warnings\":0,\"notes\":0}\n");
}

static void test_json(void **state)
{
    (void)state;
    struct source s = source_of("callout:\n  colour: red\nx:\n");
    struct diag_sink sink;
    report_two(&sink, &s);
    assert_str(print(&sink, REPORT_JSON, 0),
        "{\"reports\":[\n"
        "{\"file\":\"note.yaml\",\"line\":2,\"column\":3,\"width\":6,"
        "\"severity\":\"error\",\"code\":\"unknown-key\","
        "\"message\":\"unknown key `colour`\",\"hint\":\"did you mean `color`?\","
        "\"second\":{\"file\":\"note.yaml\",\"line\":1,\"column\":1,"
        "\"message\":\"in this `callout` block\"}},\n"
        "{\"file\":\"note.yaml\",\"line\":3,\"column\":1,\"width\":1,"
        "\"severity\":\"warning\",\"code\":\"empty-value\","
        "\"message\":\"empty \\\"x\\\"\"}\n"
        "],\"more\":[],\"errors\":1,\"warnings\":1,\"notes\":0}\n");
    diag_init(&sink, &arena);
    assert_str(print(&sink, REPORT_JSON, 0),
        "{\"reports\":[],\"more\":[],\"errors\":0,\"warnings\":0,\"notes\":0}\n");
}

static void test_sarif(void **state)
{
    (void)state;
    struct source s = source_of("callout:\n  colour: red\nx:\n");
    s.name = STR("my notes/1:a.yaml");
    struct diag_sink sink;
    report_two(&sink, &s);
    str log = print(&sink, REPORT_SARIF, 0);
    size_t at;
    assert_true(str_find(log, STR("\"version\":\"2.1.0\""), &at));
    assert_true(str_find(log, STR(
        "{\"ruleId\":\"unknown-key\",\"ruleIndex\":11,\"level\":\"error\","
        "\"message\":{\"text\":\"unknown key `colour`; did you mean `color`?\"},"
        "\"locations\":[{\"physicalLocation\":{\"artifactLocation\":"
        "{\"uri\":\"my%20notes/1%3Aa.yaml\"},\"region\":{\"startLine\":2,"
        "\"startColumn\":3,\"endColumn\":9}}}],\"relatedLocations\":["), &at));
    assert_true(str_ends(log, STR("]}]}\n")));
}

/* --- the manual --- */

static void test_every_code_is_explained(void **state)
{
    (void)state;
    struct file_result manual = file_read(&arena, STR("docs/diagnostics.md"), 1 << 20);
    assert_int_equal(manual.status, FILE_OK);
    for (int i = 0; i < DIAG_CODE_COUNT; i++) {
        enum diag_code code = (enum diag_code)i;
        bool fatal = diag_severity_of(code) == DIAG_FATAL;
        str head = str_format(&arena, "\n### %s\n\n*%s%s.* %s\n\n", diag_name(code),
                              diag_severity_name(diag_severity_of(code)),
                              fatal ? ", exit status 3" : "", diag_meaning(code));
        size_t at;
        if (!str_find(manual.bytes, head, &at)) {
            fail_msg("docs/diagnostics.md lacks:%.*s", STR_ARG(head));
        }
    }
    size_t sections = 0;
    for (str rest = manual.bytes; rest.n;) {
        sections += str_starts(str_cut(rest, '\n', &rest), STR("### "));
    }
    assert_int_equal(sections, DIAG_CODE_COUNT); /* none explained that is not there */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_excerpts),
        cmocka_unit_test(test_no_excerpt),
        cmocka_unit_test(test_long_lines),
        cmocka_unit_test(test_lines_without_width),
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_color_is_only_around),
        cmocka_unit_test(test_hostile_text_stays_on_its_line),
        cmocka_unit_test(test_many_of_one_kind),
        cmocka_unit_test(test_a_layout_is_told_once),
        cmocka_unit_test(test_what_was_only_counted_is_told_once),
        cmocka_unit_test(test_no_place),
        cmocka_unit_test(test_json),
        cmocka_unit_test(test_sarif),
        cmocka_unit_test(test_every_code_is_explained),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
