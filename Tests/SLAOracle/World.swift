import SLA

/// Everything that the figures of one service's month follow from: the agreement, the paid terms, the samples,
/// the exclusions and `as_of`. Every instant is a multiple of ``tick``.
package struct World: Sendable {
    package var zone: ZoneTable
    package var month: ZoneTable.Month
    /// The unit of the world, in ms: nothing happens between two multiples of it.
    package var tick: Int64
    package var asOf: Int64
    package var objective: String
    package var policy = ExcludedTime.removed
    package var notice = NoticeLead()
    /// What was promised instead, each from an instant on, in order; nothing where that never changed.
    package var promises: [Promise] = []
    package var paid: [Range<Int64>]
    /// What a month costs, and what a missed one is worth; the oracle knows nothing of money.
    package var price: ExactDecimal?
    package var compensation = Compensation()
    /// The prices over the month, where there are several.
    package var prices: [PaidTerm] = []
    /// What was agreed with the customer over the computed amount.
    package var negotiated: ExactDecimal?
    package var mode = CheckMode.all
    package var checks: [Watch]
    /// How the service was measured, and whose it was, since when; the first is from the beginning. Empty where nothing
    /// ever changed.
    package var rules: [Rules] = []
    package var exclusions: [Exclusion] = []
    package var corrections: [Correction] = []

    /// What was promised from an instant on.
    package struct Promise: Sendable {
        package var from: Int64
        package var objective: String
        package var policy: ExcludedTime
        package var notice: NoticeLead
        package var compensation: Compensation
    }

    /// What is promised at `at`.
    package func promise(at: Int64) -> Promise {
        promises.last { $0.from <= at }
            ?? Promise(from: .min, objective: objective, policy: policy, notice: notice, compensation: compensation)
    }

    /// What is so at `at`.
    package func rules(at: Int64) -> Rules {
        if let last = rules.last(where: { $0.from <= at }) ?? rules.first { return last }
        return Rules(
            from: .min, mode: mode,
            checks: checks.map {
                Reading(
                    confirm: $0.confirm, staleAfter: $0.staleAfter, vantages: $0.posts.map(\.name), quorum: $0.quorum)
            })
    }

    /// Whether a ledger can hold it: one vantage point, and somebody looked each time.
    package var isRecordable: Bool {
        checks.allSatisfy { $0.posts.isEmpty && !$0.samples.contains(where: \.isDerived) }
    }

    /// This world with the rules that are known at `at`.
    package func known(at: Int64) -> World {
        var world = self
        world.rules = Array(rules.prefix(1) + rules.dropFirst().filter { $0.from <= at })
        return world
    }

    /// One check of the service, with the samples it took, pass by pass in order of time.
    package struct Watch: Sendable {
        package var confirm: Int
        package var staleAfter: Int64
        package var samples: [Sample]
        /// Where passes ended by their own clocks, as far as that is known.
        package var ends: [Pass: Int64] = [:]
        /// What vantage points with names saw, in place of ``samples``.
        package var posts: [Post] = []
        package var quorum: Int?

        package init(confirm: Int, staleAfter: Int64, samples: [Sample]) {
            self.confirm = confirm
            self.staleAfter = staleAfter
            self.samples = samples
        }
    }

    package init(
        zone: ZoneTable = .utc, month: ZoneTable.Month = ZoneTable.utc.months[0], tick: Int64 = 1, asOf: Int64,
        objective: String = "99", paid: [Range<Int64>], checks: [Watch]
    ) {
        self.zone = zone
        self.month = month
        self.tick = tick
        self.asOf = asOf
        self.objective = objective
        self.paid = paid
        self.checks = checks
    }

    /// What its figures are of.
    package var reported: ReportPeriod? {
        CivilMonth(month.text).map(ReportPeriod.month) ?? CivilMonths(month.text).map(ReportPeriod.months)
    }

    package var monthStart: Int64 { month.start * 1000 }
    package var monthEnd: Int64 { month.end * 1000 }
}

