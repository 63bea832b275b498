import Addresses
import Foundation
import Glibc
import Testing

@testable import Curl

/// Without a server: libcurl also reads and writes files, and a socket may be refused before anybody is asked.
@Suite struct EasyHandleTests {
    @Test func givesWhatItReads() throws {
        let file = try TemporaryFile("first\nsecond\n")
        let easy = try #require(EasyHandle())
        var body: [UInt8] = []
        try easy.set(.url, file.url)
        try easy.onBody {
            body += $0
            return true
        }
        #expect(easy.perform() == .ok)
        #expect(String(decoding: body, as: UTF8.self) == "first\nsecond\n")
        #expect(easy.message.isEmpty)
    }

    @Test func endsWhereTheReaderHasEnough() throws {
        let file = try TemporaryFile("text")
        let easy = try #require(EasyHandle())
        try easy.set(.url, file.url)
        try easy.onBody { _ in false }
        #expect(easy.perform() == .writeError)
        #expect(!easy.message.isEmpty)
    }

    @Test func sendsWhatItIsGiven() throws {
        let file = try TemporaryFile("")
        let easy = try #require(EasyHandle())
        var rest = Array("what is sent".utf8)[...]
        try easy.set(.url, file.url)
        try easy.set(.upload, true)
        try easy.onUpload { buffer in
            let chunk = rest.prefix(min(buffer.count, 5))
            buffer.copyBytes(from: chunk)
            rest = rest.dropFirst(chunk.count)
            return chunk.count
        }
        #expect(easy.perform() == .ok)
        #expect(try file.text() == "what is sent")
    }

    @Test func forgetsWithAReset() throws {
        let file = try TemporaryFile("text")
        let easy = try #require(EasyHandle())
        var pieces = 0
        try easy.set(.url, file.url)
        try easy.onBody { _ in
            pieces += 1
            return false
        }
        #expect(easy.perform() == .writeError)
        easy.reset()
        #expect(easy.message.isEmpty)
        #expect(easy.perform() == .urlMalformed)
        #expect(pieces == 1)
    }

    @Test func refusesWhatIsNoValue() throws {
        let easy = try #require(EasyHandle())
        let error = #expect(throws: CurlRefusal.self) { try easy.set(.protocols, "no-such-protocol") }
        #expect(error?.description == "libcurl refused an option: Unsupported protocol")
    }

    @Test func speaksOnlyTheProtocolsItMay() throws {
        let file = try TemporaryFile("text")
        let easy = try #require(EasyHandle())
        try easy.set(.url, file.url)
        try easy.set(.protocols, "smtp,smtps")
        #expect(easy.perform() == .unsupportedProtocol)
    }

    @Test func asksForItsSockets() throws {
        let easy = try #require(EasyHandle())
        var asked: [IPAddress?] = []
        var closed: [Int32] = []
        try easy.isolate()
        try easy.set(.url, "http://name.invalid/")
        try easy.set(.connectTo, ["::127.0.0.1:9"])
        try easy.onSocket(
            open: { request in
                asked.append(request.address)
                return nil
            }, closed: { closed.append($0) })
        #expect(easy.perform() == .couldNotConnect)
        #expect(asked == [IPAddress("127.0.0.1")] && closed.isEmpty)
    }

    @Test func closesItsSockets() throws {
        let easy = try #require(EasyHandle())
        var opened: [Int32] = []
        var closed: [Int32] = []
        try easy.isolate()
        try easy.set(.url, "http://127.0.0.1/")
        try easy.set(.connectTo, ["::127.0.0.1:\(try closedPort())"])
        try easy.onSocket(
            open: { request in
                opened.append(socket(request.family, request.type, request.protocolNumber))
                return opened.last
            }, closed: { closed.append($0) })
        #expect(easy.perform() == .couldNotConnect)
        #expect(easy.systemError == ECONNREFUSED)
        #expect(!opened.isEmpty && opened == closed)
    }

    /// A port of loopback that was free a moment ago.
    private func closedPort() throws -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 ? getsockname(descriptor, $0, &length) : -1
            }
        }
        try #require(status == 0)
        return UInt16(bigEndian: address.sin_port)
    }
}

/// A file that goes with this object.
final class TemporaryFile {
    private let path = FileManager.default.temporaryDirectory.path + "/availd-curl-\(UUID().uuidString)"

    init(_ text: String) throws {
        try text.write(toFile: path, atomically: false, encoding: .utf8)
    }

    deinit {
        unlink(path)
    }

    var url: String { "file://" + path }

    func text() throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
}
