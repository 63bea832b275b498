import SLA

/// Closed months for programs.
public enum StatementJSON {
    /// A list without what changed.
    public static func list(_ statements: [ClosedStatement]) -> String {
        JSONValue.list(statements.map { .object(members($0)) }).document
    }

    /// One, with what changed and why.
    public static func text(_ statement: ClosedStatement) -> String {
        JSONValue.object(whole(statement)).document
    }

    /// One as it was closed, or as it stands where nothing had changed and nothing was written.
    public static func closing(_ statement: ClosedStatement, isWritten: Bool) -> String {
        var members = whole(statement)
        members["written"] = .flag(isWritten)
        return JSONValue.object(members).document
    }

    private static func whole(_ statement: ClosedStatement) -> [String: JSONValue] {
        var members = members(statement)
        let changes = statement.draft.changes
        members["rows_changed"] = .list(
            changes.rows.map { row in
                .object([
                    "service": .text(row.service), "change": .text(row.kind.rawValue),
                    "cells": .list(
                        row.cells.map { cell in
                            .object([
                                "column": .text(cell.column), "before": JSONValue(cell.before),
                                "after": JSONValue(cell.after),
                            ])
                        }),
                    "facts": .list(row.facts.map { .number("\($0)") }),
                ])
            })
        members["facts_changed"] = .list(
            changes.facts.map { fact in
                .object([
                    "kind": .text(fact.kind.rawValue), "subject": .text(fact.subject), "text": .text(fact.text),
                    "by": JSONValue(fact.by), "at": instant(fact.at.map(Instant.init)),
                    "services": fact.services.map { .list($0.map(JSONValue.text)) } ?? .null,
                ])
            })
        return members
    }

    private static func members(_ statement: ClosedStatement) -> [String: JSONValue] {
        let (draft, digests) = (statement.draft, statement.draft.digests)
        return [
            "number": .text(statement.number.description), "month": .text(draft.month.description),
            "amends": JSONValue(draft.amends?.description), "closed_at": instant(draft.closedAt),
            "closed_by": .text(draft.closedBy), "reason": JSONValue(draft.reason.isEmpty ? nil : draft.reason),
            "as_of": instant(draft.asOf), "availd": .text(draft.program),
            "sha256": .object([
                "report": .text(digests.csv), "inputs": .text(digests.inputs), "agreement": .text(digests.agreement),
                "terms": .text(digests.terms), "exclusions": .text(digests.exclusions),
                "negotiations": .text(digests.negotiations), "samples": .text(digests.samples),
            ]),
            "previous_seal": JSONValue(statement.previousSeal.isEmpty ? nil : statement.previousSeal),
            "seal": .text(statement.seal),
        ]
    }

    /// In UTC: a list may hold statements of several zones.
    private static func instant(_ instant: Instant?) -> JSONValue {
        JSONValue(instant.map { RFC3339.text($0, in: .utc) })
    }
}
