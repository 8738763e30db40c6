/* SPDX-License-Identifier: MIT
 *
 * In: `columns:` blocks: text, blocks, or a mapping of count, gap, rule and body. Out:
 * COLUMNS nodes. Columns inside columns are refused: who could say where to read on? */
#include "note/load.h"

enum { LEAST = 2, MOST = 6, WIDEST_GAP = 14400 /* pt */ };

struct columns {
    struct note_node *node;
    const struct value *body;
};

static void columns_count(struct note_loader *l, const struct value *v, void *into)
{
    struct note_node *node = ((struct columns *)into)->node;
    note_read_number(l, v, LEAST, MOST, &node->as.columns.count);
}

static bool is_gap(struct len_spec gap)
{
    return gap.amount >= 0 && gap.unit != LEN_UNIT_PERCENT &&
           len_resolve(gap, PT(10), PT(5), 0) <= PT(WIDEST_GAP);
}

static void columns_gap(struct note_loader *l, const struct value *v, void *into)
{
    struct note_node *node = ((struct columns *)into)->node;
    struct len_spec gap;
    if (len_parse(v->text, &gap) != LEN_OK || !is_gap(gap)) {
        diag_report(l->sink, DIAG_BAD_UNIT, v->at, "write it as `6mm` or `2em`",
                    "`%.*s` is no gap between columns", STR_ARG(v->text));
        return;
    }
    node->as.columns.gap = gap;
    node->as.columns.own_gap = true;
}

static void columns_rule(struct note_loader *l, const struct value *v, void *into)
{
    note_read_flag(l, v, &((struct columns *)into)->node->as.columns.rule);
}

static const struct note_key COLUMNS_KEYS[] = {
    {"count", NOTE_TYPE_NUMBER, 0, columns_count, 0,
     "How many, 2 to 6; 2 if it is not said."},
    {"gap", NOTE_TYPE_LENGTH, 0, columns_gap, 0,
     "Between two of them, as `6mm`; else as the layout says."},
    {"rule", NOTE_TYPE_FLAG, 0, columns_rule, 0, "Whether lines stand between them."},
    {"body", NOTE_TYPE_BODY, NOTE_REQUIRED, note_keep_value, NOTE_IN(columns, body),
     "Markdown or blocks."},
};

const struct note_keys NOTE_COLUMNS_KEYS =
    NOTE_KEYS_TABLE("columns", "a columns block", COLUMNS_KEYS);

void note_columns(struct note_loader *l, const struct value *v, int level,
                  struct note_node *into)
{
    struct columns c = {.node = into, .body = v};
    into->as.columns.count = LEAST;
    if (v->kind == VALUE_MAPPING) {
        c.body = NULL;
        note_keys_read(l, &NOTE_COLUMNS_KEYS, v, &c);
    }
    if (l->in_columns) {
        diag_report(l->sink, DIAG_BAD_VALUE, into->at,
                    "end the outer columns before, and begin them again behind",
                    "columns inside columns");
    }
    bool outer = l->in_columns;
    l->in_columns = true;
    if (c.body) {
        note_body(l, c.body, level, into);
    }
    l->in_columns = outer;
}
