import Intake
import SLA

/// Reads `expect`: what answer counts as up.
struct ExpectationDecoder {
    /// How the probe speaks; nil where its address is wrong, and every key may fit.
    let scheme: ProbeScheme?
    /// The HTTP method.
    let method: String

    private static let bodyKeys = ["body_contains", "body_not_contains", "body_matches"]
    private static let keysOfHTTP = ["status", "headers"] + bodyKeys
    /// The keys it reads.
    static let keys = keysOfHTTP + ["max_latency", "certificate_days_left"]

    /// The expectation in `field`.
    func decode(_ field: Field) -> Expectation {
        var expect = Expectation()
        guard let section = field.section(Self.keys) else { return expect }
        refuseWhatDoesNotFit(section)
        if let status = section["status"] { expect.status = self.status(status) ?? expect.status }
        expect.bodyContains = texts(section["body_contains"])
        expect.bodyNotContains = texts(section["body_not_contains"])
        expect.bodyMatches = section["body_matches"]?.regularExpression()
        expect.headers = section["headers"].map(headers) ?? []
        expect.maximumLatency = section["max_latency"]?.duration()
        expect.certificateDaysLeft = section["certificate_days_left"]?.integer(0...3650)
        return expect
    }

    private func refuseWhatDoesNotFit(_ section: Section) {
        guard let scheme else { return }
        if !scheme.isHTTP {
            for key in Self.keysOfHTTP {
                section[key]?.report("an expectation of http and https, not of \(scheme.rawValue)")
            }
        }
        if !scheme.isTLS {
            let names = ProbeScheme.allCases.filter(\.isTLS).map(\.rawValue).joined(separator: ", ")
            section["certificate_days_left"]?.report("an expectation of \(names), not of \(scheme.rawValue)")
        }
        if method == "HEAD" {
            for key in Self.bodyKeys { section[key]?.report("an answer to HEAD has no body, expected another method") }
        }
    }

    private func status(_ field: Field) -> [ClosedRange<Int>]? {
        guard let items = field.oneOrMore(of: "statuses, as [200-399, 404]") else { return nil }
        guard !items.isEmpty else { return field.expectedStatus() }
        return items.compactMap { item in
            item.value("a status from 100 to 999, or a range of them, as 200-399") { text in
                let bounds = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
                    .map { WholeNumber.parse($0) ?? 0 }
                guard let first = bounds.first, let last = bounds.last, first <= last, first >= 100, last <= 999
                else { return nil }
                return first...last
            }
        }
    }

    private func texts(_ field: Field?) -> [String] {
        guard let field else { return [] }
        return (field.oneOrMore(of: "texts") ?? []).compactMap { $0.block("a text that is not empty") }
    }

    private func headers(_ field: Field) -> [Expectation.HeaderExpectation] {
        (field.entries(of: "header names, each with a regular expression or nothing") ?? []).compactMap { name, value in
            guard HeaderDecoder.isName(name) else {
                value.report("found the header name \(Diagnostic.quoted(name)), expected a token of RFC 9110")
                return nil
            }
            if value.node.isNull { return Expectation.HeaderExpectation(name: name, matches: nil) }
            return value.regularExpression().map { Expectation.HeaderExpectation(name: name, matches: $0) }
        }
    }
}

extension Field {
    /// Says that an empty list of statuses accepts no answer at all.
    fileprivate func expectedStatus() -> [ClosedRange<Int>]? {
        report("an empty list, expected at least one status")
        return nil
    }
}
