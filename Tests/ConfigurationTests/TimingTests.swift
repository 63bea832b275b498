import Foundation
import SLA
import Testing

@testable import Configuration

/// What the three levels say, and what holds: the result, or the mistakes.
private struct TimingCase: Sendable {
    var defaults = ""
    var service = ""
    var check = ""
    /// interval, timeout, retry_interval, stale_after in ms; nil where there are mistakes.
    var holds: [Milliseconds]?
    var mistakes = ""
}

private let cases = [
    TimingCase(holds: [60_000, 10_000, 10_000, 130_000]),
    // Built-in values and farther ones shrink to fit a nearer interval, the timeout to less than it.
    TimingCase(service: "interval: 3s", holds: [3000, 2400, 3000, 8400]),
    TimingCase(defaults: "interval: 3s", holds: [3000, 2400, 3000, 8400]),
    TimingCase(service: "interval: 10s", holds: [10_000, 8000, 10_000, 28_000]),
    TimingCase(service: "interval: 11s", holds: [11_000, 10_000, 10_000, 32_000]),
    TimingCase(service: "interval: 1ms", holds: [1, 1, 1, 3]),
    TimingCase(defaults: "timeout: 20s", check: "interval: 15s", holds: [15_000, 12_000, 10_000, 42_000]),
    TimingCase(service: "timeout: 20s", check: "interval: 15s", holds: [15_000, 12_000, 10_000, 42_000]),
    // Written beside the interval, the timeout may be as long.
    TimingCase(service: "interval: 3s, timeout: 3s", holds: [3000, 3000, 3000, 9000]),
    // A nearer value wins over a farther one.
    TimingCase(
        defaults: "interval: 30s, timeout: 5s", service: "timeout: 6s", check: "timeout: 7s",
        holds: [30_000, 7000, 10_000, 67_000]),
    TimingCase(service: "stale_after: 70s", holds: [60_000, 10_000, 10_000, 70_000]),
    TimingCase(service: "stale_after: 310s", holds: [60_000, 10_000, 10_000, 310_000]),
    // A default that does not fit the interval is brought into its range.
    TimingCase(defaults: "stale_after: 70s", check: "interval: 15s", holds: [15_000, 10_000, 10_000, 70_000]),
    TimingCase(defaults: "stale_after: 5m", check: "interval: 15s", holds: [15_000, 10_000, 10_000, 85_000]),
    TimingCase(defaults: "stale_after: 70s", check: "interval: 2m", holds: [120_000, 10_000, 10_000, 130_000]),
    // Written as near as the interval, or nearer, it must fit.
    TimingCase(
        service: "interval: 5s, timeout: 6s",
        mistakes: "services[0].timeout: found \"6s\", expected at most the interval, which is 5 s"),
    TimingCase(
        service: "interval: 5s", check: "retry_interval: 6s",
        mistakes: "services[0].checks[0].retry_interval: found \"6s\", expected at most the interval, which is 5 s"),
    TimingCase(
        defaults: "timeout: 61s",
        mistakes: "defaults.timeout: found \"61s\", expected at most the interval, which is 1 min"),
    // A healthy check would have gaps; or one sample would make an hour up.
    TimingCase(
        service: "stale_after: 69s",
        mistakes: "services[0].stale_after: found \"69s\", expected 1 min 10 s to 5 min 10 s, "
            + "from interval + timeout to 5 × interval + timeout"),
    TimingCase(
        service: "interval: 1s, timeout: 1s", check: "stale_after: 1h",
        mistakes: "services[0].checks[0].stale_after: found \"1h\", expected 2 s to 6 s, "
            + "from interval + timeout to 5 × interval + timeout"),
    TimingCase(
        check: "timeout: 61s",
        mistakes: "services[0].checks[0].timeout: found \"61s\", expected at most the interval, which is 1 min"),
]

@Test(arguments: cases)
private func aTimingHolds(_ timing: TimingCase) throws {
    let directory = try TemporaryDirectory()
    try directory.write(
        """
        agreement: {timezone: UTC}
        defaults: {\(timing.defaults)}
        customers: [{id: a}]
        services:
          - {id: b, customer: a, paid: [], checks: [{id: c, url: "tcp://c.example:1"\(timing.check.isEmpty ? "" : ", ")\
        \(timing.check)}]\(timing.service.isEmpty ? "" : ", ")\(timing.service)}

        """, to: "availd.yaml")
    let mistakes = directory.mistakes()
    #expect(mistakes.split(separator: ": ", maxSplits: 1).last ?? "" == timing.mistakes)
    guard let holds = timing.holds else { return }
    let check = try #require(try directory.load().catalog.service("b")?.checks.first)
    #expect([check.interval, check.timeout, check.retryInterval, check.staleAfter] == holds)
}
