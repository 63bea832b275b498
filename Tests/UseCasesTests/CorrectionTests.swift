import Intake
import Ledger
import Reporting
import SLA
import Testing
import UseCases

/// Voids and downtimes as people record them, and what becomes of the figures (semantics §3.3, §6).
@Suite struct CorrectionTests {
    private let world: World
    /// The first sample: an hour of them, a minute each, down from the tenth to the twentieth.
    private let start: Instant

    init() throws {
        world = try World()
        start = try at("2026-10-20T08:00:00+07:00")
        let check = CheckID(service: "acme-web", check: Check.defaultID)
        let samples = (0..<60).map { minute in
            Observation(
                check: check,
                sample: Sample(
                    at: start + Milliseconds(minute) * 60_000, state: (10..<20).contains(minute) ? .down : .up))
        }
        try world.ledger.record { _ in [.observations(samples)] }
    }

    private func request(_ kind: Correction.Kind) -> CorrectionRequest {
        CorrectionRequest(
            kind: kind, scope: ["service:acme-web"], from: start + 600_000, to: start + 1_200_000,
            reason: "the cable", evidence: "ticket 4711")
    }

    /// The month of acme-web, as it is known at `asOf`.
    private func figures(asOf: Instant? = nil) throws -> MonthFigures {
        let report = try world.ledger.read {
            try $0.report(
                of: try #require(CivilMonth("2026-10")), asOf: asOf ?? world.now, configured: world.catalog)
        }
        return try #require(report.figures.first { $0.service.id == "acme-web" })
    }

    @Test func aVoidTakesTheOutageAway() throws {
        #expect(try figures().partition.down.length == 600_000)
        let receipt = try world.recording().addCorrection(request(.void))
        #expect(receipt.text == "V1\n" && receipt.remarks.isEmpty)
        let figures = try self.figures()
        #expect(figures.partition.down.isEmpty)
        #expect(figures.verdict == .met)
        #expect(figures.corrections.map(\.id) == ["V1"])
        let plain = try #require(figures.uncorrected)
        #expect(plain.verdict == .breached && plain.down == 600_000)
        // As of an instant before, it is not known.
        #expect(try self.figures(asOf: world.now - 1).partition.down.length == 600_000)
    }

    @Test func oneWithoutEvidenceIsAppliedToNothingAndNamed() throws {
        var request = self.request(.void)
        request.evidence = ""
        let receipt = try world.recording().addCorrection(request)
        #expect(
            receipt.remarks.map { $0.text(naming: \.rawValue) } == [
                "V1 is recorded but applied to nothing: no evidence cited"
            ])
        let figures = try self.figures()
        #expect(figures.partition.down.length == 600_000)
        #expect(figures.refusedCorrections.map(\.id) == ["V1"])
        #expect(figures.uncorrected == nil)
    }

