/* SPDX-License-Identifier: MIT
 *
 * docs/layouts.md: the reference of all layout keys, from the tables. A unit test
 * compares the file in the repository with what this writes. */
#include "style/sheet.h"

#include <string.h>

static const char OPENING[] =
    "# Layouts\n\n"
    "A layout is a YAML file that says how notes look. `layouts/NAME.yaml` is the\n"
    "layout `NAME`; a folder `layouts` beside a note is searched first. A note may also\n"
    "name a file, from its own folder on: `layout: ./house.yaml`; and so may the\n"
    "command line, from where it is given: `--layout house.yaml`.\n\n"
    "```yaml\n"
    "extends: information-note          # start from another layout\n"
    "page: {size: Letter, margins: 1in}\n"
    "colors: {accent: \"#1f4e79\"}\n"
    "fonts: {serif: noto-serif}\n"
    "styles:\n"
    "  heading-1: {color: accent, size: 130%}\n"
    "  warning: {extends: paragraph, weight: bold}    # a style of your own\n"
    "footer:\n"
    "  all: {left: \"{reference}\", right: \"{labels.page}\"}\n"
    "```\n\n"
    "`extends` merges: mappings key by key at any depth, anything else is replaced.\n"
    "Up to 16 layouts may extend each other. Roles and colours are looked up last, so\n"
    "a layout that changes `accent` changes every style below that uses it.\n\n"
    "**Lengths** are written in `pt`, `mm`, `cm`, `in`, `pc`, or relative: `em` (the\n"
    "font size), `ex` (half of it) and `%`. In styles, `em` and `%` are of the\n"
    "style's own size, and of the surrounding text's for `size`; elsewhere `em` is\n"
    "the size of `body` and the tables say what `%` is of. `0` needs no unit.\n\n"
    "**Placeholders** in headers, footers and labels: `{page}` and so on, below;\n"
    "`{labels.KEY}` is a label in the note's language, which may have placeholders\n"
    "itself (`page: \"Page {page} of {pages}\"`). What stands in square brackets\n"
    "vanishes when a placeholder inside is empty: `\"{reference}[ of {date}]\"`.\n"
    "Doubled (`{{`, `[[`) they are the characters themselves.\n\n"
    "**Number formats**: `{1}` to `{6}` are the counts of levels 1 to 6; `{2:a}`\n"
    "`{2:A}` are letters, `{2:i}` `{2:I}` roman numerals; `{1}` in a list is its own\n"
    "count, and `{a}` `{A}` `{i}` `{I}` are short for it.\n\n"
    "This file is generated from the tables that the program reads layouts by.\n";

static const char LINES[] =
    "\n## How lines are made\n\n"
    "Where the lines of a paragraph end is chosen over the whole paragraph: of all\n"
    "ways that keep to `tolerance`, the one whose spaces are most even. What gives,\n"
    "in this order, each by its style's key: marks hang into the margins\n"
    "(`protrusion`; how far, a family may say, see fonts/README.md), the letters of\n"
    "a line become wider or narrower (`expansion`), spaces grow and shrink\n"
    "(`word-stretch`, `word-shrink`), all letters of the paragraph stand a hair\n"
    "closer or wider apart (`tracking`), words are divided (`hyphenate`). 0%\n"
    "switches each off. In ragged text, words are divided at most.\n\n"
    "No two lines in a row end in a hyphen, be it the text's own, and no page where\n"
    "it can be helped; no paragraph ends with half a word, or with less than 4 em,\n"
    "unless gaping lines were the price.\n\n"
    "A line may end behind a hyphen, an en or em dash, and a slash between words of\n"
    "three letters or more; a dash between spaces stays with the word before it. An\n"
    "address is divided behind `://`, `:` and `=`, and before all other marks, so\n"
    "that a line that begins with one says that the address goes on (as the Chicago\n"
    "Manual of Style has it): never with a hyphen, never behind a lone letter.\n\n"
    "`sentence-space` sets sentences further apart than words where the language has\n"
    "the custom, which is English; all others have one space. A sentence is one that\n"
    "the next follows with a capital; initials and usual abbreviations end none.\n";

