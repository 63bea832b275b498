extension Exclusion {
    /// The alert that this exclusion is applied to nothing, or nil where it is admitted (semantics §4).
    func notAdmittedAlert(under agreement: Agreement, at now: Instant) -> Alert? {
        guard let refusal = refusal(under: agreement) else { return nil }
        return Alert(
            event: .exclusionNotAdmitted, subject: id, at: now,
            fields: [
                Alert.Field("exclusion", id), Alert.Field("category", category.rawValue),
                Alert.Field("clause", category.clauses),
                Alert.Field("scope", scope.map(\.text).joined(separator: " ")),
                Alert.Field("from", .instant(interval.start)),
                Alert.Field("to", .instant(interval.end)),
                Alert.Field("reason", refusal.description),
            ])
    }
}
