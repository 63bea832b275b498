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
    struct Seat: Hashable {
        let customer: String
        let destination: Destination
        var standing: Standing
        /// Whether it has been taken for a second.
        var isOld = false
    }

    /// How many may be in place at once; who is in place stays when it shrinks.
    private(set) var places: Int
    /// How many places are taken, by all of a standing.
    private var takenBy = Standing.allCases.map { _ in 0 }
    private var old: [Destination: Int] = [:]
    private var seats: [Ticket: Seat] = [:]
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
    var waiting: Int { seats.count }

    /// Whether `ticket` waits for a place.
    func isWaiting(_ ticket: Ticket) -> Bool { seats[ticket] != nil }

    private func isFree(for standing: Standing) -> Bool {
        Standing.allCases.prefix(standing.rawValue + 1).allSatisfy { each in
            takenBy[each.rawValue...].reduce(0, +) < each.share(of: places)
        }
    }

    /// Lets `ticket`, which is new, in at once, or has it wait until ``admit()`` names it.
    ///
    /// - Returns: what it takes up, to be given back; nil where it waits.
    mutating func enter(_ ticket: Ticket, _ seat: Seat) -> Seat? {
        var seat = seat
        if seat.standing == .quick, old[seat.destination] != nil { seat.standing = .suspect }
        if seats.isEmpty, isFree(for: seat.standing) {
            take(seat)
            return seat
        }
        seats[ticket] = seat
        byDestination.append(ticket, of: seat.destination, seat.standing)
        byCustomer.append(ticket, of: seat.customer, seat.standing)
        return nil
    }

    /// `ticket` waits no more, where it did.
    mutating func withdraw(_ ticket: Ticket) {
        seats[ticket] = nil
    }

    /// Gives `seat` back; ``admit()`` tells who may begin now.
    mutating func leave(_ seat: Seat) {
        takenBy[seat.standing.rawValue] -= 1
        if seat.isOld {
            let rest = old[seat.destination, default: 1] - 1
            old[seat.destination] = rest > 0 ? rest : nil
        }
        byDestination.left(seat.destination)
        byCustomer.left(seat.customer)
    }

    /// `seat` has been taken for a second; returns what it is from now on.
    mutating func grewOld(_ seat: Seat) -> Seat {
        takenBy[seat.standing.rawValue] -= 1
        takenBy[Standing.slow.rawValue] += 1
        old[seat.destination, default: 0] += 1
        return Seat(customer: seat.customer, destination: seat.destination, standing: .slow, isOld: true)
    }

    /// Changes the number of places; ``admit()`` tells who may begin now.
    mutating func resize(to places: Int) {
        self.places = max(1, places)
    }

    /// The next one who may begin, now in place; nil where nobody waits or no place is free.
    mutating func admit() -> (ticket: Ticket, seat: Seat)? {
        for standing in Standing.allCases where !seats.isEmpty && isFree(for: standing) {
            if let ticket = popNext(standing), let seat = seats.removeValue(forKey: ticket) {
                take(seat)
                return (ticket, seat)
            }
        }
        return nil
    }

    private mutating func popNext(_ standing: Standing) -> Ticket? {
        let next =
            isDestinationsTurn
            ? byDestination.popNext(standing, among: seats) : byCustomer.popNext(standing, among: seats)
        if next != nil { isDestinationsTurn.toggle() }
        return next
    }

    private mutating func take(_ seat: Seat) {
        takenBy[seat.standing.rawValue] += 1
        byDestination.entered(seat.destination)
        byCustomer.entered(seat.customer)
    }
}
