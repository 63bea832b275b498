/// Looks at services without a sample having come, for what time alone or a new fact changes: at all of them, a part
/// in each step.
struct ReviewSweep: Hashable, Sendable {
    /// How often a sweep begins, in ms, unless facts ask for one.
    private static let interval: Milliseconds = 10_000
    /// How many services are looked at in a step at the most, and how many are passed over as quiet.
    static let mostInAStep = 1000
    private static let mostPassedOver = 20_000

    private let services: [String]
    /// Where the next step goes on, and how many are left.
    private var position = 0
    private var left = 0
    /// How many of those, the next ones, are looked at although they are quiet.
    private var leftThoroughly = 0
    private var lastBegin: MonotonicInstant?

    /// Sweeps over `services`, the next one when it would have been after `last`.
    init(_ services: [String] = [], after last: ReviewSweep? = nil) {
        self.services = services.sorted()
        lastBegin = last?.lastBegin
    }

    /// Whether it is time for one.
    func isDue(_ now: MonotonicInstant) -> Bool {
        lastBegin.map { now - $0 >= Self.interval } ?? true
    }

    /// Begins to look at all services, from where the last sweep has come to, so that none waits for ever where one
    /// begins before the other has ended.
    ///
    /// - Parameter isThorough: whether at quiet ones too.
    mutating func begin(isThorough: Bool, now: MonotonicInstant) {
        lastBegin = now
        left = services.count
        if isThorough { leftThoroughly = left }
    }

    /// Whether there are services left to look at.
    var isUnderWay: Bool { left > 0 }

    /// The services to be looked at in this step.
    mutating func take(unless isQuiet: (String) -> Bool) -> [String] {
        var taken: [String] = []
        var passedOver = 0
        while left > 0, taken.count < Self.mostInAStep, passedOver < Self.mostPassedOver {
            let service = services[position]
            position = (position + 1) % services.count
            left -= 1
            if leftThoroughly == 0, isQuiet(service) { passedOver += 1 } else { taken.append(service) }
            leftThoroughly = max(0, leftThoroughly - 1)
        }
        return taken
    }
}
