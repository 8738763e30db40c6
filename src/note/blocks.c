/* SPDX-License-Identifier: MIT
 *
 * In: a `body`: Markdown, or a list of Markdown texts and typed blocks. Out: nodes. A
 * typed block is a mapping with one kind and the options of that kind; all kinds and
 * options stand in one table, and each kind names the options it has. */
#include "note/load.h"

struct block {
    int base;                   /* the level of the section around it */
    const struct value *map;
    const struct value *value;  /* of the kind's key */
    str id, lang, language;
    const struct note_style *style;
    struct place id_at;
    enum note_keep keep;
    enum note_change change;
    int level;
    bool numbered, line_numbers;
    int tab;
    struct note_list_options list;
};

/* --- Options --- */

static void kind_value(struct note_loader *l, const struct value *v, void *into)
{
    (void)l;
    ((struct block *)into)->value = v;
}

static void option_id(struct note_loader *l, const struct value *v, void *into)
{
    (void)l;
    ((struct block *)into)->id = v->text;
    ((struct block *)into)->id_at = v->at;
}

static void option_keep(struct note_loader *l, const struct value *v, void *into)
{
    note_read_keep(l, v, &((struct block *)into)->keep);
}

static void option_level(struct note_loader *l, const struct value *v, void *into)
{
    note_read_number(l, v, 1, 6, &((struct block *)into)->level);
}

static void option_tab(struct note_loader *l, const struct value *v, void *into)
{
    enum { WIDEST = 16 };
    note_read_number(l, v, 1, WIDEST, &((struct block *)into)->tab);
}

static void option_ordered(struct note_loader *l, const struct value *v, void *into)
{
    note_read_ordered(l, v, &((struct block *)into)->list);
}

static void option_numbering(struct note_loader *l, const struct value *v, void *into)
{
    note_read_numbering(l, v, &((struct block *)into)->list);
}

static void option_start(struct note_loader *l, const struct value *v, void *into)
{
    note_read_start(l, v, &((struct block *)into)->list);
}

static void option_prefix(struct note_loader *l, const struct value *v, void *into)
{
    (void)l;
    struct note_list_options *list = &((struct block *)into)->list;
    list->prefix = v->text;
    list->own_prefix = list->ordered = true;
}

static void option_suffix(struct note_loader *l, const struct value *v, void *into)
{
    (void)l;
    struct note_list_options *list = &((struct block *)into)->list;
    list->suffix = v->text;
    list->own_suffix = list->ordered = true;
}

static void option_continued(struct note_loader *l, const struct value *v, void *into)
{
    struct note_list_options *list = &((struct block *)into)->list;
    if (note_read_flag(l, v, &list->continued) && list->continued) {
        list->ordered = true;
        list->continued_at = v->at;
    }
}

static void option_tight(struct note_loader *l, const struct value *v, void *into)
{
    struct note_list_options *list = &((struct block *)into)->list;
    list->own_tight = note_read_flag(l, v, &list->tight);
}

