/* SPDX-License-Identifier: MIT
 *
 * In: the faces that infonote has, the drawing and the characters of its text. Out: a
 * fontconfig that knows a few of them and nothing else, so that the same drawing comes
 * out the same on every machine: the families that the drawing names, one family for
 * each of CSS's generic names, and whatever is needed beyond for characters that these
 * lack. Few, because each face that is added is read. */
#include "svg/svg.h"

#include <fontconfig/fontconfig.h>
#include <string.h>

enum { MAX_MISSING = 20, GENERICS = 3, CHOICES = 4, NAMES = 8 };

/* CSS's generic names: the names that they go by in drawings, the families that stand
 * for them: the first that is there. */
static const struct {
    const char *name;
    const char *also[NAMES];
    const char *families[CHOICES];
} GENERIC[GENERICS] = {
    {"sans-serif", {"sans", "Arial", "Helvetica", "Verdana", "system-ui", "Calibri",
                    "Segoe UI"},
     {"Noto Sans", "Open Sans", "Lato", "DejaVu Sans"}},
    {"serif", {"Times New Roman", "Times", "Georgia", "Cambria"},
     {"Gentium Plus", "Noto Serif", "Linux Libertine O", "DejaVu Serif"}},
    {"monospace", {"mono", "Courier", "Courier New", "Consolas", "Menlo"},
     {"Noto Sans Mono", "Noto Mono", "DejaVu Sans Mono", "JetBrains Mono"}},
};

struct choosing {
    FcConfig *config;
    FcCharSet *has;            /* what the added faces have together */
    const struct svg_face *faces;
    size_t n;
    bool *added;               /* by face */
};

static bool same_name(str a, const char *b)
{
    return a.n == strlen(b) && strncasecmp(a.p, b, a.n) == 0;
}

/* As fontconfig reads its files; names are this program's and the families'. */
static void put_alias(struct buf *b, const char *name, const char *family)
{
    buf_format(b, "<alias binding=\"same\"><family>%s</family><prefer><family>%s</family>"
               "</prefer></alias>", name, family);
}

static const char *family_for(const struct choosing *c, size_t generic)
{
    for (size_t i = 0; i < CHOICES; i++) {
        for (size_t f = 0; f < c->n; f++) {
            if (same_name(c->faces[f].family, GENERIC[generic].families[i])) {
                return GENERIC[generic].families[i];
            }
        }
    }
    return NULL;
}

static void put_rules(const struct choosing *c, struct buf *b)
{
    buf_puts(b, "<?xml version=\"1.0\"?><fontconfig>");
    for (size_t g = 0; g < GENERICS; g++) {
        const char *family = family_for(c, g);
        if (!family) {
            continue;
        }
        put_alias(b, GENERIC[g].name, family);
        for (size_t i = 0; i < NAMES && GENERIC[g].also[i]; i++) {
            put_alias(b, GENERIC[g].also[i], family);
        }
    }
    const char *last = family_for(c, 0);
    if (last) { /* for names that nothing is known by */
        buf_format(b, "<match><edit name=\"family\" mode=\"append_last\"><string>%s"
                   "</string></edit></match>", last);
    }
    buf_puts(b, "</fontconfig>");
    buf_char(b, '\0');
}

static void add_face(struct choosing *c, size_t i)
{
    if (c->added[i]) {
        return;
    }
    c->added[i] = true;
    FcFontSet *set = FcConfigGetFonts(c->config, FcSetApplication);
    int before = set ? set->nfont : 0;
    FcConfigAppFontAddFile(c->config, (const FcChar8 *)c->faces[i].file);
    set = FcConfigGetFonts(c->config, FcSetApplication);
    for (int k = before; set && k < set->nfont; k++) { /* a collection has several */
        FcCharSet *characters;
        if (FcPatternGetCharSet(set->fonts[k], FC_CHARSET, 0, &characters) ==
            FcResultMatch) {
            FcCharSetMerge(c->has, characters, NULL);
        }
    }
}

static void add_family(struct choosing *c, str family)
{
    for (size_t i = 0; i < c->n; i++) {
        if (str_eq(c->faces[i].family, family)) {
            add_face(c, i);
        }
    }
}

static bool names(str bytes, str family)
{
    return memmem(bytes.p, bytes.n, family.p, family.n) != NULL;
}

static bool names_generic(str bytes, size_t g)
{
    bool named = strstr(bytes.p, GENERIC[g].name) != NULL;
    for (size_t i = 0; i < NAMES && GENERIC[g].also[i]; i++) {
        named = named || strstr(bytes.p, GENERIC[g].also[i]) != NULL;
    }
    return named;
}

/* Without any name text is set as "Times New Roman". */
static void add_named(struct choosing *c, str bytes)
{
    for (size_t i = 0; i < c->n; i++) {
        if (names(bytes, c->faces[i].family)) {
            add_face(c, i);
        }
    }
    for (size_t g = 0; g < GENERICS; g++) {
        const char *family = family_for(c, g);
        if (family && (g < 2 || names_generic(bytes, g))) {
            add_family(c, str_from(family));
        }
    }
}

/* Characters that shape others, or that nobody sees. */
static bool is_shown(uint32_t c)
{
    bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
    bool format = (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
                  (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || c == 0xAD ||
                  (c >= 0xFE00 && c <= 0xFE0F);
    return !control && !format;
}

static bool is_missing(const struct choosing *c, const struct svg_look *look, uint32_t u)
{
    return look->characters[u] && is_shown(u) && !FcCharSetHasChar(c->has, u);
}

static bool any_missing(const struct choosing *c, const struct svg_look *look)
{
    for (uint32_t u = 0; u < SVG_CODE_POINTS; u++) {
        if (is_missing(c, look, u)) {
            return true;
        }
    }
    return false;
}

/* One face after the other, in their order, for as long as something is missing: a face
 * that helps with nothing is there, but never chosen. */
static void add_others(struct choosing *c, const struct svg_look *look)
{
    for (size_t i = 0; i < c->n && any_missing(c, look); i++) {
        add_face(c, i);
    }
}

static void report_missing(const struct choosing *c, struct svg_look *look)
{
    int reported = 0;
    for (uint32_t u = 0; u < SVG_CODE_POINTS && reported < MAX_MISSING; u++) {
        if (is_missing(c, look, u)) {
            buf_format(look->out, "missing %u %04X\n", (unsigned)look->characters[u],
                       (unsigned)u);
            reported++;
        }
    }
}

void svg_choose_fonts(struct svg_look *look, str bytes, const struct svg_face *faces,
                      size_t n)
{
    struct choosing c = {
        .config = FcConfigCreate(), .has = FcCharSetCreate(), .faces = faces, .n = n,
        .added = NEW_ARRAY(look->arena, bool, n),
    };
    struct buf rules;
    if (!c.config || !c.has) {
        oom_report(1);
    }
    buf_init(&rules, look->arena);
    put_rules(&c, &rules);
    FcConfigParseAndLoadFromMemory(c.config, (const FcChar8 *)rules.p, FcTrue);
    if (look->has_text) {
        add_named(&c, bytes);
        add_others(&c, look);
        report_missing(&c, look);
    }
    FcConfigSetCurrent(c.config);
    FcConfigDestroy(c.config); /* the current one is counted */
    FcCharSetDestroy(c.has);
}
