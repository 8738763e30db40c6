/* SPDX-License-Identifier: MIT
 *
 * In: `list:` and `definitions:` blocks. Out: LIST and DEFINITIONS; lists that continue
 * others get their numbers once the whole note is read, in the order of reading. */
#include "note/load.h"

static const char *const NUMBERINGS[] = {
    [NOTE_DECIMAL] = "decimal",         [NOTE_LOWER_ALPHA] = "lower-alpha",
    [NOTE_UPPER_ALPHA] = "upper-alpha", [NOTE_LOWER_ROMAN] = "lower-roman",
    [NOTE_UPPER_ROMAN] = "upper-roman",
};

enum { MAX_START = 999999999 };

/* --- Options --- */

void note_read_ordered(struct note_loader *l, const struct value *v,
                       struct note_list_options *out)
{
    note_read_flag(l, v, &out->ordered);
}

void note_read_numbering(struct note_loader *l, const struct value *v,
                         struct note_list_options *out)
{
    int n = note_read_word(l, v, NUMBERINGS, sizeof NUMBERINGS / sizeof *NUMBERINGS);
    if (n >= 0) {
        out->numbering = (enum note_numbering)n;
        out->ordered = out->own_numbering = true;
    }
}

void note_read_start(struct note_loader *l, const struct value *v,
                     struct note_list_options *out)
{
    if (note_read_number(l, v, 0, MAX_START, &out->start)) {
        out->ordered = true;
        out->start_at = v->at;
    }
}

/* --- Items --- */

struct item {
    struct note_node *node;
    const struct value *list;
    struct note_list_options options;
};

static void item_body(struct note_loader *l, const struct value *v, void *into)
{
    struct item *item = into;
    note_body(l, v, item->options.level, item->node);
}

static void item_text(struct note_loader *l, const struct value *v, void *into)
{
    struct note_node *paragraph = note_node_new(l, NOTE_PARAGRAPH, v->at);
    note_append(((struct item *)into)->node, paragraph);
    note_markdown_inline(l, v, paragraph);
}

static void item_checked(struct note_loader *l, const struct value *v, void *into)
{
    struct note_node *item = ((struct item *)into)->node;
    item->as.item.is_task = note_read_flag(l, v, &item->as.item.checked);
}

static void item_ordered(struct note_loader *l, const struct value *v, void *into)
{
    note_read_ordered(l, v, &((struct item *)into)->options);
}

static void item_numbering(struct note_loader *l, const struct value *v, void *into)
{
    note_read_numbering(l, v, &((struct item *)into)->options);
}

static void item_start(struct note_loader *l, const struct value *v, void *into)
{
    note_read_start(l, v, &((struct item *)into)->options);
}

static void item_changed(struct note_loader *l, const struct value *v, void *into)
{
    note_read_change(l, v, &((struct item *)into)->node->change);
}

static const struct note_key ITEM_KEYS[] = {
    {"text", NOTE_TYPE_TEXT, 0, item_text, 0, "One paragraph of inline Markdown."},
    {"body", NOTE_TYPE_BODY, 0, item_body, 0, "Markdown or blocks."},
    {"checked", NOTE_TYPE_FLAG, 0, item_checked, 0,
     "A task: with a box before it, checked or empty."},
    {"list", NOTE_TYPE_ITEMS, 0, note_keep_value, NOTE_IN(item, list),
     "A list inside the item, behind its text."},
    {"ordered", NOTE_TYPE_FLAG, 0, item_ordered, 0, "Whether that list is numbered."},
    {"start", NOTE_TYPE_NUMBER, 0, item_start, 0, "The first number of that list."},
    {"numbering", NOTE_TYPE_NUMBERING, 0, item_numbering, 0,
     "How that list is numbered."},
    {"changed", NOTE_TYPE_FLAG, 0, item_changed, 0,
     "A bar in the margin says that the item is new."},
    NOTE_MERGE_KEYS
};

