/* SPDX-License-Identifier: MIT
 *
 * What a layout may say apart from its styles: one row a key, those of one mapping
 * together; and the mappings, each with what the reference says about it. */
#include "style/table.h"

#include <assert.h>
#include <stddef.h>

static const struct style_word ALIGNS[] = {
    {"start", STYLE_START}, {"end", STYLE_END}, {"left", STYLE_LEFT},
    {"right", STYLE_RIGHT}, {"center", STYLE_CENTER}, {"justify", STYLE_JUSTIFY}, {0}};
static const struct style_word CAPTIONS[] = {
    {"above", LAYOUT_ABOVE}, {"below", LAYOUT_BELOW}, {0}};
static const struct style_word NUMBERINGS[] = {
    {"decimal", LAYOUT_NOTES_DECIMAL}, {"symbols", LAYOUT_NOTES_SYMBOLS}, {0}};
static const struct style_word DISCLAIMERS[] = {
    {"after-body", LAYOUT_AFTER_BODY}, {"first-foot", LAYOUT_FIRST_FOOT},
    {"last-foot", LAYOUT_LAST_FOOT}, {"footnote", LAYOUT_AS_FOOTNOTE}, {0}};
static const struct style_word FORMS[] = {
    {"none", LAYOUT_FORM_NONE}, {"din-5008-a", LAYOUT_FORM_DIN_A},
    {"din-5008-b", LAYOUT_FORM_DIN_B}, {"us-10", LAYOUT_FORM_US_10}, {0}};
static const struct style_word INFORMATION[] = {
    {"block", LAYOUT_INFORMATION_BLOCK}, {"line", LAYOUT_INFORMATION_LINE}, {0}};
static const struct style_word PER[] = {
    {"page", LAYOUT_PER_PAGE}, {"document", LAYOUT_PER_DOCUMENT}, {0}};

static const struct style_word MARKS[] = {
    {"none", LAYOUT_MARKS_NONE}, {"crop", LAYOUT_MARKS_CROP}, {"all", LAYOUT_MARKS_ALL},
    {0}};
static const struct style_word RGB[] = {
    {"convert", LAYOUT_RGB_CONVERT}, {"keep", LAYOUT_RGB_KEEP}, {0}};
static const struct style_word INTENTS[] = {
    {"perceptual", LAYOUT_PERCEPTUAL}, {"relative", LAYOUT_RELATIVE},
    {"saturation", LAYOUT_SATURATION}, {"absolute", LAYOUT_ABSOLUTE}, {0}};

#define LAYOUT(path_, key_, kind_, field_, initial_, doc_)                         \
    .path = path_, .key = key_, .kind = kind_, .initial = initial_, .doc = doc_, \
    .offset = offsetof(struct layout, field_)

/* A header or footer on one kind of page. */
#define SLOT(path_, key_, field_, doc_) \
    {LAYOUT(path_, key_, STYLE_TEMPLATE, field_, "", doc_)}
#define RUNNING(where, kind, index)                                      \
    SLOT(where "." kind, "left", index.left, "At the left edge."),       \
    SLOT(where "." kind, "center", index.center, "In the middle."),      \
    SLOT(where "." kind, "right", index.right, "At the right edge.")

/* Labels of the facts that are a part of a letter. */
#define PART(key_, part, doc_)                                                  \
    {LAYOUT("letter.parts", key_, STYLE_BULLETS, letter.words[part], "", doc_), \
     .max = LAYOUT_PART_WORDS}

