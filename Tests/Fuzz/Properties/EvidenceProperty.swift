import Intake
import SLA

@testable import Interchange

/// What is read of exclusions, of paid terms and of names is refused with places, or the same when it is written again.
enum EvidenceProperty {
    static func checkExclusions(_ bytes: UnsafeRawBufferPointer) throws {
        let catalog = ExampleCatalog.catalog
        let exclusions: [Exclusion]
        do {
            exclusions = try ExclusionFile.exclusions(bytes, file: "f", catalog: catalog)
        } catch {
            return try Located.demandAll(error, of: bytes, in: ["f"])
        }
        func written(_ instant: Instant?) -> String { instant.map { RFC3339.text($0, in: .utc) } ?? "" }
        let guarded = ExampleCatalog.guarded
        let rows = exclusions.map { exclusion in
            [
                guarded(exclusion.id), exclusion.category.rawValue,
                exclusion.scope.map(\.text).joined(separator: " "), written(exclusion.interval.start),
                written(exclusion.interval.end), written(exclusion.noticeAt), guarded(exclusion.evidence),
                written(exclusion.recordedAt), guarded(exclusion.recordedBy), written(exclusion.revokedAt),
            ]
        }
        let header = [
            "id", "category", "scope", "from", "to", "notice_at", "evidence", "recorded_at", "recorded_by",
            "revoked_at",
        ]
        let again = try ExampleCatalog.csv([header] + rows).withUnsafeBytes {
            try ExclusionFile.exclusions($0, file: "f", catalog: catalog)
        }
        try demand(again == exclusions, "\(exclusions) came back as \(again)")
    }

    static func checkTerms(_ bytes: UnsafeRawBufferPointer) throws {
        let catalog = ExampleCatalog.catalog
        let file: TermsFile
        do {
            file = try TermsFile(bytes, file: "f", catalog: catalog)
        } catch {
            return try Located.demandAll(error, of: bytes, in: ["f"])
        }
        try demand(file.recordCount == file.terms.values.reduce(0) { $0 + $1.count }, "records without a term")
        var rows = [["service", "from", "to", "price", "plan"]]
        for (service, terms) in file.terms {
            try demand(catalog.service(service) != nil, "no service is called \(service)")
            rows += terms.map { term in
                [
                    service, RFC3339.text(term.interval.start, in: .utc),
                    term.interval.end == .distantFuture ? "" : RFC3339.text(term.interval.end, in: .utc),
                    term.price?.description ?? "", ExampleCatalog.guarded(term.plan),
                ]
            }
        }
        let again = try ExampleCatalog.csv(rows).withUnsafeBytes { try TermsFile($0, file: "f", catalog: catalog) }
        try demand(again.terms == file.terms, "\(file.terms) came back as \(again.terms)")
    }

    static func checkSeriesMap(_ bytes: UnsafeRawBufferPointer) throws {
        if let labels = LabelText.labels(String(decoding: bytes, as: UTF8.self)) {
            let again = LabelText.labels(LabelText.text(labels))
            try demand(again == labels, "\(labels) came back as \(again ?? [:])")
        }
        do {
            let map = try SeriesMap(bytes, file: "f", catalog: ExampleCatalog.catalog)
            for rule in map.rules { try demand(map.check(names: [rule.from], labels: [:]) != nil, "a rule unused") }
        } catch let diagnostics as Diagnostics {
            try Located.demandAll(diagnostics, of: bytes, in: ["f"])
        }
    }
}
