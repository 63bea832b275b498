/// The facts that differ between the inputs of two closings of one month.
public struct InputDifference {
    private let before: InputDocument
    private let after: InputDocument
    private let beforeCatalog: Catalog
    private let afterCatalog: Catalog
    private let agreement: Agreement
    private let records: Records

    /// Who changed a fact, when, and why, as far as the document does not hold it.
    public struct Records {
        let revocation: (String) -> Author?
        let correctionRevocation: (String) -> Author?
        let corrected: (String) -> Set<String>?
        let terms: (String) -> Author?
        let rules: (String) -> Author?
        let withdrawal: (String) -> Author?
        let notice: (String) -> Author?

        /// Looks up the revocation of an exclusion, and of a void or downtime, the services of which one of those changes
        /// something (nil for all that it concerns), the last change of a service's terms and
        /// the last correction of its rules, the withdrawal of what was negotiated for a service, and the last notice of planned maintenance, each by its identifier.
        public init(
            revocation: @escaping (String) -> Author?,
            correctionRevocation: @escaping (String) -> Author? = { _ in nil },
            corrected: @escaping (String) -> Set<String>? = { _ in nil },
            terms: @escaping (String) -> Author? = { _ in nil },
            rules: @escaping (String) -> Author? = { _ in nil },
            withdrawal: @escaping (String) -> Author? = { _ in nil },
            notice: @escaping (String) -> Author? = { _ in nil }
        ) {
            self.revocation = revocation
            self.correctionRevocation = correctionRevocation
            self.corrected = corrected
            self.terms = terms
            self.rules = rules
            self.withdrawal = withdrawal
            self.notice = notice
        }
    }

    /// Who recorded something, when, and why.
    public struct Author: Hashable, Sendable {
        let by: String
        let at: Instant
        let reason: String

        /// An author; `by` and `reason` are empty where nothing is said.
        public init(by: String, at: Instant, reason: String) {
            self.by = by
            self.at = at
            self.reason = reason
        }
    }

    /// The difference of two inputs of one month.
    ///
    /// - Parameter records: where the ledger says who changed what.
    public init(from before: FigureInputs, to after: FigureInputs, records: Records) {
        (self.before, self.after) = (InputDocument(before), InputDocument(after))
        (beforeCatalog, afterCatalog) = (before.catalog, after.catalog)
        agreement = after.catalog.agreement
        self.records = records
    }

    /// Every fact that differs, in the order of the document.
    public var facts: [FactChange] {
        let old = Self.keyed(before)
        let new = Self.keyed(after)
        var facts: [FactChange] = []
        for key in Set(old.keys).union(new.keys).sorted(by: { ($0.order, $0.subject) < ($1.order, $1.subject) }) {
            if let fact = fact(key, old[key], new[key]) { facts.append(fact) }
        }
        return facts
    }

    private struct Key: Hashable {
        let kind: InputRecord.Kind
        let subject: String
        var order: Int { InputRecord.Kind.allCases.firstIndex(of: kind) ?? 0 }
    }

    private static func keyed(_ document: InputDocument) -> [Key: InputRecord] {
        Dictionary(
            document.records.filter { $0.kind != .month }.map { (Key(kind: $0.kind, subject: $0.subject), $0) },
            uniquingKeysWith: { first, _ in first })
    }

    private func fact(_ key: Key, _ old: InputRecord?, _ new: InputRecord?) -> FactChange? {
        guard old != new else { return nil }
        switch key.kind {
        case .month:
            return nil
        case .agreement:
            return FactChange(kind: .agreement, subject: key.subject, text: changed(old, new))
        case .agreementChange:
            return agreementChange(key.subject, old, new)
        case .service:
            // One that nobody paid for in the month has no figures to change.
            guard [old, new].contains(where: { !($0?["paid"] ?? "").isEmpty }) else { return nil }
            return terms(key.subject, of: key.subject, old, new)
        case .ruleBeforeCorrection:
            // It is said with what it is corrected to.
            return nil
        case .rule:
            return rule(key.subject, old, new)
        case .check:
            // With its service, or for it.
            let service = InputRecord.words(of: key.subject).first ?? ""
            guard beforeCatalog.service(service) != nil, afterCatalog.service(service) != nil else { return nil }
            return terms(key.subject, of: service, old, new)
        case .exclusion:
            return exclusion(key.subject, old, new)
        case .correction:
            return correction(key.subject, old, new)
        case .pass:
            return FactChange(
                kind: .samples, subject: "pass \(key.subject)", text: presence(old, new) ?? changed(old, new))
        case .negotiation:
            return agreed(.negotiation, key.subject, of: key.subject, old, new)
        case .claim:
            return agreed(.claim, key.subject, of: (new ?? old)?["service"] ?? "", old, new)
        case .acceptance:
            return agreed(.acceptance, key.subject, of: key.subject, old, new)
        }
    }

