/* SPDX-License-Identifier: MIT
 *
 * A paragraph as text, one item a line, for tests and for people. */
#include "text/text.h"

static void dump_box(const struct text_para *p, const struct text_item *item,
                     struct buf *out)
{
    buf_format(out, "box %d [%u,%u) ", (int)item->width, (unsigned)item->glyph_from,
               (unsigned)item->glyph_to);
    buf_json_string(out, str_sub(p->text, item->from, item->to));
}

static void dump_break(const struct text_item *item, struct buf *out)
{
    buf_format(out, "break %d", (int)item->penalty);
    if (item->before || item->after) {
        buf_format(out, " before %d after %d", (int)item->before, (int)item->after);
    }
    buf_puts(out, item->flags & TEXT_BREAK_HYPHEN ? " hyphen" : "");
    buf_puts(out, item->flags & TEXT_BREAK_FORCED ? " forced" : "");
    buf_puts(out, item->flags & TEXT_BREAK_EMERGENCY ? " emergency" : "");
}

void text_para_dump(const struct text_para *p, struct buf *out)
{
    for (size_t i = 0; i < p->n; i++) {
        const struct text_item *item = &p->items[i];
        switch ((enum text_item_kind)item->kind) {
        case TEXT_BOX:
            dump_box(p, item, out);
            break;
        case TEXT_GLUE:
            buf_format(out, "glue %d plus %d minus %d%s", (int)item->width,
                       (int)item->stretch, (int)item->shrink,
                       item->no_break ? " no-break" : "");
            break;
        case TEXT_BREAK:
            dump_break(item, out);
            break;
        }
        if (item->level) {
            buf_format(out, " level %u", (unsigned)item->level);
        }
        if (item->span) {
            buf_format(out, " span %u", (unsigned)item->span);
        }
        buf_char(out, '\n');
    }
}
