/* fuzz.h: what the fuzz targets share.
 *
 * A target is one function that takes any bytes. libFuzzer calls it (`make fuzz`), and so
 * does replay.c for the seeds that are kept (`make seeds`). Wrong input is reported by
 * the library and is no finding; a crash, a leak, a fault of its own that a stage reports
 * (INTERNAL), and a run beyond the time limit are. */
#ifndef INFONOTE_TESTS_FUZZ_H
#define INFONOTE_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "infonote.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A note in memory can be wrong; that the run fails is a fault of the program itself. */
static inline void fuzz_refuse_failure(infonote_note *note)
{
    if (infonote_note_status(note) == INFONOTE_FAILED) {
        infonote_print_reports(note, stderr, INFONOTE_TEXT);
        abort();
    }
}

/* One engine for many runs, as a program that makes many notes has it. */
static inline infonote_engine *fuzz_engine(void)
{
    enum { RUNS = 2000 };
    static infonote_engine *engine;
    static int runs;
    if (engine && ++runs % RUNS == 0) {
        infonote_engine_free(engine);
        engine = NULL;
    }
    if (!engine) {
        engine = infonote_engine_new(NULL);
    }
    return engine;
}

/* The whole way of a note: every dump, the pages, the file. */
static inline void fuzz_run_note(const char *text, size_t size, unsigned what)
{
    infonote_options options = {
        .uncompressed = what & 1, .untagged = what & 2, .has_date = what & 4,
    };
    infonote_note *note = infonote_note_load_bytes(fuzz_engine(), "note.yaml", text, size,
                                                   &options);
    const char *bytes;
    size_t n;
    if (what & 8) {
        for (int stage = INFONOTE_STAGE_YAML; stage <= INFONOTE_STAGE_PAGES; stage++) {
            infonote_dump(note, (infonote_stage)stage, &bytes, &n);
        }
    }
    infonote_status status = infonote_write_bytes(note, &bytes, &n);
    if ((status == INFONOTE_OK) != (n > 0)) {
        fprintf(stderr, "status %d with a file of %zu bytes\n", (int)status, n);
        abort();
    }
    fuzz_refuse_failure(note);
    infonote_note_free(note);
}

#endif
