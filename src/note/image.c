/* SPDX-License-Identifier: MIT
 *
 * In: `image` blocks, and Markdown's images that stand alone in a paragraph. Out: IMAGE
 * nodes, whose file is there and below the note's folder and who say what they show; the
 * caption is a paragraph inside. What is in the file is looked at by later stages. */
#include "note/load.h"

#include "base/file.h"
#include "base/utf8.h"

static const char *const ALIGNS[] = {
    [NOTE_IMAGE_ALIGN_STYLE] = "", [NOTE_IMAGE_START] = "start",
    [NOTE_IMAGE_END] = "end",      [NOTE_IMAGE_LEFT] = "left",
    [NOTE_IMAGE_RIGHT] = "right",  [NOTE_IMAGE_CENTER] = "center",
};

static const char *const FITS[] = {
    [NOTE_FIT_CONTAIN] = "contain", [NOTE_FIT_COVER] = "cover",
    [NOTE_FIT_STRETCH] = "stretch",
};

/* What the readers of the keys fill. */
struct reading {
    struct note_image *image;
    const struct value *file, *alt, *caption, *id, *fit;
    const struct note_style *style;
    enum note_place place;
};

static void image_place(struct note_loader *l, const struct value *v, void *into)
{
    note_read_place(l, v, &((struct reading *)into)->place);
}

void note_read_side(struct note_loader *l, const struct value *v,
                    enum note_image_align *out)
{
    int word = note_read_word(l, v, ALIGNS + 1, sizeof ALIGNS / sizeof *ALIGNS - 1);
    *out = (enum note_image_align)(word + 1);
}

static void image_align(struct note_loader *l, const struct value *v, void *into)
{
    note_read_side(l, v, &((struct reading *)into)->image->align);
}

static void image_fit(struct note_loader *l, const struct value *v, void *into)
{
    int word = note_read_word(l, v, FITS, sizeof FITS / sizeof *FITS);
    ((struct reading *)into)->image->fit = (enum note_fit)(word < 0 ? 0 : word);
    ((struct reading *)into)->fit = word < 0 ? NULL : v;
}

bool note_read_length(struct note_loader *l, const struct value *v, struct len_spec *out)
{
    enum len_error error = len_parse(v->text, out);
    if (error == LEN_TOO_LARGE || (error == LEN_OK && out->amount <= 0)) {
        diag_report(l->sink, DIAG_OUT_OF_RANGE, v->at, "write it as `80mm` or `50%`",
                    "nothing can be `%.*s` in size", STR_ARG(v->text));
        return false;
    }
    if (error != LEN_OK) {
        diag_report(l->sink, DIAG_BAD_UNIT, v->at, "write it as `80mm` or `50%`",
                    error == LEN_NO_UNIT        ? "the length `%.*s` has no unit"
                    : error == LEN_UNKNOWN_UNIT ? "the length `%.*s` has an unknown unit"
                                                : "`%.*s` is not a length",
                    STR_ARG(v->text));
    }
    return error == LEN_OK;
}

static void image_width(struct note_loader *l, const struct value *v, void *into)
{
    struct note_image *image = ((struct reading *)into)->image;
    image->has_width = note_read_length(l, v, &image->width);
    image->width_at = v->at;
}

/* 100 % of a column is its width; pages differ in how high they are. */
static void image_height(struct note_loader *l, const struct value *v, void *into)
{
    struct note_image *image = ((struct reading *)into)->image;
    image->has_height = note_read_length(l, v, &image->height);
    image->height_at = v->at;
    if (image->has_height && image->height.unit == LEN_UNIT_PERCENT) {
        diag_report(l->sink, DIAG_BAD_UNIT, v->at, "write it as `60mm`",
                    "a height cannot be a percentage");
        image->has_height = false;
    }
}

