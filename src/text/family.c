/* SPDX-License-Identifier: MIT
 *
 * In:  fonts/NAME.yaml (see fonts/README.md). Out: families, read when they are first
 * asked for, and their faces, loaded when they are first used. A family that is not
 * there, or whose file is broken, is remembered with the reason. */
#include "text/engine.h"

#include "base/file.h"
#include "base/utf8.h"
#include "yaml/value.h"

enum { MAX_FILE = 256 * 1024, MAX_NAME = 80 };

/* A name may not lead out of the folder. */
static bool is_name(str name)
{
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) {
            return false;
        }
    }
    return name.n > 0 && name.n <= MAX_NAME;
}

static str text_of(const struct value *map, const char *key)
{
    const struct value *v = value_find(map, key);
    return v && v->kind == VALUE_SCALAR ? v->text : STR_NONE;
}

static uint32_t number_of(const struct value *map, const char *key, uint32_t instead)
{
    int32_t milli;
    str text = text_of(map, key);
    return text.n && len_parse_milli(text, &milli) && milli >= 0 ? (uint32_t)milli / 1000
                                                                 : instead;
}

static size_t count_of(const struct value *v)
{
    return v && v->kind == VALUE_SEQUENCE ? v->n : 0;
}

static void read_faces(struct text_engine *e, struct text_family *f,
                       const struct value *v)
{
    f->faces = NEW_ARRAY(&e->arena, struct text_family_face, count_of(v));
    for (size_t i = 0; i < count_of(v); i++) {
        struct text_family_face face = {
            .weight = (uint16_t)number_of(v->items[i], "weight", 400),
            .italic = str_is(text_of(v->items[i], "italic"), "true"),
            .file = text_of(v->items[i], "file"),
            .sha256 = text_of(v->items[i], "sha256"),
            .index = number_of(v->items[i], "index", 0),
        };
        if (face.file.n) {
            f->faces[f->n++] = face;
        }
    }
}

static void read_fallbacks(struct text_engine *e, struct text_family *f,
                           const struct value *v)
{
    f->fallbacks = NEW_ARRAY(&e->arena, str, count_of(v));
    for (size_t i = 0; i < count_of(v); i++) {
        if (v->items[i]->kind == VALUE_SCALAR) {
            f->fallbacks[f->n_fallbacks++] = v->items[i]->text;
        }
    }
}

/* A percentage of a character's width; -100 to 100, what is more is nobody's wish. */
static bool read_share(const struct value *v, int16_t *out)
{
    int32_t milli;
    if (v->kind != VALUE_SCALAR || !len_parse_milli(v->text, &milli) ||
        milli > 100 * 1000 || milli < -100 * 1000) {
        return false;
    }
    *out = (int16_t)(milli / 100);
    return true;
}

/* "," with [0, 50], or "." with 70 for both sides. */
static bool read_hang(str key, const struct value *v, struct text_hang_share *out)
{
    size_t at = 0;
    if (key.n == 0) {
        return false;
    }
    out->c = utf8_next(key, &at);
    bool pair = v->kind == VALUE_SEQUENCE && v->n == 2;
    return at == key.n && (pair || v->kind == VALUE_SCALAR) &&
           read_share(pair ? v->items[0] : v, &out->side[TEXT_HANGS_BEFORE]) &&
           read_share(pair ? v->items[1] : v, &out->side[TEXT_HANGS_BEHIND]);
}

static void read_protrusion(struct text_engine *e, struct text_family *f,
                            const struct value *v)
{
    if (!v) {
        return;
    }
    struct text_hangs *hangs = NEW(&e->arena, struct text_hangs);
    bool good = v->kind == VALUE_MAPPING;
    hangs->v = NEW_ARRAY(&e->arena, struct text_hang_share, good ? v->n : 0);
    for (size_t i = 0; good && i < v->n; i++) {
        good = read_hang(v->pairs[i].key->text, v->pairs[i].value, &hangs->v[hangs->n++]);
    }
    text_hangs_sort(hangs);
    f->hangs = hangs;
    if (!good) {
        f->n = 0;
        f->problem = str_format(&e->arena, "%.*s, line %u: `protrusion` takes characters"
                                ", each with two percentages of its width, before and "
                                "behind the line: `\",\": [0, 50]`", STR_ARG(f->path),
                                (unsigned)v->at.line);
    }
}

