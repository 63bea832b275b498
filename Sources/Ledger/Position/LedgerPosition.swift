import Digests
import SLA

/// How far a ledger is: what its commits have come to, and what tells it from every other ledger that is as far.
public struct LedgerPosition: Hashable, Sendable {
    /// How many commits there were; it never gets smaller.
    public var sequence: Int64 = 0
    /// How many samples they have brought.
    public var samples: Int64 = 0
    /// How many other facts they have brought.
    public var others: Int64 = 0
    /// When the first sample of the daemon was taken; nil where there is none.
    public var firstAt: Instant?
    /// When the latest of the samples was taken that the daemon has committed last; nil where there is none.
    public var lastAt: Instant?
    /// SHA-256 in hexadecimal of the digest before it and of what the last commit brought.
    public var digest = String(repeating: "0", count: 64)

    /// That of a ledger without commits.
    public init() {}

    /// The position after a commit of what was `recorded`.
    ///
    /// - Parameters:
    ///   - isProbed: whether the samples are the daemon's own. History that somebody imports says nothing about which
    ///     time is missing where commits are.
    ///   - floor: a sequence that was reached before, and is not to be reached twice.
    func advanced(by recorded: Recorded, isProbed: Bool, above floor: Int64) -> LedgerPosition {
        var next = self
        next.sequence = max(sequence, floor) + 1
        var bytes = Array("\(digest) \(next.sequence)\n".utf8)
        var latest: Instant?
        for fact in recorded.facts {
            guard case .observations(let observations) = fact else {
                next.others += 1
                bytes += "\(fact.identifier ?? "-")\n".utf8
                continue
            }
            for observation in observations {
                let sample = observation.sample
                bytes +=
                    "\(observation.check) \(sample.pass) \(sample.at.milliseconds) \(sample.state.rawValue)\n".utf8
                latest = max(latest ?? sample.at, sample.at)
                if isProbed { next.firstAt = next.firstAt ?? sample.at }
            }
        }
        next.samples += Int64(recorded.samples.recorded)
        if isProbed, let latest { next.lastAt = latest }
        next.digest = Digest.text(of: bytes)
        return next
    }
}
