import ArgumentParser
import Intake
import SLA

/// An instant on the command line.
struct InstantArgument: ExpressibleByArgument {
    let instant: Instant

    init?(argument: String) {
        guard let instant = InstantText.instant(argument) else { return nil }
        self.instant = instant
    }
}

extension CivilMonth: ExpressibleByArgument {
    /// The month written `2026-10`.
    public init?(argument: String) {
        self.init(argument)
    }
}
