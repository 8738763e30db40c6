/* SPDX-License-Identifier: MIT
 *
 * In: journals, in any order. Out: what is to be said against their run. Within one
 * journal the last line of a record counts: it was made again because it had failed, or
 * because its file was gone. Between journals a record may fail in one and be done in
 * another, but be done in one alone. A line that was cut counts for nothing; nor do the
 * records of a file of all (an archive, a PDF of all) that never took its place. */
#include "bulk/collect.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/window.h"

enum { STATUS_LACKING = 4, DIGEST = 8 };

struct journal {
    struct source *source;
    dev_t device;
    ino_t inode;
    uint32_t shard, shards;    /* 0: of all records */
    uint64_t planned;
    bool unplanned;            /* it does not say how many that is */
    bool whole;                /* its records count when it ended well */
    str end;                   /* how its last run ended; empty: it has not */
    uint64_t sending;
};

/* What is known of a record. */
struct record {
    uint32_t journal;          /* 1-based: which says that it is done; 0: none */
    uint32_t line;             /* there */
    uint32_t failed;           /* 1-based: the last failure; 0: none */
    uint32_t pages;
    uint64_t bytes;
    char digest[DIGEST];       /* of its file, the first digits */
};

struct failure {
    uint32_t journal, line;
    str key, status;
};

struct double_ {
    uint64_t number;
    uint32_t journal, line, other, other_line;
    bool alike;
};

struct collecting {
    const struct bulk_collect_request *request;
    struct bulk_collected *to;
    struct arena arena;
    VEC(struct journal) journals;
    struct record *records;    /* by number */
    uint64_t n_records;
    VEC(struct failure) failures;
    VEC(struct double_) doubles;
    str template, data, version;
    uint32_t shards;
    const struct source *first; /* the journal that the others must agree with */
};

/* --- Heads --- */

static bool refuse(struct collecting *c, const struct journal *j, const char *what)
{
    struct diag *d = diag_report(
        c->request->sink, DIAG_CHANGED_INPUT, (struct place){j->source, 1, 1, 1},
        "name the journals of one run", "this is the journal of another run: %s", what);
    diag_second(c->request->sink, d, (struct place){c->first, 1, 0, 0},
                "that is not so here");
    return false;
}

static void read_shard(struct journal *j, str text)
{
    size_t slash;
    if (str_find_char(text, '/', &slash)) {
        j->shard = (uint32_t)bulk_journal_number(str_sub(text, 0, slash));
        j->shards = (uint32_t)bulk_journal_number(str_sub(text, slash + 1, text.n));
    }
}

static bool take_head(struct collecting *c, struct journal *j, str line)
{
    str version = bulk_journal_member(line, STR("\"infonote\":"));
    str template = bulk_journal_member(line, STR("\"template_sha256\":"));
    str data = bulk_journal_member(line, STR("\"data_sha256\":"));
    uint64_t records = bulk_journal_number(
        bulk_journal_member(line, STR("\"records\":")));
    size_t at;
    if (!str_starts(line, STR("{\"infonote\":")) || records >= UINT32_MAX) {
        diag_report(c->request->sink, DIAG_BAD_DATA, (struct place){j->source, 1, 1, 1},
                    "name the files that `--report` wrote",
                    "this is no journal of a run");
        return false;
    }
    read_shard(j, bulk_journal_member(line, STR("\"shard\":")));
    str planned = bulk_journal_member(line, STR("\"planned\":"));
    j->planned = bulk_journal_number(planned);
    j->unplanned = planned.n == 0;
    j->whole = str_find(line, STR(",\"whole\":true"), &at);
    if (!c->first) {
        c->first = j->source;
        c->version = str_copy(&c->arena, version);
        c->template = str_copy(&c->arena, template);
        c->data = str_copy(&c->arena, data);
        c->shards = j->shards;
        c->n_records = records;
        c->records = NEW_ARRAY(&c->arena, struct record, records + 1);
        return true;
    }
    const char *what = !str_eq(version, c->version)     ? "by another infonote"
                       : !str_eq(template, c->template) ? "of another template, layout, "
                                                          "options or names of files"
                       : !str_eq(data, c->data)         ? "of other data"
                       : j->shards != c->shards         ? "into other shards"
                                                        : NULL;
    return what ? refuse(c, j, what) : true;
}

/* --- Records --- */

static void take_done(struct collecting *c, uint32_t journal, uint64_t number, str line,
                      uint32_t at)
{
    struct record *r = &c->records[number];
    str digest = bulk_journal_member(line, STR("\"sha256\":"));
    if (r->journal && r->journal != journal) {
        bool alike = digest.n > DIGEST && memcmp(r->digest, digest.p, DIGEST) == 0;
        struct double_ d = {number, r->journal, r->line, journal, at, alike};
        vec_push(&c->arena, &c->doubles, d);
        return;
    }
    r->journal = journal;
    r->line = at;
    r->pages = (uint32_t)bulk_journal_number(
        bulk_journal_member(line, STR("\"pages\":")));
    r->bytes = bulk_journal_number(bulk_journal_member(line, STR("\"bytes\":")));
    if (digest.n > DIGEST) {
        memcpy(r->digest, digest.p, DIGEST);
    }
}

