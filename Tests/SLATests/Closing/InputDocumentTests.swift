import SLAOracle
import Testing

@testable import SLA

/// The document of a month's inputs holds all that the figures read: what is read back gives the same digits.
@Suite struct InputDocumentTests {
    @Test(arguments: [(RandomWorld.Shape.milliseconds, 1500), (.halfHours, 150)])
    func whatIsReadBackGivesTheSameDigits(_ shape: RandomWorld.Shape, worlds: Int) throws {
        var random = RandomWorld(generator: SplitMix64(seed: 20_261_101), shape: shape)
        for _ in 0..<worlds {
            let world = random.next()
            var inputs = try #require(world.inputs)
            let month = try #require(inputs.month)
            inputs.settlements.negotiations = [nil, ExactDecimal("12.50"), ExactDecimal(7)].map { amount in
                Negotiation(
                    month: month, service: "web", amount: amount, reason: "a\tb", recordedAt: inputs.asOf - 1,
                    recordedBy: "lan")
            }
            let text = InputDocument(inputs).text
            let read = try InputDocument(text: text)
            #expect(read.text == text)
            let again = try read.inputs()
            #expect(InputDocument(again).text == text)
            #expect(again.period == inputs.period)
            let (old, new) = (
                inputs.figures(of: inputs.catalog.services[0]) { world.timeline(of: $0, by: $1) },
                again.figures(of: again.catalog.services[0]) { world.timeline(of: $0, by: $1) }
            )
            #expect(new.uncorrected == old.uncorrected)
            #expect(new.corrections.map(\.id) == old.corrections.map(\.id))
            #expect(new.partition == old.partition, "\(world)")
            #expect(new.verdict == old.verdict)
            #expect(new.credit == old.credit)
            #expect(new.outages == old.outages)
            #expect(new.transients == old.transients)
            #expect(new.refused.map(\.refusal) == old.refused.map(\.refusal))
            #expect(new.admitted.map(\.id) == old.admitted.map(\.id))
            let (zone, kept) = (inputs.catalog.agreement.calendar.zone, again.catalog.agreement.calendar.zone)
            #expect(RFC3339.text(inputs.asOf, in: zone) == RFC3339.text(again.asOf, in: kept))
        }
    }

    /// What has no bearing on the month leaves no trace in it, so that it makes no amendment.
    @Test func whatDoesNotMatterIsNotInIt() throws {
        var random = RandomWorld(generator: SplitMix64(seed: 5), shape: .halfHours)
        var world = random.next()
        world.exclusions = []
        world.asOf = world.monthEnd + 86_400_000
        let inputs = try #require(world.inputs)
        var other = inputs
        other.exclusions = [
            // The next month's; revoked; of another customer.
            exclusion("next", world.monthEnd, world.monthEnd + 1, .all),
            exclusion("gone", world.monthStart, world.monthEnd, .all, revokedAt: world.asOf),
            exclusion("other", world.monthStart, world.monthEnd, .customer("nobody")),
            exclusion("later", world.monthStart, world.monthEnd, .all, recordedAt: world.asOf + 1),
        ]
        let services = inputs.catalog.services.map { service in
            var service = service
            service.paid = service.paid.union(IntervalSet(Interval(inputs.period.end, .distantFuture)))
            service.checks[0].interval += 1
            return service
        }
        other.catalog = Catalog(
            agreement: inputs.catalog.agreement, customers: inputs.catalog.customers, services: services)
        #expect(InputDocument(other).text == InputDocument(inputs).text)
        other.exclusions.append(exclusion("now", world.monthEnd - 1, world.monthEnd, .all))
        #expect(InputDocument(other).text != InputDocument(inputs).text)
    }

