import SLA

/// One file of `Scenarios`: a world that is drawn, and the row that it must come to. The format is described in the
/// folder's README.
package struct Scenario {
    /// What the scenario shows, with the clause.
    package let title: String
    package let world: World
    /// The expected figures by name, as text; durations in ms.
    package let expected: [String: String]

    package struct Mistake: Error {
        package let line: String
    }

    package init(_ text: String) throws {
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
            $0.split(separator: " ", maxSplits: 1).map { String($0).trimmingSpaces }
        }
        guard let end = lines.firstIndex(of: ["expect"]), end > 0 else { throw Mistake(line: "expect") }
        title = lines[0].joined(separator: " ")
        var drawing = ScenarioDrawing()
        for line in lines[1..<end] { try drawing.read(line) }
        world = try drawing.world()
        expected = try Self.expectation(Array(lines[(end + 1)...]))
    }

    private static let durations =
        ["committed", "up", "down", "unmeasured", "longest_outage"] + ExclusionCategory.allCases.map(\.rawValue)
    /// Compared only where a scenario names them.
    private static let optionalDurations = ["allowed", "remaining"]
    private static let counts = ["outages", "transients"]
    private static let words = [
        "availability", "minimum", "maximum", "verdict", "certainty", "refused", "credit", "cannot_be_agreed",
        "not_applied",
    ]

    private static func expectation(_ lines: [[String]]) throws -> [String: String] {
        var figures: [String: String] = [:]
        for name in durations + counts { figures[name] = "0" }
        for line in lines {
            guard line.count == 2, (durations + optionalDurations + counts + words).contains(line[0]) else {
                throw Mistake(line: line.joined(separator: " "))
            }
            let isDuration = (durations + optionalDurations).contains(line[0])
            figures[line[0]] = isDuration ? "\(try signedDuration(line[1]))" : line[1]
        }
        guard figures["verdict"] != nil else { throw Mistake(line: "verdict") }
        return figures
    }

    private static func signedDuration(_ text: String) throws -> Int64 {
        text.hasPrefix("-")
            ? -(try ScenarioDrawing.duration(String(text.dropFirst()))) : try ScenarioDrawing.duration(text)
    }

    /// What the implementation makes of the world, in the form of ``expected``.
    package func stated() -> [String: String]? {
        guard let found = world.reportedFigures() else { return nil }
        var figures = Self.figures(
            of: Row(found), refused: found.refused.map(\.refusal.description).sorted())
        if !found.refusedCorrections.isEmpty {
            figures["not_applied"] = found.refusedCorrections.compactMap { $0.refusal?.description }
                .joined(separator: "; ")
        }
        if world.price != nil, let credit = found.credit {
            figures["credit"] = Self.text(of: credit)
        }
        if let amount = world.negotiated,
            let refusal = found.agreement.compensation.refusal(of: amount, price: world.price)
        {
            figures["cannot_be_agreed"] = "\(refusal)"
        }
        let budget = Budget(of: found, exclusions: world.exclusions)
        if expected["allowed"] != nil { figures["allowed"] = "\(budget.allowed)" }
        if expected["remaining"] != nil { figures["remaining"] = "\(budget.remaining)" }
        return figures
    }

    /// `10 %, 20000`, `negotiate, at most 1200000`, `to settle, 0 to 20000`; behind them what was agreed: `, agreed 5`.
    private static func text(of credit: Credit) -> String {
        func text(_ bound: CreditBound) -> String { bound.amount?.text ?? "negotiate" }
        let computed =
            switch credit.basis {
            case .tier(let percent): "\(percent) %, \(credit.computed?.text ?? "-")"
            case .negotiate: "negotiate, at most \(credit.cap?.text ?? "-")"
            case .toSettle(let range): "to settle, \(text(range.from)) to \(text(range.to))"
            }
        return computed + (credit.due == credit.computed ? "" : ", agreed \(credit.due?.text ?? "-")")
    }

    /// `row` in the form of ``expected``; `refused` are the reasons.
    private static func figures(of row: Row, refused: [String]) -> [String: String] {
        var figures = [
            "committed": "\(row.committed)", "up": "\(row.up)", "down": "\(row.down)",
            "unmeasured": "\(row.unmeasured)", "longest_outage": "\(row.longestOutage)",
            "outages": "\(row.outages.count)", "transients": "\(row.transients)", "verdict": row.verdict,
        ]
        for (category, length) in zip(ExclusionCategory.allCases, row.excluded) {
            figures[category.rawValue] = "\(length)"
        }
        figures["availability"] = row.availability?.text
        figures["minimum"] = row.minimum?.text
        figures["maximum"] = row.maximum?.text
        figures["certainty"] = row.certainty
        if !refused.isEmpty { figures["refused"] = refused.joined(separator: "; ") }
        return figures
    }
}

extension String {
    fileprivate var trimmingSpaces: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
