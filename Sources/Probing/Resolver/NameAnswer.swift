import Addresses
import SLA

/// What asking for a name came to.
enum NameAnswer: Hashable {
    /// The addresses of the families that were asked for, in the order in which they are to be tried; at least one.
    case addresses([IPAddress])
    /// NXDOMAIN: nobody has this name.
    case noSuchName
    /// The name is there, and has no address of the family that was asked for.
    case noAddress
    /// No name at all, by its form.
    case badName
    /// Our resolvers answer, and those who keep the name do not as they should.
    case fault(Cause.NameServerFault)
    /// One of our resolvers has an answer that is longer than it sends, and does not send the rest when asked for it.
    case cutShort
    /// None of our resolvers answers anything, for a reason where one is known.
    case silence(String?)
}

extension NameAnswer {
    /// The answer for a name that nobody is asked for: a literal, or `localhost`; nil for any other.
    init?(literal name: String, _ family: AddressFamily) {
        let isLocal = name.utf8.count == 9 && name.lowercased() == "localhost"
        let addresses =
            isLocal ? ["127.0.0.1", "::1"].compactMap { IPAddress($0) } : [IPAddress(name)].compactMap { $0 }
        guard !addresses.isEmpty else { return nil }
        let wanted = addresses.filter { family == .any || (family == .ipv4) == ($0.family == .ipv4) }
        self = wanted.isEmpty ? .noAddress : .addresses(wanted)
    }
}
