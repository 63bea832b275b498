#!/bin/bash
# Random worlds through `availd replay`, against a second implementation in another language.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# The test runner names the program; alone, it is the debug build.
availd=${AVAILD:-$(swift build --package-path "$here/../.." --show-bin-path)/availd}
python3 "$here/replay-oracle.py" "$availd" "${WORLDS:-300}"
