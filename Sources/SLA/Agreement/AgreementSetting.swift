/// A setting of the agreement by itself, as a text: what the ledger, `agreements.csv` and statements hold.
///
/// Its name is the path of the configuration's keys, joined by underscores.
public enum AgreementSetting: String, CaseIterable, Hashable, Sendable {
    /// In percent.
    case objective
    /// `removed` or `forgiven`.
    case excludedTime = "excluded_time"
    /// A duration.
    case scheduledNotice = "notice_scheduled"
    /// A duration.
    case emergencyNotice = "notice_emergency"
    /// A duration.
    case recurringNotice = "notice_recurring_at_most"
    /// A duration.
    case handlingWithin = "handling_within"
    /// A duration.
    case handlingRestDay = "handling_rest_day"
    /// Days of the week, separated by spaces; or `none`.
    case restDays = "handling_rest_days"
    /// In months' prices.
    case capMonths = "compensation_cap_months"
    /// By ISO 4217; or `none`.
    case currency = "compensation_currency"
    /// `BELOW:PERCENT`, separated by spaces; or `none`.
    case tiers = "compensation_tiers"
    /// `true` or `false`.
    case prorate = "compensation_prorate"
    /// `settle` or `pay`.
    case uncertain = "compensation_uncertain"
    /// Channels, separated by spaces; or `none`.
    case channels = "notice_channels"
    /// Channels, separated by spaces; or `none`.
    case vipChannels = "notice_vip_channels"

    /// Those that a month's figures follow from.
    static let ofFigures: [AgreementSetting] = [
        .objective, .excludedTime, .scheduledNotice, .emergencyNotice, .recurringNotice, .capMonths, .currency, .tiers,
        .prorate, .uncertain,
    ]

    /// What is said of a setting that has nothing; in a file, an empty cell says nothing of it.
    private static let none = "none"

    /// What `agreement` says of it; never empty.
    public func text(of agreement: Agreement) -> String {
        let (notice, handling, compensation) = (agreement.notice, agreement.handling, agreement.compensation)
        return switch self {
        case .objective: agreement.objective.description
        case .excludedTime: agreement.excludedTime.rawValue
        case .scheduledNotice: DurationText.written(notice.scheduled)
        case .emergencyNotice: DurationText.written(notice.emergency)
        case .recurringNotice: DurationText.written(notice.recurringAtMost)
        case .handlingWithin: DurationText.written(handling.within)
        case .handlingRestDay: DurationText.written(handling.restDay)
        case .restDays: Self.text(of: handling.restDays)
        case .capMonths: String(compensation.capMonths)
        case .currency: compensation.currency ?? Self.none
        case .tiers: Self.text(of: compensation.tiers.map { "\($0.below):\($0.percent)" })
        case .prorate: String(compensation.isProrated)
        case .uncertain: compensation.uncertain.rawValue
        case .channels: Self.text(of: agreement.channels.everyone)
        case .vipChannels: Self.text(of: agreement.channels.vip)
        }
    }

    /// Has `agreement` say `text` of it.
    ///
    /// - Returns: whether that can be said of it; else the agreement is as it was.
    public func set(_ text: String, in agreement: inout Agreement) -> Bool {
        switch self {
        case .objective: set(\.objective, Self.percent(text), in: &agreement)
        case .excludedTime: set(\.excludedTime, ExcludedTime(rawValue: text), in: &agreement)
        case .scheduledNotice: set(\.notice.scheduled, DurationText.duration(text), in: &agreement)
        case .emergencyNotice: set(\.notice.emergency, DurationText.duration(text), in: &agreement)
        case .recurringNotice: set(\.notice.recurringAtMost, Self.someTime(text), in: &agreement)
        case .handlingWithin: set(\.handling.within, Self.someTime(text), in: &agreement)
        case .handlingRestDay: set(\.handling.restDay, Self.someTime(text), in: &agreement)
        case .restDays: set(\.handling.restDays, Self.words(text), in: &agreement)
        case .capMonths: set(\.compensation.capMonths, Self.months(text), in: &agreement)
        case .currency: set(\.compensation.currency, Self.currency(text), in: &agreement)
        case .tiers: set(\.compensation.tiers, Self.tiers(text), in: &agreement)
        case .prorate: set(\.compensation.isProrated, Bool(text), in: &agreement)
        case .uncertain: set(\.compensation.uncertain, .init(rawValue: text), in: &agreement)
        case .channels: set(\.channels.everyone, Self.words(text), in: &agreement)
        case .vipChannels: set(\.channels.vip, Self.words(text), in: &agreement)
        }
    }

