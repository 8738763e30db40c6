/* SPDX-License-Identifier: MIT
 *
 * From a layout's name to its file, and along `extends` to the root of the chain. The
 * files are read from the root on, each over the ones before; then all is resolved. */
#include "style/sheet.h"

#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

enum { CHAIN_MAX = 16, BYTES_MAX = 1 << 20 };

/* One link of the chain. */
struct link {
    str path;             /* as found: for people */
    str canonical;        /* to know it again */
    struct place asked;   /* where it was asked for */
    const struct value *root;
    bool shipped;
};

struct loader {
    struct style_reader r;
    str near, root;
    const struct style_paths *paths;
    struct link chain[CHAIN_MAX];
    size_t n;
};

/* Names */

static bool is_path(str name)
{
    size_t at;
    return str_find_char(name, '/', &at) || str_ends(name, STR(".yaml")) ||
           str_ends(name, STR(".yml"));
}

/* True if a relative path would climb out of where it starts. */
static bool climbs(str path)
{
    if (str_starts(path, STR("/"))) {
        return true;
    }
    while (path.n) {
        if (str_is(str_cut(path, '/', &path), "..")) {
            return true;
        }
    }
    return false;
}

static str canonical(struct arena *a, str path)
{
    char resolved[PATH_MAX];
    const char *found = realpath(str_copy(a, path).p, resolved);
    return found ? str_copy(a, str_from(found)) : path;
}

/* Layouts of the note's own stand in a folder of their own: beside the note, `memo.yaml`
 * is more likely the memo than its layout. */
static str own_directory(struct loader *l)
{
    return file_join(l->r.arena, l->near.n ? l->near : STR("."), STR("layouts"));
}

static bool try_directory(struct loader *l, str directory, str name, str *path)
{
    str file = str_format(l->r.arena, "%.*s.yaml", STR_ARG(name));
    *path = file_join(l->r.arena, directory, file);
    return file_exists(*path);
}

static void add_names(struct arena *a, str directory, struct style_entries *out)
{
    DIR *d = opendir(str_copy(a, directory).p);
    if (!d) {
        return;
    }
    for (struct dirent *e = readdir(d); e; e = readdir(d)) {
        str file = str_from(e->d_name);
        if (str_ends(file, STR(".yaml")) && file.n > 5 && file.p[0] != '.') {
            str name = str_copy(a, str_sub(file, 0, file.n - 5));
            if (!style_find_entry(out, name, STR_NONE)) {
                vec_push(a, &out->list, (struct style_entry){.name = name});
            }
        }
    }
    closedir(d);
}

static int compare_entries(const void *a, const void *b)
{
    const struct style_entry *left = a, *right = b;
    return str_compare(left->name, right->name);
}

static struct style_entries list_names(const struct style_paths *paths, struct arena *a)
{
    struct style_entries names = {0};
    for (size_t i = 0; i < paths->n; i++) {
        add_names(a, paths->directories[i], &names);
    }
    if (names.list.n) {
        qsort(names.list.v, names.list.n, sizeof *names.list.v, compare_entries);
    }
    return names;
}

void layout_list(const struct style_paths *paths, struct arena *a, struct buf *out)
{
    struct style_entries names = list_names(paths, a);
    for (size_t i = 0; i < names.list.n; i++) {
        buf_put(out, names.list.v[i].name);
        buf_char(out, '\n');
    }
}

/* Finding */

static void report_missing(struct loader *l, str name, struct place at)
{
    struct arena *a = l->r.sink->arena;
    struct style_entries names = list_names(l->paths, a);
    add_names(a, own_directory(l), &names);
    str hint = style_suggest_entry(&names, name, a);
    str beside;
    if (!hint.n && !is_path(name) && try_directory(l, l->near, name, &beside)) {
        hint = str_format(a, "for the file beside the note write `./%.*s.yaml`",
                          STR_ARG(name));
    }
    if (!hint.n && names.list.n) {
        struct buf b;
        buf_init(&b, a);
        buf_puts(&b, "there are");
        for (size_t i = 0; i < names.list.n && i < 12; i++) {
            buf_format(&b, "%s %.*s", i ? "," : "", STR_ARG(names.list.v[i].name));
        }
        hint = str_copy(a, buf_str(&b));
    }
    diag_report(l->r.sink, DIAG_NO_LAYOUT, at, hint.p, "there is no layout `%.*s`",
                STR_ARG(name));
}

static bool report_outside(struct loader *l, str name, struct place at)
{
    diag_report(l->r.sink, DIAG_OUTSIDE_ROOT, at,
                "put the layout beside the note, or name it with --layout",
                "the layout `%.*s` is outside %s", STR_ARG(name),
                l->root.n ? "the folder of --root" : "the note's folder");
    return false;
}

/* A link may lead outside where the path does not. */
static bool stays_inside(struct loader *l, str path, struct place at)
{
    return file_is_below(l->r.sink->arena, path, l->root.n ? l->root : l->near) ||
           report_outside(l, path, at);
}

