/* SPDX-License-Identifier: MIT
 *
 * Liang's patterns: by hand-made files, and against libhyphen on the words of the texts
 * that every Debian system has. */
/* link: -lhyphen */
#include "assertions.h"

#include <ctype.h>
#include <hyphen.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/map.h"
#include "text/hyphen.h"

/* libhyphen does not free all that it loads; that is not this test's business. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libhyphen";
}

static void write_file(const char *path, const char *text)
{
    assert_int_equal(file_write(str_from(path), str_from(text)), 0);
}

static struct text_patterns *patterns_of(const char *text)
{
    char path[64];
    snprintf(path, sizeof path, "/tmp/test_text_hyphen.%d.dic", (int)getpid());
    write_file(path, text);
    struct text_patterns *p = text_patterns_load(str_from(path));
    unlink(path);
    return p;
}

/* "hy-phen" for a word that may be divided there. */
static const char *divided(const struct text_patterns *p, const char *word)
{
    static char out[512];
    uint8_t breaks[256];
    text_patterns_apply(p, str_from(word), breaks);
    size_t n = 0;
    for (size_t i = 0; word[i]; i++) {
        if (breaks[i]) {
            out[n++] = '-';
        }
        out[n++] = word[i];
    }
    out[n] = '\0';
    return out;
}

static void test_liangs_example(void **state)
{
    (void)state;
    struct text_patterns *p = patterns_of("UTF-8\nLEFTHYPHENMIN 2\nRIGHTHYPHENMIN 2\n"
                                          "hy3ph\nhe2n\nhena4\nhen5at\n1na\nn2at\n1tio\n"
                                          "2io\no2n\n");
    assert_non_null(p);
    assert_string_equal(divided(p, "hyphenation"), "hy-phen-ation");
    assert_string_equal(divided(p, "Hyphenation"), "Hy-phen-ation");
    assert_string_equal(divided(p, ""), "");
    assert_string_equal(divided(p, "h"), "h");
    text_patterns_free(p);
}

static void test_ends_and_minima(void **state)
{
    (void)state;
    struct text_patterns *p = patterns_of("UTF-8\nLEFTHYPHENMIN 3\nRIGHTHYPHENMIN 4\n"
                                          "# a comment\n% another\n1b\n.ab4c\n1é\n");
    assert_string_equal(divided(p, "ababababab"), "aba-ba-babab");
    assert_string_equal(divided(p, "éééééééé"), "ééé-é-éééé");
    text_patterns_free(p);
    p = patterns_of("UTF-8\n1b\n.a2b\nb2.\n");
    assert_string_equal(divided(p, "abab"), "abab");
    assert_string_equal(divided(p, "cacabca"), "caca-bca");
    text_patterns_free(p);
}

static void test_compounds(void **state)
{
    (void)state;
    struct text_patterns *p = patterns_of(
        "ISO8859-1\nLEFTHYPHENMIN 2\nRIGHTHYPHENMIN 2\nCOMPOUNDLEFTHYPHENMIN 2\n"
        "COMPOUNDRIGHTHYPHENMIN 3\nhaus1t\nNEXTLEVEL\n1t\n1r\n\xe4"
        "1u\n");
    assert_string_equal(divided(p, "haust\xc3\xbcre"), "haus-t\xc3\xbc-re");
    assert_string_equal(divided(p, "rah\xc3\xa4uta"), "rah\xc3\xa4-u-ta");
    assert_string_equal(divided(p, "\xe4\xb8\xad\xe4\xb8\xad\xe4\xb8\xad"),
                        "\xe4\xb8\xad\xe4\xb8\xad\xe4\xb8\xad");
    text_patterns_free(p);
}

static void test_broken_files(void **state)
{
    (void)state;
    assert_null(text_patterns_load(STR("/nowhere/hyph_xx.dic")));
    assert_null(text_patterns_load(STR("/tmp")));
    assert_null(patterns_of("NO-SUCH-CHARSET\n1a\n"));
    assert_null(patterns_of("\n1a\n"));
    struct text_patterns *p =
        patterns_of("UTF-8\n1\n\n123\nLEFTHYPHENMIN\n/\na1b/x=y,1,1");
    assert_non_null(p);
    assert_string_equal(divided(p, "abababab"), "abababab");
    text_patterns_free(p);
    char endless[200];
    memset(endless, 'a', sizeof endless);
    endless[199] = '\0';
    p = patterns_of("UTF-8\n1a\n");
    assert_string_equal(divided(p, endless), endless);
    text_patterns_free(p);
}

/* Words of letters, three bytes and longer, in lower case, each once; and, because the
 * licences share their words, every word with the one before it as if they were one. */
