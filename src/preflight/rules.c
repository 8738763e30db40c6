/* SPDX-License-Identifier: MIT
 *
 * The rules as data, and what was found to break them. */
#include "preflight/rules.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "preflight/preflight.h"

enum { PRINT, X4 };

const struct preflight_rule_text PREFLIGHT_RULE[PREFLIGHT_RULE_COUNT] = {
#define R(symbol, kind, severity, name, meaning) \
    [PREFLIGHT_##symbol] = {kind == X4, PREFLIGHT_##severity, name, meaning},
    PREFLIGHT_RULES(R)
#undef R
};

const char *const PREFLIGHT_SEVERITY[PREFLIGHT_ERROR + 1] = {
    [PREFLIGHT_NOTE] = "note",
    [PREFLIGHT_WARNING] = "warning",
    [PREFLIGHT_ERROR] = "error",
};

/* Texts of a stranger's file are shown: without what a terminal would obey, and not
 * longer than a line. */
static str shown(struct arena *a, const char *text)
{
    struct buf b;
    buf_init(&b, a);
    for (size_t i = 0; text[i] && i < 160; i++) {
        unsigned char c = (unsigned char)text[i];
        buf_char(&b, c < 0x20 || c == 0x7F ? '?' : (char)c);
    }
    return buf_str(&b);
}

static struct preflight_finding *found(struct preflight *p, enum preflight_rule rule,
                                       size_t page)
{
    for (size_t i = p->findings.n; i-- > 0;) {
        struct preflight_finding *f = &p->findings.v[i];
        if (f->rule == rule && f->page == page) {
            return f;
        }
        if (f->page != page && f->page != 0 && page != 0) {
            break; /* pages are looked at in turn */
        }
    }
    return NULL;
}

void preflight_find(struct preflight *p, enum preflight_rule rule, size_t page,
                    const char *format, ...)
{
    const struct preflight_rule_text *text = &PREFLIGHT_RULE[rule];
    if (text->x4 && !p->x4) {
        return;
    }
    struct preflight_finding *before = found(p, rule, page);
    if (before) {
        before->times++;
        return;
    }
    struct preflight_finding f = {.rule = rule, .page = page, .times = 1};
    if (format) {
        char detail[512];
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(detail, sizeof detail, format, arguments);
        va_end(arguments);
        f.detail = shown(p->arena, detail);
    }
    vec_push(p->arena, &p->findings, f);
    p->counts[text->severity] += !p->broken[rule];
    p->broken[rule] = true;
}

void preflight_names_add(struct preflight *p, struct preflight_names *names, str name)
{
    for (size_t i = 0; i < names->list.n; i++) {
        if (str_eq(names->list.v[i], name)) {
            return;
        }
    }
    vec_push(p->arena, &names->list, name);
}
