/* SPDX-License-Identifier: MIT
 *
 * What a layout may not say: every problem is reported at its place, in one run, with
 * what to do; and every single-character typo of a key leads to the key. */
#include "assertions.h"
#include "style_case.h"

static void test_texts_have_a_limit(void **state)
{
    struct style_case c;
    (void)state;
    case_open(&c);
    char x[4002] = "";
    memset(x, 'x', 4001);
    str text = str_format(&c.a, "extends: base\nlabels:\n  en: {page: %s}\n"
                                "letterhead:\n  logo: {alt: %s}\n"
                                "lists: {bullets: [a, %s]}\nletter: {sender-line: %s}\n",
                          x, x, x, x + 1);
    assert_null(case_load(&c, text.p));
    case_expect(&c, DIAG_TOO_LARGE, 3, 14, "shorten it");
    case_expect(&c, DIAG_TOO_LARGE, 5, 15, "shorten it");
    case_expect(&c, DIAG_TOO_LARGE, 6, 22, "shorten it");
    assert_int_equal(c.sink.per_code[DIAG_TOO_LARGE], 3);
    case_close(&c);
}

static void test_all_problems_in_one_run(void **state)
{
    struct style_case c;
    (void)state;
    case_open(&c);
    assert_null(case_load(&c,
        "fonts: {serif: gentium-plus}\n"             /* 1 */
        "colors: {accent: \"#12345\", good: red}\n"
        "page:\n"
        "  columns: two\n"
        "  margins: {top: 12}\n"                     /* 5 */
        "  gutter: 4px\n"
        "  size: A44\n"
        "styles:\n"
        "  title:\n"
        "    font: serfi\n"                          /* 10 */
        "    color: acent\n"
        "    align: justfy\n"
        "    size: 2000pt\n"
        "    weight: heavy\n"
        "    word-stretch: 0.5\n"                    /* 15 */
        "    keep-together: maybe\n"
        "    features: {smallcaps: 1, liga: perhaps}\n"
        "    font-size: 3pt\n"
        "    leading: 14\n"
        "  heading-7: {size: 1em}\n"                 /* 20 */
        "  mine: {size: 1em}\n"
        "  own: {extends: headnig-1}\n"
        "margins: 3cm\n"
        "title: {size: 3pt}\n"
        "breaking: {widow: -1, orphan: 1.5}\n"       /* 25 */
        "labels:\n"
        "  english: {page: x}\n"
        "  en: {pgae: x, to: [a]}\n"
        "lists: {bullets: [a, b, c, d, e]}\n"
        "header: none\n"));                          /* 30 */
    case_expect(&c, DIAG_BAD_COLOR, 2, 18, "#1f4e79");
    case_expect(&c, DIAG_WRONG_TYPE, 4, 12, "a whole number");
    case_expect(&c, DIAG_BAD_UNIT, 5, 18, "add a unit");
    case_expect(&c, DIAG_BAD_UNIT, 6, 11, "no pixels");
    case_expect(&c, DIAG_BAD_VALUE, 7, 9, "did you mean `A4`?");
    case_expect(&c, DIAG_NO_FONT, 10, 11, "did you mean `serif`?");
    case_expect(&c, DIAG_BAD_COLOR, 11, 12, "did you mean `accent`?");
    case_expect(&c, DIAG_BAD_VALUE, 12, 12, "did you mean `justify`?");
    case_expect(&c, DIAG_OUT_OF_RANGE, 13, 11, "1pt to 1000pt");
    case_expect(&c, DIAG_BAD_VALUE, 14, 13, "bold");
    case_expect(&c, DIAG_BAD_UNIT, 15, 19, "50%");
    case_expect(&c, DIAG_BAD_VALUE, 16, 20, "true or false");
    case_expect(&c, DIAG_BAD_VALUE, 17, 16, "four letters");
    case_expect(&c, DIAG_UNKNOWN_KEY, 18, 5, "`size`");
    case_expect(&c, DIAG_BAD_UNIT, 19, 14, "0.5 to 5");
    case_expect(&c, DIAG_UNKNOWN_STYLE, 20, 3, "did you mean `heading-1`?");
    case_expect(&c, DIAG_UNKNOWN_STYLE, 21, 3, "`extends`");
    case_expect(&c, DIAG_UNKNOWN_STYLE, 22, 18, "did you mean `heading-1`?");
    case_expect(&c, DIAG_UNKNOWN_KEY, 23, 1, "belongs into `page`");
    case_expect(&c, DIAG_UNKNOWN_KEY, 24, 1, "`styles:`");
    case_expect(&c, DIAG_OUT_OF_RANGE, 25, 19, "0 to 1000000");
    case_expect(&c, DIAG_WRONG_TYPE, 25, 31, "a whole number");
    case_expect(&c, DIAG_BAD_LANGUAGE, 27, 3, "`en`");
    case_expect(&c, DIAG_UNKNOWN_KEY, 28, 8, "did you mean `page`?");
    case_expect(&c, DIAG_WRONG_TYPE, 28, 21, "words");
    case_expect(&c, DIAG_OUT_OF_RANGE, 29, 18, "one a level");
    case_expect(&c, DIAG_WRONG_TYPE, 30, 9, "");
    assert_int_equal(c.sink.counts[DIAG_ERROR], 29);
    case_close(&c);
}

