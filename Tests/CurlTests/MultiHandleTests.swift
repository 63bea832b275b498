import Platform
import Testing

@testable import Curl

@Suite struct MultiHandleTests {
    /// Drives `multi`, which needs no sockets here, until it wants nothing more.
    private func finish(_ multi: MultiHandle) -> [(EasyHandle, CurlCode)] {
        var results: [(EasyHandle, CurlCode)] = []
        while multi.due != nil {
            multi.advance()
            while let result = multi.nextFinished() { results.append(result) }
        }
        return results
    }

    @Test func tellsWhichOneIsOver() throws {
        let file = try TemporaryFile("text")
        let (good, bad) = (try #require(EasyHandle()), try #require(EasyHandle()))
        try good.set(.url, file.url)
        try bad.set(.url, file.url + ".missing")
        try good.onBody { _ in true }
        let multi = try MultiHandle()
        #expect(multi.due == nil)
        try multi.add(good)
        try multi.add(bad)
        #expect(multi.due != nil)
        let results = finish(multi)
        #expect(results.count == 2)
        #expect(results.first { $0.0 === good }?.1 == .ok)
        #expect(results.contains { $0.0 === bad && $0.1 != .ok })
    }

    @Test func takesAHandleAgainOnceItIsRemoved() throws {
        let file = try TemporaryFile("text")
        let easy = try #require(EasyHandle())
        let multi = try MultiHandle()
        for _ in 0..<2 {
            try easy.set(.url, file.url)
            try easy.onBody { _ in true }
            try multi.add(easy)
            #expect(throws: CurlRefusal.self) { try multi.add(easy) }
            #expect(finish(multi).map(\.1) == [.ok])
            multi.remove(easy)
            easy.reset()
        }
    }

    @Test func letsGoOfWhatItHolds() throws {
        weak var handle: EasyHandle?
        do {
            let multi = try MultiHandle()
            let easy = try #require(EasyHandle())
            handle = easy
            try easy.set(.url, "http://127.0.0.1/")
            try multi.add(easy)
        }
        #expect(handle == nil)
    }
}
