/* SPDX-License-Identifier: MIT
 *
 * From a YAML value to a spec: one reader a kind of value, chosen by a table. What
 * cannot be read is reported at its place, with what the key takes instead. */
#include "style/sheet.h"

/* What all readers of one value share. */
struct job {
    struct style_reader *r;
    const struct style_prop *prop;
    const struct value *v;
    struct style_spec *out;
};

static struct arena *scratch(const struct job *j)
{
    return j->r->sink->arena;
}

static bool report_type(const struct job *j)
{
    str hint = str_format(scratch(j), "write %s", style_kind_name(j->prop->kind));
    if (j->v->kind == VALUE_SCALAR) {
        diag_report(j->r->sink, DIAG_WRONG_TYPE, j->v->at, hint.p,
                    "`%s` cannot be `%.*s`", j->prop->key, STR_ARG(j->v->text));
    } else {
        diag_report(j->r->sink, DIAG_WRONG_TYPE, j->v->at, hint.p, "`%s` cannot be %s",
                    j->prop->key, value_kind_name(j->v));
    }
    return false;
}

static bool report_range(const struct job *j, const char *least, const char *most)
{
    str hint = str_format(scratch(j), "choose something from %s to %s", least, most);
    diag_report(j->r->sink, DIAG_OUT_OF_RANGE, j->v->at, hint.p,
                "`%s: %.*s` is out of range", j->prop->key, STR_ARG(j->v->text));
    return false;
}

/* Lengths */

static const char *unit_hint(const struct job *j, str text)
{
    static const char *const UNITS[] = {"pt", "mm", "cm", "in", "pc", "em", "ex", "%"};
    size_t n = text.n;
    while (n && ((text.p[n - 1] | 32) >= 'a' && (text.p[n - 1] | 32) <= 'z')) {
        n--;
    }
    str unit = str_sub(text, n, text.n);
    if (unit.n == 0) {
        return "add a unit: pt, mm, cm, in, pc, em, ex or %";
    }
    if (str_is(unit, "px") || str_is(unit, "rem")) {
        return "paper has no pixels: write pt (1px is 0.75pt), mm or em";
    }
    str near = diag_suggest(scratch(j), unit, UNITS, sizeof UNITS / sizeof UNITS[0]);
    return near.n ? near.p : "the units are pt, mm, cm, in, pc, em, ex and %";
}

/* Relative lengths are bounded by what nested resolving can hold. */
static bool check_length(const struct job *j, struct len_spec s)
{
    enum { MOST_EM = 100 * 1000, MOST_PERCENT = 10000 * 1000 };
    const struct style_prop *p = j->prop;
    int32_t amount = s.amount;
    if (s.unit == LEN_UNIT_PERCENT) {
        return amount > MOST_PERCENT || amount < -MOST_PERCENT ||
                       (p->min >= 0 && amount < 0)
                   ? report_range(j, p->min < 0 ? "-10000%" : "0%", "10000%")
                   : true;
    }
    if (s.unit == LEN_UNIT_EM || s.unit == LEN_UNIT_EX) {
        return amount > MOST_EM || amount < -MOST_EM || (p->min >= 0 && amount < 0)
                   ? report_range(j, p->min < 0 ? "-100em" : "0em", "100em")
                   : true;
    }
    if (amount < (len64)p->min * LEN_PT || amount > (len64)p->max * LEN_PT) {
        return report_range(j, str_format(scratch(j), "%dpt", p->min).p,
                            str_format(scratch(j), "%dpt", p->max).p);
    }
    return true;
}

static bool read_length_text(const struct job *j, struct len_spec *out)
{
    switch (len_parse(j->v->text, out)) {
    case LEN_OK:
        return check_length(j, *out);
    case LEN_NO_UNIT:
        diag_report(j->r->sink, DIAG_BAD_UNIT, j->v->at, unit_hint(j, j->v->text),
                    "`%s: %.*s` has no unit", j->prop->key, STR_ARG(j->v->text));
        return false;
    case LEN_UNKNOWN_UNIT:
        diag_report(j->r->sink, DIAG_BAD_UNIT, j->v->at, unit_hint(j, j->v->text),
                    "`%.*s` has an unknown unit", STR_ARG(j->v->text));
        return false;
    case LEN_TOO_LARGE:
        return report_range(j, str_format(scratch(j), "%dpt", j->prop->min).p,
                            str_format(scratch(j), "%dpt", j->prop->max).p);
    case LEN_NOT_A_NUMBER:
        break;
    }
    return report_type(j);
}

