/* SPDX-License-Identifier: MIT
 *
 * A footnote begins where its mark is: on the same page, in the same column, below it;
 * whatever the mark stands in, and wherever on the page that is. Where a note goes on to
 * the next page, two of its lines or more stand on each side. */
#include "flow_case.h"

#include <stdio.h>
#include <string.h>

struct kind {
    const char *name, *before, *mark; /* before the fillers; behind them */
    bool across; /* it may stand across the columns, its note in the first one */
};

#define TABLE(text) "  - table: {columns: [a], " text "}\n"
#define TWO(text) "  - table: {columns: [a, b], " text "}\n"
#define ROW "[v, w]"

static const struct kind KINDS[] = {
    {"paragraph", "", "  - 'alpha beta[^n] gamma'\n", false},
    {"two on a line", "", "  - 'alpha[^n] beta[^m] gamma[^o]'\n", false},
    {"long paragraph", "", "  - 'LONG alpha[^n] LONG beta[^m] LONG'\n", false},
    {"last line", "", "  - 'LONG LONG alpha[^n]'\n", false},
    {"heading", "", "  - {heading: 'Head[^n]'}\n  - alpha beta\n", false},
    {"list", "", "  - list: ['one[^n]', 'two', 'three[^m]', 'four']\n", false},
    {"nested list", "", "  - list:\n    - one\n    - body:\n      - two\n"
     "      - list: ['in[^n]', 'deep[^m]']\n", false},
    {"quote", "", "  - quote: ['alpha[^n]', 'LONG beta[^m]']\n", false},
    {"callout", "", "  - callout: {kind: note, title: 'Title[^n]', "
     "body: ['LONG end[^m]']}\n", false},
    {"definitions", "", "  - definitions: {'term[^n]': 'LONG meaning[^m]'}\n", false},
    {"cell", "", TWO("rows: [[x, 'y[^n]'], ['z[^m]', u], [v, 'w[^o]']]"), false},
    {"heads", "", "  - table: {columns: ['a[^n]', b], rows: [[x, y], [z, 'u[^m]'], " ROW
     ", " ROW ", " ROW "]}\n", false},
    {"long cell", "", TWO("rows: [[x, 'LONG LONG y[^n] LONG LONG LONG LONG LONG "
     "z[^m]']]"), false},
    {"joined cells", "", TWO("rows: [[{text: 'x[^n]', rows: 2}, 'y[^m]'], "
     "[{text: 'z[^o]'}]]"), false},
    {"caption", "", TABLE("rows: [['x[^n]'], [y]], caption: 'Cap[^m]'"), false},
    {"remark", "", TABLE("rows: [['x[^n]'], [y]], notes: ['Rem[^m]']"), false},
    {"float on top", "", TABLE("rows: [['x[^n]']], caption: 'Cap[^m]', place: top")
     "  - 'beta[^o]'\n", false},
    {"float at the foot", "", TABLE("rows: [['x[^n]']], caption: 'Cap[^m]', "
     "place: bottom") "  - 'beta[^o]'\n", false},
    {"columns", "", "  - columns: ['LONG alpha[^n]', 'LONG beta[^m] gamma']\n", false},
    {"task", "", "  - \"- [ ] to do[^n]\\n- [x] done[^m]\"\n", false},
    {"title", "title: 'T[^n]'\nsubtitle: 'S[^m]'\nbody:\n", "  - end\n", true},
    {"facts", "fields: {'Label[^n]': 'value[^m]', B: {C: 'nested[^o]'}}\nbody:\n",
     "  - end\n", true},
    {"disclaimer", "disclaimer: 'LONG alpha[^n]'\nbody:\n", "  - end\n", true},
    {"inside", "", "  - 'alpha[^p] beta[^n]'\n", false},
};

enum { N_KINDS = sizeof KINDS / sizeof *KINDS };

static const char LONG[] = "one two three four five six seven eight nine ten eleven";

