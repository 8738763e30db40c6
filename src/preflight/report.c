/* SPDX-License-Identifier: MIT
 *
 * The report as a PDF of one page: a note, set by the library. What the file says of
 * itself comes in as data of merge fields, so that it is text, whatever it holds. */
#include <stdio.h>
#include <string.h>

#include "infonote.h"
#include "preflight/preflight.h"

struct draft {
    const struct preflight *p;
    struct buf note, data;
    size_t fields, most; /* most: lines of each table */
};

/* A merge field that stands for a text of which at most `limit` bytes are shown. */
static void put_field(struct draft *d, str text, size_t limit)
{
    while (limit < text.n && limit && ((unsigned char)text.p[limit] & 0xC0) == 0x80) {
        limit--;
    }
    str shown = text.n > limit
        ? str_format(d->p->arena, "%.*s…", (int)limit, text.p) : text;
    buf_format(&d->data, "  f%zu: ", d->fields);
    buf_json_string(&d->data, shown.n ? shown : STR("–"));
    buf_char(&d->data, '\n');
    buf_format(&d->note, "\"{{f%zu}}\"", d->fields++);
}

static void put_line(struct draft *d, const char *key, str text)
{
    buf_format(&d->note, "  %s: ", key);
    put_field(d, text, 160);
    buf_char(&d->note, '\n');
}

static void put_findings(struct draft *d)
{
    struct preflight_tellings told = preflight_tellings(d->p);
    for (size_t i = 0; i < told.list.n && i < d->most; i++) {
        const struct preflight_told *t = &told.list.v[i];
        const struct preflight_rule_text *rule = &PREFLIGHT_RULE[t->first->rule];
        str detail = t->first->detail;
        buf_format(&d->note, "            - [%s, ", PREFLIGHT_SEVERITY[rule->severity]);
        put_field(d, str_format(d->p->arena, "%s%s%.*s", rule->meaning,
                                detail.n ? ": " : "", STR_ARG(detail)), 140);
        buf_puts(&d->note, ", ");
        put_field(d, t->pages, 40);
        buf_puts(&d->note, "]\n");
    }
    if (told.list.n > d->most) {
        buf_format(&d->note, "            - [\"\", \"… and %zu more\", \"\"]\n",
                   told.list.n - d->most);
    }
}

static void put_pages(struct draft *d)
{
    const struct preflight *p = d->p;
    size_t lines = 0;
    for (size_t i = 0, last; i < p->pages.n; i = last + 1) {
        last = preflight_alike(p, i);
        if (lines++ == d->most) {
            buf_format(&d->note, "            - [\"…\", \"and %zu more\"]\n",
                       p->pages.n - i);
            break;
        }
        buf_format(&d->note, last > i ? "            - [\"%zu–%zu\", "
                   : "            - [\"%zu\", ", i + 1, last + 1);
        put_field(d, preflight_facts(p->arena, &p->pages.v[i]), 140);
        buf_puts(&d->note, "]\n");
    }
}

static str write_note(struct draft *d)
{
    const struct preflight *p = d->p;
    buf_init(&d->note, p->arena);
    buf_init(&d->data, p->arena);
    d->fields = 0;
    buf_puts(&d->note, "layout: memo\nlang: en\ntitle: Preflight\nfields:\n");
    put_line(d, "File", p->path);
    put_line(d, "Title", p->title);
    put_line(d, "Is", preflight_head(p->arena, p));
    put_line(d, "Found", preflight_sums(p->arena, p));
    buf_puts(&d->note, "sections:\n");
    if (p->findings.n) {
        buf_puts(&d->note, "  - heading: What was found\n    body:\n      - table:\n"
                 "          columns: [\"\", Rule, Pages]\n          width: 100%\n"
                 "          rows:\n");
        put_findings(d);
    }
    if (p->pages.n) {
        buf_puts(&d->note, "  - heading: What the pages are\n    body:\n      - table:\n"
                 "          columns: [Pages, \"\"]\n          width: 100%\n"
                 "          align: [right, left]\n          rows:\n");
        put_pages(d);
    }
    buf_puts(&d->note, "data:\n");
    buf_put(&d->note, buf_str(&d->data));
    return buf_str(&d->note);
}

/* Renders with fewer lines until all is on one page; then writes. */
static infonote_status render(struct draft *d, infonote_engine *engine, const char *file)
{
    infonote_status status = INFONOTE_FAILED;
    for (d->most = 24; d->most > 0; d->most /= 2) {
        str text = write_note(d);
        infonote_note *note =
            infonote_note_load_bytes(engine, "preflight", text.p, text.n, NULL);
        status = infonote_check(note);
        bool fits = infonote_page_count(note) == 1;
        if (status == INFONOTE_OK && (fits || d->most == 1)) {
            status = infonote_write_file(note, file);
        }
        if (status != INFONOTE_OK) {
            infonote_print_reports(note, stderr, INFONOTE_TEXT);
        }
        infonote_note_free(note);
        if (fits || status != INFONOTE_OK) {
            break;
        }
    }
    return status;
}

bool preflight_write_report(const struct preflight *p, const char *file)
{
    struct draft d = {.p = p};
    infonote_engine *engine = infonote_engine_new(NULL);
    infonote_status status = render(&d, engine, file);
    infonote_engine_free(engine);
    return status == INFONOTE_OK;
}
