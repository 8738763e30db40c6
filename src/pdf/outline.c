/* SPDX-License-Identifier: MIT
 *
 * In: outline entries in order, each with a level; page labels. Out: a tree of bookmarks,
 * linked both ways as PDF wants them, and runs of labels.
 *
 * Bookmarks of the first level show those below them unless that makes a long list; what
 * is deeper is closed. */
#include "pdf/outline.h"

#include "pdf/annot.h"
#include "pdf/syntax.h"

enum {
    OPEN_MAX = 30,    /* entries shown at first */
    PANEL_MIN = 5,    /* entries that make a viewer show them by itself */
    DEPTH_MAX = 6,
    NONE = -1,
};

struct entry {
    struct pdf_dict *dict; /* NULL: it is another's */
    uint32_t number;       /* of its object */
    int parent, first, last, previous, next; /* NONE, or an index; the root is n */
    int level;
    int children;
};

static struct entry *link_entries(const struct page_list *pages, struct arena *a, int n)
{
    struct entry *all = NEW_ARRAY(a, struct entry, n + 1);
    int open[DEPTH_MAX + 1] = {n}; /* the entry that a level hangs in */
    all[n] = (struct entry){.first = NONE, .last = NONE, .parent = NONE};
    int depth = 0;
    for (int i = 0; i < n; i++) {
        int level = pages->outline.v[i].level;
        level = level < 1 ? 1 : level > depth + 1 ? depth + 1 : level;
        depth = level = level > DEPTH_MAX ? DEPTH_MAX : level;
        int up = open[level - 1];
        all[i] = (struct entry){.parent = up, .first = NONE, .last = NONE, .next = NONE,
                                .previous = all[up].last, .level = level};
        if (all[up].last == NONE) {
            all[up].first = i;
        } else {
            all[all[up].last].next = i;
        }
        all[up].last = i;
        all[up].children++;
        open[level] = i;
    }
    return all;
}

static void put_link(struct buf *b, const char *key, const struct entry *all, int to)
{
    if (to != NONE) {
        buf_format(b, "/%s", key);
        pdf_put_ref(b, all[to].number);
    }
}

static void put_entry(const struct page_list *pages, const struct entry *all, int i,
                      bool open, const uint32_t *page_numbers)
{
    const struct entry *e = &all[i];
    const struct page_outline *o = &pages->outline.v[i];
    struct buf *b = pdf_dict_body(e->dict);
    buf_puts(b, "/Title");
    pdf_put_text(b, o->title);
    put_link(b, "Parent", all, e->parent);
    put_link(b, "Prev", all, e->previous);
    put_link(b, "Next", all, e->next);
    put_link(b, "First", all, e->first);
    put_link(b, "Last", all, e->last);
    if (e->children) {
        buf_puts(b, open ? "/Count " : "/Count -");
        buf_int(b, e->children);
    }
    len margin = pages->sheet.margin;
    pdf_put_dest(b, page_numbers[o->page], &pages->pages.v[o->page], margin,
                 o->y - margin);
}

/* Their dictionaries; gives how many are of the second level. */
static int make_dicts(struct entry *all, int n, struct pdf_haru *h)
{
    int second_level = 0;
    for (int i = 0; i < n; i++) {
        all[i].dict = pdf_dict_new(h);
        all[i].number = pdf_dict_number(all[i].dict);
        second_level += all[i].level == 2;
    }
    return second_level;
}

struct pdf_bookmarks pdf_outline_write_part(const struct page_list *pages,
                                            const uint32_t *page_numbers,
                                            struct pdf_haru *h, struct arena *a,
                                            uint32_t parent)
{
    int n = (int)pages->outline.n;
    if (!n) {
        return (struct pdf_bookmarks){0};
    }
    struct entry *all = link_entries(pages, a, n);
    make_dicts(all, n, h);
    all[n].number = parent;
    for (int i = 0; i < n; i++) {
        put_entry(pages, all, i, false, page_numbers);
    }
    return (struct pdf_bookmarks){all[all[n].first].number, all[all[n].last].number,
                                  (uint32_t)all[n].children};
}

void pdf_outline_write(const struct page_list *pages, const uint32_t *page_numbers,
                       struct pdf_haru *h, struct arena *a)
{
    int n = (int)pages->outline.n;
    if (!n) {
        return;
    }
    struct entry *all = link_entries(pages, a, n);
    all[n].dict = pdf_dict_new(h);
    all[n].number = pdf_dict_number(all[n].dict);
    int second_level = make_dicts(all, n, h);
    int shown = all[n].children + second_level;
    bool open = shown <= OPEN_MAX;
    for (int i = 0; i < n; i++) {
        put_entry(pages, all, i, open && all[i].level == 1, page_numbers);
    }
    struct pdf_dict *root = all[n].dict;
    pdf_dict_name(root, "Type", "Outlines");
    pdf_dict_int(root, "Count", open ? shown : all[n].children);
    put_link(pdf_dict_body(root), "First", all, all[n].first);
    put_link(pdf_dict_body(root), "Last", all, all[n].last);
    pdf_dict_ref(pdf_haru_catalog(h), "Outlines", root);
    if (n >= PANEL_MIN) {
        pdf_dict_name(pdf_haru_catalog(h), "PageMode", "UseOutlines");
    }
}

/* The value of a decimal label without leading zeros; 0 if it is none. */
static uint32_t decimal(str label)
{
    uint32_t value = 0;
    if (!label.n || label.n > 7 || label.p[0] == '0') {
        return 0;
    }
    for (size_t i = 0; i < label.n; i++) {
        if (label.p[i] < '0' || label.p[i] > '9') {
            return 0;
        }
        value = value * 10 + (uint32_t)(label.p[i] - '0');
    }
    return value;
}

/* Runs of numbers, or single prefixes for what is not a number. */
void pdf_labels_put(struct buf *b, struct pdf_labels *l)
{
    uint32_t expected = 0;
    l->entries = 0;
    for (size_t i = 0; i < l->n; i++) {
        uint32_t value = decimal(l->v[i]);
        bool goes_on = value && value == expected;
        expected = value ? value + 1 : 0;
        if (goes_on) {
            continue;
        }
        l->entries++;
        l->last = l->first + i;
        buf_format(b, "%zu<<", l->last);
        buf_puts(b, value ? "/S/D" : "");
        if (value > 1) {
            buf_format(b, "/St %u", value);
        }
        str before = value ? l->prefix : l->v[i];
        if (before.n) {
            buf_puts(b, "/P");
            pdf_put_text(b, before);
        }
        buf_puts(b, ">>");
    }
}

/* Labels that count from 1 need no mention. */
void pdf_labels_write(const struct page_list *pages, struct pdf_haru *h, struct arena *a)
{
    struct buf b;
    size_t n = pages->pages.n;
    str *labels = NEW_ARRAY(a, str, n);
    for (size_t i = 0; i < n; i++) {
        labels[i] = pages->pages.v[i].label;
    }
    buf_init(&b, a);
    pdf_labels_put(&b, &(struct pdf_labels){.v = labels, .n = n});
    if (b.n && !str_is(buf_str(&b), "0<</S/D>>")) {
        buf_format(pdf_dict_body(pdf_haru_catalog(h)), "/PageLabels<</Nums[%.*s]>>",
                   STR_ARG(buf_str(&b)));
    }
}
