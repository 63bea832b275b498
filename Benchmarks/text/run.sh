#!/bin/bash
# What it costs to decode and to search a page of 1 MB, by the encoding: CPU time of a probe that expects nothing of the
# body, of one that looks for two texts while it comes, and of one that searches it for a pattern, in ms; then the same
# of a page that comes compressed.
#
#   [PATTERN=...] Benchmarks/text/run.sh [N]
set -Eeuo pipefail
cd "$(dirname "$0")/../.."
. examples/real-parts.sh
install_missing libcurl4-openssl-dev libc-ares-dev libidn2-dev libpcre2-dev zlib1g-dev libbrotli-dev libzstd-dev \
    libsqlite3-dev python3 curl

swift build -c release --product text-benchmark >&2
program=$(swift build -c release --show-bin-path)/text-benchmark
work=$(mktemp -d)
port=$(free_port)
# It says that its pages are HTML, and of their encoding nothing; of those whose name says so, that they are gzip.
cat > "$work/server.py" << 'PY'
import functools, http.server, sys

class Handler(http.server.SimpleHTTPRequestHandler):
    def end_headers(self):
        if self.path.startswith("/gzip"):
            self.send_header("Content-Encoding", "gzip")
        super().end_headers()

handler = functools.partial(Handler, directory=sys.argv[1])
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2])), handler).serve_forever()
PY
python3 "$work/server.py" "$work" "$port" > "$work/server.log" 2>&1 &
server=$!
trap 'kill "$server"; rm -rf "$work"' EXIT
until curl -fs -o /dev/null "http://127.0.0.1:$port/"; do sleep 0.1; done
printf '%-14s %s\n' encoding "nothing  texts pattern (ms)"
while read -r label codec text; do
    python3 - "$work/$label.html" "$label" "$codec" "$text" << 'PY'
import sys
path, label, codec, text = sys.argv[1:]
head = "" if label == "none" else f"<meta charset={label}>"
page = (head + "<p>" + text * 600_000).encode(codec)[:1_000_000 - 64]
open(path, "wb").write(page + " Status: OK".encode(codec))
PY
    printf '%-14s ' "$label"
    "$program" "http://127.0.0.1:$port/$label.html" "${PATTERN:-Status: (OK|FINE)$}" "${1:-20}"
done << 'PAGES'
none utf-8 Chào mừng quý khách. 欢迎光临.
utf-8 utf-8 Chào mừng quý khách. 欢迎光临.
windows-1252 cp1252 Grüße aus Köln.
windows-1258 cp1258 Chao mung quí khách.
gb2312 gb2312 欢迎光临 hoan nghenh
shift_jis shift_jis 日本語のページです。
euc-kr euc-kr 한국어 페이지입니다.
PAGES
gzip -c "$work/utf-8.html" > "$work/gzip.html"
printf '%-14s ' "utf-8, gzip"
"$program" "http://127.0.0.1:$port/gzip.html" "${PATTERN:-Status: (OK|FINE)$}" "${1:-20}"
