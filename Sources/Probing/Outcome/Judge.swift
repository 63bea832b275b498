import Patterns
import SLA

/// Holds a complete answer against what was expected; the first thing that does not hold is the cause. Where nothing
/// fails and something cannot be told, nothing is known of the service.
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
        var undecided: ProbeOutcome?
        let steps = scheme.isHTTP ? [status, { headers(budget) }, texts, { pattern(budget) }] : []
        for step in steps + [certificate, latency] {
            guard let outcome = step() else { continue }
            if outcome.state == .down { return outcome }
            undecided = undecided ?? outcome
        }
        return undecided ?? .up
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
            guard let expression = try? Pattern(pattern) else { return malformed(pattern) }
            let findings = Set(values.map { budget.search(for: expression, in: $0) })
            if !findings.isDisjoint(with: [.found, .foundByTheEnd]) { continue }
            if !findings.isDisjoint(with: [.outOfTime, .outOfRoom]) { return tooSlow(pattern) }
            return .down(
                .unexpected(.header(expected.name, value: Excerpt(values[0]), pattern: Excerpt(pattern))))
        }
        return nil
    }

    /// What was found decides; what was not found decides nothing where the body goes on behind what was read.
    private func texts() -> ProbeOutcome? {
        let lacking = expectation.bodyContains.first { !holds($0) }
        if let lacking, !transfer.bodyWasCut { return .down(.unexpected(.bodyLacks(Excerpt(lacking)))) }
        if let unwanted = expectation.bodyNotContains.first(where: holds) {
            return .down(.unexpected(.bodyContains(Excerpt(unwanted))))
        }
        guard transfer.bodyWasCut, let text = lacking ?? expectation.bodyNotContains.first else { return nil }
        let read = transfer.bodyBytes
        return .unknown(
            .undecided(
                transfer.compressionBreaksOff
                    ? .textBeforeBreak(Excerpt(text), first: read) : .text(Excerpt(text), first: read)))
    }

    private func pattern(_ budget: SearchBudget) -> ProbeOutcome? {
        guard let pattern = expectation.bodyMatches else { return nil }
        guard let expression = try? Pattern(pattern) else { return malformed(pattern) }
        guard !transfer.bodyWasDropped else {
            return .unknown(.misconfigured(.noRoom(pattern: Excerpt(pattern))))
        }
        switch budget.search(for: expression, in: bodyText) {
        case .found: return nil
        case .foundByTheEnd where !transfer.bodyWasCut: return nil
        case .notFound where !transfer.bodyWasCut:
            return .down(.unexpected(.bodyMismatch(pattern: Excerpt(pattern))))
        case .foundByTheEnd, .notFound:
            let (words, read) = (Excerpt(pattern), transfer.bodyBytes)
            return .unknown(
                .undecided(
                    transfer.compressionBreaksOff
                        ? .patternBeforeBreak(words, first: read) : .pattern(words, first: read)))
        case .outOfTime, .outOfRoom: return tooSlow(pattern)
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

    /// Whether `text` was seen in the body.
    private func holds(_ text: String) -> Bool { transfer.found.contains(Array(text.utf8)) }

    private var bodyText: String {
        BodyText.text(transfer.body, type: transfer.contentType, isCut: transfer.bodyWasCut)
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
