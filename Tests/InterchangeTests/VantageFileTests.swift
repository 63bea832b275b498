import Intake
import Interchange
import SLA
import Testing

/// Vantage points in `samples.csv`, `rules.csv` and `voids.csv` (semantics §3.7), and the columns `derived` and
/// `known_at`.
@Suite struct VantageFileTests {
    private static let web = CheckID(service: "web", check: "default")

    private static func at(_ ms: Int64) -> Instant { t(1_790_812_800_000 + ms) }

    /// The catalogue, with `web` probed from Hanoi and Saigon.
    private static let probed: Catalog = {
        let services = catalog.services.map { service in
            var service = service
            if service.id == "web" { service.checks[0].vantages = ["hanoi", "saigon"] }
            return service
        }
        return Catalog(agreement: catalog.agreement, customers: catalog.customers, services: services)
    }()

    private static func read(_ text: String, _ catalog: Catalog = catalog) throws -> History {
        try Array(text.utf8).withUnsafeBytes { bytes in
            try HistoryFile.history(bytes, file: "s.csv", as: .availd, catalog: catalog)
        }
    }

    private static func mistakes(_ text: String, _ catalog: Catalog = catalog) -> [String] {
        InterchangeTests.mistakes(in: { _ = try read(text, catalog) })
    }

