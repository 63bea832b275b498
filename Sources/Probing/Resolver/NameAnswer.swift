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
    /// None of our resolvers answers anything, for a reason where one is known.
    case silence(String?)
}
