import Intake
import Ledger
import Reporting
import SLA

extension LedgerSnapshot {
    /// The statements that were closed, in the order in which they were; those of `month` where one is given.
    public func statementList(of month: CivilMonth?) throws -> StatementList {
        StatementList(try statements(of: month))
    }

    /// The statement called `id`, as 2026-10/1.
    ///
    /// - Throws: `Unknown`, `LedgerError`.
    public func requiredStatement(_ id: String) throws -> ClosedStatement {
        let number = StatementNumber(id)
        if let statement = try number.flatMap(statement) { return statement }
        let known = try statements().map(\.number)
        // Of a month's numbers, any is near to any: the latest says more.
        let latest = (number?.month ?? CivilMonth(id)).flatMap { month in known.last { $0.month == month } }
        throw Unknown(
            .statement, id, among: known.map(\.description),
            remark: latest.map { "the latest of \($0.month) is \($0)" })
    }
}