    @Test func eachVantagePointHasItsOwnSeries() throws {
        let text = """
            at,service,vantage,state,pass,pass_ends
            1790812800001,web,hanoi,up,,1790812800005
            1790812800001,web,saigon,down,,1790812800006
            1790812800001,web,hanoi,down,1,
            """
        for catalog in [catalog, Self.probed] {
            let history = try Self.read(text, catalog)
            #expect(history.series.isEmpty && history.sampleCount == 3)
            #expect(
                history.entries(of: Self.web, from: "hanoi").map(\.sample) == [
                    Sample(at: Self.at(1), state: .up), Sample(at: Self.at(1), state: .down, pass: 1),
                ])
            #expect(history.entries(of: Self.web, from: "saigon").map(\.sample.state) == [.down])
            #expect(history.entries(of: Self.web, from: "hue").isEmpty)
            #expect(history.passEnds.ends(of: Self.web, from: "saigon") == [0: Self.at(6)])
            #expect(history.passEnds.ends(of: Self.web, from: "hanoi") == [0: Self.at(5)])
            #expect(history.passEnds.ends(of: Self.web).isEmpty)
        }
        #expect(
            try Self.read(text).remarks == [
                "the rules name no vantage points of web/default; it is down where 2 of hanoi, saigon say so"
            ])
        #expect(try Self.read(text, Self.probed).remarks == [])
    }

    @Test func twoStatesOfOneVantagePointAreAnError() {
        #expect(
            Self.mistakes(
                """
                at,service,state,vantage,pass
                1790812800001,web,up,hanoi,
                1790812800001,web,down,saigon,
                1790812800001,web,down,hanoi,1
                1790812800001,web,down,hanoi,0
                """)
                == ["s.csv:5: state: down for web/default from hanoi at 1790812800001, but line 2 says up"])
    }

    @Test func aVantagePointThatNoRuleNamesIsAnError() {
        #expect(
            Self.mistakes(
                """
                at,service,state,vantage
                1790812800001,web,up,hanio
                1790812800002,web,up,
                1790812800003,web,up,saigon
                """, Self.probed) == [
                    "s.csv:2: vantage: unknown vantage point \"hanio\" of web/default, expected hanoi, saigon; "
                        + "did you mean hanoi?",
                    "s.csv:3: vantage: no vantage point named of web/default, expected hanoi, saigon",
                ])
        #expect(
            Self.mistakes("at,service,state,vantage\n1790812800001,web,up,a b\n")
                == ["s.csv:2: vantage: found \"a b\", expected \(Identifier.expected)"])
        #expect(
            Self.mistakes(
                "at,service,state,vantage\n1790812800001,web,up,a\n1790812800002,web,up,\n1790812800003,web,up,b\n")
                == ["s.csv:3: vantage: no vantage point named of web/default, but other lines name a, b"])
    }

    @Test func whatWasDerivedAndWhatWasKnownLater() throws {
        let history = try Self.read(
            """
            at,service,state,derived,known_at
            1790812800001,web,up,true,1790812800009
            1790812800001,web,up,,1790812800005
            1790812800002,web,down,false,
            1790812800002,web,down,,1790812800099
            1790812800003,web,down,true,2026-10-01T00:00:01Z
            """)
        let entries = history.entries(of: Self.web, from: nil)
        #expect(
            entries.map(\.sample) == [
                Sample(at: Self.at(1), state: .up), Sample(at: Self.at(2), state: .down),
                Sample(at: Self.at(3), state: .down, isDerived: true),
            ])
        #expect(entries.map(\.knownAt) == [Self.at(5), nil, Self.at(1000)])
        #expect(entries.map { $0.isKnown(asOf: Self.at(4)) } == [false, true, false])
        #expect(entries.map { $0.isKnown(asOf: Self.at(5)) } == [true, true, false])
        #expect(
            Self.mistakes("at,service,state,derived,known_at\n1790812800001,web,up,yes,soon\n") == [
                "s.csv:2: derived: found \"yes\", expected true or false",
                "s.csv:2: known_at: found \"soon\", expected \(InstantText.expected)",
            ])
    }

    @Test func theLedgerHasOneVantagePointThatLooked() throws {
        #expect(
            try Self.read(
                """
                at,service,check,state,vantage,derived,known_at
                1790812800001,web,,up,,,1790812800001
                1790812800002,web,,up,,true,
                1790812800003,web,,up,,,1790812800004
                1790812800004,mail,imap,up,hanoi,,
                """
            ).unrecordable(file: "s.csv").map(\.description) == [
                "s.csv:5: vantage: mail/imap as \"hanoi\" sees it; the ledger cannot hold it, availd replay can read it",
                "s.csv:3: derived: a sample of web/default that nobody looked at; the ledger cannot hold it, availd "
                    + "replay can read it",
                "s.csv:4: known_at: a sample of web/default that was known later than it was taken; the ledger cannot "
                    + "hold it, availd replay can read it",
            ])
    }

    // MARK: - rules.csv and voids.csv

    private static func rules(_ text: String) throws -> [RuleChange] {
        try Array(text.utf8).withUnsafeBytes { try RulesFile.changes($0, file: "r.csv", catalog: catalog) }
    }

    @Test func vantagePointsOfRulesAreRead() throws {
        let changes = try Self.rules(
            """
            service,check,known_at,by,customer,vantages,quorum
            web,default,1790812800000,mai,acme,hanoi hue saigon,
            web,default,1790812900000,mai,acme,hanoi hue saigon,3
            """)
        #expect(changes.map { $0.check?.vantages } == [["hanoi", "hue", "saigon"], ["hanoi", "hue", "saigon"]])
        #expect(changes.map { $0.check?.quorum } == [nil, 3])
        #expect(changes.map { $0.check?.downFrom } == [2, 3])
    }

    @Test func aQuorumIsOneOfTheNumberOfVantagePoints() {
        #expect(
            InterchangeTests.mistakes(in: {
                _ = try Self.rules(
                    """
                    service,check,known_at,vantages,quorum
                    web,default,1790812800000,hanoi hue,3
                    web,default,1790812800001,,2
                    web,default,1790812800002,hanoi hanoi,1
                    web,default,1790812800003,hanoi,0
                    """)
            }) == [
                "r.csv:2: quorum: found \"3\", expected 1 to 2", "r.csv:3: quorum: found \"2\", expected 1",
                "r.csv:4: vantages: \"hanoi\" is named twice, expected each once",
                "r.csv:5: quorum: found \"0\", expected 1",
            ])
    }

    @Test func aVoidOfAVantagePointNamesOne() throws {
        func corrections(_ scope: String, _ catalog: Catalog) throws -> [Correction] {
            try Array("id,kind,scope,from,to,reason\nV1,void,\(scope),1790812800000,1790812900000,cut off\n".utf8)
                .withUnsafeBytes { try CorrectionFile.corrections($0, file: "v.csv", catalog: catalog) }
        }
        #expect(try corrections("vantage:hanoi", Self.probed).map(\.scope) == [[.vantage("hanoi")]])
        #expect(
            InterchangeTests.mistakes(in: { _ = try corrections("vantage:hanio", Self.probed) }) == [
                "v.csv:2: scope: unknown vantage point \"hanio\", expected hanoi, saigon; did you mean vantage:hanoi?"
            ])
        #expect(
            InterchangeTests.mistakes(in: { _ = try corrections("vantage:hanoi", catalog) }) == [
                "v.csv:2: scope: unknown vantage point \"hanoi\": the daemon's own is the only one"
            ])
    }
}
