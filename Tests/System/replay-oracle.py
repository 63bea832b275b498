#!/usr/bin/env python3
"""Random worlds through the program itself: `availd replay` against a second, dumb reading of the semantics.

The contract's time is cut at every instant at which anything can change, and each piece is judged on its own from
the raw samples. Nothing is shared with the program: configuration, terms, zones, files and the CSV are all its own.

usage: replay-oracle.py AVAILD [WORLDS [SEED]]
"""
import csv, datetime, fractions, io, os, random, subprocess, sys, tempfile, zoneinfo

CATEGORIES = ["scheduled_maintenance", "emergency_maintenance", "suspension", "customer_misconfiguration",
              "force_majeure", "third_party"]
ZONES = ["Asia/Ho_Chi_Minh", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo",
         "Asia/Kathmandu", "America/Havana", "Africa/Casablanca", "Asia/Beirut"]
FAR = 10 ** 16


def midnight(zone, year, month, day):
    """The first instant, in ms, at which clocks in zone show the day or a later one: found by looking."""
    tz = zoneinfo.ZoneInfo(zone)
    day0 = datetime.date(year, month, day)
    guess = int(datetime.datetime(year, month, day, tzinfo=datetime.timezone.utc).timestamp()) - 30 * 3600
    for second in range(guess, guess + 60 * 3600, 900):
        if datetime.datetime.fromtimestamp(second, tz).date() >= day0:
            for fine in range(second - 900, second + 1):
                if datetime.datetime.fromtimestamp(fine, tz).date() >= day0:
                    return fine * 1000
    raise AssertionError("no midnight")


def pass_spans(samples, reading, voids, leaves):
    """The spans of one pass of a check from one vantage point: as measured, (from, to, state); down at the shortest,
    (from, to); at the longest, where that is another state than measured, (from, to, state). Then its transients, (from,
    to), the spans of its failing runs that nothing resolved, and the time of which it says something without the step that
    ended it. A sample is (at, state, family, derived), a void (from, to, family or None); reading tells of an instant the
    rules that a sample of it is read by, or None where it is no part of the series."""
    samples = sorted((s for s in samples if reading(s[0]) is not None
                      and not any(a <= s[0] < b and f in (None, s[2]) for a, b, f in voids)), key=lambda s: s[0])
    # Coverage ends where the sample is stale, where the next begins, where a void of its family does, and where the check
    # leaves.
    reach = [min([at + reading(at)["stale"]] + [a for a, _, f in voids if a > at and f in (None, family)]
                 + [t for t in leaves if t > at]) for at, _, family, _ in samples]
    ends = [min(samples[i + 1][0] if i + 1 < len(samples) else FAR, reach[i]) for i in range(len(samples))]
    adjacent = [i + 1 < len(samples) and ends[i] == samples[i + 1][0] for i in range(len(samples))]
    measured, shortest, longest, transients, failing = [], [], [], [], []
    i = 0
    while i < len(samples):
        at, state, _, _ = samples[i]
        if state != "down":
            if state == "up":
                measured.append((at, ends[i], "up"))
            i += 1
            continue
        j = i
        while j + 1 < len(samples) and adjacent[j] and samples[j + 1][1] == "down":
            j += 1
        # The last up that somebody looked at, reached through adjacent ups.
        before, k = at, i - 1
        while k >= 0 and adjacent[k] and samples[k][1] == "up":
            if not samples[k][3]:
                before = samples[k][0]
                break
            k -= 1
        looked = [s[0] for s in samples[i:j + 1] if not s[3]]
        if len(looked) >= reading(at)["confirm"]:
            measured.append((at, ends[j], "down"))
            shortest.append((looked[0], looked[-1]))
            longest.append((before, ends[j], "down"))
            failing.append((at, ends[j]))
        elif adjacent[j] and samples[j + 1][1] == "up":
            measured.append((at, ends[j], "up"))
            longest.append((before, ends[j], "down"))
            transients.append((at, ends[j]))
        else:
            longest.append((before, ends[j], "unmeasured"))
            failing.append((at, ends[j]))
        i = j + 1
    return measured, shortest, longest, transients, failing, (samples[0][0], ends[-1]) if samples else None


def inside(spans, t):
    return any(a <= t < b for a, b in spans)


def state_at(passes, t, at_longest=False):
    """Down where a pass that says anything says so, else unmeasured where one does, else up."""
    states = []
    for measured, _, longest, _, _, extent in passes:
        if extent is not None and extent[0] <= t < extent[1]:
            spans = longest + measured if at_longest else measured
            states.append(next((state for a, b, state in spans if a <= t < b), "unmeasured"))
    return next((s for s in ("down", "unmeasured", "up") if s in states), "unmeasured")


def says(passes, which, t):
    """Whether a pass that says anything of t has it in the spans of that number."""
    return any(p[5] is not None and p[5][0] <= t < p[5][1] and inside(p[which], t) for p in passes)


