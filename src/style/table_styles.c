/* SPDX-License-Identifier: MIT
 *
 * What a style may say: one row a property, in the order in which they are computed: a
 * size before what is relative to it, a colour before the rule that may take it. */
#include "style/table.h"

#include <assert.h>
#include <stddef.h>

static const struct style_word ALIGNS[] = {
    {"start", STYLE_START}, {"end", STYLE_END}, {"left", STYLE_LEFT},
    {"right", STYLE_RIGHT}, {"center", STYLE_CENTER}, {"justify", STYLE_JUSTIFY}, {0}};
static const struct style_word BLOCK_ALIGNS[] = {
    {"start", STYLE_START}, {"end", STYLE_END}, {"left", STYLE_LEFT},
    {"right", STYLE_RIGHT}, {"center", STYLE_CENTER}, {0}};
static const struct style_word CAPS[] = {
    {"none", STYLE_CAPS_NONE}, {"small", STYLE_CAPS_SMALL},
    {"all-small", STYLE_CAPS_ALL_SMALL}, {"upper", STYLE_CAPS_UPPER}, {0}};
static const struct style_word FIGURES[] = {
    {"default", STYLE_FIGURES_DEFAULT}, {"lining", STYLE_FIGURES_LINING},
    {"oldstyle", STYLE_FIGURES_OLDSTYLE}, {0}};
static const struct style_word FIGURE_WIDTHS[] = {
    {"default", STYLE_WIDTH_DEFAULT}, {"proportional", STYLE_WIDTH_PROPORTIONAL},
    {"tabular", STYLE_WIDTH_TABULAR}, {0}};
static const struct style_word SIDES[] = {
    {"all", STYLE_SIDES_ALL}, {"start", STYLE_SIDES_START},
    {"above-below", STYLE_SIDES_ENDS}, {0}};

/* What a colour may also be. */
static const struct style_word OR_TEXT[] = {{"text", STYLE_COLOR_OF_TEXT}, {0}};
static const struct style_word OR_NONE[] = {{"none", STYLE_COLOR_NONE}, {0}};

const struct style_word STYLE_WEIGHTS[] = {
    {"thin", 100}, {"extra-light", 200}, {"light", 300}, {"regular", 400},
    {"medium", 500}, {"semibold", 600}, {"bold", 700}, {"extra-bold", 800},
    {"black", 900}, {0}};

#define STYLE(key_, kind_, field_, initial_, doc_)                              \
    .path = "styles", .key = key_, .kind = kind_, .initial = initial_, .doc = doc_, \
    .offset = offsetof(struct style, field_)

