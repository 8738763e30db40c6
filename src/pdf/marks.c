/* SPDX-License-Identifier: MIT
 *
 * Marked content: which element, or which artifact, what is drawn belongs to, its
 * language where the element has another, and its text where the glyphs say another. */
#include "pdf/pen.h"

#include "pdf/syntax.h"

void pdf_pen_end_mark(struct pdf_pen *p)
{
    if (p->marked) {
        pdf_pen_close_array(p);
        buf_puts(p->out, "EMC\n");
        p->marked = false;
    }
}

static const char *const ARTIFACTS[] = {
    [STRUCTURE_HEADER] = "/Artifact<</Type/Pagination/Subtype/Header>>BDC\n",
    [STRUCTURE_FOOTER] = "/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n",
    [STRUCTURE_WATERMARK] = "/Artifact<</Type/Pagination/Subtype/Watermark>>BDC\n",
    [STRUCTURE_PAGINATION] = "/Artifact<</Type/Pagination>>BDC\n",
    [STRUCTURE_AID] = "/Artifact<</Type/Page>>BDC\n",
    [STRUCTURE_DECORATION] = "/Artifact<</Type/Layout>>BDC\n",
};

/* The language that an element has by itself or by what it is in. */
static str element_lang(const struct page_list *pages, uint32_t e)
{
    const struct structure_element *all = pages->structure.elements.v;
    while (e >= STRUCTURE_GRIDS) {
        e = structure_parent_of(&pages->structure, e);
    }
    while (!all[e].more->lang.n && e) {
        e = all[e].parent;
    }
    return all[e].more->lang.n ? all[e].more->lang : pages->lang;
}

/* The language that a mark says: what the item's element does not say already. */
static str own_lang(const struct pdf_pen *p, const struct page_item *item)
{
    bool content = item->artifact == STRUCTURE_CONTENT;
    str lang = item->kind == PAGE_TEXT && content ? item->as.text.lang : STR_NONE;
    bool known = lang.n && str_eq(lang, element_lang(p->c->pages, item->element));
    return known ? STR_NONE : lang;
}

/* `actual`: the text of what is shown, where its glyphs say another; else empty. */
void pdf_pen_begin_mark(struct pdf_pen *p, const struct page_item *item, str actual)
{
    str lang = own_lang(p, item);
    p->marked = true;
    p->marked_in_text = p->in_text;
    p->mark_lang = lang;
    if (item->artifact != STRUCTURE_CONTENT) {
        p->mark = -(int64_t)item->artifact;
        buf_puts(p->out, ARTIFACTS[item->artifact]);
        return;
    }
    p->mark = item->element;
    buf_char(p->out, '/');
    buf_puts(p->out, structure_role_name(structure_role_of(&p->c->pages->structure,
                                                           item->element)));
    buf_puts(p->out, "<</MCID ");
    buf_int(p->out, pdf_structure_mark(p->c->structure, item->element));
    if (lang.n) {
        buf_puts(p->out, "/Lang");
        pdf_put_text(p->out, lang);
    }
    if (actual.n) {
        buf_puts(p->out, "/ActualText");
        pdf_put_text(p->out, actual);
    }
    buf_puts(p->out, ">>BDC\n");
}

/* Makes sure that what follows is marked as the item's. */
void pdf_pen_set_mark(struct pdf_pen *p, const struct page_item *item)
{
    if (!p->c->structure) {
        return;
    }
    bool content = item->artifact == STRUCTURE_CONTENT;
    int64_t mark = content ? (int64_t)item->element : -(int64_t)item->artifact;
    if (p->marked && p->mark == mark && str_eq(p->mark_lang, own_lang(p, item))) {
        return;
    }
    pdf_pen_end_mark(p);
    pdf_pen_begin_mark(p, item, STR_NONE);
}