const struct note_keys NOTE_ITEM_KEYS = NOTE_KEYS_TABLE("item", "a list item", ITEM_KEYS);

static void add_item(struct note_loader *l, const struct value *v, int level,
                     struct note_node *list)
{
    struct item item = {.options = {.start = 1, .level = level}};
    if (v->kind == VALUE_SEQUENCE || v->kind == VALUE_NULL) {
        diag_report(l->sink, DIAG_WRONG_TYPE, v->at,
                    "write a text, or `text:` and a `list:` below it",
                    "a list item takes text or a mapping, not %s", value_kind_name(v));
        return;
    }
    item.node = note_node_new(l, NOTE_ITEM, v->at);
    note_append(list, item.node);
    if (v->kind == VALUE_SCALAR) {
        note_markdown(l, v, level, item.node);
        return;
    }
    note_keys_read(l, &NOTE_ITEM_KEYS, v, &item);
    if (item.list) {
        note_list(l, item.list, &item.options, item.node);
    }
}

/* --- Lists --- */

/* Tight lists hold nothing but single paragraphs and lists behind them. */
static bool is_tight(const struct note_node *list)
{
    for (const struct note_node *i = list->first; i; i = i->next) {
        const struct note_node *first = i->first;
        if (first && first->next && first->next->kind != NOTE_LIST) {
            return false;
        }
    }
    return true;
}

static void check_start(struct note_loader *l, const struct note_list_options *options)
{
    if (options->continued && options->start_at.line) {
        struct diag *d = diag_report(l->sink, DIAG_BAD_VALUE, options->start_at,
                                     "leave one of the two out",
                                     "a list that is continued cannot have a start");
        diag_second(l->sink, d, options->continued_at, "continued here");
    } else if (options->numbering != NOTE_DECIMAL && options->start < 1) {
        diag_report(l->sink, DIAG_OUT_OF_RANGE, options->start_at, "begin with 1 or more",
                    "letters and roman numerals have no %d", options->start);
    }
}

void note_list(struct note_loader *l, const struct value *items,
               const struct note_list_options *options, struct note_node *into)
{
    struct note_node *list = note_node_new(l, NOTE_LIST, items->at);
    list->as.list.ordered = options->ordered;
    list->as.list.numbering = options->numbering;
    list->as.list.own_numbering = options->own_numbering;
    list->as.list.own_prefix = options->own_prefix;
    list->as.list.own_suffix = options->own_suffix;
    list->as.list.prefix = options->prefix;
    list->as.list.suffix = options->suffix;
    list->as.list.start = options->start;
    list->as.list.delimiter = '.';
    list->as.list.continued = options->continued;
    check_start(l, options);
    if (options->continued) {
        vec_push(l->arena, &l->continued,
                 (struct note_continued){list, options->continued_at});
    }
    note_append(into, list);
    for (size_t i = 0; i < items->n; i++) {
        add_item(l, items->items[i], options->level, list);
    }
    list->as.list.tight = options->own_tight ? options->tight : is_tight(list);
}

/* --- Definitions --- */

static void add_definition(struct note_loader *l, const struct value *term,
                           const struct value *v, int level, struct note_node *into)
{
    if (v->kind == VALUE_NULL) {
        diag_report(l->sink, DIAG_EMPTY_VALUE, term->at,
                    "write what it means, or delete it", "the term `%.*s` has no meaning",
                    STR_ARG(term->text));
    }
    struct note_node *definition = note_node_new(l, NOTE_DEFINITION, term->at);
    struct note_node *label = note_node_new(l, NOTE_LABEL, term->at);
    note_append(into, definition);
    note_append(definition, label);
    note_markdown_inline(l, term, label);
    str what = str_format(l->sink->arena, "the term `%.*s`", STR_ARG(term->text));
    if (v->kind != VALUE_NULL && note_type_check(l, NOTE_TYPE_BODY, v, what)) {
        note_body(l, v, level, definition);
    }
}