static const struct note_key IMAGE_KEYS[] = {
    {"file", NOTE_TYPE_TEXT, NOTE_REQUIRED, note_keep_value, NOTE_IN(reading, file),
     "A PNG, JPEG or SVG file in the note's folder or below it."},
    {"alt", NOTE_TYPE_TEXT, 0, note_keep_value, NOTE_IN(reading, alt),
     "Must be there: what the picture shows, for who cannot see it; `\"\"` if it only "
     "decorates."},
    {"caption", NOTE_TYPE_TEXT, 0, note_keep_value, NOTE_IN(reading, caption),
     "A caption, in inline Markdown."},
    {"width", NOTE_TYPE_LENGTH, 0, image_width, 0, "The width; `%` is of the column."},
    {"height", NOTE_TYPE_LENGTH, 0, image_height, 0, "The height."},
    {"fit", NOTE_TYPE_FIT, 0, image_fit, 0,
     "With both: `contain` (inside them, the default), `cover` (filling them, cut off) "
     "or `stretch`."},
    {"align", NOTE_TYPE_SIDE, 0, image_align, 0,
     "`start`, `end`, `left`, `center` or `right`; else as the style has it."},
    {"place", NOTE_TYPE_PLACE, 0, image_place, 0,
     "On `top` or at the `bottom` of this page or a later one; else where it is "
     "written."},
    {"id", NOTE_TYPE_TEXT, 0, note_keep_value, NOTE_IN(reading, id),
     "What links lead to."},
    {"style", NOTE_TYPE_TEXT, 0, note_keep_style, NOTE_IN(reading, style),
     "A style of the layout."},
};

const struct note_keys NOTE_IMAGE_KEYS = NOTE_KEYS_TABLE("image", "an image", IMAGE_KEYS);

/* --- The file --- */

static void check_file(struct note_loader *l, struct note_image *image, struct place at)
{
    static const struct note_file_words WORDS = {
        "an image", "copy the picture beside the note", DIAG_NO_IMAGE,
    };
    image->path = note_find_file(l, image->file, at, &WORDS);
}

/* --- The words --- */

static str without_ending(str name)
{
    for (size_t i = name.n; i-- > 1;) {
        if (name.p[i] == '.') {
            return str_sub(name, 0, i);
        }
    }
    return name;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* The same in any case of ASCII letters. */
static bool same_words(str a, str b)
{
    bool same = a.n == b.n;
    for (size_t i = 0; same && i < a.n; i++) {
        same = lower(a.p[i]) == lower(b.p[i]);
    }
    return same;
}

/* Letters, digits, or what is no ASCII: a sign may say it all, a full stop does not. */
static bool has_words(str alt)
{
    if (utf8_is_blank(alt)) {
        return false;
    }
    for (size_t i = 0; i < alt.n; i++) {
        char c = lower(alt.p[i]);
        bool ascii = (unsigned char)c < 0x80;
        if (!ascii || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            return true;
        }
    }
    return false;
}

/* In the languages of the layouts. */
static bool names_its_kind(str alt)
{
    static const char *const WORDS[] = {
        "image", "img", "picture", "photo", "photograph", "graphic", "illustration",
        "figure", "bild", "foto", "grafik", "abbildung", "imagen", "figura", "immagine",
        "graphique", "изображение", "рисунок", "صورة", "图片", "图像",
    };
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        if (same_words(alt, str_from(WORDS[i]))) {
            return true;
        }
    }
    return false;
}

/* One word that ends as files of pictures do: `IMG_1234.JPG`. */
static bool looks_like_file(str alt)
{
    size_t at;
    bool word = !str_find_char(alt, ' ', &at);
    return word && str_starts(note_type_of_file(alt), STR("image/"));
}

/* What is wrong with it, or NULL. */
static const char *fault_of_alt(const struct note_image *image)
{
    str alt = image->alt, name = file_name(image->file);
    if (same_words(alt, name) || same_words(alt, image->file) ||
        same_words(alt, without_ending(name))) {
        return "`alt` is the name of the file";
    }
    return looks_like_file(alt)                ? "`alt` is the name of a file"
           : names_its_kind(alt)               ? "`alt` says only that it is a picture"
           : !has_words(alt)                   ? "`alt` has no words"
                                               : NULL;
}