static void test_values_in_their_spellings(void **state)
{
    struct style_case c;
    (void)state;
    case_open(&c);
    struct layout *l = case_good(&c,
        "styles:\n"
        "  body: {weight: 350, italic: yes, caps: all-small, figures: oldstyle,\n"
        "         figure-width: tabular, word-shrink: 12.5%, letter-space: -0.02em,\n"
        "         size: 12 pt, underline: on, color: \"rgb(255, 0, 0)\"}\n"
        "disclaimer: {place: footnote, heading: no}\n"
        "footnotes: {numbering: symbols, rule-width: 0}\n"
        "breaking: {stretch: 12%, flush-bottom: true}\n");
    const struct style *s = style_root(l);
    assert_int_equal(s->weight, 350);
    assert_true(s->italic && s->underline && !s->strike && s->typography);
    assert_int_equal(s->caps, STYLE_CAPS_ALL_SMALL);
    assert_int_equal(s->figures, STYLE_FIGURES_OLDSTYLE);
    assert_int_equal(s->figure_width, STYLE_WIDTH_TABULAR);
    assert_int_equal(s->word_shrink, 125);
    assert_int_equal(s->letter_space, -len_muldiv(PT(12), 2, 100));
    assert_int_equal(s->color.part[0], 1000);
    assert_int_equal(l->disclaimer.place, LAYOUT_AS_FOOTNOTE);
    assert_false(l->disclaimer.heading);
    assert_int_equal(l->notes.numbering, LAYOUT_NOTES_SYMBOLS);
    assert_int_equal(l->notes.rule_width, 0);
    assert_int_equal(l->breaking.stretch, 120);
    assert_true(l->breaking.flush_bottom);
    case_close(&c);
}

/* A layout with one key a line, so that a typo has a place. */
static const char *const TYPED[] = {
    "page:", "  size: A4", "  two-sided: false", "  columns: 1", "  gutter: 2em",
    "  header-gap: 2em", "  footer-gap: 2em", "  first-top: auto", "  margins:",
    "    top: 20mm", "    bottom: 20mm", "    inner: 20mm", "    outer: 20mm",
    "styles:", "  paragraph:", "    font: x", "    size: 11pt", "    weight: bold",
    "    italic: true", "    color: black", "    caps: none", "    figures: lining",
    "    figure-width: tabular", "    features: {liga: 0}", "    letter-space: 0",
    "    underline: false", "    strike: false", "    typography: true", "    rise: 0",
    "    leading: 1.3", "    align: start", "    hyphenate: true",
    "    word-stretch: 50%",
    "    word-shrink: 30%", "    widows: 2", "    orphans: 2", "    indent-start: 0",
    "    indent-end: 0", "    indent-first: 0", "    space-before: 0",
    "    space-after: 0",
    "    marker-gap: 0", "    keep-with-next: true", "    keep-together: true",
    "    page-break-before: false", "    span-columns: false", "    rule-above: 0",
    "    rule-below: 0", "    rule-gap: 0", "    rule-color: text",
    "  subtitle: {size: 1em}", "  fact-label: {size: 1em}",
    "  heading-number: {size: 1em}",
    "  list-item: {size: 1em}", "  code-block: {size: 1em}",
    "  footnote-mark: {size: 1em}",
    "  disclaimer: {size: 1em}", "  superscript: {size: 1em}",
    "  table-head: {size: 1em}",
    "  classification: {size: 1em}", "  small-caps: {size: 1em}",
    "header:", "  rule: 0", "  all:", "    left: x", "    center: x", "    right: x",
    "  first: {left: x}", "  left: {left: x}", "  right: {left: x}",
    "footer:", "  all: {center: x}",
    "headings:", "  numbered: true", "  formats: \"{1}\"", "  number-gap: 1em",
    "lists:", "  bullets: x", "  numbers: \"{1}\"",
    "footnotes:", "  numbering: decimal", "  rule-width: 30%", "  rule-thickness: 1pt",
    "  rule-space-above: 1em", "  rule-space-below: 1em", "  space-between: 1em",
    "disclaimer:", "  place: after-body", "  heading: true",
    "facts:", "  run-in: true", "  label-width: 30%",
    "breaking:", "  widow: 1", "  orphan: 1", "  stranded: 1", "  split-note: 1",
    "  hyphen-at-foot: 1", "  min-last: 1em", "  flush-bottom: true", "  stretch: 30%",
    "lines:", "  tolerance: 200", "  hyphen-penalty: 50", "  consecutive-hyphens: 1",
    "  fitness: 1", "  last-hyphen: 1",
    "labels:", "  en:", "    page: x", "    disclaimer: x", "    note: x", "    to: x",
    "    from: x", "    subject: x", "    date: x", "    reference: x", "    contents: x",
    "    continued: x", "description: x", "extends: other",
};
enum { N_TYPED = sizeof TYPED / sizeof TYPED[0] };

