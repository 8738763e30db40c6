/* SPDX-License-Identifier: MIT
 *
 * infonote-preflight: reads the arguments, opens the PDF, takes the steps in turn. */
#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "base/file.h"
#include "preflight/preflight.h"

struct job {
    struct arena arena;
    const char *path, *report;
    bool quiet, json;
    struct preflight p;
};

static int say(int status, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static int say(int status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("infonote: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    return status;
}

static const char USE[] = "use: infonote-preflight [-q] [--format text|json] "
                          "[--standard x-4|none] [--max-ink PERCENT] [-o REPORT.pdf] "
                          "FILE.pdf";

/* "300" or "300%". */
static bool read_ink(const char *text, int64_t *ink)
{
    int64_t percent = 0;
    size_t i = 0;
    for (; text[i] >= '0' && text[i] <= '9' && i < 4; i++) {
        percent = percent * 10 + (text[i] - '0');
    }
    *ink = percent * 10;
    return i > 0 && percent > 0 && percent <= 400 &&
           (text[i] == '\0' || strcmp(text + i, "%") == 0);
}

static int read_option(struct job *j, int option)
{
    switch (option) {
    case 'q':
        j->quiet = true;
        return PREFLIGHT_DONE;
    case 'o':
        j->report = optarg;
        return PREFLIGHT_DONE;
    case 'f':
        j->json = strcmp(optarg, "json") == 0;
        return j->json || strcmp(optarg, "text") == 0 ? PREFLIGHT_DONE
            : say(PREFLIGHT_WRONG_USE, "there is no format `%s`: say text or json",
                  optarg);
    case 's':
        j->p.x4 = strcmp(optarg, "x-4") == 0;
        return j->p.x4 || strcmp(optarg, "none") == 0 ? PREFLIGHT_DONE
            : say(PREFLIGHT_WRONG_USE, "there is no standard `%s` here: say x-4 or none",
                  optarg);
    case 'i':
        return read_ink(optarg, &j->p.max_ink) ? PREFLIGHT_DONE
            : say(PREFLIGHT_WRONG_USE, "`%s` is no limit of ink: say 300 or 300%%, 400 "
                  "at most, which is all of four inks", optarg);
    default:
        return say(PREFLIGHT_WRONG_USE, "%s", USE);
    }
}

static int read_arguments(struct job *j, int argc, char **argv)
{
    static const struct option OPTIONS[] = {
        {"quiet", no_argument, NULL, 'q'}, {"output", required_argument, NULL, 'o'},
        {"format", required_argument, NULL, 'f'},
        {"standard", required_argument, NULL, 's'},
        {"max-ink", required_argument, NULL, 'i'}, {NULL, 0, NULL, 0},
    };
    int option, status;
    opterr = 0;
    while ((option = getopt_long(argc, argv, "qo:", OPTIONS, NULL)) != -1) {
        status = read_option(j, option);
        if (status != PREFLIGHT_DONE) {
            return status;
        }
    }
    if (optind + 1 != argc) {
        return say(PREFLIGHT_WRONG_USE, "%s", USE);
    }
    j->path = argv[optind];
    return j->report && strcmp(j->report, j->path) == 0
        ? say(PREFLIGHT_WRONG_USE, "the report would replace the file: -o OTHER.pdf")
        : PREFLIGHT_DONE;
}

static int open_pdf(struct job *j)
{
    struct preflight *p = &j->p;
    p->path = str_from(j->path);
    if (!file_exists(p->path)) {
        return say(PREFLIGHT_FAILED, "cannot read `%s`: there is no such file", j->path);
    }
    p->pdf = qpdf_init();
    qpdf_set_suppress_warnings(p->pdf, QPDF_TRUE);
    qpdf_silence_errors(p->pdf);
    if (qpdf_read(p->pdf, j->path, NULL) & QPDF_ERRORS) {
        qpdf_error e = qpdf_get_error(p->pdf);
        bool locked = e && qpdf_get_error_code(p->pdf, e) == qpdf_e_password;
        return say(PREFLIGHT_INVALID, "`%s` is %s", j->path,
                   locked ? "encrypted; no printer can use it"
                          : "no PDF that can be read");
    }
    return PREFLIGHT_DONE;
}

static void take_steps(struct preflight *p)
{
    preflight_metadata(p); /* says whether it is PDF/X */
    preflight_document(p);
    preflight_intents(p);
    preflight_pages(p);
    /* What qpdf had to mend while it read. */
    while (qpdf_more_warnings(p->pdf)) {
        qpdf_error e = qpdf_next_warning(p->pdf);
        preflight_find(p, PREFLIGHT_DAMAGED, 0, "%s",
                       qpdf_get_error_message_detail(p->pdf, e));
    }
}

static int tell(struct job *j)
{
    if (j->json) {
        preflight_tell_json(&j->p);
    } else {
        preflight_tell(&j->p, j->quiet);
    }
    if (fflush(stdout) != 0) {
        return say(PREFLIGHT_FAILED, "cannot write: %s", strerror(errno));
    }
    if (j->report && !preflight_write_report(&j->p, j->report)) {
        return PREFLIGHT_FAILED;
    }
    return j->p.counts[PREFLIGHT_ERROR] ? PREFLIGHT_INVALID : PREFLIGHT_DONE;
}

/* The address sanitizer needs more room than there is memory. */
static void limit_memory(void)
{
#if !defined(__SANITIZE_ADDRESS__)
    const rlim_t memory = (rlim_t)PREFLIGHT_MAX_MEMORY_MIB << 20;
    setrlimit(RLIMIT_AS, &(struct rlimit){memory, memory});
#endif
}

int main(int argc, char **argv)
{
    struct job j = {.p.max_ink = PREFLIGHT_MAX_INK};
    limit_memory();
    arena_init(&j.arena);
    j.p.arena = &j.arena;
    map_init(&j.p.known_spaces, &j.arena);
    map_init(&j.p.known_forms, &j.arena);
    map_init(&j.p.known_pictures, &j.arena);
    int status = read_arguments(&j, argc, argv);
    if (status == PREFLIGHT_DONE) {
        status = open_pdf(&j);
    }
    if (status == PREFLIGHT_DONE) {
        take_steps(&j.p);
        status = tell(&j);
    }
    if (j.p.pdf) {
        qpdf_cleanup(&j.p.pdf);
    }
    arena_done(&j.arena);
    return status;
}
