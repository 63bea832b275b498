import Intake
import SLA

/// Reads `agreement`.
struct AgreementDecoder {
    /// Where the zone's rules are.
    let zones: TimeZoneDatabase

    private static let keysOfNotice = ["scheduled", "emergency", "recurring_at_most", "channels", "vip_channels"]
    private static let keys = ["objective", "timezone", "excluded_time", "notice", "handling", "compensation"]

    /// The agreement in `field`. What is wrong in it takes its default, so that the reading can go on.
    func decode(_ field: Field) -> Agreement {
        var agreement = Agreement(calendar: CivilCalendar(zone: .utc))
        guard let section = field.section(Self.keys) else { return agreement }
        let timezone = section.required("timezone", "an IANA time zone, as Asia/Ho_Chi_Minh")
        if let zone = timezone.flatMap(zone) { agreement.calendar = CivilCalendar(zone: zone) }
        let objective = section["objective"]?.decimal("a decimal number above 0 and at most 100, as 99.95") {
            $0 > ExactDecimal(0) && $0 <= ExactDecimal(100)
        }
        if let objective { agreement.objective = objective }
        if let value = section["excluded_time"]?.choice(ExcludedTime.self) { agreement.excludedTime = value }
        if let notice = section["notice"]?.section(Self.keysOfNotice) {
            if let channels = notice["channels"].flatMap(channels) { agreement.channels.everyone = channels }
            if let channels = notice["vip_channels"].flatMap(channels) { agreement.channels.vip = channels }
            if let lead = notice["scheduled"]?.duration(allowingZero: true) { agreement.notice.scheduled = lead }
            if let lead = notice["emergency"]?.duration(allowingZero: true) { agreement.notice.emergency = lead }
            if let most = notice["recurring_at_most"], let value = most.duration() {
                agreement.notice.recurringAtMost = value
                if value < agreement.notice.scheduled {
                    let spoken = DurationText.spoken(agreement.notice.scheduled)
                    let _: Never? = most.expected("at least the notice of scheduled maintenance, which is \(spoken)")
                }
            } else {
                // A default that would leave no time for a notice that counts grows with the lead.
                agreement.notice.recurringAtMost = max(NoticeLead().recurringAtMost, agreement.notice.scheduled)
            }
        }
        if let handling = section["handling"].map(handling) { agreement.handling = handling }
        // Without a good objective, nothing is known to be above it.
        let bound = section["objective"] == nil || objective != nil ? agreement.objective : nil
        if let compensation = section["compensation"].map({ self.compensation($0, objective: bound) }) {
            agreement.compensation = compensation
        }
        return agreement
    }

    private func zone(_ field: Field) -> TimeZoneRules? {
        guard let name = field.text("an IANA time zone, as Asia/Ho_Chi_Minh") else { return nil }
        do {
            return try zones.rules(named: name)
        } catch {
            switch error {
            case .unknown:
                let nearest = nearestName(to: name, among: zones.names())
                return field.expected("a time zone of \(zones.directory), as Asia/Ho_Chi_Minh", nearest: nearest)
            case .damaged(let reason):
                field.report("the time zone \(name) is damaged in \(zones.directory): \(reason)")
                return nil
            }
        }
    }

    private func channels(_ field: Field) -> Set<NoticeChannel>? {
        field.list(of: "channels, as [email, website, fan_page]").map { Set($0.compactMap { $0.choice() }) }
    }

    private func handling(_ field: Field) -> HandlingDeadline {
        var handling = HandlingDeadline()
        guard let section = field.section(["within", "rest_day", "rest_days"]) else { return handling }
        if let within = section["within"]?.duration() { handling.within = within }
        if let restDay = section["rest_day"]?.duration() { handling.restDay = restDay }
        if let days = section["rest_days"]?.list(of: "days of the week") {
            handling.restDays = Set(days.compactMap { $0.choice(Weekday.self) })
        }
        return handling
    }

    private func compensation(_ field: Field, objective: ExactDecimal?) -> Compensation {
        var compensation = Compensation()
        let keys = ["cap_months", "currency", "tiers", "prorate", "uncertain"]
        guard let section = field.section(keys) else { return compensation }
        if let value = section["prorate"]?.flag() { compensation.isProrated = value }
        if let value = section["uncertain"]?.choice(Compensation.UncertainMonth.self) { compensation.uncertain = value }
        if let months = section["cap_months"]?.integer(0...1200) { compensation.capMonths = months }
        compensation.currency = section["currency"]?.value("a currency by ISO 4217, as VND") { text in
            text.utf8.count == 3 && text.utf8.allSatisfy { (0x41...0x5A).contains($0) } ? text : nil
        }
        for tier in section["tiers"]?.list(of: "tiers, as {below: 99, percent: 10}") ?? [] {
            guard let decoded = self.tier(tier, objective: objective) else { continue }
            if compensation.tiers.contains(where: { $0.below == decoded.below }) {
                tier.report("a second tier below \(decoded.below), expected one")
            }
            compensation.tiers.append(decoded)
        }
        return compensation
    }

    /// - Parameter objective: in percent; nil where that is not known.
    private func tier(_ field: Field, objective: ExactDecimal?) -> Compensation.Tier? {
        guard let section = field.section(["below", "percent"]) else { return nil }
        let below = section.required("below", "a percentage of availability, as 99")?
            .decimal("a decimal number above 0 and at most 100") { $0 > ExactDecimal(0) && $0 <= ExactDecimal(100) }
        let percent = section.required("percent", "a percentage of the month's price, as 10")?
            .decimal("a decimal number from 0 to 100000") { $0 >= ExactDecimal(0) && $0 <= ExactDecimal(100_000) }
        if let below, let objective, below > objective {
            section["below"]?.report(
                "found \(below), expected at most the objective, \(objective): nothing is due where it is met")
        }
        guard let below, let percent else { return nil }
        return Compensation.Tier(below: below, percent: percent)
    }
}
