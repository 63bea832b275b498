import SLA
import SLAOracle
import Testing
import Wording

@Suite struct CauseTests {
    @Test(arguments: EveryCause.english)
    func everyCauseHasItsWords(_ cause: Cause, _ words: String) {
        #expect(cause.english == words)
    }

    /// A cause that is added needs its words in the list.
    @Test func noCauseIsLeftOut() {
        let found = Set(EveryCause.causes.map(Self.name))
        #expect(found.count == 26)
    }

    // Without a default: the compiler asks for a cause that is added.
    private static func name(_ cause: Cause) -> String {
        switch cause {
        case .monitorStopping: "monitorStopping"
        case .monitorStoodStill: "monitorStoodStill"
        case .monitorHeardLate: "monitorHeardLate"
        case .monitorMissed: "monitorMissed"
        case .monitorCrowded: "monitorCrowded"
        case .monitorLacked: "monitorLacked"
        case .misconfigured: "misconfigured"
        case .name: "name"
        case .resolver: "resolver"
        case .nameServers: "nameServers"
        case .timeout: "timeout"
        case .connection: "connection"
        case .tlsNotAgreed: "tlsNotAgreed"
        case .certificate: "certificate"
        case .redirect: "redirect"
        case .behindRedirect: "behindRedirect"
        case .atAddress: "atAddress"
        case .notProtocol: "notProtocol"
        case .greetingRefuses: "greetingRefuses"
        case .damagedBody: "damagedBody"
        case .excess: "excess"
        case .unexpected: "unexpected"
        case .undecided: "undecided"
        case .noAnswer: "noAnswer"
        case .library: "library"
        case .text: "text"
        }
    }
}
