/* SPDX-License-Identifier: MIT
 *
 * In: a file with one record, and settings `name=value`; or fields. Out: two mappings for
 * the note's merge fields. The file is YAML or JSON. */
#include "record.h"

#include <string.h>

#include "base/file.h"
#include "base/utf8.h"
#include "yaml/value.h"

enum { RECORD_MAX_DEPTH = 32 }; /* of a dotted name in a setting */

/* --- The file --- */

static const char *reason_of(struct file_result r)
{
    return r.status == FILE_MISSING       ? "there is no such file"
           : r.status == FILE_NOT_REGULAR ? "it is not a file"
                                          : strerror(r.errno_value);
}

/* `*file` is as it was given, the value's source as it was understood. */
static const struct value *read_file(const char *path, struct arena *a,
                                     struct diag_sink *sink, const struct source **file)
{
    struct source *source = NEW(a, struct source);
    str name = str_copy(a, str_from(path));
    bool standard_input = str_is(name, "-");
    *source = (struct source){.name = standard_input ? STR("<stdin>") : name,
                              .path = standard_input ? STR_NONE : name};
    struct place at = {.source = source};
    struct file_result r = file_read(a, name, VALUE_LIMITS.max_bytes);
    if (r.status == FILE_TOO_LARGE) {
        diag_report(sink, DIAG_TOO_LARGE, at, NULL, "the data are over %zu MiB",
                    VALUE_LIMITS.max_bytes >> 20);
    } else if (r.status != FILE_OK) {
        diag_report(sink, DIAG_CANNOT_READ, at, NULL, "cannot read the data: %s",
                    reason_of(r));
    }
    if (r.status != FILE_OK) {
        return NULL;
    }
    struct source *read = NEW(a, struct source);
    source->text = r.bytes;
    *read = *source;
    *file = source;
    if (str_ends(name, STR(".json"))) {
        read->text = value_from_json(a, r.bytes);
    }
    const struct value *v = value_read(read, &VALUE_LIMITS, a, sink);
    if (v && v->kind != VALUE_MAPPING) {
        diag_report(sink, DIAG_WRONG_TYPE, v->at, "give one record: `name: value`",
                    "a record is a mapping, not %s", value_kind_name(v));
        return NULL;
    }
    return v;
}

/* --- Settings, fields --- */

static struct value *mapping_new(struct arena *a, struct place at)
{
    struct value *map = NEW(a, struct value);
    map->kind = VALUE_MAPPING;
    map->at = at;
    return map;
}

/* The pair of that name in a mapping, made if there is none. */
static struct value_pair *pair_of(struct arena *a, struct value *map, struct value *key)
{
    for (size_t i = 0; i < map->n; i++) {
        if (str_eq(map->pairs[i].key->text, key->text)) {
            return &map->pairs[i];
        }
    }
    if ((map->n & (map->n - 1)) == 0) { /* none, or a power of two: it is full */
        size_t size = sizeof *map->pairs, room = map->n ? 2 * map->n : 1;
        map->pairs = arena_grow(a, map->pairs, map->n * size, room * size);
    }
    map->pairs[map->n] = (struct value_pair){key, NULL};
    return &map->pairs[map->n++];
}

static bool refuse(struct diag_sink *sink, const struct source *source,
                   const char *message)
{
    diag_report(sink, DIAG_BAD_VALUE, (struct place){source, 1, 1, 1},
                "write `name=value`, or `person.name=value`", "%s", message);
    return false;
}

/* `name.name=value` into the mapping. */
static bool read_setting(str text, struct value *map, struct arena *a,
                         struct diag_sink *sink)
{
    struct source *source = NEW(a, struct source);
    size_t equals, from = 0;
    *source = (struct source){.name = STR("--set"), .text = text};
    if (!str_find_char(text, '=', &equals)) {
        return refuse(sink, source, "a setting without `=`");
    }
    struct value *value = value_text(source, equals + 1, text.n, a, sink);
    for (int depth = 0; value; depth++) {
        size_t dot = equals;
        str_find_char(str_sub(text, from, equals), '.', &dot);
        dot = dot < equals && from + dot < equals ? from + dot : equals;
        struct value *key = value_text(source, from, dot, a, sink);
        if (!key || str_trim(key->text).n == 0 || depth == RECORD_MAX_DEPTH) {
            return refuse(sink, source, "a setting with a name that is none");
        }
        key->text = str_copy(a, str_trim(key->text));
        struct value_pair *pair = pair_of(a, map, key);
        if (dot == equals) {
            pair->value = value;
            return true;
        }
        if (!pair->value || pair->value->kind != VALUE_MAPPING) {
            pair->value = mapping_new(a, key->at);
        }
        map = pair->value;
        from = dot + 1;
    }
    return false;
}