const struct style_prop STYLE_PROPS[] = {
    {STYLE("font", STYLE_FONT, family, "serif",
           "A role of `fonts:`, or a family by its name."), .inherited = true},
    {STYLE("size", STYLE_SIZE, size, "11pt",
           "Font size; `em` and `%` are of the surrounding text's size."),
     .inherited = true, .min = 1, .max = 1000},
    {STYLE("weight", STYLE_WEIGHT, weight, "regular", "How heavy the letters are."),
     .inherited = true, .words = STYLE_WEIGHTS, .min = 100, .max = 900},
    {STYLE("italic", STYLE_TOGGLE, italic, "false",
           "Italic letters; `toggle` is upright inside italic text."), .inherited = true},
    {STYLE("color", STYLE_COLOR, color, "black", "The colour of the letters."),
     .inherited = true},
    {STYLE("caps", STYLE_ENUM, caps, "none",
           "Small capitals for small letters, for all letters, or capitals."),
     .inherited = true, .words = CAPS},
    {STYLE("figures", STYLE_ENUM, figures, "default", "The height of digits."),
     .inherited = true, .words = FIGURES},
    {STYLE("figure-width", STYLE_ENUM, figure_width, "default",
           "Digits of one width (tabular) or of their own."),
     .inherited = true, .words = FIGURE_WIDTHS},
    {STYLE("features", STYLE_FEATURES, features, "{}",
           "OpenType features by tag, added to the surrounding text's."),
     .inherited = true},
    {STYLE("letter-space", STYLE_LENGTH, letter_space, "0", "Space behind every letter."),
     .inherited = true, .min = -100, .max = 1000},
    {STYLE("underline", STYLE_BOOL, underline, "false", "A line under the text."),
     .inherited = true},
    {STYLE("strike", STYLE_BOOL, strike, "false", "A line through the text."),
     .inherited = true},
    {STYLE("typography", STYLE_BOOL, typography, "true",
           "Straight quotes, `--` and `...` become typographic ones."),
     .inherited = true},
    {STYLE("rise", STYLE_RISE, rise, "0",
           "Lifts the baseline, on top of what the surrounding text is lifted."),
     .inherited = true, .min = -1000, .max = 1000},
    {STYLE("leading", STYLE_LEADING, leading, "1.3",
           "From baseline to baseline; a factor stays a factor where sizes change."),
     .inherited = true, .min = 1, .max = 4000},
    {STYLE("align", STYLE_ENUM, align, "start",
           "Which edges lines meet; start and end follow the language's direction."),
     .inherited = true, .words = ALIGNS},
    {STYLE("hyphenate", STYLE_BOOL, hyphenate, "false", "Words may be divided."),
     .inherited = true},
    {STYLE("word-stretch", STYLE_PERCENT, word_stretch, "50%",
           "How far a word space may grow, of its natural width."),
     .inherited = true, .max = 10000},
    {STYLE("word-shrink", STYLE_PERCENT, word_shrink, "25%",
           "How far a word space may shrink, of its natural width."),
     .inherited = true, .max = 900},
    {STYLE("sentence-space", STYLE_PERCENT, sentence_space, "0%",
           "How much wider a space between sentences is, in a language that has it so: "
           "English; 33% is a tradition."),
     .inherited = true, .max = 2000},
    {STYLE("expansion", STYLE_PERCENT, expansion, "0%",
           "How much wider or narrower the letters of a justified line may be set."),
     .inherited = true, .max = 50},
    {STYLE("tracking", STYLE_PERCENT, tracking, "0%",
           "How much closer or wider apart all letters of a justified paragraph may "
           "stand, of their size, where its lines come out better; 0.5% is not seen."),
     .inherited = true, .max = 50},
    {STYLE("protrusion", STYLE_PERCENT, protrusion, "0%",
           "How far punctuation hangs into margins of justified text; 100% is usual."),
     .inherited = true, .max = 2000},
    {STYLE("widows", STYLE_INTEGER, widows, "2",
           "The fewest lines of a paragraph at the top of a page."),
     .inherited = true, .min = 1, .max = 20},
    {STYLE("orphans", STYLE_INTEGER, orphans, "2",
           "The fewest lines of a paragraph at the foot of a page."),
     .inherited = true, .min = 1, .max = 20},
    {STYLE("indent-start", STYLE_LENGTH, indent_start, "0",
           "Moves the block in at the side where lines begin."), .max = 14400},
    {STYLE("indent-end", STYLE_LENGTH, indent_end, "0",
           "Moves the block in at the side where lines end."), .max = 14400},
    {STYLE("indent-first", STYLE_LENGTH, indent_first, "0",
           "Moves the first line in, or out when negative."),
     .min = -14400, .max = 14400},
    {STYLE("space-before", STYLE_LENGTH, space_before, "0",
           "Space above the block; of two spaces that meet the larger one counts."),
     .max = 14400},
    {STYLE("space-after", STYLE_LENGTH, space_after, "0", "Space below the block."),
     .max = 14400},
    {STYLE("marker-gap", STYLE_LENGTH, marker_gap, "0.5em",
           "At least so much between a marker (bullet, number) and its text."),
     .max = 1000},
    {STYLE("keep-with-next", STYLE_BOOL, keep_with_next, "false",
           "No page ends between this block and the next."), .inherited = false},
    {STYLE("keep-together", STYLE_BOOL, keep_together, "false",
           "No page ends inside the block."), .inherited = false},
    {STYLE("page-break-right", STYLE_BOOL, page_break_right, "false",
           "The block begins a page, in `two-sided` layouts a right one; the left one "
           "before it stays empty where it must."), .inherited = false},
    {STYLE("page-break-before", STYLE_BOOL, page_break_before, "false",
           "The block begins a page."), .inherited = false},
    {STYLE("span-columns", STYLE_BOOL, span_columns, "false",
           "The block runs across all columns of the page."), .inherited = false},
    {STYLE("rule-above", STYLE_LENGTH, rule_above, "0",
           "Thickness of a rule above the block; 0 for none."), .max = 100},
    {STYLE("rule-below", STYLE_LENGTH, rule_below, "0",
           "Thickness of a rule below the block; 0 for none."), .max = 100},
    {STYLE("rule-gap", STYLE_LENGTH, rule_gap, "0.3em",
           "Between those rules and the text."),
     .max = 1000},
    {STYLE("rule-color", STYLE_COLOR, rule_color, "text",
           "The colour of those rules; `text` is the letters' own."),
     .inherited = false, .words = OR_TEXT},
    {STYLE("background", STYLE_COLOR, background, "none",
           "The colour behind the block, or `none`."),
     .inherited = false, .words = OR_NONE},
    {STYLE("border", STYLE_LENGTH, border, "0",
           "Thickness of the lines around the block; 0 for none."), .max = 100},
    {STYLE("border-color", STYLE_COLOR, border_color, "text",
           "The colour of those lines; `text` is the letters' own."),
     .inherited = false, .words = OR_TEXT},
    {STYLE("border-sides", STYLE_ENUM, border_sides, "all",
           "Where those lines stand; `start` is the side where text begins."),
     .inherited = false, .words = SIDES},
    {STYLE("padding", STYLE_LENGTH, padding, "0",
           "Between background or border and the text beside them."), .max = 1000},
    {STYLE("padding-block", STYLE_LENGTH, padding_block, "0",
           "Between background or border and the first and last line, also where a page "
           "ends inside the block."), .max = 1000},
    {STYLE("zebra", STYLE_COLOR, zebra, "none",
           "Tables: the colour behind every second row, or `none`."),
     .inherited = false, .words = OR_NONE},
    {STYLE("row-rule", STYLE_LENGTH, row_rule, "0",
           "Tables: thickness of a rule between rows; 0 for none."), .max = 100},
    {STYLE("column-rule", STYLE_LENGTH, column_rule, "0",
           "Tables: thickness of a rule between columns; 0 for none."), .max = 100},
    {STYLE("block-align", STYLE_ENUM, block_align, "start",
           "Tables: where one that is narrower than the text stands."),
     .inherited = false, .words = BLOCK_ALIGNS},
    {STYLE("extends", STYLE_EXTENDS, name, "",
           "Another style that this one starts from."), .inherited = false},
};

static_assert(sizeof STYLE_PROPS / sizeof STYLE_PROPS[0] == STYLE_PROP_COUNT,
              "STYLE_PROP_COUNT");
