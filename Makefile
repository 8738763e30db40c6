# infonote: one Makefile, not recursive over folders; sources are found by wildcard and
# everything is built under build/. `make help` lists what it can do.
#
# Assumed: GNU make, gcc or clang, pkg-config, and the packages of .ci/packages, which
# `make demo` and `make test` install on a Debian where they are missing.
# CFLAGS and LDFLAGS are the user's; what the project itself needs is in XCFLAGS.
# B names the folder of a build, so that variants (sanitizers, clang) live side by side.

B       ?= build
V       ?=
WERROR  ?=
SAN     ?=
ifeq ($(origin CC),default)
CC      := gcc
endif
PYTHON  ?= /usr/bin/python3
CFLAGS  ?= -O2 -g
JOBS    ?= $(shell nproc 2>/dev/null || echo 1)
# Of tests that often wait (for a server, a limit of time), one more at once.
WAITING ?= $(shell expr $(JOBS) + 1)

prefix     ?= /usr/local
bindir     ?= $(prefix)/bin
libdir     ?= $(prefix)/lib
libexecdir ?= $(prefix)/libexec
includedir ?= $(prefix)/include
datadir    ?= $(prefix)/share
mandir     ?= $(datadir)/man
DESTDIR    ?=

VERSION := $(shell sed -n 's/^#define INFONOTE_VERSION "\(.*\)"/\1/p' include/infonote.h)
ABI     := $(firstword $(subst ., ,$(VERSION)))

# --- what is built from what -------------------------------------------------------

