import SLA

/// The configuration that a replay needs, as `availd.yaml`: the agreement, the customers, and the services with the
/// addresses of their checks. What answer counts as up is left out, as a replay probes nothing; so are e-mail addresses.
public enum CatalogText {
    /// The agreement and all that is in `catalog`.
    public static func yaml(_ catalog: Catalog) -> String {
        let agreement = catalog.agreement
        return """
            # What availd replay needs of a configuration. It says nothing of what answer counts as up.
            agreement:
              timezone: \(quoted(agreement.calendar.zone.name))
              objective: \(agreement.objective)
              excluded_time: \(agreement.excludedTime.rawValue)
              notice: \(notice(agreement.notice))
              handling: \(handling(agreement.handling))
              compensation: \(compensation(agreement.compensation))
            customers:\(list(catalog.customers.map(customer)))
            services:\(list(catalog.services.map(service)))

            """
    }

    private static func notice(_ notice: NoticeLead) -> String {
        flow([
            ("scheduled", DurationText.written(notice.scheduled)),
            ("emergency", DurationText.written(notice.emergency)),
            ("recurring_at_most", DurationText.written(notice.recurringAtMost)),
        ])
    }

    private static func handling(_ handling: HandlingDeadline) -> String {
        let days = Weekday.allCases.filter(handling.restDays.contains).map(\.rawValue)
        return flow([
            ("within", DurationText.written(handling.within)), ("rest_day", DurationText.written(handling.restDay)),
            ("rest_days", "[" + days.joined(separator: ", ") + "]"),
        ])
    }

    private static func compensation(_ compensation: Compensation) -> String {
        let tiers = compensation.tiers.map {
            flow([("below", $0.below.description), ("percent", $0.percent.description)])
        }
        return flow([
            ("cap_months", String(compensation.capMonths)), ("currency", compensation.currency.map(quoted)),
            ("prorate", String(compensation.isProrated)), ("uncertain", compensation.uncertain.rawValue),
            ("tiers", "[" + tiers.joined(separator: ", ") + "]"),
        ])
    }

    private static func customer(_ customer: Customer) -> String {
        flow([
            ("id", quoted(customer.id)), ("name", customer.name.isEmpty ? nil : quoted(customer.name)),
            ("vip", customer.isVIP ? "true" : nil), ("contract", customer.contract.map(contract)),
        ])
    }

    private static func service(_ service: Service) -> String {
        let paid = service.paid.intervals.map { term in
            flow([
                ("from", quoted(text(term.start))), ("to", term.end == .distantFuture ? nil : quoted(text(term.end))),
            ])
        }
        let members: [(String, String?)] = [
            ("id", quoted(service.id)), ("customer", quoted(service.customer)),
            ("groups", "[" + service.groups.sorted().map(quoted).joined(separator: ", ") + "]"),
            ("price", service.price?.description), ("paid", "[" + paid.joined(separator: ", ") + "]"),
            ("contract", service.contract.map(contract)), ("mode", service.mode.rawValue),
            ("checks", list(service.checks.map(check), indent: "      ")),
        ]
        return members.compactMap { name, value in
            value.map { name + ":" + ($0.hasPrefix("\n") ? $0 : " " + $0) }
        }.joined(separator: "\n    ")
    }

    private static func check(_ check: Check) -> String {
        flow([
            ("id", quoted(check.id)), ("url", quoted(check.probe.url)),
            ("interval", DurationText.written(check.interval)), ("timeout", DurationText.written(check.timeout)),
            ("stale_after", DurationText.written(check.staleAfter)), ("confirm", String(check.confirm)),
            ("counts", check.counts ? nil : "false"),
        ])
    }

    private static func contract(_ contract: ContractReference) -> String {
        flow([
            ("number", quoted(contract.number)), ("from", contract.from?.description), ("to", contract.to?.description),
        ])
    }

    private static func text(_ instant: Instant) -> String { RFC3339.text(instant, in: .utc) }

    /// A list, an item a line.
    private static func list(_ items: [String], indent: String = "  ") -> String {
        items.isEmpty ? " []" : items.map { "\n\(indent)- \($0)" }.joined()
    }

    private static func flow(_ members: [(name: String, value: String?)]) -> String {
        "{" + members.compactMap { member in member.value.map { "\(member.name): \($0)" } }.joined(separator: ", ")
            + "}"
    }

    /// Text between quotes, as JSON has it and YAML reads it.
    private static func quoted(_ text: String) -> String { JSONValue.text(text).document.trimmingLineEnd }
}

extension String {
    fileprivate var trimmingLineEnd: String { hasSuffix("\n") ? String(dropLast()) : self }
}
