/// Something was named that is not there.
public struct Unknown: ClassifiedError, Hashable {
    /// What was looked for.
    public enum Kind: String, Sendable {
        case service, customer, group, check
        case incident, plan, window, `extension`, exclusion, statement, withdrawal
        case void, downtime

        /// Whether it is written in the configuration; else it is only in the record.
        var isConfigured: Bool {
            switch self {
            case .service, .customer, .group, .check: true
            case .incident, .plan, .window, .extension, .exclusion, .statement, .withdrawal, .void, .downtime: false
            }
        }
    }

    /// What was looked for.
    public let kind: Kind
    /// How it was called.
    public let name: String
    /// The name of one that is there and near; nil where none is.
    public let nearest: String?
    /// What a person should know instead, without a full stop; nil where ``nearest`` says it.
    public let remark: String?

    /// The `kind` called `name` is none of those called `names`.
    ///
    /// - Parameter remark: said in the place of the nearest name.
    public init(_ kind: Kind, _ name: String, among names: some Sequence<String>, remark: String? = nil) {
        self.kind = kind
        self.name = name
        self.remark = remark
        nearest = nearestName(to: name, among: names)
    }

    /// `unknown service "acme-wbe", expected one of the configuration's; did you mean acme-web?`
    public var description: String {
        let found =
            kind.isConfigured
            ? "unknown \(kind.rawValue) \(Diagnostic.quoted(name)), expected one of the configuration's"
            : "there is no \(kind.rawValue) \(name)"
        return found + (remark.map { "; \($0)" } ?? didYouMean(nearest))
    }
}