const struct style_prop LAYOUT_PROPS[] = {
    {LAYOUT("page", "size", STYLE_PAPER, page.width, "A4",
            "A paper's name (`A4`, `Letter`, `A5 landscape`), or `[width, height]`."),
     .min = 3, .max = 14400},
    {LAYOUT("page", "two-sided", STYLE_BOOL, page.two_sided, "false",
            "Inner and outer margins change sides on left pages."), .max = 1},
    {LAYOUT("page.margins", "top", STYLE_LENGTH, page.top, "25mm",
            "Above the text."), .max = 14400, .whole = STYLE_OF_PAGE_HEIGHT},
    {LAYOUT("page.margins", "bottom", STYLE_LENGTH, page.bottom, "30mm",
            "Below the text."), .max = 14400, .whole = STYLE_OF_PAGE_HEIGHT},
    {LAYOUT("page.margins", "inner", STYLE_LENGTH, page.inner, "25mm",
            "At the binding; on the left of right pages."),
     .max = 14400, .whole = STYLE_OF_PAGE_WIDTH},
    {LAYOUT("page.margins", "outer", STYLE_LENGTH, page.outer, "25mm",
            "At the cut edge; on the right of right pages."),
     .max = 14400, .whole = STYLE_OF_PAGE_WIDTH},
    {LAYOUT("page", "columns", STYLE_INTEGER, page.columns, "1",
            "Columns of text; the first is where the note's language begins its lines."),
     .min = 1, .max = 8},
    {LAYOUT("page", "gutter", STYLE_LENGTH, page.gutter, "2em", "Between columns."),
     .max = 14400, .whole = STYLE_OF_PAGE_WIDTH},
    {LAYOUT("page", "balance", STYLE_BOOL, page.balance, "true",
            "The columns of the last page are equally high."), .max = 1},
    {LAYOUT("page", "header-gap", STYLE_LENGTH, page.header_gap, "2em",
            "Between the header and the text."),
     .max = 14400, .whole = STYLE_OF_PAGE_HEIGHT},
    {LAYOUT("page", "footer-gap", STYLE_LENGTH, page.footer_gap, "2em",
            "Between the text and the footer."),
     .max = 14400, .whole = STYLE_OF_PAGE_HEIGHT},
    {LAYOUT("page", "first-top", STYLE_LENGTH_AUTO, page.first_top, "auto",
            "The top margin of the first page; `auto` is that of all pages."),
     .max = 14400, .whole = STYLE_OF_PAGE_HEIGHT},
    {LAYOUT("header", "rule", STYLE_LENGTH, header_rule, "0",
            "Thickness of a rule below the header; 0 for none."), .max = 100},
    RUNNING("header", "first", header[LAYOUT_FIRST]),
    RUNNING("header", "left", header[LAYOUT_LEFT]),
    RUNNING("header", "right", header[LAYOUT_RIGHT]),
    {LAYOUT("footer", "rule", STYLE_LENGTH, footer_rule, "0",
            "Thickness of a rule above the footer; 0 for none."), .max = 100},
    RUNNING("footer", "first", footer[LAYOUT_FIRST]),
    RUNNING("footer", "left", footer[LAYOUT_LEFT]),
    RUNNING("footer", "right", footer[LAYOUT_RIGHT]),
    SLOT("banner", "text", banner.text,
         "What stands there; a marking, most often: `{classification}`."),
    {LAYOUT("banner", "top", STYLE_LENGTH, banner.top, "7mm",
            "From the sheet's upper edge to the banner."),
     .max = 14400, .whole = STYLE_OF_PAGE_HEIGHT},
    {LAYOUT("banner", "bottom", STYLE_LENGTH, banner.bottom, "7mm",
            "From the sheet's lower edge to the banner."),
     .max = 14400, .whole = STYLE_OF_PAGE_HEIGHT},
    SLOT("letterhead", "text", letterhead.text, "Its lines, below `|`."),
    {LAYOUT("letterhead", "top", STYLE_LENGTH, letterhead.top, "12mm",
            "From the sheet's upper edge to its first line."),
     .max = 14400, .whole = STYLE_OF_PAGE_HEIGHT},
    {LAYOUT("letterhead.logo", "file", STYLE_TEXT, letterhead.logo.file, "",
            "The picture, below the layout's folder or the note's."), .max = 0},
    {LAYOUT("letterhead.logo", "alt", STYLE_TEXT, letterhead.logo.alt, "",
            "What it shows, for who cannot see it: the sender's name, most often. "
            "Required; `\"\"` where the name is written beside it."), .max = 1},
    {LAYOUT("letterhead.logo", "width", STYLE_LENGTH, letterhead.logo.width, "0",
            "Its width; 0, here and below, for its own or in proportion."),
     .max = 14400, .whole = STYLE_OF_COLUMN},
    {LAYOUT("letterhead.logo", "height", STYLE_LENGTH, letterhead.logo.height, "0",
            "Its height; with both, it is as large as fits into them."),
     .max = 14400, .whole = STYLE_OF_PAGE_HEIGHT},
    {LAYOUT("letterhead.logo", "align", STYLE_ENUM, letterhead.logo.align, "start",
            "Where it stands between the margins; lines that would meet it begin below."),
     .words = ALIGNS},
    SLOT("watermark", "text", watermark.text, "What it says, such as DRAFT."),
    {LAYOUT("watermark", "angle", STYLE_INTEGER, watermark.angle, "52",
            "How far it is turned to the left, in degrees."), .max = 90},
    {LAYOUT("line-numbers", "every", STYLE_INTEGER, line_numbers.every, "0",
            "Every how many lines one is printed; 0 for none."), .max = 1000},
    {LAYOUT("line-numbers", "per", STYLE_ENUM, line_numbers.per, "page",
            "Whether each page begins with 1, or only the first."), .words = PER},
    {LAYOUT("line-numbers", "gap", STYLE_LENGTH, line_numbers.gap, "1.5em",
            "Between number and text."), .max = 1000},
    {LAYOUT("change-bars", "shown", STYLE_BOOL, change_bars.shown, "true",
            "Whether they are shown; `false` for the note as it now is."), .max = 1},
    {LAYOUT("change-bars", "width", STYLE_LENGTH, change_bars.width, "1.2pt",
            "Their thickness."), .max = 100},
    {LAYOUT("change-bars", "gap", STYLE_LENGTH, change_bars.gap, "0.7em",
            "Between bar and text."), .max = 1000},
    {LAYOUT("letter", "information", STYLE_ENUM, letter.information, "block",
            "Where all other facts stand: beside the address, or in a line below it."),
     .words = INFORMATION},
    {LAYOUT("letter", "marks", STYLE_BOOL, letter.marks, "true",
            "Marks at the left edge: where to fold, where to punch."), .max = 1},
    SLOT("letter", "sender-line", letter.sender_line,
         "The small line above the address, where the note has none; DIN's forms else "
         "have the first three lines of the sender there."),
    {LAYOUT("letter.window", "form", STYLE_ENUM, letter.form, "none",
            "A standard's window; `none` for letters without one."), .words = FORMS},
    {LAYOUT("letter.window", "x", STYLE_LENGTH, letter.x, "0",
            "From the sheet's left edge; 0, here and below, for the form's own."),
     .max = 14400, .whole = STYLE_OF_PAGE_WIDTH},
    {LAYOUT("letter.window", "y", STYLE_LENGTH, letter.y, "0",
            "From the sheet's upper edge."),
     .max = 14400, .whole = STYLE_OF_PAGE_HEIGHT},
    {LAYOUT("letter.window", "width", STYLE_LENGTH, letter.width, "0",
            "The window's width."), .max = 14400, .whole = STYLE_OF_PAGE_WIDTH},
    {LAYOUT("letter.window", "height", STYLE_LENGTH, letter.height, "0",
            "The window's height."), .max = 14400, .whole = STYLE_OF_PAGE_HEIGHT},
    PART("sender", LAYOUT_SENDER, "Who writes: a line each."),
    PART("sender-line", LAYOUT_SENDER_LINE, "The small line above the address."),
    PART("remarks", LAYOUT_REMARKS, "What the post must know, above the address."),
    PART("recipient", LAYOUT_RECIPIENT, "The address: a line each."),
    PART("enclosures", LAYOUT_ENCLOSURES, "What is enclosed, below the text."),
    PART("copies", LAYOUT_COPIES, "Who receives a copy, below that."),
    {LAYOUT("headings", "numbered", STYLE_BOOL, headings.numbered, "false",
            "Headings have numbers."), .max = 1},
    {LAYOUT("headings", "formats", STYLE_FORMATS, headings.format, "",
            "The number of each level: `{1}.`, `{1}.{2}`, `{3:a})`; empty for none."),
     .max = LAYOUT_HEADING_LEVELS},
    {LAYOUT("headings", "number-gap", STYLE_LENGTH, headings.number_gap, "0.5em",
            "Between a heading's number and its text."),
     .max = 1000, .whole = STYLE_OF_COLUMN},
    {LAYOUT("lists", "bullets", STYLE_BULLETS, lists.bullets, "\xE2\x80\xA2",
            "Bullets by depth; the last one serves all deeper lists."),
     .max = LAYOUT_LIST_DEPTH},
    {LAYOUT("lists", "numbers", STYLE_FORMATS, lists.numbers, "{1}.",
            "Number formats by depth: `{1}.`, `{a})`, `{i}.`; the last one serves all "
            "deeper lists."), .max = LAYOUT_LIST_DEPTH},
    {LAYOUT("footnotes", "numbering", STYLE_ENUM, notes.numbering, "decimal",
            "Figures, or the symbols * † ‡ § and so on."), .words = NUMBERINGS},
    {LAYOUT("footnotes", "restart", STYLE_ENUM, notes.restart, "document",
            "Whether each page begins with 1, or only the first."), .words = PER},
    {LAYOUT("footnotes", "rule-width", STYLE_LENGTH, notes.rule_width, "30%",
            "The length of the rule above the notes."),
     .max = 14400, .whole = STYLE_OF_COLUMN},
    {LAYOUT("footnotes", "rule-thickness", STYLE_LENGTH, notes.rule_thickness, "0.5pt",
            "Its thickness; 0 for no rule."), .max = 100},
    {LAYOUT("footnotes", "rule-space-above", STYLE_LENGTH, notes.rule_space_above, "1em",
            "At least so much between the text and the rule."), .max = 1000},
    {LAYOUT("footnotes", "rule-space-below", STYLE_LENGTH, notes.rule_space_below,
            "0.4em", "Between the rule and the first note."), .max = 1000},
    {LAYOUT("footnotes", "space-between", STYLE_LENGTH, notes.space_between, "0.2em",
            "Between two notes."), .max = 1000},
    {LAYOUT("footnotes", "number-gap", STYLE_LENGTH, notes.number_gap, "0.4em",
            "Between a note's number and its text."), .max = 1000},
    {LAYOUT("disclaimer", "place", STYLE_ENUM, disclaimer.place, "after-body",
            "Behind the text, at the foot of the first or last page, or as a footnote."),
     .words = DISCLAIMERS},
    {LAYOUT("disclaimer", "heading", STYLE_BOOL, disclaimer.heading, "true",
            "It begins with its label."), .max = 1},
    {LAYOUT("code", "sign", STYLE_TEXT, code.sign, "\xE2\x86\xAA",
            "What stands where a line of code that is too long goes on; `\"\"` for "
            "nothing."), .max = 1},
    {LAYOUT("code", "indent", STYLE_LENGTH, code.indent, "1.5em",
            "How far in it goes on."), .max = 1000},
    {LAYOUT("signatures", "width", STYLE_LENGTH, signatures.width, "55mm",
            "The least width of a line to sign on; as many as fit stand side by side."),
     .max = 14400, .whole = STYLE_OF_COLUMN},
    {LAYOUT("signatures", "gap", STYLE_LENGTH, signatures.gap, "2em",
            "Between two of them."), .max = 14400, .whole = STYLE_OF_COLUMN},
    {LAYOUT("columns", "gap", STYLE_LENGTH, columns.gap, "6mm",
            "Between two columns of a `columns` block."),
     .max = 14400, .whole = STYLE_OF_COLUMN},
    {LAYOUT("columns", "rule", STYLE_LENGTH, columns.rule, "0.4pt",
            "How thick the line between them is, where the note asks for one."),
     .max = 100},
    {LAYOUT("facts", "run-in", STYLE_BOOL, facts.run_in, "true",
            "Label and value share a line; else labels stand in a column."), .max = 1},
    {LAYOUT("facts", "label-width", STYLE_LENGTH, facts.label_width, "25%",
            "The width of that column."), .max = 14400, .whole = STYLE_OF_COLUMN},
    {LAYOUT("images", "resolution", STYLE_INTEGER, images.resolution, "150",
            "Pixels per inch of a file that does not say; decides how large it is."),
     .min = 1, .max = 10000},
    {LAYOUT("images", "min-resolution", STYLE_INTEGER, images.min_resolution, "100",
            "Images with fewer pixels per inch on the page are warned about; 0 for "
            "none."), .max = 10000},
    {LAYOUT("images", "inline-height", STYLE_PERCENT, images.inline_height, "0%",
            "How high an image inside a line is, of the text's size; 0 for as high as a "
            "capital letter. Never higher than the line."), .max = 400},
    {LAYOUT("captions", "tables", STYLE_ENUM, captions.tables, "above",
            "Where the captions of tables stand."), .words = CAPTIONS},
    {LAYOUT("captions", "figures", STYLE_ENUM, captions.figures, "below",
            "Where those of images stand."), .words = CAPTIONS},
    {LAYOUT("captions", "continued", STYLE_BOOL, captions.continued, "false",
            "A table with a caption is named again where it goes on, with the label "
            "`continued`."), .max = 1},
    {LAYOUT("toc", "depth", STYLE_INTEGER, toc.depth, "3",
            "How many levels of headings are listed."),
     .min = 1, .max = LAYOUT_HEADING_LEVELS},
    {LAYOUT("toc", "leader", STYLE_TEXT, toc.leader, ".",
            "What is repeated up to the number of the page; `\"\"` for nothing."),
     .max = 0},
    {LAYOUT("breaking", "widow", STYLE_INTEGER, breaking.widow, "12000",
            "The cost of too few lines at the top of a page."), .max = 1000000},
    {LAYOUT("breaking", "orphan", STYLE_INTEGER, breaking.orphan, "12000",
            "The cost of too few lines at the foot of a page."), .max = 1000000},
    {LAYOUT("breaking", "stranded", STYLE_INTEGER, breaking.stranded, "100000",
            "The cost of a page that ends behind something kept with its next."),
     .max = 1000000},
    {LAYOUT("breaking", "split-note", STYLE_INTEGER, breaking.split_note, "2000",
            "The cost of a footnote that runs on to the next page."), .max = 1000000},
    {LAYOUT("breaking", "hyphen-at-foot", STYLE_INTEGER, breaking.hyphen_at_foot, "300",
            "The cost of a page that ends with a divided word."), .max = 1000000},
    {LAYOUT("breaking", "uneven", STYLE_INTEGER, breaking.uneven, "400",
            "The cost of columns of one page, or of facing pages, that end two lines "
            "apart or more; of a page that is not full where bottoms are flush."),
     .max = 1000000},
    {LAYOUT("breaking", "looseness", STYLE_INTEGER, breaking.looseness, "200",
            "The least cost of a paragraph set a line longer or shorter than is best "
            "for it, to mend a page; 1000000: never."), .max = 1000000},
    {LAYOUT("breaking", "short-last", STYLE_INTEGER, breaking.short_last, "2000",
            "The cost of a last page with hardly any text."), .max = 1000000},
    {LAYOUT("breaking", "min-last", STYLE_LENGTH, breaking.min_last, "6.5em",
            "The height of text on the last page below which that counts, the more the "
            "less there is."),
     .max = 14400, .whole = STYLE_OF_PAGE_HEIGHT},
    {LAYOUT("breaking", "flush-bottom", STYLE_BOOL, breaking.flush_bottom, "false",
            "Pages are filled to the last line by wider or narrower spaces between "
            "blocks."), .max = 1},
    {LAYOUT("breaking", "stretch", STYLE_PERCENT, breaking.stretch, "30%",
            "How far those spaces may grow."), .max = 10000},
    {LAYOUT("breaking", "shrink", STYLE_PERCENT, breaking.shrink, "10%",
            "How far they may shrink."), .max = 900},
    {LAYOUT("lines", "tolerance", STYLE_INTEGER, lines.tolerance, "200",
            "How uneven a line's spaces may be, 0 to 10000, as in TeX."), .max = 10000},
    {LAYOUT("lines", "hyphen-penalty", STYLE_INTEGER, lines.hyphen_penalty, "50",
            "The cost of a divided word, where lines have 38 em or more; as much less as "
            "lines are shorter."), .max = 10000},
    {LAYOUT("lines", "consecutive-hyphens", STYLE_INTEGER, lines.consecutive_hyphens,
            "10000", "The cost of two lines in a row that end with a divided word; "
             "1000000: never, if it can be helped."),
     .max = 1000000},
    {LAYOUT("lines", "fitness", STYLE_INTEGER, lines.fitness, "3000",
            "The cost of a tight line beside a loose one."), .max = 1000000},
    {LAYOUT("lines", "last-hyphen", STYLE_INTEGER, lines.last_hyphen, "5000",
            "The cost of a divided word before a paragraph's last line."),
     .max = 1000000},
    {LAYOUT("print", "always", STYLE_BOOL, print.always, "false",
            "Every PDF is for print, also without `--print`; but not one that is given "
            "another `--standard`."), .max = 1},
    {LAYOUT("print", "profile", STYLE_TEXT, print.profile, "",
            "The press and its paper: a colour profile's file (`coated.icc`), below the "
            "layout's folder or the note's; or a printing condition (`FOGRA39`) whose "
            "profile the system has."), .max = 0},
    {LAYOUT("print", "rgb", STYLE_ENUM, print.rgb, "convert",
            "What becomes of RGB that has a hue: it is converted to the press's inks, or "
            "it stays, with its profile, for the printer to convert (`keep`)."),
     .words = RGB},
    {LAYOUT("print", "intent", STYLE_ENUM, print.intent, "relative",
            "How colours become those of the press: ICC's rendering intent."),
     .words = INTENTS},
    {LAYOUT("print", "black-point", STYLE_BOOL, print.black_point, "true",
            "Black-point compensation: what is darkest stays darkest."), .max = 1},
    {LAYOUT("print", "overprint-below", STYLE_LENGTH, print.overprint_below, "24pt",
            "Black letters smaller than that are printed over what is behind them; 0: "
            "none are."), .max = 1000},
    {LAYOUT("print", "max-ink", STYLE_PERCENT, print.max_ink, "300%",
            "The most ink that may lie in one place, all plates together."), .max = 4000},
    {LAYOUT("print", "bleed", STYLE_LENGTH_AUTO, print.bleed, "auto",
            "How far what reaches the edge is printed beyond it; `auto` is 3mm where "
            "something does, and else nothing."), .max = 14400},
    {LAYOUT("print", "marks", STYLE_ENUM, print.marks, "none",
            "What is printed beside the page: marks to cut at (`crop`), or also marks "
            "that plates are aligned by, patches of ink, and a line with file, date and "
            "page (`all`)."), .words = MARKS},
    {LAYOUT("print", "binding", STYLE_LENGTH, print.binding, "0",
            "How far the text is moved away from the binding: to the right; on left "
            "pages of `two-sided` layouts to the left."), .max = 14400},
    {LAYOUT("", "embed-source", STYLE_BOOL, embed_source, "false",
            "The PDF holds what it was made from: the note, the layout, the pictures.")},
    {LAYOUT("", "description", STYLE_TEXT, description, "",
            "What the layout is for, in one sentence."), .max = 0},
    {LAYOUT("", "extends", STYLE_EXTENDS, name, "",
            "Another layout (a name, or a file beside this one) that this one changes."),
     .max = 0},
};

