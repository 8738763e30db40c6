/* What the tests of text/ share: an engine on the installed fonts, a style, a paragraph
 * of one span. Tests run from the root of the repository. */
#ifndef INFONOTE_TESTS_TEXT_SUPPORT_H
#define INFONOTE_TESTS_TEXT_SUPPORT_H

#include "assertions.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "text/text.h"

struct support {
    struct arena arena;
    struct diag_sink sink;
    struct text_engine *engine;
    struct style style;
    const char *lang;
    uint32_t flags;
    struct text_span spans[8];
    struct text_para_request request;
};

static inline void support_start(struct support *s)
{
    static str specs[1], roots[1], dirs[1];
    specs[0] = STR("fonts");
    roots[0] = STR("/usr/share/fonts");
    dirs[0] = STR("/usr/share/hyphen");
    struct text_config config = {specs, 1, roots, 1, dirs, 1};
    *s = (struct support){.lang = "en-GB"};
    arena_init(&s->arena);
    diag_init(&s->sink, &s->arena);
    s->engine = text_engine_new(&config);
    s->style = (struct style){.family = STR("gentium-plus"),
                              .weight = 400,
                              .size = PT(11),
                              .leading = PT(14),
                              .hyphenate = true,
                              .word_stretch = 500,
                              .word_shrink = 333};
}

static inline void support_end(struct support *s)
{
    text_engine_free(s->engine);
    arena_done(&s->arena);
}

/* A paragraph of the spans s->spans[0 .. n). */
static inline struct text_para *support_spans(struct support *s, size_t n)
{
    s->request = (struct text_para_request){s->spans, n, true, str_from(s->lang)};
    struct text_para *p = text_para_new(s->engine, &s->request, &s->arena, &s->sink);
    assert_true(p->n >= 1);
    assert_true(p->items[p->n - 1].flags & TEXT_BREAK_FORCED);
    for (size_t i = 0; i < p->n; i++) {
        const struct text_item *item = &p->items[i];
        assert_true(item->from <= item->to && item->to <= p->text.n);
        for (uint32_t g = item->glyph_from; item->run && g < item->glyph_to; g++) {
            assert_int_not_equal(item->run->glyphs[g].id, 0);
            assert_true(item->run->glyphs[g].cluster < item->run->text.n);
        }
    }
    return p;
}

static inline struct text_span support_span(const struct support *s, const char *text)
{
    return (struct text_span){.text = str_from(text), .style = &s->style,
                              .lang = str_from(s->lang), .flags = s->flags};
}

static inline struct text_para *support_para(struct support *s, const char *text)
{
    s->spans[0] = support_span(s, text);
    return support_spans(s, 1);
}

static inline struct text_line support_line(struct support *s, const struct text_para *p,
                                            size_t first, size_t last, len target)
{
    struct text_line line;
    struct text_line_request request = {first, last, target, false};
    text_set_line(s->engine, p, &request, &s->arena, &line);
    len64 x = 0;
    for (uint32_t i = 0; i < line.n; i++) {
        assert_int_equal(line.pieces[i].x, x);
        assert_true(line.pieces[i].from <= line.pieces[i].to);
        assert_true(line.pieces[i].to <= line.pieces[i].run->n);
        x += line.pieces[i].width;
        x = x > LEN_MAX ? LEN_MAX : x;
    }
    assert_int_equal(line.width, x);
    return line;
}

/* The text with "|" where a line may end, "~" where a hyphen would show there, "_" for
 * glue, "=" for a no-break space, "!" for a forced break before the end. */
static inline str support_breaks(struct support *s, const struct text_para *p)
{
    struct buf b;
    buf_init(&b, &s->arena);
    for (size_t i = 0; i + 1 < p->n; i++) {
        const struct text_item *item = &p->items[i];
        if (item->kind == TEXT_BOX) {
            buf_put(&b, str_sub(item->run->text, item->run_from, item->run_to));
        } else if (item->kind == TEXT_GLUE) {
            buf_char(&b, item->no_break ? '=' : '_');
        } else if (!(item->flags & TEXT_BREAK_EMERGENCY)) {
            buf_char(&b, item->flags & TEXT_BREAK_FORCED   ? '!'
                         : item->flags & TEXT_BREAK_HYPHEN ? '~'
                                                           : '|');
        }
    }
    return buf_str(&b);
}

#endif
