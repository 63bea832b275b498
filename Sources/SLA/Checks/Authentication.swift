/// What is shown to the server as proof of identity.
public enum Authentication: Hashable, Sendable {
    case none
    /// HTTP Basic, RFC 7617.
    case basic(user: String, password: Secret)
    /// A bearer token, RFC 6750.
    case bearer(token: Secret)
}
