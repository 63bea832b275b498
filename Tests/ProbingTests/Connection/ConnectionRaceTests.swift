import Addresses
import Glibc
import SLA
import Testing

@testable import Probing

@Suite struct ConnectionRaceTests {
    private let start = MonotonicInstant(nanoseconds: 1_000_000_000)

    private func addresses(_ count: Int) -> [IPAddress] {
        (1...count).map { IPAddress(ipv4: 0xC000_0200 + UInt32($0)) }
    }

    private func attempt(_ number: Int, _ address: IPAddress) -> ConnectionRace.Attempt {
        ConnectionRace.Attempt(number: number, address: address)
    }

    private func failure(_ address: IPAddress, _ code: Int32 = ECONNREFUSED, atOnce: Bool = false) -> ConnectFailure {
        ConnectFailure(address: address, code: code, isImmediate: atOnce)
    }

    @Test func theNextIsTriedAfterAFailureOrAWhile() {
        let all = addresses(3)
        var race = ConnectionRace(all, limit: 10_000)
        let attempts = all.enumerated().map { attempt($0, $1) }
        #expect(race.next(start) == .init(abandoned: nil, tried: attempts[0]))
        #expect(race.due == start + 250)
        #expect(race.next(start + 250) == .init(abandoned: nil, tried: attempts[1]))
        #expect(race.open == [attempts[0], attempts[1]])
        race.failed(attempts[1], failure(all[1]))
        #expect(race.outcome == nil)
        #expect(race.next(start + 260) == .init(abandoned: nil, tried: attempts[2]))
        race.failed(attempts[2], failure(all[2]))
        #expect(race.next(start + 270) == nil)
        #expect(race.outcome == nil, "the first may still answer")
        race.failed(attempts[0], failure(all[0], ETIMEDOUT))
        #expect(race.outcome == failure(all[0], ETIMEDOUT))
        #expect(race.next(start + 9000) == nil)
    }

    /// What hangs is tried again beside, twice, and not because something else has failed.
    @Test func whatHangsIsTriedAgain() {
        let all = addresses(1)
        var race = ConnectionRace(all, limit: 10_000)
        let attempts = (0..<3).map { attempt($0, all[0]) }
        #expect(race.next(start) == .init(abandoned: nil, tried: attempts[0]))
        #expect(race.next(start + 499) == nil && race.due == start + 500)
        #expect(race.next(start + 500) == .init(abandoned: nil, tried: attempts[1]))
        race.failed(attempts[1], failure(all[0]))
        #expect(race.next(start + 600) == nil && race.due == start + 1500)
        #expect(race.next(start + 1500) == .init(abandoned: nil, tried: attempts[2]))
        #expect(race.open == [attempts[0], attempts[2]])
        #expect(race.due == nil && race.next(start + 9000) == nil)
    }

