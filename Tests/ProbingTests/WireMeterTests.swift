import Testing

@testable import Probing

@Suite struct WireMeterTests {
    private func meter(isTLS: Bool = false) -> WireMeter { WireMeter(isTLS: isTLS, headerBytes: 1 << 18) }

    /// In each phase: the most that is allowed, and what one byte more is.
    @Test(arguments: [
        (false, WireMeter.Phase.greeting, 65_536, WireMeter.Excess.greeting),
        (true, .greeting, 589_824, .greeting),
        (true, .tls, 524_288, .tls),
        (false, .headers, 327_680, .headers),
        (true, .headers, 851_968, .headers),
        (false, .body(0), 1_376_256, .framing),
        (false, .body(1 << 20), 43_319_296, .framing),
        (true, .body(0), 1_900_544, .framing),
    ])
    func eachPhaseHasItsBound(
        _ isTLS: Bool, _ phase: WireMeter.Phase, _ most: UInt64, _ excess: WireMeter.Excess
    ) {
        let meter = meter(isTLS: isTLS)
        #expect(meter.excess(of: most, in: phase) == nil)
        #expect(meter.excess(of: most + 1, in: phase) == excess)
        #expect(most >= WireMeter.least)
    }

    /// A body of single bytes, each in a chunk and a record of its own, is a body.
    @Test func aBodyInCrumbsIsNotTooMuch() {
        let wire = 1_000_000 * UInt64(22 + 7 + 6)
        #expect(meter(isTLS: true).excess(of: wire, in: .body(1_000_000)) == nil)
    }

    /// A page that was written fifty bytes at a time is a page; what comes byte by byte without end is none.
    @Test func aBodyHasSoManyPieces() {
        var page = meter()
        let isPage = (0..<20_000).allSatisfy { _ in !page.isExcessive(piece: 50) }
        #expect(isPage)
        var drip = meter()
        var count = 0
        while !drip.isExcessive(piece: 1) { count += 1 }
        #expect(count == 53_333)
    }

    private func piece(_ bytes: [UInt8], _ meter: inout WireMeter) -> Bool {
        bytes.withUnsafeBytes { meter.isExcessive(tls: $0) }
    }

    @Test func messagesOfTLSAreCountedUntilThereIsData() {
        var meter = meter(isTLS: true)
        let helloRequest: [UInt8] = [0, 0, 0, 0]
        for _ in 0..<3 {
            for _ in 0..<500 { #expect(!piece(helloRequest, &meter)) }
            meter.data()
        }
        for _ in 0..<500 { #expect(!piece(helloRequest, &meter)) }
        #expect(piece(helloRequest, &meter))
    }

    @Test func recordsOfTLSAreCountedByTheirLength() {
        var meter = meter(isTLS: true)
        let header: [UInt8] = [22, 3, 3, 0x40, 0]
        for _ in 0..<32 { #expect(!piece(header, &meter)) }
        #expect(piece(header, &meter))
    }

    /// A key update has five bytes as the head of a record has, and is a message.
    @Test func aShortMessageIsNoRecord() {
        var meter = meter(isTLS: true)
        for _ in 0..<500 { #expect(!piece([24, 0, 0, 1, 0], &meter)) }
        #expect(piece([24, 0, 0, 1, 0], &meter))
        // What a record of TLS 1.3 holds is told beside it, in a byte that is no message.
        var other = WireMeter(isTLS: true, headerBytes: 1)
        for _ in 0..<2000 { #expect(!piece([23], &other)) }
    }
}
