import Alerting
import SLA
import Testing

@Suite struct LogfmtTests {
    private func line(_ value: String) -> String {
        Logfmt.line(
            Alert(
                event: .serviceDown, subject: "s", at: Instant(milliseconds: 0),
                fields: [Alert.Field("service", "acme-web"), Alert.Field("cause", value)]),
            number: 4711, in: .utc)
    }

    @Test func theEventComesFirstAndPlainValuesStandBare() {
        #expect(line("refused") == "event=service_down service=acme-web cause=refused n=4711")
        #expect(line("2026-10-01T07:00:00.250+07:00").hasSuffix(" cause=2026-10-01T07:00:00.250+07:00 n=4711"))
    }

    @Test(arguments: [
        ("", "\"\""), ("connection refused", "\"connection refused\""), ("a=b", "\"a=b\""),
        ("say \"no\"", "\"say \\\"no\\\"\""), ("back\\slash", "\"back\\\\slash\""), ("Công ty", "\"Công ty\""),
        ("two\nlines\r\t", "\"two\\nlines\\r\\t\""), ("\u{1B}[31m", "\"\\u001b[31m\""), ("\u{0}", "\"\\u0000\""),
        ("\u{2028}", "\"\\u2028\""), ("\u{85}", "\"\\u0085\""),
    ])
    func whateverTheValueHoldsItIsOneLine(_ value: String, _ quoted: String) {
        #expect(line(value) == "event=service_down service=acme-web cause=" + quoted + " n=4711")
    }

    @Test func severitiesAreTheOnesThatArePromised() {
        let names: [AlertEvent: Int] = [
            .serviceDown: 4, .serviceUp: 5, .availabilityBelow: 3, .availabilityRestored: 5, .measurementLost: 3,
            .measurementRestored: 5, .exclusionNotAdmitted: 4, .budgetConsumed: 4, .commitmentLost: 2,
            .handlingDue: 4, .handlingOverdue: 3, .certificateExpiring: 4, .maintenanceBegins: 6,
            .maintenanceEnds: 6, .budgetBurning: 4, .sharedFailure: 4, .serviceWithdrawn: 5, .flapping: 5,
            .checkDown: 4, .checkUp: 5,
        ]
        for event in AlertEvent.allCases { #expect(event.severity.rawValue == names[event]) }
    }
}
