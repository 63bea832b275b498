#!/bin/bash
# The month ends while the daemon runs, and while it does not: the report is there either way, and it is the same
# that `availd report` makes of the ledger.
. "$(dirname "$0")/support.sh"

# start_daemon_at INSTANT: with the wall clock moved there; every other clock is the machine's.
clang -shared -fPIC -O1 -Wall -Werror -o "$work/wall-clock.so" "$top/Tests/System/wall-clock.c"
start_daemon_at() {
    local offset=$((($(to_ms "$1") - $(now_ms)) / 1000))
    start_daemon LD_PRELOAD="$work/wall-clock.so" AVAILD_TEST_CLOCK_OFFSET="$offset"
}

month=2026-10
report=$work/state/reports/2026-10.csv
write_config
start_nginx
start_rsyslog

# same_as_report: the file is what the ledger gives, byte for byte, as of the instant that the file names.
same_as_report() {
    local as_of
    as_of=$(tail -n 1 "$report" | tr -d '\r' | grep -oE '[^,]+$')
    run_availd report --month 2026-10 --as-of "$as_of" > "$work/again.csv"
    cmp "$report" "$work/again.csv" || fail "the file is not what the ledger says as of $as_of"
    equal "the month" "$(tail -n 1 "$report" | cut -d , -f 1)" 2026-10
    equal "rows" "$(wc -l < "$report")" 2
}

up_s() { tail -n 1 "$report" | cut -d , -f 11 | cut -d . -f 1; }

# Through midnight.
midnight=$(to_ms "2026-11-01T00:00:00+07:00")
start_daemon_at 2026-10-31T23:59:48+07:00
eventually "the report of October" test -s "$report"
contains "$daemon_log" "wrote $report"
stop_daemon
same_as_report
between "as_of, ms after midnight" $(($(to_ms "$(tail -n 1 "$report" | tr -d '\r' | grep -oE '[^,]+$')") - midnight)) 0 60000
between "seconds up in October" "$(up_s)" 5 12
[ "$(ledger "SELECT count(*) FROM samples WHERE at >= $midnight")" -ge 1 ] || fail "nothing was sampled in November"

# Stopped before midnight, started after it.
rm -r "$work/state"
start_daemon_at 2026-10-31T23:59:30+07:00
eventually "four samples" sampled_since 0 4
stop_daemon
[ ! -e "$report" ] || fail "a report of a month that has not ended"
start_daemon_at 2026-11-01T00:05:00+07:00
eventually "the report of October, after the fact" test -s "$report"
same_as_report

# It is written once: a later start leaves it as it is.
before=$(stat -c '%i %Y' "$report")
stop_daemon
start_daemon_at 2026-11-01T00:10:00+07:00
eventually "three more samples" sampled_since "$(to_ms "2026-11-01T00:10:00+07:00")" 3
stop_daemon
equal "the report's file" "$(stat -c '%i %Y' "$report")" "$before"

# Closed, the file is the statement's, and stays; an amendment has one of its own, and a start writes what is missing.
run_availd_at() {
    local offset=$((($(to_ms "$1") - $(now_ms)) / 1000))
    LD_PRELOAD="$work/wall-clock.so" AVAILD_TEST_CLOCK_OFFSET="$offset" run_availd "${@:2}"
}
equal "the statement" "$(run_availd_at 2026-11-01T00:20:00+07:00 close --month 2026-10)" 2026-10/1
run_availd statement print 2026-10/1 | cmp - "$report" || fail "the file is not the statement's"
run_availd_at 2026-11-01T00:25:00+07:00 exclusion add --category third_party --scope all \
    --from 2026-10-31T23:59:00+07:00 --to 2026-11-01T00:00:00+07:00 --evidence "letter 7" > "$work/added"
run_availd_at 2026-11-01T00:30:00+07:00 close --month 2026-10 > "$work/amended"
equal "the amendment" "$(head -n 1 "$work/amended")" "2026-10/2 amends 2026-10/1: 1 row changed"
run_availd statement print 2026-10/1 | cmp - "$report" || fail "the amendment has overwritten the statement's file"
amendment=$work/state/reports/2026-10.2.csv
run_availd statement print 2026-10/2 | cmp - "$amendment" || fail "the file is not the amendment's"
rm "$amendment"
start_daemon_at 2026-11-01T00:35:00+07:00
eventually "the amendment's file again" test -s "$amendment"
stop_daemon
run_availd statement print 2026-10/2 | cmp - "$amendment" || fail "the file is not the amendment's again"
run_availd statement print 2026-10/1 | cmp - "$report" || fail "the start has changed the statement's file"