static str key_of(const char *line)
{
    str rest;
    return str_trim(str_cut(str_from(line), ':', &rest));
}

/* The layout with line `at` misspelt as `key`; lines below it stay as they are. */
static const char *with_typo(struct arena *a, size_t at, str key)
{
    struct buf b;
    buf_init(&b, a);
    for (size_t i = 0; i < N_TYPED; i++) {
        str line = str_from(TYPED[i]);
        size_t indent = 0;
        while (line.p[indent] == ' ') {
            indent++;
        }
        if (i == at) {
            buf_repeat(&b, ' ', indent);
            buf_put(&b, key);
            buf_put(&b, str_sub(line, indent + key_of(TYPED[i]).n, line.n));
        } else {
            buf_put(&b, line);
        }
        buf_char(&b, '\n');
    }
    return str_copy(a, buf_str(&b)).p;
}

/* True if `word` is a key beside line `at`: then it is no typo, but another key, or one
 * that stands there twice. */
static bool is_sibling(size_t at, str word)
{
    static const char *const MORE[] = {"list", "fact", "note", "facts", "table"};
    size_t indent = strspn(TYPED[at], " ");
    for (size_t i = 0; i < N_TYPED; i++) {
        if (strspn(TYPED[i], " ") == indent && str_eq(key_of(TYPED[i]), word)) {
            return true;
        }
    }
    for (size_t i = 0; i < 5; i++) {
        if (str_is(word, MORE[i])) {
            return true;
        }
    }
    return false;
}

static void try_typo(struct style_case *c, size_t at, str typo)
{
    str key = key_of(TYPED[at]);
    /* One letter may be anything. */
    if (typo.n < 2 || str_eq(typo, key) || str_is(key, "en") || is_sibling(at, typo)) {
        return;
    }
    struct arena_mark mark = arena_mark(&c->a);
    size_t files = c->files.n;
    struct layout *l = case_load(c, with_typo(&c->a, at, typo));
    const char *hint = str_format(&c->a, "did you mean `%.*s`?", STR_ARG(key)).p;
    size_t found;
    bool right = false;
    for (size_t i = 0; i < c->sink.list.n; i++) {
        const struct diag *d = &c->sink.list.v[i];
        right = right || (d->at.line == at + 1 &&
                          str_find(d->hint, str_from(hint), &found));
    }
    if (l || !right) {
        case_show(c);
        fail_msg("`%.*s` for `%.*s` was not understood", STR_ARG(typo), STR_ARG(key));
    }
    c->files.n = files;
    arena_rewind(&c->a, mark);
}

static void test_every_typo_leads_to_its_key(void **state)
{
    struct style_case c;
    (void)state;
    case_open(&c);
    case_write(&c, "layouts/other.yaml", "fonts: {serif: gentium-plus}\n");
    case_good(&c, with_typo(&c.a, N_TYPED, STR_NONE));
    for (size_t at = 0; at < N_TYPED; at++) {
        str key = key_of(TYPED[at]);
        for (size_t i = 0; i < key.n; i++) {
            char typo[64];
            memcpy(typo, key.p, i);
            memcpy(typo + i, key.p + i + 1, key.n - i - 1);
            try_typo(&c, at, (str){typo, key.n - 1});
            if (i + 1 < key.n) {
                memcpy(typo, key.p, key.n);
                typo[i] = key.p[i + 1];
                typo[i + 1] = key.p[i];
                try_typo(&c, at, (str){typo, key.n});
            }
        }
    }
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts_have_a_limit),
        cmocka_unit_test(test_all_problems_in_one_run),
        cmocka_unit_test(test_values_in_their_spellings),
        cmocka_unit_test(test_every_typo_leads_to_its_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
