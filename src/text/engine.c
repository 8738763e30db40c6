/* SPDX-License-Identifier: MIT
 *
 * The engine's life, and the list of families for `infonote fonts`. */
#include "text/engine.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "text/hyphen.h"
#include "base/sha256.h"

/* Bytes of shaped words that text_engine_trim leaves: those of a note, and some that only
 * few have. What notes of one kind share is never forgotten for what each has alone. */
enum { WORD_BUDGET = 512 << 10, NOTE_BUDGET = 16 << 20 };

struct text_engine *text_engine_new(const struct text_config *config)
{
    struct text_engine *e = calloc(1, sizeof *e);
    if (!e) {
        oom_report(sizeof *e);
    }
    arena_init(&e->arena);
    arena_init(&e->words);
    arena_init(&e->scratch);
    arena_alloc(&e->scratch, 0); /* a block that stays: all else is rewound to here */
    map_init(&e->families, &e->arena);
    map_init(&e->patterns, &e->arena);
    map_init(&e->no_patterns, &e->arena);
    e->config = *config;
    e->buffer = hb_buffer_create();
    if (!hb_buffer_allocation_successful(e->buffer)) {
        oom_report(1);
    }
    return e;
}

void text_engine_free(struct text_engine *e)
{
    if (!e) {
        return;
    }
    for (size_t i = 0; i < e->faces.n; i++) {
        text_face_free(e->faces.v[i]);
    }
    for (size_t i = 0; i < e->loaded.n; i++) {
        text_patterns_free(e->loaded.v[i]);
    }
    hb_buffer_destroy(e->buffer);
    arena_done(&e->scratch);
    arena_done(&e->words);
    arena_done(&e->arena);
    free(e);
}

void text_engine_trim(struct text_engine *e)
{
    arena_reset(&e->scratch);
    if (e->first_words == 0) {
        e->first_words = e->words.used < NOTE_BUDGET ? e->words.used : NOTE_BUDGET;
    }
    if (e->words.used > e->first_words + WORD_BUDGET) {
        arena_reset_whole(&e->words, e->first_words + WORD_BUDGET);
        e->slots = NULL;
        e->n_slots = e->n_words = 0;
        e->first_words = 0;
        e->age++;
    }
}

uint64_t text_engine_age(const struct text_engine *e)
{
    return e->age;
}

static int compare_names(const void *a, const void *b)
{
    return str_compare(*(const str *)a, *(const str *)b);
}

struct names {
    str *v;
    size_t n, cap;
};

static void add_names(struct arena *a, str directory, struct names *names)
{
    DIR *d = opendir(arena_copy(a, directory.p, directory.n));
    for (struct dirent *entry; d && (entry = readdir(d));) {
        str name = str_from(entry->d_name);
        if (str_ends(name, STR(".yaml")) && name.p[0] != '.') {
            vec_push(a, names, str_copy(a, str_sub(name, 0, name.n - 5)));
        }
    }
    if (d) {
        closedir(d);
    }
}

/* "ok", "missing", "changed" or "unusable". */
static const char *face_state(struct text_engine *e, const struct text_family_face *face,
                              bool verify, struct arena *a)
{
    str path = text_face_path(e, face->file, a);
    if (!path.n) {
        return "missing";
    }
    if (!verify) {
        return "ok";
    }
    struct file_result file = file_map(path);
    if (file.status != FILE_OK) {
        return "unusable";
    }
    char digest[65];
    str_sha256(file.bytes, digest);
    file_unmap(file.bytes);
    return str_is(face->sha256, digest) ? "ok" : "changed";
}

static bool list_family(struct text_engine *e, str name, bool verify, struct arena *a,
                        struct buf *out)
{
    const struct text_family *f = text_family_find(e, name);
    buf_format(out, "%-24.*s", STR_ARG(name));
    if (f->problem.n) {
        buf_format(out, " %.*s\n", STR_ARG(f->problem));
        return false;
    }
    bool good = true;
    for (size_t i = 0; i < f->n; i++) {
        const char *state = face_state(e, &f->faces[i], verify, a);
        buf_format(out, " %u%s", (unsigned)f->faces[i].weight,
                   f->faces[i].italic ? "i" : "");
        if (strcmp(state, "ok") != 0) {
            buf_format(out, " (%s)", state);
            good = false;
        }
    }
    buf_format(out, "; %.*s %.*s; %.*s; %.*s\n", STR_ARG(f->title), STR_ARG(f->version),
               STR_ARG(f->licence), STR_ARG(f->package));
    return good;
}

/* The names of all families, in order, each once. */
static struct names all_names(const struct text_engine *e, struct arena *a)
{
    struct names names = {0};
    for (size_t i = 0; i < e->config.n_font_specs; i++) {
        add_names(a, e->config.font_specs[i], &names);
    }
    if (names.n) {
        qsort(names.v, names.n, sizeof *names.v, compare_names);
    }
    size_t n = 0;
    for (size_t i = 0; i < names.n; i++) {
        if (n == 0 || !str_eq(names.v[i], names.v[n - 1])) {
            names.v[n++] = names.v[i];
        }
    }
    names.n = n;
    return names;
}

str text_suggest_family(const struct text_engine *e, str name, struct arena *a)
{
    struct names names = all_names(e, a);
    const char **candidates = NEW_ARRAY(a, const char *, names.n);
    for (size_t i = 0; i < names.n; i++) {
        candidates[i] = names.v[i].p; /* a copy that ends in NUL */
    }
    return diag_suggest(a, name, candidates, names.n);
}

bool text_list_families(struct text_engine *e, bool verify, struct arena *a,
                        struct buf *out)
{
    struct names names = all_names(e, a);
    bool good = names.n > 0;
    for (size_t i = 0; i < names.n; i++) {
        good = list_family(e, names.v[i], verify, a, out) && good;
    }
    return good;
}

const struct text_listed *text_list_files(struct text_engine *e, size_t *n)
{
    VEC(struct text_listed) files = {0};
    struct names names = all_names(e, &e->arena);
    for (size_t i = 0; i < names.n; i++) {
        const struct text_family *f = text_family_find(e, names.v[i]);
        for (size_t k = 0; k < f->n; k++) {
            str path = text_face_path(e, f->faces[k].file, &e->arena);
            if (path.n && !f->problem.n) {
                vec_push(&e->arena, &files, (struct text_listed){f->title, path});
            }
        }
    }
    *n = files.n;
    return files.v;
}
