"""Midnights and recurring windows as availd shows them, against Python's zoneinfo, which reads the same tzdata with
code of its own.

In each zone: the midnight of every 1st, and those around every clock change, as the ends of paid terms (`terms list`);
and a window across the hour of the zone's clock changes, on each weekday on which they fall (`exclusion list`).
Zones whose clocks agree from 2015 to 2035 are looked at once.
"""
import collections
import concurrent.futures
import datetime as dt
import os
import subprocess
import sys
import time
import zoneinfo

AVAILD, WORK = sys.argv[1:3]
UTC = dt.timezone.utc
FIRST, LAST = dt.date(2015, 1, 1), dt.date(2035, 12, 31)
DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
SECOND = dt.timedelta(seconds=1)


def wall(zone, instant):
    return instant.astimezone(zone).replace(tzinfo=None)


def changes(zone):
    """Every clock change, as the first instant after it: found by halving the spans whose ends differ."""
    found = []
    at = dt.datetime(2014, 12, 28, tzinfo=UTC)
    while at < dt.datetime(2036, 1, 5, tzinfo=UTC):
        after = at + dt.timedelta(days=4)
        if at.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            low, high = at, after
            while high - low > SECOND:
                middle = low + (high - low) // 2
                middle = middle.replace(microsecond=0)
                if middle.astimezone(zone).utcoffset() == at.astimezone(zone).utcoffset():
                    low = middle
                else:
                    high = middle
            found.append((high, at.astimezone(zone).utcoffset(), after.astimezone(zone).utcoffset()))
        at = after
    return found


def first_shown(zone, moved, naive):
    """The first instant at which the clocks show `naive` or later."""
    # Of two, the one with fold 0 is the first.
    instant = naive.replace(tzinfo=zone).astimezone(UTC)
    if wall(zone, instant) == naive:
        return instant
    # Where it is skipped, the change itself.
    return min(at for at, before, after in moved if (at + before).replace(tzinfo=None) <= naive
               < (at + after).replace(tzinfo=None))


def text(zone, instant):
    return instant.astimezone(zone).isoformat()


def run(*arguments, env=None):
    process = subprocess.run([AVAILD, *arguments], capture_output=True, text=True, timeout=120,
                             env={**os.environ, **(env or {}), "NO_COLOR": "1"})
    if process.returncode != 0:
        raise SystemExit(f"{arguments}: status {process.returncode}\n{process.stderr}")
    return process.stdout


def columns(table, first):
    """The two columns of instants of each row."""
    return [tuple(word.replace("Z", "+00:00") for word in line.split()[first:first + 2])
            for line in table.splitlines()[1:]]


def compare(name, what, found, expected):
    if found != expected:
        wrong = [pair for pair in zip(found, expected) if pair[0] != pair[1]]
        raise SystemExit(f"{name}, {what}: {len(found)} and {len(expected)}; found, expected: {wrong[:3]}")
    return len(found)


def midnights(zone, moved):
    dates = {dt.date(year, month, 1) for year in range(2015, 2036) for month in range(1, 13)}
    for at, _, _ in moved:
        around = wall(zone, at).date()
        dates |= {around + dt.timedelta(days=offset) for offset in range(-1, 3)}
    dates = sorted(date for date in dates if FIRST <= date <= LAST)
    return dates[: len(dates) // 2 * 2]


def check(name):
    zone = zoneinfo.ZoneInfo(name)
    moved = changes(zone)
    start = lambda date: first_shown(zone, moved, dt.datetime.combine(date, dt.time()))
    dates = midnights(zone, moved)
    terms = [(dates[i], dates[i + 1]) for i in range(0, len(dates), 2)]
    folder = os.path.join(WORK, name.replace("/", "."))
    os.mkdir(folder)
    config = os.path.join(folder, "availd.yaml")
    with open(config, "w") as file:
        paid = ", ".join(f"{{from: {a}, to: {b}}}" for a, b in terms)
        file.write(f"agreement: {{timezone: {name}}}\ncustomers: [{{id: c}}]\nservices:\n"
                   f"  - {{id: s, customer: c, url: 'http://a.example/', paid: [{paid}]}}\n"
                   f"state_directory: {folder}/state\n")

    # A window from a quarter of an hour before the change to an hour and a quarter after, by the clocks of before.
    hours = collections.Counter((wall(zone, at - SECOND) + SECOND).time() for at, _, _ in moved)
    hour = hours.most_common(1)[0][0] if hours else dt.time(2)
    base = dt.datetime.combine(FIRST, hour)
    opens = (base - dt.timedelta(minutes=15)).time().replace(second=0)
    closes = (base + dt.timedelta(minutes=75)).time().replace(second=0)
    # Over midnight, a window that holds the change began the day before.
    earlier = dt.timedelta(days=1 if closes <= opens else 0)
    weekdays = sorted({(wall(zone, at) - earlier).weekday() for at, _, _ in moved}) or [6]
    shift = int(dt.datetime(2015, 1, 2, 12, tzinfo=UTC).timestamp() - time.time())
    then = {"LD_PRELOAD": os.path.join(WORK, "wall-clock.so"), "AVAILD_TEST_CLOCK_OFFSET": str(shift)}
    begin = dt.date(2015, 1, 4)
    run("maintenance", "plan", "--kind", "scheduled", "--scope", "all", "--reason", "r", "--config", config,
        "--every", " ".join(DAYS[day] for day in weekdays), "--from", f"{opens:%H:%M}", "--to", f"{closes:%H:%M}",
        "--first", str(begin), "--last", str(LAST), env=then)
    listed = run("exclusion", "list", "--config", config, "--as-of", "2035-12-31T23:00:00Z")
    found = columns(listed, 3)
    expected = []
    for offset in range((LAST - begin).days + 1):
        date = begin + dt.timedelta(days=offset)
        if date.weekday() not in weekdays:
            continue
        ends = date if closes > opens else date + dt.timedelta(days=1)
        window = [first_shown(zone, moved, dt.datetime.combine(day, hour))
                  for day, hour in ((date, opens), (ends, closes))]
        if window[0] < window[1]:
            expected.append(tuple(text(zone, instant) for instant in window))
    windows = compare(name, f"windows from {opens} to {closes}", found, expected)

    listed = run("terms", "list", "s", "--config", config)
    found = columns(listed.split("\n\n")[0], 2)
    expected = [(text(zone, start(a)), text(zone, start(b))) for a, b in terms]
    return windows, 2 * compare(name, "midnights", found, expected)


def behaviour(name):
    zone = zoneinfo.ZoneInfo(name)
    return (zone.utcoffset(dt.datetime(2015, 1, 1)), tuple(changes(zone)))


def distinct(names):
    """One name of each file: many are links."""
    files = {}
    for name in names:
        for folder in zoneinfo.TZPATH:
            path = os.path.join(folder, name)
            if os.path.exists(path):
                with open(path, "rb") as file:
                    files.setdefault(file.read(), name)
                break
    return sorted(files.values())


def main():
    alike = {}
    names = sorted(name for name in zoneinfo.available_timezones() if not name.startswith(("posix", "right")))
    names = [name for name in names if name not in ("localtime", "Factory")]
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        files = distinct(names)
        for name, key in zip(files, pool.map(behaviour, files, chunksize=20)):
            alike.setdefault(key, name)
        zones = sorted(alike.values())
        counts = list(pool.map(check, zones))
    windows, midnights = (sum(column) for column in zip(*counts))
    print(f"{len(names)} zones, {len(zones)} that differ: {windows} windows and {midnights} midnights agree")


if __name__ == "__main__":
    main()
