import SLA

/// A window of maintenance as the public reads it: what it says of the scope is a group of machines, never a customer
/// (clause 5).
public struct PublicNotice: Hashable, Sendable {
    let id: String
    let title: String
    let text: String
    let interval: Interval
    let isCancelled: Bool
    let revision: Int
    let publishedAt: Instant
    let updatedAt: Instant

    /// What the public is told of `window`.
    ///
    /// - Parameters:
    ///   - publishedAt: when it was first announced.
    ///   - updatedAt: when it last changed: announced, extended or cancelled.
    public init(
        _ window: MaintenanceWindow, publishedAt: Instant, in language: NoticeLanguage, calendar: CivilCalendar
    ) {
        let words = PublicWords(language)
        let writer = NoticeWriter(words: NoticeWords(language), calendar: calendar)
        id = window.id
        interval = window.interval
        isCancelled = window.cancellation != nil
        let added = window.segments.compactMap(\.added)
        revision = added.count + (isCancelled ? 1 : 0)
        self.publishedAt = publishedAt
        updatedAt = ([publishedAt] + added.map(\.at) + [window.cancellation?.at].compactMap { $0 }).max() ?? publishedAt
        let kind = window.plan.kind == .scheduled ? writer.words.scheduled : writer.words.emergency
        title = (isCancelled ? words.cancelled + ": " : "") + "\(kind), \(writer.span(window.interval))"
        var sentences = [
            "\(words.scope): \(Self.scope(window.plan, words)).", "\(writer.words.reason): \(window.plan.reason)",
        ]
        sentences += added.map { "\(words.extended): \(writer.moment($0.until)). \($0.reason)" }
        if !isCancelled, !writer.isInOfficeHours(window.interval) { sentences.append(writer.words.outsideOfficeHours) }
        text = sentences.joined(separator: "\n")
    }

    private static func scope(_ plan: MaintenancePlan, _ words: PublicWords) -> String {
        if plan.scope.contains(.all) { return words.everything }
        let groups = plan.scope.compactMap { term in
            if case .group(let name) = term { return name }
            return nil
        }
        return groups.isEmpty ? words.some : groups.joined(separator: ", ")
    }
}

/// The words that only public notices use.
private struct PublicWords {
    let scope: String
    let everything: String
    let some: String
    let cancelled: String
    let extended: String

    init(_ language: NoticeLanguage) {
        switch language {
        case .vietnamese:
            scope = "Phạm vi"
            everything = "tất cả dịch vụ"
            some = "một số dịch vụ"
            cancelled = "Đã huỷ"
            extended = "Gia hạn đến"
        case .english:
            scope = "Scope"
            everything = "all services"
            some = "some services"
            cancelled = "Cancelled"
            extended = "Extended until"
        }
    }
}