extension World {
    package var agreement: Agreement? {
        let calendar = CivilCalendar(zone: zone.rules)
        let records = ([promise(at: .min)] + promises).compactMap { promise in
            ExactDecimal(promise.objective).map { objective in
                AgreementRecord(
                    agreement: Agreement(
                        objective: objective, calendar: calendar, excludedTime: promise.policy, notice: promise.notice,
                        compensation: promise.compensation),
                    recordedAt: promise.from == .min ? .distantPast : Instant(milliseconds: promise.from),
                    recordedBy: "daemon")
            }
        }
        return AgreementHistory(records).agreement(in: calendar)
    }

    package var probe: ProbeSpecification { ProbeSpecification(url: "tcp://web:1", scheme: .tcp, host: "web", port: 1) }

    /// `web` of customer `acme`, in the group `rack-3`.
    package var service: Service {
        Service(
            id: "web", customer: "acme", groups: ["rack-3"], price: price, prices: prices,
            paid: IntervalSet(
                paid.compactMap {
                    Interval(Instant(milliseconds: $0.lowerBound), Instant(milliseconds: $0.upperBound))
                }),
            mode: mode,
            checks: checks.enumerated().map { index, watch in
                Check(
                    id: "check\(index)", confirm: watch.confirm, staleAfter: watch.staleAfter,
                    vantages: watch.posts.map(\.name), quorum: watch.quorum, probe: probe)
            }, past: past)
    }

    private var past: MeasuringRules? {
        if rules.isEmpty { return nil }
        let steps = rules.map { rules in
            MeasuringRules.Step(
                from: Instant(milliseconds: rules.from), customer: rules.customer, groups: [rules.group],
                mode: rules.mode,
                checks: rules.checks.enumerated().compactMap { index, reading in
                    reading.map {
                        Check(
                            id: "check\(index)", confirm: $0.confirm, staleAfter: $0.staleAfter,
                            vantages: $0.vantages, quorum: $0.quorum, probe: .unrecorded)
                    }
                })
        }
        return MeasuringRules(steps, calendar: CivilCalendar(zone: zone.rules))
    }

    /// The service's time as the implementation sees it.
    package func timeline() -> ServiceTimeline {
        ServiceTimeline(
            of: service,
            corrections: ServiceCorrections(corrections, of: service, asOf: Instant(milliseconds: asOf)),
            ends: passEnds, feed: feed)
    }

    /// The same of `service`, which is this world's, by `inputs`.
    package func timeline(of service: Service, by inputs: FigureInputs) -> ServiceTimeline {
        inputs.timeline(of: service, feed: feed)
    }

    private func feed(_ check: CheckID, _: Interval, _ timeline: inout CheckTimeline) {
        guard let index = Int(check.check.dropFirst(5)) else { return }
        for sample in checks[index].samples(from: timeline.vantage) where sample.at.milliseconds <= asOf {
            timeline.append(sample)
        }
    }

    /// This world with one vantage point, one pass of the clock, one way to measure, and nothing corrected.
    package var uncorrected: World {
        var world = self
        world.corrections = []
        world.rules = []
        for index in checks.indices {
            world.checks[index].samples.removeAll { $0.pass > 0 }
            world.checks[index].ends = [:]
        }
        return world
    }

    /// Where passes ended, of each check.
    package var passEnds: [PassEnd] {
        checks.enumerated().flatMap { index, watch in
            ([World.Post(name: "", samples: [], ends: watch.ends)] + watch.posts).flatMap { post in
                post.ends.map { pass, at in
                    PassEnd(
                        pass: pass, check: CheckID(service: "web", check: "check\(index)"),
                        vantage: post.name.isEmpty ? nil : post.name, at: Instant(milliseconds: at),
                        recordedAt: .distantPast)
                }
            }
        }
    }

    /// The figures that the implementation makes of this world.
    package func figures(of timeline: ServiceTimeline) -> MonthFigures? {
        guard let agreement, let reported else { return nil }
        return MonthFigures(
            of: service, in: reported, asOf: Instant(milliseconds: asOf), under: agreement, timeline: timeline,
            exclusions: exclusions, settlements: settlements, corrections: corrections)
    }

    /// The same, with what they would be without the provider's own corrections.
    package func reportedFigures() -> MonthFigures? {
        guard let agreement, let reported else { return nil }
        let inputs = FigureInputs(
            of: reported, asOf: Instant(milliseconds: asOf),
            catalog: Catalog(agreement: agreement, customers: [Customer(id: "acme")], services: [service]),
            exclusions: exclusions, settlements: settlements, corrections: corrections, passEnds: passEnds)
        return inputs.figures(of: service) { timeline(of: $0, by: $1) }
    }