    private func agreementChange(_ at: String, _ old: InputRecord?, _ new: InputRecord?) -> FactChange {
        let since = shown("recorded_at", at)
        let what = (new ?? old)?.fields.filter { $0.name != "recorded_by" }.map { "\($0.name) \($0.value)" }
        let text =
            presence(old, new).map { "\($0): \(what?.joined(separator: ", ") ?? "")" } ?? changed(old, new)
        return FactChange(
            kind: .agreement, subject: "since \(since)", text: text, by: new?["recorded_by"],
            at: Int64(at).map(Instant.init))
    }

    private func terms(_ subject: String, of service: String, _ old: InputRecord?, _ new: InputRecord?) -> FactChange {
        let author = records.terms(service)
        return FactChange(
            kind: .terms, subject: subject, text: presence(old, new) ?? changed(old, new), by: author?.by,
            at: author?.at, services: [service])
    }

    private func rule(_ subject: String, _ old: InputRecord?, _ new: InputRecord?) -> FactChange? {
        let words = InputRecord.words(of: subject)
        guard let service = words.first, let from = words.last.flatMap({ Int64($0) }),
            beforeCatalog.service(service) != nil, afterCatalog.service(service) != nil
        else { return nil }
        let author = records.rules(service) ?? records.terms(service)
        let since = from == Instant.distantPast.milliseconds ? "" : " since \(shown("from", String(from)))"
        return FactChange(
            kind: .terms, subject: "rules of \(service)\(since)",
            text: (presence(old, new) ?? changed(old, new)) + reason(author?.reason), by: author?.by, at: author?.at,
            services: [service])
    }

    /// What was agreed, claimed or accepted.
    private func agreed(
        _ kind: FactChange.Kind, _ subject: String, of service: String, _ old: InputRecord?, _ new: InputRecord?
    ) -> FactChange {
        guard let new else {
            let author = kind == .negotiation ? records.withdrawal(service) : nil
            return FactChange(
                kind: kind, subject: subject, text: "withdrawn" + reason(author?.reason), by: author?.by,
                at: author?.at, services: [service])
        }
        let verb = kind == .acceptance ? "accepted" : "agreed"
        let incident = new["incident"].map { " for \($0)" } ?? ""
        let evidence = new["evidence"].map { $0.isEmpty ? "" : " (\($0))" } ?? ""
        return FactChange(
            kind: kind, subject: subject,
            text: "\(shown("amount", new["amount"])) \(verb)\(incident)\(reason(new["reason"]))\(evidence)",
            by: new["recorded_by"], at: new["recorded_at"].flatMap { Int64($0) }.map(Instant.init),
            services: [service])
    }

    private func reason(_ text: String?) -> String {
        text.map { $0.isEmpty ? "" : ": \($0)" } ?? ""
    }

    private func exclusion(_ id: String, _ old: InputRecord?, _ new: InputRecord?) -> FactChange {
        let category = (new ?? old)?["category"] ?? ""
        let services = concerned(by: [old, new].compactMap { $0 })
        if new == nil {
            let revocation = records.revocation(id)
            let end = revocation.map { "revoked" + reason($0.reason) } ?? "no longer applies"
            return FactChange(
                kind: .exclusion, subject: id, text: "\(category), \(end)", by: revocation?.by, at: revocation?.at,
                services: services)
        }
        guard old == nil else {
            let author = old?["notice_at"] == new?["notice_at"] ? nil : records.notice(id)
            return FactChange(
                kind: .exclusion, subject: id, text: "\(category), \(changed(old, new))" + reason(author?.reason),
                by: author?.by, at: author?.at, services: services)
        }
        return FactChange(
            kind: .exclusion, subject: id, text: "\(category), recorded", by: new?["recorded_by"],
            at: new?["recorded_at"].flatMap { Int64($0) }.map(Instant.init), services: services)
    }

