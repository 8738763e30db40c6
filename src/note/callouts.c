/* SPDX-License-Identifier: MIT
 *
 * In: `callout:` blocks: text, blocks, or a mapping of kind, title and body. Out:
 * CALLOUT nodes. */
#include "note/load.h"

static const char *const KINDS[NOTE_CALLOUT_COUNT] = {
    [NOTE_CALLOUT_NOTE] = "note",           [NOTE_CALLOUT_TIP] = "tip",
    [NOTE_CALLOUT_IMPORTANT] = "important", [NOTE_CALLOUT_WARNING] = "warning",
    [NOTE_CALLOUT_CAUTION] = "caution",     [NOTE_CALLOUT_BOX] = "box",
};

const char *note_callout_name(enum note_callout kind)
{
    return KINDS[kind];
}

static bool is_same(str name, const char *kind)
{
    size_t i = 0;
    while (i < name.n && kind[i] && (name.p[i] | 0x20) == kind[i]) {
        i++;
    }
    return i == name.n && !kind[i];
}

int note_callout_find(str name)
{
    for (int i = 0; i < NOTE_CALLOUT_COUNT; i++) {
        if (is_same(name, KINDS[i])) {
            return i;
        }
    }
    return -1;
}

str note_callout_suggest(struct arena *a, str name)
{
    return diag_suggest(a, name, KINDS, NOTE_CALLOUT_COUNT);
}

struct callout {
    struct note_node *node;
    int level;
    const struct value *title, *body;
};

static void callout_kind(struct note_loader *l, const struct value *v, void *into)
{
    int kind = note_read_word(l, v, KINDS, NOTE_CALLOUT_COUNT);
    if (kind >= 0) {
        ((struct callout *)into)->node->as.callout.kind = (enum note_callout)kind;
    }
}

static const struct note_key CALLOUT_KEYS[] = {
    {"kind", NOTE_TYPE_CALLOUT_KIND, 0, callout_kind, 0,
     "What it is for; `note` if it is not said. A `box` has no title of its own."},
    {"title", NOTE_TYPE_TEXT, 0, note_keep_value, NOTE_IN(callout, title),
     "Instead of the layout's word for its kind, in inline Markdown; `\"\"` for none."},
    {"body", NOTE_TYPE_BODY, NOTE_REQUIRED, note_keep_value, NOTE_IN(callout, body),
     "Markdown or blocks."},
};

const struct note_keys NOTE_CALLOUT_KEYS =
    NOTE_KEYS_TABLE("callout", "a callout", CALLOUT_KEYS);

void note_callout(struct note_loader *l, const struct value *v, int level,
                  struct note_node *into)
{
    struct callout c = {.node = into, .level = level};
    if (v->kind != VALUE_MAPPING) {
        note_body(l, v, level, into);
        return;
    }
    note_keys_read(l, &NOTE_CALLOUT_KEYS, v, &c);
    into->as.callout.untitled = c.title && str_trim(c.title->text).n == 0;
    if (c.title && !into->as.callout.untitled) {
        struct note_node *title = note_node_new(l, NOTE_LABEL, c.title->at);
        note_append(into, title);
        note_markdown_inline(l, c.title, title);
    }
    if (c.body) {
        note_body(l, c.body, level, into);
    }
}