def combine(mode, states):
    if not states:
        return "unmeasured"
    order = ["down", "unmeasured", "up"] if mode == "all" else ["up", "unmeasured", "down"]
    return next(s for s in order if s in states)


def admitted(e, leads, recurring):
    if e["category"] in leads:
        if e["notice_at"] is None or e["from"] - e["notice_at"] < leads[e["category"]]:
            return False
        if e["plan"] and e["from"] - e["notice_at"] > recurring:
            return False
        return e["recorded_at"] is None or e["notice_at"] >= e["recorded_at"] or e["evidence"] != ""
    return e["evidence"] != ""


def applies(c, world, service):
    known = (c["recorded_at"] is None or c["recorded_at"] <= world["as_of"]) and not (
        c["revoked_at"] is not None and c["revoked_at"] <= world["as_of"])
    return known and (c["recorded_by"] == "availd" or c["evidence"] != "")


def means(term, service, step):
    return term in ("all", "service:" + service["id"], "customer:" + step["customer"]) or (
        term.startswith("group:") and term[6:] in step["groups"])


def steps_of(world, service):
    """How the service is measured and whose it is, since when: (from, step), by what is known at as_of."""
    rows = [r for r in world["rules"] if r["service"] == service["id"]]
    if not rows:
        checks = {c["id"]: {"stale": c["stale"], "confirm": c["confirm"], "vantages": seen_from(world, c), "quorum": None}
                  for c in service["checks"]}
        return [(-FAR, {"customer": service["customer"], "groups": service["groups"], "mode": service["mode"],
                        "checks": checks})]

    def read(row):
        return None if row["left"] or not row["counts"] else {
            k: row[k] for k in ("stale", "confirm", "vantages", "quorum")}

    def put(step, row):
        checks = {k: v for k, v in step["checks"].items() if k != row["check"]}
        if read(row) is not None:
            checks[row["check"]] = read(row)
        return dict(step, checks=checks)

    recorded = sorted((r for r in rows if r["from"] is None), key=lambda r: r["known_at"])
    first = recorded[0]["known_at"]
    steps = []
    for row in recorded:
        if row["known_at"] > world["as_of"] and row["known_at"] != first:
            continue
        at = -FAR if row["known_at"] == first else row["known_at"]
        if not steps or steps[-1][0] != at:
            steps.append((at, steps[-1][1] if steps else {"checks": {}}))
        step = dict(put(steps[-1][1], row), customer=row["customer"], groups=row["groups"], mode=row["mode"])
        steps[-1] = (at, step)
    if world.get("plain"):
        return steps
    for row in sorted((r for r in rows if r["from"] is not None), key=lambda r: r["known_at"]):
        if row["known_at"] > world["as_of"]:
            continue
        if row["from"] not in [at for at, _ in steps]:
            last = [step for at, step in steps if at < row["from"]][-1]
            steps = sorted(steps + [(row["from"], last)], key=lambda s: s[0])
        begin = [at for at, _ in steps].index(row["from"])
        old = list(steps)

        def holds(value):
            end = begin + 1
            while end < len(old) and value(old[end][1]) == value(old[end - 1][1]):
                end += 1
            return range(begin, end)

        for i in holds(lambda s: s["checks"].get(row["check"])):
            steps[i] = (steps[i][0], put(steps[i][1], row))
        for field in ("mode", "customer", "groups"):
            for i in holds(lambda s: s[field]):
                steps[i] = (steps[i][0], dict(steps[i][1], **{field: row[field]}))
    return steps


def seen_from(world, check):
    """The vantage points of a check of which nothing but its samples says from where it is probed."""
    return sorted({v for v, at, p in check["samples"] if v and max(at, check["samples"][v, at, p][3]) <= world["as_of"]})


def step_at(steps, t):
    return [step for at, step in steps if at <= t][-1]


def stints(steps, condition):
    """The longest stretches of time in which the condition holds."""
    found = []
    for (a, step), b in zip(steps, [at for at, _ in steps[1:]] + [FAR]):
        if condition(step):
            if found and found[-1][1] == a:
                found[-1] = (found[-1][0], b)
            else:
                found.append((a, b))
    return found


def parts(world, own, taken, was_down, together=()):
    """When somebody is a part who is recorded in the stretches `own`: from the first sample in each, or its beginning
    where he was there first or came with the whole; and, a hole, after it where he was down then."""
    found = []
    for a, b in own:
        joined = a if a == -FAR or a in together else min([t for t in taken if t >= a], default=FAR)
        if joined < b:
            found.append((joined, b))
        if b < FAR and was_down(b):
            month_end = world["start"] if b < world["start"] else world["end"] if b < world["end"] else FAR
            end = min([month_end] + [t for t in taken if t >= b])
            if b < end:
                found.append((b, end))
    return found


def quorum_of(rules):
    return rules["quorum"] if rules["quorum"] is not None else max(1, len(rules["vantages"])) // 2 + 1


