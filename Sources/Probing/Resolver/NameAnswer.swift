import Addresses

/// What asking for a name came to.
enum NameAnswer: Hashable {
    /// The addresses of the family that was asked for, in the server's order; at least one.
    case addresses([IPAddress])
    /// NXDOMAIN: nobody has this name.
    case noSuchName
    /// The name is there, and has no address of the family that was asked for.
    case noAddress
    /// No name at all, by its form.
    case badName
    /// The resolver, which is ours, gave no answer; with its own words.
    case failed(String)
    /// No answer within the probe's timeout.
    case timedOut
}
