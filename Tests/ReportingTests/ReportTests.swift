import Foundation
import Reporting
import SLA
import Testing

@Suite struct ReportTests {
    /// The header as it is promised to scripts: written here once more, so that nobody changes it by the way.
    private let promised =
        "month,customer,service,objective_percent,availability_percent,availability_min_percent,"
        + "availability_max_percent,verdict,certainty,committed_s,up_s,down_s,unmeasured_s,excluded_s,"
        + "scheduled_maintenance_s,emergency_maintenance_s,suspension_s,customer_misconfiguration_s,force_majeure_s,"
        + "third_party_s,outages,transients,longest_outage_s,credit_percent,credit_amount,currency,as_of"

    @Test func theHeaderIsThePromisedOne() {
        #expect(ReportCSV.text(World.report).hasPrefix(promised + "\r\n"))
    }

    @Test func theCSVIsAsItWas() throws { try World.expectGolden(ReportCSV.text(World.report), "report.csv") }
    @Test func theJSONIsAsItWas() throws {
        try World.expectGolden(ReportDocument(World.report).json.text, "report.json")
    }
    @Test func theTextIsAsItWas() throws { try World.expectGolden(ReportText.text(World.report), "report.txt") }

    @Test func theExplanationAddsUpAndIsAsItWas() throws {
        let service = World.services[0]
        let figures = try #require(World.report.figures.first { $0.service.id == service.id })
        let spans = figures.explained(by: World.timeline(service))
        #expect(spans.map(\.interval.length).reduce(0, +) == figures.partition.committed.length)
        for (span, next) in zip(spans, spans.dropFirst()) { #expect(span.interval.end <= next.interval.start) }
        let lines = spans.map { span in
            Explanation.Line(
                span: span, evidence: span.reason == .down ? "connection refused" : nil, ends: [World.ends(of: span)])
        }
        let explanation = Explanation(figures, lines: lines, under: World.agreement)
        try World.expectGolden(explanation.text, "explain.txt")
        try World.expectGolden(explanation.json.text, "explain.json")
        for (name, instant) in [
            ("excluded", World.at(3, 10, 5)), ("down", World.at(4, 3)), ("transient", World.at(6)),
            ("unmeasured", World.at(25)),
        ] {
            let answer = ExplanationAnswer(explanation, at: instant)
            try World.expectGolden(answer.text, "explain-\(name).txt")
            try World.expectGolden(answer.json.text, "explain-\(name).json")
        }
    }

    /// What was refused says what it would have taken, and what nobody has paid for says so.
    @Test func anExplanationSaysWhatWasNotAppliedAndWhatIsNotCommitted() throws {
        let database = World.services[2]
        let figures = try #require(World.report.figures.first { $0.service.id == database.id })
        let lines = figures.explained(by: World.timeline(database)).map {
            Explanation.Line(span: $0, evidence: nil, ends: [.init(check: "default", first: nil, next: nil)])
        }
        let explanation = Explanation(figures, lines: lines, under: World.agreement)
        try World.expectGolden(explanation.text, "explain-refused.txt")
        try World.expectGolden(ExplanationAnswer(explanation, at: World.at(5, 1)).text, "explain-refused-at.txt")
        let free = try #require(World.report.figures.first { $0.service.id == "acme-free" })
        let nothing = Explanation(free, lines: [], under: World.agreement)
        let answer = ExplanationAnswer(nothing, at: World.at(5)).text
        #expect(answer.contains("acme-free is not committed: nobody has paid for that instant (clause 2)"))
    }

    @Test func theRunningMonthSaysWhereItIsHeading() throws {
        try World.expectGolden(ReportText.text(World.running), "report-running.txt")
        try World.expectGolden(ReportDocument(World.running).json.text, "report-running.json")
    }

    @Test func theStatusIsAsItWas() throws {
        let figures = World.report.figures[1]
        let status = ServiceStatus(
            figures: figures,
            budget: Budget(of: figures, exclusions: World.exclusions), state: .down,
            since: World.at(20), lastSampleAt: World.at(20), cause: .unexpected(.status(503, expected: [200...399])))
        try World.expectGolden(StatusDocument([status], under: World.agreement).text, "status.txt")
        try World.expectGolden(StatusDocument([status], under: World.agreement).json.text, "status.json")
    }

    @Test func theListOfExclusionsIsAsItWas() throws {
        let entries = World.exclusions.map { ExclusionDocument.Entry($0, revokedBy: nil, reason: nil) }
        try World.expectGolden(ExclusionDocument(entries, under: World.agreement).text, "exclusions.txt")
        try World.expectGolden(ExclusionDocument(entries, under: World.agreement).csv, "exclusions.csv")
        try World.expectGolden(ExclusionDocument(entries, under: World.agreement).json.text, "exclusions.json")
    }

    /// To a writer of characters, a quote and the accent behind it are one, and no quote.
    @Test func aQuoteIsDoubledWhateverFollowsIt() {
        var exclusion = World.exclusions[0]
        exclusion.evidence = "a\"\u{301}b"
        let entry = ExclusionDocument.Entry(exclusion, revokedBy: nil, reason: nil)
        let written = Array(ExclusionDocument([entry], under: World.agreement).csv.unicodeScalars)
        #expect(written.contains(Array(",\"a\"\"\u{301}b\",".unicodeScalars)))
    }

    /// `exclusions.csv` has no column for the kind, so it stands in the evidence; evidence that says nothing stays so,
    /// or a replay would admit what the ledger does not.
    @Test func theDetailsOfAnExclusionAreShown() {
        var exclusion = World.exclusions[0]
        exclusion.category = .forceMajeure
        exclusion.evidence = "report 7"
        func entry(_ details: ExclusionDetails) -> ExclusionDocument.Entry {
            .init(exclusion, revokedBy: nil, reason: nil, details: details)
        }
        let fire = entry(ExclusionDetails(kind: .fire, outage: .init(service: "web", start: World.at(3))))
        #expect(ExclusionDocument([fire], under: World.agreement).csv.contains(",fire: report 7,"))
        #expect(ExclusionDocument([fire], under: World.agreement).text.contains("fire: report 7"))
        let json = ExclusionDocument([fire], under: World.agreement).json.text
        #expect(json.contains("\"kind\" : \"fire\""))
        #expect(json.contains("\"evidence\" : \"report 7\""))
        #expect(json.contains("\"outage_service\" : \"web\""))
        exclusion.evidence = " "
        #expect(!ExclusionDocument([entry(ExclusionDetails(kind: .fire))], under: World.agreement).csv.contains("fire"))
    }

    @Test(arguments: ["=1+1", "+1", "-1", "@SUM(A1)", "\t1", "\r1"])
    func aCellThatASpreadsheetWouldRunIsMadeHarmless(_ text: String) {
        var exclusion = World.exclusions[0]
        exclusion.evidence = text
        let csv = ExclusionDocument([.init(exclusion, revokedBy: nil, reason: nil)], under: World.agreement).csv
        #expect(csv.contains(",'\(text),") || csv.contains(",\"'\(text)\","))
    }

    @Test func cellsAreQuotedWhereTheyMustBe() {
        var exclusion = World.exclusions[0]
        exclusion.evidence = "a \"b\", c\nd"
        let csv = ExclusionDocument([.init(exclusion, revokedBy: nil, reason: nil)], under: World.agreement).csv
        #expect(csv.contains(",\"a \"\"b\"\", c\nd\","))
    }
}

@Suite struct ReportFileTests {
    private let directory = FileManager.default.temporaryDirectory.appending(path: "availd-report-\(UUID())")