static void fail(struct collecting *c, uint64_t number, struct failure f)
{
    f.key = str_copy(&c->arena, f.key);
    f.status = str_copy(&c->arena, f.status);
    vec_push(&c->arena, &c->failures, f);
    c->records[number].failed = (uint32_t)c->failures.n;
}

static void take_record(struct collecting *c, uint32_t journal, str line, uint32_t at)
{
    uint64_t number =
        bulk_journal_number(bulk_journal_member(line, STR("\"record\":")));
    if (number == 0 || number > c->n_records) {
        return;
    }
    struct record *r = &c->records[number];
    struct journal *j = &c->journals.v[journal - 1];
    j->sending = j->sending == number ? 0 : j->sending;
    str status = bulk_journal_member(line, STR("\"status\":"));
    if (str_is(status, "done")) {
        take_done(c, journal, number, line, at);
        return;
    }
    if (r->journal == journal) { /* its file was gone, and it was not made again */
        r->journal = 0;
    }
    fail(c, number, (struct failure){
        journal, at, bulk_journal_member(line, STR("\"key\":")), status});
}

static bool take_line(struct collecting *c, uint32_t journal, str line, uint32_t at)
{
    struct journal *j = &c->journals.v[journal - 1];
    if (at == 1) {
        return take_head(c, j, line);
    }
    if (str_starts(line, STR("{\"record\":"))) {
        j->end = STR_NONE;
        take_record(c, journal, line, at);
    } else if (str_starts(line, STR("{\"end\":"))) {
        j->end = str_copy(&c->arena, bulk_journal_member(line, STR("\"end\":")));
        j->planned = bulk_journal_number(
            bulk_journal_member(line, STR("\"planned\":")));
    } else if (str_starts(line, STR("{\"sending\":"))) {
        j->sending = bulk_journal_number(
            bulk_journal_member(line, STR("\"sending\":")));
    }
    return true;
}

/* What a run that never ended has of a file of all counts for nothing. */
static void forget(struct collecting *c, uint32_t journal)
{
    for (uint64_t i = 1; i <= c->n_records; i++) {
        if (c->records[i].journal == journal) {
            c->records[i].journal = 0;
        }
    }
}

static bool read_lines(struct collecting *c, uint32_t journal, int fd)
{
    struct data_window w;
    uint32_t at = 0;
    bool good = true;
    data_window_init_file(&w, fd);
    while (good) {
        w.keep = w.at;
        str line = data_window_line(&w);
        if (!str_ends(line, STR("\n"))) { /* the end, or a line that was cut */
            break;
        }
        good = take_line(c, journal, line, ++at);
    }
    struct journal *j = &c->journals.v[journal - 1];
    if (w.error) {
        diag_report(c->request->sink, DIAG_CANNOT_READ,
                    (struct place){.source = j->source}, NULL,
                    "cannot read the journal: %s", strerror(w.error));
        good = false;
    }
    if (good && j->sending && j->sending <= c->n_records) {
        fail(c, j->sending, (struct failure){journal, at, STR_NONE, STR("doubtful")});
    }
    if (good && j->whole && !str_is(j->end, "done")) {
        forget(c, journal);
    }
    data_window_done(&w);
    return good;
}

/* --- Journals --- */

static bool is_known(const struct collecting *c, const struct stat *st)
{
    for (size_t i = 0; i < c->journals.n; i++) {
        const struct journal *j = &c->journals.v[i];
        if (j->device == st->st_dev && j->inode == st->st_ino) {
            return true;
        }
    }
    return false;
}

static bool read_journal(struct collecting *c, const char *path)
{
    struct stat st;
    struct source *source = NEW(c->request->sink->arena, struct source);
    source->name = source->path = str_copy(c->request->sink->arena, str_from(path));
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool regular = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
    if (!regular) {
        diag_report(c->request->sink, DIAG_CANNOT_READ, (struct place){.source = source},
                    NULL, "cannot read the journal: %s",
                    fd < 0 ? strerror(errno) : "it is not a file");
    }
    bool good = regular;
    if (regular && !is_known(c, &st)) {
        struct journal j = {.source = source, .device = st.st_dev, .inode = st.st_ino};
        vec_push(&c->arena, &c->journals, j);
        good = read_lines(c, (uint32_t)c->journals.n, fd);
    }
    if (fd >= 0) {
        close(fd);
    }
    return good;
}

