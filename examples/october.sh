# A month to try availd on, without a daemon: three services of two customers, and what was seen of them in October
# 2026. To be sourced by bash: it goes to a new folder with availd.yaml and samples.csv in it, and makes `availd` read
# that configuration. The documents' examples run in it, and Tests/System/docs.test.sh runs them.
#
#   acme-web     down on 5 October from 09:10 for eight and a half hours
#   acme-mail    down with it, as it is in the same rack, for three hours
#   shop         down on 11 October from 02:05 for 100 minutes; missed once on 20 October
#   all          not watched on 25 October from 01:00 for an hour
# shellcheck shell=bash
cd "$(mktemp -d "${TMPDIR:-/tmp}/availd-october.XXXXXX")" || return

# AVAILD is the program, where it is not installed.
availd() {
    case " $* " in
        *" --config "* | *" replay --from "* | " -"*) command "${AVAILD:-availd}" "$@" ;;
        *) command "${AVAILD:-availd}" "$@" --config "$OCTOBER/availd.yaml" ;;
    esac
}
OCTOBER=$PWD

cat > availd.yaml <<YAML
provider:
  name: Example Hosting
  contacts: {phone: "024 1234 5678", email: support@hosting.example}
agreement:
  timezone: Asia/Ho_Chi_Minh
  compensation: {currency: VND, tiers: [{below: 99, percent: 10}, {below: 95, percent: 50}]}
defaults: {interval: 5m}
customers:
  - {id: acme, name: Acme Company, email: it@acme.example, vip: true}
  - {id: borea, name: Borea Ltd, email: it@borea.example}
services:
  - id: acme-web
    customer: acme
    groups: [rack-3]
    price: 200000
    paid: [{from: 2026-01-01}]
    url: https://acme.example/
  - id: acme-mail
    customer: acme
    groups: [rack-3]
    price: 100000
    paid: [{from: 2026-01-01}]
    url: smtp://mx.acme.example:25
  - {id: shop, customer: borea, price: 500000, paid: [{from: 2026-01-01}], url: "https://shop.borea.example/"}
state_directory: $PWD/state
YAML

# A probe every five minutes, from 1 October, 00:00 in Vietnam; in ms since the epoch.
awk 'BEGIN {
    print "at,service,state,cause"
    for (minute = 0; minute < 31 * 1440; minute += 5) {
        if (minute >= 24 * 1440 + 60 && minute < 24 * 1440 + 120) continue
        rack = minute - (4 * 1440 + 550)
        shop = minute - (10 * 1440 + 125)
        say("acme-web", minute, rack >= 0 && rack < 510, "connection refused")
        say("acme-mail", minute, rack >= 0 && rack < 180, "no route to host")
        say("shop", minute, shop >= 0 && shop < 100 || minute == 19 * 1440, "name does not exist")
    }
}
function say(service, minute, down, cause) {
    printf "%.0f,%s,%s\n", 1790787600000 + minute * 60000, service, down ? "down," cause : "up,"
}' > samples.csv