static const struct note_key BLOCK_KEYS[] = {
    {"paragraph", NOTE_TYPE_TEXT, 0, kind_value, 0, "One paragraph of inline Markdown."},
    {"heading", NOTE_TYPE_TEXT, 0, kind_value, 0, "A heading without a section."},
    {"list", NOTE_TYPE_ITEMS, 0, kind_value, 0, "A list."},
    {"definitions", NOTE_TYPE_DEFINITIONS, 0, kind_value, 0,
     "Terms and what they mean."},
    {"table", NOTE_TYPE_TABLE, 0, kind_value, 0, "A table."},
    {"image", NOTE_TYPE_IMAGE, 0, kind_value, 0, "A picture from a file."},
    {"qr", NOTE_TYPE_QR, 0, kind_value, 0, "A QR code."},
    {"quote", NOTE_TYPE_BODY, 0, kind_value, 0, "A quotation."},
    {"code", NOTE_TYPE_TEXT, 0, kind_value, 0, "Text as it is, in a typewriter face."},
    {"rule", NOTE_TYPE_NOTHING, 0, kind_value, 0, "A line across the text."},
    {"page-break", NOTE_TYPE_NOTHING, 0, kind_value, 0, "What follows begins a page."},
    {"callout", NOTE_TYPE_CALLOUT, 0, kind_value, 0, "A box that stands out."},
    {"columns", NOTE_TYPE_COLUMNS, 0, kind_value, 0,
     "Text in columns of equal height, side by side."},
    {"toc", NOTE_TYPE_TOC, 0, kind_value, 0, "A table of contents."},
    {"signature", NOTE_TYPE_SIGNATURES, 0, kind_value, 0, "Lines to sign on."},
    {"id", NOTE_TYPE_TEXT, 0, option_id, 0, "What links lead to, as in `[there](#id)`."},
    {"style", NOTE_TYPE_TEXT, 0, note_keep_style, NOTE_IN(block, style),
     "A style of the layout."},
    {"lang", NOTE_TYPE_TEXT, 0, note_keep_language, NOTE_IN(block, lang),
     "The block's language (BCP 47)."},
    {"level", NOTE_TYPE_NUMBER, 0, option_level, 0, "A heading's level, 1 to 6."},
    {"numbered", NOTE_TYPE_FLAG, 0, note_keep_flag, NOTE_IN(block, numbered),
     "Whether a heading is numbered."},
    {"ordered", NOTE_TYPE_FLAG, 0, option_ordered, 0, "Whether a list is numbered."},
    {"start", NOTE_TYPE_NUMBER, 0, option_start, 0, "A list's first number."},
    {"numbering", NOTE_TYPE_NUMBERING, 0, option_numbering, 0,
     "How a list is numbered."},
    {"prefix", NOTE_TYPE_TEXT, 0, option_prefix, 0,
     "What stands before a list's numbers."},
    {"suffix", NOTE_TYPE_TEXT, 0, option_suffix, 0, "What stands behind them."},
    {"continued", NOTE_TYPE_FLAG, 0, option_continued, 0,
     "Whether a list counts on from the one before it."},
    {"tight", NOTE_TYPE_FLAG, 0, option_tight, 0,
     "Whether items stand close together; else a list of single paragraphs does."},
    {"language", NOTE_TYPE_TEXT, 0, note_keep_text, NOTE_IN(block, language),
     "The language of a piece of code."},
    {"numbers", NOTE_TYPE_FLAG, 0, note_keep_flag, NOTE_IN(block, line_numbers),
     "Whether its lines are numbered."},
    {"tab", NOTE_TYPE_NUMBER, 0, option_tab, 0,
     "Columns from one tab stop to the next, 1 to 16; 8 if it is not said."},
    {"keep", NOTE_TYPE_KEEP, 0, option_keep, 0,
     "Not divided between pages; `with-next`: not parted from what follows."},
    {"changed", NOTE_TYPE_FLAG, 0, note_keep_change, NOTE_IN(block, change),
     "A bar in the margin says that it is new; `false`: it is not, inside what is."},
    NOTE_MERGE_KEYS
};

const struct note_keys NOTE_BLOCK_KEYS =
    NOTE_KEYS_TABLE("block", "a block", BLOCK_KEYS);

/* --- Kinds --- */

static struct note_node *add_node(struct note_loader *l, enum note_kind kind,
                                  const struct block *b, struct note_node *into)
{
    struct note_node *node = note_node_new(l, kind, b->value->at);
    if (b->value->kind == VALUE_NULL) {
        node->at = b->map->at;
    }
    note_append(into, node);
    return node;
}

static void make_paragraph(struct note_loader *l, const struct block *b,
                           struct note_node *into)
{
    note_markdown_inline(l, b->value, add_node(l, NOTE_PARAGRAPH, b, into));
}

static void make_heading(struct note_loader *l, const struct block *b,
                         struct note_node *into)
{
    struct note_node *heading = add_node(l, NOTE_HEADING, b, into);
    int level = b->base + b->level;
    heading->as.heading.level = level > 6 ? 6 : level;
    heading->as.heading.unnumbered = !b->numbered;
    note_markdown_inline(l, b->value, heading);
}