static bool is_text(str text)
{
    size_t at;
    if (!utf8_valid(text, &at)) {
        return false;
    }
    for (at = 0; at < text.n; at++) {
        unsigned char c = (unsigned char)text.p[at];
        bool white = c == '\t' || c == '\n' || c == '\r';
        if ((c < 0x20 && !white) || c == 0x7F) {
            return false;
        }
    }
    return true;
}

static struct value *scalar_new(struct arena *a, struct place at, str text)
{
    struct value *v = NEW(a, struct value);
    v->kind = VALUE_SCALAR;
    v->at = at;
    v->end_line = at.line;
    v->text = str_copy(a, text);
    return v;
}

/* The mapping that holds the last part of a dotted name, which `*name` becomes; NULL if
 * a part of it stands for text already, or is none. */
static struct value *map_of(struct value *map, str *name, struct arena *a,
                            struct place at)
{
    size_t dot;
    for (int depth = 0; str_find_char(*name, '.', &dot); depth++) {
        str part = str_trim(str_sub(*name, 0, dot));
        if (part.n == 0 || depth == RECORD_MAX_DEPTH) {
            return NULL;
        }
        struct value_pair *pair = pair_of(a, map, scalar_new(a, at, part));
        pair->value = pair->value ? pair->value : mapping_new(a, at);
        map = pair->value;
        if (map->kind != VALUE_MAPPING) {
            return NULL;
        }
        *name = str_sub(*name, dot + 1, name->n);
    }
    *name = str_trim(*name);
    return name->n ? map : NULL;
}

static void add_field(struct value *map, str name, str text,
                      struct arena *a, struct diag_sink *sink)
{
    struct place at = map->at;
    str last = name;
    if (!is_text(name) || !is_text(text)) {
        diag_report(sink, DIAG_BAD_CHARACTER, at, "give it as text in UTF-8",
                    "a field of the record holds what no text may hold");
        return;
    }
    struct value *inner = map_of(map, &last, a, at);
    struct value_pair *pair = inner ? pair_of(a, inner, scalar_new(a, at, last)) : NULL;
    if (!pair || pair->value) {
        diag_report(sink, DIAG_BAD_DATA, at, "rename it",
                    "the field `%.*s` of the record %s", STR_ARG(name),
                    pair ? "is there twice" : "has a name that is none");
        return;
    }
    pair->value = scalar_new(a, at, text);
}

const struct value *record_of_fields(const infonote_record *record, struct place at,
                                     struct arena *a, struct diag_sink *sink)
{
    struct value *map = mapping_new(a, at);
    for (size_t i = 0; i < record->n; i++) {
        str name = str_from(record->names[i]), text = str_from(record->values[i]);
        add_field(map, name, text, a, sink);
    }
    return map;
}

/* --- What is embedded --- */

const struct source *record_file(struct arena *a, str text)
{
    struct source *s = NEW(a, struct source);
    bool json = str_starts(str_trim(text), STR("{"));
    *s = (struct source){.name = json ? STR("record.json") : STR("record.yaml"),
                         .text = text};
    return s;
}

static void put_fields(struct buf *out, const struct value *map, int depth)
{
    buf_puts(out, "{");
    for (size_t i = 0; i < map->n; i++) {
        buf_format(out, "%s\n%*s", i ? "," : "", 2 * depth, "");
        buf_json_string(out, map->pairs[i].key->text);
        buf_puts(out, ": ");
        if (map->pairs[i].value->kind == VALUE_MAPPING) {
            put_fields(out, map->pairs[i].value, depth + 1);
        } else {
            buf_json_string(out, map->pairs[i].value->text);
        }
    }
    buf_format(out, "\n%*s}", 2 * depth - 2, "");
}