static bool read_length(const struct job *j)
{
    return j->v->kind == VALUE_SCALAR ? read_length_text(j, &j->out->length[0])
                                      : report_type(j);
}

static bool read_length_auto(const struct job *j)
{
    if (j->v->kind == VALUE_SCALAR && str_is(j->v->text, "auto")) {
        j->out->special = true;
        return true;
    }
    return read_length(j);
}

/* "1.3" and "130%" are factors; "14pt" and "1.3em" are lengths. */
static bool read_leading(const struct job *j)
{
    int32_t milli;
    struct len_spec s;
    if (j->v->kind != VALUE_SCALAR) {
        return report_type(j);
    }
    if (len_parse_milli(j->v->text, &milli)) {
        j->out->special = true;
    } else if (len_parse(j->v->text, &s) == LEN_OK && s.unit == LEN_UNIT_PERCENT) {
        milli = s.amount / 100;
        j->out->special = true;
    } else {
        return read_length(j);
    }
    j->out->number = milli;
    if (milli < 500 || milli > 5000) {
        diag_report(j->r->sink, DIAG_BAD_UNIT, j->v->at,
                    "a factor is 0.5 to 5; a length has a unit: 14pt",
                    "`leading: %.*s` is neither a factor nor a length",
                    STR_ARG(j->v->text));
        return false;
    }
    return true;
}

static bool read_paper_name(const struct job *j)
{
    str orientation;
    str name = str_trim(str_cut(str_trim(j->v->text), ' ', &orientation));
    orientation = str_trim(orientation);
    bool turned = str_is(orientation, "landscape");
    len size[2];
    bool upright = orientation.n == 0 || str_is(orientation, "portrait");
    if (!style_find_paper(name, &size[0], &size[1]) || !(turned || upright)) {
        size_t n = 0;
        while (STYLE_PAPERS[n]) {
            n++;
        }
        str near = diag_suggest(scratch(j), name, STYLE_PAPERS, n);
        diag_report(j->r->sink, DIAG_BAD_VALUE, j->v->at,
                    near.n && upright ? near.p
                    : "write A4, Letter, A5 landscape or [210mm, 297mm]",
                    "there is no paper `%.*s`", STR_ARG(j->v->text));
        return false;
    }
    for (int i = 0; i < 2; i++) {
        j->out->length[i] = (struct len_spec){LEN_UNIT_PT, size[turned ? 1 - i : i]};
    }
    return true;
}

static bool read_paper_side(const struct job *j, const struct value *v,
                            struct len_spec *out)
{
    struct job side = *j;
    side.v = v;
    if (v->kind != VALUE_SCALAR) {
        return report_type(&side);
    }
    enum len_error error = len_parse(v->text, out);
    if (error == LEN_OK && out->unit >= LEN_UNIT_EM) {
        diag_report(j->r->sink, DIAG_BAD_UNIT, v->at, "use pt, mm, cm, in or pc",
                    "a paper's side cannot be relative");
        return false;
    }
    len64 amount = error == LEN_OK ? out->amount : LEN_MAX;
    bool outside = amount < (len64)j->prop->min * LEN_PT ||
                   amount > (len64)j->prop->max * LEN_PT;
    if ((error == LEN_OK || error == LEN_TOO_LARGE) && outside) {
        diag_report(j->r->sink, DIAG_BAD_GEOMETRY, v->at,
                    "choose something from 3pt to 14400pt",
                    "a paper's side cannot be `%.*s`", STR_ARG(v->text));
        return false;
    }
    return read_length_text(&side, out);
}

static bool read_paper(const struct job *j)
{
    if (j->v->kind == VALUE_SCALAR) {
        return read_paper_name(j);
    }
    if (j->v->kind != VALUE_SEQUENCE || j->v->n != 2) {
        return report_type(j);
    }
    bool width = read_paper_side(j, j->v->items[0], &j->out->length[0]);
    bool height = read_paper_side(j, j->v->items[1], &j->out->length[1]);
    return width && height;
}

/* Words and numbers */

static bool find_word(const struct style_word *words, str text, int32_t *value)
{
    const struct style_word *found = style_find_word(words, text);
    *value = found ? found->value : *value;
    return found != NULL;
}

static const char *words_hint(const struct job *j, const struct style_word *words)
{
    const char *names[16];
    size_t n = 0;
    struct buf all;
    buf_init(&all, scratch(j));
    buf_puts(&all, "write ");
    for (; words[n].word && n < 16; n++) {
        names[n] = words[n].word;
        buf_format(&all, "%s%s", n == 0 ? "" : words[n + 1].word ? ", " : " or ",
                   words[n].word);
    }
    buf_char(&all, '\0');
    str near = diag_suggest(scratch(j), j->v->text, names, n);
    return near.n ? near.p : all.p;
}

