/* SPDX-License-Identifier: MIT
 *
 * Colour profiles: the one of sRGB is known, others pass, those that a PDF cannot hold do
 * not. All are made from infonote's own by changing a few bytes. */
#include "assertions.h"

#include <stdlib.h>
#include <string.h>

#include "image/formats.h"
#include "pdf/icc.h"

static char *copy_of_srgb(struct arena *a, str *profile)
{
    str srgb = pdf_icc_srgb(a);
    char *bytes = arena_copy(a, srgb.p, srgb.n);
    *profile = (str){bytes, srgb.n};
    return bytes;
}

static void test_srgb_is_known(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    str profile = pdf_icc_srgb(&a);
    assert_int_equal(image_check_profile(&profile, IMAGE_RGB, &a).n, 0);
    assert_int_equal(profile.n, 0);
    profile = pdf_icc_srgb(&a);
    assert_int_equal(image_check_profile(&profile, IMAGE_INDEXED, &a).n, 0);
    assert_int_equal(profile.n, 0);
    assert_int_equal(image_check_profile(&profile, IMAGE_RGB, &a).n, 0); /* none */
    arena_done(&a);
}

/* Where a tag's value begins, which all of the same content may share. */
static size_t value_of(str profile, const char *tag)
{
    for (size_t at = 132; at + 12 <= profile.n; at += 12) {
        if (memcmp(profile.p + at, tag, 4) == 0) {
            return image_be32(profile.p + at + 4);
        }
    }
    fail_msg("no tag %s", tag);
    return 0;
}

static void test_others_pass(void **state)
{
    (void)state;
    struct arena a;
    str profile;
    arena_init(&a);
    char *bytes = copy_of_srgb(&a, &profile);
    bytes[value_of(profile, "rXYZ") + 10] = 0x7F; /* another red */
    assert_int_equal(image_check_profile(&profile, IMAGE_RGB, &a).n, 0);
    assert_true(profile.n > 0);
    bytes = copy_of_srgb(&a, &profile);
    bytes[value_of(profile, "rTRC") + 13] = 1; /* another gamma */
    assert_int_equal(image_check_profile(&profile, IMAGE_RGB, &a).n, 0);
    assert_true(profile.n > 0);
    bytes = copy_of_srgb(&a, &profile);
    bytes[value_of(profile, "rTRC") + 9] = 9; /* a kind of curve that nobody knows */
    assert_int_equal(image_check_profile(&profile, IMAGE_RGB, &a).n, 0);
    assert_true(profile.n > 0);
    arena_done(&a);
}

static void test_faults(void **state)
{
    (void)state;
    static const struct { size_t at; const char *bytes; const char *fault; } CASES[] = {
        {0, "\x7F", "is not whole"},
        {36, "acsq", "is not whole"},
        {128, "\x7F", "is not whole"},
        {136, "\x7F", "is not whole"},
        {140, "\x7F", "is not whole"},
        {8, "\x05", "is of a version that a PDF cannot hold"},
        {8, "\x01", "is of a version that a PDF cannot hold"},
        {12, "link", "does not describe a device"},
        {12, "nmcl", "does not describe a device"},
        {16, "GRAY", "is for other colours than the picture has"},
        {16, "CMYK", "is for other colours than the picture has"},
        {20, "RGB ", "leads to no colours that are known"},
    };
    struct arena a;
    str profile;
    arena_init(&a);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char *bytes = copy_of_srgb(&a, &profile);
        memcpy(bytes + CASES[i].at, CASES[i].bytes, strlen(CASES[i].bytes));
        str said = image_check_profile(&profile, IMAGE_RGB, &a);
        assert_str(said, str_format(&a, "has a colour profile that %s",
                                    CASES[i].fault).p);
        assert_int_equal(profile.n, 0);
    }
    arena_done(&a);
}

static void test_pieces_of_one(void **state)
{
    (void)state;
    struct arena a;
    str whole;
    arena_init(&a);
    copy_of_srgb(&a, &whole);
    for (size_t n = 1; n < whole.n; n += 7) { /* read behind its end by nobody */
        char *bytes = malloc(n);
        memcpy(bytes, whole.p, n);
        str profile = {bytes, n};
        assert_str(image_check_profile(&profile, IMAGE_RGB, &a),
                   "has a colour profile that is not whole");
        free(bytes);
    }
    str large = {arena_alloc(&a, 5 << 20), 5 << 20};
    assert_str(image_check_profile(&large, IMAGE_RGB, &a),
               "has a colour profile that is larger than 4 MiB");
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_srgb_is_known),
        cmocka_unit_test(test_others_pass),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_pieces_of_one),
    };
    return cmocka_run_group_tests_name("image/profile", tests, NULL, NULL);
}
