/// The values of one record.
struct InputRecordReading {
    let record: InputRecord

    init(_ record: InputRecord) { self.record = record }

    func value<T>(_ name: String, _ read: (String) -> T?) throws(InputDocumentError) -> T {
        guard let text = record[name], let value = read(text) else { throw error(name) }
        return value
    }

    /// The same, nil where it is left out.
    func optional<T>(_ name: String, _ read: (String) -> T?) throws(InputDocumentError) -> T? {
        record[name] == nil ? nil : try value(name, read)
    }

    /// The decimal number that `text` is, unless it is negative: no amount and no share is.
    static func notNegative(_ text: some StringProtocol) -> ExactDecimal? {
        ExactDecimal(text).flatMap { $0.mantissa < 0 ? nil : $0 }
    }

    /// The whole number in `range`: one beyond it was never written, and would not bear a calculation.
    func integer(_ name: String, in range: ClosedRange<Int64>) throws(InputDocumentError) -> Int64 {
        try value(name) { Int64($0).flatMap { range.contains($0) ? $0 : nil } }
    }

    func duration(_ name: String, atLeast least: Milliseconds = 0) throws(InputDocumentError) -> Milliseconds {
        try integer(name, in: least...Instant.distantFuture.milliseconds)
    }

    func offset(_ name: String) throws(InputDocumentError) -> Milliseconds {
        try integer(name, in: Self.offsets)
    }

    func instant(_ name: String) throws(InputDocumentError) -> Instant {
        Instant(milliseconds: try integer(name, in: Self.instants))
    }

    func optionalInstant(_ name: String) throws(InputDocumentError) -> Instant? {
        record[name] == nil ? nil : try instant(name)
    }

    func optionalDuration(_ name: String) throws(InputDocumentError) -> Milliseconds? {
        record[name] == nil ? nil : try duration(name)
    }

    /// The instants that a calculation can meet, in ms.
    static let instants = Instant.distantPast.milliseconds...Instant.distantFuture.milliseconds
    /// The offsets that a zone can have, in ms.
    static let offsets: ClosedRange<Milliseconds> = -26 * 3_600_000...26 * 3_600_000

    func words(_ name: String) -> [String] { record.words(name) }

    func pair<T>(
        _ word: String, _ mark: Character, _ read: (Substring) -> T?
    ) throws(InputDocumentError) -> (T, T) {
        let halves = word.split(separator: mark, omittingEmptySubsequences: false)
        guard halves.count == 2, let first = read(halves[0]), let second = read(halves[1]) else { throw error(word) }
        return (first, second)
    }

    /// The instant at which the agreement changed.
    func agreementChange() throws(InputDocumentError) -> Instant {
        guard let at = Int64(record.subject), Self.instants.contains(at) else { throw error("instant") }
        return Instant(milliseconds: at)
    }

    func interval(_ start: Int64, _ end: Int64) throws(InputDocumentError) -> Interval {
        guard Self.instants.contains(start), Self.instants.contains(end),
            let interval = Interval(Instant(milliseconds: start), Instant(milliseconds: end))
        else { throw error("an interval") }
        return interval
    }

    func intervals(_ name: String) throws(InputDocumentError) -> IntervalSet {
        var intervals: [Interval] = []
        for word in words(name) {
            let (start, end) = try pair(word, "/") { Int64($0) }
            intervals.append(try interval(start, end))
        }
        return IntervalSet(intervals)
    }

    func service(checks: [Check]) throws(InputDocumentError) -> Service {
        Service(
            id: record.subject, customer: try value("customer") { $0 }, groups: Set(words("groups")),
            price: try optional("price") { Self.notNegative($0) }, prices: try prices(), paid: try intervals("paid"),
            mode: try value("mode", CheckMode.init(rawValue:)), checks: checks, contract: try contract())
    }

    private func contract() throws(InputDocumentError) -> ContractReference? {
        guard let number = record["contract"] else { return nil }
        return ContractReference(
            number: number, from: try optional("contract_from") { CivilDate($0) },
            to: try optional("contract_to") { CivilDate($0) })
    }

    private func prices() throws(InputDocumentError) -> [PaidTerm] {
        var terms: [PaidTerm] = []
        for word in words("prices") {
            let halves = word.split(separator: ":" as Character, omittingEmptySubsequences: false)
            guard halves.count == 2, let price = Self.notNegative(halves[0]) else { throw error("prices") }
            let (start, end) = try pair(String(halves[1]), "/") { Int64($0) }
            let interval = try interval(start, end)
            // In order, as a sum over the month must not count any time twice.
            if let last = terms.last, last.interval.end > interval.start { throw error("prices") }
            terms.append(PaidTerm(interval: interval, price: price, plan: ""))
        }
        return terms
    }

