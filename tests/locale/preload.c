/* SPDX-License-Identifier: MIT
 *
 * Preloaded into the program by `make locale`: makes it follow the locale of its
 * environment, as a program that embeds the library may do. */
#include <locale.h>

__attribute__((constructor)) static void follow_locale(void)
{
    setlocale(LC_ALL, "");
}
