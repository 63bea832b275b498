import Intake
import Interchange
import SLA
import Testing

func t(_ ms: Int64) -> Instant { Instant(milliseconds: ms) }

/// Two services: `web` with its only check, `mail` with two.
let catalog: Catalog = {
    func check(_ id: String) -> Check {
        Check(id: id, probe: ProbeSpecification(url: "tcp://h:1", scheme: .tcp, host: "h", port: 1))
    }
    return Catalog(
        agreement: Agreement(calendar: CivilCalendar(zone: .utc)), customers: [Customer(id: "acme")],
        services: [
            Service(id: "web", customer: "acme", groups: ["rack-3"], paid: .empty, checks: [check(Check.defaultID)]),
            Service(id: "mail", customer: "acme", paid: .empty, checks: [check("smtp"), check("imap")]),
        ])
}()

@Suite struct SampleFileTests {
    private func read(_ text: String) throws -> [CheckID: [Sample]] {
        try Array(text.utf8).withUnsafeBytes { bytes in
            try HistoryFile.history(bytes, file: "s.csv", as: .availd, catalog: catalog).series
                .mapValues { $0.map(\.sample) }
        }
    }

    private func mistakes(_ text: String) -> [String] {
        InterchangeTests.mistakes(in: { _ = try read(text) })
    }

    private func at(_ ms: Int64) -> Instant { t(1_790_812_800_000 + ms) }

    private let web = CheckID(service: "web", check: "default")

    @Test func orderIsFreeAndTheSameSampleTwiceIsOne() throws {
        let series = try read(
            "at,service,state\n1790812800002,web,down\n1790812800001,web,up\n1790812800002,web,down\n")
        #expect(series == [web: [Sample(at: at(1), state: .up), Sample(at: at(2), state: .down)]])
    }

    @Test func columnsMayStandInAnyOrderAndTheOnlyCheckNeedsNoName() throws {
        let series = try read(
            """
            cause,state,check,at,service,latency_ms
            ,up,,2026-10-01T00:00:01Z,web,12.5
            "it said ""no"", twice",down,default,1790812802000,web,
            """)
        #expect(series == [web: [Sample(at: at(1000), state: .up), Sample(at: at(2000), state: .down)]])
    }

    @Test func severalChecksAreKeptApart() throws {
        let series = try read("at,service,check,state\n1790812800001,mail,smtp,up\n1790812800001,mail,imap,down\n")
        #expect(series[CheckID(service: "mail", check: "smtp")] == [Sample(at: at(1), state: .up)])
        #expect(series[CheckID(service: "mail", check: "imap")] == [Sample(at: at(1), state: .down)])
    }

    @Test func everyBadLineIsNamed() {
        let found = mistakes(
            """
            at,service,state,check
            yesterday,web,up,
            1790812800001,wbe,up,
            1790812800002,web,Up,
            1790812800003,mail,up,
            1790812800004,mail,up,pop
            1790812800005,web,up
            1790812800006,web,up,
            1790812800006,web,down,
            "1790812800007,web,up,
            1790812800008,web,up,
            """)
        #expect(
            found == [
                "s.csv:2: at: found \"yesterday\", expected \(InstantText.expected)",
                "s.csv:3: service: unknown service \"wbe\", expected one of the configuration's; did you mean web?",
                "s.csv:4: state: found \"Up\", expected up, down or unknown; did you mean up?",
                "s.csv:5: check: no check named of service mail, expected smtp, imap",
                "s.csv:6: check: unknown check \"pop\" of service mail, expected smtp, imap",
                "s.csv:7: 3 fields, expected 4",
                "s.csv:9: state: down for web/default at 1790812800006, but line 8 says up",
                "s.csv:10: a quote is opened and never closed",
            ])
    }

    @Test(arguments: [
        ("", "s.csv: the file is empty, expected the header at,service,state"),
        ("at,service\n", "s.csv:1: state: the column is missing, expected the header at,service,state"),
        ("at,service,state,at\n", "s.csv:1: at: the column is named twice"),
        (
            "at,service,state,latency\n",
            "s.csv:1: unknown column \"latency\", expected at, service, state, check, latency_ms, cause, "
                + "vantage, family, derived, pass, pass_ends, known_at"
        ),
    ])
    func aBadHeaderEndsTheReading(_ text: String, _ message: String) {
        #expect(mistakes(text) == [message])
    }

    @Test func whatTheCalculationDoesNotUseMustStillBeWhatItClaims() {
        #expect(
            mistakes(
                "at,service,state,latency_ms\n1790812800001,web,up,-1\n1790812800002,web,up,fast\n1790812800003,web,up,0.25\n"
            ) == [
                "s.csv:2: latency_ms: found \"-1\", expected milliseconds, not negative",
                "s.csv:3: latency_ms: found \"fast\", expected milliseconds, not negative",
            ])
    }

    @Test func aMissingFileIsToldFromAnUnreadableOne() {
        #expect(throws: InputFailure.self) { try HistoryFile(path: "/nonexistent/s.csv") }
        do {
            _ = try HistoryFile(path: "/tmp")
            Issue.record("a directory was read")
        } catch InputFailure.unreadable(_, let reason) {
            #expect(reason == "is a directory")
        } catch {
            Issue.record("\(error)")
        }
    }
}