/* --- What is lacking --- */

static str name_of(const struct collecting *c, uint32_t journal)
{
    return journal ? c->journals.v[journal - 1].source->name : STR_NONE;
}

static void tell(struct collecting *c, struct bulk_finding finding)
{
    c->request->tell(c->request->user, &finding);
}

/* With a shard's journal its number of records is missing, too: then all of the data are
 * taken to be meant. */
static void look_at_journals(struct collecting *c, bool *unknown)
{
    bool *seen = NEW_ARRAY(&c->arena, bool, c->shards + 1);
    for (size_t i = 0; i < c->journals.n; i++) {
        const struct journal *j = &c->journals.v[i];
        *unknown = *unknown || j->unplanned;
        seen[j->shard <= c->shards ? j->shard : 0] = true;
        if (!str_is(j->end, "done")) {
            tell(c, (struct bulk_finding){.lack = BULK_LACK_END, .status = j->end,
                                          .journal = j->source->name});
        }
    }
    for (uint32_t k = 1; k <= c->shards; k++) {
        if (!seen[k]) {
            tell(c, (struct bulk_finding){.lack = BULK_LACK_SHARD, .number = k});
            *unknown = true;
        }
    }
}

/* What the journals were for, each shard once. */
static uint64_t count_planned(struct collecting *c)
{
    uint64_t *planned = NEW_ARRAY(&c->arena, uint64_t, c->shards + 1), sum = 0;
    for (size_t i = 0; i < c->journals.n; i++) {
        const struct journal *j = &c->journals.v[i];
        uint64_t *p = &planned[j->shard <= c->shards ? j->shard : 0];
        *p = j->planned > *p ? j->planned : *p;
    }
    for (uint32_t k = 0; k <= c->shards; k++) {
        sum += planned[k];
    }
    return sum;
}

static void tell_failure(struct collecting *c, uint64_t number, const struct failure *f)
{
    tell(c, (struct bulk_finding){
        .lack = BULK_LACK_FAILED, .number = number, .last = number, .key = f->key,
        .status = f->status, .journal = name_of(c, f->journal), .line = f->line});
}

static void look_at_records(struct collecting *c)
{
    struct bulk_collected *to = c->to;
    uint64_t from = 0;
    bool all = to->planned == c->n_records;
    for (uint64_t i = 1; i <= c->n_records; i++) {
        const struct record *r = &c->records[i];
        bool missing = !r->journal && !r->failed;
        to->done += r->journal != 0;
        to->pages += r->journal ? r->pages : 0;
        to->bytes += r->journal ? r->bytes : 0;
        if (!r->journal && r->failed) {
            to->failed++;
            tell_failure(c, i, &c->failures.v[r->failed - 1]);
        }
        from = missing && !from ? i : from;
        bool last = from && (!missing || i == c->n_records);
        if (last && all) {
            tell(c, (struct bulk_finding){.lack = BULK_LACK_RECORDS, .number = from,
                                          .last = missing ? i : i - 1});
        }
        from = last ? 0 : from;
    }
    for (size_t i = 0; i < c->doubles.n; i++) {
        const struct double_ *d = &c->doubles.v[i];
        tell(c, (struct bulk_finding){
            .lack = BULK_LACK_DOUBLED, .number = d->number, .last = d->number,
            .journal = name_of(c, d->journal), .line = d->line,
            .other = name_of(c, d->other), .other_line = d->other_line,
            .alike = d->alike});
    }
    to->doubled = c->doubles.n;
    uint64_t met = to->done + to->failed;
    to->missing = to->planned > met ? to->planned - met : 0;
}

static bool look(struct collecting *c)
{
    struct bulk_collected *to = c->to;
    bool unknown = false;
    to->journals = c->journals.n;
    to->shards = c->shards;
    to->records = c->n_records;
    look_at_journals(c, &unknown);
    to->planned = unknown ? c->n_records : count_planned(c);
    look_at_records(c);
    return unknown || to->missing || to->failed || to->doubled;
}

int bulk_collect(const struct bulk_collect_request *request,
                 struct bulk_collected *collected)
{
    struct collecting c = {.request = request, .to = collected};
    bool good = true;
    *collected = (struct bulk_collected){0};
    arena_init(&c.arena);
    for (size_t i = 0; i < request->n; i++) {
        good = read_journal(&c, request->paths[i]) && good;
    }
    if (good && !c.first) {
        diag_report(request->sink, DIAG_BAD_DATA, PLACE_NONE,
                    "name the files that `--report` wrote", "no journal holds a run");
        good = false;
    }
    bool lacks = good && look(&c);
    arena_done(&c.arena);
    int status = diag_exit_status(request->sink);
    return status ? status : lacks ? STATUS_LACKING : 0;
}