const struct source *record_file_of(const struct value *record, struct arena *a)
{
    struct buf out;
    buf_init(&out, a);
    put_fields(&out, record, 1);
    buf_char(&out, '\n');
    return record_file(a, buf_str(&out));
}

bool record_read(const infonote_options *options, struct arena *a, struct diag_sink *sink,
                 struct note_data *out)
{
    bool good = true;
    *out = (struct note_data){.record = NULL};
    if (options->data) {
        out->record = read_file(options->data, a, sink, &out->file);
        good = out->record != NULL;
    }
    struct value *map = options->set && options->set[0] ? mapping_new(a, PLACE_NONE)
                                                        : NULL;
    for (size_t i = 0; map && options->set[i]; i++) {
        good = read_setting(str_from(options->set[i]), map, a, sink) && good;
    }
    out->set = map;
    return good;
}

/* --- The message --- */

static bool takes_many(str key)
{
    return str_is(key, "to") || str_is(key, "cc") || str_is(key, "bcc") ||
           str_is(key, "reply-to") || str_is(key, "attach");
}

static void append(struct arena *a, struct value *list, struct value *item)
{
    list->items = arena_grow(a, list->items, list->n * sizeof *list->items,
                             (list->n + 1) * sizeof *list->items);
    list->items[list->n++] = item;
}

/* `key=value`: of keys that take several values all count, of others the last. */
static void add_option(struct value *map, str option, struct arena *a,
                       struct diag_sink *sink)
{
    str text, key = str_cut(option, '=', &text);
    struct source *source = NEW(a, struct source);
    *source = (struct source){.name = str_format(a, "--%.*s", STR_ARG(key)),
                              .text = text};
    struct value *value = value_text(source, 0, text.n, a, sink);
    if (!value) {
        return;
    }
    struct value_pair *pair = pair_of(a, map, scalar_new(a, value->at, key));
    if (!takes_many(key)) {
        pair->value = value;
        return;
    }
    if (!pair->value) {
        pair->value = NEW(a, struct value);
        *pair->value = (struct value){.kind = VALUE_SEQUENCE, .at = value->at};
    }
    append(a, pair->value, value);
}

const struct value *record_email(const infonote_options *options,
                                 const struct value *root, struct arena *a,
                                 struct diag_sink *sink)
{
    if (!options->email || !options->email[0] || root->kind != VALUE_MAPPING) {
        return root;
    }
    struct value *made = NEW(a, struct value), *email = mapping_new(a, root->at);
    const struct value *own = value_find(root, "email");
    struct place nowhere = {.source = root->at.source};
    for (size_t i = 0; options->email[i]; i++) {
        add_option(email, str_from(options->email[i]), a, sink);
    }
    for (size_t i = 0; own && i < own->n && own->kind == VALUE_MAPPING; i++) {
        struct value_pair *pair = pair_of(a, email, own->pairs[i].key);
        pair->value = pair->value ? pair->value : own->pairs[i].value;
    }
    email->at = own && own->kind == VALUE_MAPPING ? own->at : nowhere;
    *made = *root;
    made->pairs = NULL;
    made->n = 0;
    for (size_t i = 0; i < root->n; i++) {
        pair_of(a, made, root->pairs[i].key)->value = root->pairs[i].value;
    }
    pair_of(a, made, scalar_new(a, nowhere, STR("email")))->value = email;
    return made;
}

static const char *const *copy_list(const char *const *list, struct arena *a)
{
    size_t n = 0;
    while (list && list[n]) {
        n++;
    }
    const char **copy = NEW_ARRAY(a, const char *, n + 1);
    for (size_t i = 0; i < n; i++) {
        copy[i] = str_copy(a, str_from(list[i])).p;
    }
    return copy;
}

void record_copy(const infonote_options *from, struct arena *a, infonote_options *to)
{
    to->data = from->data ? str_copy(a, str_from(from->data)).p : NULL;
    to->set = copy_list(from->set, a);
    to->email = copy_list(from->email, a);
}
