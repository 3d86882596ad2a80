# Catalyst.  `make` builds, `make test` checks everything, `make demo` shows it.
#
#   make [all]            programs into build/debug          MODE=release|asan|tsan|cov
#   make test             what CI runs: unit, conform, pipe, asan, fuzz, bench smoke
#   make unit ROOM=alerter    the unit tests of one room
#   make demo [ONCE=1]    one trading morning against the stand-in market
#   make run              the real thing
#   V=1 shows every command, BUILD= puts the object trees elsewhere
#
# One file for the whole tree: a new .c file in a room is found by itself.

SHELL       := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
MAKEFLAGS   += --no-builtin-rules

MODE  ?= debug
BUILD ?= build
O     := $(BUILD)/$(MODE)
V     ?= 0
Q     := $(if $(filter 0,$(V)),@)
say    = $(if $(filter 0,$(V)),@printf '  %-5s %s\n' '$(1)' '$(2)')

VERSION := 1.0.0
PREFIX  ?= /usr/local

# ---- what to build --------------------------------------------------------------

# A library a room: its folders (flat), without main.c.
ROOMS := common sources ingest enricher collector classifier alerter monitor cli market \
         bench
DIRS_common     := common/base common/wire common/domain
DIRS_sources    := enricher/sources enricher/metrics
DIRS_ingest     := ingest
DIRS_enricher   := enricher
DIRS_collector  := enricher/collector
DIRS_classifier := classifier
DIRS_alerter    := alerter alerter/sinks
DIRS_monitor    := monitor
DIRS_cli        := monitor/cli
DIRS_market     := tests/market
DIRS_bench      := tests/bench

# What a room is linked with besides itself.  Order matters: users before used.
NEEDS_common     :=
NEEDS_sources    := common
NEEDS_ingest     := common
NEEDS_enricher   := sources common
NEEDS_collector  := classifier sources common
NEEDS_classifier := common
NEEDS_alerter    := common
NEEDS_monitor    := common
NEEDS_cli        := monitor ingest sources classifier common
NEEDS_market     := common
NEEDS_bench      := ingest enricher sources classifier common

# program = room whose main.c it is
PROGRAMS := catalyst-ingest=ingest catalyst-enricher=enricher \
            catalyst-collector=collector catalyst-classifier=classifier \
            catalyst-alerter=alerter catalyst-monitor=monitor catalyst=cli \
            market=market bench-peer=bench

