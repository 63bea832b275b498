import Foundation
import Intake
import Interchange
import SLA
import Testing

/// The files and the folder that a replay reads besides samples.
@Suite struct EvidenceFileTests {
    private func changes(_ text: String, others: Bool = false) throws -> [RuleChange] {
        try Array(text.utf8).withUnsafeBytes {
            try RulesFile.changes($0, file: "r.csv", catalog: catalog, others: others)
        }
    }

    private func histories(_ text: String) throws -> [String: ServiceHistory] {
        try Array(text.utf8).withUnsafeBytes { try TermsHistoryFile.histories($0, file: "t.csv", catalog: catalog) }
    }

    @Test func rowsThatContradictEachOtherAreAMistakeWhateverTheirOrder() {
        let (one, two) = ("web,default,1790812800000,1", "web,default,1790812800000,2")
        for rows in [[one, two], [two, one]] {
            let text = (["service,check,known_at,confirm"] + rows).joined(separator: "\n")
            #expect(
                mistakes(in: { _ = try changes(text) })
                    == ["r.csv:3: check: line 2 says otherwise of it from the same instant on"])
        }
        #expect(throws: Never.self) {
            try changes("service,check,known_at,by\nweb,default,1790812800000,mai\nweb,default,1790812800000,lan\n")
        }
    }

    @Test func whatHasNoColumnIsAsTheConfigurationHasIt() throws {
        let change = try #require(try changes("service,check,known_at\nweb,default,1790812800000\n").first)
        #expect(change.customer == "acme" && change.groups == ["rack-3"])
        let ours = "service,check,known_at\nshop,default,1790812800000\n"
        #expect(mistakes(in: { _ = try changes(ours) }).first?.contains("unknown service \"shop\"") == true)
        #expect(
            mistakes(in: { _ = try changes(ours, others: true) })
                == ["r.csv:2: customer: found nothing, expected \(Identifier.expected)"])
    }

    @Test func aLaterListReplacesTheEarlierFromWhenItIsKnown() throws {
        let history = try #require(
            try histories(
                """
                service,from,to,price,known_at,withdrawn_at,reason
                web,2026-01-01,,5,,,
                web,2026-03-01,2026-04-01,5,,2026-06-01T00:00:00Z,typo
                web,2026-07-01,,6,2026-05-01T00:00:00Z,,

                """)["web"])
        func date(_ text: String) throws -> Instant { try #require(RFC3339.instant(text + "T00:00:00Z")) }
        let (april, may, july) = (try date("2026-04-20"), try date("2026-05-01"), try date("2026-07-01"))
        #expect(history.paid(asOf: april).contains(july))
        #expect(history.paid(asOf: july).contains(april) && !history.paid(asOf: july).contains(may))
        #expect(try !history.paid(asOf: july).contains(date("2026-03-15")))
        #expect(try history.paid(asOf: may).contains(date("2026-03-15")))
    }

    @Test func aListThatDeclaresNothingEndsWhatWasPaid() throws {
        let history = try #require(
            try histories("service,from,to,known_at\nweb,2026-01-01,,\nweb,,,2026-05-01T00:00:00Z\n")["web"])
        let may = try #require(RFC3339.instant("2026-05-01T00:00:00Z"))
        #expect(history.paid(asOf: may + 10).intervals.map(\.end) == [may])
    }

    @Test func aMistakeInTermsNamesItsLine() {
        #expect(
            mistakes(in: { _ = try histories("service,from,to,withdrawn_at\nweb,,,2026-05-01T00:00:00Z\n") })
                == ["t.csv:2: withdrawn_at: nothing is declared here that could be withdrawn, expected nothing"])
        #expect(mistakes(in: { _ = try histories("service,from,to\nwbe,2026-01-01,\n") }).count == 1)
    }

    /// A folder that somebody has edited is said to be so, or refused; it is never read in part without a word.
    @Test func anEditedFolderIsSeen() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "availd-export-\(UUID())").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }
        func write(_ text: String, to name: String) throws {
            try text.write(toFile: path + "/" + name, atomically: true, encoding: .utf8)
        }
        func manifest(_ files: String, asOf: String = "1793000000000") -> String {
            #"{"schema":"availd/export/1","month":"2026-10","as_of_ms":\#(asOf),"files":[\#(files)]}"#
        }
        let listed = #"{"name":"samples.csv","sha256":""}"#
        try write("at,service,state\n", to: "samples.csv")
        let digest = try HistoryFile(path: path + "/samples.csv").digest
        try write("\(digest)  samples.csv\n0000  ../other.csv\n", to: "SHA256SUMS")
        try write(manifest(listed), to: "export.json")
        let folder = try ExportFolder(path: path)
        #expect(folder.month == CivilMonth("2026-10") && folder.asOf == t(1_793_000_000_000))
        #expect(try folder.required("samples.csv") == path + "/samples.csv")
        #expect(folder.file("exclusions.csv") == nil)
        #expect(try folder.changed() == [])
        try write("at,service,state\n1,web,up\n", to: "samples.csv")
        #expect(try folder.changed() == [path + "/samples.csv"])

        try write(manifest(""), to: "export.json")
        #expect(throws: Refusal.self) { try ExportFolder(path: path).required("samples.csv") }
        for asOf in ["9223372036854775807", "-9223372036854775808", "-1"] {
            try write(manifest(listed, asOf: asOf), to: "export.json")
            #expect(throws: Refusal.self) { try ExportFolder(path: path) }
        }
    }

    /// What a spreadsheet would run is written with an apostrophe before it, and a letter may be spelled in two ways.
    @Test func namesAreReadAsTheyWereWritten() throws {
        func check(_ id: String) -> Check { Check(id: id, probe: .unrecorded) }
        let own = Catalog(
            agreement: catalog.agreement, customers: [Customer(id: "acme")],
            services: [
                Service(id: "=web", customer: "acme", paid: .empty, checks: [check("@a"), check("b")]),
                Service(id: "caf\u{E9}", customer: "acme", paid: .empty, checks: [check("default")]),
            ])
        let text =
            "at,service,check,state\n1790812800000,'=web,'@a,up\n1790812800000,cafe\u{301},,up\n"
            + "1790812800000,caf\u{E9},default,down\n"
        let found = mistakes(in: {
            _ = try Array(text.utf8).withUnsafeBytes {
                try HistoryFile.history($0, file: "s.csv", as: .availd, catalog: own)
            }
        })
        #expect(found.count == 1 && found[0].contains("line 3 says up"))
        let first = "at,service,check,state\n1790812800000,'=web,'@a,up\n1790812800000,cafe\u{301},,up\n"
        let series = try Array(first.utf8).withUnsafeBytes {
            try HistoryFile.history($0, file: "s.csv", as: .availd, catalog: own).series
        }
        #expect(
            series.keys.map { Array("\($0)".utf8) }.sorted { $0.count < $1.count }
                == [Array("=web/@a".utf8), Array("caf\u{E9}/default".utf8)])
    }
}
