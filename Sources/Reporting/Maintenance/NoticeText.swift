import SLA

/// A notice of maintenance as a customer reads it (clauses 4, 6.1, 6.2).
public struct NoticeText: Hashable, Sendable {
    /// What an e-mail is about, on one line.
    public let subject: String
    /// The text, its lines ended by a line feed.
    public let body: String
    /// The same in a sentence or two, for the telephone.
    public let spoken: String

    /// Who gives the notice, and how to reach them (clause 4).
    public struct Provider: Sendable {
        let name: String
        let contacts: [(kind: String, value: String)]

        /// A provider; `contacts` in the order in which they are shown.
        public init(name: String, contacts: [(kind: String, value: String)]) {
            self.name = name
            self.contacts = contacts
        }
    }

    /// The notice of `segments` to a customer.
    ///
    /// - Parameters:
    ///   - segments: the windows, or the one extension, that are announced; at least one, in order.
    ///   - services: the customer's affected services.
    ///   - customer: as it is addressed.
    public init(
        of segments: [(window: MaintenanceWindow, segment: MaintenanceWindow.Segment)], services: [Service],
        to customer: Customer, by provider: Provider, in language: NoticeLanguage, calendar: CivilCalendar
    ) {
        let words = NoticeWords(language)
        let writer = NoticeWriter(words: words, calendar: calendar)
        guard let (first, segment) = segments.first else {
            preconditionFailure("a notice is of something")
        }
        let kind = first.plan.kind == .scheduled ? words.scheduled : words.emergency
        let what = segment.added == nil ? kind : words.extended(kind)
        subject = [
            provider.name.isEmpty ? nil : "[\(provider.name)]", "\(what):", writer.moment(segment.interval.start),
        ]
        .compactMap { $0 }.joined(separator: " ")
        let times = segments.map { writer.span($0.segment.interval) }.joined(separator: "; ")
        let why = segment.added?.reason ?? first.plan.reason
        spoken = "\(what): \(services.map(\.id).joined(separator: ", ")). \(times). \(words.reason): \(why)"
        var lines = [words.greeting(customer.name.isEmpty ? customer.id : customer.name), "", words.opening(what), ""]
        lines += [words.services + ":"] + services.map { "  - \($0.id)" } + [""]
        lines += [words.time + ":"] + segments.map { "  - \(writer.span($0.segment.interval))" }
        if case .series(let series) = first.plan.recurrence, segments.count > 1 || series.last == nil {
            lines.append("  " + (series.last.map { words.recurringUntil(words.day($0)) } ?? words.recurring))
        }
        lines += ["  \(words.zone): \(calendar.zone.name)", ""]
        lines += ["\(words.reason): \(why)", ""]
        lines.append(words.effect)
        if segments.contains(where: { !writer.isInOfficeHours($0.segment.interval) }) {
            lines.append(words.outsideOfficeHours)
        }
        if !provider.contacts.isEmpty {
            lines += ["", words.contacts + ":"]
            lines += provider.contacts.map { "  \(words.contact($0.kind)): \($0.value)" }
        }
        lines += ["", "\(words.reference): \(segments.map { $0.window.id(of: $0.segment) }.joined(separator: ", "))"]
        if !provider.name.isEmpty { lines += ["", provider.name] }
        body = lines.joined(separator: "\n") + "\n"
    }
}

/// Instants and spans as a notice writes them: local time, with its offset.
struct NoticeWriter {
    let words: NoticeWords
    let calendar: CivilCalendar

    /// As `02:00 Sunday 2026-10-11 (+07:00)`.
    func moment(_ instant: Instant) -> String {
        let date = calendar.date(at: instant)
        return "\(calendar.time(at: instant)) \(words.day(date)) (\(offset(at: instant)))"
    }

    /// Both ends, the date of the second only where it is another.
    func span(_ interval: Interval) -> String {
        let (first, last) = (calendar.date(at: interval.start), calendar.date(at: interval.end))
        if first == last, offset(at: interval.start) == offset(at: interval.end) {
            return "\(calendar.time(at: interval.start))–\(calendar.time(at: interval.end)) \(words.day(first)) "
                + "(\(offset(at: interval.start)))"
        }
        return "\(moment(interval.start)) – \(moment(interval.end))"
    }

    /// Whether the office is open all the while.
    func isInOfficeHours(_ interval: Interval) -> Bool {
        calendar.date(at: interval.start) == calendar.date(at: interval.end - 1)
            && OfficeHours.contain(interval.start, in: calendar) && OfficeHours.contain(interval.end - 1, in: calendar)
    }

    private func offset(at instant: Instant) -> String {
        let text = RFC3339.text(instant, in: calendar.zone)
        return text.hasSuffix("Z") ? "UTC" : String(text.suffix(6))
    }
}
