import Intake
import SLA
import Testing

@Suite struct DiagnosticTests {
    @Test func aMistakeSaysWhereWhatAndWhatWasMeant() {
        let mistake = Diagnostic(
            file: "a.yaml", line: 3, field: "services[0].custmer", message: "unknown key", nearest: "customer")
        #expect(mistake.description == "a.yaml:3: services[0].custmer: unknown key; did you mean customer?")
    }

    @Test func nothingThatWouldSteerATerminalComesThrough() {
        let mistake = Diagnostic(file: "a\u{1B}[31m", message: "b\nc\u{9B}")
        #expect(mistake.description == "a\\u{1b}[31m: b\\u{a}c\\u{9b}")
    }

    @Test func mistakesOfOneFileStandInTheOrderOfItsLines() {
        let all = Diagnostics([
            Diagnostic(file: "b", line: 1, message: "3"), Diagnostic(file: "a", line: 9, message: "2"),
            Diagnostic(file: "a", line: 2, message: "1"), Diagnostic(file: "b", line: 1, message: "4"),
        ])
        #expect(all.all.map(\.message) == ["1", "2", "3", "4"])
    }

    @Test(arguments: [
        ("custmer", "customer"), ("acme-wbe", "acme-web"), ("ACME-WEB", "acme-web"), ("acme-web", nil),
        ("zzz", nil), ("", nil),
    ])
    func theNearestNameIsASlipAway(_ found: String, _ expected: String?) {
        #expect(nearestName(to: found, among: ["customer", "acme-web", "acme-mail"]) == expected)
    }

    @Test(arguments: [
        ("946684800000", 946_684_800_000), ("1790787600250", 1_790_787_600_250),
        ("2026-10-01T07:00:00.250+07:00", 1_790_812_800_250), ("2026-10-01T00:00:00Z", 1_790_812_800_000),
        ("2026-10-01T07:00:00.2509+07:00", 1_790_812_800_250), ("1970-01-01T00:00:00Z", 0),
    ])
    func instantsAreMillisecondsOrRFC3339(_ text: String, _ milliseconds: Int64) {
        #expect(InstantText.instant(text) == Instant(milliseconds: milliseconds))
    }

    @Test(arguments: [
        "", "-", "1.5", "1e3", "2026-10-01", "2026-10-01T07:00:00", "2026-02-30T00:00:00Z", "9999999999999999",
        "2026-10-01T24:00:00Z", " 1", "0", "-1", "1790787600", "946684799999", "+1", "2026-10-01T07:00:00+7:00",
    ])
    func anythingElseIsNoInstant(_ text: String) {
        #expect(InstantText.instant(text) == nil)
    }

    @Test(arguments: [("1790787600", "; seconds?"), ("0", ""), ("-1", ""), ("946684799999", ""), ("x", "")])
    func anEpochOfSecondsIsGuessedAt(_ text: String, _ end: String) {
        #expect(InstantText.mistake(text) == "found \"\(text)\", expected \(InstantText.expected)\(end)")
    }
}
