import GRDB
import SLA

/// Adds facts within one transaction.
struct FactWriter {
    /// What was written, with what the ledger gave it.
    private(set) var recorded = Recorded()
    /// Rows that this transaction has found or added; to be kept once it is committed.
    var found: KnownRows { samples?.found ?? KnownRows() }

    let db: Database
    let path: String
    private let known: KnownRows
    private var samples: SampleWriter?

    init(_ db: Database, path: String, known: KnownRows) {
        self.db = db
        self.path = path
        self.known = known
    }

    mutating func write(_ fact: Fact) throws {
        if case .observations(let observations) = fact {
            try add(observations)
            recorded.facts.append(fact)
        } else {
            recorded.facts.append(try added(fact))
        }
    }

    private mutating func add(_ observations: [Observation]) throws {
        var writer = try samples ?? SampleWriter(db, path: path, known: known)
        for observation in observations { try writer.add(observation) }
        samples = writer
        recorded.samples = writer.result
    }

    /// Adds `fact`, and gives it as it is recorded.
    private func added(_ fact: Fact) throws -> Fact {
        switch fact {
        case .observations: break
        case .transition(let transition): try add(transition)
        case .alert(let alert): try add(alert)
        case .alertDelivered(let alert, let at): try addDelivery(of: alert, at: at)
        case .daemonEvent(let event): try add(event)
        case .service(let record): try add(record)
        case .customer(let record): try add(record)
        case .agreement(let record): try add(record)
        case .billedTerms(let terms): try add(terms)
        case .withdrawal(let withdrawal): return .withdrawal(try add(withdrawal))
        case .reinstatement(let id, let end): try add(end, of: id)
        case .ruleCorrection(let change): try add(change)
        case .negotiation(let negotiation): try add(negotiation)
        case .claim(let claim): return .claim(try add(claim))
        case .claimStep(let id, let step): try add(step, of: id)
        case .acceptance(let acceptance): try add(acceptance)
        case .exclusion(let entry): return .exclusion(try add(entry))
        case .revocation(let revocation): try add(revocation)
        case .correction(let correction): return .correction(try add(correction))
        case .correctionRevocation(let id, let revocation): try add(revocation, of: id)
        case .passEnd(let end): try add(end)
        case .incidentEvent(let event): try add(event)
        case .maintenancePlan(let plan): return .maintenancePlan(try add(plan))
        case .maintenanceCancellation(let cancellation): try add(cancellation)
        case .maintenanceExtension(let added): return .maintenanceExtension(try add(added))
        case .noticeDelivery(let delivery): try add(delivery)
        case .notice(let notice): return .notice(try add(notice))
        case .noticeAttempt(let attempt): return .noticeAttempt(try add(attempt))
        case .noticeResult(let attempt, let result): try add(result, of: attempt)
        case .statement(let statement): return .statement(try add(statement))
        case .imported(let imported): return .imported(try add(imported))
        case .importOutcome(let number, let outcome, let at): try add(outcome, of: number, at: at)
        }
        return fact
    }
}
