import Foundation
import Intake
import Interchange
import Ledger
import SLA
import Testing

@testable import UseCases

/// What each function of `Recording` answers, recorded one after the other in a world's ledger.
struct Receipts {
    let world: World
    private let from: Instant
    private let to: Instant

    init(_ world: World) throws {
        self.world = world
        from = try at("2026-10-05T09:00:00+07:00")
        to = try at("2026-10-05T09:40:00+07:00")
    }

    /// Each with a name, which is that of its schema where there is one receipt of it.
    func all() async throws -> [(name: String, receipt: any Receipt)] {
        try exclusions() + corrections() + terms() + others() + maintenance() + [("import", try await imported())]
    }

    private func exclusions() throws -> [(String, any Receipt)] {
        let recording = world.recording()
        let scope = ExclusionRequest.Target.scope(["service:acme-web group:rack-3"], from: from, to: to)
        let flood = try recording.addExclusion(
            ExclusionRequest(category: .forceMajeure, kind: .flood, target: scope, evidence: "=letter, \"7\""))
        let lock = try recording.suspend(
            SuspensionRequest(
                act: .lock, scope: ["service:beta-shop"], breach: "clause 4", evidence: "ticket 8", from: from))
        let unlock = try recording.unlock(UnlockRequest("beta-shop", at: to, reason: "paid"))
        return [
            ("exclusion", flood), ("exclusion-lock", lock), ("suspension_unlock", unlock),
            ("exclusion_revocation", try recording.revokeExclusion("E1", reason: "another river")),
        ]
    }

    private func corrections() throws -> [(String, any Receipt)] {
        let recording = world.recording()
        let cut = try recording.addCorrection(
            CorrectionRequest(
                kind: .void, scope: ["service:acme-web", "family:ipv6"], from: from, to: to,
                reason: "our uplink was cut", evidence: "ticket 10"))
        let logins = try recording.addCorrection(
            CorrectionRequest(kind: .downtime, scope: ["customer:acme"], from: from, to: to, reason: "logins failed"))
        return [
            ("void", cut), ("downtime", logins),
            ("void_revocation", try recording.revokeCorrection("V1", of: .void, reason: "it was theirs")),
            ("downtime_revocation", try recording.revokeCorrection("D1", of: .downtime, reason: "another shop")),
        ]
    }