sources_of = $(foreach d,$(DIRS_$(1)),$(filter-out %/main.c,$(wildcard $(d)/*.c)))
objects_of = $(patsubst %.c,$(O)/%.o,$(call sources_of,$(1)))
libs_of    = $(foreach r,$(1) $(NEEDS_$(1)),$(O)/lib$(r).a)

# ---- how ------------------------------------------------------------------------

PKGS := libczmq libzmq libcurl msgpack sqlite3 jansson libxml-2.0 libpcre2-8 \
        libmicrohttpd libxxhash
PKG_CFLAGS := $(subst -I,-isystem ,$(shell pkg-config --cflags $(PKGS) 2>/dev/null))
PKG_LIBS   := $(shell pkg-config --libs $(PKGS) 2>/dev/null)
# What only one room is linked with.
LIBS_market := $(shell pkg-config --libs zlib 2>/dev/null)
TEST_LIBS   = $(shell pkg-config --libs check 2>/dev/null)

WARN := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith \
        -Wcast-qual -Wwrite-strings -Wundef -Wvla -Wformat=2 -Wconversion \
        -Wno-sign-conversion -Wno-format-nonliteral -Wno-missing-field-initializers
WERROR ?=
CC     ?= gcc
ifeq ($(origin CC),default)
CC     := gcc
endif

FLAGS_debug   := -O1 -g
FLAGS_release := -O2 -g -DNDEBUG -D_FORTIFY_SOURCE=2 -fstack-protector-strong
FLAGS_asan    := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all \
                 -fno-omit-frame-pointer
FLAGS_tsan    := -O1 -g -fsanitize=thread
FLAGS_cov     := -O0 -g --coverage
FLAGS_fuzz    := -O1 -g -fsanitize=fuzzer-no-link,address,undefined \
                 -fno-sanitize-recover=all -fprofile-instr-generate -fcoverage-mapping
ifeq ($(MODE),fuzz)
CC := clang
endif

CFLAGS_ALL = -std=gnu17 -D_GNU_SOURCE -DCATALYST_VERSION='"$(VERSION)"' -I. -Icommon \
             -include common/base/banned.h $(WARN) $(WERROR) $(FLAGS_$(MODE)) \
             $(PKG_CFLAGS) $(CFLAGS)
LDFLAGS_ALL = $(FLAGS_$(MODE)) -rdynamic $(LDFLAGS)

$(O)/%.o: %.c
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

define room_rules
$(O)/lib$(1).a: $(call objects_of,$(1))
	$$(call say,AR,$$(@F))
	@mkdir -p $$(@D)
	$$(Q)rm -f $$@ && ar rcs $$@ $$^
endef
$(foreach r,$(ROOMS),$(eval $(call room_rules,$(r))))

define program_rules
$(O)/bin/$(1): $(O)/$(firstword $(DIRS_$(2)))/main.o $(call libs_of,$(2))
	$$(call say,LD,$$(@F))
	@mkdir -p $$(@D)
	$$(Q)$$(CC) $$(LDFLAGS_ALL) -o $$@ $$^ $$(PKG_LIBS) $(LIBS_$(2)) -lm
BINS += $(O)/bin/$(1)
endef
program = $(word 1,$(subst =, ,$(1)))
room    = $(word 2,$(subst =, ,$(1)))
# Only rooms that have a main.c yet.
$(foreach p,$(PROGRAMS),$(if $(wildcard $(firstword $(DIRS_$(call room,$(p))))/main.c),\
  $(eval $(call program_rules,$(call program,$(p)),$(call room,$(p))))))

.PHONY: all release check unit conform corpus pipe asan fuzz bench lint install clean demo \
        test run
all: $(BINS)
release:
	$(Q)$(MAKE) --no-print-directory MODE=release all

# ---- unit tests: tests/unit/<room>/*_test.c, one runner a room -----------------------

ROOM ?= $(patsubst tests/unit/%,%,$(wildcard tests/unit/*))
UNIT_ROOMS := $(patsubst tests/unit/%,%,$(wildcard tests/unit/*))

# The runner's table of suites is written from the file names: every x_test.c has
# `Suite *x_suite(void)`.
define unit_rules
$(O)/tests/unit/$(1)/suites.c: $(wildcard tests/unit/$(1)/*_test.c) tests/unit.awk
	@mkdir -p $$(@D)
	$$(Q)printf '%s\n' $(notdir $(wildcard tests/unit/$(1)/*_test.c)) | \
	    awk -f tests/unit.awk > $$@
$(O)/tests/unit/$(1)/suites.o: $(O)/tests/unit/$(1)/suites.c
	$$(Q)$$(CC) $$(CFLAGS_ALL) -c -o $$@ $$<
$(O)/tests/unit-$(1): $(patsubst %.c,$(O)/%.o,$(wildcard tests/unit/$(1)/*.c)) \
    $(O)/tests/unit/$(1)/suites.o $(call libs_of,$(1))
	$$(call say,LD,$$(@F))
	$$(Q)$$(CC) $$(LDFLAGS_ALL) -o $$@ $$^ $$(PKG_LIBS) $(LIBS_$(1)) $$(TEST_LIBS) -lm
endef
$(foreach r,$(UNIT_ROOMS),$(eval $(call unit_rules,$(r))))

unit: $(foreach r,$(ROOM),$(O)/tests/unit-$(r))
	$(Q)tests/run-unit $(foreach r,$(ROOM),$(O)/tests/unit-$(r))

# ---- conformance: cases as data, run where the cases are ------------------------------

CONFORM_LIBS := ingest classifier alerter collector sources common
$(O)/tests/conform-run: $(patsubst %.c,$(O)/%.o,$(wildcard tests/conform/*.c)) \
    $(foreach r,$(CONFORM_LIBS),$(O)/lib$(r).a)
	$(call say,LD,$(@F))
	$(Q)$(CC) $(LDFLAGS_ALL) -o $@ $^ $(PKG_LIBS) -lm

conform: $(O)/tests/conform-run
	$(Q)$<

# ---- captures: every recorded document against what is known of it ------------------------

corpus: $(O)/bin/catalyst
	$(Q)BIN=$(O)/bin tests/corpus

# ---- pipeline: the real programs, the stand-in market, a story each --------------------

pipe: all
	$(Q)BIN=$(O)/bin tests/run-pipe $(STORY)

# One after another, however many jobs make may run: the stories want the machine.  What
# follows a part that failed is told as well.
check:
	$(Q)failed=0; for part in unit conform corpus pipe; do \
	    $(MAKE) --no-print-directory $$part || failed=1; done; exit $$failed

asan:
	$(Q)$(MAKE) --no-print-directory MODE=asan check

# ---- fuzzing: one target a parser, from our seeds ---------------------------------------

FUZZERS := $(patsubst tests/fuzz/%_fuzz.c,%,$(wildcard tests/fuzz/*_fuzz.c))
FUZZ_S  ?= 10
# "links: room" in the target's head says whose library it needs.
fuzz_room = $(shell sed -n 's/.*links: *\([a-z]*\).*/\1/p' tests/fuzz/$(1)_fuzz.c)
define fuzz_rules
$(O)/fuzz/$(1): $(O)/tests/fuzz/$(1)_fuzz.o $(call libs_of,$(call fuzz_room,$(1)))
	$$(call say,LD,$$(@F))
	@mkdir -p $$(@D)
	$$(Q)$$(CC) -fsanitize=fuzzer $$(LDFLAGS_ALL) -o $$@ $$^ $$(PKG_LIBS) -lm
endef
ifeq ($(MODE),fuzz)
$(foreach f,$(FUZZERS),$(eval $(call fuzz_rules,$(f))))
endif

.PHONY: fuzzers
fuzzers: $(foreach f,$(FUZZERS),$(O)/fuzz/$(f))
fuzz:
	$(Q)$(MAKE) --no-print-directory MODE=fuzz fuzzers
	$(Q)tests/run-fuzz $(BUILD)/fuzz/fuzz $(FUZZ_S) $(or $(ONLY),$(FUZZERS))

# ---- benchmarks: ratios within one run, never a verdict on time --------------------------

BENCH ?= cold
bench: release
	$(Q)BIN=$(BUILD)/release/bin tests/bench/run $(BENCH)

# ---- style ---------------------------------------------------------------------------

C_FILES  = $(shell git ls-files '*.c' '*.h')
SH_FILES = $(shell git ls-files | xargs grep -lE '^\#!.*\b(ba)?sh' 2>/dev/null)
lint:
	$(Q)clang-format --dry-run -Werror $(C_FILES)
	$(Q)shellcheck $(SH_FILES)
	$(Q)tests/style
	$(Q)tests/docs

# ---- for people -------------------------------------------------------------------------

.PHONY: bootstrap test-all
bootstrap:
	$(Q)deploy/bootstrap

# The packages may just have been installed: read the Makefile again.
test: bootstrap
	$(Q)$(MAKE) --no-print-directory test-all
test-all:
	$(Q)$(MAKE) --no-print-directory all
	$(Q)BUILD=$(BUILD) MAKE="$(MAKE)" tests/run-all

demo: bootstrap
	$(Q)$(MAKE) --no-print-directory all
	$(Q)BIN=$(O)/bin ONCE=$(ONCE) deploy/demo

run: bootstrap
	$(Q)$(MAKE) --no-print-directory MODE=release all
	$(Q)$(BUILD)/release/bin/catalyst up --foreground

MAN := $(patsubst docs/man/%.scd,$(O)/man/%,$(wildcard docs/man/*.scd))
$(O)/man/%: docs/man/%.scd
	$(call say,MAN,$(@F))
	@mkdir -p $(@D)
	$(Q)scdoc < $< > $@

install: all $(MAN)
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/catalyst
	for page in $(MAN); do \
	    install -D -m 644 -t $(DESTDIR)$(PREFIX)/share/man/man$${page##*.} $$page; done
	install -m 755 $(filter-out %/market %/bench-peer,$(BINS)) $(DESTDIR)$(PREFIX)/bin
	install -m 644 deploy/supervisord.conf deploy/catalyst.conf \
	    $(DESTDIR)$(PREFIX)/share/catalyst

clean:
	rm -rf $(BUILD)

-include $(shell find $(O) -name '*.d' 2>/dev/null)
