import ArgumentParser
import Configuration
import Foundation
import Intake
import Platform
import SLA
import UseCases

/// `availd maintenance announce`
struct MaintenanceAnnounce: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "announce",
        abstract: "Give the notice: an e-mail to each affected customer, and the public files.",
        discussion: """
            Of a plan (M3: all its windows), of one window (M3.2026-10-11) or of an extension (M3.x1). Each e-mail \
            goes to one customer alone, in the customer's language, and the server's answer is kept. What the server \
            does not take now is tried again after 1 min, 5 min, 15 min and then each hour until the window begins, by \
            the daemon; what it refuses for good is not. Announcing again sends nothing twice.

            What is left to people is said on standard error: they record it with `availd maintenance delivered`. The \
            status is 69 where something could not be sent.

            EXAMPLES
              availd maintenance announce M3 --dry-run
              availd maintenance announce M3
            """)

    @OptionGroup var subject: SubjectArgument

    @Flag(help: "Print the messages, and send and record nothing.")
    var dryRun = false

    @OptionGroup var options: RecordingOptions

    func run() async throws {
        try options.recordedBy.require()
        let configuration = try options.config.load(dryRun ? .ignored : .required)
        if dryRun { return try preview(configuration) }
        let receipt = try options.recording(missing: .refused, configuration) { recording in
            try recording.announceMaintenance(
                subject.id, configuration, clock: SystemClock.wall, wait: Self.wait, report: Self.report)
        }
        try receipt.show(as: options.format)
        if !receipt.failures.isEmpty { throw Refusal(lines: receipt.failures, as: .unavailable) }
    }

    private func preview(_ configuration: Configuration) throws {
        let ledger = try configuration.readableLedger()
        defer { try? ledger.close() }
        let now = SystemClock.wall()
        try NoticeComposer(configuration).preview(subject.id, in: ledger.read { try $0.maintenance() }, at: now)
            .show(as: options.format)
    }

    private static func report(_ attempt: NoticeSender.Attempt) {
        let (notice, result) = attempt
        Console.note(
            "\(notice.channel.rawValue) to \(notice.customer ?? "everyone"): \(result.outcome.rawValue): "
                + result.answer)
    }

    private static func wait(_ longest: Milliseconds, until isDone: () throws -> Bool) throws {
        let end = SystemClock.monotonic() + longest
        while try SystemClock.monotonic() < end && !isDone() { Thread.sleep(forTimeInterval: 0.2) }
    }
}