    private var settlements: Settlements {
        guard let negotiated, let month = reported?.month else { return Settlements() }
        return Settlements(negotiations: [
            Negotiation(
                month: month, service: "web", amount: negotiated, reason: "letter of the customer",
                recordedAt: Instant(milliseconds: asOf), recordedBy: "lan")
        ])
    }
}

extension World.Watch {
    /// What `vantage` saw; nil is the one without a name.
    package func samples(from vantage: String?) -> [Sample] {
        vantage == nil ? samples : posts.first { $0.name == vantage }?.samples ?? []
    }
}

extension World: CustomStringConvertible {
    /// Enough to make the world again by hand; instants count from the month's beginning, in ticks.
    package var description: String {
        func offset(_ ms: Int64) -> String { "\((ms - monthStart) / tick)" }
        func offset(_ instant: Instant?) -> String { instant.map { offset($0.milliseconds) } ?? "-" }
        var lines = [
            "\(zone.name) \(month.text), tick \(tick) ms, as_of \(offset(asOf)), objective \(objective),"
                + " excluded time \(policy), mode \(mode), notice \(notice.scheduled) ms and \(notice.emergency) ms",
            "paid " + paid.map { "[\(offset($0.lowerBound)), \(offset($0.upperBound)))" }.joined(separator: " "),
        ]
        for promise in promises {
            lines.append(
                "from \(offset(promise.from)) objective \(promise.objective), excluded time \(promise.policy),"
                    + " notice \(promise.notice.scheduled) ms and \(promise.notice.emergency) ms,"
                    + " at most \(promise.notice.recurringAtMost) ms")
        }
        for watch in checks {
            lines.append(
                "check: confirm \(watch.confirm), stale after \(watch.staleAfter / tick)"
                    + (watch.posts.isEmpty ? "" : ", quorum \(watch.quorum.map(String.init) ?? "-")"))
            for post in [World.Post(name: "", samples: watch.samples, ends: watch.ends)] + watch.posts {
                lines.append(
                    "  \(post.name):"
                        + post.samples.map { sample in
                            " \(offset(sample.at.milliseconds)) \(sample.state.name)"
                                + (sample.isDerived ? " derived" : "")
                                + (sample.family.map { " \($0.name)" } ?? "")
                                + (sample.pass == 0 ? "" : " in pass \(sample.pass)")
                        }.joined(separator: ",")
                        + post.ends.map { "; pass \($0) ends at \(offset($1))" }.joined())
            }
        }
        for rules in rules {
            lines.append(
                "since \(rules.from == .min ? "ever" : offset(rules.from)): \(rules.customer), \(rules.group), \(rules.mode)"
                    + rules.checks.map { reading in
                        reading.map {
                            ", confirm \($0.confirm), stale after \($0.staleAfter / tick)"
                                + ($0.vantages.isEmpty ? "" : ", \($0.downFrom) of \($0.vantages)")
                        } ?? ", none"
                    }.joined())
        }
        for correction in corrections {
            lines.append(
                "\(correction.kind.rawValue) \(correction.id): scope \(correction.scope.map(\.text).joined(separator: " ")),"
                    + " [\(offset(correction.interval.start)), \(offset(correction.interval.end))),"
                    + " by \(correction.recordedBy), evidence \"\(correction.evidence)\","
                    + " recorded \(offset(correction.recordedAt)), revoked \(offset(correction.revocation?.at))")
        }
        for exclusion in exclusions {
            lines.append(
                "exclusion \(exclusion.id): \(exclusion.category.rawValue),"
                    + " scope \(exclusion.scope.map(\.text).joined(separator: " ")),"
                    + " [\(offset(exclusion.interval.start)), \(offset(exclusion.interval.end))),"
                    + " notice \(offset(exclusion.noticeAt)), evidence \"\(exclusion.evidence)\","
                    + " recorded \(offset(exclusion.recordedAt)), revoked \(offset(exclusion.revokedAt))")
        }
        return lines.joined(separator: "\n")
    }
}