static bool read_word(const struct job *j, const struct style_word *words)
{
    if (j->v->kind != VALUE_SCALAR) {
        return report_type(j);
    }
    if (!find_word(words, j->v->text, &j->out->number)) {
        diag_report(j->r->sink, DIAG_BAD_VALUE, j->v->at, words_hint(j, words),
                    "`%s` cannot be `%.*s`", j->prop->key, STR_ARG(j->v->text));
        return false;
    }
    return true;
}

static bool read_enum(const struct job *j)
{
    return read_word(j, j->prop->words);
}

/* The first two words are what the hint names; `on` and `yes` are understood. */
static const struct style_word BOOLS[] = {{"true", 1}, {"false", 0}, {0}};
static const struct style_word MORE_BOOLS[] = {
    {"true", 1}, {"false", 0}, {"yes", 1}, {"no", 0}, {"on", 1}, {"off", 0}, {0}};

static bool read_bool(const struct job *j)
{
    if (j->v->kind == VALUE_SCALAR &&
        find_word(MORE_BOOLS, j->v->text, &j->out->number)) {
        return true;
    }
    return read_word(j, BOOLS);
}

static bool read_toggle(const struct job *j)
{
    if (j->v->kind == VALUE_SCALAR && str_is(j->v->text, "toggle")) {
        j->out->special = true;
        return true;
    }
    return read_bool(j);
}

static bool parse_integer(str text, int32_t *out)
{
    int32_t milli;
    size_t dot;
    if (str_find_char(text, '.', &dot) || !len_parse_milli(text, &milli)) {
        return false;
    }
    *out = milli / 1000;
    return true;
}

static bool read_integer(const struct job *j)
{
    const struct style_prop *p = j->prop;
    if (j->v->kind != VALUE_SCALAR || !parse_integer(j->v->text, &j->out->number)) {
        return report_type(j);
    }
    if (j->out->number < p->min || j->out->number > p->max) {
        return report_range(j, str_format(scratch(j), "%d", p->min).p,
                            str_format(scratch(j), "%d", p->max).p);
    }
    return true;
}

static bool read_weight(const struct job *j)
{
    int32_t number;
    if (j->v->kind == VALUE_SCALAR && parse_integer(j->v->text, &number)) {
        return read_integer(j);
    }
    if (j->v->kind == VALUE_SCALAR && str_is(j->v->text, "normal")) {
        j->out->number = 400;
        return true;
    }
    return read_word(j, j->prop->words);
}

static bool read_percent(const struct job *j)
{
    struct len_spec s;
    if (j->v->kind != VALUE_SCALAR) {
        return report_type(j);
    }
    enum len_error error = len_parse(j->v->text, &s);
    if (error == LEN_NOT_A_NUMBER) {
        return report_type(j);
    }
    if (error == LEN_NO_UNIT || error == LEN_UNKNOWN_UNIT ||
        (error == LEN_OK && s.unit != LEN_UNIT_PERCENT && s.amount != 0)) {
        diag_report(j->r->sink, DIAG_BAD_UNIT, j->v->at, "write a percentage such as 50%",
                    "`%s` is a percentage, not `%.*s`", j->prop->key,
                    STR_ARG(j->v->text));
        return false;
    }
    j->out->number = s.amount / 100;
    if (error == LEN_TOO_LARGE || j->out->number < j->prop->min ||
        j->out->number > j->prop->max) {
        return report_range(j, str_format(scratch(j), "%d%%", j->prop->min / 10).p,
                            str_format(scratch(j), "%d%%", j->prop->max / 10).p);
    }
    return true;
}

/* Texts */

static bool read_text(const struct job *j)
{
    if (j->v->kind != VALUE_SCALAR) {
        return report_type(j);
    }
    if (!style_is_short(j->r, j->v)) {
        return false;
    }
    j->out->text = j->v->text;
    return true;
}

static bool read_name(const struct job *j)
{
    if (!read_text(j)) {
        return false;
    }
    if (j->v->text.n == 0) {
        return report_type(j);
    }
    return true;
}

static bool read_template(const struct job *j)
{
    if (!read_text(j)) {
        return false;
    }
    style_check_template(j->r, j->v);
    return true;
}

