/* SPDX-License-Identifier: MIT
 *
 * What comes out, as lines for people and as one JSON object. */
#include <stdio.h>
#include <string.h>

#include "preflight/preflight.h"

static void tell_pages(const struct preflight *p)
{
    for (size_t i = 0, last; i < p->pages.n; i = last + 1) {
        str facts = preflight_facts(p->arena, &p->pages.v[i]);
        last = preflight_alike(p, i);
        if (last == i) {
            printf("page %zu: %.*s\n", i + 1, STR_ARG(facts));
        } else {
            printf("pages %zu–%zu: %.*s\n", i + 1, last + 1, STR_ARG(facts));
        }
    }
}

static void tell_finding(const struct preflight_told *told)
{
    const struct preflight_rule_text *rule = &PREFLIGHT_RULE[told->first->rule];
    bool many = told->times > 1;
    printf("%s[%s]: %s", PREFLIGHT_SEVERITY[rule->severity], rule->name, rule->meaning);
    if (told->first->detail.n) {
        printf(": %.*s", STR_ARG(told->first->detail));
    }
    if (told->pages.n) {
        bool one = strspn(told->pages.p, "0123456789") >= told->pages.n;
        printf(" (page%s %.*s", one ? "" : "s", STR_ARG(told->pages));
        printf(many ? "; %zu times)" : ")", told->times);
    } else if (many) {
        printf(" (%zu times)", told->times);
    }
    putchar('\n');
}

void preflight_tell(const struct preflight *p, bool quiet)
{
    struct preflight_tellings told = preflight_tellings(p);
    if (!quiet) {
        printf("%.*s: %.*s\n", STR_ARG(p->path), STR_ARG(preflight_head(p->arena, p)));
        tell_pages(p);
    }
    for (size_t i = 0; i < told.list.n; i++) {
        const struct preflight_finding *f = told.list.v[i].first;
        if (!quiet || PREFLIGHT_RULE[f->rule].severity == PREFLIGHT_ERROR) {
            tell_finding(&told.list.v[i]);
        }
    }
    if (!quiet) {
        printf("%.*s\n", STR_ARG(preflight_sums(p->arena, p)));
    }
}

/* --- JSON --------------------------------------------------------------------------- */

static void put_member(struct buf *b, const char *name, str text)
{
    buf_format(b, ",\"%s\":", name);
    buf_json_string(b, text);
}

static void put_names(struct buf *b, const char *name,
                      const struct preflight_names *names)
{
    buf_format(b, ",\"%s\":[", name);
    for (size_t i = 0; i < names->list.n; i++) {
        buf_puts(b, i ? "," : "");
        buf_json_string(b, names->list.v[i]);
    }
    buf_char(b, ']');
}

static void put_decimal(struct buf *b, const char *name, int64_t thousandths)
{
    buf_format(b, ",\"%s\":", name);
    buf_decimal(b, thousandths, 3);
}

static void put_boxes(struct buf *b, const struct preflight_page *page)
{
    buf_puts(b, ",\"boxes\":{");
    const char *comma = "";
    for (int i = 0; i < PREFLIGHT_BOX_COUNT; i++) {
        const struct preflight_box *box = &page->boxes[i];
        const int64_t sides[] = {box->x0, box->y0, box->x1, box->y1};
        if (!box->there) {
            continue;
        }
        buf_format(b, "%s\"%s\":[", comma, PREFLIGHT_BOX_NAMES[i] + 1);
        for (int k = 0; k < 4; k++) {
            buf_puts(b, k ? "," : "");
            buf_decimal(b, sides[k], 3);
        }
        buf_char(b, ']');
        comma = ",";
    }
    buf_char(b, '}');
}

static void put_page(struct buf *b, const struct preflight_page *page, size_t number)
{
    buf_format(b, "{\"page\":%zu", number);
    put_boxes(b, page);
    put_names(b, "plates", &page->plates);
    put_names(b, "fonts", &page->fonts);
    put_decimal(b, "ink", page->ink * 100);
    buf_format(b, ",\"pictures\":%d", (int)page->pictures);
    if (page->pictures) {
        buf_format(b, ",\"ppi\":%d", (int)page->ppi);
    }
    if (page->thinnest >= 0) {
        put_decimal(b, "thinnest", page->thinnest);
    }
    buf_format(b, ",\"annotations\":%d,\"transparency\":%s}", (int)page->annotations,
               page->transparent ? "true" : "false");
}

static void put_font(struct buf *b, const struct preflight_font *f)
{
    buf_puts(b, "{\"name\":");
    buf_json_string(b, f->name);
    put_member(b, "type", f->type);
    buf_format(b, ",\"embedded\":%s,\"subset\":%s}", f->embedded ? "true" : "false",
               f->subset ? "true" : "false");
}

static void put_finding(struct buf *b, const struct preflight_finding *f)
{
    const struct preflight_rule_text *rule = &PREFLIGHT_RULE[f->rule];
    buf_format(b, "{\"code\":\"%s\",\"severity\":\"%s\"", rule->name,
               PREFLIGHT_SEVERITY[rule->severity]);
    put_member(b, "message", str_from(rule->meaning));
    if (f->detail.n) {
        put_member(b, "detail", f->detail);
    }
    if (f->page) {
        buf_format(b, ",\"page\":%zu", f->page);
    }
    buf_format(b, ",\"times\":%zu}", f->times);
}

void preflight_tell_json(const struct preflight *p)
{
    struct buf b;
    buf_init(&b, p->arena);
    buf_puts(&b, "{\"file\":");
    buf_json_string(&b, p->path);
    put_member(&b, "version", p->version);
    put_member(&b, "title", p->title);
    put_member(&b, "condition", p->condition);
    buf_format(&b, ",\"pdfx4\":%s,\"pages\":[", p->claims_x4 ? "true" : "false");
    for (size_t i = 0; i < p->pages.n; i++) {
        buf_puts(&b, i ? ",\n" : "\n");
        put_page(&b, &p->pages.v[i], i + 1);
    }
    buf_puts(&b, "],\n\"fonts\":[");
    for (size_t i = 0; i < p->fonts.n; i++) {
        buf_puts(&b, i ? ",\n" : "\n");
        put_font(&b, &p->fonts.v[i]);
    }
    buf_puts(&b, "],\n\"findings\":[");
    for (size_t i = 0; i < p->findings.n; i++) {
        buf_puts(&b, i ? ",\n" : "\n");
        put_finding(&b, &p->findings.v[i]);
    }
    buf_format(&b, "],\n\"errors\":%zu,\"warnings\":%zu,\"notes\":%zu}\n",
               p->counts[PREFLIGHT_ERROR], p->counts[PREFLIGHT_WARNING],
               p->counts[PREFLIGHT_NOTE]);
    fwrite(b.p, 1, b.n, stdout);
}
