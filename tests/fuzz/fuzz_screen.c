/* SPDX-License-Identifier: MIT
 *
 * Any bytes as a note for screens: its plain text and its HTML. The first byte is
 * options. Whatever a note holds, its text is UTF-8 without control characters, and its
 * HTML is well-formed: elements close in turn, attributes are quoted, nothing runs. */
#include "fuzz.h"

#include "base/utf8.h"

enum { MOST_DEPTH = 4096, MOST_NAME = 16 };

struct page {
    const char *at, *end;
    char open[MOST_DEPTH][MOST_NAME]; /* names of elements */
    size_t depth;
};

static void refuse(const char *what, const char *at, const char *end)
{
    fprintf(stderr, "%s: %.*s\n", what, (int)(end - at < 200 ? end - at : 200), at);
    abort();
}

static void check_text(const char *bytes, size_t n)
{
    size_t bad;
    if (!utf8_valid((str){bytes, n}, &bad)) {
        refuse("no UTF-8", bytes + bad, bytes + n);
    }
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F) {
            refuse("a control character", bytes + i, bytes + n);
        }
    }
}

static bool is_empty(const char *name)
{
    static const char *const EMPTY[] = {"br", "hr", "img", "meta"};
    for (size_t i = 0; i < sizeof EMPTY / sizeof *EMPTY; i++) {
        if (strcmp(EMPTY[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static void take_name(struct page *p, char name[MOST_NAME])
{
    size_t n = 0;
    while (p->at < p->end && n + 1 < MOST_NAME &&
           ((*p->at >= 'a' && *p->at <= 'z') || (*p->at >= '0' && *p->at <= '9'))) {
        name[n++] = *p->at++;
    }
    name[n] = '\0';
    if (!n || strcmp(name, "script") == 0) {
        refuse("no element", p->at, p->end);
    }
}

/* ` name="value"`, up to the end of the tag. */
static void take_attributes(struct page *p)
{
    while (p->at < p->end && *p->at != '>') {
        const char *equals = memchr(p->at, '=', (size_t)(p->end - p->at));
        if (*p->at != ' ' || !equals || equals + 1 >= p->end || equals[1] != '"') {
            refuse("no attribute", p->at, p->end);
        }
        for (const char *c = p->at + 1; c < equals; c++) {
            if ((*c < 'a' || *c > 'z') && *c != '-') {
                refuse("no name of an attribute", p->at, p->end);
            }
        }
        if (p->at[1] == 'o' && p->at[2] == 'n') {
            refuse("what runs", p->at, p->end);
        }
        const char *end = memchr(equals + 2, '"', (size_t)(p->end - equals - 2));
        if (!end || memchr(equals + 2, '<', (size_t)(end - equals - 2))) {
            refuse("a value without end", p->at, p->end);
        }
        p->at = end + 1;
    }
    p->at++;
}

static void take_tag(struct page *p)
{
    char name[MOST_NAME];
    bool closes = p->at + 1 < p->end && p->at[1] == '/';
    p->at += closes ? 2 : 1;
    take_name(p, name);
    take_attributes(p);
    if (closes) {
        if (!p->depth || strcmp(p->open[--p->depth], name) != 0) {
            refuse("closed out of turn", p->at, p->end);
        }
    } else if (!is_empty(name) && p->depth < MOST_DEPTH) {
        strcpy(p->open[p->depth++], name);
    }
}

/* A comment is what Outlook reads; a style sheet holds no letters of the note. */
static bool skip(struct page *p, const char *from, const char *to)
{
    size_t n = strlen(from);
    if ((size_t)(p->end - p->at) < n || memcmp(p->at, from, n) != 0) {
        return false;
    }
    const char *end = memmem(p->at, (size_t)(p->end - p->at), to, strlen(to));
    if (!end) {
        refuse("no end", p->at, p->end);
    }
    p->at = end + strlen(to);
    return true;
}

static void check_html(const char *bytes, size_t n)
{
    static struct page p;
    p.at = bytes;
    p.end = bytes + n;
    p.depth = 0;
    while (p.at < p.end) {
        if (*p.at != '<') {
            p.at++;
        } else if (!skip(&p, "<!--", "-->") && !skip(&p, "<!DOCTYPE", ">") &&
                   !skip(&p, "<style>", "</style>")) {
            take_tag(&p);
        }
    }
    if (p.depth) {
        refuse("never closed", p.open[p.depth - 1], p.open[p.depth - 1] + MOST_NAME);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    infonote_options options = {0};
    const char *bytes;
    size_t n;
    if (!size) {
        return 0;
    }
    bool cover = data[0] & 1;
    infonote_note *note = infonote_note_load_bytes(
        fuzz_engine(), "note.yaml", (const char *)data + 1, size - 1, &options);
    if (infonote_write_text(note, cover, &bytes, &n) == INFONOTE_OK) {
        check_text(bytes, n);
    }
    if (infonote_write_html(note, cover, &bytes, &n) == INFONOTE_OK) {
        check_text(bytes, n);
        check_html(bytes, n);
    }
    fuzz_refuse_failure(note);
    infonote_note_free(note);
    return 0;
}
