import Configuration
import Foundation
import Ledger
import Reporting
import SLA
import Testing
import UseCases

/// A ledger with one of everything that can be asked for, in a folder of its own: October 2026 in Hanoi.
///
///     acme-web   a sample a minute on the 1st, down from 01:00 to 01:30 at an address that is not its own; E1 excludes
///                ten minutes of it, and I1 handles it
///     acme-mail  never measured, and locked since the 2nd (E2)
///
/// The monitor asks two references: one has answered, one has not been asked yet.
final class ReadingWorld {
    let folder: String
    let ledger: Ledger
    let configuration: Configuration

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "availd-reading-\(UUID())").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try """
        agreement:
          timezone: Asia/Ho_Chi_Minh
          compensation: {currency: VND, tiers: [{below: 99, percent: 10}]}
        customers: [{id: acme, name: Acme, email: it@acme.example, vip: true}]
        services:
          - {id: acme-web, customer: acme, price: 200000, paid: [{from: 2020-01-01}], url: "tcp://acme.example:1",
             addresses: [192.0.2.0/24]}
          - {id: acme-mail, customer: acme, paid: [{from: 2020-01-01}], url: "tcp://acme.example:2"}
        probing: {references: ["tcp://192.0.2.53:53", "https://www.example.net/"]}
        state_directory: \(folder)/state
        """.write(toFile: folder + "/availd.yaml", atomically: true, encoding: .utf8)
        configuration = try Configuration.load(path: folder + "/availd.yaml", secrets: .ignored, environment: [:])
        ledger = try Ledger(directory: configuration.stateDirectory, access: .recorder)
        try ledger.record { [facts = try Self.facts()] _ in facts }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var catalog: Catalog { configuration.catalog }

    static func at(_ text: String) throws -> Instant { try #require(RFC3339.instant("\(text):00+07:00")) }

    /// The instant at which all is asked: the third of the month.
    func asOf() throws -> Instant { try Self.at("2026-10-03T00:00") }

    /// The month that is asked about.
    func month() throws -> CivilMonth { try #require(CivilMonth("2026-10")) }

    /// What `body` makes of the ledger as it is.
    func read<T>(_ body: (LedgerSnapshot) throws -> T) throws -> T { try ledger.read(body) }

    /// What another configuration changes: a service under another name, a faster check, an objective.
    func changes() throws -> ChangesDocument {
        let text = try String(contentsOfFile: folder + "/availd.yaml", encoding: .utf8)
            .replacing("timezone:", with: "objective: 98.5\n  timezone:")
            .replacing("tiers: [{below: 99,", with: "tiers: [{below: 98,")
            .replacing("id: acme-mail", with: "id: acme-post")
            .replacing("{id: acme-web,", with: "{id: acme-web, interval: 30s,")
        try text.write(toFile: folder + "/other.yaml", atomically: true, encoding: .utf8)
        let other = try Configuration.load(path: folder + "/other.yaml", secrets: .ignored, environment: [:])
        return other.changes(from: configuration, called: "availd.yaml")
    }

    // MARK: - What is recorded

    private static func facts() throws -> [Fact] {
        let (down, up) = (try at("2026-10-01T01:00"), try at("2026-10-01T01:30"))
        let later = try at("2026-10-02T09:00")
        let month = try #require(CivilMonth("2026-10"))
        let window = try #require(Interval(try at("2026-10-11T02:00"), try at("2026-10-11T04:00")))
        let plan = MaintenancePlan(
            number: 1, kind: .scheduled, scope: [.all], recurrence: .once(window), reason: "new disks",
            plannedAt: later, plannedBy: "lan")
        let seen = try observations(down: down, up: up) + [reference()]
        return [.observations(seen)] + (try exclusions(down, up, recordedAt: later))
            + (try corrections(recordedAt: later)) + incident(down) + [
                .maintenancePlan(plan),
                .noticeDelivery(
                    NoticeDelivery(
                        subject: .plan(1), customer: nil, channel: .website, at: later, recordedAt: later, by: "lan",
                        answer: "notices.json")),
                .negotiation(
                    Negotiation(
                        month: month, service: "acme-web", amount: ExactDecimal(15_000), reason: "letter 7",
                        recordedAt: later, recordedBy: "lan")),
                .claim(
                    Claim(
                        id: "", service: "acme-web", month: month, incident: "I1",
                        steps: [
                            Claim.Step(
                                kind: .opened, amount: ExactDecimal(40_000), text: "orders were lost",
                                evidence: "letter 8", at: later, by: "lan"),
                            Claim.Step(
                                kind: .answered, amount: nil, text: "=by our record an hour", at: later, by: "an"),
                        ])),
                .acceptance(
                    Acceptance(
                        month: month, service: "acme-web", amount: ExactDecimal(0), reason: "it was shown",
                        evidence: "mail", recordedAt: later, recordedBy: "lan")),
                .imported(
                    RecordedImport(
                        number: 0,
                        file: ImportedFile(
                            name: "samples.csv", size: 42, digest: "ab12", format: "availd",
                            series: [
                                ImportedFile.Series(
                                    source: "acme-web", check: CheckID(service: "acme-web", check: Check.defaultID),
                                    samples: 2, first: down, last: up)
                            ]), at: later, by: "lan")),
            ]
    }

    private static func observations(down: Instant, up: Instant) throws -> [Observation] {
        let start = try at("2026-10-01T00:00")
        return (0..<1440).map { minute in
            let instant = start + Milliseconds(minute) * 60_000
            let isDown = (down..<up).contains(instant)
            return Observation(
                check: CheckID(service: "acme-web", check: Check.defaultID),
                sample: Sample(at: instant, state: isDown ? .down : .up), address: "198.51.100.7",
                cause: isDown ? .connection(.refused) : nil)
        }
    }

    private static func reference() throws -> Observation {
        let probe = ProbeSpecification(url: "tcp://192.0.2.53:53", scheme: .tcp, host: "192.0.2.53", port: 53)
        let reference = Reference(Check(probe: probe), family: .ipv4, isNamed: false)
        return Observation(
            check: reference.id, sample: Sample(at: try at("2026-10-02T23:58"), state: .up), address: "192.0.2.53")
    }

    /// A void that ends what the last sample covers, and a downtime that nobody has proven.
    private static func corrections(recordedAt: Instant) throws -> [Fact] {
        let void = try #require(Interval(try at("2026-10-02T00:01"), try at("2026-10-02T04:00")))
        let downtime = try #require(Interval(try at("2026-10-01T05:00"), try at("2026-10-01T06:00")))
        return [
            .correction(
                Correction(
                    kind: .void, scope: [.services(.all)], interval: void, reason: "the uplink was cut",
                    recordedAt: recordedAt, recordedBy: Correction.daemon)),
            .correction(
                Correction(
                    kind: .downtime, scope: [.services(.service("acme-web"))], interval: downtime,
                    reason: "logins failed", recordedAt: recordedAt, recordedBy: "lan")),
        ]
    }

    private static func exclusions(_ down: Instant, _ up: Instant, recordedAt: Instant) throws -> [Fact] {
        let part = try #require(Interval(down, down + 600_000))
        let lock = try #require(Interval(recordedAt, Exclusion.openEnd))
        return [
            .exclusion(
                ExclusionAmendment.Entry(
                    Exclusion(
                        id: "E1", category: .thirdParty, scope: [.service("acme-web")], interval: part,
                        evidence: "ticket 7", recordedAt: recordedAt, recordedBy: "lan"))),
            .exclusion(
                ExclusionAmendment.Entry(
                    Exclusion(
                        id: "E2", category: .suspension, scope: [.service("acme-mail")], interval: lock,
                        evidence: "ticket 8", recordedAt: recordedAt, recordedBy: "lan"),
                    details: ExclusionDetails(act: .lock, breach: "clause 4"))),
        ]
    }

    private static func incident(_ down: Instant) -> [Fact] {
        let service = AffectedService(
            service: "acme-web", customer: "acme", downSince: down, cause: .connection(.refused))
        let changes: [IncidentEvent.Change] = [
            .opened(.outage, cause: .connection(.refused), services: [service]), .acknowledged,
            .waiting(reason: "the error log"),
        ]
        return changes.enumerated().map { index, change in
            let at = down + Milliseconds(index) * 60_000
            return .incidentEvent(
                RecordedIncidentEvent(incident: 1, event: IncidentEvent(at: at, recordedAt: at, by: "lan", change)))
        }
    }
}
