import Addresses
import Glibc
import SLA
import Testing

@testable import Probing

@Suite struct AdmissionTests {
    private typealias Places = Admission<Int>
    private typealias Place = Admission<Int>.Place

    /// A generator of its own, so that a failure can be had again.
    struct Numbers: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    private func place(_ destination: Int, _ customer: String = "a", isSlow: Bool = false) -> Place {
        Place(customer: customer, destination: destination, standing: isSlow ? .slow : .quick)
    }

    /// Whoever enters, leaves, gives up, or is given more or fewer places: no place is taken twice, none stays free
    /// that somebody waits for and may have, and everybody comes in at last.
    @Test(arguments: 0..<20 as Range<UInt64>)
    func nobodyWaitsForWhatIsFree(_ seed: UInt64) {
        var numbers = Numbers(state: seed)
        var admission = Places(places: 7)
        var waiting: [UInt64: Place] = [:]
        var placed: [UInt64: Place] = [:]
        func admit() {
            while let (ticket, place) = admission.admit() {
                #expect(waiting.removeValue(forKey: ticket) == place)
                placed[ticket] = place
                #expect(placed.count <= admission.places)
            }
            let slow = placed.values.count { $0.standing == .slow }
            #expect(placed.count == admission.taken && waiting.count == admission.waiting)
            #expect(waiting.keys.allSatisfy { admission.isWaiting($0) })
            let isFull = placed.count >= admission.places
            let isFullForSlow = isFull || slow >= admission.places - admission.places / 4
            #expect(waiting.values.allSatisfy { $0.standing == .slow ? isFullForSlow : isFull })
        }
        for id in 0..<2000 as Range<UInt64> {
            let place = place(
                Int.random(in: 1...6, using: &numbers), "c\(Int.random(in: 0..<5, using: &numbers))",
                isSlow: Bool.random(using: &numbers))
            if let taken = admission.enter(id, place) { placed[id] = taken } else { waiting[id] = place }
            admit()
            while Int.random(in: 0..<2, using: &numbers) == 0,
                let (out, place) = placed.sorted(by: { $0.key < $1.key }).randomElement(using: &numbers)
            {
                placed[out] = nil
                admission.leave(place)
                admit()
            }
            if id % 10 == 0, let bored = waiting.keys.sorted().randomElement(using: &numbers) {
                admission.withdraw(bored)
                waiting[bored] = nil
            }
            if id % 100 == 0 {
                admission.resize(to: Int.random(in: 1...10, using: &numbers))
                admit()
            }
        }
        admission.resize(to: 7)
        admit()
        while let (out, place) = placed.first {
            placed[out] = nil
            admission.leave(place)
            admit()
        }
        #expect(waiting.isEmpty && admission.taken == 0 && admission.waiting == 0)
    }

    /// Who would be let in, one leaving after the other, in the order of entering.
    private func order(_ admission: inout Places, _ wanted: [UInt64: Place]) -> [UInt64] {
        var placed: [Place] = []
        var order: [UInt64] = []
        for (ticket, place) in wanted.sorted(by: { $0.key < $1.key }) {
            if let taken = admission.enter(ticket, place) { placed.append(taken) }
        }
        while !placed.isEmpty {
            admission.leave(placed.removeFirst())
            while let (ticket, place) = admission.admit() {
                order.append(ticket)
                placed.append(place)
            }
        }
        return order
    }

    @Test func thoseOfOneKindComeInOrder() {
        var admission = Places(places: 1)
        let wanted = Dictionary(uniqueKeysWithValues: (0...200 as ClosedRange<UInt64>).map { ($0, place(1)) })
        #expect(order(&admission, wanted) == Array(1...200))
    }

    /// A place that one of a crowd gives back goes to whoever has none.
    @Test(arguments: [true, false])
    func aFreedPlaceIsNotInherited(_ isByDestination: Bool) {
        var admission = Places(places: 4)
        var wanted: [UInt64: Place] = [:]
        for ticket in 0..<100 as Range<UInt64> {
            wanted[ticket] = isByDestination ? place(1, "c\(ticket)") : place(Int(ticket), "crowd")
        }
        wanted[100] = place(1000, "other")
        #expect(order(&admission, wanted).prefix(2).contains(100))
    }

