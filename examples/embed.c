/* SPDX-License-Identifier: MIT
 *
 * Shows: a program that makes a PDF by itself, here of a note that it writes. The engine
 * serves any number of notes; the first one loads fonts and layout for all of them. */
#include <infonote.h>

int main(void)
{
    static const char NOTE[] = "lang: en\n"
                               "title: A note from a program\n"
                               "body: Hello, *world*.\n";
    infonote_engine *engine = infonote_engine_new(NULL);
    infonote_note *note =
        infonote_note_load_bytes(engine, "hello", NOTE, sizeof NOTE - 1, NULL);
    infonote_status status = infonote_write_file(note, "hello.pdf");
    if (infonote_report_count(note)) {
        infonote_print_reports(note, stderr, INFONOTE_TEXT);
    }
    infonote_note_free(note);
    infonote_engine_free(engine);
    return (int)status;
}
