import Intake
import Ledger
import Reporting
import SLA

extension Recording {
    /// Cancels what `id` names, and writes the public `files` anew: they say that it is cancelled.
    ///
    /// - Throws: as cancelling does; what is wrong with the files is in the receipt.
    public func cancelMaintenance(_ id: String, reason: String, files: PublicNotices) throws -> CancellationReceipt {
        var receipt = try cancelMaintenance(id, reason: reason)
        do {
            try files.write(from: ledger, at: now)
        } catch let failure as OutputFailure {
            receipt.fileFailure = failure
        }
        return receipt
    }

    /// Cancels what `id` names: the windows of a plan that have not begun, or one of them.
    ///
    /// - Throws: `InvalidRequest`, `Unknown`, `LedgerError`, or a `Refusal` of what cannot be cancelled; nothing is
    ///   then recorded.
    func cancelMaintenance(_ id: String, reason: String) throws -> CancellationReceipt {
        let recorded = try ledger.record { snapshot in
            try checkWords(reason)
            let record = try snapshot.maintenance()
            let (subject, plan) = try record.required(id, in: calendar)
            var date: CivilDate?
            switch subject {
            case .plan: break
            case .window(_, let day): date = day
            case .extension:
                throw Refusal(
                    "an extension is not cancelled: the time after the work is done is not under maintenance")
            }
            let cancellation = MaintenanceCancellation(
                plan: plan.number, date: date, at: now, by: by, reason: reason)
            return try ofMaintenance { () throws(MaintenanceError) in
                try record.facts(of: cancellation, in: calendar)
            }
        }
        return CancellationReceipt(
            cancellation: recorded.last {
                if case .maintenanceCancellation(let cancellation) = $0 { cancellation } else { nil }
            }, zone: calendar.zone)
    }

    /// Gives the window that `id` names more time, until `until`; of a whole plan, the one that is under way or next.
    ///
    /// - Throws: `InvalidRequest`, `Unknown`, `LedgerError`, or a `Refusal` of what cannot be extended; nothing is then
    ///   recorded.
    public func extendMaintenance(_ id: String, until: Instant, reason: String) throws -> ExtensionReceipt {
        var extended: MaintenanceWindow?
        let recorded = try ledger.record { snapshot in
            try checkWords(reason)
            let record = try snapshot.maintenance()
            let (subject, plan) = try record.required(id, in: calendar)
            return try ofMaintenance { () throws(MaintenanceError) in
                let window = try record.extensible(subject, of: plan, at: now, in: calendar)
                extended = window
                return try record.facts(
                    of: MaintenanceExtension(
                        plan: plan.number, number: 0, date: window.date, until: until, at: now, by: by, reason: reason),
                    in: calendar)
            }
        }
        guard let extended else { preconditionFailure("what was decided was recorded") }
        return ExtensionReceipt(
            added: recorded.last { if case .maintenanceExtension(let added) = $0 { added } else { nil } },
            window: extended, agreement: catalog.agreement)
    }

    /// - Throws: what is wrong with the words that go with any change, as customers and the public may read them.
    private func checkWords(_ reason: String) throws(InvalidRequest) {
        var check = RequestCheck()
        check.oneLine(.reason, reason)
        check.name(by)
        try check.finish()
    }
}
