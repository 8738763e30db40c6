/* SPDX-License-Identifier: MIT
 *
 * The keys of mappings: what may be one, and that none stands twice. A mapping of few
 * keys is searched, one of many has a table. */
#include "yaml/reader.h"

#include <stdlib.h>
#include <uninorm.h>

enum { FEW_KEYS = 16 };

/* Keys that look the same are the same: é composed, and e with an accent. */
static str normalized(struct yaml_reader *r, str key)
{
    bool ascii = true;
    for (size_t i = 0; i < key.n; i++) {
        ascii = ascii && (unsigned char)key.p[i] < 0x80;
    }
    if (ascii) {
        return key;
    }
    size_t n = key.n * 3 + 16;
    uint8_t *room = arena_alloc_raw(r->arena, n);
    uint8_t *made = u8_normalize(UNINORM_NFC, (const uint8_t *)key.p, key.n, room, &n);
    if (!made) {
        oom_report(key.n);
    }
    str result = str_copy(r->arena, (str){(const char *)made, n});
    if (made != room) {
        free(made);
    }
    return result;
}

/* The earlier key equal to `key`, or NULL; remembers it. */
static struct value *earlier_key(struct yaml_reader *r, struct yaml_frame *f,
                                 struct value *key)
{
    str text = normalized(r, key->text);
    if (f->pairs.n < FEW_KEYS) {
        for (size_t i = 0; i < f->pairs.n; i++) {
            if (str_eq(normalized(r, f->pairs.v[i].key->text), text)) {
                return f->pairs.v[i].key;
            }
        }
        return NULL;
    }
    if (f->pairs.n == FEW_KEYS && f->keys.n == 0) {
        for (size_t i = 0; i < f->pairs.n; i++) {
            struct value *k = f->pairs.v[i].key;
            map_put(&f->keys, normalized(r, k->text), k);
        }
    }
    struct value *found = map_find(&f->keys, text);
    if (!found) {
        map_put(&f->keys, text, key);
    }
    return found;
}

void yaml_accept_key(struct yaml_reader *r, struct yaml_frame *f, struct value *key)
{
    f->key = key;
    if (key->kind == VALUE_SEQUENCE || key->kind == VALUE_MAPPING) {
        diag_report(r->sink, DIAG_WRONG_TYPE, key->at,
                    "put it in quotes if the brackets are part of the text",
                    "a key cannot be %s", value_kind_name(key));
    } else if (key->style == VALUE_PLAIN && str_is(key->text, "<<")) {
        diag_report(r->sink, DIAG_UNKNOWN_KEY, key->at, "write the keys out",
                    "merge keys (`<<`) are not part of notes");
    }
}

void yaml_accept_value(struct yaml_reader *r, struct yaml_frame *f, struct value *v)
{
    struct value *key = f->key;
    f->key = NULL;
    if (key->kind == VALUE_SEQUENCE || key->kind == VALUE_MAPPING) {
        return; /* reported when it was read */
    }
    struct value *earlier = earlier_key(r, f, key);
    if (earlier) {
        struct diag *d = diag_report(r->sink, DIAG_DUPLICATE_KEY, key->at,
                                     "keep one of them", "the key `%.*s` stands twice",
                                     STR_ARG(key->text));
        diag_second(r->sink, d, earlier->at, "it stands here already");
        return;
    }
    vec_push(r->arena, &f->pairs, (struct value_pair){key, v});
}
