/* SPDX-License-Identifier: MIT
 *
 * In: a mapping and the table of its keys. Out: the readers of the table called for
 * every pair, reports for what the table does not allow. */
#include "note/keys.h"

#include "base/utf8.h"
#include "note/load.h"

enum { MAX_KEYS = 64 };

enum {
    TAKES_NULL = 1 << VALUE_NULL,
    TAKES_SCALAR = 1 << VALUE_SCALAR,
    TAKES_SEQUENCE = 1 << VALUE_SEQUENCE,
    TAKES_MAPPING = 1 << VALUE_MAPPING,
};

static const struct {
    const char *words;
    unsigned takes;
} TYPES[NOTE_TYPE_COUNT] = {
#define X(symbol, said, json) [NOTE_TYPE_##symbol] = {said, 0},
    NOTE_TYPES(X)
#undef X
};

static unsigned kinds_of(enum note_type type)
{
    switch (type) {
    case NOTE_TYPE_NOTHING: return TAKES_NULL;
    case NOTE_TYPE_TEXTS:
    case NOTE_TYPE_CONDITION:
    case NOTE_TYPE_BODY: return TAKES_SCALAR | TAKES_SEQUENCE;
    case NOTE_TYPE_LIST:
    case NOTE_TYPE_SIGNATURES:
    case NOTE_TYPE_ATTACHMENTS:
    case NOTE_TYPE_SECTIONS:
    case NOTE_TYPE_ITEMS: return TAKES_SEQUENCE;
    case NOTE_TYPE_MAPPING:
    case NOTE_TYPE_EMAIL:
    case NOTE_TYPE_FOOTNOTES:
    case NOTE_TYPE_TABLE: return TAKES_MAPPING;
    case NOTE_TYPE_LISTING:
    case NOTE_TYPE_ROWS:
    case NOTE_TYPE_DEFINITIONS:
    case NOTE_TYPE_FIELDS: return TAKES_SEQUENCE | TAKES_MAPPING;
    case NOTE_TYPE_TOC: return TAKES_NULL | TAKES_MAPPING;
    case NOTE_TYPE_QR:
    case NOTE_TYPE_IMAGE: return TAKES_SCALAR | TAKES_MAPPING;
    case NOTE_TYPE_COLUMNS:
    case NOTE_TYPE_CALLOUT: return TAKES_SCALAR | TAKES_SEQUENCE | TAKES_MAPPING;
    case NOTE_TYPE_ANY:
        return TAKES_NULL | TAKES_SCALAR | TAKES_SEQUENCE | TAKES_MAPPING;
    default: return TAKES_SCALAR;
    }
}

const struct note_key *note_keys_find(const struct note_keys *keys, str name)
{
    for (size_t i = 0; i < keys->n; i++) {
        if (str_is(name, keys->keys[i].name)) {
            return &keys->keys[i];
        }
    }
    return NULL;
}

/* The names of all keys; empty if the reader has been told them already. */
static str list_of_keys(struct note_loader *l, const struct note_keys *keys)
{
    struct buf list;
    buf_init(&list, l->sink->arena);
    buf_format(&list, "%s has ", keys->what);
    for (size_t i = 0; i < keys->n; i++) {
        const char *between = i == 0 ? "" : i + 1 == keys->n ? " and " : ", ";
        buf_format(&list, "%s`%s`", between, keys->keys[i].name);
    }
    str hint = str_copy(l->sink->arena, buf_str(&list));
    for (size_t i = 0; i < l->sink->list.n; i++) {
        if (str_eq(l->sink->list.v[i].hint, hint)) {
            return STR_NONE;
        }
    }
    return hint;
}

static void report_unknown(struct note_loader *l, const struct note_keys *keys,
                           const struct value *key)
{
    const char *names[MAX_KEYS] = {NULL};
    size_t n = keys->n < MAX_KEYS ? keys->n : MAX_KEYS;
    if (l->sink->per_code[DIAG_UNKNOWN_KEY] >= DIAG_KEPT_PER_CODE) {
        diag_report(l->sink, DIAG_UNKNOWN_KEY, key->at, NULL, "unknown key");
        return;
    }
    for (size_t i = 0; i < n; i++) {
        names[i] = keys->keys[i].name;
    }
    str hint = diag_suggest(l->sink->arena, key->text, names, n);
    if (hint.n == 0) {
        hint = list_of_keys(l, keys);
    }
    diag_report(l->sink, DIAG_UNKNOWN_KEY, key->at, hint.p, "unknown key `%.*s`",
                STR_ARG(key->text));
}

