/* SPDX-License-Identifier: MIT
 *
 * base/file: what is read, what is refused, what a write leaves behind. */
#include "assertions.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <signal.h>

#include "base/file.h"

static struct arena arena;
static char folder[64];

static int open_folder(void **state)
{
    (void)state;
    arena_init(&arena);
    strcpy(folder, "/tmp/infonote-file-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static str path_of(const char *name)
{
    return str_format(&arena, "%s/%s", folder, name);
}

/* The names in the folder, hidden ones too. */
static int count_files(void)
{
    DIR *d = opendir(folder);
    int n = 0;
    for (struct dirent *e; (e = readdir(d));) {
        n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
    }
    closedir(d);
    return n;
}

static int close_folder(void **state)
{
    (void)state;
    DIR *d = opendir(folder);
    for (struct dirent *e; (e = readdir(d));) {
        unlinkat(dirfd(d), e->d_name, 0);
        unlinkat(dirfd(d), e->d_name, AT_REMOVEDIR);
    }
    closedir(d);
    arena_done(&arena);
    return rmdir(folder);
}

static void assert_file(const char *name, const char *bytes)
{
    struct file_result r = file_read(&arena, path_of(name), 1 << 20);
    assert_int_equal(r.status, FILE_OK);
    assert_str(r.bytes, bytes);
    assert_int_equal(r.bytes.p[r.bytes.n], '\0');
}

static void test_what_is_written_is_read(void **state)
{
    (void)state;
    assert_int_equal(file_write(path_of("x"), STR("bytes")), 0);
    assert_file("x", "bytes");
    assert_int_equal(file_write(path_of("x"), STR_NONE), 0);
    assert_file("x", "");
    str large = {arena_alloc(&arena, 3000001), 3000001};
    assert_int_equal(file_write(path_of("x"), large), 0);
    struct file_result r = file_read(&arena, path_of("x"), 3000001);
    assert_int_equal(r.status, FILE_OK);
    assert_true(str_eq(r.bytes, large));
    assert_int_equal(file_read(&arena, path_of("x"), 3000000).status, FILE_TOO_LARGE);
    assert_int_equal(count_files(), 1);
}

static void test_mapped_as_read(void **state)
{
    (void)state;
    file_write(path_of("x"), STR("mapped"));
    file_write(path_of("empty"), STR_NONE);
    struct file_result r = file_map(path_of("x"));
    assert_int_equal(r.status, FILE_OK);
    assert_str(r.bytes, "mapped");
    file_unmap(r.bytes);
    r = file_map(path_of("empty"));
    assert_int_equal(r.status, FILE_OK);
    assert_int_equal(r.bytes.n, 0);
    file_unmap(r.bytes);
}

static enum file_status status_of(str path)
{
    enum file_status read = file_read(&arena, path, 1000).status;
    assert_int_equal(file_map(path).status, read);
    assert_int_equal(file_exists(path), read == FILE_OK);
    return read;
}

static void test_what_is_no_file_is_refused(void **state)
{
    (void)state;
    assert_int_equal(mkfifo(path_of("pipe").p, 0600), 0);
    file_write(path_of("x"), STR("x"));
    assert_int_equal(status_of(path_of("x")), FILE_OK);
    assert_int_equal(status_of(path_of("none")), FILE_MISSING);
    assert_int_equal(status_of(path_of("x/below")), FILE_MISSING);
    assert_int_equal(status_of(path_of("")), FILE_NOT_REGULAR);
    assert_int_equal(status_of(path_of("pipe")), FILE_NOT_REGULAR); /* without waiting */
    assert_int_equal(status_of(STR("/dev/zero")), FILE_NOT_REGULAR);
    assert_int_equal(status_of(STR("/dev/null")), FILE_NOT_REGULAR);
    assert_int_equal(status_of(STR("")), FILE_MISSING);
    str hidden = {arena_copy(&arena, "/dev/null\0.png", 14), 14};
    assert_int_equal(status_of(hidden), FILE_FAILED);
    char *wide = arena_alloc(&arena, 5000);
    memset(wide, 'a', 5000);
    assert_int_equal(status_of((str){wide, 5000}), FILE_FAILED);
    assert_int_equal(status_of((str){wide, 300}), FILE_FAILED);
}

static mode_t mode_of(const char *name)
{
    struct stat st;
    assert_int_equal(stat(path_of(name).p, &st), 0);
    return st.st_mode & 07777;
}

static void test_modes(void **state)
{
    (void)state;
    mode_t before = umask(027);
    assert_int_equal(file_write(path_of("new"), STR("1")), 0);
    assert_int_equal(mode_of("new"), 0640);
    chmod(path_of("new").p, 0604);
    assert_int_equal(file_write(path_of("new"), STR("2")), 0);
    assert_int_equal(mode_of("new"), 0604);
    assert_int_equal(umask(before), 027);
}

static void test_links_stay(void **state)
{
    (void)state;
    file_write(path_of("real"), STR("old"));
    assert_int_equal(symlink("real", path_of("link").p), 0);
    assert_int_equal(symlink("nowhere", path_of("dangling").p), 0);
    assert_int_equal(file_write(path_of("link"), STR("new")), 0);
    assert_file("real", "new");
    struct stat st;
    assert_int_equal(lstat(path_of("link").p, &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    assert_int_equal(file_write(path_of("dangling"), STR("found")), 0);
    assert_file("dangling", "found");
    assert_int_equal(count_files(), 3);
}

static void test_devices_are_written_into(void **state)
{
    (void)state;
    struct stat before, after;
    assert_int_equal(stat("/dev/null", &before), 0);
    assert_int_equal(file_write(STR("/dev/null"), STR("gone")), 0);
    assert_int_equal(stat("/dev/null", &after), 0);
    assert_true(S_ISCHR(after.st_mode) && before.st_ino == after.st_ino);
    assert_int_equal(file_write(STR("/dev/full"), STR("x")), ENOSPC);
}

static void test_a_failure_leaves_all_as_it_was(void **state)
{
    (void)state;
    file_write(path_of("old"), STR("kept"));
    mkdir(path_of("dir").p, 0755);
    assert_int_equal(file_write(path_of("dir"), STR("x")), EISDIR);
    assert_int_equal(file_write(path_of("none/x"), STR("x")), ENOENT);
    assert_int_equal(file_write(path_of("old/x"), STR("x")), ENOTDIR);
    assert_int_equal(file_write(STR(""), STR("x")), ENOENT);
    assert_int_equal(file_write(STR("/proc/infonote"), STR("x")) != 0, 1);
    char *name = arena_alloc(&arena, 301);
    memset(name, 'n', 300);
    assert_int_equal(file_write(path_of(name), STR("x")), ENAMETOOLONG);
    struct rlimit unlimited, small = {1000, RLIM_INFINITY};
    getrlimit(RLIMIT_FSIZE, &unlimited);
    small.rlim_max = unlimited.rlim_max;
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    int error = file_write(path_of("old"), (str){arena_alloc(&arena, 5000), 5000});
    setrlimit(RLIMIT_FSIZE, &unlimited);
    assert_int_equal(error, EFBIG);
    assert_file("old", "kept");
    assert_int_equal(count_files(), 2);
}

static void test_a_name_at_the_limit_can_be_written(void **state)
{
    (void)state;
    char *name = arena_alloc(&arena, 256);
    memset(name, 'n', 255);
    assert_int_equal(file_write(path_of(name), STR("x")), 0);
    assert_file(name, "x");
}

static void test_names_relative_to_here(void **state)
{
    (void)state;
    int here = open(".", O_RDONLY | O_DIRECTORY);
    assert_int_equal(chdir(folder), 0);
    assert_int_equal(file_write(STR("plain"), STR("x")), 0);
    assert_int_equal(file_write(STR("./dotted"), STR("x")), 0);
    assert_int_equal(fchdir(here), 0);
    close(here);
    assert_int_equal(count_files(), 2);
}

static void check_relative(const char *path, const char *from, size_t up,
                           const char *inside)
{
    struct arena a;
    size_t found = 99;
    arena_init(&a);
    assert_str(file_relative(&a, str_from(path), str_from(from), &found), inside);
    assert_int_equal(found, up);
    arena_done(&a);
}

static void test_places_from_a_folder(void **state)
{
    (void)state;
    check_relative("a/b/c", "a", 0, "b/c");
    check_relative("a/./b//c", "./a/", 0, "b/c");
    check_relative("a/x/../b", "a", 0, "b");
    check_relative("c", ".", 0, "c");
    check_relative("ab/c", "a", 1, "ab/c");
    check_relative("a/../c", "a", 1, "c");
    check_relative("../c", ".", 1, "c");
    check_relative("../../c/d", "a", 3, "c/d");
    check_relative("../c", "..", 0, "c");
    check_relative("/a/c", "/a/b", 1, "c");
    check_relative("/a", "/", 0, "a");
    check_relative("a", "a", 0, "");
}

static void test_places_that_names_do_not_tell(void **state)
{
    (void)state;
    check_relative("/a/b", "a", 0, "");
    check_relative("a/b", "/a", 0, "");
    check_relative("a", "..", 0, "");
}

static void test_names(void **state)
{
    (void)state;
    assert_str(file_directory(&arena, STR("a/b/c")), "a/b");
    assert_str(file_directory(&arena, STR("c")), ".");
    assert_str(file_directory(&arena, STR("/c")), "/");
    assert_str(file_directory(&arena, STR("")), ".");
    assert_str(file_name(STR("a/b/c")), "c");
    assert_str(file_name(STR("a/")), "");
    assert_str(file_join(&arena, STR("a"), STR("b")), "a/b");
    assert_str(file_join(&arena, STR("a/"), STR("b")), "a/b");
    assert_str(file_join(&arena, STR("a"), STR("/b")), "/b");
    assert_str(file_join(&arena, STR("."), STR("b")), "b");
    assert_str(file_join(&arena, STR_NONE, STR("b")), "b");
    assert_str(file_with_extension(&arena, STR("a.d/note.yaml"), ".pdf"), "a.d/note.pdf");
    assert_str(file_with_extension(&arena, STR("a.d/note"), ".pdf"), "a.d/note.pdf");
    assert_str(file_with_extension(&arena, STR("note.v2.yaml"), ".pdf"), "note.v2.pdf");
    assert_str(file_with_extension(&arena, STR(".hidden"), ".pdf"), ".hidden.pdf");
    assert_str(file_with_extension(&arena, STR("dir/"), ".pdf"), "dir/.pdf");
    assert_str(file_with_extension(&arena, STR(""), ".pdf"), ".pdf");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_what_is_written_is_read, open_folder,
                                        close_folder),
        cmocka_unit_test_setup_teardown(test_mapped_as_read, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(test_what_is_no_file_is_refused, open_folder,
                                        close_folder),
        cmocka_unit_test_setup_teardown(test_modes, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(test_links_stay, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(test_devices_are_written_into, open_folder,
                                        close_folder),
        cmocka_unit_test_setup_teardown(test_a_failure_leaves_all_as_it_was, open_folder,
                                        close_folder),
        cmocka_unit_test_setup_teardown(test_a_name_at_the_limit_can_be_written,
                                        open_folder, close_folder),
        cmocka_unit_test(test_places_from_a_folder),
        cmocka_unit_test(test_places_that_names_do_not_tell),
        cmocka_unit_test_setup_teardown(test_names_relative_to_here, open_folder,
                                        close_folder),
        cmocka_unit_test_setup_teardown(test_names, open_folder, close_folder),
    };
    return cmocka_run_group_tests_name("base/file", tests, NULL, NULL);
}