STAGES    := base yaml data note style image text tree screen page flow pdf
LIB_C     := $(sort $(wildcard src/*.c $(STAGES:%=src/%/*.c)))
PROGRAM_C := $(sort $(wildcard src/bulk/*.c src/cli/*.c))
UNIT_C    := $(sort $(wildcard tests/unit/test_*.c))
# Those of infonote-mail need its libraries; without them it is not built.
MAIL_UNIT_C := $(filter tests/unit/test_mail_%,$(UNIT_C))
EXAMPLE_Y := $(sort $(wildcard examples/*.yaml))
EXAMPLE_C := $(sort $(wildcard examples/*.c))

SVG_C     := $(sort $(wildcard src/svg/*.c))
EXTRACT_C := $(sort $(wildcard src/extract/*.c))
QUERY_C   := $(sort $(wildcard src/query/*.c))
MAIL_C    := $(sort $(wildcard src/mail/*.c))
PREFLIGHT_C := $(sort $(wildcard src/preflight/*.c))

# What draws SVG needs more than all the rest; without its libraries it is not built, and
# notes with drawings are refused.
SVG_PKG   := librsvg-2.0 libqpdf fontconfig libxml-2.0
PREFLIGHT_PKG := libqpdf libxml-2.0
# What makes messages.
MAIL_PKG  := gmime-3.0 libidn2 libcurl libqpdf libcrypto
HELPERS   := $(if $(shell pkg-config --exists $(SVG_PKG) && echo yes),$B/infonote-svg) \
             $(if $(shell pkg-config --exists libqpdf && echo yes),$B/infonote-extract) \
             $(if $(shell pkg-config --exists sqlite3 && echo yes),$B/infonote-query) \
             $(if $(shell pkg-config --exists $(MAIL_PKG) && echo yes),$B/infonote-mail) \
             $(if $(shell pkg-config --exists $(PREFLIGHT_PKG) && echo yes),$B/infonote-preflight)
# SQLite, and PostgreSQL where it is.
QUERY_PKG := sqlite3 $(shell pkg-config --exists libpq && echo libpq)

LIB_O     := $(LIB_C:%.c=$B/%.o)
PROGRAM_O := $(PROGRAM_C:%.c=$B/%.o)
SVG_O     := $(SVG_C:%.c=$B/%.o)
EXTRACT_O := $(EXTRACT_C:%.c=$B/%.o)
QUERY_O   := $(QUERY_C:%.c=$B/%.o)
MAIL_O    := $(MAIL_C:%.c=$B/%.o)
PREFLIGHT_O := $(PREFLIGHT_C:%.c=$B/%.o)
MAIL_UNIT := $(MAIL_UNIT_C:tests/unit/%.c=$B/unit/%)
UNIT      := $(filter-out $(if $(filter %-mail,$(HELPERS)),,$(MAIL_UNIT)),\
             $(UNIT_C:tests/unit/%.c=$B/unit/%))
EXAMPLES  := $(EXAMPLE_Y:examples/%.yaml=$B/examples/%.pdf) \
             $(EXAMPLE_C:examples/%.c=$B/examples/%)
SHARED    := libinfonote.so.$(VERSION)

# --- flags -------------------------------------------------------------------------

STRICT  := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wconversion \
           -Wmissing-prototypes -Wvla
# Other people's headers are system headers: their warnings are not ours.
PKG_INC := $(patsubst -I%,-isystem %,$(sort \
           $(shell pkg-config --cflags-only-I harfbuzz fribidi 2>/dev/null)))
SVG_INC = $(patsubst -I%,-isystem %,$(filter -I%,$(shell pkg-config --cflags $(SVG_PKG))))
# -fPIC for everything: one set of objects serves the program and both libraries.
XCFLAGS  = -std=c17 -D_GNU_SOURCE -Isrc -Iinclude $(PKG_INC) $(STRICT) \
           -fPIC -fno-semantic-interposition -ffile-prefix-map=$(CURDIR)=. \
           $(if $(SAN),-fsanitize=$(SAN) -fno-sanitize-recover=all -fno-omit-frame-pointer)
XLDFLAGS = -Wl,--as-needed $(if $(SAN),-fsanitize=$(SAN))
DATA     = -DINFONOTE_DATA_DIR='"$(datadir)/infonote"'

# The program takes these from archives where the system has them: a library less to
# find, relocate and bind is time at every start (tests/bench/README.md has figures).
MAYBE_STATIC := fribidi unistring cmark-gfm-extensions cmark-gfm yaml csv jansson deflate jpeg
STATIC = $(eval STATIC := $(shell for l in $(MAYBE_STATIC); do \
           f=$$($(CC) -print-file-name=lib$$l.a); \
           if test -f "$$f"; then echo "-l:lib$$l.a"; else echo "-l$$l"; fi; done))$(STATIC)
DYNAMIC := -lharfbuzz-subset -lharfbuzz -lhpdf -lpng -lm
LIBS     = $(STATIC) $(DYNAMIC)

# Shows "CC file" instead of the command; V=1 shows the command, -s nothing.
SILENT := $(findstring s,$(firstword -$(MAKEFLAGS)))
show = $(if $V,,@$(if $(SILENT),,printf '  %-7s %s\n' '$1' '$2';))

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SECONDARY:
FORCE:

# --- the program and the library ---------------------------------------------------

all: $B/infonote $B/libinfonote.a $(HELPERS) ## the program and the library

# Rewritten when the flags change, so that what depends on it is built again.
$B/flags: FORCE
	@mkdir -p $B
	@echo "$(subst ",\",$(CC) $(XCFLAGS) $(DATA) $(CFLAGS) $(LDFLAGS))" >$@.$$$$; \
	if cmp -s $@.$$$$ $@; then rm $@.$$$$; else mv $@.$$$$ $@; fi

# DATA concerns two places only: the library's own file, and the commands.
data_for = $(if $(filter $B/src/infonote.o $(PROGRAM_O),$1),$(DATA))

$B/%.o: %.c $B/flags
	@mkdir -p $(@D)
	$(call show,CC,$@)$(CC) $(XCFLAGS) $(call data_for,$@) $(if $(WERROR),-Werror) \
	    $(CFLAGS) -MMD -MP -c -o $@ $<

$B/libinfonote.a: $(LIB_O)
	$(call show,AR,$@)rm -f $@ && ar rcs $@ $^

# Everything of the program but its main, for the unit tests of the commands.
$B/libcommands.a: $(filter-out $B/src/cli/main.o,$(PROGRAM_O))
	$(call show,AR,$@)rm -f $@ && ar rcs $@ $^

# Everything of infonote-mail but its main, for its unit tests.
$B/libmail.a: $(filter-out $B/src/mail/main.o,$(MAIL_O))
	$(call show,AR,$@)rm -f $@ && ar rcs $@ $^

$B/infonote: $(PROGRAM_O) $B/libinfonote.a
	$(call show,LINK,$@)$(CC) $(CFLAGS) $(XLDFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$B/infonote-svg: $(SVG_O) $B/libinfonote.a
	$(call show,LINK,$@)$(CC) $(CFLAGS) $(XLDFLAGS) $(LDFLAGS) -o $@ $^ \
	    $(shell pkg-config --libs $(SVG_PKG)) -lm

$B/infonote-extract: $(EXTRACT_O) $B/libinfonote.a
	$(call show,LINK,$@)$(CC) $(CFLAGS) $(XLDFLAGS) $(LDFLAGS) -o $@ $^ \
	    $(shell pkg-config --libs libqpdf) -lm

$B/infonote-query: $(QUERY_O) $B/libinfonote.a
	$(call show,LINK,$@)$(CC) $(CFLAGS) $(XLDFLAGS) $(LDFLAGS) -o $@ $^ \
	    $(shell pkg-config --libs $(QUERY_PKG)) -lcsv -lm

$B/infonote-mail: $(MAIL_O) $B/libcommands.a $B/libinfonote.a
	$(call show,LINK,$@)$(CC) $(CFLAGS) $(XLDFLAGS) $(LDFLAGS) -o $@ $^ \
	    $(shell pkg-config --libs $(MAIL_PKG)) $(LIBS)

$B/src/mail/%.o: XCFLAGS += $(patsubst -I%,-isystem %,$(filter -I%,$(shell \
    pkg-config --cflags $(MAIL_PKG))))

$B/infonote-preflight: $(PREFLIGHT_O) $B/libinfonote.a
	$(call show,LINK,$@)$(CC) $(CFLAGS) $(XLDFLAGS) $(LDFLAGS) -o $@ $^ \
	    $(shell pkg-config --libs $(PREFLIGHT_PKG)) $(LIBS)

$B/src/svg/%.o: XCFLAGS += $(SVG_INC)
$B/src/preflight/%.o: XCFLAGS += $(patsubst -I%,-isystem %,$(filter -I%,$(shell \
    pkg-config --cflags $(PREFLIGHT_PKG))))
$B/src/query/%.o: XCFLAGS += $(if $(filter libpq,$(QUERY_PKG)),-DQUERY_POSTGRES \
    $(patsubst -I%,-isystem %,$(filter -I%,$(shell pkg-config --cflags libpq))))

$B/$(SHARED): $(LIB_O) src/infonote.map
	$(call show,LINK,$@)$(CC) $(CFLAGS) $(XLDFLAGS) $(LDFLAGS) -shared -o $@ $(LIB_O) \
	    -Wl,-soname,libinfonote.so.$(ABI) -Wl,--version-script=src/infonote.map \
	    $(MAYBE_STATIC:%=-l%) $(DYNAMIC)

$B/infonote.pc: include/infonote.h $B/flags
	@printf '%s\n' 'prefix=$(prefix)' 'libdir=$(libdir)' 'includedir=$(includedir)' '' \
	    'Name: infonote' 'Description: notes in YAML to PDF' 'Version: $(VERSION)' \
	    'Cflags: -I$${includedir}' 'Libs: -L$${libdir} -linfonote' \
	    'Libs.private: $(MAYBE_STATIC:%=-l%) $(DYNAMIC)' >$@

# --- what a newcomer runs ----------------------------------------------------------

DEMO := $B/demo/information-note.pdf

demo: ## installs what is missing, builds, renders a note, says where it is
	@.ci/install build
	@$(MAKE) --no-print-directory -j$(JOBS) $B/infonote
	@mkdir -p $B/demo
	@start=$$(date +%s%N); $B/infonote render -o $(DEMO) examples/information-note.yaml \
	    && ms=$$((($$(date +%s%N) - start) / 1000000)) \
	    && pages=$$($B/infonote dump --stage pages examples/information-note.yaml \
	        | grep -c '^page ') \
	    && printf '%s: %s pages, %s bytes, made in %s ms\n' $(DEMO) "$$pages" \
	        "$$(stat -c %s $(DEMO))" "$$ms"

examples: $(EXAMPLES) ## renders every note of examples/, builds its programs

$B/examples/%.pdf: examples/%.yaml $B/infonote $(HELPERS)
	@mkdir -p $(@D)
	$(call show,RENDER,$@)$B/infonote render -o $@ $<

$B/examples/%: examples/%.c $B/libinfonote.a
	@mkdir -p $(@D)
	$(call show,LINK,$@)$(CC) -std=c17 -Iinclude $(STRICT) $(if $(WERROR),-Werror) \
	    $(CFLAGS) $(XLDFLAGS) $(LDFLAGS) -o $@ $< $B/libinfonote.a $(LIBS)

# --- tests -------------------------------------------------------------------------

test: ## installs what the tests need, then runs all of them; the last line counts
	@.ci/install build test
	@$(PYTHON) tests/run --build $B --jobs $(JOBS)

unit: $(UNIT) $(HELPERS) ## the unit tests
	@$(PYTHON) tests/unit/run $(UNIT)

golden: $B/infonote $(HELPERS) ## the fixtures of tests/golden against what should come out
	@$(PYTHON) tests/golden/run --program $B/infonote $T

bless: $B/infonote $(HELPERS) ## T=topic/name [KIND=pages] [YES=1]: shows the difference, replaces
	@$(PYTHON) tests/golden/run --program $B/infonote --bless \
	    $(if $(KIND),--as $(KIND)) $(if $(YES),--yes) $T

e2e: $B/infonote $(HELPERS) $(EXAMPLE_C:examples/%.c=$B/examples/%) ## the program judged from outside
	@INFONOTE=$(abspath $B/infonote) $(PYTHON) tests/e2e/run --jobs $(WAITING) $T

locale: $B/infonote $B/locale.so $(UNIT) ## unit, golden and e2e where 1.5 is 1,5
	@$(PYTHON) tests/locale/run --build $B --jobs $(WAITING) $(UNIT)

asan: $B/infonote ## unit, golden, e2e and seeds under the address and undefined sanitizers
	@INFONOTE_FIRST=$(abspath $B/infonote) $(MAKE) --no-print-directory B=$B/asan \
	    SAN=address,undefined CFLAGS='-Og -g1' WERROR= suites

# In turn, whatever -j says, and all of them even when one fails.
suites: $B/infonote $(HELPERS) $(UNIT)
	@failed=0; for suite in unit golden e2e seeds; do \
	    INFONOTE_SUITE="$(notdir $B) $$suite" $(MAKE) --no-print-directory $$suite \
	        || failed=1; \
	done; exit $$failed

coverage: ## lines and functions of src/ that unit, golden, e2e and seeds do not run; LINES=1 names them
	@rm -rf $B/coverage
	@$(MAKE) --no-print-directory -j$(JOBS) B=$B/coverage CFLAGS='-O1 -g --coverage' \
	    LDFLAGS=--coverage WERROR= suites
	@$(PYTHON) tests/coverage/report $(if $(LINES),--lines) $B/coverage

ubsan: asan ## the same run as asan

clang: ## everything built by clang, and its unit tests
	@$(MAKE) --no-print-directory B=$B/clang CC=clang CFLAGS=-O1 WERROR=1 all unit

analyze: ## clang's static analysis of the sources
	@$(PYTHON) tests/lint/analyze $(XCFLAGS) -- $(LIB_C) $(PROGRAM_C)

lint: ## layers, sizes, names and forms of the sources
	@$(PYTHON) tests/lint/run --cc "$(CC)" -- $(XCFLAGS)

bench: $B/infonote $B/bench/tagging $B/bench/warm ## time and memory of the notes, beside the peers installed
	@$(PYTHON) tests/bench/run --program $B/infonote --build $B/bench

$B/bench/tagging $B/bench/warm: $B/bench/%: tests/bench/%.c include/infonote.h $B/libinfonote.a
	@mkdir -p $(@D)
	$(call show,LINK,$@)$(CC) -std=c17 -D_GNU_SOURCE -Iinclude $(STRICT) $(if $(WERROR),-Werror) \
	    $(CFLAGS) $(XLDFLAGS) $(LDFLAGS) -o $@ $< $B/libinfonote.a $(LIBS)

bench-bulk: $B/infonote ## notes a second from records beside warm peers, memory, a million records
	@$(PYTHON) tests/bench/bulk --program $B/infonote --build $B/bench $(BULK)

bench-pages: $B/infonote ## how time grows with pages, 25 to 500, in one column and in two
	@$(PYTHON) tests/bench/pages --program $B/infonote --build $B/bench

bench-mail: $B/infonote $(HELPERS) ## messages a second: files, mailboxes, sealed, sent; RECORDS=1000
	@$(PYTHON) tests/bench/mail --program $B/infonote --records $(or $(RECORDS),1000)

bench-peers: ## fetches the peers that come by npm, into build/bench
	@$(PYTHON) tests/bench/get-peers --build $B/bench

fresh: ## as root: `make demo` and .ci/run of HEAD in a bare Debian (slow; network)
	@tests/fresh/run $(abspath $B/fresh)

# Not every test uses all of a fixture that several share, hence no-unused-function.
# `/* link: -lhyphen */` in the first lines of a test names libraries it needs besides.
link_of = $(shell sed -n '1,10s@.*link: *\(.*[^ ]\) *\*/.*@\1@p' $1)

$B/unit/%: tests/unit/%.c tests/unit/assertions.h $B/libcommands.a $B/libinfonote.a
	@mkdir -p $(@D)
	$(call show,LINK,$@)$(CC) $(XCFLAGS) $(if $(WERROR),-Werror) $(CFLAGS) -MMD -MP \
	    -Wno-unused-function -Itests/unit $(XLDFLAGS) $(LDFLAGS) -o $@ $< \
	    $(filter %/libmail.a,$^) $B/libcommands.a $B/libinfonote.a \
	    -lcmocka $(call link_of,$<) $(LIBS)

$(MAIL_UNIT): $B/libmail.a

$B/locale.so: tests/locale/preload.c
	@mkdir -p $(@D)
	$(call show,LINK,$@)$(CC) -std=c17 -fPIC -shared $(CFLAGS) -o $@ $<

# --- random notes, hostile notes, fuzzing ----------------------------------------------

FUZZ   := note markdown layout screen
SEEDED  = $(FUZZ:%=$B/fuzz/replay_%)
N      ?= 150

random: $B/infonote $B/random/render $B/random/settings ## N=150 random notes, judged from their PDFs
	@$(PYTHON) tests/random/run --build $B --notes $(N) --jobs $(JOBS) \
	    $(if $(SEED),--seed $(SEED))

spacing: $B/infonote ## how even the lines of 24 pages of prose are, beside other typesetters
	@$(PYTHON) tests/quality/spacing --program $B/infonote --build $B/quality \
	    $(if $(TEXT),--text $(TEXT) --lang $(or $(TEXT_LANG),en-US)) \
	    $(if $(FONT),--font $(FONT)) $(if $(WIDTH),--width $(WIDTH))

sheet: $B/infonote $(HELPERS) ## three notes beside other typesetters, as pictures in build/sheet
	@$(PYTHON) tests/quality/sheet --program $B/infonote --build $B

quality: $B/infonote $B/random/render $B/random/settings ## N=10000: the same, for long
	@$(PYTHON) tests/random/run --build $B --notes $(if $(filter file,$(origin N)),10000,$N) \
	    --jobs $(JOBS) $(if $(SEED),--seed $(SEED))

tags: $B/infonote $(HELPERS) ## structure, metadata, fonts and reading order of the same, without Java
	@$(PYTHON) tests/conformance/tags --program $B/infonote --folder $B/tags \
	    --notes $(or $(NOTES),40) --jobs $(JOBS) $(if $(SEED),--seed $(SEED))

conformance: $B/infonote $(HELPERS) ## NOTES=500 random notes and all others, judged by veraPDF
	@$(PYTHON) tests/conformance/run --program $B/infonote --folder $B/conformance \
	    --notes $(or $(NOTES),500) --jobs $(JOBS) $(if $(BRIEF),--brief) \
	    $(if $(SEED),--seed $(SEED))

cluster-test: $B/infonote ## RECORDS=12000 by an array of tasks on a Slurm that it starts; one is killed
	@$(if $(BRIEF),,.ci/install servers || true)
	@$(PYTHON) tests/cluster/run --program $B/infonote --records $(or $(RECORDS),12000)

bulk-faults: $B/infonote ## TIMES=100 bulk runs killed at random moments, and resumed; SEED=n
	@$(PYTHON) tests/faults/run --program $B/infonote --times $(or $(TIMES),100) \
	    $(if $(SEED),--seed $(SEED))

mail-test: $B/infonote $(HELPERS) ## RECORDS=1000 messages through a Postfix that it starts; stopped in the middle
	@$(if $(BRIEF),,.ci/install servers || true)
	@$(PYTHON) tests/mail/run --program $B/infonote --records $(or $(RECORDS),1000)

hostile: $B/infonote ## notes that want too much, under limits of time and memory
	@$(PYTHON) tests/hostile/run --program $B/infonote $T

seeds: $(SEEDED) ## the fuzzers' seeds, without a fuzzer
	@INFONOTE_DATA=$(CURDIR) $(PYTHON) tests/fuzz/run --build $B $(FUZZ)

fuzz: ## SECONDS=60 for each fuzz target; needs clang, libclang-rt-14-dev
	@$(MAKE) --no-print-directory B=$B/fuzzers CC=clang SAN=address,undefined WERROR= \
	    CFLAGS='-O1 -g -fsanitize=fuzzer-no-link' fuzzers
	@INFONOTE_DATA=$(CURDIR) $(PYTHON) tests/fuzz/run --build $B --fuzz $(or $(SECONDS),60) \
	    $(or $T,$(FUZZ))

fuzzers: $(FUZZ:%=$B/fuzz_%)

$B/fuzz_%: tests/fuzz/fuzz_%.c tests/fuzz/fuzz.h $B/libinfonote.a
	@mkdir -p $(@D)
	$(call show,LINK,$@)$(CC) $(XCFLAGS) $(CFLAGS) $(XLDFLAGS) -fsanitize=fuzzer \
	    $(LDFLAGS) -o $@ $< $B/libinfonote.a $(LIBS)

$B/fuzz/replay_%: tests/fuzz/fuzz_%.c tests/fuzz/replay.c tests/fuzz/fuzz.h $B/libinfonote.a
	@mkdir -p $(@D)
	$(call show,LINK,$@)$(CC) $(XCFLAGS) $(if $(WERROR),-Werror) $(CFLAGS) \
	    $(XLDFLAGS) $(LDFLAGS) -o $@ $< tests/fuzz/replay.c $B/libinfonote.a $(LIBS)

$B/random/render: tests/random/render.c include/infonote.h $B/libinfonote.a
	@mkdir -p $(@D)
	$(call show,LINK,$@)$(CC) -std=c17 -D_GNU_SOURCE -Iinclude $(STRICT) $(if $(WERROR),-Werror) \
	    $(CFLAGS) $(XLDFLAGS) $(if $(SAN),-fsanitize=$(SAN)) $(LDFLAGS) -o $@ $< \
	    $B/libinfonote.a $(LIBS)

$B/random/settings: tests/random/settings.c $B/libinfonote.a
	@mkdir -p $(@D)
	$(call show,LINK,$@)$(CC) $(XCFLAGS) $(if $(WERROR),-Werror) $(CFLAGS) $(XLDFLAGS) \
	    $(LDFLAGS) -o $@ $< $B/libinfonote.a $(LIBS)

# --- install -----------------------------------------------------------------------

MAN    := $(sort $(wildcard docs/*.[1-8] docs/man/*.[1-8]))
MANDIR  = $(DESTDIR)$(mandir)/man
SHARE   = $(DESTDIR)$(datadir)/infonote

install: all $B/$(SHARED) $B/infonote.pc ## into prefix (/usr/local), below DESTDIR
	install -d $(DESTDIR)$(bindir) $(DESTDIR)$(libdir)/pkgconfig \
	    $(DESTDIR)$(includedir) $(SHARE)/layouts $(SHARE)/fonts
	install -m 755 $B/infonote $(DESTDIR)$(bindir)
	$(if $(HELPERS),install -D -m 755 -t $(DESTDIR)$(libexecdir)/infonote $(HELPERS))
	install -m 644 $B/libinfonote.a $(DESTDIR)$(libdir)
	install -m 755 $B/$(SHARED) $(DESTDIR)$(libdir)
	ln -sf $(SHARED) $(DESTDIR)$(libdir)/libinfonote.so.$(ABI)
	ln -sf libinfonote.so.$(ABI) $(DESTDIR)$(libdir)/libinfonote.so
	install -m 644 include/infonote.h $(DESTDIR)$(includedir)
	install -m 644 $B/infonote.pc $(DESTDIR)$(libdir)/pkgconfig
	install -m 644 $(wildcard layouts/*.yaml) $(SHARE)/layouts
	install -m 644 $(wildcard fonts/*.yaml) $(SHARE)/fonts
	$(foreach m,$(MAN),install -D -m 644 $m \
	    $(MANDIR)$(patsubst .%,%,$(suffix $m))/$(notdir $m) &&) true

uninstall: ## what install put there
	rm -f $(DESTDIR)$(bindir)/infonote $(DESTDIR)$(libdir)/libinfonote.* \
	    $(DESTDIR)$(includedir)/infonote.h $(DESTDIR)$(libdir)/pkgconfig/infonote.pc \
	    $(foreach m,$(MAN),$(MANDIR)$(patsubst .%,%,$(suffix $m))/$(notdir $m))
	rm -rf $(SHARE) $(DESTDIR)$(libexecdir)/infonote

dist: ## the sources of HEAD as build/infonote-VERSION.tar.gz
	@mkdir -p $B
	git archive --prefix=infonote-$(VERSION)/ HEAD | gzip -n9 >$B/infonote-$(VERSION).tar.gz

# --- the rest ----------------------------------------------------------------------

format: ## white space: no tabs, no trailing blanks, one newline at the end
	@$(PYTHON) tests/lint/format

clean: ## removes build/
	rm -rf $B

help: ## this list
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/\1\t\2/p' Makefile \
	    | while IFS="$$(printf '\t')" read -r t d; do printf '%-12s %s\n' "$$t" "$$d"; done

.PHONY: FORCE all demo examples test unit golden bless e2e locale asan suites coverage ubsan \
        clang analyze lint random spacing quality tags conformance cluster-test bulk-faults mail-test \
        hostile seeds fuzz fuzzers bench bench-bulk bench-mail bench-pages bench-peers fresh install uninstall dist format \
        clean help

-include $(LIB_O:.o=.d) $(PROGRAM_O:.o=.d) $(SVG_O:.o=.d) $(EXTRACT_O:.o=.d) \
         $(QUERY_O:.o=.d) $(MAIL_O:.o=.d) $(PREFLIGHT_O:.o=.d) $(UNIT:=.d)