/* `key:value`, which YAML reads as text. */
static bool lacks_space(const struct value *v)
{
    str text = v->text;
    size_t i = 0;
    while (i < text.n && text.p[i] != ':' && text.p[i] != ' ') {
        i++;
    }
    return v->kind == VALUE_SCALAR && v->style == VALUE_PLAIN && i > 0 &&
           i + 1 < text.n && text.p[i] == ':' && text.p[i + 1] != '/';
}

static const char *hint_for(const struct value *v, enum note_type type)
{
    if ((kinds_of(type) & TAKES_MAPPING) && lacks_space(v)) {
        return "put a space behind the colon";
    }
    if (type == NOTE_TYPE_SECTIONS || type == NOTE_TYPE_ITEMS ||
        type == NOTE_TYPE_SIGNATURES) {
        return v->kind == VALUE_MAPPING ? "begin each of them with `- `"
                                        : "write each on a line of its own, behind `- `";
    }
    if (v->kind == VALUE_MAPPING && (kinds_of(type) & TAKES_SCALAR)) {
        return "put the text in quotes if its colon is part of it";
    }
    if (v->kind == VALUE_SEQUENCE && (kinds_of(type) & TAKES_SCALAR)) {
        return "put the text in quotes if its brackets or dashes are part of it";
    }
    return NULL;
}

bool note_type_fits(enum note_type type, const struct value *v)
{
    return kinds_of(type) & (1u << v->kind);
}

bool note_type_check(struct note_loader *l, enum note_type type, const struct value *v,
                     str what)
{
    if (note_type_fits(type, v)) {
        return true;
    }
    if (v->refused) {
        return false;
    }
    diag_report(l->sink, DIAG_WRONG_TYPE, v->at, hint_for(v, type),
                "%.*s takes %s, not %s", STR_ARG(what), TYPES[type].words,
                value_kind_name(v));
    return false;
}

static void read_pair(struct note_loader *l, const struct note_key *key,
                      const struct value_pair *pair, void *into)
{
    const struct value *v = pair->value;
    if (v->kind == VALUE_NULL && !(kinds_of(key->type) & TAKES_NULL)) {
        if (!(key->flags & NOTE_REQUIRED)) {
            diag_report(l->sink, DIAG_EMPTY_VALUE, pair->key->at,
                        "write a value, or delete the key", "`%s` is empty", key->name);
        }
        return;
    }
    bool fits = note_type_fits(key->type, v) ||
                note_type_check(l, key->type, v,
                                str_format(l->sink->arena, "`%s`", key->name));
    if (fits && key->read) {
        key->read(l, v, (char *)into + key->member);
    }
}

/* Whether a key of the mapping is `name` with a slip in it, or brings unknown ones along:
 * what is reported already explains why `name` is missing. */
static bool is_misspelt(struct note_loader *l, const struct note_keys *keys,
                        const struct value *map, const char *name)
{
    for (size_t i = 0; i < map->n; i++) {
        str key = map->pairs[i].key->text;
        if (str_is(key, "<<") ||
            (!note_keys_find(keys, key) &&
             diag_suggest(l->sink->arena, key, &name, 1).n > 0)) {
            return true;
        }
    }
    return false;
}

bool note_keys_lacks(struct note_loader *l, const struct note_keys *keys,
                     const struct value *map, const char *name)
{
    return !value_find(map, name) && !is_misspelt(l, keys, map, name);
}

