#!/bin/sh
# Installs availd as a service. A packager sets DESTDIR and gets the files alone; on a live system
# (DESTDIR empty) the user is made and systemd told, and nothing is started.
#
#   swift build -c release --static-swift-stdlib --product availd
#   sudo systemd/install.sh
#
# Variables: DESTDIR (empty), PREFIX (/usr), BINARY (.build/release/availd).
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
DESTDIR=${DESTDIR-}
PREFIX=${PREFIX-/usr}
BINARY=${BINARY-$here/.build/release/availd}

[ -x "$BINARY" ] || {
    echo "install.sh: $BINARY is not there; build it first: swift build -c release --static-swift-stdlib" >&2
    exit 66
}

install -D -m 0755 "$BINARY" "$DESTDIR$PREFIX/bin/availd"
install -D -m 0644 "$here/systemd/availd.sysusers" "$DESTDIR$PREFIX/lib/sysusers.d/availd.conf"
install -d -m 0755 "$DESTDIR$PREFIX/lib/systemd/system"
# The unit names the program by its full path.
sed "s|/usr/bin/availd|$PREFIX/bin/availd|" "$here/systemd/availd.service" \
    > "$DESTDIR$PREFIX/lib/systemd/system/availd.service"
chmod 0644 "$DESTDIR$PREFIX/lib/systemd/system/availd.service"
# The configuration names customers: it is the administrator's and the daemon's to read, and nobody else's.
install -d -m 0750 "$DESTDIR/etc/availd" "$DESTDIR/etc/availd/conf.d"

if [ -z "$DESTDIR" ]; then
    systemd-sysusers "$PREFIX/lib/sysusers.d/availd.conf"
    chgrp availd /etc/availd /etc/availd/conf.d
    if [ -d /run/systemd/system ]; then systemctl daemon-reload; fi
    echo "installed; write /etc/availd/availd.yaml, then: availd check-config && systemctl enable --now availd"
fi
