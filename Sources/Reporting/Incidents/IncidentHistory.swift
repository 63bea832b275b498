import SLA
import Wording

/// One incident with its whole history, as `availd incident show` shows it.
public struct IncidentHistory: Document {
    private let incident: Incident
    private let list: IncidentList
    private let clock: HandlingClock

    /// `incident` as it was known at `asOf`.
    public init(_ incident: Incident, under agreement: Agreement, asOf: Instant) {
        self.incident = incident
        list = IncidentList([incident], under: agreement, asOf: asOf)
        clock = HandlingClock(of: incident, under: agreement)
    }

    private var calendar: CivilCalendar { list.agreement.calendar }

    /// For people.
    public var text: String {
        var text = "\(incident.id) \(IncidentRow.state(of: incident)): \(incident.cause.english.onOneLine)\n"
        for (label, value) in facts { text += Self.padded(label + ":", 16) + value.onOneLine + "\n" }
        var table = TextTable([("AT", .left), ("BY", .left), ("WHAT", .left)])
        for event in incident.events { table.add([list.text(event.at), event.by, what(event)]) }
        return text + "\n" + table.text
    }

    private var facts: [(String, String)] {
        var facts = [
            ("opened", list.text(incident.openedAt) + remarks),
            ("services", incident.services.map { "\($0.service) of \($0.customer)" }.joined(separator: ", ")),
            ("class", classification),
            ("handled within", handledWithin),
            ("clock", clockText),
            ("deadline", deadline),
        ]
        for stop in incident.stops {
            let end = stop.end.map { "to \(list.text($0)), \(DurationText.spoken($0 - stop.start))" } ?? "until now"
            facts.append(("waited", "\(list.text(stop.start)) \(end): \(stop.reason)"))
        }
        if let recovered = incident.recoveredAt { facts.append(("all up since", list.text(recovered))) }
        if let ended = incident.endedAt {
            facts.append(("ended", "\(list.text(ended)), \(clock.isInTime(at: list.asOf) ? "in time" : "late")"))
        }
        facts.append(("as of", list.text(list.asOf) + " (\(calendar.zone.name))"))
        return facts
    }

    private var remarks: String {
        var remarks = incident.origin == .outage ? ", by an outage" : ", by hand"
        if clock.opensOnRestDay { remarks += ", on a rest day" }
        if !OfficeHours.contain(incident.openedAt, in: calendar) {
            remarks += ", outside office hours (\(OfficeHours.text))"
        }
        return remarks
    }

    private var classification: String {
        guard let classification = incident.classification, let clauses = incident.clauses else {
            return "not classified yet"
        }
        return "\(classification.rawValue), \(clauses.contains(",") ? "clauses" : "clause") \(clauses)"
            + (classification.isChargeable ? ", chargeable at the customer's tier of cost" : "")
    }

    private var handledWithin: String {
        let time = "\(DurationText.spoken(clock.allowed)) by the clock on the wall"
        return switch incident.classification {
        case .warranty, nil: "\(time), clause W1"
        case .upkeep: "\(time), clause M2"
        case .outOfScope: "as soon as possible, clause W3, held against \(time)"
        }
    }

    private var clockText: String {
        let state = incident.isOpen ? (incident.isWaiting ? "stopped (clause M2)" : "running") : "ended"
        let remaining = clock.remaining(at: list.asOf)
        let left = DurationText.spoken(remaining) + (clock.isInTime(at: list.asOf) ? " left" : " over")
        return "\(state), \(DurationText.spoken(clock.elapsed(at: list.asOf))) counted, \(left)"
    }

    private var deadline: String {
        clock.deadline.map(list.text) ?? "moves while it waits"
    }

    private func what(_ event: IncidentEvent) -> String {
        let text = Self.words(event.change, list.text)
        guard event.at != event.recordedAt, event.by != IncidentEvent.monitor else { return text }
        return text + " (recorded \(list.text(event.recordedAt)))"
    }

    private static func words(_ change: IncidentEvent.Change, _ time: (Instant) -> String) -> String {
        switch change {
        case .opened(_, let cause, let services):
            "opened: \(cause.english)"
                + (services.first?.downSince == nil ? "" : "; \(services.map(words).joined(separator: ", "))")
        case .serviceDown(let service): "outage: \(words(service))"
        case .recovered: "all services up again"
        case .classified(let classification, let reason):
            "classified \(classification.rawValue)" + (reason.isEmpty ? "" : ": \(reason)")
        case .acknowledged: "acknowledged"
        case .waiting(let reason): "waits for the customer: \(reason)"
        case .resumed: "resumed"
        case .resolved(let note): "resolved" + (note.isEmpty ? "" : ": \(note)")
        case .irrecoverable(let advice): "irrecoverable, advice given: \(advice)"
        case .noted(let text): "note: \(text)"
        }
    }

    private static func words(_ service: AffectedService) -> String {
        var text = "\(service.service) down"
        if !service.addresses.isEmpty { text += " at \(service.addresses.joined(separator: ", "))" }
        if let cause = service.cause { text += ", \(cause.english)" }
        return text
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }
}

extension IncidentHistory {
    /// For programs: what a list says of it, with its history.
    public var json: JSONObject {
        var members = list.members(of: incident)
        members["remaining_s"] = .number(seconds(clock.remaining(at: list.asOf)))
        members["rest_day"] = .flag(clock.opensOnRestDay)
        members["office_hours"] = .flag(OfficeHours.contain(incident.openedAt, in: calendar))
        members["stops"] = .list(
            incident.stops.map { stop in
                .object([
                    "from": .instant(stop.start, calendar.zone), "to": .instant(stop.end, calendar.zone),
                    "reason": .text(stop.reason),
                ])
            })
        members["events"] = .list(incident.events.map(object))
        return JSONObject("incident", members)
    }

    /// A row for each event.
    public var csv: String {
        CSVWriter.table(
            ["incident", "at", "recorded_at", "by", "what"],
            incident.events.map { event in
                [
                    incident.id, list.text(event.at), list.text(event.recordedAt), event.by,
                    Self.words(event.change, list.text),
                ]
            })
    }

    private func object(_ event: IncidentEvent) -> JSONValue {
        .object([
            "at": .instant(event.at, calendar.zone), "recorded_at": .instant(event.recordedAt, calendar.zone),
            "by": .text(event.by), "what": .text(Self.words(event.change, list.text)),
        ])
    }

    private func seconds(_ length: Milliseconds) -> String {
        (length < 0 ? "-" : "") + DurationText.seconds(abs(length))
    }
}
