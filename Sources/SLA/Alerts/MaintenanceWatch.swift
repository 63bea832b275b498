/// Which alerts of maintenance are due: what was announced once is not announced again.
public struct MaintenanceWatch: Hashable, Sendable {
    /// What was announced, and when by the wall clock.
    private struct Announced: Hashable, Sendable {
        let event: AlertEvent
        let at: Instant
    }

    /// The last of begins and ends that was announced, by the window's identifier.
    private var announced: [String: Announced] = [:]
    /// The segments of windows that were announced as not admitted, and when.
    private var refused: [String: Instant] = [:]

    /// How late a beginning or an end is still announced, where the daemon did not run at its time, in ms.
    private static let longestDelay: Milliseconds = 7 * 86_400_000

    /// A watch that resumes after `alerts`, the latest of each subject.
    public init(resuming alerts: [Alert] = []) {
        markAnnounced(alerts)
    }

    /// Remembers that `alerts` are announced.
    public mutating func markAnnounced(_ alerts: [Alert]) {
        for alert in alerts {
            switch alert.event {
            case .maintenanceBegins, .maintenanceEnds:
                announced[alert.subject] = Announced(event: alert.event, at: alert.at)
            case .exclusionNotAdmitted: refused[alert.subject] = alert.at
            default: break
            }
        }
    }

    /// Whether anything was announced at an instant that is still to come.
    func hasAnnouncedWhatIsToCome(at now: Instant) -> Bool {
        announced.values.contains { $0.at.isToCome(at: now) } || refused.values.contains { $0.isToCome(at: now) }
    }

    /// Forgets what was announced by a clock that was wrong, and set back before it is so by the clock of `now`.
    mutating func forgetWhatIsToCome(_ claims: [MaintenanceClaim], under agreement: Agreement, at now: Instant) {
        for (window, claims) in Dictionary(grouping: claims, by: \.window) {
            for segment in window.segments {
                let id = window.id(of: segment)
                let isLate = claims.contains {
                    $0.segment == segment && $0.refusal(under: agreement, at: now) != nil
                }
                if !isLate, refused[id]?.isToCome(at: now) ?? false { refused[id] = nil }
            }
            guard let last = announced[window.id], last.at.isToCome(at: now) else { continue }
            if now < window.interval.start {
                announced[window.id] = nil
            } else if now < window.interval.end, last.event == .maintenanceEnds {
                announced[window.id] = Announced(event: .maintenanceBegins, at: window.interval.start)
            }
        }
    }

    /// The time whose windows may have something to announce at `now`.
    public static func range(at now: Instant, under agreement: Agreement) -> Interval {
        let lead = max(agreement.notice.scheduled, agreement.notice.emergency)
        return Interval(unchecked: now - longestDelay, now + lead + 1)
    }

    /// The alerts that are new at `now`.
    ///
    /// - Parameter claims: those of ``range(at:under:)`` at least, as known at `now`.
    public func decide(_ claims: [MaintenanceClaim], under agreement: Agreement, at now: Instant) -> [Alert] {
        var alerts: [Alert] = []
        let byWindow = Dictionary(grouping: claims.filter { $0.window.cancellation == nil }, by: \.window)
        for (window, claims) in byWindow.sorted(by: { Self.order($0.key) < Self.order($1.key) }) {
            for segment in window.segments {
                let own = claims.filter { $0.segment == segment }
                if let alert = notAdmitted(own, window, segment, agreement, now) { alerts.append(alert) }
            }
            alerts += beginAndEnd(of: window, claims, agreement, now)
        }
        return alerts
    }

    /// The next instant after `now` at which `claims` may have something new to announce; nil where there is none.
    public static func nextChange(of claims: [MaintenanceClaim], after now: Instant) -> Instant? {
        claims.lazy.flatMap { claim in
            // Notice given at the last instant that is in time still is.
            [claim.noticeDue + 1, claim.window.interval.start, claim.window.interval.end]
        }.filter { $0 > now }.min()
    }

    private static func order(_ window: MaintenanceWindow) -> (Instant, Int) {
        (window.interval.start, window.plan.number)
    }

    /// One line a segment: all its customers miss their notice at the same instant, the last at which it is in time.
    private func notAdmitted(
        _ claims: [MaintenanceClaim], _ window: MaintenanceWindow, _ segment: MaintenanceWindow.Segment,
        _ agreement: Agreement, _ now: Instant
    ) -> Alert? {
        let id = window.id(of: segment)
        let late = claims.filter { $0.refusal(under: agreement, at: now) != nil }
        guard refused[id] == nil, let first = late.first,
            let refusal = first.refusal(under: agreement, at: now)
        else { return nil }
        var fields = [Alert.Field("exclusion", id), Alert.Field("category", window.plan.kind.category.rawValue)]
        fields += Self.fields(of: window, segment.interval, agreement)
        fields += [
            Alert.Field("customers", Self.names(late)), Alert.Field("reason", refusal.description),
        ]
        let missing = NoticeChannel.allCases.filter { channel in late.contains { $0.missing.contains(channel) } }
        if !missing.isEmpty {
            fields.append(Alert.Field("missing", missing.map(\.rawValue).joined(separator: " ")))
        }
        return Alert(event: .exclusionNotAdmitted, subject: id, at: now, fields: fields)
    }

    private func beginAndEnd(
        of window: MaintenanceWindow, _ claims: [MaintenanceClaim], _ agreement: Agreement, _ now: Instant
    ) -> [Alert] {
        let refusal = claims.lazy.compactMap { $0.refusal(under: agreement, at: now) }.first
        let late = claims.filter { $0.refusal(under: agreement, at: now) != nil }
        var fields = [Alert.Field("maintenance", window.id), Alert.Field("kind", window.plan.kind.rawValue)]
        fields += Self.fields(of: window, window.interval, agreement)
        fields.append(
            Alert.Field("admitted", late.isEmpty ? "yes" : late.count == claims.count ? "no" : "partly"))
        if let refusal { fields.append(Alert.Field("reason", refusal.description)) }
        var alerts: [Alert] = []
        let last = announced[window.id]?.event
        if last == nil, now >= window.interval.start {
            alerts.append(Alert(event: .maintenanceBegins, subject: window.id, at: now, fields: fields))
        }
        if last != .maintenanceEnds, now >= window.interval.end {
            alerts.append(Alert(event: .maintenanceEnds, subject: window.id, at: now, fields: fields))
        }
        return alerts
    }

    private static func fields(
        of window: MaintenanceWindow, _ interval: Interval, _ agreement: Agreement
    ) -> [Alert.Field] {
        [
            Alert.Field("plan", window.plan.id), Alert.Field("clause", window.plan.kind.category.clauses),
            Alert.Field("scope", window.plan.scope.map(\.text).joined(separator: " ")),
            Alert.Field("from", .instant(interval.start)),
            Alert.Field("to", .instant(interval.end)),
        ]
    }

    /// The customers' identifiers; a line of syslog has no room for thousands.
    private static func names(_ claims: [MaintenanceClaim]) -> String {
        let limit = 20
        let names = claims.prefix(limit).map(\.customer.id).joined(separator: " ")
        return claims.count > limit ? "\(names) and \(claims.count - limit) more" : names
    }
}
