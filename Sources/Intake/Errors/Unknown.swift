/// Something was named that is not there.
public struct Unknown: ClassifiedError, Hashable {
    /// What was looked for.
    public enum Kind: String, Sendable {
        case service, customer, group, check
        case incident, plan, window, `extension`, exclusion, statement, withdrawal, claim
        case void, downtime, fact

        /// Whether it is written in the configuration; else it is only in the record.
        var isConfigured: Bool {
            switch self {
            case .service, .customer, .group, .check: true
            case .incident, .plan, .window, .extension, .exclusion, .statement, .withdrawal, .claim, .void, .downtime,
                .fact:
                false
            }
        }
    }

    /// What was looked for.
    public let kind: Kind
    /// How it was called.
    public let name: String
    /// The name of one that is there and near; nil where none is.
    public let nearest: String?
    /// What a person should know instead, without a full stop: what there is, or that there is none; nil where
    /// ``nearest`` says it.
    public let remark: String?

    /// The `kind` called `name` is none of those called `names`.
    ///
    /// - Parameter remark: said in the place of the nearest name, and of what there is where none is near.
    public init(_ kind: Kind, _ name: String, among names: some Sequence<String>, remark: String? = nil) {
        self.kind = kind
        self.name = name
        nearest = nearestName(to: name, among: names)
        self.remark = remark ?? (nearest == nil ? Self.remark(on: kind, among: names) : nil)
    }

    /// Whether `name` is a number after `letter`, as things that are recorded are called: `E7`.
    public static func isNumber(_ name: String, after letter: Character) -> Bool {
        name.first == letter && name.count > 1 && name.dropFirst().allSatisfy(\.isNumber)
    }

    /// What there is where none of `names` is near: of identifiers that are counted the last, of few names all.
    private static func remark(on kind: Kind, among names: some Sequence<String>) -> String? {
        if kind.isConfigured {
            let known = Array(names.prefix(most + 1))
            guard (1...most).contains(known.count) else { return nil }
            return (known.count == 1 ? "there is " : "there are ") + known.joined(separator: ", ")
        }
        let last = names.max { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
        return last.map { "the last one is \($0)" } ?? "there is none at all"
    }

    /// How many names are few enough to be listed.
    private static let most = 5

    /// `unknown service "acme-wbe", expected one of the configuration's; did you mean acme-web?`
    public var description: String {
        let found =
            kind.isConfigured
            ? "unknown \(kind.rawValue) \(Diagnostic.quoted(name)), expected one of the configuration's"
            : "there is no \(kind.rawValue) \(name)"
        return found + (remark.map { "; \($0)" } ?? didYouMean(nearest))
    }
}
