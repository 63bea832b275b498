extension ProbeSpecification {
    /// What is asked of the network and what answer counts as up, in a line, as rules are kept and shown: what is not
    /// as it is where nothing is said, and no secret.
    public var asked: String {
        if isRecord { return url }
        var parts = [url]
        if method != "GET" { parts.append("method \(method)") }
        if family != .any { parts.append("family \(family.rawValue)") }
        if addresses != .any { parts.append("addresses \(addresses.rawValue)") }
        if let connectTo { parts.append("connect_to \(connectTo)") }
        if maximumRedirects > 0 { parts.append("max_redirects \(maximumRedirects)") }
        if bodyLimit != Self.standardBodyLimit { parts.append("body_limit \(bodyLimit)") }
        parts += expect.asked(of: scheme)
        return parts.joined(separator: "; ").onOneLine
    }

    /// Whether it only says what was asked once, and is never probed.
    private var isRecord: Bool { host.isEmpty }

    /// Stands where a record says in a line, ``asked``, what was asked of the network. It is never probed.
    public static func recorded(_ asked: String) -> ProbeSpecification {
        ProbeSpecification(url: asked, scheme: .tcp, host: "", port: 1)
    }

    /// Stands where a record does not say what was asked of the network. It is never probed.
    public static let unrecorded = recorded("")
}

extension Expectation {
    fileprivate func asked(of scheme: ProbeScheme) -> [String] {
        let ranges = status.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
        var parts = scheme.isHTTP && status != Expectation().status ? ["status " + ranges.joined(separator: ",")] : []
        parts += bodyContains.map { "body_contains \($0)" }
        parts += bodyNotContains.map { "body_not_contains \($0)" }
        parts += bodyMatches.map { ["body_matches \($0)"] } ?? []
        parts += headers.map { header in "header \(header.name)" + (header.matches.map { " matches \($0)" } ?? "") }
        parts += maximumLatency.map { ["max_latency \(DurationText.spoken($0))"] } ?? []
        parts += certificateDaysLeft.map { ["certificate_days_left \($0)"] } ?? []
        return parts
    }
}
