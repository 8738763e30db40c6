# infonote: one Makefile, sources found by wildcard, everything built under build/.
B      ?= build
CC     ?= gcc
PKGS   := harfbuzz harfbuzz-subset fribidi yaml-0.1 libcmark-gfm libdeflate
STRICT := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wconversion
CFLAGS ?= -O2 -g
XCFLAGS := -std=c17 -D_GNU_SOURCE -Isrc -Iinclude $(STRICT) -MMD -MP \
           -isystem /usr/include/harfbuzz -isystem /usr/include/fribidi
LIBS   := -lharfbuzz-subset -lharfbuzz -lfribidi -lunistring -lcmark-gfm-extensions \
          -lcmark-gfm -lyaml -lhpdf -ldeflate -lm

LIB_C  := $(sort $(wildcard src/*.c src/base/*.c src/yaml/*.c src/note/*.c src/style/*.c \
            src/text/*.c src/tree/*.c src/page/*.c src/flow/*.c src/pdf/*.c))
LIB_O  := $(LIB_C:%.c=$B/%.o)
UNIT_C := $(sort $(wildcard tests/unit/test_*.c))
UNIT   := $(UNIT_C:tests/unit/%.c=$B/unit/%)

$B/libinfonote.a: $(LIB_O)
	@rm -f $@; ar rcs $@ $^

$B/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(XCFLAGS) $(CFLAGS) -c -o $@ $<

$B/unit/%: tests/unit/%.c $B/libinfonote.a
	@mkdir -p $(@D)
	$(CC) $(XCFLAGS) $(CFLAGS) -Itests/unit -o $@ $< $B/libinfonote.a $(LDFLAGS) -lcmocka $(LIBS)

unit: $(UNIT)
	@for t in $(UNIT); do $$t || exit 1; done

-include $(shell find $B -name '*.d' 2>/dev/null)
.PHONY: unit
