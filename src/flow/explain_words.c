/* SPDX-License-Identifier: MIT
 *
 * In:  the reasons of explain.c. Out: what a designer reads, and the same as JSON. */
#include "flow/explain.h"

#include "base/len.h"

static const struct {
    const char *key, *words;
} COSTS[FLOW_COSTS] = {
    [FLOW_COST_EMPTY] = {"empty", "empty room"},
    [FLOW_COST_SPACES] = {"spaces", "wider or narrower spaces between blocks"},
    [FLOW_COST_UNEVEN] = {"uneven", "not level with its neighbour"},
    [FLOW_COST_SHORT_LAST] = {"short-last", "too little on the last page"},
    [FLOW_COST_ORPHAN] = {"orphan", "an orphan at the foot"},
    [FLOW_COST_WIDOW] = {"widow", "a widow on top of the next"},
    [FLOW_COST_HYPHEN] = {"hyphen-at-foot", "a divided word at the foot"},
    [FLOW_COST_STRANDED] = {"stranded", "a heading parted from its text"},
    [FLOW_COST_INTRO] = {"intro", "a list parted from its introduction"},
    [FLOW_COST_KEPT] = {"kept", "what must stay together divided"},
    [FLOW_COST_OTHER] = {"rows", "rows parted"},
    [FLOW_COST_SPLIT_NOTE] = {"split-note", "a note divided"},
    [FLOW_COST_LATE_FLOAT] = {"late-float", "a float on a later page"},
    [FLOW_COST_SETTING] = {"looseness", "paragraphs in a line more or fewer"},
    [FLOW_COST_ALONE] = {"alone", "a page or column without text"},
    [FLOW_COST_DESPERATE] = {"desperate", "something that no page can hold"},
};

static int64_t share(const struct flow_end *e)
{
    return e->room > 0 ? (e->used * 100 + e->room / 2) / e->room : 100;
}

/* --- for people --- */

/* To a tenth of a point. */
static void put_points(struct buf *out, int64_t length)
{
    buf_decimal(out, len_muldiv(length, 10, LEN_PT), 1);
    buf_puts(out, " pt");
}

static void put_place(struct buf *out, struct place at)
{
    if (at.source && at.line) {
        buf_format(out, " (%.*s:%u)", STR_ARG(at.source->name), at.line);
    }
}

static void put_words(struct buf *out, const struct flow_end *e)
{
    if (e->text.n) {
        buf_format(out, "after “%.*s”", STR_ARG(e->text));
        put_place(out, e->at);
    } else {
        buf_puts(out, "before any text");
    }
}

/* "312: empty room 12, a widow on top of the next 300" */
static void put_costs(struct buf *out, const struct flow_end *e)
{
    buf_int(out, e->here);
    const char *before = ": ";
    for (int i = 0; i < FLOW_COSTS; i++) {
        if (e->costs[i]) {
            buf_format(out, "%s%s ", before, COSTS[i].words);
            buf_int(out, e->costs[i]);
            before = ", ";
        }
    }
}

static void put_name(struct buf *out, const struct flow_reason *r)
{
    buf_format(out, "page %u", r->page + 1);
    if (r->columns > 1) {
        buf_format(out, ", column %d", r->column + 1);
    }
}

static void put_fullness(struct buf *out, const struct flow_end *e)
{
    buf_puts(out, "    ");
    buf_int(out, share(e));
    buf_puts(out, " % full");
    if (e->used < e->room) {
        buf_puts(out, ": ");
        put_points(out, e->room - e->used);
        buf_puts(out, " of ");
        put_points(out, e->room);
        buf_puts(out, " are empty");
    }
    buf_char(out, '\n');
}

static void put_why(struct buf *out, const struct flow_reason *r)
{
    if (r->end.whole) {
        buf_puts(out, "    the text ends here\n");
    } else if (r->end.forced) {
        buf_puts(out, "    a page must end here\n");
    } else if (r->missing) {
        buf_puts(out, "    one more line does not fit: ");
        put_points(out, r->missing);
        buf_puts(out, " are missing\n");
    }
}

/* "2 lines earlier" */
static void put_distance(struct buf *out, const struct flow_reason *r,
                         const struct flow_end *e)
{
    bool later = e->line > r->end.line;
    size_t n = later ? e->line - r->end.line : r->end.line - e->line;
    if (n) {
        buf_format(out, "%zu line%s %s", n, n == 1 ? "" : "s",
                   later ? "later" : "earlier");
    } else {
        buf_puts(out, "at the same line");
    }
    if (e->floats != r->end.floats) {
        bool more = e->floats > r->end.floats;
        uint32_t floats = more ? e->floats - r->end.floats : r->end.floats - e->floats;
        buf_format(out, ", %u float%s %s", floats, floats == 1 ? "" : "s",
                   more ? "more" : "fewer");
    }
}

