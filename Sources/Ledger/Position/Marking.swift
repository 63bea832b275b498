/// Marks the commits of this process, in their order, and tells where somebody has set the ledger back under it.
struct Marking {
    private let mark: HighWaterMark?
    private var sequence: Int64
    /// How far the ledger was when it was seen last; nil where damage hides that.
    private var last: LedgerPosition?
    /// Why the mark would not tell that the ledger has lost commits; nil where it would.
    private(set) var problem: String?

    /// - Parameters:
    ///   - mark: nil for a ledger that is in no file.
    ///   - marked: what it said.
    ///   - found: how far the ledger is.
    ///   - problem: why it tells of no loss.
    init(_ mark: HighWaterMark?, marked: HighWaterMark.Content, found: LedgerPosition?, problem: String?) {
        self.mark = mark
        last = found
        self.problem = problem
        if case .position(let position) = marked { sequence = position.sequence } else { sequence = 0 }
    }

    /// Makes the mark where there was none, at the ledger's position. What was lost up to here does not show all the
    /// same.
    mutating func begin() {
        let problem = problem
        if let last { write(last) }
        self.problem = self.problem ?? problem
    }

    /// A commit has brought the ledger to `position`. Of two threads the later commit may come first.
    mutating func note(_ position: LedgerPosition) {
        if last.map({ $0.sequence < position.sequence }) ?? true { last = position }
        guard position.sequence > sequence else { return }
        sequence = position.sequence
        write(position)
    }

    /// Where the ledger was, if it is at `found` now and that is behind, or beside; nil where it is not.
    func setBack(_ found: LedgerPosition) -> LedgerPosition? {
        last.flatMap { LedgerLoss(found: found, marked: $0) }?.marked
    }

    private mutating func write(_ position: LedgerPosition) {
        do {
            try mark?.write(position)
            problem = nil
        } catch {
            problem = "its high-water mark cannot be written: commits that it loses would not show: \(error)"
        }
    }
}