    @Test func aFileIsThereWholeAndNothingElseIs() throws {
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let path = directory.appending(path: "a.csv").path
        try ReportFile.write("one", to: path)
        try ReportFile.write("two", to: path)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "two")
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["a.csv"])
    }

    @Test func aLinkIsWrittenThroughAndADeviceStaysOne() throws {
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let (file, link) = (directory.appending(path: "a.csv").path, directory.appending(path: "link").path)
        try ReportFile.write("one", to: file)
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
        try ReportFile.write("two", to: link)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == file)
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "two")
        // Not the machine's own: were it replaced after all, only this one would be.
        let null = directory.appending(path: "null").path
        #expect(mknod(null, S_IFIFO | 0o600, 0) == 0)
        let reader = open(null, O_RDONLY | O_NONBLOCK)
        defer { close(reader) }
        try ReportFile.write("three", to: null)
        var bytes = [UInt8](repeating: 0, count: 10)
        #expect(read(reader, &bytes, 10) == 5)
    }

    @Test func whatCannotBeWrittenChangesNothing() throws {
        #expect(throws: OutputFailure.self) { try ReportFile.write("one", to: "/nonexistent/a.csv") }
        // The last step fails: a directory stands where the file should.
        try FileManager.default.createDirectory(
            at: directory.appending(path: "a.csv/inside"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        #expect(throws: OutputFailure.self) {
            try ReportFile.write("one", to: directory.appending(path: "a.csv").path)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["a.csv"])
    }
}