    func rule() throws(InputDocumentError) -> (service: String, step: MeasuringRules.Step) {
        let names = InputRecord.words(of: record.subject)
        guard names.count == 2, let from = Int64(names[1]), Self.instants.contains(from) else { throw error("rule") }
        var checks: [Check] = []
        for word in words("checks") {
            let parts = word.utf8.split(separator: UInt8(ascii: "/")).map { String(decoding: $0, as: UTF8.self) }
            guard parts.count == 3, let confirm = Int32(parts[1]), confirm >= 1, let staleAfter = Int64(parts[2]),
                (1...Instant.distantFuture.milliseconds).contains(staleAfter)
            else { throw error("checks") }
            checks.append(Check(id: parts[0], confirm: Int(confirm), staleAfter: staleAfter, probe: .unrecorded))
        }
        let step = MeasuringRules.Step(
            from: Instant(milliseconds: from), customer: try value("customer") { $0 }, groups: Set(words("groups")),
            mode: try value("mode", CheckMode.init(rawValue:)), checks: checks)
        return (names[0], step)
    }

    func exclusion() throws(InputDocumentError) -> Exclusion {
        let terms = words("scope")
        let scope = terms.compactMap { ScopeTerm($0) }
        guard scope.count == terms.count else { throw error("scope") }
        return Exclusion(
            id: record.subject, category: try value("category", ExclusionCategory.init(rawValue:)), scope: scope,
            interval: try interval(try value("from") { Int64($0) }, try value("to") { Int64($0) }),
            noticeAt: try optionalInstant("notice_at"), evidence: try value("evidence") { $0 },
            recordedAt: try optionalInstant("recorded_at"),
            recordedBy: try value("recorded_by") { $0 }, plan: record["plan"])
    }

    func correction() throws(InputDocumentError) -> Correction {
        let terms = words("scope")
        let scope = terms.compactMap { CorrectionTerm($0) }
        guard scope.count == terms.count else { throw error("scope") }
        return Correction(
            kind: try value("kind", Correction.Kind.init(rawValue:)), id: record.subject, scope: scope,
            interval: try interval(try value("from") { Int64($0) }, try value("to") { Int64($0) }),
            reason: try value("reason") { $0 }, evidence: try value("evidence") { $0 },
            recordedAt: try optionalInstant("recorded_at"), recordedBy: try value("recorded_by") { $0 },
            revocation: try optionalInstant("revoked_at").map { Correction.Revocation(at: $0) })
    }

    func passEnd() throws(InputDocumentError) -> PassEnd {
        let words = InputRecord.words(of: record.subject)
        guard let last = words.last, let pass = Pass(last), words.count == 1 || words.count == 3 else {
            throw error("pass")
        }
        return PassEnd(
            pass: pass, check: words.count == 3 ? CheckID(service: words[0], check: words[1]) : nil,
            at: try instant("ends_at"), recordedAt: try instant("recorded_at"))
    }

    func negotiation(of month: CivilMonth) throws(InputDocumentError) -> Negotiation {
        Negotiation(
            month: month, service: record.subject, amount: try value("amount") { Self.notNegative($0) },
            reason: try value("reason") { $0 }, recordedAt: try instant("recorded_at"),
            recordedBy: try value("recorded_by") { $0 })
    }

    func claim(of month: CivilMonth) throws(InputDocumentError) -> Claim {
        Claim(
            id: record.subject, service: try value("service") { $0 }, month: month, incident: record["incident"],
            steps: [
                Claim.Step(
                    kind: .settled, amount: try value("amount") { Self.notNegative($0) },
                    text: try value("reason") { $0 }, evidence: try value("evidence") { $0 },
                    at: try instant("recorded_at"), by: try value("recorded_by") { $0 })
            ])
    }

    func acceptance(of month: CivilMonth) throws(InputDocumentError) -> Acceptance {
        Acceptance(
            month: month, service: record.subject, amount: try value("amount") { Self.notNegative($0) },
            reason: try value("reason") { $0 }, evidence: try value("evidence") { $0 },
            recordedAt: try instant("recorded_at"), recordedBy: try value("recorded_by") { $0 })
    }

    func error(_ name: String) -> InputDocumentError {
        InputDocumentError(description: "the inputs have no good \(name) of \(record.kind.rawValue) \(record.subject)")
    }
}