/* What a note or a layout asks for. */
struct asked {
    str name;
    struct place at;
    str base;     /* the directory that a path is relative to */
    bool trusted; /* whoever asks may leave the note's directory */
    bool shipped; /* it was found among those of the program */
};

static bool find_by_name(struct loader *l, struct asked *w, str *path)
{
    if (try_directory(l, own_directory(l), w->name, path)) {
        return w->trusted || stays_inside(l, *path, w->at);
    }
    for (size_t i = 0; i < l->paths->n; i++) {
        if (try_directory(l, l->paths->directories[i], w->name, path)) {
            w->trusted = w->shipped = true;
            return true;
        }
    }
    report_missing(l, w->name, w->at);
    return false;
}

static bool find_file(struct loader *l, struct asked *w, str *path)
{
    if (!is_path(w->name)) {
        return find_by_name(l, w, path);
    }
    *path = file_join(l->r.arena, w->base.n ? w->base : STR("."), w->name);
    if (!w->trusted && !l->root.n && climbs(w->name)) {
        return report_outside(l, w->name, w->at);
    }
    if (!file_exists(*path)) {
        report_missing(l, w->name, w->at);
        return false;
    }
    return w->trusted || stays_inside(l, *path, w->at);
}

static bool is_plain_text(str name)
{
    for (size_t i = 0; i < name.n; i++) {
        if ((unsigned char)name.p[i] < ' ') {
            return false;
        }
    }
    return name.n > 0 && name.n < 1024;
}

/* The chain */

static bool is_cycle(struct loader *l, str path, struct place at)
{
    for (size_t i = 0; i < l->n; i++) {
        if (str_eq(l->chain[i].canonical, path)) {
            struct diag *d = diag_report(l->r.sink, DIAG_LAYOUT_CYCLE, at,
                                         "let one of them extend something else",
                                         "the layout `%.*s` extends itself",
                                         STR_ARG(l->chain[i].path));
            struct place first = l->chain[i].asked;
            if (!first.source) {
                first = l->chain[i].root->at;
            }
            diag_second(l->r.sink, d, first, "it comes in here");
            return true;
        }
    }
    return false;
}

static const struct value *read_values(struct loader *l, str path, struct place at)
{
    struct file_result file = file_read(l->r.arena, path, BYTES_MAX);
    if (file.status == FILE_TOO_LARGE) {
        diag_report(l->r.sink, DIAG_TOO_LARGE, at, "a layout has at most a megabyte",
                    "the layout `%.*s` is too large", STR_ARG(path));
        return NULL;
    }
    if (file.status != FILE_OK) {
        diag_report(l->r.sink, DIAG_CANNOT_READ, at, NULL,
                    "the layout `%.*s` cannot be read%s%s", STR_ARG(path),
                    file.errno_value ? ": " : "",
                    file.errno_value ? strerror(file.errno_value) : "");
        return NULL;
    }
    struct source *source = NEW(l->r.arena, struct source);
    *source = (struct source){.name = path, .path = path, .text = file.bytes};
    struct value_limits limits = VALUE_LIMITS;
    return value_read(source, &limits, l->r.arena, l->r.sink);
}

/* One layout of the chain. Gives what it extends, or NULL at the end; *whole is false
 * when it could not be read. */
static const struct value *read_link(struct loader *l, struct asked *w, bool *whole)
{
    str path;
    *whole = w->shipped = false;
    if (!is_plain_text(w->name)) {
        report_missing(l, w->name, w->at);
        return NULL;
    }
    if (l->n == CHAIN_MAX) {
        diag_report(l->r.sink, DIAG_TOO_DEEP, w->at, "put some of them together",
                    "more than %d layouts extend each other", CHAIN_MAX);
        return NULL;
    }
    if (!find_file(l, w, &path)) {
        return NULL;
    }
    struct link link = {path, canonical(l->r.arena, path), w->at, NULL,
                        w->shipped};
    if (is_cycle(l, link.canonical, w->at)) {
        return NULL;
    }
    link.root = read_values(l, path, w->at);
    if (!link.root) {
        return NULL;
    }
    l->chain[l->n++] = link;
    *whole = true;
    const struct value *extends = value_find(link.root, "extends");
    /* If it is of another kind, reading the layout reports it. */
    return extends && extends->kind == VALUE_SCALAR ? extends : NULL;
}

/* Reads a layout and what it extends into the chain, the asked one first. */
static bool read_chain(struct loader *l, const struct layout_request *request)
{
    bool by_user = request->at.source == NULL;
    struct asked w = {request->name, request->at, by_user ? STR(".") : l->near, by_user,
                      false};
    bool whole;
    const struct value *extends;
    while ((extends = read_link(l, &w, &whole)) != NULL) {
        w.name = extends->text;
        w.at = extends->at;
        w.base = file_directory(l->r.arena, l->chain[l->n - 1].path);
    }
    return whole;
}

