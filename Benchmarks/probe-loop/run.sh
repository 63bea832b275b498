#!/bin/sh
# Compares ProbeEngine with a bare C loop: CPU µs of each probe, against a real nginx on loopback.
# usage: run.sh [N [C]]
set -eu
probes=${1:-20000} at_once=${2:-50}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
nginx=
finish() {
    if [ -n "$nginx" ]; then kill "$nginx" 2>/dev/null || true; wait "$nginx" 2>/dev/null || true; fi
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM

cc -O2 -Wall -Wextra -o "$work/loop" "$here/loop.c" -lcurl
swift build -c release --package-path "$root" --product probe-benchmark >&2
swift=$(swift build -c release --package-path "$root" --show-bin-path)/probe-benchmark

port=${PORT:-18976}
chmod 755 "$work"
cat >"$work/nginx.conf" <<EOF
daemon off;
worker_processes 1;
pid $work/nginx.pid;
error_log $work/error.log;
events { worker_connections 4096; }
http {
    access_log off;
    client_body_temp_path $work/body;
    proxy_temp_path $work/proxy;
    fastcgi_temp_path $work/fastcgi;
    uwsgi_temp_path $work/uwsgi;
    scgi_temp_path $work/scgi;
    server { listen 127.0.0.1:$port backlog=4096; location / { return 200 "Acme\n"; } }
}
EOF
nginx -c "$work/nginx.conf" 2>"$work/stderr" &
nginx=$!
url=http://127.0.0.1:$port/
tries=0
until curl -fs -o /dev/null "$url"; do
    tries=$((tries + 1))
    if [ "$tries" -gt 50 ]; then cat "$work/stderr" >&2; exit 69; fi
    sleep 0.1
done

echo "run  C µs/probe  Swift µs/probe  ratio"
for run in 1 2 3; do
    c=$("$work/loop" "$url" "127.0.0.1:$port" "$probes" "$at_once")
    s=$("$swift" "$url" "$probes" "$at_once")
    echo "$run $c $s" | awk '{ printf "%-4s %-11s %-15s %.2f\n", $1, $2, $3, $3 / $2 }'
done
