/* SPDX-License-Identifier: MIT
 *
 * In: a note. Out: text, one node a line, two spaces a level: kind, place, what only
 * this kind has, and its text in quotes. Nothing in it changes from run to run. */
#include "note/note.h"

static const char *const NUMBERINGS[] = {
    [NOTE_DECIMAL] = "decimal",         [NOTE_LOWER_ALPHA] = "lower-alpha",
    [NOTE_UPPER_ALPHA] = "upper-alpha", [NOTE_LOWER_ROMAN] = "lower-roman",
    [NOTE_UPPER_ROMAN] = "upper-roman",
};

static const char *const REFERENCES[] = {
    [NOTE_REF_NONE] = "",            [NOTE_REF_AUTO] = " reference",
    [NOTE_REF_NUMBER] = " number",   [NOTE_REF_TITLE] = " title",
    [NOTE_REF_PAGE] = " page",
};

static void put_named(struct buf *out, const char *name, str value)
{
    if (value.n) {
        buf_format(out, " %s=%.*s", name, STR_ARG(value));
    }
}

static void put_place(struct buf *out, struct place at)
{
    buf_format(out, " @%u:%u", at.line, at.column);
}

static void put_list(struct buf *out, const struct note_node *n)
{
    if (n->as.list.ordered) {
        buf_format(out, " ordered %s%c start=%d", NUMBERINGS[n->as.list.numbering],
                   n->as.list.delimiter, n->as.list.start);
    }
    buf_puts(out, n->as.list.continued ? " continued" : "");
    if (n->as.list.own_prefix) {
        buf_puts(out, " prefix=");
        buf_json_string(out, n->as.list.prefix);
    }
    if (n->as.list.own_suffix) {
        buf_puts(out, " suffix=");
        buf_json_string(out, n->as.list.suffix);
    }
    buf_puts(out, n->as.list.tight ? " tight" : "");
}

static void put_length(struct buf *out, const char *name, struct len_spec length)
{
    static const char *const UNITS[] = {
        [LEN_UNIT_EM] = "em", [LEN_UNIT_EX] = "ex", [LEN_UNIT_PERCENT] = "%",
    };
    buf_format(out, " %s=", name);
    if (length.unit >= LEN_UNIT_EM) {
        buf_decimal(out, length.amount, 3);
        buf_puts(out, UNITS[length.unit]);
    } else {
        buf_int(out, length.amount);
    }
}

static void put_table(struct buf *out, const struct note_node *n)
{
    buf_format(out, " columns=%zu align=", n->as.table.columns);
    for (size_t i = 0; i < n->as.table.columns; i++) {
        buf_char(out, "-lcrd"[n->as.table.align[i] % 5]);
    }
    const struct note_table_widths *w = n->as.table.widths;
    for (size_t i = 0; w && i < w->n; i++) {
        if (w->columns[i].fixed) {
            put_length(out, "width", w->columns[i].length);
        } else {
            buf_puts(out, " width=auto");
        }
    }
    if (w && w->whole.fixed) {
        put_length(out, "whole", w->whole.length);
    }
    if (n->as.table.data) {
        buf_format(out, " data=%u", n->as.table.data->rows);
    }
}

static void put_cell(struct buf *out, const struct note_node *n)
{
    if (n->as.cell.columns > 1 || n->as.cell.rows > 1) {
        buf_format(out, " span=%dx%d", n->as.cell.columns, n->as.cell.rows);
    }
    buf_puts(out, n->as.cell.head ? " head" : "");
}

static void put_qr(struct buf *out, const struct note_qr *qr)
{
    buf_char(out, ' ');
    buf_json_string(out, qr->text);
    put_named(out, "alt", qr->alt);
    buf_format(out, " level=%s", note_qr_level_name(qr->level));
    if (qr->has_size) {
        put_length(out, "size", qr->size);
    }
    put_named(out, "align", str_from(note_image_align_name(qr->align)));
}

static void put_image(struct buf *out, const struct note_image *image)
{
    put_named(out, "file", image->file);
    if (image->has_width) {
        put_length(out, "width", image->width);
    }
    if (image->has_height) {
        put_length(out, "height", image->height);
    }
    put_named(out, "align", str_from(note_image_align_name(image->align)));
    if (image->fit != NOTE_FIT_CONTAIN) {
        put_named(out, "fit", str_from(note_fit_name(image->fit)));
    }
    buf_puts(out, image->decorative ? " decorative" : " alt ");
    if (!image->decorative) {
        buf_json_string(out, image->alt);
    }
}

static void put_mark(struct buf *out, const struct note_node *n)
{
    if (n->as.mark.footnote) {
        buf_format(out, " number=%u nth=%u", n->as.mark.footnote->number, n->as.mark.nth);
    }
}

