/// Lets probes in so that no destination, no customer and not the monitor itself is flooded. Pure: it only
/// counts, and says who may begin.
///
/// Whoever has to wait stands in one queue, that of a cap which is full, and is looked at again when a place
/// under that cap is free. Invariant: the cap of a queue that is not empty is full; so nobody waits for
/// something that is there, and each release looks only at those it may help.
struct Admission {
    typealias Ticket = UInt64

    /// What a transfer takes up while it runs.
    struct Seat: Hashable {
        let customer: String
        let address: IPAddress
    }

    private struct Waiting {
        let ticket: Ticket
        let seat: Seat
    }

    private let limits: ProbeLimits
    private(set) var taken = 0
    private(set) var waiting = 0
    private var byCustomer: [String: Int] = [:]
    private var byAddress: [IPAddress: Int] = [:]
    private var forAny = Fifo<Waiting>()
    private var forCustomer: [String: Fifo<Waiting>] = [:]
    private var forAddress: [IPAddress: Fifo<Waiting>] = [:]

    init(limits: ProbeLimits) {
        self.limits = limits
    }

    /// Whether `ticket` may begin at once; where not, a later ``leave(_:)`` names it.
    mutating func enter(_ ticket: Ticket, _ seat: Seat) -> Bool {
        if place(Waiting(ticket: ticket, seat: seat)) { return true }
        waiting += 1
        return false
    }

    /// Gives `seat` back; returns who may begin now, in order.
    mutating func leave(_ seat: Seat) -> [Ticket] {
        taken -= 1
        decrement(&byCustomer, seat.customer)
        decrement(&byAddress, seat.address)
        var admitted: [Ticket] = []
        while !isFull(address: seat.address), let next = forAddress[seat.address]?.popFirst() {
            if place(next) { admitted.append(next.ticket) }
        }
        while !isFull(customer: seat.customer), let next = forCustomer[seat.customer]?.popFirst() {
            if place(next) { admitted.append(next.ticket) }
        }
        while taken < limits.inFlight, let next = forAny.popFirst() {
            if place(next) { admitted.append(next.ticket) }
        }
        if forAddress[seat.address]?.isEmpty == true { forAddress[seat.address] = nil }
        if forCustomer[seat.customer]?.isEmpty == true { forCustomer[seat.customer] = nil }
        waiting -= admitted.count
        return admitted
    }

    /// Forgets everybody who waits; returns them in no order.
    mutating func dismissWaiting() -> [Ticket] {
        let queues = [forAny] + forCustomer.values + forAddress.values
        forAny = Fifo()
        forCustomer = [:]
        forAddress = [:]
        waiting = 0
        return queues.flatMap { $0.remaining.map(\.ticket) }
    }

    /// Seats `entry`, or puts it into the queue of the first cap that is full.
    private mutating func place(_ entry: Waiting) -> Bool {
        if isFull(address: entry.seat.address) {
            forAddress[entry.seat.address, default: Fifo()].append(entry)
        } else if isFull(customer: entry.seat.customer) {
            forCustomer[entry.seat.customer, default: Fifo()].append(entry)
        } else if taken >= limits.inFlight {
            forAny.append(entry)
        } else {
            taken += 1
            byCustomer[entry.seat.customer, default: 0] += 1
            byAddress[entry.seat.address, default: 0] += 1
            return true
        }
        return false
    }

    private func isFull(address: IPAddress) -> Bool { byAddress[address, default: 0] >= limits.perAddress }

    private func isFull(customer: String) -> Bool { byCustomer[customer, default: 0] >= limits.perCustomer }

    private func decrement<Key>(_ counts: inout [Key: Int], _ key: Key) {
        let left = counts[key, default: 1] - 1
        counts[key] = left > 0 ? left : nil
    }
}
