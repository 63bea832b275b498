import Ledger
import Logging
import SLA

/// A start on a disk that is full, where there is no room for a ledger yet or for the log of the one that is there, or on
/// one that is read-only. Operators are told, once, although nothing can be kept in the ledger.
///
/// Nothing is made beside a ledger that is not there yet: it would say that there was one.
struct DiskWait {
    /// How long it is waited before the next try, in ms.
    static let interval: Milliseconds = 1000

    private let sink: any AlertSink
    private var failure: FailureLog
    /// The loss of sight that was announced.
    private(set) var announced: Alert?
    private let alert: Alert
    private let places: KeepingPlaces

    /// - Parameter error: why the ledger could not be opened, first at `instant`.
    init(_ error: any Error, at instant: Instant, places: KeepingPlaces, sink: any AlertSink, log: Logger) {
        self.sink = sink
        self.places = places
        failure = FailureLog(log, "the ledger is waited for, and nothing is recorded", end: "recording")
        failure.note("\(error)")
        alert = MeasurementLoss.ledger("\(error)").alert(at: instant)
        // A daemon before this one may have said so.
        announced = MeasurementLossNote(places, isMade: false).read().flatMap { $0.isAnnounced ? $0.alert : nil }
    }

    /// Announces the loss, where that is not done and syslog listens.
    mutating func announce() {
        guard announced == nil, sink.obstacle() == nil else { return }
        let note = MeasurementLossNote(places, isMade: false)
        note.note(alert, isAnnounced: false)
        sink.write(alert, number: alert.numberBeforeOutbox)
        note.note(alert, isAnnounced: true)
        announced = alert
    }

    /// The ledger could not be opened again, for `error`; nil where it is open.
    mutating func note(_ error: (any Error)?) { failure.note(error.map { "\($0)" }) }

    /// Keeps `observations` for a ledger that could not be opened, until the next start.
    ///
    /// - Returns: how many found room.
    func keep(_ observations: [Observation]) -> Int {
        SpillFiles(places, isMade: false).add(observations)
    }
}
