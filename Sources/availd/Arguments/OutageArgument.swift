import ArgumentParser
import Intake
import SLA

/// An outage on the command line: a service, and any instant inside.
struct OutageArgument: ExpressibleByArgument {
    let service: String
    let instant: Instant

    /// `SERVICE@INSTANT`; a service's identifier may hold the sign, an instant does not.
    init?(argument: String) {
        guard let sign = argument.lastIndex(of: "@"),
            let instant = InstantText.instant(String(argument[sign...].dropFirst()))
        else { return nil }
        service = String(argument[..<sign])
        self.instant = instant
    }
}
