/* extract/extract.h: files out of a PDF.
 *
 * `infonote-extract [-q] [-o DIR|-] FILE.pdf`, which `infonote extract` runs: a program
 * of its own, because the library that reads PDF (qpdf) is larger than all the rest.
 *
 * In: a PDF from anybody. Out: its embedded files, below a folder and nowhere else. Exit
 * status: 0; 1 the PDF is broken or holds nothing; 2 wrong use; 3 a file, disk or memory
 * failed. */
#ifndef INFONOTE_EXTRACT_EXTRACT_H
#define INFONOTE_EXTRACT_EXTRACT_H

#include <qpdf/qpdf-c.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/vec.h"

enum extract_status { EXTRACT_DONE, EXTRACT_INVALID, EXTRACT_WRONG_USE, EXTRACT_FAILED };

/* What a stranger's file may ask for. */
enum {
    EXTRACT_MAX_FILES = 10000,
    EXTRACT_MAX_DEPTH = 40,         /* of the tree of names, of folders */
    EXTRACT_MAX_NAME = 255,         /* bytes of a file's or folder's name */
    EXTRACT_MAX_MEMORY_MIB = 2048,
};

/* An embedded file, not read yet. */
struct extract_file {
    str name;        /* as the PDF has it, UTF-8 */
    str relation;    /* "Source"; empty: not said */
    str description;
    qpdf_oh stream;
};

struct extract_list {
    struct extract_file *v;
    size_t n, cap;
};

/* list.c: all embedded files; what is damaged is left out. */
void extract_find(qpdf_data pdf, struct arena *a, struct extract_list *out);

/* Its bytes; false if they cannot be read. */
bool extract_read(qpdf_data pdf, const struct extract_file *f, struct arena *a,
                  str *bytes);

/* folder.c: a name that stays below the folder it is written into; empty if there is
 * none: "../../etc/passwd", "a//b", "C:x", control characters. */
str extract_safe_name(str name, struct arena *a);

/* Writes a new file `name` below `folder`, making folders, following no link. Gives 0,
 * or errno; EEXIST if there is another file of that name. */
int extract_write(const char *folder, str name, str bytes);

#endif
