/* SPDX-License-Identifier: MIT
 *
 * infonote-svg [FAMILY=FILE]...: a drawing (SVG) on standard input becomes objects of a
 * PDF on standard output; svg.h says how they are written down. `infonote` runs it. */
#include "svg/svg.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool read_input(struct arena *a, str *bytes)
{
    struct buf b;
    ssize_t n;
    buf_init(&b, a);
    do {
        char *room = buf_room(&b, 65536);
        n = read(STDIN_FILENO, room, 65536);
        b.n += n > 0 ? (size_t)n : 0;
    } while ((n > 0 && b.n <= SVG_MAX_BYTES) || (n < 0 && errno == EINTR));
    buf_char(&b, '\0');
    *bytes = (str){b.p, b.n - 1};
    return n == 0;
}

static bool write_output(str s)
{
    while (s.n) {
        ssize_t n = write(STDOUT_FILENO, s.p, s.n);
        if (n < 0 && errno != EINTR) {
            return false;
        }
        s = n > 0 ? str_sub(s, (size_t)n, s.n) : s;
    }
    return true;
}

static struct svg_face *read_faces(struct arena *a, char **arguments, size_t *n)
{
    VEC(struct svg_face) faces = {0};
    for (; *arguments; arguments++) {
        const char *equals = strchr(*arguments, '=');
        if (equals) {
            str family = {*arguments, (size_t)(equals - *arguments)};
            vec_push(a, &faces, (struct svg_face){family, equals + 1});
        }
    }
    *n = faces.n;
    return faces.v;
}

static bool convert(struct arena *a, char **arguments, struct buf *out)
{
    str bytes;
    size_t n;
    struct svg_page page;
    struct svg_face *faces = read_faces(a, arguments, &n);
    struct svg_look look = {
        .arena = a, .out = out, .characters = NEW_ARRAY(a, uint32_t, SVG_CODE_POINTS),
    };
    buf_puts(out, "infonote-svg 1\n");
    if (!read_input(a, &bytes)) {
        return svg_wrong(&look, 0, 0, "it is larger than 16 MiB") || true;
    }
    if (!svg_look(&look, bytes)) {
        return true;
    }
    svg_choose_fonts(&look, bytes, faces, n);
    if (!svg_draw(&look, bytes, &page)) {
        return true;
    }
    buf_format(out, "size %d %d\nform %d %d\n", page.width, page.height,
               page.page_width, page.page_height);
    return svg_put_objects(out, &page, a);
}

int main(int argc, char **argv)
{
    struct arena arena;
    struct buf out;
    if (argc == 2 && strcmp(argv[1], "--version") == 0) {
        puts("infonote-svg " "1");
        return 0;
    }
    svg_limit();
    arena_init(&arena);
    buf_init(&out, &arena);
    bool whole = convert(&arena, argc > 0 ? argv + 1 : argv, &out);
    if (whole) {
        buf_puts(&out, "end\n");
    }
    bool written = write_output(buf_str(&out));
    arena_done(&arena);
    return whole && written ? 0 : 1;
}
