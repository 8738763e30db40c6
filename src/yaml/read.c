/* SPDX-License-Identifier: MIT
 *
 * In: the bytes of a source. Out: values. libyaml's events are folded into a tree with a
 * stack of open containers, so every limit is checked before anything grows: depth,
 * values, and what aliases would copy. An alias shares the value it names.
 *
 * What can be read on after is reported and read on after (duplicate keys, tags, bad
 * aliases); a syntax error or a spent limit ends the reading. */
#include "yaml/value.h"

#include <string.h>
#include <yaml.h>

#include "base/utf8.h"
#include "yaml/problem.h"
#include "yaml/reader.h"
#include "yaml/scan.h"

static const char DELETE_TAG[] = "delete the tag, or put the value in quotes if the `!` "
                                 "is part of it";

/* --- Places --- */

/* The byte of a character index. libyaml counts characters behind a byte order mark. */
static size_t byte_of(struct yaml_reader *r, size_t index)
{
    str text = r->source->text;
    if (index < r->index) {
        r->index = 0;
        r->offset = str_starts(text, STR("\xEF\xBB\xBF")) ? 3 : 0;
    }
    while (r->index < index && r->offset < text.n) {
        utf8_next(text, &r->offset);
        r->index++;
    }
    return r->offset;
}

/* From 1; of a piece of a file, as the file counts. */
static uint32_t line_of(const struct yaml_reader *r, yaml_mark_t mark)
{
    uint32_t first = r->source->first_line ? r->source->first_line : 1;
    return (uint32_t)mark.line + first;
}

static struct place place_of(const struct yaml_reader *r, yaml_mark_t mark)
{
    return (struct place){r->source, line_of(r, mark), (uint32_t)mark.column + 1, 1};
}

/* Moves a start over `&anchor` and `!tag`, which libyaml counts to the value; they may
 * stand on the line before it. */
static void skip_properties(const struct yaml_reader *r, struct value *v)
{
    str text = r->source->text;
    size_t to = value_behind_properties(text, v->offset, "&!");
    if (to < text.n && text.p[to] != '\n' && text.p[to] != '\r') {
        uint32_t columns = (uint32_t)utf8_count(str_sub(text, v->offset, to));
        v->at.column += columns;
        v->at.width = v->at.width > columns ? v->at.width - columns : 1;
        v->offset = (uint32_t)to;
    }
}

static struct value *value_new(struct yaml_reader *r, enum value_kind kind,
                               const yaml_event_t *e, bool has_properties)
{
    struct value *v = NEW(r->arena, struct value);
    v->kind = kind;
    v->at = place_of(r, e->start_mark);
    v->offset = (uint32_t)byte_of(r, e->start_mark.index);
    v->end_line = line_of(r, e->end_mark);
    if (e->end_mark.line == e->start_mark.line) {
        v->at.width = (uint32_t)(e->end_mark.column - e->start_mark.column);
    }
    if (has_properties) {
        skip_properties(r, v);
    }
    return v;
}

/* --- Tags and characters --- */

/* `!tag` as it stands in the file, behind an anchor perhaps. */
static struct place place_of_tag(struct yaml_reader *r, const yaml_event_t *e)
{
    str text = r->source->text;
    struct place at = place_of(r, e->start_mark);
    size_t start = byte_of(r, e->start_mark.index);
    size_t tag = value_behind_properties(text, start, "&");
    str word = str_sub(text, tag, value_behind_properties(text, tag, "!"));
    at.column += (uint32_t)utf8_count(str_sub(text, start, tag));
    at.width = (uint32_t)utf8_count(str_trim(word));
    return at;
}

static void check_tag(struct yaml_reader *r, const yaml_char_t *tag, const char *allowed,
                      const yaml_event_t *e)
{
    static const char CORE[] = "tag:yaml.org,2002:";
    if (!tag || strcmp((const char *)tag, "!") == 0) {
        return;
    }
    const char *name = (const char *)tag;
    bool core = strncmp(name, CORE, sizeof CORE - 1) == 0;
    const char *shorter = core ? name + sizeof CORE - 1 : name;
    if (core && strstr(allowed, shorter) && strlen(shorter) >= 3) {
        return;
    }
    diag_report(r->sink, DIAG_BAD_TAG, place_of_tag(r, e), DELETE_TAG,
                "the tag `%s%s` cannot stand here", core ? "!!" : "", shorter);
}

static void check_characters(struct yaml_reader *r, const struct value *v)
{
    for (size_t i = 0; v->style == VALUE_QUOTED && i < v->text.n;) {
        size_t start = i;
        uint32_t c = utf8_next(v->text, &i);
        const char *fault = value_character_fault(c);
        if (fault) {
            diag_report(r->sink, DIAG_BAD_CHARACTER, value_place(v, start),
                        "delete the escape", "%s (U+%04X)", fault, (unsigned)c);
        }
    }
}

