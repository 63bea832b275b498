/// The first version of the schema.
///
/// - `series`: a check, by the number that its samples carry.
/// - `texts`: addresses and causes, each kept once, as nearly all of them repeat.
/// - `samples`: what probes found. Stored in the order (series, at), so that a check's month is read front to
///   back without an index beside it. Phases are the ends of a probe's phases in µs. `state` is 0 up, 1 down,
///   2 unknown. A later version may pack the samples of old days into a table of blobs keyed (series, day),
///   and then let the trigger pass the deletion of a sample that a blob holds; nothing but
///   `LedgerSnapshot` reads this table, so nothing else would notice.
/// - `transitions`: changes of a service's state, in the order in which they were known.
/// - `exclusions`, `exclusion_revocations`: claims, and their ends (semantics §4). `scope` is a JSON array of
///   terms; a NULL `recorded_at` is known from the beginning. `number` grows with each.
/// - `outbox`, `outbox_deliveries`: alerts in the order in which they were decided, and when they were handed
///   over. `fields` is a JSON array of [key, value] pairs.
/// - `daemon_events`: the life of the daemon.
extension SchemaVersion {
    static let v1 = SchemaVersion(
        name: "v1",
        factTables: [
            "series", "texts", "samples", "transitions", "exclusions", "exclusion_revocations", "outbox",
            "outbox_deliveries", "daemon_events",
        ],
        tables: tablesV1)

    private static let tablesV1 = """
        CREATE TABLE series (
            id INTEGER PRIMARY KEY,
            service TEXT NOT NULL,
            check_id TEXT NOT NULL,
            UNIQUE (service, check_id)
        ) STRICT;

        CREATE TABLE texts (
            id INTEGER PRIMARY KEY,
            text TEXT NOT NULL UNIQUE
        ) STRICT;

        CREATE TABLE samples (
            series INTEGER NOT NULL REFERENCES series (id),
            at INTEGER NOT NULL,
            state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2),
            name_us INTEGER,
            connect_us INTEGER,
            tls_us INTEGER,
            first_byte_us INTEGER,
            total_us INTEGER,
            address INTEGER REFERENCES texts (id),
            cause INTEGER REFERENCES texts (id),
            PRIMARY KEY (series, at)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE transitions (
            id INTEGER PRIMARY KEY,
            service TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('up', 'down', 'unmeasured')),
            since INTEGER NOT NULL,
            at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX transitions_by_service ON transitions (service);

        CREATE TABLE exclusions (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            category TEXT NOT NULL,
            scope TEXT NOT NULL CHECK (json_valid(scope)),
            start_at INTEGER NOT NULL,
            end_at INTEGER NOT NULL CHECK (start_at < end_at),
            notice_at INTEGER,
            evidence TEXT NOT NULL,
            recorded_at INTEGER,
            recorded_by TEXT NOT NULL
        ) STRICT;

        CREATE TABLE exclusion_revocations (
            number INTEGER PRIMARY KEY,
            exclusion INTEGER NOT NULL UNIQUE REFERENCES exclusions (number),
            at INTEGER NOT NULL,
            by TEXT NOT NULL,
            reason TEXT NOT NULL
        ) STRICT;

        CREATE TABLE outbox (
            id INTEGER PRIMARY KEY,
            event TEXT NOT NULL,
            subject TEXT NOT NULL,
            at INTEGER NOT NULL,
            fields TEXT NOT NULL CHECK (json_valid(fields))
        ) STRICT;
        CREATE INDEX outbox_by_event ON outbox (event, subject);

        CREATE TABLE outbox_deliveries (
            outbox INTEGER PRIMARY KEY REFERENCES outbox (id),
            at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE daemon_events (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            at INTEGER NOT NULL,
            pid INTEGER NOT NULL,
            version TEXT NOT NULL,
            text TEXT NOT NULL
        ) STRICT;
        """
}
