/// Paid time and its history (clause 2), and what was agreed as compensation (clause 7).
///
/// - `service_records`: what the configuration said of a service, one row a change; all but the first three columns
///   are NULL where it no longer had it. `group_names` are separated by spaces; `price` is a decimal; `paid` is
///   `START/END` in ms, separated by spaces, with nothing behind the slash where there is no end; `checks` is a line a
///   check: `ID INTERVAL TIMEOUT RETRY_INTERVAL CONFIRM STALE_AFTER`, in ms. An identifier holds no space.
/// - `customer_records`: what the configuration said of a customer, without its address.
/// - `billed_terms`: what the billing system said of a service, one row a change: a JSON array of its terms, each
///   `[start, end, price, plan]`, in ms and NULL where there is no end or no price.
/// - `paid_withdrawals`, `paid_reinstatements`: corrections of paid time, and their ends.
/// - `negotiations`: amounts agreed over the computed ones; a NULL `amount` is the end of the agreement.
///
/// `number` grows with each; `at` is when it became known, in ms, and `by` who recorded it.
extension SchemaVersion {
    static let terms = SchemaVersion(
        name: "terms",
        factTables: [
            "service_records", "customer_records", "billed_terms", "paid_withdrawals", "paid_reinstatements",
            "negotiations",
        ],
        tables: tablesOfTerms)

    private static let tablesOfTerms = """
        CREATE TABLE service_records (
            number INTEGER PRIMARY KEY,
            service TEXT NOT NULL,
            at INTEGER NOT NULL,
            by TEXT NOT NULL,
            customer TEXT,
            group_names TEXT,
            price TEXT,
            paid TEXT,
            mode TEXT,
            checks TEXT
        ) STRICT;

        CREATE TABLE customer_records (
            number INTEGER PRIMARY KEY,
            customer TEXT NOT NULL,
            name TEXT NOT NULL,
            is_vip INTEGER NOT NULL CHECK (is_vip IN (0, 1)),
            at INTEGER NOT NULL,
            by TEXT NOT NULL
        ) STRICT;

        CREATE TABLE billed_terms (
            number INTEGER PRIMARY KEY,
            service TEXT NOT NULL,
            terms TEXT NOT NULL CHECK (json_valid(terms)),
            at INTEGER NOT NULL,
            by TEXT NOT NULL
        ) STRICT;

        CREATE TABLE paid_withdrawals (
            number INTEGER PRIMARY KEY,
            service TEXT NOT NULL,
            start_at INTEGER NOT NULL,
            end_at INTEGER NOT NULL CHECK (start_at < end_at),
            reason TEXT NOT NULL,
            at INTEGER NOT NULL,
            by TEXT NOT NULL
        ) STRICT;

        CREATE TABLE paid_reinstatements (
            withdrawal INTEGER PRIMARY KEY REFERENCES paid_withdrawals (number),
            at INTEGER NOT NULL,
            by TEXT NOT NULL,
            reason TEXT NOT NULL
        ) STRICT;

        CREATE TABLE negotiations (
            number INTEGER PRIMARY KEY,
            month TEXT NOT NULL,
            service TEXT NOT NULL,
            amount TEXT,
            reason TEXT NOT NULL,
            at INTEGER NOT NULL,
            by TEXT NOT NULL
        ) STRICT;
        """
}
