import SLA

extension World {
    /// What was so from an instant on.
    package struct Rules: Sendable {
        package var from: Int64
        package var customer = "acme"
        package var group = "rack-3"
        package var mode: CheckMode
        /// How each of ``checks`` is read; nil where it is not watched, or does not count.
        package var checks: [Reading?]

        package init(from: Int64, mode: CheckMode, checks: [Reading?]) {
            self.from = from
            self.mode = mode
            self.checks = checks
        }
    }

    /// How the samples of a check are read.
    package struct Reading: Sendable {
        package var confirm: Int
        package var staleAfter: Int64
        /// From where it is probed; empty for the only vantage point, which has no name.
        package var vantages: [String] = []
        package var quorum: Int?

        package init(confirm: Int, staleAfter: Int64, vantages: [String] = [], quorum: Int? = nil) {
            self.confirm = confirm
            self.staleAfter = staleAfter
            self.vantages = vantages
            self.quorum = quorum
        }

        /// More than half unless something else is said.
        var downFrom: Int { quorum ?? max(1, vantages.count) / 2 + 1 }
    }

    /// A vantage point of a check, with its samples.
    package struct Post: Sendable {
        package var name: String
        package var samples: [Sample]
        package var ends: [Pass: Int64] = [:]

        package init(name: String, samples: [Sample], ends: [Pass: Int64] = [:]) {
            self.name = name
            self.samples = samples
            self.ends = ends
        }
    }
}
