import SLA

/// What a ledger has had and has no longer: it is behind its high-water mark, or is another ledger than the marked one.
public struct LedgerLoss: Hashable, Sendable {
    /// Where the ledger is.
    public let found: LedgerPosition
    /// Where it has been.
    public let marked: LedgerPosition

    /// Nil where nothing is missing: a mark may be behind its ledger, since it is written after the commit.
    init?(found: LedgerPosition, marked: LedgerPosition) {
        guard
            marked.sequence > found.sequence || marked.sequence == found.sequence && marked.digest != found.digest
                || Self.beginElsewhere(found, marked)
        else { return nil }
        self.found = found
        self.marked = marked
    }

    /// Whether both have samples of a daemon, and not the same first one: that never changes in a ledger.
    private static func beginElsewhere(_ found: LedgerPosition, _ marked: LedgerPosition) -> Bool {
        if let first = found.firstAt, let other = marked.firstAt { first != other } else { false }
    }

    /// How many commits are missing at least; 0 where the ledger is at least as far as the mark, and another.
    public var commits: Int64 { max(0, marked.sequence - found.sequence) }

    /// The time of which samples are missing; nil where none can be.
    ///
    /// - Parameter longest: the longest timeout of any check. Probes are committed in the order in which they end, so
    ///   that one which began before the last one that is there may be missing, by its timeout at the most.
    public func missing(longest: Milliseconds) -> Interval? {
        guard let last = marked.lastAt else { return nil }
        let from = found.lastAt.map { $0 + 1 - longest } ?? marked.firstAt ?? last
        return Interval(from, last + 1)
    }

    /// The void of the daemon's that is recorded of that time at `instant`; nil where no sample is missing.
    ///
    /// - Parameter longest: as above.
    public func void(longest: Milliseconds, at instant: Instant) -> Correction? {
        missing(longest: longest).map {
            .ofLostSamples(in: $0, reason: "samples of this time are missing in the ledger: \(self)", at: instant)
        }
    }
}

extension LedgerLoss: CustomStringConvertible {
    /// How much is missing, as the end of a sentence about the ledger.
    public var description: String {
        if let first = found.firstAt, let other = marked.firstAt, first != other {
            return "it is another ledger than the one of its high-water mark: its first sample is of "
                + "\(RFC3339.text(first, in: .utc)), and that one's is of \(RFC3339.text(other, in: .utc))"
        }
        guard commits > 0 else {
            return "it is another ledger than the one of its high-water mark: its commit \(found.sequence) is another"
        }
        var parts: [String] = []
        let samples = max(0, marked.samples - found.samples)
        if samples > 0, let to = marked.lastAt {
            let from = (found.lastAt ?? marked.firstAt).map { "from \(RFC3339.text($0, in: .utc)) " } ?? ""
            parts.append("\(Counted.text(samples, "sample")) \(from)to \(RFC3339.text(to, in: .utc))")
        }
        let others = max(0, marked.others - found.others)
        if others > 0 { parts.append(Counted.text(others, "other fact")) }
        return "it is behind its high-water mark: \(Counted.text(commits, "commit")) "
            + (commits == 1 ? "is" : "are") + " missing"
            + (parts.isEmpty ? "" : ", with " + parts.joined(separator: " and "))
    }
}