static const char DESIGNING[] =
    "\n## Designing a layout\n\n"
    "Where pages end is chosen over the whole note: of all ways to divide it the one\n"
    "that costs least. Room that is left costs the square of its share, 10000 for a\n"
    "whole page, 25 for a twentieth; what else costs is under `breaking`.\n\n"
    "Where a page costs more than `looseness`, paragraphs on it and on the two pages\n"
    "before it may be set a line longer or shorter than is best for them, within the\n"
    "`tolerance` of lines: that costs `looseness`, and about as much again for every\n"
    "line that is visibly loose or tight then. Columns of a page, and\n"
    "facing pages of a two-sided layout, should end level: `uneven`. With\n"
    "`flush-bottom` every page should end at its foot: spaces between blocks grow by\n"
    "up to `stretch` and shrink by up to `shrink`, which costs 100 at the limit, and\n"
    "`uneven` is the cost of a page that they cannot fill. Where the text ends, or a\n"
    "page must, pages end where they end.\n\n"
    "`infonote render --explain NOTE.yaml` says for every page, or column of it, what\n"
    "its end costs, and what the note would cost if that page ended elsewhere:\n\n"
    "    page 1 ends after \"synergize existing efforts; and,\" (note.yaml:45)\n"
    "        94 % full: 39.6 pt of 696.2 pt are empty\n"
    "        one more line does not fit: 4.1 pt are missing\n"
    "        costs 12032: empty room 32, an orphan at the foot 12000\n"
    "        2 lines earlier, after \"against fluxes;\" (note.yaml:43): the note costs\n"
    "            76 more\n"
    "            here 108: empty room 108; behind it 12000 instead of 0\n\n"
    "`here` is what that other end costs, `behind it` the best that can be made of\n"
    "all pages after it. In a note of more than eight pages or columns, another end\n"
    "is followed only as long as that costs no more than 3000 above the best way to\n"
    "come as far. Read it from the page that looks wrong. If the end that you want is\n"
    "among the others, what it costs more says how much a cost under `breaking` has to\n"
    "change. If it is not, there is no room for it: look at the\n"
    "margins, the leading, or the spaces between blocks. With `--format json` each\n"
    "page is one line for a program.\n\n"
    "`infonote render --show-boxes NOTE.yaml` draws over the pages what cannot be\n"
    "seen: the body and the margins in green, the box of every line in blue, its\n"
    "baseline in red. A tick beside the text is where a page had better not end, with\n"
    "what that costs: `12k` is 12000, `never` is what must stay together. It moves\n"
    "nothing, and a reader does not hear it.\n\n";

/* Table cells: a bar would end the cell. */
static void put_cell(struct buf *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '|') {
            buf_char(out, '\\');
        }
        buf_char(out, *text);
    }
}

static void put_code(struct buf *out, const char *text)
{
    if (text[0] == '\0') {
        buf_puts(out, "\xE2\x80\x93");
        return;
    }
    buf_char(out, '`');
    put_cell(out, text);
    buf_char(out, '`');
}

static void put_kind(struct buf *out, const struct style_prop *p)
{
    static const char *const WHOLES[] = {
        [STYLE_OF_SIZE] = "", [STYLE_OF_PAGE_WIDTH] = "; % of the page's width",
        [STYLE_OF_PAGE_HEIGHT] = "; % of the page's height",
        [STYLE_OF_COLUMN] = "; % of the column"};
    if (p->words) {
        for (size_t i = 0; p->words[i].word; i++) {
            buf_format(out, "%s`%s`", i ? ", " : "", p->words[i].word);
        }
        if (p->kind == STYLE_WEIGHT) {
            buf_format(out, ", or %d to %d", p->min, p->max);
        }
    } else if (p->kind == STYLE_INTEGER) {
        buf_format(out, "%d to %d", p->min, p->max);
    } else {
        put_cell(out, style_kind_name(p->kind));
        buf_puts(out, WHOLES[p->whole]);
    }
}

static void put_prop(struct buf *out, const struct style_prop *p, bool is_style)
{
    buf_format(out, "| `%s` | ", p->key);
    put_kind(out, p);
    buf_puts(out, " | ");
    put_code(out, p->initial);
    if (is_style) {
        buf_puts(out, p->inherited ? " | yes" : " | no");
    }
    buf_puts(out, " | ");
    put_cell(out, p->doc);
    buf_puts(out, " |\n");
}

static void put_names(struct buf *out, const char *what, const struct style_name *names,
                      const char *before, const char *behind)
{
    buf_format(out, "\n| %s | for |\n|---|---|\n", what);
    for (; names->name; names++) {
        buf_format(out, "| `%s%s%s` | %s |\n", before, names->name, behind, names->doc);
    }
}

static void put_styles(struct buf *out)
{
    buf_puts(out, "\n| key | takes | initial | inherited | |\n|---|---|---|---|---|\n");
    for (size_t i = 0; i < STYLE_PROP_COUNT; i++) {
        put_prop(out, &STYLE_PROPS[i], true);
    }
    buf_puts(out, "\nThe styles that the program itself asks for:\n");
    put_names(out, "style", STYLE_NAMES, "", "");
}

static void put_layout_props(struct buf *out, const char *path)
{
    bool first = true;
    for (size_t i = 0; i < LAYOUT_PROP_COUNT; i++) {
        const struct style_prop *p = &LAYOUT_PROPS[i];
        if (strcmp(p->path, path) == 0) {
            if (first) {
                buf_puts(out, "\n| key | takes | initial | |\n|---|---|---|---|\n");
            }
            first = false;
            put_prop(out, p, false);
        }
    }
}

void layout_reference(struct buf *out)
{
    buf_puts(out, OPENING);
    buf_puts(out, LINES);
    buf_puts(out, DESIGNING);
    buf_puts(out, "## At the top\n");
    put_layout_props(out, "");
    for (const struct style_group *g = STYLE_GROUPS; g->path; g++) {
        buf_format(out, "\n%s `%s`\n\n%s\n", strchr(g->path, '.') ? "###" : "##", g->path,
                   g->doc);
        if (strcmp(g->path, "styles") == 0) {
            put_styles(out);
        } else if (strcmp(g->path, "labels") == 0) {
            put_names(out, "key", STYLE_LABELS, "", "");
        } else if (strcmp(g->path, "colors") == 0) {
            put_names(out, "key of such a colour", STYLE_MIX_KEYS, "", "");
        } else {
            put_layout_props(out, g->path);
        }
    }
    buf_puts(out, "\n## Placeholders\n");
    put_names(out, "placeholder", STYLE_PLACEHOLDERS, "{", "}");
}
