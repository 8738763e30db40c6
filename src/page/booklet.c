/* SPDX-License-Identifier: MIT
 *
 * The order of pages in a booklet. Of eight pages, as they lie before they are folded:
 *
 *       outer sheet          inner sheet
 *     8 | 1    2 | 7       6 | 3    4 | 5
 *     outside  inside      outside  inside
 *
 * A thick one is made of several, signatures, which lie one behind the other. */
#include "page/page.h"

enum { PER_SHEET = 4, FACES = 2 };

static uint32_t sheets_of(uint32_t pages)
{
    return pages / PER_SHEET + (pages % PER_SHEET > 0);
}

uint32_t page_booklet_faces(uint32_t pages)
{
    return sheets_of(pages) * FACES;
}

uint32_t page_booklet_sheet(uint32_t each, uint32_t face)
{
    uint32_t sheet = face / FACES;
    return each ? sheet % sheets_of(each) : sheet;
}

uint32_t page_in_booklet(uint32_t pages, uint32_t each, uint32_t face, bool right)
{
    uint32_t first = each ? face / (each / FACES) * each : 0;
    uint32_t own = each && pages - first > each ? each : pages - first;
    face -= first / FACES;
    /* Each face has one page from the front of the booklet and one from its back, as far
     * from the end as the other is from the beginning; on outsides the former is at the
     * right. */
    uint32_t last = sheets_of(own) * PER_SHEET - 1;
    bool outside = face % FACES == 0;
    return first + (right == outside ? face : last - face);
}
