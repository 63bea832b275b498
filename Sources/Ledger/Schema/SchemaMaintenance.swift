/// Planned maintenance and its notices (clauses 3.1, 6.1, 6.2).
///
/// - `maintenance_plans`: `number` is the plan's, as in `M3`. Either `start_at` and `end_at` are given, for what
///   happens once, or `days`, the minutes of the day at which windows begin and end, and the first and the last date,
///   for what recurs. `exceptions` is a JSON array of dates.
/// - `maintenance_cancellations`: of one window, by its date, or of all that have not begun, where that is NULL.
/// - `maintenance_extensions`: `ordinal` counts them within the plan, as in `M3.x1`.
/// - `notices`: what this program is to announce, by e-mail or in the public files; `customer` is NULL where it is
///   for everyone. `notice_attempts` has a row before each try and `notice_results` one after it, so that two programs
///   never try at once.
/// - `notice_deliveries`: what was done by hand.
extension SchemaVersion {
    static let maintenance = SchemaVersion(
        name: "maintenance",
        factTables: [
            "maintenance_plans", "maintenance_cancellations", "maintenance_extensions", "notices", "notice_attempts",
            "notice_results", "notice_deliveries",
        ],
        tables: """
            CREATE TABLE maintenance_plans (
                number INTEGER PRIMARY KEY,
                kind TEXT NOT NULL,
                scope TEXT NOT NULL CHECK (json_valid(scope)),
                start_at INTEGER,
                end_at INTEGER,
                days TEXT,
                start_minute INTEGER,
                end_minute INTEGER,
                first_date TEXT,
                last_date TEXT,
                exceptions TEXT CHECK (exceptions IS NULL OR json_valid(exceptions)),
                reason TEXT NOT NULL,
                planned_at INTEGER NOT NULL,
                planned_by TEXT NOT NULL,
                CHECK (start_at IS NOT NULL AND start_at < end_at AND days IS NULL
                    OR start_at IS NULL AND days IS NOT NULL AND start_minute IS NOT NULL AND end_minute IS NOT NULL
                        AND first_date IS NOT NULL AND exceptions IS NOT NULL)
            ) STRICT;

            CREATE TABLE maintenance_cancellations (
                number INTEGER PRIMARY KEY,
                plan INTEGER NOT NULL REFERENCES maintenance_plans (number),
                date TEXT,
                at INTEGER NOT NULL,
                by TEXT NOT NULL,
                reason TEXT NOT NULL
            ) STRICT;

            CREATE TABLE maintenance_extensions (
                number INTEGER PRIMARY KEY,
                plan INTEGER NOT NULL REFERENCES maintenance_plans (number),
                ordinal INTEGER NOT NULL,
                date TEXT NOT NULL,
                until INTEGER NOT NULL,
                at INTEGER NOT NULL,
                by TEXT NOT NULL,
                reason TEXT NOT NULL,
                UNIQUE (plan, ordinal)
            ) STRICT;

            CREATE TABLE notices (
                number INTEGER PRIMARY KEY,
                subject TEXT NOT NULL,
                customer TEXT,
                channel TEXT NOT NULL,
                wanted_at INTEGER NOT NULL,
                wanted_by TEXT NOT NULL
            ) STRICT;

            CREATE TABLE notice_attempts (
                number INTEGER PRIMARY KEY,
                notice INTEGER NOT NULL REFERENCES notices (number),
                at INTEGER NOT NULL,
                by TEXT NOT NULL
            ) STRICT;
            CREATE INDEX notice_attempts_by_notice ON notice_attempts (notice);

            CREATE TABLE notice_results (
                number INTEGER PRIMARY KEY,
                attempt INTEGER NOT NULL UNIQUE REFERENCES notice_attempts (number),
                at INTEGER NOT NULL,
                outcome TEXT NOT NULL CHECK (outcome IN ('delivered', 'deferred', 'refused')),
                answer TEXT NOT NULL
            ) STRICT;

            CREATE TABLE notice_deliveries (
                number INTEGER PRIMARY KEY,
                subject TEXT NOT NULL,
                customer TEXT,
                channel TEXT NOT NULL,
                at INTEGER NOT NULL,
                recorded_at INTEGER NOT NULL CHECK (at <= recorded_at),
                by TEXT NOT NULL,
                answer TEXT NOT NULL
            ) STRICT;
            """)
}
