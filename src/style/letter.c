/* SPDX-License-Identifier: MIT
 *
 * In: a layout with a window. Out: where the parts of a letter stand on the sheet, from
 * the standard's table or the layout's own figures; and which fact is which part. */
#include "style/style.h"

/* Hundredths of a millimetre, thousandths of an inch. */
#define HMM(n) ((len)((int64_t)(n) * 72 * LEN_PT / 2540))
#define MIL(n) ((len)((int64_t)(n) * 72 * LEN_PT / 1000))

/* DIN 5008:2020, annex A. The window of a DL or C5/6 envelope (DIN 680) is 90 mm wide and
 * 45 mm high and shows the sheet from 20 mm on; form A begins 27 mm from the top, form B
 * 45 mm. The address field is 85 mm wide, its text begins 5 mm in, on the margin at
 * 25 mm. Of its height, 17.7 mm are for the sender's line (5 mm) and remarks, 27.3 mm for
 * six lines of address. The block of information is 75 mm wide, from 125 mm on, 5 mm
 * below the field's upper edge; text begins 8.46 mm below both. Sheets are folded at 87
 * and 192 mm (A), 105 and 210 mm (B), and punched at 148.5 mm. */
#define DIN(top, fold)                                                        \
    {.x = HMM(2000), .y = HMM(top), .width = HMM(9000), .height = HMM(4500),  \
     .inset = HMM(500), .end_inset = HMM(500),                                \
     .line_height = HMM(500), .remarks_height = HMM(1270),                    \
     .sender_x = HMM(12500), .sender_y = HMM(1000), .sender_width = HMM(7500), \
     .information_x = HMM(12500), .information_y = HMM((top) + 500),          \
     .information_width = HMM(7500), .below = HMM(846),                       \
     .folds = {HMM(fold), HMM((fold) + 10500)}, .punch = HMM(14850)}

/* A no. 10 envelope is 9 1/2 by 4 1/8 inches; its window, 4 1/2 by 1 1/8, stands 7/8 from
 * its left edge and 1/2 from its lower one. A Letter sheet folded in thirds is 3 2/3
 * inches high there, so the window begins 3.667 - 0.5 - 1.125 = 2.042 inches from the
 * sheet's top. The sheet may slip an inch to the right and 0.46 up: the address stands at
 * the window's foot, 1/8 inch from its edges, as the postal service asks. */
static const struct layout_letter FORMS[] = {
    [LAYOUT_FORM_DIN_A] = DIN(2700, 8700),
    [LAYOUT_FORM_DIN_B] = DIN(4500, 10500),
    [LAYOUT_FORM_US_10] = {
        .x = MIL(875), .y = MIL(2042), .width = MIL(4500), .height = MIL(1125),
        .inset = MIL(125), .end_inset = MIL(125), .clearance = MIL(125),
        .stand = LAYOUT_AT_BOTTOM,
        .sender_x = MIL(1000), .sender_y = MIL(500), .sender_width = MIL(3500),
        .information_x = MIL(5375), .information_y = MIL(2042),
        .information_width = MIL(2125), .below = MIL(330),
        .folds = {MIL(3667), MIL(7333)},
    },
};

/* A window of the layout's own: the address in its middle, information beside it, the
 * sheet folded in thirds. */
static struct layout_letter own_form(const struct layout *l)
{
    len margin = l->page.inner, right = l->page.width - l->page.outer;
    len beside = l->letter.x + l->letter.width + HMM(500);
    beside = beside < right - HMM(4000) ? beside : right - HMM(4000);
    return (struct layout_letter){
        .inset = HMM(500), .end_inset = HMM(500), .clearance = HMM(200),
        .stand = LAYOUT_IN_MIDDLE,
        .sender_x = beside > margin ? beside : margin, .sender_y = HMM(1000),
        .sender_width = right - (beside > margin ? beside : margin),
        .information_x = beside > margin ? beside : margin,
        .information_y = l->letter.y,
        .information_width = right - (beside > margin ? beside : margin),
        .below = HMM(846),
        .folds = {l->page.height / 3, l->page.height * 2 / 3},
        .punch = l->page.height / 2,
    };
}

bool layout_letter(const struct layout *l, struct layout_letter *out)
{
    bool own = l->letter.form == LAYOUT_FORM_NONE;
    if (own && (l->letter.width == 0 || l->letter.height == 0)) {
        return false;
    }
    *out = own ? own_form(l) : FORMS[l->letter.form];
    const struct {
        len wanted, *to;
    } OWN[] = {{l->letter.x, &out->x}, {l->letter.y, &out->y},
               {l->letter.width, &out->width}, {l->letter.height, &out->height}};
    for (size_t i = 0; i < sizeof OWN / sizeof *OWN; i++) {
        *OWN[i].to = OWN[i].wanted ? OWN[i].wanted : *OWN[i].to;
    }
    return true;
}

/* Latin letters in any case; others as they are. */
static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool is_same(str a, str b)
{
    size_t i = 0;
    while (i < a.n && i < b.n && lower(a.p[i]) == lower(b.p[i])) {
        i++;
    }
    return i == a.n && i == b.n;
}

enum layout_part layout_part_of(const struct layout *l, str label)
{
    label = str_trim(label);
    if (str_ends(label, STR(":"))) {
        label = str_trim(str_sub(label, 0, label.n - 1));
    }
    for (int part = 0; label.n && part < LAYOUT_INFORMATION; part++) {
        for (int i = 0; i < LAYOUT_PART_WORDS; i++) {
            if (is_same(label, l->letter.words[part][i])) {
                return (enum layout_part)part;
            }
        }
    }
    return LAYOUT_INFORMATION;
}
