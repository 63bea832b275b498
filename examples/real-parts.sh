# Real parts for the quick start and the system tests: an nginx as the customer's service and an rsyslog as the
# provider's log, both of this machine's packages, both private to one folder. To be sourced; needs root.
#
#   $work      the folder everything lives in
#   $port      where nginx listens, on loopback
# shellcheck shell=bash

started_pids=()
rsyslog=
made_dev_log=

# Installs those of the given Debian packages that are missing.
install_missing() {
    local package missing=()
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return
    echo "installing ${missing[*]}" >&2
    export DEBIAN_FRONTEND=noninteractive
    # A package that starts its service by itself would leave something running: policy-rc.d says no.
    local policy=/usr/sbin/policy-rc.d made_policy=
    if [ ! -e $policy ]; then
        printf '#!/bin/sh\nexit 101\n' > $policy
        chmod +x $policy
        made_policy=yes
    fi
    apt-get update -qq >&2
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
    [ -n "$made_policy" ] && rm -f $policy
    return 0
}

# A port of loopback that nobody listens on.
free_port() {
    local candidate
    for candidate in $(shuf -i 20000-30000 -n 50); do
        (exec 3<> "/dev/tcp/127.0.0.1/$candidate") 2>/dev/null || { echo "$candidate"; return; }
    done
    return 1
}

start_nginx() {
    mkdir -p "$work/nginx/html"
    echo '<h1>Acme</h1>' > "$work/nginx/html/index.html"
    cat > "$work/nginx/nginx.conf" <<NGINX
user root;
pid $work/nginx/nginx.pid;
error_log $work/nginx/error.log;
daemon on;
events { worker_connections 1024; }
http {
    access_log off;
    client_body_temp_path $work/nginx/body;
    proxy_temp_path $work/nginx/proxy;
    fastcgi_temp_path $work/nginx/fastcgi;
    uwsgi_temp_path $work/nginx/uwsgi;
    scgi_temp_path $work/nginx/scgi;
    server { listen 127.0.0.1:$port; root $work/nginx/html; }
}
NGINX
    nginx -p "$work/nginx" -c "$work/nginx/nginx.conf" 2>> "$work/nginx/start.log"
}

stop_nginx() {
    [ -s "$work/nginx/nginx.pid" ] && kill -QUIT "$(cat "$work/nginx/nginx.pid")" 2>/dev/null
    return 0
}

# An rsyslog that writes what comes to $work/log.socket into $work/syslog.log.
start_rsyslog() {
    cat > "$work/rsyslog.conf" <<RSYSLOG
module(load="imuxsock" SysSock.Use="off")
input(type="imuxsock" Socket="$work/log.socket" RateLimit.Interval="0")
template(name="line" type="string" string="%timereported:::date-rfc3339% %syslogseverity-text% %syslogtag%%msg%\n")
action(type="omfile" file="$work/syslog.log" template="line" asyncWriting="off" flushOnTXEnd="on")
RSYSLOG
    touch "$work/syslog.log"
    rsyslogd -n -f "$work/rsyslog.conf" -i "$work/rsyslog.pid" 2>> "$work/rsyslog.err" &
    rsyslog=$!
    started_pids+=("$rsyslog")
    wait_for 10 test -S "$work/log.socket"
    # Where no mount namespace is allowed and the machine has no /dev/log, ours is it for the time being.
    if ! unshare --mount true 2> /dev/null && [ ! -e /dev/log ]; then
        ln -sfn "$work/log.socket" /dev/log
        made_dev_log=yes
    fi
}

stop_rsyslog() { end "$rsyslog" TERM || return 0; }

# Runs a program to which /dev/log is our rsyslog, whatever it is to the rest of the machine: the program has a
# /dev of its own, which goes with it. The id of the process is that of the program.
with_our_syslog() {
    if [ -n "$made_dev_log" ]; then
        exec "$@"
    fi
    mkdir -p "$work/dev"
    # shellcheck disable=SC2016
    exec unshare --mount --propagation private bash -c '
        set -e
        mount -t tmpfs -o mode=755 dev "$0/dev"
        for node in null zero full random urandom; do
            touch "$0/dev/$node"
            mount --bind "/dev/$node" "$0/dev/$node"
        done
        ln -s "$0/log.socket" "$0/dev/log"
        mount --move "$0/dev" /dev
        exec "$@"' "$work" "$@"
}

# end PID SIGNAL: ends what was started; the status is the process's own.
end() {
    local pid=$1 started kept=() status=0
    kill -s "$2" "$pid" 2> /dev/null || true
    wait "$pid" 2> /dev/null || status=$?
    # Its id may soon be somebody else's.
    for started in "${started_pids[@]}"; do [ "$started" = "$pid" ] || kept+=("$started"); done
    started_pids=(${kept[@]+"${kept[@]}"})
    return "$status"
}

# wait_for SECONDS COMMAND…: until the command succeeds.
wait_for() {
    local limit=$(($1 * 10)) i
    shift
    for ((i = 0; i < limit; i++)); do
        "$@" > /dev/null 2>&1 && return 0
        sleep 0.1
    done
    return 1
}

logged() { grep -q -- "$1" "$work/syslog.log"; }

# Ends what was started, by its id, and takes back what was made outside of $work.
end_real_parts() {
    local pid
    stop_nginx
    for pid in ${started_pids[@]+"${started_pids[@]}"}; do end "$pid" TERM || true; done
    if [ -n "$made_dev_log" ] && [ "$(readlink /dev/log)" = "$work/log.socket" ]; then rm -f /dev/log; fi
    if [ -d "$work/dev" ]; then rmdir "$work/dev"; fi
    return 0
}
