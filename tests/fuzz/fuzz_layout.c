/* SPDX-License-Identifier: MIT
 *
 * Any bytes as a layout, which a note with something of everything then uses. Layouts are
 * read from files by an engine that keeps them, so the stages are called here one by one,
 * over fonts that are loaded once. */
#include "fuzz.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "flow/flow.h"
#include "pdf/pdf.h"

static const char NOTE[] =
    "title: A title[^a]\nsubtitle: Below\nreference: R 1\ndate: 2020-02-02\nlang: en-GB\n"
    "fields: {Event: one, To: [two, three], More: {Deep: 'four[^b]'}}\n"
    "sections:\n"
    "  - heading: One\n"
    "    body: |\n"
    "      Some *running* text of **several** words, `code`, [a link](https://x.org/),\n"
    "      long enough for a few lines in most measures that a layout may have.[^c]\n\n"
    "      - an item\n"
    "        1. in it\n"
    "           - and deeper\n\n"
    "      > a quotation, <span class=\"small-caps\">small</span> ~~gone~~ m^2^ H~2~O\n\n"
    "      ```\n      code, a line that is longer than some measures are\n      ```\n\n"
    "      > [!NOTE]\n      > - [x] done in a box\n\n"
    "      ***\n"
    "    sections:\n"
    "    - heading: Two\n"
    "      body:\n"
    "      - 'Words \xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d.'\n"
    "      - columns: {count: 3, rule: true, body: [one, 'two[^e]', three, four]}\n"
    "      - table: {columns: [A], rows: [['1[^f]']], caption: Floats, place: top}\n"
    "      - {keep: true, list: [kept, together]}\n"
    "footnotes: {a: First., b: Second., c: 'Third[^d] note.', d: Inside.,"
    " e: Column., f: Table.}\n"
    "disclaimer: Nobody is bound.\n";

static struct {
    char folder[64], file[80];
    str directories[2];
    struct text_engine *text;
} shared;

static void forget_folder(void)
{
    unlink(shared.file);
    rmdir(shared.folder);
}

static void prepare(void)
{
    static str font_roots[] = {{"/usr/share/fonts", 16}};
    static str hyphens[] = {{"/usr/share/hyphen", 17}};
    const char *tmp = getenv("TMPDIR");
    const char *data = getenv("INFONOTE_DATA");
    snprintf(shared.folder, sizeof shared.folder, "%.40s/infonote-XXXXXX",
             tmp ? tmp : "/tmp");
    if (!mkdtemp(shared.folder)) {
        abort();
    }
    snprintf(shared.file, sizeof shared.file, "%s/l.yaml", shared.folder);
    atexit(forget_folder);
    char path[4096];
    snprintf(path, sizeof path, "%.4000s/layouts", data ? data : ".");
    shared.directories[0] = str_from(strdup(path));
    snprintf(path, sizeof path, "%.4000s/fonts", data ? data : ".");
    shared.directories[1] = str_from(strdup(path));
    struct text_config config = {&shared.directories[1], 1, font_roots, 1, hyphens, 1};
    shared.text = text_engine_new(&config);
}

static void set_note(struct layout *layout, struct arena *a, struct diag_sink *sink)
{
    struct source source = {.name = STR("note.yaml"), .text = str_from(NOTE)};
    struct value_limits limits = VALUE_LIMITS;
    struct value *root = value_read(&source, &limits, a, sink);
    struct note *note = root ? note_load(root, a, sink) : NULL;
    if (!note || diag_has_errors(sink)) {
        abort(); /* the note is good */
    }
    struct tree_request request = {note, layout, shared.text, a, sink, NULL};
    struct tree *tree = tree_build(&request);
    if (!tree || diag_has_errors(sink)) {
        return;
    }
    if (!tree_check(tree)) {
        abort();
    }
    struct page_list *pages = flow_run(tree, shared.text, a, sink);
    if (!pages || diag_has_errors(sink)) {
        return;
    }
    struct buf out;
    buf_init(&out, a);
    struct pdf_options options = {.tagged = true};
    if (page_check(pages, sink)) {
        pdf_write(pages, &options, a, &out, sink);
    }
}

/* Whatever a layout says, what comes of it is told in its own words. */
static void refuse_internal(const struct diag_sink *sink)
{
    for (size_t i = 0; i < sink->list.n; i++) {
        const struct diag *d = &sink->list.v[i];
        if (d->code == DIAG_INTERNAL) {
            fprintf(stderr, "%.*s\n", STR_ARG(d->message));
            abort();
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a;
    struct diag_sink sink;
    if (!shared.text) {
        prepare();
    }
    arena_init(&a);
    diag_init(&sink, &a);
    file_write(str_from(shared.file), (str){(const char *)data, size});
    struct style_paths paths = {shared.directories, 1};
    struct layout_request request = {STR("./l.yaml"), PLACE_NONE, str_from(shared.folder),
                                     &paths, STR_NONE, NULL};
    struct layout *layout = layout_load(&request, &a, &sink);
    if (layout && !diag_has_errors(&sink)) {
        set_note(layout, &a, &sink);
    }
    refuse_internal(&sink);
    text_engine_trim(shared.text);
    arena_done(&a);
    return 0;
}
