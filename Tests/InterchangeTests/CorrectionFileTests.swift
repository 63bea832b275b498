import Intake
import Interchange
import SLA
import Testing

@Suite struct CorrectionFileTests {
    private let header = "id,kind,scope,from,to,reason,evidence,recorded_at,recorded_by,revoked_at\n"

    private func read(_ text: String) throws -> [Correction] {
        try Array((header + text).utf8).withUnsafeBytes {
            try CorrectionFile.corrections($0, file: "v.csv", catalog: catalog)
        }
    }

    @Test func everyColumnIsRead() throws {
        let correction = try #require(
            try read(
                "V1,void,service:web family:ipv6,1790812801000,1790812802000,cut,ticket,1790812803000,lan,1790812803000\n"
            ).first)
        #expect(correction.scope == [.services(.service("web")), .family(.ipv6)])
        #expect(correction.revocation?.at == correction.recordedAt)
        #expect(correction.reason == "cut" && correction.evidence == "ticket" && correction.recordedBy == "lan")
    }

    @Test func everyBadLineIsNamed() {
        let found = mistakes {
            _ = try read(
                """
                V1,void,al,1790812801000,1790812802000,cut,e,,lan,
                V4,void,all,1790812802000,1790812802000,cut,e,,lan,
                V5,void,all,1790812,1790812802000,cut,e,,lan,

                """)
        }
        #expect(found.count == 3 && found[0].hasPrefix("v.csv:2: scope: found \"al\", expected all, service:ID"))
        #expect(found[1] == "v.csv:3: to: the end is not after the beginning, expected an instant later than `from`")
    }
}
