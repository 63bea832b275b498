import ArgumentParser
import Intake
import SLA

/// An outage on the command line: a service, and any instant inside.
struct OutageArgument {
    let service: String
    let instant: InstantArgument

    /// `SERVICE@INSTANT`; a service's identifier may hold the sign, an instant does not.
    ///
    /// - Throws: what is expected, where it is none.
    init(_ text: String) throws(InstantArgument.Mistake) {
        guard let sign = text.lastIndex(of: "@") else {
            throw InstantArgument.Mistake(description: "expected SERVICE@INSTANT")
        }
        service = String(text[..<sign])
        instant = try InstantArgument(String(text[sign...].dropFirst()))
    }
}
