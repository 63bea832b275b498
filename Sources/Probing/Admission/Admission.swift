import SLA

/// Lets in what may be done at once, so that nobody suffers from a neighbour that takes long. Pure: it only counts,
/// and says who may begin.
///
/// There is a number of places. Where they do not suffice, a free one goes in turn to the destination and to the
/// customer who has the fewest, and there to the one who has waited longest: nobody gets more by asking more often,
/// and no place is inherited by the next of the same kind. Those that may take long, and those of whom nothing is
/// known, never fill all places: see ``Standing``.
struct Admission<Destination: Hashable & Sendable> {
    typealias Ticket = UInt64

    /// What somebody takes up while in place.
    struct Place: Hashable {
        let customer: String
        let destination: Destination
        var standing: Standing
        /// Whether it has been taken for a second.
        var isLongHeld = false
    }

    /// How many may be in place at once; who is in place stays when it shrinks.
    private(set) var places: Int
    /// How many places are taken, by all of a standing.
    private var takenBy = Standing.allCases.map { _ in 0 }
    private var longHeld: [Destination: Int] = [:]
    private var wanted: [Ticket: Place] = [:]
    private var byDestination = FairQueue<Destination>()
    private var byCustomer = FairQueue<String>()
    /// Which of the two queues chooses next.
    private var isDestinationsTurn = true

    /// - Parameter places: how many may be in place at once, at least 1.
    init(places: Int) {
        self.places = max(1, places)
    }

    /// How many places are taken.
    var taken: Int { takenBy.reduce(0, +) }

    /// How many wait for a place.
    var waiting: Int { wanted.count }

    /// Whether `ticket` waits for a place.
    func isWaiting(_ ticket: Ticket) -> Bool { wanted[ticket] != nil }

    private func isFree(for standing: Standing) -> Bool {
        Standing.allCases.prefix(standing.rawValue + 1).allSatisfy { each in
            takenBy[each.rawValue...].reduce(0, +) < each.share(of: places)
        }
    }

    /// Lets `ticket`, which is new, in at once, or has it wait until ``admit()`` names it.
    ///
    /// - Returns: what it takes up, to be given back; nil where it waits.
    mutating func enter(_ ticket: Ticket, _ place: Place) -> Place? {
        var place = place
        if place.standing == .quick, longHeld[place.destination] != nil { place.standing = .suspect }
        if wanted.isEmpty, isFree(for: place.standing) {
            take(place)
            return place
        }
        wanted[ticket] = place
        byDestination.append(ticket, of: place.destination, place.standing)
        byCustomer.append(ticket, of: place.customer, place.standing)
        return nil
    }

    /// `ticket` waits no more, where it did.
    mutating func withdraw(_ ticket: Ticket) {
        wanted[ticket] = nil
    }

    /// Gives `place` back; ``admit()`` tells who may begin now.
    mutating func leave(_ place: Place) {
        takenBy[place.standing.rawValue] -= 1
        if place.isLongHeld {
            let rest = longHeld[place.destination, default: 1] - 1
            longHeld[place.destination] = rest > 0 ? rest : nil
        }
        byDestination.left(place.destination)
        byCustomer.left(place.customer)
    }

    /// `place` has been taken for a second; returns what it is from now on.
    mutating func markLongHeld(_ place: Place) -> Place {
        takenBy[place.standing.rawValue] -= 1
        takenBy[Standing.slow.rawValue] += 1
        longHeld[place.destination, default: 0] += 1
        return Place(customer: place.customer, destination: place.destination, standing: .slow, isLongHeld: true)
    }

    /// Changes the number of places; ``admit()`` tells who may begin now.
    mutating func resize(to places: Int) {
        self.places = max(1, places)
    }

    /// The next one who may begin, now in place; nil where nobody waits or no place is free.
    mutating func admit() -> (ticket: Ticket, place: Place)? {
        for standing in Standing.allCases where !wanted.isEmpty && isFree(for: standing) {
            if let ticket = popNext(standing), let place = wanted.removeValue(forKey: ticket) {
                take(place)
                return (ticket, place)
            }
        }
        return nil
    }

    private mutating func popNext(_ standing: Standing) -> Ticket? {
        let next =
            isDestinationsTurn
            ? byDestination.popNext(standing, among: wanted) : byCustomer.popNext(standing, among: wanted)
        if next != nil { isDestinationsTurn.toggle() }
        return next
    }

    private mutating func take(_ place: Place) {
        takenBy[place.standing.rawValue] += 1
        byDestination.entered(place.destination)
        byCustomer.entered(place.customer)
    }
}
