/// The columns of an inventory: the fields of a service with one check, flattened with `_`.
///
/// - `id`, `customer`, `price`, `mode`, `url`, `family`, `connect_to`, `method`, `body`, `allow_insecure`, `redirects`,
///   `body_limit`, `counts`, `interval`, `timeout`, `retry_interval`, `confirm`, `stale_after`: as in YAML.
/// - `groups`, `addresses`, `expect_status`: several, separated by spaces.
/// - `certificate`, `carrier`: as in YAML.
/// - `paid_from`, `paid_to`: one term; or `paid`: terms `FROM/TO` or `FROM/`, separated by spaces.
/// - `expect_body_contains`, `expect_body_not_contains`: one text each; `expect_body_matches`,
///   `expect_max_latency`, `expect_certificate_days_left`: as in YAML.
/// - `auth_basic_user`, `auth_basic_password_credential`, `auth_basic_password_file`, `auth_bearer_credential`,
///   `auth_bearer_file`: where a secret is, never the secret.
///
/// An empty cell is a field that is not written. What needs more (headers, several checks) is written in YAML.
enum InventoryColumn {
    /// What a cell holds.
    enum Form {
        /// One text.
        case text
        /// Several, separated by spaces.
        case words
        /// Terms, separated by spaces, each with a slash between its ends.
        case terms
        /// An end of the only term.
        case term(end: String)
    }

    /// Each column with what its cells hold and where in a service it stands.
    static let all: [String: (form: Form, path: [String])] = {
        var columns: [String: (form: Form, path: [String])] = [
            "groups": (.words, ["groups"]),
            "addresses": (.words, ["addresses"]),
            "certificate": (.text, ["certificate"]),
            "carrier": (.text, ["carrier"]),
            "paid": (.terms, ["paid"]),
            "paid_from": (.term(end: "from"), ["paid"]),
            "paid_to": (.term(end: "to"), ["paid"]),
            "contract_number": (.text, ["contract", "number"]),
            "contract_from": (.text, ["contract", "from"]),
            "contract_to": (.text, ["contract", "to"]),
            "auth_basic_user": (.text, ["auth", "basic", "user"]),
            "auth_basic_password_credential": (.text, ["auth", "basic", "password", "credential"]),
            "auth_basic_password_file": (.text, ["auth", "basic", "password", "file"]),
            "auth_bearer_credential": (.text, ["auth", "bearer", "credential"]),
            "auth_bearer_file": (.text, ["auth", "bearer", "file"]),
        ]
        let texts = [
            "id", "customer", "price", "mode", "url", "family", "connect_to", "method", "body", "allow_insecure",
            "redirects", "body_limit", "counts",
        ]
        for name in texts { columns[name] = (.text, [name]) }
        for name in CheckTiming.keys { columns[name] = (.text, [name]) }
        // Headers have names of their own, which no column has.
        for name in ExpectationDecoder.keys where name != "headers" {
            columns["expect_" + name] = (name == "status" ? .words : .text, ["expect", name])
        }
        return columns
    }()

    /// The names of all columns, sorted.
    static let names = all.keys.sorted()
}