static void make_list(struct note_loader *l, const struct block *b,
                      struct note_node *into)
{
    struct note_list_options options = b->list;
    options.level = b->base;
    note_list(l, b->value, &options, into);
}

static void make_definitions(struct note_loader *l, const struct block *b,
                             struct note_node *into)
{
    note_definitions(l, b->value, b->base, add_node(l, NOTE_DEFINITIONS, b, into));
}

static void make_table(struct note_loader *l, const struct block *b,
                       struct note_node *into)
{
    note_table(l, b->value, b->base, into);
}

static void make_image(struct note_loader *l, const struct block *b,
                       struct note_node *into)
{
    note_image(l, b->value, into);
}

static void make_qr(struct note_loader *l, const struct block *b, struct note_node *into)
{
    note_qr(l, b->value, add_node(l, NOTE_QR, b, into));
}

static void make_quote(struct note_loader *l, const struct block *b,
                       struct note_node *into)
{
    note_body(l, b->value, b->base, add_node(l, NOTE_QUOTE, b, into));
}

static void make_callout(struct note_loader *l, const struct block *b,
                         struct note_node *into)
{
    note_callout(l, b->value, b->base, add_node(l, NOTE_CALLOUT, b, into));
}

static void make_columns(struct note_loader *l, const struct block *b,
                         struct note_node *into)
{
    note_columns(l, b->value, b->base, add_node(l, NOTE_COLUMNS, b, into));
}

static void make_signature(struct note_loader *l, const struct block *b,
                           struct note_node *into)
{
    note_signatures(l, b->value, add_node(l, NOTE_SIGNATURES, b, into));
}

static void make_code(struct note_loader *l, const struct block *b,
                      struct note_node *into)
{
    struct note_node *code = add_node(l, NOTE_CODE_BLOCK, b, into);
    str text = b->value->text;
    code->text = str_ends(text, STR("\n")) ? str_sub(text, 0, text.n - 1) : text;
    code->as.code_block.info = b->language;
    code->as.code_block.numbers = b->line_numbers;
    code->as.code_block.one_line = b->value->style != VALUE_LITERAL;
    code->as.code_block.tab = b->tab;
}

static void make_rule(struct note_loader *l, const struct block *b,
                      struct note_node *into)
{
    add_node(l, NOTE_RULE, b, into);
}

static void make_page_break(struct note_loader *l, const struct block *b,
                            struct note_node *into)
{
    add_node(l, NOTE_PAGE_BREAK, b, into);
}

static void make_toc(struct note_loader *l, const struct block *b,
                     struct note_node *into)
{
    note_toc(l, b->value, add_node(l, NOTE_TOC, b, into));
}

enum { MAX_OPTIONS = 8 };

static const struct {
    const char *name;
    void (*make)(struct note_loader *l, const struct block *b, struct note_node *into);
    const char *const options[MAX_OPTIONS]; /* beside those of every block */
} MAKERS[] = {
    {"paragraph", make_paragraph, {NULL}},
    {"heading", make_heading, {"level", "numbered"}},
    {"list", make_list,
     {"ordered", "start", "numbering", "prefix", "suffix", "continued", "tight"}},
    {"definitions", make_definitions, {NULL}},
    {"table", make_table, {NULL}},
    {"image", make_image, {NULL}},
    {"qr", make_qr, {NULL}},
    {"quote", make_quote, {NULL}},
    {"code", make_code, {"language", "numbers", "tab"}},
    {"rule", make_rule, {NULL}},
    {"page-break", make_page_break, {NULL}},
    {"callout", make_callout, {NULL}},
    {"columns", make_columns, {NULL}},
    {"toc", make_toc, {NULL}},
    {"signature", make_signature, {NULL}},
};

enum { N_MAKERS = sizeof MAKERS / sizeof *MAKERS };

static int maker_of(str name)
{
    for (int i = 0; i < N_MAKERS; i++) {
        if (str_is(name, MAKERS[i].name)) {
            return i;
        }
    }
    return -1;
}