/* A file counts from the layout that names it, and is below that layout's folder or the
 * note's. False, with a report of `missing`, if it is not. */
static bool find_beside(struct loader *l, const struct style_spec *spec, str *path,
                        enum diag_code missing)
{
    str folder = file_directory(l->r.arena, spec->at.source->path);
    *path = file_join(l->r.arena, folder, spec->text);
    if (!file_exists(*path)) {
        diag_report(l->r.sink, missing, spec->at,
                    "names of files count from the layout's folder",
                    "there is no file `%.*s`", STR_ARG(spec->text));
        return false;
    }
    if (!file_is_below(l->r.sink->arena, *path, folder) &&
        !file_is_below(l->r.sink->arena, *path, l->root.n ? l->root : l->near)) {
        diag_report(l->r.sink, DIAG_OUTSIDE_ROOT, spec->at, "copy it beside the layout",
                    "`%.*s` is outside the folders of layout and note",
                    STR_ARG(spec->text));
        return false;
    }
    return true;
}

static const struct style_spec *spec_of(const struct loader *l, const char *path,
                                        str key)
{
    return &l->r.sheet->layout[style_find_layout_prop(path, key) - LAYOUT_PROPS];
}

static void find_logo(struct loader *l)
{
    static const char GROUP[] = "letterhead.logo";
    const struct style_spec *spec = spec_of(l, GROUP, STR("file"));
    str path;
    if (spec->text.n == 0 || !spec->at.source) {
        return;
    }
    if (find_beside(l, spec, &path, DIAG_NO_IMAGE) &&
        !spec_of(l, GROUP, STR("alt"))->at.source) {
        diag_report(l->r.sink, DIAG_MISSING_KEY, spec->at,
                    "say what it shows, or write `alt: \"\"` if its name stands beside",
                    "`alt` is missing in `letterhead.logo`");
    }
    l->r.layout->letterhead.logo.path = path;
    l->r.layout->letterhead.logo.at = spec->at;
}

/* What is no file is a printing condition. Whether either is there is asked by who
 * prints. */
static void find_profile(struct loader *l)
{
    const struct style_spec *spec = spec_of(l, "print", STR("profile"));
    str name = spec->text;
    size_t at;
    l->r.layout->print.profile = name;
    l->r.layout->print.at = spec->at;
    bool file = str_find_char(name, '/', &at) || str_ends(name, STR(".icc")) ||
                str_ends(name, STR(".icm")) || str_ends(name, STR(".ICC"));
    if (file && spec->at.source) {
        str folder = file_directory(l->r.arena, spec->at.source->path);
        l->r.layout->print.path = file_join(l->r.arena, folder, name);
    }
    str *path = &l->r.layout->print.path;
    if (path->n && file_exists(*path) && !find_beside(l, spec, path, DIAG_NO_FILE)) {
        *path = STR_NONE;
    }
}

static str layout_name(str path)
{
    str name = file_name(path);
    return str_ends(name, STR(".yaml")) ? str_sub(name, 0, name.n - 5) : name;
}

static size_t errors(const struct diag_sink *sink)
{
    return sink->counts[DIAG_ERROR] + sink->counts[DIAG_FATAL];
}

static void list_sources(struct loader *l)
{
    struct layout_source *list = NEW_ARRAY(l->r.arena, struct layout_source, l->n);
    for (size_t i = 0; i < l->n; i++) {
        list[i] = (struct layout_source){l->chain[i].root->at.source,
                                         l->chain[i].shipped};
    }
    l->r.layout->sources = list;
    l->r.layout->n_sources = l->n;
}

struct layout *layout_load(const struct layout_request *request, struct arena *a,
                           struct diag_sink *sink)
{
    size_t before = errors(sink);
    struct loader l = {.near = request->near, .root = request->root,
                       .paths = request->paths};
    l.r.layout = NEW(a, struct layout);
    l.r.layout->sheet = l.r.sheet = NEW(a, struct style_sheet);
    l.r.layout->arena = l.r.arena = a;
    l.r.sink = sink;
    l.r.press = request->press;
    map_init(&l.r.sheet->rules_by_name, a);
    map_init(&l.r.sheet->interned, a);
    bool whole = read_chain(&l, request);
    l.r.partial = !whole;
    for (size_t i = l.n; i > 0; i--) {
        style_read_layout(&l.r, l.chain[i - 1].root);
    }
    if (!whole) {
        return NULL; /* what is not there would be reported again and again */
    }
    l.r.layout->path = l.chain[0].path;
    list_sources(&l);
    l.r.layout->name = layout_name(l.chain[0].path);
    find_profile(&l);
    style_resolve(&l.r, l.chain[0].root->at);
    find_logo(&l);
    return errors(sink) > before ? NULL : l.r.layout;
}
