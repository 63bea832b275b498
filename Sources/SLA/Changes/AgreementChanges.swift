extension Agreement {
    /// What it says otherwise than `old`.
    func changes(from old: Agreement) -> [CatalogChange] {
        typealias Value = CatalogChange.Value
        var changes = SettingChanges(of: .agreement)
        func decimal(_ value: ExactDecimal) -> Value { .text(value.description) }
        func number(_ value: Int) -> Value { .text(String(value)) }
        func names<Name: RawRepresentable<String> & Hashable>(_ names: Set<Name>) -> Value {
            .text(names.map(\.rawValue).sorted().joined(separator: ", "))
        }
        changes.compare(.objective, old.objective, objective, decimal)
        changes.compare(.timezone, old.calendar.zone.name, calendar.zone.name, Value.text)
        changes.compare(.excludedTime, old.excludedTime, excludedTime) { .text($0.rawValue) }
        changes.compare(.noticeScheduled, old.notice.scheduled, notice.scheduled, Value.duration)
        changes.compare(.noticeEmergency, old.notice.emergency, notice.emergency, Value.duration)
        changes.compare(.noticeRecurring, old.notice.recurringAtMost, notice.recurringAtMost, Value.duration)
        changes.compare(.noticeChannels, old.channels.everyone, channels.everyone, names)
        changes.compare(.noticeVIPChannels, old.channels.vip, channels.vip, names)
        changes.compare(.handlingWithin, old.handling.within, handling.within, Value.duration)
        changes.compare(.handlingRestDay, old.handling.restDay, handling.restDay, Value.duration)
        changes.compare(.handlingRestDays, old.handling.restDays, handling.restDays) { days in
            .text(Weekday.allCases.filter(days.contains).map { "\($0)" }.joined(separator: ", "))
        }
        changes.compare(.capMonths, old.compensation.capMonths, compensation.capMonths, number)
        changes.compare(.currency, old.compensation.currency, compensation.currency, Value.text)
        changes.compare(.tiers, Set(old.compensation.tiers), Set(compensation.tiers)) { tiers in
            let sorted = tiers.sorted { $1.below < $0.below }
            return .text(sorted.map { "\($0.percent) % below \($0.below) %" }.joined(separator: ", "))
        }
        changes.compare(.prorate, old.compensation.isProrated, compensation.isProrated, Value.flag)
        changes.compare(.uncertain, old.compensation.uncertain, compensation.uncertain) { .text($0.rawValue) }
        return changes.all
    }
}
