import Intake
import SLA

/// Finds the check that a series of another monitor is, and remembers each answer.
struct SeriesNames {
    private let map: SeriesMap?
    private var automatic: [String: [CheckID]] = [:]
    private(set) var found: [ForeignSeries] = []
    private var numbers: [String: Int] = [:]
    /// To look for a near name is slow, and thousands of unmapped series are no slips of the hand.
    private var suggestions = 20

    /// With `map`, only what it names; without, what is called like a service or like a check's address.
    init(catalog: Catalog, map: SeriesMap?) {
        self.map = map
        guard map == nil else { return }
        for service in catalog.services {
            for check in service.checks {
                let id = CheckID(service: service.id, check: check.id)
                for name in Set([service.id, id.description, Self.normal(check.probe.url)]) {
                    automatic[name, default: []].append(id)
                }
            }
        }
    }

    /// The number, in ``found``, of the series called `title`, which is resolved when it is met first.
    ///
    /// - Parameters:
    ///   - names: what else it is called; `title` is one of them.
    ///   - labels: what is known of it besides.
    mutating func number(title: String, names: [String], labels: [String: String] = [:]) -> Int {
        if let number = numbers[title] { return number }
        numbers[title] = found.count
        found.append(resolve(title, [title] + names, labels))
        return found.count - 1
    }

    /// Counts `count` samples of the series `number`.
    mutating func count(_ count: Int, of number: Int) { found[number].samples += count }

    private mutating func resolve(_ title: String, _ names: [String], _ labels: [String: String]) -> ForeignSeries {
        if let map {
            if let check = map.check(names: names, labels: labels) {
                return ForeignSeries(name: title, check: check, reason: nil, nearest: nil)
            }
            return ForeignSeries(
                name: title, check: nil, reason: "the map does not name it", nearest: nearest(names, map.names))
        }
        let checks = Set(names.flatMap { automatic[$0] ?? automatic[Self.normal($0)] ?? [] }).sorted()
        switch checks.count {
        case 1:
            return ForeignSeries(name: title, check: checks[0], reason: nil, nearest: nil)
        case 0:
            return ForeignSeries(
                name: title, check: nil, reason: "no service and no check's address is called like this",
                nearest: nearest(names, Array(automatic.keys)))
        default:
            let list = checks.map(\.description).joined(separator: ", ")
            return ForeignSeries(
                name: title, check: nil, reason: "it could be any of \(list): say which in a map", nearest: nil)
        }
    }

    private mutating func nearest(_ names: [String], _ known: [String]) -> String? {
        suggestions -= 1
        guard suggestions >= 0 else { return nil }
        return names.lazy.compactMap { nearestName(to: $0, among: known) }.first
    }

    /// The rules of the map that no series of the file met, each in a sentence.
    var unusedRules: [String] {
        let used = Set(found.compactMap(\.check))
        return (map?.rules ?? []).filter { !used.contains($0.check) }.map {
            "the map's line \($0.line) names \(Diagnostic.quoted($0.from)), which the file does not hold"
        }
    }

    /// An address with the path that it has without one.
    private static func normal(_ name: String) -> String {
        guard name.hasPrefix("http://") || name.hasPrefix("https://") else { return name }
        return name.split(separator: "/", omittingEmptySubsequences: false).count == 3 ? name + "/" : name
    }
}
