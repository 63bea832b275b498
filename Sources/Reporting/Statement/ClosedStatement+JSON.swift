import SLA

/// Closed months for programs.
extension ClosedStatement {
    /// The zone in which it was closed: as it is kept, whatever the configuration says today.
    var zone: TimeZoneRules {
        inputs?.catalog.agreement.calendar.zone ?? .utc
    }

    /// What a list says of it, with what changed and why.
    var wholeMembers: [String: JSONValue] {
        var members = self.members
        let (changes, zone) = (draft.changes, self.zone)
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
                    "by": JSONValue(fact.by), "at": .instant(fact.at.map(Instant.init), zone),
                    "services": fact.services.map { .list($0.map(JSONValue.text)) } ?? .null,
                ])
            })
        members["measurements"] = .list(
            (ReportTable(csv: draft.csv)?.measured ?? []).map { row in
                .object([
                    "service": .text(row.service), "measured_s": .number(DurationText.seconds(row.measured)),
                    "measurable_s": .number(DurationText.seconds(row.measurable)),
                ])
            })
        if let inputs {
            members["contracts"] = .list(
                inputs.catalog.services.compactMap { service in
                    guard case .object(var members) = ContractText.json(of: service.id, in: inputs.catalog) else {
                        return nil
                    }
                    members["service"] = .text(service.id)
                    return .object(members)
                })
            members["settlements"] = .object(SettlementDocument.members(inputs.settlements, in: inputs.catalog))
        }
        return members
    }

    /// What it was computed from; nil where that cannot be read.
    var inputs: FigureInputs? { try? InputDocument(text: draft.inputs).inputs() }

    /// What a list says of it.
    var members: [String: JSONValue] {
        let (digests, zone) = (draft.digests, self.zone)
        return [
            "id": .text(number.description), "month": .text(draft.month.description),
            "amends": JSONValue(draft.amends?.description), "closed_at": .instant(draft.closedAt, zone),
            "closed_by": .text(draft.closedBy), "reason": JSONValue(draft.reason.isEmpty ? nil : draft.reason),
            "as_of": .instant(draft.asOf, zone), "availd": .text(draft.program),
            "sha256": .object([
                "report": .text(digests.csv), "inputs": .text(digests.inputs), "agreement": .text(digests.agreement),
                "terms": .text(digests.terms), "exclusions": .text(digests.exclusions),
                "negotiations": .text(digests.negotiations), "samples": .text(digests.samples),
            ]),
            "previous_seal": JSONValue(previousSeal.isEmpty ? nil : previousSeal),
            "seal": .text(seal),
        ]
    }
}
