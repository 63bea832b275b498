import SLA

extension CatalogChange {
    /// A line for people: what is otherwise, and what that means for figures where it means something.
    public func english(in zone: TimeZoneRules) -> String {
        "\(subject.english): \(what(in: zone))" + (effect.map { ": \($0)" } ?? "")
    }

    /// What is otherwise, without what it is about.
    public func what(in zone: TimeZoneRules) -> String {
        switch kind {
        case .added: "new"
        case .dropped(let wasDown): "dropped" + (wasDown ? " while it was down" : "")
        case .uncounted(let wasDown): "counts false, was true" + (wasDown ? "; it was down" : "")
        case .looksRenamed(let name): "looks like \(name) under another name"
        case .set(let setting, let old, let new):
            "\(setting.rawValue) \(new?.english ?? "nothing"), was \(old?.english ?? "nothing")"
        case .paidMore(let time): "paid for also " + Self.spans(time, zone)
        case .paidLess(let time): "no longer paid for " + Self.spans(time, zone)
        }
    }

    /// What it means for figures; nil where that goes without saying.
    public var effect: String? {
        switch (subject, kind) {
        case (.service, .dropped(let wasDown)):
            "its paid time ends, unless the billing system says otherwise"
                + (wasDown ? "; what follows is unmeasured, not up" : "")
        case (.check, .dropped(wasDown: true)), (.check, .uncounted(wasDown: true)):
            "its service is unmeasured until the month's end, not up"
        case (.check, .uncounted): "watched, and part of no figure"
        case (.check, .added): "part of its service from its first sample on"
        case (.service, .looksRenamed(let name)):
            "its past, its paid time and its incidents stay with \(name); this one begins anew"
        case (.check, .looksRenamed(let name)): "what was measured so far stays with \(name)"
        case (_, .set(let setting, let old, let new)): Self.effect(of: setting, old, new)
        default: nil
        }
    }

    private static func effect(of setting: Setting, _ old: Value?, _ new: Value?) -> String? {
        switch setting {
        case .objective, .excludedTime, .tiers, .capMonths, .currency, .prorate, .uncertain:
            "judges from the next month on where a month has begun"
        case .noticeScheduled, .noticeEmergency, .noticeRecurring, .noticeChannels, .noticeVIPChannels:
            "for notices that are given from now on"
        case .handlingWithin, .handlingRestDay, .handlingRestDays: "for incidents that open from now on"
        case .interval:
            if case .duration(let old)? = old, case .duration(let new)? = new {
                new < old ? "faster" : "slower"
            } else {
                nil
            }
        case .mode: "begins when the service is next up by the old one"
        case .confirm: "for failures that begin from now on"
        case .counts: "part of its service from its next sample on"
        default: nil
        }
    }

    private static func spans(_ time: IntervalSet, _ zone: TimeZoneRules) -> String {
        time.intervals.map { span in
            let start = span.start == .distantPast ? "ever" : RFC3339.text(span.start, in: zone)
            return "from \(start)" + (span.end == .distantFuture ? " on" : " to \(RFC3339.text(span.end, in: zone))")
        }.joined(separator: ", ")
    }
}

extension CatalogChange.Subject {
    /// What it is called: `acme-web, check default`.
    public var english: String {
        switch self {
        case .agreement: "agreement"
        case .customer(let id): "customer \(id)"
        case .service(let id): id
        case .check(let id): "\(id.service), check \(id.check)"
        }
    }
}

extension CatalogChange.Value {
    /// As it is written in the configuration.
    public var english: String {
        switch self {
        case .text(let text): text.isEmpty ? "nothing" : text
        case .duration(let duration): DurationText.written(duration)
        case .amount(let amount): AmountText.shown(amount.description)
        case .flag(let flag): flag ? "true" : "false"
        }
    }
}