struct words {
    struct arena arena;
    struct map seen;
    VEC(str) list;
};

static void add_word(struct words *w, const char *word)
{
    if (!map_put(&w->seen, str_from(word), (void *)(uintptr_t)word)) {
        vec_push(&w->arena, &w->list, str_from(word));
    }
}

static void add_words(struct words *w, str text)
{
    const char *before = "";
    for (size_t i = 0; i < text.n;) {
        size_t from = i;
        while (i < text.n && isalpha((unsigned char)text.p[i])) {
            i++;
        }
        if (i - from >= 3 && i - from < 40) {
            char *word = arena_copy(&w->arena, text.p + from, i - from);
            for (char *c = word; *c; c++) {
                *c = (char)tolower((unsigned char)*c);
            }
            add_word(w, word);
            if (strlen(before) + strlen(word) < 60) {
                add_word(w, str_format(&w->arena, "%s%s", before, word).p);
            }
            before = word;
        }
        i = i == from ? i + 1 : i;
    }
}

static int read_words(void **state)
{
    static const char *const FILES[] = {"GPL-3", "GPL-2", "LGPL-2.1", "Apache-2.0",
                                        "GFDL-1.3", "MPL-2.0", "Artistic", "MPL-1.1"};
    struct words *w = calloc(1, sizeof *w);
    arena_init(&w->arena);
    map_init(&w->seen, &w->arena);
    for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++) {
        char path[128];
        snprintf(path, sizeof path, "/usr/share/common-licenses/%s", FILES[i]);
        struct file_result file = file_read(&w->arena, str_from(path), 1 << 20);
        if (file.status == FILE_OK) {
            add_words(w, file.bytes);
        }
    }
    *state = w;
    return 0;
}

static int free_words(void **state)
{
    struct words *w = *state;
    arena_done(&w->arena);
    free(w);
    return 0;
}

static void divide_by_libhyphen(HyphenDict *dict, str word, uint8_t *breaks)
{
    char hyphens[128];
    char **rep = NULL;
    int *pos = NULL, *cut = NULL;
    memset(breaks, 0, word.n);
    assert_int_equal(hnj_hyphen_hyphenate2(dict, word.p, (int)word.n, hyphens, NULL, &rep,
                                           &pos, &cut), 0);
    for (size_t i = 0; i + 1 < word.n; i++) {
        breaks[i + 1] = hyphens[i] & 1;
    }
    assert_null(rep);
}

static void compare(struct words *w, const char *path)
{
    struct text_patterns *ours = text_patterns_load(str_from(path));
    HyphenDict *theirs = hnj_hyphen_load(path);
    if (!ours && !theirs) {
        skip(); /* the dictionary is not installed */
    }
    assert_non_null(ours);
    assert_non_null(theirs);
    assert_true(w->list.n >= 4000);
    size_t different = 0, divided_words = 0;
    for (size_t i = 0; i < w->list.n; i++) {
        uint8_t a[128], b[128];
        str word = w->list.v[i];
        text_patterns_apply(ours, word, a);
        divide_by_libhyphen(theirs, word, b);
        divided_words += memchr(a, 1, word.n) != NULL;
        if (memcmp(a, b, word.n) != 0) {
            different++;
            print_message("%s: %s\n", path, divided(ours, word.p));
        }
    }
    assert_true(divided_words > w->list.n / 2);
    assert_int_equal(different, 0);
    hnj_hyphen_free(theirs);
    text_patterns_free(ours);
}

/* The two agree wherever a file was prepared for libhyphen, which sees only the longest
 * pattern that ends at a letter: such files repeat in every pattern what shorter ones
 * say. hyph_it_IT.dic was not; there Liang's rule finds more (au-tori), and is right. */
static void test_english_british(void **state)
{
    compare(*state, "/usr/share/hyphen/hyph_en_GB.dic");
}

static void test_english_american(void **state)
{
    compare(*state, "/usr/share/hyphen/hyph_en_US.dic");
}

static void test_french(void **state)
{
    compare(*state, "/usr/share/hyphen/hyph_fr.dic");
}

static void test_spanish(void **state)
{
    compare(*state, "/usr/share/hyphen/hyph_es_ES.dic");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_liangs_example),    cmocka_unit_test(test_ends_and_minima),
        cmocka_unit_test(test_compounds),         cmocka_unit_test(test_broken_files),
        cmocka_unit_test(test_english_british),   cmocka_unit_test(test_english_american),
        cmocka_unit_test(test_french),            cmocka_unit_test(test_spanish),
    };
    return cmocka_run_group_tests(tests, read_words, free_words);
}
