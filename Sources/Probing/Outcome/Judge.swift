import SLA

/// Holds a complete answer against what was expected; the first thing that does not hold is the cause.
struct Judge: Sendable {
    let expectation: Expectation
    let scheme: ProbeScheme
    let transfer: FinishedTransfer
    /// How long the whole probe took, in µs.
    let total: Int64
    /// By how much of that the engine was late, in µs.
    var lost: Int64 = 0
    let now: Instant

    /// The outcome; all its searches for regular expressions have `budget` together.
    func outcome(within budget: SearchBudget) -> ProbeOutcome {
        if scheme.isHTTP, let failure = status() ?? headers(budget) ?? body(budget) { return failure }
        return certificate() ?? latency() ?? .up
    }

    private func status() -> ProbeOutcome? {
        guard !expectation.status.contains(where: { $0.contains(transfer.status) }) else { return nil }
        return .down(.unexpected(.status(transfer.status, expected: expectation.status)))
    }

    private func headers(_ budget: SearchBudget) -> ProbeOutcome? {
        for expected in expectation.headers {
            let values = transfer.headers.filter { $0.name.lowercased() == expected.name.lowercased() }.map(\.value)
            guard !values.isEmpty else { return .down(.unexpected(.headerMissing(expected.name))) }
            guard let pattern = expected.matches else { continue }
            guard let expression = Patterns.compile(pattern) else { return malformed(pattern) }
            let findings = values.map { Patterns.search(for: expression, in: $0, within: budget) }
            if findings.contains(.found) { continue }
            if findings.contains(.tooSlow) { return tooSlow(pattern) }
            return .down(
                .unexpected(.header(expected.name, value: Excerpt(values[0]), pattern: Excerpt(pattern))))
        }
        return nil
    }

    private func body(_ budget: SearchBudget) -> ProbeOutcome? {
        for text in expectation.bodyContains where !holds(text) {
            return .down(.unexpected(.bodyLacks(Excerpt(text))))
        }
        for text in expectation.bodyNotContains where holds(text) {
            return .down(.unexpected(.bodyContains(Excerpt(text))))
        }
        guard let pattern = expectation.bodyMatches else { return nil }
        guard let expression = Patterns.compile(pattern) else { return malformed(pattern) }
        guard !transfer.bodyWasDropped else {
            return .unknown(.misconfigured(.noRoom(pattern: Excerpt(pattern))))
        }
        switch Patterns.search(for: expression, in: bodyText, within: budget) {
        case .found: return nil
        case .notFound: return .down(.unexpected(.bodyMismatch(pattern: Excerpt(pattern))))
        case .tooSlow: return tooSlow(pattern)
        }
    }

    private func certificate() -> ProbeOutcome? {
        guard let least = expectation.certificateDaysLeft, scheme.isTLS else { return nil }
        guard let certificate = transfer.certificates.first else {
            return .unknown(.certificate(.unreadable))
        }
        let left = (certificate.notAfter - now) / 86_400_000
        guard left < least else { return nil }
        return .down(.certificate(.endsSoon(days: left, least: Int64(least))))
    }

    private func latency() -> ProbeOutcome? {
        guard let most = expectation.maximumLatency else { return nil }
        // Up to the next whole ms, so that what is over the limit also reads as over it.
        let took = (total + 999) / 1000
        guard took > most else { return nil }
        guard (total - lost + 999) / 1000 > most else { return .unknown(.monitorHeardLate(lost / 1000)) }
        return .down(.unexpected(.latency(took, most: most)))
    }

    /// Whether the bytes of `text` were seen in the body.
    private func holds(_ text: String) -> Bool { transfer.found.contains(Array(text.utf8)) }

    /// The body as text: UTF-8, or Latin-1 where it says so.
    private var bodyText: String {
        let type = transfer.headers.last { $0.name.lowercased() == "content-type" }?.value.lowercased() ?? ""
        if type.contains("iso-8859-1") {
            return String(String.UnicodeScalarView(transfer.body.map(Unicode.Scalar.init)))
        }
        return String(decoding: transfer.body, as: UTF8.self)
    }

    private func malformed(_ pattern: String) -> ProbeOutcome {
        .unknown(.misconfigured(.pattern(Excerpt(pattern))))
    }

    private func tooSlow(_ pattern: String) -> ProbeOutcome {
        .unknown(.misconfigured(.slowPattern(Excerpt(pattern))))
    }
}

extension Expectation {
    /// All the regular expressions in it.
    var patterns: [String] {
        headers.compactMap(\.matches) + (bodyMatches.map { [$0] } ?? [])
    }
}
