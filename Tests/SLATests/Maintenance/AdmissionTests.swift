import SLA
import SLAOracle
import Testing

/// Who admits an exclusion, and in which words it is refused (clauses 3.1–3.5, 6.1, 6.2).
@Suite struct AdmissionTests {
    private static let start: Int64 = 100 * 3_600_000

    private static func refusal(
        _ category: ExclusionCategory, lead: Int64? = nil, evidence: String = "", notice: NoticeLead = NoticeLead()
    ) -> String? {
        Exclusion(
            id: "x", category: category, scope: [.all], interval: span(start, start + 1),
            noticeAt: lead.map { t(start - $0) }, evidence: evidence
        ).refusal(under: Agreement(calendar: CivilCalendar(zone: .utc), notice: notice))?.description
    }

    @Test(
        arguments: [
            (.scheduledMaintenance, 86_400_000, nil),
            (.scheduledMaintenance, 86_400_001, nil),
            (.scheduledMaintenance, 86_399_999, "notice 23 h 59 min 59.999 s before the start, 24 h required"),
            (.scheduledMaintenance, 10_800_000, "notice 3 h before the start, 24 h required"),
            (.scheduledMaintenance, 0, "notice at the start, 24 h required"),
            (.scheduledMaintenance, -1_800_000, "notice 30 min after the start, 24 h required"),
            (.scheduledMaintenance, nil, "no notice recorded"),
            (.emergencyMaintenance, 3_600_000, nil),
            (.emergencyMaintenance, 3_599_999, "notice 59 min 59.999 s before the start, 1 h required"),
            (.emergencyMaintenance, nil, "no notice recorded"),
        ] as [(ExclusionCategory, Int64?, String?)])
    func maintenance(category: ExclusionCategory, lead: Int64?, refusal: String?) {
        // Evidence does not stand in for notice.
        #expect(Self.refusal(category, lead: lead, evidence: "TICKET-1") == refusal)
    }

    @Test(arguments: [
        ExclusionCategory.suspension, .customerMisconfiguration, .forceMajeure, .thirdParty,
    ])
    func cases(category: ExclusionCategory) {
        #expect(Self.refusal(category, lead: 1_000_000_000) == "no evidence cited")
        #expect(Self.refusal(category, evidence: " \t\n") == "no evidence cited")
        #expect(Self.refusal(category, evidence: "TICKET-1") == nil)
    }

    /// The leads are the agreement's.
    @Test func leadsAreSettings() {
        let notice = NoticeLead(scheduled: 72 * 3_600_000, emergency: 0)
        #expect(
            Self.refusal(.scheduledMaintenance, lead: 86_400_000, notice: notice)
                == "notice 24 h before the start, 3 d required")
        #expect(Self.refusal(.emergencyMaintenance, lead: 0, notice: notice) == nil)
    }

    /// Recorded at `as_of` is known; revoked at `as_of` is gone.
    @Test func standsAsOf() {
        var exclusion = Exclusion(id: "x", category: .suspension, scope: [.all], interval: span(0, 1))
        #expect(exclusion.isInForce(asOf: t(-100)))
        exclusion.recordedAt = t(10)
        exclusion.revokedAt = t(20)
        #expect([9, 10, 19, 20].map { exclusion.isInForce(asOf: t($0)) } == [false, true, true, false])
    }

    /// The order of the table decides who an instant belongs to.
    @Test func orderOfCategories() {
        #expect(ExclusionCategory.allCases == Oracle.categories)
        #expect(ExclusionCategory.allCases.map(\.clauses) == ["3.1, 6.1", "3.1, 6.2", "3.2", "3.3", "3.4", "3.5"])
    }

    @Test func scopes() {
        let web = World(asOf: 0, paid: [], checks: []).service
        let terms: [(String, Bool)] = [
            ("all", true), ("service:web", true), ("service:we", false), ("customer:acme", true),
            ("customer:web", false), ("group:rack-3", true), ("group:rack-30", false), ("service:acme", false),
        ]
        for (text, isMeant) in terms {
            #expect(ScopeTerm(text)?.includes(web) == isMeant, "\(text)")
            #expect(ScopeTerm(text)?.text == text)
        }
        #expect(ScopeTerm("group:a:b") == .group("a:b"))
        #expect(ScopeTerm("group:\u{301}a") == .group("\u{301}a"))
        for text in ["", "All", "all:", "service", "service:", ":web", "rack:3"] {
            #expect(ScopeTerm(text) == nil, "\(text)")
        }
    }
}