static void put_details(struct buf *out, const struct note_node *n)
{
    switch (n->kind) {
    case NOTE_HEADING:
        buf_format(out, " level=%d%s", n->as.heading.level,
                   n->as.heading.unnumbered ? " unnumbered" : "");
        break;
    case NOTE_SECTION: buf_format(out, " depth=%d", n->as.heading.level); break;
    case NOTE_LIST: put_list(out, n); break;
    case NOTE_TABLE: put_table(out, n); break;
    case NOTE_TOC:
        if (n->as.toc.depth) {
            buf_format(out, " depth=%d", n->as.toc.depth);
        }
        buf_puts(out, n->as.toc.untitled ? " untitled" : "");
        break;
    case NOTE_QR: put_qr(out, n->as.qr.about); break;
    case NOTE_PICTURE:
    case NOTE_IMAGE: put_image(out, n->as.image.about); break;
    case NOTE_FOOTNOTE_MARK: put_mark(out, n); break;
    case NOTE_ROW:
        buf_puts(out, n->as.row.header ? " header" : n->as.row.foot ? " foot" : "");
        break;
    case NOTE_CELL: put_cell(out, n); break;
    case NOTE_CODE_BLOCK:
        put_named(out, "info", n->as.code_block.info);
        buf_puts(out, n->as.code_block.numbers ? " numbers" : "");
        if (n->as.code_block.tab) {
            buf_format(out, " tab=%d", n->as.code_block.tab);
        }
        break;
    case NOTE_ITEM:
        buf_puts(out, !n->as.item.is_task ? "" : n->as.item.checked ? " done" : " open");
        break;
    case NOTE_SIGNATURE: buf_puts(out, n->as.signature.dated ? " dated" : ""); break;
    case NOTE_CALLOUT:
        buf_format(out, " %s%s", note_callout_name(n->as.callout.kind),
                   n->as.callout.untitled ? " untitled" : "");
        break;
    case NOTE_COLUMNS:
        buf_format(out, " count=%d%s", n->as.columns.count,
                   n->as.columns.rule ? " rule" : "");
        break;
    case NOTE_LINK:
        buf_format(out, " %s%.*s%s", n->as.link.internal ? "#" : "",
                   STR_ARG(n->as.link.url), REFERENCES[n->as.link.reference]);
        break;
    default: break;
    }
}

static void put_node(struct buf *out, const struct note_node *n, size_t depth)
{
    buf_repeat(out, ' ', depth * 2);
    buf_puts(out, note_kind_name(n->kind));
    put_place(out, n->at);
    put_details(out, n);
    if (n->parent && n->parent->kind == NOTE_TABLE && n->kind == NOTE_PARAGRAPH) {
        buf_puts(out, n == n->parent->as.table.caption ? " caption" : " remark");
    }
    put_named(out, "id", n->id);
    put_named(out, "style", n->style ? n->style->name : STR_NONE);
    put_named(out, "lang", n->lang);
    if (n->keep) {
        buf_format(out, " keep=%s", note_keep_name(n->keep));
    }
    if (n->change) {
        buf_puts(out, n->change == NOTE_CHANGED ? " changed" : " unchanged");
    }
    if (n->place) {
        buf_format(out, " place=%s", note_place_name(n->place));
    }
    if (n->text.n) {
        buf_char(out, ' ');
        buf_json_string(out, n->text);
    }
    buf_char(out, '\n');
}

static void put_tree(struct buf *out, const struct note_node *root, size_t depth)
{
    for (const struct note_node *n = root; n; n = note_next(n, root)) {
        size_t below = depth;
        for (const struct note_node *p = n; p != root; p = p->parent) {
            below++;
        }
        put_node(out, n, below);
    }
}

static void put_part(struct buf *out, const char *name, const struct note_node *root)
{
    if (root) {
        buf_puts(out, name);
        buf_char(out, '\n');
        put_tree(out, root, 1);
    }
}

static void put_text(struct buf *out, const char *name, str value)
{
    if (value.n) {
        buf_format(out, "%s ", name);
        buf_json_string(out, value);
        buf_char(out, '\n');
    }
}

void note_dump(const struct note *note, struct buf *out)
{
    put_text(out, "layout", note->layout);
    put_text(out, "lang", note->lang);
    put_text(out, "reference", note->reference);
    put_text(out, "date", note->date);
    put_text(out, "classification", note->classification);
    put_text(out, "subject", note->subject);
    for (size_t i = 0; i < note->authors.n; i++) {
        put_text(out, "author", note->authors.v[i]);
    }
    for (size_t i = 0; i < note->keywords.n; i++) {
        put_text(out, "keyword", note->keywords.v[i]);
    }
    put_part(out, "title", note->title);
    put_part(out, "subtitle", note->subtitle);
    put_part(out, "facts", note->facts);
    put_part(out, "body", note->body);
    put_part(out, "disclaimer", note->disclaimer);
    for (size_t i = 0; i < note->footnotes.n; i++) {
        const struct note_footnote *f = note->footnotes.v[i];
        buf_format(out, "footnote %u %.*s", f->number, STR_ARG(f->name));
        put_place(out, f->at);
        buf_format(out, " marks=%u\n", f->marks);
        put_tree(out, f->body, 1);
    }
}