const struct style_group STYLE_GROUPS[] = {
    {"page", "The sheet, its margins and columns. `margins` may also be one length for "
             "all four sides."},
    {"page.margins", "Left and right are named by the binding: *inner* and *outer*."},
    {"fonts", "Names for families: the roles that styles ask for. A child layout that "
              "changes a role changes every style that uses it."},
    {"colors", "Names for colours, usable wherever a colour is. A colour is `#rgb`, "
               "`#rrggbb`, `black`, `white`, `gray(50%)`, `rgb(31, 78, 121)` or "
               "`cmyk(100, 60, 0, 10)`; or a mapping that says what screens show and "
               "what presses print: `{cmyk: [100, 60, 0, 10], rgb: \"#1f4e79\"}`. "
               "A layout that names a colour again replaces all of it."},
    {"styles", "How each kind of text looks, by name. A style of your own says what it "
               "`extends`."},
    {"header", "What stands above the text. `all` holds the slots of every kind of page; "
               "`first`, `left` and `right` those of one."},
    {"header.first", "The first page."},
    {"header.left", "Left pages; only two-sided layouts have them."},
    {"header.right", "All other pages."},
    {"footer", "What stands below the text; like `header`."},
    {"footer.first", "The first page."},
    {"footer.left", "Left pages; only two-sided layouts have them."},
    {"footer.right", "All other pages."},
    {"banner", "What stands in the middle of head and foot of every page, in the style "
               "`classification`. A screen reader says it once, before the title."},
    {"letterhead", "What stands at the head of the first page."},
    {"letterhead.logo", "A picture there (PNG, JPEG, SVG). The text of the first page "
                        "begins below it."},
    {"watermark", "What lies across every page, behind the text; smaller where it would "
                  "not fit."},
    {"line-numbers", "Numbers in the margin, to talk about a draft. The lines of tables "
                     "and footnotes are not counted."},
    {"change-bars", "Bars in the outer margin beside what is new: blocks with `changed`, "
                    "and words in `<ins>` or `<del>`."},
    {"letter", "A letter whose address shows in an envelope's window. Facts of the note "
               "become its parts by their labels."},
    {"letter.window", "The window. `window` may also be a form alone: `window: "
                      "din-5008-b`."},
    {"letter.parts", "The labels of the facts that are a part, in any language and any "
                     "case. All other facts are information about the letter."},
    {"headings", "The numbers of headings."},
    {"lists", "Bullets and numbers of lists."},
    {"footnotes", "The form of footnotes and the rule above them. Where each page "
                  "numbers its notes anew, the mark of a note on another page says which "
                  "it is: 2 (page 7)."},
    {"disclaimer", "Where the disclaimer stands."},
    {"code", "Program text as a block."},
    {"signatures", "Lines to sign on."},
    {"columns", "Blocks whose text stands in columns."},
    {"facts", "The block of labelled facts under the title."},
    {"images", "Pictures and their pixels."},
    {"captions", "The captions of tables and images."},
    {"toc", "Tables of contents."},
    {"breaking", "How pages are judged: costs of what should be avoided; higher is "
                 "worse, 0 does not matter."},
    {"lines", "How lines are judged; higher is worse."},
    {"print", "The file that `--print` makes; see [print.md](print.md). `print: true` "
              "is short for `always`."},
    {"labels", "The words that the note did not write, by language and key. A label of "
               "your own begins with `x-`."},
    {0}};

static_assert(sizeof LAYOUT_PROPS / sizeof LAYOUT_PROPS[0] == LAYOUT_PROP_COUNT,
              "LAYOUT_PROP_COUNT");
