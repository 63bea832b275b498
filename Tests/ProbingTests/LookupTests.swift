import Platform
import SLA
import Testing

@testable import Probing

/// Which question an answer is to, when it was asked, and by which way it came.
@Suite struct LookupTests {
    /// A sample's instant is when its probe began, also where nothing came of its name.
    @Test func aNameThatFailsLateFailedWhenItWasAskedFor() async throws {
        let names = try NameServer(["gone.test": .late(1500, .code(3))])
        let result = try await engine(names: names).probe(request("http://gone.test/", timeout: 60_000))
        let ended = SystemClock.wall()
        #expect(result.cause == "name does not exist: gone.test")
        #expect(ended - result.observation.sample.at >= 1490)
    }
}
