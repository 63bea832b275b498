import Configuration
import Ledger
import SLA
import UseCases

extension NoticeDispatch.Actions {
    private static let who = "availd"

    /// What is recorded in `ledger` is announced as `configuration` says.
    init(_ ledger: Ledger, _ configuration: Configuration, clock: @escaping @Sendable () -> Now) {
        let sender = NoticeSender(ledger, configuration, by: Self.who)
        let files = PublicNotices(configuration)
        let calendar = configuration.catalog.agreement.calendar
        self.init(
            version: { try ledger.read { try $0.maintenanceVersion() } },
            day: { calendar.date(at: $0) },
            writePublicFiles: { try files.write(from: ledger, at: $0) },
            sendDue: { mayContinue, report in
                let window = try sender.announceWindows(at: clock().wall)
                let due = try sender.sendDue(clock: { clock().wall }, while: mayContinue, report: report)
                return [window, due].compactMap { $0 }.min()
            })
    }
}
