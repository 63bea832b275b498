import SLA
import SLAOracle
import Testing
import Wording

@Suite struct CauseTests {
    @Test(arguments: EveryCause.english)
    func everyCauseHasItsWords(_ cause: Cause, _ words: String) {
        #expect(cause.english == words)
    }

    /// A cause that is added, or one more of what a cause may hold, needs its words in the list.
    @Test func noCauseIsLeftOut() {
        var missing: [String] = []
        missing += absent { CauseCase($0) }
        missing += absent { if case .unexpected(let it) = $0 { MismatchCase(it) } else { nil } }
        missing += absent { if case .undecided(let it) = $0 { UndecidedCase(it) } else { nil } }
        missing += absent { if case .misconfigured(let it) = $0 { MisconfigurationCase(it) } else { nil } }
        missing += absent { if case .redirect(let it) = $0 { RedirectFaultCase(it) } else { nil } }
        missing += absent { if case .certificate(let it) = $0 { CertificateFaultCase(it) } else { nil } }
        missing += absent { if case .monitorLacked(let it) = $0 { it } else { nil } }
        missing += absent { if case .name(_, let it) = $0 { it } else { nil } }
        missing += absent { if case .nameServers(_, let it) = $0 { it } else { nil } }
        missing += absent { if case .timeout(_, let it) = $0 { it } else { nil } }
        missing += absent { if case .connection(let it) = $0 { it } else { nil } }
        missing += absent { if case .excess(let it) = $0 { it } else { nil } }
        #expect(missing == [])
    }

    /// Those that `read` finds in no cause of the list.
    private func absent<Case: CaseIterable & Hashable>(_ read: (Cause) -> Case?) -> [String] {
        let found = Set(EveryCause.causes.compactMap(read))
        return Case.allCases.filter { !found.contains($0) }.map { "\(Case.self).\($0)" }
    }
}

// The cases of what holds values, without them. Without a default: the compiler asks for one that is added, and the
// list is then asked for it.

private enum CauseCase: CaseIterable {
    case monitorStopping, monitorStoodStill, monitorHeardLate, monitorMissed, monitorCrowded, monitorLacked
    case misconfigured, name, resolver, nameServers, timeout, connection, tlsNotAgreed, certificate, redirect
    case behindRedirect, atAddress, notProtocol, greetingRefuses, damagedBody, excess, unexpected, undecided
    case noAnswer, library, text

    init(_ it: Cause) {
        self =
            switch it {
            case .monitorStopping: .monitorStopping
            case .monitorStoodStill: .monitorStoodStill
            case .monitorHeardLate: .monitorHeardLate
            case .monitorMissed: .monitorMissed
            case .monitorCrowded: .monitorCrowded
            case .monitorLacked: .monitorLacked
            case .misconfigured: .misconfigured
            case .name: .name
            case .resolver: .resolver
            case .nameServers: .nameServers
            case .timeout: .timeout
            case .connection: .connection
            case .tlsNotAgreed: .tlsNotAgreed
            case .certificate: .certificate
            case .redirect: .redirect
            case .behindRedirect: .behindRedirect
            case .atAddress: .atAddress
            case .notProtocol: .notProtocol
            case .greetingRefuses: .greetingRefuses
            case .damagedBody: .damagedBody
            case .excess: .excess
            case .unexpected: .unexpected
            case .undecided: .undecided
            case .noAnswer: .noAnswer
            case .library: .library
            case .text: .text
            }
    }
}

private enum MismatchCase: CaseIterable {
    case status, headerMissing, header, bodyLacks, bodyContains, bodyMismatch, latency

    init(_ it: Mismatch) {
        self =
            switch it {
            case .status: .status
            case .headerMissing: .headerMissing
            case .header: .header
            case .bodyLacks: .bodyLacks
            case .bodyContains: .bodyContains
            case .bodyMismatch: .bodyMismatch
            case .latency: .latency
            }
    }
}

private enum UndecidedCase: CaseIterable {
    case text, pattern, textBeforeBreak, patternBeforeBreak

    init(_ it: Undecided) {
        self =
            switch it {
            case .text: .text
            case .pattern: .pattern
            case .textBeforeBreak: .textBeforeBreak
            case .patternBeforeBreak: .patternBeforeBreak
            }
    }
}

private enum MisconfigurationCase: CaseIterable {
    case url, host, address, ownAddress, pattern, slowPattern, noRoom

    init(_ it: Cause.Misconfiguration) {
        self =
            switch it {
            case .url: .url
            case .host: .host
            case .address: .address
            case .ownAddress: .ownAddress
            case .pattern: .pattern
            case .slowPattern: .slowPattern
            case .noRoom: .noRoom
            }
    }
}

private enum RedirectFaultCase: CaseIterable {
    case host, url, scheme, address, tooMany

    init(_ it: Cause.RedirectFault) {
        self =
            switch it {
            case .host: .host
            case .scheme: .scheme
            case .address: .address
            case .url: .url
            case .tooMany: .tooMany
            }
    }
}

private enum CertificateFaultCase: CaseIterable {
    case expired, notYetValid, otherNames, notTrusted, unreadable, endsSoon

    init(_ it: CertificateFault) {
        self =
            switch it {
            case .expired: .expired
            case .notYetValid: .notYetValid
            case .otherNames: .otherNames
            case .notTrusted: .notTrusted
            case .unreadable: .unreadable
            case .endsSoon: .endsSoon
            }
    }
}