    /// What was promised before and after, and for nobody, leaves no trace; what judges is there, once.
    @Test func onlyWhatJudgesIsKept() throws {
        var world = World(asOf: ZoneTable.utc.months[0].end * 1000, paid: [], checks: [])
        world.paid = [world.monthStart..<world.monthEnd]
        world.checks = [World.Watch(confirm: 1, staleAfter: 1000, samples: [])]
        let before = InputDocument(try #require(world.inputs)).text
        func promise(_ objective: String, at: Int64) -> World.Promise {
            var promise = world.promise(at: .min)
            (promise.from, promise.objective) = (at, objective)
            return promise
        }
        let later = [promise("98", at: world.monthStart + 1), promise("97", at: world.monthEnd)]
        world.promises = later
        #expect(InputDocument(try #require(world.inputs)).text == before)
        world.promises = [promise("98", at: world.monthStart - 1)] + later
        #expect(InputDocument(try #require(world.inputs)).text == before.replacing("percent=99", with: "percent=98"))
        world.paid = [world.monthStart + 1..<world.monthEnd]
        var inputs = try #require(world.inputs)
        var maintenance = exclusion("m", world.monthStart + 9, world.monthStart + 10, .all)
        (maintenance.category, maintenance.noticeAt) = (.scheduledMaintenance, t(world.monthStart - 99_000_000))
        inputs.exclusions = [maintenance]
        let document = InputDocument(inputs)
        let changes = document.records.filter { $0.kind == .agreementChange }
        #expect(changes.map(\.subject) == ["\(world.monthStart - 1)"])
        #expect(changes.first?["objective"] == "98" && changes.first?["recorded_by"] == "daemon")
        let read = try InputDocument(text: document.text).inputs().catalog.agreement
        #expect(read.at(t(world.monthStart - 2)).objective == ExactDecimal(99))
        #expect(read.judging(inputs.catalog.services[0].paid, in: inputs.period).objective == ExactDecimal(98))
    }

    private func exclusion(
        _ id: String, _ from: Int64, _ to: Int64, _ scope: ScopeTerm, recordedAt: Int64? = nil, revokedAt: Int64? = nil
    ) -> Exclusion {
        Exclusion(
            id: id, category: .thirdParty, scope: [scope], interval: span(from, to), evidence: "e",
            recordedAt: recordedAt.map(t), revokedAt: revokedAt.map(t))
    }

    /// Text of people cannot pass for another line or field.
    @Test(arguments: ["a\tfrom=0", "a\nexclusion\tE2", "\\t\\", "\u{0338}=x", "\r\n", "", "=", "é\u{301}", "a\u{85}b"])
    func textStaysWhatItIs(_ text: String) throws {
        let record = InputRecord(.exclusion, text, [("evidence", text), ("none", nil), ("recorded_by", text + text)])
        let document = InputDocument(records: [record])
        let read = try InputDocument(text: document.text)
        #expect(read.records.map { Array($0.subject.unicodeScalars) } == [Array(text.unicodeScalars)])
        #expect(read.records.first.map { Array(($0["evidence"] ?? "-").unicodeScalars) } == Array(text.unicodeScalars))
        #expect(read.text == document.text)
    }

    /// A damaged document is refused, or is another document; it never ends the program.
    @Test func damageIsNoCrash() throws {
        var random = RandomWorld(generator: SplitMix64(seed: 13), shape: .milliseconds)
        let bytes = Array(InputDocument(try #require(random.next().inputs)).text.utf8)
        var refused = 0
        for index in bytes.indices {
            for replacement in [UInt8(ascii: "9"), UInt8(ascii: "\t"), UInt8(ascii: "\n"), bytes[index] ^ 1] {
                var damaged = bytes
                damaged[index] = replacement
                guard damaged != bytes else { continue }
                do {
                    let document = try InputDocument(text: String(decoding: damaged, as: UTF8.self))
                    _ = try document.inputs()
                    #expect(Array(document.text.utf8) != bytes)
                } catch {
                    refused += 1
                }
            }
        }
        #expect(refused > bytes.count / 2)
    }

    /// What no calculation bears is refused before there is one: instants and lengths that overflow, offsets of no zone.
    @Test(arguments: [
        ("as_of", "9223372036854775807"), ("as_of_offset_ms", "-9223372036854775808"), ("offset_ms", "93600001"),
        ("changes", "9223372036854775807:0"), ("changes", "0:-9223372036854775808"),
        ("scheduled_ms", "9223372036854775807"), ("emergency_ms", "-1"), ("cap_months", "9223372036854775807"),
        ("paid", "-9223372036854775808/0"), ("confirm", "0"), ("stale_after_ms", "9223372036854775807"),
        ("stale_after_ms", "0"),
    ])
    func whatNoCalculationBearsIsRefused(_ name: String, _ value: String) throws {
        var random = RandomWorld(generator: SplitMix64(seed: 13), shape: .milliseconds)
        let document = InputDocument(try #require(random.next().inputs)).replacing([name: value])
        #expect(throws: InputDocumentError.self) { try document.inputs() }
    }

    /// What the clocks showed at an `as_of` far before the month, or behind it, is not what they show in the month.
    @Test(arguments: ["", "1793754000000:10800000"])
    func asOfMayLieFarFromTheMonth(_ changes: String) throws {
        var random = RandomWorld(generator: SplitMix64(seed: 13), shape: .milliseconds)
        let inputs = try #require(random.next().inputs)
        let november = try #require(CivilMonth("2026-11"))
        let document = InputDocument(
            FigureInputs(month: november, asOf: inputs.asOf, catalog: inputs.catalog, exclusions: [])
        ).replacing(["offset_ms": "3600000", "changes": changes])
        let start = Instant(milliseconds: 1_793_487_600_000)
        #expect(try document.inputs().period.start == start)
        let kept = InputDocument.zoneStretch(about: try document.inputs().period)
        for asOf in [Instant(milliseconds: 1_396_788_800_000), kept.start - 1, kept.end, kept.end + 1] {
            let elsewhere = document.replacing(["as_of": "\(asOf.milliseconds)", "as_of_offset_ms": "25200000"])
            let read = try elsewhere.inputs()
            #expect(InputDocument(read).text == elsewhere.text)
            #expect(read.period.start == start)
            #expect(read.catalog.agreement.calendar.zone.offset(at: asOf) == 25_200_000)
        }
        // About the month the document itself says what they show.
        for asOf in [kept.start, start, kept.end - 1] {
            let contradiction = document.replacing(
                ["as_of": "\(asOf.milliseconds)", "as_of_offset_ms": "25200000"])
            #expect(throws: InputDocumentError.self) { try contradiction.inputs() }
        }
    }

    @Test func aLackingFactIsNamed() throws {
        var random = RandomWorld(generator: SplitMix64(seed: 13), shape: .milliseconds)
        let document = InputDocument(try #require(random.next().inputs))
        for subject in ["objective", "excluded_time", "notice", "compensation", "timezone"] {
            let damaged = InputDocument(records: document.records.filter { $0.subject != subject })
            #expect(throws: InputDocumentError(description: "the inputs lack the agreement's \(subject)")) {
                try damaged.inputs()
            }
        }
        #expect(throws: InputDocumentError(description: "the inputs have an unknown heading")) {
            try InputDocument(text: "availd statement inputs 2\n")
        }
    }
}

extension InputDocument {
    /// The same with other values of its fields.
    fileprivate func replacing(_ values: [String: String]) -> InputDocument {
        let records = records.map { record in
            InputRecord(
                record.kind, record.subject,
                record.fields.map { ($0.name, values[$0.name] ?? $0.value) })
        }
        let names = records.flatMap(\.fields).map(\.name)
        #expect(values.keys.allSatisfy(names.contains))
        return InputDocument(records: records)
    }
}

extension World {
    /// The inputs of this world's figures.
    var inputs: FigureInputs? {
        guard let agreement, let month = CivilMonth(month.text) else { return nil }
        return FigureInputs(
            month: month, asOf: t(asOf),
            catalog: Catalog(agreement: agreement, customers: [Customer(id: "acme")], services: [service]),
            exclusions: exclusions, corrections: corrections, passEnds: passEnds)
    }
}
