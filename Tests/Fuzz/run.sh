#!/bin/bash
# Fuzzes the parsers with libFuzzer and the address sanitizer, each from its kept inputs, four at a time.
#
#   Tests/Fuzz/run.sh [SECONDS] [PARSER ...]    all of them for a minute each; PARSER is a folder of Corpus
#   Tests/Fuzz/run.sh --keep PARSER             after a run: adds what it has reached to the kept inputs, minimised
#
# AVAILD_FUZZ_SEED has the same inputs tried as the last time; without it each run goes its own way.
#
# An input that breaks a parser, takes longer than 10 s or more than 1 GB is left in .build/fuzz/found/PARSER; once the
# parser is mended, the input goes to Corpus/PARSER, where `swift test` replays it. The status is 1 if there is one.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
work=${AVAILD_FUZZ_SCRATCH:-$top/.build/fuzz}

# A tree of its own, as everything in it is compiled for libFuzzer: optimised, or it would be too slow to reach much.
# The linker warns of names of the address sanitizer by the hundred.
build() {
    local flags=(-Xswiftc -O -Xswiftc "-sanitize=fuzzer,address")
    AVAILD_FUZZ=1 swift build --package-path "$top" --scratch-path "$work" --product fuzz "${flags[@]}" \
        > "$work.log" 2>&1 || { grep -v "Cannot export" "$work.log" >&2; return 1; }
    program=$(AVAILD_FUZZ=1 swift build --package-path "$top" --scratch-path "$work" --show-bin-path)/fuzz
}

# fuzz PARSER ARGUMENT ...: libFuzzer with the arguments. Its own symbolizer can hang; the input says more than a stack.
fuzz() {
    local parser=$1
    shift
    AVAILD_PARSER=$parser ASAN_OPTIONS=symbolize=0:detect_leaks=0 SWIFT_BACKTRACE=enable=no \
        "$program" -timeout=10 -rss_limit_mb=1024 -artifact_prefix="$work/found/$parser/" "$@" < /dev/null
}

# run PARSER: a line of how it went, and what it said where it broke.
run() {
    local parser=$1 log="$work/$1.log" how=ok
    mkdir -p "$work/found/$parser" "$work/reached/$parser"
    local words=()
    [ ! -e "$here/words/$parser" ] || words=(-dict="$here/words/$parser")
    fuzz "$parser" -max_total_time="$seconds" -max_len=16384 -len_control=20 "${words[@]}" -print_final_stats=1 \
        ${AVAILD_FUZZ_SEED:+"-seed=$AVAILD_FUZZ_SEED"} "$work/reached/$parser" "$here/Corpus/$parser" > "$log" 2>&1 || how=found
    local runs coverage
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    coverage=$(grep -oE 'cov: [0-9]+ ft: [0-9]+' "$log" | tail -1 || true)
    echo "$how $parser: ${runs:-?} inputs, ${coverage:-none}"
    [ "$how" = ok ] || { grep -vE '^#|^INFO|^ +#' "$log" | tail -n 25 | sed 's/^/    /'; return 1; }
}

mkdir -p "$work"
build
# What the parsers of files read is written in memory; a fuzzer that breaks leaves it.
TMPDIR=$(mktemp -d /dev/shm/availd-fuzz.XXXXXX)
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT
case "${1:-}" in
    --keep)
        parser=${2:?usage: Tests/Fuzz/run.sh --keep PARSER}
        kept="$here/Corpus/$parser"
        minimal=$(mktemp -d)
        mkdir -p "$work/found/$parser"
        # The fewest inputs that reach every place; how often each is passed does not matter.
        fuzz "$parser" -set_cover_merge=1 -use_counters=0 -max_len=4096 "$minimal" "$kept" "$work/reached/$parser" \
            > "$work/$parser.log" 2>&1
        cp -n "$minimal"/* "$kept"
        echo "$parser: $(find "$kept" -type f | wc -l) inputs"
        exit
        ;;
    *[!0-9]*) echo "usage: Tests/Fuzz/run.sh [SECONDS] [PARSER ...]" >&2; exit 64 ;;
esac
seconds=${1:-60}
[ "$#" -eq 0 ] || shift
parsers=("$@")
[ "$#" -gt 0 ] || mapfile -t parsers < <("$program")
status=0
running=0
for parser in "${parsers[@]}"; do
    [ -d "$here/Corpus/$parser" ] || { echo "run.sh: there is no Corpus/$parser" >&2; exit 64; }
    if [ "$running" -eq 4 ]; then
        wait -n || status=1
        running=3
    fi
    run "$parser" &
    running=$((running + 1))
done
while [ "$running" -gt 0 ]; do
    wait -n || status=1
    running=$((running - 1))
done
exit "$status"
