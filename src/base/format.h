/* base/format.h: vsnprintf for what is printed most: strings and plain numbers.
 *
 * For base/buf.c and base/str.c, which the others use. */
#ifndef INFONOTE_BASE_FORMAT_H
#define INFONOTE_BASE_FORMAT_H

#include <stdarg.h>
#include <stddef.h>

/* As vsnprintf: writes what has room before the NUL, gives how long all of it is. */
size_t format_text(char *out, size_t room, const char *format, va_list args)
    __attribute__((format(printf, 3, 0)));

#endif
