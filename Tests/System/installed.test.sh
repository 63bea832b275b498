#!/bin/bash
# Installed as a packager does it, in a Debian guest with systemd, rsyslog and nginx of its own: the hardened unit
# starts, is ready only with a ledger, probes by a name of /etc/hosts, alerts through the guest's syslog, reloads,
# restarts and stops. The guest has loopback and no other network.
. "$(dirname "$0")/support.sh"

guest=$work/guest
log=$guest/var/log/syslog

# The guest comes over the network while the program is built.
mmdebstrap --quiet --variant=minbase \
    --include=systemd,rsyslog,nginx-light,libcurl4,libc-ares2,libidn2-0,libpcre2-8-0,zlib1g,libbrotli1,libzstd1 \
    --include=libsqlite3-0,libyaml-0-2,libstdc++6 \
    --include=ca-certificates,tzdata \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    bookworm "$guest" &
bootstrap=$!
started_pids+=("$bootstrap")
swift build --package-path "$top" -c release --static-swift-stdlib --product availd
release="$(swift build --package-path "$top" -c release --show-bin-path)/availd"
if ldd "$release" | grep -i swift; then fail "the program needs Swift's libraries, which a Debian does not have"; fi
wait "$bootstrap"

DESTDIR=$guest BINARY=$release "$top/systemd/install.sh"
chroot "$guest" systemd-sysusers
cat > "$guest/etc/availd/availd.yaml" <<YAML
agreement: {timezone: $zone, objective: 99}
defaults: {interval: 1s, timeout: 1s, retry_interval: 500ms, confirm: 2}
customers: [{id: acme, name: Acme Company}]
services:
  - {id: acme-web, customer: acme, paid: [{from: $month-01}], url: http://acme.guest/}
probing: {allow_addresses: [127.0.0.0/8]}
YAML
chroot "$guest" chgrp -R availd /etc/availd
chmod 0640 "$guest/etc/availd/availd.yaml"
echo '127.0.0.1 localhost acme.guest' > "$guest/etc/hosts"
systemctl --root="$guest" --quiet enable availd

systemd-nspawn --quiet --directory="$guest" --machine=availd-guest --boot --private-network --register=no --keep-unit \
    --console=pipe < /dev/null > "$work/availd-guest-console.log" 2>&1 &
nspawn=$!
started_pids+=("$nspawn")

# in_guest COMMAND…: beside the guest's own first process.
first_process() {
    first=$(tr -d ' ' < "/proc/$nspawn/task/$nspawn/children") && [ "$(cat "/proc/$first/comm")" = systemd ]
}
in_guest() { nsenter --target "$first" --mount --uts --ipc --net --pid "$@"; }
eventually "the guest has a first process" first_process
show_guest() { [ ! -e "$log" ] || tail -n 40 "$log" >&2; }
trap 'show_guest; finish' EXIT

active() { in_guest systemctl --quiet is-active availd; }
guest_state_is() { in_guest availd status --format json | grep -q "\"state\" *: *\"$1\""; }
guest_count() { grep -c "availd\[[0-9]*\]: event=$1 " "$log" || true; }
guest_counted() { [ "$(guest_count "$1")" -eq "$2" ]; }

eventually "the service is active" active
in_guest test -s /var/lib/availd/ledger.sqlite || fail "active without a ledger"
equal "who owns the ledger" "$(in_guest stat -c '%U %a' /var/lib/availd/ledger.sqlite)" "availd 600"
equal "where is kept what its disk does not take" "$(in_guest stat -c '%U %a' /run/availd)" "availd 750"
equal "who runs it" "$(in_guest stat -c %U "/proc/$(in_guest systemctl show -P MainPID availd)")" availd
eventually "the service is up" guest_state_is up

# An outage of the guest's nginx, with a reload and a restart of the daemon in it.
in_guest systemctl stop nginx
eventually "service_down" guest_counted service_down 1
eventually "availability_below" guest_counted availability_below 1
in_guest systemctl reload availd
eventually "the reload" grep -q "reloaded: watching 1 service" "$log"
before=$(in_guest systemctl show -P MainPID availd)
in_guest systemctl restart availd
active || fail "not active after a restart"
[ "$(in_guest systemctl show -P MainPID availd)" != "$before" ] || fail "the restart restarted nothing"
in_guest systemctl start nginx
eventually "service_up" guest_counted service_up 1
equal "service_down, through a restart" "$(guest_count service_down)" 1

# An exclusion that root records must leave the ledger the daemon's.
in_guest availd exclusion add --category third_party --scope all --evidence "ticket 4711" \
    --from "$(rfc3339 $(($(now_ms) - 600000)))" --to "$(rfc3339 "$(now_ms)")"
eventually "availability_restored" guest_counted availability_restored 1
equal "owners of what is in the state directory" "$(in_guest find /var/lib/availd ! -user availd)" ""
in_guest availd report --month "$month" > "$work/report"
contains "$work/report" "$month,acme,acme-web,99,"

# Killed, it is started again; stopped, it ends well.
in_guest systemctl kill --signal=KILL availd
eventually "started again after a SIGKILL" eval 'active && [ "$(in_guest systemctl show -P NRestarts availd)" -eq 1 ]'
eventually "the service is up again" guest_state_is up
in_guest systemctl stop availd
equal "how it ended" "$(in_guest systemctl show -P Result availd)" success
in_guest systemd-analyze security --offline=true --threshold=15 --no-pager availd.service > "$work/security" \
    || fail "an exposure level over 1.5: $(tail -n 1 "$work/security")"

end "$nspawn" TERM || fail "the guest did not shut down well"