    /// One who asks for a thousand things gets no more than one who asks for one thing.
    @Test func nobodyGetsMoreByAskingMore() {
        var admission = Places(places: 10)
        for ticket in 0..<1000 as Range<UInt64> { _ = admission.enter(ticket, place(1, "crowd")) }
        for ticket in 1000..<1010 as Range<UInt64> { _ = admission.enter(ticket, place(Int(ticket), "c\(ticket)")) }
        var crowd = 10
        for _ in 0..<10 {
            // The crowd's probes hang, and end one by one.
            admission.leave(place(1, "crowd"))
            guard let (ticket, _) = admission.admit() else { break }
            crowd += ticket < 1000 ? 0 : -1
        }
        // One each.
        #expect(crowd == 1)
    }

    @Test func theSlowNeverFillAllPlaces() {
        var admission = Places(places: 8)
        for ticket in 0..<100 as Range<UInt64> { _ = admission.enter(ticket, place(Int(ticket), isSlow: true)) }
        while admission.admit() != nil {}
        #expect(admission.taken == 6)
        #expect(admission.enter(100, place(100)) == nil)
        #expect(admission.admit()?.ticket == 100)
        #expect(admission.admit() == nil && admission.waiting == 94)
    }

    /// Where one has been for long, the next ones may be for long, too: they cannot have the last places. They have a
    /// few of their own all the same, so that who is quick is quick beside those who hang.
    @Test func whereOneStaysLongEverybodyMay() {
        var admission = Places(places: 8)
        var placed: [Place] = []
        for ticket in 0..<2 as Range<UInt64> {
            guard let taken = admission.enter(ticket, place(1)) else { continue }
            placed.append(admission.markLongHeld(taken))
        }
        // Quick ones so far, all of them.
        for ticket in 2..<100 as Range<UInt64> {
            if let taken = admission.enter(ticket, place(1)) { placed.append(taken) }
        }
        #expect(placed.count == 7 && admission.taken == 7 && admission.waiting == 93)
        #expect(admission.enter(100, place(2)) == nil)
        #expect(admission.admit()?.ticket == 100)
        #expect(admission.enter(101, place(1)) == nil && admission.admit() == nil)
        // When they have gone, it is forgotten.
        for place in placed.prefix(2) { admission.leave(place) }
        #expect(admission.enter(102, place(1)) == nil)
        #expect(admission.admit()?.ticket == 102)
    }

    /// Those whom another queue has let in lend their age to nobody.
    @Test func whoHasGoneMakesNoClaim() {
        var queue = FairQueue<Int>()
        queue.append(1, of: 1, .quick)
        queue.append(3, of: 1, .quick)
        queue.append(2, of: 2, .quick)
        #expect(queue.popNext(.quick, among: [2: (), 3: ()]) == 2)
        #expect(queue.popNext(.quick, among: [3: ()]) == 3)
    }

    /// The queues forget those whom the other one let in.
    @Test func whatIsLetInByOneQueueLeavesTheOther() {
        var queue = FairQueue<Int>()
        for ticket in 0..<10_000 as Range<UInt64> {
            // The first key has the most in place, so that its line is never looked at.
            if ticket < 2 { queue.entered(1) }
            queue.append(ticket, of: ticket % 2 == 0 ? 1 : 2, .quick)
            let isWaiting = ticket % 2 == 1
            let found = queue.popNext(.quick, among: isWaiting ? [ticket: ()] : [:])
            #expect(found == (isWaiting ? ticket : nil))
            #expect(queue.length < 70)
        }
    }

    @Test func oneAddressDoesNotHoldUpTheOthers() async throws {
        let hanging = try LoopbackServer { $0.hang() }
        let quick = try LoopbackServer(on: "127.0.0.2") { $0.answer() }
        let engine = try engine(limits: ProbeLimits(inFlight: 4))
        for _ in 0..<40 { engine.probe(try request(hanging.url)) { _ in } }
        try await eventually { hanging.accepted == 3 }
        for _ in 0..<20 {
            var request = try request("http://127.0.0.2:\(quick.port)/")
            request.isSlow = false
            let result = await engine.probe(request)
            #expect(result.state == .up && result.isQuick)
        }
        #expect(await engine.inFlight == 3)
        #expect(await engine.open == 40)
        await engine.cancelAll()
        #expect(hanging.most == 3)
    }

