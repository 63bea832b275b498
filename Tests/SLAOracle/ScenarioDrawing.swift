import SLA

/// The lines of a scenario above `expect`, as they are read.
package struct ScenarioDrawing {
    private var settings: [String: String] = [:]
    private var checks: [(name: String, marks: [Character])] = []
    /// What was drawn of vantage points with names: `web:hanoi`.
    private var posts: [(name: String, marks: [Character])] = []
    /// What was drawn of later passes of a check: `web@1`.
    private var passes: [(name: String, marks: [Character])] = []
    /// `PASS POSITION`, of every check.
    private var ends: [String] = []
    private var corrections: [(kind: Correction.Kind, text: String)] = []
    private var paid: [String] = []
    /// `POSITION [CHECK] WHAT…`: how the service was measured from there on.
    private var changes: [String] = []
    /// `POSITION SETTING=VALUE…`: what was promised from there on.
    private var promises: [String] = []
    private var exclusions: [String] = []
    private var tiers: [String] = []
    private var prices: [String] = []

    private static let known: Set = [
        "each", "zone", "month", "starts", "as_of", "confirm", "stale_after", "mode", "objective", "excluded_time",
        "quorum", "price", "currency", "cap_months", "negotiated", "prorate", "uncertain",
    ]

    /// Takes a line of a name and the rest.
    package mutating func read(_ line: [String]) throws {
        guard line.count == 2 else { throw mistake(line.joined()) }
        switch line[0] {
        case "paid": paid.append(line[1])
        case "since": changes.append(line[1])
        case "promised": promises.append(line[1])
        case "exclusion": exclusions.append(line[1])
        case "tier": tiers.append(line[1])
        case "priced": prices.append(line[1])
        case "void": corrections.append((.void, line[1]))
        case "downtime": corrections.append((.downtime, line[1]))
        case "pass_ends": ends.append(line[1])
        case let name where name.hasPrefix("web") && name.contains("@"): passes.append((name, try Self.marks(line[1])))
        case let name where name.hasPrefix("web") && name.contains(":"):
            let check = String(name.prefix { $0 != ":" })
            if !checks.contains(where: { $0.name == check }) { checks.append((check, [])) }
            posts.append((name, try Self.marks(line[1])))
        case let name where name == "web" || name.hasPrefix("web/"): checks.append((name, try Self.marks(line[1])))
        case let name where Self.known.contains(name) && settings[name] == nil: settings[name] = line[1]
        default: throw mistake(line.joined(separator: " "))
        }
    }

    /// The characters of `UU D*10 U`.
    private static func marks(_ text: String) throws -> [Character] {
        try text.split(separator: " ").flatMap { word -> [Character] in
            let parts = word.split(separator: "*")
            guard parts.count < 3, parts[0].allSatisfy({ "UD?.ud+-".contains($0) }) else {
                throw Scenario.Mistake(line: text)
            }
            guard parts.count == 2 else { return Array(word) }
            guard parts[0].count == 1, let times = Int(parts[1]) else { throw Scenario.Mistake(line: text) }
            return Array(repeating: Character(String(parts[0])), count: times)
        }
    }

    /// The world that is drawn.
    package func world() throws -> World {
        guard let drawn = (checks + posts).map(\.marks.count).max(),
            let zone = ZoneTable.all.first(where: { $0.name == settings["zone", default: "Asia/Ho_Chi_Minh"] }),
            let month = zone.month(called: settings["month", default: "2026-10"]),
            let confirm = Int(settings["confirm", default: "2"]),
            let mode = CheckMode(rawValue: settings["mode", default: "all"]),
            let policy = ExcludedTime(rawValue: settings["excluded_time", default: "removed"]),
            let start = settings["starts"].map({ RFC3339.instant($0)?.milliseconds }) ?? month.start * 1000
        else { throw mistake("a setting") }
        let each = try Self.duration(settings["each", default: "1m"])
        let stale = try Self.duration(settings["stale_after", default: "2m10s"])
        let ruler = Ruler(start: start, each: each)

        var world = World(zone: zone, month: month, asOf: month.end * 1000, paid: [], checks: [])
        world.tick = Self.tick(of: [each, stale])
        world.mode = mode
        world.policy = policy
        world.objective = settings["objective", default: "99"]
        if let asOf = settings["as_of"] { world.asOf = try ruler.instant(asOf) }
        world.checks = try checks.map { check in
            var watch = World.Watch(confirm: confirm, staleAfter: stale, samples: [])
            let drawn =
                [(Pass(0), check.marks)]
                + (try passes.compactMap { pass in
                    let parts = pass.name.split(separator: "@")
                    guard parts.count == 2, let number = Pass(parts[1]) else { throw mistake(pass.name) }
                    return parts[0] == check.name ? (number, pass.marks) : nil
                })
            for (pass, marks) in drawn { watch.samples += Self.samples(marks, in: pass, from: start, each: each) }
            watch.posts = posts.filter { $0.name.hasPrefix(check.name + ":") }.map { post in
                World.Post(
                    name: String(post.name.dropFirst(check.name.count + 1)),
                    samples: Self.samples(post.marks, in: 0, from: start, each: each))
            }
            watch.quorum = settings["quorum"].flatMap { Int($0) }
            for end in ends {
                let words = end.split(separator: " ")
                guard words.count == 2, let pass = Pass(words[0]) else { throw mistake(end) }
                watch.ends[pass] = try ruler.instant(words[1])
            }
            return watch
        }
        try changeRules(of: &world, ruler)
        world.corrections = try corrections.enumerated().map {
            try correction("c\($0.offset)", $0.element.kind, $0.element.text, ruler)
        }
        world.paid = try (paid.isEmpty ? ["0 \(drawn)"] : paid).compactMap { try term($0, ruler, zone) }
        world.price = try settings["price"].map(decimal)
        world.prices = try prices.map { try self.priced($0, ruler, zone) }
        if let last = world.prices.last { world.price = last.price }
        world.negotiated = try settings["negotiated"].map(decimal)
        world.compensation = try compensation()
        for text in promises { world.promises.append(try promise(text, since: world, ruler)) }
        world.exclusions = try exclusions.enumerated().map { try exclusion("x\($0.offset)", $0.element, ruler) }
        return world
    }

    /// Changes are written `since 10 mode=any`, `since 10 web/smtp confirm=3 stale_after=5m`, `… left`, `… added`.
    private func changeRules(of world: inout World, _ ruler: Ruler) throws {
        var (rules, first) = ([world.rules(at: .min)], world.rules(at: .min))
        for text in changes {
            let words = text.split(separator: " ").map(String.init)
            guard let position = words.first else { throw mistake(text) }
            let at = try ruler.instant(position)
            if rules[rules.count - 1].from != at {
                rules.append(rules[rules.count - 1])
                rules[rules.count - 1].from = at
            }
            let subject = words.dropFirst().first?.split(separator: ":").map(String.init) ?? []
            let index = subject.first.flatMap { name in checks.firstIndex { $0.name == name } }
            let vantage = subject.count == 2 ? subject[1] : nil
            var reading = index.flatMap { rules[rules.count - 1].checks[$0] ?? first.checks[$0] }
            for word in words.dropFirst(index == nil ? 1 : 2) {
                let parts = word.split(separator: "=").map(String.init)
                switch (parts[0], parts.count == 2 ? parts[1] : nil, index) {
                case ("left", nil, .some) where vantage != nil: reading?.vantages.removeAll { $0 == vantage }
                case ("added", nil, let index?) where vantage != nil:
                    for step in rules.indices.dropLast() {
                        rules[step].checks[index]?.vantages.removeAll { $0 == vantage }
                    }
                case ("quorum", let value?, .some): reading?.quorum = Int(value)
                case ("left", nil, .some): reading = nil
                case ("added", nil, let index?): rules[0].checks[index] = nil
                case ("confirm", let value?, .some): reading?.confirm = Int(value) ?? 0
                case ("stale_after", let value?, .some): reading?.staleAfter = try Self.duration(value)
                case ("mode", let value?, nil): rules[rules.count - 1].mode = CheckMode(rawValue: value) ?? first.mode
                case ("customer", let value?, nil): rules[rules.count - 1].customer = value
                case ("group", let value?, nil): rules[rules.count - 1].group = value
                default: throw mistake(text)
                }
            }
            if let index { rules[rules.count - 1].checks[index] = reading }
        }
        first = rules[0]
        if rules.count > 1 { world.rules = rules }
    }

    /// Promises are written `promised 10 objective=98 notice_scheduled=12h`; what is not said stays as it was.
    private func promise(_ text: String, since world: World, _ ruler: Ruler) throws -> World.Promise {
        let words = text.split(separator: " ")
        var promise = world.promise(at: .max)
        promise.from = try ruler.instant(String(words[0]))
        for word in words.dropFirst() {
            let parts = word.split(separator: "=").map(String.init)
            guard parts.count == 2 else { throw mistake(text) }
            switch parts[0] {
            case "objective": promise.objective = parts[1]
            case "excluded_time": promise.policy = ExcludedTime(rawValue: parts[1]) ?? promise.policy
            case "notice_scheduled": promise.notice.scheduled = try Self.duration(parts[1])
            case "notice_emergency": promise.notice.emergency = try Self.duration(parts[1])
            case "notice_recurring_at_most": promise.notice.recurringAtMost = try Self.duration(parts[1])
            case "cap_months": promise.compensation.capMonths = Int(parts[1]) ?? 0
            case "tier":
                let numbers = try parts[1].split(separator: ":").map { try decimal(String($0)) }
                guard numbers.count == 2 else { throw mistake(text) }
                promise.compensation.tiers = [Compensation.Tier(below: numbers[0], percent: numbers[1])]
            default: throw mistake(text)
            }
        }
        return promise
    }

    /// Tiers are written `below 99: 10 %`.
    private func compensation() throws -> Compensation {
        guard let capMonths = Int(settings["cap_months", default: "6"]),
            let isProrated = ["true": true, "false": false][settings["prorate", default: "false"]],
            let uncertain = Compensation.UncertainMonth(rawValue: settings["uncertain", default: "settle"])
        else { throw mistake("cap_months, prorate or uncertain") }
        let tiers = try tiers.map { text in
            let words = text.split { " :".contains($0) }
            guard words.count == 4, words[0] == "below", words[3] == "%" else { throw mistake(text) }
            return Compensation.Tier(below: try decimal(String(words[1])), percent: try decimal(String(words[2])))
        }
        return Compensation(
            capMonths: capMonths, currency: settings["currency", default: "VND"], tiers: tiers, isProrated: isProrated,
            uncertain: uncertain)
    }

    /// `0 50: 200000`, from a position to another; or from a date to another.
    private func priced(_ text: String, _ ruler: Ruler, _ zone: ZoneTable) throws -> PaidTerm {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let term = try term(String(parts[0]), ruler, zone),
            let interval = Interval(t(term.lowerBound), t(term.upperBound))
        else { throw mistake(text) }
        return PaidTerm(interval: interval, price: try decimal(parts[1].split(separator: " ").joined()), plan: "")
    }

    private func decimal(_ text: String) throws -> ExactDecimal {
        guard let decimal = ExactDecimal(text) else { throw mistake(text) }
        return decimal
    }

    private static func samples(
        _ marks: [Character], in pass: Pass, from start: Int64, each: Int64
    ) -> [Sample] {
        marks.enumerated().compactMap { index, mark in
            state(mark).map {
                Sample(
                    at: t(start + Int64(index) * each), state: $0, pass: pass,
                    family: "?+-".contains(mark) ? nil : mark.isLowercase ? .ipv6 : .ipv4,
                    isDerived: "+-".contains(mark))
            }
        }
    }

    private static func state(_ mark: Character) -> SampleState? {
        switch mark {
        case "U", "u", "+": .up
        case "D", "d", "-": .down
        case "?": .unknown
        default: nil
        }
    }

    /// The greatest length that both are multiples of.
    private static func tick(of lengths: [Int64]) -> Int64 {
        lengths.reduce(0) { tick, length in
            var (divisor, rest) = (tick, length)
            while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
            return divisor
        }
    }

    /// `none`, two positions of which the second may be `-`, or two dates.
    private func term(_ text: String, _ ruler: Ruler, _ zone: ZoneTable) throws -> Range<Int64>? {
        if text == "none" { return nil }
        let ends = try text.split(separator: " ").map { word -> Int64 in
            if word == "-" { return 1 << 60 }
            guard word.count == 10 else { return try ruler.instant(word) }
            let numbers = word.split(separator: "-").compactMap { Int($0) }
            guard numbers.count == 3, let date = CivilDate(year: numbers[0], month: numbers[1], day: numbers[2])
            else { throw mistake(text) }
            return CivilCalendar(zone: zone.rules).start(of: date).milliseconds
        }
        guard ends.count == 2, ends[0] < ends[1] else { throw mistake(text) }
        return ends[0]..<ends[1]
    }

    private func exclusion(_ id: String, _ text: String, _ ruler: Ruler) throws -> Exclusion {
        let words = text.split(separator: " ").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
        guard let category = words.first?.first.flatMap(ExclusionCategory.init(rawValue:)) else { throw mistake(text) }
        var given = ["scope": "service:web"]
        for word in words.dropFirst() {
            guard word.count == 2 else { throw mistake(text) }
            given[word[0]] = word[1]
        }
        guard let from = given["from"], let to = given["to"], let scope = given["scope"].flatMap({ ScopeTerm($0) }),
            let interval = Interval(t(try ruler.instant(from)), t(try ruler.instant(to))),
            given.keys.allSatisfy({
                ["from", "to", "scope", "notice", "evidence", "recorded", "revoked", "plan"].contains($0)
            })
        else { throw mistake(text) }
        var exclusion = Exclusion(id: id, category: category, scope: [scope], interval: interval)
        exclusion.noticeAt = try given["notice"].map { interval.start - (try Self.duration($0)) }
        exclusion.evidence = given["evidence", default: ""]
        exclusion.recordedAt = try given["recorded"].map { t(try ruler.instant($0)) }
        exclusion.plan = given["plan"]
        exclusion.revokedAt = try given["revoked"].map { t(try ruler.instant($0)) }
        return exclusion
    }

    private func correction(
        _ id: String, _ kind: Correction.Kind, _ text: String, _ ruler: Ruler
    ) throws -> Correction {
        var given = ["scope": "service:web", "by": "lan"]
        for word in text.split(separator: " ").map({ $0.split(separator: "=", maxSplits: 1).map(String.init) }) {
            guard word.count == 2 else { throw mistake(text) }
            given[word[0]] = word[1]
        }
        guard let from = given["from"], let to = given["to"],
            let scope = given["scope"].flatMap({ CorrectionTerm($0) }),
            let interval = Interval(t(try ruler.instant(from)), t(try ruler.instant(to))),
            given.keys.allSatisfy({ ["from", "to", "scope", "evidence", "by", "recorded", "revoked"].contains($0) })
        else { throw mistake(text) }
        return Correction(
            kind: kind, id: id, scope: [scope], interval: interval, reason: "as it was",
            evidence: given["evidence", default: ""],
            recordedAt: try given["recorded"].map { t(try ruler.instant($0)) },
            recordedBy: given["by", default: ""],
            revocation: try given["revoked"].map { Correction.Revocation(at: t(try ruler.instant($0))) })
    }

    /// Characters as instants.
    private struct Ruler {
        let start: Int64
        let each: Int64

        /// The beginning of the character at `position`.
        func instant(_ position: some StringProtocol) throws -> Int64 {
            guard let index = Int64(position) else { throw Scenario.Mistake(line: String(position)) }
            return start + index * each
        }
    }

    package static func duration(_ text: String) throws -> Int64 {
        guard let duration = DurationText.duration(text) else { throw Scenario.Mistake(line: text) }
        return duration
    }

    private func mistake(_ line: String) -> Scenario.Mistake {
        Scenario.Mistake(line: line)
    }
}