    private func terms() throws -> [(String, any Receipt)] {
        func term(_ price: Int64) throws -> [BilledTerm] {
            [BilledTerm(interval: try #require(Interval(from, .distantFuture)), price: ExactDecimal(price), plan: "M")]
        }
        let recording = world.recording()
        _ = try recording.importTerms(["acme-web": term(200_000), "beta-shop": term(90_000)], recordCount: 2)
        let again = try recording.importTerms(["acme-web": term(210_000), "beta-shop": term(90_000)], recordCount: 2)
        var correction = RuleCorrectionRequest(
            service: "acme-web", from: from, reason: "three since May", evidence: "ticket 12")
        correction.confirm = 3
        let withdrawal = try recording.withdrawPaidTime(
            PaidWithdrawalRequest(service: "acme-web", from: from, to: to, reason: "never paid"))
        return [
            ("terms_import", again), ("paid_withdrawal", withdrawal),
            ("paid_reinstatement", try recording.reinstatePaidTime("W1", reason: "paid after all")),
            ("rule_correction", try recording.correctRules(correction)),
        ]
    }

    private func others() throws -> [(String, any Receipt)] {
        let recording = world.recording()
        let incident = try recording.openIncident(
            IncidentRequest(scope: ["group:rack-3"], cause: "water under the floor", classification: .warranty))
        let step = try recording.recordIncident("I1", .waiting(reason: "the error log"))
        let negotiation = try recording.negotiateCompensation(
            NegotiationRequest(
                service: "acme-web", month: #require(CivilMonth("2026-10")), amount: "15 000", reason: "letter 7"))
        let claim = try recording.openClaim(
            ClaimRequest(
                service: "acme-web", subject: .incident("I1"), amount: "30 000", reason: "a day of orders",
                evidence: "=letter 10"))
        let answer = try recording.answerClaim(ClaimStepRequest("C1", reason: "by our record an hour"))
        let settled = try recording.settleClaim(
            ClaimStepRequest("C1", amount: "5000", reason: "agreed", evidence: "mail"))
        _ = try StatementClosing(
            month: #require(CivilMonth("2026-09")), asOf: nil, by: "lan", reason: nil, configured: world.catalog
        ).close(in: world.ledger, clock: { world.now })
        let acceptance = try recording.acceptLoweredCredit(
            AcceptanceRequest(
                service: "acme-web", month: #require(CivilMonth("2026-09")), amount: "0", reason: "it was shown",
                evidence: "mail"))
        return [
            ("acceptance", acceptance),
            ("incident-opened", incident), ("incident-waiting", step), ("negotiation", negotiation),
            ("claim-opened", claim), ("claim-answered", answer), ("claim-settled", settled),
        ]
    }

    private func maintenance() throws -> [(String, any Receipt)] {
        let recording = world.recording()
        let plan = try recording.planMaintenance(
            MaintenancePlanRequest(
                kind: .scheduled, scope: ["customer:acme"],
                windows: WindowRequest(from: "02:00", to: "04:00", every: "sunday", count: 2), reason: "disks"))
        let extended = try recording.extendMaintenance(
            "M1", until: try at("2026-10-25T05:00:00+07:00"), reason: "a disk is slow")
        let preview = try world.ledger.read { snapshot in
            try world.composer.preview("M1", in: snapshot.maintenance(), at: world.now)
        }
        let (subject, work) = try recording.askForNotices(of: "M1", world.composer)
        let delivered = try recording.deliverNotice(
            DeliveryRequest("M1", channel: .direct, customers: ["acme"], at: from, evidence: "called Mai"))
        let announced = try world.ledger.read { snapshot in
            AnnouncementReceipt(
                subject: subject, byHand: work.byHand, try snapshot.notices(), try snapshot.maintenance().deliveries,
                by: "lan", zone: world.catalog.agreement.calendar.zone)
        }
        return [
            ("maintenance_plan", plan), ("maintenance_extension", extended),
            ("maintenance_announcement_preview", preview), ("notice_deliveries", delivered),
            ("maintenance_announcement", announced),
            ("maintenance_cancellation", try recording.cancelMaintenance("M1.2026-11-01", reason: "a holiday")),
        ]
    }

    /// Two samples, one of which the ledger has already, and two exclusions, one of which is not admitted.
    private func imported() async throws -> ImportReceipt {
        let (recording, zone) = (world.recording(), world.catalog.agreement.calendar.zone)
        let observation = Observation(
            check: CheckID(service: "acme-web", check: Check.defaultID), sample: Sample(at: from, state: .down))
        try world.ledger.record { _ in [.observations([observation])] }
        let path = world.folder + "/samples.csv"
        try "at,service,state\n\(from.milliseconds),acme-web,down\n\(to.milliseconds),acme-web,up\n".write(
            toFile: path, atomically: true, encoding: .utf8)
        let file = try HistoryFile(path: path)
        let history = try HistoryImport(file.history(catalog: world.catalog), from: file, in: zone, at: world.now)
        let preview = try world.ledger.read { try history.preview(in: $0, keepExisting: false) }
        let interval = try #require(Interval(from, to))
        let claims = ["letter 7", ""].enumerated().map { index, evidence in
            Exclusion(
                id: "X\(index)", category: .thirdParty, scope: [.all], interval: interval, evidence: evidence,
                recordedAt: nil, recordedBy: "")
        }
        let request = try ExclusionImportRequest(
            claims, path: "exclusions.csv", size: 9, digest: "ab12", in: zone, at: world.now, by: "lan")
        var receipt = ImportReceipt(isDryRun: false, in: zone)
        receipt.add(preview, recorded: try await recording.importHistory(history, clock: { world.now }))
        receipt.add(try recording.importExclusions(request))
        return receipt
    }
}