static void read_family(struct text_engine *e, struct text_family *f, str bytes)
{
    struct source *source = NEW(&e->arena, struct source);
    *source = (struct source){.name = f->path, .path = f->path, .text = bytes};
    struct diag_sink sink;
    diag_init(&sink, &e->arena);
    const struct value *v = value_read(source, &VALUE_LIMITS, &e->arena, &sink);
    if (!v || diag_has_errors(&sink)) {
        const struct diag *d = sink.list.n ? &sink.list.v[0] : NULL;
        f->problem = d ? str_format(&e->arena, "%.*s, line %u: %.*s", STR_ARG(f->path),
                                    (unsigned)d->at.line, STR_ARG(d->message))
                       : STR("its file holds nothing");
        return;
    }
    f->title = text_of(v, "name");
    f->licence = text_of(v, "licence");
    f->version = text_of(v, "version");
    f->package = text_of(v, "package");
    read_faces(e, f, value_find(v, "faces"));
    read_fallbacks(e, f, value_find(v, "fallbacks"));
    if (!f->n) {
        f->problem = str_format(&e->arena, "%.*s names no faces", STR_ARG(f->path));
        return;
    }
    read_protrusion(e, f, value_find(v, "protrusion"));
}

static void find_file(struct text_engine *e, struct text_family *f)
{
    str name = str_format(&e->arena, "%.*s.yaml", STR_ARG(f->name));
    for (size_t i = 0; i < e->config.n_font_specs; i++) {
        str path = file_join(&e->arena, e->config.font_specs[i], name);
        struct file_result file = file_read(&e->arena, path, MAX_FILE);
        if (file.status == FILE_OK) {
            f->path = path;
            read_family(e, f, file.bytes);
            return;
        }
    }
    f->problem =
        str_format(&e->arena, "there is no font family `%.*s`", STR_ARG(f->name));
}

struct text_family *text_family_find(struct text_engine *e, str name)
{
    struct text_family *f = map_find(&e->families, name);
    if (f) {
        return f;
    }
    f = NEW(&e->arena, struct text_family);
    f->name = str_copy(&e->arena, name);
    if (is_name(name)) {
        find_file(e, f);
    } else {
        f->problem = str_format(&e->arena, "`%.*s` is not a name of a font family",
                                STR_ARG(str_sub(name, 0, MAX_NAME)));
    }
    map_put(&e->families, f->name, f);
    return f;
}

/* As CSS chooses: the slant counts most; then, for weights up to 500, lighter faces are
 * nearer than bolder ones, above it the other way round. */
static unsigned distance(const struct text_family_face *face, uint16_t weight,
                         bool italic)
{
    unsigned d = face->weight > weight ? (unsigned)(face->weight - weight)
                                       : (unsigned)(weight - face->weight);
    bool bolder = face->weight > weight;
    if (d && bolder != (weight > 500)) {
        d += 1000;
    }
    return d + (face->italic != italic ? 10000 : 0);
}

const struct text_face *text_family_face(struct text_engine *e, struct text_family *f,
                                         uint16_t weight, bool italic,
                                         struct text_family_face **slot)
{
    struct text_family_face *best = NULL;
    for (size_t i = 0; i < f->n; i++) {
        if (!best ||
            distance(&f->faces[i], weight, italic) < distance(best, weight, italic)) {
            best = &f->faces[i];
        }
    }
    if (slot) {
        *slot = best;
    }
    if (best && !best->tried) {
        text_face_load(e, f, best);
    }
    return best ? best->face : NULL;
}
