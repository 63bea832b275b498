#!/usr/bin/env python3
"""Makes the ledgers of earlier schemas that MigrationTests opens, from the schemas as they were released.

    Tests/LedgerTests/Migrations/make.py      # in a clone with its whole history

Each is what a daemon of its time would have left: its tables, triggers and migrations, and the same facts, as far as it
could hold them. They are kept in the repository, since what a release wrote must stay readable for good.
"""
import hashlib, os, re, sqlite3, subprocess

HERE = os.path.dirname(os.path.abspath(__file__))

# The commits at which each version of the schema was the latest, and what that version is called.
RELEASES = [
    ("4950beb", "v1"), ("89ee2fc", "terms"), ("e2e3e16", "incidents"), ("443586a", "exclusion_details"),
    ("e7a65ac", "statements"), ("84701b6", "maintenance"), (None, "corrections"), (None, "exclusion_plans"),
    (None, "rules"), (None, "settlements"), (None, "agreements"),
]
FILES = {
    "v1": "SchemaV1", "terms": "SchemaTerms", "incidents": "SchemaIncidents", "imports": "SchemaImports",
    "exclusion_details": "SchemaExclusionDetails", "statements": "SchemaStatements", "maintenance": "SchemaMaintenance",
}


ROOT = os.path.join(HERE, "..", "..", "..")
LEDGER = os.path.join(ROOT, "Sources", "Ledger")
# What each version since then adds: the files that say so, which never change once they are released.
LATER = {
    "corrections": (
        "84701b6", ["Corrections/FactTable+Corrections.swift", "Passes/FactTable+Passes.swift"],
        "Schema/SchemaVersion+Corrections.swift", ["series", "statement_series"]),
    "exclusion_plans": ("corrections", [], "Schema/SchemaVersion+ExclusionPlans.swift", []),
    "rules": (
        "exclusion_plans", ["Catalog/FactTable+RuleCorrections.swift"], "Schema/SchemaVersion+Rules.swift", []),
    "settlements": (
        "rules", ["Settlements/FactTable+Settlements.swift"], "Schema/SchemaVersion+Settlements.swift", []),
    "agreements": (
        "settlements", ["Catalog/FactTable+Agreements.swift"], "Schema/SchemaVersion+Agreements.swift", []),
}


def later(db, name):
    """What the migration `name` does to the ledger of the version before it."""
    before, tables, changes, remade = LATER[name]
    if before in LATER:
        later(db, before)
    else:
        create(db, before)
    made = []
    for file in tables + [changes]:
        with open(os.path.join(LEDGER, file)) as text:
            for indent, sql in re.findall(r'"""\n( *)(.*?)"""', text.read(), re.S):
                made += re.findall(r"CREATE TABLE (\w+)", sql) if file != changes else []
                db.executescript("\n".join(line.removeprefix(indent) for line in sql.split("\n")))
        if file == changes:
            with open(os.path.join(LEDGER, file)) as text:
                for sql in re.findall(r'"(ALTER TABLE [^"]*)"', text.read()):
                    db.execute(sql)
    triggers(db, made + remade)
    db.execute("INSERT INTO grdb_migrations VALUES (?)", [name])


def triggers(db, tables):
    for table in tables:
        for operation in ["UPDATE", "DELETE"]:
            db.execute(
                f"CREATE TRIGGER {table}_no_{operation.lower()} BEFORE {operation} ON {table}\n"
                f"BEGIN SELECT RAISE(ABORT, '{table}: facts are only ever added'); END")


def source(commit, name):
    path = f"{commit}:Sources/Ledger/Schema/{name}.swift"
    return subprocess.run(["git", "show", path], cwd=HERE, check=True, capture_output=True, text=True).stdout


def versions(commit):
    """The versions at `commit`, the oldest first."""
    listed = re.search(r"versions: \[SchemaVersion\] = \[(.*?)\]", source(commit, "Schema"), re.S).group(1)
    return [re.sub(r"([A-Z])", r"_\1", name).lower() for name in re.findall(r"\.(\w+)", listed)]