static void check_alt(struct note_loader *l, const struct note_image *image,
                      struct place at)
{
    const char *fault = image->alt.n ? fault_of_alt(image) : NULL;
    if (fault) {
        diag_report(l->sink, DIAG_POOR_ALT, at,
                    "say what the picture shows to who cannot see it", "%s", fault);
    }
}

static void check_caption(struct note_loader *l, const struct note_image *image,
                          const struct note_node *node)
{
    if (image->decorative && node->as.image.caption) {
        diag_report(l->sink, DIAG_BAD_VALUE, node->as.image.caption->at,
                    "say in `alt` what the picture shows, or leave the caption out",
                    "a picture that only decorates has no caption");
    }
}

static struct note_node *add_caption(struct note_loader *l, struct note_node *node,
                                     struct place at)
{
    struct note_node *caption = note_node_new(l, NOTE_PARAGRAPH, at);
    note_append(node, caption);
    node->as.image.caption = caption;
    return caption;
}

static void report_no_alt(struct note_loader *l, struct place at, const char *hint)
{
    diag_report(l->sink, DIAG_MISSING_KEY, at, hint, "`alt` is missing in an image");
}

void note_image(struct note_loader *l, const struct value *v, struct note_node *into)
{
    struct note_node *node = note_node_new(l, NOTE_IMAGE, v->at);
    struct note_image *image = NEW(l->arena, struct note_image);
    struct reading r = {.image = image};
    node->as.image.about = image;
    note_append(into, node);
    if (v->kind == VALUE_SCALAR) {
        r.file = v;
    } else {
        note_keys_read(l, &NOTE_IMAGE_KEYS, v, &r);
    }
    node->style = r.style;
    node->place = r.place;
    if (r.id && r.id->text.n) {
        note_set_id(l, node, r.id->text, r.id->at);
    }
    if (!r.alt) {
        report_no_alt(l, v->at, v->kind == VALUE_SCALAR
            ? "write `{file: …, alt: …}`, or `alt: \"\"` if it only decorates"
            : "say what it shows, or write `alt: \"\"` if it only decorates");
    } else {
        image->alt = str_trim(r.alt->text);
        image->decorative = image->alt.n == 0;
    }
    if (r.caption && str_trim(r.caption->text).n) {
        note_markdown_inline(l, r.caption, add_caption(l, node, r.caption->at));
    }
    if (r.file && r.file->text.n) {
        image->file = r.file->text;
        image->at = r.file->at;
        check_file(l, image, r.file->at);
        check_alt(l, image, r.alt ? r.alt->at : v->at);
    }
    check_caption(l, image, node);
    if (r.fit && !(image->width_at.line && image->height_at.line)) {
        diag_report(l->sink, DIAG_BAD_VALUE, r.fit->at, "add both, or leave `fit` out",
                    "`fit` is for a width and a height");
    }
}

void note_image_written(struct note_loader *l, const struct note_image *written,
                        str title, struct note_node *node)
{
    struct note_image *image = NEW(l->arena, struct note_image);
    *image = *written;
    node->as.image.about = image;
    if (image->alt.n == 0) {
        report_no_alt(l, image->at, "write what it shows between the brackets, or use "
                                    "an `image` block with `alt: \"\"`");
    }
    if (title.n) {
        struct note_node *text = note_node_new(l, NOTE_TEXT, image->at);
        text->text = title;
        note_append(add_caption(l, node, image->at), text);
    }
    check_file(l, image, image->at);
    check_alt(l, image, image->at);
}

void note_picture_written(struct note_loader *l, const struct note_image *written,
                          struct note_node *node)
{
    struct note_image *image = NEW(l->arena, struct note_image);
    *image = *written;
    image->decorative = image->alt.n == 0;
    node->as.image.about = image;
    check_file(l, image, image->at);
    check_alt(l, image, image->at);
}

const char *note_image_align_name(enum note_image_align align)
{
    return ALIGNS[align];
}

const char *note_fit_name(enum note_fit fit)
{
    return FITS[fit];
}