    private func correction(_ id: String, _ old: InputRecord?, _ new: InputRecord?) -> FactChange {
        let record = new ?? old
        let kind = record?["kind"] ?? ""
        let terms = (record?.words("scope") ?? []).compactMap { CorrectionTerm($0) }
        let bounds = ["from", "to"].map { record?[$0].flatMap { Int64($0) }.map(Instant.init) ?? .distantPast }
        let interval = Interval(bounds[0], bounds[1])
        let changed = records.corrected(id)
        // Time that nobody has paid for is in no figure.
        let services = (beforeCatalog.services + afterCatalog.services).filter { service in
            changed.map { $0.contains(service.id) } ?? terms.contains { $0.concerns(service) }
                && interval.map { !service.paid.intersection($0).isEmpty } ?? false
        }
        let isRevoked = new == nil || (old != nil && old?["revoked_at"] == nil && new?["revoked_at"] != nil)
        let author = isRevoked ? records.correctionRevocation(id) : nil
        let text =
            isRevoked
            ? "revoked" + reason(author?.reason)
            : old == nil ? "recorded" + reason(new?["reason"]) : self.changed(old, new)
        return FactChange(
            kind: .correction, subject: id, text: "\(kind), \(text)",
            by: isRevoked ? author?.by : new?["recorded_by"],
            at: isRevoked ? author?.at : new?["recorded_at"].flatMap { Int64($0) }.map(Instant.init),
            services: Set(services.map(\.id)).sorted())
    }

    /// The services that the exclusions in `records` mean.
    private func concerned(by records: [InputRecord]) -> [String] {
        let terms = records.flatMap { $0.words("scope") }.compactMap { ScopeTerm($0) }
        let services = (beforeCatalog.services + afterCatalog.services).filter { service in
            terms.contains { $0.concerns(service) }
        }
        return Set(services.map(\.id)).sorted()
    }

    private func presence(_ old: InputRecord?, _ new: InputRecord?) -> String? {
        old == nil ? "added" : new == nil ? "removed" : nil
    }

    /// The fields that differ, as `price 200 000 -> 250 000`.
    private func changed(_ old: InputRecord?, _ new: InputRecord?) -> String {
        let names = (new?.fields ?? []).map(\.name)
        let gone = (old?.fields ?? []).map(\.name).filter { !names.contains($0) }
        return (names + gone).filter { old?[$0] != new?[$0] }
            .map { "\($0) \(shown($0, old?[$0])) -> \(shown($0, new?[$0]))" }.joined(separator: ", ")
    }

    /// `value` of the field `name` as people read it.
    private func shown(_ name: String, _ value: String?) -> String {
        guard let value, !value.isEmpty else { return "none" }
        let zone = agreement.calendar.zone
        if ["from", "to", "notice_at", "recorded_at", "revoked_at", "ends_at"].contains(name), let at = Int64(value) {
            return RFC3339.text(Instant(milliseconds: at), in: zone)
        }
        if ["price", "amount"].contains(name) { return AmountText.shown(value) }
        func times(_ word: some StringProtocol) -> String {
            word.split(separator: "/" as Character).compactMap { Int64($0) }
                .map { RFC3339.text(Instant(milliseconds: $0), in: zone) }.joined(separator: "/")
        }
        switch name {
        case "paid", "paid_before_withdrawal":
            return InputRecord.words(of: value).map(times).joined(separator: " ")
        case "prices":
            return InputRecord.words(of: value).map { word in
                let parts = word.split(separator: ":" as Character, maxSplits: 1)
                return parts.count == 2 ? "\(AmountText.shown(String(parts[0]))) in \(times(parts[1]))" : word
            }.joined(separator: " and ")
        default: return value
        }
    }
}
