import Foundation
import Intake
import Ledger
import Mail
import SLA
import Testing

@testable import Configuration
@testable import UseCases

@Suite struct AnnouncementTests {
    private let world: World

    init() throws {
        world = try World()
        _ = try world.recording().planMaintenance(
            MaintenancePlanRequest(
                kind: .scheduled, scope: ["all"],
                windows: WindowRequest(from: "2026-10-25T02:00:00+07:00", to: "2026-10-25T04:00:00+07:00"),
                reason: "disks"))
    }

    private var composer: NoticeComposer { world.composer }

    private func sender(
        in ledger: Ledger? = nil, by: String = "lan", _ send: @escaping (MailMessage) -> MailOutcome
    ) -> NoticeSender {
        NoticeSender(
            ledger ?? world.ledger, composer, PublicNotices(composer, stateDirectory: world.folder), sending: send,
            by: by)
    }

    private func notices() throws -> [Notice] { try world.ledger.read { try $0.notices() } }

    @Test func whatIsWantedFollowsFromTheChannels() throws {
        let (subject, work) = try world.recording().askForNotices(of: "M1", composer)
        #expect(subject == .plan(1))
        #expect(work.notices.map(\.channel) == [.website, .email] && work.notices.map(\.customer) == [nil, "acme"])
        #expect(
            work.byHand.map { $0.remark.text { "--\($0.rawValue)" } } == [
                "by hand: fan_page, availd has no hand in it; then `availd maintenance delivered M1 --channel "
                    + "fan_page`",
                "by hand: direct to acme, see `availd maintenance calls`; then `availd maintenance delivered M1 "
                    + "--channel direct --customer acme`",
                "by hand: email to beta, no e-mail address is recorded; then `availd maintenance delivered M1 "
                    + "--channel email --customer beta`",
            ])
        #expect(try notices().map(\.key) == work.notices)
    }

    /// What is cancelled is public at once; where the files cannot be written, it is cancelled all the same.
    @Test func aCancellationIsPublic() throws {
        let files = PublicNotices(composer, stateDirectory: world.folder)
        let sender = sender { _ in MailOutcome(kind: .accepted, answer: "250") }
        _ = try world.recording().askForNotices(of: "M1", composer)
        try sender.sendDue(clock: { world.now }, report: { _ in })
        #expect(try world.recording().cancelMaintenance("M1", reason: "no disks", files: files).fileFailure == nil)
        let feed = try FileManager.default.contentsOfDirectory(atPath: files.directory).sorted().map {
            try String(contentsOfFile: files.directory + "/" + $0, encoding: .utf8)
        }
        #expect(!feed.isEmpty && feed.contains { $0.lowercased().contains("cancelled") })
        _ = try world.recording().planMaintenance(
            MaintenancePlanRequest(
                kind: .scheduled, scope: ["all"],
                windows: WindowRequest(from: "2026-10-26T02:00:00+07:00", to: "2026-10-26T04:00:00+07:00"),
                reason: "disks"))
        try FileManager.default.removeItem(atPath: files.directory)
        try Data().write(to: URL(fileURLWithPath: files.directory))
        let receipt = try world.recording().cancelMaintenance("M2", reason: "rain", files: files)
        #expect(receipt.fileFailure?.path.hasPrefix(files.directory) == true)
        #expect(try world.ledger.read { try $0.maintenance() }.cancellations.count == 2)
    }

    @Test func whatCannotBeAnnouncedIsRefused() throws {
        #expect(try world.mistakes { try world.recording(by: "").askForNotices(of: "M1", composer) }.count == 1)
        #expect(
            try world.refusal(Unknown.self) { try world.recording().askForNotices(of: "M2", composer) }?.nearest
                == "M1")
        let over = try world.refusal(Intake.Refusal.self) {
            try world.recording(at: at("2026-10-25T04:00:00+07:00")).askForNotices(of: "M1", composer)
        }
        #expect(over?.description == "M1 is over or cancelled: there is nothing to announce")
    }

    /// Four announce at once: each notice is wanted once, and each is sent by one of four senders.
    @Test func ofFourWhoAnnounceEachNoticeIsGivenOnce() async throws {
        let (asked, refused) = await world.fourAtOnce { [composer] in try $0.askForNotices(of: "M1", composer).subject }
        #expect(asked.count == 4 && refused.isEmpty)
        #expect(try notices().map(\.channel) == [.website, .email])
        let (sent, failed) = await world.fourAtOnce { recording in
            var tried: [NoticeChannel] = []
            let sender = sender(in: recording.ledger, by: recording.by) { _ in
                MailOutcome(kind: .accepted, answer: "250 OK")
            }
            try sender.sendDue(clock: { recording.now }) { tried.append($0.notice.channel) }
            return tried
        }
        #expect(failed.isEmpty)
        #expect(Set(sent.flatMap { $0 }) == [.website, .email] && sent.flatMap { $0 }.count == 2)
        #expect(try notices().allSatisfy { $0.attempts.count == 1 && $0.lastResult?.outcome == .delivered })
    }

    /// What a server does not take now is tried again after a minute; what it refuses is not, unless asked for again.
    @Test func aServersAnswerSaysWhatHappensNext() throws {
        _ = try world.recording().askForNotices(of: "M1", composer)
        var answer = MailOutcome(kind: .deferred, answer: "451 later")
        var messages: [String] = []
        let sender = sender { message in
            messages.append(message.to)
            return answer
        }
        let now = world.now
        #expect(try sender.sendDue(clock: { now }, report: { _ in }) == now + 60_000)
        try sender.sendDue(clock: { now + 59_999 }, report: { _ in })
        answer = MailOutcome(kind: .refused, answer: "550 no")
        #expect(try sender.sendDue(clock: { now + 60_000 }, report: { _ in }) == nil)
        try sender.sendDue(clock: { now + 600_000 }, report: { _ in })
        #expect(messages == ["it@acme.example", "it@acme.example"])
        _ = try world.recording().askForNotices(of: "M1", composer)
        #expect(try notices().map(\.channel) == [.website, .email, .email])
        // What people have done needs no doing.
        _ = try world.recording().deliverNotice(DeliveryRequest("M1", channel: .email, customers: ["acme"]))
        try sender.sendDue(clock: { now + 600_000 }, report: { _ in })
        _ = try world.recording().askForNotices(of: "M1", composer)
        #expect(messages.count == 2)
        #expect(try notices().count == 3)
    }

    @Test func thePublicFilesAreWritten() throws {
        _ = try world.recording().askForNotices(of: "M1", composer)
        try sender { _ in MailOutcome(kind: .accepted, answer: "") }.sendDue(clock: { world.now }, report: { _ in })
        let feed = try String(contentsOfFile: world.folder + "/notices/notices.json", encoding: .utf8)
        #expect(feed.contains("M1.2026-10-25") && !feed.contains("acme"))
    }
}
