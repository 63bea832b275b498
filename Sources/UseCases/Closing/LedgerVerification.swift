import Digests
import Intake
import Ledger
import Platform
import Reporting
import SLA

/// Verifies a ledger: what SQLite says of the file, the triggers that keep facts, and every kept statement.
public struct LedgerVerification {
    private let snapshot: LedgerSnapshot
    private var verification: Verification

    /// Verifies everything that `snapshot` shows.
    ///
    /// - Parameters:
    ///   - path: of the ledger, as messages name it.
    ///   - quick: leaves out what takes long: indexes against tables, samples, and computing anew.
    ///   - seal: of a statement, as it was kept elsewhere; damage where no statement has it.
    ///   - progress: told, from time to time, how much is done, in percent.
    /// - Throws: `LedgerError`, but not for damage, which is an answer here.
    public static func verify(
        _ snapshot: LedgerSnapshot, path: String, quick: Bool, seal: String? = nil, progress: (Int) -> Void = { _ in }
    ) throws -> Verification {
        var run = LedgerVerification(snapshot, Verification(path: path, isQuick: quick))
        try run.verify(seal, progress)
        return run.verification
    }

    /// Verifies the ledger in `directory`, which may be damaged so that it cannot be opened.
    ///
    /// - Throws: a `Refusal` where `seal` is none; `LedgerError`, but not for damage, which is an answer here.
    public static func verify(
        directory: String, quick: Bool, seal: String?, progress: (Int) -> Void = { _ in }
    ) throws -> Verification {
        if let seal, seal.wholeMatch(of: /[0-9a-f]{64}/) == nil {
            throw Refusal("--seal: found \(Diagnostic.quoted(seal)), expected 64 hexadecimal digits")
        }
        do {
            let ledger = try Ledger(directory: directory, access: .reader)
            defer { try? ledger.close() }
            var verification = try ledger.read {
                try verify($0, path: ledger.path, quick: quick, seal: seal, progress: progress)
            }
            if let loss = ledger.loss { verification.damage("ledger", "\(loss)") }
            if let problem = ledger.markProblem { verification.notice("ledger", problem) }
            return verification
        } catch LedgerError.damaged(let path, let reason) {
            var verification = Verification(path: path, isQuick: quick)
            verification.damage("ledger", reason)
            return verification
        }
    }

    private init(_ snapshot: LedgerSnapshot, _ verification: Verification) {
        self.snapshot = snapshot
        self.verification = verification
    }

    private mutating func verify(_ seal: String?, _ progress: (Int) -> Void) throws {
        for problem in try snapshot.checkIntegrity(quick: verification.isQuick) {
            verification.damage("ledger", problem)
        }
        progress(20)
        // Damage may end the reading anywhere; what was found up to there is said all the same.
        do {
            let triggers = try snapshot.triggerProblems()
            verification.triggers = triggers.expected
            for problem in triggers.problems { verification.damage("ledger", problem) }
            for event in try snapshot.daemonEvents(of: .ledgerBehind) {
                verification.damage("ledger", "found at \(RFC3339.text(event.at, in: .utc)): \(event.text)")
            }
            for event in try snapshot.daemonEvents(of: .spillDamaged) {
                verification.notice(
                    "ledger",
                    "found at \(RFC3339.text(event.at, in: .utc)): samples that waited were damaged: \(event.text)")
            }
            let statements = try snapshot.statements()
            try verifyNumbers(statements)
            let amended = Set(statements.compactMap(\.draft.amends))
            for (index, statement) in statements.enumerated() {
                let previous = index == 0 ? "" : statements[index - 1].seal
                try verify(statement, after: previous, stands: !amended.contains(statement.number))
                progress(20 + 80 * (index + 1) / statements.count)
            }
            // Facts are only ever added: whatever the last statement saw is still there.
            for loss in try statements.last.map({ try snapshot.losses(since: $0.draft.ledgerState) }) ?? [] {
                verification.damage("ledger", "\(loss) since the last statement was closed")
            }
            if let seal, !statements.contains(where: { $0.seal == seal }) {
                verification.damage(
                    "ledger", "no statement has the seal \(seal): what was closed up to it was changed or is gone")
            }
            verification.seal = statements.last?.seal ?? ""
        } catch LedgerError.damaged(_, let reason) {
            verification.damage("ledger", reason)
        }
    }

