import SLA
import Testing
import Wording

/// What a server or a library says is shown in bounds, and steers nothing.
@Suite struct BoundedTextTests {
    private func x(_ count: Int) -> String { String(repeating: "x", count: count) }

    @Test func aSentenceIsAtMost300Characters() {
        #expect(Cause.library(Excerpt(x(299))).english == x(299))
        #expect(Cause.library(Excerpt(x(300))).english == x(299) + "…")
        #expect(Cause.library(Excerpt(x(100_000))).english == x(299) + "…")
        let start = "TLS was not agreed: "
        #expect(Cause.tlsNotAgreed(Excerpt(x(1000))).english == start + x(299 - start.count) + "…")
    }

    @Test func aQuotationIsCutAfter60Characters() {
        func words(_ count: Int) -> String { Cause.unexpected(.bodyLacks(Excerpt(x(count)))).english }
        #expect(words(60) == "body does not contain \"\(x(60))\"")
        #expect(words(61) == "body does not contain \"\(x(60))…\"")
        #expect(words(100_000) == "body does not contain \"\(x(60))…\"")
        #expect(
            Cause.unexpected(.header("a", value: Excerpt(x(70)), pattern: Excerpt(x(80)))).english
                == "header a is \"\(x(60))…\", expected to match \"\(x(60))…\"")
    }

    /// The quotation says that there was more also where no more of it was kept.
    @Test func aQuotationOfWhatWasCutSaysSo() {
        #expect(Cause.misconfigured(.pattern(Excerpt("abc", most: 2))).english == "\"ab…\" is not a regular expression")
        #expect(Cause.misconfigured(.pattern(Excerpt("abc", most: 3))).english == "\"abc\" is not a regular expression")
    }

    @Test func aURLLeavesRoomForTheReason() {
        let url = "https://h/" + x(1000)
        let cause = Cause.behindRedirect(url: Excerpt(url), .connection(.refused))
        #expect(cause.english == "at \(url.prefix(79))…: connection refused")
    }

    @Test func nothingSteersATerminalOrALog() {
        #expect(
            Cause.library("a\nb\u{1b}[0m\u{202e}\0\u{2028}é").english
                == "a\\u{a}b\\u{1b}[0m\\u{202e}\\u{0}\\u{2028}é")
        #expect(
            Cause.unexpected(.bodyContains("\r\n")).english == "body contains \"\\u{d}\\u{a}\"")
        // What does not fit as a whole is left out.
        let bells = Cause.library(Excerpt(String(repeating: "\u{7}", count: 300))).english
        #expect(bells == String(repeating: "\\u{7}", count: 59) + "…")
    }

    @Test func whatAPersonWroteStandsAsItWasWritten() {
        let words = "two\nlines " + x(1000)
        #expect(Cause.text(words).english == words)
    }
}
