import Intake
import Ledger
import Reporting
import SLA

extension LedgerSnapshot {
    /// The statements that were closed, in the order in which they were; those of `month` where one is given.
    public func statementList(of month: CivilMonth?) throws -> StatementList {
        StatementList(try statements(of: month))
    }

    /// The statement called `number`.
    ///
    /// - Throws: `Unknown`, `LedgerError`.
    public func requiredStatement(_ number: StatementNumber) throws -> ClosedStatement {
        if let statement = try statement(number) { return statement }
        let known = try statements().map(\.number)
        let latest = known.last { $0.month == number.month }
        throw Unknown(
            .statement, number.description, among: known.map(\.description),
            remark: latest.map { "the latest of \(number.month) is \($0)" })
    }
}
