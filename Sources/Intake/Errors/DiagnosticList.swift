/// The mistakes of one reading so far: all are counted, and the first of them are kept to be shown.
///
/// A file of the wrong kind has a mistake a line, and nobody reads a million of them.
public struct DiagnosticList: Sendable {
    /// How many are shown.
    public static let limit = 1000

    private var kept: [Diagnostic] = []
    /// How many there are, those that are not kept included.
    public private(set) var count = 0

    /// A list without mistakes.
    public init() {}

    /// Whether nothing is wrong so far.
    public var isEmpty: Bool { count == 0 }

    /// Whether the next mistake is only counted, so that nobody need look for the name nearest to it.
    public var isFull: Bool { count >= Self.limit }

    /// Adds a mistake.
    public mutating func add(_ diagnostic: Diagnostic) {
        if !isFull { kept.append(diagnostic) }
        count += 1
    }

    /// - Throws: all that is wrong, if anything is.
    public func check() throws(Diagnostics) {
        if !isEmpty { throw Diagnostics(kept, hidden: count - kept.count) }
    }
}