/* The kind that owns an option, or -1 if every block has it. */
static int owner_of(str option)
{
    for (int i = 0; i < N_MAKERS; i++) {
        for (int j = 0; j < MAX_OPTIONS && MAKERS[i].options[j]; j++) {
            if (str_is(option, MAKERS[i].options[j])) {
                return i;
            }
        }
    }
    return -1;
}

bool note_block_is_kind(str key)
{
    return maker_of(key) >= 0;
}

const char *note_block_owner(str option)
{
    int owner = owner_of(option);
    return owner < 0 ? NULL : MAKERS[owner].name;
}

/* The one kind of a block; -1 and reports if it has none or several. */
static int find_kind(struct note_loader *l, const struct value *map)
{
    int kind = -1;
    const struct value *first = NULL;
    bool unknown = false;
    for (size_t i = 0; i < map->n; i++) {
        const struct value *key = map->pairs[i].key;
        int found = maker_of(key->text);
        unknown = unknown || !note_keys_find(&NOTE_BLOCK_KEYS, key->text);
        if (found >= 0 && first) {
            struct diag *d = diag_report(l->sink, DIAG_BAD_VALUE, key->at,
                                         "begin a new item with `- `",
                                         "a block has one kind; this is a second one");
            diag_second(l->sink, d, first->at, "the first one");
        } else if (found >= 0) {
            kind = found;
            first = key;
        }
    }
    if (!first && !unknown) {
        diag_report(l->sink, DIAG_MISSING_KEY, map->at,
                    "write text, or one of `paragraph`, `heading`, `list`, `quote`",
                    "a block without a kind");
    }
    return kind;
}

static void check_options(struct note_loader *l, const struct value *map, int kind)
{
    for (size_t i = 0; i < map->n; i++) {
        const struct value *key = map->pairs[i].key;
        int owner = owner_of(key->text);
        if (owner >= 0 && owner != kind) {
            diag_report(l->sink, DIAG_UNKNOWN_KEY, key->at,
                        str_format(l->sink->arena, "it is an option of `%s`",
                                   MAKERS[owner].name).p,
                        "`%s` has no option `%.*s`", MAKERS[kind].name,
                        STR_ARG(key->text));
        }
    }
}

static void add_block(struct note_loader *l, const struct value *map, int level,
                      struct note_node *into)
{
    struct block b = {
        .base = level, .map = map, .level = 1, .numbered = true, .list = {.start = 1},
    };
    int kind = find_kind(l, map);
    note_keys_read(l, &NOTE_BLOCK_KEYS, map, &b);
    if (kind < 0) {
        return;
    }
    check_options(l, map, kind);
    struct note_node *before = into->last;
    if (b.value && MAKERS[kind].make) {
        MAKERS[kind].make(l, &b, into);
    }
    struct note_node *made = into->last;
    if (made && made != before) {
        made->style = b.style ? b.style : made->style;
        made->lang = b.lang.n ? b.lang : made->lang;
        made->keep = b.keep;
        made->change = b.change;
        if (b.id.n) {
            note_set_id(l, made, b.id, b.id_at);
        }
    }
}

void note_body(struct note_loader *l, const struct value *v, int level,
               struct note_node *into)
{
    if (v->kind == VALUE_SCALAR) {
        note_markdown(l, v, level, into);
        return;
    }
    for (size_t i = 0; i < v->n; i++) {
        const struct value *item = v->items[i];
        if (item->kind == VALUE_SCALAR) {
            note_markdown(l, item, level, into);
        } else if (item->kind == VALUE_MAPPING) {
            add_block(l, item, level, into);
        } else if (item->kind == VALUE_NULL) {
            diag_report(l->sink, DIAG_EMPTY_VALUE, item->at,
                        "write a block, or delete it", "an empty block");
        } else {
            diag_report(l->sink, DIAG_WRONG_TYPE, item->at, "write `list:` before a list",
                        "a block takes text or a mapping, not a list");
        }
    }
}
