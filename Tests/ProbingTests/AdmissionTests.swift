import Glibc
import SLA
import Testing

@testable import Probing

@Suite struct AdmissionTests {
    /// A generator of its own, so that a failure can be had again.
    struct Numbers: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func capsHoldAndNobodyWaitsForWhatIsFree(_ seed: UInt64) {
        var numbers = Numbers(state: seed)
        let limits = ProbeLimits(inFlight: 7, perAddress: 2, perCustomer: 3)
        var admission = Admission(limits: limits)
        var waiting: [UInt64: Admission.Seat] = [:]
        var seated: [UInt64: Admission.Seat] = [:]
        func check() {
            let customers = Dictionary(grouping: seated.values, by: \.customer).mapValues(\.count)
            let addresses = Dictionary(grouping: seated.values, by: \.address).mapValues(\.count)
            #expect(seated.count <= 7 && seated.count == admission.taken && waiting.count == admission.waiting)
            #expect(customers.values.allSatisfy { $0 <= 3 } && addresses.values.allSatisfy { $0 <= 2 })
            for seat in waiting.values {
                let blocked =
                    seated.count == 7 || customers[seat.customer] == 3 || addresses[seat.address] == 2
                #expect(blocked)
            }
        }
        func leave(_ id: UInt64) {
            guard let seat = seated.removeValue(forKey: id) else { return }
            for next in admission.leave(seat) { seated[next] = waiting.removeValue(forKey: next) }
        }
        for id in 0..<400 as Range<UInt64> {
            let seat = Admission.Seat(
                customer: "c\(Int.random(in: 0..<5, using: &numbers))",
                address: IPAddress(ipv4: UInt32.random(in: 1...6, using: &numbers)))
            if admission.enter(id, seat) { seated[id] = seat } else { waiting[id] = seat }
            check()
            while Int.random(in: 0..<2, using: &numbers) == 0,
                let out = seated.keys.sorted().randomElement(using: &numbers)
            {
                leave(out)
                check()
            }
        }
        while let out = seated.keys.min() {
            leave(out)
            check()
        }
        #expect(waiting.isEmpty && admission.taken == 0 && admission.waiting == 0)
    }

    @Test func thoseOfOneQueueComeInOrder() {
        var admission = Admission(limits: ProbeLimits(inFlight: 1))
        let seat = Admission.Seat(customer: "a", address: IPAddress(ipv4: 1))
        let entered = (0...200 as ClosedRange<UInt64>).filter { admission.enter($0, seat) }
        #expect(entered == [0])
        var order: [UInt64] = []
        while admission.taken > 0 { order += admission.leave(seat) }
        #expect(order == Array(1...200))
    }

    @Test func oneAddressDoesNotHoldUpTheOthers() async throws {
        let slow = try LoopbackServer { $0.hang() }
        let quick = try LoopbackServer(on: "127.0.0.2") { $0.answer() }
        let engine = try engine(limits: ProbeLimits(inFlight: 4, perAddress: 2))
        for _ in 0..<10 { engine.probe(try request(slow.url)) { _ in } }
        let result = try await engine.probe(request("http://127.0.0.2:\(quick.port)/"))
        #expect(result.state == .up)
        #expect(await engine.inFlight == 2)
        #expect(await engine.open == 10)
        try await eventually { slow.accepted == 2 }
        await engine.cancelAll()
        #expect(slow.most == 2)
    }

    @Test func waitingIsNeitherLatencyNorTimeout() async throws {
        let server = try LoopbackServer { connection in
            usleep(100_000)
            connection.answer()
        }
        let engine = try engine(limits: ProbeLimits(perAddress: 1))
        // One after another they take more than a second; each by itself is far below its timeout.
        let results = await probeAll(engine, try (0..<12).map { _ in try request(server.url, timeout: 1000) })
        #expect(results.compactMap(\.cause).isEmpty)
        let instants = results.map(\.observation.sample.at).sorted()
        #expect(zip(instants, instants.dropFirst()).allSatisfy { $1 - $0 >= 90 })
        #expect(results.allSatisfy { ($0.observation.phases.total ?? .max) < 1_000_000 })
    }

    @Test func aCustomerHasItsShare() async throws {
        let server = try LoopbackServer { $0.hang() }
        let engine = try engine(limits: ProbeLimits(perCustomer: 3))
        for index in 0..<10 { engine.probe(try request(server.url, customer: index < 8 ? "a" : "b")) { _ in } }
        try await eventually { server.accepted == 5 }
        #expect(await engine.inFlight == 5)
        await engine.cancelAll()
        #expect(server.most == 5)
    }
}
