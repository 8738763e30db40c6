/* SPDX-License-Identifier: MIT
 *
 * Reports of notes behind the public API: a printer writes them to a stream, in one of
 * the formats of report.h. */
#include "infonote.h"

#include <stdlib.h>

#include "report.h"
#include "stages.h"

struct infonote_printer {
    FILE *file;
    struct arena arena;
    struct buf out;
    struct report_printer printer;
};

static void printer_flush(infonote_printer *p)
{
    if (p->out.n) {
        fwrite(p->out.p, 1, p->out.n, p->file);
    }
    arena_reset(&p->arena);
    buf_init(&p->out, &p->arena);
}

infonote_printer *infonote_printer_new(FILE *out, infonote_format format, unsigned flags)
{
    infonote_printer *p = engine_calloc(sizeof *p);
    p->file = out;
    arena_init(&p->arena);
    buf_init(&p->out, &p->arena);
    report_init(&p->printer, (enum report_format)format, flags, &p->out);
    return p;
}

void infonote_printer_add(infonote_printer *printer, infonote_note *note)
{
    report_add(&printer->printer, &note->sink, note->source);
    printer_flush(printer);
}

void infonote_printer_free(infonote_printer *printer)
{
    report_done(&printer->printer);
    printer_flush(printer);
    arena_done(&printer->arena);
    free(printer);
}

void infonote_print_reports(infonote_note *note, FILE *out, infonote_format format)
{
    unsigned flags = note->engine->color ? INFONOTE_PRINT_COLOR : 0;
    infonote_printer *p = infonote_printer_new(out, format, flags);
    infonote_printer_add(p, note);
    infonote_printer_free(p);
}
