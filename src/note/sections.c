/* SPDX-License-Identifier: MIT
 *
 * In: `sections`, a list of mappings. Out: SECTION nodes, each with its HEADING first. */
#include "note/load.h"

struct section {
    struct note_node *node, *heading;
    int depth;
};

static void read_heading(struct note_loader *l, const struct value *v, void *into)
{
    struct section *s = into;
    s->heading->at = v->at;
    note_markdown_inline(l, v, s->heading);
}

static void read_body(struct note_loader *l, const struct value *v, void *into)
{
    struct section *s = into;
    note_body(l, v, s->depth, s->node);
}

static void read_sections(struct note_loader *l, const struct value *v, void *into)
{
    struct section *s = into;
    note_sections(l, v, s->depth + 1, s->node);
}

static void read_id(struct note_loader *l, const struct value *v, void *into)
{
    note_set_id(l, ((struct section *)into)->heading, v->text, v->at);
}

static void read_style(struct note_loader *l, const struct value *v, void *into)
{
    ((struct section *)into)->heading->style = note_new_style(l, v->text, v->at);
}

static void read_lang(struct note_loader *l, const struct value *v, void *into)
{
    if (note_check_language(l, v->text, v->at)) {
        ((struct section *)into)->node->lang = v->text;
    }
}

static void read_numbered(struct note_loader *l, const struct value *v, void *into)
{
    bool numbered = true;
    if (note_read_flag(l, v, &numbered)) {
        ((struct section *)into)->heading->as.heading.unnumbered = !numbered;
    }
}

static void read_changed(struct note_loader *l, const struct value *v, void *into)
{
    note_read_change(l, v, &((struct section *)into)->node->change);
}

static const struct note_key KEYS[] = {
    {"heading", NOTE_TYPE_TEXT, NOTE_REQUIRED, read_heading, 0,
     "The heading, in inline Markdown, without a number."},
    {"body", NOTE_TYPE_BODY, 0, read_body, 0, "The text of the section."},
    {"sections", NOTE_TYPE_SECTIONS, 0, read_sections, 0, "Sections inside this one."},
    {"id", NOTE_TYPE_TEXT, 0, read_id, 0,
     "What links lead to, as in `[there](#id)`; else made from the heading."},
    {"lang", NOTE_TYPE_TEXT, 0, read_lang, 0, "The section's language (BCP 47)."},
    {"style", NOTE_TYPE_TEXT, 0, read_style, 0,
     "A style of the layout for the heading."},
    {"numbered", NOTE_TYPE_FLAG, 0, read_numbered, 0,
     "Whether the layout numbers the heading."},
    {"changed", NOTE_TYPE_FLAG, 0, read_changed, 0,
     "A bar in the margin says that the section is new."},
    NOTE_MERGE_KEYS
};

const struct note_keys NOTE_SECTION_KEYS = NOTE_KEYS_TABLE("section", "a section", KEYS);

static void add_section(struct note_loader *l, const struct value *v, int depth,
                        struct note_node *into)
{
    struct section s = {
        .node = note_node_new(l, NOTE_SECTION, v->at),
        .heading = note_node_new(l, NOTE_HEADING, v->at),
        .depth = depth,
    };
    s.node->as.heading.level = depth;
    s.heading->as.heading.level = depth;
    note_append(into, s.node);
    note_append(s.node, s.heading);
    note_keys_read(l, &NOTE_SECTION_KEYS, v, &s);
}

void note_sections(struct note_loader *l, const struct value *v, int depth,
                   struct note_node *into)
{
    if (depth > NOTE_MAX_SECTIONS) {
        diag_report(l->sink, DIAG_TOO_DEEP, v->at, "move them one level up",
                    "sections nested more than %d deep", NOTE_MAX_SECTIONS);
        return;
    }
    for (size_t i = 0; i < v->n; i++) {
        const struct value *item = v->items[i];
        if (note_type_check(l, NOTE_TYPE_MAPPING, item, STR("a section"))) {
            add_section(l, item, depth, into);
        }
    }
}