static void check_required(struct note_loader *l, const struct note_keys *keys,
                           const struct value *map)
{
    for (size_t i = 0; i < keys->n; i++) {
        const struct note_key *key = &keys->keys[i];
        if (!(key->flags & NOTE_REQUIRED)) {
            continue;
        }
        const struct value *v = value_find(map, key->name);
        bool empty = v && (v->kind == VALUE_NULL ||
                           (v->kind == VALUE_SCALAR && str_trim(v->text).n == 0));
        if (empty || note_keys_lacks(l, keys, map, key->name)) {
            struct place at = v ? v->at : map->at;
            at.width = 1;
            diag_report(l->sink, DIAG_MISSING_KEY, at,
                        str_format(l->sink->arena, "add `%s: …`", key->name).p,
                        v ? "`%s` of %s is empty" : "`%s` is missing in %s", key->name,
                        keys->what);
        }
    }
}

void note_keys_read(struct note_loader *l, const struct note_keys *keys,
                    const struct value *map, void *into)
{
    for (size_t i = 0; i < map->n; i++) {
        const struct value_pair *pair = &map->pairs[i];
        const struct note_key *key = note_keys_find(keys, pair->key->text);
        if (key) {
            read_pair(l, key, pair, into);
        } else if (!str_is(pair->key->text, "<<")) { /* the reader refused it */
            report_unknown(l, keys, pair->key);
        }
    }
    check_required(l, keys, map);
}

bool note_read_flag(struct note_loader *l, const struct value *v, bool *out)
{
    bool yes = str_is(v->text, "true");
    if (yes || str_is(v->text, "false")) {
        *out = yes;
        return true;
    }
    diag_report(l->sink, DIAG_BAD_VALUE, v->at, "write `true` or `false`",
                "`%.*s` is neither true nor false", STR_ARG(v->text));
    return false;
}

bool note_read_number(struct note_loader *l, const struct value *v, int low, int high,
                      int *out)
{
    long long n = 0;
    str digits = v->text;
    bool negative = str_starts(digits, STR("-"));
    digits = str_sub(digits, negative, digits.n);
    bool good = digits.n > 0;
    for (size_t i = 0; i < digits.n && good; i++) {
        good = digits.p[i] >= '0' && digits.p[i] <= '9';
        n = n < 10000000000 ? n * 10 + (digits.p[i] - '0') : n;
    }
    n = negative ? -n : n;
    if (!good) {
        diag_report(l->sink, DIAG_WRONG_TYPE, v->at, "write digits only",
                    "`%.*s` is not a whole number", STR_ARG(v->text));
        return false;
    }
    if (n < low || n > high) {
        diag_report(l->sink, DIAG_OUT_OF_RANGE, v->at, NULL,
                    "%.*s is not between %d and %d", STR_ARG(v->text), low, high);
        return false;
    }
    *out = (int)n;
    return true;
}

int note_read_word(struct note_loader *l, const struct value *v,
                   const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (str_is(v->text, names[i])) {
            return (int)i;
        }
    }
    str hint = diag_suggest(l->sink->arena, v->text, names, n);
    if (hint.n == 0) {
        struct buf list;
        buf_init(&list, l->sink->arena);
        buf_puts(&list, "one of ");
        for (size_t i = 0; i < n; i++) {
            buf_format(&list, "%s`%s`", i ? ", " : "", names[i]);
        }
        hint = str_copy(l->sink->arena, buf_str(&list));
    }
    diag_report(l->sink, DIAG_BAD_VALUE, v->at, hint.p, "unknown value `%.*s`",
                STR_ARG(v->text));
    return -1;
}

/* --- Members --- */

void note_keep_value(struct note_loader *l, const struct value *v, void *into)
{
    (void)l;
    *(const struct value **)into = v;
}

void note_keep_text(struct note_loader *l, const struct value *v, void *into)
{
    (void)l;
    *(str *)into = v->text;
}

void note_keep_flag(struct note_loader *l, const struct value *v, void *into)
{
    note_read_flag(l, v, into);
}

void note_keep_style(struct note_loader *l, const struct value *v, void *into)
{
    *(const struct note_style **)into = note_new_style(l, v->text, v->at);
}

void note_keep_change(struct note_loader *l, const struct value *v, void *into)
{
    note_read_change(l, v, into);
}

void note_keep_language(struct note_loader *l, const struct value *v, void *into)
{
    if (note_check_language(l, v->text, v->at)) {
        *(str *)into = v->text;
    }
}
