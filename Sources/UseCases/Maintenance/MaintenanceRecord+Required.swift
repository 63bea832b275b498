import Intake
import SLA

extension MaintenanceRecord {
    /// What `id` names, as M3, M3.2026-10-11 or M3.x1, and its plan.
    ///
    /// - Throws: `Unknown`, or a `Refusal` where it is no such name.
    public func required(
        _ id: String, in calendar: CivilCalendar
    ) throws -> (subject: NoticeSubject, plan: MaintenancePlan) {
        guard let subject = NoticeSubject(id) else {
            throw Refusal(
                "found \(Diagnostic.quoted(id)), expected a plan, a window or an extension, as M3, M3.2026-10-11 or M3.x1"
                    + didYouMean(nearestName(to: id, among: plans.map(\.id))))
        }
        guard let plan = plan(subject.plan) else {
            throw Unknown(.plan, "M\(subject.plan)", among: plans.map(\.id))
        }
        switch subject {
        case .plan: break
        case .window(_, let date):
            if window(of: plan, on: date, in: calendar) == nil {
                let around = windows(of: plan, around: date, in: calendar)
                let first = nextWindows(of: plan, after: plan.begin(in: calendar), limit: 1, in: calendar).first
                throw Unknown(
                    .window, id, among: around.map(\.id),
                    remark: around.isEmpty ? first.map { "the first one is \($0.id)" } : nil)
            }
        case .extension(_, let number):
            let own = extensions.filter { $0.plan == plan.number }
            if !own.contains(where: { $0.number == number }) {
                throw Unknown(.extension, id, among: own.map(\.subject.description))
            }
        }
        return (subject, plan)
    }

    /// The windows that may be meant where none is on `date`: those within a month of it.
    private func windows(
        of plan: MaintenancePlan, around date: CivilDate, in calendar: CivilCalendar
    ) -> [MaintenanceWindow] {
        let month: Milliseconds = 31 * 86_400_000
        let day = calendar.start(of: date)
        return Interval(day - month, day + month).map { windows(of: plan, overlapping: $0, in: calendar) } ?? []
    }
}
