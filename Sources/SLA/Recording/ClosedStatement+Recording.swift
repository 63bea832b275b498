extension ClosedStatement {
    /// What is recorded where `draft` is to be the next statement of its month; nil where its month has another latest
    /// statement than the one that it amends (or one at all, where it is an original): somebody else has closed the
    /// month meanwhile, and the draft must look at that first.
    ///
    /// - Parameter latest: the number of the month's latest statement; nil where it was never closed.
    public static func keeping(_ draft: Draft, after latest: StatementNumber?) -> Fact? {
        guard latest == draft.amends else { return nil }
        let number = draft.amends?.next ?? StatementNumber(month: draft.month, sequence: 1)
        return .statement(ClosedStatement(draft, number: number, previousSeal: "", seal: ""))
    }
}
