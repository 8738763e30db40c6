/* SPDX-License-Identifier: MIT
 *
 * The data directory (layouts/ and fonts/) is the first of these:
 *     1. what the settings say;        2. $INFONOTE_DATA;
 *     3. beside the program: as installed (bin/../share/infonote, or from
 *        libexec/infonote/), or one of the folders above it that has both, which is the
 *        source tree around build/;
 *     4. the one compiled in. */
#include "engine.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "flow/flow.h"
#include "note/parsed.h"
#include "pdf/pdf.h"
#include "print.h"

enum { SPARE_MOST = 4 << 20 }; /* bytes kept from a note to the next */
enum { LEVELS_ABOVE = 4 }; /* build/asan/unit/program */

void *engine_calloc(size_t size)
{
    void *p = calloc(1, size);
    if (!p) {
        oom_report(size);
    }
    return p;
}

/* --- where things are --- */

static bool is_directory(str path)
{
    struct stat st;
    return path.n && stat(path.p, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool has_data(struct arena *a, str dir)
{
    return is_directory(file_join(a, dir, STR("layouts"))) &&
           is_directory(file_join(a, dir, STR("fonts")));
}

static str find_beside_program(struct arena *a)
{
    char name[4096];
    ssize_t n = readlink("/proc/self/exe", name, sizeof name - 1);
    if (n <= 0 || name[0] != '/') {
        return STR_NONE;
    }
    str dir = file_directory(a, (str){name, (size_t)n});
    str installed = file_join(a, dir, STR("../share/infonote"));
    str of_helper = file_join(a, dir, STR("../../share/infonote"));
    if (has_data(a, installed)) {
        return installed;
    }
    if (has_data(a, of_helper)) {
        return of_helper;
    }
    for (int level = 0; level < LEVELS_ABOVE && dir.n > 1; level++) {
        dir = file_directory(a, dir);
        if (has_data(a, dir)) {
            return dir;
        }
    }
    return STR_NONE;
}

static str find_data(struct arena *a, const char *asked, const char *compiled)
{
    const char *environment = getenv("INFONOTE_DATA");
    if (asked && *asked) {
        return str_copy(a, str_from(asked));
    }
    if (environment && *environment) {
        return str_copy(a, str_from(environment));
    }
    str beside = find_beside_program(a);
    if (beside.n) {
        return beside;
    }
    return compiled && has_data(a, str_from(compiled)) ? str_from(compiled) : STR_NONE;
}

static const str *copy_list(struct arena *a, const char *const *list, size_t *n)
{
    VEC(str) copies = {0};
    for (size_t i = 0; list[i]; i++) {
        vec_push(a, &copies, str_copy(a, str_from(list[i])));
    }
    *n = copies.n;
    return copies.v;
}

static const str *font_roots(struct arena *a, const char *const *asked, size_t *n)
{
    const char *roots[] = {"/usr/share/fonts", "/usr/local/share/fonts",
                           "/usr/share/texmf/fonts", NULL, NULL};
    const char *home = getenv("HOME");
    if (asked) {
        return copy_list(a, asked, n);
    }
    if (home && home[0] == '/') {
        roots[3] = file_join(a, str_from(home), STR(".local/share/fonts")).p;
    }
    return copy_list(a, roots, n);
}

static const str *profile_dirs(struct arena *a, const char *const *asked, size_t *n)
{
    const char *dirs[] = {"/usr/local/share/color/icc", "/usr/share/color/icc",
                          "/var/lib/color/icc", NULL, NULL};
    const char *home = getenv("HOME");
    if (asked) {
        return copy_list(a, asked, n);
    }
    if (home && home[0] == '/') {
        dirs[3] = file_join(a, str_from(home), STR(".local/share/icc")).p;
    }
    return copy_list(a, dirs, n);
}

void engine_init(struct infonote_engine *e, const infonote_settings *settings,
                 const char *compiled)
{
    static const char *const HYPHEN_DIRS[] = {"/usr/share/hyphen", NULL};
    static const infonote_settings NO_SETTINGS;
    const infonote_settings *s = settings ? settings : &NO_SETTINGS;
    struct text_config *text = &e->text_config;
    arena_init(&e->arena);
    arena_init(&e->spare);
    map_init(&e->layouts, &e->arena);
    e->svg_program = s->svg_program ? str_copy(&e->arena, str_from(s->svg_program))
                                    : STR_NONE;
    engine_images_init(e);
    e->data_dir = find_data(&e->arena, s->data_dir, compiled);
    e->has_data = e->data_dir.n && has_data(&e->arena, e->data_dir);
    if (e->has_data) {
        e->layouts_dir = file_join(&e->arena, e->data_dir, STR("layouts"));
        e->fonts_dir = file_join(&e->arena, e->data_dir, STR("fonts"));
    }
    e->layout_paths = (struct style_paths){&e->layouts_dir, e->has_data};
    text->font_specs = &e->fonts_dir;
    text->n_font_specs = e->has_data;
    text->font_roots = font_roots(&e->arena, s->font_roots, &text->n_font_roots);
    e->profile_dirs = profile_dirs(&e->arena, s->profile_dirs, &e->n_profile_dirs);
    const char *const *hyphens = s->hyphen_dirs ? s->hyphen_dirs : HYPHEN_DIRS;
    text->hyphen_dirs = copy_list(&e->arena, hyphens, &text->n_hyphen_dirs);
}

void engine_done(struct infonote_engine *e)
{
    for (size_t i = 0; i < e->loaded.n; i++) {
        engine_layout_free(e->loaded.v[i]);
    }
    image_tools_done(&e->images);
    pdf_shared_free(e->pdf); /* before the faces that it is about */
    flow_known_free(e->flow);
    note_parsed_free(e->parsed);
    if (e->text) {
        text_engine_free(e->text);
    }
    arena_done(&e->spare);
    arena_done(&e->arena);
}

/* Memory that goes back to the system after every note would be cleared by it before the
 * next one has it: a tenth of a small note's time. */
void engine_keep_arena(struct infonote_engine *e, struct arena *a)
{
    arena_done(&e->spare);
    arena_reset_whole(a, SPARE_MOST);
    e->spare = *a;
}

struct text_engine *engine_text(struct infonote_engine *e)
{
    if (!e->text) {
        e->text = text_engine_new(&e->text_config);
    }
    return e->text;
}

struct flow_known *engine_flow(struct infonote_engine *e)
{
    if (!e->flow) {
        e->flow = flow_known_new();
    }
    return e->flow;
}

struct note_parsed *engine_parsed(struct infonote_engine *e)
{
    if (!e->parsed) {
        e->parsed = note_parsed_new();
    }
    return e->parsed;
}

struct pdf_shared *engine_pdf(struct infonote_engine *e)
{
    if (!e->pdf) {
        e->pdf = pdf_shared_new();
    }
    return e->pdf;
}

/* --- layouts --- */

void engine_layout_free(struct engine_layout *l)
{
    if (l) {
        arena_done(&l->arena);
        free(l);
    }
}

/* Reports that point at the note that asked first must point at the one that asks now:
 * they are kept without a place. */
static void forget_asker(struct engine_layout *l, const struct source *asker)
{
    for (size_t i = 0; i < l->sink.list.n; i++) {
        struct diag *d = &l->sink.list.v[i];
        if (d->at.source == asker) {
            d->at = PLACE_NONE;
        }
        if (d->second.source == asker) {
            d->second = PLACE_NONE;
        }
    }
}

static void report_again(const struct engine_layout *l, struct place at,
                         struct diag_sink *sink)
{
    for (size_t i = 0; i < l->sink.list.n; i++) {
        const struct diag *from = &l->sink.list.v[i];
        struct place place = from->at.source ? from->at : at;
        struct diag *d = diag_report(sink, from->code, place, from->hint.p, "%.*s",
                                     STR_ARG(from->message));
        if (from->second_message.n) {
            diag_second(sink, d, from->second, from->second_message.p);
        }
    }
    for (size_t code = 0; code < DIAG_CODE_COUNT; code++) {
        size_t n = l->sink.per_code[code];
        size_t hidden = n > DIAG_KEPT_PER_CODE ? n - DIAG_KEPT_PER_CODE : 0;
        sink->per_code[code] += hidden;
        sink->counts[diag_severity_of((enum diag_code)code)] += hidden;
    }
}

static str layout_key(struct arena *a, const struct engine_request *r)
{
    return str_format(a, "%.*s\n%.*s\n%.*s", STR_ARG(r->near), STR_ARG(r->root),
                      STR_ARG(r->name));
}

struct layout *engine_find_layout(struct infonote_engine *e,
                                  const struct engine_request *request,
                                  struct diag_sink *sink, struct engine_layout **failed)
{
    struct arena_mark mark = arena_mark(&e->arena);
    str key = layout_key(&e->arena, request);
    struct engine_layout *l = map_find(&e->layouts, key);
    if (l) {
        arena_rewind(&e->arena, mark);
        report_again(l, request->at, sink);
        return l->layout;
    }
    l = engine_calloc(sizeof *l);
    arena_init(&l->arena);
    diag_init(&l->sink, &l->arena);
    struct print_screen screen;
    const struct style_press press = {&screen, print_on_screen};
    struct layout_request wanted = {request->name, request->at, request->near,
                                    &e->layout_paths, request->root, &press};
    print_screen_init(&screen, e);
    l->layout = layout_load(&wanted, &l->arena, &l->sink);
    print_screen_done(&screen);
    if (!l->layout || diag_has_errors(&l->sink)) {
        report_again(l, request->at, sink);
        *failed = l;
        return NULL;
    }
    forget_asker(l, request->at.source);
    report_again(l, request->at, sink);
    map_put(&e->layouts, key, l);
    vec_push(&e->arena, &e->loaded, l);
    return l->layout;
}
