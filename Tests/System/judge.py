"""What a ledger says of groups of services under load: prints a line a group, and fails where one is not as it must be.

    judge.py LEDGER WATCHING UNTIL ARRIVALS RULE…

The daemon watched from WATCHING to UNTIL (ms). ARRIVALS is a folder with the files that peers.py has left. A RULE is
`GROUP interval=MS [key=value…]`; GROUP is a pattern of service ids, and each key holds for all samples of the group:

    state=up|down       every sample has it, but for those that `unknown` and `pauses` allow
    late=MS             the most between two samples, beyond the interval, and at both ends (default 1000; `any`)
    unknown=any         unknown samples are counted, not forbidden
    pauses=FROM-TO,…    within these the group may be unknown, and is late as long as they last
    takes=MS            how long a probe takes, and its sample is not there yet (default 0)
    total=MS            the most that the total_us of a sample that is not unknown may say
    causes=show         what was said of those that are down
    arrive=MS           a server has seen a request to /SERVICE at most so long after each sample that is up
"""

import bisect
import collections
import fnmatch
import glob
import os
import sqlite3
import sys

STATES = "up", "down", "unknown"


class Group:
    def __init__(self, rule):
        self.pattern, *settings = rule.split()
        self.rule = dict(setting.split("=", 1) for setting in settings)
        self.interval = int(self.rule["interval"])
        self.pauses = [
            tuple(map(int, pause.split("-"))) for pause in self.rule.get("pauses", "").split(",") if pause]
        self.wrong = []

    def paused(self, start, end):
        return any(start <= to and begin <= end for begin, to in self.pauses)

    def judge(self, series, watching, until, arrivals):
        """`series`: the samples of each service, in order."""
        counts, causes = collections.Counter(), collections.Counter()
        worst = slowest = latest = 0
        late = self.rule.get("late", "1000")
        # A sample is in the ledger when its probe is over and half a second more has passed.
        takes = int(self.rule.get("takes", "0")) + 600
        for service, samples in sorted(series.items()):
            if not fnmatch.fnmatch(service, self.pattern):
                continue
            counts["services"] += 1
            if not samples:
                self.wrong.append(f"{service} has no sample")
            before = watching
            for at, state, total, cause in samples + [(until - takes, None, None, None)]:
                if not self.paused(before, at):
                    worst = max(worst, at - before - self.interval)
                    if late != "any" and at - before > self.interval + int(late):
                        what = f"at {(before - watching) / 1000:.3f} s, {at - before} ms passed to the next sample"
                        self.wrong.append(f"{service}: {what}")
                before = at
                if state is None:
                    break
                counts[STATES[state]] += 1
                if state == 1 and "causes" in self.rule:
                    causes[cause] += 1
                where = f"{service} at {(at - watching) / 1000:.3f} s: {STATES[state]}, {cause}"
                self.look(STATES[state], at, where)
                if total is not None and state != 2 and "total" in self.rule:
                    slowest = max(slowest, total // 1000)
                    if total > int(self.rule["total"]) * 1000:
                        self.wrong.append(f"{where}, took {total // 1000} ms")
                if "arrive" in self.rule and state == 0:
                    latest = max(latest, self.arrival(arrivals.get(service, []), at, where))
        if not counts["services"]:
            self.wrong.append("there is no such service")
        figures = [f"{counts['services']} services"]
        figures += [f"{counts[state]} {state}" for state in STATES]
        figures.append(f"worst lateness {worst} ms")
        if "arrive" in self.rule:
            figures.append(f"latest arrival after {latest} ms")
        if "total" in self.rule:
            figures.append(f"longest {slowest} ms")
        figures += [f"{count} × \"{cause}\"" for cause, count in causes.most_common(2)]
        print(f"  {self.pattern}: {', '.join(figures)}")

    def look(self, state, at, where):
        expected = self.rule.get("state")
        if state == "unknown":
            if self.rule.get("unknown") != "any" and not self.paused(at, at):
                self.wrong.append(where)
        elif expected and state != expected:
            self.wrong.append(where)

    def arrival(self, instants, at, where):
        # One ms for what both clocks' readings cut off.
        place = bisect.bisect_left(instants, at - 1)
        if place == len(instants):
            self.wrong.append(f"{where}, and no server has seen it")
            return 0
        after = instants[place] - at
        if after > int(self.rule["arrive"]):
            self.wrong.append(f"{where}, and the request came {after} ms later")
        return after


def main():
    ledger, watching, until, folder, *rules = sys.argv[1:]
    arrivals = collections.defaultdict(list)
    for path in glob.glob(os.path.join(folder, "*.arrivals")):
        with open(path) as lines:
            for line in lines:
                name, at = line.split()
                arrivals[name.lstrip("/")].append(int(at))
    for instants in arrivals.values():
        instants.sort()
    database = sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)
    # Every service, also one without samples: its terms are recorded with it.
    series = {service: [] for service, in database.execute("SELECT DISTINCT service FROM service_records")}
    query = """
        SELECT service, at, state, total_us, text FROM samples
        JOIN series ON series = series.id LEFT JOIN texts ON cause = texts.id ORDER BY at"""
    for service, *sample in database.execute(query):
        series.setdefault(service, []).append(tuple(sample))
    failed = False
    for group in map(Group, rules):
        group.judge(series, int(watching), int(until), arrivals)
        for line in group.wrong[:3]:
            print(f"    not {line}")
        if len(group.wrong) > 3:
            print(f"    … and {len(group.wrong) - 3} more like these")
        failed = failed or bool(group.wrong)
    sys.exit(failed)


main()
