#!/bin/bash
# Midnights and recurring windows in every zone of this machine's tzdata, 2015 to 2035, as the program shows them,
# against Python's zoneinfo.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# The test runner names the program; alone, it is the debug build.
availd=${AVAILD:-$(swift build --package-path "$here/../.." --show-bin-path)/availd}
work=$(mktemp -d "${TMPDIR:-/tmp}/availd-calendar.XXXXXX")
trap 'rm -rf "$work"' EXIT
clang -shared -fPIC -O1 -Wall -Werror -o "$work/wall-clock.so" "$here/wall-clock.c"
timeout 300 python3 "$here/calendar-oracle.py" "$availd" "$work"
