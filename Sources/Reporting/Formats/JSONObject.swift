/// A document for programs: an object that says by `schema` what its members are.
public struct JSONObject: Sendable {
    /// What the members are, as `availd/report/1`. The number grows where a member goes or means something else; a
    /// new member leaves it.
    public let schema: String
    let members: [String: JSONValue]

    /// The object of the schema `availd/<name>/<version>`.
    public init(_ name: String, version: Int = 1, _ members: [String: JSONValue]) {
        schema = "availd/\(name)/\(version)"
        self.members = members.merging(["schema": .text(schema)]) { _, schema in schema }
    }

    /// The object on lines of its own, its keys sorted so that two runs give the same bytes.
    public var text: String { JSONValue.object(members).document }
}
