/* SPDX-License-Identifier: MIT
 *
 * In: the files that a note was made from, and those it attaches. Out: attachments, named
 * so that the note finds them again where they are taken out:
 *
 *     note.yaml, a/map.png          as they stand in the note's folder
 *     note/note.yaml, a/map.png     if the note names `../a/map.png`
 *     layouts/base.yaml             what came with the program
 *     layout/house.yaml, /logo.png  a layout from elsewhere that --layout named
 *     record.json                   data
 *
 * No name tells of the machine's folders: in another one the file is the same. */
#include "sources.h"

#include "base/file.h"
#include "record.h"

enum group { OF_NOTE, OF_LAYOUT, SHIPPED, ELSEWHERE };

/* Who names a file: the note, from its folder; or the command line, from anywhere. */
enum named { BY_NOTE, BY_USER };

struct part {
    struct page_attachment file;
    enum group group;
    str inside; /* its place, counted from its group's folder, */
    size_t up;  /* and from how many above that */
};

struct job {
    const struct attach_request *r;
    str note_folder, layout_folder; /* the latter empty: below the former */
    VEC(struct part) parts;
};

/* --- Where they are --- */

static void find_group(struct job *j, struct part *p, str path, enum named by)
{
    struct arena *a = j->r->arena;
    size_t up;
    p->group = OF_NOTE;
    p->inside = file_relative(a, path, j->note_folder, &p->up);
    if (p->inside.n && p->up == 0) {
        return;
    }
    str beside = j->layout_folder.n ? file_relative(a, path, j->layout_folder, &up)
                                    : STR_NONE;
    if (beside.n && (up == 0 || by == BY_USER)) {
        *p = (struct part){p->file, OF_LAYOUT, beside, up};
    } else if (!p->inside.n || by == BY_USER) {
        *p = (struct part){p->file, ELSEWHERE, file_name(path), 0};
    }
}

static bool is_there(const struct job *j, const struct part *p)
{
    for (size_t i = 0; i < j->parts.n; i++) {
        const struct part *other = &j->parts.v[i];
        if (other->group == p->group && other->up == p->up &&
            str_eq(other->inside, p->inside)) {
            return true;
        }
    }
    return false;
}

static void add(struct job *j, struct part *p, str bytes, const char *description)
{
    if (p->group != ELSEWHERE && is_there(j, p)) {
        return;
    }
    str type = note_type_of_file(p->inside);
    p->file = (struct page_attachment){
        .type = type.n ? type : STR("application/octet-stream"), .relation = "Source",
        .description = str_from(description), .bytes = bytes,
    };
    vec_push(j->r->arena, &j->parts, *p);
}

static void add_file(struct job *j, str path, str bytes, const char *description)
{
    struct part p = {0};
    find_group(j, &p, path, BY_NOTE);
    add(j, &p, bytes, description);
}

static void add_note(struct job *j)
{
    const struct source *note = j->r->note->source;
    struct part p = {.inside = note->path.n ? file_name(note->path) : STR("note.yaml")};
    add(j, &p, note->text, "The note");
}

static void add_layouts(struct job *j)
{
    const struct layout *layout = j->r->layout;
    for (size_t i = 0; i < layout->n_sources; i++) {
        const struct source *s = layout->sources[i].file;
        struct part p = {.group = SHIPPED, .inside = file_name(s->path)};
        if (!layout->sources[i].shipped) {
            find_group(j, &p, s->path, j->layout_folder.n ? BY_USER : BY_NOTE);
        }
        add(j, &p, s->text, "Its layout");
    }
}

/* Data that are no file, a record of many say, have a name alone. */
static void add_data(struct job *j)
{
    const struct note_data *data = j->r->data;
    struct part p = {.group = ELSEWHERE};
    if (!data->record) {
        return;
    }
    const struct source *s = data->file ? data->file
                                        : record_file_of(data->record, j->r->arena);
    if (s->path.n) {
        p.inside = file_relative(j->r->arena, s->path, j->note_folder, &p.up);
        p.group = p.inside.n && p.up == 0 ? OF_NOTE : ELSEWHERE;
    }
    if (p.group == ELSEWHERE) {
        bool read = str_is(s->name, "<stdin>");
        p.inside = read ? STR("record.yaml") : file_name(s->name);
        p.up = 0;
    }
    add(j, &p, s->text, "Its data");
}