def view_of(world, service, check, vantage, steps):
    """What one vantage point saw of a check: its passes, when it was one of the check's, when it took samples, and
    whether it was down last before an instant."""
    def reading(t):
        rules = step_at(steps, t)["checks"].get(check["id"])
        return rules if rules and vantage in (rules["vantages"] or [None]) else None

    own = stints(steps, lambda s: check["id"] in s["checks"]
                 and vantage in (s["checks"][check["id"]]["vantages"] or [None]))
    voids, passes, taken = voids_of(world, service, check, vantage, steps), [], []
    mine = {(at, p): sample for (v, at, p), sample in check["samples"].items() if v == vantage
            and max(at, sample[3]) <= world["as_of"]}
    for number in sorted({p for _, p in mine}):
        known = [(at, *mine[at, p][:3]) for at, p in mine if p == number]
        found = pass_spans(known, reading, voids, [b for _, b in own if b < FAR])
        if found[5] is not None and (vantage, number) in check["ends"]:
            found = (*found[:5], (found[5][0], check["ends"][vantage, number]))
        passes.append(found)
        taken += [at for at, _, family, _ in known if reading(at) is not None
                  and not any(a <= at < b and f in (None, family) for a, b, f in voids)]

    def was_down(t):
        edges = sorted({min(x, t) for p in passes for spans in (p[0], p[4], [p[5]] if p[5] else [])
                        for span in spans for x in span[:2]})
        for a, b in reversed(list(zip(edges, edges[1:]))):
            if a < b <= t:
                if says(passes, 4, a):
                    return True
                if state_at(passes, a) == "up":
                    return False
        return False

    return {"vantage": vantage, "passes": passes, "own": own, "taken": taken, "was_down": was_down}


def panel_of(world, service, check, steps):
    """A check as all its vantage points saw it, and when it was part of the service."""
    names = []
    for _, step in steps:
        rules = step["checks"].get(check["id"])
        names += [v for v in (rules["vantages"] or [None] if rules else []) if v not in names]
    views = [view_of(world, service, check, v, steps) for v in names]
    own = stints(steps, lambda s: check["id"] in s["checks"])
    quorums = [quorum_of(s["checks"][check["id"]]) for _, s in steps if check["id"] in s["checks"]]
    for v in views:
        v["part"] = parts(world, v["own"], v["taken"], v["was_down"], [a for a, _ in own])

    def was_down(t):
        asked = [v for v in views if any(a < t <= b for a, b in v["own"])]
        return sum(v["was_down"](t) for v in asked) >= min(min(quorums), len(asked))

    part = parts(world, own, [t for v in views for t in v["taken"]], was_down)
    return {"id": check["id"], "views": views, "part": part, "single": len(names) < 2}


def panel_at(panel, quorum, t):
    """State, state at the longest, down at the shortest, and whether it is in a transient, at t."""
    own = panel["views"] if panel["single"] else [v for v in panel["views"] if inside(v["part"], t)]
    if not own:
        return "unmeasured", "unmeasured", False, False
    n, k = len(own), min(quorum, len(own))

    def together(states):
        return "down" if states.count("down") >= k else "up" if states.count("up") > n - k else "unmeasured"

    state = together([state_at(v["passes"], t) for v in own])
    failing = sum(state_at(v["passes"], t) == "down" or says(v["passes"], 3, t) for v in own)
    return (state, together([state_at(v["passes"], t, at_longest=True) for v in own]),
            sum(says(v["passes"], 1, t) for v in own) >= k, state == "up" and failing >= k)


def voids_of(world, service, check, vantage, steps):
    found = []
    for c in world["corrections"]:
        if c["kind"] == "void" and applies(c, world, service):
            for term in c["scope"]:
                if term in (f"check:{service['id']}/{check['id']}", f"vantage:{vantage}"):
                    found.append((c["from"], c["to"], None))
                elif term.startswith("family:"):
                    found.append((c["from"], c["to"], term[7:]))
                for a, b in stints(steps, lambda s: means(term, service, s)):
                    if max(a, c["from"]) < min(b, c["to"]):
                        found.append((max(a, c["from"]), min(b, c["to"]), None))
    return found


def level(world, share):
    """What a share of available time gives: nothing, negotiate, or a tier's percentage."""
    mantissa, scale = world["objective"]
    if share is None or share * 100 * 10 ** scale >= mantissa:
        return "nothing"
    reached = [(below, percent) for below, percent in world["tiers"] if share * 100 < below]
    return min(reached)[1] if reached else "negotiate"