/* `text` with LONG spelt out. */
static void put(struct buf *b, const char *text)
{
    str rest = str_from(text);
    size_t at;
    while (str_find(rest, STR("LONG"), &at)) {
        buf_put(b, str_sub(rest, 0, at));
        buf_puts(b, LONG);
        rest = str_sub(rest, at + 4, rest.n);
    }
    buf_put(b, rest);
}

static const char *make_note(struct flow_case *c, const struct kind *k, int fillers,
                             const char *note)
{
    struct buf b;
    buf_init(&b, &c->arena);
    bool title = str_starts(str_from(k->before), STR("title"));
    buf_puts(&b, title ? "" : "title: T\n");
    put(&b, k->before[0] ? k->before : "body:\n");
    for (int i = 0; i < fillers; i++) {
        buf_puts(&b, "  - filler\n");
    }
    put(&b, k->mark);
    for (int i = 0; i < 12; i++) {
        buf_puts(&b, "  - behind\n");
    }
    buf_puts(&b, "footnotes:\n");
    static const char *const NAMES[] = {"n", "m", "o", "p"};
    for (size_t i = 0; i < 4; i++) {
        str mark = str_format(&c->arena, "[^%s]", NAMES[i]);
        struct buf all = b;
        size_t at;
        if (!str_find(buf_str(&all), mark, &at)) {
            continue;
        }
        buf_format(&b, "  %s: '", NAMES[i]);
        put(&b, note);
        buf_puts(&b, i == 3 ? " inner[^i]'\n  i: 'inside'\n" : "'\n");
    }
    buf_char(&b, '\0');
    return b.p;
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

static int column(const struct flow_case *c, const struct page_anchor *a)
{
    return c->layout->page.columns > 1 && a->x > c->layout->page.width / 2;
}

static bool in_note(const struct flow_case *c, uint32_t element, uint32_t note)
{
    while (element && element != note) {
        element = case_parent(c, element);
    }
    return element == note;
}

/* How many lines of a note stand on a page. */
static int lines_on(const struct flow_case *c, uint32_t note, size_t page)
{
    const struct page *p = &c->pages->pages.v[page];
    int n = 0;
    len last = -1, x = 0;
    for (size_t i = 0; i < p->items.n; i++) {
        const struct page_item *item = &p->items.v[i];
        if (item->kind == PAGE_TEXT && item->artifact == STRUCTURE_CONTENT &&
            in_note(c, item->element, note) &&
            case_role(c, item->element) == STRUCTURE_P) {
            bool new_line = item->as.text.y != last || item->as.text.x < x;
            n += new_line;
            last = item->as.text.y;
            x = item->as.text.x;
        }
    }
    return n;
}

static void check_split(const struct flow_case *c, const char *what)
{
    for (uint32_t e = 1; e < c->tree->structure.elements.n; e++) {
        if (case_role(c, e) != STRUCTURE_NOTE) {
            continue;
        }
        int all = 0;
        for (size_t page = 0; page < c->pages->pages.n; page++) {
            all += lines_on(c, e, page);
        }
        for (size_t page = 0; page < c->pages->pages.n; page++) {
            int here = lines_on(c, e, page);
            if (here == 1 && all > 1) {
                fail_msg("%s: one line of %d on page %zu", what, all, page + 1);
            }
        }
    }
}

static void check_notes(struct flow_case *c, const struct kind *k, const char *what)
{
    for (uint32_t n = 1; n <= c->tree->notes.n; n++) {
        const struct page_anchor *mark = anchor(c, str_format(&c->arena, "mark:%u", n));
        const struct page_anchor *note = anchor(c, str_format(&c->arena, "note:%u", n));
        assert_true(mark && mark->placed && note && note->placed);
        bool same = mark->page == note->page &&
                    (k->across || column(c, mark) == column(c, note));
        if (!same || note->y <= mark->y) {
            fail_msg("%s: mark %u is on page %u at %d,%d, its note on %u at %d,%d", what,
                     n, mark->page + 1, mark->x / LEN_PT, mark->y / LEN_PT,
                     note->page + 1, note->x / LEN_PT, note->y / LEN_PT);
        }
    }
    check_split(c, what);
}

static void set_sheet(struct layout *l, int columns)
{
    l->page.width = columns > 1 ? PT(380) : PT(220);
    l->page.height = PT(340);
    l->page.top = l->page.first_top = PT(30);
    l->page.bottom = PT(40);
    l->page.inner = l->page.outer = PT(25);
    l->page.columns = columns;
}

static void check_kind(struct flow_case *c, const struct kind *k, const char *note)
{
    static const int COLUMNS[] = {1, 2};
    static const enum layout_caption SIDES[] = {LAYOUT_ABOVE, LAYOUT_BELOW};
    int ways = strcmp(k->name, "caption") == 0 ? 4 : 2;
    for (int i = 0; i < ways; i++) {
        for (int fillers = 0; fillers < 14; fillers += STRIDE) {
            struct arena_mark mark = arena_mark(&c->arena);
            set_sheet(case_layout(c, "base"), COLUMNS[i % 2]);
            c->layout->captions.tables = SIDES[i / 2];
            case_pages(c, make_note(c, k, fillers, note));
            char what[120];
            snprintf(what, sizeof what, "%s, %d columns, %d fillers, note %.10s", k->name,
                     COLUMNS[i % 2], fillers, note);
            check_notes(c, k, what);
            arena_rewind(&c->arena, mark);
        }
    }
}

static void notes_begin_below_their_marks(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    for (size_t i = 0; i < N_KINDS; i++) {
        check_kind(&c, &KINDS[i], "short");
        check_kind(&c, &KINDS[i], "LONG LONG");
    }
    case_close(&c);
}

/* --- What no page can hold --- */

static const char *note_of_lines(struct flow_case *c, const char *body, int lines)
{
    struct buf b;
    buf_init(&b, &c->arena);
    buf_format(&b, "title: T\nbody: '%s'\nfootnotes:\n", body);
    for (const char *name = "nmo"; *name; name++) {
        if (strchr(body, *name)) {
            buf_format(&b, "  %c: '0", *name);
            for (int i = 1; i < lines; i++) {
                buf_format(&b, "<br>%d", i);
            }
            buf_puts(&b, "'\n");
        }
    }
    buf_char(&b, '\0');
    return b.p;
}

static void a_note_higher_than_a_page_is_told(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    set_sheet(case_layout(&c, "base"), 1);
    case_pages(&c, note_of_lines(&c, "a b[^n]", 12));
    assert_int_equal(c.sink.per_code[DIAG_LONG_FOOTNOTE], 0);
    case_pages(&c, note_of_lines(&c, "a b[^n]", 60));
    assert_int_equal(c.sink.per_code[DIAG_LONG_FOOTNOTE], 1);
    assert_int_equal(c.sink.list.v[0].at.line, 4);
    assert_int_equal(anchor(&c, STR("note:1"))->page, 0);
    check_split(&c, "a long note");
    case_close(&c);
}

static void notes_without_room_are_told(void **state)
{
    (void)state;
    struct flow_case c;
    case_open(&c);
    set_sheet(case_layout(&c, "base"), 1);
    case_pages(&c, note_of_lines(&c, "a[^n] b[^m] c[^o]", 9));
    uint32_t page = anchor(&c, STR("mark:3"))->page;
    assert_int_equal(anchor(&c, STR("note:2"))->page, page);
    assert_int_equal(anchor(&c, STR("note:3"))->page, page + 1);
    assert_int_equal(c.sink.per_code[DIAG_LONG_FOOTNOTE], 1);
    assert_int_equal(c.sink.list.v[0].at.line, 6);
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(notes_begin_below_their_marks),
        cmocka_unit_test(a_note_higher_than_a_page_is_told),
        cmocka_unit_test(notes_without_room_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
