import Foundation
import Intake
import SLA
import Testing

@testable import Interchange

/// The log of Nagios: changes of state, and what may be said of the time between them.
@Suite struct NagiosTests {
    private static let map = "from,service,check\nweb1;HTTP,acme-web,\n"

    private func read(_ lines: String...) throws -> History {
        try Foreign.read(lines.joined(separator: "\n"), as: .nagios, map: Self.map)
    }

    private func at(_ seconds: Int, _ text: String) -> String { "[\(1_790_787_600 + seconds)] \(text)" }

    /// A name may begin with a mark that joins the sign before it to one character.
    @Test func aNameIsWhatStandsBetweenTheSigns() throws {
        let history = try read(at(0, "SERVICE ALERT: web1;\u{301}x;OK;HARD;1;fine"))
        #expect(history.sources.map(\.name) == ["web1;\u{301}x"])
    }

    @Test func anAlertIsASampleAndAStateThatIsHeldIsDerived() throws {
        // 0 OK ── 120 CRITICAL ── 300 OK ── 400 end of the log, one sample a minute
        let history = try read(
            at(0, "SERVICE ALERT: web1;HTTP;OK;HARD;1;fine"),
            at(120, "SERVICE ALERT: web1;HTTP;CRITICAL;SOFT;1;refused"),
            at(300, "SERVICE ALERT: web1;HTTP;OK;SOFT;2;fine"), at(400, "Auto-save of retention data completed."))
        #expect(
            Foreign.samples(history) == [
                "0:up", "60:up", "120:down", "180:down", "240:down", "300:up", "360:up",
            ])
        #expect(
            Foreign.causes(history) == [
                nil, "derived: Nagios held OK", "Nagios: CRITICAL: refused",
                "derived: Nagios held CRITICAL: refused", "derived: Nagios held CRITICAL: refused", nil,
                "derived: Nagios held OK",
            ])
        #expect(history.tally.derived == 4)
        #expect(history.tally.taken == 7)
    }

    @Test func nothingIsSaidPastTheLog() throws {
        #expect(Foreign.samples(try read(at(0, "SERVICE ALERT: web1;HTTP;OK;HARD;1;"))) == ["0:up"])
    }

    @Test func nothingIsSaidAcrossAShutdown() throws {
        // 0 OK ── 100 shut down    500 started ── 520 says OK from memory ── 700
        let history = try read(
            at(0, "SERVICE ALERT: web1;HTTP;OK;HARD;1;"), at(100, "Caught SIGTERM, shutting down..."),
            at(500, "Nagios 4.4.6 starting... (PID=1044)"), at(520, "INITIAL SERVICE STATE: web1;HTTP;OK;HARD;1;"),
            at(700, "Auto-save of retention data completed successfully."))
        #expect(Foreign.samples(history) == ["0:up", "60:up", "580:up", "640:up", "700:up"])
    }

    @Test func aSilenceEndsItAtTheLineBefore() throws {
        let history = try read(
            at(0, "SERVICE ALERT: web1;HTTP;OK;HARD;1;"),
            at(130, "Auto-save of retention data completed successfully."),
            at(7331, "Auto-save of retention data completed successfully."), at(7400, "x"))
        #expect(Foreign.samples(history) == ["0:up", "60:up", "120:up"])
    }

    @Test func theTurningOverConfirmsOrEnds() throws {
        let confirmed = try read(
            at(0, "SERVICE ALERT: web1;HTTP;OK;HARD;1;"), at(100, "LOG ROTATION: DAILY"), at(100, "LOG VERSION: 2.0"),
            at(100, "CURRENT SERVICE STATE: web1;HTTP;OK;HARD;1;"), at(170, "x"))
        #expect(Foreign.samples(confirmed) == ["0:up", "60:up", "100:up", "160:up"])
        let unconfirmed = try read(
            at(0, "SERVICE ALERT: web1;HTTP;OK;HARD;1;"), at(100, "LOG ROTATION: DAILY"), at(100, "LOG VERSION: 2.0"),
            at(170, "x"))
        #expect(Foreign.samples(unconfirmed) == ["0:up", "60:up"])
    }

    @Test(arguments: [
        "DISABLE_SVC_CHECK;web1;HTTP", "DISABLE_HOST_SVC_CHECKS;web1", "STOP_EXECUTING_SVC_CHECKS",
    ])
    func checksThatAreSwitchedOffEndIt(_ command: String) throws {
        let history = try read(
            at(0, "SERVICE ALERT: web1;HTTP;OK;HARD;1;"), at(90, "EXTERNAL COMMAND: \(command)"), at(400, "x"))
        #expect(Foreign.samples(history) == ["0:up", "60:up"])
    }

    @Test func anotherObjectsChecksMaySwitchOff() throws {
        let history = try read(
            at(0, "SERVICE ALERT: web1;HTTP;OK;HARD;1;"), at(90, "EXTERNAL COMMAND: DISABLE_SVC_CHECK;web1;SSH"),
            at(120, "x"))
        #expect(Foreign.samples(history) == ["0:up", "60:up", "120:up"])
    }

    @Test(arguments: [
        ("SERVICE ALERT: web1;HTTP;WARNING;HARD;1;", "up"), ("SERVICE ALERT: web1;HTTP;UNKNOWN;HARD;1;", "unknown"),
        ("SERVICE ALERT: web1;HTTP;CRITICAL;HARD;1;", "down"),
    ])
    func aServicesStateIsASamples(_ line: String, _ state: String) throws {
        #expect(Foreign.samples(try read(at(0, line))) == ["0:" + state])
    }

    @Test(arguments: [("UP", "up"), ("DOWN", "down"), ("UNREACHABLE", "unknown")])
    func aHostsStateIsASamples(_ name: String, _ state: String) throws {
        let history = try Foreign.read(
            at(0, "HOST ALERT: acme-web;\(name);SOFT;1;CRITICAL - Host Unreachable"), as: .nagios)
        #expect(Foreign.samples(history) == ["0:" + state])
    }

    @Test func theLaterLineOfASecondHolds() throws {
        let history = try read(
            at(0, "SERVICE ALERT: web1;HTTP;CRITICAL;SOFT;1;"), at(0, "SERVICE ALERT: web1;HTTP;OK;SOFT;2;"))
        #expect(Foreign.samples(history) == ["0:up"])
        #expect(history.tally.dropped == ["followed by another state in the same second": 1])
    }

    @Test func badLinesAreNamed() {
        #expect(
            Foreign.mistakes(
                "[1] x\nhello\n[2] SERVICE ALERT: web1;HTTP;BROKEN;HARD;1;\n", as: .nagios, map: Self.map) == [
                    "f:2: found \"hello\", expected [seconds since the epoch] and what happened",
                    "f:3: found the state \"BROKEN\", expected OK, WARNING, CRITICAL, UNKNOWN, UP, DOWN or UNREACHABLE",
                ])
    }

    @Test func aDowntimeIsACandidateThatNothingAdmits() throws {
        let history = try Foreign.read(try Foreign.fixture("nagios.log"), map: Self.map)
        let downtime = try #require(history.downtimes.first)
        #expect(history.downtimes.count == 1)
        #expect(downtime.scope == [.service("acme-web")])
        #expect(downtime.interval.length == 300_000)
        #expect(downtime.refusal(under: Agreement(calendar: CivilCalendar(zone: .utc))) == .noNotice)
        #expect(downtime.evidence == "Nagios downtime of web1")
    }

    @Test func aWholeLogGivesTheSpansThatItShows() throws {
        let history = try Foreign.read(try Foreign.fixture("nagios.log"), map: Self.map)
        let service = try #require(Foreign.catalog.service("acme-web"))
        let timeline = ServiceTimeline(of: service) { check, _, timeline in
            for entry in history.series[check] ?? [] { timeline.append(entry.sample) }
        }
        let start: Int64 = 1_790_787_600
        func seconds(_ set: IntervalSet) -> [String] {
            set.intervals.map { "\($0.start.milliseconds / 1000 - start)-\($0.end.milliseconds / 1000 - start)" }
        }
        // 605 CRITICAL until 965 OK; shut down at 3900, and 130 s of the last sample speak on.
        #expect(seconds(timeline.down) == ["605-965"])
        #expect(seconds(timeline.unknown) == ["4660-4720"])
        #expect(timeline.up.intervals.first.map { $0.start.milliseconds / 1000 - start } == 0)
        #expect(timeline.up.contains(Instant(milliseconds: (start + 3800) * 1000)))
        #expect(!timeline.up.contains(Instant(milliseconds: (start + 4100) * 1000)))
        #expect(history.tally.dropped == ["of an object that is no check": 2])
    }

    /// Whatever the log, no derived sample stands where the log does not reach, and each says the state of the last
    /// line before it.
    @Test func derivedSamplesFollowTheLog() throws {
        var state: UInt64 = 11
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        for _ in 0..<200 {
            var now = 0
            var lines: [String] = []
            var states: [(at: Int, state: String?)] = []
            for _ in 0..<next(30) + 1 {
                now += next(10) == 0 ? 10_000 : next(400)
                switch next(5) {
                case 0:
                    lines.append(at(now, "Caught SIGTERM, shutting down..."))
                    states.append((now, nil))
                case 1: lines.append(at(now, "Auto-save of retention data completed successfully."))
                default:
                    let name = ["OK", "CRITICAL", "UNKNOWN"][next(3)]
                    lines.append(at(now, "SERVICE ALERT: web1;HTTP;\(name);HARD;1;"))
                    states.append((now, ["OK": "up", "CRITICAL": "down", "UNKNOWN": "unknown"][name]))
                }
            }
            let history = try Foreign.read(lines.joined(separator: "\n"), as: .nagios, map: Self.map)
            for entry in history.series[Foreign.web] ?? [] {
                let second = Int(entry.sample.at.milliseconds / 1000) - 1_790_787_600
                #expect(second <= now)
                // The last line before it, or any of its own second.
                let said = states.filter { $0.at == second } + [states.last { $0.at < second }].compactMap { $0 }
                #expect(said.contains { $0.state == entry.sample.state.name })
            }
        }
    }
}