static void put_other(struct buf *out, const struct flow_reason *r,
                      const struct flow_end *e)
{
    buf_puts(out, "    ");
    put_distance(out, r, e);
    if (e->line != r->end.line) {
        buf_puts(out, ", ");
        put_words(out, e);
    }
    buf_puts(out, ": the note costs ");
    int64_t more = e->total - r->end.total;
    if (more) {
        buf_int(out, more);
        buf_puts(out, " more");
    } else {
        buf_puts(out, "the same");
    }
    buf_puts(out, "\n        here ");
    put_costs(out, e);
    buf_puts(out, "; behind it ");
    buf_int(out, e->behind);
    buf_puts(out, " instead of ");
    buf_int(out, r->end.behind);
    buf_char(out, '\n');
}

static void put_reason(struct buf *out, const struct flow_reason *r)
{
    put_name(out, r);
    buf_puts(out, " ends ");
    put_words(out, &r->end);
    buf_char(out, '\n');
    if (r->balanced) {
        buf_puts(out, "    the columns of the last page are made equally high\n");
    }
    put_fullness(out, &r->end);
    put_why(out, r);
    buf_puts(out, "    costs ");
    put_costs(out, &r->end);
    buf_char(out, '\n');
    for (uint32_t i = 0; i < r->n_others; i++) {
        put_other(out, r, &r->others[i]);
    }
}

void flow_explain_text(const struct flow_reasons *r, struct buf *out)
{
    buf_puts(out, "the breaks of this note cost ");
    buf_int(out, r->total);
    buf_puts(out, "; no others cost less\n");
    for (size_t i = 0; i < r->list.n; i++) {
        put_reason(out, &r->list.v[i]);
    }
}

/* --- for programs --- */

static void put_member(struct buf *out, const char *key, int64_t value)
{
    buf_format(out, ", \"%s\": ", key);
    buf_int(out, value);
}

static void put_length(struct buf *out, const char *key, int64_t length)
{
    buf_format(out, ", \"%s\": ", key);
    buf_points(out, length);
}

static void put_end(struct buf *out, const struct flow_end *e)
{
    buf_puts(out, "{\"text\": ");
    buf_json_string(out, e->text);
    if (e->at.source && e->at.line) {
        buf_puts(out, ", \"file\": ");
        buf_json_string(out, e->at.source->name);
        put_member(out, "line", e->at.line);
    }
    put_length(out, "used", e->used);
    put_length(out, "room", e->room);
    put_member(out, "full", share(e));
    buf_puts(out, ", \"costs\": {");
    const char *before = "";
    for (int i = 0; i < FLOW_COSTS; i++) {
        if (e->costs[i]) {
            buf_format(out, "%s\"%s\": ", before, COSTS[i].key);
            buf_int(out, e->costs[i]);
            before = ", ";
        }
    }
    buf_char(out, '}');
    put_member(out, "here", e->here);
    put_member(out, "behind", e->behind);
    put_member(out, "total", e->total);
}

static void put_json_reason(struct buf *out, const struct flow_reason *r)
{
    buf_puts(out, "{\"page\": ");
    buf_int(out, (int64_t)r->page + 1);
    put_member(out, "column", r->column + 1);
    put_member(out, "columns", r->columns);
    buf_format(out, ", \"why\": \"%s\"",
               r->balanced ? "balanced" : r->end.whole ? "end"
               : r->end.forced ? "forced" : r->missing ? "full" : "best");
    put_length(out, "missing", r->missing);
    buf_puts(out, ", \"end\": ");
    put_end(out, &r->end);
    buf_puts(out, "}, \"others\": [");
    for (uint32_t i = 0; i < r->n_others; i++) {
        const struct flow_end *e = &r->others[i];
        buf_puts(out, i ? ", " : "");
        put_end(out, e);
        put_member(out, "lines", (int64_t)e->line - (int64_t)r->end.line);
        put_member(out, "floats", (int64_t)e->floats - (int64_t)r->end.floats);
        put_member(out, "more", e->total - r->end.total);
        buf_char(out, '}');
    }
    buf_puts(out, "]}\n");
}

void flow_explain_json(const struct flow_reasons *r, struct buf *out)
{
    for (size_t i = 0; i < r->list.n; i++) {
        put_json_reason(out, &r->list.v[i]);
    }
}