/* --- Containers --- */

/* A finished value goes into the container that is open, or is the root. */
static void deliver(struct yaml_reader *r, struct value *v, size_t height)
{
    if (r->depth == 0) {
        r->root = v;
        return;
    }
    struct yaml_frame *f = &r->stack[r->depth - 1];
    if (height + 1 > f->height) {
        f->height = height + 1;
    }
    if (f->value->kind == VALUE_SEQUENCE) {
        vec_push(r->arena, &f->items, v);
    } else if (!f->key) {
        yaml_accept_key(r, f, v);
    } else {
        yaml_accept_value(r, f, v);
    }
}

/* --- Events --- */

static bool is_null(str text, enum value_style style)
{
    return style == VALUE_PLAIN && (text.n == 0 || str_is(text, "~") ||
           str_is(text, "null") || str_is(text, "Null") || str_is(text, "NULL"));
}

static struct value *scalar_value(struct yaml_reader *r, const yaml_event_t *e)
{
    static const enum value_style STYLES[] = {
        [YAML_PLAIN_SCALAR_STYLE] = VALUE_PLAIN,
        [YAML_SINGLE_QUOTED_SCALAR_STYLE] = VALUE_QUOTED,
        [YAML_DOUBLE_QUOTED_SCALAR_STYLE] = VALUE_QUOTED,
        [YAML_LITERAL_SCALAR_STYLE] = VALUE_LITERAL,
        [YAML_FOLDED_SCALAR_STYLE] = VALUE_FOLDED,
    };
    const yaml_char_t *tag = e->data.scalar.tag;
    struct value *v = value_new(r, VALUE_SCALAR, e, tag || e->data.scalar.anchor);
    v->style = STYLES[e->data.scalar.style];
    v->text = str_copy(r->arena, (str){(const char *)e->data.scalar.value,
                                       e->data.scalar.length});
    check_tag(r, tag, "str int float bool null", e);
    bool as_text = tag && (strcmp((const char *)tag, "!") == 0 ||
                           strcmp((const char *)tag, YAML_STR_TAG) == 0);
    if (is_null(v->text, v->style) && !as_text) {
        v->kind = VALUE_NULL;
    }
    if (v->style == VALUE_LITERAL || v->style == VALUE_FOLDED) {
        v->indent = value_block_indent(r->source->text, v->offset, v->text);
    }
    if (v->style == VALUE_QUOTED) {
        r->quoted = v->at;
    }
    check_characters(r, v);
    return v;
}

static void on_scalar(struct yaml_reader *r, const yaml_event_t *e)
{
    size_t length = e->data.scalar.length;
    if (!yaml_count(r, 1, length, place_of(r, e->start_mark))) {
        return;
    }
    struct value *v = scalar_value(r, e);
    struct yaml_anchor *anchor = yaml_anchor_new(r, (const char *)e->data.scalar.anchor,
                                                 v->at);
    if (anchor) {
        anchor->value = v;
        anchor->nodes = 1;
        anchor->bytes = length;
    }
    deliver(r, v, 0);
}

static void on_start(struct yaml_reader *r, const yaml_event_t *e, enum value_kind kind)
{
    struct place at = place_of(r, e->start_mark);
    bool list = kind == VALUE_SEQUENCE;
    const yaml_char_t *anchor = list ? e->data.sequence_start.anchor
                                     : e->data.mapping_start.anchor;
    const yaml_char_t *tag = list ? e->data.sequence_start.tag
                                  : e->data.mapping_start.tag;
    if (yaml_too_deep(r, 1, at) || !yaml_count(r, 1, 0, at)) {
        return;
    }
    check_tag(r, tag, list ? "seq" : "map", e);
    struct yaml_frame *f = &r->stack[r->depth++];
    *f = (struct yaml_frame){
        .value = value_new(r, kind, e, anchor || tag),
        .anchor = yaml_anchor_new(r, (const char *)anchor, at),
        .nodes = r->nodes - 1,
        .bytes = r->bytes,
        .height = 1,
    };
    map_init(&f->keys, r->arena);
}

static void on_end(struct yaml_reader *r, const yaml_event_t *e)
{
    struct yaml_frame *f = &r->stack[--r->depth];
    struct value *v = f->value;
    v->items = f->items.v;
    v->pairs = f->pairs.v;
    v->n = v->kind == VALUE_SEQUENCE ? f->items.n : f->pairs.n;
    v->end_line = line_of(r, e->end_mark);
    if (f->anchor) {
        f->anchor->value = v;
        f->anchor->nodes = r->nodes - f->nodes;
        f->anchor->bytes = r->bytes - f->bytes;
        f->anchor->height = f->height;
    }
    deliver(r, v, f->height);
}