def create(db, commit):
    """What the migrator of `commit` did to an empty database."""
    db.execute("CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
    for version in versions(commit):
        text = source(commit, FILES[version])
        body = re.search(r'"""\n(.*?)\n( *)"""', text, re.S)
        sql = "\n".join(line.removeprefix(body.group(2)) for line in body.group(1).split("\n"))
        db.executescript(sql)
        triggers(db, re.findall(r"CREATE TABLE (\w+)", sql))
        db.execute("INSERT INTO grdb_migrations VALUES (?)", [version])
    db.execute(f"PRAGMA application_id = {0x41564C44}")


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def seal(statement, sequence, amends, previous):
    """As docs/format/statement.md has it."""
    digest = {"csv": sha256(statement["csv"]), "inputs": sha256(statement["inputs"])}
    values = [
        ("number", f"2026-10/{sequence}"), ("amends", amends), ("closed_at", "70"), ("as_of", "69"),
        ("closed_by", "lan"), ("reason", statement["reason"]), ("program", "1.0.0"), ("csv", digest["csv"]),
        ("inputs", digest["inputs"]), ("agreement", "a"), ("terms", "b"), ("exclusions", "c"), ("negotiations", "d"),
        ("samples", "e"), ("changes", sha256(statement["changes"])), ("ledger", "series\t1\t1\t-\n"),
        ("previous", previous),
    ]
    return sha256("".join(f"{name} {len(value.encode())} {value}\n" for name, value in values))


def fill(db):
    """The facts that the tables of `db` can hold."""
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}

    def add(table, *rows):
        if table in tables:
            for row in rows:
                # Columns that a later version has added come last, and have their default.
                names = [column[1] for column in db.execute(f"PRAGMA table_info({table})")][:len(row)]
                db.execute(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(row))})", row)

    add("series", (1, "web", "default"), (2, "máy chủ", "smtp"))
    add("texts", (1, "2001:db8::1"), (2, 'greeted with "a"'))
    add("samples",
        (1, 1000, 0, None, None, None, None, None, None, None), (1, 2000, 1, 11, 22, 33, 44, 55, 1, 2),
        (2, -5, 2, None, None, None, None, None, None, None))
    add("transitions", (1, "web", "down", 2000, 2500), (2, "web", "up", 3000, 3500))
    add("exclusions",
        (1, "E1", "force_majeure", '["service:web","group:rack 3","all"]', 10, 20, 1, "mail \"bảo trì\"", 2, "an"),
        (2, "E2", "suspension", '["customer:acme"]', 30, 253370764800000, None, "letter", None, ""))
    add("exclusion_revocations", (1, 1, 30, "binh", "wrong rack"))
    add("exclusion_details", (2, None, "lock", "clause 4", "web", 30, "imported"))
    add("outbox",
        (1, "service_down", "web", 2500, '[["since","07:00"],["cause","a \\"b\\""]]'),
        (2, "service_up", "web", 3500, "[]"))
    add("outbox_deliveries", (1, 2600))
    add("daemon_events", (1, "start", 900, 7, "1.0", ""), (2, "clock_step", 950, 7, "1.0", "−2 s"))
    add("service_records",
        (1, "web", 5, "daemon", "acme", "hanoi", "200000.50", "-5/5 10/", "any",
         "default 60000 10000 10000 2 130000\nimap 7 6 5 4 3"),
        (2, "web", 9, "daemon", None, None, None, None, None, None))
    add("customer_records", (1, "acme", "Công ty Acme", 1, 5, "daemon"))
    add("billed_terms", (1, "web", '[[0,5,"200000.5","Hosting \\"M\\""],[7,null,null,""]]', 6, "lan"))
    add("paid_withdrawals", (1, "web", 1, 2, "never paid", 7, "lan"), (2, "web", 3, 4, "a mistake", 8, "lan"))
    add("paid_reinstatements", (1, 9, "an", "it was"))
    add("negotiations", (1, "2026-10", "web", "150000", "letter", 40, "lan"), (2, "2026-10", "web", None, "off", 41, "lan"))
    web = '{"service":"web","customer":"acme","down_since":2000,"addresses":["2001:db8::1"],"cause":"refused"}'
    add("incident_events",
        (1, 1, 2000, 2500, "availd", "opened_by_outage", None, "refused", f"[{web}]"),
        (2, 1, 2600, 2600, "an", "classified", "upkeep", "the disk", "[]"),
        (3, 1, 3500, 3500, "an", "resolved", None, "a new disk", "[]"),
        (4, 2, 50, 51, "an", "opened_by_hand", None, "slow", '[{"service":"api","customer":"beta","addresses":[]}]'))
    add("imports", (1, "old.csv", 99, "ab12", "availd", 60, "lan"), (2, "rest.csv", 9, "cd34", "nagios", 62, "lan"))
    add("import_results", (1, 1, 61, 5, 2, 1, '[["in the future","3"]]'))
    add("import_series", (1, 1, "WEB;HTTP", "web", "default", 8, 1000, 4990))
    original = {"csv": "service,month\r\nweb,2026-10\r\n", "inputs": "availd statement inputs 1\n", "reason": "",
                "changes": '{"rows":[],"facts":[]}'}
    fact = '{"kind":"samples","subject":"web default","text":"1 sample added"}'
    row = '{"service":"web","kind":"changed","cells":[{"column":"down_s","before":"0","after":"1"}],"facts":[0]}'
    amendment = dict(original, reason="late samples", changes=f'{{"rows":[{row}],"facts":[{fact}]}}')
    first = seal(original, 1, "", "")
    for number, (statement, previous) in enumerate([(original, ""), (amendment, first)], 1):
        add("statements",
            (number, "2026-10", number, 70, 69, "lan", statement["reason"], "1.0.0", statement["csv"].encode(),
             sha256(statement["csv"]), statement["inputs"], sha256(statement["inputs"]), "a", "b", "c", "d", "e",
             statement["changes"], "series\t1\t1\t-\n", previous,
             seal(statement, number, "2026-10/1" if number == 2 else "", previous)))
    # The five samples of docs/format/statement.md.
    lines = "1000,0\n2000,0\n3000,0\n4000,1\n4990,2\n"
    add("statement_series", (1, 1, "web", "default", 5, bytes.fromhex("C03E0B014E"), sha256(lines)))
    add("maintenance_plans",
        (1, "emergency", '["group:rack-3"]', 80, 90, None, None, None, None, None, None, "ổ đĩa", 75, "lan"),
        (2, "scheduled", '["all"]', None, None, "last sunday", 1410, 60, "2026-10-01", "2027-10-01",
         '["2026-12-27"]', "updates", 76, "lan"))
    add("maintenance_cancellations", (1, 2, "2026-10-25", 77, "an", "a holiday"), (2, 1, None, 78, "an", "no disks"))
    add("maintenance_extensions", (1, 2, 1, "2026-11-29", 99, 78, "an", "slow"))
    add("notices", (1, "M1", "acme", "email", 76, "lan"), (2, "M2", None, "website", 76, "lan"))
    add("notice_attempts", (1, 1, 77, "lan"), (2, 1, 79, "availd"), (3, 2, 79, "availd"))
    add("notice_results", (1, 1, 78, "deferred", "451 later"), (2, 2, 80, "delivered", "250 OK"))
    add("corrections",
        (1, "V1", "void", '["check:web/default","family:ipv6"]', 10, 20, "the cable", "", 21, "availd"),
        (2, "D1", "downtime", '["group:rack 3"]', 30, 253370764800000, "mở", "mail", None, "lan"))
    add("correction_revocations", (1, 1, 40, "an", "it was the target"))
    add("pass_ends", (1, 0, None, None, 5000, 1, 4000), (2, 3, "máy chủ", "smtp", None, None, 61))
    add("claims",
        (1, "web", "2026-10", "I7", "300000", "a day of orders", "letter 3", 42, "lan"),
        (2, "máy chủ", "2026-11", None, None, "=\"too slow\"", "", 43, "an"))
    add("claim_steps",
        (1, 1, "answered", None, "an hour", "", 44, "an"), (2, 1, "settled", "5000.5", "agreed", "mail", 45, "lan"))
    add("acceptances", (1, "2026-10", "web", "0", "it was shown", "mail 12", 46, "lan"))
    add("agreement_records",
        (1, 5, "daemon", "objective=99.95\nexcluded_time=forgiven\nnotice_scheduled=2d\nhandling_rest_days=friday"
         "\ncompensation_cap_months=3\ncompensation_currency=VND\ncompensation_tiers=99:10 95.5:50"
         "\ncompensation_prorate=false\nnotice_vip_channels=none"), (2, 6, "lan", "objective=98"))
    add("notice_deliveries", (1, "M2.x1", None, "fan_page", 78, 79, "an", "https://x.example"))


def main():
    for commit, name in RELEASES:
        path = os.path.join(HERE, name + ".sqlite")
        if os.path.exists(path):
            os.remove(path)
        db = sqlite3.connect(path, isolation_level=None)
        db.execute("PRAGMA page_size = 512")
        if commit is None:
            later(db, name)
        else:
            create(db, commit)
        fill(db)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        db.execute("VACUUM")
        db.execute("PRAGMA journal_mode = WAL")
        db.close()
        print(name, os.path.getsize(path))


if __name__ == "__main__":
    main()