def credit(world, service, shares, plain):
    """The credit's percent and amount of the month, by availability, at its lower and its upper bound, as it is and
    without our own corrections.
    Money is a fraction until it is rounded, once, at the end."""
    if world["as_of"] < world["end"]:
        return ["", ""]
    month = world["end"] - world["start"]
    price = service["price"]
    committed = 0
    cuts = sorted({world["start"], world["end"]} | {min(max(t, world["start"]), world["end"])
                                                    for term in service["paid"] for t in term})
    for t, u in zip(cuts, cuts[1:]):
        committed += u - t if inside(service["paid"], t) else 0
    paid = None if price is None else (
        fractions.Fraction(price * committed, month) if world["prorate"] else fractions.Fraction(price))

    def amount(given):
        if given == "nothing":
            return 0
        if given == "negotiate" or paid is None:
            return None
        exact = paid * given / 100
        return min(6 * price, (2 * exact.numerator + exact.denominator) // (2 * exact.denominator))

    def exceeds(a, b):
        if None not in (a[1], b[1]):
            return a[1] > b[1]
        rank = [{"nothing": -2, "negotiate": -1}.get(x[0], x[0]) for x in (a, b)]
        return rank[0] > rank[1]

    own, low, high = ((found, amount(found)) for found in (level(world, share) for share in shares))
    plain_own, plain_low, plain_high = ((found, amount(found)) for found in (level(world, share) for share in plain))
    if world["uncertain"] == "settle":
        if exceeds(low, high) or exceeds(high, low) or exceeds(plain_low, low) or exceeds(plain_high, high):
            return ["", ""]
    elif exceeds(plain_own, own):
        return ["", ""]
    if own[0] == "nothing":
        return ["", ""]
    return [str(own[0]), "" if own[1] is None else str(own[1])]


def row(world, service, wants_shares=False):
    period_end = min(world["end"], world["as_of"])
    steps = steps_of(world, service)
    panels = [panel_of(world, service, c, steps) for c in service["checks"]]
    downtimes = [(max(a, c["from"]), min(b, c["to"])) for c in world["corrections"] if c["kind"] == "downtime"
                 and applies(c, world, service)
                 for term in c["scope"] for a, b in stints(steps, lambda s: means(term, service, s))]
    excl = []
    for e in world["exclusions"]:
        known = (e["recorded_at"] is None or e["recorded_at"] <= world["as_of"]) and not (
            e["revoked_at"] is not None and e["revoked_at"] <= world["as_of"])
        if known and admitted(e, world["leads"], world["recurring"]):
            excl.append(e)
    cuts = {world["start"], period_end} | {at for at, _ in steps if at > -FAR}
    for a, b in service["paid"]:
        cuts |= {a, b}
    for panel in panels:
        for span in panel["part"]:
            cuts |= set(span)
        for v in panel["views"]:
            for span in v["part"]:
                cuts |= set(span)
            for m, s, l, t, f, extent in v["passes"]:
                for spans in (m, s, l, t, f, [extent] if extent else []):
                    for span in spans:
                        cuts |= {span[0], span[1]}
    for a, b in downtimes:
        cuts |= {a, b} if a < b else set()
    for e in excl:
        cuts |= {e["from"], e["to"]}
    # From before the month on: an outage that began then may have begun before a notice.
    cuts = sorted(c for c in cuts if -FAR < c <= period_end)
    total = dict.fromkeys(["committed", "up", "down", "unmeasured", "excluded", "long", "short", "left", "out_un"], 0)
    by = dict.fromkeys(CATEGORIES, 0)
    claimed_total = 0
    outages, last_end, began, transients = [], None, None, 0

    def says_of(step):
        return {"mode": step["mode"], "quorums": {k: quorum_of(r) for k, r in step["checks"].items()}}

    in_force = says_of(steps[0][1])
    # Of one vantage point each transient counts by itself; of several, where enough are down or in one.
    begins = [at for p in panels if p["single"] for v in p["views"] for found in v["passes"] for at, _ in found[3]]
    failing = {p["id"]: None for p in panels}
    for t, u in zip(cuts, cuts[1:]):
        length = u - t
        step = step_at(steps, t)
        said = says_of(step)
        # Nobody waits for a check that comes or goes; for another mode or quorum, until the service is up.
        in_force = {"mode": in_force["mode"],
                    "quorums": {k: in_force["quorums"].get(k, q) for k, q in said["quorums"].items()}}

        def look(making):
            return [panel_at(p, making["quorums"].get(p["id"], 1), t) for p in panels if inside(p["part"], t)]

        is_recorded_down = inside(downtimes, t)
        if said != in_force and not is_recorded_down and combine(in_force["mode"], [v[0] for v in look(in_force)]) == "up":
            in_force = said
        seen = look(in_force)
        some = any if in_force["mode"] == "all" else all
        state = combine(in_force["mode"], [v[0] for v in seen])
        worst = combine(in_force["mode"], [v[1] for v in seen])
        is_short = bool(seen) and some(v[2] for v in seen)
        if is_recorded_down:
            state, is_short, worst = "down", True, "down"
        for p in panels:
            if not p["single"] and panel_at(p, in_force["quorums"].get(p["id"], 1), t)[3]:
                if failing[p["id"]] != t:
                    begins.append(t)
                failing[p["id"]] = u
        if state == "up":
            began = None
        elif state == "down" and began is None:
            began = t
        if t < world["start"] or not inside(service["paid"], t):
            continue
        total["committed"] += length
        if state == "down":
            if outages and last_end == t:
                outages[-1] += length
            else:
                outages.append(length)
            last_end = u
        here = [e["category"] for e in excl if e["from"] <= t < e["to"]
                and any(means(term, service, step) for term in e["scope"]) and not (
            e["category"] in world["leads"] and state == "down" and began < e["notice_at"])]
        category = min(here, key=CATEGORIES.index) if here else None
        if category:
            claimed_total += length
            if world["policy"] == "removed" or state == "down":
                total["excluded"] += length
                by[category] += length
            else:
                total[state] += length
                if state == "unmeasured":
                    total["out_un"] += length
        else:
            total[state] += length
            if worst == "down":
                total["long"] += length
            elif worst == "unmeasured":
                total["left"] += length
            if is_short:
                total["short"] += length
    transients = sum(inside(service["paid"], at) and world["start"] <= at < period_end for at in begins)
    committed, up, down, excluded = (total[k] for k in ("committed", "up", "down", "excluded"))
    if world["policy"] == "removed":
        n, num, den = committed - claimed_total, up, up + down
    else:
        n, num, den = committed - total["out_un"], up + excluded, up + excluded + down
    mantissa, scale = world["objective"]

    def good(a, b):
        return a * 100 * 10 ** scale >= mantissa * b

    def percent(a, b):
        units = a * 1_000_000 // b
        return f"{units // 10_000}.{units % 10_000:04d}"

    texts, shares = ["", "", ""], [None] * 3
    certainty = ""
    if committed == 0:
        verdict = "not_committed"
    elif world["policy"] == "removed" and n == 0:
        verdict = "exempt"
    elif den == 0:
        verdict = "unmeasured"
    else:
        low, high = n - total["long"] - total["left"], n - total["short"]
        verdict = "met" if good(num, den) else "breached"
        certainty = "certain" if good(low, n) == good(high, n) else "uncertain"
        texts = [percent(num, den), percent(low, n), percent(high, n)]
        shares = [fractions.Fraction(a, b) for a, b in ((num, den), (low, n), (high, n))]

    def seconds(ms):
        return f"{ms // 1000}.{ms % 1000:03d}"

    if wants_shares:
        return shares
    kept = [dict(c, revoked_at=None) for c in world["corrections"] if c["kind"] == "downtime"]
    plain = row(dict(world, corrections=kept, plain=True), service, wants_shares=True)
    # Whose it was last in the month.
    customer = step_at(steps_of(world, service), world["end"] - 1)["customer"]
    return [customer, service["id"], *texts, verdict, certainty,
            *(seconds(total[k]) for k in ("committed", "up", "down", "unmeasured", "excluded")),
            *(seconds(by[c]) for c in CATEGORIES), str(len(outages)), str(transients),
            seconds(max(outages, default=0)), *credit(world, service, shares, plain)]


COLUMNS = ["customer", "service", "availability_percent", "availability_min_percent", "availability_max_percent",
           "verdict", "certainty", "committed_s", "up_s", "down_s", "unmeasured_s", "excluded_s",
           *(c + "_s" for c in CATEGORIES), "outages", "transients", "longest_outage_s", "credit_percent", "credit_amount"]


def random_world(rng):
    zone = rng.choice(ZONES)
    year, month = rng.choice([2018, 2024, 2025, 2026]), rng.randint(1, 12)
    start = midnight(zone, year, month, 1)
    end = midnight(zone, year + month // 12, month % 12 + 1, 1)
    unit = rng.choice([1, 250, 1000, 60_000])
    interval = rng.choice([1000, 10_000, 60_000, 600_000])
    # What happens, happens around a few places: the ends of the month, and somewhere inside.
    places = [start, end, rng.randrange(start, end)]
    reach = interval * rng.randint(3, 40)

    def near():
        t = rng.choice(places) + rng.randint(-reach, reach)
        return t - t % unit if rng.random() < 0.8 else rng.choice(places)

    def maybe(chance):
        return near() if rng.random() < chance else None

    services = []
    for i in range(rng.randint(1, 3)):
        checks = []
        for k in range(rng.choice([1, 1, 2, 3])):
            confirm, timeout = rng.randint(1, 4), rng.choice([500, interval // 2, interval])
            stale = rng.choice([None, interval + timeout, 3 * interval, 5 * interval + timeout])
            samples, ends = {}, {}
            families = rng.choice([[None], ["ipv4"], ["ipv4", "ipv6"], ["ipv4", "ipv6", None]])
            weights = rng.choice([(8, 1, 1), (3, 6, 1), (1, 1, 1)])
            # Of some samples nobody looked, and some were known later.
            derived, later_known = rng.choice([0, 0, 0.3]), rng.choice([0, 0, 0.2])
            names = rng.choice([[None], [None], ["hanoi"], ["hanoi", "hue"], ["hanoi", "hue", "saigon"],
                                ["a", "b", "c", "d"]])

            def sample(at):
                known = at + rng.choice([0, interval, reach]) if rng.random() < later_known else at
                return (rng.choices(["up", "down", "unknown"], weights)[0], rng.choice(families),
                        rng.random() < derived, known)

            for name in names:
                for _ in range(rng.randint(0, 40)):
                    at = near()
                    samples[name, at, 0] = sample(at)
                t = near()
                for _ in range(rng.randint(0, 60)):
                    samples[name, t, 0] = sample(t)
                    t += rng.choice([interval, interval, interval, interval + unit, 2 * interval + timeout,
                                     2 * interval + timeout + 1, 5 * interval])
                for later in range(1, rng.choice([1, 1, 2, 3])):
                    # The clock was set back: from some instant on again, while the pass before it ends.
                    before = [at for v, at, p in samples if v == name and p == later - 1]
                    if not before:
                        break
                    if rng.random() < 0.6:
                        ends[name, later - 1] = max(before) + rng.choice([0, unit, interval, reach])
                    t = max(before) - rng.randint(0, 2 * reach)
                    for _ in range(rng.randint(1, 40)):
                        samples[name, t, later] = sample(t)
                        t += rng.choice([interval, interval, interval + unit, 5 * interval])
            checks.append({"ends": ends, "names": names, "id": f"c{k}", "confirm": confirm, "timeout": timeout, "written_stale": stale,
                           "stale": stale or 2 * interval + timeout, "samples": samples})
        paid, words = [], []
        for _ in range(rng.randint(0, 3)):
            if rng.random() < 0.4:
                day = rng.randint(1, 27)
                a, text = midnight(zone, year, month, day), f"{year}-{month:02d}-{day:02d}"
            else:
                a = near()
                text = rfc3339(a, rng)
            b = rng.choice([None, near(), a + rng.randint(1, 3 * reach)])
            if b is not None and b <= a:
                continue
            paid.append((a, FAR if b is None else b))
            words.append((text, None if b is None else rfc3339(b, rng)))
        services.append({"id": f"s{i}", "price": rng.choice([None, 200_000, 199_999, 7]), "customer": rng.choice(["acme", "zeta"]), "mode": rng.choice(["all", "any"]),
                         "groups": rng.sample(["rack-1", "rack-2"], rng.randint(0, 2)), "checks": checks,
                         "paid": paid, "paid_words": words})
    rules = []
    if rng.random() < 0.6:
        for s in services:
            if rng.random() < 0.7:
                rules += random_rules(rng, s, near, interval, places)
    groups = sorted({g for s in services for g in s["groups"]})
    scopes = ["all", "customer:acme", "customer:zeta"] + [f"service:{s['id']}" for s in services] + [
        f"group:{g}" for g in groups]
    leads = {"scheduled_maintenance": rng.choice([86_400_000, reach, interval]),
             "emergency_maintenance": rng.choice([3_600_000, interval])}
    recurring = max(2 * 86_400_000, leads["scheduled_maintenance"])
    exclusions = []
    for i in range(rng.randint(0, 6)):
        a = near()
        category = rng.choice(CATEGORIES)
        lead = leads.get(category, 0)
        exclusions.append({
            "id": f"E{i}", "category": category, "scope": rng.sample(scopes, rng.randint(1, 2)), "from": a,
            "to": a + rng.choice([1, unit, rng.randint(1, 2 * reach), FAR // 1000]),
            "notice_at": rng.choice([None, a - lead, a - lead, a - lead + 1, a - lead - 1, a + 5, a - recurring,
                                     a - recurring - 1]),
            "plan": rng.choice(["", "", "M3"]),
            "evidence": rng.choice(["", "ticket, \"7\"", "letter"]), "recorded_at": maybe(0.4),
            "revoked_at": maybe(0.3)})
    corrections = []
    for i in range(rng.choice([0, 0, 1, 2, 4])):
        a, kind = near(), rng.choice(["void", "void", "downtime"])
        parts = ["family:ipv4", "family:ipv6"] + [
            f"check:{s['id']}/{c['id']}" for s in services for c in s["checks"]] + sorted(
            {f"vantage:{v}" for s in services for c in s["checks"] for v, _, _ in c["samples"] if v}
            ) if kind == "void" else []
        corrections.append({
            "id": f"C{i}", "kind": kind, "scope": rng.sample(scopes + parts, rng.randint(1, 2)), "from": a,
            "to": a + rng.choice([1, unit, rng.randint(1, 2 * reach), reach]),
            "evidence": rng.choice(["", "ticket, \"8\"", "a log"]), "recorded_by": rng.choice(["lan", "availd"]),
            "recorded_at": maybe(0.3), "revoked_at": maybe(0.2)})
    objective = rng.choice([(99, 0), (995, 1), (50, 0), (66667, 3)])
    bounds = [b for b in (10, 40, 50, 66, 90, 95, 99) if b * 10 ** objective[1] <= objective[0]]
    tiers = [(b, rng.choice([0, 5, 10, 25, 33, 50, 700])) for b in rng.sample(bounds, min(len(bounds), rng.randint(0, 3)))]
    as_of = rng.choice([end + 30 * 86_400_000, end, near(), near()])
    return {"zone": zone, "month": f"{year}-{month:02d}", "start": start, "end": end, "interval": interval,
            "policy": rng.choice(["removed", "forgiven"]), "objective": objective,
            "tiers": tiers, "prorate": rng.random() < 0.6, "uncertain": rng.choice(["settle", "pay", "pay"]),
            "leads": leads, "recurring": recurring, "services": services, "exclusions": exclusions, "corrections": corrections,
            "rules": rules, "as_of": as_of}


def random_rules(rng, service, near, interval, places):
    """Rows of rules.csv: how each check of the service was read at first, what became of it, and corrections."""
    rows, first = [], min(places) - rng.choice([0, 40, 10_000]) * interval
    state = {"customer": service["customer"], "groups": service["groups"], "mode": service["mode"]}

    def write(check, known_at, since=None, left=False, share=0.8):
        step = rng.choice([interval, 2 * interval])
        timeout = rng.choice([step // 2, step])
        vantages = [v for v in check["names"] if v and rng.random() < share]
        if check["names"] != [None] and not vantages:
            vantages = [check["names"][0]]
        rows.append(dict(
            state, service=service["id"], check=check["id"], known_at=known_at, **{"from": since}, left=left,
            interval=step, timeout=timeout, stale=rng.choice([step + timeout, 2 * step + timeout, 5 * step + timeout]),
            confirm=rng.randint(1, 3), counts=rng.random() < 0.9, vantages=vantages,
            quorum=rng.choice([None, rng.randint(1, max(1, len(vantages)))])))

    checks = list(service["checks"])
    for check in checks:
        # Whoever is named by a sample is named by some row.
        write(check, first, share=1)
    if rng.random() < 0.3 and len(checks) > 1:
        # One was added later.
        rows[-1]["known_at"] = max(near(), first + 1)
    for _ in range(rng.choice([0, 1, 2, 3])):
        at = max(near(), first + 1)
        state["mode"] = rng.choice([state["mode"], "all", "any"])
        state["customer"] = rng.choice([state["customer"], "acme", "zeta"])
        state["groups"] = rng.choice([state["groups"], ["rack-1"], ["rack-2"]])
        write(rng.choice(checks), at, left=rng.random() < 0.2)
        if rng.random() < 0.4:
            # Only the quorum is another.
            last = dict(rows[-1], known_at=at + 2 * interval)
            if not last["left"]:
                last["quorum"] = rng.randint(1, max(1, len(last["vantages"])))
            rows.append(last)
    if rng.random() < 0.3:
        at = near()
        write(rng.choice(checks), max(near(), first + 1), since=at, left=rng.random() < 0.2)
    # Of a check one row an instant, in order; a state is that of its instant.
    return list({(r["check"], r["known_at"], r["from"]): r for r in rows}.values())


def rfc3339(ms, rng=None):
    """An instant in some spelling: an offset of any zone."""
    minutes = rng.choice([0, 420, -210, 60]) if rng else 0
    local = datetime.datetime(1970, 1, 1) + datetime.timedelta(milliseconds=ms, minutes=minutes)
    sign = "-" if minutes < 0 else "+"
    text = local.strftime("%Y-%m-%dT%H:%M:%S") + f".{local.microsecond // 1000:03d}"
    return text + f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def instant(ms, rng):
    if ms is None:
        return ""
    return str(ms) if rng.random() < 0.5 else rfc3339(ms, rng)


def write_world(world, folder, rng):
    mantissa, scale = world["objective"]
    digits = str(mantissa).rjust(scale + 1, "0")
    objective = digits if scale == 0 else digits[:-scale] + "." + digits[-scale:]
    tiers = ", ".join(f"{{below: {below}, percent: {percent}}}" for below, percent in world["tiers"])
    lines = ["agreement:", f"  timezone: {world['zone']}", f"  objective: {objective}",
             f"  excluded_time: {world['policy']}",
             f"  notice: {{scheduled: {world['leads']['scheduled_maintenance']}ms, "
             f"emergency: {world['leads']['emergency_maintenance']}ms}}",
             f"  compensation: {{currency: VND, prorate: {str(world['prorate']).lower()}, "
             f"uncertain: {world['uncertain']}, tiers: [{tiers}]}}",
             f"defaults: {{interval: {world['interval']}ms}}", "customers: [{id: acme}, {id: zeta}]", "services:"]
    for s in world["services"]:
        lines += [f"  - id: {s['id']}", f"    customer: {s['customer']}", f"    groups: {s['groups']}"]
        lines += [f"    price: {s['price']}"] if s["price"] is not None else []
        lines += [
                  f"    mode: {s['mode']}", "    paid:" + ("" if s["paid_words"] else " []")]
        for a, b in s["paid_words"]:
            lines.append(f"      - {{from: {a}" + (f", to: {b}" if b else "") + "}")
        lines.append("    checks:")
        for c in s["checks"]:
            stale = f", stale_after: {c['written_stale']}ms" if c["written_stale"] else ""
            lines.append(f"      - {{id: {c['id']}, url: 'tcp://h:1', confirm: {c['confirm']}, "
                         f"timeout: {c['timeout']}ms{stale}}}")
    with open(f"{folder}/availd.yaml", "w") as f:
        f.write("\n".join(lines) + "\n")
    records = [(at, s["id"], c["id"], sample[0], sample[1], name, sample[2], sample[3], number, c["ends"].get((name, number)))
               for s in world["services"] for c in s["checks"]
               for (name, at, number), sample in c["samples"].items()]
    records += rng.sample(records, min(3, len(records)))
    rng.shuffle(records)
    with open(f"{folder}/s.csv", "w", newline="") as f:
        out = csv.writer(f, lineterminator=rng.choice(["\n", "\r\n"]))
        out.writerow(["at", "service", "state", "check", "family", "vantage", "derived", "known_at", "pass", "pass_ends"])
        out.writerows([instant(at, rng), s, state, c, family or "", name or "",
                       "true" if derived else rng.choice(["", "false"]), instant(known, rng) if known > at else "",
                       rng.choice([number, number or ""]), instant(ends, rng)]
                      for at, s, c, state, family, name, derived, known, number, ends in records)
    with open(f"{folder}/r.csv", "w", newline="") as f:
        out = csv.writer(f)
        out.writerow("service,check,known_at,from,by,reason,evidence,customer,groups,interval,timeout,stale_after,confirm,"
                     "mode,counts,vantages,quorum,target,left".split(","))
        for r in world["rules"]:
            out.writerow([r["service"], r["check"], instant(r["known_at"], rng), instant(r["from"], rng), "lan", "why",
                          "proof", r["customer"], " ".join(r["groups"]), f"{r['interval']}ms", f"{r['timeout']}ms",
                          f"{r['stale']}ms", r["confirm"], r["mode"], "true" if r["counts"] else "false",
                          " ".join(r["vantages"]), "" if r["quorum"] is None else r["quorum"], "",
                          "true" if r["left"] else ""])
    with open(f"{folder}/e.csv", "w", newline="") as f:
        out = csv.writer(f)
        out.writerow("id,category,scope,from,to,notice_at,evidence,recorded_at,recorded_by,revoked_at,plan".split(","))
        for e in world["exclusions"]:
            out.writerow([e["id"], e["category"], " ".join(e["scope"]), instant(e["from"], rng), instant(e["to"], rng),
                          instant(e["notice_at"], rng), e["evidence"], instant(e["recorded_at"], rng), "lan",
                          instant(e["revoked_at"], rng), e["plan"]])
    with open(f"{folder}/v.csv", "w", newline="") as f:
        out = csv.writer(f)
        out.writerow("id,kind,scope,from,to,reason,evidence,recorded_at,recorded_by,revoked_at".split(","))
        for c in world["corrections"]:
            out.writerow([c["id"], c["kind"], " ".join(c["scope"]), instant(c["from"], rng), instant(c["to"], rng),
                          "as it was", c["evidence"], instant(c["recorded_at"], rng), c["recorded_by"],
                          instant(c["revoked_at"], rng)])


def main():
    availd = sys.argv[1]
    worlds = int(sys.argv[2]) if len(sys.argv) > 2 else 300
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 20261001
    verdicts = {}
    for number in range(worlds):
        rng = random.Random(f"{seed}/{number}")
        world = random_world(rng)
        folder = tempfile.mkdtemp(prefix="availd-oracle-")
        write_world(world, folder, rng)
        rules = ["--rules", f"{folder}/r.csv"] if world["rules"] else []
        run = subprocess.run(
            [availd, "replay", *rules, "--config", f"{folder}/availd.yaml", "--samples", f"{folder}/s.csv", "--exclusions",
             f"{folder}/e.csv", "--voids", f"{folder}/v.csv", "--month", world["month"], f"--as-of={instant(world['as_of'], rng)}"],
            capture_output=True, text=True)
        expected = sorted((row(world, s) for s in world["services"]), key=lambda r: (r[0], r[1]))
        found = [[record[c] for c in COLUMNS] for record in csv.DictReader(io.StringIO(run.stdout))]
        if run.returncode != 0 or found != expected:
            print(f"world {number} of seed {seed} differs; its files are in {folder}, as of {world['as_of']}")
            print(run.stderr)
            for f, e in zip(found, expected):
                for c, a, b in zip(COLUMNS, f, e):
                    if a != b:
                        print(f"  {f[1]} {c}: availd {a}, oracle {b}")
            sys.exit(1)
        for r in expected:
            verdicts[r[5]] = verdicts.get(r[5], 0) + 1
            if r[-1]:
                verdicts["credit"] = verdicts.get("credit", 0) + 1
        for name in os.listdir(folder):
            os.remove(f"{folder}/{name}")
        os.rmdir(folder)
    # Worlds that never reach a verdict would prove nothing about it.
    missing = {"met", "breached", "not_committed", "unmeasured", "credit"} - set(verdicts)
    assert worlds < 100 or not missing, f"no world reached {missing}"
    print(f"{worlds} worlds agree: {verdicts}")


main()