    @Test func aDowntimeThatIsRevokedStandsInTheFigureBeside() throws {
        var request = self.request(.downtime)
        request.from = start + 1_200_000
        request.to = start + 1_800_000
        _ = try world.recording().addCorrection(request)
        #expect(try figures().partition.down.length == 1_200_000)
        let revoked = try world.recording().revokeCorrection("D1", of: .downtime, reason: "another shop")
        #expect(revoked.remarks.map { $0.text(naming: \.rawValue) } == ["revoked D1"])
        let figures = try self.figures()
        #expect(figures.partition.down.length == 600_000)
        #expect(figures.uncorrected == nil, "verdict and credit are the same")
        #expect(throws: CorrectionError.self) {
            try world.recording().revokeCorrection("D1", of: .downtime, reason: "again")
        }
    }

    @Test func everyMistakeIsSaidAtOnce() throws {
        var request = self.request(.downtime)
        (request.scope, request.reason) = (["family:ipv6 service:acme-wbe"], "")
        request.to = world.now + 60_000
        try world.expectMistakes([
            "reason: found nothing, expected why",
            "by: found availd, which is the daemon's own name, expected a person's",
            "scope: found \"family:ipv6\", expected all, service:ID, customer:ID or group:NAME: a service is down, "
                + "not a part of its measurement",
            "scope: unknown service \"acme-wbe\", expected one of the configuration's; did you mean "
                + "service:acme-web?",
            "to: lies in the future",
        ]) { try world.recording(by: Correction.daemon).addCorrection(request) }
        #expect(throws: Unknown.self) {
            try world.recording().revokeCorrection("V9", of: .void, reason: "none")
        }
    }

    @Test(arguments: Correction.Kind.allCases) func anEndThatIsNotAfterTheBeginningIsAMistake(
        _ kind: Correction.Kind
    ) throws {
        var request = self.request(kind)
        for to in [request.from, request.from - 60_000] {
            request.to = to
            try world.expectMistakes(["to: the end is not after the beginning, expected an instant later than from"]) {
                try world.recording().addCorrection(request)
            }
        }
    }

    @Test func oneIsNotCalledAsAnotherIs() throws {
        var request = self.request(.void)
        _ = try world.recording().addCorrection(request)
        for (id, error) in [
            ("V1", .duplicate(id: "V1")), ("v1", .similar(id: "v1", existing: "V1")),
            ("D1", .ofOtherKind(id: "D1", kind: .downtime)), ("d27", .ofOtherKind(id: "d27", kind: .downtime)),
        ] as [(String, CorrectionError)] {
            request.id = id
            #expect(throws: error) { try world.recording().addCorrection(request) }
        }
        request.id = "v2"
        _ = try world.recording().addCorrection(request)
        request.id = nil
        #expect(try world.recording().addCorrection(request).text == "V3\n")
    }

    @Test func aPersonIsNotTheDaemon() throws {
        var request = self.request(.void)
        request.scope = ["all", "all"]
        for name in [" availd", "Availd"] {
            try world.expectMistakes([
                "by: found \(name), which is the daemon's own name, expected a person's",
                "scope: found all again, expected each term once",
            ]) { try world.recording(by: name).addCorrection(request) }
        }
    }

    /// Each instant is explained by those that hold it.
    @Test func aVoidExplainsItsOwnTime() throws {
        func instant(_ minute: Int64) -> Instant { start + minute * 60_000 }
        for (from, to, reason) in [(2, 6, "first"), (5, 9, "second"), (9, 12, "third")] as [(Int64, Int64, String)] {
            var request = self.request(.void)
            (request.from, request.to, request.reason) = (instant(from), instant(to), reason)
            _ = try world.recording().addCorrection(request)
        }
        func why(at seconds: Int64) throws -> String {
            try world.ledger.read {
                try $0.explanationAnswer(
                    about: start + seconds * 1000, of: "acme-web", in: .month(try #require(CivilMonth("2026-10"))),
                    asOf: world.now, configured: world.catalog)
            }.text
        }
        #expect(try why(at: 180).contains("counts as unmeasured: void: V1, first. The span is "))
        #expect(try why(at: 330).contains("void: V1, first; V2, second. "))
        #expect(try why(at: 400).contains("void: V2, second. "))
        #expect(try why(at: 540).contains("void: V3, third. "))
        #expect(try why(at: 720).contains("counts as down"))
    }

    /// A void of a family that takes no sample and ends no coverage has changed nothing, and is not named as if it had;
    /// one of everything says why nothing was measured, also where the samples are gone.
    @Test func aVoidOfAFamilyThatTakesNothingTouchesNothing() throws {
        var request = self.request(.void)
        // The samples were decided over no address that is known.
        request.scope = ["family:ipv4"]
        _ = try world.recording().addCorrection(request)
        #expect(try figures().corrections.isEmpty)
        // Nothing was measured then.
        (request.scope, request.from, request.to) = (["all"], start - 7_200_000, start - 7_140_000)
        _ = try world.recording().addCorrection(request)
        #expect(try figures().corrections.map(\.id) == ["V2"])
        #expect(try figures().partition.down.length == 600_000)
        // Between two samples, and with those over no address: coverage ends, and samples leave.
        (request.from, request.to) = (start + 90_000, start + 91_000)
        _ = try world.recording().addCorrection(request)
        request = self.request(.void)
        request.scope = ["family:none"]
        _ = try world.recording().addCorrection(request)
        #expect(try figures().corrections.map(\.id) == ["V2", "V3", "V4"])
    }

    @Test func theListIsWhatReplayReads() throws {
        _ = try world.recording().addCorrection(request(.void))
        let document = try world.ledger.read {
            try $0.correctionDocument(of: .void, asOf: world.now, in: .utc)
        }
        #expect(document.csv.contains("V1,void,service:acme-web,"))
        #expect(document.text.contains("applied"))
    }
}
