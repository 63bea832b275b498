import Foundation
import Intake
import Ledger
import Reporting
import SLA
import Testing
import UseCases

/// Each use case that answers, without the program: what it says in every format, and whom it does not know.
@Suite struct ReadingTests {
    /// What each use case answers about the world, by its schema's name.
    static func documents(_ world: ReadingWorld) throws -> [(name: String, document: any Document)] {
        let (asOf, month, catalog) = (try world.asOf(), try world.month(), world.catalog)
        return try world.read { ledger in
            [
                (
                    "report",
                    try ledger.reportDocument(ReportRequest(of: .month(month)), asOf: asOf, configured: catalog)
                ),
                (
                    "report_of_period",
                    try ledger.reportDocument(
                        ReportRequest(
                            of: .months(CivilMonths(quarterOf: month)), customers: ["acme"],
                            supposing: Hypothesis(without: ["E1"], files: ["draft.csv"])), asOf: asOf,
                        configured: catalog)
                ),
                (
                    "status",
                    try ledger.statusDocument(
                        of: [], asOf: asOf, configured: catalog, references: world.configuration.references)
                ),
                (
                    "explanation",
                    try ledger.explanation(of: "acme-web", in: .month(month), asOf: asOf, configured: catalog)
                ),
                (
                    "explanation_of_instant",
                    try ledger.explanationAnswer(
                        about: ReadingWorld.at("2026-10-01T01:10"), of: "acme-web", in: .month(month), asOf: asOf,
                        configured: catalog)
                ),
                (
                    "export",
                    try EvidenceExport(month: month, asOf: asOf).write(
                        from: ledger, into: OutputFolder(path: "\(world.folder)/export-\(UUID())"), configured: catalog,
                        now: asOf)
                ),
                ("exclusions", try ledger.exclusionDocument(asOf: asOf, configured: catalog)),
                ("voids", try ledger.correctionDocument(of: .void, asOf: asOf, in: catalog.agreement.calendar.zone)),
                (
                    "downtimes",
                    try ledger.correctionDocument(of: .downtime, asOf: asOf, in: catalog.agreement.calendar.zone)
                ),
                ("suspensions", try ledger.suspensionDocument(asOf: asOf, isOpenOnly: true, configured: catalog)),
                ("suggestions", try ledger.suggestionDocument(of: nil, in: month, asOf: asOf, configured: catalog)),
                ("terms", try ledger.termsDocument(of: [], asOf: asOf, configured: catalog, now: asOf)),
                ("rules", try ledger.rulesDocument(of: [], asOf: asOf, configured: catalog, now: asOf)),
                ("incidents", try ledger.incidentList(of: nil, asOf: asOf, configured: catalog)),
                ("incident", try ledger.incidentHistory(of: "I1", asOf: asOf, configured: catalog)),
                ("maintenance_plans", try ledger.maintenanceDocument(at: asOf, catalog: catalog)),
                ("maintenance_history", try ledger.maintenanceHistory(of: "M1", at: asOf, catalog: catalog)),
                ("maintenance_calls", try ledger.callList(about: "M1", at: asOf, configuration: world.configuration)),
                (
                    "compensation",
                    try ledger.compensationDocument(
                        of: month, asOf: ReadingWorld.at("2026-11-01T00:00"), configured: catalog)
                ),
                ("claims", try ledger.claimDocument(asOf: asOf, configured: catalog)),
                ("settlements", try ledger.settlementDocument(of: nil, asOf: asOf, configured: catalog)),
                ("imports", try ledger.importListDocument(in: catalog.agreement.calendar.zone)),
                ("plan", PlanDocument(world.configuration.plan)),
                ("changes", try world.changes()),
            ]
        }
    }

    @Test func everyAnswerIsAsItWasInEveryFormat() throws {
        let world = try ReadingWorld()
        for (name, document) in try Self.documents(world) {
            for format in DocumentFormat.allCases {
                let text = document.shown(as: format).replacing(world.folder, with: "<folder>")
                try expectGolden(text, "\(name).\(format == .text ? "txt" : format.rawValue)")
            }
        }
    }

