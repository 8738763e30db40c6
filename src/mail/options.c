/* SPDX-License-Identifier: MIT
 *
 * In: main's arguments. Out: what is to be done. Names are those of `infonote mail`. */
#include "mail/options.h"

#include <getopt.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum option_id {
    OUTPUT = 1, LAYOUT, FORMAT, STANDARD, EMBED_SOURCE, DATA, SET, ROOT, QUIET, VERBOSE,
    MAX_SIZE, MAILDIR,
    EMAIL, WISH, /* a key of `email`, or of mail_wishes, by the option's name */
};

static const struct option OPTIONS[] = {
    {"output", required_argument, NULL, OUTPUT},
    {"layout", required_argument, NULL, LAYOUT},
    {"format", required_argument, NULL, FORMAT},
    {"standard", required_argument, NULL, STANDARD},
    {"embed-source", no_argument, NULL, EMBED_SOURCE},
    {"data", required_argument, NULL, DATA},
    {"set", required_argument, NULL, SET},
    {"root", required_argument, NULL, ROOT},
    {"quiet", no_argument, NULL, QUIET},
    {"verbose", no_argument, NULL, VERBOSE},
    {"max-size", required_argument, NULL, MAX_SIZE},
    {"maildir", required_argument, NULL, MAILDIR},
    {"from", required_argument, NULL, EMAIL},
    {"to", required_argument, NULL, EMAIL},
    {"cc", required_argument, NULL, EMAIL},
    {"bcc", required_argument, NULL, EMAIL},
    {"reply-to", required_argument, NULL, EMAIL},
    {"subject", required_argument, NULL, EMAIL},
    {"body", required_argument, NULL, EMAIL},
    {"attach", required_argument, NULL, EMAIL},
    {"filename", required_argument, NULL, EMAIL},
    {"send", required_argument, NULL, WISH},
    {"no-tls", no_argument, NULL, WISH},
    {"tls-ca", required_argument, NULL, WISH},
    {"smtp-password", required_argument, NULL, WISH},
    {"helo", required_argument, NULL, WISH},
    {"retries", required_argument, NULL, WISH},
    {"timeout", required_argument, NULL, WISH},
    {"sign", required_argument, NULL, WISH},
    {"cert", required_argument, NULL, WISH},
    {"smime", required_argument, NULL, WISH},
    {"encrypt-pdf", no_argument, NULL, WISH},
    {"pdf-password", required_argument, NULL, WISH},
    {NULL, 0, NULL, 0},
};

static bool wrong(const char *format, ...) __attribute__((format(printf, 1, 2)));

static bool wrong(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("infonote: ", stderr);
    vfprintf(stderr, format, args);
    va_end(args);
    fputs("\nsee `infonote help mail`\n", stderr);
    return false;
}

/* The clock, or SOURCE_DATE_EPOCH, which then is the date of the PDF as well. */
static void read_date(struct mail_options *o)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    o->note.has_date = epoch && *epoch;
    o->note.date = o->note.has_date ? (int64_t)strtoll(epoch, NULL, 10) : 0;
    o->message.date = o->note.has_date ? o->note.date : (int64_t)time(NULL);
}

struct lists {
    const char **set, **email;
    size_t n_set, n_email;
    struct mail_wishes wishes;
};

static bool take(struct mail_options *o, struct lists *lists, int index, struct arena *a)
{
    const struct option *option = &OPTIONS[index];
    switch (option->val) {
    case OUTPUT: o->output = optarg; break;
    case LAYOUT: o->note.layout = optarg; break;
    case FORMAT:
        o->format = strcmp(optarg, "json") == 0    ? INFONOTE_JSON
                    : strcmp(optarg, "sarif") == 0 ? INFONOTE_SARIF
                                                   : INFONOTE_TEXT;
        break;
    case STANDARD: o->note.standard = optarg; break;
    case EMBED_SOURCE: o->note.embed_source = true; break;
    case DATA: o->note.data = optarg; break;
    case SET: lists->set[lists->n_set++] = optarg; break;
    case ROOT: o->note.root = optarg; break;
    case QUIET: o->quiet = true; break;
    case VERBOSE: o->verbose = true; break;
    case MAILDIR: o->maildir = optarg; break;
    case MAX_SIZE:
        return mail_read_size(optarg, &o->max_size) ||
               wrong("`--max-size` takes a size such as 10MB, not `%s`", optarg);
    case WISH: mail_wish(&lists->wishes, option->name, optarg ? optarg : ""); break;
    default:
        lists->email[lists->n_email++] = str_format(a, "%s=%s", option->name, optarg).p;
    }
    return true;
}

static bool read_delivery(struct mail_options *o, const struct mail_wishes *w,
                          struct arena *a, int *status)
{
    const char *fault = mail_delivery_init(&o->delivery, w, false, a, status);
    if (fault && *status == MAIL_FAILED) {
        fprintf(stderr, "infonote: %s\n", fault);
        return false;
    }
    if (fault) {
        return wrong("%s", fault);
    }
    o->delivery.date = o->message.date;
    if (!mail_delivery_allows(&o->delivery, o->note.standard)) {
        return wrong("an encrypted PDF cannot be PDF/A: --standard ua-1");
    }
    o->delivery.asked = o->note.standard;
    o->note.standard = mail_delivery_standard(&o->delivery, o->note.standard);
    return true;
}

bool mail_options_read(struct mail_options *o, int argc, char **argv, struct arena *a,
                       int *status)
{
    struct lists lists = {
        .set = NEW_ARRAY(a, const char *, argc + 1),
        .email = NEW_ARRAY(a, const char *, argc + 1),
    };
    int c, index = 0;
    *status = MAIL_WRONG_USE;
    *o = (struct mail_options){.max_size = MAIL_MAX_SIZE};
    opterr = 0;
    while ((c = getopt_long(argc, argv, "", OPTIONS, &index)) != -1) {
        if (c == '?') {
            return wrong("infonote-mail does not know `%s`", argv[optind - 1]);
        }
        if (!take(o, &lists, index, a)) {
            return false;
        }
    }
    if (optind + 1 != argc) {
        return wrong("name one note");
    }
    o->path = argv[optind];
    o->note.set = lists.set;
    o->note.email = lists.email;
    read_date(o);
    if (!o->output && !o->maildir && !lists.wishes.send) {
        o->output = "-";
    }
    if (o->maildir && strcmp(o->maildir, "-") == 0) {
        return wrong("`--maildir` takes a folder; standard output is none");
    }
    if (o->output && strcmp(o->output, "-") == 0 && isatty(STDOUT_FILENO)) {
        return wrong("a message is nothing for a terminal; name a file: -o FILE");
    }
    return read_delivery(o, &lists.wishes, a, status);
}
