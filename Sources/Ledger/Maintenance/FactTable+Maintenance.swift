extension FactTable {
    /// Maintenance that was planned: once, or by the days of the week (clauses 3.1, 6.1, 6.2).
    static let maintenancePlans = FactTable(
        name: "maintenance_plans",
        definition: """
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
            """)

    /// Cancellations of one window, or of all that have not begun.
    static let maintenanceCancellations = FactTable(
        name: "maintenance_cancellations",
        definition: """
            CREATE TABLE maintenance_cancellations (
                number INTEGER PRIMARY KEY,
                plan INTEGER NOT NULL REFERENCES maintenance_plans (number),
                date TEXT,
                at INTEGER NOT NULL,
                by TEXT NOT NULL,
                reason TEXT NOT NULL
            ) STRICT;
            """)

    /// More time for a window, as `M3.x1`.
    static let maintenanceExtensions = FactTable(
        name: "maintenance_extensions",
        definition: """
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
            """)
}
