/* SPDX-License-Identifier: MIT
 *
 * In: the values of `when:` and `each:`. Out: whether to keep, what to repeat over.
 *
 *     condition: "true" | "false" | ["not " | "!"] NAME | NAME ("=" | "!=") TEXT
 *
 * They are read once, however often they are asked. */
#include "note/conditions.h"

#include "note/template.h"

enum operator { OPERATOR_NONE, OPERATOR_EQUAL, OPERATOR_UNEQUAL };

struct condition {
    const struct value *scalar; /* its address is the key */
    struct note_name name;
    struct place at;            /* of the name */
    enum operator operator;
    str text;                   /* to compare with */
    bool constant, inverted;    /* constant: `true`, or `false` if inverted */
    bool bad, told;
};

/* --- Reading --- */

static str without_quotes(str s)
{
    bool quoted = s.n >= 2 && (s.p[0] == '"' || s.p[0] == '\'') && s.p[s.n - 1] == s.p[0];
    return quoted ? str_sub(s, 1, s.n - 1) : s;
}

static void read_condition(struct note_merge *m, str text, struct condition *c)
{
    size_t equals;
    str name = text;
    if (str_is(text, "true") || str_is(text, "false")) {
        c->constant = true;
        c->inverted = str_is(text, "false");
        return;
    }
    if (str_find_char(text, '=', &equals)) {
        bool unequal = equals > 0 && text.p[equals - 1] == '!';
        c->operator = unequal ? OPERATOR_UNEQUAL : OPERATOR_EQUAL;
        c->text = without_quotes(str_trim(str_sub(text, equals + 1, text.n)));
        name = str_trim(str_sub(text, 0, equals - unequal));
    } else if (str_starts(text, STR("!")) || str_starts(text, STR("not "))) {
        c->inverted = true;
        name = str_trim(str_sub(text, text.p[0] == '!' ? 1 : 4, text.n));
    }
    c->at = value_place(c->scalar, name.n ? (size_t)(name.p - c->scalar->text.p) : 0);
    c->at.width = name.n ? (uint32_t)name.n : 1;
    c->bad = !note_name_read(m, name, c->at, NULL, &c->name);
}

static struct condition *condition_of(struct note_merge *m, const struct value *scalar,
                                      bool is_list)
{
    struct condition *c = map_find(&m->conditions,
                                   (str){(const char *)&scalar, sizeof scalar});
    if (c) {
        return c;
    }
    c = NEW(m->arena, struct condition);
    c->scalar = scalar;
    c->at = scalar->at;
    map_put(&m->conditions, (str){(const char *)&c->scalar, sizeof scalar}, c);
    if (scalar->kind != VALUE_SCALAR) {
        c->bad = true;
        if (!scalar->refused) {
            diag_report(m->sink, DIAG_WRONG_TYPE, scalar->at,
                        is_list ? "write the name of a list of the data"
                                : "write `name`, `not name`, `name = text` or "
                                  "`name != text`",
                        "%s takes text, not %s", is_list ? "`each`" : "a condition",
                        value_kind_name(scalar));
        }
    } else if (is_list) {
        c->bad = !note_name_read(m, str_trim(scalar->text), scalar->at, NULL, &c->name);
    } else {
        read_condition(m, str_trim(scalar->text), c);
    }
    return c;
}

/* --- Asking --- */

static bool holds(struct note_merge *m, const struct value *scalar)
{
    struct condition *c = condition_of(m, scalar, false);
    if (c->bad || c->constant) {
        return !c->bad && !c->inverted;
    }
    struct note_found found = note_merge_find(m, &c->name, NULL);
    if (!found.found && !c->told) {
        note_merge_absent(m, &c->name, NULL, c->at);
        c->told = true;
    }
    if (c->operator == OPERATOR_NONE) {
        return note_found_is_true(&found) != c->inverted;
    }
    bool null = !found.found || (found.value && found.value->kind == VALUE_NULL);
    bool equal = str_eq(null ? STR_NONE : str_trim(found.text), c->text);
    return equal == (c->operator == OPERATOR_EQUAL);
}

bool note_condition_holds(struct note_merge *m, const struct value *when)
{
    bool all = true;
    if (when->kind != VALUE_SEQUENCE) {
        return holds(m, when);
    }
    for (size_t i = 0; i < when->n; i++) {
        all = holds(m, when->items[i]) && all;
    }
    return all;
}

const struct value *note_condition_list(struct note_merge *m, const struct value *each)
{
    struct condition *c = condition_of(m, each, true);
    if (c->bad) {
        return NULL;
    }
    struct note_found found = note_merge_find(m, &c->name, NULL);
    if (!found.found) {
        if (!c->told) {
            note_merge_missing(m, &c->name, NULL, c->at);
        }
        c->told = true;
        return NULL;
    }
    bool list = found.value && found.value->kind == VALUE_SEQUENCE;
    bool null = found.value && found.value->kind == VALUE_NULL;
    if (!list && !null && !c->told) {
        struct diag *d = diag_report(m->sink, DIAG_WRONG_TYPE, c->at,
                                     "name a list of the data",
                                     "`%.*s` is %s, not a list", STR_ARG(c->name.whole),
                                     found.value ? value_kind_name(found.value) : "text");
        if (found.value) {
            diag_second(m->sink, d, found.value->at, "the value");
        }
        c->told = true;
    }
    return list ? found.value : NULL;
}