    /// Where there is no room, one takes the place of the other.
    @Test func oneAtATimeWhereThereIsNoRoom() {
        let all = addresses(2)
        var race = ConnectionRace(all, limit: 10_000)
        #expect(race.next(start, hasRoom: false) == .init(abandoned: nil, tried: attempt(0, all[0])))
        #expect(
            race.next(start + 250, hasRoom: false) == .init(abandoned: attempt(0, all[0]), tried: attempt(1, all[1])))
        #expect(
            race.next(start + 750, hasRoom: false) == .init(abandoned: attempt(1, all[1]), tried: attempt(2, all[1])))
        #expect(race.open == [attempt(2, all[1])])
    }

    /// Of several that hang each has its turn.
    @Test func eachThatHangsIsTriedAgain() {
        let all = addresses(2)
        var race = ConnectionRace(all, limit: 10_000)
        var tried: [IPAddress] = []
        var now = start
        while let step = race.next(now) {
            tried.append(step.tried.address)
            now = race.due ?? now
        }
        #expect(tried == [all[0], all[1], all[0], all[1]])
        #expect(race.open.count == 4 && race.due == nil)
    }

    /// Where there is little time, each gets a part of it.
    @Test(arguments: [(10_000, 2, 250), (300, 2, 100), (60, 5, 10), (1, 3, 10)] as [(Milliseconds, Int, Milliseconds)])
    func thereIsTimeForAll(_ limit: Milliseconds, _ count: Int, _ wait: Milliseconds) {
        var race = ConnectionRace(addresses(count), limit: limit)
        _ = race.next(start)
        #expect(race.due == start + wait)
    }

    /// However many hang, each is tried, and few are open at once.
    @Test func theOldestIsGivenUpForTheNext() {
        let all = addresses(20)
        var race = ConnectionRace(all, limit: 10_000)
        var tried: [IPAddress] = []
        var abandoned: [IPAddress] = []
        var now = start
        while let step = race.next(now) {
            tried.append(step.tried.address)
            abandoned += [step.abandoned].compactMap { $0?.address }
            #expect(race.open.count <= ConnectionRace.mostAtOnce)
            now = race.due ?? now
        }
        #expect(tried == all)
        #expect(abandoned == Array(all.prefix(16)) && race.open.map(\.address) == Array(all.suffix(4)))
    }

    /// What this machine lacks for one family says nothing where the other has an answer, whichever comes last.
    @Test(arguments: [[0, 1], [1, 0]])
    func whatCameFromElsewhereDecides(_ order: [Int]) {
        let all = addresses(2)
        var race = ConnectionRace(all, limit: 10_000)
        _ = race.next(start)
        _ = race.next(start)
        let failures = [failure(all[0], ENETUNREACH, atOnce: true), failure(all[1])]
        for index in order { race.failed(attempt(index, all[index]), failures[index]) }
        #expect(race.outcome == failures[1])
        #expect(race.outcome?.outcome == .down(.connection(.refused)))
    }

    /// Semantics §10, Local: what the machine refuses at once is its own; what comes later may be anybody's.
    @Test(
        arguments: [
            (ENETUNREACH, Cause.monitorLacked(.route), Cause.connection(.unreachableNetwork)),
            (EHOSTUNREACH, .monitorLacked(.route), .connection(.noRoute)),
            (ENETDOWN, .monitorLacked(.route), .monitorLacked(.route)),
            (EADDRNOTAVAIL, .monitorLacked(.localPorts), .library("cannot assign requested address")),
            (EAGAIN, .monitorLacked(.localPorts), .library("resource temporarily unavailable")),
            (EMFILE, .monitorLacked(.descriptors), .monitorLacked(.descriptors)),
            (ENFILE, .monitorLacked(.descriptors), .monitorLacked(.descriptors)),
            (ENOMEM, .monitorLacked(.socketMemory), .monitorLacked(.socketMemory)),
            (ENOBUFS, .monitorLacked(.socketMemory), .monitorLacked(.socketMemory)),
            (EAFNOSUPPORT, .monitorLacked(.addressFamily), .monitorLacked(.addressFamily)),
            (EPERM, .monitorLacked(.permission), .connection(.forbidden)),
            (EACCES, .monitorLacked(.permission), .connection(.forbidden)),
            (ECONNREFUSED, .connection(.refused), .connection(.refused)),
            (ETIMEDOUT, .connection(.timedOut), .connection(.timedOut)),
            (ECONNRESET, .connection(.reset), .connection(.reset)),
        ] as [(Int32, Cause, Cause)])
    func aFailureIsOursOnlyWhereWeSaySoAtOnce(_ code: Int32, _ immediate: Cause, _ later: Cause) {
        for (isImmediate, cause) in [(true, immediate), (false, later)] {
            let outcome = failure(addresses(1)[0], code, atOnce: isImmediate).outcome
            #expect(outcome.cause == cause)
            let isOurs = if case .monitorLacked = cause { true } else { false }
            #expect(outcome.state == (isOurs ? .unknown : .down))
        }
    }
}
