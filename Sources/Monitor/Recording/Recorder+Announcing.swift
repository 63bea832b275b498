import SLA

extension Recorder {
    /// Where alerts go.
    package struct Announcing: Sendable {
        /// There are alerts in the outbox.
        var deliver: @Sendable () -> Void
        /// Writes an alert that is in no outbox.
        var announce: @Sendable (Alert) -> Void

        /// - Parameters:
        ///   - deliver: there are alerts in the outbox.
        ///   - announce: writes an alert that is in no outbox.
        package init(deliver: @escaping @Sendable () -> Void, announce: @escaping @Sendable (Alert) -> Void) {
            self.deliver = deliver
            self.announce = announce
        }
    }
}