static void on_document(struct yaml_reader *r, const yaml_event_t *e)
{
    if (!r->root) {
        return;
    }
    struct diag *d = diag_report(r->sink, DIAG_MANY_DOCUMENTS, place_of(r, e->start_mark),
                                 "put it into a file of its own",
                                 "a second document begins here");
    diag_second(r->sink, d, r->root->at, "the first one");
    r->stopped = true;
}

/* What cannot be resolved stands as the text it is. */
static struct value *refused_alias(struct yaml_reader *r, const yaml_event_t *e,
                                   struct place at)
{
    struct value *v = value_new(r, VALUE_SCALAR, e, false);
    v->at = at;
    v->text = str_format(r->arena, "*%s", (const char *)e->data.alias.anchor);
    v->refused = true;
    return v;
}

static void on_alias(struct yaml_reader *r, const yaml_event_t *e)
{
    const char *name = (const char *)e->data.alias.anchor;
    struct place at = place_of(r, e->start_mark);
    at.width = (uint32_t)strlen(name) + 1;
    const struct yaml_anchor *anchor = yaml_alias_find(r, name, at);
    if (anchor) {
        deliver(r, anchor->value, anchor->height);
    } else if (!r->stopped) {
        deliver(r, refused_alias(r, e, at), 0);
    }
}

static void on_event(struct yaml_reader *r, const yaml_event_t *e)
{
    switch (e->type) {
    case YAML_DOCUMENT_START_EVENT: on_document(r, e); break;
    case YAML_SCALAR_EVENT: on_scalar(r, e); break;
    case YAML_ALIAS_EVENT: on_alias(r, e); break;
    case YAML_SEQUENCE_START_EVENT: on_start(r, e, VALUE_SEQUENCE); break;
    case YAML_MAPPING_START_EVENT: on_start(r, e, VALUE_MAPPING); break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT: on_end(r, e); break;
    default: break;
    }
}

/* What a complaint stands in, which libyaml does not say. */
static void note_open(const struct yaml_reader *r, struct value_problem *p)
{
    p->quoted = r->quoted;
    if (r->depth == 0) {
        return;
    }
    const struct value *v = r->stack[r->depth - 1].value;
    char first = v->offset < r->source->text.n ? r->source->text.p[v->offset] : '\0';
    if (first == '[' || first == '{') {
        p->open = v->at;
        p->open_list = first == '[';
    }
}

static void report_problem(struct yaml_reader *r)
{
    const yaml_parser_t *y = r->parser;
    if (y->error == YAML_MEMORY_ERROR) {
        oom_report(0);
    }
    struct value_problem p = {
        .source = r->source,
        .problem = str_from(y->problem),
        .context = str_from(y->context),
        .at = place_of(r, y->problem_mark),
        .offset = byte_of(r, y->problem_mark.index),
    };
    if (y->error == YAML_READER_ERROR) {
        p.at = diag_place_of_offset(r->source, y->problem_offset);
        p.offset = y->problem_offset;
    } else if (y->context) {
        p.context_at = place_of(r, y->context_mark);
        p.context_offset = byte_of(r, y->context_mark.index);
    }
    note_open(r, &p);
    value_problem_report(&p, r->sink);
    r->stopped = true;
}

static void read_events(struct yaml_reader *r)
{
    bool ended = false;
    while (!ended && !r->stopped) {
        yaml_event_t e;
        if (!yaml_parser_parse(r->parser, &e)) {
            report_problem(r);
            return;
        }
        on_event(r, &e);
        ended = e.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&e);
    }
}

struct value *value_read(const struct source *source, const struct value_limits *limits,
                         struct arena *a, struct diag_sink *sink)
{
    if (!value_scan(source, limits, sink)) {
        return NULL;
    }
    yaml_parser_t parser;
    struct yaml_reader r = {
        .source = source, .limits = limits, .arena = a, .sink = sink, .parser = &parser,
        .stack = NEW_ARRAY(a, struct yaml_frame, limits->max_depth + 1),
        .index = SIZE_MAX,
    };
    map_init(&r.anchors, a);
    if (!yaml_parser_initialize(&parser)) {
        oom_report(sizeof parser);
    }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    size_t mark = str_starts(source->text, STR("\xEF\xBB\xBF")) ? 3 : 0;
    yaml_parser_set_input_string(&parser, (const unsigned char *)source->text.p + mark,
                                 source->text.n - mark);
    read_events(&r);
    yaml_parser_delete(&parser);
    if (r.stopped) {
        return NULL;
    }
    if (!r.root || r.root->kind == VALUE_NULL) {
        struct place start = {source, 1, 1, 1}, nowhere = {.source = source};
        diag_report(sink, DIAG_EMPTY_NOTE, source->text.n ? start : nowhere,
                    "begin with `title: …`", "the file holds no note");
        return NULL;
    }
    return r.root;
}