static bool read_texts(const struct job *j)
{
    const struct value *v = j->v;
    bool is_list = v->kind == VALUE_SEQUENCE;
    size_t n = is_list ? v->n : 1;
    if (is_list && (n == 0 || n > (size_t)j->prop->max)) {
        diag_report(j->r->sink, DIAG_OUT_OF_RANGE, v->at,
                    j->prop->max > LAYOUT_HEADING_LEVELS ? "write fewer"
                                                         : "write one a level",
                    "`%s` takes 1 to %d texts, not %zu", j->prop->key, j->prop->max, n);
        return false;
    }
    j->out->texts = NEW_ARRAY(j->r->arena, str, n);
    j->out->n_texts = (uint32_t)n;
    bool good = true;
    for (size_t i = 0; i < n; i++) {
        struct job one = *j;
        one.v = is_list ? v->items[i] : v;
        if (one.v->kind != VALUE_SCALAR) {
            good = report_type(&one);
            continue;
        }
        good = good && style_is_short(j->r, one.v);
        j->out->texts[i] = one.v->text;
        if (j->prop->kind == STYLE_FORMATS) {
            style_check_format(j->r, one.v);
        }
    }
    return good;
}

static bool is_tag(str tag)
{
    for (size_t i = 0; i < tag.n; i++) {
        char c = tag.p[i];
        bool letter = (c | 32) >= 'a' && (c | 32) <= 'z';
        if (!letter && !(c >= '0' && c <= '9')) {
            return false;
        }
    }
    return tag.n == 4;
}

static bool read_feature(const struct job *j, const struct value_pair *pair,
                         struct style_feature *out)
{
    int32_t number = 0;
    if (!is_tag(pair->key->text)) {
        diag_report(j->r->sink, DIAG_BAD_VALUE, pair->key->at,
                    "a tag has four letters or digits: smcp, onum, ss04",
                    "`%.*s` is not an OpenType feature", STR_ARG(pair->key->text));
        return false;
    }
    bool good = pair->value->kind == VALUE_SCALAR &&
                (find_word(MORE_BOOLS, pair->value->text, &number) ||
                 parse_integer(pair->value->text, &number));
    if (!good || number < 0 || number > 255) {
        diag_report(j->r->sink, DIAG_BAD_VALUE, pair->value->at,
                    "write on, off or a number up to 255",
                    "the feature `%.*s` has no such value", STR_ARG(pair->key->text));
        return false;
    }
    for (size_t i = 0; i < 4; i++) {
        out->tag[i] = pair->key->text.p[i];
    }
    out->value = (uint32_t)number;
    return true;
}

static bool read_features(const struct job *j)
{
    if (j->v->kind != VALUE_MAPPING) {
        return report_type(j);
    }
    struct style_feature *v = NEW_ARRAY(j->r->arena, struct style_feature, j->v->n);
    uint32_t n = 0;
    for (size_t i = 0; i < j->v->n; i++) {
        n += read_feature(j, &j->v->pairs[i], &v[n]);
    }
    j->out->features = (struct style_features){v, n};
    return n == j->v->n;
}

bool style_read_spec(struct style_reader *r, const struct style_prop *prop,
                     const struct value *v, struct style_spec *out)
{
    static bool (*const READERS[STYLE_KIND_COUNT])(const struct job *) = {
        [STYLE_LENGTH] = read_length, [STYLE_LENGTH_AUTO] = read_length_auto,
        [STYLE_SIZE] = read_length, [STYLE_LEADING] = read_leading,
        [STYLE_RISE] = read_length, [STYLE_COLOR] = read_name,
        [STYLE_ENUM] = read_enum, [STYLE_BOOL] = read_bool,
        [STYLE_TOGGLE] = read_toggle, [STYLE_INTEGER] = read_integer,
        [STYLE_WEIGHT] = read_weight, [STYLE_PERCENT] = read_percent,
        [STYLE_FONT] = read_name, [STYLE_FEATURES] = read_features,
        [STYLE_TEXT] = read_text, [STYLE_EXTENDS] = read_name,
        [STYLE_TEMPLATE] = read_template, [STYLE_FORMATS] = read_texts,
        [STYLE_BULLETS] = read_texts, [STYLE_PAPER] = read_paper,
    };
    struct style_spec spec = {.at = v->at};
    struct job j = {r, prop, v, &spec};
    if (!READERS[prop->kind](&j)) {
        return false;
    }
    spec.set = true;
    *out = spec;
    return true;
}

struct style_spec style_initial_spec(struct style_reader *r,
                                     const struct style_prop *prop)
{
    struct style_spec spec = {0};
    if (prop->kind == STYLE_FEATURES || prop->kind == STYLE_EXTENDS) {
        return spec;
    }
    struct value v = {.kind = VALUE_SCALAR, .text = str_from(prop->initial)};
    style_read_spec(r, prop, &v, &spec);
    return spec;
}
