extension Incident {
    /// The incident that is opened with `history`, under the number after `last`.
    ///
    /// - Parameters:
    ///   - history: the opening, and what is recorded together with it.
    ///   - last: the number of the last incident that was opened; 0 where there is none.
    /// - Throws: ``IncidentError/refused(id:_:)``.
    public static func opening(_ history: [IncidentEvent], after last: Int64) throws(IncidentError) -> Incident {
        do throws(IncidentRefusal) {
            return try Incident(number: last + 1, history: history)
        } catch {
            throw .refused(id: "I\(last + 1)", error)
        }
    }

    /// The incident with `event` as what happened next.
    /// - Throws: ``IncidentError/refused(id:_:)``.
    public func adding(_ event: IncidentEvent) throws(IncidentError) -> Incident {
        var incident = self
        do throws(IncidentRefusal) {
            try incident.append(event)
        } catch {
            throw .refused(id: id, error)
        }
        return incident
    }

    /// What is recorded of `events`, which are the incident's.
    public func facts(of events: some Sequence<IncidentEvent>) -> [Fact] {
        events.map { .incidentEvent(RecordedIncidentEvent(incident: number, event: $0)) }
    }
}
