#!/bin/bash
# The wall clock of a daemon steps while a service fails: four years forth and back, ten minutes back, a part of a second
# back. The outage is as long as it was, less the time at which the clock was wrong. A daemon that starts in 2030 writes
# and says nothing for it, where nobody keeps the clock; and the deadline is said when its time comes.
. "$(dirname "$0")/support.sh"

clang -shared -fPIC -O1 -Wall -Werror -o "$work/wall-clock.so" "$top/Tests/System/wall-clock.c"
noon=$(to_ms "2026-11-17T12:00:00+07:00")
offset=$(((noon - $(now_ms)) / 1000))
month=2026-11
year=$((365 * 24 * 3600 * 1000))

# step MS: the daemon's wall clock is MS from where it would be; every other clock is the machine's.
step() {
    echo "$1" > "$work/clock.new"
    mv "$work/clock.new" "$work/clock"
}
start_stepping_daemon() {
    start_daemon LD_PRELOAD="$work/wall-clock.so" AVAILD_TEST_CLOCK_OFFSET="$offset" \
        AVAILD_TEST_CLOCK_FILE="$work/clock"
}
# in_pass NUMBER STATE COUNT: COUNT samples of the daemon's pass NUMBER have that state.
in_pass() {
    local all="SELECT count(*) FROM samples JOIN series ON series.id = samples.series"
    [ "$(ledger "$all WHERE pass = $1 AND state = $2")" -ge "$3" ]
}
up=0 down=1

write_config
sed -i "s/^agreement: {/agreement: {handling: {within: 12h}, /" "$config"
start_nginx
start_rsyslog
step 0
start_stepping_daemon
eventually "two samples are up" in_pass 0 $up 2

stop_nginx
began=$(now_ms)
eventually "the outage is said" counted service_down 1
eventually "three samples are down" in_pass 0 $down 3

# Nine seconds of a wrong clock.
wrong=$(now_ms)
step $((4 * year))
sleep 9
step 0
right=$(now_ms)
equal "what was said in 2030" "$(count handling_due) $(count handling_overdue) $(count availability_below month=2030-11)" \
    "0 0 0"
eventually "samples after that" in_pass 2 $down 3

step -600000
eventually "samples after ten minutes back" in_pass 3 $down 3
for part in 1 2; do
    step $((-600000 - 950 * part))
    eventually "samples after 950 ms back" in_pass $((3 + part)) $down 2
done
start_nginx
ended=$(now_ms)
eventually "the service is up" counted service_up 1
eventually "two samples are up again" in_pass 5 $up 2
if grep "is not recorded" "$daemon_log"; then fail "an observation was lost"; fi
equal "unknown samples" "$(ledger 'SELECT count(*) FROM samples WHERE state NOT IN (0, 1)')" 0

# The minutes that came twice were down once.
as_of=$(rfc3339 $((noon + 300000)))
run_availd report --month $month --as-of "$as_of" --format csv > "$work/report.csv"
column=$(head -n 1 "$work/report.csv" | tr , '\n' | grep -nx down_s | cut -d : -f 1)
found=$(tail -n 1 "$work/report.csv" | cut -d , -f "$column" | cut -d . -f 1)
expected=$(((ended - began - (right - wrong) - 2 * 950) / 1000))
between "down_s" "$found" $((expected - 4)) $((expected + 2))

stop_nginx
eventually "the second outage is said" counted service_down 2
stop_daemon
contains "$daemon_log" "the wall clock is doubted: it shows 2030-" "the wall clock is believed"
equal "what became of the clock" "$(ledger "SELECT group_concat(kind) FROM daemon_events WHERE kind LIKE 'clock_%ed'")" \
    "clock_doubted,clock_believed"

# A start in 2030, once where nobody keeps the clock, and once where the kernel says that somebody does.
cp -r "$work/state" "$work/kept"
sed "s|^state_directory: .*|state_directory: $work/kept|" "$config" > "$work/kept.yaml"
step $((4 * year))
env LD_PRELOAD="$work/wall-clock.so" AVAILD_TEST_CLOCK_OFFSET="$offset" AVAILD_TEST_CLOCK_FILE="$work/clock" \
    AVAILD_TEST_CLOCK_SYNCHRONISED=1 "$availd" run --config "$work/kept.yaml" 2> "$work/availd.kept.log" &
kept=$!
started_pids+=("$kept")
start_stepping_daemon
eventually "the kernel is believed, and months are over" test -s "$work/kept/reports/2030-10.csv"
end "$kept" TERM
eventually "samples of 2030" in_pass 6 $down 30
stop_daemon
[ ! -e "$work/state/reports" ] || fail "reports of a clock that is doubted: $(ls "$work/state/reports")"
equal "what was said in 2030" "$(count handling_due) $(count handling_overdue) $(count availability_below month=2030-11)" \
    "0 0 0"

# Half a day later, by a start as any other.
step $((13 * 3600 * 1000))
start_stepping_daemon
eventually "the deadline is said to be over" counted handling_overdue 1
between "over_s" "$(field handling_overdue over_s | cut -d . -f 1)" 3500 3700
stop_daemon
