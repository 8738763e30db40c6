/* SPDX-License-Identifier: MIT
 *
 * In: a page written by hand, with marks where the tables of keys belong. Out: the page,
 * its tables made from those that the readers use. A unit test compares docs/notes.md
 * with what comes out, and can rewrite it.
 *
 *     <!-- keys: section -->
 *     | key | takes | |
 *     …
 *     <!-- end -->
 *
 * Blocks have two tables, `block kinds` and `block options`. */
#include "note/load.h"

enum columns { KEYS, KINDS, OPTIONS };

static const struct {
    const char *name;
    const struct note_keys *keys;
    enum columns columns;
} TABLES[] = {
    {"note", &NOTE_TOP_KEYS, KEYS},
    {"section", &NOTE_SECTION_KEYS, KEYS},
    {"block kinds", &NOTE_BLOCK_KEYS, KINDS},
    {"block options", &NOTE_BLOCK_KEYS, OPTIONS},
    {"item", &NOTE_ITEM_KEYS, KEYS},
    {"callout", &NOTE_CALLOUT_KEYS, KEYS},
    {"columns", &NOTE_COLUMNS_KEYS, KEYS},
    {"signature", &NOTE_SIGNATURE_KEYS, KEYS},
    {"table", &NOTE_TABLE_KEYS, KEYS},
    {"row", &NOTE_ROW_KEYS, KEYS},
    {"cell", &NOTE_CELL_KEYS, KEYS},
    {"data", &NOTE_DATA_KEYS, KEYS},
    {"qr", &NOTE_QR_KEYS, KEYS},
    {"image", &NOTE_IMAGE_KEYS, KEYS},
    {"attachment", &NOTE_ATTACHMENT_KEYS, KEYS},
    {"email", &NOTE_EMAIL_KEYS, KEYS},
    {"toc", &NOTE_TOC_KEYS, KEYS},
};

enum { N_TABLES = sizeof TABLES / sizeof *TABLES };

static const char *const WORDS[NOTE_TYPE_COUNT] = {
#define X(symbol, words, json) [NOTE_TYPE_##symbol] = words,
    NOTE_TYPES(X)
#undef X
};

static const str MARK = {"<!-- keys: ", 11}, MARK_END = {" -->\n", 5},
                 END = {"<!-- end -->\n", 13};

/* What a reader should know before using the key; most keys have nothing. */
static const char *remark_of(const struct note_key *key)
{
    if (key->flags & NOTE_REQUIRED) {
        return "**Required.** ";
    }
    if (key->flags & NOTE_UNSET) {
        return "*Checked, but not set by this version.* ";
    }
    bool obeyed = key->read || (key->flags & NOTE_MERGED);
    return obeyed ? "" : "*Without effect in this version.* ";
}

/* The first column that says whose an option is. */
static void put_owner(struct buf *out, const struct note_key *key)
{
    const char *owner = note_block_owner(str_from(key->name));
    if (owner) {
        buf_format(out, "`%s` | ", owner);
    } else {
        buf_puts(out, "every kind | ");
    }
}

static void put_table(struct buf *out, size_t table)
{
    enum columns columns = TABLES[table].columns;
    const struct note_keys *keys = TABLES[table].keys;
    buf_puts(out, columns == OPTIONS ? "| option | of | takes | |\n|---|---|---|---|\n"
                  : columns == KINDS ? "| kind | takes | |\n|---|---|---|\n"
                                     : "| key | takes | |\n|---|---|---|\n");
    for (size_t i = 0; i < keys->n; i++) {
        const struct note_key *key = &keys->keys[i];
        bool is_kind = columns != KEYS && note_block_is_kind(str_from(key->name));
        if ((columns == KINDS && !is_kind) || (columns == OPTIONS && is_kind)) {
            continue;
        }
        buf_format(out, "| `%s` | ", key->name);
        if (columns == OPTIONS) {
            put_owner(out, key);
        }
        buf_format(out, "%s | %s%s |\n", WORDS[key->type], remark_of(key), key->doc);
    }
}

static int table_of(str name)
{
    for (int i = 0; i < N_TABLES; i++) {
        if (str_is(name, TABLES[i].name)) {
            return i;
        }
    }
    return -1;
}

static void add_fault(struct buf *faults, str name)
{
    buf_format(faults, "%s`%.*s`", faults->n ? ", " : "", STR_ARG(name));
}

/* Copies `page` up to behind its next mark, gives the mark's name; empty at the end. */
static str next_mark(str *page, struct buf *out)
{
    size_t at, end;
    if (!str_find(*page, MARK, &at) ||
        !str_find(str_sub(*page, at, page->n), MARK_END, &end)) {
        buf_put(out, *page);
        *page = STR_NONE;
        return STR_NONE;
    }
    size_t behind = at + end + MARK_END.n;
    str name = str_sub(*page, at + MARK.n, at + end);
    buf_put(out, str_sub(*page, 0, behind));
    *page = str_sub(*page, behind, page->n);
    return name;
}

str note_reference(str page, struct buf *out)
{
    bool seen[N_TABLES] = {false};
    struct buf faults;
    buf_init(&faults, out->arena);
    for (str name = next_mark(&page, out); name.n; name = next_mark(&page, out)) {
        size_t end;
        int table = table_of(name);
        if (table < 0 || !str_find(page, END, &end)) {
            add_fault(&faults, name);
            continue;
        }
        put_table(out, (size_t)table);
        page = str_sub(page, end, page.n);
        seen[table] = true;
    }
    for (size_t i = 0; i < N_TABLES; i++) {
        if (!seen[i]) {
            add_fault(&faults, str_from(TABLES[i].name));
        }
    }
    return buf_str(&faults);
}
