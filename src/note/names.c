/* SPDX-License-Identifier: MIT
 *
 * In: names in fields, sections and conditions. Out: what they stand for: in the record,
 * then in the innermost scope that has the first part of the name, last in the note's
 * data. Work is counted here, because everything that repeats looks names up. */
#include "note/template.h"

#include "note/load.h"

/* --- Looking up --- */

static const struct value *member(const struct value *map, str key)
{
    for (size_t i = 0; map->kind == VALUE_MAPPING && i < map->n; i++) {
        if (str_eq(map->pairs[i].key->text, key)) {
            return map->pairs[i].value;
        }
    }
    return NULL;
}

static const struct value *top_member(const struct note_merge *m, str key)
{
    const struct value_pair *pair = m->data ? map_find(&m->keys, key) : NULL;
    return pair ? pair->value : NULL;
}

/* What the first part of a name stands for. */
static const struct value *head_of(const struct note_merge *m, str key)
{
    for (const struct note_scope *s = m->scope; s; s = s->outer) {
        const struct value *found = member(s->value, key);
        if (found) {
            return found;
        }
    }
    return top_member(m, key);
}

static struct note_found found_text(str text)
{
    return (struct note_found){.found = true, .text = text};
}

/* `@index`, `@first`, `@last` of the innermost list. */
static struct note_found find_position(const struct note_merge *m, str name)
{
    const struct note_scope *s = m->scope;
    while (s && s->count == 0) {
        s = s->outer;
    }
    if (!s) {
        return (struct note_found){0};
    }
    if (str_is(name, "@index")) {
        return found_text(str_format(m->arena, "%zu", s->index + 1));
    }
    bool set = str_is(name, "@first") ? s->index == 0 : s->index + 1 == s->count;
    return found_text(set ? STR("true") : STR("false"));
}

struct note_found note_merge_find(const struct note_merge *m,
                                  const struct note_name *name,
                                  const struct note_record *record)
{
    if (name->column >= 0 && record) {
        return found_text(record->text(record->user, name->column));
    }
    if (str_starts(name->whole, STR("@"))) {
        return find_position(m, name->whole);
    }
    const struct value *v = name->n ? head_of(m, name->parts[0])
                                    : m->scope ? m->scope->value : m->data;
    for (size_t i = 1; v && i < name->n; i++) {
        v = member(v, name->parts[i]);
    }
    return (struct note_found){v != NULL, v, v ? v->text : STR_NONE};
}

bool note_found_is_true(const struct note_found *found)
{
    if (!found->found || (found->value && found->value->kind == VALUE_NULL)) {
        return false;
    }
    if (found->value && found->value->kind != VALUE_SCALAR) {
        return found->value->n > 0;
    }
    return str_trim(found->text).n > 0 && !str_is(found->text, "false");
}

/* --- What is missing --- */

enum { MAX_CANDIDATES = 200, MAX_LISTED = 8 };

struct candidates {
    const char *v[MAX_CANDIDATES];
    size_t n;
};

static void add_members(struct candidates *c, const struct value *map)
{
    for (size_t i = 0; map && map->kind == VALUE_MAPPING && i < map->n; i++) {
        if (c->n < MAX_CANDIDATES) {
            c->v[c->n++] = map->pairs[i].key->text.p;
        }
    }
}

/* The names that could stand where `word`, the part that is missing, stands. */
static void collect(const struct note_merge *m, const struct note_name *name,
                    const struct note_record *record, struct candidates *c, str *word)
{
    const struct value *v = name->n ? head_of(m, name->parts[0]) : NULL;
    *word = name->n ? name->parts[0] : name->whole;
    if (v) {
        const struct value *map = v;
        for (size_t i = 1; v && i < name->n; i++) {
            map = v;
            *word = name->parts[i];
            v = member(v, name->parts[i]);
        }
        add_members(c, map);
        return;
    }
    for (size_t i = 0; record && i < record->n && c->n < MAX_CANDIDATES; i++) {
        c->v[c->n++] = record->names[i];
    }
    for (const struct note_scope *s = m->scope; s; s = s->outer) {
        add_members(c, s->value);
    }
    add_members(c, m->data);
}

static str hint_for(const struct note_merge *m, const struct candidates *c, str word)
{
    struct arena *a = m->sink->arena;
    str hint = diag_suggest(a, word, c->v, c->n);
    if (hint.n) {
        return hint;
    }
    if (c->n == 0 || c->n > MAX_LISTED) {
        return str_format(a, "add it to the data, or write `{{%.*s|default:…}}`",
                          STR_ARG(word));
    }
    struct buf list;
    buf_init(&list, a);
    buf_puts(&list, "there is ");
    for (size_t i = 0; i < c->n; i++) {
        const char *between = i == 0 ? "" : i + 1 == c->n ? " and " : ", ";
        buf_format(&list, "%s`%s`", between, c->v[i]);
    }
    return str_copy(a, buf_str(&list));
}

/* Without any data there is one report in the end, not one for each field. */
static bool lacks_data(struct note_merge *m, const struct note_name *name,
                       const struct note_record *record, struct place at)
{
    if (m->data || m->scope || record) {
        return false;
    }
    if (m->fields++ == 0) {
        m->first = at;
        m->first_name = name->whole;
    }
    return true;
}

void note_merge_absent(struct note_merge *m, const struct note_name *name,
                       const struct note_record *record, struct place at)
{
    struct candidates c = {.n = 0};
    str word;
    if (lacks_data(m, name, record, at)) {
        return;
    }
    collect(m, name, record, &c, &word);
    str hint = diag_suggest(m->sink->arena, word, c.v, c.n);
    if (hint.n) {
        diag_report(m->sink, DIAG_DOUBTFUL_FIELD, at, hint.p,
                    "the data has no field `%.*s`, which is taken for false",
                    STR_ARG(name->whole));
    }
}

void note_merge_missing(struct note_merge *m, const struct note_name *name,
                        const struct note_record *record, struct place at)
{
    struct candidates c = {.n = 0};
    str word;
    if (lacks_data(m, name, record, at)) {
        return;
    }
    collect(m, name, record, &c, &word);
    diag_report(m->sink, DIAG_NO_FIELD, at, hint_for(m, &c, word).p,
                "the data has no field `%.*s`", STR_ARG(name->whole));
}

/* --- Limits --- */

static bool stop(struct note_merge *m, struct place at, const char *message, int limit)
{
    if (!m->stopped) {
        diag_report(m->sink, DIAG_TOO_LARGE, at,
                    "make the data smaller, or repeat less of it", message, limit);
    }
    m->stopped = true;
    return false;
}

bool note_merge_step(struct note_merge *m, struct place at)
{
    bool fine = !m->stopped && m->steps < NOTE_MERGE_MAX_STEPS;
    m->steps++;
    return fine || stop(m, at, "merging repeats more than %d times",
                        NOTE_MERGE_MAX_STEPS);
}

bool note_merge_made(struct note_merge *m, size_t values, size_t bytes, struct place at)
{
    m->values += values;
    m->bytes += bytes;
    if (m->values > NOTE_MERGE_MAX_VALUES) {
        return stop(m, at, "merging makes more than %d values", NOTE_MERGE_MAX_VALUES);
    }
    if (m->bytes > NOTE_MERGE_MAX_BYTES) {
        return stop(m, at, "merging makes more than %d MiB of text",
                    NOTE_MERGE_MAX_BYTES >> 20);
    }
    return !m->stopped;
}
