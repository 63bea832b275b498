import SLA
import Testing
import Wording

@Suite struct AlertValueTests {
    @Test(
        arguments: [
            (.text("acme-web"), "acme-web"), (.number(-3), "-3"), (.seconds(540_000), "540.000"),
            (.seconds(-1), "-0.001"), (.seconds(0), "0.000"),
            (.cause(.unexpected(.status(503, expected: [200...399]))), "status 503, expected 200-399"),
        ] as [(AlertValue, String)])
    func everyValueHasItsWords(_ value: AlertValue, _ words: String) {
        #expect(value.english(in: .utc) == words)
    }

    @Test func aMonthIsWrittenWithItsYear() throws {
        #expect(AlertValue.month(try #require(CivilMonth("2026-10"))).english(in: .utc) == "2026-10")
    }

    @Test func anInstantIsWrittenInTheZone() throws {
        let zone = TimeZoneRules(name: "+07", initialOffset: 25_200_000)
        let instant = AlertValue.instant(Instant(milliseconds: 1_790_812_800_250))
        #expect(instant.english(in: .utc) == "2026-10-01T00:00:00.250Z")
        #expect(instant.english(in: zone) == "2026-10-01T07:00:00.250+07:00")
    }

    /// An earlier version kept every value as the text that it wrote: what is written reads as the value.
    @Test func whatIsWrittenReadsAsTheValue() throws {
        let instant = Instant(milliseconds: 1_790_812_800_250)
        let month = try #require(CivilMonth("2026-10"))
        for zone in [TimeZoneRules.utc, TimeZoneRules(name: "+07", initialOffset: 25_200_000)] {
            #expect(AlertValue.text(AlertValue.instant(instant).english(in: zone)).instant == instant)
        }
        #expect(AlertValue.text(AlertValue.month(month).english(in: .utc)).month == month)
        #expect(AlertValue.text(AlertValue.number(75).english(in: .utc)).number == 75)
        #expect(AlertValue.text("soon").instant == nil && AlertValue.text("soon").month == nil)
        #expect(AlertValue.text("soon").number == nil && AlertValue.number(1).instant == nil)
    }
}