    /// Statements are numbered without a gap, each month's from 1.
    private mutating func verifyNumbers(_ statements: [ClosedStatement]) throws {
        let positions = try snapshot.statementPositions()
        if positions != positions.indices.map({ Int64($0) + 1 }) {
            verification.damage(
                "ledger", "statements are missing: \(positions.count) are left of \(positions.last ?? 0)")
        }
        let numbers = Set(statements.map(\.number))
        for statement in statements {
            if let amended = statement.draft.amends, !numbers.contains(amended) {
                verification.damage("\(statement.number)", "the statement \(amended), which it amends, is missing")
            }
        }
    }

    private mutating func verify(
        _ statement: ClosedStatement, after previousSeal: String, stands: Bool
    ) throws {
        let subject = "\(statement.number)"
        if statement.previousSeal != previousSeal {
            verification.damage(subject, "it is not sealed to the statement that was closed before it")
        }
        if try snapshot.expectedSeal(of: statement) != statement.seal {
            verification.damage(
                subject, "its seal is broken: who, when, why, a digest or the list of changes is another")
        }
        var checked = Verification.Checked(
            number: statement.number, checks: 0, samples: 0, exclusions: 0, isRecomputed: false)
        defer { verification.statements.append(checked) }
        let draft = statement.draft
        compare(subject, "the report", Digest.text(of: draft.csv), draft.digests.csv)
        compare(subject, "the inputs", Digest.text(of: draft.inputs), draft.digests.inputs)
        if verification.isQuick { return }

        let document: InputDocument
        let series: [KeptSeries]
        let calculation: StatementCalculation
        do {
            document = try InputDocument(text: draft.inputs)
            series = try snapshot.series(of: statement.number)
            calculation = try StatementCalculation(document: document, series: series)
        } catch let error as InputDocumentError {
            return verification.damage(subject, error.description)
        } catch LedgerError.damaged(_, let reason) {
            return verification.damage(subject, reason)
        }
        compareParts(subject, draft.digests, document, series)
        compareReport(statement, calculation)
        let comparison = LedgerComparison(
            statement: statement, stands: stands, calculation: calculation, snapshot: snapshot)
        try comparison.samples(into: &verification)
        try comparison.facts(into: &verification)
        checked.checks = series.count
        checked.samples = series.reduce(0) { $0 + $1.samples.count }
        checked.exclusions = calculation.inputs.exclusions.count
        checked.isRecomputed = true
    }

    private mutating func compare(_ subject: String, _ part: String, _ found: String, _ kept: String) {
        if found != kept { verification.damage(subject, "\(part) has another SHA-256 than when it was closed") }
    }

    private mutating func compareParts(
        _ subject: String, _ kept: StatementDigests, _ document: InputDocument, _ series: [KeptSeries]
    ) {
        let found = StatementCalculation.digests(csv: [], document: document, series: series)
        compare(subject, "the kept agreement", found.agreement, kept.agreement)
        compare(subject, "the kept terms", found.terms, kept.terms)
        compare(subject, "the kept exclusions", found.exclusions, kept.exclusions)
        compare(subject, "the kept negotiations", found.negotiations, kept.negotiations)
        compare(subject, "the list of kept samples", found.samples, kept.samples)
        for series in series {
            let digest = Digest.text(of: series.samples)
            compare(subject, "the kept series of \(series.check)", digest, series.digest)
        }
    }

    /// The report as computed from what is kept, against the report that is kept.
    private mutating func compareReport(_ statement: ClosedStatement, _ calculation: StatementCalculation) {
        let (kept, found) = (statement.draft.csv, calculation.csv)
        guard kept != found else { return }
        let subject = "\(statement.number)"
        guard let before = ReportTable(csv: kept), let after = ReportTable(csv: found) else {
            return verification.damage(subject, "the report is no CSV")
        }
        let changes = RowChange.changes(from: before, to: after)
        for row in changes {
            for cell in row.cells {
                verification.damage(
                    subject,
                    "\(row.service): \(cell.column) is \(cell.before ?? "missing"), computed again it is "
                        + "\(cell.after ?? "missing")")
            }
        }
        if changes.isEmpty { verification.damage(subject, "computed again, the report has other bytes") }
        if statement.draft.program != AvaildVersion.text {
            verification.notice(
                subject, "availd \(statement.draft.program) computed it, and this is \(AvaildVersion.text)")
        }
    }
}