/* What the note attaches itself; if that is the note, it is told as such. */
static void keep_attached(struct job *j)
{
    const struct note *note = j->r->note;
    str own = note->source->path.n ? file_name(note->source->path) : STR_NONE;
    for (size_t i = 0; i < note->attachments.n; i++) {
        struct part p = {.file = j->r->pages->attachments.v[i]};
        find_group(j, &p, note->attachments.v[i].path, BY_NOTE);
        if (p.group != OF_NOTE || p.up || !str_eq(p.inside, own)) {
            vec_push(j->r->arena, &j->parts, p);
        }
    }
}

/* --- Their names --- */

static str below(struct arena *a, size_t levels, const char *folder, str name)
{
    for (size_t i = 0; i < levels; i++) {
        name = file_join(a, str_from(folder), name);
    }
    return name;
}

static size_t most_up(const struct job *j, enum group group)
{
    size_t most = 0;
    for (size_t i = 0; i < j->parts.n; i++) {
        const struct part *p = &j->parts.v[i];
        most = p->group == group && p->up > most ? p->up : most;
    }
    return most;
}

static bool is_taken(const struct job *j, str name)
{
    for (size_t i = 0; i < j->parts.n; i++) {
        if (str_eq(j->parts.v[i].file.name, name)) {
            return true;
        }
    }
    return false;
}

/* A folder that no file of the note stands in. */
static const char *free_folder(const struct job *j, const char *name)
{
    for (size_t i = 0; i < j->parts.n; i++) {
        const struct part *p = &j->parts.v[i];
        if (p->group == OF_NOTE && str_starts(p->inside, str_from(name))) {
            return free_folder(j, str_format(j->r->arena, "%s_", name).p);
        }
    }
    return name;
}

static void name_groups(struct job *j)
{
    struct arena *a = j->r->arena;
    size_t up = most_up(j, OF_NOTE), layout_up = most_up(j, OF_LAYOUT);
    const char *layout = free_folder(j, "layout");
    for (size_t i = 0; i < j->parts.n; i++) {
        struct part *p = &j->parts.v[i];
        if (p->group == OF_NOTE) {
            p->file.name = below(a, up - p->up, "note", p->inside);
        } else if (p->group == OF_LAYOUT) {
            str beside = below(a, 1 + layout_up - p->up, layout, p->inside);
            p->file.name = below(a, up, "note", beside);
        } else if (p->group == SHIPPED) {
            p->file.name = below(a, up, "note", below(a, 1, "layouts", p->inside));
        }
    }
    for (size_t i = 0; i < j->parts.n; i++) {
        struct part *p = &j->parts.v[i];
        if (p->group == ELSEWHERE) {
            str name = below(a, up, "note", p->inside);
            while (is_taken(j, name)) {
                p->inside = below(a, 1, "files", p->inside);
                name = below(a, up, "note", p->inside);
            }
            p->file.name = name;
        }
    }
}

static str folder_of(struct arena *a, const struct source *s)
{
    return s->path.n ? file_directory(a, s->path) : STR(".");
}

/* A layout that the command line names may stand anywhere. */
static void find_layout_folder(struct job *j)
{
    const struct layout_source *first = &j->r->layout->sources[0];
    size_t up;
    if (j->r->layout_given && !first->shipped) {
        str inside = file_relative(j->r->arena, first->file->path, j->note_folder, &up);
        if (!inside.n || up) {
            j->layout_folder = folder_of(j->r->arena, first->file);
        }
    }
}

void sources_attach(const struct attach_request *r)
{
    struct job j = {.r = r, .note_folder = folder_of(r->arena, r->note->source)};
    find_layout_folder(&j);
    keep_attached(&j);
    add_note(&j);
    add_layouts(&j);
    add_data(&j);
    for (size_t i = 0; i < r->note->data_files.n; i++) {
        const struct source *s = r->note->data_files.v[i];
        add_file(&j, s->path, s->text, "Rows of a table");
    }
    for (size_t i = 0; i < r->tree->images.files.n; i++) {
        const struct image_file *f = &r->tree->images.files.v[i];
        add_file(&j, f->path, f->bytes, "A picture");
    }
    name_groups(&j);
    r->pages->attachments.n = 0;
    for (size_t i = 0; i < j.parts.n; i++) {
        vec_push(r->arena, &r->pages->attachments, j.parts.v[i].file);
    }
}
