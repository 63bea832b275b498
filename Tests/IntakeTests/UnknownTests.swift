import Intake
import Testing

/// Whoever names what is not there is told what there is.
@Suite struct UnknownTests {
    @Test(arguments: [
        (["E1", "E2"], "E3", "there is no exclusion E3; did you mean E1?"),
        (["E1", "E9", "E12"], "E1234", "there is no exclusion E1234; the last one is E12"),
        ([], "E1", "there is no exclusion E1; there is none at all"),
    ])
    func whatIsInTheRecordIsCounted(_ names: [String], _ found: String, _ expected: String) {
        #expect(Unknown(.exclusion, found, among: names).description == expected)
    }

    @Test(arguments: [
        (["acme-web", "acme-mail"], "acme-wbe", "; did you mean acme-web?"), (["acme-web"], "x", "; there is acme-web"),
        (["a-1", "b-1"], "zzz", "; there are a-1, b-1"), ((1...6).map { "service-\($0)" }, "zzz", ""), ([], "zzz", ""),
    ])
    func ofWhatIsConfiguredFewAreListed(_ names: [String], _ found: String, _ end: String) {
        let expected = "unknown service \"\(found)\", expected one of the configuration's" + end
        #expect(Unknown(.service, found, among: names).description == expected)
    }

    @Test func aRemarkSaysMore() {
        let remark = Unknown(.statement, "2026-10/7", among: ["2026-10/1"], remark: "the latest is 2026-10/1")
        #expect(remark.description == "there is no statement 2026-10/7; the latest is 2026-10/1")
    }

    @Test(arguments: [("E7", true), ("E", false), ("E7a", false), ("V7", false), ("acme", false)])
    func whatIsCounted(_ name: String, _ expected: Bool) {
        #expect(Unknown.isNumber(name, after: "E") == expected)
    }
}
