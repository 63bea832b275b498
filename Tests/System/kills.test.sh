#!/bin/bash
# The daemon is killed again and again, at random instants and in the middle of its writes, while commands record things
# and are killed as well: what was acknowledged is there afterwards. Acknowledged is a sample that could be read, a line
# that syslog has, and whatever a command recorded that ended with status 0.
#
#   AVAILD_TEST_KILLS=200 AVAILD_TEST_SEED=7 Tests/run.sh --only kills
. "$(dirname "$0")/support.sh"

kills=${AVAILD_TEST_KILLS:-20}
RANDOM=${AVAILD_TEST_SEED:-1}
acknowledged=$work/acknowledged
killed_by=$work/killed-by
touch "$acknowledged" "$killed_by" "$work/seen"
clang -shared -fPIC -O1 -Wall -Werror -o "$work/kill-inside.so" "$top/Tests/System/kill-inside.c" -ldl

# Three of ten fail when their page goes: fewer than would be one fate, of which one line is written.
services=
for number in $(seq 10); do
    page=index.html
    [ "$number" -gt 3 ] || page=three.html
    services+="  - {id: web-$number, customer: acme, paid: [{from: $month-01}], url: http://127.0.0.1:$port/$page}"$'\n'
done
write_config "$services"
sed -i 's/interval: 1s, timeout: 1s, retry_interval: 500ms/interval: 250ms, timeout: 200ms, retry_interval: 100ms/' "$config"

# inside CALL COMMAND…: what is killed at its CALL-th write to the state directory.
inside() {
    local call=$1
    shift
    env LD_PRELOAD="$work/kill-inside.so" AVAILD_TEST_KILL_AT="$call" AVAILD_TEST_KILL_BELOW="$work/state" \
        AVAILD_TEST_KILL_LOG="$killed_by" "$@"
}

# record NAME CALL: has something recorded under NAME, by a command that is killed at its CALL-th write, if it has so
# many; what it was is acknowledged by its status.
record() {
    local name=$1 call=$2 from to began
    from=$(rfc3339 $(($(now_ms) - 60000)))
    to=$(rfc3339 "$(now_ms)")
    local claim=(--from "$from" --to "$to" --evidence ticket --id "$name" --by test)
    case $((10#${name//[^0-9]/} % 4)) in
        0) inside "$call" "$availd" void add --scope service:web-1 "${claim[@]}" --reason kills --config "$config" ;;
        1) inside "$call" "$availd" downtime add --scope service:web-2 "${claim[@]}" --reason kills --config "$config" ;;
        2) inside "$call" "$availd" exclusion add --scope service:web-3 "${claim[@]}" --category third_party --config "$config" ;;
        3)
            # A service has one sample for an instant: each import has its own second of an hour that is over.
            began=$(($(now_ms) - 86400000))
            printf 'at,service,state\n%s,web-4,up\n%s,web-4,down\n' "$began" $((began + 1)) > "$work/$name.csv"
            inside "$call" "$availd" import --samples "$work/$name.csv" --by test --config "$config" \
                && printf '%s\n' "$began" $((began + 1)) | sed 's/^/sample /' >> "$acknowledged"
            return ;;
    esac > /dev/null 2>> "$work/commands.log" && echo "fact $name" >> "$acknowledged"
}

# Records one thing after another until the daemon has gone.
record_on() {
    local round=$1 number=0 pid=$2
    while kill -0 "$pid" 2> /dev/null; do
        number=$((number + 1))
        record "k${round}n$(printf %03d "$number")" "${calls[$((number % ${#calls[@]}))]}" || true
    done
}

# What was acknowledged and is not in the ledger.
lost() {
    ledger "SELECT 'fact ' || id FROM corrections UNION SELECT 'fact ' || id FROM exclusions
        UNION SELECT 'sample ' || at FROM samples UNION SELECT 'line ' || id FROM outbox" | sort > "$work/kept"
    grep -oP ' n=\K[0-9]+' "$work/syslog.log" | sed 's/^/line /' | cat - "$acknowledged" | sort -u | comm -23 - "$work/kept"
    samples | sort | comm -13 - "$work/seen"
}

start_nginx
cp "$work/nginx/html/index.html" "$work/nginx/html/three.html"
start_rsyslog
start_daemon
eventually "the first service is up" state_is up web-1
stop_daemon
inside_kills=0
for round in $(seq "$kills"); do
    calls=($((RANDOM % 12 + 1)) $((RANDOM % 40 + 1)) 1000000 1000000)
    moment=0.$((RANDOM % 10))$((RANDOM % 10))
    # Outages come and go, so that lines are written.
    case $((round % 4)) in
        1) rm "$work/nginx/html/three.html" ;;
        3) cp "$work/nginx/html/index.html" "$work/nginx/html/three.html" ;;
    esac
    if [ $((round % 2)) -eq 0 ]; then
        # In the middle of a write, perhaps before it watches.
        inside_kills=$((inside_kills + 1))
        (with_our_syslog env LD_PRELOAD="$work/kill-inside.so" AVAILD_TEST_KILL_AT=$((RANDOM % 150 + 1)) \
            AVAILD_TEST_KILL_BELOW="$work/state" AVAILD_TEST_KILL_LOG="$killed_by" \
            "$availd" run --config "$config") 2>> "$work/availd.before.log" &
        daemon=$!
        started_pids+=("$daemon")
        record_on "$round" "$daemon" &
        recorder=$!
        wait_for 10 sh -c "! kill -0 $daemon 2> /dev/null" || echo "round $round: it writes less than it might" >&2
    else
        start_daemon
        record_on "$round" "$daemon" &
        recorder=$!
        sleep "$moment"
        samples > "$work/seen.new"
    fi
    stop_daemon KILL
    wait "$recorder"
    # What could be read is there for good.
    [ ! -e "$work/seen.new" ] || sort "$work/seen.new" > "$work/seen"
    equal "lost by kill $round" "$(lost)" ""
    exits 0 run_availd verify
done

start_daemon
eventually "the outbox is empty" waiting_alerts_are 0
stop_daemon
equal "lost in the end" "$(lost)" ""
exits 0 run_availd verify
lines=$(grep -oP ' n=\K[0-9]+' "$work/syslog.log" | wc -l)
distinct=$(grep -oP ' n=\K[0-9]+' "$work/syslog.log" | sort -u | wc -l)
equal "alerts that syslog has" "$distinct" "$(ledger 'SELECT count(*) FROM outbox')"
between "lines that were repeated" $((lines - distinct)) 0 "$kills"
echo "$kills kills, $inside_kills of them inside a write; $(wc -l < "$killed_by") processes ended inside one:" \
    "$(sort "$killed_by" | uniq -c | awk '{ printf "%s x %s of %s, ", $1, $2, $3 }')$(ledger 'SELECT count(*) FROM samples') samples," \
    "$(sort -u "$acknowledged" | wc -l) acknowledged facts and samples, $distinct lines, $((lines - distinct)) repeated"