    /// What can be said of it, as messages have it.
    public var expected: String {
        switch self {
        case .objective: "a decimal number above 0 and at most 100, as 99.95"
        case .scheduledNotice, .emergencyNotice: "a duration, as 24h"
        case .recurringNotice, .handlingWithin, .handlingRestDay: "a duration above 0, as 48h"
        case .restDays: "days of the week, as saturday sunday, or none"
        case .capMonths: "0 to 1200"
        case .currency: "a currency by ISO 4217, as VND, or none"
        case .tiers: "tiers, each below another percentage, as 99:10 95:50, or none"
        case .prorate: "true or false"
        case .channels, .vipChannels: "channels, as email website, or none"
        case .excludedTime, .uncertain: words.joined(separator: " or ")
        }
    }

    /// The words that it can be made of; none where it is no word.
    public var words: [String] {
        switch self {
        case .excludedTime: ExcludedTime.allCases.map(\.rawValue)
        case .restDays: Weekday.allCases.map(\.rawValue)
        case .uncertain: Compensation.UncertainMonth.allCases.map(\.rawValue)
        case .channels, .vipChannels: NoticeChannel.allCases.map(\.rawValue)
        default: []
        }
    }

    private func set<Value>(
        _ path: WritableKeyPath<Agreement, Value>, _ value: Value?, in agreement: inout Agreement
    ) -> Bool {
        guard let value else { return false }
        agreement[keyPath: path] = value
        return true
    }

    private static func percent(_ text: some StringProtocol) -> ExactDecimal? {
        ExactDecimal(text).flatMap { $0 > ExactDecimal(0) && $0 <= ExactDecimal(100) ? $0 : nil }
    }

    private static func months(_ text: String) -> Int? {
        Digits.number(text.utf8).flatMap { (0...1200).contains($0) ? $0 : nil }
    }

    private static func someTime(_ text: String) -> Milliseconds? {
        DurationText.duration(text).flatMap { $0 > 0 ? $0 : nil }
    }

    private static func currency(_ text: String) -> String?? {
        if text == none { return .some(nil) }
        guard text.utf8.count == 3, text.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else { return nil }
        return .some(text)
    }

    private static func tiers(_ text: String) -> [Compensation.Tier]? {
        var tiers: [Compensation.Tier] = []
        if text == none { return tiers }
        for word in text.split(separator: " ") {
            let halves = word.split(separator: ":", omittingEmptySubsequences: false)
            guard halves.count == 2, let below = percent(halves[0]), let percent = ExactDecimal(halves[1]),
                percent >= ExactDecimal(0), percent <= ExactDecimal(100_000),
                !tiers.contains(where: { $0.below == below })
            else { return nil }
            tiers.append(Compensation.Tier(below: below, percent: percent))
        }
        return tiers.isEmpty ? nil : tiers
    }

    private static func text<Word: CaseIterable & Hashable & RawRepresentable<String>>(of words: Set<Word>) -> String {
        text(of: Word.allCases.filter(words.contains).map(\.rawValue))
    }

    private static func text(of words: [String]) -> String { words.isEmpty ? none : words.joined(separator: " ") }

    private static func words<Word: Hashable & RawRepresentable<String>>(_ text: String) -> Set<Word>? {
        if text == none { return [] }
        let words = text.split(separator: " ").map { Word(rawValue: String($0)) }
        return words.isEmpty || words.contains(nil) ? nil : Set(words.compactMap { $0 })
    }
}