/* `[term, meaning]`, for terms that repeat. */
static void add_pair(struct note_loader *l, const struct value *pair, int level,
                     struct note_node *into)
{
    if (pair->kind != VALUE_SEQUENCE || pair->n != 2 ||
        pair->items[0]->kind != VALUE_SCALAR) {
        diag_report(l->sink, DIAG_WRONG_TYPE, pair->at, "write `[Term, meaning]`",
                    "a definition in a list is a pair of a term and its meaning");
        return;
    }
    add_definition(l, pair->items[0], pair->items[1], level, into);
}

void note_definitions(struct note_loader *l, const struct value *v, int level,
                      struct note_node *into)
{
    for (size_t i = 0; v->kind == VALUE_MAPPING && i < v->n; i++) {
        add_definition(l, v->pairs[i].key, v->pairs[i].value, level, into);
    }
    for (size_t i = 0; v->kind == VALUE_SEQUENCE && i < v->n; i++) {
        if (v->items[i]->kind == VALUE_MAPPING) {
            note_definitions(l, v->items[i], level, into);
        } else {
            add_pair(l, v->items[i], level, into);
        }
    }
}

/* --- Lists that continue others --- */

/* The last numbered list at each depth of lists. */
struct counting {
    const struct note_node *last[NOTE_MAX_NESTING + 1];
    int next[NOTE_MAX_NESTING + 1];
};

static int depth_of(const struct note_node *list)
{
    int depth = 0;
    for (const struct note_node *n = list->parent; n; n = n->parent) {
        depth += n->kind == NOTE_LIST && depth < NOTE_MAX_NESTING;
    }
    return depth;
}

static struct place place_of(const struct note_loader *l, const struct note_node *list)
{
    for (size_t i = 0; i < l->continued.n; i++) {
        if (l->continued.v[i].list == list) {
            return l->continued.v[i].at;
        }
    }
    return list->at;
}

/* What the list does not say itself is as in the one before. */
static void continue_list(struct note_loader *l, struct note_node *list,
                          const struct note_node *before, int next)
{
    if (!before) {
        diag_report(l->sink, DIAG_BAD_VALUE, place_of(l, list),
                    "delete `continued`, or give a `start`",
                    "no numbered list stands before this one to be continued");
        return;
    }
    list->as.list.start = next;
    if (!list->as.list.own_numbering) {
        list->as.list.own_numbering = before->as.list.own_numbering;
        list->as.list.numbering = before->as.list.numbering;
    }
    if (!list->as.list.own_prefix) {
        list->as.list.own_prefix = before->as.list.own_prefix;
        list->as.list.prefix = before->as.list.prefix;
    }
    if (!list->as.list.own_suffix) {
        list->as.list.own_suffix = before->as.list.own_suffix;
        list->as.list.suffix = before->as.list.suffix;
    }
}

static void count_lists(struct note_loader *l, struct note_node *root)
{
    struct counting c = {0};
    for (struct note_node *n = root; n; n = note_next(n, root)) {
        if (n->kind != NOTE_LIST || !n->as.list.ordered) {
            continue;
        }
        int depth = depth_of(n), items = 0;
        if (n->as.list.continued) {
            continue_list(l, n, c.last[depth], c.next[depth]);
        }
        for (const struct note_node *i = n->first; i; i = i->next) {
            items++;
        }
        c.last[depth] = n;
        c.next[depth] = n->as.list.start + items;
    }
}

void note_lists_finish(struct note_loader *l)
{
    if (l->continued.n == 0) {
        return;
    }
    count_lists(l, l->note->body);
    if (l->note->disclaimer) {
        count_lists(l, l->note->disclaimer);
    }
    for (size_t i = 0; i < l->note->footnotes.n; i++) {
        count_lists(l, l->note->footnotes.v[i]->body);
    }
}
