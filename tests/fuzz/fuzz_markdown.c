/* SPDX-License-Identifier: MIT
 *
 * Any bytes as the Markdown of an otherwise good note: what random YAML hardly reaches.
 * The first byte is options, the second chooses a layout and a language. The note always
 * has a footnote `a` and a heading `b`: marks and links then have something to meet. */
#include "fuzz.h"

static const char *const LAYOUTS[] = {"information-note", "briefing", "memo", "letter"};
static const char *const LANGUAGES[] = {"en-GB", "de", "fr", "ar",
                                        "he", "zh", "tr", "el"};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2) {
        return 0;
    }
    char *text = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&text, &n);
    fprintf(out, "layout: %s\nlang: %s\ntitle: T[^a]\nfootnotes: {a: Note.}\n"
            "fields: {F: v}\nsections: [{heading: b}]\nbody: |2\n  ",
            LAYOUTS[data[1] & 3], LANGUAGES[data[1] >> 2 & 7]);
    for (size_t i = 2; i < size; i++) {
        fputc(data[i], out);
        if (data[i] == '\n') {
            fputs("  ", out);
        }
    }
    fputc('\n', out);
    fclose(out);
    fuzz_run_note(text, n, data[0]);
    free(text);
    return 0;
}
