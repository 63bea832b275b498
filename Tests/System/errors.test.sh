#!/bin/bash
# What is wrong is said, all of it at once, with its place and the promised status; a result is only printed whole.
. "$(dirname "$0")/support.sh"

write_config
nothing_printed() { [ ! -s "$work/out" ] || fail "something on standard output: $(cat "$work/out")"; }
good=$work/samples.csv
printf 'at,service,state\n%s-02T07:00:00+07:00,acme-web,up\n' "$month" > "$good"

# Every bad line of both files.
cat > "$work/bad.csv" <<CSV
at,service,state
$month-02T07:00:00+07:00,acme-web,up
yesterday,acme-web,up
$month-02T07:00:01+07:00,acme-wbe,up
$month-02T07:00:02+07:00,acme-web,dwon
$month-02T07:00:03+07:00,acme-web
$month-02T07:00:00+07:00,acme-web,down
CSV
cat > "$work/bad-exclusions.csv" <<CSV
id,category,scope,from,to,notice_at,evidence,recorded_at,recorded_by,revoked_at
E1,third_party,all,$month-02T07:00:00+07:00,$month-02T08:00:00+07:00,,x,,me,
E2,third_prty,all,$month-02T07:00:00+07:00,$month-02T08:00:00+07:00,,x,,me,
E3,third_party,rack:3,$month-02T07:00:00+07:00,$month-02T08:00:00+07:00,,x,,me,
E4,third_party,all,$month-02T08:00:00+07:00,$month-02T07:00:00+07:00,,x,,me,
CSV
exits 65 run_availd replay --samples "$work/bad.csv" --exclusions "$work/bad-exclusions.csv" --month "$month"
nothing_printed
contains "$work/err" "bad.csv:3" "bad.csv:4" "bad.csv:5" "bad.csv:6" "bad.csv:7" "did you mean acme-web?" \
    "did you mean down?" "bad-exclusions.csv:3" "bad-exclusions.csv:4" "bad-exclusions.csv:5" "did you mean third_party?"
if grep -E 'bad.csv:2|bad-exclusions.csv:2' "$work/err"; then fail "a good line is named"; fi

# Missing files, places that cannot be written to.
exits 66 run_availd replay --samples "$work/none.csv" --month "$month"
contains "$work/err" "none.csv"
nothing_printed
exits 66 run_availd report --month "$month"
contains "$work/err" "$work/state/ledger.sqlite" "there is no ledger here"
exits 66 "$availd" check-config --config "$work/none.yaml"
contains "$work/err" "none.yaml"
exits 73 run_availd replay --samples "$good" --month "$month" --output "$work/none/report.csv"
contains "$work/err" "$work/none/report.csv"
nothing_printed
mkdir "$work/directory"
exits 73 run_availd replay --samples "$good" --month "$month" --output "$work/directory"
equal "files beside an output that failed" "$(find "$work" -name '*.tmp')" ""
printf 'not a database at all, and long enough to be told from one' > "$work/file"
mkdir "$work/state"
cp "$work/file" "$work/state/ledger.sqlite"
exits 65 run_availd report --month "$month"
cmp "$work/file" "$work/state/ledger.sqlite" || fail "a file that is no ledger was changed"

# A configuration with three mistakes: all of them, with their lines, and the nearest names.
sed -e 's/objective: 99/objective: 990/' -e 's/confirm: 2/confrm: 2/' -e 's/customer: acme,/customer: acne,/' \
    "$config" > "$work/bad.yaml"
for command in check-config "status" "run" "report --month $month"; do
    # shellcheck disable=SC2086
    exits 78 "$availd" $command --config "$work/bad.yaml"
    contains "$work/err" "bad.yaml:1" "bad.yaml:2" "bad.yaml:5" "did you mean confirm?" "did you mean acme?"
    nothing_printed
done
exits 0 run_availd check-config
contains "$work/out" "1 "

# Usage.
exits 64 "$availd" frobnicate
exits 64 run_availd close
exits 64 run_availd report --month 2026-13
exits 64 run_availd report --month "$month" --format xml
exits 64 run_availd report --month "$month" --as-of soon
exits 65 run_availd explain acme-wbe --month "$month"
contains "$work/err" "did you mean acme-web?"

# Every command explains itself.
exits 0 "$availd" --version
for command in "" run check-config probe status report explain exclusion "exclusion add" "exclusion list" \
    "exclusion revoke" replay; do
    # shellcheck disable=SC2086
    exits 0 "$availd" $command --help
    contains "$work/out" "USAGE: availd $command" "OVERVIEW: "
    [ "$(sed '/^USAGE/q' "$work/out" | wc -w)" -ge 8 ] || fail "availd $command --help explains nothing"
done