    @Test func whoWaitsForAPlaceIsKnown() async throws {
        let server = try LoopbackServer { $0.hang() }
        let engine = try engine(limits: ProbeLimits(inFlight: 1))
        let tickets = try await begin(engine, [request(server.url), request(server.url)])
        try await eventually { server.accepted == 1 }
        #expect(await engine.isWaiting(tickets[0]) == false)
        #expect(await engine.isWaiting(tickets[1]) == true)
        await engine.use(
            policy: try AddressPolicy(allowing: [Network("127.0.0.0/8")]), limits: ProbeLimits(inFlight: 2))
        try await eventually { server.accepted == 2 }
        #expect(await engine.isWaiting(tickets[1]) == false)
        await engine.cancelAll()
    }

    private func begin(_ engine: isolated ProbeEngine, _ requests: [ProbeRequest]) -> [ProbeEngine.Ticket] {
        requests.compactMap { engine.begin($0) { _ in } }
    }

    /// What is open when the rules change goes on by those it began under.
    @Test func newRulesChangeNothingThatIsOpen() async throws {
        let gate = Seen()
        let server = try LoopbackServer { connection in
            while gate.all.isEmpty { usleep(5000) }
            connection.answer()
        }
        let engine = try engine(limits: ProbeLimits(inFlight: 1))
        let results = Seen()
        for _ in 0..<3 { engine.probe(try request(server.url)) { results.add($0.cause ?? "up") } }
        try await eventually { server.accepted == 1 }
        await engine.use(policy: .publicOnly, limits: ProbeLimits(inFlight: 1))
        #expect(
            try await engine.probe(request(server.url)).cause
                == "address 127.0.0.1 is not allowed by probing.allow_addresses")
        gate.add("open")
        try await eventually { results.all == ["up", "up", "up"] }
    }

    @Test func waitingIsNeitherLatencyNorTimeout() async throws {
        let server = try LoopbackServer { connection in
            usleep(100_000)
            connection.answer()
        }
        let engine = try engine(limits: ProbeLimits(inFlight: 1))
        // One after another they take more than a second; each by itself is far below its timeout.
        let results = await probeAll(engine, try (0..<12).map { _ in try request(server.url, timeout: 1000) })
        #expect(results.compactMap(\.cause).isEmpty)
        let instants = results.map(\.observation.sample.at).sorted()
        #expect(zip(instants, instants.dropFirst()).allSatisfy { $1 - $0 >= 90 })
        #expect(results.allSatisfy { ($0.observation.phases.total ?? 0) < 1_000_000 })
    }

    @Test func placesFollowFromWhatMayHang() {
        func check(_ interval: Milliseconds, _ timeout: Milliseconds, _ confirm: Int = 2) -> Check {
            let probe = ProbeSpecification(url: "tcp://a:1", scheme: .tcp, host: "a", port: 1)
            return Check(
                interval: interval, timeout: timeout, retryInterval: min(10_000, interval), confirm: confirm,
                probe: probe)
        }
        func places(_ checks: [Check], _ descriptors: Int = .max) -> Int {
            ProbeLimits(for: checks, descriptors: descriptors).inFlight
        }
        let beside = 64
        #expect(places([]) == beside)
        // 10 of 50 seconds, and as long again for the second look.
        #expect(places(Array(repeating: check(50_000, 10_000), count: 6000)) == 2400 * 4 / 3 + beside)
        #expect(places(Array(repeating: check(50_000, 10_000, 1), count: 6000)) == 1200 * 4 / 3 + beside)
        // Nobody is probed twice at once.
        #expect(places(Array(repeating: check(10_000, 10_000), count: 3000)) == 4000 + beside)
        #expect(places(Array(repeating: check(10_000, 10_000), count: 3000), 100) == 100)
        #expect(places([check(1, 1, 1000)], 0) == 1)
        // What is left of the descriptors may be spent on more than one socket for a place.
        #expect(ProbeLimits(for: [], descriptors: 100).besides == 36)
        #expect(ProbeLimits(for: [], descriptors: 10).besides == 0)
        #expect(ProbeLimits(for: [], descriptors: .max).besides == 1000)
    }
}
