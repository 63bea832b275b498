/// One thing that a configuration says otherwise than what was known before.
public struct CatalogChange: Hashable, Sendable {
    /// What it is about.
    public enum Subject: Hashable, Sendable {
        /// What is promised.
        case agreement
        /// A customer, by its identifier.
        case customer(String)
        /// A service, by its identifier.
        case service(String)
        /// A check of a service.
        case check(CheckID)
    }

    /// What becomes of it.
    public enum Kind: Hashable, Sendable {
        /// It is new.
        case added
        /// It is not there any more.
        case dropped(wasDown: Bool)
        /// A check is in no figure any more.
        case uncounted(wasDown: Bool)
        /// It is new, and all that it says is what one says that is not there any more: its name.
        case looksRenamed(from: String)
        /// A setting of it is another.
        case set(Setting, from: Value?, to: Value?)
        /// More time of a service is paid for.
        case paidMore(IntervalSet)
        /// Less time of a service is paid for.
        case paidLess(IntervalSet)
    }

    /// What can be set, by the name that it has in the configuration.
    public enum Setting: String, CaseIterable, Hashable, Sendable {
        case objective, timezone, tiers, currency, prorate, uncertain
        case excludedTime = "excluded_time"
        case noticeScheduled = "notice.scheduled"
        case noticeEmergency = "notice.emergency"
        case noticeRecurring = "notice.recurring_at_most"
        case noticeChannels = "notice.channels"
        case noticeVIPChannels = "notice.vip_channels"
        case handlingWithin = "handling.within"
        case handlingRestDay = "handling.rest_day"
        case handlingRestDays = "handling.rest_days"
        case capMonths = "cap_months"
        case name, vip, customer, groups, price, mode
        case interval, timeout, confirm, counts, target, expect
        case retryInterval = "retry_interval"
        case staleAfter = "stale_after"
    }

    /// What a setting says.
    public enum Value: Hashable, Sendable {
        /// A number, a name, or somebody's words.
        case text(String)
        /// A duration in ms.
        case duration(Milliseconds)
        /// An amount of money.
        case amount(ExactDecimal)
        case flag(Bool)
    }

    /// What it is about.
    public var subject: Subject
    /// What becomes of it.
    public var kind: Kind

    /// `kind` becomes of `subject`.
    public init(_ subject: Subject, _ kind: Kind) {
        self.subject = subject
        self.kind = kind
    }
}

/// Collects what is set otherwise of one subject.
struct SettingChanges {
    let subject: CatalogChange.Subject
    private(set) var all: [CatalogChange] = []

    init(of subject: CatalogChange.Subject) {
        self.subject = subject
    }

    /// Takes note where `old` and `new` differ; nil is no value.
    mutating func compare<T: Equatable>(
        _ setting: CatalogChange.Setting, _ old: T?, _ new: T?, _ value: (T) -> CatalogChange.Value
    ) {
        guard old != new else { return }
        all.append(CatalogChange(subject, .set(setting, from: old.map(value), to: new.map(value))))
    }
}