    /// Half an hour of outage, ten minutes of it excluded: every format says so alike.
    @Test func formatsSayTheSame() throws {
        let world = try ReadingWorld()
        let status = try world.read {
            try $0.statusDocument(of: ["acme-web"], asOf: world.asOf(), configured: world.catalog)
        }
        let lines = status.csv.split(separator: "\r\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        #expect(lines.count == 2)
        let row = Dictionary(zip(lines[0], lines[1]), uniquingKeysWith: { first, _ in first })
        #expect(row["down_s"] == "1200.000")
        #expect(row["third_party_s"] == "600.000")
        #expect(status.json.text.contains("\"down_s\" : 1200"))
        #expect(status.text.contains("20 min"))
    }

    @Test func whatIsNotThereIsNamedWithTheNearest() throws {
        let world = try ReadingWorld()
        let (asOf, month, catalog) = (try world.asOf(), try world.month(), world.catalog)
        func unknown(_ kind: Unknown.Kind, _ nearest: String?, _ body: (LedgerSnapshot) throws -> Void) throws {
            let error = #expect(throws: Unknown.self) { try world.read(body) }
            #expect(error?.kind == kind)
            #expect(error?.nearest == nearest)
            #expect(error?.exitClass == .badData)
        }
        try unknown(.service, "acme-web") {
            _ = try $0.statusDocument(of: ["acme-wbe"], asOf: asOf, configured: catalog)
        }
        try unknown(.service, "acme-mail") {
            _ = try $0.explanation(of: "acme-mial", in: .month(month), asOf: asOf, configured: catalog)
        }
        try unknown(.service, "acme-web") {
            _ = try $0.termsDocument(of: ["acmeweb"], asOf: asOf, configured: catalog)
        }
        try unknown(.service, nil) {
            _ = try $0.suggestionDocument(of: "other", in: month, asOf: asOf, configured: catalog)
        }
        try unknown(.customer, "acme") {
            _ = try $0.incidentList(of: month, asOf: asOf, customer: "acm", configured: catalog)
        }
        try unknown(.incident, "I1") {
            _ = try $0.incidentHistory(of: "i1", asOf: asOf, configured: catalog)
        }
        try unknown(.plan, "M1") { _ = try $0.maintenanceHistory(of: "M2", at: asOf, catalog: catalog) }
        try unknown(.window, "M1.2026-10-11") {
            _ = try $0.maintenanceHistory(of: "M1.2026-10-12", at: asOf, catalog: catalog)
        }
        try unknown(.statement, nil) {
            _ = try $0.requiredStatement("2026-10/1")
        }
    }

    @Test func anInstantThatCannotBeExplainedIsRefused() throws {
        let world = try ReadingWorld()
        for (instant, why) in [
            ("2026-11-01T00:00", "--at: lies outside of 2026-10, expected an instant of the month"),
            ("2026-10-03T00:00", "--at: nothing is known of it as of 2026-10-03T00:00:00"),
        ] {
            let refusal = #expect(throws: Refusal.self) {
                try world.read {
                    try $0.explanationAnswer(
                        about: ReadingWorld.at(instant), of: "acme-web", in: .month(world.month()), asOf: world.asOf(),
                        configured: world.catalog)
                }
            }
            #expect(refusal?.description.hasPrefix(why) == true)
        }
    }

    /// What was not known yet is in no answer.
    @Test func anEarlierInstantKnowsLess() throws {
        let world = try ReadingWorld()
        let early = try ReadingWorld.at("2026-10-02T08:00")
        try world.read { ledger in
            let exclusions = try ledger.exclusionDocument(asOf: early, configured: world.catalog)
            #expect(exclusions.csv.split(separator: "\r\n").count == 1)
            let plans = try ledger.maintenanceDocument(at: early, catalog: world.catalog)
            #expect(plans.csv.split(separator: "\r\n").count == 1)
            #expect(throws: Unknown.self) {
                try ledger.incidentHistory(
                    of: "I1", asOf: ReadingWorld.at("2026-10-01T00:30"), configured: world.catalog)
            }
        }
    }
}
