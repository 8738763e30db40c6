/* SPDX-License-Identifier: MIT
 *
 * Paragraphs that could be set in a line more or fewer, for the judge of widows. It takes
 * the note named as its argument as far as its lines, and asks each paragraph; pages are
 * not sought. A paragraph is
 *
 *     P LINES TEXT                what it begins with, without spaces
 *     S LINES COST MARKS…         another setting: what it costs, how many footnotes are
 *                                 marked on each of its lines */
#include <stdio.h>
#include <string.h>

#include "flow/choices.h"
#include "flow/measure.h"
#include "stages.h"

static void show_text(const struct box *box)
{
    for (size_t i = 0, shown = 0; i < box->spans.n && shown < 40; i++) {
        str text = box->spans.v[i].text;
        for (size_t k = 0; k < text.n && shown < 40; k++, shown++) {
            putchar((unsigned char)text.p[k] > ' ' ? text.p[k] : '_');
        }
    }
    putchar('\n');
}

static void show_setting(const struct flow *f, const struct flow_paragraph *p,
                         const struct flow_lines *lines, int32_t cost)
{
    printf("S %zu %d", lines->n, (int)cost);
    for (size_t i = 0; i < lines->n; i++) {
        uint32_t behind = i + 1 < lines->n ? lines->v[i + 1].notes
                                           : flow_notes_before(f, p->first + p->n);
        printf(" %u", (unsigned)(behind - lines->v[i].notes));
    }
    putchar('\n');
}

static void show_paragraphs(struct flow *f)
{
    for (size_t i = 0; i < f->paragraphs.n; i++) {
        const struct flow_paragraph *p = &f->paragraphs.v[i];
        struct flow_offer offer;
        printf("P %u ", (unsigned)p->n);
        show_text(p->box);
        for (uint32_t k = 0; flow_offer_settings(f, p, &offer) && k < offer.n; k++) {
            show_setting(f, p, &offer.others[k], offer.costs[k]);
        }
    }
}

static void measure(infonote_note *note)
{
    struct flow f = {.tree = note->tree, .layout = note->tree->layout,
                     .engine = engine_text(note->engine)};
    struct flow_late late;
    flow_geometry(&f);
    flow_late_init(&late, note->tree);
    f.arena = flow_late_start(&late, &f, &note->arena, &note->sink);
    arena_init(&f.scratch);
    arena_init(&f.work);
    f.rtl = flow_reads_rtl(&f, f.tree->body);
    flow_measure_all(&f);
    show_paragraphs(&f);
    arena_done(&f.work);
    arena_done(&f.scratch);
    flow_late_done(&late);
}

int main(int n, char **argv)
{
    infonote_engine *engine = infonote_engine_new(NULL);
    infonote_note *note = infonote_note_load(engine, n > 1 ? argv[1] : "", NULL);
    bool built = stages_run(note, STAGE_TREE);
    if (built) {
        measure(note);
    }
    infonote_note_free(note);
    infonote_engine_free(engine);
    return built ? 0 : 1;
}
