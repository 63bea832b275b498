import Foundation
import Intake
import Ledger
import Reporting
import SLA

/// The folder of monthly reports. A month's file is what the daemon wrote soon after the month; once the month is closed
/// it is the bytes of its statement, each amendment has a file of its own beside it, and nothing is overwritten any more.
///
///     2026-10.csv     the report, then statement 2026-10/1
///     2026-10.2.csv   statement 2026-10/2, which amends it
public struct ReportFolder: Sendable {
    /// Where it is.
    public let path: String
    private let stateDirectory: String

    /// The folder in `stateDirectory`, whose owner what root writes belongs to: the daemon reads it.
    public init(stateDirectory: String) {
        self.stateDirectory = stateDirectory
        path = stateDirectory + "/reports"
    }

    /// The file of `month`, as it is first.
    public func file(of month: CivilMonth) -> String { ReportsDue.path(of: month, in: path) }

    /// Whether a file written to `path` would lie here.
    public func holds(_ path: String) -> Bool {
        let own = URL(fileURLWithPath: self.path).resolvingSymlinksInPath().path
        let url = URL(fileURLWithPath: path)
        // By the folder in which it would be made, and by where a link of that name leads.
        let folders = [
            url.deletingLastPathComponent().resolvingSymlinksInPath(),
            url.resolvingSymlinksInPath().deletingLastPathComponent(),
        ]
        return folders.contains { $0.path == own }
    }

    /// The file of the statement `number`.
    public func file(of number: StatementNumber) -> String {
        number.isAmendment ? "\(path)/\(number.month).\(number.sequence).csv" : file(of: number.month)
    }

    /// Writes the `report` of `month`, unless the month is closed.
    ///
    /// - Parameter isClosed: asked when nobody else writes here: who closes a month keeps it first, and writes then.
    /// - Returns: whether it was written.
    /// - Throws: `OutputFailure`, and what `isClosed` throws.
    public func write(_ report: String, of month: CivilMonth, unless isClosed: () throws -> Bool) throws -> Bool {
        try alone {
            if try isClosed() { return false }
            try write(report, to: file(of: month))
            return true
        }
    }

    /// Writes the files of the statements of `snapshot` that are missing; the report of a month from before it was closed
    /// makes room for its statement.
    ///
    /// - Parameters:
    ///   - month: whose statements; nil for all.
    ///   - written: told the path of each that was written.
    /// - Throws: `OutputFailure`; a `Refusal` where a file is another than its statement, after all others are written;
    ///   `LedgerError`.
    public func keep(
        in snapshot: LedgerSnapshot, of month: CivilMonth? = nil, written: (String) -> Void = { _ in }
    ) throws {
        let numbers = try snapshot.statementNumbers().filter { month == nil || $0.month == month }
        if numbers.isEmpty { return }
        try alone {
            var others: [String] = []
            for number in numbers {
                // One at a time: a statement may be large.
                guard let statement = try snapshot.statement(number) else { continue }
                let path = file(of: number)
                switch try state(of: path, for: statement) {
                case .kept: continue
                case .another: others.append(Self.refusal(of: path, number))
                case .missing, .unclosed:
                    try write(String(decoding: statement.draft.csv, as: UTF8.self), to: path)
                    written(path)
                }
            }
            if !others.isEmpty { throw Refusal(lines: others, as: .cannotCreate) }
        }
    }

    private static func refusal(of path: String, _ number: StatementNumber) -> String {
        "\(path): is another file than statement \(number), and is not overwritten: move it away, and availd close --month "
            + "\(number.month) writes it anew"
    }

    /// What is in the place of a statement's file.
    private enum State { case missing, kept, unclosed, another }

    private func state(of path: String, for statement: ClosedStatement) throws -> State {
        guard FileManager.default.fileExists(atPath: path) else { return .missing }
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw OutputFailure(path: path, errno: EACCES)
        }
        if bytes.elementsEqual(statement.draft.csv) { return .kept }
        // A report from before the month was closed is as of another instant, and none after the closing.
        guard !statement.number.isAmendment, let asOf = ReportFile.asOf(path), asOf != statement.draft.asOf,
            asOf <= statement.draft.closedAt
        else { return .another }
        return .unclosed
    }

    private func write(_ text: String, to path: String) throws(OutputFailure) {
        try ReportFile.write(text, to: path, asOwnerOf: stateDirectory)
    }

    /// Runs `body` while no other program writes here.
    private func alone<T>(_ body: () throws -> T) throws -> T {
        try makeFolder()
        let lock = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard lock >= 0 else { throw OutputFailure(path: path, errno: errno) }
        defer { close(lock) }
        while flock(lock, LOCK_EX) != 0 {
            if errno != EINTR { throw OutputFailure(path: path, errno: errno) }
        }
        removeLitter()
        return try body()
    }

    /// Removes what a crash in the middle of a report has left.
    private func removeLitter() {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        for name in names where name.hasSuffix(ReportFile.temporarySuffix) {
            try? FileManager.default.removeItem(atPath: path + "/" + name)
        }
    }

    /// Foundation's errors have their parts in another order each time, and would be said at every try.
    private func makeFolder() throws(OutputFailure) {
        // Whatever the mask of the process.
        if mkdir(path, 0o750) == 0, chmod(path, 0o750) == 0 {
            return try ReportFile.own(path, asOwnerOf: stateDirectory)
        }
        if errno != EEXIST { throw OutputFailure(path: path, errno: errno) }
    }
}
